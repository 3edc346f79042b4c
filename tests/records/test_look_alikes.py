"""A new client code that could be a slip for one that exists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.records.look_alikes import look_alike

NAMES = st.from_regex(r"\w[\w.-]{0,6}\w", fullmatch=True)
CODES = st.from_regex(r"[A-Z]{1,2}-?[0-9]{2,4}", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "J-O14", "j-o14", "J-Ol4", "J-0l4", "J-0I4", "Ｊ-014", "J-０１４", "𝐉-014", "J_014", "J014", "J.014", "Ј-014",
        "J-٠١٤", "J-о14", "J-041", "J-104", "0J-14", "j-O4l",
    ],
)  # fmt: skip
def test_a_slip_is_noticed(typed: str) -> None:
    assert look_alike(typed, ["K-200", "J-014"]) == "J-014"


@pytest.mark.parametrize("typed", ["J-015", "J-114", "J-0144", "J-01", "K-014", "J-O15", "J-140", "J-410", "R-014"])
def test_another_digit_or_letter_is_another_client(typed: str) -> None:
    assert look_alike(typed, ["K-200", "J-014"]) is None


def test_what_looks_the_same_is_named_before_what_is_swapped() -> None:
    assert look_alike("J-O14", ["J-041", "J-014"]) == "J-014"
    assert look_alike("J-O14", ["J-041"]) == "J-041"
    assert look_alike("J-014", []) is None


def test_greek_and_cyrillic_capitals_look_like_latin_ones() -> None:
    for typed in ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "АВЕКМНОРСТУХІЈЅ"):
        latin = {"Α": "ABEZHIKMNOPTYX", "А": "ABEKMHOPCTYXIJS"}[typed[0]]
        assert look_alike(typed, [latin]) == latin
        assert look_alike(typed.lower(), [latin.lower()]) == latin.lower()


@given(CODES, st.data())
def test_every_way_to_mistype_is_noticed_both_ways(code: str, data: st.DataObject) -> None:
    swaps = {"0": "Oo", "O": "0o", "1": "lI", "I": "1l", "-": "_."}
    places = [place for place, character in enumerate(code) if character in swaps]
    typed = code.lower() if data.draw(st.booleans()) else code
    for place in data.draw(st.sets(st.sampled_from(places))) if places else ():
        typed = typed[:place] + data.draw(st.sampled_from(swaps[code[place]])) + typed[place + 1 :]
    assert look_alike(typed, [code]) == code
    assert look_alike(code, [typed]) == typed


@given(CODES, st.data())
def test_neighbors_that_changed_places_are_noticed(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert look_alike(swapped, [code]) == code


@given(CODES, st.sampled_from("0123456789"), st.data())
def test_one_digit_that_differs_never_is(code: str, digit: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([place for place, character in enumerate(code) if character.isdigit()]))
    other = code[:place] + digit + code[place + 1 :]
    assert look_alike(other, [code]) == (code if other == code else None)


@given(NAMES, st.lists(NAMES, max_size=4))
def test_what_is_named_is_one_of_the_codes(code: str, codes: list[str]) -> None:
    like = look_alike(code, codes)
    assert like is None or like in codes
    assert code not in codes or like is not None
