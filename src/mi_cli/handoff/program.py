"""What the program has said about itself in its settings."""

from collections.abc import Iterable
from dataclasses import dataclass

from mi_cli.records.name_matching import same, visible
from mi_cli.records.terms import Jurisdiction


@dataclass(frozen=True)
class Program:
    """Its name, whom to tell of a misdirected copy, who in it may get a handoff, and whose rules it follows.

    `notice` is an agency's own notice: for the general jurisdiction, which has none of its own. `counselor` is who
    passes something on.
    """

    name: str | None = None
    contact: str | None = None
    recipients: tuple[str, ...] = ()
    jurisdiction: Jurisdiction = Jurisdiction.US_PART2
    notice: str | None = None
    counselor: str | None = None

    @property
    def members(self) -> tuple[str, ...]:
        """The recipients in it that have a name."""
        return visible(self.recipients)

    @property
    def discloser(self) -> str:
        """Who passes something on, as it stands on consents: the program, else the counselor."""
        return next(iter(visible((self.name or "", self.counselor or ""))), "")

    def is_among(self, names: Iterable[str | None]) -> bool:
        """Whether one of these names is the program's or the counselor's."""
        return any(same(own, name) for name in names for own in (self.name, self.counselor))
