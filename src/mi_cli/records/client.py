"""The records of a client, of the optional name (kept apart), of the clients' codes, and of the store itself."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import AwareDatetime, Field

from mi_cli.records.base import Part, Record
from mi_cli.records.names import ID_ALPHABET, ID_LENGTH
from mi_cli.records.terms import Protection

# The patterns are checked because ids and names come from a file and become part of a path.
RecordsFolder = Annotated[str, Field(pattern=r"^(\.|records-[0-9]{8}T[0-9]{6}Z-[a-z0-9]{8})$")]
ClientId = Annotated[str, Field(pattern=rf"^[{ID_ALPHABET}]{{{ID_LENGTH}}}$")]
OpenPath = Annotated[
    str, Field(pattern=rf"^(sessions|progress-notes)/[0-9A-Za-z-]*[{ID_ALPHABET}]{{{ID_LENGTH}}}\.json$")
]
SessionName = Annotated[str, Field(pattern=rf"^[0-9A-Za-z-]*[{ID_ALPHABET}]{{{ID_LENGTH}}}$")]


class Client(Record):
    """`mi.client/1`: what an interview needs to know. Holds neither code nor name.

    `open` are the paths, in the client's folder, of the records in which a matter may be open; null where nobody knows,
    so that all have to be looked at (`store.records.where_open`).
    """

    SCHEMA: ClassVar[str] = "mi.client/1"

    language: str | None = None
    counselor: str | None = None
    open: tuple[OpenPath, ...] | None = Field(default=None, exclude_if=lambda paths: paths is None)


class Identity(Record):
    """`mi.identity/1`: who the client is, for documents that need it. Optional, in a file of its own.

    `family` and `given` are the parts of `name` that other programs keep apart.
    """

    SCHEMA: ClassVar[str] = "mi.identity/1"

    client: str
    name: str | None = None
    family: str | None = Field(default=None, exclude_if=lambda name: name is None)
    given: str | None = Field(default=None, exclude_if=lambda name: name is None)
    born_on: date | None = None


class DeletedClient(Part):
    """A client in the trash: the records stay where they are, and nothing but a purge reads or changes them.

    `kept_until` is set when all is purged but consents and disclosures. `purging` is true while a purge is under way:
    some of the records are gone then, and the client can no longer be brought back.
    """

    client: ClientId
    code: str
    at: AwareDatetime
    kept_until: date | None = Field(default=None, exclude_if=lambda day: day is None)
    purging: bool = Field(default=False, exclude_if=lambda purging: not purging)


class Move(Part):
    """An interview that is on its way from one client to another: `name` is that of its file.

    `targets` are the ids of the targets that go along, and `leaving` those of them that the first client no longer
    needs (`records.moving`).
    """

    name: SessionName
    from_: ClientId = Field(alias="from")
    to: ClientId
    targets: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()


class Codes(Record):
    """`mi.clients/1`: code to client id, the only place that ties the two; who was deleted; the program's members.

    `moving` has, by its id, each interview that is being moved to another client.
    """

    SCHEMA: ClassVar[str] = "mi.clients/1"

    clients: dict[str, ClientId] = Field(default_factory=dict)
    # By the id of the item in the trash. Left out while it is empty: such a store is as version 0.1.0 wrote it.
    deleted: dict[str, DeletedClient] = Field(default_factory=dict, exclude_if=lambda deleted: not deleted)
    # Who in the program may get a handoff. Here, and not in a file of their own, because this is the one record of the
    # store that this computer remembers: whoever puts an earlier one back is noticed.
    members: tuple[str, ...] = Field(default=(), exclude_if=lambda members: not members)
    moving: dict[str, Move] = Field(default_factory=dict, exclude_if=lambda moving: not moving)


class StoreInfo(Record):
    """`mi.store/1`: format, store id, protection, and which folder holds the records."""

    SCHEMA: ClassVar[str] = "mi.store/1"

    protection: Protection = Protection.NONE
    # False when the store was made where nobody could be asked about protection. Only False is written, so that other
    # stores stay byte for byte as they were.
    protection_asked: bool = Field(default=True, exclude_if=bool)
    # The folder within the store's; "." for that itself, as in each store that was never protected or unprotected.
    records: RecordsFolder = Field(default=".", exclude_if=lambda folder: folder == ".")
