"""The program's settings that decide and word a handoff.

This is a module of its own, and not in `gate.py`, because every command reads the settings and few need the gate.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mi_cli.records.name_matching import same_name, visible
from mi_cli.records.terms import Jurisdiction


@dataclass(frozen=True)
class Program:
    """What the program's settings say about it.

    `contact` is whom to tell of a misdirected copy. `recipients` are the people in the program who may get a handoff;
    they come from the store, and not from the config file, which anybody may have written.
    `notice` is the agency's own notice, for the general jurisdiction, whose law words none. `counselor` is who passes
    something on.
    """

    name: str | None = None
    contact: str | None = None
    recipients: tuple[str, ...] = ()
    jurisdiction: Jurisdiction = Jurisdiction.US_PART2
    notice: str | None = None
    counselor: str | None = None

    @property
    def members(self) -> tuple[str, ...]:
        """The recipients in the program whose name has a visible character."""
        return visible(self.recipients)

    @property
    def discloser(self) -> str:
        """Who passes something on, as consents name them: the program, else the counselor, else an empty string."""
        return next(iter(visible((self.name or "", self.counselor or ""))), "")

    def is_among(self, names: Iterable[str | None]) -> bool:
        """Whether one of these names is the program's or the counselor's."""
        return any(same_name(own, name) for name in names for own in (self.name, self.counselor))
