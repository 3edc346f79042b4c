"""A record is read back as it was saved; what cannot be read is named, and no value of it is shown."""

import json
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.records.base import NewerRecord, NotThisRecord, Record
from mi_cli.records.client import Client, Codes, Identity, StoreInfo
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import Session
from mi_cli.records.terms import Kind
from mi_cli.store.records.clients import save_identity
from tests.conftest import Desk

SECRET = "Zwetschge"
AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
KINDS: list[type[Record]] = [Session, Notes, Plan, Client, Codes, Identity, StoreInfo]


@pytest.fixture
def documents(desk: Desk) -> dict[type[Record], bytes]:
    """Each record as an interview with everything in it leaves it on the disk."""
    desk.begin(
        f"{SECRET}", "+d two", "/importance 7 because", "", "/safety overdose rang", "/planning", "/goal three",
        "/step a @ b", "/support A: b", "/barrier a -> b", "/sign c", "/progress d", "/review 4w", "/share 2",
        "/edit 2 other", "/pause",
    )  # fmt: skip
    store, layout = desk.store, desk.store.layout
    save_identity(store, desk.client, SECRET)
    return {
        Session: layout.session(desk.ref).read_bytes(),
        Notes: layout.notes(desk.ref).read_bytes(),
        Plan: layout.plan(desk.client).read_bytes(),
        Client: (layout.client(desk.client) / "client.json").read_bytes(),
        Identity: (layout.client(desk.client) / "identity.json").read_bytes(),
        Codes: layout.codes.read_bytes(),
        StoreInfo: layout.info.read_bytes(),
    }


def unknown_everywhere(value: Any) -> Any:
    """The same with a field that this version does not know in every object that is a record or a part."""
    match value:
        case dict():
            known = {key: unknown_everywhere(inner) for key, inner in value.items()}
            is_table = value and all(isinstance(inner, (str, int)) for inner in value.values()) and "J-014" in value
            return known if is_table else {**known, "later": {"words": ['ñ\n  "entries": []', None, 1.5]}}
        case list():
            return [unknown_everywhere(inner) for inner in value]
        case _:
            return value


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_saved_is_read_back_and_saved_again_the_same(
    documents: dict[type[Record], bytes], kind: type[Record]
) -> None:
    document = documents[kind]
    assert kind.from_bytes(document).to_bytes() == document
    assert document.startswith(b'{\n  "schema": "mi.')
    assert document.endswith(b"\n}\n")
    assert list(json.loads(document))[:5] == ["schema", "id", "created_at", "updated_at", "revision"]


@pytest.mark.parametrize("kind", KINDS)
def test_fields_of_a_later_version_survive(documents: dict[type[Record], bytes], kind: type[Record]) -> None:
    fields = json.loads(documents[kind])
    fields.pop("turns", None)  # session ids and turns: a table, where every key has a meaning
    fields.pop("undo", None)
    fields = unknown_everywhere(fields)
    record = kind.from_bytes(json.dumps(fields).encode())
    after = json.loads(record.replace(revision=record.revision + 1).to_bytes())
    assert {key: after[key] for key in fields} == {**fields, "revision": fields["revision"] + 1}


