"""How long prompt sets take to load, in process and warm: the shipped ones, and 500 prompts from a user's folder."""

import argparse
import gc
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from measure import median
from mi_cli.prompts.load import load
from mi_cli.prompts.source import shipped_folder
from mi_cli.records.terms import Stage

PROMPT = """
[[prompt]]
id = "{id}"
say = "What would be different for you if {id} were settled?"
kind = "open-question"
evokes = "desire"
listen_for = "I want, I wish, I'd like, I hope"
follow_ups = ["What would that give you?"]
source = "Own wording"
"""


def own_set(folder: Path, prompts: int) -> None:
    """A set `own` with that many prompts, the same number in each stage, and all that a set needs besides."""
    shipped = shipped_folder() / "en"
    (folder / "own").mkdir()
    for path in shipped.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        before, mark, _ = text.partition("[[prompt]]")
        if mark:
            ids = (f"{path.stem}-{number}" for number in range(prompts // 4))
            text = before + "".join(PROMPT.format(id=each) for each in ids)
        (folder / "own" / path.name).write_text(text, encoding="utf-8")


def begun(name: str, own: Path | None) -> int:
    """Reads what an interview begins with: a set, and its first stage. The number of prompts."""
    return len(load(name, own).stages[Stage.ENGAGING].prompts)


def whole(name: str, own: Path | None) -> int:
    """Reads a set with all its stages and the safety card. The number of prompts."""
    found = load(name, own)
    _ = found.safety
    return sum(len(guide.prompts) for guide in found.stages.values())


def measured(rounds: int, thing: Callable[[], int]) -> str:
    """A row's cells: prompts, milliseconds by the clock and of the processor; the first time is not counted."""
    count = thing()
    wall, cpu = [], []
    for _ in range(rounds):
        began = time.perf_counter(), time.process_time()
        thing()
        wall.append(1000 * (time.perf_counter() - began[0]))
        cpu.append(1000 * (time.process_time() - began[1]))
    return f"{count} | {median(wall):.1f} | {min(wall):.1f} | {median(cpu):.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    gc.disable()  # as `mi` itself does at the start
    with tempfile.TemporaryDirectory() as name:
        own = Path(name)
        own_set(own, 500)
        print("| set | prompts | median ms | least ms | processor ms |\n|---|---:|---:|---:|---:|")
        for what, read, one, where in (
            ("`en`, as an interview begins", begun, "en", None),
            ("`es`, as an interview begins", begun, "es", None),
            ("`en`, whole", whole, "en", None),
            ("`es`, whole", whole, "es", None),
            ("one's own, checked", whole, "own", own),
        ):
            print(f"| {what} | {measured(rounds, partial(read, one, where))} |")


if __name__ == "__main__":
    main()
