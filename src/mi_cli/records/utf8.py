"""Text from outside that is UTF-8 and nothing else: settings, prompt sets, secrets, key files, and what was typed.

Words may be in other encodings too (`decoding.py`). They stand apart, since every command reads the settings.
"""

import codecs
import re
from typing import Final

from mi_cli.records.names import replace_surrogates
from mi_cli.records.outside_keys import FileKind

BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
WIDE: Final = (  # UTF-32 first: its byte order mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WINDOWS: Final = "cp1252"
_ESCAPED: Final = "[\udc80-\udcff]"  # how Python escapes a byte that is not UTF-8


class NotText(Exception):
    """What was read is not what is taken here. `kind` says what it is; `line` is the line's number, if it is one."""

    def __init__(self, kind: FileKind, line: int | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.line = line


def decode_utf8(data: bytes) -> str:
    """Decodes TOML, JSON or a secret: UTF-8, without the mark before it. Line ends stay. Raises NotText."""
    if any(data.startswith(mark) for mark, _ in WIDE):
        raise NotText(FileKind.WIDE)
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        from mi_cli.records.file_kinds import LINE_END  # here, because only what is refused has lines to be counted

        raise NotText(FileKind.NOT_UTF8, len(LINE_END.findall(data[: error.start])) + 1) from None


def was_utf8(text: str) -> bool:
    """Whether all bytes were UTF-8 of what a terminal or an argument gave."""
    return text.isascii() or not re.search(_ESCAPED, text)


def typed_text(text: str) -> str:
    """Returns what a terminal or an argument gave; a byte that was not UTF-8 (a surrogate) is read as Windows-1252.

    What is in neither becomes U+FFFD: nobody can be asked for a line again, and it cannot be saved as it is.
    """
    if text.isascii():
        return text
    read = re.sub(_ESCAPED, lambda escaped: bytes([ord(escaped[0]) & 0xFF]).decode(WINDOWS, "replace"), text)
    return replace_surrogates(read)
