"""Tells which substances and topics a text names, by the word tables of a prompt set. Pure functions.

Theory of operation
===================

A table has entries for each substance (`focus_words`) or topic (`topic_words`), and entries that claim nothing
(`not_words`: "ice. cream"). An entry is one word or a phrase:

- each word is the beginning of a word: `gambl` stands for gamble, gambles and gambling; `smok crack` for smoking crack;
- a period makes it the whole word: `ice.` is not icing;
- `|` stands between alternatives: `quit|stop drink`;
- `…` is up to three words, twice it is up to six: `pour … out`. A phrase is within one clause;
- `,` is where a clause begins or ends: `, rock. ,` is "Rock." and nothing more;
- `+` at the end marks a verb that counts only if nothing else that the tables know follows it: `smok +` is tobacco in
  "quit smoking" and not in "smoking a lot of weed". `small_words` may stand between ("a lot of").

Upper and lower case and accents make no difference, in the tables and in the text: it is typed while listening.

Entries may meet at the same words. The one with more words counts; of two with as many, one of `not_words`; then the
one with more letters (methadone is not meth). The words that it consists of are taken; what `…` passed over is not.
An entry that two substances share counts for both (speedball).

A table is a memory aid and no test: it does not know all slang, and words change. Nothing is ever concluded from a
substance that is not found.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias, TypeVar

from mi_cli.prompts.model import PromptSet, Substance, Topic, WordTable

_Name = TypeVar("_Name", Substance, Topic)

MAX_GAP: Final = 3  # words that `…` passes over, and small words between a verb and what follows it
_CLAUSE: Final = ","
_GAP: Final = "…"
_VERB: Final = "+"


@dataclass(frozen=True)
class Text:
    """A text as folded words. `breaks` has the number of each word that begins a clause, and their number."""

    words: tuple[str, ...]
    breaks: frozenset[int]

    @classmethod
    def of(cls, text: str) -> "Text":
        """Returns the words of a text and where its clauses begin."""
        words: list[str] = []
        breaks = {0}
        for match in re.finditer(_PART, folded(text)):
            if match["word"]:
                words.append(match["word"])
            else:
                breaks.add(len(words))
        return cls(tuple(words), frozenset({*breaks, len(words)}))

    def clauses(self) -> Iterator["Text"]:
        """Yields each clause as a text of its own."""
        for begin, end in pairwise(sorted(self.breaks)):
            yield Text(self.words[begin:end], frozenset({0, end - begin}))


def folded(text: str) -> str:
    """Returns a text in lower case, without accents, and with one kind of apostrophe."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(_MARKS, "", decomposed).replace("’", "'")


# Patterns as text: `re` compiles each when it is first used.
# NFKD makes three periods of an ellipsis: both end a clause.
_PART: Final = r"(?P<word>[^\W_]+(?:'[^\W_]+)*)|[.,;:!?¿¡()/&+…\n–—]|(?<=\s)-(?=\s)"
_MARKS: Final = r"[\u0300-\u036f]"


def substances_in(text: str | Text, prompts: PromptSet) -> frozenset[Substance]:
    """Returns the substances that a text names, by `focus_words`."""
    return _named(text, prompts.focus_words, prompts, WordTable.FOCUS)


def topics_in(text: str | Text, prompts: PromptSet) -> frozenset[Topic]:
    """Returns the topics that a text is about, by `topic_words`. Each is looked for by itself: words can be of two."""
    each = ({topic: entries} for topic, entries in prompts.topic_words.items())
    return frozenset().union(*(_named(text, table, prompts, WordTable.TOPIC) for table in each))


@dataclass(frozen=True)
class _Entry:
    """An entry of a table. `name` is what it stands for, null for one of `not_words`."""

    name: Substance | Topic | None
    parts: tuple[tuple[str, ...], ...]  # the alternatives for each word
    letters: int
    is_verb: bool


@dataclass(frozen=True)
class _Match:
    """Where an entry was found: the numbers of the words that it consists of."""

    entry: _Entry
    at: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        return len(self.at), self.entry.name is None, self.entry.letters, -self.at[0]


_Index: TypeAlias = Mapping[str, tuple[_Entry, ...]]


