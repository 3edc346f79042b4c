"""A day in words, as it stands on what a client reads: "Wednesday, December 2, 2026"."""

from datetime import date

from mi_cli.words.documents.model import DocumentWords


def in_words(day: date, words: DocumentWords) -> str:
    """Returns the day with its weekday and the name of its month."""
    return words.day_in_words.format(
        weekday=words.weekdays[day.weekday()], month=words.months[day.month - 1], day=day.day, year=day.year
    )
