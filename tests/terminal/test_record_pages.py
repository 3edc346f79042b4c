"""The page of `mi session show`: each entry stands under the prompt that was in view."""

from dataclasses import replace

from mi_cli.prompts.load import load
from mi_cli.prompts.model import PromptSet, StageGuide
from mi_cli.records.terms import Stage
from mi_cli.terminal.record_pages import session_page
from mi_cli.words.interview import interview_words
from tests.conftest import Desk


def shown(desk: Desk, prompts: PromptSet | None, language: str = "en") -> list[str]:
    page = session_page(desk.session, desk.notes, "J-014", interview_words(language), prompts)
    return [f"{line.lead}{line.text}".split("  ")[-1].strip() for line in page if line.text]


def test_entries_stand_under_the_prompt_that_was_in_view(desk: Desk) -> None:
    desk.begin("+d one", "two", "", "- three", "/evoking", "four")
    lines = shown(desk, load("en", None))[2:]
    assert lines == [
        "Engaging",
        "opening-role · " + lines[1].partition(" · ")[2],
        "change talk, desire: one",
        "said: two",
        "permission-notes · " + lines[4].partition(" · ")[2],
        "sustain talk: three",
        "Evoking",
        "desire-different · What would you like to be different about …?",
        "said: four",
    ]


def test_a_set_that_has_changed_or_is_gone_is_said_once_and_the_prompt_still_named(desk: Desk) -> None:
    desk.begin("one", "", "two")
    english = load("en", None)
    guide: StageGuide = english.stages[Stage.ENGAGING]
    fewer = replace(guide, prompts=tuple(prompt for prompt in guide.prompts if prompt.id != "opening-role"))
    changed = shown(desk, replace(english, digest="other", stages={**english.stages, Stage.ENGAGING: fewer}))
    assert [line for line in changed if "changed since" in line] == [changed[2]]
    assert "opening-role" in changed
    assert any(line.startswith("permission-notes · ") for line in changed)
    gone = shown(desk, None)
    assert "cannot be read any more" in gone[2]
    assert {"opening-role", "permission-notes"} <= set(gone)
    assert "ya no se pueden leer" in shown(desk, None, "es")[2]


def test_what_was_said_with_nothing_in_view_stands_apart(desk: Desk) -> None:
    desk.begin("one", "/importance 5", "because", "two")
    lines = shown(desk, load("en", None))
    assert lines[lines.index("no prompt in view") + 1] == "change talk: because"
    assert lines.index("said: one") < lines.index("no prompt in view")


def test_a_reading_names_the_entries_that_answer_its_questions(desk: Desk) -> None:
    desk.begin("one", "/importance 7 My kid", "A job", "/readiness 0", "", "/confidence 3", "/pause")
    lines = shown(desk, None)
    assert [line for line in lines if line.startswith(("Importance", "Readiness", "Confidence"))] == [
        "Importance 7 (why: 2; to raise it: 3)",
        "Readiness 0",
        "Confidence 3",
    ]
