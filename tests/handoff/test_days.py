"""Days on documents: in words, whole, and not where they would say what is no longer so."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.handoff.client_copy import WhomToCall, client_document
from mi_cli.handoff.days import in_words, spelled_out, when_of, without_weekday
from mi_cli.handoff.document import UNBROKEN, Document, Facts, Heading, Items, NewPage, Paragraph, Picture, unstyled
from mi_cli.handoff.packet import PassedStep
from mi_cli.handoff.therapist import therapist_document
from mi_cli.records.plan import Plan, SharedFact, Step
from mi_cli.records.terms import FactName, FactSource
from mi_cli.words.documents import document_words
from tests.builders import EIGHT, ENTERO, NOW, WHOLE, cover, goal, packet, plan

LANGUAGES = ("en", "es")
ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def lines(document: Document) -> Iterator[str]:
    """Every line that somebody reads, and the foot of the pages."""
    yield document.title
    yield document.mark or ""
    for block in document.blocks:
        match block:
            case Heading(text):
                yield text
            case Paragraph(runs):
                yield unstyled(runs)
            case Items(items):
                yield from map(unstyled, items)
            case Facts(rows):
                for label, answers in rows:
                    yield from (label, *map(unstyled, answers))
            case Picture(svg, alt, text):
                yield from (svg, alt, text)
            case NewPage():
                pass
            case _:
                yield from (block.caption, *block.header, *(unstyled(cell) for row in block.lines for cell in row))


@given(st.dates(), st.sampled_from(LANGUAGES))
def test_a_day_in_words_is_one_that_no_line_ends_within(day: date, language: str) -> None:
    words = document_words(language)
    written = without_weekday(day, words)
    assert UNBROKEN.fullmatch(written), written
    assert in_words(day, words).endswith(written)
    assert spelled_out(f"by {day.isoformat()}.", words) == f"by {in_words(day, words)}."


def test_what_is_no_day_stays_as_it_is() -> None:
    for text in ("2026-02-30", "603-555-0142", "12026-11-23", "by Monday"):
        assert spelled_out(text, document_words("en")) == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("of", [WHOLE, ENTERO, EIGHT])
def test_no_document_for_people_has_a_day_in_figures(of: Plan, language: str) -> None:
    due = Step(id="s", words="Walk", when="2026-12-04", due=date(2026, 12, 4))
    sent = SharedFact(
        name=FactName.MANDATE,
        words="Judge Roe (reported: attendance; until 2027-01-31)",
        on=NOW.date(),
        source=FactSource.REFERRAL,
        shared=NOW.date(),
    )
    for plan_ in (of, plan(goal(1, "Walk", steps=(due,), review_on=NOW.date()), facts=(sent,))):
        content = packet(plan_, born_on=date(1984, 5, 31))
        words = document_words(language)
        for document in (
            therapist_document(content, cover(language), words),
            client_document(content, words, WhomToCall(), large=False),
        ):
            assert [line for line in lines(document) if ISO.search(line)] == []


@pytest.mark.parametrize(
    ("when", "written"),
    [
        ("Friday", "Friday: December 4, 2026"),
        ("on FRIDAY night", "on FRIDAY night: December 4, 2026"),
        ("tomorrow", "tomorrow: Friday, December 4, 2026"),
        ("by 2026-12-04", "by Friday, December 4, 2026"),
        (None, None),
    ],
)
def test_a_weekday_is_said_once(when: str | None, written: str | None) -> None:
    step = PassedStep(words="Walk", when=when, due=date(2026, 12, 4))
    assert when_of(step, document_words("en")) == written


def test_a_day_that_is_past_is_no_day_to_look_forward_to() -> None:
    words = document_words("en")
    for days, said in ((0, "look at it again on"), (-1, "was to be looked at again on")):
        of = packet(plan(goal(1, "Walk", steps=(Step(id="s", words="Up"),), review_on=NOW.date() + timedelta(days))))
        text = "\n".join(lines(therapist_document(of, None, words)))
        assert said in text
        assert ("(look at it again" in text) == (days == 0)
        own = "\n".join(lines(client_document(of, words, WhomToCall(), large=False)))
        assert ("When I look at this again" in own) == (days == 0)
