"""Six clients, made with commands alone, and what their documents must and must not say.

A full plan over two interviews; one that is nearly empty; one in Spanish; twelve goals; consents that are over; another
jurisdiction. Each row of the review of the handoff that did harm, or misled, is an assertion here.
"""

import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest

from mi_cli.words.days import day_in_words
from tests.cli.test_export import CONSENT
from tests.conftest import Ran

Mi = Callable[..., Ran]

EVERYTHING = ["goal-plan", "readings", "shared-words", "parked-matters", "interviews", "safety-raised"]
FIRST = """\
/focus the drinking after night shifts
/fact direction less
/fact appointment Thursday at four, Riverside CBT
/mandated drug court
+r My son asked why I'm always asleep.
/value Being a dad he is proud of
? What went on at home.
! Came on his own.
/importance 7 My son.
/goal Be at Saturday breakfast.
/reason He asked me to.
/step Set two alarms @ Friday night
/step Ring Luis @ Thursday
/barrier A bad shift -> I sleep at Ana's.
/share 1 2 3 4 5 6
/fact limits No car; nights only
/fact helped Sleeping at his sister's
/share f1 f2 f3 f4 f5
/end CBT begins on Thursday.
"""
SECOND = """\
/importance 4 @driving It was only twice.
/done #1 Up at the second one.
/notdone #2 He did not answer.
/safety overdose
/end
"""


