import pytest

from mi_cli.errors import WrongUsage
from mi_cli.handoff.formats import READ_BY_PEOPLE, Format, client_copy, format_of
from mi_cli.records.plan import Barrier, Plan
from mi_cli.words.documents import document_words
from tests.builders import BREAKFAST, EIGHT, EMPTY, ENTERO, goal, packet, plan


def page(of: Plan, language: str = "en") -> str:
    return client_copy(packet(of, language=language), document_words(language), Format.MARKDOWN, large=False).decode()


def test_it_is_in_the_first_person_and_in_the_clients_words() -> None:
    text = page(plan(BREAKFAST))
    assert text.startswith("# My plan\n")
    for words in (
        "> Be at Saturday breakfast with my daughter, awake and sober.",
        "- She asked why I'm always asleep.",
        "- Tell Luis I won't come, Thursday after work, by phone",
        "- Set two alarms, Friday night **(done 2026-11-20)**",
        "- My sister Ana: She calls me Friday at nine.",
        "- **If** The house is empty **then** I go to Ana's for coffee.",
        "- I can tell you what we ate.",
        "- I call you before Monday, not after.",
        "**When I look at this again: 2026-12-07**",
    ):
        assert words in text


def test_what_is_not_the_clients_is_not_in_it() -> None:
    text = page(plan(BREAKFAST))
    for words in (
        "At breakfast by 8 a.m.",
        "A. Counselor",
        "J-014",
        "Importance",
        "proximal",
        "42 CFR",
        "nothing passed on",
    ):
        assert words not in text


def test_what_is_empty_is_left_out() -> None:
    assert "## " in page(plan(goal(1, "Walk")))
    assert "###" not in page(plan(goal(1, "Walk")))


def test_an_obstacle_without_an_answer_stands_alone() -> None:
    text = page(plan(goal(1, "Walk", barriers=(Barrier(what="Rain"),))))
    assert "- Rain\n" in text
    assert "**then**" not in text


@pytest.mark.parametrize(("of", "language"), [(EMPTY, "en"), (EMPTY, "es")])
def test_without_a_goal_it_presses_nobody(of: Plan, language: str) -> None:
    assert document_words(language).no_goal_yet in page(of, language)


def test_several_goals_are_numbered() -> None:
    text = page(EIGHT)
    assert [f"## What I want: {n}" in text for n in range(1, 9)] == [True] * 8


def test_in_spanish() -> None:
    text = page(ENTERO, "es")
    assert text.startswith("# Mi plan\n")
    assert "- **Si** la casa está vacía **entonces** me voy con Ana a tomar café." in text


@pytest.mark.parametrize("wanted", [one for one in Format if one not in READ_BY_PEOPLE])
def test_it_is_a_page_to_read_and_nothing_for_programs(wanted: Format) -> None:
    with pytest.raises(WrongUsage):
        client_copy(packet(), document_words("en"), wanted, large=False)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("handoff.md", Format.MARKDOWN),
        ("J-014.fhir.json", Format.FHIR),
        ("J-014.json", Format.JSON),
        ("A.PDF", Format.PDF),
        ("a.b.docx", Format.WORD),
        (".zip", Format.ZIP),
    ],
)
def test_the_ending_says_the_format(name: str, wanted: Format) -> None:
    assert format_of(name) is wanted


@pytest.mark.parametrize("name", ["handoff", "handoff.doc", "pdf", "handoff.pdf.bak", ""])
def test_another_ending_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        format_of(name)
    assert ".fhir.json" in refused.value.hint
