"""The languages that the program speaks. Every subject of `words` has a module for each."""

from typing import Final

from mi_cli.records.names import primary_language

LANGUAGES: Final = ("en", "es")


def language_of(tag: str) -> str | None:
    """Returns the language for a tag such as `es`, `es-US` or `es_MX.UTF-8`; None for one that is not spoken."""
    code = primary_language(tag)
    return code if code in LANGUAGES else None


def counted(texts: tuple[str, str], count: int) -> str:
    """Returns how many there are: the first text says it of one, the second, with `{count}` in it, of any other."""
    return texts[count != 1].format(count=count)