@pytest.fixture
def case(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mi:
    """A store of a program whose name and telephone are set, and an empty folder to put documents in."""
    assert mi("store", "init", "--unprotected").code == 0
    for key, value in (("counselor", "R. Lee"), ("program.name", "Harbor Program"), ("telephone", "555-0188")):
        assert mi("config", "set", key, value).code == 0
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    return mi


def signed(mi: Mi, **changes: object) -> Ran:
    Path("consent.json").write_text(json.dumps({**CONSENT, "scope_categories": EVERYTHING, **changes}))
    return mi("consent", "add", "J-014", "--from", "consent.json")


def interviewed(mi: Mi, *interviews: str, language: str = "en") -> None:
    for lines in interviews:
        assert mi("session", "start", "J-014", "--lang", language, lines=lines).code == 0


def part(text: str, heading: str) -> str:
    """The section with that heading, without the others."""
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_a_full_plan_says_at_a_glance_what_the_therapist_needs(case: Mi) -> None:
    interviewed(case, FIRST, SECOND)
    assert signed(case).code == 0
    ran = case("goals", "export", "J-014")
    assert ran.code == 0, ran.err
    glance = part(ran.out, "At a glance")
    for words in (
        "the drinking after night shifts",
        "less",
        "“Be at Saturday breakfast.”",
        "“He asked me to.”",
        "Thursday at four, Riverside CBT",
        "drug court",
        "No car; nights only",
        "English",
        "555-0188",
        "“Set two alarms” (done",
        "What went on at home.",
    ):
        assert words in glance, words
    assert "Sleeping at his sister's" in part(ran.out, "Other facts that the client agreed to pass on")
    assert part(ran.out, "At a glance").count("the drinking after night shifts") == 1 + 1  # once, and beside its ruler
    today = day_in_words(datetime.now().astimezone().date(), "en")
    assert f"- the drinking after night shifts: Importance 7 ({today})" in glance  # what was noted, and no quotation
    assert glance.index("A safety concern was raised") < glance.index("What it is about")
    assert "Ring Luis" not in ran.out  # what came of it was not agreed to
    assert "He did not answer" not in ran.out
    assert "“CBT begins on Thursday.”" not in ran.out  # the counselor's words
    assert "7 → 4" not in ran.out  # other behaviors are other lines
    assert "driving" not in ran.out  # a name that was not agreed to
    cover = part(ran.out, "Cover sheet")
    assert "Jo Example" not in cover
    assert cover.index("If this is not for you") < cover.index("**To**")
    assert "then: I sleep at Ana's." in ran.out
    assert "**Safety**\n\n- A safety concern was raised on " in glance
    assert "Please call 555-0188." in glance
    assert "overdose" not in ran.out  # that one was raised, and nothing more


NOT_ASKED_BEFORE = {"collateral": "Ana, 555-0102", "off-limits": "Her father", "practice": "One page a day; 6"}


@pytest.mark.parametrize(("name", "words"), NOT_ASKED_BEFORE.items())
def test_what_the_first_visit_needs_goes_only_if_the_client_agreed(case: Mi, name: str, words: str) -> None:
    interviewed(case, f"/goal Sleep.\n/fact {name} {words}\n/end\n")
    assert case("client", "facts", "J-014").out.count(words) == 1
    assert signed(case).code == 0
    for copy in ((), ("--client-copy",)):
        assert words not in case("goals", "export", "J-014", *copy).out
    assert case("goals", "share", "J-014", f"fact:{name}").code == 0
    ran = case("goals", "export", "J-014")
    assert words in ran.out
    assert (words in part(ran.out, "At a glance")) is (name == "practice")
    assert (words in case("goals", "export", "J-014", "--client-copy").out) is (name == "practice")
    assert case("client", "facts", "J-014", name, "-", lines="-\n").code == 0
    assert words in case("goals", "export", "J-014").out  # what was agreed to stays as it was
    assert case("goals", "share", "J-014", "--out", "fact:shared:1").code == 0
    assert words not in case("goals", "export", "J-014").out


def test_one_that_is_nearly_empty_says_so_once_and_is_asked_about(case: Mi) -> None:
    interviewed(case, "one line\n/end\n")
    assert signed(case, scope_categories=["goal-plan"]).code == 0
    ran = case("goals", "export", "J-014", "-o", "h.md")
    assert (ran.code, Path("h.md").exists()) == (2, False)
    assert "it is empty" in ran.err  # what there is to answer is told without a terminal, too
    assert case("disclosures", "list", "--json").json["items"] == []
    ran = case("goals", "export", "J-014", "-o", "h.fhir.json", "--yes")
    assert ran.code == 0
    kinds = [each["resource"]["resourceType"] for each in json.loads(Path("h.fhir.json").read_text())["entry"]]
    assert "CarePlan" not in kinds
    for language, nothing in (("en", "nothing so far"), ("es", "nada hasta ahora")):
        assert case("goals", "export", "J-014", "--yes", "--lang", language).out.count(nothing) == 1


def test_a_client_who_speaks_spanish_is_known_to_by_an_english_reader(case: Mi) -> None:
    lines = (
        "/enfoque la bebida\n/dato target manejar\n/dato direction undecided\n/mandato\n/meta Desayunar con mi hija.\n"
    )
    interviewed(case, f"{lines}/valor Mi hija: ابنتي\n/share 2 f1 f2 f3\n/end\n", language="es")
    assert signed(case).code == 0
    out = case("goals", "export", "J-014", "--lang", "en").out
    glance = part(out, "At a glance")
    assert "Spanish" in glance
    assert "ابنتي" in glance
    assert "la bebida: not decided" in glance  # the client's words, and the program's in the language of the page
    assert "yes; by whom is not noted" in glance
    assert not [words for words in ("sin decidir", "anotado por") if words in out]
    out = case("goals", "export", "J-014", "--lang", "es").out
    assert "español" in out
    assert "la bebida: sin decidir" in out
    for word in ("Reglas", "quien aconseja", "la persona", "detonantes", "una cruz"):
        assert word not in out, word
    assert case("goals", "export", "J-014", "-o", "h.pdf", "--lang", "en").code == 0
    with pikepdf.open(BytesIO(Path("h.pdf").read_bytes())) as pdf:
        assert b"/Lang" in b"".join(page.Contents.read_bytes() for page in pdf.pages) or "es" in _languages(pdf)


def _languages(pdf: pikepdf.Pdf) -> set[str]:
    return {str(each["/Lang"]) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each}


def test_twelve_goals_are_one_glance_and_a_text_that_says_what_it_leaves_out(case: Mi) -> None:
    lines = "".join(f"/goal Goal of mine number {n}.\n/importance @behavior{n} {n % 11}\n" for n in range(1, 13))
    every = " ".join(f"f{n}" for n in range(1, 13))
    interviewed(case, f"{lines}/focus the drinking\n/share 1 {every}\n/end\n")
    assert signed(case).code == 0
    out = case("goals", "export", "J-014").out
    assert out.count("Nothing passed on about") <= 12 + 4
    assert "too many charts" not in out  # each was rated once, of which no chart is drawn
    about = part(out, "At a glance").partition("**What it is about**")[2].partition("**Wants**")[0]
    assert about.split("\n- ")[1] == "“the drinking”"  # the focus, before what else was noted
    assert "and 9 more" in about
    assert "and 8 more" in part(out, "At a glance")
    assert "y 8 más" in part(case("goals", "export", "J-014", "--lang", "es").out, "De un vistazo")
    for language, left_out in (("en", "Not in this text"), ("es", "No está en este texto")):
        assert case("goals", "export", "J-014", "-o", f"{language}.txt", "--lang", language).code == 0
        text = Path(f"{language}.txt").read_text()
        assert len(text) <= 4_000
        assert left_out in text
        for n in range(1, 13):  # each goal has its words before any goal has what belongs to it
            assert f"“Goal of mine number {n}.”" in text


def test_consents_that_are_over_or_of_others_permit_nothing(case: Mi) -> None:
    interviewed(case, FIRST)
    for changes in (
        {"expiry": {"on": "2026-01-03"}},
        {"disclosers": ["Another Program"]},
        {"signer": {"name": "Somebody Else"}},
        {"patient_name": "\u200b"},
        {"kind": "purpose", "purpose_codes": ["HPAYMT"], "purpose_text": "to bill"},
    ):
        signed(case, **changes)
        told = {}
        for language in ("en", "es"):
            assert case("config", "set", "language", language).code == 0
            ran = case("goals", "export", "J-014", "--lang", "en")
            assert (ran.code, ran.out) == (3, ""), changes
            told[language] = ran.err
        assert told["en"].count("`mi ") == told["es"].count("`mi ")  # each reason with the same remedy
        assert "consentimiento" in told["es"]
        assert "onsent " not in told["es"].replace("mi consent ", "")
    assert case("config", "unset", "language").code == 0
    assert case("disclosures", "list", "--json").json["items"] == []
    draft = case("goals", "export", "J-014", "--draft")
    assert (draft.code, "R. Lee, 555-0188" in draft.out) == (0, True)  # it is to be looked at as it would go
    assert case("disclosures", "list", "--json").json["items"] == []


@pytest.mark.parametrize(
    ("written", "typed", "is_same"),
    [
        ("Ann O\u2019Brien", "Ann O'Brien", True),
        ("Ann O'Brien", "ann o\u02bcbrien", True),
        ("D\u2018Angelo & Sons", "D\u00b4Angelo & Sons", True),
        ("Mary\u2010Jane Roe", "Mary-Jane Roe", True),
        ("Mary-Jane Roe", "Mary\u2013Jane Roe", True),
        ("Riverside \u2212 East", "Riverside  \u2014 East", True),
        ("Ann O'Brien", "Ann OBrien", False),
        ("Mary-Jane Roe", "Mary Jane Roe", False),
    ],
)
def test_a_recipient_is_the_same_with_any_apostrophe_and_any_dash(
    case: Mi, written: str, typed: str, is_same: bool
) -> None:
    interviewed(case, "/goal Sleep.\n/end\n")
    recipients = [{"name": written, "kind": "covered-entity"}]
    assert signed(case, scope_categories=["goal-plan"], recipients=recipients).code == 0
    ran = case("goals", "export", "J-014", "--to", typed)
    assert ran.code == (0 if is_same else 3), ran.err
    assert len(case("disclosures", "list", "--json").json["items"]) == is_same


def test_elsewhere_the_agencys_own_notice_stands_and_the_us_line_does_not(case: Mi) -> None:
    interviewed(case, FIRST)
    assert case("config", "set", "jurisdiction", "general").code == 0
    assert case("config", "set", "notice.text", "Our own notice.").code == 0
    assert signed(case, kind="purpose").code == 0
    ran = case("goals", "export", "J-014")
    assert ran.code == 0, ran.err
    assert "Our own notice." in ran.out
    assert "42 CFR" not in ran.out
    out = case("goals", "export", "J-014", "--lang", "es").out
    assert "Our own notice." in out
    assert "42 CFR" not in out
    own = case("goals", "export", "J-014", "--client-copy", "--large-print").out
    assert "988" not in own
    assert "555-0188" in own
    assert "Thursday at four" in own


@pytest.mark.parametrize(("law", "paper"), [("us-part2", (612, 792)), ("general", (595, 842))])
def test_every_page_is_letter_under_us_law_and_a4_elsewhere(case: Mi, law: str, paper: tuple[int, int]) -> None:
    interviewed(case, "/importance 7\n/goal Sleep.\n/end\n")
    assert case("config", "set", "jurisdiction", law).code == 0
    assert case("config", "set", "notice.text", "Our own notice.").code == 0
    assert signed(case).code == 0
    export = ("goals", "export", "J-014", "-o")
    for number, command in enumerate(
        ((*export,), (*export[:3], "--client-copy", "-o"), ("trend", "J-014", "-o"), ("consent", "form", "J-014", "-o"))
    ):
        file = Path(f"{number}.pdf")
        ran = case(*command, str(file))
        assert ran.code == 0, ran.err
        with pikepdf.open(file) as pdf:
            assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages} == {paper}
    assert case(*export, "h.docx").code == 0
    section: Any = docx.Document("h.docx").sections[0]
    assert (round(section.page_width.pt), round(section.page_height.pt)) == paper
    assert case(*export, "h.html").code == 0
    assert ("@page { size: A4 }" in Path("h.html").read_text()) == (law == "general")


