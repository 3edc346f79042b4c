"""The words of a recovery sheet, typed from paper: they show while they are typed, and one wrong word can be mended.

Nothing is given away by that: whoever looks on sees the sheet as well. What was typed is cleared afterwards.
"""

from collections.abc import Sequence
from contextlib import suppress

from mi_cli.records.text import sanitized
from mi_cli.store.keys.passphrase import SHEET_WORDS, from_words, is_listed, mendings, nearest
from mi_cli.terminal.asking import Asker, GoBack
from mi_cli.terminal.page import Line, Role, Screen
from mi_cli.words.protection.model import ProtectionWords


def ask_sheet_words(screen: Screen, asker: Asker, words: ProtectionWords) -> str | None:
    """Returns the words, which are those of a sheet; or None where there is nobody to answer.

    `b` goes back to the question before: from a word to which one it is, and from there to the last row.
    """
    rows: list[list[str]] = []
    while True:
        typed = _all_words(screen, asker, words, rows)
        if typed is None:
            return None
        try:
            text = _mended(screen, asker.with_back, words, typed)
        except GoBack:
            rows.pop()
        else:
            if text != "":
                return text
            rows.clear()


def _mended(screen: Screen, asker: Asker, words: ProtectionWords, typed: list[str]) -> str | None:
    """Asks for the words that are wrong until all are those of a sheet.

    Returns them; an empty text where all are to be typed again, None where there is nobody to answer. Raises GoBack.
    """
    for place in [place for place, word in enumerate(typed, 1) if not is_listed(word)]:
        word = sanitized(typed[place - 1])
        screen.show([Line(words.key_word_unknown.format(place=place, word=word), Role.WARN)])
        other = _word(screen, asker, words, typed, place)
        if other is None:
            return None
        typed[place - 1] = other
    while not _are_of_a_sheet(text := " ".join(typed)):
        _show(screen, typed)
        screen.show([Line(words.key_words_wrong, Role.WARN)])
        maybe = [words.key_words_maybe.format(place=place, word=word) for place, word in mendings(typed)]
        screen.show([Line(text) for text in maybe])
        wrong = asker.number(words.key_word_which, range(1, SHEET_WORDS + 1), enter=0)
        if not wrong:
            return None if wrong is None else ""
        with suppress(GoBack):
            other = _word(screen, asker, words, typed, wrong)
            if other is None:
                return None
            typed[wrong - 1] = other
    return text


def _all_words(screen: Screen, asker: Asker, words: ProtectionWords, rows: list[list[str]]) -> list[str] | None:
    """Asks until there are as many words as on a sheet, beginning with those of `rows`, which it adds to."""
    while (count := sum(map(len, rows))) < SHEET_WORDS:
        more = words.key_words_more.format(count=count, next=count + 1)
        try:
            line = asker.with_back.text(more if rows else words.key_words)
        except GoBack:  # The row before is typed again.
            del rows[-1:]
            continue
        if line is None:
            return None
        rows += [line.lower().split()] if line else []
        if sum(map(len, rows)) > SHEET_WORDS:
            screen.show([Line(words.key_words_too_many, Role.WARN)])
            rows.clear()
    return [word for row in rows for word in row]


def _word(screen: Screen, asker: Asker, words: ProtectionWords, typed: Sequence[str], place: int) -> str | None:
    """Asks for one word until it is one of the list."""
    word = typed[place - 1]
    while True:
        if near := [other for other in nearest(word) if other != word]:
            screen.show([Line(words.key_word_nearest.format(words=", ".join(near)))])
        answer = asker.text(words.key_word_again.format(place=place))
        if answer is None or is_listed(answer):
            return answer and answer.lower()
        word = answer or word
        screen.show([Line(words.key_word_one, Role.WARN)])


def _are_of_a_sheet(text: str) -> bool:
    try:
        from_words(text)
    except ValueError:
        return False
    return True


def _show(screen: Screen, typed: Sequence[str]) -> None:
    """Shows the words with their numbers, in rows of three as on the sheet."""
    cells = [f"{number:>2} {word:<12}" for number, word in enumerate(typed, 1)]
    screen.show([Line("  ".join(cells[start : start + 3]), lead="  ") for start in range(0, len(cells), 3)])
