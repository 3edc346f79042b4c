"""Readings over time as a line of text, where nothing can be drawn."""

from collections.abc import Sequence
from typing import Final

_BARS: Final = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[int]) -> str:
    """Returns a bar for each value from 0 to 10. The numbers have to stand beside it, for those who cannot see it."""
    return "".join(_BARS[round(value * (len(_BARS) - 1) / 10)] for value in values)
