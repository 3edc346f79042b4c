"""The cover sheet that goes with every handoff, as data: the formats lay it out."""

from dataclasses import dataclass
from datetime import datetime

from mi_cli.handoff.program import Program
from mi_cli.handoff.scope import described
from mi_cli.records.consent import Consent, Expiry, Recipient
from mi_cli.records.permit import Permit
from mi_cli.records.terms import Basis, Category, Jurisdiction
from mi_cli.words import notices
from mi_cli.words.labels import BASES, PURPOSES, label
from mi_cli.words.notices import Notice


@dataclass(frozen=True)
class Cover:
    """To whom, what for, what, why it is permitted, and what the recipient must know. Sentences are in `language`.

    Whoever gets a misdirected copy reads this first, so nothing here names the client: that is in `ConsentLines`.
    `notice` has the text for the cover and the line for every page or section. `scope` says what the consent covers,
    category by category: the clear explanation that 42 CFR 2.32(b) asks for.
    """

    language: str
    program: str | None
    counselor: str
    made_at: datetime
    recipient: Recipient
    as_one_of: str | None
    purpose: str
    basis: str
    scope: tuple[str, ...]
    notice: Notice
    standing: str
    redisclosure: str | None
    misdirected: str
    jurisdiction: Jurisdiction


@dataclass(frozen=True)
class ConsentLines:
    """What the recipient is told of the consent: behind the cover, since it names the client.

    `scope_text` is what may be passed on, as the client signed it.
    """

    id: str
    patient_name: str
    signed_on: str
    until: str
    given_to: str
    scope_text: str | None


_UNTIL = {
    "end": {"en": "no end; until it is taken back", "es": "sin fecha final; hasta que se revoque"},
    "contact": {"en": "whoever sent it", "es": "a quien lo envió"},
}


def cover_for(permit: Permit, program: Program, counselor: str, made_at: datetime, language: str) -> Cover | None:
    """The cover for what was permitted, by this counselor; null for the client's own copy, which needs none."""
    if permit.recipient is None:
        return None
    consent = permit.consent
    further = notices.redisclosure(permit.basis, permit.recipient.kind, consent.kind if consent else None)
    us = permit.jurisdiction is Jurisdiction.US_PART2
    contact = program.contact or program.name or counselor or label(_UNTIL["contact"], language)
    return Cover(
        language=language,
        program=program.name,
        counselor=counselor,
        made_at=made_at,
        recipient=permit.recipient,
        as_one_of=permit.as_one_of,
        purpose=_purpose(permit, language),
        basis=label(BASES[permit.basis], language),
        scope=tuple(described(one, language, permit.parts) for one in Category if one in permit.categories),
        notice=notice_for(permit, program),
        standing=notices.STANDING.in_(language),
        redisclosure=further.in_(language) if further and us else None,
        misdirected=notices.MISDIRECTED.in_(language).format(contact=contact),
        jurisdiction=permit.jurisdiction,
    )


def notice_for(permit: Permit, program: Program) -> Notice:
    """The notice that goes with it: the short statement within a program, both with a consent (42 CFR 2.32)."""
    if permit.jurisdiction is Jurisdiction.GENERAL:
        own = program.notice or ""
        return Notice(own, own, "agency")
    short = notices.SHORT.in_("en")
    full = notices.LONG.in_("en") if permit.basis is Basis.CONSENT else short
    return Notice(full, short, notices.NOTICE_VERSION)


def until(expiry: Expiry, language: str) -> str:
    """When a consent ends, in words."""
    ends = [text for text in (expiry.on.isoformat() if expiry.on else None, expiry.event) if text]
    return "; ".join(ends) if ends else label(_UNTIL["end"], language)


def _purpose(permit: Permit, language: str) -> str:
    if permit.purpose_text:
        return permit.purpose_text
    codes = [permit.purpose] if permit.purpose else list(permit.consent.purpose_codes if permit.consent else ())
    return ", ".join(label(PURPOSES[code], language) for code in codes)


def consent_lines(consent: Consent, language: str) -> ConsentLines:
    """What the recipient is told of the consent."""
    return ConsentLines(
        id=consent.id,
        patient_name=consent.patient_name or "",
        signed_on=consent.signed_on.isoformat() if consent.signed_on else "",
        until=until(consent.expiry, language),
        given_to="; ".join(consent.disclosers),
        scope_text=consent.scope_text,
    )
