"""Whether a text shows anything, and when two names are the same."""

import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import WrongUsage
from mi_cli.records.name_matching import checked_recipient, fold_name, is_visible, same_name
from mi_cli.words.told import in_one_line

UNSEEN: Final = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")
DRAWN: Final = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # and yet Cf
HIDDEN: Final = [
    *(sign for sign in map(chr, range(0x110000)) if unicodedata.category(sign) in UNSEEN and sign not in DRAWN),
    *"\u115f\u1160\u3164\uffa0\u2800\u034f\ufe0f\U000e0101",
]
FORMAT: Final = [sign for sign in HIDDEN if unicodedata.category(sign) == "Cf"]


@given(st.text(st.sampled_from(HIDDEN)))
def test_signs_that_nobody_sees_are_nothing(text: str) -> None:
    assert not is_visible(text)
    assert not same_name(text, text)
    assert fold_name(text) == ""
    with pytest.raises(WrongUsage):
        checked_recipient(text)


@pytest.mark.parametrize("sign", DRAWN)
def test_a_sign_that_is_drawn_before_a_number_can_be_seen(sign: str) -> None:
    assert is_visible(sign)
    assert not same_name(f"{sign}7", "7")


@pytest.mark.parametrize(
    "name",
    [
        "7",
        ".",
        "🙂",
        "Dr. X\n2026-11-26  passed on",
        "Dr. X\x1b[2J",
        "Dr. X\u2028Y",
        "Dr. \u202eX",
        "x" * 301,
        "\ud800X",
    ],
    ids=ascii,
)
def test_a_recipient_has_letters_on_one_line_of_a_length_that_a_person_reads(name: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        checked_recipient(name)
    assert name not in in_one_line(refused.value, "es") or len(name) < 3


@pytest.mark.parametrize("name", ["A. Therapist", "José", "李", "Dr. X (Clinic 7)", "می\u200cخواهم", "x" * 300])
def test_any_other_name_is_one(name: str) -> None:
    assert checked_recipient(name) == name


@given(st.lists(st.sampled_from(["Dr.", "José", "Ana", "李", "O'Hara", "\U0001f642"]), min_size=1), st.data())
def test_they_make_no_difference_between_two_names(words: list[str], data: st.DataObject) -> None:
    name = " ".join(words)
    written = "".join(sign + data.draw(st.sampled_from(["", *FORMAT])) for sign in name)
    assert is_visible(written)
    assert same_name(name, f"\u2003{unicodedata.normalize('NFD', written).upper()}\u2800")


@pytest.mark.parametrize(("one", "other"), [("Ana", "Anna"), ("A. B", "A.B"), ("Ana", ""), ("", ""), (None, None)])
def test_other_names_are_others(one: str | None, other: str | None) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize("apostrophe", "’‘ʼ`´'ʻ′＇")
@pytest.mark.parametrize("name", ["Ann O{}Brien", "{}Ewa", "D{}Angelo & Sons{}"])
def test_any_apostrophe_is_one(apostrophe: str, name: str) -> None:
    assert same_name(name.replace("{}", "'"), name.replace("{}", apostrophe))


@pytest.mark.parametrize("dash", [*map(chr, range(0x2010, 0x2016)), "\u2212", "\ufe63", "\uff0d", "-"])
@pytest.mark.parametrize("name", ["Mary{}Jane Roe", "Riverside {} East"])
def test_any_dash_is_one(dash: str, name: str) -> None:
    assert same_name(name.replace("{}", "-"), name.replace("{}", dash))


@pytest.mark.parametrize(
    ("one", "other"),
    [("O'Brien", "OBrien"), ("O'Brien", "O Brien"), ("Mary-Jane", "Mary Jane"), ("Mary-Jane", "MaryJane")],
)
def test_without_the_sign_it_is_another_name(one: str, other: str) -> None:
    assert not same_name(one, other)
