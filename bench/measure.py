"""Commands measured in turns, so that whatever else the machine does falls on all of them alike.

This process stays small: on Linux a command's peak memory is never told as less than that of what started it.
"""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PYTHON: Final = sys.executable
MI: Final = str(Path(PYTHON).with_name("mi"))
HERE: Final = Path(__file__).parent
PASSPHRASE: Final = "passphrase"
PATIENCE: Final = 30.0  # seconds


@dataclass(frozen=True)
class Run:
    """What one run took: milliseconds by the clock and of the processor, and peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def environment(folder: Path, store: Path) -> dict[str, str]:
    """A home of its own, that store, and where its passphrase would be."""
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder / "data")}
    mi = {"MI_STORE": str(store), "MI_PASSWORD_FILE": str(folder / PASSPHRASE)}
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color"} | home | mi


def run(arguments: Sequence[str], env: Mapping[str, str]) -> Run:
    """One run to its end, its output piped."""
    began = time.perf_counter()
    process = subprocess.Popen(
        arguments, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout
    process.stdout.read()
    ran = _ended(process, began)
    process.stdout.close()
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)}: exit code {process.returncode}")
    return ran


def until(sight: str, arguments: Sequence[str], env: Mapping[str, str], *, terminal: bool) -> Run:
    """One run until it has written `sight`, on a terminal of its own or into a pipe; then it is told to stop.

    From a pipe it is given a line, since it looks at the first before anything is made.
    """
    ours, theirs = pty.openpty() if terminal else os.pipe()
    began = time.perf_counter()
    process = subprocess.Popen(
        arguments, env=env, stdin=theirs if terminal else subprocess.PIPE, stdout=theirs, stderr=theirs,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    if process.stdin:
        process.stdin.write(b"words\n")
        process.stdin.flush()
    seen = b""
    while sight.encode() not in seen:
        if not select.select([ours], [], [], PATIENCE)[0]:
            process.kill()
            raise SystemExit(f"{' '.join(arguments)}: {sight!r} was waited for in vain")
        seen += os.read(ours, 65536)
    wall = 1000 * (time.perf_counter() - began)
    process.send_signal(signal.SIGTERM)
    ran = _ended(process, began)
    os.close(ours)
    if process.stdin:
        process.stdin.close()
    return Run(wall, ran.cpu, ran.memory)


def _ended(process: subprocess.Popen[bytes], began: float) -> Run:
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(1000 * (time.perf_counter() - began), 1000 * (used.ru_utime + used.ru_stime), used.ru_maxrss / 1024)


def in_turns(rounds: int, things: Mapping[str, Callable[[], Run]]) -> dict[str, list[Run]]:
    """Run each thing once, to warm the caches, then each in its turn, so many times."""
    for thing in things.values():
        thing()
    runs: dict[str, list[Run]] = {name: [] for name in things}
    for _ in range(rounds):
        for name, thing in things.items():
            runs[name].append(thing())
    return runs


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return percentile(values, 50)


def percentile(values: Sequence[float], part: int) -> float:
    """The value that `part` of 100 do not exceed."""
    return sorted(values)[max(0, -(-len(values) * part // 100) - 1)]


def ratio(runs: Sequence[Run], base: Sequence[Run]) -> float:
    """How many times as long as `base`: the median over the rounds, in each of which both ran."""
    return median([one.wall / other.wall for one, other in zip(runs, base, strict=True)])


def table(runs: Mapping[str, Sequence[Run]], bases: Mapping[str, str]) -> str:
    """A Markdown table; `bases` are the things that all are compared with, by the head of their column."""
    head = ["", "median ms", "least ms", "processor ms", "peak MB", *bases]
    rows = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    for name, own in runs.items():
        wall = [each.wall for each in own]
        cells = [f"{median(wall):.0f}", f"{min(wall):.0f}", f"{median([each.cpu for each in own]):.0f}"]
        cells.append(f"{max(each.memory for each in own):.1f}")
        cells += [f"{ratio(own, runs[base]):.2f}" for base in bases.values()]
        rows.append(f"| {' | '.join([name, *cells])} |")
    return "\n".join(rows)
