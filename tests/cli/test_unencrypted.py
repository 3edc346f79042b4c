"""What can be read all the same in a protected store's folder is named, by `store protect` and `store check`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import PASSPHRASE
from tests.conftest import Ran

Mi = Callable[..., Ran]


def test_every_file_that_stays_readable_is_named(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "store"
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines="Zwetschge\n/end\n").code == 0
    assert mi("session", "start", "K-015", lines="Zwetschge\n/end\n").code == 0
    [item] = [one for one in mi("session", "list", "--json").json["items"] if one["client"] == "J-014"]
    assert mi("session", "delete", item["id"], "--yes").code == 0
    [notes] = root.glob(f"clients/*/notes/*-{item['id']}.json")
    others = next(path for path in root.glob("clients/*/notes") if path != notes.parent)
    strangers = [
        root / "clients.json.bak",
        root / "clients.json~",
        root / "old copy" / "deep" / "notes.txt",
        root / "trash" / "zzzzzzzz" / notes.name,
        root / "aside" / "x" / "trash" / "y" / "notes.json",
        root / ".sync" / ".history",
        others / ".notes.swp",
    ]
    for path in strangers:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(notes.read_bytes())
    (root / "empty.txt").write_text("")
    (root / "link").symlink_to(notes)
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    ran = mi("store", "protect")
    assert ran.code == 0, ran.err
    readable = {path for path in root.rglob("*") if path.is_file() and b"Zwetschge" in path.read_bytes()}
    (records,) = root.glob("records-*")
    moved = ("clients", "trash", "aside")  # with the records; what is not theirs stays where it is
    places = ((records if path.relative_to(root).parts[0] in moved else root, path) for path in strangers)
    strangers = [above / path.relative_to(root) for above, path in places]
    assert readable == set(strangers)
    shown = {path.relative_to(root).as_posix() for path in strangers}
    assert {line.strip() for line in ran.out.splitlines()} & shown == shown
    assert "not encrypted" in ran.out
    checked = {found["record"] for found in mi("store", "check", "--json").json["findings"]}
    for name in (name.removeprefix(f"{records.name}/") for name in shown):
        assert {name, f"{records.name}/{name}", name.rpartition("/")[0]} & checked, name
    for path in (*strangers, root / "empty.txt", root / "link"):
        path.unlink()
    (records / "trash" / "zzzzzzzz").rmdir()
    assert mi("store", "check", "--json").json["findings"] == []


def test_in_a_protected_store_in_use_nothing_is_named(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("store", "init").code == 0
    assert mi("session", "start", "J-014", lines="one\n/goal two\n").code == 0
    assert mi("goals", "export", "J-014", "--client-copy").code == 0
    assert mi("session", "delete", "last", "--yes").code == 0
    (tmp_path / "passphrase").write_text("no, it is another one")
    assert mi("session", "list").code == 4
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    assert (tmp_path / "store" / "tries.txt").exists()
    assert mi("store", "check", "--json").json["findings"] == []
