"""The words of a recovery sheet: they are typed in any rows, and one wrong word is mended without typing all again."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_cli.store.keys.passphrase import SHEET_WORDS, as_words, from_words, mendings, nearest
from mi_cli.terminal.asking import Asker
from mi_cli.terminal.page import Screen
from mi_cli.terminal.sheet_dialog import ask_sheet_words
from mi_cli.words.answers import answer_words
from mi_cli.words.protection import protection_words

SECRET = bytes(range(7, 39))
WORDS = as_words(SECRET)
SHEET = " ".join(WORDS)
LISTED = [
    line
    for line in Path(nearest.__code__.co_filename).with_name("eff_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


class Typed:
    """Answers questions, and remembers what was asked and shown."""

    def __init__(self, *answers: str | None) -> None:
        self.answers: Iterator[str | None] = iter(answers)
        self.asked: list[str] = []
        self.out = io.StringIO()

    def __call__(self, question: str, *, hidden: bool = False) -> str | None:
        assert not hidden
        self.asked.append(question)
        return next(self.answers)

    def ask(self, language: str = "en") -> str | None:
        screen = Screen(self.out, plain=True)
        asker = Asker(self, self.out.write, answer_words(language))
        return ask_sheet_words(screen, asker, protection_words(language))

    @property
    def shown(self) -> str:
        return " ".join(self.out.getvalue().split())


def with_word(place: int, word: str) -> str:
    return " ".join((*WORDS[: place - 1], word, *WORDS[place:]))


@given(st.lists(st.integers(1, SHEET_WORDS - 1), unique=True, max_size=6).map(sorted))
def test_the_words_are_typed_in_any_rows_and_any_case(breaks: list[int]) -> None:
    ends = [*breaks, SHEET_WORDS]
    rows = ["  ".join(WORDS[start:end]).upper() for start, end in zip([0, *breaks], ends, strict=True)]
    assert Typed(*rows).ask() == SHEET


@pytest.mark.parametrize("place", [1, 8, 21])
def test_a_word_that_is_no_word_is_named_with_the_nearest_and_typed_alone(place: int) -> None:
    slip = f"{WORDS[place - 1]}q"
    typed = Typed(with_word(place, slip), WORDS[place - 1])
    assert typed.ask() == SHEET
    assert f"Word {place}, “{slip}”" in typed.shown
    assert WORDS[place - 1] in typed.shown
    assert typed.asked[1:] == [f"Word {place} as the sheet has it: "]


def test_another_slip_at_the_one_word_asks_for_it_again() -> None:
    typed = Typed(with_word(3, "qqqqq"), "", "two words", "qqq", WORDS[2])
    assert typed.ask() == SHEET
    assert typed.asked.count("Word 3 as the sheet has it: ") == 4


@pytest.mark.parametrize("place", [1, 6, 21])
def test_a_word_of_the_list_that_is_another_one_on_the_sheet_is_found_and_mended(place: int) -> None:
    right = WORDS[place - 1]
    other = next(word for word in nearest(right) if word != right and right in nearest(word))
    typed = Typed(with_word(place, other), str(place), right)
    assert typed.ask() == SHEET
    assert f"Perhaps word {place} is “{right}”." in typed.shown
    assert (place, right) in mendings(with_word(place, other).split())


def test_a_number_that_is_no_place_is_asked_for_again_and_enter_begins_again() -> None:
    swapped = " ".join((WORDS[1], WORDS[0], *WORDS[2:]))
    typed = Typed(swapped, "22", "x", "", SHEET)
    assert typed.ask() == SHEET
    assert "from 1 to 21" in typed.shown


def test_too_many_words_begin_again() -> None:
    typed = Typed(f"{SHEET} more", SHEET)
    assert typed.ask() == SHEET
    assert "more than 21 words" in typed.shown


@pytest.mark.parametrize(
    "answers", [(), (WORDS[0],), (with_word(2, "qqqqq"),), (with_word(1, WORDS[1]),), (with_word(1, WORDS[1]), "1")]
)
def test_where_nobody_answers_there_are_no_words(answers: tuple[str, ...]) -> None:
    assert Typed(*answers, None).ask() is None


def test_it_is_asked_in_spanish() -> None:
    typed = Typed(with_word(3, "qqqqq"), WORDS[2])
    assert typed.ask("es") == SHEET
    assert "La palabra 3" in typed.shown


@settings(max_examples=5)
@given(st.binary(min_size=32, max_size=32))
def test_no_mending_is_named_that_is_not_a_sheet(secret: bytes) -> None:
    words = as_words(secret)
    words[0], words[4] = words[4], words[0]
    for place, word in mendings(words)[:1]:
        from_words(" ".join((*words[: place - 1], word, *words[place:])))


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ((" ".join(WORDS[:20]), "qqqqq", "b", WORDS[20]), ["Type the", "20 of 21", "Word 21", "20 of 21"]),
        ((" ".join(WORDS[:20]), WORDS[0], "b", WORDS[20]), ["Type the", "20 of 21", "Which word", "20 of 21"]),
        (
            (with_word(4, WORDS[0]), "9", "b", "4", WORDS[3]),
            ["Type the", "Which word", "Word 9", "Which word", "Word 4"],
        ),
    ],
    ids=["from a word that is none", "from which word it is", "from a word to which"],
)
def test_b_goes_back_to_the_question_before(typed: tuple[str, ...], asked: list[str]) -> None:
    one = Typed(*typed)
    assert one.ask() == SHEET
    assert [question[: len(start)] for question, start in zip(one.asked, asked, strict=True)] == asked
