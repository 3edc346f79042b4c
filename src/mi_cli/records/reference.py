"""Which record is meant: by the name of its file and the client whose record it is. No I/O.

A file of a session, of notes, of a consent or of a disclosure is named `<time>-<id>`, with the time in UTC at which the
record was begun: names sort by time, so a list of the newest needs no index.
"""

from datetime import UTC, datetime
from typing import Final, NamedTuple

from mi_cli.records.names import ID_LENGTH

_STAMP: Final = "%m%dT%H%M%SZ"
STAMP_LENGTH: Final = len("20261123T140312Z")


class RecordRef(NamedTuple):
    """Where a session is, or a consent. `name` is its file's name without the ending and sorts by time."""

    name: str
    client: str

    @property
    def id(self) -> str:
        """The record's id."""
        return self.name[-ID_LENGTH:]

    @classmethod
    def new(cls, client: str, begun_at: datetime, record_id: str) -> "RecordRef":
        """For a record begun at that time."""
        return cls(f"{stamp(begun_at)}-{record_id}", client)


def stamp(when: datetime) -> str:
    """Returns a time as it begins a file name, in UTC, so that names sort by time: `20261123T140312Z`."""
    utc = when.astimezone(UTC)
    return f"{utc.year:04}{utc:{_STAMP}}"  # %Y does not pad a year below 1000 on every system
