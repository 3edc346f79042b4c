"""Passing a document on: it is logged before it is delivered, so that nothing leaves unlogged.

The five steps of a delivery, and what a crash between them leaves, are told at the head of `ledger.py`. Before the
first step, and under the lock, the store must be as this computer knows it (`standing.py`), the gate is asked again
with the consents as they are now, and the plan must be the one that the document was made of: words that were taken out
of it while the document was made do not go out.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from mi_cli.errors import Damaged, Failed, MiError, Refused, WrongUsage
from mi_cli.records.consent import Consent
from mi_cli.records.disclosure import Delivery, Disclosure, Ledger
from mi_cli.records.event_type import EventType
from mi_cli.records.names import replace_surrogates
from mi_cli.records.permit import Permit
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import Category
from mi_cli.store.disk import atomic
from mi_cli.store.disk.door import read
from mi_cli.store.disk.system import sync_folder
from mi_cli.store.records.consents import consents
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import ENTRY, finish_delivery, sharing_locked
from mi_cli.store.records.memory import Saved
from mi_cli.store.records.outside import target_outside
from mi_cli.words.said import said
from mi_cli.words.sharing import sharing_words
from mi_cli.words.store import store_words


class Judge(Protocol):
    """What asks the gate."""

    def __call__(self, consents: Sequence[Consent], /, *, unread: bool) -> Permit:
        """Returns the permit; `unread` says that there are consents beside these, which cannot be read."""


@dataclass(frozen=True)
class Outgoing:
    """A finished document: its bytes, its format, what is in it, the ids of its goals, and the notice on it.

    `content_sha256` is that of what it tells, whatever the format.
    `made_of` is what `sources` gave before they were read; null for a document that is made of nothing in the store.
    """

    content: bytes
    format: str
    what: frozenset[Category]
    goals: tuple[str, ...] = ()
    notice_version: str | None = None
    content_sha256: str | None = None
    made_of: tuple[Saved | None, ...] | None = None


def sources(store: JsonStore, client: str) -> tuple[Saved | None, ...]:
    """Returns which plan and which name there are now, to see later whether they are the same. Raises Damaged."""
    return tuple(map(store.version, (store.layout.plan(client), store.layout.client(client) / "identity.json")))


def deliver(
    store: JsonStore, permit: Permit, judge: Judge, document: Outgoing, target: Path, *, overwrite: bool = False
) -> Disclosure:
    """Log what is permitted, and put the document at `target`; returns the entry in the log.

    `judge` is asked again, with the consents as they are now: with one revoked since, nothing is passed on. Raises
    Refused; Failed when `target` exists and `overwrite` is false, for what is no ordinary file, and where nothing can
    be written; WrongUsage for a path within the store; InUse, Damaged, SaveFailed. In each case nothing was delivered.
    """
    target = target_outside(store.layout.root, _checked(target)).absolute()
    temporary = atomic.temporary_for(target)
    with sharing_locked(store, permit.client):
        entry, ledger = _prepared(store, permit, judge, document, (target, temporary))
        if not overwrite and atomic.is_there(target):
            raise _target_exists()
        try:
            store.save(store.layout.ledger(permit.client), ledger)
            try:
                atomic.write_new(temporary, document.content)
                store.save(_path(store, entry), entry)
                _move_to_target(temporary, target, overwrite=overwrite)
            except OSError as error:
                raise atomic.save_failed(error) from error
        except (MiError, KeyboardInterrupt):
            with suppress(MiError):  # report the first error; if cleaning up fails too, the next start does it
                finish_delivery(store, permit.client)
            raise
        with suppress(MiError):  # it is delivered and logged; the next start updates the ledger
            finish_delivery(store, permit.client)
        store.log_event(EventType.PASSED_ON, permit.client, entry.id)
        return entry


def print_out(
    store: JsonStore, permit: Permit, judge: Judge, document: Outgoing, write: Callable[[bytes], object]
) -> Disclosure:
    """Log what is permitted, then write the document out, where nobody can say whether it arrives. As `deliver`.

    It is written without a lock: whoever reads it may take an hour, and a consent must be revocable meanwhile.
    """
    with sharing_locked(store, permit.client):
        entry, ledger = _prepared(store, permit, judge, document, None)
        store.save(store.layout.ledger(permit.client), ledger)
        store.save(_path(store, entry), entry)
        finish_delivery(store, permit.client)
        store.log_event(EventType.PASSED_ON, permit.client, entry.id)
    write(document.content)
    return entry


def entries(store: JsonStore, client: str, damaged: list[Damaged] | None = None) -> list[Disclosure]:
    """A client's log, oldest first.

    One that cannot be read is put into `damaged`; without it, Damaged is raised.
    """
    return sorted(store.each_record(ENTRY, client, damaged), key=lambda entry: entry.seq)


def file_state(entry: Disclosure) -> str:
    """Returns `same`, `changed` or `gone`: the entry's document now; `printed` if it went to standard output."""
    if entry.path is None:
        return "printed"
    try:
        content = read(Path(entry.path))
    except OSError:
        return "gone"
    return "same" if sha256(content).hexdigest() == entry.file_sha256 else "changed"


