"""What was set aside is listed and can be read: `mi store aside`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]
PASSPHRASE = "an invented passphrase of six words"


@pytest.fixture(params=[False, True], ids=["plain", "protected"])
def kept(request: pytest.FixtureRequest, mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mi:
    """A store, plain or protected, with an interview whose notes were copied by a sync, and whose facts are damaged."""
    if request.param:
        (tmp_path / "passphrase").write_text(PASSPHRASE)
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("store", "init", *(() if request.param else ("--unprotected",))).code == 0
    assert mi("session", "start", "J-014", lines="Zwetschge\n/goal Quitte\n/end\n").code == 0
    assert mi("session", "start", "K-015", lines="Mirabelle\n/end\n").code == 0
    clients = tmp_path / "store" / "clients"
    for notes in clients.glob("*/notes/*.json"):
        copy = notes.with_name(f"{notes.stem} (conflicted copy).json")
        copy.write_bytes(notes.read_bytes())
    return mi


def test_it_is_listed_and_shown(kept: Mi, tmp_path: Path) -> None:
    assert kept("store", "check", "--repair").code == 0
    listed = kept("store", "aside", "--json").json
    assert listed == kept("store", "aside", "list", "--json").json
    assert sorted(item["client"] for item in listed["items"]) == ["J-014", "K-015"]
    table = kept("store", "aside")
    assert (table.code, table.err) == (0, "")
    words = {}
    for item in listed["items"]:
        assert item["name"] in table.out
        shown = kept("store", "aside", "show", item["name"])
        assert shown.code == 0
        words[item["client"]] = shown.out
        document = kept("store", "aside", "show", item["name"], "--json").json
        assert document["schema"] == "mi.aside/1"
        assert document["document"]["schema"] == "mi.notes/2"
    assert "Zwetschge" in words["J-014"]
    assert "Mirabelle" in words["K-015"]


def test_a_part_of_its_name_is_enough_if_it_is_the_only_one(kept: Mi) -> None:
    assert kept("store", "check", "--repair").code == 0
    name = kept("store", "aside", "--json").json["items"][0]["name"]
    assert kept("store", "aside", "show", name[-45:]).code == 0
    several, none = kept("store", "aside", "show", "notes"), kept("store", "aside", "show", "zzzzzzzz")
    assert (several.code, none.code) == (2, 1)
    assert "2 files" in several.err
    assert "Nothing of that name" in none.err


def test_what_cannot_be_read_is_named(kept: Mi, tmp_path: Path) -> None:
    session = next((tmp_path / "store").glob("clients/*/sessions/*.json"))
    session.write_bytes(b'{"protected":"x"}')
    kept("store", "check", "--repair")
    item = next(item for item in kept("store", "aside", "--json").json["items"] if "/sessions/" in item["name"])
    ran = kept("store", "aside", "show", item["name"], "--json")
    assert ran.code == 5 or ran.json["document"] == {"protected": "x"}
    assert "Zwetschge" not in ran.err
    assert "fault of its own" not in ran.err


def test_a_client_who_was_set_aside_whole_can_be_read(kept: Mi, tmp_path: Path) -> None:
    """Their keys are there too."""
    root = tmp_path / "store"
    home = next(path.parent.parent for path in root.glob("clients/*/notes/*.json"))
    away = root / "aside" / "20261124T120000Z-7k3q9xab" / "clients"
    away.mkdir(parents=True)
    home.rename(away / home.name)
    shown = [
        kept("store", "aside", "show", item["name"])
        for item in kept("store", "aside", "--json").json["items"]
        if "/notes/" in item["name"] and "copy" not in item["name"]
    ]
    assert shown
    assert all(ran.code == 0 and ("Zwetschge" in ran.out or "Mirabelle" in ran.out) for ran in shown)


def test_a_link_there_is_not_followed(mi: Mi, tmp_path: Path) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    (tmp_path / "outside.json").write_text('{"line": "Zwetschge"}')
    away = tmp_path / "store" / "aside" / "20261124T120000Z-7k3q9xab"
    away.mkdir(parents=True)
    (away / "linked.json").symlink_to(tmp_path / "outside.json")
    ran = mi("store", "aside", "show", "linked")
    assert ran.code == 5
    assert "Zwetschge" not in ran.out


def test_control_characters_reach_no_terminal(mi: Mi, tmp_path: Path) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    away = tmp_path / "store" / "aside" / "20261124T120000Z-7k3q9xab"
    away.mkdir(parents=True)
    (away / "odd\x1b[31m.txt").write_text("\x1b]0;x\x07 words")
    assert "\x1b" not in mi("store", "aside").out
    assert "\x1b" not in mi("store", "aside", "show", "odd").out


def test_a_linked_folder_in_it_is_not_looked_into(kept: Mi, tmp_path: Path) -> None:
    assert kept("store", "check", "--repair").code == 0
    listed = kept("store", "aside", "--json").json
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "Zwetschge.json").write_text("{}")
    (tmp_path / "store" / "aside" / "20261126T140000Z-aaaaaaaa").symlink_to(tmp_path / "elsewhere")
    assert kept("store", "aside", "--json").json == listed
