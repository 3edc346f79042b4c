"""`mi store backup` and `mi store restore`, as they are typed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]


@pytest.fixture
def copy(mi: Mi, tmp_path: Path) -> Path:
    """A backup of a store with a closed interview."""
    mi("store", "init", "--unprotected")
    mi("session", "start", "J-014", lines="words\n/end\n")
    ran = mi("store", "backup", str(tmp_path / "a.backup"))
    assert (ran.code, ran.err) == (0, "")
    assert "read back and sound" in ran.out
    assert "not encrypted" in ran.out
    return tmp_path / "a.backup"


def test_a_file_that_is_there_is_asked_about(mi: Mi, copy: Path) -> None:
    before = copy.read_bytes()
    ran = mi("store", "backup", str(copy))
    assert (ran.code, ran.err.splitlines()[1]) == (2, "--yes goes ahead without asking.")
    assert copy.read_bytes() == before
    assert mi("store", "backup", str(copy), "--yes").code == 0
    assert mi("store", "backup", str(copy), "--keep", "2").code == 0
    assert copy.with_name("a.backup.1").exists()


def test_a_lost_store_comes_back_whole(mi: Mi, copy: Path, tmp_path: Path) -> None:
    at = ("--store", str(tmp_path / "new"))
    ran = mi(*at, "store", "restore", str(copy))
    assert ran.code == 2
    assert not (tmp_path / "new" / "store.json").exists()
    assert mi(*at, "store", "restore", str(copy), "--yes").code == 0
    assert mi(*at, "session", "show", "J-014", "--json").json == mi("session", "show", "J-014", "--json").json
    assert mi(*at, "store", "check").code == 0


def test_what_is_newer_stays_until_it_is_asked_for(mi: Mi, copy: Path) -> None:
    mi("session", "amend", "last", "-", lines="more")
    ran = mi("store", "restore", str(copy), "--yes")
    assert (ran.code, "newer in the store: kept" in ran.out) == (0, True)
    assert len(mi("session", "show", "last", "--json").json["notes"]["entries"]) == 2
    assert mi("store", "restore", str(copy), "--yes", "--replace-newer").code == 0
    assert len(mi("session", "show", "last", "--json").json["notes"]["entries"]) == 1


def test_a_backup_that_is_not_there_is_not_called_damaged(mi: Mi, copy: Path) -> None:
    ran = mi("store", "restore", str(copy.with_name("none")), "--yes")
    assert ran.code == 1
    assert ran.err.startswith("There is no such backup file.")


def test_what_is_no_backup_is_named_and_nothing_changed(mi: Mi, copy: Path, tmp_path: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-50])
    for file in (copy, tmp_path):
        ran = mi("store", "restore", str(file), "--yes")
        assert ran.code == 5
        assert ran.err.startswith("The backup cannot be read: ")
        assert "Nothing was changed." in ran.err
