"""The cover sheet that goes with every handoff, as data and as blocks of a document.

Theory of operation
-------------------
`cover_for` derives a `Cover` from the permit and the program; `consent_lines` derives `ConsentLines` from the consent.
The JSON format carries both as they are; the formats that people read lay them out with `cover_blocks` and
`consent_blocks`. Two rules:

1. **Nothing on the cover names the client.** Whoever gets a misdirected copy sees the cover first. The client's name
   stands in `ConsentLines`, which is laid out behind the cover.
2. **The notice is in the language of the law.** 42 CFR 2.32 words it in English, so that it stays English on a Spanish
   cover; an agency's own notice (jurisdiction `general`) is in the language of the document.
"""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from mi_cli.handoff.days import spelled_out, without_weekday
from mi_cli.handoff.document import Block, Facts, Heading, Paragraph, Run, text
from mi_cli.handoff.program import Program
from mi_cli.handoff.scope import category_description
from mi_cli.records import dates
from mi_cli.records.consent import Consent, Expiry, Recipient
from mi_cli.records.permit import Permit
from mi_cli.records.terms import Basis, Category, ConsentKind, HandoffPart, Jurisdiction, Purpose, RecipientKind
from mi_cli.words.documents.model import DocumentWords
from mi_cli.words.labels import label_words
from mi_cli.words.notices import notice_words
from mi_cli.words.notices.model import NOTICE_VERSION, NoticeWords


@dataclass(frozen=True)
class Notice:
    """The notice that goes with a disclosure: `full` on the cover, `page` on every page or section."""

    full: str
    page: str
    version: str


@dataclass(frozen=True)
class Cover:
    """The content of a cover sheet: recipient, sender, purpose, scope, basis, and what the recipient must know.

    Sentences are in `language`. `notice` has the text for the cover and the line for every page or section. `scope`
    says what the consent covers, category by category: the clear explanation that 42 CFR 2.32(b) asks for;
    `categories` and `parts` are the same for programs, and so are `permitted_by` for `basis` and `purposes` for
    `purpose`: codes, of which a consent that has its purpose in words alone has none. `contact` is how to reach the
    sender.
    """

    language: str
    program: str | None
    counselor: str
    made_at: datetime
    recipient: Recipient
    as_one_of: str | None
    purpose: str
    purposes: tuple[Purpose, ...]
    basis: str
    permitted_by: Basis
    scope: tuple[str, ...]
    categories: tuple[Category, ...]
    parts: tuple[HandoffPart, ...]
    contact: str
    notice: Notice
    standing: str
    redisclosure: str | None
    misdirected: str
    jurisdiction: Jurisdiction


@dataclass(frozen=True)
class ConsentLines:
    """What the recipient is told of the consent; it names the client.

    `scope_text` is the scope as the client signed it. `signed_on` is an ISO date, or empty if the consent has none.
    """

    id: str
    patient_name: str
    signed_on: str
    until: str
    given_to: str
    scope_text: str | None


# -- the content -------------------------------------------------------------------------------------------------------


def cover_for(permit: Permit, program: Program, counselor: str, made_at: datetime, language: str) -> Cover | None:
    """Returns the cover for what the permit permits; None for the client's own copy, which needs none."""
    if permit.recipient is None:
        return None
    consent = permit.consent
    words = notice_words(language)
    further = redisclosure(words, permit.basis, permit.recipient.kind, consent.kind if consent else None)
    us = permit.jurisdiction is Jurisdiction.US_PART2
    contact = program.contact or program.name or counselor or words.sender
    whom = contact if program.discloser in contact else f"{program.discloser}, {contact}"
    permitted = tuple(category for category in Category if category in permit.categories)
    return Cover(
        language=language,
        program=program.name,
        counselor=counselor,
        made_at=made_at,
        recipient=_copied(permit.recipient),
        as_one_of=permit.as_one_of,
        purpose=_purpose(permit, language),
        purposes=_codes(permit),
        basis=label_words(language).bases[permit.basis],
        permitted_by=permit.basis,
        scope=tuple(category_description(category, language, permit.parts) for category in permitted),
        categories=permitted,
        parts=tuple(part for part in HandoffPart if part in permit.parts),
        contact=contact,
        notice=notice_for(permit, program),
        standing=words.notes_kept_apart,
        redisclosure=further if us else None,
        misdirected=words.misdirected.format(contact=whom),
        jurisdiction=permit.jurisdiction,
    )


def notice_for(permit: Permit, program: Program) -> Notice:
    """Returns the notice that goes with the handoff.

    With a consent that is the long statement of 42 CFR 2.32 on the cover and the short one on every page; within a
    program, the short one in both places; in the general jurisdiction, the agency's own.
    """
    if permit.jurisdiction is Jurisdiction.GENERAL:
        own = program.notice or ""
        return Notice(own, own, "agency")
    words = notice_words("en")
    return Notice(words.long if permit.basis is Basis.CONSENT else words.short, words.short, NOTICE_VERSION)


