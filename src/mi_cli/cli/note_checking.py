"""`mi note check`: what notes lack, by the profile of requirements in the settings.

All notes are read once, and a plan once for a client. An interview is read only for the times of a draft, or where it
has no note and the profile wants one of each visit.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.note_source import stays_of
from mi_cli.cli.requirements import profile_in_settings
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged
from mi_cli.insight.progress_note.facts import served_in
from mi_cli.insight.progress_note.findings import Beside, Visit, findings, without_note
from mi_cli.insight.progress_note.likeness import OwnText, before, in_order, that_day
from mi_cli.insight.progress_note.requirements import Profile
from mi_cli.records.matters import PlanAge
from mi_cli.records.plan import Plan
from mi_cli.records.progress_note import ProgressNote, Served
from mi_cli.records.reference import RecordRef
from mi_cli.records.session import Session
from mi_cli.records.terms import ContactKind, NoteNeed, NoteState, Status
from mi_cli.store.records.contacts import contacts
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.matters import ClientReader
from mi_cli.store.records.progress_notes import progress_notes
from mi_cli.terminal.page import Line, Role
from mi_cli.words.days import day_in_words
from mi_cli.words.note import note_words
from mi_cli.words.waiting import waiting_words


def check_notes(context: Context, ref: RecordRef | None, *, as_json: bool) -> int:
    """Shows what one note lacks, or every note that lacks something; returns the exit code. Raises Failed."""
    words = note_words(context.language)
    profile = profile_in_settings(context)
    damaged: list[Damaged] = []
    store, codes = context.store, context.catalog.code_of(damaged=[])
    lacking: list[list[Line]] = []
    items: list[dict[str, object]] = []

    def add(client: str, lacks: list[str], title: str, note: str | None) -> None:
        items.append({"note": note, "client": codes.get(client), "profile": profile.name, "findings": lacks})
        if lacks:
            lacking.append([Line(title, Role.TITLE), *(Line(lack, lead=" - ") for lack in lacks)])

    with context.waiting(waiting_words(context.language).records):
        of_clients = [_OfClient(store, client, damaged) for client in context.catalog.client_ids()]
        of_days: defaultdict[date, list[OwnText]] = defaultdict(list)
        for text in in_order(text for each in of_clients for text in each.texts):
            of_days[text.day].append(text)
        for each in of_clients:
            code = codes.get(each.client, f"({each.client})")
            for note in each.notes:
                if ref is None or note.id == ref.id:
                    beside = each.beside(note, of_days[note.served_on], profile)
                    lacks = list(findings(note, beside, profile, now(), words))
                    day = day_in_words(note.served_on, context.language)
                    title = words.checked.format(id=note.id, code=code, day=day, profile=profile.label)
                    add(each.client, lacks, title, note.id)
            if ref is None and (lacks := list(without_note(each.visits(profile), each.noted, profile, words))):
                add(each.client, lacks, words.checked_visits.format(code=code, profile=profile.label), None)
    output.warn_damaged(damaged)
    if as_json:
        output.show_list_json(items, damaged)
        return 1 if lacking else 0
    for page in lacking:
        context.screen.show(page)
    if not lacking:
        context.screen.show([Line(words.all_there if items else words.none)])
    return 1 if lacking else 0


class _OfClient:
    """The notes of a client, newest first, and what they are compared with.

    What cannot be read is put into `damaged`.
    """

    def __init__(self, store: JsonStore, client: str, damaged: list[Damaged]) -> None:
        self._store, self.client, self._damaged = store, client, damaged
        unread = len(damaged)
        self.notes = progress_notes(store, client, damaged)
        self._all_read = len(damaged) == unread
        self.texts = in_order(map(OwnText.of, self.notes))
        self._by_note = {text.note: text for text in self.texts}
        self._latest = max((note.since for note in self.notes), default=None)
        self.noted = {name for note in self.notes for name in (note.session, note.contact) if name}

    def beside(self, note: ProgressNote, of_day: list[OwnText], profile: Profile) -> Beside:
        """Returns what a note is compared with; `of_day` are the texts of all notes of that day."""
        own = self._by_note[note.id]
        others = that_day(own, of_day)
        return Beside(self._plan, own, self._times(note), before(own, self.texts), others, self._age(note, profile))

    def visits(self, profile: Profile) -> Iterator[Visit]:
        """Yields the visits, where the profile wants a note of each: of interviews, those that have none.

        Nothing where a note cannot be read, since it may be the one that is looked for.
        """
        if self._all_read and any(line.needs is NoteNeed.EVERY_VISIT for line in profile.lines):
            for ref in self._sessions.values():
                session = None if ref.id in self.noted else self._session(ref)
                if session and session.status is Status.CLOSED:
                    yield Visit(session.id, session.started_at.date())
            for contact in contacts(self._store, self.client, self._damaged):
                if contact.kind is ContactKind.MISSED:
                    yield Visit(contact.id, contact.at.date(), missed=True)

    @cached_property
    def _plan(self) -> Plan | None:
        try:
            return self._store.plan(self.client)
        except Damaged as error:
            self._damaged.append(error)
            return None

    @cached_property
    def _sessions(self) -> dict[str, RecordRef]:
        return {ref.id: ref for ref in self._store.catalog.named("sessions", [self.client], self._damaged)}

    def _times(self, note: ProgressNote) -> tuple[Served, ...] | None:
        """Returns the times of a draft's interview as they are now; null where it is gone, or the note is of none."""
        ref = self._sessions.get(note.session or "") if note.state is NoteState.DRAFT else None
        session = self._session(ref) if ref else None
        return served_in(stays_of(session)) if session else None

    def _age(self, note: ProgressNote, profile: Profile) -> PlanAge | None:
        is_latest = note.since == self._latest
        return ClientReader(self._store.catalog, self.client, []).matters().plan if profile.plan and is_latest else None

    def _session(self, ref: RecordRef) -> Session | None:
        try:
            return self._store.session(ref)
        except Damaged as error:
            self._damaged.append(error)
            return None
