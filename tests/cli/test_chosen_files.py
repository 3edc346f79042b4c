"""Files that a person chose: a link is followed, and what is no ordinary file is never replaced."""

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.builders import PASSPHRASE
from tests.conftest import Ran
from tests.test_docs import built

Mi = Callable[..., Ran]

WRITERS: Final = {
    "backup": ("store", "backup", "FILE", "--yes"),
    "backup, two kept": ("store", "backup", "FILE", "--keep", "2"),
    "export": ("goals", "export", "J-014", "--client-copy", "--yes", "-o", "FILE"),
    "form": ("consent", "form", "--yes", "-o", "FILE"),
    "note": ("note", "show", "last", "--yes", "-o", "FILE"),
    "trend": ("trend", "J-014", "--yes", "-o", "FILE"),
    "sheet": ("store", "recovery", "--no-notes", "-o", "FILE"),
    "config": ("config", "set", "counselor", "B. Counselor"),
}
OVER_A_FILE: Final = [name for name in WRITERS if name != "sheet"]  # a sheet never takes the place of a file


@pytest.fixture
def ready(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mi:
    """A store with a client, protected, and a folder for the config."""
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("store", "init").code == 0
    assert mi("session", "start", "J-014", lines="one\n/goal work nights less\n/end\n").code == 0
    assert mi("note", "write", "last", "--yes").code == 0
    (tmp_path / "config" / "mi").mkdir(parents=True)
    (tmp_path / "stick").mkdir()
    return mi


def named(writer: str, tmp_path: Path) -> Path:
    """The file that the command is given."""
    names = {"config": "config/mi/config.toml", "form": "named.pdf"}
    return tmp_path / names.get(writer, "named.md")


def written(mi: Mi, writer: str, tmp_path: Path) -> Ran:
    return mi(*(str(named(writer, tmp_path)) if word == "FILE" else word for word in WRITERS[writer]))


def logged(mi: Mi) -> list[str]:
    """What was done, but for the opening of the store."""
    return [item["what"] for item in mi("store", "log", "--json").json["items"] if item["what"] != "unlocked"]


def test_every_command_that_writes_to_a_named_file_is_looked_at() -> None:
    looked_at = {words[: words.index("-o")] for words in WRITERS.values() if "-o" in words}
    for words in [words for words, options in built() if "-o" in options]:
        assert any(one[: len(words)] == words for one in looked_at), words


@pytest.mark.parametrize("writer", OVER_A_FILE)
def test_a_link_is_followed_to_the_file_it_names(ready: Mi, tmp_path: Path, writer: str) -> None:
    file, link = tmp_path / "stick" / "it", named(writer, tmp_path)
    file.write_text('counselor = "A"\n')
    (tmp_path / "between").symlink_to("stick/it")
    link.symlink_to(tmp_path / "between")
    assert written(ready, writer, tmp_path).code == 0
    assert (link.is_symlink(), (tmp_path / "between").is_symlink(), file.is_symlink()) == (True, True, False)
    assert file.read_bytes() != b'counselor = "A"\n'
    kept = {"it", "it.1"} if writer == "backup, two kept" else {"it"}
    assert {path.name for path in (tmp_path / "stick").iterdir()} == kept


@pytest.mark.parametrize("writer", WRITERS)
def test_a_link_to_a_file_that_is_not_there_yet_is_followed(ready: Mi, tmp_path: Path, writer: str) -> None:
    named(writer, tmp_path).symlink_to(tmp_path / "stick" / "it")
    assert written(ready, writer, tmp_path).code == 0
    assert named(writer, tmp_path).is_symlink()
    assert [path.name for path in (tmp_path / "stick").iterdir()] == ["it"]


@pytest.mark.parametrize("writer", WRITERS)
def test_a_link_to_a_stick_that_was_pulled_out_is_refused_by_the_folder_s_name(
    ready: Mi, tmp_path: Path, writer: str
) -> None:
    link = named(writer, tmp_path)
    link.symlink_to(tmp_path / "stick" / "away" / "it")
    before = logged(ready)
    ran = written(ready, writer, tmp_path)
    assert (ran.code, str(tmp_path / "stick" / "away") in ran.err) == (1, True)
    assert link.is_symlink()
    assert not link.exists()
    assert list((tmp_path / "stick").iterdir()) == []
    assert logged(ready) == before


@pytest.mark.parametrize("writer", WRITERS)
def test_links_in_a_circle_are_refused(ready: Mi, tmp_path: Path, writer: str) -> None:
    link = named(writer, tmp_path)
    link.symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(link)
    ran = written(ready, writer, tmp_path)
    assert (ran.code, "links lead in a circle" in ran.err) == (1, True)
    assert link.is_symlink()


def a_socket(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)  # the name of a socket may only be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(path.name)


KINDS: Final[dict[str, Callable[[Path, pytest.MonkeyPatch], object]]] = {
    "pipe": lambda path, _: os.mkfifo(path),
    "socket": a_socket,
    "folder": lambda path, _: path.mkdir(),
    "device": lambda path, _: os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3)),
}
AS_ROOT: Final = pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a device")
EACH_KIND: Final = [pytest.param(kind, marks=AS_ROOT if kind == "device" else ()) for kind in KINDS]


