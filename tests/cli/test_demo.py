"""The demo: an invented client in a scratch store, filled by the real walk, and nothing of the user's is touched."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from mi_cli.cli.demo import CODE, FILES
from mi_cli.interview.actions import Rejected
from tests.conftest import Desk, Ran

Mi = Callable[..., Ran]


@pytest.fixture
def scratch(mi: Mi, tmp_path: Path) -> Path:
    """A store that the demo has filled."""
    root = tmp_path / "scratch"
    ran = mi("--store", str(root), "demo")
    assert (ran.code, ran.err) == (0, "")
    assert f"mi --store {root} session list" in ran.out
    return root


def test_three_interviews_on_the_right_days(mi: Mi, scratch: Path) -> None:
    items = mi("--store", str(scratch), "session", "list", "--json").json["items"]
    assert [(item["client"], item["status"]) for item in items] == [(CODE, "closed")] * 3
    days = [datetime.fromisoformat(item["started_at"]) for item in items]
    assert [day.strftime("%a %H:%M") for day in days] == ["Thu 07:30", "Thu 07:30", "Tue 07:30"]
    assert [(days[0].date() - day.date()).days for day in days] == [0, 28, 37]
    assert 0 < (date.today() - days[0].date()).days <= 7  # noqa: DTZ011  # the day it is here
    assert all(30 <= item["minutes"] <= 60 for item in items)
    assert {stage for item in items for stage in item["stages"]} == {"engaging", "focusing", "evoking", "planning"}
    assert all(item["change"] > item["sustain"] > 0 for item in items)


@pytest.mark.parametrize(
    ("command", "shows"),
    [
        (("session", "show", "last"), "change talk, taking steps"),
        (("session", "recap", CODE), "Kept her own calendar"),
        (("goals", "show", CODE), "came of it"),
        (("goals", "list"), "Sing with the choir again"),
        (("client", "list"), CODE),
        (("client", "show", CODE), "D. Demo"),
        (("store", "check"), " records are sound."),
        (("session", "start", CODE), "/goal #2 takes up another goal"),
    ],
)
def test_there_is_something_to_look_at(mi: Mi, scratch: Path, command: tuple[str, ...], shows: str) -> None:
    ran = mi("--store", str(scratch), *command)
    assert ran.code == 0
    assert shows in ran.out


def test_it_never_writes_into_a_store_there_is(mi: Mi, tmp_path: Path) -> None:
    mi("session", "start", "J-014", lines="words\n")
    mi("store", "init", "--unprotected")
    own = tmp_path / "store"
    before = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    assert mi("--store", str(own), "demo").code == 1
    assert mi("--store", str(own), "demo", "interview").code == 1
    ran = mi("demo")
    assert ran.code == 0
    assert str(own) not in ran.out
    assert {path: path.read_bytes() for path in own.rglob("*") if path.is_file()} == before


def test_from_a_pipe_an_interview_plays_straight_through(mi: Mi, tmp_path: Path) -> None:
    ran = mi("--store", str(tmp_path / "scratch"), "demo", "interview")
    assert (ran.code, ran.err) == (0, "")
    lines = (FILES / "2.txt").read_text(encoding="utf-8").splitlines()
    assert [row for row in ran.out.splitlines() if row.startswith(">")] == [f"> {line}".rstrip() for line in lines]
    assert "interview 2" in ran.out
    assert "last readings" in ran.out
    assert "Closed: " in ran.out


@pytest.mark.parametrize("name", ["1", "2", "3"])
def test_every_line_of_it_is_understood(desk: Desk, name: str) -> None:
    if name == "3":
        desk.begin("/goal one", "/goal two")
    recorder = desk.begin()
    for line in (FILES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        assert not isinstance(recorder.enter(line).reply, Rejected), line
