"""A sentence that is made where nobody knows yet who reads it: an error, a finding, a reason.

Theory of operation. The inner rooms know what went wrong, and only the edge knows the language of the person there. So
a `Said` is its English sentence, which tests and programs read, and remembers how it is said in every other language.
The edge asks for that with `spoken`. A sentence that an f-string puts together with others is English alone: one that
has another as a part takes it as a value (`said(…, why=reason)`), and the value is spoken along with it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

Words = TypeVar("Words")


class Said(str):
    """A sentence in English that can be spoken in every language of the program."""

    __slots__ = ("_choose", "_values")

    _choose: Callable[[str | None], str]
    _values: Mapping[str, object]

    def __new__(cls, choose: Callable[[str | None], str], values: Mapping[str, object]) -> "Said":
        """Makes the sentence; `choose` gives the text for a language, with a place for each of the values."""
        self = super().__new__(cls, choose("en").format(**values))
        self._choose, self._values = choose, values
        return self

    def __str__(self) -> str:
        """Returns the sentence itself, so that `str(error)` can still be spoken."""
        return self

    def in_language(self, language: str | None) -> str:
        """Returns the sentence in a language, and its values too: English for any that is not spoken."""
        values = {
            name: spoken(value, language) if isinstance(value, str) else value for name, value in self._values.items()
        }
        return self._choose(language).format(**values)


def said(subject: Callable[[str | None], Words], choose: Callable[[Words], str], **values: object) -> Said:
    """Returns a sentence of a subject, such as `said(store_words, lambda words: words.no_store)`."""
    return Said(lambda language: choose(subject(language)), values)


def listed(head: str, items: Iterable[str]) -> Said:
    """Returns a sentence with a list below it, which is spoken item by item."""
    return joined((head, *items), "\n- ")


def joined(items: Iterable[str], between: str) -> Said:
    """Returns texts one after the other, each of which is spoken."""
    parts = {f"part{number}": text for number, text in enumerate(items)}
    return Said(lambda _: between.join(f"{{{name}}}" for name in parts), parts)


def spoken(text: str, language: str | None) -> str:
    """Returns what was said in a language; any other text as it is."""
    return text.in_language(language) if isinstance(text, Said) else text
