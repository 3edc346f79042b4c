"""Reads what a journey left on the disk, as plain JSON."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests import zygote
from tests.journeys.terminal import environment


def only(home: Path, pattern: str) -> Any:
    """Returns the one document that matches the pattern. Raises ValueError if there is none or more than one."""
    [path] = (home / "store").glob(pattern)
    return json.loads(path.read_bytes())


def session(home: Path) -> Any:
    """Returns the one session."""
    return only(home, "clients/*/sessions/*.json")


def notes(home: Path) -> Any:
    """Returns the notes of the one session."""
    return only(home, "clients/*/notes/*.json")


def plan(home: Path) -> Any:
    """Returns the plan of the one client."""
    return only(home, "clients/*/plan.json")


def kept(home: Path) -> list[tuple[str, str | None, str | None]]:
    """Returns the kind, the DARN-CAT type and the words of each entry."""
    return [(entry["kind"], entry["talk"], entry["words"]) for entry in notes(home)["entries"]]


def draft(home: Path) -> str | None:
    """Returns the half-typed line on the disk, or None if there is none."""
    for path in (home / "store").glob("clients/*/notes/*.draft"):
        return str(json.loads(path.read_bytes())["line"])
    return None


def run_mi(home: Path, *arguments: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a command without a terminal, and returns what it wrote and its exit code."""
    child = zygote.start(arguments, environment(home, **env)).finish(stdin)
    assert child.code is not None
    return subprocess.CompletedProcess(arguments, child.code, child.out, child.err)


def make_store(home: Path) -> None:
    """Makes a store without a passphrase."""
    assert run_mi(home, "store", "init", "--unprotected").returncode == 0
