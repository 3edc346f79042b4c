"""Lines from a terminal: prompt_toolkit in line mode, not full screen, so that the scrollback stays.

Styled, the line has a bar beneath it. Plain, it is echoed as a teletype would: no colour and no cursor movement, fit
for a screen reader and for TERM=dumb; a change in the middle of a line writes the line anew.
"""

import os
import re
import shutil
import sys
import textwrap
from asyncio import TimerHandle
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from prompt_toolkit.application import Application, in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.processors import PasswordProcessor
from prompt_toolkit.output import DummyOutput, Output, create_output
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth

from mi_cli.records.text import sanitized
from mi_cli.terminal.editing_keys import as_lines, editing
from mi_cli.terminal.key_parser import PATIENCE, Strokes
from mi_cli.terminal.listen import InputLine
from mi_cli.terminal.page import THEME, Role, in_rows

DRAFT_DELAY: Final = 0.5  # seconds between a key and its draft on the disk
BAR_REFRESH: Final = 20.0  # seconds; the bar counts minutes
_NOT_UTF8: Final = re.compile("[\ud800-\udfff]")  # what stands for a byte that could not be decoded
_STYLE: Final = Style.from_dict({"bar": THEME[Role.DIM], "prompt": THEME[Role.TITLE]})


@dataclass(frozen=True)
class KeyboardHooks:
    """What the keyboard asks of the interview."""

    bar: Callable[[int], str]  # the bar's text for a width
    prompt: Callable[[], str]  # what stands before the line
    keep_draft: Callable[[str], None]
    safety: Callable[[], None]  # show the safety card
    complete: Callable[[str], Sequence[str]]  # what the line up to the cursor could become
    idle_after: float = 0  # seconds without a key after which a line is no longer waited for; 0: never


