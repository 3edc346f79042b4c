"""How far something has got, on standard error of a terminal, once it takes longer than a second."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE: Final = 1.0  # seconds


@contextmanager
def progress(what: str, *, plain: bool) -> Iterator[Callable[[int, int], None]]:
    """Gives what is to be called with how much is done, of how much. In plain text, and in a pipe, it shows nothing."""
    begun = monotonic()
    bar: Progress | None = None

    def step(done: int, of: int) -> None:
        nonlocal bar
        if bar is None:
            if plain or not sys.stderr.isatty() or monotonic() - begun < _PATIENCE:
                return
            bar = _bar()
            bar.add_task(what, total=of)
            bar.start()
        bar.update(bar.task_ids[0], completed=done, total=of)

    try:
        yield step
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    return Progress(*columns, console=Console(file=sys.stderr), transient=True)
