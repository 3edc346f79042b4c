"""What was found to be permitted. `handoff.gate` makes it, and nothing is written or logged without one."""

from dataclasses import dataclass

from mi_cli.records.consent import Consent, Recipient
from mi_cli.records.terms import Basis, Category, HandoffPart, Jurisdiction, Purpose


@dataclass(frozen=True)
class Permit:
    """These categories may go to this recipient for this purpose, and of them these parts.

    `consent` is null on another basis, `recipient` is null for the client's own copy. `as_one_of` is the class of
    recipients that a recipient not named in the consent was taken to belong to.
    """

    client: str
    basis: Basis
    recipient: Recipient | None
    purpose: Purpose | None
    purpose_text: str | None
    categories: frozenset[Category]
    parts: frozenset[HandoffPart]
    jurisdiction: Jurisdiction
    consent: Consent | None = None
    as_one_of: str | None = None
