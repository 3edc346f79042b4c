"""Interviews from a file: whole commands with nobody at a terminal, and every word stands exactly as typed."""

import re
from pathlib import Path

import pytest

from tests.journeys.records import kept, make_store, notes, plan, run_mi, session

INTERVIEWS = sorted((Path(__file__).parent / "interviews").glob("*.txt"))

_MARKED = re.compile(r"[+–-](?:d|a|r|n|c|ac|t|Need|COMM)? (?P<words>.*\S.*)|[=!?~] (?P<others>.*\S.*)")
_TALLY = re.compile(r"[+~-](?:d|a|r|n|c|ac|t)? *")
_ENTRY = re.compile(r"/(?:focus|agenda|value|trigger|end) (?P<words>.+)")
_RULER = re.compile(r"/(?:importance|confidence|readiness) \d+(?: (?P<words>.+))?")
_GOAL = re.compile(r"/(?:goal|reason|step|support|barrier|sign|progress) (?!#\d)(?P<words>.+)")


def expected(text: str) -> tuple[list[str | None], list[str]]:
    """Returns the words of all entries, and the goal lines. It follows docs, not the program's own grammar."""
    entries: list[str | None] = []
    goal_lines: list[str] = []
    note: list[str] | None = None
    for line in text.split("\n"):
        if note is not None:
            if line == ".":
                entries.append("\n".join(note))
                note = None
            else:
                note.append(line)
        elif line == "/note":
            note = []
        elif line == "/undo":
            entries.pop()
        elif found := _MARKED.fullmatch(line):
            entries.append(found["words"] or found["others"])
        elif _TALLY.fullmatch(line):
            entries.append(None)
        elif (found := _ENTRY.fullmatch(line)) or (found := _RULER.fullmatch(line)):
            entries += [found["words"]] if found["words"] else []
        elif found := _GOAL.fullmatch(line):
            goal_lines.append(found["words"])
        elif line.strip() and not line.startswith("/") and not re.fullmatch("[=!?] +", line):
            entries.append(line.removeprefix("\\"))
    return entries, goal_lines


