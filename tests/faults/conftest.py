"""What the tests of faults share."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from mi_cli.store.records.json_store import JsonStore
from tests.conftest import Desk, Ran
from tests.faults.system_calls import Prepared, store_at


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    """Two clients."""
    store = store_at(tmp_path / "prepared")
    store.make()
    clients = [store.add_client(code, "en") for code in ("J-014", "K-015")]
    for client, word in zip(clients, ("Zwetschge", "Mirabelle"), strict=True):
        with ExitStack() as held:
            Desk(store, client, held).begin(word, "/goal Quitte", "/end")
    return Prepared(tmp_path / "prepared", *clients)


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
    from tests.faults.zygote import Zygote

    @pytest.fixture
    def zygote(tmp_path: Path) -> Iterator[Zygote]:
        """Starts `mi` in processes of its own, quickly."""
        started = Zygote(tmp_path)
        yield started
        started.close()
