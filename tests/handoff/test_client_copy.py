import re
from datetime import date
from io import BytesIO

import docx
import pikepdf
import pytest

from mi_cli.errors import WrongUsage
from mi_cli.handoff.client_copy import WhomToCall
from mi_cli.handoff.collecting import packet_of
from mi_cli.handoff.formats import READ_BY_PEOPLE, Format, client_copy, format_of
from mi_cli.handoff.packet import Packet, PassedStep, Person
from mi_cli.records.plan import Barrier, Plan, Step, Support
from mi_cli.records.terms import GoalStatus, HandoffPart, Jurisdiction, Kind, StepStatus, Talk
from mi_cli.words.documents import document_words
from tests.builders import BREAKFAST, EIGHT, EMPTY, ENTERO, FACTS, NOW, WHOLE, goal, packet, plan, shared


def page(of: Plan, language: str = "en") -> str:
    return client_copy(packet(of, language=language), document_words(language), Format.MARKDOWN, large=False).decode()


def test_it_is_in_the_first_person_and_in_the_clients_words() -> None:
    text = page(plan(BREAKFAST))
    assert text.startswith("# My plan\n")
    for words in (
        "> Be at Saturday breakfast with my daughter, awake and sober.",
        "- She asked why I'm always asleep.",
        "- Tell Luis I won't come, Thursday after work, by phone",
        "- Set two alarms, Friday night **(done Friday, November 20, 2026)**",
        "- My sister Ana: She calls me Friday at nine.",
        "- **If:** The house is empty **Then:** I go to Ana's for coffee.",
        "- I can tell you what we ate.",
        "- I call you before Monday, not after.",
        "**When I look at this again: Monday, December 7, 2026**",
    ):
        assert words in text


def test_what_is_not_the_clients_is_not_in_it() -> None:
    text = page(plan(BREAKFAST))
    for words in (
        "At breakfast by 8 a.m.",
        "A. Counselor",
        "J-014",
        "proximal",
        "42 CFR",
        "nothing passed on",
    ):
        assert words not in text


def test_what_is_empty_is_left_out() -> None:
    assert "## " in page(plan(goal(1, "Walk")))
    assert "###" not in page(plan(goal(1, "Walk")))
    assert page(plan(goal(1, "Walk"))).count("## ") == 2  # the goal, and the line for a bad night


def test_it_says_why_from_everything_shared_and_each_reason_once() -> None:
    said = (
        shared("I'd like to be there.", Kind.CHANGE, Talk.DESIRE),
        shared("She asked why I'm always asleep.", Kind.CHANGE, Talk.REASON),
        shared("It switches my head off.", Kind.SUSTAIN, Talk.REASON),
    )
    text = page(plan(BREAKFAST, talk=said, values=(shared("Being a dad", Kind.VALUE),)))
    why = text.partition("### Why it matters to me")[2].partition("###")[0]
    assert [line for line in why.splitlines() if line] == [
        "- She asked why I'm always asleep.",
        "- I want her to be proud of me.",
        "- I'd like to be there.",
        "- Being a dad",
    ]


def test_what_was_said_of_none_of_several_goals_stands_below_them() -> None:
    said = tuple(shared(f"Reason number {n}.", Kind.CHANGE, Talk.REASON) for n in range(30))
    text = page(plan(BREAKFAST, goal(2, "Sleep", reasons=("Reason number 3.",)), talk=said))
    of_first, of_second = (text.partition(f"## My goal {n}\n")[2].partition("\n## ")[0] for n in (1, 2))
    assert "Reason number" not in of_first
    assert of_second.count("Reason number") == 1
    of_all = text.partition("\n## Why it matters to me\n")[2].partition("\n## ")[0]
    assert of_all.count("Reason number") == 29
    assert text.index("## My goal 2") < text.index("\n## Why it matters to me") < text.index("## If a night is bad")


def test_open_steps_come_first_and_what_was_reached_is_a_success() -> None:
    reached = goal(2, "Sleep at night", status=GoalStatus.MET)
    made = packet(plan(BREAKFAST)).replace(
        goals=(*packet(plan(BREAKFAST)).goals, *packet_with(plan(reached), reached.id).goals)
    )
    text = client_copy(made, document_words("en"), Format.MARKDOWN, large=False).decode()
    assert text.index("Tell Luis") < text.index("No drinks after") < text.index("Set two alarms")
    assert "## What I have reached\n\n- Sleep at night" in text
    assert "## What I want\n" in text


@pytest.mark.parametrize("status", StepStatus)
@pytest.mark.parametrize("outcome", [None, "He did not answer."])
def test_a_step_that_is_over_without_being_done_is_not_on_the_page(status: StepStatus, outcome: str | None) -> None:
    of = packet(plan(BREAKFAST))
    step = PassedStep(words="Ring Luis", status=status, outcome=outcome)
    made = of.replace(goals=(of.goals[0].replace(steps=(step,)),))
    text = client_copy(made, document_words("en"), Format.MARKDOWN, large=False).decode()
    assert ("Ring Luis" in text) is (status not in (StepStatus.NOT_DONE, StepStatus.REPLACED))
    assert "He did not answer." not in text


