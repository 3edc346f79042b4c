"""Makes a store of this version in which interviews were killed in the middle: `make_killed.py FOLDER`. See `make.sh`.

Each interview is a process of its own that ends, without a word, when it is about to save one of its records: what it
owes to that record then stands in the notes alone.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from mi_cli.cli.app import run
from mi_cli.store.records.interviews import HeldInterview
from mi_cli.store.records.json_store import JsonStore

# By the client's code: what is saved when the process ends, at which time, and what was typed.
INTERVIEWS = {
    "STEP": (
        JsonStore,
        "change_plan",
        5,
        (
            "one",
            "+d two",
            "/planning",
            "/goal three",
            "/step ring @ noon",
            "/step four",
            "/share 2",
            "/step walk @ dawn",
        ),
    ),
    "SWAP": (JsonStore, "change_plan", 3, ("/planning", "/step four", "/importance 7 because", "/share p1")),
    "SAVED": (HeldInterview, "save_notes", 4, ("/goal three", "/step ring @ noon", "never saved")),
    "READING": (HeldInterview, "save_session", 2, ("one", "/importance 6 my son")),
}
# What there was before: a goal with three steps, of which the second is done.
EARLIER = {"SWAP": "/planning\n/goal three\n/step ring @ noon\n/step go\n/step walk\n/end\n"}


def killed(kind: Any, name: str, times: int, lines: tuple[str, ...], code: str) -> None:
    """Holds an interview in this process, and ends it in the middle."""
    save, left = getattr(kind, name), [times]

    def save_or_die(*given: Any) -> Any:
        left[0] -= 1
        if not left[0]:
            os._exit(9)
        return save(*given)

    setattr(kind, name, save_or_die)
    sys.stdin = open_lines("".join(f"{line}\n" for line in lines))
    run(["session", "start", code])


def open_lines(text: str) -> Any:
    """Returns standard input with that text."""
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    return os.fdopen(reading, encoding="utf-8")


def mi(*arguments: str, lines: str = "") -> None:
    """Runs a command that comes to its end."""
    subprocess.run([sys.executable, "-m", "mi_cli", *arguments], input=lines.encode(), check=True)


def main() -> None:
    """Makes the store, or holds the one interview whose client is named in MI_KILLED."""
    if code := os.environ.get("MI_KILLED"):
        killed(*INTERVIEWS[code], code)
        return
    os.environ["MI_STORE"] = str(Path(sys.argv[1]))
    mi("store", "init", "--unprotected")
    for code in INTERVIEWS:
        if lines := EARLIER.get(code):
            mi("session", "start", code, lines=lines)
            mi("goals", "progress", code, "-", "--step", "2", lines="He laughed")
        ended = subprocess.run([sys.executable, __file__], env={**os.environ, "MI_KILLED": code}, check=False)
        assert ended.returncode == 9, code


if __name__ == "__main__":
    main()
