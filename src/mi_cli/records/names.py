"""Checks client codes, ids and names of prompt sets. No error repeats what was typed."""

import re
import unicodedata
from typing import Final

from mi_cli.errors import WrongUsage
from mi_cli.records.name_matching import looks_blank

MAX_LENGTH: Final = 64
ID_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
ID_LENGTH: Final = 8

_NAME: Final = re.compile(r"\w(?:[\w.\-]*\w)?")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_RECORDS: Final = re.compile(r"records-[0-9]{8}T[0-9]{6}Z-[a-z0-9]{8}")
_ID: Final = re.compile(r"[a-z0-9]{1,8}")
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)
_RESERVED: Final = frozenset({"last"})


def checked_name(name: str, what: str) -> str:
    """Returns `name` in Unicode form NFC if it is safe as a code or the name of a prompt set.

    It may have letters and digits that show and, between them, `-`, `_` and `.`; at most 64 characters. `what` names
    its kind in the error. Raises WrongUsage, also for a Windows device name and for a word with a meaning of its own
    (`last`).
    """
    name = unicodedata.normalize("NFC", name)
    if len(name) > MAX_LENGTH:
        raise WrongUsage(f"That {what} is over {MAX_LENGTH} characters.", "A short one, such as J-014, is enough.")
    if not _NAME.fullmatch(name) or ".." in name or any(map(looks_blank, name)):
        raise WrongUsage(
            f"That cannot be a {what}.",
            "Letters and digits, with - _ or . between them: J-014. No spaces, and nothing that says who it is.",
        )
    folded = name.casefold()
    if folded in _RESERVED or folded.split(".")[0] in _DEVICES:
        raise WrongUsage(f"That {what} has a meaning of its own and cannot be used.", "Another one will do: J-014.")
    return name


def is_name(name: str) -> bool:
    """Whether `checked_name` accepts the name and leaves it unchanged."""
    try:
        return checked_name(name, "name") == name
    except WrongUsage:
        return False


def replace_surrogates(text: str) -> str:
    """Returns the text with U+FFFD for each surrogate: a typed byte that was not UTF-8, and cannot be saved as such."""
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def primary_language(tag: str) -> str:
    """Returns the language of a tag: `es` for `es`, `es-US` and `es_MX.UTF-8`."""
    return re.split("[-_.@]", tag.lower(), maxsplit=1)[0]


def is_id_start(text: str) -> bool:
    """Whether `text` could be the start of an id."""
    return _ID.fullmatch(text) is not None


def is_id(text: str) -> bool:
    """Whether `text` is an id."""
    return is_id_start(text) and len(text) == ID_LENGTH


def is_records_folder(text: str) -> bool:
    """Whether `text` is the name of a folder that `mi` made to hold a store's records: it has a time and an id."""
    return _RECORDS.fullmatch(text) is not None
