"""The bottom bar: stage, minutes, the last thing saved, and the two or three keys that matter now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Final

from mi_cli.interview.choice import signs_of_readiness
from mi_cli.interview.rulers import NumberQuestion
from mi_cli.interview.state import InterviewState
from mi_cli.words.interview.model import InterviewWords


class _Part(StrEnum):
    """A part of the left side, in its order."""

    STAGE = auto()
    MINUTES = auto()
    TALLY = auto()
    UNSAVED = auto()
    CONCERN = auto()
    LAST = auto()


_LEFT_OUT: Final = (_Part.MINUTES, _Part.TALLY, _Part.CONCERN)  # where there is no room, in this order
_NARROW: Final = 60  # columns; there the safety key is left out before what was last saved is cut
_MIN_LEFT: Final = 40  # columns that the left part needs beside the safety key


@dataclass(frozen=True)
class Bar:
    """What the bar shows besides the state: the last thing that happened, and whether something is not saved.

    `more`: an empty line shows more of a page.
    """

    last: str = ""
    unsaved: bool = False
    show_tally: bool = False
    more: bool = False

    def text(self, state: InterviewState, words: InterviewWords, now: datetime, width: int) -> str:
        """Returns one row of at most `width` characters.

        If there is no room for all, the right part is shortened first, then parts of the left one are left out. What
        was last saved is not cut while it has room for itself.
        """
        minutes = words.bar_minutes.format(minutes=state.session.minutes(now))
        tally = words.bar_tally.format(change=state.notes.tally.change, sustain=state.notes.tally.sustain)
        parts = {
            _Part.STAGE: words.stages[state.stage],
            _Part.MINUTES: minutes,
            _Part.TALLY: tally if self.show_tally else "",
            _Part.UNSAVED: words.bar_unsaved if self.unsaved else "",
            _Part.CONCERN: words.bar_concern if state.session.open_concerns else "",
            _Part.LAST: self.last,
        }
        keys = (words.bar_more_keys, words.bar_safety_key) if self.more else _right_parts(state, words)
        for left_out in range(len(_LEFT_OUT) + 1):
            text = " " + " · ".join(part for name, part in parts.items() if part and name not in _LEFT_OUT[:left_out])
            for right in keys:
                room = width - len(text) - len(right) - 1
                if room >= 2:
                    return f"{text}{' ' * room}{right} "
        if len(text) <= width <= _NARROW:
            return text
        room = max(width - len(words.bar_safety_key) - 4, 0)
        return f"{text[:room]}…  {words.bar_safety_key} " if room >= _MIN_LEFT else text[:width]


def _right_parts(state: InterviewState, words: InterviewWords) -> tuple[str, ...]:
    """Returns the forms of the right part, the longest first: the keys, and a hint that a recap may fit."""
    safety = words.bar_safety_key
    if state.open_note:
        return (words.bar_note_keys, safety)
    if isinstance(state.question, NumberQuestion):
        return (words.bar_number_keys, safety)
    if state.question:
        return (words.bar_question_keys, safety)
    if signs_of_readiness(state.situation):
        hint, short = words.hint_ready, words.hint_ready_short
        return (f"{hint} · {words.bar_keys}", f"{hint} · {safety}", hint, f"{short} · {safety}", short, safety)
    return (words.bar_keys, safety)
