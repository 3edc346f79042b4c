from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import Refused
from mi_cli.handoff.gate import Request, Why, judge, permit
from mi_cli.handoff.program import Program
from mi_cli.handoff.scope import parts_of
from mi_cli.records.consent import Consent, Element, Expiry, Intermediary, Recipient, Revoked
from mi_cli.records.permit import Permit
from mi_cli.records.terms import Basis, Category, ConsentKind, Jurisdiction, Purpose, RecipientKind, Statement
from tests.handoff.consents import CLIENT, NOW, THERAPIST, consent

REQUEST = Request(CLIENT, "J-014")
PROGRAM = Program("Harbor Program")

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
REVOKED = Revoked(at=NOW, how="by letter", recorded_by="A. Counselor")

BLOCKED: dict[str, tuple[Why, Case]] = {
    "no consent": (Why.NO_CONSENT, (REQUEST, (), PROGRAM)),
    "another client's": (Why.OTHER_CLIENT, (REQUEST, (consent(client="dddddddd"),), PROGRAM)),
    "signed later": (Why.SIGNED_LATER, (REQUEST, (consent(signed_on=date(2026, 11, 24)),), PROGRAM)),
    "expired": (Why.EXPIRED, (REQUEST, (consent(expiry=Expiry(on=date(2026, 11, 22))),), PROGRAM)),
    "revoked": (Why.REVOKED, (REQUEST, (consent(revoked=REVOKED),), PROGRAM)),
    "recipient": (Why.RECIPIENT, (replace(REQUEST, recipient="B. Other"), (consent(),), PROGRAM)),
    "class, no name": (
        Why.RECIPIENT_UNNAMED,
        (REQUEST, (consent(recipients=(), recipient_class="my treating providers"),), PROGRAM),
    ),
    "several": (
        Why.SEVERAL_RECIPIENTS,
        (REQUEST, (consent(recipients=(THERAPIST, Recipient(name="B. Other"))),), PROGRAM),
    ),
    "purpose": (Why.PURPOSE, (replace(REQUEST, purpose=Purpose.CLIENT_REQUEST), (consent(),), PROGRAM)),
    "category": (Why.CATEGORY, (replace(REQUEST, what=frozenset(Category)), (consent(),), PROGRAM)),
    "no program": (Why.NO_PROGRAM, (replace(REQUEST, basis=Basis.SAME_PROGRAM), (consent(),), PROGRAM)),
    "not in program": (
        Why.NOT_IN_PROGRAM,
        (replace(REQUEST, basis=Basis.SAME_PROGRAM, recipient="X"), (), replace(PROGRAM, recipients=("A. Therapist",))),
    ),
    "program, other purpose": (
        Why.PURPOSE,
        (
            replace(REQUEST, basis=Basis.SAME_PROGRAM, purpose=Purpose.PAYMENT),
            (),
            replace(PROGRAM, recipients=("A. Therapist",)),
        ),
    ),
    "no notice": (Why.NO_NOTICE, (REQUEST, (consent(),), replace(PROGRAM, jurisdiction=Jurisdiction.GENERAL))),
    **{f"lacks {element}": (Why.MISSING, (REQUEST, (one,), PROGRAM)) for element, one in LACKING.items()},
}


@pytest.mark.parametrize("name", BLOCKED)
def test_each_reason_blocks_alone_and_says_what_puts_it_right(name: str) -> None:
    why, (request, consents, program) = BLOCKED[name]
    found = judge(request, consents, program, NOW)
    assert isinstance(found, tuple)
    assert [reason.why for reason in found] == [why]
    assert "`mi " in found[0].put_right or "`--to`" in found[0].put_right
    with pytest.raises(Refused) as refused:
        permit(request, consents, program, NOW)
    assert refused.value.exit_code == 3
    assert found[0].text in refused.value.message


def test_every_reason_and_every_element_is_tried() -> None:
    assert {why for why, _ in BLOCKED.values()} == set(Why)
    assert set(LACKING) == set(Element)
    for element, one in LACKING.items():
        assert one.missing == (element,)


BREAKS: dict[Why, Callable[[Consent], Consent]] = {
    Why.OTHER_CLIENT: lambda one: one.but(client="dddddddd"),
    Why.MISSING: lambda one: one.but(revocation_method=None),
    Why.SIGNED_LATER: lambda one: one.but(signed_on=date(2027, 1, 1)),
    Why.EXPIRED: lambda one: one.but(expiry=Expiry(on=date(2025, 1, 1))),
    Why.REVOKED: lambda one: one.but(revoked=REVOKED),
    Why.RECIPIENT: lambda one: one.but(recipients=(Recipient(name="B. Other"),)),
    Why.CATEGORY: lambda one: one.but(scope_categories=(Category.SAFETY_RAISED,)),
}


@given(st.sets(st.sampled_from(sorted(BREAKS))))
def test_all_reasons_are_named_at_once(broken: set[Why]) -> None:
    one = consent()
    for why in broken:
        one = BREAKS[why](one)
    found = judge(replace(REQUEST, recipient="A. Therapist"), (one,), PROGRAM, NOW)
    if broken:
        assert isinstance(found, tuple)
        assert {reason.why for reason in found} == broken
    else:
        assert isinstance(found, Permit)


@given(st.lists(st.sampled_from(sorted(BREAKS)), max_size=4))
def test_consents_that_permit_nothing_take_nothing_from_one_that_does(broken: list[Why]) -> None:
    others = tuple(BREAKS[why](consent(id=f"other{n:03d}")) for n, why in enumerate(broken))
    found = judge(replace(REQUEST, recipient="A. Therapist"), (*others, consent()), PROGRAM, NOW)
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
    assert found.categories == frozenset(Category)


def test_the_client_can_always_have_a_copy() -> None:
    found = permit(replace(REQUEST, basis=Basis.CLIENT_COPY), [consent(revoked=REVOKED)], PROGRAM, NOW)
    assert (found.basis, found.recipient, found.consent) == (Basis.CLIENT_COPY, None, None)


@pytest.mark.parametrize("recipient", [None, "A. Therapist"])
def test_a_consent_taken_back_is_not_got_around_by_the_program(recipient: str | None) -> None:
    program = replace(PROGRAM, recipients=("A. Therapist",))
    request = replace(REQUEST, recipient=recipient)
    with pytest.raises(Refused) as refused:
        permit(request, [consent(revoked=REVOKED)], program, NOW)
    assert "--basis same-program" in refused.value.hint
    assert permit(replace(request, basis=Basis.SAME_PROGRAM), [consent(revoked=REVOKED)], program, NOW).recipient


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
    assert "--basis same-program" in refused.value.hint
    assert permit(replace(request, basis=Basis.SAME_PROGRAM), (), program, NOW, unread=True).basis is Basis.SAME_PROGRAM


def test_it_holds_to_the_end_of_its_last_day_where_the_counselor_is() -> None:
    one = consent(expiry=Expiry(on=date(2026, 11, 23)))
    west = timezone(timedelta(hours=-8))
    last_second = datetime(2026, 11, 23, 23, 59, 59, tzinfo=west)
    assert isinstance(judge(REQUEST, (one,), PROGRAM, last_second), Permit)
    found = judge(REQUEST, (one,), PROGRAM, last_second + timedelta(seconds=1))
    assert isinstance(found, tuple)
    assert [reason.why for reason in found] == [Why.EXPIRED]
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
