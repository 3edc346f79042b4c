"""A store that version 0.1.0 left half protected becomes protected, and goes on; what somebody else wrote does not."""

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from mi_cli.store.disk.layout import Layout
from mi_cli.store.keys.jwe import is_encrypted
from mi_cli.store.keys.keyfile import KeyFile
from mi_cli.store.upkeep import earlier_protection
from tests.conftest import Ran

STORES: Final = Path(__file__).parents[1] / "stores"
KEPT: Final = sorted(STORES.glob("*/protected"))
PASSPHRASE: Final = (STORES / "passphrase.txt").read_text().strip()
Mi = Callable[..., Ran]


def set_protection(root: Path, protection: str) -> None:
    path = root / "store.json"
    path.write_text(path.read_text().replace('"passphrase"', f'"{protection}"'))


def open_some(root: Path, part: float, *, first: bool) -> None:
    """Decrypt that part of the files, as 0.1.0 had them when it was killed: those that come first, or the others."""
    keys, layout = KeyFile.read(root).unlocked(PASSPHRASE), Layout(root)
    clients = sorted(path for path in root.glob("clients/*/**/*.json") if not path.name.endswith(".key.json"))
    paths = [layout.codes, layout.log, *clients]
    end = round(len(paths) * part)
    for path in paths[:end] if first else paths[end:]:
        label = layout.file_label(path)
        codec = keys.notes() if label.file.startswith("notes/") else keys.records
        lines = path.read_bytes().splitlines(keepends=True) if path == layout.log else [path.read_bytes()]
        path.write_bytes(b"".join(codec.decrypt(label, line) for line in lines))


@pytest.fixture(params=KEPT, ids=lambda path: str(path.parent.name))
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MI_PASSWORD_FILE", str(STORES / "passphrase.txt"))
    root = tmp_path / "store"
    shutil.copytree(request.param, root)
    for path in (root, *root.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return root


@pytest.mark.parametrize("part", [0, 0.5, 1])
@pytest.mark.parametrize("protection", ["protecting", "unprotecting", "none"])
def test_a_half_protected_store_is_protected_when_it_is_opened_and_goes_on(
    store: Path, mi: Mi, tmp_path: Path, protection: str, part: float
) -> None:
    open_some(store, part, first=protection == "unprotecting")
    set_protection(store, protection)
    ran = mi("session", "list", "--json")
    assert (ran.code, len(ran.json["items"]), ran.json["damaged"]) == (0, 4, [])
    assert "half protected" in ran.err
    assert json.loads((store / "store.json").read_bytes())["protection"] == "passphrase"
    left_open = ("store.json", "keys.json")
    files = [path for path in store.rglob("*") if path.is_file() and path.name not in left_open]
    assert [path for path in files if not is_encrypted(path.read_bytes())] == []
    checked = mi("store", "check", "--json").json
    assert [found["record"] for found in checked["findings"]] == ["store.json"]  # nobody has looked at it yet
    assert mi("session", "resume", lines="and the other half\n/end\n").code == 0
    assert mi("config", "set", "program.name", "Invented Program").code == 0
    assert mi("goals", "export", "DEMO-1", "-o", str(tmp_path / "handoff.md")).code == 3
    assert mi("store", "check", "--confirm", "--yes").code == 0
    assert mi("goals", "export", "DEMO-1", "-o", str(tmp_path / "handoff.md")).code == 0
    assert mi("store", "check", "--json").json["findings"] == []
    assert mi("store", "unprotect", "--yes").code == 0
    assert mi("store", "check", "--json").json["findings"] == []


def test_keys_that_the_disk_does_not_give_leave_it_as_it_is(
    store: Path, mi: Mi, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_protection(store, "protecting")
    before = (store / "store.json").read_bytes()

    def fails(*_: object) -> bytes:
        raise OSError(errno.EIO, "an invented error of the disk")

    monkeypatch.setattr(earlier_protection, "read", fails)
    ran = mi("session", "list")
    assert (ran.code != 0, "Not saved" in ran.err, "fault of its own" in ran.err) == (True, True, False)
    assert (store / "store.json").read_bytes() == before


@pytest.mark.parametrize("command", ["protect", "unprotect"])
def test_either_command_ends_it(store: Path, mi: Mi, command: str) -> None:
    open_some(store, 0.5, first=False)
    set_protection(store, "protecting")
    assert mi("store", command, *(["--yes"] if command == "unprotect" else [])).code == 0
    wanted = "passphrase" if command == "protect" else "none"
    assert json.loads((store / "store.json").read_bytes())["protection"] == wanted
    assert len(mi("session", "list", "--json").json["items"]) == 4


@pytest.mark.parametrize("protection", ["none", "protecting", "unprotecting"])
@pytest.mark.parametrize("folder", ["there", "another", "none at all"])
def test_on_a_computer_that_knows_it_as_protected_nothing_is_sealed_or_opened_for_whoever_wrote_that(
    store: Path, mi: Mi, protection: str, folder: str
) -> None:
    assert mi("client", "add", "N-1").code == 0
    assert mi("store", "unprotect", "--yes").code == 0
    assert mi("store", "protect").code == 0
    path = store / "store.json"
    info = json.loads(path.read_bytes())
    records = store / info["records"]
    planted = records / "clients" / next((records / "clients").iterdir()).name / "facts.json"
    planted.write_text('{"schema": "mi.facts/1"}')
    before = {file: file.read_bytes() for file in records.rglob("*") if file.is_file()}
    elsewhere = {"there": info["records"], "another": "records-20261126T140312Z-7k3q9xab", "none at all": "."}[folder]
    path.write_text(json.dumps({**info, "protection": protection, "records": elsewhere}))
    for words in (("store", "protect"), ("store", "unprotect", "--yes"), ("client", "add", "N-2"), ("doctor",)):
        mi(*words)
        assert {file: file.read_bytes() for file in records.rglob("*") if file.is_file()} == before, words
        assert not list(store.rglob("**/*N-2*"))
    assert mi("store", "check", "--confirm", "--yes").code == 0
    again = json.loads(path.read_bytes())
    assert (again["protection"], again["records"]) == ("passphrase", info["records"])
    assert planted.read_text() == '{"schema": "mi.facts/1"}'
    assert mi("client", "show", "N-1", "--json").code == 0
    assert mi("client", "add", "N-2").code == 0


def test_what_a_kill_left_over_is_deleted_by_the_same_command_and_by_the_next_change(store: Path, mi: Mi) -> None:
    shutil.copytree(store, store.with_name("kept"))
    assert mi("store", "unprotect", "--yes").code == 0
    for words in (("store", "unprotect", "--yes"), ("client", "add", "N-1")):
        for path in store.with_name("kept").iterdir():  # as before its deletion
            if path.name in ("aside", "clients"):
                shutil.copytree(path, store / path.name, dirs_exist_ok=True)
        shutil.copy(store.with_name("kept") / "keys.json", store)
        assert mi(*words).code == 0
        assert not (store / "clients").exists()
        assert not (store / "keys.json").exists()
    assert mi("store", "unprotect", "--yes").code == 1
    assert mi("store", "check", "--json").json["findings"] == []
