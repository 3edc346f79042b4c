"""How far something long has got, told to whoever shows it."""

from collections.abc import Callable

ProgressCallback = Callable[[int, int], None]  # how many are done, of how many


def ignore_progress(_done: int, _of: int) -> None:
    """For when nobody looks."""
