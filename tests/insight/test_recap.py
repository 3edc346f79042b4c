"""What is read back."""

from hypothesis import given
from hypothesis import strategies as st

from mi_cli.insight.recap import FEW, MOST, Recap, recap
from mi_cli.records.notes import Entry
from mi_cli.records.terms import Kind, Talk
from mi_cli.records.text_keys import Theme
from mi_cli.terminal.page import Role
from mi_cli.terminal.pages import recap_page
from mi_cli.words.interview import interview_words
from tests.builders import entries, notes_of
from tests.conftest import Desk

LINES = (
    "+t poured it away", "+ something", "+d one", "-d I like it", "-", "+", "+r", "+n must", "+d two", "! came",
    "/value son", "= late", "said", "? his father",
)  # fmt: skip


def lines(desk: Desk, *earlier: Entry) -> list[tuple[Theme, str | None]]:
    return [(line.theme, line.entry.words) for line in recap(desk.notes, desk.session.readings, earlier).lines]


def read_aloud(summary: Recap, language: str = "en") -> list[str]:
    """What is to be said: each stem with the words beside it."""
    page = recap_page(summary, interview_words(language))
    return [f"{line.lead}{line.text}".strip() for line in page if line.role not in (Role.DIM, Role.TITLE) and line.text]


def test_it_can_be_read_aloud_the_doubt_first_and_the_question_last(desk: Desk) -> None:
    desk.begin(*LINES)
    assert read_aloud(recap(desk.notes)) == [
        "Part of you is not so sure, and that belongs here too.",
        "You want …            “one”",
        "You want …            “two”",
        "because …             “something”",
        "because …             “must”",
        "You have begun …      “poured it away”",
        "What matters to you:  “son”",
        "You …                 came",
        "What did I miss?",
        "Where does that leave you now?",
    ]


def test_it_can_be_read_aloud_in_spanish(desk: Desk) -> None:
    desk.begin("+d quiero", "+c mañana", "-", "+")
    assert read_aloud(recap(desk.notes), "es") == [
        "Una parte de usted no está tan segura, y eso también cabe aquí.",
        "Usted quiere …  “quiero”",
        "Usted va a …    “mañana”",
        "¿Qué me faltó?",
        "Y ahora, ¿qué sigue para usted?",
    ]


def test_a_few_lines_are_chosen_one_of_each_kind_before_two_of_one(desk: Desk) -> None:
    desk.begin("+d a", "+d b", "+d c", "+d d", "+r e", "+a f", "+c g")
    assert lines(desk) == [
        (Theme.WANT, "c"), (Theme.WANT, "d"), (Theme.BECAUSE, "e"), (Theme.COULD, "f"), (Theme.WILL, "g"),
    ]  # fmt: skip
    assert recap(desk.notes).left_out == 2


def test_a_starred_line_comes_before_others(desk: Desk) -> None:
    desk.begin("+d a", "*", "+d b", "+d c", "+d d", "+d e", "+d f")
    assert (Theme.WANT, "a") in lines(desk)


def test_the_answer_to_a_ruler_is_read_back_only_if_it_is_starred(desk: Desk) -> None:
    recorder = desk.begin("/importance 5 court date is Jan 12", "a raise", "+d one", "+d two", "+d three")
    assert "court date is Jan 12" not in [words for _, words in lines(desk)]
    desk.enter(recorder, "/star 1")
    assert "court date is Jan 12" in [words for _, words in lines(desk)]


def test_where_there_is_little_earlier_interviews_are_looked_at(desk: Desk) -> None:
    desk.begin("+r my girl", "+d be a dad who shows up")
    earlier = desk.notes.entries
    desk.crash()
    recorder = desk.begin("+a go to my brother")
    assert lines(desk, *earlier) == [
        (Theme.WANT, "be a dad who shows up"), (Theme.BECAUSE, "my girl"), (Theme.COULD, "go to my brother"),
    ]  # fmt: skip
    desk.enter(recorder, "+t went once", "+t went twice")
    assert [words for _, words in lines(desk, *earlier)] == ["go to my brother", "went once", "went twice"]


def test_a_recap_follows_what_was_typed_afterwards_and_taken_back(desk: Desk) -> None:
    recorder = desk.begin("said", "+ two", "+d three", "/mark 1 +c", "/mark 2 -", "/edit 3 other")
    assert lines(desk) == [(Theme.WANT, "other"), (Theme.WILL, "said")]
    desk.enter(recorder, *["/undo"] * 6)
    assert lines(desk) == []


def test_sustain_talk_is_not_repeated_and_without_change_talk_nothing_is_asked(desk: Desk) -> None:
    desk.begin("-d I like it", "+")
    assert read_aloud(recap(desk.notes)) == ["Part of you is not so sure, and that belongs here too."]
    shown = "\n".join(line.text for line in recap_page(recap(desk.notes), interview_words("en")))
    assert "No change talk in words yet." in shown
    assert "(not to be read: change talk left out: 0, marks: 1; sustain talk: 1)" in shown


def test_an_answer_to_a_ruler_that_is_not_read_back_counts_as_left_out(desk: Desk) -> None:
    desk.begin("+d three", "/importance 7", "My girl asked me")
    summary = recap(desk.notes, desk.session.readings)
    assert ([line.entry.words for line in summary.lines], summary.left_out) == (["three"], 1)


@given(st.lists(entries(), max_size=12), st.lists(entries(), max_size=5))
def test_what_is_read_back_was_said_and_no_mark_becomes_words(found: list[Entry], before: list[Entry]) -> None:
    notes = notes_of(found)
    earlier = [entry for entry in before if entry.kind is Kind.CHANGE and entry.words is not None]
    summary = recap(notes, (), earlier)
    spoken = [entry for entry in notes.entries if entry.kind is Kind.CHANGE and entry.words is not None]
    own = [line.entry for line in summary.lines if not line.earlier]
    assert all(entry in spoken for entry in own)
    assert len(own) == min(len(spoken), MOST)
    assert len(summary.lines) == max(len(own), min(FEW, len(own) + len(earlier)))
    assert summary.left_out == len(spoken) - len(own)
    assert len(spoken) + summary.change_marks == sum(entry.kind is Kind.CHANGE for entry in notes.entries)
    assert all((line.theme is Theme.BEGUN) == (line.entry.talk is Talk.TAKING_STEPS) for line in summary.lines)
    will = (Talk.COMMITMENT, Talk.ACTIVATION)
    assert all((line.theme is Theme.WILL) == (line.entry.talk in will) for line in summary.lines)
