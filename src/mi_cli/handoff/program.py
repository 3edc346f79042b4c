"""What the program has said about itself in its settings."""

from dataclasses import dataclass

from mi_cli.records.terms import Jurisdiction


@dataclass(frozen=True)
class Program:
    """Its name, whom to tell of a misdirected copy, who in it may get a handoff, and whose rules it follows.

    `notice` is an agency's own notice: for the general jurisdiction, which has none of its own.
    """

    name: str | None = None
    contact: str | None = None
    recipients: tuple[str, ...] = ()
    jurisdiction: Jurisdiction = Jurisdiction.US_PART2
    notice: str | None = None
