"""How long commands take from the start: light ones to their end, an interview to its first prompt."""

import argparse
import datetime
import secrets
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from measure import HERE, MI, PYTHON, Run, environment, in_turns, run, table, until

PROMPT: Final = "›"  # the sign before the line that can be typed
VIEW: Final = "Engaging"  # above the first prompt
FIRST_LINE: Final = "\n"
SHOWN: Final = "J-000"
JRNL_DEFAULTS: Final = """
colors: {body: none, date: none, tags: none, title: none}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: true
indent_character: '|'
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%Y-%m-%d %H:%M'
"""


def store(folder: Path, sessions: int, *more: str) -> dict[str, str]:
    """An environment with a store of that many sessions, made by a process of its own."""
    arguments = [PYTHON, str(HERE / "store.py"), str(folder), f"--sessions={sessions}", *more]
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    return environment(folder, folder / "store")


def jrnl(folder: Path, entries: int) -> dict[str, str]:
    """An environment with a journal of that many entries, in the one file that jrnl keeps by default."""
    journal, config = folder / "journal.txt", folder / "config" / "jrnl" / "jrnl.yaml"
    config.parent.mkdir(parents=True)
    days = (datetime.date(2026, 1, 5) - datetime.timedelta(days=number // 2) for number in reversed(range(entries)))
    with journal.open("w") as file:
        file.writelines(f"[{day} 09:00] A day.\n{'Words of a day. ' * 20}\n\n" for day in days)
    config.write_text(f"version: v4.6\njournals:\n  default: {{journal: {journal}}}\n{JRNL_DEFAULTS}")
    return environment(folder, folder)


def code() -> str:
    """A new client's code; numbers in turn would be asked about, as two neighbors of one may be another's."""
    return f"K-{secrets.token_hex(5)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--jrnl", type=Path, help="the program jrnl, to measure it too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = store(folder / "few", 10), store(folder / "many", 10_000)
        hurt = store(folder / "hurt", 10_000, "--damaged")

        def interview(sight: str, env: dict[str, str], *, terminal: bool) -> Run:
            return until(sight, [MI, "session", "start", code()], env, terminal=terminal)

        things: dict[str, Callable[[], Run]] = {
            "`python -c pass`": partial(run, [PYTHON, "-c", "pass"], few),
            "bare Typer": partial(run, [PYTHON, str(HERE / "bare.py")], few),
            "`mi --version`": partial(run, [MI, "--version"], few),
            "`mi session list`, 10 sessions": partial(run, [MI, "session", "list"], few),
            "`mi session list`, 10,000": partial(run, [MI, "session", "list"], many),
            "`mi session list`, 10,000, the newest damaged": partial(run, [MI, "session", "list"], hurt),
            "`mi session show`": partial(run, [MI, "session", "show", SHOWN], few),
            "`mi goals show`": partial(run, [MI, "goals", "show", SHOWN], few),
            "`mi session start`, terminal, to the prompt's words": partial(interview, VIEW, many, terminal=True),
            "`mi session start`, terminal, to the line to type on": partial(interview, PROMPT, many, terminal=True),
            "`mi session start`, pipe, to its first line": partial(interview, FIRST_LINE, many, terminal=False),
        }
        if given.jrnl:
            own = jrnl(folder / "jrnl", 10_000)
            things["`jrnl --version`"] = partial(run, [str(given.jrnl), "--version"], own)
            things["`jrnl -n 20`, 10,000 entries"] = partial(run, [str(given.jrnl), "-n", "20"], own)
        runs = in_turns(given.rounds, things)
    print(table(runs, {"x python": "`python -c pass`", "x bare Typer": "bare Typer"}))


if __name__ == "__main__":
    main()
