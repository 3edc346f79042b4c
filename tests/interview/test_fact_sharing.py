"""Client facts go into the plan only if the client agrees to each one; the copy stays as it was agreed to."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mi_cli.interview import fact_sharing
from mi_cli.interview.actions import Share
from mi_cli.interview.grammar import parse
from mi_cli.records.client_facts import Fact, Facts, Mandate, Target
from mi_cli.records.plan import Plan, Shared
from mi_cli.records.terms import Direction, FactName, FactSource, Kind
from mi_cli.words.facts import fact_words
from tests.builders import CLIENT, NOW, plan, shared

DAY = date(2026, 11, 23)
TODAY = date(2026, 11, 26)
TOLD: Any = {"on": DAY, "source": FactSource.CLIENT}
LESS = Direction.LESS


def known(**fields: Any) -> Facts:
    head = {"schema_": Facts.SCHEMA, "id": "ffffffff", "created_at": NOW, "updated_at": NOW, "revision": 1}
    return Facts.model_validate({**head, "client": CLIENT, **fields})


ALL = known(
    targets=(
        Target(
            id="target01", name="the drinking", substance="beer", pattern="weekends", direction=Direction.LESS, **TOLD
        ),
        Target(id="target02", name="driving after it", **TOLD),
    ),
    mandate=Mandate(by="drug court", reported="attendance", until=date(2027, 1, 31), **TOLD),
    medicines=Fact(words="naltrexone", **TOLD),
    appointment=Fact(words="Thursday at four", **TOLD),
)


def numbered(
    facts: Facts, of: Plan, language: str = "en", entries: Iterable[Shared] = ()
) -> dict[int, fact_sharing.FactCopy]:
    return dict(fact_sharing.numbered(facts, of, fact_words(language), entries))


def test_each_fact_has_a_number_and_its_words() -> None:
    assert [(copy.name, copy.words) for copy in numbered(ALL, plan()).values()] == [
        ("fact:target:target01", "the drinking (beer; weekends)"),
        ("fact:direction:target01", "the drinking: less"),
        ("fact:target:target02", "driving after it"),
        ("fact:mandate", "drug court (what is reported: attendance; until 2027-01-31)"),
        ("fact:medicines", "naltrexone"),
        ("fact:appointment", "Thursday at four"),
    ]
    assert numbered(known(), plan()) == {}
    assert numbered(ALL, plan(), "es")[2].words == f"the drinking: {fact_words('es').directions[Direction.LESS]}"


def test_one_focus_is_offered_once_and_a_target_that_says_more_or_was_agreed_to_stays() -> None:
    focus = shared("The  Drinking", Kind.FOCUS)
    only = known(targets=(Target(id="target01", name="the drinking", direction=LESS, **TOLD),))
    names = ["fact:direction:target01"]
    for facts in (numbered(only, plan(focus=(focus,))), numbered(only, plan(), entries=[focus])):
        assert [copy.name for copy in facts.values()] == names
    for other in (shared("the drinking", Kind.AGENDA), shared("driving", Kind.FOCUS)):
        assert len(numbered(only, plan(), entries=[other])) == 2
    assert "fact:target:target01" in [copy.name for copy in numbered(ALL, plan(focus=(focus,))).values()]
    agreed = numbered(only, plan())
    before = plan().with_changes(
        *fact_sharing.share_and_withdraw([agreed[1]], (), agreed.values(), plan(), DAY).changes
    )
    assert numbered(only, before, entries=[focus])[1].is_in(before)  # it can be taken out


def test_numbers_of_facts_are_read_beside_those_of_entries() -> None:
    assert parse("/share f1 7 -F2 p3") == Share((7,), (), (3,), (), (1,), (2,))


@given(st.sets(st.integers(1, 6)), st.sets(st.integers(1, 6)))
def test_only_what_is_agreed_to_stands_in_the_plan_and_each_decision_can_be_undone(
    agreed: set[int], withdrawn: set[int]
) -> None:
    before = plan()
    for chosen, is_in in ((agreed, True), (withdrawn, False)):
        facts = numbered(ALL, before)
        picked = [facts[n] for n in sorted(chosen)]
        change = fact_sharing.share_and_withdraw(
            picked if is_in else (), () if is_in else picked, facts.values(), before, TODAY
        )
        after = before.with_changes(*change.changes)
        assert {*after.with_changes(*change.inverse).facts} == {*before.facts}
        assert after.with_changes(*change.changes).facts == after.facts  # done twice it stands once
        before = after
    facts = numbered(ALL, before)
    assert {n for n, copy in facts.items() if copy.is_in(before)} == agreed - withdrawn
    assert {copy.shared for copy in before.facts} <= {TODAY}


def test_the_copy_stays_as_it_was_agreed_to_until_something_newer_is() -> None:
    first = numbered(ALL, plan())
    shared = plan().with_changes(*fact_sharing.share_and_withdraw([first[6]], (), first.values(), plan(), DAY).changes)
    later = ALL.replace(appointment=Fact(words="Monday at nine", on=TODAY, source=FactSource.COUNSELOR))
    second = numbered(later, shared)
    assert [(copy.name, copy.words, copy.is_in(shared)) for copy in list(second.values())[5:]] == [
        ("fact:appointment", "Monday at nine", False),
        ("fact:shared:1", "Thursday at four", True),
    ]
    change = fact_sharing.share_and_withdraw([second[6]], (), second.values(), shared, TODAY)
    newer = shared.with_changes(*change.changes)
    assert [(copy.name, copy.words) for copy in newer.facts] == [(FactName.APPOINTMENT, "Monday at nine")]
    assert newer.with_changes(*change.inverse).facts == shared.facts
    gone = fact_sharing.share_and_withdraw((), [second[7]], second.values(), shared, TODAY)
    assert shared.with_changes(*gone.changes).facts == ()
