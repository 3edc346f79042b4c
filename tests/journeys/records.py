"""What a journey left on the disk, read as the plain JSON it is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.journeys.terminal import PATIENCE, environment


def only(home: Path, pattern: str) -> Any:
    """The one document there is of that kind."""
    [path] = (home / "store").glob(pattern)
    return json.loads(path.read_bytes())


def session(home: Path) -> Any:
    """The one session."""
    return only(home, "clients/*/sessions/*.json")


def notes(home: Path) -> Any:
    """The notes of the one session."""
    return only(home, "clients/*/notes/*.json")


def plan(home: Path) -> Any:
    """The one client's plan."""
    return only(home, "clients/*/plan.json")


def kept(home: Path) -> list[tuple[str, str | None, str | None]]:
    """Kind, type and words of each entry."""
    return [(entry["kind"], entry["talk"], entry["words"]) for entry in notes(home)["entries"]]


def draft(home: Path) -> str | None:
    """The half-typed line on the disk."""
    for path in (home / "store").glob("clients/*/notes/*.draft"):
        return str(json.loads(path.read_bytes())["line"])
    return None


def run_mi(home: Path, *arguments: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """A whole command without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "mi_cli", *arguments],
        input=stdin, capture_output=True, env=environment(home, **env), timeout=PATIENCE, check=False,
    )  # fmt: skip


def make_store(home: Path) -> None:
    """`mi store init`."""
    assert run_mi(home, "store", "init", "--unprotected").returncode == 0
