"""The client facts: what the plan, the note and the choice of prompts need to know of a client. Every one is optional.

Nothing here is asked for in an interview, and nothing is an intake form. Each fact has the day on which it was noted,
who told it, and the interview that it was told in: `session` is null for what was noted outside one. Of a target, and
of a mandate of which more is known than who sent the client, `session` is the interview that it was first told in.
Changes come as `records.change.Change`, from an interview and from `mi client facts`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from pydantic import Field

from mi_cli.records.base import Part, Record
from mi_cli.records.change import Change, RecordPart
from mi_cli.records.terms import Direction, FactSource


def _is_null(value: object) -> bool:
    return value is None


class Target(Part):
    """A behavior that the interviews are about, as the client names it: "drinking", "driving after drinking".

    Readings, entries and goals name it by its `id`. `route`, `pattern` and `last_use` are in words, as told.
    """

    id: str
    name: str
    substance: str | None = None
    route: str | None = None
    pattern: str | None = None
    last_use: str | None = None
    direction: Direction | None = None
    on: date
    source: FactSource
    session: str | None = Field(default=None, exclude_if=_is_null)


class Mandate(Part):
    """Who sent the client, what is reported to them, and until when. What is not known is null."""

    by: str | None = None
    reported: str | None = None
    until: date | None = None
    on: date
    source: FactSource
    session: str | None = Field(default=None, exclude_if=_is_null)


class Fact(Part):
    """A fact in words, as it was told."""

    words: str
    on: date
    source: FactSource
    session: str | None = Field(default=None, exclude_if=_is_null)


_FIELDS: Final[Mapping[str, type[Part]]] = {
    "medicines": Fact,
    "mandate": Mandate,
    "safer_use": Fact,
    "reach": Fact,
    "appointment": Fact,
    "limits": Fact,
    "helped": Fact,
    "collateral": Fact,
    "off_limits": Fact,
    "practice": Fact,
}


class Facts(Record):
    """`mi.facts/1`. `limits` are practical ones, such as transport; `helped` is what has helped before.

    `collateral` is which supporter may be called, `off_limits` what is not to be pressed for now, and `practice` what
    the client tries until the next visit, with the confidence for it.

    `turns` maps a session's id to its last turn that these facts contain (see `interview.turns`).
    """

    SCHEMA: ClassVar[str] = "mi.facts/1"

    client: str
    targets: tuple[Target, ...] = ()
    medicines: Fact | None = None
    mandate: Mandate | None = None
    safer_use: Fact | None = None
    reach: Fact | None = None
    appointment: Fact | None = None
    limits: Fact | None = Field(default=None, exclude_if=_is_null)
    helped: Fact | None = Field(default=None, exclude_if=_is_null)
    collateral: Fact | None = Field(default=None, exclude_if=_is_null)
    off_limits: Fact | None = Field(default=None, exclude_if=_is_null)
    practice: Fact | None = Field(default=None, exclude_if=_is_null)
    turns: dict[str, int] = Field(default_factory=dict)

    @property
    def known(self) -> tuple[Part | tuple[Target, ...] | None, ...]:
        """Everything that is known, without the head of the record."""
        return (self.targets, *(getattr(self, field) for field in _FIELDS))

    @property
    def single(self) -> Mapping[str, Fact | Mandate]:
        """What is known by field, but for the targets, of which there can be several."""
        return {field: part for field in _FIELDS if (part := getattr(self, field)) is not None}

    def target(self, target_id: str | None) -> Target | None:
        """Returns the target with that id, or null."""
        return next((target for target in self.targets if target.id == target_id), None)

    def with_changes(self, *changes: Change) -> "Facts":
        """Returns the facts with the changes applied that are to them. One to a field that is not known does nothing.

        A change with a `drop` is made only if what it names is still that, so that an undo leaves alone what somebody
        else has noted since.
        """
        facts = self
        for change in changes:
            if change.where is RecordPart.FACTS:
                facts = facts._with_target(change) if change.field == "targets" else facts._with_field(change)
        return facts

    def _with_target(self, change: Change) -> "Facts":
        present = self.target(change.key)
        if change.drop is not None and _as_json(present) != change.drop:
            return self
        new = Target.model_validate(change.put) if change.put is not None else None
        if present is None:
            return self.replace(targets=(*self.targets, new)) if new else self
        replaced = (new if target.id == change.key else target for target in self.targets)
        return self.replace(targets=tuple(target for target in replaced if target is not None))

    def _with_field(self, change: Change) -> "Facts":
        kind = _FIELDS.get(change.field)
        if kind is None or (change.drop is not None and _as_json(getattr(self, change.field)) != change.drop):
            return self
        return self.replace(**{change.field: kind.model_validate(change.put) if change.put is not None else None})


def _as_json(part: Part | None) -> Any:
    return part.model_dump(mode="json") if part is not None else None
