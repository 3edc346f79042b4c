"""What the computer gives a command: the time, random ids, and paths as they are typed."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from mi_cli.errors import WrongUsage
from mi_cli.records.names import ID_ALPHABET, ID_LENGTH


def now() -> datetime:
    """The time, with this place's offset, in whole seconds: the one clock."""
    return moment().replace(microsecond=0)


def moment() -> datetime:
    """`now` to the microsecond, for the store: records that are made within one second have an order by it."""
    return datetime.now().astimezone()


def new_id() -> str:
    """Eight random characters of a-z and 0-9."""
    import secrets  # here, because it loads the hash functions, and a list needs no ids

    return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))


def located(given: str | Path) -> Path:
    """A path as it was typed, `~` being a home. Raises WrongUsage for one that can be none."""
    if "\0" not in str(given):
        with suppress(RuntimeError):  # the home of somebody there is not
            return Path(given).expanduser()
    raise WrongUsage("That is no path on this computer.", "Write it out, from the first folder on.")
