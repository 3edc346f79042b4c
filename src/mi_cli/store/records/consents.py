"""Consents in the store: recorded, revoked, upheld; and the draft of one that is half filled in.

A consent never loses a revocation, for whomever it was, nor its end. The log remembers each consent, and this computer
what was recorded against it (`records/limits.py`): a file that is not exactly what the log tells of, or lacks such a
limit, counts as damaged and permits nothing. So does one that the log does not tell of at all: somebody put it there,
or a crash came between the consent and the log. After a look at it `mi store check --confirm` takes it into the log;
one that lacks a limit it does not. A second version, which a sync leaves of what two computers changed, counts as a
consent that cannot be read: it may tell that one was taken back at the other computer.

A consent that is gone counts as one that cannot be read: whom it named, and that they are to get nothing any more, is
gone with it. One that was revoked, for whomever, stays missed whatever is confirmed or set aside.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, Final

from mi_cli.errors import Damaged, Failed
from mi_cli.records.consent import Consent, Ended, Revoked, TakenBack, Upheld
from mi_cli.records.event_type import EventType
from mi_cli.records.limits import ENDED, consents_revoked
from mi_cli.records.name_matching import is_visible
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import DocumentLabel
from mi_cli.store.disk.strangers import second_versions
from mi_cli.store.records.clients import save_birth_date, save_identity
from mi_cli.store.records.json_store import JsonStore, readable
from mi_cli.store.records.kinds import RecordKind, that_one
from mi_cli.store.records.ledger import sharing_locked
from mi_cli.store.records.log import LogReading
from mi_cli.store.records.memory import Saved
from mi_cli.store.records.standing import difference, how_to_confirm
from mi_cli.words.days import said_day
from mi_cli.words.disk import disk_words
from mi_cli.words.said import said
from mi_cli.words.store import store_words

CONSENT: Final = RecordKind(lambda: Consent, "consents", that_one(lambda words: words.another_consent))
DRAFT_SCHEMA: Final = "mi.consent-draft/1"


def consents(store: JsonStore, client: str, damaged: list[Damaged] | None = None) -> list[Consent]:
    """Returns a client's consents, newest first.

    One that cannot be read, is older than the log says, or is gone, is put into `damaged`; without it, Damaged is
    raised.
    """
    reading = store.log.reading()
    refs = store.catalog.list_dated(CONSENT.place, [client], damaged)
    present = {store.layout.display_path(store.layout.consent(ref)) for ref in refs}
    for fault in (*_missing(store, client, present, reading), *_second_versions(store, client)):
        if damaged is None:
            raise fault
        damaged.append(fault)

    def as_logged(ref: RecordRef) -> Consent:
        read = consent(store, ref)
        require_as_logged(store, ref, read, reading)
        return read

    return readable(refs, as_logged, damaged)


def _missing(store: JsonStore, client: str, present: set[str], reading: LogReading) -> Iterator[Damaged]:
    """Yields an error for each of the client's consents that the log tells of and that is not there."""
    folder = f"{store.layout.display_path(store.layout.client(client))}/consents/"
    revoked = consents_revoked(store.witness.limits(reading.limits))
    for shown in sorted(reading.consents):
        missed = shown in reading.saved or RecordRef(Path(shown).stem, client).id in revoked
        if shown.startswith(folder) and shown not in present and missed:
            yield Damaged(
                shown,
                said(store_words, lambda words: words.gone),
                said(store_words, lambda words: words.backup_may_have_it_check),
            )


def _second_versions(store: JsonStore, client: str) -> Iterator[Damaged]:
    """Yields an error for each second version of one of the client's consents. Raises Damaged."""
    for path in second_versions(store.layout, store.layout.client(client) / CONSENT.place):
        yield Damaged(store.layout.display_path(path), said(store_words, lambda words: words.second_version))


