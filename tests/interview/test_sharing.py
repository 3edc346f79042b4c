"""What may be passed on: only what the plan has a place for, only once, and only what was chosen."""

from contextlib import suppress
from datetime import UTC, datetime
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mi_cli.interview import sharing
from mi_cli.interview.actions import Rejected
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.plan import Plan, Shared
from mi_cli.records.terms import Kind, Talk
from tests.conftest import Desk

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
NEVER = (Kind.DISCORD, Kind.LAPSE, Kind.MINE, Kind.OBSERVATION, Kind.SAFETY, Kind.AMENDMENT)


def record(schema: str, record_id: str) -> dict[str, object]:
    return {"schema": schema, "id": record_id, "created_at": AT, "updated_at": AT, "revision": 1}


PLAN = Plan.model_validate({**record(Plan.SCHEMA, "plan0001"), "client": "client01"})
KINDS = st.lists(
    st.tuples(st.sampled_from(Kind), st.sampled_from([None, *Talk]), st.none() | st.text(min_size=1, max_size=5)),
    max_size=12,
)


def notes(kinds: list[tuple[Kind, Talk | None, str | None]], session: str = "session1") -> Notes:
    entries = tuple(
        Entry(n=n, turn=n, at=AT, stage=None, prompt=None, kind=kind, talk=talk, words=words)
        for n, (kind, talk, words) in enumerate(kinds, 1)
    )
    return Notes.model_validate({**record(Notes.SCHEMA, session), "session": session, "entries": entries})


def key(item: Shared) -> tuple[str, int]:
    return item.from_.session, item.from_.n


@given(KINDS)
def test_observations_and_the_like_are_never_offered_and_parked_matters_come_first(
    kinds: list[tuple[Kind, Talk | None, str | None]],
) -> None:
    items = sharing.shareable(notes(kinds))
    assert len(items) == sum(words is not None and kind in sharing.LISTS for kind, _, words in kinds)
    parked = [item.kind is Kind.PARKED for item in items]
    assert parked == sorted(parked, reverse=True)


@given(KINDS, st.data())
def test_what_was_chosen_stands_in_the_plan_once_and_can_be_taken_out_and_back(
    kinds: list[tuple[Kind, Talk | None, str | None]], data: st.DataObject
) -> None:
    items = sharing.all_shareable(PLAN, [notes(kinds), notes(kinds, "session2")])
    chosen = data.draw(st.lists(st.sampled_from(items), max_size=6)) if items else []
    withdrawn = data.draw(st.lists(st.sampled_from(items), max_size=6, unique=True)) if items else []
    plan = PLAN.with_changes(*sharing.share_and_withdraw(chosen, (), PLAN).changes)
    assert {key(item) for item in plan.shared} == {key(item) for item in chosen}
    assert len(plan.shared) == len({key(item) for item in chosen})
    made = sharing.share_and_withdraw((), withdrawn, plan)
    after = plan.with_changes(*made.changes)
    assert {key(item) for item in after.shared} == {key(i) for i in chosen} - {key(i) for i in withdrawn}
    back = after.with_changes(*made.inverse)
    assert {key(item) for item in back.shared} == {key(item) for item in chosen}
    assert {key(item) for item in sharing.all_shareable(plan, [])} == {key(item) for item in plan.shared}


def test_a_plan_holds_just_what_has_a_place_in_it() -> None:
    item = {"words": "x", "from": {"session": "7k3q9xab", "n": 1, "at": "2026-11-23T14:00:00Z"}}
    held = []
    for kind in Kind:
        with suppress(ValidationError):
            held.append(Shared.model_validate({**item, "kind": kind}).kind)
    assert set(held) == set(Kind) - set(NEVER) == set(sharing.LISTS) | {Kind.SAID}  # an answer to a ruler's question


def test_of_unmarked_talk_only_the_answers_to_a_ruler_can_be_shared(desk: Desk) -> None:
    recorder = desk.begin("just said", "/importance 7", "Because of my son", "If I slept better", "said again")
    reading = desk.session.readings[0]
    assert (reading.why, reading.raise_) == (2, 3)
    assert isinstance(recorder.enter("/share 1").reply, Rejected)
    assert isinstance(recorder.enter("/share 4").reply, Rejected)
    desk.enter(recorder, "/share 2 3")
    shared = desk.store.plan(desk.client).talk
    assert [(item.words, item.kind) for item in shared] == [
        ("Because of my son", Kind.CHANGE), ("If I slept better", Kind.SAID),
    ]  # fmt: skip
    desk.enter(recorder, "/edit 3 If I slept")
    assert desk.store.plan(desk.client).talk[1].words == "If I slept"
    desk.enter(recorder, "/undo", "/share -3")
    assert [item.words for item in desk.store.plan(desk.client).talk] == ["Because of my son"]


@given(KINDS)
def test_what_stands_under_one_heading_stands_together(kinds: list[tuple[Kind, Talk | None, str | None]]) -> None:
    kept = notes(kinds)
    headings = [sharing.list_of(item.kind) for item in sharing.shareable(kept, range(1, len(kinds) + 1))]
    assert [heading for heading, _ in groupby(headings)] == list(dict.fromkeys(headings))
