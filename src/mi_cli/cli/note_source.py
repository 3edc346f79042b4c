"""What a progress note is made from, gathered from the store: facts, the plan, counts, and the lines to pick from.

This is the one place that reads the counseling notes for a progress note. It hands on how often each act was marked,
and, apart from the facts, the lines from which the counselor picks at the terminal: `insight.progress_note` is given
facts and counts, and then the picked lines alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final

from mi_cli.errors import Damaged, MiError
from mi_cli.insight.progress_note.compose import PICKABLE
from mi_cli.insight.progress_note.facts import NoteFacts, Passed, Picked, Stay
from mi_cli.records.client_facts import Facts
from mi_cli.records.facts import ReadingFact, SessionFacts
from mi_cli.records.matters import delivered
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.reference import RecordRef
from mi_cli.records.session import Session
from mi_cli.records.terms import Category, Kind
from mi_cli.store.records.contacts import contact
from mi_cli.store.records.disclosures import entries
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.words.contacts import contact_words

_LOOKED_BACK: Final = 5  # interviews in which the reading before is looked for


@dataclass(frozen=True)
class NoteSource:
    """What a note is made from, and the lines that the counselor may pick from."""

    client: str
    language: str | None
    facts: NoteFacts
    lines: tuple[Picked, ...] = ()


def of_interview(store: JsonStore, ref: RecordRef, damaged: list[Damaged]) -> NoteSource:
    """Returns what the note of an interview is made from. Raises Damaged, Locked.

    What else cannot be read (an earlier interview, the log of disclosures) is put into `damaged`.
    """
    session = store.session(ref)
    return gathered(
        session,
        read_notes(store, ref),
        store.plan(ref.client),
        store.client_facts(ref.client),
        list(_before(store, ref, damaged)),
        _passed(store, session, damaged),
    )


def gathered(
    session: Session,
    notes: Notes,
    plan: Plan,
    known: Facts,
    before: Sequence[SessionFacts] = (),
    passed: tuple[Passed, ...] = (),
) -> NoteSource:
    """Returns the facts, and apart from them the lines to pick from. `before` are earlier interviews, latest first."""
    facts = NoteFacts(
        session=session.id,
        plan=plan,
        day=session.started_at,
        stays=stays_of(session),
        readings=session.facts().readings,
        earlier=_latest_first(before),
        since=(before[0].ended_at or before[0].started_at) if before else None,
        targets={target.id: target.name for target in known.targets},
        marked=Counter(entry.act for entry in notes.entries if entry.kind is Kind.MINE),
        passed=passed,
        safety=session.facts().safety_raised,
    )
    return NoteSource(session.client, session.language, facts, _lines(notes))


def of_contact(store: JsonStore, ref: RecordRef, language: str) -> NoteSource:
    """Returns what the note of a contact is made from. Raises Damaged."""
    record = contact(store, ref)
    facts = NoteFacts(
        session=None,
        plan=store.plan(ref.client),
        day=record.at,
        contact=record.id,
        contact_kind=contact_words(language).kinds[record.kind],
        contact_lines=tuple(line.words for line in record.lines),
    )
    return NoteSource(ref.client, None, facts)


def stays_of(session: Session) -> tuple[Stay, ...]:
    """Returns the visits of a session that have ended."""
    return tuple(
        Stay(n, visit.stage, visit.from_, visit.to) for n, visit in enumerate(session.visits, 1) if visit.to is not None
    )


def _before(store: JsonStore, ref: RecordRef, damaged: list[Damaged]) -> Iterable[SessionFacts]:
    """Yields the facts of the interviews before, the latest first."""
    earlier = (each for each in store.catalog.sessions([ref.client], damaged) if each.name < ref.name)
    for each in islice(earlier, _LOOKED_BACK):
        try:
            yield store.session(each).facts()
        except Damaged as error:
            damaged.append(error)


def _latest_first(facts: Iterable[SessionFacts]) -> tuple[ReadingFact, ...]:
    return tuple(reading for each in facts for reading in reversed(each.readings))


def _passed(store: JsonStore, session: Session, damaged: list[Damaged]) -> tuple[Passed, ...]:
    day = session.started_at.date()
    with suppress(MiError):  # where the log of disclosures cannot be read, `mi disclosures verify` says so
        log = delivered(entries(store, session.client, damaged))
        return tuple(
            Passed(each.seq, each.recipient is None)
            for each in log
            if each.created_at.date() == day and set(each.what) != {Category.PROGRESS_NOTES}  # a note is no handoff
        )
    return ()


def _lines(notes: Notes) -> tuple[Picked, ...]:
    return tuple(
        Picked(each.n, each.kind, each.words) for each in notes.entries if each.words and each.kind in PICKABLE
    )
