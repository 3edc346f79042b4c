"""`mi client facts` without a terminal, and client facts in all that is done to a store."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]


@pytest.fixture
def known(mi: Mi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Mi:
    """A store with a client of whom a few things are known."""
    (tmp_path / "passphrase").write_text("correct horse battery staple\n")
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("client", "add", "J-014").code == 0
    for name, words in {"target": "drinking", "medicines": "methadone", "mandate": "the court"}.items():
        assert mi("client", "facts", "J-014", name, "-", lines=f"{words}\n").code == 0
    return mi


def facts_file(tmp_path: Path) -> Path:
    [path] = (tmp_path / "store").rglob("clients/*/facts.json")
    return path


def test_what_is_known_is_shown(known: Mi) -> None:
    shown = known("client", "facts", "j-014")
    assert shown.code == 0
    assert [line.partition("  (")[0] for line in shown.out.splitlines()[:3]] == [
        " what it is about: drinking",
        " sent by: the court",
        " medicines: methadone",
    ]
    assert "mi client facts J-014 NAME" in shown.out
    facts = known("client", "facts", "J-014", "--json").json
    assert (facts["schema"], facts["medicines"]["words"], facts["reach"]) == ("mi.facts/1", "methadone", None)
    assert facts["targets"][0].items() >= {"name": "drinking", "source": "client", "direction": None}.items()


def test_a_client_of_whom_nothing_is_known_has_no_file(mi: Mi, tmp_path: Path) -> None:
    mi("store", "init", "--unprotected")
    mi("client", "add", "J-014", "--lang", "es")
    assert "No hay nada anotado" in mi("client", "facts", "J-014").out
    assert mi("client", "facts", "J-014", "--json").json["targets"] == []
    assert list((tmp_path / "store").rglob("facts.json")) == []


def test_one_thing_is_changed_and_taken_out(known: Mi) -> None:
    assert known("client", "facts", "J-014", "direction", "-", lines="safer\n").out == "Noted: direction.\n"
    assert known("client", "facts", "J-014", "direction", "-", lines="safer\n").out == "Nothing was changed.\n"
    referral = ("--source", "referral")
    assert known("client", "facts", "J-014", "medicines", "-", *referral, lines="none any more\n").code == 0
    assert known("client", "facts", "J-014", "mandate", "-", lines="-\n").out == "Taken out: sent by.\n"
    facts = known("client", "facts", "J-014", "--json").json
    assert (facts["targets"][0]["direction"], facts["mandate"]) == ("safer", None)
    assert (facts["medicines"]["words"], facts["medicines"]["source"]) == ("none any more", "referral")


@pytest.mark.parametrize(
    ("arguments", "lines", "code"),
    [
        (("weather", "-"), "x", 2),
        (("m", "-"), "x", 2),
        (("medicines",), "", 2),
        (("medicines", "methadone"), "", 2),
        (("medicines", "-"), "", 2),
        (("medicines", "-"), " \n", 2),
        (("target", "-"), "-", 2),
        (("direction", "-"), "upwards", 2),
        (("direction", "-", "--target", "zzz"), "stop", 1),
        (("medicines", "--json"), "", 2),
        (("medicines", "-", "--source", "nobody"), "x", 2),
    ],
)
def test_what_cannot_be_noted_changes_nothing(
    known: Mi, tmp_path: Path, arguments: tuple[str, ...], lines: str, code: int
) -> None:
    before = facts_file(tmp_path).read_bytes()
    ran = known("client", "facts", "J-014", *arguments, lines=lines)
    assert ran.code == code
    assert "methadone" not in ran.err
    assert facts_file(tmp_path).read_bytes() == before


def test_a_direction_is_of_the_target_that_is_named(known: Mi) -> None:
    assert known("client", "facts", "J-014", "target", "-", lines="driving\n").code == 0
    assert known("client", "facts", "J-014", "direction", "-", lines="stop\n").code == 2
    second = known("client", "facts", "J-014", "--json").json["targets"][1]["id"]
    assert known("client", "facts", "J-014", "direction", "-", "--target", second[:5], lines="stop\n").code == 0
    assert [target["direction"] for target in known("client", "facts", "J-014", "--json").json["targets"]] == [
        None,
        "stop",
    ]


def test_nothing_of_it_is_passed_on(known: Mi, tmp_path: Path) -> None:
    assert known("session", "start", "J-014", lines="+d two\n/goal three\n/share 1\n/end\n").code == 0
    assert known("goals", "export", "J-014", "--client-copy", "-o", str(tmp_path / "copy.md")).code == 0
    shown = (tmp_path / "copy.md").read_text()
    assert "three" in shown
    assert not any(words in shown for words in ("methadone", "the court", "drinking"))


def test_it_goes_wherever_the_store_goes(known: Mi, tmp_path: Path) -> None:
    before = known("client", "facts", "J-014", "--json").json
    assert known("store", "protect").code == 0
    assert b"methadone" not in facts_file(tmp_path).read_bytes()
    header = json.loads(facts_file(tmp_path).read_bytes())["protected"]
    assert header
    assert known("client", "facts", "J-014", "--json").json == before
    assert known("store", "backup", str(tmp_path / "a.backup")).code == 0
    facts_file(tmp_path).unlink()
    assert "facts.json: it is gone" in known("store", "check").out
    assert known("store", "restore", str(tmp_path / "a.backup"), "--yes").code == 0
    assert known("client", "facts", "J-014", "--json").json == before
    assert known("client", "delete", "J-014", "--yes").code == 0
    [item] = known("store", "trash", "list", "--json").json["items"]
    assert known("store", "trash", "restore", item["id"]).code == 0
    assert known("client", "facts", "J-014", "--json").json == before
    assert known("store", "unprotect", "--yes").code == 0
    assert known("client", "facts", "J-014", "--json").json == before
    checked = known("store", "check", "--json")
    assert (checked.code, checked.json["findings"]) == (0, [])


def test_damage_is_named_and_set_aside(known: Mi, tmp_path: Path) -> None:
    path = facts_file(tmp_path)
    path.write_bytes(b'{"schema": "mi.facts/1"')
    assert known("client", "facts", "J-014").code == 5
    assert known("session", "start", "J-014", lines="words\n").code == 5
    checked = known("store", "check", "--json")
    assert checked.code == 5
    assert "clients/" in checked.out
    assert known("store", "check", "--repair").code == 0
    assert not path.exists()
    assert "Nothing is noted" in known("client", "facts", "J-014").out


def test_another_clients_facts_are_refused(known: Mi, tmp_path: Path) -> None:
    path = facts_file(tmp_path)
    path.write_text(path.read_text().replace(path.parent.name, "abcdefgh"))
    assert known("client", "facts", "J-014").code == 5
