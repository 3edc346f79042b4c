"""`mi note check`: what notes lack, by the profile of requirements in the settings."""

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.note_source import stays_of
from mi_cli.cli.requirements import profile_in_settings
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged
from mi_cli.insight.progress_note.facts import NoteFacts
from mi_cli.insight.progress_note.findings import Beside, findings, service_day
from mi_cli.insight.progress_note.requirements import Profile
from mi_cli.records.plan import Plan
from mi_cli.records.progress_note import ProgressNote, Served
from mi_cli.records.reference import RecordRef
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.matters import ClientReader
from mi_cli.store.records.progress_notes import progress_notes
from mi_cli.terminal.page import Line, Role
from mi_cli.words.days import day_in_words
from mi_cli.words.note import note_words


def check_notes(context: Context, ref: RecordRef | None, *, as_json: bool) -> int:
    """Shows what one note lacks, or every note that lacks something; returns the exit code. Raises Failed."""
    words = note_words(context.language)
    profile = profile_in_settings(context)
    damaged: list[Damaged] = []
    store, codes = context.store, context.catalog.code_of(damaged=[])
    notes = {client: progress_notes(store, client, damaged) for client in context.catalog.client_ids()}
    wanted = [each for own in notes.values() for each in own if ref is None or each.id == ref.id]
    found = [
        (note, list(findings(note, _beside(store, note, notes, profile, damaged), profile, now(), words)))
        for note in wanted
    ]
    output.warn_damaged(damaged)
    lacking = [(note, lacks) for note, lacks in found if lacks]
    if as_json:
        items = [
            {"note": note.id, "client": codes.get(note.client), "profile": profile.name, "findings": lacks}
            for note, lacks in found
        ]
        output.show_list_json(items, damaged)
        return 1 if lacking else 0
    for note, lacks in lacking:
        code, day = codes.get(note.client, f"({note.client})"), day_in_words(service_day(note), context.language)
        title = words.checked.format(id=note.id, code=code, day=day, profile=profile.label)
        context.screen.show([Line(title, Role.TITLE), *(Line(lack, lead=" - ") for lack in lacks)])
    if not lacking:
        context.screen.show([Line(words.all_there if found else words.none)])
    return 1 if lacking else 0


def _beside(
    store: JsonStore,
    note: ProgressNote,
    notes: dict[str, list[ProgressNote]],
    profile: Profile,
    damaged: list[Damaged],
) -> Beside:
    day, own = service_day(note), notes[note.client]
    earlier = sorted(
        (each for each in own if each.id != note.id and service_day(each) <= day),
        key=service_day,
        reverse=True,
    )
    others = [
        each for client, own in notes.items() if client != note.client for each in own if service_day(each) == day
    ]
    try:
        plan, times = store.plan(note.client), _times(store, note)
    except Damaged as error:
        damaged.append(error)
        plan, times = Plan(**store.new_head(Plan), client=note.client), None
    is_latest = all(each.since <= note.since for each in own)
    age = ClientReader(store.catalog, note.client, []).matters().plan if profile.plan and is_latest else None
    return Beside(plan, times, earlier, others, age)


def _times(store: JsonStore, note: ProgressNote) -> tuple[Served, ...] | None:
    """Returns the times of the note's interview as they are now; null where it is gone, or the note is of none."""
    for ref in store.catalog.sessions([note.client], damaged=[]):
        if ref.id == note.session:
            session = store.session(ref)
            plan = Plan(**store.new_head(Plan), client=note.client)
            return NoteFacts(session.id, plan, session.started_at, stays_of(session)).served
    return None
