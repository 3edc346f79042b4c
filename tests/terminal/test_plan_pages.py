"""The pages of a plan show all that belongs to a goal, where it came from, and what stood there before."""

from datetime import UTC, date, datetime

import pytest

from mi_cli.interview import goals
from mi_cli.interview.goal_by_id import goal_named, name_of
from mi_cli.interview.goals import FieldPath
from mi_cli.records.terms import GoalStatus
from mi_cli.terminal.page import Page
from mi_cli.terminal.plan_pages import fields_page, goal_lines, plan_page
from mi_cli.words.days import day_in_words
from mi_cli.words.interview import interview_words
from tests.conftest import Desk

EN = interview_words("en")
LINES = (
    "one", "/planning", "/goal Be there", "/reason My kid", "/importance 8", "", "", "/step Tell Dave @ Wednesday",
    "/step Ring", "/support Maria: drives me", "/barrier Empty house -> ring", "/sign Awake", "/otherwise Ring you",
    "/confidence 5", "", "", "/review 2027-01-31", "/progress Rang",
)  # fmt: skip


def rows(page: Page) -> list[str]:
    return [f"{line.lead}{line.text}".strip() for line in page if line.text]


def test_everything_that_belongs_to_a_goal_is_shown(desk: Desk) -> None:
    desk.begin(*LINES)
    lines = rows(plan_page(desk.store.plan(desk.client), EN))
    assert lines == [
        "#1  “Be there”",
        f"said November 23, 2026, interview {desk.session.id}, planning, after entry 1",
        "why: My kid",
        "importance: 8",
        "step 1: Tell Dave @ Wednesday (that is November 25, 2026)",
        "step 2: Ring",
        "help: Maria: drives me",
        "if: Empty house → ring",
        "sign: Awake",
        "if it is not working: Ring you",
        "confidence: 5",
        "review: January 31, 2027",
        "came of it: Rang  (November 23, 2026)",
    ]


def test_a_plan_with_what_may_be_passed_on(desk: Desk) -> None:
    desk.begin("+d I want breakfast", "! Stubborn", "? His father", "/goal Be there", "/share 1 2 3")
    plan, session = desk.store.plan(desk.client), desk.session.id
    assert rows(plan_page(plan, EN))[-6:] == [
        "Parked for the therapist: as told, not analyzed",
        f"His father  (entry 3 of {session}, November 23, 2026)",
        "For and against change",
        f"“I want breakfast”  (change talk, desire, entry 1 of {session}, November 23, 2026)",
        "Strengths",
        f"Stubborn  (entry 2 of {session}, November 23, 2026)",
    ]
    assert not any("Stubborn" in line.text for line in plan_page(plan, EN, only=plan.goals[0]))


def test_an_active_goal_is_named_by_its_number_and_another_by_its_id(desk: Desk) -> None:
    desk.begin("/goal Met", "/goal Be there", "/goal Sleep", "/importance 8")
    plan = desk.store.plan(desk.client)
    at = plan.goals[0].from_.at
    plan = plan.with_changes(*goals.set_status(plan.goals[0], GoalStatus.MET, at).changes)
    met = plan.goals[0].id
    shown = [line for line in rows(plan_page(plan, EN)) if "“" in line]
    assert shown == [f"{met}  “Met”  (met)", "#1        “Be there”", "#2        “Sleep”"]
    assert rows(plan_page(plan, EN, only=plan.goals[2]))[0] == "#2        “Sleep”"
    assert [goal_named(plan, name).words for name in ("#2", "1", met)] == ["Sleep", "Be there", "Met"]
    for goal in plan.goals:
        assert goal_named(plan, name_of(plan, goal.id)) == goal


@pytest.mark.parametrize("language", ["en", "es"])
def test_whatever_was_changed_is_in_the_history_in_words(desk: Desk, language: str) -> None:
    desk.begin(*LINES)
    words, at = interview_words(language), datetime(2026, 12, 1, 9, tzinfo=UTC)
    plan = desk.store.plan(desk.client)
    changes = [
        (FieldPath("words"), "Be there on Saturdays"), (FieldPath("reasons", 1), None),
        (FieldPath("steps", 1, "when"), "Friday"),
        (FieldPath("supports", 1, "how"), None), (FieldPath("barriers", 1, "what"), "Pay day"),
        (FieldPath("importance"), 9),
        (FieldPath("review_on"), None), (FieldPath("progress", 1, "words"), "Rang twice"), (FieldPath("status"), "met"),
    ]  # fmt: skip
    for spot, value in changes:
        plan = plan.with_changes(*goals.edit_field(plan.goals[0], spot, value, at).changes)
    lines = " ".join(rows(plan_page(plan, words, history=True)))
    review = day_in_words(date(2027, 1, 31), words.plan.language)
    for before in ("Be there", "My kid", "Tell Dave @ Wednesday", "Maria: drives me", "Empty house → ring", "8",
                   review, "Rang", words.plan.statuses[GoalStatus.ACTIVE]):  # fmt: skip
        assert f": {before} " in f"{lines} ".replace("  ", " ")
    assert rows(plan_page(plan, words))[0].endswith(f"({words.plan.statuses[GoalStatus.MET]})")


def test_an_objective_stands_beside_the_clients_words_with_who_worded_it(desk: Desk) -> None:
    desk.begin("/goal Be there")
    goal = desk.store.plan(desk.client).goals[0]
    plan = desk.store.plan(desk.client).with_changes(
        *goals.edit_field(
            goal, FieldPath("objective"), "4 of 5 breakfasts by March", goal.from_.at, "A. Counselor"
        ).changes
    )
    assert rows(list(goal_lines(plan.goals[0], " ", EN))) == [
        "“Be there”",
        "objective: 4 of 5 breakfasts by March  (worded by A. Counselor)",
    ]


def test_each_place_that_can_be_changed_has_a_number(desk: Desk) -> None:
    desk.begin(*LINES)
    goal = desk.store.plan(desk.client).goals[0]
    page = rows(fields_page(goal, goals.field_paths(goal), EN))
    assert len(page) == len(goals.field_paths(goal)) + 1
    assert page[1] == "1  goal: Be there"
    assert page[-1] == f"{len(goals.field_paths(goal))}  status: active"


def test_a_goal_made_from_an_entry_names_it(desk: Desk) -> None:
    desk.begin("be there", "more", "/goal 1")
    lines = rows(plan_page(desk.store.plan(desk.client), EN))
    assert any(line.endswith("in the words of entry 1") for line in lines)