def require_as_logged(store: JsonStore, ref: RecordRef, read: Consent, reading: LogReading) -> None:
    """Raise Damaged for a consent that is not what the log tells of, or lacks what was recorded against it."""
    shown = store.layout.display_path(store.layout.consent(ref))
    if lacking := read.lacks(store.witness.limits(reading.limits)):
        if read.id in lacking:
            raise Damaged(
                shown,
                said(disk_words, lambda words: words.taken_back),
                said(disk_words, lambda words: words.take_back_again),
            )
        raise Damaged(
            shown, said(disk_words, lambda words: words.narrowed), said(disk_words, lambda words: words.narrow_again)
        )
    known = reading.consents.get(shown)
    if known is None:
        raise Damaged(shown, said(store_words, lambda words: words.log_silent), how_to_confirm())
    if read.revision < known.revision:
        raise Damaged(shown, said(store_words, lambda words: words.older_consent_there))
    document = store.layout.read(store.layout.consent(ref))
    if why := difference(Saved.of(read.revision, document), known, newer=False):
        raise Damaged(shown, why, how_to_confirm())


def told_by_the_log_alone() -> tuple[str, ...]:
    """Returns the reasons for which a consent permits nothing although the file itself is as it was saved."""
    return (
        said(disk_words, lambda words: words.taken_back),
        said(disk_words, lambda words: words.narrowed),
        said(store_words, lambda words: words.log_silent),
        said(store_words, lambda words: words.log_silent_on_version),
    )


def consent(store: JsonStore, ref: RecordRef) -> Consent:
    """Returns a consent. Raises Damaged."""
    return store.read_record(CONSENT, ref)


def add_consent(store: JsonStore, added: Consent) -> None:
    """Record a consent. Raises Failed when the client is gone; InUse, SaveFailed."""
    ref = RecordRef.new(added.client, added.created_at, added.id)
    with store.locked_codes(), sharing_locked(store, added.client):
        store.add_record(CONSENT, ref, added, EventType.CONSENT_RECORDED)


def revoke(store: JsonStore, ref: RecordRef, how: str) -> Consent:
    """Revoke a consent: nothing more is passed on under it. Raises Failed when it is revoked; InUse, SaveFailed."""

    def revoked(present: Consent) -> Consent:
        on_file = _others_on_file(store, ref)
        return present.replace(revoked=Revoked(at=store.now(), how=how, recorded_by=store.who, on_file=on_file))

    return _change(store, ref, EventType.CONSENT_TAKEN_BACK, revoked, lambda _: ref.id)


def take_back_for(store: JsonStore, ref: RecordRef, recipient: str, how: str) -> Consent:
    """Revoke a consent for one of its recipients. Raises Failed when it is revoked already; InUse, SaveFailed."""

    def narrowed(present: Consent) -> Consent:
        on_file = _others_on_file(store, ref)
        back = TakenBack(recipient=recipient, at=store.now(), how=how, recorded_by=store.who, on_file=on_file)
        return present.replace(taken_back=(*present.taken_back, back))

    return _change(store, ref, EventType.CONSENT_NARROWED, narrowed, lambda present: present.limit_for(recipient))


def end(store: JsonStore, ref: RecordRef, on: date) -> Consent:
    """Record that the event came about that a consent was to end with. Raises Failed when it is revoked already."""

    def ended(present: Consent) -> Consent:
        return present.replace(ended=Ended(on=on, at=store.now(), recorded_by=store.who))

    return _change(store, ref, EventType.CONSENT_ENDED, ended, lambda _: f"{ref.id}{ENDED}")


def uphold(store: JsonStore, ref: RecordRef, after: Iterable[str]) -> Consent:
    """Record that the client upholds this consent after the consents with the ids in `after` were revoked.

    Raises Failed when it was revoked itself; InUse, Damaged, SaveFailed.
    """

    def upheld(present: Consent) -> Consent:
        statements = (Upheld(after=other, at=store.now(), recorded_by=store.who) for other in after)
        return present.replace(upheld=(*present.upheld, *statements))

    return _change(store, ref, EventType.CONSENT_UPHELD, upheld)


