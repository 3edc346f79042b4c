"""A power cut: the image of a file system as it is right after what was acknowledged, mounted anew.

What another program's fsync does to the order of writes is the worst there is, so one comes just before (SQLite's and
restic's history; on XFS and btrfs a rename without fsync comes back as an empty file). The copy of a live image is a
strong hint and no proof: a drive's own cache could lose more.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from mi_cli.cli.surroundings import now
from mi_cli.store.records.disclosures import entries
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep.check import check
from tests.faults.commands import TYPED, in_backup, secrets, unlocked
from tests.zygote import Child, Zygote

SAID = [f"word {number}" for number in range(12)]


@dataclass(frozen=True)
class Kind:
    """A file system: who makes it, in how many megabytes, and how it is mounted."""

    maker: tuple[str, ...]
    size: int
    options: str = "loop"


KINDS = {
    "ext4": Kind(("mkfs.ext4", "-q", "-F"), 16),
    "ext4 noauto_da_alloc": Kind(("mkfs.ext4", "-q", "-F"), 16, "loop,noauto_da_alloc"),
    "xfs": Kind(("mkfs.xfs", "-q"), 300),
    "btrfs": Kind(("mkfs.btrfs", "-q"), 128),
}


@contextmanager
def mounted(image: Path, folder: Path, options: str) -> Iterator[Path]:
    """The file system in an image, in a folder while it lasts."""
    folder.mkdir(exist_ok=True)
    ran = subprocess.run(["mount", "-o", options, image, folder], capture_output=True, text=True, check=False)
    if ran.returncode:
        pytest.skip(f"no image can be mounted here: {ran.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@dataclass(frozen=True)
class Cuts:
    """Copies of a live image, and what must hold for each."""

    folder: Path
    image: Path
    made: list[tuple[Path, Callable[[Path], None]]]

    def settle(self) -> None:
        """All that came before is on the disk."""
        subprocess.run(["sync", "-f", self.folder], check=True)

    def cut(self, holds: Callable[[Path], None]) -> None:
        """The power goes."""
        (self.folder / "unsaved").write_bytes(b"x" * 5000)
        with (self.folder / "another program").open("wb") as file:
            file.write(b"x")
            os.fsync(file.fileno())
        copy = self.image.with_name(f"{len(self.made)}.img")
        subprocess.run(["cp", "--sparse=always", self.image, copy], check=True)
        (self.folder / "unsaved").unlink()
        self.made.append((copy, holds))


def is_whole(store: JsonStore) -> None:
    """Nothing is damaged, gone, older, or torn."""
    store.now = now  # what is on the disk was kept by the real clock
    assert [(found.what, found.why) for found in check(store).findings if "broken off" not in found.why] == []


def words_are_there(root: Path, also: Callable[[Path], bool] = Path.exists) -> None:
    assert also(root.parent)
    store = unlocked(root)[0]
    is_whole(store)
    said = [[entry.words for entry in read_notes(store, ref).entries] for ref in store.catalog.sessions()]
    assert SAID in [words[: len(SAID)] for words in said]
    assert [goal.words for goal in store.plan(store.codes()["J-014"]).goals] == ["home by six"]


def document_is_there(root: Path) -> None:
    words_are_there(root)
    store = unlocked(root)[0]
    assert "home by six" in (root.parent / "copy.md").read_text()
    assert [Path(entry.path or "").name for entry in entries(store, store.codes()["J-014"])] == ["copy.md"]


def backup_is_there(root: Path) -> None:
    words_are_there(root)
    assert {"store.json", "clients.json"} < set(in_backup(root.parent / "a.backup"))


@pytest.mark.root
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts images")
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_acknowledged_outlives_a_power_cut(zygote: Zygote, tmp_path: Path, kind: str) -> None:
    how = KINDS[kind]
    if shutil.which(how.maker[0]) is None:
        pytest.skip(f"there is no {how.maker[0]}")
    image = tmp_path / "live.img"
    with image.open("wb") as file:
        file.truncate(how.size << 20)
    subprocess.run([*how.maker, image], check=True, capture_output=True)
    with mounted(image, tmp_path / "disk", how.options) as disk:
        cuts = Cuts(disk, image, [])

        def start(*words: str) -> Child:
            return zygote.mi("--store", str(disk / "store"), *words, environment=secrets(disk), waits_for_disk=True)

        assert start("store", "init", "--unprotected").finish().code == 0
        assert start("client", "add", "J-014").finish().code == 0
        cuts.settle()
        interview = start("session", "start", "J-014")
        interview.send("/goal home by six\n" + "".join(f"{words}\n" for words in SAID))
        interview.read_until(out=f"saved {len(SAID)}".encode())
        cuts.cut(words_are_there)
        assert interview.finish("/end\n").code == 0
        cuts.settle()
        export = ("goals", "export", "J-014", "--basis", "client-copy", "-o", str(disk / "copy.md"))
        assert start(*export).finish().code == 0
        cuts.cut(document_is_there)
        cuts.settle()
        assert start("store", "backup", str(disk / "a.backup")).finish().code == 0
        cuts.cut(backup_is_there)
        assert start("client", "add", "K-015").finish().code == 0
        assert start("client", "delete", "K-015", "--yes").finish().code == 0
        for what in ("purge", "protect", "passphrase", "unprotect"):
            cuts.settle()
            command = TYPED[what]()
            ran = start(*command.typed).finish()
            assert ran.code == 0, ran.err
            cuts.cut(partial(words_are_there, also=command.is_done))
    for copy, holds in cuts.made:
        with mounted(copy, tmp_path / "after", how.options) as after:
            unsaved = after / "unsaved"
            assert not unsaved.exists() or unsaved.stat().st_size == 0, "the cut came too late to tell anything"
            holds(after / "store")
        copy.unlink()
