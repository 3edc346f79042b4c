"""A contact: something that is no interview and belongs in the record, such as a missed visit or a telephone call."""

from typing import ClassVar

from pydantic import AwareDatetime, Field

from mi_cli.records.base import Part, Record
from mi_cli.records.terms import ContactKind, ContactTopic


class ContactLine(Part):
    """A fact of a contact, in the words of whoever noted it. `about` is for the answer of a CBT therapist."""

    words: str
    about: ContactTopic | None = Field(default=None, exclude_if=lambda about: about is None)


class Contact(Record):
    """`mi.contact/1`. `at` is when it was, or was to be; `by` is who noted it."""

    SCHEMA: ClassVar[str] = "mi.contact/1"

    client: str
    at: AwareDatetime
    kind: ContactKind
    by: str
    lines: tuple[ContactLine, ...] = ()