def _change(
    store: JsonStore,
    ref: RecordRef,
    event: EventType,
    change: Callable[[Consent], Consent],
    limit: Callable[[Consent], str | None] = lambda _: None,
) -> Consent:
    """Change a consent, and log it with the mark of the limit that this sets (`records/limits.py`).

    Raises Failed when it is revoked; InUse, Damaged, SaveFailed.
    """
    with sharing_locked(store, ref.client):
        present = consent(store, ref)
        refuse_revoked(present)
        changed = store.change_record(CONSENT, ref, change(present))
        store.log_event(event, ref.client, ref.id, limit=limit(present))
        return changed


def _others_on_file(store: JsonStore, ref: RecordRef) -> tuple[str, ...]:
    """Returns the ids of the client's other consents."""
    return tuple(other.id for other in store.catalog.list_dated(CONSENT.place, [ref.client]) if other != ref)


def refuse_revoked(given: Consent) -> None:
    """Raise Failed for a consent that was revoked."""
    if given.revoked:
        raise Failed(
            said(store_words, lambda words: words.was_taken_back, day=said_day(given.revoked.at)),
            said(store_words, lambda words: words.nothing_more_goes_out),
        )


def save_draft(store: JsonStore, client: str, answers: Mapping[str, Any]) -> None:
    """Save the answers for a consent that is half filled in. Raises Failed when the client is gone; SaveFailed."""
    with _draft_locked(store, client):
        store.require_client(client)
        document = json.dumps({**answers, "client": client}, ensure_ascii=False).encode("utf-8", "replace")
        store.write(store.layout.consent_draft(client), DocumentLabel(DRAFT_SCHEMA, client), document)


def draft(store: JsonStore, client: str) -> dict[str, Any] | None:
    """Returns the saved draft; null for none. Raises Damaged, also for that of another client.

    Version 0.1.0 did not write whose it is.
    """
    path = store.layout.consent_draft(client)
    try:
        answers = store.layout.read_json(path)
    except FileNotFoundError:
        return None
    if answers.pop("client", client) != client:
        raise Damaged(store.layout.display_path(path), said(store_words, lambda words: words.another_client))
    return answers


def has_draft(store: JsonStore, client: str) -> bool:
    """Whether a draft is kept. Raises SaveFailed when that cannot be told."""
    return atomic.is_there(store.layout.consent_draft(client))


def drop_draft(store: JsonStore, client: str) -> None:
    """Delete the draft: it was recorded, or is no longer wanted. Raises InUse, SaveFailed."""
    with _draft_locked(store, client):
        atomic.remove(store.layout.consent_draft(client))


def set_draft_aside(store: JsonStore, client: str) -> None:
    """Move a draft that cannot be read to the quarantine. Raises InUse, SaveFailed."""
    with _draft_locked(store, client):
        store.quarantine().move(store.layout.consent_draft(client))


def _draft_locked(store: JsonStore, client: str) -> AbstractContextManager[None]:
    return store.locked(f"consent-draft-{client}")


def name_on_file(store: JsonStore, client: str, damaged: list[Damaged] | None = None) -> str | None:
    """Returns the client's name, or None where none is noted.

    A record that cannot be read is put into `damaged`; without that list, Damaged is raised.
    """
    try:
        identity = store.identity(client)
    except Damaged as error:
        if damaged is None:
            raise
        damaged.append(error)
        return None
    return identity.name if identity and is_visible(identity.name) else None


def birth_date_on_file(store: JsonStore, client: str) -> date | None:
    """Returns the client's birth date, or None where none is noted. Raises Damaged."""
    identity = store.identity(client)
    return identity.born_on if identity else None


def note_identity(store: JsonStore, added: Consent, born_on: date | None) -> None:
    """Notes the name in a consent as the client's, and the birth date on the paper, where none is on file.

    Raises Damaged, InUse, SaveFailed.
    """
    if is_visible(added.patient_name) and name_on_file(store, added.client) is None:
        save_identity(store, added.client, added.patient_name)
    if born_on and birth_date_on_file(store, added.client) is None:
        save_birth_date(store, added.client, born_on)
