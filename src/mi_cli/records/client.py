"""The records of a client, of the optional name (kept apart), of the clients' codes, and of the store itself."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from mi_cli.records.base import Record
from mi_cli.records.names import ID_ALPHABET, ID_LENGTH
from mi_cli.records.terms import Protection

# The pattern is checked because an id comes from a file and becomes part of a path.
ClientId = Annotated[str, Field(pattern=rf"^[{ID_ALPHABET}]{{{ID_LENGTH}}}$")]


class Client(Record):
    """`mi.client/1`: what an interview needs to know. Holds neither code nor name."""

    SCHEMA: ClassVar[str] = "mi.client/1"

    language: str | None = None
    counselor: str | None = None


class Identity(Record):
    """`mi.identity/1`: who the client is, for documents that need it. Optional, in a file of its own."""

    SCHEMA: ClassVar[str] = "mi.identity/1"

    client: str
    name: str | None = None
    born_on: date | None = None


class Codes(Record):
    """`mi.clients/1`: code to client id, the only place that ties the two."""

    SCHEMA: ClassVar[str] = "mi.clients/1"

    clients: dict[str, ClientId] = Field(default_factory=dict)


class StoreInfo(Record):
    """`mi.store/1`: format, store id, protection."""

    SCHEMA: ClassVar[str] = "mi.store/1"

    protection: Protection = Protection.NONE
    # False when the store was made where nobody could be asked about protection. Only False is written, so that other
    # stores stay byte for byte as they were.
    protection_asked: bool = Field(default=True, exclude_if=bool)
