"""The cover sheet as it is laid out: whoever gets a misdirected copy sees this, and none of the client's words."""

from collections.abc import Iterable

from mi_cli.handoff.cover import Cover
from mi_cli.handoff.document import Block, Facts, Heading, Inline, Paragraph, text
from mi_cli.handoff.words import DocumentWords


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
    for heading, sentences in (
        (words.notice, (cover.notice.full, cover.standing)),
        (words.further, (cover.redisclosure,)),
        (words.misdirected, (cover.misdirected,)),
    ):
        if any(sentences):
            yield Heading(heading, 3)
            yield from (Paragraph(text(sentence)) for sentence in sentences if sentence)


def _lines(answers: Iterable[str]) -> tuple[Inline, ...]:
    return tuple(text(answer) for answer in answers)
