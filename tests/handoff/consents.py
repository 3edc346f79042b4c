"""Consents to try things with. Everybody in them is invented."""

from datetime import UTC, date, datetime
from typing import Any

from mi_cli.handoff.scope import SCOPE_VERSION
from mi_cli.records.consent import Consent, Expiry, Recipient, Signer
from mi_cli.records.terms import Category, ConsentKind, Purpose, RecipientKind, Statement

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
CLIENT = "cccccccc"
THERAPIST = Recipient(name="A. Therapist", organization="Riverside CBT", kind=RecipientKind.COVERED_ENTITY)


def consent(**changes: Any) -> Consent:
    """A consent for treatment, payment and operations that lacks nothing."""
    whole = Consent(
        schema_=Consent.SCHEMA,
        id="aaaaaaaa",
        created_at=NOW,
        updated_at=NOW,
        revision=1,
        client=CLIENT,
        kind=ConsentKind.TPO,
        patient_name="Jo Example",
        disclosers=("Harbor Program",),
        scope_text="my goals and change plan, and how I rated them",
        scope_categories=(Category.GOAL_PLAN, Category.READINGS),
        scope_version=SCOPE_VERSION,
        recipients=(THERAPIST,),
        purpose_text="treatment, payment and health care operations",
        purpose_codes=(Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS),
        statements=tuple(Statement),
        revocation_method="in writing to Harbor Program",
        expiry=Expiry(on=date(2027, 5, 31)),
        signer=Signer(name="Jo Example"),
        signed_on=date(2026, 11, 20),
        recorded_by="A. Counselor",
    )
    return whole.replace(**changes)
