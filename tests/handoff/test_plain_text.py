"""The text for a field: what matters first, within the room there is, and it says what it does not have."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_cli.handoff.formats import Format, HandoffInput, handoff
from mi_cli.handoff.packet import Packet
from mi_cli.handoff.plain_text import LIMIT
from mi_cli.records.plan import Plan
from mi_cli.words.documents import document_words
from mi_cli.words.notices import notice_words
from tests.builders import EIGHT, EMPTY, ENTERO, WHOLE, consent, cover, goal, packet, plan


def text(of: Packet, language: str = "en") -> str:
    return handoff(HandoffInput(of, cover(language), consent(), document_words(language)), Format.TEXT).decode()


def room(of: str) -> int:
    """How much a field counts that keeps line ends as two letters, and counts in UTF-16."""
    return len(of.replace("\n", "\r\n").encode("utf-16-le")) // 2


def missing(of: str) -> str:
    (line,) = [line for line in of.splitlines() if line.startswith("Not in this text")]
    return line


@pytest.mark.parametrize(("of", "language"), [(WHOLE, "en"), (ENTERO, "es"), (EIGHT, "en"), (EMPTY, "en")])
def test_it_has_the_overview_without_the_cover_and_the_notice_at_the_end(of: Plan, language: str) -> None:
    words = document_words(language)
    found = text(packet(of, language=language), language)
    assert room(found) <= LIMIT
    assert words.overview.upper() in found
    assert words.misdirected not in found
    assert found.endswith(f"\n\n{notice_words('en').short}\n")
    assert words.not_here.partition(":")[0] in found
    assert not any(mark in found for mark in ("**", "# ", "\u2068", "\u200b"))


def test_of_one_goal_it_has_everything() -> None:
    found = text(packet())
    for words in ("Be at Saturday breakfast", "She asked why", "Set two alarms", "The house is empty", "555-0100"):
        assert words in found
    assert "Rulers over time" in missing(found)
    assert "Goal 1" not in missing(found)


def test_what_has_no_room_is_left_out_whole_and_named() -> None:
    found = text(packet(EIGHT))
    assert "Goal" in missing(found)
    assert "Reasons: “She asked why I'm always asleep.” / “I want her to be proud of me.”" in found


LONG = st.text("abc de.", min_size=1, max_size=200).map(lambda words: f"x{words * 30}x")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.one_of(st.text(min_size=1, max_size=3000), LONG), min_size=1, max_size=14))
def test_it_is_never_longer_than_the_field(wanted: list[str]) -> None:
    goals = [goal(number, words, reasons=(words[::-1],)) for number, words in enumerate(wanted, 1)]
    found = text(packet(plan(*goals), held=[]))
    assert room(found) <= LIMIT
    assert found.endswith(f"\n\n{notice_words('en').short}\n")
    for number, one in enumerate(goals, 1):
        here = " ".join(one.words.split()) in " ".join(found.split()) if one.words.isprintable() else True
        assert here or f"Goal {number}: Wants" in missing(found) or "more" in missing(found)


def test_a_goal_that_has_no_room_at_all_is_named() -> None:
    assert "Wants" in missing(text(packet(plan(goal(1, "x " * 5000)), held=[])))
