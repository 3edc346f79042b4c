"""What a light command does without: it shows in `sys.modules`, whatever else the machine does."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import Ran

HEAVY: Final = {
    "pydantic",
    "pydantic_core",
    "rich",
    "prompt_toolkit",
    "filelock",
    "tomli_w",
    "cryptography",
    "typst",
    "ctypes",
    "mi_cli.words.store.model",  # every sentence of the store: only an error needs them
}
# What few commands need: OpenSSL, the kinds of files that are no text, and whom to choose where nobody was named.
SELDOM: Final = {"_hashlib", "mi_cli.records.decoding", "mi_cli.records.text_keys", "mi_cli.cli.choosing", "shlex"}
OF_PROMPTS: Final = {"mi_cli.prompts.model", "tomllib"}
# What only an interview, a handoff or a fault needs; pydantic would load `importlib.metadata` to look for plug-ins.
OF_AN_INTERVIEW: Final = (HEAVY - {"pydantic", "pydantic_core", "ctypes"}) | {
    "mi_cli.interview.actions",
    "mi_cli.interview.state",
    "mi_cli.terminal.pages",
    "mi_cli.handoff.chart",
    "mi_cli.words.store.model",
    "html",
    "importlib.metadata",
    "email",
}
TELL: Final = "import sys; from mi_cli.__main__ import main; main(); sys.stderr.write(' '.join(sys.modules))"


def loaded(store: Path, *arguments: str) -> set[str]:
    """The modules that a command has loaded at its end."""
    ran = subprocess.run(
        [sys.executable, "-c", TELL, *arguments],
        env={"MI_STORE": str(store), "XDG_CONFIG_HOME": str(store.parent), "HOME": str(store.parent)},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert ran.stdout
    return set(ran.stderr.split())


@pytest.mark.parametrize(
    "arguments", [("session", "list"), ("session", "list", "--json"), ("client", "list"), ("today",), ()]
)
def test_a_list_loads_no_large_library(mi: Callable[..., Ran], tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines="one\n/end\n").code == 0
    seldom = SELDOM if arguments[-1:] != ("today",) and arguments else set()
    assert not loaded(tmp_path / "store", *arguments) & (HEAVY | seldom)


@pytest.mark.parametrize(
    ("arguments", "without"), [(("session", "show", "J-014"), set()), (("goals", "show", "J-014"), OF_PROMPTS)]
)
def test_what_shows_a_record_loads_nothing_of_an_interview(
    mi: Callable[..., Ran], tmp_path: Path, arguments: tuple[str, ...], without: set[str]
) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines="+d one\n/goal two\n/end\n").code == 0
    assert not loaded(tmp_path / "store", *arguments) & (OF_AN_INTERVIEW | without)


def test_the_version_does_not_even_load_typer(tmp_path: Path) -> None:
    assert not loaded(tmp_path / "store", "--version") & (HEAVY | {"typer", "json", "dataclasses"})


def test_an_option_before_the_command_does_not_load_the_other_groups(mi: Callable[..., Ran], tmp_path: Path) -> None:
    store = tmp_path / "goals"  # the value of an option is not the command
    assert mi("--store", str(store), "store", "init", "--unprotected").code == 0
    assert mi("--store", str(store), "session", "start", "J-014", lines="one\n/end\n").code == 0
    for before in (("--plain",), ("--store", str(store)), (f"--store={store}",)):
        assert "mi_cli.cli.goals" not in loaded(store, *before, "session", "list")
