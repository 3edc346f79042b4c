from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import Refused, WrongUsage
from mi_cli.handoff.collecting import person_in
from mi_cli.handoff.gate import judge, permit, permit_of
from mi_cli.handoff.objections import ReasonCode, Request, objections_to, recipients_not_served
from mi_cli.handoff.packet import Person
from mi_cli.handoff.program import Program
from mi_cli.handoff.revocation import recipient_class_of
from mi_cli.handoff.scope import SCOPE_VERSION, parts_of
from mi_cli.records.client import Identity
from mi_cli.records.consent import (
    Consent,
    Element,
    Ended,
    Expiry,
    Intermediary,
    Recipient,
    Revoked,
    Signer,
    TakenBack,
    Upheld,
)
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.permit import Permit
from mi_cli.records.terms import (
    Basis,
    Capacity,
    Category,
    ConsentKind,
    Jurisdiction,
    Purpose,
    RecipientKind,
    Statement,
)
from tests.builders import CLIENT, NOW, THERAPIST, consent

REQUEST = Request(CLIENT, "J-014")
PROGRAM = Program("Harbor Program")
HEAD = {"id": "eeeeeeee", "created_at": NOW, "updated_at": NOW, "revision": 1}

Case = tuple[Request, tuple[Consent, ...], Program]


def without(statement: Statement) -> tuple[Statement, ...]:
    return tuple(one for one in Statement if one is not statement)


LACKING: dict[Element, Consent] = {
    Element.PATIENT_NAME: consent(patient_name=None),
    Element.DISCLOSERS: consent(disclosers=()),
    Element.SCOPE: consent(scope_text=None),
    Element.RECIPIENTS: consent(recipients=()),
    Element.INTERMEDIARY: consent(intermediary=Intermediary(name="An Exchange")),
    Element.PURPOSE: consent(purpose_text=None, purpose_codes=()),
    Element.REVOCATION: consent(revocation_method=None),
    Element.EXPIRY: consent(expiry=Expiry()),
    Element.SIGNATURE: consent(signer=None),
    Element.DATE_SIGNED: consent(signed_on=None),
    Element.HIPAA_REDISCLOSURE: consent(statements=without(Statement.HIPAA_REDISCLOSURE)),
    Element.TPO_REDISCLOSURE: consent(statements=without(Statement.TPO_REDISCLOSURE)),
    Element.TPO_REFUSAL: consent(statements=without(Statement.TPO_REFUSAL)),
}


def ended(on: date) -> Ended:
    return Ended(on=on, at=NOW, recorded_by="A. Counselor")


def back_for(name: str, *on_file: str) -> TakenBack:
    return TakenBack(recipient=name, at=NOW, how="by letter", recorded_by="A. Counselor", on_file=on_file)


REVOKED = Revoked(at=NOW, how="by letter", recorded_by="A. Counselor")
WIDE = consent(id="wide0001", recipients=(), recipient_class="my treating providers")
TAKEN_BACK = consent(id="back0001", revoked=REVOKED)

