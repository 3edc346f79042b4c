"""How long a line takes from the Enter key until it is on the disk: lines into a pipe, the companion's answer back.

Beside it, after each line: what it takes to put a file as large as the notes on that disk, by the barest means.
"""

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from measure import MI, environment, percentile
from store import protect

LINES: Final = 600
WORDS: Final = "My wife said it was this or the spare room, and she meant it – ¿sabes? "
MARKS: Final = ("", "+d ", "- ", "! ", "+c ", "? ", "", "+r ")


def lines() -> Iterator[str]:
    """Six hundred lines; the first and the last have 1,200 characters, those between from a few words to that many."""
    for number in range(LINES):
        length = 1200 if number in (0, LINES - 1) else 20 + 97 * number % 1180
        mark = MARKS[number % len(MARKS)]
        yield mark + (WORDS * 17)[: length - len(mark)].strip()


def on_disk(path: Path, size: int) -> float:
    """The milliseconds to write that many bytes to a temporary file, fsync, rename, and fsync the folder."""
    began = time.perf_counter()
    descriptor = os.open(path.with_suffix(".tmp"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(descriptor, b"." * size)
    os.fsync(descriptor)
    os.close(descriptor)
    path.with_suffix(".tmp").replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    return 1000 * (time.perf_counter() - began)


def saved(folder: Path, code: str) -> tuple[list[float], list[float]]:
    """One interview: each line's milliseconds from writing it to reading that it was saved, and the bare file's."""
    process = subprocess.Popen(
        [MI, "session", "start", code], env=environment(folder, folder / "store"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    process.stdout.readline()
    took, bare, size = [], [], 1000
    for line in lines():
        began = time.perf_counter()
        process.stdin.write(f"{line}\n".encode())
        process.stdin.flush()
        answer = process.stdout.readline()
        took.append(1000 * (time.perf_counter() - began))
        if not answer.startswith(b"saved"):
            raise SystemExit(f"not saved: {line[:20]}")
        size += len(line.encode()) + 200
        bare.append(on_disk(folder / "bare", size))
    process.communicate()
    return took, bare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=7)
    parser.add_argument("--protected", action="store_true", help="in a store with a passphrase")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = environment(folder, folder / "store")
        subprocess.run([MI, "store", "init", "--unprotected"], env=environ, check=True, stdout=subprocess.DEVNULL)
        if given.protected:
            protect(folder, folder / "store")
        runs = [saved(folder, f"S-{number}") for number in range(given.interviews)]
    parts = {
        "all": slice(None),
        "1st": slice(1),
        "600th": slice(-1, None),
        "1-20": slice(20),
        "581-600": slice(-20, None),
    }
    print("| lines | median ms | 95 % within ms | bare file: median ms | 95 % within ms |\n|---|---:|---:|---:|---:|")
    for what, part in parts.items():
        columns = ([one for run in runs for one in run[which][part]] for which in (0, 1))
        cells = (f"{percentile(column, 50):.2f} | {percentile(column, 95):.2f}" for column in columns)
        print(f"| {what} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
