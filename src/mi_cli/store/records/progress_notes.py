"""Progress notes in the store: written as a draft, signed, and then only amended.

Theory of operation. `draft` -> `signed`, and no way back. A change of a draft is one save under the note's lock, so
that each answer is on the disk before the next question. A signature covers the digest of the text. From then on
`change_draft` is refused, and `amend` adds below. A note that is not the text that was signed counts as damaged.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

from mi_cli.errors import Damaged, Failed
from mi_cli.records.event_type import EventType
from mi_cli.records.matters import NOTES
from mi_cli.records.progress_note import Amendment, ProgressNote, Signature, content_digest, is_as_signed
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import NoteState
from mi_cli.store.disk import atomic
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.kinds import RecordKind, that_one
from mi_cli.store.records.where_open import add_open, look_again
from mi_cli.words.days import said_day
from mi_cli.words.said import said
from mi_cli.words.store import store_words

_is_another = that_one(lambda words: words.another_note)


def _fault(note: ProgressNote, ref: RecordRef) -> str | None:
    is_changed = note.state is NoteState.SIGNED and not is_as_signed(note)
    return _is_another(note, ref) or (
        said(store_words, lambda words: words.not_what_was_signed) if is_changed else None
    )


NOTE: Final = RecordKind(lambda: ProgressNote, "progress-notes", _fault)


def add_note(store: JsonStore, added: ProgressNote) -> RecordRef:
    """Save a new draft. Raises Failed when the client is gone, and when there is a note of that; InUse, SaveFailed."""
    ref = RecordRef.new(added.client, added.served[0].from_ if added.served else added.written_at, added.id)
    with store.locked_codes():
        store.require_client(added.client)
        if note_of(store, added.client, added.session, added.contact):
            raise Failed(
                said(store_words, lambda words: words.note_there),
                said(store_words, lambda words: words.note_list_shows),
            )
        add_open(store, added.client, f"{NOTES}/{ref.name}.json")
        store.add_record(NOTE, ref, added, EventType.NOTE_WRITTEN)
    return ref


def progress_note(store: JsonStore, ref: RecordRef) -> ProgressNote:
    """Returns a progress note. Raises Damaged, also for one that is not as it was signed."""
    return store.read_record(NOTE, ref)


def progress_notes(store: JsonStore, client: str, damaged: list[Damaged]) -> list[ProgressNote]:
    """Returns a client's progress notes, newest first; what cannot be read is put into `damaged`."""
    return store.each_record(NOTE, client, damaged)


def note_of(
    store: JsonStore, client: str, session: str | None, contact: str | None = None
) -> tuple[RecordRef, ProgressNote] | None:
    """Returns the note of an interview or of a contact; null where there is none.

    Raises Damaged where a note cannot be read before it is found: it may be this one, and there is to be one alone.
    """
    for ref in store.catalog.named("progress-notes", [client]):
        read = progress_note(store, ref)
        if (read.session, read.contact) == (session, contact):
            return ref, read
    return None


def delete_draft(store: JsonStore, ref: RecordRef) -> None:
    """Delete a draft for good. Raises Failed for a signed note; Damaged, InUse, SaveFailed."""
    with _locked(store, ref):
        _draft(store, ref)
        path = NOTE.path(store.layout, ref)
        atomic.remove(path)
        store.log_event(EventType.NOTE_DELETED, ref.client, ref.id, gone=(store.layout.display_path(path),))


def change_draft(store: JsonStore, ref: RecordRef, change: Callable[[ProgressNote], ProgressNote]) -> ProgressNote:
    """Change a draft, and save it if it differs. Raises Failed for a signed note; Damaged, InUse, SaveFailed."""
    with _locked(store, ref):
        present = _draft(store, ref)
        changed = change(present)
        return present if changed == present else store.change_record(NOTE, ref, changed)


def sign(store: JsonStore, ref: RecordRef, by: str, credentials: str | None) -> ProgressNote:
    """Sign a draft. Raises Failed when it is signed already; Damaged, InUse, SaveFailed."""
    with _locked(store, ref):
        present = _draft(store, ref)
        signature = Signature(by=by, credentials=credentials, at=store.now(), sha256=content_digest(present))
        text = present.replace(state=NoteState.SIGNED, signed=signature, typing=None)
        signed = store.change_record(NOTE, ref, text)
        look_again(store, ref.client)
        store.log_event(EventType.NOTE_SIGNED, ref.client, ref.id)
        return signed


def require_signed(store: JsonStore, ref: RecordRef) -> None:
    """Raises, before anybody is asked for words, what `amend` would raise now: Failed, InUse, Damaged, SaveFailed."""
    with _locked(store, ref):
        _signed(store, ref)


def amend(store: JsonStore, ref: RecordRef, amendment: Amendment) -> ProgressNote:
    """Add to a signed note. Raises Failed for a draft; Damaged, InUse, SaveFailed."""
    with _locked(store, ref):
        present = _signed(store, ref)
        amended = store.change_record(NOTE, ref, present.replace(amendments=(*present.amendments, amendment)))
        store.log_event(EventType.NOTE_AMENDED, ref.client, ref.id)
        return amended


def _compared(store: JsonStore, ref: RecordRef) -> ProgressNote:
    """Returns a note that is about to change, after it was compared with the log."""
    store.compare(NOTE.path(store.layout, ref))
    return progress_note(store, ref)


def _draft(store: JsonStore, ref: RecordRef) -> ProgressNote:
    present = _compared(store, ref)
    if present.signed:
        signed_on = said_day(present.signed.at)
        raise Failed(
            said(store_words, lambda words: words.note_was_signed, signed_on=signed_on),
            said(store_words, lambda words: words.note_amend_adds),
        )
    return present


def _signed(store: JsonStore, ref: RecordRef) -> ProgressNote:
    present = _compared(store, ref)
    if present.state is not NoteState.SIGNED:
        raise Failed(
            said(store_words, lambda words: words.note_is_draft),
            said(store_words, lambda words: words.note_write_goes_on),
        )
    return present


def _locked(store: JsonStore, ref: RecordRef) -> AbstractContextManager[None]:
    return store.locked(f"progress-note-{ref.id}")
