"""`mi` without what Windows does not have: from the first interview to a backup that was brought back."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.windows import NO_OS, O_BINARY, SEEN
from tests.journeys.terminal import environment

ROOT = Path(__file__).parents[2]
WORDS = "I’d like to be there for breakfast."
PASSPHRASE = "Zwetschgen im Keller, sieben Glas"
Ran = subprocess.CompletedProcess[bytes]
Mi = Callable[..., Ran]


@pytest.fixture
def mi(tmp_path: Path) -> Mi:
    """`mi` as on Windows; `lines` is its standard input, `store` its folder, keywords are more environment."""

    def run(*arguments: str, lines: str = "", store: str = "store", code: int = 0, **env: str) -> Ran:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.faults.windows", *arguments],
            input=lines.encode(),
            env=environment(tmp_path, **{"MI_STORE": str(tmp_path / store), "PYTHONPATH": str(ROOT), **env}),
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert ran.returncode == code, ran.stderr.decode()
        return ran

    return run


def begin(mi: Mi) -> None:
    """A store with a client, an interview, and a goal that may be passed on."""
    mi("store", "init", "--unprotected")
    mi("session", "start", "J-014", lines=f"+d {WORDS}\n/goal Be at Saturday breakfast.\n/share 1\n/end\n")


def whole(mi: Mi, **env: str) -> None:
    """Every record can be read, and the words are there."""
    assert WORDS in mi("session", "show", "last", **env).stdout.decode()
    listed = json.loads(mi("session", "list", "--json", **env).stdout)
    assert [item["client"] for item in listed["items"]] == ["J-014"]
    assert b" records are sound." in mi("store", "check", **env).stdout


def test_an_interview_is_kept_and_read(mi: Mi, tmp_path: Path) -> None:
    begin(mi)
    whole(mi)
    assert not any(b"\r" in path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file())
    mi("session", "start", "J-014", lines="one more\n")
    mi("session", "resume", "last", lines="and on\n/end\n")
    mi("session", "amend", "last", "-", lines="afterwards\n")
    assert b"sound" in mi("doctor").stdout


@pytest.mark.parametrize("ending", ["md", "json", "html"])
def test_a_document_is_exported_and_never_written_over(mi: Mi, tmp_path: Path, ending: str) -> None:
    begin(mi)
    mi("config", "set", "program.recipients", "A. Therapist")
    export = ("goals", "export", "J-014", "--to", "A. Therapist", "--basis", "same-program", "-o", f"handoff.{ending}")
    mi(*export)
    made = (tmp_path / f"handoff.{ending}").read_bytes()
    assert WORDS in made.decode()
    assert b"\r" not in made
    mi(*export, code=2)
    assert (tmp_path / f"handoff.{ending}").read_bytes() == made
    mi(*export, "--yes")
    assert b"whole" in mi("disclosures", "verify").stdout


def test_a_store_is_protected_backed_up_and_brought_back(mi: Mi, tmp_path: Path) -> None:
    begin(mi)
    (tmp_path / "secret").write_text(PASSPHRASE, encoding="utf-8")
    secret = {"MI_PASSWORD_FILE": str(tmp_path / "secret")}
    mi("store", "protect", **secret)
    assert not any(WORDS.encode() in path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file())
    whole(mi, **secret)
    mi("session", "list", code=4)
    mi("session", "start", "K-2", lines="sealed\n/end\n", **secret)
    mi("session", "delete", "last", "--yes", **secret)
    backup = str(tmp_path / "mi.backup")
    mi("store", "backup", backup, "--keep", "2", **secret)
    mi("store", "backup", backup, "--keep", "2", **secret)
    mi("store", "restore", backup, "--yes", store="other", **secret)
    assert b"it came from a backup" in mi("store", "check", store="other", **secret).stdout
    mi("store", "check", "--confirm", "--yes", store="other", **secret)
    whole(mi, store="other", **secret)
    whole(mi, **secret)  # a backup that was tried out does not contradict the store it was made of
    mi("store", "log", **secret)
    mi("store", "recovery", "-o", "sheet.html", "--no-notes", **secret)
    mi("store", "unprotect", "--yes", **secret)
    whole(mi)


def test_a_command_with_backslashes_gives_the_passphrase(tmp_path: Path) -> None:
    """Windows takes a command apart by itself: nothing of a path there may be lost before."""
    look = (
        "from tests.faults.windows import *; look_as_on_windows(); from mi_cli.cli.unlock import _as_arguments as a; "
    )
    told = subprocess.run(
        [sys.executable, "-c", look + r"print(a(r'C:\tools\pass.exe show mi'))"],
        env=environment(tmp_path, PYTHONPATH=str(ROOT)),
        capture_output=True,
        check=True,
    )
    assert told.stdout.decode().strip() == r"C:\tools\pass.exe show mi"


def test_what_windows_lacks_is_missing_here_and_lfs_are_turned(tmp_path: Path) -> None:
    seen = SEEN["os"]
    assert not any(hasattr(seen, name) for name in NO_OS)
    for flags, there in ((0, b"a\r\nb"), (O_BINARY, b"a\nb")):
        descriptor = seen.open(tmp_path / "file", seen.O_WRONLY | seen.O_CREAT | seen.O_TRUNC | flags)
        seen.write(descriptor, b"a\nb")
        seen.close(descriptor)
        assert (tmp_path / "file").read_bytes() == there
    with pytest.raises(PermissionError):
        seen.open(tmp_path, seen.O_RDONLY)
