import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import WrongUsage
from mi_cli.handoff.consent_draft import build_consent, day, expiry, preview
from mi_cli.handoff.scope import SCOPE_VERSION
from mi_cli.records.consent import Consent
from mi_cli.records.terms import ConsentKind, Statement
from mi_cli.terminal.consent_answers import with_answer
from mi_cli.terminal.consent_questions import Ask, Defaults, Question, next_question
from mi_cli.words.form.model import FORM_VERSION
from tests.builders import NOW

AROUND = Defaults("Harbor Program", date(2026, 11, 24))
HEAD = {
    "schema": Consent.SCHEMA, "id": "aaaaaaaa", "created_at": NOW.isoformat(), "updated_at": NOW.isoformat(),
    "revision": 1, "client": "cccccccc", "recorded_by": "A. Counselor",
}  # fmt: skip
WHOLE = {
    Ask.PATIENT: "Jo Example", Ask.KIND: "1", Ask.RECIPIENT: "A. Therapist", Ask.CATEGORIES: "all", Ask.OUR_FORM: "yes",
    Ask.EXPIRY: "2027-05-31",
}  # fmt: skip


def told(
    answers: dict[Ask, str], known: dict[str, Any] | None = None, around: Defaults = AROUND
) -> tuple[Consent, list[Ask]]:
    """The consent that the answers come to, and what was asked; Enter where no answer is given."""
    known, asked = dict(known or {}), []
    while question := next_question(known, around):
        asked.append(question.about)
        known = with_answer(known, question, answers.get(question.about, ""), around)
    return build_consent(known, HEAD), asked


def test_few_answers_make_a_whole_consent() -> None:
    consent, _ = told(WHOLE)
    assert consent.missing == ()
    assert consent.signer
    assert consent.signer.name == "Jo Example"
    assert consent.disclosers == ("Harbor Program",)
    assert consent.statements == tuple(Statement)
    assert consent.purpose_text == "treatment, payment, health care operations"


def test_what_nobody_answers_is_missing_and_not_supposed() -> None:
    consent, _ = told({})
    assert {"patient-name", "recipients", "scope", "purpose", "expiry", "signature"} <= set(consent.missing)
    assert (consent.patient_name, consent.recipients, consent.scope_categories) == (None, (), ())


def test_what_is_known_is_not_asked() -> None:
    known = {"patient_name": "Jo Example", "kind": "tpo", "statements": list(Statement), "signed_on": "2026-11-20"}
    _, asked = told(WHOLE, known)
    assert not {Ask.PATIENT, Ask.KIND, Ask.PURPOSE_CODE, Ask.OUR_FORM, Ask.STATEMENT, Ask.SIGNED_ON} & set(asked)


def test_another_paper_is_asked_about_statement_by_statement() -> None:
    consent, asked = told({**WHOLE, Ask.OUR_FORM: "n", Ask.STATEMENT: "y"})
    assert asked.count(Ask.STATEMENT) == 4
    assert consent.missing == ()
    consent, asked = told({**WHOLE, Ask.OUR_FORM: "2", Ask.KIND: "2", Ask.PURPOSE_CODE: "4", Ask.STATEMENT: "1"})
    assert asked.count(Ask.STATEMENT) == 1
    assert (consent.kind, consent.missing) == (ConsentKind.PURPOSE, ())


def test_a_form_that_was_printed_before_permits_what_that_version_says() -> None:
    consent, asked = told({**WHOLE, Ask.OUR_FORM: "y"})
    assert asked.count(Ask.FORM_VERSION) == 1
    assert consent.scope_version == SCOPE_VERSION
    consent, _ = told(
        {**WHOLE, Ask.OUR_FORM: "y", Ask.FORM_VERSION: f"{SCOPE_VERSION}"}
    )  # the last of the list, which begins with the newest
    assert consent.scope_version == 1
    consent, asked = told({**WHOLE, Ask.OUR_FORM: "n", Ask.STATEMENT: "y"})
    assert Ask.FORM_VERSION not in asked


def test_the_form_says_the_version_that_is_asked_for() -> None:
    assert int(FORM_VERSION) == SCOPE_VERSION


