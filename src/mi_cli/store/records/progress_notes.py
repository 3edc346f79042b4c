"""Progress notes in the store: written as a draft, signed, and then only amended.

Theory of operation. `draft` -> `signed`, and no way back. A change of a draft is one save under the note's lock, so
that each answer is on the disk before the next question. A signature covers the digest of the text. From then on
`change_draft` is refused, and `amend` adds below. A note that is not the text that was signed counts as damaged.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from mi_cli.errors import Damaged, Failed
from mi_cli.records import dates
from mi_cli.records.event_type import EventType
from mi_cli.records.matters import NOTES
from mi_cli.records.progress_note import Amendment, ProgressNote, Signature, content_digest, is_as_signed
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import NoteState
from mi_cli.store.disk import atomic
from mi_cli.store.records.json_store import JsonStore, readable
from mi_cli.store.records.where_open import add_open, look_again
from mi_cli.words.said import said
from mi_cli.words.store import store_words


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
        atomic.make_folder(store.layout.progress_note(ref).parent, store.root)
        add_open(store, added.client, f"{NOTES}/{ref.name}.json")
        store.save(store.layout.progress_note(ref), added)
        store.log_event(EventType.NOTE_WRITTEN, added.client, added.id)
    return ref


def progress_note(store: JsonStore, ref: RecordRef) -> ProgressNote:
    """Returns a progress note. Raises Damaged, also for one that is not as it was signed."""
    path = store.layout.progress_note(ref)
    read = store.load(path, ProgressNote)
    if (read.id, read.client) != (ref.id, ref.client):
        raise Damaged(store.layout.display_path(path), said(store_words, lambda words: words.another_note))
    if read.state is NoteState.SIGNED and not is_as_signed(read):
        raise Damaged(store.layout.display_path(path), said(store_words, lambda words: words.not_what_was_signed))
    return read


def progress_notes(store: JsonStore, client: str, damaged: list[Damaged]) -> list[ProgressNote]:
    """Returns a client's progress notes, newest first; what cannot be read is put into `damaged`."""
    refs = store.catalog.list_dated("progress-notes", [client], damaged)
    return readable(refs, partial(progress_note, store), damaged)


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
        path = store.layout.progress_note(ref)
        atomic.remove(path)
        store.log_event(EventType.NOTE_DELETED, ref.client, ref.id, gone=(store.layout.display_path(path),))


def change_draft(store: JsonStore, ref: RecordRef, change: Callable[[ProgressNote], ProgressNote]) -> ProgressNote:
    """Change a draft, and save it if it differs. Raises Failed for a signed note; Damaged, InUse, SaveFailed."""
    with _locked(store, ref):
        present = _draft(store, ref)
        changed = change(present)
        if changed == present:
            return present
        changed = store.next_revision(changed)
        store.save(store.layout.progress_note(ref), changed)
        return changed


def sign(store: JsonStore, ref: RecordRef, by: str, credentials: str | None) -> ProgressNote:
    """Sign a draft. Raises Failed when it is signed already; Damaged, InUse, SaveFailed."""
    with _locked(store, ref):
        present = _draft(store, ref)
        signature = Signature(by=by, credentials=credentials, at=store.now(), sha256=content_digest(present))
        signed = store.next_revision(present.replace(state=NoteState.SIGNED, signed=signature))
        store.save(store.layout.progress_note(ref), signed)
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
        amended = store.next_revision(present.replace(amendments=(*present.amendments, amendment)))
        store.save(store.layout.progress_note(ref), amended)
        store.log_event(EventType.NOTE_AMENDED, ref.client, ref.id)
        return amended


def _draft(store: JsonStore, ref: RecordRef) -> ProgressNote:
    present = progress_note(store, ref)
    if present.signed:
        signed_on = dates.day(present.signed.at)
        raise Failed(
            said(store_words, lambda words: words.note_was_signed, signed_on=signed_on),
            said(store_words, lambda words: words.note_amend_adds),
        )
    return present


def _signed(store: JsonStore, ref: RecordRef) -> ProgressNote:
    present = progress_note(store, ref)
    if present.state is not NoteState.SIGNED:
        raise Failed(
            said(store_words, lambda words: words.note_is_draft),
            said(store_words, lambda words: words.note_write_goes_on),
        )
    return present


def _locked(store: JsonStore, ref: RecordRef) -> AbstractContextManager[None]:
    return store.locked(f"progress-note-{ref.id}")
