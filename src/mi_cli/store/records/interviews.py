"""Interviews: the part of the store that reads and writes notes. Code that makes a handoff may not import it.

Theory of operation. An interview has two records: the session (facts, no words) and the notes (what was said). Their
lock, named by the session's id, is held for as long as the interview runs, and both records stay in memory.

What a save means here. `save_notes` and `save_session` return when the record is on the disk, whole: a line counts as
entered only then. Of one line that touches several records, the notes are saved first, then the session, the client
facts and the plan; a crash between two of them leaves the notes ahead, and opening the interview again catches up
(`interview/session_start.py`).

1. New: the notes are saved before the session. Notes without a session are an interview that never began; `mi store
   check` names them.
2. A program that copies files between computers does not know our lock. If the file has changed since we last saw it,
   that version goes to the quarantine before ours is saved: both are kept, and `conflicts` counts them.
3. The half-typed line is a draft beside the notes, with the number of the last turn: a draft that is older than the
   notes was entered after all, and is ignored.
4. The log tells where an interview begins and ends, and not of every line.
5. An interview that is opened again is compared with the log. It goes on, whatever was put there: but that is said, and
   nothing is passed on until somebody has confirmed the store (`JsonStore.compare`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from mi_cli.errors import Damaged, Failed
from mi_cli.records.base import Part, Record
from mi_cli.records.event_type import EventType
from mi_cli.records.names import replace_surrogates
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.reference import RecordRef
from mi_cli.records.session import Session
from mi_cli.records.terms import Kind, Status
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import DocumentLabel
from mi_cli.store.records.json_store import SHORT_WAIT, JsonStore
from mi_cli.store.records.kinds import SESSION, RecordKind
from mi_cli.store.records.standing import Doubt
from mi_cli.words.said import said
from mi_cli.words.store import store_words

NOTES: Final = RecordKind(
    lambda: Notes,
    "notes",
    lambda notes, ref: None if notes.session == ref.id else said(store_words, lambda words: words.another_session),
)
DRAFT_SCHEMA: Final = "mi.draft/1"


class Draft(Part):
    """The half-typed line of an interview, and the last turn before it. Earlier versions did not name the interview."""

    turn: int
    line: str
    session: str | None = None


class HeldInterview:
    """An interview whose lock is held: no other process of mi writes its session and notes.

    `conflicts` counts the foreign versions of a record that were moved to the quarantine (rule 2 above). `doubts` says
    where a record was not as the log tells when the interview was opened (rule 5).
    """

    def __init__(self, store: JsonStore, ref: RecordRef, session: Session, notes: Notes) -> None:
        self.store = store
        self.ref = ref
        self.session = session
        self.notes = notes
        self.conflicts = 0
        self.doubts: tuple[Doubt, ...] = ()
        self.status = session.status
        self._last_seen = {path: _file_state(path) for path in (store.layout.notes(ref), store.layout.session(ref))}

    def save_notes(self, notes: Notes) -> None:
        """Save the notes. Raises SaveFailed."""
        self._save(self.store.layout.notes(self.ref), notes)

    def save_session(self, session: Session) -> None:
        """Save the facts of the session. Raises SaveFailed."""
        self._save(self.store.layout.session(self.ref), session)
        self.status = session.status

    def _save(self, path: Path, record: Record) -> None:
        if _file_state(path) not in (self._last_seen[path], None):
            self.store.quarantine().copy(path)
            self.conflicts += 1
        try:
            self.store.save(path, record)
        finally:
            self._last_seen[path] = _file_state(path)

    def draft(self, last_turn: int) -> str:
        """Returns the half-typed line that was left after that turn; "" if there is none, or it cannot be read."""
        try:
            draft = Draft.model_validate_json(self.store.read(self.store.layout.draft(self.ref)))
        except (Damaged, FileNotFoundError, ValidationError):
            return ""
        is_of_another = draft.session not in (None, self.ref.id)
        return draft.line if draft.turn >= last_turn and not is_of_another else ""

    def save_draft(self, line: str, last_turn: int) -> None:
        """Save the half-typed line; `last_turn` later tells whether it was entered after all. Raises SaveFailed."""
        draft = Draft(turn=last_turn, line=replace_surrogates(line), session=self.ref.id)
        label = DocumentLabel(DRAFT_SCHEMA, self.ref.id)
        self.store.write(self.store.layout.draft(self.ref), label, draft.model_dump_json().encode())

    def drop_draft(self) -> None:
        """Delete the draft: its line was entered or dropped. Raises SaveFailed."""
        atomic.remove(self.store.layout.draft(self.ref))


def _file_state(path: Path) -> tuple[int, int, int] | None:
    """Returns what differs when another program has written the file; null where it is missing or unknown."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def read_notes(store: JsonStore, ref: RecordRef) -> Notes:
    """Returns the notes of a session. Raises Damaged."""
    return store.read_record(NOTES, ref)