BLOCKED: dict[str, tuple[ReasonCode, Case]] = {
    "no consent": (ReasonCode.NO_CONSENT, (REQUEST, (), PROGRAM)),
    "another client's": (ReasonCode.OTHER_CLIENT, (REQUEST, (consent(client="dddddddd"),), PROGRAM)),
    "another person's": (
        ReasonCode.OTHER_PERSON,
        (replace(REQUEST, noted_name="Beatriz Solis"), (consent(),), PROGRAM),
    ),
    "another signature": (ReasonCode.SIGNER, (REQUEST, (consent(signer=Signer(name="Somebody Else")),), PROGRAM)),
    "another program": (ReasonCode.DISCLOSER, (REQUEST, (consent(),), Program("Another Program"))),
    "no program": (ReasonCode.DISCLOSER, (REQUEST, (consent(),), Program(counselor="root"))),
    "signed later": (ReasonCode.SIGNED_LATER, (REQUEST, (consent(signed_on=date(2026, 11, 24)),), PROGRAM)),
    "expired": (ReasonCode.EXPIRED, (REQUEST, (consent(expiry=Expiry(on=date(2026, 11, 22))),), PROGRAM)),
    "ended": (
        ReasonCode.ENDED,
        (REQUEST, (consent(expiry=Expiry(event="the end of CBT"), ended=ended(NOW.date())),), PROGRAM),
    ),
    "revoked": (ReasonCode.REVOKED, (REQUEST, (consent(revoked=REVOKED),), PROGRAM)),
    "one of a class, taken back": (
        ReasonCode.NAME_TAKEN_BACK,
        (
            replace(REQUEST, recipient="A. Therapist", basis=Basis.SAME_PROGRAM),
            (TAKEN_BACK,),
            replace(PROGRAM, recipients=("A. Therapist",)),
        ),
    ),
    "recipient": (ReasonCode.RECIPIENT, (replace(REQUEST, recipient="B. Other"), (consent(),), PROGRAM)),
    "class, no name": (
        ReasonCode.RECIPIENT_UNNAMED,
        (REQUEST, (consent(recipients=(), recipient_class="my treating providers"),), PROGRAM),
    ),
    "several": (
        ReasonCode.SEVERAL_RECIPIENTS,
        (REQUEST, (consent(recipients=(THERAPIST, Recipient(name="B. Other"))),), PROGRAM),
    ),
    "purpose": (ReasonCode.PURPOSE, (replace(REQUEST, purpose=Purpose.CLIENT_REQUEST), (consent(),), PROGRAM)),
    "category": (ReasonCode.CATEGORY, (replace(REQUEST, what=frozenset(Category)), (consent(),), PROGRAM)),
    "nobody in the program": (
        ReasonCode.NO_PROGRAM,
        (replace(REQUEST, basis=Basis.SAME_PROGRAM), (consent(),), PROGRAM),
    ),
    "not in program": (
        ReasonCode.NOT_IN_PROGRAM,
        (replace(REQUEST, basis=Basis.SAME_PROGRAM, recipient="X"), (), replace(PROGRAM, recipients=("A. Therapist",))),
    ),
    "program, other purpose": (
        ReasonCode.PURPOSE,
        (
            replace(REQUEST, basis=Basis.SAME_PROGRAM, purpose=Purpose.PAYMENT),
            (),
            replace(PROGRAM, recipients=("A. Therapist",)),
        ),
    ),
    "no notice": (ReasonCode.NO_NOTICE, (REQUEST, (consent(),), replace(PROGRAM, jurisdiction=Jurisdiction.GENERAL))),
    **{f"lacks {element}": (ReasonCode.MISSING, (REQUEST, (one,), PROGRAM)) for element, one in LACKING.items()},
}


@pytest.mark.parametrize("name", BLOCKED)
def test_each_reason_blocks_alone_and_says_what_puts_it_right(name: str) -> None:
    why, (request, consents, program) = BLOCKED[name]
    found = judge(request, consents, program, NOW)
    assert isinstance(found, tuple)
    assert [reason.code for reason in found] == [why]
    assert "`mi " in found[0].remedy or "`--to`" in found[0].remedy
    with pytest.raises(Refused) as refused:
        permit(request, consents, program, NOW)
    assert refused.value.exit_code == 3
    assert found[0].text in refused.value.message


def test_every_reason_and_every_element_is_tried() -> None:
    assert {why for why, _ in BLOCKED.values()} == set(ReasonCode) - {
        ReasonCode.UNANSWERED,  # which never comes alone
        ReasonCode.UNREAD,  # which needs a consent that cannot be read
    }
    assert set(LACKING) == set(Element)
    for element, one in LACKING.items():
        assert one.missing == (element,)