def packet_with(of: Plan, goal_id: str) -> Packet:
    return packet_of(
        packet_id="kkkkkkkk",
        client=Person(code="J-014"),
        language="en",
        plan=of,
        facts=[],
        permitted=frozenset(HandoffPart),
        goals={goal_id},
        counselor="A. Counselor",
        made_at=NOW,
        made_by="mi",
    )


@pytest.mark.parametrize(("language", "line"), [("en", "Call or text 988"), ("es", "Llame al 988")])
def test_it_says_whom_to_call_and_when_the_next_appointment_is(language: str, line: str) -> None:
    call = WhomToCall("A. Counselor, 555-0100", ("On-call nurse 555-0199",))
    text = client_copy(packet(WHOLE), document_words(language), Format.MARKDOWN, call, large=False).decode()
    for words in ("A. Counselor, 555-0100", "On-call nurse 555-0199", line, "Thursday, December 3, 4 p.m."):
        assert words in text
    elsewhere = WhomToCall(jurisdiction=Jurisdiction.GENERAL)
    without = client_copy(packet(WHOLE), document_words(language), Format.MARKDOWN, elsewhere, large=False).decode()
    assert "988" not in without
    assert document_words(language).my_night not in without


def test_without_an_appointment_the_next_step_agreed_stands_there_and_is_called_no_appointment() -> None:
    text = page(plan(BREAKFAST, next=(shared("CBT begins on Thursday at four.", Kind.NEXT),)))
    assert "## What we agreed on next\n\n- CBT begins on Thursday at four." in text
    assert "appointment" not in text


def test_an_obstacle_without_an_answer_stands_alone() -> None:
    text = page(plan(goal(1, "Walk", barriers=(Barrier(what="Rain"),))))
    assert "- Rain\n" in text
    assert "**then**" not in text


@pytest.mark.parametrize(("of", "language"), [(EMPTY, "en"), (EMPTY, "es")])
def test_without_a_goal_it_presses_nobody(of: Plan, language: str) -> None:
    assert document_words(language).no_goal_yet in page(of, language)


def test_several_goals_are_numbered() -> None:
    text = page(EIGHT)
    assert [f"## My goal {n}\n" in text for n in range(1, 9)] == [True] * 8


def test_in_spanish() -> None:
    text = page(ENTERO, "es")
    assert text.startswith("# Mi plan\n")
    assert "- **Si:** la casa está vacía **Entonces:** me voy con Ana a tomar café." in text


def told_in_spanish() -> Packet:
    """A packet in which each place that the page has for the client's words holds some that have `ñ` in them."""
    where = {"where": "en la cabaña", "how": "con mi señora"}
    whole = goal(
        1,
        "Desayunar con la niña",
        reasons=("Mi sueño es verla crecer.",),
        steps=(
            Step(id="step0001", words="Limpiar el baño", when="mañana", due=date(2026, 11, 27), **where),
            Step(id="step0002", words="Ir al otoñal", when="ese año", status=StepStatus.DONE, on=date(2026, 11, 20)),
            Step(id="step0003", words="Un paño", status=StepStatus.DONE, on=date(2026, 11, 20)),
        ),
        supports=(Support(who="Mi compañero", how="me acompaña"),),
        barriers=(Barrier(what="El daño", response="Me baño."), Barrier(what="La araña")),
        signs=("Las mañanas tranquilas",),
        if_not_working="Llamo al niño.",
        review_on=date(2026, 12, 7),
    )
    reached = goal(2, "Dormir ocho horas como un niño", status=GoalStatus.MET)
    said = (shared("Extraño a mi hermana.", Kind.CHANGE, Talk.DESIRE),)
    strengths, values = (shared("Empeño", Kind.STRENGTH),), (shared("El cariño", Kind.VALUE),)
    appointment = FACTS[1].replace(words="El jueves, con la señora Núñez")
    of = plan(whole, reached, talk=said, strengths=strengths, values=values)
    return packet(of.replace(facts=(appointment,)), language="es", held=[])


@pytest.mark.parametrize(("page_in", "marked"), [("en", True), ("es", False)])
def test_words_in_another_language_than_the_page_are_marked_and_nothing_else_is(page_in: str, marked: bool) -> None:
    def made(wanted: Format) -> bytes:
        return client_copy(told_in_spanish(), document_words(page_in), wanted, large=False)

    html = made(Format.HTML).decode()
    spanish = re.findall(r'<span lang="es">(.*?)</span>', html)
    unmarked = re.sub(r'<span lang="es">.*?</span>', "", html)
    assert html.count("ñ") > 20
    assert bool(spanish) is marked
    assert ("ñ" in unmarked) is not marked
    assert all("ñ" in words for words in spanish)  # no word of the page, no day
    word = docx.Document(BytesIO(made(Format.WORD)))
    runs = [run for paragraph in word.paragraphs for run in paragraph.runs]
    in_word = {run.text for run in runs if run._element.xpath(".//w:lang[@w:val='es']")}
    assert {run.text for run in runs if "ñ" in run.text} == in_word or not marked
    assert bool(in_word) is marked
    with pikepdf.open(BytesIO(made(Format.PDF))) as pdf:
        tagged = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Quote"]
        assert [_language(each) for each in tagged] == ["es"] * len(spanish)


def _language(element: pikepdf.Object) -> str:
    """The language of an element of a PDF: its own, or that of what it stands in."""
    return str(element["/Lang"]) if "/Lang" in element else _language(element["/P"])


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
