"""The way so far, and where the last interview ended, as the next one is told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.insight.last_time import last_time
from mi_cli.insight.way import Marks, Subject, way_of, wilson
from mi_cli.records.contact import Contact
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.plan import Plan, Step
from mi_cli.records.session import PromptSetUsed, Reading, Session
from mi_cli.records.terms import GoalStatus, Kind, Ruler, Status, StepStatus
from mi_cli.terminal.greeting import goals_begun_page, last_time_page
from mi_cli.words.interview import interview_words
from tests.builders import NOW, goal
from tests.builders import plan as made_plan
from tests.conftest import Desk


def plan(desk: Desk) -> Plan:
    return desk.store.plan(desk.client)


def test_what_was_agreed_is_shown_as_it_was_said_with_the_last_reading_of_each_ruler(desk: Desk) -> None:
    desk.begin("/confidence 2", "/importance 7", "/confidence 4", "/end Ring my  brother on Wednesday")
    left = last_time(desk.session, desk.notes)
    assert [line.text for line in last_time_page(left, interview_words("en"))] == [
        "agreed last time, November 23, 2026: Ring my  brother on Wednesday",
        "last readings, November 23, 2026: importance 7, confidence 4",
    ]
    assert [line.text for line in last_time_page(left, interview_words("es"))] == [
        "acordado la vez pasada, 23 de noviembre de 2026: Ring my  brother on Wednesday",
        "últimas respuestas en las escalas, 23 de noviembre de 2026: importancia 7, confianza 4",
    ]


def test_nothing_is_said_where_there_is_nothing_to_say(desk: Desk) -> None:
    desk.begin("words", "/end")
    assert last_time_page(last_time(desk.session, desk.notes), interview_words("en")) == []
    assert begun(desk) == []


def test_a_safety_concern_that_was_left_open_comes_first(desk: Desk) -> None:
    desk.begin("/safety withdrawal clinic called", "/end Tomorrow")
    page = last_time_page(last_time(desk.session, desk.notes), interview_words("en"))
    assert page[0].text == "a safety concern of November 23, 2026 was left open: withdrawal"


def begun(desk: Desk, language: str = "en") -> list[str]:
    return [f"{line.lead}{line.text}".strip() for line in goals_begun_page(plan(desk), interview_words(language))]


def test_all_active_goals_stand_at_the_beginning_with_their_open_steps_and_the_day_that_was_meant(desk: Desk) -> None:
    desk.begin("/goal first", "/step Ring my brother @ on Wednesday", "/step Sleep @ 2026-11-30", "/goal second",
               "/step Walk @ each morning", "/goal third")  # fmt: skip
    assert begun(desk) == [
        "goal #1: “first”",
        "step #1: “Ring my brother”, on Wednesday (that is November 25, 2026)",
        "step #2: “Sleep”, 2026-11-30",
        "goal #2: “second”",
        "step #1: “Walk”, each morning",
        "goal #3: “third”",
        interview_words("en").steps_hint_of_several,
    ]
    assert begun(desk, "es")[1] == "paso #1: “Ring my brother”, on Wednesday (es decir, 25 de noviembre de 2026)"


def test_steps_that_something_became_of_and_goals_that_are_over_are_left_out(desk: Desk) -> None:
    recorder = desk.begin("/goal first", *(f"/step do {number}" for number in range(5)),
                          "/done #1", "/partly #2 half", "/notdone #3", "/replace #4 do other @ Friday")  # fmt: skip
    assert begun(desk)[-1] == interview_words("en").steps_hint
    assert begun(desk)[1:-1] == ["step #5: “do 4”", "step #6: “do other”, Friday (that is November 27, 2026)"]
    desk.enter(recorder, "/done #5", "/done #6")
    assert begun(desk) == ["goal #1: “first”", interview_words("en").progress_hint]
    desk.enter(recorder, "/goal second")
    assert begun(desk)[-1] == interview_words("en").progress_hint_of_several
    assert all("#2" not in words.steps_hint + words.progress_hint for words in map(interview_words, ("en", "es")))
    first, second = plan(desk).goals
    over = plan(desk).replace(goals=(first, second.replace(status=GoalStatus.MET)))
    assert next(line.text for line in goals_begun_page(over, interview_words("en"))) == "goal #1: “first”"
    assert goals_begun_page(over.replace(goals=()), interview_words("en")) == []


# -- the way so far ---------------------------------------------------------------------------------------------------


def visited(number: int, *readings: Reading) -> Session:
    at = NOW + timedelta(weeks=number)
    return Session(
        schema_=Session.SCHEMA,
        id=f"sess{number:04}",
        created_at=at,
        updated_at=at,
        revision=1,
        client="client01",
        counselor="A. Counselor",
        language="en",
        prompt_set=PromptSetUsed(name="en", version="1", digest=""),
        status=Status.CLOSED,
        started_at=at,
        readings=readings,
    )


def reading(value: int, target: str | None, goal: str | None = None, ruler: Ruler = Ruler.CONFIDENCE) -> Reading:
    return Reading(ruler=ruler, value=value, target=target, goal=goal, at=NOW)


def said(session: Session, *kinds: Kind, target: str | None = None) -> Notes:
    at = session.started_at
    entries = tuple(
        Entry(n=n, turn=n, at=at, stage=None, prompt=None, kind=kind, talk=None, words=None, target=target)
        for n, kind in enumerate(kinds, 1)
    )
    return Notes(
        schema_=Notes.SCHEMA, id="n", created_at=at, updated_at=at, revision=1, session=session.id, entries=entries
    )


def test_a_gap_stays_a_gap_and_zero_is_an_answer() -> None:
    sessions = [visited(0, reading(4, "drink")), visited(1), visited(2, reading(0, "drink"), reading(6, "drink"))]
    [course] = way_of(reversed(sessions), {}, made_plan()).courses
    assert [cell.readings.get(Ruler.CONFIDENCE) for cell in course.visits] == [(4,), None, (0, 6)]


def test_answers_and_contacts_stand_in_the_order_of_time() -> None:
    later = reading(7, "drink").replace(at=NOW + timedelta(minutes=5))
    [course] = way_of([visited(0, later, reading(4, "drink"))], {}, made_plan()).courses
    assert [cell.readings.get(Ruler.CONFIDENCE) for cell in course.visits] == [(4, 7)]
    head = {"schema_": Contact.SCHEMA, "created_at": NOW, "updated_at": NOW, "revision": 1, "client": "client01"}
    contacts = [
        Contact.model_validate(
            {**head, "id": f"cont000{days}", "at": NOW + timedelta(days=days), "kind": kind, "by": "A."}
        )
        for days, kind in ((5, "phone"), (2, "missed"))
    ]
    assert [kind for _, kind in way_of([], {}, made_plan(), contacts).contacts] == ["missed", "phone"]


def test_what_names_nothing_is_joined_within_its_interview_alone() -> None:
    of_target = goal(1, "words", target="drink")
    sessions = [
        visited(0, reading(4, None), reading(5, None), reading(7, "drink")),
        visited(1, reading(6, None), reading(8, "drive"), reading(2, None, "goal0001"), reading(3, None, "goal0002")),
    ]
    courses = way_of(sessions, {}, made_plan(of_target, goal(2, "other"))).courses
    found = {course.subject: [cell.readings.get(Ruler.CONFIDENCE) for cell in course.visits] for course in courses}
    assert found == {
        Subject(target="drink"): [(7,), (2,)],  # the second by its goal, which names the target
        Subject(target="drive"): [None, (8,)],
        Subject(goal="goal0002"): [None, (3,)],
        Subject(session="sess0000"): [(4, 5), None],
        Subject(session="sess0001"): [None, (6,)],
    }
    assert list(found)[:3] == [Subject(target="drink"), Subject(target="drive"), Subject(goal="goal0002")]


def test_marks_are_counts_and_unreadable_notes_are_a_gap() -> None:
    first, second = visited(0), visited(1, reading(1, "drink"))
    notes = said(first, Kind.CHANGE, Kind.CHANGE, Kind.AMBIVALENCE, Kind.SUSTAIN, Kind.LAPSE, Kind.SAID, target="drink")
    way = way_of([first, second], {first.id: notes}, made_plan())
    [course] = way.courses
    assert [cell.marks for cell in course.visits] == [Marks(3, 2), None]
    assert [visit.lapses for visit in way.visits] == [1, 0]


@given(st.lists(st.sampled_from(Kind), max_size=12))
def test_the_marks_are_those_of_the_tally(kinds: list[Kind]) -> None:
    session = visited(0)
    notes = said(session, *kinds)
    found = [
        cell.marks for course in way_of([session], {session.id: notes}, made_plan()).courses for cell in course.visits
    ]
    assert sum(each.change for each in found if each) == notes.tally.change
    assert sum(each.sustain for each in found if each) == notes.tally.sustain


@pytest.mark.parametrize(
    ("change", "sustain", "has_share"), [(6, 2, False), (19, 0, False), (20, 0, True), (9, 11, True)]
)
def test_a_share_comes_only_from_twenty_marks(change: int, sustain: int, has_share: bool) -> None:
    assert (Marks(change, sustain).share is not None) is has_share


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(6, 8, 0.41, 0.93), (0, 20, 0.0, 0.16), (20, 20, 0.84, 1.0), (15, 20, 0.53, 0.89), (10, 20, 0.30, 0.70)],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    share = wilson(part, whole)
    assert (round(share.low, 2), round(share.high, 2)) == (low, high)
    assert share.low <= share.share <= share.high


def test_steps_are_counted_once_at_the_next_visit() -> None:
    days = [NOW.date(), NOW.date() + timedelta(days=3), NOW.date() + timedelta(days=99)]
    steps = [Step(id=f"step{n:04}", words="call", status=StepStatus.DONE, on=day) for n, day in enumerate(days)]
    steps.append(Step(id="step0009", words="call"))
    steps.append(Step(id="step0008", words="call", status=StepStatus.NOT_DONE, on=days[0]))
    way = way_of(
        [visited(0), visited(1), visited(2)], {}, made_plan(goal(1, "words", target="drink", steps=tuple(steps)))
    )
    [course] = way.courses
    assert [cell.steps_done for cell in course.visits] == [1, 1, 0]
