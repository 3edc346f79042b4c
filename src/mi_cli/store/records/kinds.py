"""The kinds of records that a client has: where the files of each lie, which model reads them, and whose each must be.

Theory of operation. A client's folder has one file of some kinds (`plan.json`), and of others a folder of files whose
names sort by time (`consents/<time>-<id>.json`). `JsonStore.find_record`, `read_record` and `each_record` read any of
them, and refuse a sound record that stands in the place of another. Which keys a file is under follows from its path
(`JsonStore.codec_of`), and the model brings up what an earlier version wrote.

Here are the kinds that every command may need; each of the others stands in the module of its subject, so that the
notes stay apart. A model is loaded when the first record of its kind is read: that takes longer than to read the
record, and most commands read one or two kinds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from mi_cli.records.base import Record
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk.layout import Layout
from mi_cli.words.said import said
from mi_cli.words.store import store_words

if TYPE_CHECKING:
    from mi_cli.records.client import Client, Identity
    from mi_cli.records.client_facts import Facts
    from mi_cli.records.plan import Plan
    from mi_cli.records.session import Session
    from mi_cli.words.store.model import StoreWords

AnyRecord = TypeVar("AnyRecord", bound=Record)


class _OfClient(Protocol):
    """A record that names its client."""

    @property
    def id(self) -> str: ...

    @property
    def client(self) -> str: ...


def of_client(record: _OfClient, ref: RecordRef) -> str | None:
    """Returns what is wrong with the one record of its kind that a client has; null if it is the client's."""
    return None if record.client == ref.client else said(store_words, lambda words: words.another_client)


def that_one(otherwise: Callable[["StoreWords"], str]) -> Callable[[_OfClient, RecordRef], str | None]:
    """Returns what finds a fault in a record that is one of many: `otherwise`, unless it is the one that is meant."""
    return lambda record, ref: (
        None if (record.id, record.client) == (ref.id, ref.client) else said(store_words, otherwise)
    )


@dataclass(frozen=True)
class RecordKind(Generic[AnyRecord]):
    """A kind of record. `load` returns its model. `place` is the file, or the folder of the files, of a client.

    `fault` returns why a record is not the one that a reference means, or may not be used; null if all is right.
    """

    load: Callable[[], type[AnyRecord]]
    place: str
    fault: Callable[[AnyRecord, RecordRef], str | None]

    @property
    def model(self) -> type[AnyRecord]:
        """The model that reads it."""
        return self.load()

    def path(self, layout: Layout, ref: RecordRef) -> Path:
        """Returns where a record is; the name in `ref` is empty for the one record that a client has of a kind."""
        place = layout.client(ref.client) / self.place
        return place / f"{ref.name}.json" if ref.name else place


def _client() -> "type[Client]":
    from mi_cli.records.client import Client

    return Client


def _identity() -> "type[Identity]":
    from mi_cli.records.client import Identity

    return Identity


def _facts() -> "type[Facts]":
    from mi_cli.records.client_facts import Facts

    return Facts


def _plan() -> "type[Plan]":
    from mi_cli.records.plan import Plan

    return Plan


def _session() -> "type[Session]":
    from mi_cli.records.session import Session

    return Session


CLIENT: Final = RecordKind(
    _client,
    "client.json",
    lambda record, ref: None if record.id == ref.client else said(store_words, lambda words: words.another_client),
)
IDENTITY: Final = RecordKind(_identity, "identity.json", of_client)
FACTS: Final = RecordKind(_facts, "facts.json", of_client)
PLAN: Final = RecordKind(_plan, "plan.json", of_client)
SESSION: Final = RecordKind(_session, "sessions", that_one(lambda words: words.another_session))
