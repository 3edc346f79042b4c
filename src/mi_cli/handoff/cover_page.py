"""The cover sheet and the consent as they are laid out.

Whoever gets a misdirected copy sees the cover first: nothing on it is the client's words or names the client.
"""

from collections.abc import Iterable

from mi_cli.handoff.cover import ConsentLines, Cover
from mi_cli.handoff.document import Block, Facts, Heading, Paragraph, Run, text
from mi_cli.records.terms import Jurisdiction
from mi_cli.words.documents.model import DocumentWords


def cover_blocks(cover: Cover, words: DocumentWords) -> Iterable[Block]:
    """What to do if it is not for you; then to whom, from whom, what for, what, why it may, and what one must know."""
    recipient = cover.recipient
    to = [part for part in (recipient.name, recipient.organization, recipient.address) if part]
    if cover.as_one_of:
        to.append(words.one_of.format(those=cover.as_one_of))
    sender = [part for part in (cover.counselor, cover.program, f"{cover.made_at:%Y-%m-%d}") if part]
    rows: list[tuple[str, Iterable[str]]] = [
        (words.to, [", ".join(to)]),
        (words.from_, [", ".join(sender)]),
        (words.purpose, [cover.purpose]),
        (words.basis, [cover.basis]),
        (words.scope, cover.scope),
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
        yield Heading(words.further, 3)
        yield Paragraph(text(cover.redisclosure))


def consent_blocks(consent: ConsentLines, words: DocumentWords) -> Iterable[Block]:
    """The consent, with the client's name: behind the cover, under a heading of its own."""
    line = words.consent_line.format(
        id=consent.id,
        name=consent.patient_name,
        given_to=consent.given_to,
        signed_on=consent.signed_on,
        until=consent.until,
    )
    yield Heading(words.given)
    yield _facts([(words.consent, [line]), (words.as_signed, [consent.scope_text or ""])])


def notice_language(cover: Cover) -> str | None:
    """The language of the notice: US law words it in English; an agency's own is in that of the document."""
    return "en" if cover.jurisdiction is Jurisdiction.US_PART2 and cover.language != "en" else None


def _facts(rows: Iterable[tuple[str, Iterable[str]]]) -> Facts:
    """The rows in which something stands."""
    answers = ((label, tuple(text(answer) for answer in found if answer)) for label, found in rows)
    return Facts(tuple((label, found) for label, found in answers if found))