class Keyboard:
    """Listens on the terminal. History is in memory only, and no outside editor is ever started."""

    def __init__(self, hands: KeyboardHooks, *, plain: bool) -> None:
        self._hands = hands
        self._plain = plain
        self._history = InMemoryHistory()
        self._input: Any = create_input(sys.stdin)
        self._strokes: Strokes | None = None
        if hasattr(self._input, "vt100_parser"):  # not on Windows, which tells keys rather than sequences
            self._strokes = Strokes(self._input.vt100_parser.feed_key_callback)
            self._input.vt100_parser = self._strokes
        self._app: Application[InputLine] | None = None
        self._timer: TimerHandle | None = None
        self._idle_timer: TimerHandle | None = None
        self._stopped = False
        self._number = 0

    def hear(self, draft: str) -> InputLine:
        """The next line, or why there is none. A half-typed line comes back as `draft`."""
        if self._stopped:
            return InputLine(None, self._number, draft=draft, stopped=True)
        heard = self._run(self._hands.prompt(), draft, drafts=True)
        if heard.line is not None:
            self._number += 1
        return heard

    @property
    def stopped(self) -> bool:
        """Whether nothing more will be heard."""
        return self._stopped

    def ask(self, question: str, *, hidden: bool = False) -> str | None:
        """The answer to a question, trimmed; null when there is none to be had. One that is `hidden` does not show."""
        if self._stopped:
            return None
        *above, last = in_rows(question.rstrip(" "), shutil.get_terminal_size().columns - 1)
        _write("".join(f"{row}\n" for row in above))
        heard = self._run(f"{last} ", "", drafts=False, hidden=hidden)
        return heard.line.strip() if heard.line is not None else None

    def wait_for_key(self) -> None:
        """Show nothing until a key is pressed."""
        if self._stopped:
            return
        keys = KeyBindings()

        @keys.add("<any>", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=InputLine(None))

        output = DummyOutput() if self._plain else _output()
        app: Application[InputLine] = Application(
            layout=Layout(Window()), key_bindings=keys, full_screen=True, input=self._input, output=output
        )
        self._run_app(app, Buffer())

    def stop(self) -> None:
        """From a signal handler: leave with what is typed."""
        self._stopped = True
        app = self._app
        if app is not None and app.is_running and app.loop is not None:
            app.loop.call_soon_threadsafe(self._leave, app)

    def _leave(self, app: Application[InputLine]) -> None:
        if app.is_running and not app.is_done:
            app.exit(result=InputLine(None, self._number, draft=self._all_typed(app.current_buffer), stopped=True))

    def _run(self, prompt: str, text: str, *, drafts: bool, hidden: bool = False) -> InputLine:
        buffer = Buffer(
            document=Document(text),
            history=self._history if drafts else InMemoryHistory(),
            multiline=True,
        )
        if drafts:
            buffer.on_text_changed += self._note_draft
        keys = _entering(buffer) if hidden else self._keys(buffer, prompt, drafts=drafts)
        if self._plain:
            echo = _Echo(prompt, Buffer() if hidden else buffer)
            layout, output = Layout(Window(BufferControl(buffer))), DummyOutput()
            app: Application[InputLine] = Application(
                layout=layout, key_bindings=keys, input=self._input, output=output
            )
            app.after_render += lambda _: echo.begin()
            try:
                return self._run_app(app, buffer, idles=drafts)
            finally:
                _write("\n")
        control = BufferControl(buffer, input_processors=[PasswordProcessor("")] if hidden else None)
        window = Window(control, wrap_lines=True, dont_extend_height=True, get_line_prefix=_prefix(prompt))
        bar = Window(FormattedTextControl(self._bar), height=1)
        rows = HSplit([window, ConditionalContainer(bar, Condition(lambda: drafts and self._listening))])
        app = Application(
            layout=Layout(rows, focused_element=window),
            key_bindings=keys,
            style=_STYLE,
            input=self._input,
            output=_output(),
            refresh_interval=BAR_REFRESH if drafts else None,
        )
        return self._run_app(app, buffer, idles=drafts)

    def _run_app(self, app: Application[InputLine], buffer: Buffer, *, idles: bool = False) -> InputLine:
        self._app = app

        def begin() -> None:
            if self._stopped and app.loop is not None:  # a signal that came before there was a loop to tell
                app.loop.call_soon(self._leave, app)
            if self._strokes and self._strokes.pasting and app.loop is not None:  # it began before this line did
                app.loop.call_later(PATIENCE, self._end_paste, app)
            if idles:
                self._watch(app, buffer)

        app.ttimeoutlen = PATIENCE  # after which prompt_toolkit has what has no end, end
        if idles and self._hands.idle_after:
            app.key_processor.after_key_press += lambda _: self._watch(app, buffer)
        try:
            return app.run(pre_run=begin, handle_sigint=True)
        except (EOFError, OSError):  # the terminal is gone
            self._stopped = True
            return InputLine(None, self._number, draft=self._all_typed(buffer), stopped=True)
        finally:
            self._app = None
            for timer in (self._timer, self._idle_timer):
                if timer:
                    timer.cancel()
            self._timer = self._idle_timer = None

    def _end_paste(self, app: Application[InputLine]) -> None:
        """End a paste whose end did not come, and have what it brought in the line."""
        if app.is_running and not app.is_done:
            app.key_processor.feed_multiple(self._input.flush_keys())
            app.key_processor.process_keys()

    def _watch(self, app: Application[InputLine], buffer: Buffer) -> None:
        """Begin anew to wait for the time after which nobody seems to be there."""
        if self._idle_timer:
            self._idle_timer.cancel()
        if self._hands.idle_after and app.loop is not None and not app.is_done:
            self._idle_timer = app.loop.call_later(self._hands.idle_after, self._leave_idle, app, buffer)

    def _leave_idle(self, app: Application[InputLine], buffer: Buffer) -> None:
        if self._strokes and self._strokes.pasting:
            self._watch(app, buffer)
        elif app.is_running and not app.is_done:
            app.erase_when_done = True
            app.exit(result=InputLine(None, draft=_typed(buffer.text), idle=True))

    def _all_typed(self, buffer: Buffer) -> str:
        """What is typed, with what has come so far of a paste that has not ended."""
        pasted = self._strokes.pasted if self._strokes else ""
        document = buffer.document
        return _typed(f"{document.text_before_cursor}{as_lines(pasted)}{document.text_after_cursor}")

    @property
    def _listening(self) -> bool:
        return self._app is not None and not self._app.is_done

    def _bar(self) -> StyleAndTextTuples:
        width = self._app.output.get_size().columns if self._app else 0
        return [("class:bar", self._hands.bar(width))]

    def _note_draft(self, buffer: Buffer) -> None:
        """Have the line on the disk shortly, but not at every key: a slow disk must not be felt."""
        app = self._app
        if self._timer is None and app is not None and app.loop is not None:
            self._timer = app.loop.call_later(DRAFT_DELAY, self._keep_draft, buffer)

    def _keep_draft(self, buffer: Buffer) -> None:
        self._timer = None
        self._hands.keep_draft(_typed(buffer.text))

    def _typing(self, buffer: Buffer, *, drafts: bool) -> KeyBindings:
        """The keys that type a line and enter it."""
        keys = editing(buffer)

        @keys.add("enter", eager=True)
        @keys.add("c-j", eager=True)
        def _(event: KeyPressEvent) -> None:
            if drafts:
                buffer.append_to_history()
            event.app.exit(result=InputLine(_typed(buffer.text), self._number + 1))

        return keys

    def _keys(self, buffer: Buffer, prompt: str, *, drafts: bool) -> KeyBindings:
        keys = self._typing(buffer, drafts=drafts)

        @keys.add("c-c", eager=True)
        @keys.add("<sigint>", eager=True)
        def _(event: KeyPressEvent) -> None:
            buffer.document = Document()  # unlike a reset alone, it is told to those who show and keep the line
            buffer.reset()
            if not drafts:
                event.app.exit(result=InputLine(None))

        @keys.add("c-d", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=InputLine(None, draft=_typed(buffer.text)))

        @keys.add("f8", eager=True)
        async def _(_event: KeyPressEvent) -> None:
            await self._above(buffer, prompt, self._hands.safety)

        if drafts:

            @keys.add("f9", eager=True)
            def _(event: KeyPressEvent) -> None:
                event.app.erase_when_done = True
                event.app.exit(result=InputLine(None, draft=_typed(buffer.text), hide=True))

            @keys.add("tab", eager=True)
            async def _(_event: KeyPressEvent) -> None:
                before = buffer.document.text_before_cursor
                found = self._hands.complete(before)
                if common := os.path.commonprefix([line[len(before) :] for line in found]):  # noqa: RUF071  # no paths
                    buffer.insert_text(common)
                elif found:
                    await self._above(buffer, prompt, lambda: _write(_in_rows(found)))

        return keys

    async def _above(self, buffer: Buffer, prompt: str, show: Callable[[], None]) -> None:
        """Show something above the line, and the line again, as it was."""
        async with in_terminal():
            if self._plain:
                _write("\n")
            show()
        if self._plain:  # only now is the terminal listened to again
            _write(prompt + sanitized(buffer.text))


