"""What the computer gives a command: the time, random ids, and paths as they are typed."""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from mi_cli.errors import Failed, WrongUsage
from mi_cli.records.names import ID_ALPHABET, ID_LENGTH
from mi_cli.words.commands import command_words
from mi_cli.words.said import said


def now() -> datetime:
    """Returns the time in whole seconds, with the offset of this place."""
    return moment().replace(microsecond=0)


def moment() -> datetime:
    """Returns the time to the microsecond, for the store: it orders records that are made within one second."""
    return here(datetime.now(UTC))


def here(time: datetime) -> datetime:
    """Returns a time with the offset of this place, in whole minutes, as RFC 3339 has no seconds there.

    A time without an offset is local. Where the zone of this place makes no sense (`TZ=AAA+99`), UTC stands for it.
    """
    try:
        local = time.astimezone()
        minutes = round((local.utcoffset() or timedelta()) / timedelta(minutes=1))
        zone = timezone(timedelta(minutes=minutes))
        return local.astimezone(zone) if time.tzinfo else local.replace(tzinfo=zone)
    except (ValueError, OverflowError, OSError):
        return time if time.tzinfo else time.replace(tzinfo=UTC)


def new_id() -> str:
    """Returns a new id: eight random characters of a-z and 0-9."""
    from random import SystemRandom  # what `secrets` has too, which loads OpenSSL; here, because a list needs no ids

    return "".join(SystemRandom().choices(ID_ALPHABET, k=ID_LENGTH))


class FolderGone(Failed):
    """A relative path was typed in a folder that no longer exists. What to say depends on the language (`app`)."""

    def __init__(self) -> None:
        super().__init__("")


def folder_is_gone() -> bool:
    """Whether the folder in which the command was typed no longer exists."""
    try:
        os.getcwd()  # noqa: PTH109  # only whether it fails is asked
    except OSError:
        return True
    return False


def located(typed: str | Path) -> Path:
    """Returns the whole path to what was typed, with `~` as the home folder.

    Raises WrongUsage for what can be no path, FolderGone for a relative one where the folder is gone.
    """
    if "\0" not in str(typed):
        with suppress(RuntimeError):  # `~name` where there is nobody of that name
            path = Path(typed).expanduser()
            if path.is_absolute():
                return path
            if folder_is_gone():
                raise FolderGone
            return path.absolute()
    raise WrongUsage(
        said(command_words, lambda words: words.no_path), said(command_words, lambda words: words.whole_path)
    )