BREAKS: dict[ReasonCode, Callable[[Consent], Consent]] = {
    ReasonCode.OTHER_CLIENT: lambda one: one.replace(client="dddddddd"),
    ReasonCode.MISSING: lambda one: one.replace(revocation_method=None),
    ReasonCode.SIGNED_LATER: lambda one: one.replace(signed_on=date(2027, 1, 1)),
    ReasonCode.EXPIRED: lambda one: one.replace(expiry=Expiry(on=date(2025, 1, 1))),
    ReasonCode.REVOKED: lambda one: one.replace(revoked=REVOKED),
    ReasonCode.RECIPIENT: lambda one: one.replace(recipients=(Recipient(name="B. Other"),)),
    ReasonCode.CATEGORY: lambda one: one.replace(scope_categories=(Category.SAFETY_RAISED,)),
    ReasonCode.DISCLOSER: lambda one: one.replace(disclosers=("Another Program",)),
    ReasonCode.SIGNER: lambda one: one.replace(signer=Signer(name="Somebody Else")),
    ReasonCode.OTHER_PERSON: lambda one: one.replace(patient_name="Beatriz Solis", signer=Signer(name="Beatriz Solis")),
}
NAMED = replace(REQUEST, recipient="A. Therapist", noted_name="Jo Example")


@given(st.sets(st.sampled_from(sorted(BREAKS))))
def test_all_reasons_are_named_at_once(broken: set[ReasonCode]) -> None:
    one = consent()
    for why in sorted(broken):  # the name on it before who signed
        one = BREAKS[why](one)
    found = judge(NAMED, (one,), PROGRAM, NOW)
    if broken:
        assert isinstance(found, tuple)
        assert {reason.code for reason in found} == broken
    else:
        assert isinstance(found, Permit)


@given(st.lists(st.sampled_from(sorted(set(BREAKS) - {ReasonCode.REVOKED})), max_size=4))
def test_consents_that_permit_nothing_take_nothing_from_one_that_does(broken: list[ReasonCode]) -> None:
    others = tuple(BREAKS[why](consent(id=f"other{n:03d}")) for n, why in enumerate(broken))
    found = judge(NAMED, (*others, consent()), PROGRAM, NOW)
    assert isinstance(found, Permit)
    assert found.consent == consent()


def test_one_valid_consent_is_enough() -> None:
    found = permit(REQUEST, [consent()], PROGRAM, NOW)
    assert found == Permit(
        client=CLIENT,
        basis=Basis.CONSENT,
        recipient=THERAPIST,
        purpose=None,
        purpose_text="treatment, payment and health care operations",
        categories=frozenset({Category.GOAL_PLAN, Category.READINGS}),
        parts=parts_of({Category.GOAL_PLAN, Category.READINGS}),
        jurisdiction=Jurisdiction.US_PART2,
        consent=consent(),
    )


def test_one_recipient_in_the_program_is_enough() -> None:
    found = permit(REQUEST, [], replace(PROGRAM, recipients=("A. Therapist",)), NOW)
    assert (found.basis, found.purpose) == (Basis.SAME_PROGRAM, Purpose.TREATMENT)
    assert found.recipient == Recipient(name="A. Therapist", kind=RecipientKind.OTHER)
    assert found.categories == frozenset(Category) - {Category.PROGRESS_NOTES}


@pytest.mark.parametrize("purpose", Purpose)
def test_within_the_program_it_is_for_treatment_and_for_nothing_else(purpose: Purpose) -> None:
    request = replace(REQUEST, basis=Basis.SAME_PROGRAM, purpose=purpose)
    found = judge(request, (), replace(PROGRAM, recipients=("A. Therapist",)), NOW)
    assert isinstance(found, Permit) is (purpose is Purpose.TREATMENT)