def answer(question: str, *, plain: bool) -> str:
    """One answer, outside an interview: several lines pasted at once are all of it. Raises KeyboardInterrupt."""
    hands = KeyboardHooks(lambda _: "", str, lambda _: None, lambda: None, lambda _: ())
    said = Keyboard(hands, plain=plain).ask(question)
    if said is None:
        raise KeyboardInterrupt
    return said


def _entering(buffer: Buffer) -> KeyBindings:
    """The keys while something is typed that does not show: those that edit, Enter, and the way out."""
    keys = editing(buffer)

    @keys.add("enter", eager=True)
    @keys.add("c-j", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=InputLine(_typed(buffer.text)))

    @keys.add("c-c", eager=True)
    @keys.add("c-d", eager=True)
    @keys.add("<sigint>", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=InputLine(None))

    return keys


def _typed(text: str) -> str:
    """What is typed; a byte that is not UTF-8 stands as U+FFFD, as from a pipe."""
    return _NOT_UTF8.sub("\ufffd", text)


def _in_rows(names: Sequence[str]) -> str:
    width = shutil.get_terminal_size().columns
    return textwrap.fill("  ".join(names), width, break_long_words=False, break_on_hyphens=False) + "\n"


def _write(text: str) -> None:
    """Show it, unless the terminal is gone: then what is typed must still be kept."""
    with suppress(OSError):
        sys.stdout.write(text)
        sys.stdout.flush()


class _Echo:
    """Writes what is typed, disarmed, as a teletype: what is added at the end, what is rubbed out, or the line anew."""

    def __init__(self, prompt: str, buffer: Buffer) -> None:
        self._prompt = prompt
        self._buffer = buffer
        self._shown = sanitized(buffer.text)
        self._begun = False
        buffer.on_text_changed += self._changed

    def begin(self) -> None:
        """Once the terminal is listened to: what was typed ahead is shown then."""
        if not self._begun:
            self._begun = True
            _write(self._prompt + self._shown)

    def _changed(self, buffer: Buffer) -> None:
        before, now = self._shown, sanitized(buffer.text)
        self._shown = now
        if not self._begun:
            return
        if now.startswith(before):
            _write(now[len(before) :])
        elif before.startswith(now) and "\n" not in before[len(now) :] and (now or len(before) == 1):
            _write("\b \b" * get_cwidth(before[len(now) :]))
        else:
            _write(f"\n{self._prompt}{now}")


def _prefix(prompt: str) -> Callable[[int, int], StyleAndTextTuples]:
    """The prompt before the first row; blanks before those that follow."""

    def prefix(line: int, wrapped: int) -> StyleAndTextTuples:
        first = line == 0 and wrapped == 0
        return [("class:prompt", prompt if first else " " * min(get_cwidth(prompt), 2))]

    return prefix


def _output() -> Output:
    """The terminal, without asking it where the cursor is: some never answer."""
    output = create_output(sys.stdout)
    if hasattr(output, "enable_cpr"):
        output.enable_cpr = False
    return output
