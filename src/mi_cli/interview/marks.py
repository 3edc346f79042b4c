"""The marks at the beginning of a line, and the DARN-CAT types: what kind of entry each of them makes.

A mark (`MARKS`) at the beginning, alone or followed by a blank, makes an entry of its kind. `+` and `-` take a DARN-CAT
type directly after them (`+d`), `>` takes what the counselor did (`>r`). `*` alone stars an entry. A mark that anything
else follows is part of the words ("-ish"). Words that look like a mark are known too (`look_alike`), so that the
counselor can be told.
"""

import re
from typing import Final

from mi_cli.interview import actions
from mi_cli.interview.actions import Action, Rejected
from mi_cli.interview.likeness import folded, likeness, starting_with
from mi_cli.records.terms import Act, Kind, Talk
from mi_cli.records.text_keys import LookAlike, Problem
from mi_cli.words.typed_names import TypedNames

MARKS: Final = {
    "+": Kind.CHANGE,
    "-": Kind.SUSTAIN,
    "=": Kind.OBSERVATION,
    "!": Kind.STRENGTH,
    "?": Kind.PARKED,
    "~": Kind.DISCORD,
    "+-": Kind.AMBIVALENCE,
    ">": Kind.MINE,
}
STAR: Final = "*"
ESCAPE: Final = "\\"
ALL_MARKS: Final = (*MARKS, STAR, ESCAPE)  # everything that means something at the beginning of a line, but a slash
TALLIED: Final = frozenset({Kind.CHANGE, Kind.SUSTAIN, Kind.AMBIVALENCE, Kind.DISCORD, Kind.MINE})
_TYPED: Final = frozenset("+-")
# What the counselor did, after `>`; a capital letter there is the word "I", or "A".
ACTS: Final = dict(
    zip("raqis", (Act.REFLECTION, Act.AFFIRMATION, Act.QUESTION, Act.INFORMATION, Act.SUMMARY), strict=True)
)
_TYPE_LETTERS: Final = {"a": Talk.ABILITY}  # also a start of "activation", which is `ac`
# The shortest start of each type's name that `talk_named` takes.
TYPE_STARTS: Final = dict(zip(("d", "a", "r", "n", "c", "ac", "t"), Talk, strict=True))
_WORD: Final = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")  # letters, with accents in either form of Unicode
_LONG_DASHES: Final = "\N{EM DASH}\N{HORIZONTAL BAR}\N{TWO-EM DASH}\N{THREE-EM DASH}\N{SMALL EM DASH}"


def talk_named(name: str, names: TypedNames | None = None) -> Talk | None:
    """Returns the DARN-CAT type that `name` is an unambiguous start of, in any case; null if there is none.

    `names` are those of the language of the interview, besides the English ones.
    """
    start = folded(name)
    local = {folded(typed): talk for typed, talk in names.types.items()} if names else {}
    if start in _TYPE_LETTERS:
        return _TYPE_LETTERS[start]
    if start in local:
        return local[start]
    types = starting_with(start, Talk) or [local[typed] for typed in starting_with(start, local)]
    return types[0] if len(types) == 1 else None


def parse_marked(line: str, names: TypedNames) -> Action | None:
    """Parses a line that begins with a mark. Returns null when the mark turns out to belong to the words."""
    seen = likeness(line)
    if seen[:2] in (STAR, f"{STAR} ") and not seen[1:].strip():
        return actions.Star()
    mark = next((mark for mark in ("+-", seen[:1]) if mark in MARKS and seen.startswith(mark)), None)
    if mark is None:
        return None
    kind, end, talk, act = MARKS[mark], len(mark), None, None
    if mark in _TYPED and (typed := _WORD.match(seen, end)):
        talk = talk_named(typed[0], names)
        if talk is None:
            return None
        end = typed.end()
    elif kind is Kind.MINE and seen[end : end + 1] in ACTS:
        act, end = ACTS[seen[end]], end + 1
    if seen[end : end + 1] not in ("", " "):
        return None
    other_dash = "-" in seen[:end] and "-" not in line[:end]
    words = line[end + 1 :]
    if words and not words.isspace():
        return actions.AddEntry(kind, words, talk, act, other_dash)
    if kind in TALLIED:
        return actions.AddEntry(kind, None, talk, act, other_dash)
    return Rejected(Problem.NEEDS_WORDS) if seen[end:] else None


def look_alike(begun: str, names: TypedNames) -> LookAlike | None:
    """Returns the mark that words look like, if they look like one; `begun` is as `parse_marked` takes it."""
    seen = likeness(begun)
    mark, rest = seen[:1], seen[1:]
    first, blank, _ = rest.partition(" ")
    if mark in _TYPED and _WORD.fullmatch(first):
        return LookAlike.TYPE
    if mark == ">" and blank and len(first) == 1 and first.isalpha():
        return LookAlike.PART
    if mark == STAR and blank and not first:
        return LookAlike.STAR
    if mark and mark in _LONG_DASHES and parse_marked(f"-{rest}", names):
        return LookAlike.LONG_DASH
    return LookAlike.MARK if mark in MARKS and not rest else None
