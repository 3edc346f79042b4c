"""The client, the optional name kept apart, the codes, and the store's own document."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from mi_cli.records.base import Record
from mi_cli.records.names import ID_ALPHABET, ID_LENGTH
from mi_cli.records.terms import Protection

# Checked here: it comes from a file, and becomes a path.
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
    # False: it was made where nobody could be asked. Only that is written, so that other stores stay as they were.
    protection_asked: bool = Field(default=True, exclude_if=bool)
