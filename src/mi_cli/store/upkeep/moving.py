"""Moving an interview to another client: what was begun under a wrong code.

Theory of operation. The facts of the interview, its notes and its half-typed line go to the folder of the other client,
where they are encrypted with that client's keys; with them goes what came from it in the plan, the client facts that
were told in it, and the targets that it needs (`records/moving.py`). Many files change, and a crash may come between
any two of them:

1. clients.json names the interview as *moving*, with both clients and the targets. From now on the move is decided.
2. Each record is made anew with the other client, and only then taken from the first. While the first client has it,
   that one counts: it is copied again, so that nothing is lost that was changed meanwhile.
3. The log tells of the move.
4. clients.json no longer names it.

So nothing is ever with neither client, and what is with both is named in clients.json: `finish_moves` does steps 2 to 4
again, and every command that opens the store begins with it, before anything is read or changed. The locks of the
interview, of both plans and of both logs of disclosures are held throughout.

What was passed on cannot be taken back from whoever has it, and the log of disclosures says whose it was. So an
interview of which something was passed on stays where it is. So does one that a progress note was written of: the note
is in the first client's record, and a signed one stays there.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from mi_cli.errors import Damaged, Failed, MiError
from mi_cli.records import moving
from mi_cli.records.client import Codes, Move
from mi_cli.records.event_type import EventType
from mi_cli.records.matters import SESSIONS
from mi_cli.records.plan import Plan
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import FactName, Status
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import DocumentLabel
from mi_cli.store.disk.system import sync_folder
from mi_cli.store.records.disclosures import entries
from mi_cli.store.records.interviews import DRAFT_SCHEMA, read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import sharing_locked
from mi_cli.store.records.progress_notes import note_of
from mi_cli.store.records.where_open import add_returning
from mi_cli.words.clients.model import ClientWords

_MOVABLE: Final = re.compile(r"[0-9A-Za-z-]+").fullmatch


@dataclass(frozen=True)
class Moved:
    """What was moved: how many goals and shared entries went along; and what stays that a person should look at.

    `facts_go` went along, and `facts_stay` are facts of the first client that may have to do with the interview.
    `goals_stay` says that it may have added to goals that did not come from it.
    """

    ref: RecordRef
    goals: int
    shared: int
    facts_go: frozenset[FactName]
    facts_stay: frozenset[FactName]
    goals_stay: bool


def move_interview(store: JsonStore, ref: RecordRef, client: str, words: ClientWords) -> Moved:
    """Move an interview to another client; `words` say why it cannot be moved.

    Raises Failed while it is open, where something of it was passed on, where there is a progress note of it, and where
    it or the client is gone; InUse, Damaged, SaveFailed.
    """
    with _held(store, ref, client):
        store.require_client(client)
        session, notes = store.session(ref), read_notes(store, ref)
        plan, facts = store.plan(ref.client), store.client_facts(ref.client)
        unfinished = session.status is Status.OPEN or moving.is_behind(notes, session, facts, plan)
        if unfinished or not _MOVABLE(ref.name):
            raise Failed(words.cannot_move_open, words.close_it.format(id=ref.id))
        if moving.passed_on(entries(store, ref.client), session, plan):
            raise Failed(words.was_passed_on, words.write_it_again.format(id=ref.id))
        if written := note_of(store, ref.client, ref.id):
            note, signed = written[1], written[1].signed is not None
            hint = words.signed_stays if signed else words.delete_note
            raise Failed(words.has_note, hint.format(id=ref.id, note=note.id))
        for path in (store.layout.session(there := RecordRef(ref.name, client)), store.layout.notes(there)):
            if atomic.is_there(path):  # a backup brought it back
                store.quarantine().move(path)
        theirs = store.client_facts(client)
        named = moving.targets_of(session, notes, facts, plan)
        leaving = moving.targets_that_leave(named, _named_elsewhere(store, ref, plan), facts, theirs, ref.id)
        move = Move(name=ref.name, from_=ref.client, to=client, targets=tuple(sorted(named)), leaving=tuple(leaving))
        store.change_held_clients(lambda record: record.replace(moving={**record.moving, ref.id: move}))
        _finish(store, ref.id, move)
        rest = moving.plan_without(plan, ref.id)
        return Moved(
            there,
            len(moving.goals_of(plan, ref.id)),
            len(moving.shared_of(plan, ref.id)),
            facts_go=moving.facts_that_go(facts, theirs, ref.id),
            facts_stay=moving.facts_that_stay(facts, theirs, plan, session),
            goals_stay=ref.id in plan.turns and bool(rest.goals),
        )


def finish_moves(store: JsonStore) -> None:
    """Finish each move that was broken off. One that is under way, or cannot be finished now, is left as it is."""
    for session in store.catalog.moves:
        with suppress(MiError):
            finish_move(store, session)


def finish_move(store: JsonStore, session: str) -> None:
    """Finish the move of an interview, if one was broken off. Raises InUse, Damaged, SaveFailed."""
    if move := store.clients().moving.get(session):
        with _held(store, RecordRef(move.name, move.from_), move.to):
            if present := store.clients().moving.get(session):
                _finish(store, session, present)


@contextmanager
def _held(store: JsonStore, ref: RecordRef, client: str) -> Iterator[None]:
    """Hold the interview and all of both clients that a move changes, or that must not change meanwhile."""
    both = sorted({ref.client, client})
    with ExitStack() as held:
        held.enter_context(store.locked(ref.id, wait=0))
        held.enter_context(store.locked_codes())
        for lock in (lambda one: sharing_locked(store, one), store.locked_facts, store.locked_plan):
            for one in both:
                held.enter_context(lock(one))
        yield


def _finish(store: JsonStore, session: str, move: Move) -> None:
    """Do what is left of a move. Everything is held."""
    source, target = RecordRef(move.name, move.from_), RecordRef(move.name, move.to)
    layout = store.layout
    _move_from_plan(store, session, move)
    _move_facts(store, session, move)
    goals = moving.goals_of(store.plan(move.to), session)
    for folder in (layout.session(target).parent, layout.notes(target).parent):
        atomic.make_folder(folder, store.root)
    store.keys.notes().make_keys(layout.client(move.to), move.to)
    if atomic.is_there(layout.notes(source)):
        notes = moving.notes_to_move(read_notes(store, source), goals)
        store.save(layout.notes(target), store.next_revision(notes))
    if atomic.is_there(layout.draft(source)):
        _copy_draft(store, source, target)
    if atomic.is_there(layout.session(source)):
        add_returning(store, move.to, f"{SESSIONS}/{target.name}.json", layout.session(source))
        store.save(layout.session(target), store.next_revision(store.session(source).replace(client=move.to)))
    moved = (layout.session(source), layout.notes(source))
    for path in (*moved, layout.draft(source)):
        atomic.remove(path)
    try:  # After a power cut none of them is there again: clients.json would no longer say why.
        for path in moved:
            sync_folder(path.parent)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise atomic.save_failed(error) from error
    if store.log_event(EventType.MOVED, move.to, session, tuple(map(layout.display_path, moved))):
        store.change_held_clients(lambda record: _without(record, session))


def _without(record: Codes, session: str) -> Codes:
    return record.replace(moving={name: move for name, move in record.moving.items() if name != session})


def _move_from_plan(store: JsonStore, session: str, move: Move) -> None:
    before = store.plan(move.from_)
    if moving.plan_without(before, session) != before:
        taken = moving.plan_of(before, session)
        store.change_held_plan(move.to, lambda plan: moving.plan_with(plan, taken, session))
        store.change_held_plan(move.from_, lambda plan: moving.plan_without(plan, session))


def _move_facts(store: JsonStore, session: str, move: Move) -> None:
    before = store.client_facts(move.from_)
    store.change_held_facts(move.to, lambda facts: moving.facts_with(facts, before, {*move.targets}, session))
    after = store.client_facts(move.to)
    store.change_held_facts(move.from_, lambda facts: moving.facts_without(facts, after, {*move.leaving}, session))


def _copy_draft(store: JsonStore, source: RecordRef, target: RecordRef) -> None:
    """Copy the half-typed line. One that cannot be read is left out: `draft` would give nothing of it either."""
    layout = store.layout
    with suppress(Damaged, FileNotFoundError):
        line = store.read(layout.draft(source))
        store.write(layout.draft(target), DocumentLabel(DRAFT_SCHEMA, source.id), line)


def _named_elsewhere(store: JsonStore, ref: RecordRef, plan: Plan) -> frozenset[str]:
    """Returns the ids of the targets that the client's other goals and interviews name, also those in the trash.

    Where one of these cannot be read, all the client's targets count as named: none is taken away then. Raises Damaged
    where a folder cannot be listed.
    """
    home = store.layout.client(ref.client)
    paths = [
        home / folder / name for folder in ("sessions", "deleted") for name in store.layout.list_names(home / folder)
    ]
    named = {goal.target for goal in plan.goals if goal.from_.session != ref.id}
    for path in paths:
        if path.suffix == ".json" and path.stem != ref.name:
            other = RecordRef(path.stem, ref.client)
            try:
                named |= {item.target for item in store.session(other, path).readings}
                named |= {entry.target for entry in read_notes(store, other).entries}
            except Damaged:
                named |= {target.id for target in store.client_facts(ref.client).targets}
    return frozenset(target for target in named if target is not None)
