"""The loop of an interview: reads lines, has them recorded, and shows what came of them.

`PipedConversation` reads a pipe or a file, `LiveConversation` a keyboard. Each line is read once
(`Recorder.read_line`), applied and saved (`Recorder.apply`), and its `Outcome` is shown: the error if it is not on the
disk, else the reply; then what is in view, if that changed. What is specific to the keyboard:

- A half-typed line is kept on the disk as a draft, and put back into the line when the interview goes on.
- Before an end the offers of `terminal.closing` are made; any of them may go back to the interview.
- Several lines that were pasted at once are offered as one note or as entries, and never run as commands.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from mi_cli.errors import MiError
from mi_cli.interview.actions import Action, AddEntry, AddNoteLine, End, Overview, Rejected, Say, Show
from mi_cli.interview.commands import command_names, commands
from mi_cli.interview.likeness import folded, starting_with
from mi_cli.interview.outcome import Applied, Leaving, Outcome
from mi_cli.interview.recorder import Recorder
from mi_cli.records.outside_keys import Reading
from mi_cli.records.terms import Stage, Talk
from mi_cli.terminal import pages
from mi_cli.terminal.asking import Asker
from mi_cli.terminal.background import ask_look
from mi_cli.terminal.bar import Bar
from mi_cli.terminal.closing import Closing, is_yes, make_offers, other_words, share
from mi_cli.terminal.listen import InputLine, PipeReader
from mi_cli.terminal.page import BLANK, Line, Page, Role, Screen, row_count
from mi_cli.terminal.streams import print_message
from mi_cli.terminal.system import stop_on_signals
from mi_cli.words.interview.model import InterviewWords
from mi_cli.words.languages import counted
from mi_cli.words.protection import protection_words
from mi_cli.words.typed_names import typed_names

_ENDS_LIST: Final = "q"
_EACH: Final = "e"  # each pasted line is an entry of its own
_WORDS: Final = (Say, AddEntry, AddNoteLine)  # what may be saved at once, where many come at once
_SHORT: Final = 500  # entries: in an interview that is no longer, each line is saved by itself
_SHARE: Final = 20  # of the entries beyond that, one in so many is how many lines are saved at once
_ROWS_BENEATH: Final = 4  # of a page: how it goes on, the line that is typed, the bar, and the line before


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


class LiveConversation(Conversation):
    """Reads lines from a keyboard, beneath an `opening` page; with a `script`, each key press enters the next line."""

    def __init__(
        self, recorder: Recorder, screen: Screen, setting: Setting, opening: Page = (), script: Sequence[str] = ()
    ) -> None:
        super().__init__(recorder, screen, setting)
        typed_ahead = ""
        if not screen.plain:
            screen.look, typed_ahead = ask_look()
        screen.show(opening)
        self.show_view()  # at once, because the keyboard takes longest to load
        from mi_cli.terminal.keyboard import Keyboard, KeyboardHooks
        from mi_cli.terminal.scripted_keyboard import ScriptedKeyboard

        self._bar = Bar(show_tally=setting.show_tally)
        self._rest: Page = ()  # of a page that is longer than the screen
        self._draft_on_disk = bool(recorder.draft())
        idle = setting.lock.after if setting.lock else 0
        hooks = KeyboardHooks(
            self._bar_text,
            self._prompt,
            self._keep_draft,
            self._show_safety,
            self._complete,
            idle,
            self._lock,
            self._tell_how_to_leave,
            self._show_beneath,
        )
        make = partial(ScriptedKeyboard, script=script) if script else Keyboard
        self._keyboard = make(hooks, plain=screen.plain, look=screen.look, typed_ahead=typed_ahead)

    @property
    def _asker(self) -> Asker:
        """Asks in the place of the line."""
        return Asker(
            self._keyboard.ask, lambda text: self.screen.show([Line(text, Role.WARN, " ")]), self.words.answers
        )

    def run(self) -> int:
        """Runs to the end of the interview or of the input. Returns the exit code."""
        draft = self.recorder.draft()
        if draft:
            self.screen.show([Line(self.words.draft_restored, Role.DIM, " ")])
        leaving = None
        with stop_on_signals(self._keyboard.stop, interrupt=False):
            while leaving is None:
                heard = self._keyboard.read_line(draft)
                draft = ""
                if heard.hide:
                    draft = heard.draft
                    self._keep_draft(draft)
                    self._hide()
                elif heard.idle:
                    draft = heard.draft
                    self._keep_draft(draft)
                    self._lock()
                elif heard.line is None:
                    leaving = self._leave(heard)
                else:
                    if heard.reading is not Reading.AS_WRITTEN:
                        self.screen.show([Line(self.words.not_utf8[heard.reading], Role.WARN, " ")])
                    draft, leaving = self._take(heard.line)
            if leaving is Leaving.ENDED:
                share(self.recorder, self.screen, self.words, self._keyboard.ask)
        if heard.stopped:
            return 1 if self.recorder.unsaved else 0
        self.show_end(leaving)
        if not self.screen.plain and self._said_yes(self.words.ask_clear):
            self.screen.clear()
            self.show_end(leaving)  # once more: how to see it, or to go on with it, stays in view
        return 1 if self.recorder.unsaved else 0

    def _take(self, line: str) -> tuple[str, Leaving | None]:
        """Takes a line. Returns what to put back into the line, and how the interview is left, if it is."""
        line = line.removesuffix("\n")  # a pasted line may come with its line end
        rest, self._rest = self._rest, ()
        if rest and not line.strip():
            self._show_part(rest)
            return "", None
        if rest and line.strip().lower() == _ENDS_LIST:
            self._show_beneath()
            return "", None
        if "\n" in line:
            return self._take_pasted(line)
        action = self.recorder.read_line(line)
        if isinstance(action, End) and (back := self._ask_before_end(action)) is not None:
            self._keep_draft(back or line)
            return back or line, None
        outcome = self.recorder.apply(action)
        while outcome.error and outcome.leaving is Leaving.PAUSED:
            self.screen.show([Line(pages.not_saved_text(outcome.error, self.words), Role.WARN, " ")])
            if not self._said_yes(self.words.ask_leave_unsaved):
                break
            outcome = replace(outcome, error=self.recorder.pause())
        self._forget_draft()
        self._show(outcome)
        failed_to_end = isinstance(action, End) and outcome.leaving is None
        return (line if failed_to_end else ""), outcome.leaving

    def _take_pasted(self, text: str) -> tuple[str, Leaving | None]:
        """Takes several lines that were pasted at once: as lines of the open note, or, if wanted, as entries."""
        if self.recorder.state.open_note is not None:
            lines = text.split("\n")
            while lines and self.recorder.state.open_note is not None:
                self._show(self.recorder.enter(lines.pop(0)))
            return "\n".join(lines), None  # lines after the end of the note are shown before they are run
        self._keep_draft(text)
        entries = self.recorder.read_pasted(text)
        answer = self._keyboard.ask(pages.pasted_question(text.count("\n") + 1, entries, self.words))
        if answer is not None and answer.lower() == _EACH:
            self._show(self.recorder.enter_each(entries))
            self._forget_draft()
            return "", None
        typed = other_words(answer)
        if not typed and not is_yes(answer):
            return text, None
        self._show(self.recorder.enter_pasted(text))
        self._keep_draft(typed)
        return typed, None

    def _show(self, outcome: Outcome) -> None:
        reply = outcome.reply
        self._bar = replace(self._bar, unsaved=self.recorder.unsaved)
        self.show_conflicts()
        if outcome.error:
            self.screen.show([Line(pages.not_saved_text(outcome.error, self.words), Role.WARN, " ")])
        elif isinstance(reply, Applied):
            self._bar = replace(self._bar, last=pages.applied_text(reply, self.words))
            if self.screen.plain:
                self.screen.show([Line(self._bar.last)])
            self.show_quiet_lines(reply)
        if isinstance(reply, Rejected):
            self.screen.show([Line(pages.rejected_text(reply, self.words), Role.WARN, " ")])
        if outcome.hide:
            self._hide()
        elif isinstance(reply, Show):
            page = pages.overview_page(reply, self.recorder.state, self.words, self.setting.contacts)
            if outcome.show_view:
                self._show_part(page)
            else:
                self.screen.show(page)
        elif outcome.show_view:
            self.show_view()

    def _show_part(self, page: Page) -> None:
        """Shows as much of a page as the screen has room for; an empty line shows what comes next of it.

        At the end of it is what is in view.
        """
        room = shutil.get_terminal_size().lines - _ROWS_BENEATH
        shown, self._rest = self.screen.split(page, room)
        self.screen.show(shown)
        if self._rest:
            self.screen.show([Line(self.words.more.format(n=row_count(self._rest)), Role.DIM, " ")])
        else:
            self._show_beneath()

    def _show_beneath(self) -> None:
        self.screen.show(pages.view_beneath(self.recorder.state.view, self.words))

    def _ask_before_end(self, action: End) -> str | None:
        """Makes the offers. Returns null if the interview may end, else the words typed in place of an answer."""
        return make_offers(Closing(self.recorder, self.screen, self.words, action, self._keyboard.ask, self._do))

    def _do(self, action: Action) -> None:
        """Applies an action that was offered, and shows its reply, as there is no bar below a question."""
        outcome = self.recorder.apply(action)
        self._show(outcome)
        if isinstance(outcome.reply, Applied) and not outcome.error and not self.screen.plain:
            self.screen.show([Line(self._bar.last, Role.DIM, " ")])

    def _leave(self, heard: InputLine) -> Leaving:
        """Pauses after Ctrl-D, or when the terminal is gone, and keeps the half-typed line."""
        if heard.draft:
            self._keep_draft(heard.draft)
        error = self.stop(heard)
        while error and not heard.stopped:
            self.screen.show([Line(pages.not_saved_text(error, self.words), Role.WARN, " ")])
            if not self._said_yes(self.words.ask_leave_unsaved):
                break
            error = self.stop(heard)
        return Leaving.ENDED if self.recorder.state.session.ended_at else Leaving.PAUSED

    def _hide(self) -> None:
        if self.screen.plain:
            self.screen.show([BLANK] * 60)
            self.screen.show([Line(self.words.hidden)])
        lock = self.setting.lock
        if self._keyboard.wait_for_key(idles=lock is not None and lock.opens is not None):
            self._lock()
        elif self.screen.plain:
            self.show_view()

    def _lock(self) -> None:
        """Hides everything until the passphrase is typed, after a time without a key. Every line is on the disk.

        It is called at a line, at a question, and while the screen is hidden (F9).
        """
        lock = self.setting.lock
        if lock is None or lock.opens is None:
            self._hide()
            return
        lock.locks()
        words = protection_words(self.recorder.state.session.language)
        self.screen.clear()
        self.screen.show([BLANK] * 60 if self.screen.plain else [])
        self.screen.show([Line(words.screen_locked)])
        while not self._keyboard.stopped:
            typed = self._asker.hidden(words.ask)
            if typed is not None and lock.opens(typed):
                self.show_view()
                return

    def _said_yes(self, question: str) -> bool:
        """Asks a question. Returns whether the answer is yes; Enter is a yes."""
        return self._asker.yes(question, enter=True)

    def _show_safety(self) -> int:
        card = pages.overview_page(Show(Overview.SAFETY), self.recorder.state, self.words, self.setting.contacts)
        self.screen.show(card)
        return row_count(card)

    def _tell_how_to_leave(self) -> None:
        self.screen.show([Line(self.words.how_to_leave, Role.DIM, " ")])

    def _bar_text(self, width: int) -> str:
        bar = replace(self._bar, more=bool(self._rest))
        return bar.text(self.recorder.state, self.words, self.setting.now(), width)

    def _prompt(self) -> str:
        if self.screen.plain:
            return self.words.note_prompt if self.recorder.state.open_note else "> "
        return "… " if self.recorder.state.open_note else "› "

    def _keep_draft(self, line: str) -> None:
        if not line:
            self._forget_draft()
            return
        with suppress(MiError):  # the next key press tries again
            self.recorder.keep_draft(line)
            self._draft_on_disk = True

    def _forget_draft(self) -> None:
        if self._draft_on_disk:
            with suppress(MiError):  # a draft that is left is older than the last turn, and ignored when resuming
                self.recorder.drop_draft()
                self._draft_on_disk = False

    def _complete(self, before: str) -> Sequence[str]:
        return completions(before, self.recorder.state.session.language)


def completions(before: str, language: str = "en") -> list[str]:
    """Returns what a line could be completed to: commands, stages after `/stage`, types after `+` or `-`.

    All of them are completed in the language of the interview too, where no English name begins so.
    """
    names = typed_names(language)
    command, blank, start = before.partition(" ")
    if blank and command.removeprefix("/") in ("stage", *command_names("stage", language)) and command[0] == "/":
        stages = [name for name, value in names.values.items() if isinstance(value, Stage)]
        return [f"{command} {stage}" for stage in _beginning(start, Stage, stages)]
    if blank:
        return []
    if before.startswith("/"):
        return [f"/{name}" for name in _beginning(before[1:], commands(), names.commands)]
    if before[:1] in ("+", "-") and before[1:].isalpha():
        return [f"{before[0]}{talk} " for talk in _beginning(before[1:], Talk, names.types)]
    return []


def _beginning(start: str, english: Iterable[str], local: Iterable[str]) -> list[str]:
    """Returns the English names that begin so, else those of the language."""
    return starting_with(start.lower(), english) or [name for name in local if folded(name).startswith(folded(start))]


__all__ = ["LiveConversation", "PipedConversation", "Setting", "completions"]
