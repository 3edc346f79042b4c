"""What an interview answers to a line, and what stands beneath a page."""

from dataclasses import replace

import pytest

from mi_cli.interview.outcome import Applied
from mi_cli.interview.recorder import Recorder
from mi_cli.interview.rulers import NumberQuestion
from mi_cli.records.terms import Stage
from mi_cli.terminal import pages
from mi_cli.terminal.completion import completions
from mi_cli.terminal.page import Page
from mi_cli.words.interview import interview_words
from mi_cli.words.languages import LANGUAGES
from tests.conftest import Desk

EN = interview_words("en")
ES = interview_words("es")


def texts(page: Page) -> list[str]:
    return [line.text for line in page if line.text]


def answer(recorder: Recorder, line: str) -> str:
    reply = recorder.enter(line).reply
    assert isinstance(reply, Applied)
    return pages.applied_text(reply, EN)


def test_each_reply_says_what_was_kept_and_where_it_is(desk: Desk) -> None:
    recorder = desk.begin()
    for line, text in (
        ("+- both", "saved 1 ambivalence"),
        ("+-", "saved 2 ambivalence, one more"),
        (">r so", "saved 3 counselor, reflection"),
        (">", "saved 4 counselor, one more"),
        ("*", "starred 1"),
        ("/star -1", "no star on 1"),
        ("/lapse", "saved 5 lapse"),
        ("+a I can", "saved 6 change talk, ability"),
        ("/share 6", "shared: 1"),
        ("/mark 6 =", "saved 6, now observation · no longer in the plan"),
        ("/focus drinking", "saved 7 focus · in the client's facts"),
        ("/focus Drinking", "saved 8 focus"),
        ("/mandated", "saved client fact: mandate"),
        ("/mandated the court", "saved client fact: mandate · in the client's facts"),
        ("/importance @driving 7", "saved importance 7 · in the client's facts"),
        ("/undo entry 5", "taken back: 5 lapse"),
        ("/undo", "taken back"),
        ("/undo", "taken back: importance 7"),
        ("/undo", "taken back"),
    ):
        assert answer(recorder, line) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ruler_that_asks_for_a_number_says_how_it_is_answered(desk: Desk, language: str) -> None:
    words = interview_words(language)
    recorder = desk.begin("/importance @driving", stage=Stage.EVOKING)
    view = recorder.state.view
    assert isinstance(view.question, NumberQuestion)
    assert view.question.prompt is not None
    shown = texts(pages.view_page(view, words))
    title, say, *_, hint = shown
    assert title.endswith(": driving")
    assert (say, hint) == (view.question.prompt.say, words.question_number_hint)
    alone = replace(view, question=replace(view.question, prompt=None))
    assert words.ruler_questions[view.question.ruler] in texts(pages.view_page(alone, words))


def test_what_is_in_view_stands_beneath_a_page_in_two_lines(desk: Desk) -> None:
    recorder = desk.begin("/help")
    prompt = recorder.state.view.prompt
    assert prompt is not None
    beneath = pages.view_beneath(recorder.state.view, EN)
    assert texts(beneath) == ["Engaging", prompt.say]
    assert len(pages.help_page("", EN)) + len(beneath) <= 22, (
        "the line being typed and the bar take the other two of 24"
    )


def test_words_that_look_like_a_command_are_answered_quietly(desk: Desk) -> None:
    recorder = desk.begin()
    for line, text in (("help", "Kept as words. The command is /help."), ("words", None)):
        reply = recorder.enter(line).reply
        assert isinstance(reply, Applied)
        assert texts(pages.quiet_lines(reply, EN)) == ([text] if text else [])


def test_help_has_the_spanish_name_first_and_names_the_others() -> None:
    assert texts(pages.help_page("meta", ES, "es"))[0].endswith("(también /goal)")
    assert "también" not in texts(pages.help_page("meta", EN, "en"))[0]
    assert texts(pages.help_page("editar", ES, "es")) == [
        "/corregir 9 palabras: pone estas palabras en la entrada 9. (también /edit /editar)"
    ]
    assert completions("/met", "es") == ["/meta"]
    assert completions("/met") == []