@pytest.mark.parametrize("kind", EACH_KIND)
@pytest.mark.parametrize("through_a_link", [False, True])
@pytest.mark.parametrize("writer", WRITERS)
def test_what_is_no_ordinary_file_is_refused_and_stays(
    ready: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: str, through_a_link: bool, kind: str
) -> None:
    path = tmp_path / "stick" / "it" if through_a_link else named(writer, tmp_path)
    KINDS[kind](path, monkeypatch)
    if through_a_link:
        named(writer, tmp_path).symlink_to(path)
    before, was = logged(ready) if writer != "config" else [], path.lstat()
    ran = written(ready, writer, tmp_path)
    assert ran.code == 1
    assert "ordinary file" in ran.err or (writer == "config" and "cannot be read" in ran.err)
    assert (path.lstat().st_mode, path.lstat().st_ino) == (was.st_mode, was.st_ino)
    assert writer == "config" or logged(ready) == before


@pytest.mark.parametrize("kind", [*EACH_KIND, "link to where nobody can look"])
def test_an_earlier_backup_does_not_take_the_place_of_what_is_no_ordinary_file(
    ready: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    if kind in KINDS:
        KINDS[kind](tmp_path / "a.backup.1", monkeypatch)
    else:
        (tmp_path / "a.backup.1").symlink_to("n" * 300)
    mode = (tmp_path / "a.backup.1").lstat().st_mode
    ran = ready("store", "backup", str(tmp_path / "a.backup"), "--keep", "3")
    assert (ran.code, "a.backup.1 is no ordinary file" in ran.err) == (1, True)
    assert (tmp_path / "a.backup.1").lstat().st_mode == mode
    assert not (tmp_path / "a.backup").exists()


def test_the_log_of_disclosures_has_the_place_where_the_file_is(ready: Mi, tmp_path: Path) -> None:
    (tmp_path / "copy.md").symlink_to("stick/it.md")
    assert ready("goals", "export", "J-014", "--client-copy", "-o", str(tmp_path / "copy.md")).code == 0
    [entry] = ready("disclosures", "list", "--json").json["items"]
    assert entry["path"] == str(tmp_path / "stick" / "it.md")
    verified = ready("disclosures", "verify", "--json").json["items"]
    assert [file["state"] for item in verified for file in item["files"]] == ["same"]


def test_a_link_into_the_store_is_within_the_store(ready: Mi, tmp_path: Path) -> None:
    for name in ("named.md", "named.pdf"):
        (tmp_path / name).symlink_to(tmp_path / "store" / "keys.json")
    before = (tmp_path / "store" / "keys.json").read_bytes()
    for writer in (name for name in WRITERS if name not in ("backup, two kept", "config")):
        ran = written(ready, writer, tmp_path)
        assert (ran.code, "within the store" in ran.err) == (2, True), writer
    assert (tmp_path / "store" / "keys.json").read_bytes() == before


def a_huge_file(path: Path, _: pytest.MonkeyPatch) -> None:
    path.touch()
    os.truncate(path, 1 << 40)


READERS: Final = {
    "consent": ("consent", "add", "J-014", "--from", "FILE"),
    "scan": ("consent", "add", "J-014", "--from", "CONSENT"),
    "public key": ("store", "recovery", "--no-notes", "--public-key", "FILE"),
    "private key": ("store", "recover", "--key", "FILE"),
    "passphrase": ("session", "show", "J-014"),
}
ENDLESS: Final[dict[str, Callable[[Path, pytest.MonkeyPatch], object]]] = KINDS | {
    "huge file": a_huge_file,
    "zeros without end": lambda path, _: os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5)),
}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=AS_ROOT if kind in ("device", "zeros without end") else ()) for kind in ENDLESS]
)
@pytest.mark.parametrize("reader", READERS)
def test_what_is_read_is_an_ordinary_file_of_a_bounded_size(
    ready: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str, kind: str
) -> None:
    """A pipe that nobody writes to does not make it wait, and a device that never ends does not fill the memory."""
    path = tmp_path / "it"
    ENDLESS[kind](path, monkeypatch)
    (tmp_path / "consent.toml").write_text(f"document = {{path = '{path}'}}\n")
    if reader == "passphrase":
        monkeypatch.setenv("MI_PASSWORD_FILE", str(path))
    words = {"FILE": str(path), "CONSENT": str(tmp_path / "consent.toml")}
    ran = ready(*(words.get(word, word) for word in READERS[reader]))
    assert ran.code in (1, 4), ran
    assert "fault of its own" not in ran.err