def test_the_clients_own_copy_has_what_the_client_needs(case: Mi) -> None:
    interviewed(case, FIRST, SECOND)
    own = case("goals", "export", "J-014", "--client-copy").out
    for words in ("He asked me to.", "My son asked why", "Came on his own.", "Thursday at four", "988", "R. Lee"):
        assert words in own, words
    assert "Ring Luis" not in own  # it was not done: the page has what is open and what was reached
    assert "2026-" not in own  # days in words
    outcome = next(
        item["name"] for item in case("goals", "share", "J-014", "--json").json["items"] if "answer" in item["words"]
    )
    assert case("goals", "share", "J-014", outcome).code == 0
    own = case("goals", "export", "J-014", "--client-copy").out
    assert "Ring Luis" not in own  # also where the client agreed that it is passed on


def test_the_client_may_have_exactly_what_was_sent_and_nothing_that_only_looks_like_it(case: Mi) -> None:
    interviewed(case, FIRST, SECOND)
    assert case("goals", "export", "J-014", "--as-sent").code == 1  # nothing was
    assert signed(case).code == 0
    assert case("goals", "export", "J-014", "-o", "h.md").code == 0
    went = Path("h.md").read_bytes()
    assert case("goals", "export", "J-014", "--as-sent", "--to", "Somebody Else").code == 1
    assert case("goals", "export", "J-014", "--as-sent", "-o", "own.pdf").code == 2  # it was Markdown
    assert case("goals", "export", "J-014", "--as-sent", "--draft").code == 2
    assert case("goals", "export", "J-014", "--as-sent", "--to", "a. therapist", "-o", "own.md").code == 0
    assert Path("own.md").read_bytes() == went
    assert case("consent", "revoke", "last", "--yes").code == 0  # what the client may have does not hang on it
    Path("h.md").write_text("changed")
    assert case("goals", "export", "J-014", "--as-sent").out.encode() == went  # made anew
    Path("h.md").unlink()
    assert case("goals", "export", "J-014", "--as-sent").out.encode() == went
    rows = case("disclosures", "list", "--json").json["items"]
    assert [row["basis"] for row in rows] == ["client-copy"] * 3 + ["consent"]
    assert {tuple(row["what"]) for row in rows} == {tuple(rows[0]["what"])}
    assert len(case("disclosures", "accounting", "J-014", "--json").json["items"]) == 1
    assert case("goals", "progress", "J-014", "-", "--step", "1", lines="Again.\n").code == 0
    assert case("goals", "edit", "J-014", "-", "--field", "words", lines="Another wish\n").code == 0
    ran = case("goals", "export", "J-014", "--as-sent")
    assert (ran.code, "Another wish" in ran.out) == (1, False)


def test_nothing_is_said_to_be_missing_that_stands_elsewhere(case: Mi) -> None:
    """A step whose day is past, and numbers that stand with the rulers."""
    interviewed(case, "/importance 7\n/goal Sleep.\n/step Bed by nine @ 2025-12-01\n/end\n")
    assert signed(case).code == 0
    for language, past, day, next_, unsaid in (
        ("en", "Agreed for a day that is past", "Monday, December 1, 2025", "Will do next", "Importance, confidence"),
        ("es", "Acordado para un día que ya pasó", "lunes 1 de diciembre de 2025", "Qué hará ahora", "Importancia,"),
    ):
        out = case("goals", "export", "J-014", "--lang", language).out
        assert f"**{past}**\n\n- “Bed by nine” ({day})" in out
        assert next_ not in out
        assert unsaid not in out
