"""The client's written permission to pass something on, with every element of 42 CFR 2.31(a).

A consent is recorded as it was signed and never edited; one that lacks an element is kept, and permits nothing.
What was recorded against it since are its limits (`limits.py`): that it was revoked, for whom, and that it ended.
"""

import operator
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final

from pydantic import AwareDatetime, Field

from mi_cli.records.base import Part, Record
from mi_cli.records.limits import ENDED, consent_of
from mi_cli.records.name_matching import is_visible, same_name, visible
from mi_cli.records.terms import (
    Capacity,
    Category,
    ConsentKind,
    Jurisdiction,
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


class TakenBack(Revoked):
    """A revocation for one recipient only, who is named; for the others the consent stays as it is."""

    recipient: str


class Ended(Part):
    """The event that a consent was to end with: the day on which it came about, and who recorded that."""

    on: date
    at: AwareDatetime
    recorded_by: str


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


# The elements that US law alone requires.
_US_ELEMENTS: Final = frozenset({Element.HIPAA_REDISCLOSURE, Element.TPO_REDISCLOSURE, Element.TPO_REFUSAL})
# Recipients to whom HIPAA does not apply, as is known of them. Of any other it may (2.31(a)(4)(iii)).
_NO_HIPAA: Final = (RecipientKind.PART2_PROGRAM, RecipientKind.NOT_COVERED)


class Consent(Record):
    """`mi.consent/1`. The client's name stands here and in the identity, nowhere else.

    `recipient_class` describes recipients without naming them ("my treating providers"), `scope_text` what may be
    shared in the words of the signed paper, `statements` are those on it, `signature_ref` says where it is kept.
    `scope_version` says by which version of `handoff.scope` the categories were understood when it was recorded.
    `disclosers_include` is the program or counselor that a general designation among the disclosers was confirmed to
    include (2.31(a)(2)). `upheld` tells after which revocations the client said that this one still holds,
    `taken_back` for which of its recipients it was taken back, `ended` when the event came about that it ends with.
    `also_signed` are those who signed besides `signer`, as a parent does beside a minor (2.14).
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
    also_signed: tuple[Signer, ...] = Field(default=(), exclude_if=operator.not_)
    signature_ref: str | None = None
    signed_on: date | None = None
    document: Document | None = None
    revoked: Revoked | None = None
    taken_back: tuple[TakenBack, ...] = Field(default=(), exclude_if=operator.not_)
    ended: Ended | None = Field(default=None, exclude_if=_is_none)
    upheld: tuple[Upheld, ...] = Field(default=(), exclude_if=operator.not_)
    recorded_by: str

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody whom it names: its recipients, and the members of an intermediary. They never change."""
        members = self.intermediary.participants if self.intermediary else ()
        return (*(recipient.name for recipient in self.recipients), *members)

    @property
    def limits(self) -> frozenset[str]:
        """The marks of what was recorded against it since it was signed."""
        taken_back = (self.limit_for(each.recipient) for each in self.taken_back)
        whole = [self.id] if self.revoked else []
        return frozenset([*whole, *([f"{self.id}{ENDED}"] if self.ended else []), *taken_back])

    def limit_for(self, name: str) -> str:
        """Returns the mark of its being taken back for the recipient of that name; of the whole, if it names nobody so.

        The mark has the place of the name in `names`.
        """
        places = (place for place, known in enumerate(self.names) if same_name(known, name))
        place = next(places, None)
        return self.id if place is None else f"{self.id}:{place}"

    def lacks(self, limits: Iterable[str]) -> frozenset[str]:
        """Returns those of the limits that are this consent's and are not recorded in it. If it is revoked, none."""
        own = (limit for limit in limits if consent_of(limit) == self.id)
        return frozenset() if self.revoked else frozenset(own) - self.limits

    def with_limits_of(self, other: "Consent") -> "Consent":
        """Returns it with what was recorded against another version of it as well."""
        lacking = self.lacks(other.limits)
        taken_back = (each for each in other.taken_back if self.limit_for(each.recipient) in lacking)
        return self.replace(
            revoked=self.revoked or other.revoked,
            ended=self.ended or other.ended,
            taken_back=(*self.taken_back, *taken_back),
        )

    def limited(self, limit: str, at: datetime, how: str, by: str) -> "Consent":
        """Returns it with that limit of its own: when, how, and by whom it was recorded."""
        suffix = limit.removeprefix(self.id)
        if suffix == ENDED:
            return self.replace(ended=Ended(on=at.date(), at=at, recorded_by=by))
        if suffix and (place := int(suffix[1:])) < len(self.names):
            back = TakenBack(recipient=self.names[place], at=at, how=how, recorded_by=by)
            return self.replace(taken_back=(*self.taken_back, back))
        return self.replace(revoked=Revoked(at=at, how=how, recorded_by=by))

    @property
    def missing(self) -> tuple[Element, ...]:
        """The elements of 42 CFR 2.31(a) that it lacks."""
        return self.lacking(Jurisdiction.US_PART2)

    def lacking(self, jurisdiction: Jurisdiction) -> tuple[Element, ...]:
        """Returns the elements that it lacks there. If it lacks any it is deficient on its face (42 CFR 2.31(c)).

        A text without a visible character does not count. An intermediary with those that it passes on to is a
        recipient (2.31(a)(4)(ii)). The statement on HIPAA is needed unless it is known that none of the recipients is
        under HIPAA.
        """
        tpo = self.kind is ConsentKind.TPO
        by_class = is_visible(self.recipient_class)
        intermediary, expiry = self.intermediary, self.expiry
        through = intermediary is not None and is_visible(intermediary.name)
        named = [recipient for recipient in self.recipients if is_visible(recipient.name)]
        to_covered = by_class or through or any(recipient.kind not in _NO_HIPAA for recipient in named)
        present = {
            Element.PATIENT_NAME: is_visible(self.patient_name),
            Element.DISCLOSERS: visible(self.disclosers),
            Element.SCOPE: is_visible(self.scope_text) and self.scope_categories,
            Element.RECIPIENTS: by_class or through or named,
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
        elsewhere = _US_ELEMENTS if jurisdiction is Jurisdiction.GENERAL else frozenset()
        return tuple(element for element, there in present.items() if not there and element not in elsewhere)

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Everybody who signed it."""
        return (*([self.signer] if self.signer else []), *self.also_signed)

    @property
    def is_signed_with_authority(self) -> bool:
        """Whether the client signed it, or somebody of whom it is noted on what authority; true if nobody signed."""
        signers = [signer for signer in self.signers if is_visible(signer.name)]
        return not signers or any(
            signer.capacity is Capacity.CLIENT or is_visible(signer.authority_ref) for signer in signers
        )

    def revocation_for(self, name: str) -> Revoked | None:
        """Returns the revocation of it, of the whole or for the recipient of that name; null if there is none."""
        of_one = (each for each in self.taken_back if same_name(each.recipient, name))
        return self.revoked or next(of_one, None)

    def covers(self, purpose: Purpose) -> bool:
        """Whether it is for that purpose. A TPO consent is for treatment, payment and operations."""
        tpo = (Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS)
        return purpose in self.purpose_codes or (self.kind is ConsentKind.TPO and purpose in tpo)
