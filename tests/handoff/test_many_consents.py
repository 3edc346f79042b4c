"""Consents as papers come in, complete, incomplete and at the edges: what each permits, and every reason against it."""

import re
from datetime import date
from typing import Any

import pytest

from mi_cli.handoff.gate import judge
from mi_cli.handoff.objections import ReasonCode, Request
from mi_cli.handoff.program import Program
from mi_cli.records.consent import Ended, Expiry, Intermediary, Recipient, Revoked, Signer, TakenBack
from mi_cli.records.name_matching import visible
from mi_cli.records.permit import Permit
from mi_cli.records.terms import (
    Capacity,
    Category,
    ConsentKind,
    Jurisdiction,
    Purpose,
    RecipientKind,
    Statement,
)
from mi_cli.words.labels import label_words
from tests.builders import CLIENT, NOW, THERAPIST, consent

TODAY = NOW.date()
PROGRAM = Program("Harbor Program", counselor="A. Counselor")
ELSEWHERE = Program("Harbor Program", jurisdiction=Jurisdiction.GENERAL, notice="Confidential.")
ONE_PURPOSE = {"kind": ConsentKind.PURPOSE, "statements": (Statement.REVOCATION,)}
NO_HIPAA = {"statements": tuple(one for one in Statement if one is not Statement.HIPAA_REDISCLOSURE)}
ONLY_REVOCATION = {"statements": (Statement.REVOCATION,)}
EXCHANGE = Intermediary(name="State Exchange", participants=("A. Therapist",))
TREATING = Intermediary(name="State Exchange", treating_only=True)
OTHER = Recipient(name="B. Other", kind=RecipientKind.COVERED_ENTITY)
EVENT = Expiry(event="when I finish CBT")


def ended(day: int) -> Ended:
    return Ended(on=date(2026, 11, day), at=NOW, recorded_by="A. Counselor")


def back_for(name: str) -> TakenBack:
    return TakenBack(recipient=name, at=NOW, how="by letter", recorded_by="A. Counselor")


def to(**changes: Any) -> dict[str, Any]:
    return {"recipients": (THERAPIST.replace(**changes),)}


