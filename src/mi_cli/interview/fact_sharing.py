"""The client facts that a client may agree to pass on, and their copies in the plan.

A handoff is made from the plan alone, so a fact goes out only if the client agreed that a copy of it stands there
(`Plan.facts`). The copy is in words and stays as it was agreed to: what is noted later is another fact, which is agreed
to anew and then takes the place of the copy that is no longer so. `interview.sharing` is the same for entries.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from mi_cli.interview.client_facts import IN_WORDS
from mi_cli.records.change import Change, RecordPart, ReversibleChange
from mi_cli.records.client_facts import Fact, Facts, Mandate, Target
from mi_cli.records.name_matching import same_name
from mi_cli.records.notes import Entry
from mi_cli.records.plan import Plan, Shared, SharedFact
from mi_cli.records.terms import FactName, FactSource, Kind
from mi_cli.words.facts.model import FactWords
from mi_cli.words.worded_facts import direction_in_words, mandate_in_words, with_more


@dataclass(frozen=True, repr=False)
class FactCopy:
    """A fact in words as it would stand in the plan. `name` is its name for `mi goals share`."""

    name: str
    fact: FactName
    words: str
    on: date
    source: FactSource
    session: str | None

    def is_in(self, plan: Plan) -> bool:
        """Whether the client has agreed to pass it on, as it is."""
        return any(self.is_like(copy) for copy in plan.facts)

    def is_like(self, copy: SharedFact) -> bool:
        """Whether that is a copy of it, whenever it was agreed to."""
        return (copy.name, copy.words, copy.on, copy.source) == (self.fact, self.words, self.on, self.source)


def numbered(
    facts: Facts, plan: Plan, words: FactWords, entries: Iterable[Entry | Shared] = ()
) -> Mapping[int, FactCopy]:
    """Returns the facts that could be passed on by number, from 1; then copies of what is no longer so.

    `words` are those of the client's language. `entries` can be shared beside them: a focus among them, or in the plan,
    says already what a target of the same words says, and the client is not asked twice.
    """
    focus = [item.words for item in (*entries, *plan.focus) if item.kind is Kind.FOCUS]
    known = [
        fact
        for fact in _known(facts, words)
        if fact.is_in(plan)
        or fact.fact is not FactName.TARGET
        or not any(same_name(fact.words, said) for said in focus)
    ]
    old = [
        FactCopy(f"fact:shared:{n}", copy.name, copy.words, copy.on, copy.source, copy.session)
        for n, copy in enumerate(plan.facts, 1)
        if not any(fact.is_like(copy) for fact in known)
    ]
    return dict(enumerate([*known, *old], 1))


def share_and_withdraw(
    agreed: Iterable[FactCopy], withdrawn: Iterable[FactCopy], facts: Iterable[FactCopy], plan: Plan, on: date
) -> ReversibleChange:
    """Puts into the plan what the client agreed to on that day, and takes out what was withdrawn.

    `facts` are all that could be passed on. What is agreed to takes the place of copies that are no longer so.
    """
    added = [fact for fact in agreed if not fact.is_in(plan)]
    now = [fact for fact in facts if not fact.name.startswith("fact:shared:")]
    replaced = {fact.fact for fact in added}
    taken_out = [*withdrawn]
    out = [
        copy
        for copy in plan.facts
        if any(fact.is_like(copy) for fact in taken_out)
        or (copy.name in replaced and not any(fact.is_like(copy) for fact in now))
    ]
    new = [
        SharedFact(name=fact.fact, words=fact.words, on=fact.on, source=fact.source, shared=on, session=fact.session)
        for fact in added
    ]
    return ReversibleChange(
        (*(_change(drop=copy) for copy in out), *(_change(put=copy) for copy in new)),
        (*(_change(drop=copy) for copy in reversed(new)), *(_change(put=copy) for copy in out)),
    )


def as_json(fact: FactCopy, plan: Plan, code: str) -> dict[str, object]:
    """Returns an item of the list of what could be passed on, as JSON. `code` is the client's code."""
    return {
        "name": fact.name,
        "client": code,
        "session": None,
        "n": None,
        "goal": None,
        "at": fact.on.isoformat(),
        "kind": fact.fact,
        "talk": None,
        "words": fact.words,
        "in_plan": fact.is_in(plan),
    }


def _known(facts: Facts, words: FactWords) -> Iterator[FactCopy]:
    several = len(facts.targets) > 1
    for target in facts.targets:
        more = (target.substance, target.route, target.pattern, target.last_use)
        yield _copy(f"target:{target.id}", FactName.TARGET, with_more(target.name, more), target)
        if target.direction:
            text = direction_in_words(target.direction, target.name if several else None, words)
            yield _copy(f"direction:{target.id}", FactName.DIRECTION, text, target)
    if mandate := facts.mandate:
        yield _copy(FactName.MANDATE, FactName.MANDATE, mandate_in_words(mandate, words), mandate)
    for name, field in IN_WORDS.items():
        fact: Fact | None = getattr(facts, field)
        if fact:
            yield _copy(name, name, fact.words, fact)


def _copy(name: str, fact: FactName, words: str, of: Fact | Mandate | Target) -> FactCopy:
    return FactCopy(f"fact:{name}", fact, words, of.on, of.source, of.session)


def _change(*, put: SharedFact | None = None, drop: SharedFact | None = None) -> Change:
    return Change(where=RecordPart.SHARED, field="facts", put=_as_json(put), drop=_as_json(drop))


def _as_json(fact: SharedFact | None) -> object:
    return fact.model_dump(mode="json") if fact else None
