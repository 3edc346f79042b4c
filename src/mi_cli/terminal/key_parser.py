"""Turns the characters that a terminal sends into keys.

Theory of operation. prompt_toolkit's own parser has three habits that harm a line: a paste whose end gets lost swallows
every key after it, a sequence that it does not know is typed into the line as text, and Alt with a letter arrives as
two keys. Here a paste ends by itself, a sequence is a key or nothing at all, and Alt with a letter is one key.

The parser is in one of three states:

- nothing pending: characters are matched with `_COMPLETE`, and each match becomes a key or is dropped;
- `_pending` holds a sequence that matches `_INCOMPLETE` only: more characters may complete it;
- `_pasted` holds the text of a paste that has not ended.

A sequence was cut off if it is followed by what no sequence has (Enter, or the ESC of the next one), or by nothing: the
next characters come later than `GAP`, or `flush` is called. `_cut_off` says how much of it a terminal sent; the rest
was typed. The text of a paste whose end never comes is a whole paste. F8 ends such a paste at once.
"""

import re
from time import monotonic
from typing import Final

from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

TIMEOUT: Final = 1.0  # Seconds without a character after which a paste or a sequence without an end is over.
GAP: Final = 0.5  # Seconds after which what is read does not belong to the sequence that was read before.

_PASTE_START: Final = "\x1b[200~"
_PASTE_END: Final = "\x1b[201~"
_CUT_PASTE_END: Final = re.compile(r"\x1b(?:\[(?:2(?:0(?:1)?)?)?)?\Z")
_F8: Final = "\x1b[19~"
_TMUX: Final = "\x1bPtmux;"

