"""A progress bar on standard error, shown only on a terminal and only for what takes longer than a second."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.progress import Progress

_DELAY: Final = 1.0  # Seconds before the bar is shown.


@contextmanager
def progress(what: str, *, plain: bool) -> Iterator[Callable[[int, int], None]]:
    """Gives a callback that takes how much is done, and of how much. It shows nothing in plain text and in a pipe.

    `what` stands before the bar.
    """
    started = monotonic()
    bar: Progress | None = None

    def step(done: int, of: int) -> None:
        nonlocal bar
        if bar is None:
            if plain or not sys.stderr.isatty() or monotonic() - started < _DELAY:
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
