"""What a terminal sends becomes keys.

prompt_toolkit's own parser has three habits that harm a line: a paste whose end gets lost swallows every key after it,
a sequence that it does not know is typed into the line as text, and Alt with a letter arrives as two keys. Here a
paste ends by itself, an unknown sequence is dropped whole, and Alt with a letter is one key.
"""

import re
from time import monotonic
from typing import Final

from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

PATIENCE: Final = 1.0  # seconds without a byte after which a paste, or a sequence, that has no end is over

_BEGIN: Final = "\x1b[200~"
_END: Final = "\x1b[201~"

# One stroke: a sequence from its ESC to its last sign, or a single character.
_STROKE: Final = re.compile(
    r"""\x1b\[M...                                      # an old mouse report
      | \x1b\[\[[A-E]                                   # F1 to F5 on the Linux console
      | \x1b\[[!-?]*[@-~]                               # CSI: most keys, and what a terminal reports
      | \x1bO[!-~]                                      # SS3: some function keys, and the keypad
      | \x1b[\]P][0-9>?!+$][^\x07\x1b]*(?:\x07|\x1b\\)  # OSC and DCS: a terminal's answers
      | \x1b[^\x1b\[OP\]]                               # Alt with a key
      | [^\x1b]""",
    re.DOTALL | re.VERBOSE,
)
# What may still become a longer stroke.
_BEGUN: Final = re.compile(
    r"\x1b (?: \[ (?: \[ | M.{0,2} | [!-?]* )? | O | [\]P] (?: [0-9>?!+$] [^\x07\x1b]* \x1b? )? )?",
    re.DOTALL | re.VERBOSE,
)
_KEYPAD: Final = re.compile("\x1bO([Mj-y])")
# What moves or deletes by a word where Alt is held, under the key that does the same.
_WITH_ALT: Final = {
    "\x1bb": Keys.ControlLeft,
    "\x1bf": Keys.ControlRight,
    "\x1bd": Keys.ControlDelete,
    "\x1b\x7f": Keys.ControlW,
    "\x1b\x08": Keys.ControlW,
}
_ALT_ARROWS: Final = {Keys.Left: Keys.ControlLeft, Keys.Right: Keys.ControlRight}


class Strokes(Vt100Parser):
    """Takes what a terminal sends and tells which keys that was; a paste is one key, with its text.

    What is to be called once nothing came for `PATIENCE` seconds is `flush`; prompt_toolkit does so.
    """

    def reset(self, request: bool = False) -> None:  # noqa: ARG002  # prompt_toolkit's own signature
        """Forget what was begun."""
        self._pending = ""
        self._pasted: str | None = None
        self._last = monotonic()

    @property
    def pasting(self) -> bool:
        """Whether a paste has begun and not ended."""
        return self._pasted is not None

    @property
    def pasted(self) -> str:
        """What has come so far of a paste that has not ended; empty without one."""
        return (self._pasted or "").replace(_BEGIN, "")

    def feed(self, data: str) -> None:
        """Take what came."""
        self._last = monotonic()
        if self._pasted is not None:
            self._take_pasted(data)
        elif self._pending == "\x1b" and data[:1] not in ("[", "O", "P", "]"):  # Alt comes at once with its key
            self._pending = ""
            self._tell(Keys.Escape)
            self._take(data)
        else:
            data, self._pending = self._pending + data, ""
            self._take(data)

    def flush(self) -> None:
        """Nothing has come for a while: what has no end, ends."""
        if self._pasted is not None:
            if monotonic() - self._last >= PATIENCE * 0.99:  # else this was meant for an earlier byte
                self._end_paste()
        elif self._pending:
            text, self._pending = self._pending, ""
            self._take_broken(text)

    def _take_pasted(self, data: str) -> None:
        before = self._pasted or ""
        text = before + data
        end = text.find(_END, max(len(before) - len(_END), 0))
        if end < 0:
            self._pasted = text
            return
        self._pasted = text[:end]
        self._end_paste()
        self._take(text[end + len(_END) :])

    def _end_paste(self) -> None:
        text, self._pasted = self.pasted, None
        self._tell(Keys.BracketedPaste, text)

    def _take(self, text: str) -> None:
        at = 0
        while at < len(text):
            if found := _STROKE.match(text, at):
                at = found.end()
                if found[0] == _BEGIN:
                    self._pasted = ""
                    self._take_pasted(text[at:])
                    return
                self._tell_stroke(found[0])
            elif _BEGUN.fullmatch(text, at):
                self._pending = text[at:]
                return
            else:
                self._take_broken(text[at:])
                return

    def _take_broken(self, text: str) -> None:
        """What begins as a sequence and is none: its ESC, with the sign after it, was a key; the rest was typed."""
        self._tell(Keys.Escape)
        self._take(text[1:] if text[1:2] == "\x1b" else text[2:])

    def _tell_stroke(self, stroke: str) -> None:
        key = _WITH_ALT.get(stroke) or ANSI_SEQUENCES.get(stroke)
        if isinstance(key, tuple):
            self._tell(_ALT_ARROWS.get(key[1], Keys.Escape))
        elif key is not None:
            self._tell(key, stroke)
        elif found := _KEYPAD.fullmatch(stroke):
            self._tell_stroke(chr(ord(found[1]) - 0x40))
        elif len(stroke) == 1:
            self._tell(stroke, stroke)
        elif len(stroke) == 2:
            self._tell(Keys.Escape)

    def _tell(self, key: str, data: str = "") -> None:
        self.feed_key_callback(KeyPress(key, data))
