"""The loop of an interview whose lines come from a pipe or a file: nothing can be asked."""

from typing import Final

from mi_cli.interview.actions import AddEntry, AddNoteLine, Rejected, Say, Show
from mi_cli.interview.outcome import Applied, Leaving, Outcome
from mi_cli.interview.recorder import Recorder
from mi_cli.records.outside_keys import Reading
from mi_cli.terminal import pages
from mi_cli.terminal.conversation import Conversation, Setting
from mi_cli.terminal.listen import InputLine, PipeReader
from mi_cli.terminal.page import Line, Screen
from mi_cli.terminal.streams import print_message
from mi_cli.terminal.system import stop_on_signals
from mi_cli.words.languages import counted

_WORDS: Final = (Say, AddEntry, AddNoteLine)  # what may be saved at once, where many come at once
_SHORT: Final = 500  # entries: in an interview that is no longer, each line is saved by itself
_SHARE: Final = 20  # of the entries beyond that, one in so many is how many lines are saved at once


class PipedConversation(Conversation):
    """Reads lines from a pipe or a file. An error names its line, and the rest is still read.

    Each line is saved before the next is read. But each save writes all of the notes: so in an interview that is longer
    than people hold one, words that have come at once are saved at once, the more of them the longer it is. Each counts
    as entered, and is shown, only then.
    """

    def __init__(self, recorder: Recorder, screen: Screen, setting: Setting, source: PipeReader) -> None:
        super().__init__(recorder, screen, setting)
        self._source = source
        self._other_dashes = 0
        self._taken: list[tuple[InputLine, Outcome]] = []  # the lines that are not saved yet

    def run(self) -> int:
        """Runs to the end of the interview or of the input. Returns the exit code."""
        leaving = None
        with stop_on_signals(self._source.stop, interrupt=True):
            while leaving is None:
                heard = self._source.read_line()
                if heard.broken is not None:
                    self.failed = True
                    reason = pages.disk_reason(heard.broken, self.words)
                    self._warn(heard, self.words.piped_broken.format(reason=reason))
                if heard.line is None:
                    break
                if heard.reading is not Reading.AS_WRITTEN:
                    self._warn(heard, self.words.not_utf8[heard.reading])
                if heard.reading is Reading.UNREADABLE:
                    self.failed = True
                else:
                    leaving = self._take(heard, heard.line)
        if self._taken:  # the line that was to come with them is no text, or somebody stopped the program
            self._save()
        if self._other_dashes:
            self.screen.show([Line(self.words.piped_dashes.format(n=self._other_dashes))])
        if leaving is None:
            error = self.stop(heard)
            leaving = Leaving.ENDED if self.recorder.state.session.ended_at else Leaving.PAUSED
            if error:
                self.failed = True
                print_message(pages.not_saved_text(error, self.words))
            if heard.stopped:
                self.show_end(leaving)
                return 130
        elif left := self._source.count_unread():
            self.failed = True
            self._warn(heard, counted(self.words.piped_left, left))
        self.show_end(leaving)
        return 1 if self.failed or self.recorder.unsaved else 0

    def _take(self, heard: InputLine, line: str) -> Leaving | None:
        """Takes a line, and saves and shows those that were taken, if it is the last of them for now."""
        action = self.recorder.read_line(line)
        self._other_dashes += isinstance(action, AddEntry) and action.other_dash
        self._taken.append((heard, self.recorder.take(action)))
        at_once = 1 + max(0, len(self.recorder.state.notes.entries) - _SHORT) // _SHARE
        more = isinstance(action, _WORDS) and len(self._taken) < at_once and self._source.has_line
        return None if more else self._save()

    def _save(self) -> Leaving | None:
        lines, outcomes = zip(*self._taken, strict=True)
        self._taken = []
        saved = self.recorder.save(outcomes)
        self.show_conflicts()
        for heard, outcome in zip(lines, saved, strict=True):
            self._show(heard, outcome)
        return saved[-1].leaving

    def _show(self, heard: InputLine, outcome: Outcome) -> None:
        reply = outcome.reply
        if outcome.error:
            self.failed = True
            self._warn(heard, pages.not_saved_text(outcome.error, self.words))
        elif isinstance(reply, Applied):
            self.screen.show([Line(pages.applied_text(reply, self.words))])
            self.show_quiet_lines(reply)
        if isinstance(reply, Rejected):
            self.failed = True
            self._warn(heard, pages.rejected_text(reply, self.words))
        elif isinstance(reply, Show):
            self.screen.show(pages.overview_page(reply, self.recorder.state, self.words, self.setting.contacts))

    def _warn(self, heard: InputLine, text: str) -> None:
        print_message(self.words.piped_line.format(number=heard.number, text=text))