@contextmanager
def begin_interview(store: JsonStore, session: Session, notes: Notes) -> Iterator[HeldInterview]:
    """Save a new interview, notes first, and hold it. Raises Failed when the client is gone; InUse, SaveFailed."""
    from mi_cli.store.records.where_open import add_open  # here, because what only shows notes needs no open matters

    ref = RecordRef.new(session.client, session.started_at, session.id)
    with store.locked(session.id, wait=0):
        held = HeldInterview(store, ref, session, notes)
        with store.locked_codes():  # so that the client is not deleted meanwhile
            store.require_client(session.client)
            for path in (store.layout.notes(ref), store.layout.session(ref)):
                atomic.make_folder(path.parent, store.root)
            store.keys.notes().make_keys(store.layout.client(ref.client), ref.client)
            add_open(store, ref.client, f"{SESSION.place}/{ref.name}.json")
            held.save_notes(notes)
            held.save_session(session)
        with _logged(held, EventType.BEGAN):
            yield held


@contextmanager
def hold_interview(store: JsonStore, ref: RecordRef, wait: float = 0) -> Iterator[HeldInterview]:
    """Hold an interview that was begun before. Raises Failed when the client is gone; InUse, Damaged, SaveFailed."""
    with store.locked(ref.id, wait=wait):
        store.require_client(ref.client)
        held = _opened(store, ref)
        with _logged(held, EventType.WENT_ON):
            yield held


@contextmanager
def _logged(held: HeldInterview, beginning: EventType) -> Iterator[None]:
    """Log the beginning and the end of an interview, with all that was saved between."""
    from mi_cli.store.records.where_open import look_again  # before the interview, while nothing can be lost

    held.store.log_event(beginning, held.ref.client, held.ref.id)
    try:
        yield
    finally:
        if held.status is Status.CLOSED:
            look_again(held.store, held.ref.client)
        held.store.log_event(
            EventType.ENDED if held.status is Status.CLOSED else EventType.PAUSED, held.ref.client, held.ref.id
        )


def require_closed(store: JsonStore, ref: RecordRef) -> None:
    """Raises, before anybody is asked for words, what `amend` would raise now: Failed, InUse, Damaged.

    A closed interview is held only for a moment, as by another amendment: this waits for it, as `amend` does.
    """
    with store.locked(ref.id, SHORT_WAIT if store.session(ref).status is Status.CLOSED else 0):
        store.require_client(ref.client)
        _closed(store, ref)


def amend(store: JsonStore, ref: RecordRef, words: str) -> Entry:
    """Add to the notes of a closed session. Raises Failed when it is not closed; InUse, Damaged, SaveFailed."""
    with store.locked(ref.id, SHORT_WAIT):
        store.require_client(ref.client)
        amendment = _amend(_closed(store, ref), words)
        store.log_event(EventType.AMENDED, ref.client, ref.id)
        return amendment


def settle(store: JsonStore, ref: RecordRef, words: str) -> Entry:
    """Note the open safety concerns of a closed session as dealt with; an amendment with these words tells of it.

    Raises Failed when it is not closed, or none is open; InUse, Damaged, SaveFailed.
    """
    from mi_cli.store.records.where_open import look_again

    with store.locked(ref.id, SHORT_WAIT):
        store.require_client(ref.client)
        held = _closed(store, ref)
        session, at = held.session, store.now()
        if not session.open_concerns:
            raise Failed(
                said(store_words, lambda words: words.no_concern_open),
                said(store_words, lambda words: words.today_names_concerns),
            )
        amendment = _amend(held, words)
        closed = (concern.replace(closed_at=concern.closed_at or at) for concern in session.safety)
        held.save_session(store.next_revision(session.replace(safety=tuple(closed))))
        look_again(store, ref.client)
        store.log_event(EventType.CONCERN_SETTLED, ref.client, ref.id)
        return amendment


def _opened(store: JsonStore, ref: RecordRef) -> HeldInterview:
    held = HeldInterview(store, ref, store.session(ref), read_notes(store, ref))
    found = (store.compare(path) for path in (store.layout.session(ref), store.layout.notes(ref)))
    held.doubts = tuple(doubt for doubt in found if doubt)
    return held


def _closed(store: JsonStore, ref: RecordRef) -> HeldInterview:
    held = _opened(store, ref)
    if held.session.status is not Status.CLOSED:
        raise Failed(
            said(store_words, lambda words: words.not_closed), said(store_words, lambda words: words.resume_goes_on)
        )
    return held


def _amend(held: HeldInterview, words: str) -> Entry:
    """Add an amendment to the notes, and save them. Raises SaveFailed."""
    store, notes = held.store, held.notes
    amendment = Entry(
        n=notes.last_n + 1,
        turn=0,
        at=store.now(),
        stage=None,
        prompt=None,
        kind=Kind.AMENDMENT,
        talk=None,
        words=words,
        by=store.who,
    )
    held.save_notes(store.next_revision(notes.with_entry(amendment)))
    return amendment
