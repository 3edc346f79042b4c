"""The client's written permission to pass something on, with every element of 42 CFR 2.31(a).

A consent is recorded as it was signed and never edited; one that lacks an element is kept, and permits nothing.
"""

import operator
from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import AwareDatetime, Field

from mi_cli.records.base import Part, Record
from mi_cli.records.name_matching import is_visible, visible
from mi_cli.records.terms import (
    Capacity,
    Category,
    ConsentKind,
    Medium,
    Purpose,
    RecipientKind,
    Statement,
)


def _is_none(value: object) -> bool:
    """Leaves out a field that was added later and is empty, so that earlier records stay byte for byte as they are."""
    return value is None


class Recipient(Part):
    """A recipient. `kind` decides what they may do with it afterwards (42 CFR 2.33(b))."""

    name: str
    organization: str | None = None
    address: str | None = None
    kind: RecipientKind = RecipientKind.OTHER


class Intermediary(Part):
    """An exchange that passes it on: to members named, or only to those who treat the client (2.31(a)(4)(ii))."""

    name: str
    participants: tuple[str, ...] = ()
    treating_only: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether both the exchange and those that it passes on to are named."""
        return is_visible(self.name) and (self.treating_only or bool(visible(self.participants)))


class Expiry(Part):
    """How long a consent holds: `on` is the last day, `event` what ends it; `none` only for TPO (2.31(a)(7))."""

    on: date | None = None
    event: str | None = None
    none: bool = False


class Signer(Part):
    """The person who signed and, if that is not the client, on what authority."""

    name: str
    capacity: Capacity = Capacity.CLIENT
    authority_ref: str | None = None


class Document(Part):
    """The signed paper as a file."""

    path: str
    sha256: str


class Revoked(Part):
    """A revocation: when and how the client took the consent back.

    `on_file` are the ids of the client's other consents that were recorded by then; null where that was not noted.
    """

    at: AwareDatetime
    how: str
    recorded_by: str
    on_file: tuple[str, ...] | None = Field(default=None, exclude_if=_is_none)


class Upheld(Part):
    """The client's statement that a consent still holds after another one, whose id is `after`, was revoked."""

    after: str
    at: AwareDatetime
    recorded_by: str


class Element(StrEnum):
    """An element of 42 CFR 2.31(a) that a consent can lack."""

    PATIENT_NAME = "patient-name"
    DISCLOSERS = "disclosers"
    SCOPE = "scope"
    RECIPIENTS = "recipients"
    INTERMEDIARY = "intermediary"
    PURPOSE = "purpose"
    REVOCATION = "revocation"
    EXPIRY = "expiry"
    SIGNATURE = "signature"
    DATE_SIGNED = "date-signed"
    HIPAA_REDISCLOSURE = "hipaa-redisclosure"
    TPO_REDISCLOSURE = "tpo-redisclosure"
    TPO_REFUSAL = "tpo-refusal"


_COVERED = (RecipientKind.COVERED_ENTITY, RecipientKind.BUSINESS_ASSOCIATE)


class Consent(Record):
    """`mi.consent/1`. The client's name stands here and in the identity, nowhere else.

    `recipient_class` describes recipients without naming them ("my treating providers"), `scope_text` what may be
    shared in the words of the signed paper, `statements` are those on it, `signature_ref` says where it is kept.
    `scope_version` says by which version of `handoff.scope` the categories were understood when it was recorded.
    `disclosers_include` is the program or counselor that a general designation among the disclosers was confirmed to
    include (2.31(a)(2)). `upheld` tells after which revocations the client said that this one still holds.
    """

    SCHEMA: ClassVar[str] = "mi.consent/1"

    client: str
    kind: ConsentKind
    medium: Medium = Medium.PAPER
    patient_name: str | None = None
    disclosers: tuple[str, ...] = ()
    disclosers_include: str | None = Field(default=None, exclude_if=_is_none)
    scope_text: str | None = None
    scope_categories: tuple[Category, ...] = ()
    scope_version: int = Field(default=1, ge=1, exclude_if=lambda version: version == 1)
    recipients: tuple[Recipient, ...] = ()
    recipient_class: str | None = None
    intermediary: Intermediary | None = None
    purpose_text: str | None = None
    purpose_codes: tuple[Purpose, ...] = ()
    statements: tuple[Statement, ...] = ()
    revocation_method: str | None = None
    expiry: Expiry = Field(default_factory=Expiry)
    signer: Signer | None = None
    signature_ref: str | None = None
    signed_on: date | None = None
    document: Document | None = None
    revoked: Revoked | None = None
    upheld: tuple[Upheld, ...] = Field(default=(), exclude_if=operator.not_)
    recorded_by: str

    @property
    def missing(self) -> tuple[Element, ...]:
        """The elements that it lacks. If it lacks any it is deficient on its face (42 CFR 2.31(c)).

        A text without a visible character does not count.
        """
        tpo = self.kind is ConsentKind.TPO
        by_class = is_visible(self.recipient_class)
        to_covered = any(recipient.kind in _COVERED for recipient in self.recipients) or by_class
        intermediary, expiry = self.intermediary, self.expiry
        present = {
            Element.PATIENT_NAME: is_visible(self.patient_name),
            Element.DISCLOSERS: visible(self.disclosers),
            Element.SCOPE: is_visible(self.scope_text) and self.scope_categories,
            Element.RECIPIENTS: by_class or any(is_visible(recipient.name) for recipient in self.recipients),
            Element.INTERMEDIARY: not intermediary or intermediary.is_whole,
            Element.PURPOSE: is_visible(self.purpose_text) or self.purpose_codes,
            Element.REVOCATION: is_visible(self.revocation_method) and Statement.REVOCATION in self.statements,
            Element.EXPIRY: expiry.on or is_visible(expiry.event) or (expiry.none and tpo),
            Element.SIGNATURE: self.signer and is_visible(self.signer.name),
            Element.DATE_SIGNED: self.signed_on,
            Element.HIPAA_REDISCLOSURE: not (tpo and to_covered) or Statement.HIPAA_REDISCLOSURE in self.statements,
            Element.TPO_REDISCLOSURE: not tpo or Statement.TPO_REDISCLOSURE in self.statements,
            Element.TPO_REFUSAL: not tpo or Statement.TPO_REFUSAL in self.statements,
        }
        return tuple(element for element, is_present in present.items() if not is_present)

    def covers(self, purpose: Purpose) -> bool:
        """Whether it is for that purpose. A TPO consent is for treatment, payment and operations."""
        tpo = (Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS)
        return purpose in self.purpose_codes or (self.kind is ConsentKind.TPO and purpose in tpo)