def strings(value: object) -> list[str]:
    """Returns every string in a JSON value."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("path", INTERVIEWS, ids=lambda path: path.stem)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_every_word_of_an_interview_stands_as_typed(home: Path, path: Path, line_end: str) -> None:
    text = path.read_text(encoding="utf-8")
    make_store(home)
    done = run_mi(home, "session", "start", "J-014", stdin=text.replace("\n", line_end).encode())
    mistakes = path.stem.startswith("paused")
    assert done.returncode == (1 if mistakes else 0), done.stderr.decode()
    assert (done.stderr == b"") is not mistakes
    entries, goal_lines = expected(text)
    assert [words for _, _, words in kept(home)] == entries
    assert session(home)["status"] == ("closed" if "\n/end" in text else "paused")
    if goal_lines:
        in_plan = strings(plan(home)["goals"])
        for line in goal_lines:
            assert all(part in in_plan for part in re.split(" @ | -> |(?<=[a-z)]): ", line)), line


def test_six_hundred_lines_with_everything_in_them(home: Path) -> None:
    """Emoji, right-to-left, combining marks, quotes, tabs, NUL, escapes, CRLF, bad bytes, no line end at the end."""
    source = Path(__file__).parent / "interviews" / "six-hundred-lines.raw"
    raw = re.split(b"\r?\r?\n|\r", source.read_bytes())
    lines = [
        line.decode() if line != bad else line.decode("cp1252") for bad in [b"caf\xe9 with Jos\xe9"] for line in raw
    ]
    assert (len(lines), max(map(len, lines)), raw[-1][-1:]) == (601, 1200, "🍀".encode()[-1:])
    make_store(home)
    done = run_mi(home, "session", "start", "J-014", stdin=source.read_bytes())
    assert done.returncode == 0
    named = lines.index("café with José") + 1
    assert done.stderr.decode().startswith(f"line {named}: ")
    assert done.stderr.count(b"\n") == 1
    entries, _ = expected("\n".join(lines))
    assert len(entries) > 500
    assert [words for _, _, words in kept(home)] == entries
    assert session(home)["status"] == "closed"
    for command in (("session", "show", "last"), ("session", "recap", "last"), ("store", "check")):
        shown = run_mi(home, *command)
        assert (shown.returncode, shown.stderr) == (0, b"")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", shown.stdout.decode())


def test_a_pipe_says_how_many_lines_begin_with_another_dash(home: Path) -> None:
    make_store(home)
    lines = ["– one", "−d two", "- – three", "— four", "–ish", "/note", "– five", ".", "+– six", "/mark 1 –d", "/end"]
    done = run_mi(home, "session", "start", "J-014", stdin="\n".join(lines).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert "another dash, read as -: 3." in done.stdout.decode()
    assert kept(home) == [
        ("sustain", "desire", "one"),
        ("sustain", "desire", "two"),
        ("sustain", None, "– three"),
        ("said", None, "— four"),
        ("said", None, "–ish"),
        ("said", None, "– five"),
        ("ambivalence", None, "six"),
    ]


def test_a_line_of_a_megabyte(home: Path) -> None:
    make_store(home)
    line = "long words " * 100_000
    done = run_mi(home, "session", "start", "J-014", stdin=f"before\n{line}\nafter\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert [words for _, _, words in kept(home)] == ["before", line, "after"]


NASTY = [
    "🍺➡️🏃 👩‍👩‍👧 🇲🇽",
    "שלום – مرحبا \u202eright to left\u202c",
    "e\u0301 n\u0303 a\u0308\u0323 Z͑ͫ̓ͪ̂ͫ̽",
    "\"double\" 'single' «guillemets» „low“ \\back\\ $(id) `id` %s {0}",
    "tab\there\tand there ",
    "nul\0inside",
    "  blanks before and after  ",
    "\x1b[31mred\x1b[0m \x07",
    "line\x0bfeed\x0clike \x85 \u2028 \u2029 ends",
    "\ufeffa byte order mark",
    "+1 from me",
    "-5 kilos",
    "-ish",
    "!Came",
    "?",
    "–dash",
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_nasty_words_without_a_final_line_end(home: Path, line_end: str) -> None:
    make_store(home)
    done = run_mi(home, "session", "start", "J-014", stdin=line_end.join(NASTY).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert [words for _, _, words in kept(home)] == NASTY
    assert {kind for kind, _, _ in kept(home)} == {"said"}
    assert session(home)["status"] == "paused"
    shown = run_mi(home, "session", "show", "last")
    assert shown.returncode == 0
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", shown.stdout.decode())


def test_bytes_that_are_not_utf8_are_named_by_their_line(home: Path) -> None:
    make_store(home)
    done = run_mi(home, "session", "start", "J-014", stdin=b"one\nca\xe9 private\n\xff\xfe\nlast")
    assert [words for _, _, words in kept(home)] == ["one", "caé private", "ÿþ", "last"]
    assert [line.split(":")[0] for line in done.stderr.decode().splitlines()] == ["line 2", "line 3"]
    assert b"private" not in done.stderr


def test_what_is_wrong_is_named_by_its_line_and_the_rest_is_read(home: Path) -> None:
    make_store(home)
    lines = [
        "words",
        "/nonsense private words",
        "/importance 11 private words",
        "/stage private",
        "/step private words",
        "/share 99",
        "/mark 1 private",
        "/review private",
        "/edit private words",
        "/use private",
        "/undo private",
        "/goal",
        "/help private",
        "= ",
        "more words",
        "/end Ring",
        "private words after the end",
    ]
    done = run_mi(home, "session", "start", "J-014", stdin="\n".join(lines).encode())
    assert done.returncode == 1
    told = done.stderr.decode()
    named = [int(found) for found in re.findall(r"^line (\d+): ", told, re.MULTILINE)]
    assert named == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 16]
    assert "private" not in told
    assert [words for _, _, words in kept(home)] == ["words", "more words", "Ring"]
    assert session(home)["status"] == "closed"


def test_an_interview_goes_on_from_a_second_pipe(home: Path) -> None:
    make_store(home)
    assert run_mi(home, "session", "start", "J-014", stdin=b"one\n/evoking\n/importance 5\n").returncode == 0
    assert run_mi(home, "session", "resume", "J-014", stdin=b"+ two\n/undo\n/undo\nthree\n/end").returncode == 0
    assert [words for _, _, words in kept(home)] == ["one", "three"]
    assert [visit["stage"] for visit in session(home)["visits"]] == ["engaging", "evoking", "evoking"]
    assert session(home)["readings"] == []
    assert notes(home)["last_n"] == 3


def test_nothing_at_all_is_an_interview_that_is_paused(home: Path) -> None:
    make_store(home)
    done = run_mi(home, "session", "start", "J-014")
    assert (done.returncode, done.stderr) == (0, b"")
    assert session(home)["status"] == "paused"


def test_in_spanish(home: Path) -> None:
    make_store(home)
    text = "Mi hija me lo pidió, ¿sabe?\n/evoking\n+n Tengo que hacerlo\n/recap\n/end Llamar el viernes\n"
    done = run_mi(home, "session", "start", "J-014", "--lang", "es", stdin=text.encode(), LANG="C")
    assert (done.returncode, done.stderr) == (0, b"")
    assert [words for _, _, words in kept(home)] == [
        "Mi hija me lo pidió, ¿sabe?",
        "Tengo que hacerlo",
        "Llamar el viernes",
    ]
    assert session(home)["language"] == "es"
    assert "Tengo que hacerlo" in done.stdout.decode()
