"""Nothing waits in silence: what takes its time says so, on a terminal alone, and it is gone when it is done."""

import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from mi_cli.terminal import progress as module
from mi_cli.terminal.progress import progress


class Terminal(io.StringIO):
    """Standard error, as a terminal."""

    def isatty(self) -> bool:
        return True

    @property
    def row(self) -> str:
        """What stands in the last row, once what was erased is gone."""
        return self.getvalue().rpartition("\n")[2].rpartition("\r\x1b[K")[2]


class Clock:
    """Half a second is over when the test says so."""

    def __init__(self) -> None:
        self.waits: list[tuple[float, Callable[[], None]]] = []
        self.cancelled = 0

    def after(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        self.waits.append((seconds, call))

        def cancel() -> None:
            self.cancelled += 1

        return cancel

    def half_a_second(self) -> None:
        for seconds, call in self.waits:
            assert seconds == 0.5
            call()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    ticking = Clock()
    monkeypatch.setattr(module, "_after", ticking.after)
    return ticking


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    shown = Terminal()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=shown))  # pytest sets that of `sys` anew
    monkeypatch.setenv("COLUMNS", "40")
    return shown


def test_what_is_quick_says_nothing(clock: Clock, terminal: Terminal) -> None:
    with progress("Opening the records", plain=False) as step:
        step(1, 2)
    assert clock.cancelled == 1
    assert terminal.getvalue() == ""
    clock.half_a_second()  # too late: it was done just as it was to be said
    assert terminal.getvalue() == ""


def test_what_takes_longer_says_so_until_it_is_done(clock: Clock, terminal: Terminal) -> None:
    with progress("Opening the records", plain=False) as step:
        clock.half_a_second()
        assert terminal.row == "Opening the records …"
        step(1, 3)
        assert terminal.row == "Opening the records … 33%"
        step(3, 3)
        assert terminal.row == "Opening the records … 100%"
    assert terminal.row == ""
    assert "\n" not in terminal.getvalue()


def test_it_is_gone_also_when_what_it_waited_for_fails(clock: Clock, terminal: Terminal) -> None:
    def interrupted() -> None:
        with progress("Opening the records", plain=False):
            clock.half_a_second()
            assert terminal.row
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert terminal.row == ""


def test_it_fits_one_row_which_can_be_erased_whole(clock: Clock, terminal: Terminal) -> None:
    with progress("Wait " * 20, plain=False) as step:
        clock.half_a_second()
        step(1, 2)
        assert len(terminal.row) == 39


def test_plain_text_has_one_line_that_stays_and_no_cursor_movement(clock: Clock, terminal: Terminal) -> None:
    with progress("Opening the records", plain=True) as step:
        clock.half_a_second()
        step(1, 2)
    assert terminal.getvalue() == "Opening the records …\n"


def test_a_pipe_has_nothing_of_it(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.StringIO()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=piped))
    with progress("Opening the records", plain=False) as step:
        step(1, 2)
    assert clock.waits == []
    assert piped.getvalue() == ""


def test_a_terminal_that_is_gone_stops_nothing(clock: Clock, terminal: Terminal) -> None:
    with progress("Opening the records", plain=False):
        terminal.close()
        clock.half_a_second()
