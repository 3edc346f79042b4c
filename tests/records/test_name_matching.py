"""Whether a text shows anything, and when two names are the same."""

import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import WrongUsage
from mi_cli.records.name_matching import checked_recipient, fold_name, is_visible, same_name

UNSEEN: Final = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")
HIDDEN: Final = [
    *(chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in UNSEEN),
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


@given(st.lists(st.sampled_from(["Dr.", "José", "Ana", "李", "O'Hara", "\U0001f642"]), min_size=1), st.data())
def test_they_make_no_difference_between_two_names(words: list[str], data: st.DataObject) -> None:
    name = " ".join(words)
    written = "".join(sign + data.draw(st.sampled_from(["", *FORMAT])) for sign in name)
    assert is_visible(written)
    assert same_name(name, f"\u2003{unicodedata.normalize('NFD', written).upper()}\u2800")


@pytest.mark.parametrize(("one", "other"), [("Ana", "Anna"), ("A. B", "A.B"), ("Ana", ""), ("", ""), (None, None)])
def test_other_names_are_others(one: str | None, other: str | None) -> None:
    assert not same_name(one, other)
