"""Changes every string inside a value that is to become JSON."""

from collections.abc import Callable, Mapping
from typing import Any


def map_strings(value: Any, change: Callable[[str], str]) -> Any:
    """Returns the value with `change` applied to each of its strings, at any depth; keys stay, tuples become lists."""
    match value:
        case str():
            return change(value)
        case Mapping():
            return {key: map_strings(item, change) for key, item in value.items()}
        case list() | tuple():
            return [map_strings(item, change) for item in value]
        case _:
            return value
