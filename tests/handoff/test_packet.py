from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_cli.handoff.packet import Packet
from mi_cli.records.client_facts import Facts, Target
from mi_cli.records.facts import ReadingFact
from mi_cli.records.plan import Before, EntryRef, Goal, Progress, Shared, Step
from mi_cli.records.terms import Category, FactSource, GoalStatus, HandoffPart, Kind, Ruler, StepStatus
from tests.builders import BREAKFAST, CLIENT, EIGHT, NOW, WHOLE, facts, goal, packet, plan

GOAL_LESS = frozenset(Category) - {Category.GOAL_PLAN}


def test_the_packet_is_what_was_shared_in_the_clients_words() -> None:
    made = packet()
    assert [one.words for one in made.goals] == [BREAKFAST.words]
    assert [one.words for one in made.parked] == [one.words for one in WHOLE.parked]
    assert [one.words for one in made.of(Kind.SUSTAIN)] == ["It's the only thing that switches my head off."]
    assert [one.words for one in made.goals[0].steps] == [one.words for one in BREAKFAST.steps]
    assert len(made.readings) == 6
    assert [one.minutes for one in made.interviews] == [42, 43, 44]
    assert made.safety_raised == (NOW.date(),)


def test_what_came_of_a_goal_goes_only_where_the_client_agreed_to_that() -> None:
    steps = (Step(id="step0001", words="Walk", status=StepStatus.DONE, on=NOW.date(), outcome="MARKER"),)
    lines = (Progress(at=NOW, words="MARKER"), Progress(at=NOW, words="Rang", shared=NOW.date()))
    made = packet(plan(BREAKFAST.replace(steps=steps, progress=lines)))
    (only,) = made.goals
    assert [line.words for line in only.progress] == ["Rang"]
    assert [(step.words, step.outcome) for step in only.steps] == [("Walk", None)]
    document = made.model_dump_json()
    assert "MARKER" not in document
    assert "shared" not in document  # nor which day the client agreed


def test_what_the_records_hold_besides_stays_behind() -> None:
    stray = Step.model_validate({"id": "step0001", "words": "Walk", "from_elsewhere": "MARKER"})
    before = Before(at=NOW, field="words", before="MARKER")
    changed = BREAKFAST.replace(steps=(stray,), history=(before,))
    extra = Goal.model_validate({**changed.model_dump(by_alias=True), "from_elsewhere": "MARKER"})
    document = packet(plan(extra)).model_dump_json()
    assert "MARKER" not in document
    assert '"n":' not in document  # the number of an entry tells how much more was said
    assert "7k3q9xab" not in document  # which interview


def test_only_the_goals_asked_for_go() -> None:
    dropped = goal(2, "Another time", status=GoalStatus.DROPPED)
    assert [one.id for one in packet(plan(BREAKFAST, dropped)).goals] == [BREAKFAST.id]


@pytest.mark.parametrize("category", list(Category))
def test_what_is_not_permitted_is_empty_as_what_was_never_said(category: Category) -> None:
    without = packet(permitted=frozenset(Category) - {category})
    fields = {
        Category.GOAL_PLAN: ["goals"],
        Category.READINGS: ["readings"],
        Category.SHARED_WORDS: ["said", "facts"],
        Category.PARKED_MATTERS: ["parked"],
        Category.INTERVIEWS: ["interviews"],
        Category.SAFETY_RAISED: ["safety_raised"],
        Category.PROGRESS_NOTES: [],  # a document of its own
    }
    empty = {field for field in Packet.model_fields if getattr(without, field) == ()}
    assert empty == set(fields[category])


def test_without_readings_no_number_goes_with_a_goal_either() -> None:
    (only,) = packet(permitted=frozenset(Category) - {Category.READINGS}).goals
    assert (only.importance, only.confidence) == (None, None)


def test_readings_about_a_goal_that_stays_behind_stay_too() -> None:
    assert packet(plan(BREAKFAST), held=facts("goal0002")).readings == ()


def test_readings_about_goals_are_told_apart_even_where_the_goals_may_not_go() -> None:
    held = facts("goal0001") + facts("goal0002")
    series = packet(EIGHT, held=held, permitted=GOAL_LESS).series()
    assert {subject.goal for subject, _ in series} == {1, 2}


