"""The bottom bar: stage, minutes, the last thing saved, and the two or three keys that matter now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mi_cli.interview.choice import signs_of_readiness
from mi_cli.interview.rulers import NumberQuestion
from mi_cli.interview.state import InterviewState
from mi_cli.words.interview.model import InterviewWords

_MIN_LEFT: Final = 40  # columns that the left part needs beside the safety key


@dataclass(frozen=True)
class Bar:
    """What the bar shows besides the state: the last thing that happened, and whether something is not saved."""

    last: str = ""
    unsaved: bool = False
    show_tally: bool = False

    def text(self, state: InterviewState, words: InterviewWords, now: datetime, width: int) -> str:
        """Returns one row of at most `width` characters.

        If there is no room for all, the right part is shortened first, then the left part. The safety key stays as long
        as there is room for it at all.
        """
        left = [words.stages[state.stage], words.bar_minutes.format(minutes=state.session.minutes(now))]
        if self.show_tally:
            tally = state.notes.tally
            left.append(words.bar_tally.format(change=tally.change, sustain=tally.sustain))
        if self.unsaved:
            left.append(words.bar_unsaved)
        if state.session.open_concerns:
            left.append(words.bar_concern)
        if self.last:
            left.append(self.last)
        text = f" {' · '.join(left)}"
        for right in _right_parts(state, words):
            room = width - len(text) - len(right) - 1
            if room >= 2:
                return f"{text}{' ' * room}{right} "
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
