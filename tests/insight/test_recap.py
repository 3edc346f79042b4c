"""What is read back."""

from hypothesis import given
from hypothesis import strategies as st

from mi_cli.insight.recap import recap
from mi_cli.records.notes import Entry
from mi_cli.records.terms import Kind, Talk
from mi_cli.terminal.page import Role
from mi_cli.terminal.pages import recap_page
from mi_cli.words.interview import interview_words
from tests.builders import entries, notes_of
from tests.conftest import Desk

LINES = (
    "+t poured it away", "+ something", "+d one", "-d I like it", "-", "+", "+r", "+n must", "+d two", "! came",
    "/value son", "= late", "said", "? his father",
)  # fmt: skip


def words(found: tuple[Entry, ...]) -> list[str | None]:
    return [entry.words for entry in found]


def test_what_prepares_stands_before_what_moves_each_by_time(desk: Desk) -> None:
    desk.begin(*LINES)
    found = recap(desk.notes)
    assert words(found.preparing) == ["something", "one", "must", "two"]
    assert words(found.mobilizing) == ["poured it away"]
    assert (found.change_marks, found.sustain) == (2, 2)
    assert words((*found.strengths, *found.values)) == ["came", "son"]


def test_a_recap_follows_what_was_typed_afterwards_and_taken_back(desk: Desk) -> None:
    recorder = desk.begin("said", "+ two", "+d three", "/mark 1 +c", "/mark 2 -", "/edit 3 other")
    assert words(recap(desk.notes).preparing) == ["other"]
    assert words(recap(desk.notes).mobilizing) == ["said"]
    desk.enter(recorder, *["/undo"] * 6)
    assert recap(desk.notes).change == ()


@given(st.lists(entries(), max_size=12))
def test_every_word_of_change_talk_is_read_back_once_and_no_mark_becomes_words(found: list[Entry]) -> None:
    notes = notes_of(found)
    gathered = recap(notes)
    spoken = [entry for entry in notes.entries if entry.kind is Kind.CHANGE and entry.words is not None]
    assert sorted(entry.n for entry in gathered.change) == [entry.n for entry in spoken]
    assert len(gathered.change) + gathered.change_marks == notes.tally.change
    assert all(entry.talk is not None and entry.talk.mobilizing for entry in gathered.mobilizing)
    assert not any(entry.talk in (Talk.COMMITMENT, Talk.ACTIVATION, Talk.TAKING_STEPS) for entry in gathered.preparing)
    for group in (gathered.preparing, gathered.mobilizing, gathered.strengths, gathered.values):
        assert [entry.n for entry in group] == sorted(entry.n for entry in group)


def test_it_can_be_read_aloud_as_it_stands(desk: Desk) -> None:
    desk.begin(*LINES)
    page = [line for line in recap_page(desk.notes, interview_words("en")) if line.role not in (Role.DIM, Role.TITLE)]
    assert [line.text for line in page if line.text] == [
        "Let me see if I have heard you. You said:",
        "“something”",
        "“one”",
        "“must”",
        "“two”",
        "About what you will do, or do already, you said:",
        "“poured it away”",
        "Here is what I see in you:",
        "came",
        "What matters to you:",
        "“son”",
        "And part of you is not so sure, and that belongs here too.",
        "Where does that leave you now?",
    ]


def test_it_can_be_read_aloud_in_spanish(desk: Desk) -> None:
    desk.begin("+d quiero", "+c mañana", "-", "+")
    shown = "\n".join(line.text for line in recap_page(desk.notes, interview_words("es")))
    assert "Usted dijo:\n“quiero”" in shown
    assert "Sobre lo que va a hacer, o ya hace, dijo:\n“mañana”" in shown
    assert "Y una parte de usted no está tan segura" in shown
    assert "¿cómo ve usted todo esto ahora?" in shown
    assert "(contado, no se lee: 1 de cambio sin palabras, 1 de mantenimiento)" in shown


def test_sustain_talk_is_not_repeated_and_without_change_talk_nothing_is_asked(desk: Desk) -> None:
    desk.begin("-d I like it", "+")
    shown = "\n".join(line.text for line in recap_page(desk.notes, interview_words("en")))
    assert "I like it" not in shown
    assert "No change talk in words yet." in shown
    assert "Where does that leave you" not in shown
