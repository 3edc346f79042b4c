"""Every word that was told in another language than the document's says which language it is in, in every format."""

import io
import json
from datetime import date
from html.parser import HTMLParser
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from mi_cli.handoff.formats import Format, HandoffInput, handoff
from mi_cli.records.plan import Barrier, Objective, Plan, Progress, SharedFact, Step, Support
from mi_cli.records.terms import FactName, FactSource, Kind, StepStatus, Talk
from mi_cli.words.documents import document_words
from tests.builders import NOW, consent, cover, goal, packet, plan, shared

KINDS = {
    "focus": (Kind.FOCUS, Kind.AGENDA),
    "talk": (Kind.CHANGE, Kind.SUSTAIN, Kind.AMBIVALENCE),
    "values": (Kind.VALUE,),
    "strengths": (Kind.STRENGTH,),
    "triggers": (Kind.TRIGGER,),
    "parked": (Kind.PARKED,),
    "next": (Kind.NEXT,),
}


def word(name: str) -> str:
    """A word that stands for what was told, and nowhere else."""
    return f"palabra_{name}"


def told() -> Plan:
    """A plan in which each thing that was told or noted is a word of its own."""
    today = NOW.date()
    fields: dict[str, Any] = {
        "objective": Objective(words=word("objective"), by="A. Counselor"),
        "reasons": (word("reason"),),
        "steps": (
            Step(
                id="a", words=word("step"), when=word("when"), due=date(2100, 1, 1), where=word("where"),
                how=word("how"),
            ),
            Step(
                id="b", words=word("done"), status=StepStatus.DONE, on=today, outcome=word("outcome"),
                outcome_shared=today,
            ),
        ),
        "supports": (Support(who=word("who"), how=word("helps")),),
        "barriers": (Barrier(what=word("barrier"), response=word("response")),),
        "signs": (word("sign"),),
        "if_not_working": word("otherwise"),
        "progress": (Progress(at=NOW, words=word("progress"), shared=today),),
    }  # fmt: skip
    lists = {
        name: tuple(
            shared(word(kind), kind, Talk.NEED if kind is Kind.CHANGE else None, n) for n, kind in enumerate(kinds, 1)
        )
        for name, kinds in KINDS.items()
    }
    facts = tuple(
        SharedFact(name=name, words=word(name.replace("-", "_")), on=today, source=FactSource.CLIENT, shared=today)
        for name in FactName
    )
    return plan(goal(1, word("goal"), **fields), **lists).replace(facts=facts)


WORDS = {
    *map(word, ("objective", "reason", "step", "when", "where", "how", "done", "outcome", "who", "helps", "barrier")),
    *map(word, ("response", "sign", "otherwise", "progress", "goal")),
    *(word(kind) for kinds in KINDS.values() for kind in kinds),
    *(word(name.replace("-", "_")) for name in FactName),
}


def made(language: str, wanted: Format) -> bytes:
    sending = HandoffInput(packet(told(), language="es"), cover(language), consent(), document_words(language))
    return handoff(sending, wanted)


class Marked(HTMLParser):
    """Collects the words of a page by the language that they are marked with."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str | None] = []
        self.words: dict[str | None, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "hr"):
            self.open.append(dict(attrs).get("lang") or (self.open[-1] if self.open else None))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "br", "hr"):
            self.open.pop()

    def handle_data(self, data: str) -> None:
        language = self.open[-1] if self.open else None
        self.words[language] = f"{self.words.get(language, '')} {data}"


def by_language(page: str) -> dict[str | None, set[str]]:
    reader = Marked()
    reader.feed(page)
    return {language: {word for word in WORDS if word in text} for language, text in reader.words.items()}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_and_a_narrative_mark_everything_that_was_told(language: str) -> None:
    assert by_language(made(language, Format.HTML).decode())["es"] == WORDS
    assert by_language(made("en", Format.HTML).decode())["en"] == set()
    entries = json.loads(made("en", Format.FHIR))["entry"]
    (document,) = (one["resource"] for one in entries if one["resource"]["resourceType"] == "Composition")
    found = by_language("".join(section["text"]["div"] for section in document["section"]))
    assert (found["es"], found["en"]) == (WORDS, set())


def test_a_word_file_marks_everything_that_was_told() -> None:
    document = docx.Document(io.BytesIO(made("en", Format.WORD)))
    found: dict[str | None, set[str]] = {}
    for run in document.element.body.iter(qn("w:r")):
        tag = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
        text = "".join(part.text or "" for part in run.iter(qn("w:t")))
        found.setdefault(tag.get(qn("w:val")) if tag is not None else None, set()).update(
            word for word in WORDS if word in text
        )
    assert found.pop("es") == WORDS
    assert set().union(*found.values()) == set()


def test_a_pdf_has_a_tag_with_the_language_for_everything_that_was_told() -> None:
    """Each is a tag of its own; a document in the client's language has tags for the quotations alone."""
    counts = []
    for language in ("en", "es"):
        with pikepdf.open(io.BytesIO(made(language, Format.PDF))) as pdf:
            tagged = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Quote"]
            counts.append(len(tagged))
    assert counts[0] > counts[1] + 20
