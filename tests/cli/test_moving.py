"""`mi session move`: what it says, what it refuses, and that the same again is no mistake."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mi_cli.store.upkeep import moving
from tests.conftest import Ran

Mi = Callable[..., Ran]
SAID = "+d Reineclaude\n/goal Be home\n/share 1\n/importance @driving 7\n/end\n"


def begin(mi: Mi, code: str, lines: str = SAID) -> str:
    """Holds an interview and returns its id."""
    assert mi("session", "start", code, "--new", lines=lines).code == 0
    return str(mi("session", "list", "--limit", "1", "--json").json["items"][0]["id"])


def with_whom(mi: Mi) -> dict[str, str]:
    return {item["id"]: item["client"] for item in mi("session", "list", "--json").json["items"]}


def goals(mi: Mi, code: str) -> list[str]:
    return [goal["words"] for goal in mi("goals", "show", code, "--json").json["goals"]]


@pytest.fixture
def two(mi: Mi) -> str:
    """The clients J-014, and J-O14 by a slip; the id of the interview with the latter."""
    assert mi("client", "add", "J-014").code == 0
    return begin(mi, "J-O14")


@pytest.mark.parametrize("named", ["id", "last", "J-O14", "j-o14"])
def test_it_goes_and_comes_back(mi: Mi, two: str, named: str) -> None:
    moved = mi("session", "move", two[:6] if named == "id" else named, "j-014")
    assert moved.code == 0
    assert moved.out.splitlines()[:2] == [
        "The interview belongs to J-014 now. Its goals went along (1), and so did what may be passed on from it (1).",
        f"`mi session move {two} J-O14` moves all of it back.",
    ]
    gone = "J-O14 has no interview left. If that code was a mistake, `mi client delete J-O14` takes it away."
    assert gone in moved.out
    assert with_whom(mi) == {two: "J-014"}
    assert (goals(mi, "J-014"), goals(mi, "J-O14")) == (["Be home"], [])
    back = mi("session", "move", two, "J-O14")
    assert back.code == 0
    assert with_whom(mi) == {two: "J-O14"}
    assert (goals(mi, "J-014"), goals(mi, "J-O14")) == ([], ["Be home"])
    assert "moved" in mi("store", "log").out
    assert mi("store", "check").code == 0


@pytest.mark.parametrize(("language", "named"), [("en", "CODE"), ("es", "CÓDIGO")])
def test_for_a_code_that_is_not_there_it_names_what_puts_it_right(mi: Mi, two: str, language: str, named: str) -> None:
    assert mi("config", "set", "language", language).code == 0
    refused = mi("session", "move", "last", "J-114")
    assert (refused.code, f"`mi client edit J-O14 --code {named}`" in refused.err) == (1, True)
    assert "J-114" not in refused.err
    begin(mi, "J-O14")
    refused = mi("session", "move", two, "J-114")
    assert (refused.code, f"`mi client add {named}`" in refused.err) == (1, True)
    assert with_whom(mi)[two] == "J-O14"
    assert mi("session", "move", "zzz", "J-114").code == 1


def test_the_same_again_is_no_mistake(mi: Mi, two: str) -> None:
    mi("session", "move", two, "J-014")
    again = mi("session", "move", two, "J-014")
    assert (again.code, again.out) == (0, "That interview belongs to J-014 already.\n")


@pytest.mark.parametrize("named", ["id", "last", "J-O14"])
def test_one_that_was_broken_off_is_finished_and_no_other_is_moved(
    mi: Mi, two: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = begin(mi, "J-O14", "+ Earlier\n/end\n")
    with monkeypatch.context() as patched:
        patched.setattr(moving, "_finish", lambda *_: None)
        assert mi("session", "move", two, "J-014").code == 0
    again = mi("session", "move", two if named == "id" else named, "J-014")
    assert again.code == 0
    assert again.out == f"The move that was broken off is finished: interview {two} belongs to J-014 now.\n"
    assert with_whom(mi) == {two: "J-014", other: "J-O14"}


def test_whatever_opens_the_store_finishes_it(mi: Mi, two: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (("goals", "show", "J-014"), ("session", "amend", two, "-"), ("client", "show", "J-014")):
        with monkeypatch.context() as patched:
            patched.setattr(moving, "_finish", lambda *_: None)
            assert mi("session", "move", two, "J-014").code == 0
        assert mi(*command, lines="More words").code == 0
        assert with_whom(mi) == {two: "J-014"}
        assert mi("store", "check").code == 0
        assert mi("session", "move", two, "J-O14").code == 0
    assert "More words" in mi("session", "show", two).out


def test_another_one_named_by_its_id_is_moved_too(mi: Mi, two: str, monkeypatch: pytest.MonkeyPatch) -> None:
    other = begin(mi, "J-O14", "+ Earlier\n/end\n")
    with monkeypatch.context() as patched:
        patched.setattr(moving, "_finish", lambda *_: None)
        mi("session", "move", two, "J-014")
    assert mi("session", "move", other, "J-014").code == 0
    assert with_whom(mi) == {two: "J-014", other: "J-014"}


def test_what_was_passed_on_stays_and_what_to_do_is_said(mi: Mi, two: str, tmp_path: Path) -> None:
    assert mi("goals", "export", "J-O14", "--client-copy", "-o", str(tmp_path / "page.md")).code == 0
    refused = mi("session", "move", two, "J-014")
    assert refused.code == 1
    assert "something from it was passed on" in refused.err
    assert f"`mi session delete {two}`" in refused.err
    assert "Reineclaude" not in refused.err
    assert with_whom(mi) == {two: "J-O14"}


def test_one_with_a_note_stays_and_what_is_said_to_type_does_it(mi: Mi, two: str) -> None:
    assert mi("note", "write", two, "--yes").code == 0
    refused = mi("session", "move", two, "J-014")
    assert refused.code == 1
    assert "its progress note stands in the record" in refused.err
    hint = re.search(r"`mi (note delete \w+)`", refused.err)
    assert hint is not None
    assert mi(*hint[1].split(), "--yes").code == 0
    assert mi("session", "move", two, "J-014").code == 0
    assert with_whom(mi) == {two: "J-014"}
    assert mi("note", "write", two, "--yes").code == 0


def test_an_open_one_is_refused_and_a_paused_one_moves(mi: Mi, two: str) -> None:
    paused = begin(mi, "K-200", "+ Words\n")
    assert mi("session", "move", paused, "J-014").code == 0
    assert with_whom(mi)[paused] == "J-014"
    assert mi("session", "resume", paused, lines="+ More\n/end\n").code == 0


def test_nobody_and_nothing_are_named(mi: Mi, two: str) -> None:
    for words, code in (((two, "J-999"), 1), (("zzzzzzzz", "J-014"), 1), ((two,), 2), ((), 2)):
        refused = mi("session", "move", *words)
        assert refused.code == code
        assert "fault" not in refused.err
    assert with_whom(mi) == {two: "J-O14"}


def test_other_goals_and_facts_that_stay_are_pointed_out(mi: Mi, two: str) -> None:
    mi("client", "facts", "J-014", "reach", "-", lines="By phone")
    told = "/mandated court\n/fact reach By letter\n/fact helped Ann\n"
    second = begin(mi, "J-O14", f"{told}/goal #1\n/step Call Ann\n/end\n")
    moved = mi("session", "move", second, "J-014").out
    assert "What was added in it to other goals of J-O14 stays there: `mi goals show J-O14` shows them." in moved
    assert "These facts were told in it and went along: mandate, what has helped before." in moved
    assert "These facts stay with J-O14, and may be of that interview: how to reach them." in moved
    assert "By letter" not in moved
    assert "no interview left" not in moved


def test_in_spanish(mi: Mi, two: str) -> None:
    mi("config", "set", "language", "es")
    assert "La entrevista es ahora de J-014." in mi("session", "move", two, "J-014").out