R = ReasonCode
# What each is; the changes to a consent that lacks nothing; and every reason against a handoff under it. For what it
# lacks the reason is one, with the names of all elements.
CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    # -- complete
    ("treatment, payment and operations", {}, []),
    ("one purpose, treatment", {**ONE_PURPOSE, "purpose_codes": (Purpose.TREATMENT,)}, []),
    ("one purpose, as the client asks", {**ONE_PURPOSE, "purpose_codes": (Purpose.CLIENT_REQUEST,)}, []),
    ("treatment among others", {**ONE_PURPOSE, "purpose_codes": (Purpose.PAYMENT, Purpose.TREATMENT)}, []),
    ("no purpose in words, but a code", {"purpose_text": None}, []),
    ("no code, but TPO", {"purpose_codes": ()}, []),
    ("to begin CBT, in words alone", {**ONE_PURPOSE, "purpose_text": "to begin CBT", "purpose_codes": ()}, []),
    ("en palabras", {**ONE_PURPOSE, "purpose_text": "para empezar la TERAPIA", "purpose_codes": ()}, []),
    ("no end", {"expiry": Expiry(none=True)}, []),
    ("ends with an event", {"expiry": EVENT}, []),
    ("its last day is today", {"expiry": Expiry(on=TODAY)}, []),
    ("signed today", {"signed_on": TODAY}, []),
    ("event and day", {"expiry": Expiry(on=date(2027, 1, 1), event="when I finish CBT")}, []),
    ("an event that comes about tomorrow", {"expiry": EVENT, "ended": ended(24)}, []),
    ("the counselor passes it on", {"disclosers": ("a. counselor",)}, []),
    ("the program among others", {"disclosers": ("Elsewhere", " HARBOR  program ")}, []),
    ("a general designation confirmed", {"disclosers": ("my providers",), "disclosers_include": "Harbor Program"}, []),
    ("to a part 2 program, no HIPAA", {**to(kind=RecipientKind.PART2_PROGRAM), **NO_HIPAA}, []),
    ("to nobody under HIPAA, no HIPAA", {**to(kind=RecipientKind.NOT_COVERED), **NO_HIPAA}, []),
    ("kind not known, with HIPAA", to(kind=RecipientKind.OTHER), []),
    ("one purpose, kind not known, no HIPAA", {**ONE_PURPOSE, **to(kind=RecipientKind.OTHER)}, []),
    ("through an exchange alone, with names", {"recipients": (), "intermediary": EXCHANGE}, []),
    ("through an exchange too", {"intermediary": TREATING}, []),
    ("one of two recipients", {"recipients": (OTHER, THERAPIST)}, []),
    ("taken back for the other", {"recipients": (OTHER, THERAPIST), "taken_back": (back_for("b. other"),)}, []),
    ("signed by a parent", {"signer": Signer(name="Ann Example", capacity=Capacity.PARENT)}, []),
    ("by a guardian", {"signer": Signer(name="G", capacity=Capacity.GUARDIAN, authority_ref="order of 2025")}, []),
    ("by minor and parent", {"also_signed": (Signer(name="Ann", capacity=Capacity.PARENT),)}, []),
    ("the name in other letters", {"signer": Signer(name="  JO   example ")}, []),
    ("more than is asked for", {"scope_categories": tuple(Category)}, []),
    # -- incomplete
    ("no name", {"patient_name": None}, ["lacks patient-name"]),
    ("a blank name", {"patient_name": "\u200b "}, ["lacks patient-name"]),
    ("nobody may pass it on", {"disclosers": ()}, ["lacks disclosers"]),
    ("no scope in words", {"scope_text": None}, ["lacks scope"]),
    ("no category", {"scope_categories": ()}, ["lacks scope"]),
    ("nobody may get it", {"recipients": ()}, ["lacks recipients"]),
    ("a recipient without a name", {"recipients": (Recipient(name=" "),)}, ["lacks recipients"]),
    ("an exchange without members", {"intermediary": Intermediary(name="X")}, ["lacks intermediary"]),
    ("that alone", {"recipients": (), "intermediary": Intermediary(name="X")}, ["lacks intermediary"]),
    ("an exchange without a name", {"intermediary": TREATING.replace(name="")}, ["lacks intermediary"]),
    ("no purpose", {"purpose_text": None, "purpose_codes": ()}, ["lacks purpose"]),
    ("no purpose, of one", {**ONE_PURPOSE, "purpose_text": "", "purpose_codes": ()}, ["lacks purpose"]),
    ("no way to take it back", {"revocation_method": None}, ["lacks revocation"]),
    ("not that it can be", {"statements": tuple(Statement)[1:]}, ["lacks revocation"]),
    ("no expiry", {"expiry": Expiry()}, ["lacks expiry"]),
    ("no end, for one purpose", {**ONE_PURPOSE, "expiry": Expiry(none=True)}, ["lacks expiry"]),
    ("a blank event", {"expiry": Expiry(event=" ")}, ["lacks expiry"]),
    ("no signature", {"signer": None}, ["lacks signature"]),
    ("no day", {"signed_on": None}, ["lacks date-signed"]),
    ("to a covered entity, no HIPAA", NO_HIPAA, ["lacks hipaa-redisclosure"]),
    ("kind not known, no HIPAA", {**to(kind=RecipientKind.OTHER), **NO_HIPAA}, ["lacks hipaa-redisclosure"]),
    ("kind not said, no HIPAA", {"recipients": (Recipient(name="A. Therapist"),), **NO_HIPAA},
     ["lacks hipaa-redisclosure"]),
    ("one known, one not, no HIPAA", {"recipients": (THERAPIST.replace(kind=RecipientKind.NOT_COVERED),
                                                     Recipient(name="B. Other")), **NO_HIPAA},
     ["lacks hipaa-redisclosure"]),
    ("an exchange, no HIPAA", {"recipients": (), "intermediary": EXCHANGE, **NO_HIPAA}, ["lacks hipaa-redisclosure"]),
    ("no statements for TPO", ONLY_REVOCATION,
     ["lacks hipaa-redisclosure", "lacks tpo-redisclosure", "lacks tpo-refusal"]),
    # -- not this one
    ("for payment alone", {**ONE_PURPOSE, "purpose_codes": (Purpose.PAYMENT,)}, ["purpose"]),
    ("for operations alone", {**ONE_PURPOSE, "purpose_codes": (Purpose.OPERATIONS,)}, ["purpose"]),
    ("for a hearing, in words", {**ONE_PURPOSE, "purpose_text": "for my hearing", "purpose_codes": ()}, ["purpose"]),
    ("in words that need not mean it", {**ONE_PURPOSE, "purpose_text": "as we said", "purpose_codes": ()}, ["purpose"]),
    ("treatment and court, in words", {**ONE_PURPOSE, "purpose_text": "treatment, for the court", "purpose_codes": ()},
     ["purpose"]),
    ("readings alone", {"scope_categories": (Category.READINGS,)}, ["category"]),
    ("held up to yesterday", {"expiry": Expiry(on=date(2026, 11, 22))}, ["expired"]),
    ("signed tomorrow", {"signed_on": date(2026, 11, 24)}, ["signed-later"]),
    ("its event came about today", {"expiry": EVENT, "ended": ended(23)}, ["ended"]),
    ("its event came about long ago", {"expiry": EVENT, "ended": ended(1)}, ["ended"]),
    ("taken back", {"revoked": Revoked(at=NOW, how="by letter", recorded_by="A")}, ["revoked"]),
    ("taken back for them", {"recipients": (OTHER, THERAPIST), "taken_back": (back_for("A. THERAPIST"),)}, ["revoked"]),
    ("taken back for a member", {"recipients": (OTHER,), "intermediary": EXCHANGE,
                                 "taken_back": (back_for("A. Therapist"),)}, ["revoked"]),
    ("to somebody else", {"recipients": (OTHER,)}, ["recipient"]),
    ("another program's records", {"disclosers": ("Elsewhere",)}, ["discloser"]),
    ("confirmed for another program", {"disclosers": ("my providers",), "disclosers_include": "Elsewhere"},
     ["discloser"]),
    ("another person's name", {"patient_name": "Beatriz Solis", "signer": Signer(name="Beatriz Solis")},
     ["other-person"]),
    ("another signature", {"signer": Signer(name="Somebody Else")}, ["signer"]),
    ("another second signature", {"signer": Signer(name="Ann", capacity=Capacity.PARENT),
                                  "also_signed": (Signer(name="Somebody Else"),)}, ["signer"]),
    ("another client's", {"client": "dddddddd"}, ["other-client"]),
    # -- all of them at once
    ("expired, for payment, unsigned", {**ONE_PURPOSE, "purpose_codes": (Purpose.PAYMENT,), "signer": None,
                                        "expiry": Expiry(on=date(2026, 1, 1))},
     ["lacks signature", "expired", "purpose"]),
    ("ended, taken back, to somebody else", {"expiry": EVENT, "ended": ended(2), "recipients": (OTHER,),
                                             "revoked": Revoked(at=NOW, how="x", recorded_by="A")},
     ["ended", "revoked", "recipient"]),
    ("nothing on it", {"patient_name": None, "disclosers": (), "scope_text": None, "recipients": (),
                       "purpose_text": None, "purpose_codes": (), "revocation_method": None,
                       "expiry": Expiry(), "signer": None, "signed_on": None, "statements": (),
                       "kind": ConsentKind.PURPOSE},
     ["lacks patient-name", "lacks disclosers", "lacks scope", "lacks recipients", "lacks purpose",
      "lacks revocation", "lacks expiry", "lacks signature", "lacks date-signed"]),
]  # fmt: skip


