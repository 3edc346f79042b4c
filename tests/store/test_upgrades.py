"""A record of an earlier version is read as one of this version, and kept as it was before it is rewritten."""

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest

from mi_cli.errors import Damaged
from mi_cli.records import client, consent, disclosure, notes, plan, session
from mi_cli.records.base import Record, Upgrade
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
    modules = (client, consent, disclosure, notes, plan, session)
    kinds = {found for module in modules for found in vars(module).values() if isinstance(found, type)}
    records = [kind for kind in kinds if issubclass(kind, Record) and kind is not Record]
    assert len(records) >= 8
    for kind in records:
        assert kind.SCHEMA.endswith(f"/{len(kind.UPGRADES) + 1}")