@pytest.mark.parametrize("version", range(1, SCOPE_VERSION + 1))
def test_what_went_out_under_an_earlier_form_is_made_anew_with_what_that_form_named(version: int) -> None:
    given = consent(scope_categories=tuple(Category), scope_version=version)
    told = {**HEAD, "schema": Disclosure.SCHEMA, "client": CLIENT, "seq": 1, "by": "A. Counselor", "format": "md"}
    sent = Disclosure.model_validate(
        {**told, "basis": Basis.CONSENT, "recipient": "A. Therapist", "what": tuple(Category), "file_sha256": "0"}
    )
    assert permit_of(sent, given, PROGRAM).parts == parts_of(Category, version)


def test_the_clients_own_copy_which_may_lie_about_names_nobody() -> None:
    identity = Identity.model_validate({**HEAD, "schema": Identity.SCHEMA, "client": CLIENT, "name": "Jo Example"})
    own = permit(replace(REQUEST, basis=Basis.CLIENT_COPY), [], PROGRAM, NOW)
    assert person_in(own, "J-014", identity) == Person(code="J-014")
    assert person_in(permit(REQUEST, [consent()], PROGRAM, NOW), "J-014", identity).name == "Jo Example"


def test_the_client_can_always_have_a_copy() -> None:
    found = permit(replace(REQUEST, basis=Basis.CLIENT_COPY), [consent(revoked=REVOKED)], PROGRAM, NOW)
    assert (found.basis, found.recipient, found.consent) == (Basis.CLIENT_COPY, None, None)
    own = {Category.GOAL_PLAN, Category.READINGS, Category.SHARED_WORDS, Category.PARKED_MATTERS}
    assert found.categories == own  # not what the program recorded
    sent = replace(REQUEST, basis=Basis.CLIENT_COPY, sent=frozenset({Category.INTERVIEWS}))
    assert permit(sent, [], PROGRAM, NOW).categories == own | {Category.INTERVIEWS}


@pytest.mark.parametrize("recipient", [None, "A. Therapist"])
@pytest.mark.parametrize("basis", [None, Basis.SAME_PROGRAM])
def test_a_consent_taken_back_is_not_got_around_by_the_program(recipient: str | None, basis: Basis | None) -> None:
    program = replace(PROGRAM, recipients=("A. Therapist",))
    request = replace(REQUEST, recipient=recipient, basis=basis)
    with pytest.raises(Refused) as refused:
        permit(request, [TAKEN_BACK], program, NOW)
    assert refused.value.hint == ""
    more = replace(program, recipients=("A. Therapist", "C. Colleague"))
    if recipient is None and basis:
        assert permit(request, [TAKEN_BACK], more, NOW).recipient == Recipient(name="C. Colleague")


def test_the_program_steps_in_for_a_recipient_of_its_own_that_no_consent_is_about() -> None:
    program = replace(PROGRAM, recipients=("C. Colleague",))
    assert permit(replace(REQUEST, recipient="c. colleague"), [consent()], program, NOW).basis is Basis.SAME_PROGRAM
    assert permit(REQUEST, [consent()], program, NOW).basis is Basis.CONSENT


def test_a_consent_that_cannot_be_read_is_not_got_around_by_the_program() -> None:
    program = replace(PROGRAM, recipients=("A. Therapist",))
    request = REQUEST
    against = judge(request, (), program, NOW, unread=True)
    assert isinstance(against, tuple)
    assert [one.text for one in against] == ["There is no written consent on file for this client that can be read."]
    with pytest.raises(Refused) as refused:
        permit(request, (), program, NOW, unread=True)
    assert refused.value.hint == ""
    by_name = judge(replace(request, basis=Basis.SAME_PROGRAM), (), program, NOW, unread=True)
    assert isinstance(by_name, tuple)
    assert [one.code for one in by_name] == [ReasonCode.UNREAD]


