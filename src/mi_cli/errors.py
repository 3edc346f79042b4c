"""What can go wrong and is expected: a message, a hint, and the exit code.

Neither message nor hint may hold anything a client said: errors end up in terminals, scripts and bug reports.
"""

from typing import ClassVar


class MiError(Exception):
    """An expected failure: `message` says what happened, `hint` what to do about it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Failed(MiError):
    """The command could not be carried out."""


class WrongUsage(MiError):
    """The command was given something it cannot take, or needs an answer and there is no terminal to ask on."""

    exit_code = 2


class NotTaken(WrongUsage):
    """What was typed cannot be a name or the like; `why` is an `Untaken`. `words.told` makes sentences of it."""

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(why)
        self.why, self.values = why, values


class Refused(MiError):
    """Nothing permits this disclosure. `message` has every reason, a line each, with what would put it right."""

    exit_code = 3


class Unconfirmed(Refused):
    """The store is not as this computer knows it, and nobody has confirmed it: nothing goes out until then."""


class NoStore(MiError):
    """There is no store yet."""

    exit_code = 4


class Locked(MiError):
    """The store is protected, and was not opened."""

    exit_code = 4


class Damaged(MiError):
    """A record cannot be read. It is named and kept as it is. `words.told` makes sentences of it."""

    exit_code = 5

    def __init__(self, what: str, why: str, hint: str = "") -> None:
        super().__init__(f"{what}: {why}", hint)
        self.what = what
        self.why = why


class InUse(MiError):
    """Another process holds the record."""

    exit_code = 6


class SaveFailed(MiError):
    """A save did not reach the disk for certain. What was there before is whole."""
