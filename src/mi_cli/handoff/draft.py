"""The draft: what a handoff would hold, to be looked at before anything is passed on.

Looking is not disclosing. So a draft needs no consent, has neither cover nor notice, and is text alone; under each of
its headings it says what it is, so that no part of it passes for the document.
"""

from collections.abc import Iterable
from dataclasses import replace

from mi_cli.handoff.client_copy import WhomToCall, client_document
from mi_cli.handoff.document import Block, Heading, Paragraph, Run, Tone
from mi_cli.handoff.markdown import markdown
from mi_cli.handoff.packet import Packet
from mi_cli.handoff.therapist import therapist_document
from mi_cli.words.documents.model import DocumentWords


def draft(packet: Packet, words: DocumentWords, contact: str | WhomToCall | None) -> bytes:
    """Returns the draft as Markdown: of the client's own copy, given whom to call, else of the handoff.

    A string is how to reach the sender, if that is known.
    """
    if isinstance(contact, WhomToCall):
        document = client_document(packet, words, contact, large=False)
    else:
        document = therapist_document(packet, None, words, contact=contact)
    marked = _marked(document.blocks, Paragraph((Run(words.draft, Tone.STRONG),)))
    return markdown(replace(document, title=f"{document.title} – {words.draft}", blocks=tuple(marked)))


def _marked(blocks: Iterable[Block], mark: Block) -> Iterable[Block]:
    """Yields the blocks with the mark after each heading; of headings that follow each other, after the last."""
    waiting = True  # at the beginning it stands even without a heading
    for block in blocks:
        if not isinstance(block, Heading) and waiting:
            yield mark
        waiting = isinstance(block, Heading)
        yield block
    if waiting:
        yield mark