def test_where_us_law_does_not_hold_only_the_right_to_take_it_back_is_asked_for() -> None:
    known: dict[str, Any] = {"kind": "tpo", "our_form": False}
    elsewhere = replace(AROUND, us=False)
    while question := next_question(known, elsewhere):
        known = with_answer(known, question, "y" if question.about is Ask.STATEMENT else "", elsewhere)
    assert known["statements"] == [Statement.REVOCATION]


def test_bytes_that_are_no_text_do_no_harm() -> None:
    consent, _ = told({**WHOLE, Ask.PATIENT: "Jo \udcff"})
    assert consent.patient_name == "Jo \ufffd"


def test_a_class_of_people_and_an_exchange() -> None:
    answers = {
        **WHOLE, Ask.RECIPIENT: "", Ask.RECIPIENT_CLASS: "my treating providers", Ask.INTERMEDIARY: "An Exchange",
        Ask.PARTICIPANTS: "B. Other; C. Other",
    }  # fmt: skip
    consent, _ = told(answers)
    assert consent.recipient_class == "my treating providers"
    assert consent.intermediary
    assert consent.intermediary.participants == ("B. Other", "C. Other")
    consent, _ = told({**answers, Ask.PARTICIPANTS: ""})
    assert consent.intermediary
    assert consent.intermediary.treating_only


def test_several_recipients() -> None:
    known: dict[str, Any] = {}
    names = iter(["B. Other", ""])
    while question := next_question(known, AROUND):
        answer = next(names) if question.about is Ask.ANOTHER else WHOLE.get(question.about, "")
        known = with_answer(known, question, answer, AROUND)
    assert [recipient.name for recipient in build_consent(known, HEAD).recipients] == ["A. Therapist", "B. Other"]


def test_somebody_signs_for_the_client() -> None:
    consent, _ = told({**WHOLE, Ask.CAPACITY: "3", Ask.SIGNER: "G. Example", Ask.AUTHORITY: "court order, in the file"})
    assert consent.signer
    assert (consent.signer.name, consent.signer.authority_ref) == ("G. Example", "court order, in the file")
    consent, _ = told({**WHOLE, Ask.CAPACITY: "3"})
    assert consent.signer is None  # not the client's name: the client did not sign


@given(st.data())
def test_any_answers_end_and_come_to_a_consent(data: st.DataObject) -> None:
    known: dict[str, Any] = {}
    for _ in range(200):
        question = next_question(known, AROUND)
        if question is None:
            break
        answer = data.draw(st.sampled_from(["", "1", "2", "all", "y", "no", "26w", "2027-01-01", "x; y", "\x1b[2J"]))
        try:
            known = with_answer(known, question, answer, AROUND)
        except WrongUsage:
            known = with_answer(known, question, "", AROUND)
        if question.about is Ask.ANOTHER and len(known["recipients"]) > 3:
            known = {**known, "another": False}
    assert next_question(known, AROUND) is None
    consent = build_consent(known, HEAD)
    assert Consent.from_bytes(consent.to_bytes()) == consent


def test_disclosers_of_another_name_are_asked_about_and_the_program_is_noted_if_it_is_meant() -> None:
    general = {**WHOLE, Ask.DISCLOSERS: "any program that has treated me"}
    consent, asked = told({**general, Ask.INCLUDES: "y"})
    assert Ask.INCLUDES in asked
    assert consent.disclosers_include == "Harbor Program"
    consent, _ = told(general)
    assert consent.disclosers_include is None, "nothing is supposed"
    for own in ("B. Other; harbor  PROGRAM", ""):
        _, asked = told({**WHOLE, Ask.DISCLOSERS: own})
        assert Ask.INCLUDES not in asked
    _, asked = told({**WHOLE, Ask.DISCLOSERS: "Ana Ruiz"}, around=replace(AROUND, counselor="ana ruiz"))
    assert Ask.INCLUDES not in asked


def test_what_shows_nothing_is_no_answer() -> None:
    nothing = {Ask.PATIENT: "\u200b", Ask.RECIPIENT: "\u2800 \u3164", Ask.DISCLOSERS: "\u00ad; \u200b"}
    consent, _ = told({**WHOLE, **nothing})
    assert consent.patient_name is None
    assert consent.recipients == ()
    assert consent.disclosers == ()


