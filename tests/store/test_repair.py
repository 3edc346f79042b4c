"""`mi store check --repair`: what is not sound is set aside, never deleted, and the rest goes on."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mi_cli.errors import InUse
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.keys.jwe import is_encrypted
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.interviews import hold_interview
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep.backup import make_backup, open_backup
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.repair import repair
from mi_cli.store.upkeep.restore import restore
from tests.builders import protected_store
from tests.conftest import Desk, Ran
from tests.store.test_backup import in_store


@pytest.fixture
def worn(desk: Desk) -> Desk:
    """Two interviews, damage of every kind that can be set aside, and copies that a sync left."""
    desk.begin("sound", "/goal a goal", "/end")
    desk.begin("damaged facts", "/end")
    desk.crash()
    newest, oldest = desk.store.catalog.sessions()
    layout = desk.store.layout
    layout.session(newest).write_bytes(b"\0" * 10)
    layout.plan(desk.client).write_bytes(b"{}")
    for path in (
        layout.root / "clients (1).json",
        layout.client(desk.client) / "plan.sync-conflict-20261124-120000-ABCDEFG.json",
        layout.notes(oldest).with_name("a copy.json"),
        layout.notes(oldest).with_name("20261123T140312Z-7k3q9xab (1).json"),
    ):
        path.write_text("another version")
    (layout.clients / "abcdefgh").mkdir()
    return desk


def test_afterwards_the_store_is_sound_and_nothing_is_gone(worn: Desk) -> None:
    before = in_store(worn.store)
    found = check(worn.store).findings
    assert len(found) == 7
    repaired = repair(worn.store, found)
    assert repaired.left == ()
    assert not check(worn.store).findings
    assert [ref.name for ref in worn.store.catalog.sessions()] == [worn.ref.name]
    assert worn.words == ["sound"]
    after = in_store(worn.store)
    folder = f"{repaired.folder}/"
    assert {name.removeprefix(folder): data for name, data in after.items()} == before
    assert {name.removeprefix(folder) for name in after if name.startswith(folder)} <= set(repaired.moved)


def test_what_the_rest_needs_stays_and_is_named(desk: Desk) -> None:
    desk.begin("words", "/end")
    (desk.store.layout.client(desk.client) / "client.json").write_bytes(b"")
    before = in_store(desk.store)
    repaired = repair(desk.store, check(desk.store).findings)
    assert [finding.what for finding in repaired.left] == [f"clients/{desk.client}/client.json"]
    assert in_store(desk.store) == before


def test_an_interview_that_is_held_is_left_alone(worn: Desk) -> None:
    found = check(worn.store).findings
    before = in_store(worn.store)
    damaged = worn.store.catalog.sessions()[0]
    with worn.store.locked(damaged.id, wait=0), pytest.raises(InUse):
        repair(worn.store, found)
    assert in_store(worn.store) == before


def test_the_command_says_what_it_did(mi: Callable[..., Ran], tmp_path: Path) -> None:
    mi("store", "init", "--unprotected")
    mi("session", "start", "J-014", lines="words\n/goal a goal\n/end\n")
    (plan,) = (tmp_path / "store").rglob("plan.json")
    plan.write_bytes(b"{")
    assert mi("store", "check").code == 5
    ran = mi("store", "check", "--repair")
    assert ran.code == 0
    assert "1 file was set aside, in aside/" in ran.out
    assert mi("store", "check").out.endswith(" records are sound.\n")
    assert mi("store", "check", "--repair", "--json").json["aside"] == []
    assert not plan.exists()
    assert [path.read_bytes() for path in (tmp_path / "store" / "aside").rglob("plan.json")] == [b"{"]


def test_a_store_that_is_sound_gets_no_folder(store: JsonStore) -> None:
    repaired = repair(store, check(store).findings)
    assert repaired.moved == ()
    assert not store.layout.quarantine.exists()


def test_interviews_in_use_do_not_stand_in_the_way_of_other_repairs(desk: Desk) -> None:
    desk.begin("words", "/end")
    (desk.store.layout.root / "clients (1).json").write_text("another version")
    desk.crash()
    with hold_interview(desk.store, desk.ref):
        repaired = repair(desk.store, check(desk.store).findings)
    assert repaired.moved == ("clients (1).json",)


def test_made_up_codes_give_way_to_those_in_a_backup(desk: Desk, tmp_path: Path) -> None:
    desk.begin("words", "/end")
    make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    desk.store.layout.codes.unlink()
    assert repair(desk.store, check(desk.store).findings).codes == ("client-1",)
    assert desk.store.codes() == {"client-1": desk.client}
    with open_backup(tmp_path / "a.backup") as backup:
        restore(desk.store, backup, [], ignore_progress)
    assert desk.store.codes() == {"J-014": desk.client}


def test_lost_codes_of_a_protected_store_are_made_up_under_its_keys(desk: Desk, tmp_path: Path) -> None:
    store = protected_store(tmp_path / "sealed", desk.store.now, desk.store.new_id)
    client = add_client(store, "J-014", "en")
    for data in (b"{", store.layout.codes.read_bytes()[:-9]):
        store.layout.codes.write_bytes(data)
        assert repair(store, check(store).findings).codes == ("client-1",)
        assert store.codes() == {"client-1": client}
        assert is_encrypted(store.layout.codes.read_bytes())


def test_what_a_later_version_wrote_is_left_alone(mi: Callable[..., Ran], tmp_path: Path) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines="words\n/goal a goal\n/fact medicines drops\n/end\n").code == 0
    home = next((tmp_path / "store" / "clients").iterdir())
    for path in (home / "plan.json", home / "facts.json", next((home / "sessions").iterdir())):
        sound = path.read_text(encoding="utf-8")
        later = re.sub(r'"schema": "mi\.([a-z]+)/[0-9]+"', r'"schema": "mi.\1/99"', sound)
        path.write_text(later, encoding="utf-8")
        assert "a later version" in mi("store", "check", "--repair").out, path
        assert path.read_text(encoding="utf-8") == later
        path.write_text(sound, encoding="utf-8")
    assert not (tmp_path / "store" / "aside").exists()


@pytest.mark.parametrize("kind", ["a folder", "a link", "cut", "of other types", "empty"])
@pytest.mark.parametrize("protected", [False, True])
def test_what_the_store_says_of_itself_is_made_again_where_this_computer_knows_it(
    mi: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, protected: bool
) -> None:
    store, path = tmp_path / "store", tmp_path / "store" / "store.json"
    if protected:
        (tmp_path / "own").write_text("Zwetschgen im Keller, sieben Glas", encoding="utf-8")
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "own"))
    assert mi("store", "init", *([] if protected else ["--unprotected"])).code == 0
    assert mi("session", "start", "J-014", lines="one\n/end\n").code == 0
    before = json.loads(path.read_bytes())
    _spoil(path, kind)

    with monkeypatch.context() as elsewhere:  # a computer that has never seen the store
        elsewhere.setenv("XDG_STATE_HOME", str(tmp_path / "no state"))
        ran = mi("store", "check", "--repair")
        assert (ran.code, bool(re.search("store.json|key file of another", ran.out + ran.err))) == (5, True), ran
        assert not list(store.rglob("aside/*/store.json"))

    ran = mi("store", "check", "--repair")
    assert ran.code == 0, ran
    made = json.loads(path.read_bytes())
    assert {made[name] == before[name] for name in ("schema", "id", "protection")} == {True}
    assert len([*store.rglob("aside/*/store.json")]) == 1
    ran = mi("store", "check")
    assert (ran.code, ran.out.startswith("store.json")) == (0, False), ran
    assert mi("store", "info").code == 0
    assert mi("session", "show", "last").out.count("one")
    assert mi("store", "check", "--confirm", "--yes").out.startswith("The store is as this computer knows it.")


def _spoil(path: Path, kind: str) -> None:
    document = path.read_bytes()
    path.unlink()
    match kind:
        case "a folder":
            path.mkdir()
        case "a link":
            path.symlink_to(path.with_name("clients.json"))
        case "cut":
            path.write_bytes(document[: len(document) // 2])
        case "of other types":
            path.write_bytes(b'{"schema": [], "id": {}, "revision": "1"}')
        case _:
            path.write_bytes(b"")


def test_a_store_of_which_something_else_is_in_doubt_does_not_say_of_itself_what_this_computer_knew(
    mi: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its keys are gone as well: a store that was protected must not be made a plain one."""
    (tmp_path / "own").write_text("Zwetschgen im Keller, sieben Glas", encoding="utf-8")
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "own"))
    assert mi("store", "init").code == 0
    for name in ("store.json", "keys.json"):
        (tmp_path / "store" / name).unlink()
    (tmp_path / "store" / "store.json").mkdir()
    assert mi("store", "check", "--repair").code != 0
    assert (tmp_path / "store" / "store.json").is_dir()


def test_what_a_later_version_says_of_the_store_is_left_alone(mi: Callable[..., Ran], tmp_path: Path) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    path = tmp_path / "store" / "store.json"
    later = path.read_bytes().replace(b"mi.store/1", b"mi.store/99")
    path.write_bytes(later)
    assert mi("store", "check", "--repair").code == 5
    assert path.read_bytes() == later