def test_readings_of_different_behaviors_are_never_one_series_and_are_named_only_if_that_was_agreed() -> None:
    """By goal, target and interview: what is joined, what is not, and what each is called."""

    def read(target: str | None, goal: str | None = None) -> ReadingFact:
        return ReadingFact(Ruler.IMPORTANCE, goal, 5, NOW, target)

    (one, *_) = facts()
    held = [
        replace(one, id="first", readings=(read("drink"), read("drive"), read(None), read(None))),
        replace(one, id="second", started_at=one.started_at + timedelta(days=7),
                readings=(read("drink"), read(None), read("drink", "goal0001"), read("drive", "goal0001"))),
    ]  # fmt: skip
    focus = Shared(words="Drinking", kind=Kind.FOCUS, from_=EntryRef(session="first", n=1, at=NOW))
    targets = tuple(Target(id=id_, name=name, on=NOW.date(), source=FactSource.CLIENT)
                    for id_, name in (("drink", "drinking"), ("drive", "driving after drinking")))  # fmt: skip
    known = Facts(schema_=Facts.SCHEMA, id="facts001", created_at=NOW, updated_at=NOW, revision=1, client=CLIENT,
                  targets=targets)  # fmt: skip
    agreed = packet(plan(BREAKFAST).replace(focus=(focus,)), held=held, known=known)
    lines = {
        (subject.goal, subject.about, subject.nth): len(answers) for (subject, _), answers in agreed.series().items()
    }
    assert lines == {
        (None, "drinking", None): 2, (None, None, 1): 1, (None, None, 2): 2, (None, None, 3): 1,
        (1, "drinking", None): 1, (1, None, None): 1,
    }  # fmt: skip
    assert "driving after drinking" not in agreed.model_dump_json()
    not_agreed = packet(plan(BREAKFAST).replace(focus=()), held=held, known=known)
    assert "drinking" not in not_agreed.model_dump_json(include={"readings"})
    assert len(not_agreed.series()) == len(lines)


TODAY = NOW.date()


@pytest.mark.parametrize(
    ("steps", "following"),
    [
        ((), None),
        ((Step(id="s1", words="a"), Step(id="s2", words="b")), "b"),
        ((Step(id="s1", words="a"), Step(id="s2", words="b", status=StepStatus.DONE, on=TODAY)), "a"),
        ((Step(id="s1", words="a", due=TODAY), Step(id="s2", words="b", due=TODAY - timedelta(days=1))), "a"),
        ((Step(id="s1", words="a", due=TODAY - timedelta(days=1)),), None),
        ((Step(id="s1", words="a"), Step(id="s2", words="b", outcome="tried", outcome_shared=TODAY)), "a"),
        *(
            ((Step(id="s1", words="a"), Step(id="s2", words="b", status=status, on=TODAY)), "a")
            for status in (StepStatus.PARTLY, StepStatus.NOT_DONE, StepStatus.REPLACED)
        ),
    ],
)  # fmt: skip
def test_what_comes_next_is_the_latest_open_step_and_never_a_failed_or_past_one(
    steps: tuple[Step, ...], following: str | None
) -> None:
    made = packet(plan(BREAKFAST.replace(steps=steps))).goals[0]
    step = made.next_step(TODAY)
    assert (step.words if step else None) == following
    over = packet(plan(BREAKFAST.replace(steps=steps, status=GoalStatus.MET))).goals[0]
    assert over.next_step(TODAY) is None


@pytest.mark.parametrize("status", StepStatus)
@pytest.mark.parametrize("agreed", [None, TODAY])
def test_that_a_step_was_not_or_only_partly_done_goes_only_with_the_agreed_outcome(
    status: StepStatus, agreed: date | None
) -> None:
    step = Step(id="s1", words="a", status=status, on=TODAY, outcome="secret", outcome_shared=agreed)
    made = packet(plan(BREAKFAST.replace(steps=(step,)))).goals[0]
    goes = agreed or status in (StepStatus.OPEN, StepStatus.DONE)
    assert [(each.words, each.outcome) for each in made.steps] == (
        [("a", "secret" if agreed else None)] if goes else []
    )


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Ruler), st.integers(0, 10), st.integers(0, 10**6)), max_size=20))
def test_every_reading_is_in_one_series_oldest_first(answers: list[tuple[Ruler, int, int]]) -> None:
    readings = tuple(ReadingFact(ruler, None, value, NOW + timedelta(seconds=after)) for ruler, value, after in answers)
    (first, *_) = facts()
    held = [type(first)(**{**vars(first), "readings": readings})]
    series = packet(held=held).series()
    assert sum(len(items) for items in series.values()) == len(answers)
    for (_, ruler), items in series.items():
        assert {one.ruler for one in items} == {ruler}
        assert [one.at for one in items] == sorted(one.at for one in items)


@pytest.mark.parametrize("agreed", [(), (1,), (2,), (1, 2)], ids=str)
@pytest.mark.parametrize("with_answers", [True, False])
def test_each_answer_to_a_ruler_stands_beside_its_number_by_its_own_agreement(
    agreed: tuple[int, ...], with_answers: bool
) -> None:
    kinds = {1: Kind.CHANGE, 2: Kind.SAID}
    talk = tuple(
        Shared(words=f"answer {n}", kind=kinds[n], from_=EntryRef(session="first", n=n, at=NOW)) for n in agreed
    )
    (one, *_) = facts()
    held = [replace(one, id="first", readings=(ReadingFact(Ruler.IMPORTANCE, None, 7, NOW, None, 1, 2),))]
    permitted = frozenset(HandoffPart) - (frozenset() if with_answers else {HandoffPart.ANSWERS})
    made = packet(plan(BREAKFAST).replace(talk=talk), held=held, parts=permitted)
    (reading,) = made.readings
    expected = {n: f"answer {n}" if n in agreed and with_answers else None for n in (1, 2)}
    assert (reading.why, reading.to_raise) == (expected[1], expected[2])
    # Not twice; and a consent of an earlier version lets out what it always did.
    assert [item.words for item in made.of(Kind.CHANGE)] == (["answer 1"] if 1 in agreed and not with_answers else [])
    assert made.of(Kind.SAID) == ()