@pytest.mark.parametrize("to", ["A. Therapist", "B. Other"])
def test_a_consent_that_cannot_be_read_is_not_got_around_by_a_class(to: str) -> None:
    described = consent(recipients=(), recipient_class="my treating providers")
    request = replace(REQUEST, recipient=to)
    assert isinstance(judge(request, (described,), PROGRAM, NOW), Permit)
    against = judge(request, (described,), PROGRAM, NOW, unread=True)
    assert isinstance(against, tuple)
    assert [one.code for one in against] == [ReasonCode.UNREAD]
    named = consent(id="cons0002", recipients=(Recipient(name=to),))
    assert isinstance(judge(request, (described, named), PROGRAM, NOW, unread=True), Permit)


@pytest.mark.parametrize("signed_on", [date(2026, 11, 1), date(2026, 11, 22)], ids=["older", "newer"])
@pytest.mark.parametrize("basis", [None, Basis.CONSENT, Basis.SAME_PROGRAM])
def test_a_name_that_was_taken_back_is_served_neither_by_a_class_nor_by_the_program(
    signed_on: date, basis: Basis | None
) -> None:
    described = consent(id="cons0002", recipients=(), recipient_class="my treating providers", signed_on=signed_on)
    program = replace(PROGRAM, recipients=("A. Therapist",))
    for typed in ("A. Therapist", "a.  THERAPIST", "A.\u200b Therapist"):
        request = replace(REQUEST, recipient=typed, basis=basis)
        against = judge(request, (TAKEN_BACK, described), program, NOW)
        assert isinstance(against, tuple), typed
        assert ReasonCode.NAME_TAKEN_BACK in {one.code for one in against}


def test_it_holds_to_the_end_of_its_last_day_where_the_counselor_is() -> None:
    one = consent(expiry=Expiry(on=date(2026, 11, 23)))
    west = timezone(timedelta(hours=-8))
    last_second = datetime(2026, 11, 23, 23, 59, 59, tzinfo=west)
    assert isinstance(judge(REQUEST, (one,), PROGRAM, last_second), Permit)
    found = judge(REQUEST, (one,), PROGRAM, last_second + timedelta(seconds=1))
    assert isinstance(found, tuple)
    assert [reason.code for reason in found] == [ReasonCode.EXPIRED]
    assert isinstance(judge(REQUEST, (consent(signed_on=date(2026, 11, 23)),), PROGRAM, NOW), Permit)


def test_no_end_is_enough_for_treatment_payment_and_operations_alone() -> None:
    endless = Expiry(none=True)
    assert consent(expiry=endless).missing == ()
    assert consent(expiry=endless, kind=ConsentKind.PURPOSE).missing == (Element.EXPIRY,)
    assert consent(expiry=Expiry(event="the end of treatment"), kind=ConsentKind.PURPOSE).missing == ()


def test_the_statements_belong_to_us_law() -> None:
    elsewhere = replace(PROGRAM, jurisdiction=Jurisdiction.GENERAL, notice="Confidential.")
    bare = consent(statements=(Statement.REVOCATION,))
    assert isinstance(judge(REQUEST, (bare,), elsewhere, NOW), Permit)
    assert isinstance(judge(REQUEST, (bare,), PROGRAM, NOW), tuple)


def test_somebody_of_a_class_has_to_be_named_and_is_treated_with_most_care() -> None:
    one = consent(recipients=(), recipient_class="my treating providers")
    found = permit(replace(REQUEST, recipient="B. Other"), [one], PROGRAM, NOW)
    assert found.as_one_of == "my treating providers"
    assert found.recipient == Recipient(name="B. Other", kind=RecipientKind.OTHER)


@pytest.mark.parametrize("written", ["a. therapist", " A.  THERAPIST ", "\uff21. Therapist"])
def test_a_name_is_the_same_however_it_is_written(written: str) -> None:
    assert permit(replace(REQUEST, recipient=written), [consent()], PROGRAM, NOW).recipient == THERAPIST


