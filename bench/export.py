"""How long a handoff takes, from the command to the file: each format, all in one, over a small and a large store."""

import argparse
import tempfile
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from measure import MI, Run, in_turns, run, table
from start import store

FORMATS: Final = ("md", "html", "pdf", "docx", "json", "fhir.json", "zip")
CONFIG: Final = 'program.name = "Riverside"\n'
MEMBER: Final = "A. Therapist"  # of the program: a handoff to this person needs no consent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        numbers = count()

        def export(ending: str, env: dict[str, str]) -> Run:
            return run([MI, "goals", "export", "J-005", "-o", str(folder / f"{next(numbers)}.{ending}")], env)

        things: dict[str, Callable[[], Run]] = {}
        for sessions in (10, 10_000):
            env = store(folder / str(sessions), sessions)
            config = folder / str(sessions) / "config" / "mi" / "config.toml"
            config.parent.mkdir(parents=True, exist_ok=True)
            config.write_text(CONFIG)
            run([MI, "config", "set", "program.recipients", MEMBER], env)
            things |= {f"`.{ending}`, {sessions:,} sessions": partial(export, ending, env) for ending in FORMATS}
        runs = in_turns(given.rounds, things)
    print(table(runs, {"x Markdown, 10": "`.md`, 10 sessions"}))


if __name__ == "__main__":
    main()