def file_as_sent(entry: Disclosure) -> bytes | None:
    """Returns the entry's document, if it still is where it went and as it went out; else null."""
    try:
        content = read(Path(entry.path)) if entry.path else b""
    except OSError:
        return None
    return content if sha256(content).hexdigest() == entry.file_sha256 else None


def _checked(target: Path) -> Path:
    if str(target) != replace_surrogates(str(target)):
        raise WrongUsage(
            said(store_words, lambda words: words.name_not_utf8),
            said(store_words, lambda words: words.give_another_name),
        )
    return target


def _target_exists() -> Failed:
    return Failed(
        said(store_words, lambda words: words.file_there), said(store_words, lambda words: words.file_as_it_was)
    )


def _prepared(
    store: JsonStore, permit: Permit, judge: Judge, document: Outgoing, files: tuple[Path, Path] | None
) -> tuple[Disclosure, Ledger]:
    """Returns the entry to write, and the ledger to save first, which says that it is under way. The lock is held."""
    store.require_client(permit.client)
    store.witness.require_confirmed(store.now(), permit.client)
    damaged: list[Damaged] = []
    on_file = consents(store, permit.client, damaged)
    if judge(on_file, unread=bool(damaged)) != permit:
        raise Refused(
            said(store_words, lambda words: words.permission_changed), said(store_words, lambda words: words.try_again)
        )
    if document.made_of not in (None, sources(store, permit.client)):
        raise Refused(
            said(sharing_words, lambda words: words.made_of_meanwhile),
            said(sharing_words, lambda words: words.try_again),
        )
    if not document.what <= permit.categories:
        raise Refused(
            said(store_words, lambda words: words.more_than_permitted),
            said(store_words, lambda words: words.please_report),
        )
    present = finish_delivery(store, permit.client)
    ledger = store.next_revision(present) if present else Ledger(**store.new_head(Ledger), client=permit.client)
    recipient = permit.recipient
    entry = Disclosure(
        **store.new_head(Disclosure),
        client=permit.client,
        seq=ledger.seq + 1,
        by=store.who,
        basis=permit.basis,
        consent=permit.consent.id if permit.consent else None,
        recipient=recipient.name if recipient else None,
        as_one_of=permit.as_one_of,
        organization=recipient.organization if recipient else None,
        address=recipient.address if recipient else None,
        purpose=permit.purpose,
        purpose_text=permit.purpose_text,
        what=tuple(sorted(document.what)),
        goals=document.goals,
        format=document.format,
        path=str(files[0]) if files else None,
        file_sha256=sha256(document.content).hexdigest(),
        content_sha256=document.content_sha256,
        notice_version=document.notice_version,
        consent_copy=permit.consent is not None,
        prev_hash=ledger.last_hash,
    )
    atomic.make_folder(_path(store, entry).parent, store.root)
    under_way = Delivery(
        entry=_name(entry, entry.id),
        not_delivered=_name(entry, store.new_id()),
        path=entry.path,
        temporary=str(files[1]) if files else None,
    )
    return entry, ledger.replace(under_way=under_way)


def _name(entry: Disclosure, entry_id: str) -> str:
    return RecordRef.new(entry.client, entry.created_at, entry_id).name


def _path(store: JsonStore, entry: Disclosure) -> Path:
    return ENTRY.path(store.layout, RecordRef(_name(entry, entry.id), entry.client))


def _move_to_target(temporary: Path, target: Path, *, overwrite: bool) -> None:
    """Rename the document to its target. Raises Failed when a file has appeared there meanwhile; OSError."""
    if overwrite:
        os.replace(temporary, target)
    else:
        try:
            os.link(temporary, target)  # as a rename, but it fails where a file exists
        except FileExistsError:
            raise _target_exists() from None
        except OSError:  # a file system without links
            if atomic.is_there(target):
                raise _target_exists() from None
            os.rename(temporary, target)
    with suppress(OSError):  # it is delivered and logged; at worst a power cut removes the file
        sync_folder(target.parent)