def test_the_consent_signed_last_counts() -> None:
    newer = consent(id="bbbbbbbb", signed_on=date(2026, 11, 22), scope_categories=(Category.GOAL_PLAN,))
    for order in ((newer, consent()), (consent(), newer)):
        found = permit(REQUEST, order, PROGRAM, datetime(2026, 11, 23, tzinfo=UTC))
        assert found.consent == newer
        assert found.categories == {Category.GOAL_PLAN}


# -- who may pass it on, and whose consent it is ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "program",
    [
        Program("  HARBOR\u00a0 program "),
        Program("Another Program", counselor="Harbor \u200bProgram"),
        Program("\uff28arbor Program"),
    ],
)
def test_the_program_or_the_counselor_is_a_discloser_however_it_is_written(program: Program) -> None:
    assert isinstance(judge(REQUEST, (consent(disclosers=("B. Other", "Harbor Program")),), program, NOW), Permit)


def test_a_general_designation_counts_for_the_program_it_was_confirmed_for() -> None:
    one = consent(disclosers=("any program that has treated me",), disclosers_include="Harbor Program")
    assert isinstance(judge(REQUEST, (one,), PROGRAM, NOW), Permit)
    against = judge(REQUEST, (one,), Program("Another Program"), NOW)
    assert isinstance(against, tuple)
    assert [reason.code for reason in against] == [ReasonCode.DISCLOSER]
    assert "any program that has treated me" in against[0].text


@pytest.mark.parametrize(
    "noted", ["jo  EXAMPLE", " Jo\u00a0Example", "Jo Exam\u200bple", "\uff2ao Example", "", "\u200b", None]
)
def test_a_name_is_noted_however_it_is_written_or_not_at_all(noted: str | None) -> None:
    assert isinstance(judge(replace(REQUEST, noted_name=noted), (consent(),), PROGRAM, NOW), Permit)


def test_a_reason_against_repeats_no_client_s_name() -> None:
    one = consent(signer=Signer(name="Somebody Else"))
    against = judge(replace(REQUEST, noted_name="Beatriz Solis"), (one,), PROGRAM, NOW)
    assert isinstance(against, tuple)
    told = " ".join(f"{reason.text} {reason.remedy}" for reason in against)
    assert not any(name in told for name in ("Beatriz", "Solis", "Jo", "Somebody"))


def test_somebody_else_may_sign_for_the_client() -> None:
    signer = Signer(name="G. Example", capacity=Capacity.GUARDIAN)
    assert isinstance(judge(REQUEST, (consent(signer=signer),), PROGRAM, NOW), Permit)


# -- what shows nothing is nothing -------------------------------------------------------------------------------------

NOTHING = (
    "",
    " ",
    "\u00a0\u3000",
    "\u200b\u2060\ufeff",
    "\u115f",
    "\u1160",
    "\u3164",
    "\u2800",
    "\uffa0",
    "\u00ad\t\n",
    "\x07",
    "\u202e\ufe0f",
)


@pytest.mark.parametrize("nothing", NOTHING, ids=ascii)
def test_what_shows_nothing_is_no_element(nothing: str) -> None:
    through = Intermediary(name="An Exchange", participants=(nothing, nothing))
    lacking: dict[Element, dict[str, Any]] = {
        Element.PATIENT_NAME: {"patient_name": nothing},
        Element.DISCLOSERS: {"disclosers": (nothing, nothing)},
        Element.SCOPE: {"scope_text": nothing},
        Element.RECIPIENTS: {"recipients": (Recipient(name=nothing),), "recipient_class": nothing},
        Element.INTERMEDIARY: {"intermediary": through},
        Element.PURPOSE: {"purpose_text": nothing, "purpose_codes": ()},
        Element.REVOCATION: {"revocation_method": nothing},
        Element.EXPIRY: {"expiry": Expiry(event=nothing)},
        Element.SIGNATURE: {"signer": Signer(name=nothing)},
    }
    for element, changes in lacking.items():
        assert consent(**changes).missing == (element,)
    nameless = Intermediary(name=nothing, treating_only=True)
    assert consent(intermediary=nameless).missing == (Element.INTERMEDIARY,)


