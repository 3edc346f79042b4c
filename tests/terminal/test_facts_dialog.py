"""`mi client facts CLIENT NAME` at a terminal: that one thing is asked for, and Enter leaves everything as it is."""

from collections.abc import Callable
from io import StringIO

import pytest

from mi_cli.interview.facts_editor import FactsEditor
from mi_cli.records.client_facts import Facts
from mi_cli.records.terms import FactName, FactSource
from mi_cli.terminal.asking import Asker
from mi_cli.terminal.facts_dialog import FactsDialog, ask_fact
from mi_cli.terminal.facts_pages import facts_page
from mi_cli.terminal.page import Screen
from mi_cli.words.answers import answer_words
from mi_cli.words.facts import fact_words
from tests.conftest import Desk

Asked = Callable[..., tuple[Facts, str]]


@pytest.fixture
def asked(desk: Desk) -> Asked:
    """Asks for a fact and gives the answers, of which none may be left over: the facts then, and what was shown."""

    def ask(name: str, *answers: str, language: str = "en", source: FactSource | None = None) -> tuple[Facts, str]:
        shown, left = StringIO(), list(answers)
        screen = Screen(shown, plain=True)

        def read(question: str, *, hidden: bool = False) -> str:
            assert not hidden
            shown.write(f"{question}\n")
            return left.pop(0)

        editor = FactsEditor(desk.store, desk.client, desk.store.now, desk.store.new_id)
        asker = Asker(read, lambda text: shown.write(f"{text}\n"), answer_words(language))
        ask_fact(FactsDialog(editor, screen, fact_words(language), asker, "J-014", source), FactName(name))
        assert left == []
        return editor.facts, shown.getvalue()

    return ask


def page(facts: Facts) -> list[str]:
    return [f"{line.lead}{line.text}" for line in facts_page(facts, fact_words("en"))]


def test_enter_leaves_everything_as_it_is(asked: Asked, desk: Desk) -> None:
    for name, enters in {"target": 1, "direction": 0, "medicines": 1, "mandate": 3, "reach": 1}.items():
        facts, shown = asked(name, *[""] * enters)
        assert shown.endswith("Nothing was changed.\n")
    assert page(facts) == [" Nothing is noted about this client, and nothing has to be."]
    assert not desk.store.layout.facts(desk.client).exists()


def test_one_thing_is_noted_changed_and_taken_out(asked: Asked) -> None:
    facts, shown = asked("medicines", "buprenorphine 8 mg")
    assert "Which medicines does the client take?" in shown
    assert "- takes it out" not in shown
    facts, shown = asked("medicines", "methadone", source=FactSource.REFERRAL)
    assert "so far: buprenorphine 8 mg" in shown
    assert page(facts) == [" medicines: methadone  (November 23, 2026, from the referral)"]
    facts, shown = asked("medicines", "-")
    assert shown.endswith("Taken out: medicines.\n")
    assert facts.medicines is None
    facts, shown = asked("medicines", "-")
    assert shown.endswith("Nothing was changed.\n")


def test_a_mandate_is_asked_for_in_three_short_questions(asked: Asked) -> None:
    facts, shown = asked("mandate", "the court", "attendance", "soon", "2027-01-31")
    assert "mi did not understand that date." in shown
    assert page(facts) == [
        " sent by: the court  (November 23, 2026, noted by the counselor)",
        "   what is reported: attendance",
        "   until: January 31, 2027",
    ]
    facts, _ = asked("mandate", "", "-", "-")
    assert page(facts) == [" sent by: the court  (November 23, 2026, noted by the counselor)"]
    facts, _ = asked("mandate", "-")
    assert facts.mandate is None
    facts, _ = asked("mandate", "-", "attendance", "")
    assert page(facts)[0] == " sent by: yes; by whom is not noted  (November 23, 2026, noted by the counselor)"


def test_a_target_is_named_and_the_rest_of_it_can_be_passed_over(asked: Asked) -> None:
    facts, _ = asked("target", "drinking", "alcohol", "", "Fridays", "", "")
    facts, shown = asked("target", "", "driving after drinking", "", "", "", "", "2")
    assert "One of stop (1), less (2), safer (3), not decided (4)" in shown
    assert page(facts) == [
        " what it is about: drinking  (November 23, 2026, told by the client)",
        "   substance: alcohol",
        "   how often and when: Fridays",
        " what it is about: driving after drinking  (November 23, 2026, told by the client)",
        "   direction: less",
    ]
    facts, _ = asked("target", "1", "", "", "-", "last Friday", "9", "1")
    first = facts.targets[0]
    assert (first.name, first.substance, first.pattern) == ("drinking", "alcohol", None)
    assert (first.last_use, first.direction) == ("last Friday", "stop")
    facts, _ = asked("direction", "2", "4")
    assert [target.direction for target in facts.targets] == ["stop", "undecided"]


def test_a_direction_of_the_only_target_needs_no_choice_and_of_none_there_is_none(asked: Asked) -> None:
    _, shown = asked("direction")
    assert "Note first what it is about: mi client facts J-014 target" in shown
    asked("target", "drinking", "", "", "", "", "")
    facts, shown = asked("direction", "3", language="es")
    assert "Puede elegir dejarlo (1)" in shown
    assert facts.targets[0].direction == "safer"


def test_b_goes_back_in_a_series_and_what_was_answered_stays(asked: Asked) -> None:
    facts, _ = asked("mandate", "b", "The court", "b", "A judge", "b", "", "weekly", "B", "monthly", "")
    assert facts.mandate
    assert (facts.mandate.by, facts.mandate.reported) == ("A judge", "monthly")
    facts, _ = asked("target", "cannabis", "", "b", "b", "", "", "", "", "")
    assert [target.name for target in facts.targets] == ["cannabis"]
