"""The formats of a handoff and of the client's own copy: from a packet to bytes. A library is loaded when needed."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

from pydantic import Field

from mi_cli.errors import WrongUsage
from mi_cli.handoff.cover import ConsentLines, Cover, consent_lines
from mi_cli.handoff.document import Document
from mi_cli.handoff.packet import Packet
from mi_cli.records.base import Part
from mi_cli.records.consent import Consent
from mi_cli.records.text import json_text
from mi_cli.words.documents.model import DocumentWords


class Format(StrEnum):
    """A format; the value is the ending of its files."""

    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    WORD = "docx"
    JSON = "json"
    FHIR = "fhir.json"
    ZIP = "zip"


READ_BY_PEOPLE: Final = (Format.MARKDOWN, Format.HTML, Format.PDF, Format.WORD)


def format_of(name: str) -> Format:
    """The format that a file's name asks for. Raises WrongUsage."""
    folded = name.lower()
    for found in sorted(Format, key=len, reverse=True):
        if folded.endswith(f".{found}"):
            return found
    raise WrongUsage("That ending is of no format there is.", f"They are: {', '.join(f'.{one}' for one in Format)}.")


class Handoff(Part):
    """`mi.handoff/1`: the packet as JSON. `notice` goes wherever any of it goes; null where none is needed.

    `consent` names the client, and `cover` does not. It is null on another basis.
    """

    SCHEMA: ClassVar[str] = "mi.handoff/1"

    schema_: str = Field(default=SCHEMA, alias="schema")
    notice: str | None
    cover: Cover
    consent: ConsentLines | None
    packet: Packet


@dataclass(frozen=True)
class HandoffInput:
    """All that a handoff is made of. `consent` is null on another basis."""

    packet: Packet
    cover: Cover
    consent: Consent | None
    words: DocumentWords

    @property
    def document(self) -> Document:
        """The packet as the therapist reads it."""
        from mi_cli.handoff.therapist import therapist_document

        return therapist_document(self.packet, self.cover, self.words, self.consent_lines)

    @property
    def consent_lines(self) -> ConsentLines | None:
        """What the recipient is told of the consent."""
        return consent_lines(self.consent, self.words.language) if self.consent else None


def handoff(sending: HandoffInput, wanted: Format, step: Callable[[int, int], None] = lambda _done, _of: None) -> bytes:
    """The handoff in a format; `step` is told how many of how many formats are done. Raises Failed."""
    match wanted:
        case Format.JSON:
            made = Handoff(
                notice=sending.cover.notice.page or None,
                cover=sending.cover,
                consent=sending.consent_lines,
                packet=sending.packet,
            )
            return (json_text(made.model_dump(mode="json")) + "\n").encode()
        case Format.FHIR:
            from mi_cli.handoff.fhir import fhir

            return fhir(sending.packet, sending.cover, sending.consent, sending.document, sending.words)
        case Format.ZIP:
            formats = [one for one in Format if one is not Format.ZIP]
            files = {}
            for done, one in enumerate(formats, 1):
                files[f"handoff.{one}"] = handoff(sending, one)
                step(done, len(formats))
            return _zip(files, sending.packet.made_at)
        case _:
            return page(sending.document, wanted)


def client_copy(packet: Packet, words: DocumentWords, wanted: Format, *, large: bool) -> bytes:
    """The client's own copy. Raises WrongUsage for a format that is for programs; Failed."""
    from mi_cli.handoff.client_copy import client_document

    if wanted not in READ_BY_PEOPLE:
        endings = ", ".join(f".{one}" for one in READ_BY_PEOPLE)
        raise WrongUsage("The client's own copy is a page to read.", f"It can be {endings}.")
    return page(client_document(packet, words, large=large), wanted)


def page(document: Document, wanted: Format) -> bytes:
    """A document in a format that people read. Raises Failed."""
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
    """The files in one, each dated when the packet was made."""
    date = (max(made_at.year, 1980), made_at.month, made_at.day, made_at.hour, made_at.minute, made_at.second)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16  # for its owner alone, where it is unpacked
            archive.writestr(entry, content)
    return out.getvalue()
