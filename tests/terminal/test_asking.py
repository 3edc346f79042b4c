"""A wrong answer is asked again, and stands for nothing."""

from collections.abc import Sequence
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.records.answers import yes_or_no
from mi_cli.terminal.asking import Asker, read_line
from mi_cli.words.answers import answer_words

WRONG = st.sampled_from(["x", "nonsense", "yesterday", "0", "4", "99999999", "-1", "1.", "١", "q", "ye", "none"])


def asker(answers: Sequence[str | None], shown: list[str], language: str = "en") -> Asker:
    """Returns an asker that gets these answers, one after the other; then nobody is there to answer.

    What the asker says about wrong answers is put into `shown`.
    """
    left = iter(answers)

    def read(question: str, *, hidden: bool = False) -> str | None:
        return next(left, None)

    return Asker(read, shown.append, answer_words(language))


@given(st.lists(WRONG), st.sampled_from(["y", "YES", "s", "Sí", "si", "n", "No", "", None]), st.booleans())
def test_yes_or_no(wrong: list[str], last: str | None, enter: bool) -> None:
    shown: list[str] = []
    answer = asker([*wrong, last], shown).yes("?", enter=enter)
    assert answer is {None: False, "": enter}.get(last, (last or "")[:1].lower() in ("y", "s"))
    assert len(shown) == len(wrong)


@given(st.lists(WRONG), st.sampled_from(["1", "2", "3", "", None]), st.sampled_from([None, 1]))
def test_a_number(wrong: list[str], last: str | None, enter: int | None) -> None:
    shown: list[str] = []
    number = asker([*wrong, last], shown).number("?", range(1, 4), enter=enter)
    assert number == (int(last) if last else enter if last == "" else None)
    assert shown == ["Please type a number from 1 to 3."] * len(wrong)


@pytest.mark.parametrize(("last", "said"), [("y", True), ("n", False), ("", None), (None, None)])
def test_later_is_an_answer_where_it_is_offered(last: str | None, said: bool | None) -> None:
    shown: list[str] = []
    assert asker(["later", last], shown).yes_or_later("?") is said
    assert len(shown) == 1


def test_numbers_with_gaps_are_named() -> None:
    shown: list[str] = []
    assert asker(["2", "3"], shown, "es").number("?", {3: "c", 1: "a"}) == 3
    assert shown == ["Escriba uno de estos números: 1, 3."]


@given(st.text(max_size=4))
def test_few_words_are_a_yes_or_a_no(text: str) -> None:
    assert (yes_or_no(text) is None) is (text.strip().casefold() not in {"y", "yes", "s", "si", "sí", "n", "no"})


class Seen(StringIO):
    """A terminal where Ctrl-C is pressed as soon as something is seen."""

    def flush(self) -> None:
        raise KeyboardInterrupt


def test_ctrl_c_right_after_the_question_is_seen_is_an_answer_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", Seen())
    assert read_line("Go ahead? y/N:") is None