@pytest.mark.parametrize("nothing", NOTHING, ids=ascii)
def test_what_shows_nothing_is_no_recipient(nothing: str) -> None:
    with pytest.raises(WrongUsage):
        replace(REQUEST, recipient=nothing)
    program = replace(PROGRAM, recipients=(nothing,))
    found = judge(replace(REQUEST, basis=Basis.SAME_PROGRAM), (), program, NOW)
    assert isinstance(found, tuple)
    assert [reason.code for reason in found] == [ReasonCode.NO_PROGRAM]


# -- one taken back, and the others -----------------------------------------------------------------------------------

BEFORE = NOW - timedelta(hours=1)
AFTER = NOW + timedelta(hours=1)
LATER = NOW + timedelta(days=2)
TO_HER = replace(REQUEST, recipient="a. THERAPIST")


def whys(request: Request, *consents: Consent, program: Program = PROGRAM) -> set[ReasonCode]:
    found = judge(request, consents, program, LATER)
    return set() if isinstance(found, Permit) else {reason.code for reason in found}


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"signed_on": date(2026, 11, 22), "created_at": BEFORE}, True),
        ({"signed_on": date(2026, 11, 22), "created_at": AFTER}, True),  # an older paper, recorded afterwards
        ({"signed_on": date(2026, 11, 23), "created_at": BEFORE}, True),
        ({"signed_on": date(2026, 11, 23), "created_at": AFTER}, False),
        ({"signed_on": date(2026, 11, 24), "created_at": AFTER}, False),
    ],
)
def test_one_given_before_is_not_used_until_the_client_has_said_that_it_holds(
    changes: dict[str, Any], asked: bool
) -> None:
    one = consent(**changes)
    assert whys(TO_HER, one, TAKEN_BACK) == ({ReasonCode.UNANSWERED, ReasonCode.REVOKED} if asked else set())
    if asked:
        other = consent(id="back0002", revoked=REVOKED)
        upheld = one.replace(upheld=(Upheld(after="back0001", at=AFTER, recorded_by="A. Counselor"),))
        assert whys(TO_HER, upheld, TAKEN_BACK) == set()
        assert whys(TO_HER, upheld, TAKEN_BACK, other) == {ReasonCode.UNANSWERED, ReasonCode.REVOKED}


def test_two_of_one_second_are_told_apart_by_what_was_on_file() -> None:
    one = consent(signed_on=date(2026, 11, 23), created_at=NOW)
    for on_file, asked in (((one.id,), True), ((), False), (None, True)):
        back = TAKEN_BACK.replace(revoked=REVOKED.replace(on_file=on_file))
        assert (ReasonCode.UNANSWERED in whys(TO_HER, one, back)) is asked


def test_a_question_about_one_recipient_leaves_the_others_alone() -> None:
    both = consent(recipients=(THERAPIST, Recipient(name="B. Other")))
    assert whys(replace(REQUEST, recipient="B. Other"), both, TAKEN_BACK) == set()
    assert ReasonCode.UNANSWERED in whys(TO_HER, both, TAKEN_BACK)
    found = judge(REQUEST, (both, TAKEN_BACK), PROGRAM, LATER)
    assert isinstance(found, Permit)
    assert found.recipient == Recipient(name="B. Other")


