"""The cover sheet as it is laid out: whoever gets a misdirected copy sees this, and none of the client's words."""

from collections.abc import Iterable

from mi_cli.handoff.cover import Cover
from mi_cli.handoff.document import Block, Facts, Heading, Inline, Paragraph, Run, text
from mi_cli.handoff.words import DocumentWords
from mi_cli.records.terms import Jurisdiction


def cover_blocks(cover: Cover, words: DocumentWords) -> Iterable[Block]:
    """To whom, from whom, what for, what, why it may, and what the recipient must know."""
    recipient, consent = cover.recipient, cover.consent
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
    if consent:
        line = words.consent_line.format(
            id=consent.id,
            name=consent.patient_name,
            given_to=consent.given_to,
            signed_on=consent.signed_on,
            until=consent.until,
        )
        rows.append((words.consent, [line]))
    if cover.scope_text:
        rows.append((words.as_signed, [cover.scope_text]))
    yield Heading(words.cover)
    yield Facts(tuple((label, _lines(answers)) for label, answers in rows if any(answers)))
    if cover.notice.full:
        yield Heading(words.notice, 3)
        yield Paragraph((Run(cover.notice.full, language=notice_language(cover)),))
    yield Paragraph(text(cover.standing))
    for heading, sentence in ((words.further, cover.redisclosure), (words.misdirected, cover.misdirected)):
        if sentence:
            yield Heading(heading, 3)
            yield Paragraph(text(sentence))


def notice_language(cover: Cover) -> str | None:
    """The language of the notice: US law words it in English; an agency's own is in that of the document."""
    return "en" if cover.jurisdiction is Jurisdiction.US_PART2 and cover.language != "en" else None


def _lines(answers: Iterable[str]) -> tuple[Inline, ...]:
    return tuple(text(answer) for answer in answers)
