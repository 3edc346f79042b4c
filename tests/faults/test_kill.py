"""kill -9 at random moments of a piped interview: what was acknowledged is there, and the interview goes on."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import Status
from mi_cli.store.disk.atomic import TEMPORARY
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from tests.conftest import Ran
from tests.zygote import Child, Zygote

KILLS_OF_EACH = 50
LINES = 60


@dataclass(frozen=True)
class Typed:
    """A line, and where its words must be once it is acknowledged."""

    line: str
    entry: str | None = None
    goal: str | None = None
    step: str | None = None
    value: int | None = None


def script() -> Iterator[Typed]:
    """Lines that touch each of the three records; each is acknowledged by one line that begins with `saved`."""
    for n in range(LINES):
        words = f"word {n} Ünïcödé " * (1 + n % 7)
        match n % 5:
            case 0:
                yield Typed(words, entry=words)
            case 1:
                yield Typed(f"+d {words}", entry=words)
            case 2:
                yield Typed(f"/importance {n % 11} {words}", entry=words, value=n % 11)
            case 3:
                yield Typed(f"/goal {words.strip()}", goal=words.strip())
            case _:
                yield Typed(f"/step {words}@ noon", step=words.strip())


SCRIPT = tuple(script())


def acknowledged(child: Child) -> int:
    """How many lines it said it had saved. A half-written line says nothing."""
    whole, _, _ = child.out.rpartition(b"\n")
    return sum(line.startswith(b"saved ") for line in whole.split(b"\n"))


def assert_kept(store: JsonStore, ref: RecordRef, count: int) -> None:
    """What is on the disk is what came of the first lines, `count` of them or one more, in order."""
    notes, session, plan = read_notes(store, ref), store.session(ref), store.plan(ref.client)
    entries = [entry.words for entry in notes.entries]
    readings = [reading.value for reading in session.readings]
    goals = [goal.words for goal in plan.goals]
    steps = [step.words for goal in plan.goals for step in goal.steps]
    for found, what in zip((entries, readings, goals, steps), ("entry", "value", "goal", "step"), strict=True):
        least, most = (
            [made for typed in SCRIPT[:lines] if (made := getattr(typed, what)) is not None]
            for lines in (count, count + 1)
        )
        assert found in (least, most)
    assert [entry.n for entry in notes.entries] == list(range(1, len(entries) + 1))


@pytest.mark.parametrize("seed", range(4))
def test_what_was_acknowledged_is_there(
    seed: int, zygote: Zygote, files: JsonStore, tmp_path: Path, mi: Callable[..., Ran]
) -> None:
    chance = random.Random(seed)
    source = tmp_path / "script"
    source.write_text("".join(f"{typed.line}\n" for typed in SCRIPT), encoding="utf-8")
    codes = [f"K-{number}" for number in range(KILLS_OF_EACH)]
    pid = 0
    for code in codes:
        child = zygote.mi("--store", str(files.layout.root), "session", "start", code, "--new", stdin=source)
        wanted = chance.randrange(-10, 30)  # under 0: at some moment of the start, or of the first lines
        if wanted < 0:
            child.read_for(chance.random() * 0.08)
        while acknowledged(child) < wanted and child.read():
            pass
        child.read_for(chance.random() * 0.003)
        child.kill()
        pid = child.pid
        known = files.codes()
        refs = files.catalog.sessions([known[code]]) if code in known else []
        assert child.code == -9 or acknowledged(child) == LINES
        if refs or acknowledged(child):
            assert_kept(files, refs[0], acknowledged(child))

    left = files.layout.codes.with_name(f".clients.json.{pid}{TEMPORARY}")
    left.write_bytes(b"{")  # there may be others; this one is there for certain
    begun = [(code, refs) for code, client in files.codes().items() if (refs := files.catalog.sessions([client]))]
    assert len(begun) > KILLS_OF_EACH / 2
    for number, (code, refs) in enumerate(begun):
        if number % 5 == 0:
            entered = len(read_notes(files, refs[0]).entries)
            again = zygote.mi("--store", str(files.layout.root), "session", "resume", code).finish("one more\n/end\n")
            assert (again.code, again.err) == (0, b"")
            assert files.session(refs[0]).status is Status.CLOSED
            assert [entry.words for entry in read_notes(files, refs[0]).entries][entered:] == ["one more"]
    assert list(files.layout.root.rglob(f"*{TEMPORARY}")) == []
    checked = mi("store", "check")
    assert checked.code == 0, checked.out