def test_there_are_enough_of_them_and_each_is_another() -> None:
    assert len({name for name, _, _ in CASES}) == len(CASES) >= 60
    reasons = {reason for case in CASES for reason in case[2]}
    assert {f"lacks {element}" for element in label_words("en").elements} <= reasons


@pytest.mark.parametrize(("changes", "reasons"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_permits_what_it_says_or_every_reason_is_named(changes: dict[str, Any], reasons: list[str]) -> None:
    request = Request(CLIENT, "J-014", recipient="A. Therapist", noted_name="Jo Example")
    made = consent(**changes)
    result = judge(request, (made,), PROGRAM, NOW)
    if not reasons:
        assert isinstance(result, Permit), result
        return
    assert not isinstance(result, Permit)
    codes = [objection.code.value for objection in result]
    expected = {"missing" if reason.startswith("lacks ") else reason for reason in reasons}
    if not visible([*(each.name for each in made.recipients), *(["x"] if made.intermediary is EXCHANGE else [])]):
        expected |= {"recipient"}  # who is asked for is not named either
    assert (set(codes), len(codes)) == (expected, len(expected))
    lacking = [element for element in label_words("en").elements if f"lacks {element}" in reasons]
    assert list(made.missing) == lacking
    for objection in result:
        assert objection.text.endswith(".")
        assert re.search(r"`mi [a-z]", objection.remedy), objection.remedy
    for element in lacking:
        [missing] = [objection for objection in result if objection.code is R.MISSING]
        assert label_words("en").elements[element] in missing.text


@pytest.mark.parametrize(
    ("changes", "permits"),
    [(ONLY_REVOCATION, True), (NO_HIPAA, True), ({"statements": ()}, False), ({"signer": None}, False),
     ({"expiry": Expiry()}, False)],
)  # fmt: skip
def test_one_function_says_what_is_lacking_in_each_jurisdiction(changes: dict[str, Any], permits: bool) -> None:
    made = consent(**changes)
    result = judge(Request(CLIENT, "J-014"), (made,), ELSEWHERE, NOW)
    assert isinstance(result, Permit) is permits
    assert bool(made.lacking(Jurisdiction.GENERAL)) is not permits
    assert set(made.lacking(Jurisdiction.GENERAL)) <= set(made.lacking(Jurisdiction.US_PART2))


def test_taken_back_for_one_it_serves_the_others_and_no_class_gets_around_it() -> None:
    two = consent(id="two00001", recipients=(OTHER, THERAPIST), taken_back=(back_for("A. Therapist"),))
    by_class = consent(id="wide0001", recipients=(), recipient_class="my treating providers")
    anybody = judge(Request(CLIENT, "J-014"), (two,), PROGRAM, NOW)
    assert isinstance(anybody, Permit)
    assert anybody.recipient == OTHER
    asked = judge(Request(CLIENT, "J-014", recipient="A. Therapist"), (two, by_class), PROGRAM, NOW)
    assert not isinstance(asked, Permit)
    assert {objection.code for objection in asked} == {R.REVOKED, R.NAME_TAKEN_BACK}
    older = consent(id="older001", signed_on=date(2026, 10, 1))
    asked = judge(Request(CLIENT, "J-014", recipient="A. Therapist"), (two, older), PROGRAM, NOW)
    assert not isinstance(asked, Permit)
    assert {objection.code for objection in asked} == {R.REVOKED, R.UNANSWERED}
    member = Program("Harbor Program", recipients=("A. Therapist",))
    asked = judge(Request(CLIENT, "J-014", recipient="A. Therapist"), (two,), member, NOW)
    assert not isinstance(asked, Permit)
