"""Whether a new client code could be a slip for one that exists. Pure functions.

Theory of operation. Words that are noted under the wrong code stand in another person's record. So a code that nobody
has is not taken for a new client when it is easily one that exists, in one of two ways:

1. *It looks the same.* Both are equal once what the eye confuses is one: Unicode's compatible forms (full-width, bold),
   upper and lower case, 0 and O, 1 and l and I, digits of other scripts, Cyrillic and Greek letters that are drawn as
   Latin ones, and the signs between the letters, whether they are there or not.
2. *Two neighbors changed places:* J-041 for J-014.

Another digit is another client: J-101 beside J-100 is how codes are given out. This only says whether to ask: codes
that exist already stay as they are, and are found by what they are, whatever they look like.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

_SIGNS: Final = "-_."
# After case folding, as each pair is drawn in small or in capital letters.
_DRAWN_ALIKE: Final = str.maketrans(
    "oil\u0131" + "авекмнорстухіјѕԛԝ" + "αβεζηικμνορτυχ",
    "0111" + "abekmh0pctyx1jsqw" + "abezh1kmn0ptyx",
    _SIGNS,
)


def look_alike(code: str, codes: Iterable[str]) -> str | None:
    """Returns the code of these that `code` looks like, or else one of which two neighbors are swapped; else None."""
    folded = _folded(code)
    known = [(other, _folded(other)) for other in codes]
    same = (other for other, form in known if form == folded)
    swapped = (other for other, form in known if _is_swapped(form, folded))
    return next(same, None) or next(swapped, None)


def _folded(code: str) -> str:
    """Returns the form of a code in which all that look the same are equal."""
    compatible = unicodedata.normalize("NFKC", code).casefold()
    digits = (str(unicodedata.decimal(character, character)) for character in compatible)
    return "".join(digits).translate(_DRAWN_ALIKE)


def _is_swapped(one: str, other: str) -> bool:
    """Whether one is the other with two neighbors in each other's place."""
    if len(one) != len(other):
        return False
    places = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if len(places) != 2:
        return False
    first, second = places
    return second == first + 1 and one[first] == other[second] and one[second] == other[first]
