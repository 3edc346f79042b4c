"""Reads the way so far with one client, and what its subjects are called: for `mi trend` and its page."""

from mi_cli.errors import Damaged
from mi_cli.insight.way import Subject, Way, way_of
from mi_cli.records.client_facts import Facts
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import Session
from mi_cli.store.records.contacts import contacts
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.words.trend.model import TrendWords


def way_and_names(
    store: JsonStore, client: str, words: TrendWords, damaged: list[Damaged]
) -> tuple[Way, dict[Subject, str]]:
    """Returns the way so far, and what its subjects are called. What cannot be read is put into `damaged`."""
    sessions: list[Session] = []
    notes: dict[str, Notes] = {}
    for ref in store.catalog.named("sessions", [client], damaged):
        try:
            sessions.append(store.session(ref))
            notes[ref.id] = read_notes(store, ref)
        except Damaged as error:
            damaged.append(error)
    plan, facts = store.plan(client), store.client_facts(client)
    way = way_of(sessions, notes, plan, contacts(store, client, damaged))
    return way, _names(way, plan, facts, words)


def _names(way: Way, plan: Plan, facts: Facts, words: TrendWords) -> dict[Subject, str]:
    names = {}
    for subject in (course.subject for course in way.courses):
        target, goal = facts.target(subject.target), plan.goal(subject.goal)
        if subject.target:
            names[subject] = target.name if target else f"({subject.target})"
        elif subject.goal:
            names[subject] = words.about_goal.format(words=goal.words) if goal else f"({subject.goal})"
    return names
