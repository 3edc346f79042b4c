"""The conversation of an interview: what it needs, and what both kinds of it share (`terminal.piped`, `terminal.live`).

Each line is read once (`Recorder.read_line`), applied and saved (`Recorder.apply`), and its `Outcome` is shown: the
error if it is not on the disk, else the reply; then what is in view, if that changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mi_cli.errors import MiError
from mi_cli.interview.outcome import Applied, Leaving
from mi_cli.interview.recorder import Recorder
from mi_cli.terminal import pages
from mi_cli.terminal.listen import InputLine
from mi_cli.terminal.page import Line, Role, Screen
from mi_cli.words.interview.model import InterviewWords
from mi_cli.words.languages import counted


@dataclass(frozen=True)
class Setting:
    """What an interview needs besides its records: words, the clock, and the settings."""

    words: InterviewWords
    now: Callable[[], datetime]
    show_tally: bool = False
    contacts: Sequence[str] = ()
    lock: "ScreenLock | None" = None
    closes: bool = False  # whether the end of the input closes the interview, as it is written up afterwards


@dataclass(frozen=True)
class ScreenLock:
    """When the screen locks, and how it opens again.

    `after` is how many seconds without a key; `opens` tells whether a passphrase is right; if null, any key opens it.
    `locks` is called first: a store that was unlocked for a while is locked as well.
    """

    after: float
    opens: Callable[[str], bool] | None = None
    locks: Callable[[], None] = lambda: None


class Conversation:
    """What both kinds of conversation share. They differ in what they can ask."""

    def __init__(self, recorder: Recorder, screen: Screen, setting: Setting) -> None:
        self.recorder = recorder
        self.screen = screen
        self.setting = setting
        self.words = setting.words
        self.failed = False
        self._conflicts_shown = 0

    def show_view(self) -> None:
        """Shows what is in view."""
        self.screen.show(pages.view_page(self.recorder.state.view, self.words))

    def show_quiet_lines(self, reply: Applied) -> None:
        """Shows what a reply says quietly: that a goal does not sound like the client, or what words look like."""
        if lines := pages.quiet_lines(reply, self.words):
            self.screen.show(lines)

    def show_conflicts(self) -> None:
        """Says, once each time, that another program has changed the records of this interview."""
        if self.recorder.conflicts > self._conflicts_shown:
            self._conflicts_shown = self.recorder.conflicts
            self.screen.show([Line(self.words.changed_elsewhere, Role.WARN, " ")])

    def stop(self, heard: InputLine) -> MiError | None:
        """Pauses the interview where the input ends, or closes it. Returns why it could not be saved.

        When the input was cut off, or a half-typed line is left, the interview is paused in any case.
        """
        cut_off = heard.stopped or heard.broken is not None or heard.draft
        return self.recorder.close() if self.setting.closes and not cut_off else self.recorder.pause()

    def show_end(self, leaving: Leaving) -> None:
        """Says in a line or two how the interview was left."""
        self.show_conflicts()
        state = self.recorder.state
        minutes, n = state.session.minutes(), len(state.notes.entries)
        if leaving is Leaving.ENDED:
            text = counted(self.words.closed, n).format(minutes=minutes, id=state.session.id)
            self.screen.show([Line(text)])
        else:
            hint = self.words.paused_hint.format(id=state.session.id)
            self.screen.show([Line(counted(self.words.paused, n).format(minutes=minutes)), Line(hint)])
