"""What goes along when an interview is moved to another client."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.records import moving
from mi_cli.records.change import Change, RecordPart
from mi_cli.records.client_facts import Fact, Facts, Target
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.notes import Notes, Pending, Turn
from mi_cli.records.plan import EntryRef, Goal, GoalFrom, Plan, Shared
from mi_cli.records.session import PromptSetUsed, Reading, Session, Tally, Visit
from mi_cli.records.terms import Basis, Category, Direction, Event, FactSource, Kind, Ruler, Stage, Status

BEGAN = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
DAY = BEGAN.date()
LISTS = {
    "focus": Kind.FOCUS, "talk": Kind.CHANGE, "values": Kind.VALUE, "strengths": Kind.STRENGTH,
    "triggers": Kind.TRIGGER, "parked": Kind.PARKED, "next": Kind.NEXT,
}  # fmt: skip
OURS, OTHER = "session1", "session2"


def head(record_id: str) -> dict[str, object]:
    return {"id": record_id, "created_at": BEGAN, "updated_at": BEGAN, "revision": 1}


def plan(**fields: object) -> Plan:
    return Plan(schema_=Plan.SCHEMA, **head("plan0001"), client="cccccccc", **fields)


def facts(*targets: Target, **fields: object) -> Facts:
    return Facts(schema_=Facts.SCHEMA, **head("facts001"), client="cccccccc", targets=targets, **fields)


def session(**fields: object) -> Session:
    given: dict[str, object] = {"visits": (Visit(stage=Stage.ENGAGING, from_=BEGAN, to=BEGAN + timedelta(hours=1)),)}
    return Session(
        schema_=Session.SCHEMA, **head(OURS), client="cccccccc", counselor="A. Counselor", language="en",
        prompt_set=PromptSetUsed(name="en", version="1", digest="0"), status=Status.CLOSED, started_at=BEGAN,
        tally=Tally(), **{**given, **fields},
    )  # fmt: skip


def notes(**fields: object) -> Notes:
    return Notes(schema_=Notes.SCHEMA, **head("notes001"), session=OURS, **fields)


def target(target_id: str, on: date = DAY, **fields: object) -> Target:
    return Target(id=target_id, name=f"name of {target_id}", on=on, source=FactSource.CLIENT, **fields)


@st.composite
def plans(draw: st.DrawFn, prefix: str, sources: tuple[str, ...]) -> Plan:
    """A plan whose items came from these interviews, in the order of their time."""
    count = draw(st.integers(0, 8))
    times = [BEGAN + timedelta(seconds=number) for number in range(count)]
    goals: list[Goal] = []
    shared: dict[str, list[Shared]] = {name: [] for name in LISTS}
    for number, at in enumerate(times):
        source = draw(st.sampled_from(sources))
        name = draw(st.sampled_from(["goals", *LISTS]))
        if name == "goals":
            origin = GoalFrom(session=draw(st.sampled_from([source, None])), stage=None, at=at)
            goals.append(Goal(id=f"{prefix}{number}", words=f"words {number}", from_=origin))
        else:
            entry = EntryRef(session=source, n=number + 1, at=at)
            shared[name].append(Shared(words=f"words {number}", kind=LISTS[name], from_=entry))
    turns = {source: draw(st.integers(1, 9)) for source in draw(st.sets(st.sampled_from(sources)))}
    return plan(goals=tuple(goals), **{name: tuple(items) for name, items in shared.items()}, turns=turns)


@given(plans("goal", (OURS, OTHER)), plans("aim", ("session3", "session4")))
def test_moved_there_and_back_both_plans_are_as_before(first: Plan, second: Plan) -> None:
    taken, rest = moving.plan_of(first, OURS), moving.plan_without(first, OURS)
    there = moving.plan_with(second, taken, OURS)
    assert moving.plan_of(there, OURS) == there.replace(
        **{name: getattr(taken, name) for name in ("goals", *LISTS)}, turns=taken.turns
    )
    assert moving.plan_without(there, OURS) == second
    assert moving.plan_with(rest, moving.plan_of(there, OURS), OURS) == first


@given(plans("goal", (OURS, OTHER)), plans("aim", ("session3", OTHER)))
def test_nothing_is_lost_and_nothing_comes_twice(first: Plan, second: Plan) -> None:
    taken = moving.plan_of(first, OURS)
    there = moving.plan_with(second, taken, OURS)
    for name in ("goals", *LISTS):
        mine, stays, theirs, both = (
            getattr(one, name) for one in (taken, moving.plan_without(first, OURS), second, there)
        )
        assert len(mine) + len(stays) == len(getattr(first, name))
        assert sorted(map(str, both)) == sorted(map(str, (*mine, *theirs)))
    assert moving.plan_with(there, taken, OURS) == there, "the same again changes nothing"


def test_what_is_copied_again_is_the_version_that_counts() -> None:
    goal = Goal(id="goal0001", words="Sleep", from_=GoalFrom(session=OURS, stage=None, at=BEGAN))
    there = moving.plan_with(plan(), plan(goals=(goal,)), OURS)
    later = goal.replace(signs=("calmer",))
    assert moving.plan_with(there, plan(goals=(later,)), OURS).goals == (later,)


def test_order_is_kept_whatever_the_times_are() -> None:
    def goal(name: str, minute: int, source: str) -> Goal:
        at = BEGAN + timedelta(minutes=minute)
        return Goal(id=name, words=name, from_=GoalFrom(session=source, stage=None, at=at))

    theirs = plan(goals=(goal("a", 5, OTHER), goal("b", 1, OTHER)))
    ours = plan(goals=(goal("x", 4, OURS), goal("y", 2, OURS)))
    assert "".join(one.id for one in moving.plan_with(theirs, ours, OURS).goals) == "xyab"


DAYS = st.sampled_from([BEGAN.date() - timedelta(days=30), BEGAN.date(), BEGAN.date() + timedelta(days=1)])


@given(
    st.dictionaries(st.sampled_from("abcdef"), DAYS),
    st.dictionaries(st.sampled_from("uvw"), DAYS),
    st.sets(st.sampled_from("abcdef")),
    st.sets(st.sampled_from("abcdefuvw")),
)
def test_targets_there_and_back(
    first: dict[str, date], second: dict[str, date], named: set[str], elsewhere: set[str]
) -> None:
    ours, theirs = (facts(*(target(name, on) for name, on in days.items())) for days in (first, second))
    leaving = moving.targets_that_leave(named, elsewhere, ours, theirs, session())
    there, left = moving.facts_with(theirs, ours, named, OURS), moving.facts_without(ours, leaving, OURS)
    assert named & first.keys() <= {one.id for one in there.targets}, "what the interview names is there"
    assert (elsewhere & first.keys()) <= {one.id for one in left.targets}, "what others name stays"
    assert moving.facts_with(there, ours, named, OURS) == there, "the same again changes nothing"
    back = moving.targets_that_leave(named, set(second), there, left, session())
    assert {one.id: one for one in moving.facts_without(there, back, OURS).targets} == {
        one.id: one for one in theirs.targets
    }
    returned = moving.facts_with(left, there, named, OURS)
    assert {one.id: one for one in returned.targets} == {one.id: one for one in ours.targets}


def test_a_target_that_was_known_before_the_interview_stays_and_is_copied() -> None:
    ours = facts(target("old", BEGAN.date() - timedelta(days=1)), target("new"), target("used"))
    named = {"old", "new", "used"}
    assert moving.targets_that_leave(named, {"used"}, ours, facts(), session()) == {"new"}
    assert {one.id for one in moving.facts_with(facts(), ours, named, OURS).targets} == named


def test_a_copy_that_was_changed_since_is_never_taken_away_or_overwritten() -> None:
    ours, changed = facts(target("drink")), facts(target("drink", direction=Direction.STOP))
    assert moving.targets_that_leave({"drink"}, set(), ours, changed, session()) == frozenset()
    assert moving.facts_with(changed, ours, {"drink"}, OURS).targets == changed.targets


def test_what_the_interview_names_is_found_in_all_three_records() -> None:
    reading = Reading(ruler=Ruler.IMPORTANCE, value=7, at=BEGAN, target="read")
    goal = Goal(id="goal0001", words="Sleep", from_=GoalFrom(session=OURS, stage=None, at=BEGAN), target="goal")
    entry = {"n": 1, "turn": 1, "at": BEGAN, "stage": None, "prompt": None, "kind": Kind.SAID, "talk": None}
    said = notes(entries=({**entry, "words": "Words", "target": "said"},))
    other = goal.replace(id="goal0002", from_=goal.from_.replace(session=OTHER), target="others")
    found = moving.targets_of(session(readings=(reading,)), said, plan(goals=(goal, other)))
    assert found == {"read", "said", "goal"}


def test_undo_goes_along_but_for_what_concerns_facts_and_goals_that_stay() -> None:
    def back(where: RecordPart, key: str = "") -> Change:
        return Change(where=where, key=key)

    kept = (back(RecordPart.GOAL, "goal0001"), back(RecordPart.ENTRY, "3"), back(RecordPart.SHARED))
    undo = (
        Turn(turn=1, back=(*kept, back(RecordPart.FACTS), back(RecordPart.GOAL_LIST, "goal0002"))),
        Turn(turn=2, back=(back(RecordPart.FACTS),)),
    )
    moved = moving.notes_to_move(notes(undo=undo, pending=(Pending(turn=2, changes=()),)), {"goal0001"})
    assert moved.undo == (Turn(turn=1, back=kept),)
    assert moved.pending == ()


@pytest.mark.parametrize(
    ("where", "reached", "behind"),
    [
        (RecordPart.GOAL, {"plan": 3}, False), (RecordPart.GOAL, {"plan": 2}, True), (RecordPart.GOAL, {}, True),
        (RecordPart.FACTS, {"facts": 3}, False), (RecordPart.FACTS, {"plan": 3, "session": 3}, True),
        (RecordPart.READING, {"session": 3}, False), (RecordPart.READING, {"session": 2, "plan": 3}, True),
    ],
)  # fmt: skip
def test_a_change_that_did_not_reach_its_record_is_noticed(
    where: RecordPart, reached: dict[str, int], behind: bool
) -> None:
    pending = notes(pending=(Pending(turn=3, changes=(Change(where=where),)),))
    turns = {name: {OURS: reached[name]} for name in ("plan", "facts") if name in reached}
    found = moving.is_behind(
        pending,
        session(turn=reached.get("session", 0)),
        facts(turns=turns.get("facts", {})),
        plan(turns=turns.get("plan", {})),
    )
    assert found is behind


def disclosed(*what: Category, seq: int = 1, day: int = 24, **fields: object) -> Disclosure:
    at = BEGAN.replace(day=day)
    return Disclosure(
        schema_=Disclosure.SCHEMA, id=f"entry{seq:03d}", created_at=at, updated_at=at, revision=1, client="cccccccc",
        seq=seq, by="A. Counselor", basis=Basis.CONSENT, what=what, format="md", file_sha256="0", **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("log", "found"),
    [
        ([], 0),
        ([disclosed(Category.GOAL_PLAN, goals=("goal0001",))], 1),
        ([disclosed(Category.GOAL_PLAN, goals=("goal0001",), day=22)], 1),
        ([disclosed(Category.GOAL_PLAN, goals=("goal0002",))], 0),
        ([disclosed(Category.SHARED_WORDS)], 1),
        ([disclosed(Category.PARKED_MATTERS)], 0),
        ([disclosed(Category.INTERVIEWS)], 1),
        ([disclosed(Category.INTERVIEWS, day=22)], 0),
        ([disclosed(Category.READINGS)], 1),
        ([disclosed(Category.SAFETY_RAISED)], 0),
        ([disclosed(Category.INTERVIEWS), disclosed(seq=2, event=Event.NOT_DELIVERED, of=1)], 0),
        ([disclosed(Category.INTERVIEWS), disclosed(seq=2, event=Event.UNCERTAIN, of=1)], 1),
    ],
)
def test_what_was_passed_on_of_it_is_found(log: list[Disclosure], found: int) -> None:
    goals = tuple(
        Goal(id=f"goal000{number}", words="Sleep", from_=GoalFrom(session=source, stage=None, at=BEGAN))
        for number, source in ((1, OURS), (2, OTHER))
    )
    talk = Shared(words="Words", kind=Kind.CHANGE, from_=EntryRef(session=OURS, n=1, at=BEGAN))
    parked = Shared(words="Words", kind=Kind.PARKED, from_=EntryRef(session=OTHER, n=1, at=BEGAN))
    reading = Reading(ruler=Ruler.IMPORTANCE, value=7, at=BEGAN)
    held = plan(goals=goals, talk=(talk,), parked=(parked,))
    assert len(moving.passed_on(log, session(readings=(reading,)), held)) == found


def test_facts_noted_on_a_day_of_the_interview_are_pointed_out() -> None:
    fact = Fact(words="Words", on=BEGAN.date(), source=FactSource.CLIENT)
    assert moving.noted_meanwhile(facts(medicines=fact), session())
    assert not moving.noted_meanwhile(facts(medicines=fact.replace(on=date(2026, 11, 22))), session())
    assert not moving.noted_meanwhile(facts(target("a")), session())
