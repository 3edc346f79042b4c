"""The bottom bar: stage, minutes, the last thing saved, and the two or three keys that matter now."""

from dataclasses import dataclass
from datetime import datetime

from mi_cli.interview.choice import signs_of_readiness
from mi_cli.interview.walk import Walk
from mi_cli.terminal.words import Words


@dataclass(frozen=True)
class Bar:
    """What the bar knows besides the walk: the last thing that happened, and whether all of it is on the disk."""

    last: str = ""
    unsaved: bool = False
    show_tally: bool = False

    def text(self, walk: Walk, words: Words, now: datetime, width: int) -> str:
        """One row of at most `width` characters; the keys give way first, then the last thing saved."""
        left = [words.stages[walk.stage], words.bar_minutes.format(minutes=walk.session.minutes(now))]
        if self.show_tally:
            tally = walk.notes.tally
            left.append(words.bar_tally.format(change=tally.change, sustain=tally.sustain))
        if self.unsaved:
            left.append(words.bar_unsaved)
        if self.last:
            left.append(self.last)
        if signs_of_readiness(walk.situation):
            left.append(words.hint_ready)
        keys = words.bar_note_keys if walk.note else words.bar_question_keys if walk.question else words.bar_keys
        text = f" {' · '.join(left)}"
        room = width - len(text) - len(keys) - 1
        return f"{text}{' ' * room}{keys} " if room >= 2 else text[:width]
