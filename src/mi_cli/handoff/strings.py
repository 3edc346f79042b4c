"""Changes or collects every string inside a value that is to become JSON."""

from collections.abc import Callable, Iterator, Mapping
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


def strings_in(value: Any) -> Iterator[str]:
    """Yields each string inside the value, at any depth, in order; keys are none of them."""
    match value:
        case str():
            yield value
        case Mapping():
            for item in value.values():
                yield from strings_in(item)
        case list() | tuple():
            for item in value:
                yield from strings_in(item)
