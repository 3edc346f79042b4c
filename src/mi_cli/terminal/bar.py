"""The bottom bar: stage, minutes, the last thing saved, and the two or three keys that matter now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mi_cli.interview.choice import signs_of_readiness
from mi_cli.interview.state import InterviewState
from mi_cli.words.interview.model import InterviewWords

_LEAST: Final = 40  # columns for where we are


@dataclass(frozen=True)
class Bar:
    """What the bar knows besides the walk: the last thing that happened, and whether all of it is on the disk."""

    last: str = ""
    unsaved: bool = False
    show_tally: bool = False

    def text(self, walk: InterviewState, words: InterviewWords, now: datetime, width: int) -> str:
        """One row of at most `width` characters: what is at the right gives way first, then the last thing saved.

        The safety key stays as long as there is room for it at all.
        """
        left = [words.stages[walk.stage], words.bar_minutes.format(minutes=walk.session.minutes(now))]
        if self.show_tally:
            tally = walk.notes.tally
            left.append(words.bar_tally.format(change=tally.change, sustain=tally.sustain))
        if self.unsaved:
            left.append(words.bar_unsaved)
        if walk.session.open_concerns:
            left.append(words.bar_concern)
        if self.last:
            left.append(self.last)
        text = f" {' · '.join(left)}"
        for right in _right(walk, words):
            room = width - len(text) - len(right) - 1
            if room >= 2:
                return f"{text}{' ' * room}{right} "
        short = max(width - len(words.bar_safety_key) - 4, 0)
        return f"{text[:short]}…  {words.bar_safety_key} " if short >= _LEAST else text[:width]


def _right(walk: InterviewState, words: InterviewWords) -> tuple[str, ...]:
    """What stands at the right, the longest form first: keys, and quietly that a recap may fit."""
    safety = words.bar_safety_key
    if walk.note:
        return (words.bar_note_keys, safety)
    if walk.question:
        return (words.bar_question_keys, safety)
    if signs_of_readiness(walk.situation):
        hint, short = words.hint_ready, words.hint_ready_short
        return (f"{hint} · {words.bar_keys}", f"{hint} · {safety}", hint, f"{short} · {safety}", short, safety)
    return (words.bar_keys, safety)
