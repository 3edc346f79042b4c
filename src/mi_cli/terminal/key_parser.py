"""Turns the characters that a terminal sends into keys.

prompt_toolkit's own parser has three habits that harm a line: a paste whose end gets lost swallows every key after it,
a sequence that it does not know is typed into the line as text, and Alt with a letter arrives as two keys. Here a
paste ends by itself, an unknown sequence is dropped whole, and Alt with a letter is one key.

The parser is in one of three states:

- nothing pending: characters are matched with `_COMPLETE`, and each match becomes a key or is dropped;
- `_pending` holds a sequence that matches `_INCOMPLETE` only: more characters may complete it;
- `_pasted` holds the text of a paste that has not ended.

Nothing typed is lost: when no character has come for `TIMEOUT` seconds, `flush` ends what is pending. The ESC of an
incomplete sequence was then a key, and the rest was typed; the text of a paste is a whole paste.
"""

import re
from time import monotonic
from typing import Final

from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

TIMEOUT: Final = 1.0  # Seconds without a character after which a paste or a sequence without an end is over.

_PASTE_START: Final = "\x1b[200~"
_PASTE_END: Final = "\x1b[201~"

# A whole sequence, from its ESC to its last character, or a single character.
_COMPLETE: Final = re.compile(
    r"""\x1b\[M...                                      # an old mouse report
      | \x1b\[\[[A-E]                                   # F1 to F5 on the Linux console
      | \x1b\[[!-?]*[@-~]                               # CSI: most keys, and what a terminal reports
      | \x1bO[!-~]                                      # SS3: some function keys, and the keypad
      | \x1b[\]P][0-9>?!+$][^\x07\x1b]*(?:\x07|\x1b\\)  # OSC and DCS: a terminal's answers
      | \x1b[^\x1b\[OP\]]                               # Alt with a key
      | [^\x1b]""",
    re.DOTALL | re.VERBOSE,
)
# The start of a sequence, which more characters may complete.
_INCOMPLETE: Final = re.compile(
    r"\x1b (?: \[ (?: \[ | M.{0,2} | [!-?]* )? | O | [\]P] (?: [0-9>?!+$] [^\x07\x1b]* \x1b? )? )?",
    re.DOTALL | re.VERBOSE,
)
_KEYPAD: Final = re.compile("\x1bO([Mj-y])")
# The keys that move or delete by a word with Alt, each under the key that does the same with Ctrl.
_WITH_ALT: Final = {
    "\x1bb": Keys.ControlLeft,
    "\x1bf": Keys.ControlRight,
    "\x1bd": Keys.ControlDelete,
    "\x1b\x7f": Keys.ControlW,
    "\x1b\x08": Keys.ControlW,
}
_ALT_ARROWS: Final = {Keys.Left: Keys.ControlLeft, Keys.Right: Keys.ControlRight}


class KeyParser(Vt100Parser):
    """Calls `feed_key_callback` with each key that the characters mean. A paste is one key, with its text.

    prompt_toolkit calls `flush` when no character has come for `TIMEOUT` seconds.
    """

    def reset(self, request: bool = False) -> None:  # noqa: ARG002  # prompt_toolkit's own signature
        """Forgets a sequence or a paste that has begun."""
        self._pending = ""
        self._pasted: str | None = None
        self._last_byte_at = monotonic()

    @property
    def pasting(self) -> bool:
        """Whether a paste has begun and not ended."""
        return self._pasted is not None

    @property
    def pasted(self) -> str:
        """The text so far of a paste that has not ended; empty if there is none."""
        return (self._pasted or "").replace(_PASTE_START, "")

    def feed(self, data: str) -> None:
        """Takes the characters that have come."""
        self._last_byte_at = monotonic()
        if self._pasted is not None:
            self._parse_paste(data)
        elif self._pending == "\x1b" and data[:1] not in ("[", "O", "P", "]"):
            # Alt arrives together with its key, so the ESC that came alone was the key Esc.
            self._pending = ""
            self._emit(Keys.Escape)
            self._parse(data)
        else:
            data, self._pending = self._pending + data, ""
            self._parse(data)

    def flush(self) -> None:
        """Ends a paste or a sequence that has no end, because nothing has come for a while."""
        if self._pasted is not None:
            if monotonic() - self._last_byte_at >= TIMEOUT * 0.99:  # Else this call belongs to an earlier character.
                self._end_paste()
        elif self._pending:
            text, self._pending = self._pending, ""
            self._parse_unknown(text)

    def _parse_paste(self, data: str) -> None:
        before = self._pasted or ""
        text = before + data
        end = text.find(_PASTE_END, max(len(before) - len(_PASTE_END), 0))
        if end < 0:
            self._pasted = text
            return
        self._pasted = text[:end]
        self._end_paste()
        self._parse(text[end + len(_PASTE_END) :])

    def _end_paste(self) -> None:
        text, self._pasted = self.pasted, None
        self._emit(Keys.BracketedPaste, text)

    def _parse(self, text: str) -> None:
        position = 0
        while position < len(text):
            if match := _COMPLETE.match(text, position):
                position = match.end()
                if match[0] == _PASTE_START:
                    self._pasted = ""
                    self._parse_paste(text[position:])
                    return
                self._emit_sequence(match[0])
            elif _INCOMPLETE.fullmatch(text, position):
                self._pending = text[position:]
                return
            else:
                self._parse_unknown(text[position:])
                return

    def _parse_unknown(self, text: str) -> None:
        """Takes what begins like a sequence but is none: ESC and the next character were a key, the rest was typed."""
        self._emit(Keys.Escape)
        self._parse(text[1:] if text[1:2] == "\x1b" else text[2:])

    def _emit_sequence(self, sequence: str) -> None:
        key = _WITH_ALT.get(sequence) or ANSI_SEQUENCES.get(sequence)
        if isinstance(key, tuple):
            self._emit(_ALT_ARROWS.get(key[1], Keys.Escape))
        elif key is not None:
            self._emit(key, sequence)
        elif match := _KEYPAD.fullmatch(sequence):
            self._emit_sequence(chr(ord(match[1]) - 0x40))
        elif len(sequence) == 1:
            self._emit(sequence, sequence)
        elif len(sequence) == 2:
            self._emit(Keys.Escape)

    def _emit(self, key: str, data: str = "") -> None:
        self.feed_key_callback(KeyPress(key, data))
