"""What protection costs: a list and a check of a protected store beside a plain one, and unlocking alone."""

import argparse
import hashlib
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from measure import MI, PASSPHRASE, Run, in_turns, median, run, table
from start import store

CLOCKS: Final[dict[str, Callable[[], float]]] = {"the clock": time.perf_counter, "the processor": time.process_time}


def derive(iterations: int) -> None:
    """The key derivation alone: PBKDF2 with HMAC-SHA-512, as the key file has it."""
    hashlib.pbkdf2_hmac("sha512", b"plume ocean tactics river humble ninety", b"salt" * 8, iterations)


def median_of(rounds: int, clock: Callable[[], float], thing: Callable[[], object]) -> float:
    """Milliseconds, in this process."""
    took = []
    for _ in range(rounds):
        began = clock()
        thing()
        took.append(1000 * (clock() - began))
    return median(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = store(folder / "plain", given.sessions)
        sealed = store(folder / "sealed", given.sessions, "--protected")
        both = {"plain": plain, "protected": sealed}
        lists: dict[str, Callable[[], Run]] = {
            f"`mi session list`, {what}": partial(run, [MI, "session", "list"], env) for what, env in both.items()
        }
        checks: dict[str, Callable[[], Run]] = {
            f"`mi store check`, {what}": partial(run, [MI, "store", "check"], env) for what, env in both.items()
        }
        runs = in_turns(given.rounds, lists) | in_turns(max(3, given.rounds // 5), checks)

        from mi_cli.store.keys.keyfile import (  # not before: commands are measured from a small process
            ITERATIONS,
            KeyFile,
        )

        root, passphrase = Path(sealed["MI_STORE"]), (folder / "sealed" / PASSPHRASE).read_text()
        unlocking = median_of(given.rounds, time.perf_counter, lambda: KeyFile.read(root).unlocked(passphrase))
        derived = [median_of(given.rounds, clock, partial(derive, ITERATIONS)) for clock in CLOCKS.values()]
    print(f"{table(runs, {})}\n\nUnlocking in all: {unlocking:.0f} ms.")
    for which, (clock, derivation) in enumerate(zip(CLOCKS, derived, strict=True)):
        took = {what: [(each.wall, each.cpu)[which] for each in runs[f"`mi session list`, {what}"]] for what in both}
        ratio = (median(took["protected"]) - derivation) / median(took["plain"])
        print(f"By {clock}: key derivation {derivation:.0f} ms; a list without it {ratio:.2f} x plain.")


if __name__ == "__main__":
    main()
