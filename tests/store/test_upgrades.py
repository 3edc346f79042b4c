"""A record of an earlier version is read as one of this version, and kept as it was before it is rewritten."""

import json
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import Damaged
from mi_cli.records import client, client_facts, consent, disclosure, notes, plan, session
from mi_cli.records.base import NotThisRecord, Record, Upgrade
from mi_cli.records.names import is_id
from mi_cli.records.terms import StepStatus
from mi_cli.store.records.json_store import JsonStore
from tests.conftest import Desk


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "title": fields.pop("name")}


def _counted(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "length": len(fields["title"])}


class Third(Record):
    """A record in its third version: the first had `name` for `title`, and neither had `length`."""

    SCHEMA: ClassVar[str] = "mi.third/3"
    UPGRADES: ClassVar[tuple[Upgrade, ...]] = (_named, _counted)

    title: str
    length: int


def document(store: JsonStore, version: int, **fields: object) -> bytes:
    common = Third(**store.new_head(Third), title="", length=0).model_dump(mode="json")
    del common["title"], common["length"]
    return json.dumps({**common, "schema": f"mi.third/{version}", **fields}).encode()


@pytest.fixture
def path(desk: Desk) -> Path:
    return desk.store.layout.client(desk.client) / "third.json"


@pytest.mark.parametrize(("version", "fields"), [(1, {"name": "abc"}), (2, {"title": "abc"})])
def test_an_earlier_one_is_read_kept_and_rewritten_on_the_next_save(
    desk: Desk, path: Path, version: int, fields: dict[str, str]
) -> None:
    before = document(desk.store, version, **fields, unknown=[1, "é"])
    path.write_bytes(before)
    record = desk.store.load(path, Third)
    assert (record.schema_, record.title, record.length) == ("mi.third/3", "abc", 3)
    assert path.read_bytes() == before
    desk.store.save(path, desk.store.next_revision(record))
    desk.store.save(path, desk.store.next_revision(record))
    assert json.loads(path.read_bytes())["schema"] == "mi.third/3"
    assert json.loads(path.read_bytes())["unknown"] == [1, "é"]
    assert [kept.read_bytes() for kept in desk.store.layout.quarantine.rglob("third.json")] == [before]


@pytest.mark.parametrize(("version", "fields"), [(1, {"title": "abc"}), (2, {"title": 3}), (2, {}), (4, {}), (0, {})])
def test_one_that_is_not_what_it_says_is_named_and_left_alone(
    desk: Desk, path: Path, version: int, fields: dict[str, object]
) -> None:
    before = document(desk.store, version, **fields)
    path.write_bytes(before)
    with pytest.raises(Damaged, match=r"third\.json"):
        desk.store.load(path, Third)
    assert path.read_bytes() == before


def test_every_record_can_come_up_from_every_version_there_was() -> None:
    modules = (client, client_facts, consent, disclosure, notes, plan, session)
    kinds = {found for module in modules for found in vars(module).values() if isinstance(found, type)}
    records = [kind for kind in kinds if issubclass(kind, Record) and kind is not Record]
    assert len(records) >= 9
    for kind in records:
        assert kind.SCHEMA.endswith(f"/{len(kind.UPGRADES) + 1}")


# -- version 1 of session, notes and plan -----------------------------------------------------------------------------

HEAD: Final = {"created_at": "2026-11-23T14:00:00Z", "updated_at": "2026-11-23T14:00:00Z", "revision": 1}
FEW: Final = st.sampled_from(["ring", "go"])
# Steps as 0.1.0 wrote them: few different ones, so that many are alike.
OLD_STEPS: Final = st.fixed_dictionaries(
    {
        "words": FEW,
        "when": st.none() | FEW,
        "where": st.none(),
        "how": st.none(),
        "reach": st.none(),
        "done_on": st.none() | st.just("2026-11-20"),
        "outcome": st.none() | FEW,
    },
    optional={"outcome_shared": st.just("2026-11-23")},
)
OLD_CHANGES: Final = st.tuples(st.none() | OLD_STEPS, st.none() | OLD_STEPS).filter(any)