@pytest.mark.parametrize(
    "wide",
    [
        WIDE,
        WIDE.replace(created_at=AFTER, signed_on=date(2026, 11, 24)),
        consent(recipients=(), recipient_class="x", intermediary=Intermediary(name="An Exchange", treating_only=True)),
    ],
)
def test_one_for_a_class_never_serves_a_name_that_was_taken_back(wide: Consent) -> None:
    assert ReasonCode.NAME_TAKEN_BACK in whys(TO_HER, wide, TAKEN_BACK)
    assert whys(replace(REQUEST, recipient="B. Other"), wide, TAKEN_BACK) == set()
    later = consent(id="late0001", signed_on=date(2026, 11, 24), created_at=AFTER)
    assert whys(TO_HER, wide, TAKEN_BACK, later) == set()
    assert ReasonCode.NAME_TAKEN_BACK in whys(TO_HER, wide, TAKEN_BACK, later.replace(signer=None))


def test_one_for_the_same_class_is_asked_about_as_well() -> None:
    back = WIDE.replace(id="back0002", recipient_class="My  treating PROVIDERS", revoked=REVOKED)
    assert ReasonCode.UNANSWERED in whys(TO_HER, WIDE, back)
    assert whys(TO_HER, WIDE.replace(recipient_class="my insurers"), back) == set()


@given(
    st.lists(st.sampled_from(["A. Therapist", "B. Other"]), min_size=1, max_size=2, unique=True),
    st.lists(st.sampled_from(["A. Therapist", "B. Other"]), min_size=1, max_size=2, unique=True),
    st.sampled_from(["A. Therapist", "B. Other"]),
    st.sampled_from([None, Basis.SAME_PROGRAM, Basis.CONSENT]),
    st.booleans(),
)
def test_nobody_gets_anything_by_an_older_right_after_their_own_was_taken_back(
    back: list[str], older: list[str], wanted: str, basis: Basis | None, wide: bool
) -> None:
    gone = TAKEN_BACK.replace(recipients=tuple(Recipient(name=name) for name in back))
    one = consent(recipients=tuple(Recipient(name=name) for name in older), recipient_class="anybody" if wide else None)
    program = replace(PROGRAM, recipients=("A. Therapist", "B. Other"))
    found = judge(replace(REQUEST, recipient=wanted, basis=basis), (gone, one), program, LATER)
    if wanted in back:
        assert isinstance(found, tuple)


def test_a_list_says_what_is_asked_and_whom_a_class_does_not_serve() -> None:
    one = consent()
    today = LATER.date()
    found = objections_to(one, "J-014", PROGRAM, today, consents=(one, TAKEN_BACK))
    assert [reason.code for reason in found] == [ReasonCode.UNANSWERED]
    assert "`mi consent confirm aaaaaaaa`" in found[0].remedy
    assert "`mi consent revoke aaaaaaaa`" in found[0].remedy
    assert objections_to(WIDE, "J-014", PROGRAM, today, consents=(WIDE, TAKEN_BACK)) == ()
    assert recipients_not_served(WIDE, "J-014", PROGRAM, today, consents=(WIDE, TAKEN_BACK)) == ["A. Therapist"]
    assert recipients_not_served(WIDE, "J-014", PROGRAM, today, consents=(WIDE, one)) == []
    named_too = WIDE.replace(recipients=(THERAPIST,))  # that one is asked about, as for every consent that names them
    assert recipients_not_served(named_too, "J-014", PROGRAM, today, consents=(named_too, TAKEN_BACK)) == []


def test_nobody_is_asked_about_a_recipient_for_whom_it_was_taken_back_already() -> None:
    two = consent(id="two00001", recipients=(THERAPIST, Recipient(name="B. Other")))
    assert objections_to(two, "J-014", PROGRAM, LATER.date(), consents=(two, TAKEN_BACK))
    answered = two.replace(taken_back=(back_for("A. Therapist"),))
    assert objections_to(answered, "J-014", PROGRAM, LATER.date(), consents=(answered, TAKEN_BACK)) == ()


def test_an_intermediary_whose_name_shows_nothing_is_no_class() -> None:
    for name in (" ", "\u200b"):
        assert (
            recipient_class_of(consent(recipients=(), intermediary=Intermediary(name=name, treating_only=True))) is None
        )
