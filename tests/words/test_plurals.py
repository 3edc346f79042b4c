"""One of a thing is said in the singular, in every sentence that takes a number and in both languages."""

import re
import string
from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.words.languages import LANGUAGES, counted
from mi_cli.words.texts import Texts
from tests.words.subjects import SUBJECTS

# A number, and a noun in the plural after it, perhaps with another word between: "1 newer files", "1 líneas más".
PLURAL: Final = re.compile(r"(?<![\w#:.,-])1 (?:(?:more|newer|other|deleted|temporary|piped|of 1|de 1) )?(\w{2,}s)\b")
# What ends in s and is no plural.
SINGULAR: Final = {"is", "was", "has", "does", "más"}
NUMBERS: Final = {"n", "count", "number", "minutes", "days", "tries", "all", "of"}
# What is never said of one, or has a text of its own for one beside it, as `days` has `one_day`.
NOT_OF_ONE: Final = {
    "aside.several", "due.days", "due.in_days", "health.old_backup", "interview.ask_keep_paste", "interview.more",
    "note.days", "protection.tries_left", "store.start_of_several", "trend.lapses",
}  # fmt: skip


class One(dict[str, str]):
    """Fills every place of a number with a one, and any other with a word."""

    def __missing__(self, key: str) -> str:
        return "1" if key in NUMBERS else "zzz"


def pairs_and_texts(words: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yields each text as it is said of one, with its place."""
    for field in type(words).__annotations__:
        value, name = getattr(words, field), f"{place}.{field}"
        if isinstance(value, Texts) or is_dataclass(value):
            yield from pairs_and_texts(value, name.partition(".")[0])
        elif is_pair(value):
            yield name, counted(value, 1)
        else:
            yield from ((name, text) for text in texts_of(value))


def is_pair(value: Any) -> bool:
    """Whether it is a text for one, and another for any other number."""
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], str) and "{count}" in value[1]


def texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        yield from (text for text in (value.values() if hasattr(value, "values") else value) if isinstance(text, str))


def said_of_one(text: str) -> str:
    return string.Formatter().vformat(text, (), One())


def wrong_plurals(text: str) -> list[str]:
    return [word for word in PLURAL.findall(said_of_one(text)) if word.lower() not in SINGULAR]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_one_is_no_plural(subject: str, language: str) -> None:
    found = {
        place: text
        for place, text in pairs_and_texts(SUBJECTS[subject](language), subject)
        if place not in NOT_OF_ONE and wrong_plurals(text)
    }
    assert found == {}


PAIRS: Final = [
    (f"{name}.{field}", value)
    for name, select in SUBJECTS.items()
    for language in LANGUAGES
    for field in type(select(language)).__annotations__
    if is_pair(value := getattr(select(language), field))
]


@pytest.mark.parametrize(("place", "pair"), PAIRS, ids=[place for place, _ in PAIRS])
@given(count=st.integers(0, 1000))
def test_a_pair_says_how_many_there_are(place: str, pair: tuple[str, str], count: int) -> None:
    text = counted(pair, count)
    assert (str(count) in text) or count == 1
    assert (text == counted(pair, 1)) is (count == 1), place
    assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", counted(pair, 1))), place


@pytest.mark.parametrize("text", ["Paused: {n} entries.", "{n} líneas más", "All {count} more files", "{n} días"])
def test_a_plural_of_one_would_be_noticed(text: str) -> None:
    assert wrong_plurals(text)