def _named(
    text: str | Text, table: Mapping[_Name, tuple[str, ...]], prompts: PromptSet, which: WordTable
) -> frozenset[_Name]:
    said = text if isinstance(text, Text) else Text.of(text)
    tables: list[_Index] = [_entries(name, written) for name, written in table.items()]
    tables.append(_entries(None, prompts.not_words.get(which, ())))
    matches = _chosen(_matches(said, tables))
    small = frozenset(map(folded, prompts.small_words))
    begins = {match.at[0] for match in matches if not match.entry.is_verb}
    return frozenset(
        name
        for match in matches
        for name in table
        if match.entry.name is name and not (match.entry.is_verb and _has_object(said, match, begins, small))
    )


@lru_cache(maxsize=64)
def _entries(name: Substance | Topic | None, written: tuple[str, ...]) -> _Index:
    """Returns the entries for one name, by the first letter of a word that they can begin with."""
    by_letter: dict[str, list[_Entry]] = {}
    for text in written:
        entry = _parsed(name, text)
        first = next((part for part in entry.parts if part != (_CLAUSE,)), ())
        for letter in {alternative[0] for alternative in first if alternative not in (_CLAUSE, _GAP)}:
            by_letter.setdefault(letter, []).append(entry)
    return {letter: tuple(entries) for letter, entries in by_letter.items()}


def _parsed(name: Substance | Topic | None, text: str) -> _Entry:
    parts = folded(text).replace("...", _GAP).split()
    is_verb = parts[-1:] == [_VERB]
    alternatives = tuple(tuple(filter(None, part.split("|"))) for part in parts if part != _VERB)
    letters = sum(max(map(len, part)) for part in alternatives if part and part not in ((_CLAUSE,), (_GAP,)))
    return _Entry(name, tuple(part for part in alternatives if part), letters, is_verb)


def _matches(text: Text, tables: Iterable[_Index]) -> list[_Match]:
    return [
        _Match(entry, at)
        for table in tables
        for number, word in enumerate(text.words)
        for entry in table.get(word[0], ())
        if (at := _found(text, entry.parts, number))
    ]


def _found(text: Text, parts: tuple[tuple[str, ...], ...], number: int, within: bool = False) -> tuple[int, ...] | None:
    """Returns the numbers of the words that the parts are found at from that word on; null if they are not there.

    `within` is whether a word of the phrase came before: then no clause may begin here.
    """
    if not parts:
        return ()
    part, rest = parts[0], parts[1:]
    begins = number in text.breaks
    if part == (_GAP,):
        for skipped in range(MAX_GAP + 1):
            if number + skipped in text.breaks:
                return None
            if (found := _found(text, rest, number + skipped)) is not None:
                return found
        return None
    if _CLAUSE in part and begins and (found := _found(text, rest, number)) is not None:
        return found
    if within and begins:
        return None
    if number < len(text.words) and any(_fits(text.words[number], alternative) for alternative in part):
        found = _found(text, rest, number + 1, within=True)
        return None if found is None else (number, *found)
    return None


def _fits(word: str, alternative: str) -> bool:
    return word == alternative[:-1] if alternative.endswith(".") else word.startswith(alternative)


def _chosen(matches: Iterable[_Match]) -> list[_Match]:
    """Returns the matches of the highest rank that share no word; an entry of two tables counts for both."""
    chosen: list[_Match] = []
    taken: dict[int, _Match] = {}
    for match in sorted(matches, key=lambda match: match.rank, reverse=True):
        before = taken.get(match.at[0])
        shared = before and before.entry.name and (before.at, before.entry.parts) == (match.at, match.entry.parts)
        if shared or taken.keys().isdisjoint(match.at):
            chosen.append(match)
            taken.update(dict.fromkeys(match.at, match))
    return chosen


def _has_object(text: Text, verb: _Match, begins: set[int], small: frozenset[str]) -> bool:
    """Whether something else that the tables know follows the verb, with small words between at most."""
    number = verb.at[-1] + 1
    for _ in range(MAX_GAP + 1):
        if number in text.breaks:
            return False
        if number in begins:
            return True
        if text.words[number] not in small:
            return False
        number += 1
    return False
