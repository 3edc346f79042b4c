"""The permission for one handoff. `handoff.gate` makes it, and no document is written or logged without one."""

from dataclasses import dataclass

from mi_cli.records.consent import Consent, Recipient
from mi_cli.records.terms import Basis, Category, HandoffPart, Jurisdiction, Purpose


@dataclass(frozen=True)
class Permit:
    """Permits these parts of these categories to go to this recipient for this purpose.

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
