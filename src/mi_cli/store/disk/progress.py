"""The progress of something long, reported to whoever shows it."""

from collections.abc import Callable

ProgressCallback = Callable[[int, int], None]  # called with how many are done, and how many there are


def ignore_progress(_done: int, _of: int) -> None:
    """The callback for when nobody looks."""