def redisclosure(words: NoticeWords, basis: Basis, recipient: RecipientKind, consent: ConsentKind | None) -> str | None:
    """What the recipient may do with it (42 CFR 2.33(b)); null for the client, who may do anything.

    The wider permissions rest on a consent for treatment, payment and operations; one for a named purpose gives none.
    """
    if basis is Basis.CLIENT_COPY:
        return None
    if basis is Basis.SAME_PROGRAM:
        return words.within_program
    if consent is ConsentKind.TPO:
        if recipient in (RecipientKind.COVERED_ENTITY, RecipientKind.BUSINESS_ASSOCIATE):
            return words.further_under_hipaa
        if recipient is RecipientKind.PART2_PROGRAM:
            return words.further_as_consented
        if recipient is RecipientKind.OTHER:  # not known, as of one of a class: what holds depends on what they are
            return f"{words.further_under_hipaa} {words.further_by_others}"
    return words.no_further


def expiry_text(expiry: Expiry, language: str, day: Callable[[date], str] = dates.day) -> str:
    """Returns when a consent ends: the last day as `day` writes it, the event, both, or that there is no end."""
    ends = [end for end in (day(expiry.on) if expiry.on else None, expiry.event) if end]
    return "; ".join(ends) if ends else label_words(language).no_end


def consent_lines(consent: Consent, language: str) -> ConsentLines:
    """Returns what the recipient is told of the consent."""
    return ConsentLines(
        id=consent.id,
        patient_name=consent.patient_name or "",
        signed_on=consent.signed_on.isoformat() if consent.signed_on else "",
        until=expiry_text(consent.expiry, language),
        given_to="; ".join(consent.disclosers),
        scope_text=consent.scope_text,
    )


def _copied(recipient: Recipient) -> Recipient:
    """Returns a recipient with the fields that go out, and no other: a consent may hold more of another version."""
    return Recipient(
        name=recipient.name, organization=recipient.organization, address=recipient.address, kind=recipient.kind
    )


def _purpose(permit: Permit, language: str) -> str:
    if permit.purpose_text:
        return permit.purpose_text
    return ", ".join(label_words(language).purposes[code] for code in _codes(permit))


def _codes(permit: Permit) -> tuple[Purpose, ...]:
    """Returns the purposes as codes; none if a consent has them in words alone."""
    if permit.purpose:
        return (permit.purpose,)
    return tuple(permit.consent.purpose_codes) if permit.consent else ()


# -- the layout --------------------------------------------------------------------------------------------------------


def cover_blocks(cover: Cover, holds: AbstractSet[Category], words: DocumentWords) -> Iterable[Block]:
    """Yields the cover sheet; what to do with a misdirected copy comes first. `holds` is what the document has."""
    recipient = cover.recipient
    to = [part for part in (recipient.name, recipient.organization, recipient.address) if part]
    if cover.as_one_of:
        to.append(words.one_of.format(those=cover.as_one_of))
    sender = [part for part in (cover.counselor, cover.program) if part]
    held = [words.held[category] for category in Category if category in holds]
    rows: list[tuple[str, Iterable[str]]] = [
        (words.to, [", ".join(to)]),
        (words.from_, [", ".join(sender)]),
        (words.date, [without_weekday(cover.made_at, words)]),
        (words.purpose, [cover.purpose]),
        (words.basis, [cover.basis]),
        (words.scope, cover.scope),
        (words.holds, [", ".join(held) or words.holds_nothing]),
    ]
    yield Heading(words.cover)
    yield Heading(words.misdirected, 3)
    yield Paragraph(text(cover.misdirected))
    yield _facts(rows)
    if cover.notice.full:
        yield Heading(words.notice, 3)
        yield Paragraph((Run(cover.notice.full, language=notice_language(cover)),))
    yield Paragraph(text(cover.standing))
    if cover.redisclosure:
        yield Heading(words.passing_on, 3)
        yield Paragraph(text(cover.redisclosure))


def consent_blocks(consent: ConsentLines, words: DocumentWords) -> Iterable[Block]:
    """Yields the consent, with the client's name, under a heading of its own."""
    line = words.consent_line.format(
        id=consent.id,
        name=consent.patient_name,
        given_to=consent.given_to,
        signed_on=spelled_out(consent.signed_on, words),
        until=spelled_out(consent.until, words),
    )
    yield Heading(words.consent_heading)
    yield _facts([(words.consent, [line]), (words.as_signed, [consent.scope_text or ""])])


def notice_language(cover: Cover) -> str | None:
    """Returns the language of the notice; None where it is the language of the document."""
    return "en" if cover.jurisdiction is Jurisdiction.US_PART2 and cover.language != "en" else None


def _facts(rows: Iterable[tuple[str, Iterable[str]]]) -> Facts:
    """Returns the rows without their empty answers; a row with no answer is left out."""
    answers = ((label_, tuple(text(answer) for answer in of_row if answer)) for label_, of_row in rows)
    return Facts(tuple((label_, of_row) for label_, of_row in answers if of_row))
