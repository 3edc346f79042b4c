"""The store: made once, clients and codes, plans, and what is swept."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mi_cli.errors import Damaged, Failed, SaveFailed, WrongUsage
from mi_cli.records.plan import Plan
from mi_cli.store.records.clients import add_client, change_codes, rename_client, save_identity
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.making import create_store
from mi_cli.store.upkeep.check import check
from tests.conftest import Desk


def test_a_store_is_made_once(store: JsonStore) -> None:
    info = store.info()
    add_client(store, "J-014")
    assert not create_store(store)
    assert store.info() == info
    assert list(store.codes()) == ["J-014"]
    assert check(store).findings == ()


@pytest.mark.parametrize("there", [(), ("clients",), ("clients", "clients.json"), ("clients", "clients.json", "trash")])
def test_a_store_half_made_is_made_whole(store: JsonStore, there: tuple[str, ...]) -> None:
    client = add_client(store, "J-014")
    store.layout.info.unlink()
    for name in ("clients.json", "trash"):
        path = store.layout.root / name
        if name in there:
            path.mkdir() if name == "trash" else None
        elif path.exists():
            path.unlink()
    (store.layout.root / ".store.json.99.tmp").write_text("{")
    assert create_store(store)
    assert store.codes() == ({"J-014": client} if "clients.json" in there else {})


def test_codes_that_cannot_be_read_are_not_begun_anew(store: JsonStore) -> None:
    store.layout.info.unlink()
    store.layout.codes.write_text("{")
    with pytest.raises(Damaged):
        create_store(store)
    assert store.layout.codes.read_text() == "{"


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path, store: JsonStore) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    other = JsonStore(tmp_path / "mine", store.now, store.new_id, "A")
    with pytest.raises(Failed, match="other files"):
        create_store(other)
    with pytest.raises(SaveFailed):
        create_store(JsonStore(tmp_path / "mine" / "thesis.txt", store.now, store.new_id, "A"))
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_codes_are_unique_whatever_their_case(store: JsonStore) -> None:
    first = add_client(store, "Straße")
    add_client(store, "K-015")
    for code in ("straße", "STRASSE", "k-015"):
        with pytest.raises(Failed, match="taken"):
            add_client(store, code)
        with pytest.raises(Failed, match="taken"):
            rename_client(store, "K-015", "STRASSE")
    rename_client(store, "straße", "STRASSE")
    assert list(store.codes()) == ["STRASSE", "K-015"]
    assert store.catalog.client_id("strasse") == first
    with pytest.raises(WrongUsage):
        rename_client(store, "K-015", "../x")
    assert len(store.catalog.client_ids()) == 2


def test_nothing_is_saved_when_nothing_changed(store: JsonStore) -> None:
    client = add_client(store, "J-014")
    store.change_plan(client, lambda plan: plan)
    assert not store.layout.plan(client).exists()
    before = store.layout.codes.read_bytes()
    change_codes(store, lambda codes: codes)
    assert store.layout.codes.read_bytes() == before


def test_revisions_count_the_saves(desk: Desk) -> None:
    def met(plan: Plan) -> Plan:
        return plan.replace(turns={**plan.turns, f"n{len(plan.turns)}": 1})

    for revision in range(1, 4):
        desk.store.change_plan(desk.client, met)
        assert desk.store.plan(desk.client).revision == revision


def test_a_plan_that_cannot_be_looked_for_is_not_an_empty_plan(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.begin("/goal one")
    before = desk.store.layout.plan(desk.client).read_bytes()

    def denied(*_: object, **__: object) -> bytes:
        raise PermissionError(13, "")

    with monkeypatch.context() as patched:
        patched.setattr("mi_cli.store.disk.layout.read", denied)
        for read in (desk.store.plan, desk.store.identity, desk.store.client):
            with pytest.raises(Damaged, match="access to it is denied"):
                read(desk.client)
        with pytest.raises(Damaged):
            desk.store.change_plan(desk.client, lambda plan: plan.replace(goals=()))
    assert desk.store.layout.plan(desk.client).read_bytes() == before


def test_a_name_is_kept_apart(desk: Desk) -> None:
    assert desk.store.identity(desk.client) is None
    save_identity(desk.store, desk.client, "Jane")
    save_identity(desk.store, desk.client, "Joan")
    identity = desk.store.identity(desk.client)
    assert identity is not None
    assert (identity.name, identity.revision) == ("Joan", 2)
    named = [path for path in desk.store.layout.root.rglob("*.json") if "Joan" in path.read_text()]
    assert [path.name for path in named] == ["identity.json"]


def test_what_the_dead_left_is_swept_everywhere(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.begin("one")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    layout = desk.store.layout
    (layout.trash / "abcdefgh").mkdir(parents=True)
    folders = [layout.root, layout.client(desk.client), layout.session(desk.ref).parent, layout.notes(desk.ref).parent]
    folders.append(layout.trash / "abcdefgh")
    for folder in folders:
        (folder / f".a.json.{gone.pid}.tmp").write_text("{")
        (folder / f".a.json.{os.getpid()}.tmp").write_text("{")
    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", lambda _path: (_ for _ in ()).throw(PermissionError(13, "")))
        assert desk.store.sweep() == 0
    assert desk.store.sweep() == len(folders)
    left = {path.name for path in layout.root.rglob(".*.tmp")}
    assert left == {f".a.json.{os.getpid()}.tmp"}


@pytest.mark.parametrize("client", ["../../../elsewhere", "..", "a\0b", "00000001\n", "", "ABCDEFGH"])
def test_codes_that_would_lead_out_of_the_store_are_damaged(desk: Desk, tmp_path: Path, client: str) -> None:
    codes = desk.store.layout.codes
    document = json.loads(codes.read_bytes())
    codes.write_text(json.dumps({**document, "clients": {"J-014": client}}))
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(Damaged, match=r"clients\.json"):
        desk.store.codes()
    with pytest.raises(Damaged, match=r"clients\.json"):
        desk.store.catalog.read_codes()
