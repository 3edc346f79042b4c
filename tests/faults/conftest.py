"""What the tests of faults share."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mi_cli.store.records.json_store import JsonStore
from tests.conftest import Ran


@pytest.fixture
def made(tmp_path: Path, mi: Callable[..., Ran]) -> Path:
    """An empty store, where `mi` looks for it."""
    assert mi("store", "init", "--unprotected").code == 0
    return tmp_path / "store"


@pytest.fixture
def files(made: Path) -> JsonStore:
    """The same, to look into."""
    from mi_cli.cli.surroundings import new_id, now

    return JsonStore(made, now, new_id, "A. Counselor")


@contextmanager
def mounted_at(folder: Path, *options: str) -> Iterator[None]:
    """While it lasts, the folder is where that is mounted."""
    if subprocess.run(["mount", *options, folder], capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], capture_output=True, check=False)


@pytest.fixture
def no_privileges() -> Iterator[None]:
    """Permissions bind, also where the tests run as root: without what lets it read and write everything."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    from tests.faults.privileges import given_up

    with given_up():
        yield


if os.name == "posix":
    from tests.zygote import Zygote

    @pytest.fixture
    def zygote(tmp_path: Path) -> Iterator[Zygote]:
        """Starts `mi` in processes of its own, quickly."""
        started = Zygote(tmp_path)
        yield started
        started.close()


def keep_state(folder: Path) -> None:
    """Copy what this computer remembers of stores, where it remembers any, so that a fault can be met there again."""
    if (folder / "state").exists():
        shutil.copytree(folder / "state", folder / "kept state")


def state_as_kept(folder: Path) -> None:
    """Put back what `keep_state` copied: a store that is put back as it was is then no doubt."""
    shutil.rmtree(folder / "state", ignore_errors=True)
    if (folder / "kept state").exists():
        shutil.copytree(folder / "kept state", folder / "state")
