"""Checks client codes, ids and names of prompt sets. No error repeats what was typed."""

import re
import unicodedata
from typing import Final

from mi_cli.errors import NotTaken
from mi_cli.records.name_matching import looks_blank
from mi_cli.records.outside_keys import NameOf, Untaken

MAX_LENGTH: Final = 64
ID_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
ID_LENGTH: Final = 8

# Patterns as text: `re` compiles each when it is first used, and a list uses the last one alone.
_NAME: Final = r"\w(?:[\w.\-]*\w)?"
_SURROGATE: Final = r"[\ud800-\udfff]"
_RECORDS: Final = r"records-[0-9]{8}T[0-9]{6}Z-[a-z0-9]{8}"
_ID: Final = re.compile(r"[a-z0-9]{1,8}")
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)
_RESERVED: Final = frozenset({"last"})


def checked_name(name: str, what: NameOf) -> str:
    """Returns `name` in Unicode form NFC if it is safe as a code or the name of a prompt set.

    It may have letters and digits that show and, between them, `-`, `_` and `.`; at most 64 characters. `what` names
    its kind in the error. Raises NotTaken, also for a Windows device name and for a word with a meaning of its own
    (`last`).
    """
    name = unicodedata.normalize("NFC", name)
    if len(name) > MAX_LENGTH:
        raise NotTaken(Untaken.NAME_TOO_LONG, what=what, most=MAX_LENGTH)
    if not re.fullmatch(_NAME, name) or ".." in name or any(map(looks_blank, name)):
        raise NotTaken(Untaken.NO_NAME, what=what)
    folded = name.casefold()
    if folded in _RESERVED or folded.split(".")[0] in _DEVICES:
        raise NotTaken(Untaken.NAME_RESERVED, what=what)
    return name


def is_name(name: str) -> bool:
    """Whether `checked_name` accepts the name and leaves it unchanged."""
    try:
        return checked_name(name, NameOf.CLIENT) == name
    except NotTaken:
        return False


def replace_surrogates(text: str) -> str:
    """Returns the text with U+FFFD for each surrogate: a typed byte that was not UTF-8, and cannot be saved as such."""
    return text if text.isascii() else re.sub(_SURROGATE, "\N{REPLACEMENT CHARACTER}", text)


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
    return re.fullmatch(_RECORDS, text) is not None