def test_fields_of_a_later_version_survive_the_lines_of_an_interview(desk: Desk) -> None:
    desk.begin("one", "+d two", "/share 2", "/importance 7", "/planning", "/goal three", "/pause")
    layout = desk.store.layout
    paths = (layout.session(desk.ref), layout.notes(desk.ref), layout.plan(desk.client))
    for path, where in zip(paths, ("readings", "entries", "goals"), strict=True):
        document = json.loads(path.read_bytes())
        document["later"], document[where][0]["later"] = SECRET, SECRET
        path.write_text(json.dumps(document), encoding="utf-8")
    desk.crash()
    desk.enter(desk.resume(), "/reason four", "/edit 1 other", "/evoking", "/readiness 3 five", "/undo", "/end six")
    for path, where in zip(paths, ("readings", "entries", "goals"), strict=True):
        document = json.loads(path.read_bytes())
        assert (document["later"], document[where][0]["later"]) == (SECRET, SECRET)


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_of_a_later_version_is_told_apart_from_damage(
    documents: dict[type[Record], bytes], kind: type[Record]
) -> None:
    name = kind.SCHEMA.partition("/")[0]
    fields = json.loads(documents[kind])
    for document in (
        {**fields, "schema": f"{name}/{len(kind.UPGRADES) + 2}"},
        {"schema": f"{name}/10", "all": "is different"},
    ):
        with pytest.raises(NewerRecord):
            kind.from_bytes(json.dumps(document).encode())
    for schema in (f"{name}/0", f"{name}/x", f"{name}", "mi.other/2", 2, None):
        with pytest.raises(NotThisRecord):
            kind.from_bytes(json.dumps({**fields, "schema": schema}).encode())


def spoilt(document: bytes) -> list[bytes]:
    """The record with each of its values, in turn, replaced by words that are none of what may stand there."""
    found: list[bytes] = []

    def walk(value: Any, rebuilt: Callable[[Any], Any]) -> None:
        found.append(json.dumps(rebuilt([SECRET])).encode())
        if isinstance(value, dict):
            for key in value:
                walk(value[key], lambda new, key=key: rebuilt({**value, key: new}))  # type: ignore[misc]
        elif isinstance(value, list):
            for place in range(len(value)):
                walk(
                    value[place],
                    lambda new, place=place: rebuilt([*value[:place], new, *value[place + 1 :]]),  # type: ignore[misc]
                )

    walk(json.loads(document), lambda new: new)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_named_by_its_place_and_no_value_is_shown(
    documents: dict[type[Record], bytes], kind: type[Record]
) -> None:
    document = documents[kind]
    broken = [*spoilt(document), document[: len(document) // 2], b"", b"\0" * 200, b"\xff" + document, b"[" * 100_000]
    refused = 0
    for bad in broken:
        try:
            kind.from_bytes(bad)
        except NotThisRecord as error:
            refused += 1
            shown = "".join(traceback.format_exception(error))
            assert SECRET not in shown
    assert refused >= 10


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"revision": 0}, "greater than equal at revision"),
        ({"revision": "1"}, "int type at revision"),
        ({"created_at": "2026-11-23T14:00:00"}, "timezone aware at created_at"),
        ({"entries": [{"n": 1}]}, "missing at entries.0.turn"),
    ],
)
def test_the_place_of_damage_is_named(
    documents: dict[type[Record], bytes], change: dict[str, object], named: str
) -> None:
    with pytest.raises(NotThisRecord) as refused:
        Notes.from_bytes(json.dumps({**json.loads(documents[Notes]), **change}).encode())
    assert "{fault} at {where}".format(**refused.value.values) == named


ENTRIES = st.builds(
    Entry,
    n=st.integers(1, 10**6),
    turn=st.integers(0, 10**6),
    at=st.just(AT),
    stage=st.none(),
    prompt=st.none() | st.text(),
    kind=st.sampled_from(Kind),
    talk=st.none(),
    words=st.none() | st.text(),
    by=st.none() | st.text(),
)


@given(st.lists(ENTRIES, max_size=4), st.text(), st.text(min_size=1))
def test_notes_are_laid_out_as_pydantic_would_and_words_come_back_as_they_were(
    entries: list[Entry], later: str, words: str
) -> None:
    notes = Notes(
        schema_=Notes.SCHEMA, id="a", created_at=AT, updated_at=AT, revision=1, session="b", entries=tuple(entries),
        later={"entries": [], later: later},
    )  # fmt: skip
    assert notes.to_bytes() == notes.model_dump_json(indent=2).encode() + b"\n"
    assert Notes.from_bytes(notes.to_bytes()) == notes
    changed = notes.replace(entries=tuple(entry.replace(words=words) for entry in notes.entries))
    assert [entry.words for entry in Notes.from_bytes(changed.to_bytes()).entries] == [words] * len(entries)
