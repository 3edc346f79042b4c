"""What a text names, phrase by phrase (`phrases.toml`), and how an entry of a table is read."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.prompts.load import load
from mi_cli.prompts.model import PromptSet, Substance, Topic, WordTable
from mi_cli.prompts.topics import substances_in, topics_in

SHIPPED: Final = {language: load(language, None) for language in ("en", "es")}
PHRASES: Final = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
EACH: Final = [
    (language, kind, text, frozenset(named))
    for language, kinds in PHRASES.items()
    for kind, phrases in kinds.items()
    for text, named in phrases.items()
]


@pytest.mark.parametrize(("language", "kind", "text", "named"), EACH)
def test_a_phrase_names_what_it_means(language: str, kind: str, text: str, named: frozenset[str]) -> None:
    read = {"substances": substances_in, "topics": topics_in}[kind]
    for typed in (text, text.upper(), f"  {text}. "):
        assert read(typed, SHIPPED[language]) == named


@pytest.mark.parametrize("language", SHIPPED)
def test_the_phrases_are_enough(language: str) -> None:
    phrases = PHRASES[language]["substances"]
    assert len(phrases) >= 80
    assert {name for named in phrases.values() for name in named} == set(Substance)
    assert {name for named in PHRASES[language]["topics"].values() for name in named} == set(Topic)


def named_by(text: str, *entries: str, not_words: tuple[str, ...] = ()) -> frozenset[Substance]:
    """What a set with these entries for alcohol, and "weed" for cannabis, finds in a text."""
    words = {Substance.ALCOHOL: entries, Substance.CANNABIS: ("weed",)}
    none = {WordTable.FOCUS: not_words}
    return substances_in(text, _with(words, none))


def _with(words: dict[Substance, tuple[str, ...]], none: dict[WordTable, tuple[str, ...]]) -> PromptSet:
    return replace(SHIPPED["en"], focus_words=words, not_words=none, small_words=("a", "lot", "of"))


@pytest.mark.parametrize(
    ("entry", "found", "missed"),
    [
        ("drink", ["drink", "Drinking.", "my drinking"], ["undrinkable", ""]),
        ("rum.", ["rum", "rum!"], ["rumor"]),
        ("gin.|rum.", ["gin", "rum"], ["ginger"]),
        ("go dry", ["going dry", "go dryer"], ["go very dry", "dry"]),
        ("pour … out", ["pour out", "pour it all out", "Pour that old stuff out"], ["pour a b c d out", "pour. Out"]),
        ("pour … … out", ["pour out", "pour a b c d e f out"], ["pour a b c d e f g out", "pour. Out"]),
        (", rock. ,", ["rock", "First, rock", "Rock."], ["the rock", "rock music"]),
        ("quit ,|today", ["quit", "quit today", "I quit."], ["quit it"]),
        ("vino", ["VINO", "vínó"], ["vin o"]),
        ("güero", ["guero"], []),
        ("", [], ["", "drink"]),
        ("+", [], ["", "drink"]),
        (",", [], ["", "drink"]),
    ],
)
def test_an_entry_is_read_as_the_head_says(entry: str, found: list[str], missed: list[str]) -> None:
    assert [text for text in found if Substance.ALCOHOL not in named_by(text, entry)] == []
    assert [text for text in missed if Substance.ALCOHOL in named_by(text, entry)] == []


def test_a_verb_counts_only_if_nothing_known_is_its_object() -> None:
    assert named_by("smoke", "smok +") == {Substance.ALCOHOL}
    assert named_by("smoking a lot of weed", "smok +") == {Substance.CANNABIS}
    assert named_by("smoking, weed", "smok +") == {Substance.ALCOHOL, Substance.CANNABIS}
    assert named_by("smoking and weed", "smok +") == {Substance.ALCOHOL, Substance.CANNABIS}
    assert named_by("smoke salmon", "smok +", not_words=("salmon",)) == set()


def test_more_words_count_then_not_words_then_more_letters() -> None:
    assert named_by("bad weed", "bad weed") == {Substance.ALCOHOL}
    assert named_by("weed", "weed", not_words=("weed",)) == set()
    assert named_by("weedy", "weedy") == {Substance.ALCOHOL}
    assert named_by("weed killer, weed", not_words=("weed killer",)) == {Substance.CANNABIS}


@pytest.mark.parametrize("language", SHIPPED)
@given(text=st.text(max_size=60))
def test_any_text_can_be_read(language: str, text: str) -> None:
    assert substances_in(text, SHIPPED[language]) <= set(Substance)
    assert topics_in(text, SHIPPED[language]) <= set(Topic)
