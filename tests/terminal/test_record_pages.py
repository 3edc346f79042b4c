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
    desk.begin("+d one", "two", "/use 2", "- three", "/evoking", "/use 1", "four")
    english = load("en", None)
    second, first = english.stages[Stage.ENGAGING].prompts[1], english.stages[Stage.EVOKING].prompts[0]
    lines = shown(desk, english)[2:]
    assert lines == [
        "Engaging",
        "in view · opening-role · " + lines[1].split(" · ", 2)[2],
        "change talk, desire: one",
        "said: two",
        f"in view · {second.id} · {second.say}",
        "sustain talk: three",
        "Evoking",
        f"in view · {first.id} · {first.say}",
        "said: four",
    ]


def test_a_set_that_has_changed_or_is_gone_is_said_once_and_the_prompt_still_named(desk: Desk) -> None:
    desk.begin("one", "", "two")
    english = load("en", None)
    guide: StageGuide = english.stages[Stage.ENGAGING]
    fewer = replace(guide, prompts=tuple(prompt for prompt in guide.prompts if prompt.id != "opening-role"))
    changed = shown(desk, replace(english, digest="other", stages={**english.stages, Stage.ENGAGING: fewer}))
    assert [line for line in changed if "changed since" in line] == [changed[2]]
    assert "in view · opening-role" in changed
    assert any(line.startswith("in view · permission-notes · ") for line in changed)
    gone = shown(desk, None)
    assert "cannot be read any more" in gone[2]
    assert {"in view · opening-role", "in view · permission-notes"} <= set(gone)
    assert "ya no se pueden leer" in shown(desk, None, "es")[2]


def test_an_answer_stands_under_the_question_of_its_ruler(desk: Desk) -> None:
    desk.begin("one", "/importance 5", "because", "two", "/confidence 0 no idea", "/confidence")
    lines = shown(desk, load("en", None))
    for question, answer in (
        ("Why 5, and not a lower number?", "change talk, reason: because"),
        ("What would help it go up a little?", "said: two"),
        ("What would have to be different for it to be a 1?", "said: no idea"),
    ):
        assert lines[lines.index(f"in view · {question}") + 1] == answer
    assert lines.index("said: one") < lines.index("in view · Why 5, and not a lower number?")


def test_the_counselors_part_and_a_star_are_shown_as_what_they_are(desk: Desk) -> None:
    desk.begin("+d one", ">r You want one.", "*", ">q")
    lines = shown(desk, None)
    assert lines[-3:] == ["change talk, desire *: one", "counselor, reflection: You want one.", "counselor, question"]
    assert "lo que dijo usted, reflejo: You want one." in shown(desk, None, "es")
    assert "en pantalla · opening-role" in shown(desk, None, "es")


def test_a_reading_names_the_entries_that_answer_its_questions(desk: Desk) -> None:
    desk.begin("one", "/importance 7 My kid", "A job", "/readiness 0", "", "/confidence 3", "/pause")
    lines = shown(desk, None)
    assert [line for line in lines if line.startswith(("Importance", "Readiness", "Confidence"))] == [
        "Importance 7 (why: 2; to raise it: 3)",
        "Readiness 0",
        "Confidence 3",
    ]
