"""The bar beneath the line: always one row, the most needed first."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.prompts.load import load
from mi_cli.records.terms import Stage, Talk
from mi_cli.terminal.bar import Bar
from mi_cli.words.interview import interview_words
from mi_cli.words.languages import LANGUAGES
from tests.builders import after, an_interview
from tests.conftest import Desk

NOW = datetime(2026, 11, 23, 14, 12, tzinfo=UTC)
READY = ("-", "-", "-", "-", "-", "+", "+d I want to", "+c I will", "+", "+")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_safety_key_stands_there_beside_the_longest_confirmation(language: str, desk: Desk) -> None:
    words = interview_words(language)
    longest = words.saved_entry.format(
        n=12, kind=f"{max(words.kinds.values(), key=len)}, {words.talk[Talk.COMMITMENT]}"
    )
    text = Bar(last=longest).text(desk.begin().state, words, NOW, 80)
    assert longest[:40] in text
    assert text.endswith(f"  {words.bar_safety_key} ")
    assert text.startswith(f" {words.stages[Stage.ENGAGING]} · ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_recap_may_fit_is_said_quietly(language: str) -> None:
    words, state = interview_words(language), after(an_interview(load("en", None)), READY)
    assert Bar().text(state, words, NOW, 80).endswith(f"{words.hint_ready} · {words.bar_safety_key} ")
    assert words.hint_ready_short in Bar(last="x" * 40).text(state, words, NOW, 80)
    asked = after(state, ["/importance 7"])
    assert Bar().text(asked, words, NOW, 80).endswith(f"{words.bar_question_keys} ")


@given(st.sampled_from(LANGUAGES), st.text(max_size=90), st.integers(20, 200), st.booleans(), st.booleans())
def test_it_is_never_wider_than_the_window(language: str, last: str, width: int, unsaved: bool, tally: bool) -> None:
    words, state = interview_words(language), after(an_interview(load("en", None)), READY)
    text = Bar(last, unsaved, tally).text(state, words, NOW, width)
    assert len(text) <= width
    if width > 60:
        assert words.stages[Stage.ENGAGING] in text
        assert not unsaved or words.bar_unsaved in text


def test_an_open_safety_concern_stays_in_view_until_it_is_dealt_with(desk: Desk) -> None:
    words, recorder = interview_words("en"), desk.begin("/safety overdose", "something else")
    assert f" · {words.bar_concern} · " in Bar(last="saved 1 said").text(recorder.state, words, NOW, 80)
    desk.enter(recorder, "/safety done told the supervisor")
    assert words.bar_concern not in Bar(last="saved 1 said").text(recorder.state, words, NOW, 80)
