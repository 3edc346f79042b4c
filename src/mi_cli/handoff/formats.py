"""The formats of a handoff and of the client's own copy: pure functions from a packet to bytes.

Theory of operation
-------------------
One value, many functions: `HandoffInput` holds all that a handoff is made of, and `handoff` turns it into the bytes of
one format. The formats differ in what they are made from:

- **Markdown, HTML, PDF, Word** are read by people. They are made from `HandoffInput.document`, which `therapist.py`
  builds from the packet; `page` chooses the module that writes it.
- **JSON** (`mi.handoff/1`) is the packet itself, with cover and consent.
- **Text** (`plain_text.py`) is what a text field has room for, made from the same document.
- **FHIR** is made of resources from the packet, with the document as its narrative: as a document, and as a transaction
  with the PDF for systems that take no documents.
- **ZIP** holds all of the others.

The client's own copy is another document (`client_copy.py`) in a format that people read. A module per format is
imported where the format is made, so that Markdown loads neither python-docx nor Typst.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, Final

from pydantic import Field

from mi_cli.errors import WrongUsage
from mi_cli.handoff.client_copy import WhomToCall, client_document
from mi_cli.handoff.cover import ConsentLines, Cover, consent_lines
from mi_cli.handoff.document import Document
from mi_cli.handoff.packet import Packet
from mi_cli.records.base import Part
from mi_cli.records.consent import Consent
from mi_cli.records.text import json_text
from mi_cli.words.documents.model import DocumentWords
from mi_cli.words.said import said
from mi_cli.words.sharing import sharing_words


class Format(StrEnum):
    """A format of a handoff; the value is the ending of its files, without the dot."""

    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    WORD = "docx"
    TEXT = "txt"
    JSON = "json"
    FHIR = "fhir.json"
    TRANSACTION = "transaction.json"
    ZIP = "zip"


_NOBODY: Final = WhomToCall()
READ_BY_PEOPLE: Final = (Format.MARKDOWN, Format.HTML, Format.PDF, Format.WORD)


def format_of(name: str) -> Format:
    """Returns the format of a file with this name, by its ending. Raises WrongUsage for an ending of no format."""
    for candidate in sorted(Format, key=len, reverse=True):  # `.fhir.json` before `.json`
        if name.lower().endswith(f".{candidate}"):
            return candidate
    raise WrongUsage(
        said(sharing_words, lambda words: words.no_such_ending),
        said(sharing_words, lambda words: words.endings, endings=_endings(Format)),
    )


def not_a_page() -> WrongUsage:
    """Returns the error to raise for a client's own copy in a format that is for programs."""
    return WrongUsage(
        said(sharing_words, lambda words: words.page_to_read),
        said(sharing_words, lambda words: words.can_be, endings=_endings(READ_BY_PEOPLE)),
    )


def _endings(formats: Iterable[Format]) -> str:
    return ", ".join(f".{each}" for each in formats)


class Handoff(Part):
    """`mi.handoff/1`: the handoff as JSON.

    `notice` has to stay with every part of it; it is null where none is needed. `consent` names the client, and `cover`
    does not. `consent` is null if the handoff rests on another basis.
    """

    SCHEMA: ClassVar[str] = "mi.handoff/1"

    schema_: str = Field(default=SCHEMA, alias="schema")
    notice: str | None
    cover: Cover
    consent: ConsentLines | None
    packet: Packet


@dataclass(frozen=True)
class HandoffInput:
    """All that a handoff is made of. `consent` is None if it rests on another basis than a consent."""

    packet: Packet
    cover: Cover
    consent: Consent | None
    words: DocumentWords

    @cached_property
    def document(self) -> Document:
        """The packet as the therapist reads it; built once, since a ZIP needs it for five formats."""
        from mi_cli.handoff.therapist import therapist_document

        return therapist_document(self.packet, self.cover, self.words, self.consent_lines)

    @cached_property
    def pdf(self) -> bytes:
        """The document as PDF; made once, since a FHIR transaction and a ZIP have it as well."""
        return page(self.document, Format.PDF)

    @property
    def consent_lines(self) -> ConsentLines | None:
        """What the recipient is told of the consent; None without one."""
        return consent_lines(self.consent, self.words.language) if self.consent else None


def handoff(
    source: HandoffInput, wanted: Format, report: Callable[[int, int], None] = lambda _done, _total: None
) -> bytes:
    """Returns the handoff in a format. Raises Failed if a PDF cannot be made.

    While a ZIP is made, `report` is called with the number of formats done and the number of formats in all.
    """
    match wanted:
        case Format.JSON:
            record = Handoff(
                notice=source.cover.notice.page or None,
                cover=source.cover,
                consent=source.consent_lines,
                packet=source.packet,
            )
            return (json_text(record.model_dump(mode="json")) + "\n").encode()
        case Format.FHIR:
            from mi_cli.handoff.fhir import fhir

            return fhir(source.packet, source.cover, source.consent, source.document, source.words)
        case Format.TRANSACTION:
            from mi_cli.handoff.fhir import transaction

            return transaction(source.packet, source.cover, source.consent, source.document, source.words, source.pdf)
        case Format.TEXT:
            from mi_cli.handoff.plain_text import plain_text

            return plain_text(source.document, source.words)
        case Format.PDF:
            return source.pdf
        case Format.ZIP:
            formats = [each for each in Format if each is not Format.ZIP]
            files = {}
            for done, each in enumerate(formats, 1):
                files[f"handoff.{each}"] = handoff(source, each)
                report(done, len(formats))
            return _zip(files, source.packet.made_at)
        case _:
            return page(source.document, wanted)


def client_copy(
    packet: Packet, words: DocumentWords, wanted: Format, call: WhomToCall = _NOBODY, *, large: bool
) -> bytes:
    """Returns the client's own copy; `large` for large print.

    Raises WrongUsage for a format that is for programs; Failed if a PDF cannot be made.
    """
    if wanted not in READ_BY_PEOPLE:
        raise not_a_page()
    return page(client_document(packet, words, call, large=large), wanted)


def page(document: Document, wanted: Format) -> bytes:
    """Returns a document in one of the formats that people read. Raises Failed if a PDF cannot be made."""
    match wanted:
        case Format.HTML:
            from mi_cli.handoff.html import html

            return html(document)
        case Format.PDF:
            from mi_cli.handoff.pdf import pdf

            return pdf(document)
        case Format.WORD:
            from mi_cli.handoff.word import word

            return word(document)
        case _:
            from mi_cli.handoff.markdown import markdown

            return markdown(document)


def _zip(files: Mapping[str, bytes], made_at: datetime) -> bytes:
    """Returns the files as one ZIP archive, each dated when the packet was made (a ZIP knows no year before 1980)."""
    date = (max(made_at.year, 1980), made_at.month, made_at.day, made_at.hour, made_at.minute, made_at.second)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16  # readable only by its owner where it is unpacked
            archive.writestr(entry, content)
    return out.getvalue()
