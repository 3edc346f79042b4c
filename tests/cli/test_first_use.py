"""The first use without a terminal: what keeps something makes the store, what only reads makes nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]
PASSPHRASE = "Zwetschgen im Keller, sieben Glas"
NO_STORE = "There is no store here yet.\n`mi store init` makes one; so does the first interview.\n"

KEEPS = [
    ("session", "start"),
    ("session", "start", "J-014"),
    ("session", "start", "J-014", "--started", "2026-11-20T14:00", "--ended", "2026-11-20T15:00"),
    ("client", "add", "J-014"),
]
NEEDS_A_CLIENT = [("goals", "add", "J-014", "-"), ("goals", "plan", "J-014", "-"), ("consent", "add", "J-014")]
READS = [
    ("session", "list"),
    ("session", "list", "--json"),
    ("session", "show", "last"),
    ("session", "recap", "last"),
    ("session", "resume"),
    ("session", "amend", "last", "-"),
    ("client", "list"),
    ("client", "show", "J-014"),
    ("client", "edit", "J-014"),
    ("goals", "list"),
    ("goals", "show", "J-014"),
    ("goals", "share", "J-014"),
    ("goals", "export", "J-014"),
    ("consent", "list"),
    ("disclosures", "list"),
    ("store", "info"),
    ("store", "check"),
    ("store", "log"),
    ("store", "trash"),
    ("store", "backup", "mi.backup"),
    ("store", "protect"),
    ("store", "passphrase"),
    ("store", "recovery"),
]


def info(tmp_path: Path) -> dict[str, object]:
    """The store's own document."""
    document = json.loads((tmp_path / "store" / "store.json").read_bytes())
    return {"protection_asked": True, **document}


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A file with a passphrase."""
    file = tmp_path / "given"
    file.write_text(PASSPHRASE, encoding="utf-8")
    return file


@pytest.mark.parametrize("command", KEEPS, ids=" ".join)
def test_what_keeps_something_makes_the_store_and_says_once_that_it_has_no_passphrase(
    mi: Mi, tmp_path: Path, command: tuple[str, ...]
) -> None:
    ran = mi(*command)
    assert ran.code == 0
    assert f"{tmp_path / 'store'}, without a passphrase" in ran.err
    assert "`mi store protect`" in ran.err
    assert (info(tmp_path)["protection"], info(tmp_path)["protection_asked"]) == ("none", False)
    assert "unprotected" in mi("doctor").out
    assert "without a passphrase" not in mi("session", "start").err
    assert len(mi("client", "list", "--json").json["items"]) == 2


@pytest.mark.parametrize("command", NEEDS_A_CLIENT, ids=" ".join)
def test_what_would_keep_something_makes_it_and_names_what_is_missing(
    mi: Mi, tmp_path: Path, command: tuple[str, ...]
) -> None:
    ran = mi(*command)
    assert (ran.code, "There is no client with that code." in ran.err) == (1, True)
    assert info(tmp_path)["protection_asked"] is False


@pytest.mark.parametrize("command", READS, ids=" ".join)
def test_what_only_reads_makes_nothing_and_says_the_same_everywhere(
    mi: Mi, tmp_path: Path, command: tuple[str, ...]
) -> None:
    ran = mi(*command)
    assert (ran.code, ran.out, ran.err) == (4, "", NO_STORE)
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("client", "add", "no code at all"),
        ("session", "start", "no code at all"),
        ("session", "start", "--set", "nosuch"),
        ("session", "start", "--started", "2026-11-20T14:00"),
        ("goals", "add", "J-014", "-", "--review", "someday"),
    ],
    ids=" ".join,
)
def test_what_is_refused_makes_nothing(mi: Mi, tmp_path: Path, command: tuple[str, ...]) -> None:
    assert mi(*command).code in (1, 2)
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("name", ["MI_PASSWORD_FILE", "MI_NEW_PASSWORD_FILE"])
@pytest.mark.parametrize("command", [*KEEPS, ("store", "init")], ids=" ".join)
def test_the_passphrase_that_is_given_protects_it(
    mi: Mi, tmp_path: Path, given: Path, monkeypatch: pytest.MonkeyPatch, name: str, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv(name, str(given))
    ran = mi(*command, lines="Mirabelle\n")
    assert (ran.code, ran.err) == (0, "")
    assert (info(tmp_path)["protection"], info(tmp_path)["protection_asked"]) == ("passphrase", True)
    assert not any(b"Mirabelle" in path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file())
    monkeypatch.delenv(name)
    assert mi("session", "list").code == 4
    monkeypatch.setenv("MI_PASSWORD_FILE", str(given))
    assert mi("session", "list").code == 0


def test_a_weak_one_that_is_given_makes_nothing(
    mi: Mi, tmp_path: Path, given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given.write_text("short", encoding="utf-8")
    monkeypatch.setenv("MI_PASSWORD_FILE", str(given))
    assert mi("session", "start").code == 2
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("command", KEEPS + NEEDS_A_CLIENT, ids=" ".join)
def test_where_a_passphrase_is_required_nothing_is_made_without(
    mi: Mi, tmp_path: Path, given: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    assert mi("config", "set", "protection", "required").code == 0
    ran = mi(*command)
    assert (ran.code, ran.out, "MI_PASSWORD_FILE" in ran.err) == (4, "", True)
    assert not (tmp_path / "store").exists()
    monkeypatch.setenv("MI_PASSWORD_FILE", str(given))
    assert mi("client", "add", "K-2").code == 0


def test_the_setting_is_checked(mi: Mi) -> None:
    ran = mi("config", "set", "protection", "perhaps")
    assert (ran.code, "optional, required" in ran.err) == (2, True)
    assert mi("config", "set", "protection", "optional").code == 0
    assert mi("session", "start").code == 0


def test_init_is_explicit_and_wants_it_said(mi: Mi, tmp_path: Path) -> None:
    ran = mi("store", "init")
    assert (ran.code, "--unprotected" in ran.err) == (4, True)
    assert not (tmp_path / "store").exists()
    assert mi("store", "init", "--unprotected").code == 0
    assert info(tmp_path)["protection_asked"] is True
    assert "unprotected" not in mi("doctor").out


def test_protecting_it_settles_the_question(
    mi: Mi, tmp_path: Path, given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mi("session", "start", "J-014", lines="words\n/end\n").code == 0
    monkeypatch.setenv("MI_PASSWORD_FILE", str(given))
    assert mi("store", "protect").code == 0
    assert mi("store", "unprotect", "--yes").code == 0
    assert (info(tmp_path)["protection"], info(tmp_path)["protection_asked"]) == ("none", True)


def test_it_is_said_in_spanish(mi: Mi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    assert "sin contraseña: no se dio ninguna" in mi("session", "start").err


def test_a_folder_of_other_files_is_left_alone(mi: Mi, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "other").write_text("", encoding="utf-8")
    ran = mi("session", "start")
    assert (ran.code, "That folder holds other files." in ran.err) == (1, True)
    assert [path.name for path in (tmp_path / "store").iterdir()] == ["other"]
