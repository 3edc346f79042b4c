from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.records import make_store
from tests.journeys.terminal import Terminal, environment

At = Callable[..., Terminal]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Returns an empty home folder: no store, no config."""
    return tmp_path


@pytest.fixture
def at_terminal(home: Path) -> Iterator[At]:
    """Gives a function that runs `mi` with these arguments on a terminal; keywords are the size, and more environment.

    `answers` are what the terminal answers about itself, and `now` is the time that it is for the command.
    The counselor's name is set, unless it `asks_who` that is. Unless MI_STORE names another place, there is a store
    without a passphrase.
    """
    with ExitStack() as terminals:

        def begin(
            *arguments: str,
            columns: int = 80,
            rows: int = 24,
            answers: Mapping[bytes, bytes] | None = None,
            asks_who: bool = False,
            now: str | None = None,
            **env: str,
        ) -> Terminal:
            if "MI_STORE" not in env and not (home / "store" / "store.json").exists():
                make_store(home)
            if not asks_who and not (home / "config").exists():
                (home / "config" / "mi").mkdir(parents=True)
                (home / "config" / "mi" / "config.toml").write_text('counselor = "counselor"\n', encoding="utf-8")
            env_of_home = environment(home, **env)
            terminal = Terminal(arguments, env_of_home, columns=columns, rows=rows, answers=answers, now=now)
            return terminals.enter_context(terminal)

        yield begin
