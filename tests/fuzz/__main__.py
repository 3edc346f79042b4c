"""A long run: `python -m tests.fuzz records -runs=1000000` (needs atheris; the options are libFuzzer's)."""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mi_cli"]):
    from tests.fuzz.targets import TARGETS, seeds


def main() -> None:
    """Run one target from its seeds, with at most 2 GB of memory and 20 seconds for one input."""
    name, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(name)):
            (Path(corpus) / str(number)).write_bytes(seed)
        limits = ["-rss_limit_mb=2048", "-timeout=20", "-max_len=20000"]
        atheris.Setup([sys.argv[0], corpus, *limits, *options], TARGETS[name])
        atheris.Fuzz()


main()
