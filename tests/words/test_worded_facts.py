"""A fact that the program words in part is the same in every language, and what was told is left alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.records.client_facts import Mandate
from mi_cli.records.terms import Direction, FactName, FactSource
from mi_cli.words.facts import fact_words
from mi_cli.words.languages import LANGUAGES
from mi_cli.words.worded_facts import direction_in_words, in_language, mandate_in_words

told = st.none() | st.text(st.characters(exclude_characters="();:", codec="utf-8"), min_size=1)
ways = st.permutations(LANGUAGES)
NOTED = {"on": date(2026, 11, 23), "source": FactSource.CLIENT}


@given(st.sampled_from(Direction), told, ways)
def test_a_direction_is_said_as_it_would_be_worded_in_that_language(
    direction: Direction, behavior: str | None, way: list[str]
) -> None:
    there, here = map(fact_words, way[:2])
    text = direction_in_words(direction, behavior, there)
    assert in_language(FactName.DIRECTION, text, way[1]) == direction_in_words(direction, behavior, here)


@given(told, told, st.none() | st.dates(), ways)
def test_so_is_a_mandate(by: str | None, reported: str | None, until: date | None, way: list[str]) -> None:
    there, here = map(fact_words, way[:2])
    mandate = Mandate(by=by, reported=reported, until=until, **NOTED)
    text = mandate_in_words(mandate, there)
    assert in_language(FactName.MANDATE, text, way[1]) == mandate_in_words(mandate, here)


@pytest.mark.parametrize("name", FactName)
@pytest.mark.parametrize("text", ["Judge Roe (Mondays)", "hasta luego", "stop it", "a: b", "()", "court (reported)"])
def test_what_was_told_stays_as_it_was_told(name: FactName, text: str) -> None:
    assert [in_language(name, text, tag) for tag in LANGUAGES] == [text] * len(LANGUAGES)


@pytest.mark.parametrize("name", [name for name in FactName if name not in {FactName.DIRECTION, FactName.MANDATE}])
def test_a_fact_in_words_alone_is_never_said_in_another_language(name: FactName) -> None:
    assert in_language(name, "menos", "en") == "menos"
