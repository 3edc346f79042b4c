from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.records import make_store
from tests.journeys.terminal import Terminal, environment

At = Callable[..., Terminal]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with nothing in it: no store, no config."""
    return tmp_path


@pytest.fixture
def at_terminal(home: Path) -> Iterator[At]:
    """`mi` with these arguments on a terminal; keywords are more environment, or the size.

    Unless MI_STORE says where else, there is a store without a passphrase.
    """
    with ExitStack() as open_ones:

        def begin(*arguments: str, columns: int = 80, rows: int = 24, **env: str) -> Terminal:
            if "MI_STORE" not in env and not (home / "store" / "store.json").exists():
                make_store(home)
            terminal = Terminal(arguments, environment(home, **env), columns=columns, rows=rows)
            return open_ones.enter_context(terminal)

        yield begin
