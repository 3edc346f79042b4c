"""Which file is where, and what a name on the command line means."""

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import Damaged, Failed, NoStore, WrongUsage
from mi_cli.records.names import ID_ALPHABET, checked_name, is_id, is_id_start, replace_surrogates
from mi_cli.records.outside_keys import NameOf
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk.layout import Layout
from mi_cli.store.records.catalog import Catalog, find_code
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep.check import check
from tests.conftest import Desk

ids = st.text(ID_ALPHABET, min_size=8, max_size=8)
times = st.datetimes(
    datetime(1990, 1, 1), datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)  # fmt: skip


@given(client=ids, one=ids, other=ids, at=times, later=st.timedeltas(timedelta(seconds=1), timedelta(days=9000)))
def test_names_sort_by_time_and_stay_inside(client: str, one: str, other: str, at: datetime, later: timedelta) -> None:
    layout = Layout(Path("/store"))
    first, second = RecordRef.new(client, at, one), RecordRef.new(client, at + later, other)
    assert first < second
    assert (first.id, second.id) == (one, other)
    for path in (layout.session(first), layout.notes(first), layout.draft(first), layout.plan(client)):
        assert path.resolve() == path
        assert path.is_relative_to(layout.client(client))
        assert layout.display_path(path).startswith(f"clients/{client}/")


@given(text=st.text(max_size=70))
def test_a_name_that_is_taken_is_safe_anywhere(text: str) -> None:
    try:
        name = checked_name(text, NameOf.CLIENT)
    except WrongUsage:
        return
    assert checked_name(name, NameOf.CLIENT) == name
    assert name.isprintable()
    assert not set(name) & set("/\\:*?\"'<>|$%`~ \0")
    assert Path("/store", name).resolve().parent == Path("/store")
    assert name.lower() != "last"


@given(text=st.text(max_size=12))
def test_an_id_is_eight_of_its_signs(text: str) -> None:
    assert is_id(text) is (len(text) == 8 and set(text) <= set(ID_ALPHABET))
    assert is_id_start(text) is (1 <= len(text) <= 8 and set(text) <= set(ID_ALPHABET))


@given(text=st.text(st.characters(codec=None), max_size=20))
def test_what_is_written_can_be_written(text: str) -> None:
    written = replace_surrogates(text)
    assert written.encode("utf-8").decode("utf-8") == written
    assert len(written) == len(text)
    assert all(new in (old, "\ufffd") for old, new in zip(text, written, strict=True))


@given(code=st.text(max_size=20), codes=st.dictionaries(st.text(max_size=20), ids, max_size=5))
def test_a_code_is_found_whatever_its_case(code: str, codes: dict[str, str]) -> None:
    found = find_code({**codes, code: "abcdefgh"}, code.upper())
    if code.upper().casefold() == code.casefold():
        assert found is not None
        assert found[0].casefold() == code.casefold()


def test_no_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        Catalog(tmp_path / "none").require()
    (tmp_path / "file").write_text("")
    with pytest.raises(NoStore):
        Catalog(tmp_path / "file" / "none").require()


def test_an_interview_is_named_by_its_start_its_client_or_last(desk: Desk) -> None:
    desk.begin("one")
    first = desk.ref
    other = Desk(desk.store, add_client(desk.store, "K-015"), desk.held)
    other.begin("two")
    second = desk.ref
    assert desk.store.catalog.sessions() == [second, first]
    assert desk.store.catalog.find_session("last") == desk.store.catalog.find_session("LAST") == second
    assert desk.store.catalog.find_session("j-014") == first
    assert desk.store.catalog.find_session(first.id) == desk.store.catalog.find_session(first.id.upper()) == first
    with pytest.raises(WrongUsage, match="the start of 2"):
        desk.store.catalog.find_session("0")
    for name in ("zzz", "../x", "", "no code", "0" * 9):
        with pytest.raises(Failed):
            desk.store.catalog.find_session(name)
    add_client(desk.store, "L-016")
    with pytest.raises(Failed):
        desk.store.catalog.find_session("L-016")


def test_the_latest_unfinished_is_found_past_closed_and_damaged_ones(desk: Desk) -> None:
    layout = desk.store.layout
    desk.begin("one")
    wanted = desk.ref
    desk.begin("two")
    layout.session(desk.ref).write_text("[")
    desk.begin("three", "/end")
    assert desk.store.catalog.latest_unfinished() == wanted
    layout.session(wanted).unlink()
    with pytest.raises(Failed):
        desk.store.catalog.latest_unfinished()


def test_a_session_that_goes_while_they_are_listed_is_passed_over(desk: Desk) -> None:
    desk.begin("one")
    desk.begin("two")
    refs = desk.store.catalog.sessions()
    desk.store.layout.session(refs[0]).unlink()
    assert [head.id for head in desk.store.catalog.heads(refs) if not isinstance(head, Damaged)] == [refs[1].id]


def test_files_of_others_are_no_sessions(desk: Desk) -> None:
    desk.begin("one")
    folder = desk.store.layout.session(desk.ref).parent
    for name in (".DS_Store", "x.json", f"{desk.ref.name}.json.bak", f"{desk.ref.name} (1).json", "a.tmp"):
        (folder / name).write_text("{}")
    (desk.store.layout.clients / "not-an-id").mkdir()
    assert len(desk.store.catalog.sessions()) == 1
    assert desk.store.catalog.client_ids() == [desk.client]


def test_codes_without_a_file_are_damaged(store: JsonStore) -> None:
    store.layout.codes.unlink()
    with pytest.raises(Damaged, match="it is gone"):
        store.catalog.read_codes()
    damaged: list[Damaged] = []
    assert store.catalog.code_of(damaged) == {}
    assert [found.what for found in damaged] == ["clients.json"]


def test_light_and_whole_reading_agree_on_a_client(desk: Desk) -> None:
    client = desk.store.client(desk.client)
    assert desk.store.catalog.read_client(desk.client) == {"language": client.language, "counselor": client.counselor}


@pytest.mark.parametrize("name", ["clients.json", "store.json", "log.jsonl"])
def test_what_is_no_ordinary_file_is_damaged_and_not_waited_for(desk: Desk, name: str) -> None:
    path = desk.store.layout.root / name
    path.unlink()
    os.mkfifo(path)
    found = check(desk.store).findings
    assert [(one.what, one.why) for one in found if "ordinary" in one.why] == [
        (name, "no ordinary file stands in its place")
    ]
    path.unlink()
    path.symlink_to("/dev/zero")
    assert any("ordinary" in one.why for one in check(desk.store).findings)


def test_a_file_larger_than_any_record_is_damaged(desk: Desk) -> None:
    with desk.store.layout.codes.open("r+b") as file:
        file.truncate(1 << 40)
    with pytest.raises(Damaged, match="larger than"):
        desk.store.codes()
