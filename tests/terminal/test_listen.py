"""Lines from a pipe, and what ends them early: a broken input and signals."""

import contextlib
import errno
import io
import os
import signal

import pytest

from mi_cli.records.outside_keys import Reading
from mi_cli.records.terms import Status
from mi_cli.records.utf8 import NotText
from mi_cli.terminal import piped
from mi_cli.terminal.conversation import Setting
from mi_cli.terminal.listen import InputLine, PipeReader
from mi_cli.terminal.page import Screen
from mi_cli.terminal.piped import PipedConversation
from mi_cli.words.interview import interview_words
from tests.conftest import Desk
from tests.interview.failing import Fault, full, resume_failing


class Breaking(io.BytesIO):
    """Gives its lines, and then raises an error or a signal."""

    def __init__(self, lines: bytes, breaks: OSError | signal.Signals) -> None:
        super().__init__(lines)
        self._breaks = breaks

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if line:
            return line
        if isinstance(self._breaks, OSError):
            raise self._breaks
        signal.raise_signal(self._breaks)
        raise AssertionError("the signal did not break the read off")


def run(desk: Desk, source: io.BytesIO, language: str = "en") -> tuple[int, str]:
    """Holds an interview with these lines. Returns the exit code and what was written to standard error."""
    setting = Setting(interview_words(language), desk.store.now)
    screen = Screen(io.StringIO(), plain=True)
    with contextlib.redirect_stderr(io.StringIO()) as err:
        code = PipedConversation(desk.begin(), screen, setting, PipeReader(source)).run()
    return code, err.getvalue()


def test_an_input_that_cannot_be_read_on_pauses_and_says_where(desk: Desk) -> None:
    broken = Breaking(b"one\ntwo\n", OSError(errno.EIO, "Input/output error"))
    assert run(desk, broken) == (1, "line 3: the input could not be read on: the disk reported an error\n")
    assert desk.words == ["one", "two"]
    assert desk.session.status is Status.PAUSED


def test_it_is_said_in_the_clients_language(desk: Desk) -> None:
    broken = Breaking(b"uno\n", OSError(errno.EIO, "Input/output error"))
    expected = "línea 2: la entrada no se pudo seguir leyendo: el disco informó de un error\n"
    assert run(desk, broken, "es") == (1, expected)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_in_the_middle_of_a_read_pauses(desk: Desk, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    assert run(desk, Breaking(b"one\n", number)) == (130, "")
    assert signal.getsignal(number) is before
    assert desk.words == ["one"]
    assert desk.session.status is Status.PAUSED


def test_a_signal_between_two_reads_stops_before_the_next() -> None:
    listener = PipeReader(io.BytesIO(b"one\ntwo\n"))
    assert listener.read_line() == InputLine("one", 1)
    listener.stop()
    assert listener.read_line() == InputLine(None, 1, stopped=True)


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        (b"a\r\nb\r\r\nc\r", ["a", "b", "c"]),
        (b"a\rb\r\rc", ["a", "b", "", "c"]),
        (b"\n\nx", ["", "", "x"]),
        (b"a\x0bb\x0cc\x1cd\xc2\x85e\xe2\x80\xa8f\n", ["a\x0bb\x0cc\x1cd\x85e\u2028f"]),
        (b"a\0b\n", ["a\0b"]),
        (b"\xef\xbb\xbfa\n\xef\xbb\xbfb", ["a", "\ufeffb"]),
        ("é\nb".encode("utf-16"), ["é", "b"]),
    ],
)
def test_a_line_ends_at_lf_or_cr_and_nowhere_else(raw: bytes, lines: list[str]) -> None:
    listener = PipeReader(io.BytesIO(raw))
    lines_read = []
    while (entered := listener.read_line()).line is not None:
        lines_read.append(entered.line)
        assert entered.reading is Reading.AS_WRITTEN
    assert lines_read == lines


def test_a_line_that_is_not_utf8_says_how_it_was_read() -> None:
    listener = PipeReader(io.BytesIO(b"caf\xe9\nca\x81\ncaf\xc3\xa9"))
    assert listener.read_line() == InputLine("café", 1, reading=Reading.WINDOWS_1252)
    assert listener.read_line() == InputLine("", 2, reading=Reading.UNREADABLE)
    assert listener.read_line() == InputLine("café", 3)


