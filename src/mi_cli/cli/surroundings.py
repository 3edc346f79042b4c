"""What the computer gives a command: the time, random ids, and paths as they are typed."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from mi_cli.errors import WrongUsage
from mi_cli.records.names import ID_ALPHABET, ID_LENGTH


def now() -> datetime:
    """Returns the time in whole seconds, with the offset of this place."""
    return moment().replace(microsecond=0)


def moment() -> datetime:
    """Returns the time to the microsecond, for the store: it orders records that are made within one second."""
    return datetime.now().astimezone()


def new_id() -> str:
    """Returns a new id: eight random characters of a-z and 0-9."""
    import secrets  # here, because it loads the hash functions, and a list needs no ids

    return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))


def located(typed: str | Path) -> Path:
    """Returns the path that was typed, with `~` as the home folder. Raises WrongUsage for what can be no path."""
    if "\0" not in str(typed):
        with suppress(RuntimeError):  # `~name` where there is nobody of that name
            return Path(typed).expanduser()
    raise WrongUsage("That is no path on this computer.", "Write it out, from the first folder on.")
