"""Reads lines from a terminal with prompt_toolkit, in line mode rather than full screen, so that the scrollback stays.

A line is read by one prompt_toolkit application, which ends with an `InputLine` (see `listen`). Three kinds of lines
differ only in their keys and in what is shown:

- a line of the interview (`drafts=True`): it has a history, a bar beneath it, a draft on the disk, and F9 and Tab;
- the answer to a question: none of these, and Ctrl-C gives no answer instead of an empty line;
- a hidden answer: nothing of it shows.

F8 shows the safety card at each of them, and while the screen is hidden.

Two looks: styled, prompt_toolkit draws the line; plain, it draws into nothing and `echo` writes what is typed.

What is typed is never lost. Every way out of a line gives its text: Enter as the line, the others as the draft. A
signal, a closed terminal and a paste whose end never comes are ways out like any other (see `key_parser`).
"""

import os
import shutil
import sys
import textwrap
from asyncio import TimerHandle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from prompt_toolkit.application import Application, in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_input
from prompt_toolkit.input.typeahead import store_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.processors import PasswordProcessor
from prompt_toolkit.output import DummyOutput, Output, create_output
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth

from mi_cli.records.names import replace_surrogates
from mi_cli.records.outside_keys import Reading
from mi_cli.records.text import sanitized
from mi_cli.records.utf8 import typed_text, was_utf8
from mi_cli.terminal.echo import Echo, write
from mi_cli.terminal.editing_keys import as_lines, editing_keys
from mi_cli.terminal.key_parser import TIMEOUT, KeyParser
from mi_cli.terminal.listen import InputLine
from mi_cli.terminal.page import UNDIMMED, Look, Role
from mi_cli.terminal.resizing import ResizableApplication
from mi_cli.terminal.rows import question_rows

DRAFT_DELAY: Final = 0.5  # Seconds between a key and its draft on the disk.
BAR_REFRESH: Final = 20.0  # Seconds; the bar shows minutes.


@dataclass(frozen=True)
class KeyboardHooks:
    """What the keyboard calls in the interview.

    `bar` gives the text of the bar for a width in columns, `prompt` what stands before the line. `keep_draft` puts a
    half-typed line on the disk, `safety` shows the safety card, and `complete` gives the lines that the text before
    the cursor could become. After `idle_after` seconds without a key reading ends; 0 means never. A line of the
    interview then ends with an `InputLine` that says so. At a question `lock` is called instead: it hides the screen
    and returns when it may be shown again. Then the question is asked again, with what was typed.
    `safety` returns how many rows the card took; F8 once more takes it away, and `again` shows what was beneath it.
    `tell_how_to_leave` is called when Ctrl-C is pressed on an empty line of the interview.
    """

    bar: Callable[[int], str]
    prompt: Callable[[], str]
    keep_draft: Callable[[str], None]
    safety: Callable[[], int]
    complete: Callable[[str], Sequence[str]]
    idle_after: float = 0
    lock: Callable[[], None] | None = None
    tell_how_to_leave: Callable[[], None] | None = None
    again: Callable[[], None] | None = None


