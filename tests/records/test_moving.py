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
from mi_cli.records.plan import EntryRef, Goal, GoalFrom, Plan, Shared, SharedFact
from mi_cli.records.session import PromptSetUsed, Reading, Session, Tally, Visit
from mi_cli.records.terms import Basis, Category, Direction, Event, FactName, FactSource, Kind, Ruler, Stage, Status

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


def target(target_id: str, session: str | None = OURS, on: date = DAY, **fields: object) -> Target:
    return Target(id=target_id, name=f"name of {target_id}", on=on, source=FactSource.CLIENT, session=session, **fields)


def fact(words: str = "Words", session: str | None = OURS, on: date = DAY) -> Fact:
    return Fact(words=words, on=on, source=FactSource.CLIENT, session=session)


def copied(name: FactName, session: str | None = OURS, shared: date = DAY) -> SharedFact:
    return SharedFact(name=name, words="Words", on=DAY, source=FactSource.CLIENT, shared=shared, session=session)


@st.composite
def plans(draw: st.DrawFn, prefix: str, sources: tuple[str, ...]) -> Plan:
    """A plan whose items came from these interviews, in the order of their time."""
    count = draw(st.integers(0, 8))
    times = [BEGAN + timedelta(seconds=number) for number in range(count)]
    goals: list[Goal] = []
    copies: list[SharedFact] = []
    shared: dict[str, list[Shared]] = {name: [] for name in LISTS}
    for number, at in enumerate(times):
        source = draw(st.sampled_from(sources))
        name = draw(st.sampled_from(["goals", "facts", *LISTS]))
        if name == "goals":
            origin = GoalFrom(session=draw(st.sampled_from([source, None])), stage=None, at=at)
            goals.append(Goal(id=f"{prefix}{number}", words=f"words {number}", from_=origin))
        elif name == "facts":
            told_in = draw(st.sampled_from([source, None]))
            copies.append(copied(draw(st.sampled_from(FactName)), told_in, DAY + timedelta(days=number)))
        else:
            entry = EntryRef(session=source, n=number + 1, at=at)
            shared[name].append(Shared(words=f"words {number}", kind=LISTS[name], from_=entry))
    turns = {source: draw(st.integers(1, 9)) for source in draw(st.sets(st.sampled_from(sources)))}
    lists = {name: tuple(items) for name, items in shared.items()}
    return plan(goals=tuple(goals), facts=tuple(copies), **lists, turns=turns)


@given(plans("goal", (OURS, OTHER)), plans("aim", ("session3", "session4")))
def test_moved_there_and_back_both_plans_are_as_before(first: Plan, second: Plan) -> None:
    taken, rest = moving.plan_of(first, OURS), moving.plan_without(first, OURS)
    there = moving.plan_with(second, taken, OURS)
    assert moving.plan_of(there, OURS) == there.replace(
        **{name: getattr(taken, name) for name in ("goals", "facts", *LISTS)}, turns=taken.turns
    )
    assert moving.plan_without(there, OURS) == second
    assert moving.plan_with(rest, moving.plan_of(there, OURS), OURS) == first


@given(plans("goal", (OURS, OTHER)), plans("aim", ("session3", OTHER)))
def test_nothing_is_lost_and_nothing_comes_twice(first: Plan, second: Plan) -> None:
    taken = moving.plan_of(first, OURS)
    there = moving.plan_with(second, taken, OURS)
    for name in ("goals", "facts", *LISTS):
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


SOURCES = st.sampled_from([OURS, OTHER, None])


@given(
    st.dictionaries(st.sampled_from("abcdef"), SOURCES),
    st.dictionaries(st.sampled_from("uvw"), st.sampled_from(["session3", None])),
    st.sets(st.sampled_from("abcdef")),
    st.sets(st.sampled_from("abcdefuvw")),
)
def test_targets_there_and_back(
    first: dict[str, str | None], second: dict[str, str | None], named: set[str], elsewhere: set[str]
) -> None:
    ours, theirs = (facts(*(target(name, told) for name, told in each.items())) for each in (first, second))
    leaving = moving.targets_that_leave(named, elsewhere, ours, theirs, OURS)
    there = moving.facts_with(theirs, ours, named, OURS)
    left = moving.facts_without(ours, there, leaving, OURS)
    assert named & first.keys() <= {one.id for one in there.targets}, "what the interview names is there"
    assert (elsewhere & first.keys()) <= {one.id for one in left.targets}, "what others name stays"
    assert moving.facts_with(there, ours, named, OURS) == there, "the same again changes nothing"
    back = moving.targets_that_leave(named, set(second), there, left, OURS)
    assert {one.id: one for one in moving.facts_without(there, ours, back, OURS).targets} == {
        one.id: one for one in theirs.targets
    }
    returned = moving.facts_with(left, there, named, OURS)
    assert {one.id: one for one in returned.targets} == {one.id: one for one in ours.targets}


def test_a_target_that_was_known_before_the_interview_stays_and_is_copied() -> None:
    ours = facts(target("old", None), target("new"), target("used"))
    named = {"old", "new", "used"}
    assert moving.targets_that_leave(named, {"used"}, ours, facts(), OURS) == {"new"}
    assert {one.id for one in moving.facts_with(facts(), ours, named, OURS).targets} == named


