"""Closed sets about what is read or typed, files and names, which texts are keyed by.

They stand apart from the other ones (`text_keys`), since every command reads the settings, and most need these alone.
"""

from enum import StrEnum, auto


class FileKind(StrEnum):
    """What something from outside is, where text was expected (`records.file_kinds`, `records.decoding`)."""

    PDF = auto()
    ZIP = auto()  # Word and OpenDocument files are ZIP files
    OFFICE = auto()  # Word, Excel and the like, before 2007
    RTF = auto()
    ARCHIVE = auto()
    IMAGE = auto()
    MEDIA = auto()
    DATABASE = auto()
    MARKUP = auto()
    SUBTITLES = auto()
    BINARY = auto()  # something else that is no text
    WIDE = auto()  # UTF-16 or UTF-32, where only UTF-8 is taken
    NOT_UTF8 = auto()  # where only UTF-8 is taken
    UNREADABLE = auto()  # a line in no encoding that is known, or not in the one that was named


class Reading(StrEnum):
    """How a line from outside was read (`records.decoding`)."""

    AS_WRITTEN = auto()
    WINDOWS_1252 = auto()
    UNREADABLE = auto()


class NameOf(StrEnum):
    """What a name is of that was typed."""

    CLIENT = auto()
    PROMPT_SET = auto()


class Untaken(StrEnum):
    """Why what was typed is not taken."""

    NAME_TOO_LONG = auto()
    NO_NAME = auto()
    NAME_RESERVED = auto()
    RECIPIENT_UNSEEN = auto()
    RECIPIENT_TOO_LONG = auto()
    RECIPIENT_CONTROLS = auto()
    NO_ENCODING = auto()


class Unreadable(StrEnum):
    """Why a document is no record that this version reads."""

    NEWER = auto()
    OTHER = auto()
    NOT_WHOLE = auto()
    NOT_JSON = auto()
    FIELD = auto()
    TOP = auto()
