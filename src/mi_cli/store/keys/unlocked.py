"""A protected store that opens without its passphrase for a while.

Theory of operation. `mi unlock` keeps what the passphrase becomes for the present `keys.json` (`WrappingKeys`), and
when that began and ends. It is of no use for another `keys.json`: a new passphrase, a new recovery sheet and a recovery
write that file anew, with another salt. It has ended as well

- when the time is over, by the machine's own count of seconds, which nobody can set, and by the clock;
- when the clock was set meanwhile, in either direction: then nobody knows how much time has passed;
- after a restart. Linux names each run of the machine; elsewhere the count of seconds begins anew, and does not agree
  with the clock any more.

Only `mi` keeps to this. Whoever can read the memory of this account's programs, or its keyring, has the keys for good.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from mi_cli.store.disk.codec import NOT_AS_WRITTEN, base64url, unpadded
from mi_cli.store.disk.system import boot_id, uptime
from mi_cli.store.keys.keyfile import WrappingKeys

LONGEST: Final = timedelta(hours=8)
_LENGTH: Final = 32  # bytes of a wrapping key
_CLOCK_MAY_DRIFT: Final = 60.0  # seconds


@dataclass(frozen=True)
class Unlocked:
    """What opens the store with the id `store` from `since` until `until`. `uptime` and `boot` are of the beginning."""

    store: str
    since: datetime
    until: datetime
    uptime: float
    boot: str
    keys: WrappingKeys = field(repr=False)

    @classmethod
    def beginning(cls, store: str, now: datetime, time: timedelta, keys: WrappingKeys) -> "Unlocked":
        """Returns what opens the store from now on, for that time."""
        return cls(store, now, now + time, uptime(), boot_id(), keys)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Unlocked | None":
        """Returns what `as_bytes` wrote; None for anything else."""
        try:
            document = json.loads(data)
            records, notes = unpadded(document["records"]), unpadded(document["notes"])
            if len(records) != _LENGTH or len(notes) != _LENGTH:
                return None
            return cls(
                str(document["store"]),
                datetime.fromisoformat(document["since"]),
                datetime.fromisoformat(document["until"]),
                float(document["uptime"]),
                str(document["boot"]),
                WrappingKeys(records, notes),
            )
        except NOT_AS_WRITTEN:
            return None

    def as_bytes(self) -> bytes:
        """Returns it as JSON."""
        document = {
            "store": self.store,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "uptime": self.uptime,
            "boot": self.boot,
            "records": base64url(self.keys.records),
            "notes": base64url(self.keys.notes),
        }
        return json.dumps(document).encode()

    def holds(self, now: datetime) -> bool:
        """Whether it has not ended."""
        passed = uptime() - self.uptime
        try:
            by_the_clock = (now - self.since).total_seconds()
            longest = min(self.until - self.since, LONGEST).total_seconds()
        except (TypeError, OverflowError):  # a time without an offset: not of ours
            return False
        was_set = abs(by_the_clock - passed) > _CLOCK_MAY_DRIFT
        is_over = not (0 <= passed < longest and by_the_clock < longest)
        return self.boot == boot_id() and not was_set and not is_over