# A whole sequence, from its ESC to its last character, or text, or a single character.
_COMPLETE: Final = re.compile(
    r"""\x1b\[M[^\x00-\x1f]{3}                              # an old mouse report
      | \x1b\[\[[A-E]                                       # F1 to F5 on the Linux console
      | \x1b\[(?![M\[])[!-?]*[@-~]                          # CSI: most keys, and what a terminal reports
      | \x1bO(?:[0-9;]*[!-/:<-~]|\ )                        # SS3: some function keys, and the keypad
      | \x1bPtmux;(?:\x1b\x1b(?!\[19~)|[^\x00-\x06\x08-\x1f])*\x1b\\ # what tmux passes on, with each ESC twice
      | \x1b[\]P][^\x00-\x1f]*(?:\x07|\x1b\\|[\x9c\udc9c]) # OSC and DCS: a terminal's answers
      | \x1b[_^X][^\x00-\x1f]*(?:\x1b\\|[\x9c\udc9c])      # APC, PM and SOS: the same, of a few terminals
      | \x1b[^\x1b\[OP\]_^X]                                # Alt with a key
      | [^\x00-\x1f\x7f-\x9f\udc80-\udcff]+                 # text, which is one key if it was read at once
      | [^\x1b]""",
    re.DOTALL | re.VERBOSE,
)
# The start of a sequence, which more characters may complete.
_INCOMPLETE: Final = re.compile(
    r"""\x1b (?: \[ (?: \[ | M[^\x00-\x1f]{0,2} | [!-?]* )
               | O[0-9;]*
               | Ptmux;(?:\x1b\x1b(?!\[19~)|[^\x00-\x06\x08-\x1f])*\x1b?
               | [\]P](?:[0-9>?!+$lLt][^\x00-\x1f]*\x1b?)?
               | [_^X][^\x00-\x1f]*\x1b? )?""",
    re.DOTALL | re.VERBOSE,
)
# What a terminal has sent of a sequence that was cut off, and nobody types.
_CUT_OFF: Final = re.compile(
    r"""\x1b (?: \[ (?: \[ | M[^\x00-\x1f]{0,2} | [!-?]* )
               | O[0-9;]*
               | \][0-9]+(?:;[0-9?]*)*(?:rgba?:[0-9a-fA-F/]*|(?:rgba|rgb|rg|r)\Z)? )""",
    re.VERBOSE,
)
_CUT_ANSWER: Final = re.compile(
    r"""\x1b (?: P>\|[!-~]+\x20(?:[0-9][!-~]*|(?![!-~]))   # a terminal's name and version: `iTerm2 3.5.0`
               | (?: \][0-9] | P[0-9>?!+$] | _G ) [^\x00-\x20]*
               | Ptmux; (?:\x1b\x1b(?!\[19~)|[^\x00-\x06\x08-\x20])*
               | P(?:tmux|tmu|tm|t)(?![!-~]) )
        (?:\x1b(?![\x1b\[OP\]_^X]))?                        # half of what ends it""",
    re.VERBOSE,
)
# The controls that stand for ESC and a character. A terminal without UTF-8 sends them as bytes, which are read as
# surrogates; those bytes that are letters of Windows-1252 are left alone.
_SEVEN_BIT: Final = {
    code: f"\x1b{chr((code & 0xFF) - 0x40)}"
    for code in (0x8F, 0x90, 0x98, 0x9B, 0x9D, 0x9E, 0x9F, 0xDC8F, 0xDC90, 0xDC9B, 0xDC9D)
}
# What they begin in the middle of what was read, where a single one of them is nothing.
_EIGHT_BIT: Final = re.compile(
    r"""[\x9b\udc9b](?:[0-9]+~ | [<>?][0-9;:]*[!-/]*[@-~] | [0-9]+[;:][0-9;:]*[!-/]*[@-~])
      | [\x90\x98\x9d-\x9f\udc90\udc9d][^\x00-\x1f]*?(?:\x07|\x1b\\|[\x9c\udc9c])""",
    re.VERBOSE,
)
_KEYPAD: Final = {f"\x1bO{sign}": chr(ord(sign) - 0x40) for sign in "IMjklmnopqrstuvwxy"} | {
    "\x1bOX": "=",
    "\x1bO ": " ",
}
# The keys that move or delete by a word with Alt, each under the key that does the same with Ctrl.
_WITH_ALT: Final = {
    "\x1bb": Keys.ControlLeft,
    "\x1bf": Keys.ControlRight,
    "\x1bd": Keys.ControlDelete,
    "\x1b\x7f": Keys.ControlW,
    "\x1b\x08": Keys.ControlW,
}
_ALT_ARROWS: Final = {Keys.Left: Keys.ControlLeft, Keys.Right: Keys.ControlRight}
_KEYS: Final = {
    sequence: key
    for sequence, key in ANSI_SEQUENCES.items()
    if not sequence.startswith("\x1b[27;")  # Enter with Shift, which does nothing as `\x1b[13;2u` either
}