def as_0_1_0_did(steps: list[dict[str, Any]], put: dict[str, Any] | None, drop: dict[str, Any] | None) -> None:
    """Makes a change to the steps of a goal: what is dropped is the last that is equal, or nearly so."""
    if drop is None:
        steps.append(put or {})
        return
    equal = [place for place, step in enumerate(steps) if step == drop]
    if not equal and put is None:
        bare = {**drop, "outcome_shared": None}
        equal = [place for place, step in enumerate(steps) if {**step, "outcome_shared": None} == bare]
    for place in equal[-1:]:
        steps[place : place + 1] = [] if put is None else [put]


@given(st.lists(OLD_STEPS, max_size=5), st.lists(OLD_CHANGES, max_size=5), st.booleans())
def test_changes_of_version_1_do_to_a_plan_of_version_2_what_they_did(
    steps: list[dict[str, Any]], changes: list[tuple[Any, Any]], owed: bool
) -> None:
    goal = {"id": "goal0001", "words": "w", "from": {"session": None, "stage": None, "at": HEAD["created_at"]}}
    old_plan = {"schema": "mi.plan/1", "id": "plan0001", **HEAD, "client": "client01"}
    made = [
        {"where": "goal-list", "key": "goal0001", "field": "steps", "put": put, "drop": drop} for put, drop in changes
    ]
    old_notes: dict[str, Any] = {"schema": "mi.notes/1", "id": "session1", **HEAD, "session": "session1"}
    old_notes |= {"pending": [{"turn": 1, "changes": made}]} if owed else {"undo": [{"turn": 1, "back": made}]}
    upgraded = notes.Notes.from_bytes(json.dumps(old_notes).encode())
    brought_up = upgraded.pending[0].changes if owed else upgraded.undo[0].back
    before = plan.Plan.from_bytes(json.dumps({**old_plan, "goals": [{**goal, "steps": steps}]}).encode())
    after = before.with_changes(*brought_up)
    for put, drop in changes:
        as_0_1_0_did(steps, put, drop)
    expected = plan.Plan.from_bytes(json.dumps({**old_plan, "goals": [{**goal, "steps": steps}]}).encode())
    assert [step.replace(id="") for step in after.goals[0].steps] == [
        step.replace(id="") for step in expected.goals[0].steps
    ]
    ids = [step.id for step in after.goals[0].steps]
    assert len(set(ids)) == len(ids)
    assert all(is_id(made) for made in ids)
    assert notes.Notes.from_bytes(upgraded.to_bytes()) == upgraded


def test_a_step_of_version_1_keeps_its_day_and_its_agreement_and_nothing_else_is_agreed_to() -> None:
    step = {"words": "ring", "when": None, "where": None, "how": None, "reach": None, "outcome": "He laughed"}
    document = {
        "schema": "mi.plan/1", "id": "plan0001", **HEAD, "client": "client01",
        "goals": [
            {
                "id": "goal0001", "words": "w", "from": {"session": None, "stage": None, "at": HEAD["created_at"]},
                "steps": [
                    {**step, "done_on": "2026-11-20", "outcome_shared": "2026-11-23"},
                    {**step, "done_on": None, "later": 1},
                ],
                "progress": [{"at": HEAD["created_at"], "words": "half"}],
            }
        ],
    }  # fmt: skip
    [goal] = plan.Plan.from_bytes(json.dumps(document).encode()).goals
    first, second = goal.steps
    assert (first.status, first.on, first.done_on) == (StepStatus.DONE, date(2026, 11, 20), date(2026, 11, 20))
    assert (second.status, second.on, second.done_on) == (StepStatus.OPEN, None, None)
    assert (first.outcome_shared, second.outcome_shared) == (date(2026, 11, 23), None)
    assert goal.progress[0].shared is None
    assert json.loads(second.model_dump_json())["later"] == 1


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (plan.Plan, {"goals": [{"words": "no id", "steps": [{"words": "w"}]}]}), (plan.Plan, {"goals": 3}),
        (plan.Plan, {"goals": [{"id": "goal0001", "steps": ["w"]}]}), (notes.Notes, {"undo": [{"turn": 1}]}),
        (notes.Notes, {"pending": [{"turn": 1, "changes": [{"put": 1}]}]}), (notes.Notes, {"pending": ["x"]}),
    ],
)  # fmt: skip
def test_what_is_no_whole_record_of_version_1_is_told(kind: type[Record], fields: dict[str, Any]) -> None:
    document = {"schema": f"{kind.SCHEMA.partition('/')[0]}/1", "id": "a", **HEAD, **fields}
    with pytest.raises(NotThisRecord):
        kind.from_bytes(json.dumps(document).encode())