@pytest.mark.parametrize("answer", ["nonsense", "yesterday", "nope", "3", "ja", "0"])
def test_a_word_that_is_neither_yes_nor_no_is_not_taken_for_one(answer: str) -> None:
    for about in (Ask.OUR_FORM, Ask.STATEMENT, Ask.INCLUDES):
        question = Question(about, "?", choices=(("yes", "yes"), ("no", "no")))
        with pytest.raises(WrongUsage):
            with_answer({}, question, answer, AROUND)


@pytest.mark.parametrize("answer", ["y", "Yes", "sí"])
def test_a_yes_where_a_name_is_asked_for_is_no_name(answer: str) -> None:
    known = {"recipients": [{"name": "A. Therapist"}]}
    for about in (Ask.ANOTHER, Ask.INTERMEDIARY):
        with pytest.raises(WrongUsage):
            with_answer(known, Question(about, "?"), answer, AROUND)


@given(st.data())
def test_a_draft_goes_on_where_it_stopped(data: st.DataObject) -> None:
    known: dict[str, Any] = {}
    for _ in range(data.draw(st.integers(0, 25))):
        question = next_question(known, AROUND)
        if question is None:
            break
        try:
            known = with_answer(known, question, data.draw(st.sampled_from(["", "1", "2", "y", "x; y", "26w"])), AROUND)
        except WrongUsage:
            known = with_answer(known, question, "", AROUND)
        kept = json.loads(json.dumps(known))
        assert next_question(kept, AROUND) == next_question(known, AROUND)
        assert preview(kept) == preview(known)


@pytest.mark.parametrize("text", ["31.5.2027", "2027-13-01", "w", "9999w", "٣w", "2027-02-29"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(WrongUsage):
        day(text, AROUND.today)


def test_an_end_as_it_is_typed() -> None:
    today = AROUND.today
    assert expiry("2w", today) == {"on": "2026-12-08"}
    assert expiry("the end of treatment", today) == {"event": "the end of treatment"}
    assert expiry("None", today) == {"none": True}


def asked(about: Ask, known: dict[str, Any]) -> tuple[dict[str, Any], Question]:
    """What is known when that question comes, and the question."""
    while (question := next_question(known, AROUND)) and question.about is not about:
        known = with_answer(known, question, WHOLE.get(question.about, ""), AROUND)
    assert question
    return known, question


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("all", range(7)), ("All", range(7)), ("everything", range(7)), ("yes", range(7)), ("todo", range(7)),
        ("todas", range(7)), ("sí", range(7)), ("none", ()), ("nothing", ()), ("nada", ()), ("no", ()),
        ("1 and 3", (0, 2)), ("1, 3", (0, 2)), ("1,3 & 2", (0, 2, 1)), ("1 y 3", (0, 2)), ("3 3", (2,)),
        ("1-3", (0, 1, 2)), ("1 to 3, 5", (0, 1, 2, 4)), ("2 a 4", (1, 2, 3)), ("1–2 y 4", (0, 1, 3)),
        ("parked", (3,)), ("goal plan and readings", (0, 1)), ("interviews, safety", (4, 5)),
    ],
)  # fmt: skip
def test_what_may_be_passed_on_is_said_in_ordinary_words(typed: str, numbers: tuple[int, ...]) -> None:
    known, question = asked(Ask.CATEGORIES, {})
    values = [value for value, _ in question.choices]
    assert with_answer(known, question, typed, AROUND)["scope_categories"] == [values[n] for n in numbers]


@pytest.mark.parametrize(
    "typed",
    ["1 and 9", "0", "8", "3-1", "1-9", "0 to 2", "perhaps", "all but 2", "1 and perhaps", "x", "-1", "a", "1.5"],
)
def test_words_that_may_mean_anything_are_asked_for_again(typed: str) -> None:
    known, question = asked(Ask.CATEGORIES, {})
    with pytest.raises(WrongUsage):
        with_answer(known, question, typed, AROUND)


@pytest.mark.parametrize(
    ("about", "typed", "field", "value"),
    [
        (Ask.KIND, "treatment", "kind", "tpo"),
        (Ask.KIND, "one purpose", "kind", "purpose"),
        (Ask.MEDIUM, "Paper", "medium", "paper"),
    ],
)
def test_a_choice_is_said_in_its_own_words(about: Ask, typed: str, field: str, value: str) -> None:
    known, question = asked(about, {})
    assert with_answer(known, question, typed, AROUND)[field] == value
