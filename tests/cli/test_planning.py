"""`mi goals` without a terminal: what a script can do, and what it is told when it cannot."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]

LINES = """\
/reason My own kid
/importance 8
/step Tell Dave @ Wednesday
/step Ring my brother
/support Maria: drives me
/barrier Empty house -> ring my brother
/sign Awake at nine
/otherwise Ring you
/confidence 5
/review 2027-01-31
/progress Rang on Monday
"""


@pytest.fixture
def mi(mi: Mi) -> Mi:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("client", "add", "J-014").code == 0
    return mi


def goal(mi: Mi, number: int = 0) -> Any:
    return mi("goals", "show", "J-014", "--json").json["goals"][number]


def test_a_goal_and_its_whole_change_plan_from_standard_input(mi: Mi) -> None:
    assert mi("goals", "add", "J-014", "-", "--review", "2027-01-15", lines="Be there, “really”\n").code == 0
    ran = mi("goals", "plan", "J-014", "-", lines=LINES)
    assert (ran.code, ran.err) == (0, "")
    made = goal(mi)
    assert made["words"] == "Be there, “really”"
    assert (made["from"]["session"], made["from"]["stage"]) == (None, None)
    assert (made["reasons"], made["signs"], made["if_not_working"]) == (["My own kid"], ["Awake at nine"], "Ring you")
    assert (made["importance"], made["confidence"], made["review_on"]) == (8, 5, "2027-01-31")
    assert [(step["words"], step["when"]) for step in made["steps"]] == [
        ("Tell Dave", "Wednesday"),
        ("Ring my brother", None),
    ]
    assert (made["supports"][0]["how"], made["barriers"][0]["response"]) == ("drives me", "ring my brother")
    assert made["progress"][0]["words"] == "Rang on Monday"
    assert [(before["field"], before["before"]) for before in made["history"]] == [("review_on", "2027-01-15")]
    shown = mi("goals", "show", "J-014", "--history").out
    for text in (
        "why: My own kid",
        "step 1: Tell Dave @ Wednesday",
        "if it is not working: Ring you",
        "January 15, 2027",
    ):
        assert text in shown
    assert "outside an interview" in shown


def test_a_line_that_is_no_goal_line_is_named_and_the_rest_is_read(mi: Mi) -> None:
    ran = mi(
        "goals", "plan", "J-014", "-", lines="/reason too early\nsaid\n/goal Sleep\n\n/review soon\n/sign Rested\n"
    )
    assert ran.code == 1
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["line 1", "line 2", "line 5"]
    assert "too early" not in ran.err
    assert (goal(mi)["words"], goal(mi)["signs"]) == ("Sleep", ["Rested"])


def test_an_edit_keeps_what_was_there(mi: Mi) -> None:
    mi("goals", "add", "J-014", "-", lines="Be there\n")
    mi("goals", "plan", "J-014", "-", lines=LINES)
    for field, words in (
        ("words", "Be there on Saturdays"),
        ("objective", "Present at 4 of 5 breakfasts by March"),
        ("steps.1.when", "Friday"),
        ("steps.2", "-"),
        ("importance", "9"),
        ("status", "met"),
    ):
        ran = mi("goals", "edit", "J-014", goal(mi)["id"], "--field", field, "-", lines=f"{words}\n")
        assert (ran.code, ran.out.splitlines()[0][:8]) == (0, "Changed.")
    made = goal(mi)
    assert made["words"] == "Be there on Saturdays"
    assert made["objective"] == {"words": "Present at 4 of 5 breakfasts by March", "by": "counselor"}
    assert [(step["words"], step["when"]) for step in made["steps"]] == [("Tell Dave", "Friday")]
    assert [before["field"] for before in made["history"]] == ["words", "steps", "steps", "importance", "status"]
    shown = mi("goals", "show", "J-014", "--history").out
    for text in ("goal before: Be there", "Tell Dave @ Wednesday", "Ring my brother", "importance before: 8"):
        assert text in shown


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("importance", "11"),
        ("review_on", "soon"),
        ("status", "perhaps"),
        ("steps.9", "x"),
        ("nothing", "x"),
        ("words", " "),
    ],
)
def test_what_cannot_stand_there_changes_nothing(mi: Mi, field: str, typed: str) -> None:
    mi("goals", "add", "J-014", "-", lines="Be there\n")
    before = goal(mi)
    ran = mi("goals", "edit", "J-014", "--field", field, "-", lines=f"{typed}\n")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 2
    assert goal(mi) == before


def test_progress_a_step_done_and_a_goal_met_or_dropped(mi: Mi) -> None:
    mi("goals", "add", "J-014", "-", lines="Be there\n")
    mi("goals", "plan", "J-014", "-", lines="/step Ring\n")
    assert mi("goals", "progress", "J-014", "-", lines="Slept well\n").code == 0
    assert mi("goals", "progress", "J-014", "--step", "1", "-", lines="He laughed\n").code == 0
    assert mi("goals", "progress", "J-014", "--step", "2").code == 2
    made = goal(mi)
    assert [item["words"] for item in made["progress"]] == ["Slept well"]
    assert made["steps"][0]["outcome"] == "He laughed"
    assert made["steps"][0]["status"] == "done"
    assert made["steps"][0]["on"] == made["progress"][0]["at"][:10]
    assert "He laughed" in mi("goals", "show", "J-014").out
    assert mi("goals", "drop", "J-014", "--yes").code == 0
    assert goal(mi)["status"] == "dropped"
    assert mi("goals", "drop", "J-014").code == 1, "no goal is active now"
    assert mi("goals", "edit", "J-014", made["id"], "--field", "status", "-", lines="active").code == 0
    assert mi("goals", "progress", "J-014", made["id"], "--met").code == 0
    assert [before["before"] for before in goal(mi)["history"]] == ["active", "dropped", "active"]
    assert goal(mi)["status"] == "met"


def test_what_became_of_a_step_from_the_command_line(mi: Mi) -> None:
    mi("goals", "add", "J-014", "-", lines="Be there\n")
    lines = "/step Ring\n/step Tell Dave @ 2026-12-01\n/step Walk\n/partly #3 twice\n/done 1\n/replace #2 Write @ 4w\n"
    ran = mi("goals", "plan", "J-014", "-", lines=lines)
    assert (ran.code, ran.err.splitlines()[0][:8]) == (1, "line 5: ")
    assert mi("goals", "progress", "J-014", "--step", "1", "--as", "not").code == 0
    assert (
        mi("goals", "progress", "J-014", "--step", "4", "--as", "replaced", "-", lines="Ring Ana @ today\n").code == 0
    )
    became = [(step["words"], step["status"], step["outcome"]) for step in goal(mi)["steps"]]
    assert became == [
        ("Ring", "not", None), ("Tell Dave", "replaced", None), ("Walk", "partly", "twice"),
        ("Write", "replaced", None), ("Ring Ana", "open", None),
    ]  # fmt: skip
    shown = mi("goals", "show", "J-014").out
    assert "not done" in shown
    assert "replaced by another" in shown
    for wrong in (
        ("--as", "partly"), ("--step", "1"), ("--step", "1", "--as", "open"), ("--step", "1", "--as", "replaced"),
    ):  # fmt: skip
        ran = mi("goals", "progress", "J-014", *wrong)
        assert (ran.code, len(ran.err.splitlines())) == (2, 2)
    assert [(step["words"], step["status"], step["outcome"]) for step in goal(mi)["steps"]] == became


@pytest.mark.parametrize("command", [("drop",), ("progress", "--met")], ids=" ".join)
def test_a_goal_that_nobody_named_is_neither_dropped_nor_met_unasked(mi: Mi, command: tuple[str, ...]) -> None:
    mi("goals", "add", "J-014", "-", lines="Be there\n")
    ran = mi("goals", command[0], "J-014", *command[1:])
    assert (ran.code, "--yes" in ran.err, "Be there" in ran.err) == (2, True, False)
    assert goal(mi)["status"] == "active"
    assert mi("goals", command[0], "J-014", goal(mi)["id"], *command[1:]).code == 0
    assert goal(mi)["status"] != "active"


def test_words_that_do_not_sound_like_the_client_are_kept_with_a_question(mi: Mi) -> None:
    ran = mi("goals", "add", "J-014", "-", lines="Client will comply with the plan\n")
    assert (ran.code, "Is this how the client put it?" in ran.err) == (0, True)
    assert goal(mi)["words"] == "Client will comply with the plan"
    ran = mi("session", "start", "J-014", lines="/step The patient will attend\n/goal I must see him\n")
    assert ran.out.count("Is this how the client put it?") == 1


@pytest.mark.parametrize(
    "arguments",
    [("add",), ("plan",), ("edit",), ("progress",), ("share",), ("edit", "--field", "words"), ("edit", "-")],
)
def test_where_nobody_can_be_asked_it_says_what_to_give_instead(mi: Mi, arguments: tuple[str, ...]) -> None:
    mi("session", "start", "J-014", lines="? a worry\n/goal Be there\n")
    ran = mi("goals", arguments[0], "J-014", *arguments[1:])
    assert ran.code == 2
    assert "-" in ran.err.splitlines()[1]


def test_words_on_the_command_line_are_refused_unseen(mi: Mi) -> None:
    mi("goals", "add", "J-014", "-", lines="Be there\n")
    for arguments in (("add", "J-014", "my words"), ("progress", "J-014", goal(mi)["id"], "my words")):
        ran = mi("goals", *arguments)
        assert ran.code == 2
        assert "my words" not in ran.err


def test_with_several_goals_it_asks_which(mi: Mi) -> None:
    mi("goals", "add", "J-014", "-", lines="One\n")
    mi("goals", "add", "J-014", "-", lines="Two\n")
    ran = mi("goals", "progress", "J-014", "-", lines="words\n")
    assert (ran.code, "the start of one's id" in ran.err) == (2, True)
    assert mi("goals", "plan", "J-014", "-", lines="/goal #2\n/reason two\n").code == 0
    assert [made["reasons"] for made in (goal(mi), goal(mi, 1))] == [[], ["two"]]


def shared(mi: Mi) -> list[str]:
    plan = mi("goals", "show", "J-014", "--json").json
    return [item["words"] for field in ("parked", "focus", "talk", "strengths", "next") for item in plan[field]]


def test_sharing_across_interviews_by_entry(mi: Mi) -> None:
    mi("session", "start", "J-014", lines="+d want\n= seen\n? his father\nsaid\n/end Ring.\n")
    mi("session", "start", "J-014", lines="! came\n- tired\n/focus nights\n")
    listed = mi("goals", "share", "J-014", "--json").json
    assert (listed["schema"], listed["damaged"]) == ("mi.list/1", [])
    assert [(item["kind"], item["words"], item["in_plan"]) for item in listed["items"]] == [
        ("parked", "his father", False),
        ("focus", "nights", False),
        ("change", "want", False),
        ("sustain", "tired", False),
        ("strength", "came", False),
        ("next", "Ring.", False),
    ]
    names = {item["words"]: f"{item['session']}:{item['n']}" for item in listed["items"] if item.get("n")}
    assert mi("goals", "share", "J-014", names["his father"], names["came"], names["Ring."]).code == 0
    assert mi("goals", "share", "J-014", names["came"]).code == 0
    assert shared(mi) == ["his father", "came", "Ring."]
    assert mi("goals", "share", "J-014", names["came"], "--out").code == 0
    assert shared(mi) == ["his father", "Ring."]
    first = names["want"].split(":")[0]
    for name in (f"{first}:2", f"{first}:4", f"{first}:99", first, ":1", "xxxxxxxxx:1"):  # longer than an id
        assert mi("goals", "share", "J-014", name).code == 1
    assert "as told, not analyzed" in mi("goals", "show", "J-014").out


def passed_on(mi: Mi) -> list[str]:
    made = goal(mi)
    lines = [line["words"] for line in made["progress"] if line.get("shared")]
    return [*lines, *(step["outcome"] for step in made["steps"] if step.get("outcome_shared"))]


def test_progress_and_outcomes_are_passed_on_only_by_name(mi: Mi) -> None:
    lines = "/goal Be there\n/step ring\n/step walk\n/progress drove after ten beers\n/progress made it\n/end\n"
    mi("session", "start", "J-014", lines=lines)
    assert mi("goals", "progress", "J-014", "--step", "2", "-", lines="He laughed\n").code == 0
    assert passed_on(mi) == []
    listed = mi("goals", "share", "J-014", "--json").json["items"]
    assert [(one["name"].split(":")[1], one["kind"], one["words"], one["in_plan"]) for one in listed] == [
        ("steps.2.outcome", "outcome", "He laughed", False),
        ("progress.1", "progress", "drove after ten beers", False),
        ("progress.2", "progress", "made it", False),
    ]
    assert {one["goal"] for one in listed} == {goal(mi)["id"]}
    names = {one["words"]: one["name"] for one in listed}
    assert mi("goals", "share", "J-014", names["made it"], names["He laughed"]).code == 0
    assert passed_on(mi) == ["made it", "He laughed"]
    assert mi("goals", "share", "J-014", f"{goal(mi)['id'][:5]}:progress.2", "--out").code == 0
    assert passed_on(mi) == ["He laughed"]
    for rest in ("progress.3", "progress", "steps.1.outcome", "steps.2.words", "reasons.1"):
        assert mi("goals", "share", "J-014", f"{goal(mi)['id']}:{rest}").code == 1
    assert "the client agreed, " in mi("goals", "show", "J-014").out


def test_an_edit_of_what_was_agreed_to_asks_for_the_agreement_anew(mi: Mi) -> None:
    mi("session", "start", "J-014", lines="/goal Be there\n/step ring\n/progress made it\n/share p1\n/end\n")
    mi("goals", "progress", "J-014", "--step", "1", "-", lines="He laughed\n")
    assert mi("goals", "share", "J-014", f"{goal(mi)['id']}:steps.1.outcome").code == 0
    assert passed_on(mi) == ["made it", "He laughed"]
    mi("goals", "edit", "J-014", "--field", "progress.1", "-", lines="drove after ten beers\n")
    mi("goals", "edit", "J-014", "--field", "steps.1.outcome", "-", lines="He shouted\n")
    assert passed_on(mi) == []


def test_what_is_in_the_plan_can_be_taken_out_when_its_interview_is_damaged(mi: Mi, tmp_path: Path) -> None:
    mi("session", "start", "J-014", lines="+d want\n/share 1\n")
    [notes] = (tmp_path / "store").glob("clients/*/notes/*.json")
    notes.write_text("{")
    ran = mi("goals", "share", "J-014", "--json")
    assert ran.code == 0
    [item] = ran.json["items"]
    assert (item["words"], item["in_plan"], len(ran.json["damaged"])) == ("want", True, 1)
    assert mi("goals", "share", "J-014", f"{item['session']}:1", "--out").code == 0
    assert shared(mi) == []


def test_a_plan_from_before_still_opens(mi: Mi, tmp_path: Path) -> None:
    mi("goals", "add", "J-014", "-", lines="Be there\n")
    [path] = (tmp_path / "store").glob("clients/*/plan.json")
    old = json.loads(path.read_bytes())
    del old["next"], old["goals"][0]["from"]["n"]
    path.write_text(json.dumps(old))
    assert goal(mi)["words"] == "Be there"
    assert mi("goals", "progress", "J-014", "-", lines="fine\n").code == 0


def test_the_goal_lines_of_a_spanish_speaking_client_may_be_spanish(mi: Mi) -> None:
    mi("client", "add", "J-015", "--lang", "es")
    assert mi("goals", "plan", "J-015", "-", lines="/meta Estar ahí\n/paso Llamar @ lunes\n/razón Mi hija\n").code == 0
    goal = mi("goals", "show", "J-015", "--json").json["goals"][0]
    assert (goal["words"], goal["steps"][0]["when"], goal["reasons"]) == ("Estar ahí", "lunes", ["Mi hija"])


def test_readings_of_different_targets_are_never_one_line(mi: Mi) -> None:
    started = ("session", "start", "J-014")
    mi(*started, lines="/focus drinking\n/importance 3\n\n\n/importance @driving 7\n\n\n/end\n")
    mi(*started, lines="/focus Drinking\n/importance 5\n\n\n/end\n")
    mi(*started, lines="/confidence 4\n\n\n/end\n")
    mi(*started, lines="/confidence 6\n\n\n/end\n")
    shown = [line for line in mi("goals", "show", "J-014").out.splitlines() if "portance" in line or "fidence" in line]
    assert [" ".join(re.sub(r"  \([A-Z].*2026\)", "", line).split()) for line in shown] == [
        "Importance (drinking): 3 → 5", "Importance (driving): 7", "Confidence: 4", "Confidence: 6",
    ]  # fmt: skip