def test_every_line_of_a_pipe_is_there_before_the_next_is_written() -> None:
    reads, writes = os.pipe()
    with os.fdopen(reads, "rb") as source, os.fdopen(writes, "wb", buffering=0) as pipe:
        listener = PipeReader(source)
        for number, end in enumerate([b"\n", b"\r\n", b"\r", b"\r\r\n", b"\r", b"\n"], 1):
            pipe.write(b"caf\xc3\xa9" + end)
            if number == 1:
                listener.require_interview()
            assert listener.read_line() == InputLine("café", number)


@pytest.mark.parametrize("raw", [b"%PDF-1.7", b"1\n\n0:00:01,0 --> 0:00:02,0", b"\xff\xfe\0\xd8", b"\x81\nok", b"a\0"])
def test_what_is_no_interview_is_refused_before_the_first_line(raw: bytes) -> None:
    with pytest.raises(NotText):
        PipeReader(io.BytesIO(raw)).require_interview()


def run_failing(desk: Desk, raw: bytes, nth: int) -> tuple[list[str], str, Fault]:
    """Resumes an interview with lines that come at once, while save number `nth` fails. Returns what was told."""
    desk.begin()
    fault = Fault()
    recorder = resume_failing(desk, fault)
    fault.set(nth, full())
    shown = io.StringIO()
    setting = Setting(interview_words("en"), desk.store.now)
    source = PipeReader(io.BufferedReader(io.BytesIO(raw)))
    with contextlib.redirect_stderr(io.StringIO()) as err:
        PipedConversation(recorder, Screen(shown, plain=True), setting, source).run()
    return [line for line in shown.getvalue().splitlines() if line.startswith("saved")], err.getvalue(), fault


@pytest.fixture
def soon_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Interviews of 2 entries are long, and more than one line is saved at once in them."""
    monkeypatch.setattr(piped, "_SHORT", 0)
    monkeypatch.setattr(piped, "_SHARE", 2)


@pytest.mark.usefixtures("soon_long")
def test_in_a_long_interview_words_that_come_at_once_are_saved_at_once_and_anything_else_by_itself(desk: Desk) -> None:
    lines = [*(f"+ {n}" for n in range(15)), "/goal Be there.", "last"]
    saved, err, fault = run_failing(desk, "\n".join(lines).encode(), 0)
    assert len(saved) == 17
    assert err == ""
    assert fault.saved == ["notes"] * 5 + ["plan", "notes", "session"]  # 1, 2, 4, 8 and the goal, the last one
    assert desk.words == [str(n) for n in range(15)] + ["last"]


def test_in_a_short_interview_each_line_is_saved_by_itself(desk: Desk) -> None:
    _, _, fault = run_failing(desk, b"one\ntwo\nthree\n", 0)
    assert fault.saved == ["notes", "notes", "notes", "session"]


@pytest.mark.usefixtures("soon_long")
def test_each_of_them_is_told_if_they_could_not_be_saved_and_kept_for_the_next_save(desk: Desk) -> None:
    saved, err, _ = run_failing(desk, b"one\ntwo\nthree\nfour\n/recap\nfive\n", 2)
    assert [line.partition(":")[0] for line in err.splitlines()] == ["line 2", "line 3"]
    assert saved == ["saved 1 said", "saved 4 said", "saved 5 said"]
    assert desk.words == ["one", "two", "three", "four", "five"]


@pytest.mark.usefixtures("soon_long")
def test_words_before_a_line_that_is_no_text_are_told_too(desk: Desk) -> None:
    saved, err, _ = run_failing(desk, b"one\ntwo\nthree\nfour\n\x81\n", 0)
    assert saved == [f"saved {n} said" for n in range(1, 5)]
    assert err.startswith("line 5")


def test_a_line_that_nothing_has_come_after_is_saved_before_the_next_is_waited_for(desk: Desk) -> None:
    reads, writes = os.pipe()
    shown = io.StringIO()
    with os.fdopen(reads, "rb") as source, os.fdopen(writes, "wb", buffering=0) as pipe:
        reader = PipeReader(source)
        wait = reader._read

        def write_next() -> bytes:
            n = len(desk.words)
            assert shown.getvalue().count("saved") == n
            if n == 3:
                pipe.close()
            else:
                pipe.write(f"line {n}\n".encode())
            return wait()

        reader._read = write_next  # type: ignore[method-assign]
        recorder = desk.begin()
        PipedConversation(
            recorder, Screen(shown, plain=True), Setting(interview_words("en"), desk.store.now), reader
        ).run()
    assert desk.words == ["line 0", "line 1", "line 2"]
