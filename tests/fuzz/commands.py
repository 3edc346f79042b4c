"""Whole commands, in this process: what a person types, pipes in, or has in a file of their own."""

import shutil
import sys
import tempfile
from contextlib import ExitStack
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Final
from unittest import mock

from mi_cli.cli.app import run

# What is run, on the store that `_store` makes. ARG is the argument that was made up, FILE the file.
COMMANDS: Final = tuple(
    line.split()
    for line in (
        "session start J-014",
        "session start ARG --new",
        "start K-200 --lang es",
        "session start J-014 --encoding ARG",
        "session start J-014 --started ARG",
        "session start J-014 --started 2026-11-20T14:00 --ended ARG",
        "session list --since ARG",
        "session show ARG --json",
        "session amend last -",
        "session move last ARG",
        "session times last --start ARG --reason ARG",
        "goals add J-014 - --review ARG",
        "goals edit J-014 - --field ARG",
        "goals progress J-014 -",
        "goals plan J-014 -",
        "goals export J-014 --to ARG",
        "goals export J-014 --draft --lang ARG",
        "goals export J-014 --client-copy",
        "client facts J-014 ARG -",
        "client facts J-014 medicines -",
        "client edit J-014 --code ARG --born ARG",
        "client add ARG --counselor ARG",
        "consent add J-014 --from FILE",
        "consent add J-014 --from -",
        "contact add J-014 - --kind ARG",
        "contact add J-014 - --at ARG",
        "config set counselor ARG",
        "config set ARG ARG",
        "config list --json",
        "prompts check own",
        "prompts list",
        "session start J-014 --set own",
        "store restore FILE --yes",
        "note write last --yes --format ARG",
        "today --json",
        "trend J-014 --json",
        "doctor",
        "ARG",
        "help ARG",
    )
)
_BEFORE: Final = "+d To be there\n/goal Be home\n/share 1\n/importance 4\n/end\n"
_OF_PROMPTS: Final = frozenset({"prompts", "--set"})


def run_one(number: int, argument: str, content: bytes) -> tuple[int, str]:
    """Returns the exit code of command `number` and what it says on standard error; `mi store check` must find nothing.

    `content` is its standard input, and the file; for some the config file, or a file of a prompt set.
    """
    command = COMMANDS[number % len(COMMANDS)]
    with ExitStack() as held:
        place = Path(held.enter_context(tempfile.TemporaryDirectory()))
        shutil.copytree(_made(), place, dirs_exist_ok=True, symlinks=True)
        given = place / "given"
        given.write_bytes(content)
        if _OF_PROMPTS & {*command}:
            shutil.copy(given, place / "config" / "mi" / "prompts" / "own" / "evoking.toml")
        elif command[0] in ("config", "doctor", "today"):
            shutil.copy(given, place / "config" / "mi" / "config.toml")
        words = {"ARG": argument, "FILE": str(given)}
        ran = _ran(place, [words.get(word, word) for word in command], content)
        (place / "config" / "mi" / "config.toml").unlink(missing_ok=True)
        code, findings = _ran(place, ["store", "check"], b"")
        assert code == 0, findings
    return ran


def _ran(place: Path, arguments: list[str], lines: bytes) -> tuple[int, str]:
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    places = {
        "HOME": "home", "XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state", "XDG_DATA_HOME": "data",
        "MI_STORE": "store",
    }  # fmt: skip
    env = {name: str(place / folder) for name, folder in places.items()} | {"LOGNAME": "counselor", "LANG": "C.UTF-8"}
    with (
        mock.patch.dict("os.environ", env),
        mock.patch.object(sys, "stdin", TextIOWrapper(BytesIO(lines), encoding="utf-8")),
        mock.patch.object(sys, "stdout", out),
        mock.patch.object(sys, "stderr", err),
    ):
        code = run(arguments)
    return code, err.buffer.getvalue().decode("utf-8", "surrogateescape")


@cache
def _made() -> Path:
    """Returns a folder with a store, in which a client has had one interview, and a prompt set of one's own."""
    place = Path(tempfile.mkdtemp())
    own = place / "config" / "mi" / "prompts" / "own"
    own.mkdir(parents=True)
    (own / "set.toml").write_text('extends = "en"\n', encoding="utf-8")
    for arguments, lines in ((["client", "add", "J-014"], ""), (["session", "start", "J-014"], _BEFORE)):
        code, said = _ran(place, arguments, lines.encode())
        assert code == 0, said
    return place