class Keyboard:
    """Reads lines from the terminal. The history is in memory only, and no outside editor is ever started.

    `typed_ahead` is what was read from the terminal before.
    """

    def __init__(self, hooks: KeyboardHooks, *, plain: bool, look: Look = UNDIMMED, typed_ahead: str = "") -> None:
        self._hooks = hooks
        self._plain = plain
        self._style = Style.from_dict({"bar": look[Role.DIM], "prompt": look[Role.TITLE]})
        self._history = InMemoryHistory()
        self._input: Any = create_input(sys.stdin)
        self._key_parser: KeyParser | None = None
        if hasattr(self._input, "vt100_parser"):  # Windows reports keys, not sequences of bytes.
            self._key_parser = KeyParser(self._input.vt100_parser.feed_key_callback)
            self._input.vt100_parser = self._key_parser
            if typed_ahead:
                self._key_parser.feed(typed_ahead)
                store_typeahead(self._input, self._input.read_keys())
        self._app: Application[InputLine] | None = None
        self._timer: TimerHandle | None = None
        self._idle_timer: TimerHandle | None = None
        self._stopped = False
        self._number = 0
        self._above: list[str] = []  # the rows of a question above the one that is typed behind
        self._reading = Reading.AS_WRITTEN  # how the bytes of the line that is being typed are read

    def read_line(self, draft: str) -> InputLine:
        """Returns the next line, or why there is none. The line begins with `draft`, which was typed before."""
        if self._stopped:
            return InputLine(None, self._number, draft=draft, stopped=True)
        entered = self._read(self._hooks.prompt(), draft, drafts=True)
        if entered.line is not None:
            self._number += 1
        return entered

    @property
    def stopped(self) -> bool:
        """Whether nothing more will be read: the program is to stop, or the terminal is gone."""
        return self._stopped

    def ask(self, question: str, *, hidden: bool = False, begun: str = "", keeps: bool = False) -> str | None:
        """Returns the answer to a question, trimmed, or None if there is none. A `hidden` answer does not show.

        The line begins with `begun`. If it `keeps`, a half-typed answer is kept as a draft, as a line of the interview
        is, and stays one where there is no answer.
        """
        text = begun
        while not self._stopped:
            *self._above, last = question_rows(question)
            self._write_above()
            entered = self._read(f"{last} ", text, drafts=False, hidden=hidden, keeps=keeps)
            self._above = []
            if keeps and entered.line is None:
                self._hooks.keep_draft(entered.draft)
            if not entered.idle or self._hooks.lock is None:
                return entered.line.strip() if entered.line is not None else None
            text = entered.draft
            self._hooks.lock()
        return None

    def wait_for_key(self, *, idles: bool = False) -> bool:
        """Shows nothing until a key is pressed. Returns whether none was, where that ends the waiting (`idles`).

        If the key was F8, the safety card is shown then.
        """
        if self._stopped:
            return False
        keys = KeyBindings()
        wants_card = False

        @keys.add("<any>", eager=True)
        def _(event: KeyPressEvent) -> None:
            nonlocal wants_card
            wants_card = event.key_sequence[0].key == Keys.F8
            event.app.exit(result=InputLine(None))

        output = DummyOutput() if self._plain else _output()
        app: Application[InputLine] = Application(
            layout=Layout(Window()), key_bindings=keys, full_screen=True, input=self._input, output=output
        )
        idle = self._run_application(app, Buffer(), idles=idles).idle
        if wants_card:
            self._hooks.safety()
        return idle

    def stop(self) -> None:
        """Ends reading, with what is typed so far as the draft. May be called by a signal handler."""
        self._stopped = True
        app = self._app
        if app is not None and app.is_running and app.loop is not None:
            app.loop.call_soon_threadsafe(self._end_stopped, app)

    def _end_stopped(self, app: Application[InputLine]) -> None:
        if app.is_running and not app.is_done:
            app.exit(result=InputLine(None, self._number, draft=self._text_so_far(app.current_buffer), stopped=True))

    def _read(self, prompt: str, text: str, *, drafts: bool, hidden: bool = False, keeps: bool = False) -> InputLine:
        try:
            return self._read_here(prompt, text, drafts=drafts, hidden=hidden, keeps=keeps)
        except OSError:  # The terminal was gone before a key could be read.
            self._stopped = True
            return InputLine(None, self._number, draft=text, stopped=True)

    def _read_here(self, prompt: str, text: str, *, drafts: bool, hidden: bool, keeps: bool) -> InputLine:
        # What opens a locked screen is a hidden answer: there is nothing left to hide while it is awaited.
        idles = drafts or (self._hooks.lock is not None and not hidden)
        buffer = Buffer(
            document=Document(text),
            history=self._history if drafts else InMemoryHistory(),
            multiline=True,
        )
        if drafts or keeps:
            buffer.on_text_changed += self._schedule_draft
        keys = self._hidden_keys(buffer, prompt) if hidden else self._all_keys(buffer, prompt, drafts=drafts)
        if self._plain:
            echo = Echo(prompt, Buffer() if hidden else buffer)
            layout, output = Layout(Window(BufferControl(buffer))), DummyOutput()
            app: Application[InputLine] = Application(
                layout=layout, key_bindings=keys, input=self._input, output=output
            )
            app.after_render += lambda _: echo.begin()
            try:
                return self._run_application(app, buffer, idles=idles, keeps=keeps)
            finally:
                write("\n")
        control = BufferControl(buffer, input_processors=[PasswordProcessor("")] if hidden else None)
        window = Window(control, wrap_lines=True, dont_extend_height=True, get_line_prefix=_prefix(prompt))
        bar = Window(FormattedTextControl(self._bar), height=1)
        rows = HSplit([window, ConditionalContainer(bar, Condition(lambda: drafts and self._is_reading))])
        app = ResizableApplication(
            layout=Layout(rows, focused_element=window),
            key_bindings=keys,
            style=self._style,
            input=self._input,
            output=_output(),
            refresh_interval=BAR_REFRESH if drafts else None,
        )
        return self._run_application(app, buffer, idles=idles, keeps=keeps)

    def _run_application(
        self, app: Application[InputLine], buffer: Buffer, *, idles: bool = False, keeps: bool = False
    ) -> InputLine:
        self._app = app

        def begin() -> None:
            if self._stopped and app.loop is not None:  # A signal came before the loop ran.
                app.loop.call_soon(self._end_stopped, app)
            if (
                self._key_parser and self._key_parser.pasting and app.loop is not None
            ):  # The paste began before this line.
                app.loop.call_later(TIMEOUT, self._end_paste, app)
            if idles:
                self._restart_idle_timer(app, buffer)

        app.ttimeoutlen = TIMEOUT  # After this time prompt_toolkit calls the flush of the parser.
        if idles and self._hooks.idle_after:
            app.key_processor.after_key_press += lambda _: self._restart_idle_timer(app, buffer)
        try:
            return app.run(pre_run=begin, handle_sigint=True)
        except (EOFError, OSError):  # The terminal is gone.
            self._stopped = True
            return InputLine(None, self._number, draft=self._text_so_far(buffer), stopped=True)
        except SystemExit:  # A signal ends the program.
            if keeps:
                self._hooks.keep_draft(self._text_so_far(buffer))
            raise
        finally:
            self._app = None
            for timer in (self._timer, self._idle_timer):
                if timer:
                    timer.cancel()
            self._timer = self._idle_timer = None

    def _end_paste(self, app: Application[InputLine]) -> None:
        """Ends a paste whose end did not come, and puts its text into the line."""
        if app.is_running and not app.is_done:
            app.key_processor.feed_multiple(self._input.flush_keys())
            app.key_processor.process_keys()

    def _restart_idle_timer(self, app: Application[InputLine], buffer: Buffer) -> None:
        """Restarts the timer that ends reading when no key is pressed."""
        if self._idle_timer:
            self._idle_timer.cancel()
        if self._hooks.idle_after and app.loop is not None and not app.is_done:
            self._idle_timer = app.loop.call_later(self._hooks.idle_after, self._end_idle, app, buffer)

    def _end_idle(self, app: Application[InputLine], buffer: Buffer) -> None:
        if self._key_parser and self._key_parser.pasting:
            self._restart_idle_timer(app, buffer)
        elif app.is_running and not app.is_done:
            app.erase_when_done = True
            app.exit(result=InputLine(None, draft=buffer.text, idle=True))

    def _text_so_far(self, buffer: Buffer) -> str:
        """Returns what is typed, with what has arrived of a paste that has not ended."""
        pasted = self._key_parser.pasted if self._key_parser else ""
        document = buffer.document
        return typed_text(f"{document.text_before_cursor}{as_lines(pasted)}{document.text_after_cursor}")

    @property
    def _is_reading(self) -> bool:
        return self._app is not None and not self._app.is_done

    def _bar(self) -> StyleAndTextTuples:
        width = self._app.output.get_size().columns if self._app else 0
        return [("class:bar", self._hooks.bar(width))]

    def _schedule_draft(self, buffer: Buffer) -> None:
        """Puts the line on the disk shortly, but not at every key: a slow disk must not delay typing."""
        app = self._app
        if self._timer is None and app is not None and app.loop is not None:
            self._timer = app.loop.call_later(DRAFT_DELAY, self._keep_draft, buffer)

    def _keep_draft(self, buffer: Buffer) -> None:
        self._timer = None
        self._hooks.keep_draft(buffer.text)

    def _decode(self, data: str) -> str:
        if not was_utf8(data):
            self._reading = Reading.WINDOWS_1252
        return typed_text(data)

    def _typing_keys(self, buffer: Buffer, *, drafts: bool) -> KeyBindings:
        """Returns the keys that type a line and enter it."""
        keys = editing_keys(buffer, self._decode)

        @keys.add("enter", eager=True)
        @keys.add("c-j", eager=True)
        def _(event: KeyPressEvent) -> None:
            if drafts:
                buffer.append_to_history()
            event.app.exit(result=InputLine(buffer.text, self._number + 1, reading=self._reading))
            self._reading = Reading.AS_WRITTEN

        return keys

    def _all_keys(self, buffer: Buffer, prompt: str, *, drafts: bool) -> KeyBindings:
        """Returns all keys of a line that shows."""
        keys = self._typing_keys(buffer, drafts=drafts)

        @keys.add("c-c", eager=True)
        @keys.add("<sigint>", eager=True)
        async def _(event: KeyPressEvent) -> None:
            if drafts and not buffer.text and self._hooks.tell_how_to_leave is not None:
                await self._show_above(buffer, prompt, self._hooks.tell_how_to_leave)
            typed = buffer.text
            buffer.document = Document()  # This fires on_text_changed (echo, draft); reset() alone does not.
            buffer.reset()
            self._reading = Reading.AS_WRITTEN
            if not drafts:
                event.app.exit(result=InputLine(None, draft=typed))

        @keys.add("c-d", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=InputLine(None, draft=buffer.text))

        self._add_safety_key(keys, buffer, prompt, self._hooks.again if drafts else None)
        if drafts:

            @keys.add("f9", eager=True)
            def _(event: KeyPressEvent) -> None:
                event.app.erase_when_done = True
                event.app.exit(result=InputLine(None, draft=buffer.text, hide=True))

            @keys.add("tab", eager=True)
            async def _(_event: KeyPressEvent) -> None:
                before = buffer.document.text_before_cursor
                candidates = self._hooks.complete(before)
                # The candidates are lines, not paths: the common prefix is wanted character by character.
                if common := os.path.commonprefix([line[len(before) :] for line in candidates]):  # noqa: RUF071  # not paths
                    buffer.insert_text(common)
                elif candidates:
                    await self._show_above(buffer, prompt, lambda: write(_in_columns(candidates)))

        return keys

    def _hidden_keys(self, buffer: Buffer, prompt: str) -> KeyBindings:
        """Returns the keys of a hidden line: those that edit, Enter, F8, and those that leave without an answer."""
        keys = editing_keys(buffer, replace_surrogates)  # a secret is UTF-8 and nothing else

        @keys.add("enter", eager=True)
        @keys.add("c-j", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=InputLine(buffer.text))

        @keys.add("c-c", eager=True)
        @keys.add("c-d", eager=True)
        @keys.add("<sigint>", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=InputLine(None))

        self._add_safety_key(keys, Buffer(), prompt, None)
        return keys

    def _add_safety_key(self, keys: KeyBindings, buffer: Buffer, prompt: str, again: Callable[[], None] | None) -> None:
        """Adds F8, which shows the safety card above the line, and takes it away if it stands there."""
        card: list[tuple[int, os.terminal_size]] = []  # its rows, and the size of the screen that it was shown on

        def show() -> None:
            if not card:
                card.append((self._hooks.safety(), shutil.get_terminal_size()))
                return
            rows, size = card.pop()
            if not self._plain and size == shutil.get_terminal_size():
                write(f"\x1b[{rows + len(self._above)}A\x1b[J")  # at most to the top of the screen
            self._write_above()
            if again is not None:
                again()

        @keys.add("f8", eager=True)
        async def _(_event: KeyPressEvent) -> None:
            await self._show_above(buffer, prompt, show)

    def _write_above(self) -> None:
        write("".join(f"{row}\n" for row in self._above))

    async def _show_above(self, buffer: Buffer, prompt: str, show: Callable[[], None]) -> None:
        """Calls `show`, which writes above the line, and then shows the line again."""
        async with in_terminal():
            if self._plain:
                write("\n")
            show()
        if self._plain:  # Only now is the terminal read again.
            write(prompt + sanitized(buffer.text))


def _in_columns(names: Sequence[str]) -> str:
    """Returns the names in rows as wide as the terminal."""
    width = shutil.get_terminal_size().columns
    return textwrap.fill("  ".join(names), width, break_long_words=False, break_on_hyphens=False) + "\n"


def _prefix(prompt: str) -> Callable[[int, int], StyleAndTextTuples]:
    """Returns what gives a row its start: the prompt for the first row, blanks for the others."""

    def prefix(line: int, wrapped: int) -> StyleAndTextTuples:
        first = line == 0 and wrapped == 0
        return [("class:prompt", prompt if first else " " * min(get_cwidth(prompt), 2))]

    return prefix


def _output() -> Output:
    """Returns the terminal to draw on. It is never asked where the cursor is, because some terminals do not answer."""
    output = create_output(sys.stdout)
    if hasattr(output, "enable_cpr"):
        output.enable_cpr = False
    return output
