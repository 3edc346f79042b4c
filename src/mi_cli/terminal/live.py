"""The loop of an interview at a keyboard.

What is specific to it:

- A half-typed line is kept on the disk as a draft, and put back into the line when the interview goes on.
- Before an end the offers of `terminal.closing` are made; any of them may go back to the interview.
- Several lines that were pasted at once are offered as one note or as entries, and never run as commands.
"""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final

from mi_cli.errors import MiError
from mi_cli.interview.actions import Action, End, Overview, Rejected, Show
from mi_cli.interview.outcome import Applied, Leaving, Outcome
from mi_cli.interview.recorder import Recorder
from mi_cli.records.outside_keys import Reading
from mi_cli.terminal import pages
from mi_cli.terminal.asking import Asker
from mi_cli.terminal.background import ask_look
from mi_cli.terminal.bar import Bar
from mi_cli.terminal.closing import Closing, is_yes, make_offers, other_words, share
from mi_cli.terminal.completion import completions
from mi_cli.terminal.conversation import Conversation, Setting
from mi_cli.terminal.listen import InputLine
from mi_cli.terminal.page import BLANK, Line, Page, Role, Screen, row_count
from mi_cli.terminal.system import stop_on_signals
from mi_cli.words.protection import protection_words

_ENDS_LIST: Final = "q"
_EACH: Final = "e"  # each pasted line is an entry of its own
_ROWS_OF_LINE: Final = 2  # the line that is typed, and the bar
_ROWS_BENEATH: Final = 4  # of a page: how it goes on, the line that is typed, the bar, and the line before


class LiveConversation(Conversation):
    """Reads lines from a keyboard, beneath an `opening` page; with a `script`, each key press enters the next line."""

    def __init__(
        self, recorder: Recorder, screen: Screen, setting: Setting, opening: Page = (), script: Sequence[str] = ()
    ) -> None:
        super().__init__(recorder, screen, setting)
        typed_ahead = ""
        if not screen.plain:
            screen.look, typed_ahead = ask_look()
        self._show_opening(opening)  # at once, because the keyboard takes longest to load
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

    def _show_opening(self, opening: Page) -> None:
        """Shows the opening and what is in view: the prompt alone, where all of it would not stand on the screen."""
        whole = [*opening, *pages.view_page(self.recorder.state.view, self.words)]
        if row_count(whole) <= shutil.get_terminal_size().lines - _ROWS_OF_LINE:
            self.screen.show(whole)
        else:
            self.screen.show([*opening, BLANK])
            self._show_beneath()

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
