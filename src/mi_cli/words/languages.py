"""The languages that the program speaks. Every subject of `words` has a module for each."""

from importlib import import_module
from typing import Final, Generic, TypeVar

from mi_cli.records.names import primary_language

LANGUAGES: Final = ("en", "es")

Words = TypeVar("Words")


def language_of(tag: str) -> str | None:
    """Returns the language for a tag such as `es`, `es-US` or `es_MX.UTF-8`; None for one that is not spoken."""
    code = primary_language(tag)
    return code if code in LANGUAGES else None


class Selector(Generic[Words]):
    """Finds the texts of a subject, such as the value `EN` of its module `en`.

    A module of texts is imported when it is first asked for: most commands need few subjects, in one language.
    """

    def __init__(self, package: str) -> None:
        """Takes the name of the subject's package."""
        self._package = package

    def __call__(self, tag: str | None) -> Words:
        """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
        language = language_of(tag or "") or "en"
        words: Words = getattr(import_module(f"{self._package}.{language}"), language.upper())
        return words


def counted(texts: tuple[str, str], count: int) -> str:
    """Returns how many there are: the first text says it of one, the second, with `{count}` in it, of any other."""
    return texts[count != 1].format(count=count)