class KeyParser(Vt100Parser):
    """Calls `feed_key_callback` with each key that the characters mean.

    A paste is one key, with its text. So is text that was read at once: a key for each of many letters takes long.

    prompt_toolkit calls `flush` when no character has come for `TIMEOUT` seconds.
    """

    def reset(self, request: bool = False) -> None:  # noqa: ARG002  # prompt_toolkit's own signature
        """Forgets a sequence or a paste that has begun."""
        self._pending = ""
        self._first = 0  # how many characters of what is pending came in the read with its ESC
        self._pasted: str | None = None
        self._last_read_at = monotonic()

    @property
    def pasting(self) -> bool:
        """Whether a paste has begun and not ended."""
        return self._pasted is not None

    @property
    def pasted(self) -> str:
        """The text so far of a paste that has not ended; empty if there is none."""
        return _CUT_PASTE_END.sub("", self._pasted or "").replace(_PASTE_START, "")

    def feed(self, data: str) -> None:
        """Takes the characters that were read at once."""
        late = monotonic() - self._last_read_at > GAP
        self._last_read_at = monotonic()
        if self._pasted is not None:
            self._parse_paste(data)
            return
        if self._pending and (late or self._is_over(data)):
            self._end_pending()
        before, self._pending = self._pending, ""
        self._parse(before + (_as_seven_bit(data) or data), self._first if before else None)

    def _is_over(self, data: str) -> bool:
        """Returns whether what is pending does not go on with what was just read, because it ends with a key Esc.

        Alt arrives together with its key, so an ESC that came as the last is either Esc or begins one of the sequences.
        """
        if not self._pending.endswith("\x1b") or (self._pending.startswith(_TMUX) and data[:1] == "\x1b"):
            return False
        return data[:1] not in ("[", "O", "P", "]", "_", "^", "X", "\\")

    def flush(self) -> None:
        """Ends a paste or a sequence that has no end, because nothing has come for a while."""
        if self._pasted is None:
            self._end_pending()
        elif monotonic() - self._last_read_at >= TIMEOUT * 0.99:  # Else this call belongs to an earlier character.
            self._end_paste()

    def _end_pending(self) -> None:
        text, self._pending = self._pending, ""
        while text:  # What was typed after a sequence that was cut off may begin another one.
            length = _cut_off(text, self._first)
            if length == 1:
                self._emit(Keys.Escape)
            text = text[length:]
            self._first = len(text)
            self._parse(text)
            text, self._pending = self._pending, ""

    def _parse_paste(self, data: str) -> None:
        before = self._pasted or ""
        text = before + data
        end = text.find(_PASTE_END, max(len(before) - len(_PASTE_END), 0))
        if end >= 0:
            self._pasted = text[:end]
            self._end_paste()
            self._parse(text[end + len(_PASTE_END) :])
        elif text.endswith(_F8):  # No terminal leaves that in a text, so the end was lost and somebody needs the card.
            self._pasted = text.removesuffix(_F8)
            self._end_paste()
            self._emit_sequence(_F8)
        else:
            self._pasted = text

    def _end_paste(self) -> None:
        text, self._pasted = self.pasted, None
        self._emit(Keys.BracketedPaste, text)

    def _parse(self, text: str, first: int | None = None) -> None:
        """Takes characters, the `first` of which, or all, came in the read with the ESC that they may begin with."""
        position = 0
        while position < len(text):
            first = len(text) - position if first is None or position else first
            if match := _EIGHT_BIT.match(text, position):
                position = match.end()
                self._emit_sequence(match[0].translate(_SEVEN_BIT))
            elif match := _COMPLETE.match(text, position):
                position = match.end()
                if match[0] == _PASTE_START:
                    self._pasted = ""
                    self._parse_paste(text[position:])
                    return
                self._emit_sequence(match[0])
            elif _INCOMPLETE.fullmatch(text, position):
                self._pending, self._first = text[position:], first
                return
            else:
                position += _cut_off(text[position:], first)

    def _emit_sequence(self, sequence: str) -> None:
        key = _WITH_ALT.get(sequence) or _KEYS.get(sequence)
        if isinstance(key, tuple):
            self._emit(_ALT_ARROWS.get(key[1], Keys.Escape))
        elif key is not None:
            self._emit(key, sequence)
        elif sign := _KEYPAD.get(sequence):
            self._emit_sequence(sign)
        elif not sequence.startswith("\x1b"):
            self._emit(sequence[0], sequence)
        elif len(sequence) == 2:
            self._emit(Keys.Escape)

    def _emit(self, key: str, data: str = "") -> None:
        self.feed_key_callback(KeyPress(key, data))


def _cut_off(text: str, first: int) -> int:
    """Returns how many characters at the start of the text a terminal sent, of a sequence that was cut off.

    The `first` of them came in the read with its ESC. If that is the ESC alone, it was the key Esc.
    """
    patterns = ((_CUT_OFF, len(text)), (_CUT_ANSWER, first))
    lengths = [match.end() for pattern, end in patterns if (match := pattern.match(text, 0, end))]
    return max(lengths, default=1 if first == 1 or text[1:2] == "\x1b" else min(2, len(text)))


def _as_seven_bit(data: str) -> str | None:
    """Returns what was read with ESC and a character for its first control, if it is one sequence and nothing else."""
    seven_bit = data.translate(_SEVEN_BIT) if ord(data[:1] or " ") in _SEVEN_BIT else ""
    return seven_bit if _COMPLETE.fullmatch(seven_bit) or _INCOMPLETE.fullmatch(seven_bit) else None
