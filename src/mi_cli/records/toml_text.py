"""Reads TOML from outside: the config file, prompt sets, consents. UTF-8, a byte order mark before it is dropped.

`tomllib` raises more than it says: a plain ValueError for an integer of over 4300 digits, RecursionError where it is
nested deep.
"""

from typing import Any, Final

from mi_cli.records.utf8 import decode_utf8

_MOST_DEEP: Final = 50


class NotToml(Exception):
    """The text is no TOML. `why` says what is wrong and where, in English; it may repeat a key."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class TooDeep(NotToml):
    """It is nested so deep, or so long, that nobody has written it."""

    def __init__(self) -> None:
        super().__init__("it is nested too deep")


def read_toml(data: bytes) -> dict[str, Any]:
    """Returns the document. Raises NotText for what is not UTF-8, NotToml for what is no TOML."""
    return parse_toml(decode_utf8(data))


def parse_toml(text: str) -> dict[str, Any]:
    """Returns the document. Raises NotToml."""
    import tomllib  # here, because a light command reads no TOML where there is no config file

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotToml(str(error)) from None
    except ValueError:
        raise NotToml("it has a number that is too long") from None
    except RecursionError:
        raise TooDeep from None
    if _is_too_deep(document):  # dotted keys nest without any recursion, and whatever goes through them recurses
        raise TooDeep
    return document


def _is_too_deep(document: dict[str, Any]) -> bool:
    level: list[Any] = [document]
    for _ in range(_MOST_DEEP):
        inner = (item.values() if isinstance(item, dict) else item for item in level)
        level = [item for items in inner for item in items if isinstance(item, dict | list)]
        if not level:
            return False
    return True
