"""What is due, and the way so far: with 10,000 and 20,000 interviews of the same clients, plain and unlocked."""

import argparse
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from measure import MI, Run, in_turns, run, table
from start import store

CLIENTS: Final = 400
CODE: Final = "J-014"


def unlocked(env: dict[str, str]) -> dict[str, str]:
    """The environment with the store unlocked for a while, and no passphrase in it."""
    runtime = Path(env["HOME"], "runtime")
    runtime.mkdir(mode=0o700)
    env = {**env, "XDG_RUNTIME_DIR": str(runtime)}
    subprocess.run([MI, "unlock"], env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return {name: value for name, value in env.items() if name != "MI_PASSWORD_FILE"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        once, twice = given.sessions, 2 * given.sessions
        stores = {
            f"{once:,}": store(folder / "once", once),
            f"{twice:,}": store(folder / "twice", twice),
            f"{once:,}, unlocked": unlocked(store(folder / "sealed", once, "--protected")),
        }
        few = store(folder / "few", given.sessions // CLIENTS, "--clients=1")
        things: dict[str, Callable[[], Run]] = {
            f"`mi today`, {what}": partial(run, [MI, "today"], env) for what, env in stores.items()
        }
        things |= {f"`mi trend`, {what}": partial(run, [MI, "trend", CODE], env) for what, env in stores.items()}
        things["`mi trend`, one client alone"] = partial(run, [MI, "trend", "J-000"], few)
        runs = in_turns(given.rounds, things)
    bases = {f"times {once:,}": f"`mi today`, {once:,}"}
    print(table(runs, bases))


if __name__ == "__main__":
    main()
