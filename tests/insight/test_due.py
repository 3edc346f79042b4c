"""What is due: each rule on its day and the day before, in its order; and the light reading agrees with the records."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.insight.due import DueRules, PlanEvery, due_of_store, due_with
from mi_cli.records.matters import (
    BackedUp,
    ConsentHead,
    DraftNote,
    GoalReview,
    Matters,
    OpenSession,
    OpenStep,
    PlanAge,
    consent_head,
    draft_note,
    is_open,
    open_session,
    reviews_and_steps,
)
from mi_cli.records.plan import Step
from mi_cli.records.progress_note import ProgressNote, Served
from mi_cli.records.session import PromptSetUsed, SafetyConcern, Session
from mi_cli.records.terms import Concern, GoalStatus, NoteState, Status, StepStatus
from mi_cli.records.text_keys import DueKind
from tests.builders import NOW, goal, plan

TODAY: Final = NOW.date()
DAYS: Final = st.dates(date(2026, 10, 1), date(2027, 1, 31))
TIMES: Final = st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 23), timezones=st.just(UTC))  # noqa: DTZ001

OUT: Final = frozenset({"a. therapist"})


def before(days: int) -> date:
    return TODAY - timedelta(days=days)


def at(days: int) -> datetime:
    return NOW - timedelta(days=days)


def kinds(**fields: Any) -> list[tuple[DueKind, int]]:
    """What is due with a client who was seen today."""
    matters = Matters("client01", last_seen=NOW, **fields)
    return [(due.kind, due.days) for due in due_with(matters, NOW)]


def closed_with(*concerns: datetime) -> OpenSession:
    return OpenSession("sess0001", Status.CLOSED, at(9), concerns)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"sessions": (closed_with(at(3), at(5)),)}, [(DueKind.SAFETY, 5)]),
        ({"sessions": (closed_with(),)}, []),
        ({"sessions": (OpenSession("sess0001", Status.PAUSED, at(2)),)}, [(DueKind.PAUSED, 2)]),
        ({"sessions": (OpenSession("sess0001", Status.OPEN, at(0)),)}, [(DueKind.PAUSED, 0)]),
        ({"notes": (DraftNote("note0001", at(9)),)}, [(DueKind.NOTE, 9)]),
        ({"reviews": (GoalReview("goal0001", TODAY),)}, [(DueKind.REVIEW, 0)]),
        ({"reviews": (GoalReview("goal0001", before(-1)),)}, []),
        ({"steps": (OpenStep("goal0001", 2, before(1)),)}, [(DueKind.STEP, 1)]),
        ({"steps": (OpenStep("goal0001", 2, TODAY),)}, []),
        ({"appointment": TODAY}, [(DueKind.APPOINTMENT, 0)]),
        ({"appointment": before(1)}, []),
        ({"appointment": before(-1)}, []),
        ({"consents": (ConsentHead("cons0001", before(-30), None),)}, [(DueKind.CONSENT_ENDS, -30)]),
        ({"consents": (ConsentHead("cons0001", TODAY, None),)}, [(DueKind.CONSENT_ENDS, 0)]),
        ({"consents": (ConsentHead("cons0001", before(-31), None),)}, []),
        ({"consents": (ConsentHead("cons0001", before(1), None),)}, []),
        ({"consents": (ConsentHead("cons0001", None, None),)}, []),
        ({"consents": (ConsentHead("cons0001", before(-3), at(1)),)}, []),
        (
            {"consents": (ConsentHead("cons0001", before(-3), at(1), OUT),)},
            [(DueKind.CONSENT_TAKEN_BACK, 1)],
        ),
        ({"consents": (ConsentHead("cons0001", None, at(31), OUT),)}, []),
    ],
)
def test_each_rule_on_its_day_and_beside_it(fields: dict[str, Any], expected: list[tuple[DueKind, int]]) -> None:
    assert kinds(**fields) == expected


def consent(**fields: Any) -> dict[str, Any]:
    document = {
        "id": "cons0001", "expiry": {"on": before(-9).isoformat()}, "signed_on": "2026-01-02", "revoked": None,
        "recipients": [{"name": "A. Therapist"}, {"name": "B. Other"}], "scope_categories": ["goal-plan", "rulers"],
    }  # fmt: skip
    return {**document, **fields}


@pytest.mark.parametrize(
    ("fields", "renews"),
    [
        ({}, True),
        ({"expiry": {"none": True}}, True),
        ({"expiry": {"on": before(-9).isoformat()}}, False),
        ({"recipients": [{"name": "b. other"}, {"name": "A.  THERAPIST"}, {"name": "More"}]}, True),
        ({"recipients": [{"name": "A. Therapist"}]}, False),
        ({"scope_categories": ["goal-plan"]}, False),
        ({"signed_on": None}, False),
        ({"revoked": {"at": NOW.isoformat()}}, False),
        ({"ended": {"on": TODAY.isoformat()}}, False),
        ({"taken_back": [{"at": NOW.isoformat(), "recipient": "b. other"}]}, False),
    ],
)
def test_a_consent_that_ends_is_not_due_once_another_holds_longer_for_the_same(
    fields: dict[str, Any], renews: bool
) -> None:
    later = consent_head(consent(**{"id": "cons0002", "expiry": {"on": before(-99).isoformat()}, **fields}))
    found = kinds(consents=(consent_head(consent()), later))
    assert ((DueKind.CONSENT_ENDS, -9) in found) is not renews
    if "taken_back" in fields:  # nor does the one that ends name them any more
        assert not kinds(consents=(consent_head(consent(taken_back=fields["taken_back"])), later))
    for through in ({"recipient_class": "my doctors"}, {"intermediary": {"name": "X", "participants": ["Y"]}}):
        assert (DueKind.CONSENT_ENDS, -9) in kinds(consents=(consent_head(consent(**through)), later))


def test_a_consent_taken_back_from_one_is_due_where_that_one_has_a_document() -> None:
    taken = consent_head(
        consent(expiry={"none": True}, taken_back=[{"at": at(2).isoformat(), "recipient": "B. Other"}])
    )
    for log, expected in (
        ([("cons0001", "A. Therapist")], []),
        ([("cons0002", "B. Other")], []),
        ([("cons0001", "b. other")], [(DueKind.CONSENT_TAKEN_BACK, 2)]),
    ):
        assert kinds(consents=(taken.with_delivered(log),)) == expected


@pytest.mark.parametrize(
    ("changed", "interviews", "days"),
    [
        (28, [20, 10, 5, 1], 0),  # the fourth came yesterday, and four weeks are over today
        (27, [20, 10, 5, 1], None),
        (28, [20, 10, 5], None),
        (40, [20, 10, 5, 3], 3),
        (40, [39, 38, 37, 36, 1], 12),
        (90, [], None),
    ],
)
def test_a_plan_is_due_after_so_many_interviews_or_weeks_whichever_takes_longer(
    changed: int, interviews: list[int], days: int | None
) -> None:
    matters = Matters("client01", last_seen=NOW, plan=PlanAge(at(changed), tuple(map(at, interviews))))
    found = due_with(matters, NOW, DueRules(plan=PlanEvery(4, 4)))
    assert [(due.kind, due.days) for due in found] == ([] if days is None else [(DueKind.PLAN, days)])
    assert not due_with(matters, NOW)
    assert [due.command("J-014") for due in found] == ["mi goals plan J-014"] * len(found)
    by_weeks_alone = due_with(matters, NOW, DueRules(plan=PlanEvery(0, 4)))
    assert [due.days for due in by_weeks_alone] == ([changed - 28] if changed >= 28 else [])


@pytest.mark.parametrize(
    ("seen", "contact", "since", "days"),
    [
        (30, None, 400, 30),
        (29, None, 400, None),
        (60, 29, 400, None),
        (60, 31, 400, 31),
        (None, None, 30, 30),
        (None, None, 29, None),
        (None, 2, 400, None),
        (None, None, None, None),
    ],
)
def test_a_client_is_not_seen_where_neither_an_interview_nor_a_contact_was(
    seen: int | None, contact: int | None, since: int | None, days: int | None
) -> None:
    times = [None if each is None else at(each) for each in (since, seen, contact)]
    found = due_with(Matters("client01", times[0], times[1], times[2]), NOW)
    assert [due.days for due in found] == ([] if days is None else [days])
    assert all(due.kind is DueKind.NOT_SEEN for due in found)


def test_the_worst_stands_first_and_of_one_kind_what_waited_longest() -> None:
    matters = Matters(
        "client01",
        last_seen=at(40),
        sessions=(OpenSession("sess0001", Status.PAUSED, at(40), (at(40),)),),
        notes=(DraftNote("note0001", at(2)), DraftNote("note0002", at(9))),
        plan=PlanAge(at(40), (at(40),)),
        reviews=(GoalReview("goal0001", before(3)),),
        steps=(OpenStep("goal0001", 1, before(3)),),
        appointment=TODAY,
        consents=(
            ConsentHead("cons0001", before(-9), None),
            ConsentHead("cons0002", None, at(1), OUT),
        ),
    )
    found = due_with(matters, NOW, DueRules(plan=PlanEvery(1, 4)))
    assert [due.kind for due in found] == [*list(DueKind)[:2], *list(DueKind)[1:10]]
    assert [due.record for due in found if due.kind is DueKind.NOTE] == ["note0002", "note0001"]


def test_every_kind_has_a_command_and_a_code_stays_one_word_of_it() -> None:
    matters = Matters(
        "client01", last_seen=at(99), sessions=(closed_with(at(1)),), steps=(OpenStep("g", 2, before(1)),)
    )
    commands = [due.command("J 014; rm") for due in due_with(matters, NOW)]
    assert commands == [
        "mi session settle sess0001",
        "mi goals progress 'J 014; rm' g --step 2",
        "mi contact add 'J 014; rm'",
    ]
    assert [due.command("") for due in due_of_store(BackedUp.NEVER)] == ["mi store backup FILE"]


def test_a_backup_is_due_where_none_was_made_lately_and_where_there_is_none_it_is_the_first() -> None:
    assert due_of_store(BackedUp.LATELY) == []
    assert [due.never for due in due_of_store(BackedUp.NOT_LATELY)] == [False]
    assert [due.never for due in due_of_store(BackedUp.NEVER)] == [True]


def test_days_are_those_of_this_place() -> None:
    here = datetime.fromisoformat("2026-11-23T22:00-05:00")
    late = datetime.fromisoformat("2026-11-24T02:30Z")  # still the 23rd here
    assert [due.days for due in due_with(Matters("c", last_seen=here, notes=(DraftNote("n", late),)), here)] == [0]


STEPS: Final = st.builds(
    Step,
    id=st.just("step0001"),
    words=st.just("call"),
    due=st.none() | DAYS,
    status=st.sampled_from(StepStatus),
    outcome=st.none() | st.just("partly"),
)


@given(st.lists(STEPS, max_size=4), st.none() | DAYS, st.sampled_from(GoalStatus))
def test_a_plan_read_lightly_says_what_the_record_says(steps: list[Step], review: date | None, status: Any) -> None:
    record = plan(goal(1, "words", steps=tuple(steps), review_on=review, status=status))
    reviews, found = reviews_and_steps(record.model_dump(mode="json"))
    active = status is GoalStatus.ACTIVE
    assert [each.on for each in reviews] == ([review] if active and review else [])
    expected = [(number, step.due) for number, step in enumerate(steps, 1) if active and step.is_open and step.due]
    assert [(each.number, each.due) for each in found] == expected


@given(st.lists(st.tuples(TIMES, TIMES), max_size=2), TIMES, st.sampled_from(NoteState))
def test_a_note_read_lightly_says_what_the_record_says(
    served: list[tuple[datetime, datetime]], written: datetime, state: NoteState
) -> None:
    times = tuple(Served(from_=start, to=end) for start, end in served)
    head = {"schema_": ProgressNote.SCHEMA, "id": "note0001", "created_at": NOW, "updated_at": NOW, "revision": 1}
    about = {"client": "client01", "format": "girp", "language": "en", "counselor": "A. Counselor"}
    record = ProgressNote.model_validate({**head, **about, "written_at": written, "served": times, "state": state})
    document = record.model_dump(mode="json", by_alias=True)
    assert is_open(document) is (state is NoteState.DRAFT)
    assert draft_note(document) == DraftNote("note0001", record.since)
    assert record.since == (served[-1][1] if served else written)


CONCERNS: Final = st.builds(
    SafetyConcern, at=TIMES, concern=st.sampled_from(Concern), closed_at=st.none() | TIMES, turn=st.integers(0, 9)
)


@given(st.lists(CONCERNS, max_size=3), st.sampled_from(Status))
def test_an_interview_read_lightly_says_what_the_record_says(concerns: list[SafetyConcern], status: Status) -> None:
    record = Session(
        schema_=Session.SCHEMA,
        id="sess0001",
        created_at=NOW,
        updated_at=NOW,
        revision=1,
        client="client01",
        counselor="A. Counselor",
        language="en",
        prompt_set=PromptSetUsed(name="en", version="1", digest=""),
        status=status,
        started_at=NOW,
        safety=tuple(concerns),
    )
    document = record.model_dump(mode="json")
    assert is_open(document) == (status is not Status.CLOSED or bool(record.open_concerns))
    head = open_session(document)
    assert (head.id, head.status, head.started_at) == (record.id, status, record.started_at)
    assert list(head.concerns) == [concern.at for concern in record.open_concerns]
