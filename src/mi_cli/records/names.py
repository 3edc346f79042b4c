"""Codes, ids and set names: which are taken, and why another is refused. Nothing typed is repeated in an error."""

import re
import unicodedata
from typing import Final

from mi_cli.errors import WrongUsage

MAX_LENGTH: Final = 64
ID_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
ID_LENGTH: Final = 8

_NAME: Final = re.compile(r"\w(?:[\w.\-]*\w)?")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_ID: Final = re.compile(r"[a-z0-9]{1,8}")
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)
_RESERVED: Final = frozenset({"last"})


def checked_name(name: str, what: str) -> str:
    """`name` in NFC, if it is safe as a code or a set name: letters, digits and `- _ .` inside, at most 64.

    Raises WrongUsage: a path, a control character, a Windows device name, or a word with a meaning of its own.
    """
    name = unicodedata.normalize("NFC", name)
    if len(name) > MAX_LENGTH:
        raise WrongUsage(f"That {what} is over {MAX_LENGTH} characters.", "A short one, such as J-014, is enough.")
    if not _NAME.fullmatch(name) or ".." in name:
        raise WrongUsage(
            f"That cannot be a {what}.",
            "Letters and digits, with - _ or . between them: J-014. No spaces, and nothing that says who it is.",
        )
    folded = name.casefold()
    if folded in _RESERVED or folded.split(".")[0] in _DEVICES:
        raise WrongUsage(f"That {what} has a meaning of its own and cannot be used.", "Another one will do: J-014.")
    return name


def is_name(name: str) -> bool:
    """Whether `checked_name` takes it as it stands."""
    try:
        return checked_name(name, "name") == name
    except WrongUsage:
        return False


def replace_surrogates(text: str) -> str:
    """The text with U+FFFD for what UTF-8 cannot hold: bytes that were no UTF-8 when they were typed."""
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def primary_language(tag: str) -> str:
    """The language of a tag: `es` of `es`, `es-US` or `es_MX.UTF-8`."""
    return re.split("[-_.@]", tag.lower(), maxsplit=1)[0]


def is_id_start(text: str) -> bool:
    """Whether `text` could be the start of an id."""
    return _ID.fullmatch(text) is not None


def is_id(text: str) -> bool:
    """Whether `text` is an id."""
    return is_id_start(text) and len(text) == ID_LENGTH