def test_a_copy_that_was_changed_since_is_never_taken_away_or_overwritten() -> None:
    ours, changed = facts(target("drink")), facts(target("drink", direction=Direction.STOP))
    assert moving.targets_that_leave({"drink"}, set(), ours, changed, OURS) == frozenset()
    assert moving.facts_with(changed, ours, {"drink"}, OURS).targets == changed.targets


def test_what_the_interview_names_is_found_in_all_three_records() -> None:
    reading = Reading(ruler=Ruler.IMPORTANCE, value=7, at=BEGAN, target="read")
    goal = Goal(id="goal0001", words="Sleep", from_=GoalFrom(session=OURS, stage=None, at=BEGAN), target="goal")
    entry = {"n": 1, "turn": 1, "at": BEGAN, "stage": None, "prompt": None, "kind": Kind.SAID, "talk": None}
    said = notes(entries=({**entry, "words": "Words", "target": "said"},))
    other = goal.replace(id="goal0002", from_=goal.from_.replace(session=OTHER), target="others")
    known = facts(target("told"), target("before", OTHER))
    found = moving.targets_of(session(readings=(reading,)), said, known, plan(goals=(goal, other)))
    assert found == {"read", "said", "goal", "told"}


def test_undo_goes_along_but_for_what_concerns_facts_and_goals_that_stay() -> None:
    def back(where: RecordPart, key: str = "") -> Change:
        return Change(where=where, key=key)

    kept = (back(RecordPart.GOAL, "goal0001"), back(RecordPart.ENTRY, "3"), back(RecordPart.SHARED))
    copy = Change(where=RecordPart.SHARED, field="facts", put=copied(FactName.REACH, None).model_dump(mode="json"))
    undo = (
        Turn(turn=1, back=(*kept, back(RecordPart.FACTS), copy, back(RecordPart.GOAL_LIST, "goal0002"))),
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


def test_a_shared_fact_that_was_passed_on_is_found() -> None:
    log = [disclosed(Category.SHARED_WORDS)]
    assert moving.passed_on(log, session(), plan(facts=(copied(FactName.REACH),))) == log
    assert moving.passed_on(log, session(), plan(facts=(copied(FactName.REACH, OTHER),))) == []


FIELDS = ["medicines", "safer_use", "reach", "appointment", "limits", "helped", "collateral", "off_limits", "practice"]
KNOWN = st.dictionaries(st.sampled_from(FIELDS), st.builds(fact, st.just("ours"), SOURCES))
THEIRS = st.dictionaries(
    st.sampled_from(FIELDS), st.builds(fact, st.just("theirs"), st.sampled_from(["session3", None]))
)


@given(KNOWN, THEIRS)
def test_what_was_told_in_it_goes_along_and_overwrites_nothing(first: dict[str, Fact], second: dict[str, Fact]) -> None:
    ours, theirs = facts(**first), facts(**second)
    there = moving.facts_with(theirs, ours, frozenset(), OURS)
    left = moving.facts_without(ours, there, frozenset(), OURS)
    going = {field for field, part in first.items() if part.session == OURS and field not in second}
    assert dict(there.single) == {**{field: first[field] for field in going}, **second}
    assert dict(left.single) == {field: part for field, part in first.items() if field not in going}
    assert moving.facts_with(there, ours, frozenset(), OURS) == there, "the same again changes nothing"
    assert moving.facts_with(there, left, frozenset(), OURS) == there
    back = moving.facts_with(left, there, frozenset(), OURS)
    assert dict(back.single) == first
    assert dict(moving.facts_without(there, back, frozenset(), OURS).single) == second


def test_a_fact_leaves_only_when_the_other_client_has_it() -> None:
    ours = facts(reach=fact())
    for there in (facts(), facts(reach=fact("changed meanwhile", None)), facts(reach=fact("not the same"))):
        assert moving.facts_without(ours, there, frozenset(), OURS).reach == fact()


def test_facts_that_go_and_facts_that_stay_are_named() -> None:
    before = DAY - timedelta(days=1)
    going = facts(target("a"), reach=fact(), limits=fact(session=OTHER, on=before))
    assert moving.facts_that_go(going, facts(), OURS) == {FactName.TARGET, FactName.REACH}
    assert moving.facts_that_stay(going, facts(), plan(), session()) == frozenset()
    assert moving.facts_that_stay(going, facts(reach=fact("theirs", None)), plan(), session()) == {FactName.REACH}
    noted = facts(target("a", None), medicines=fact(session=None), safer_use=fact(session=None, on=before))
    assert moving.facts_that_stay(noted, facts(), plan(), session()) == {FactName.MEDICINES}
    changed = facts(target("a", OTHER, direction=Direction.STOP), target("b", direction=Direction.LESS))
    assert moving.facts_that_stay(changed, facts(), plan(), session()) == {FactName.DIRECTION}
    copies = (copied(FactName.HELPED, None), copied(FactName.LIMITS), copied(FactName.REACH, None, before))
    assert moving.facts_that_stay(facts(), facts(), plan(facts=copies), session()) == {FactName.HELPED}
