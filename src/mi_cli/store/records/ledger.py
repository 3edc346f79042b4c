"""The ledger of a client's disclosures, and how an interrupted delivery is finished.

Theory of operation: log before delivery. A document is delivered in five steps (`disclosures.deliver`):

1. The ledger says that a delivery is under way, with the paths of the entry, the target and the temporary file.
2. The document is written to the temporary file, beside the target.
3. The entry is written to the log of disclosures.
4. The temporary file is renamed to the target: the document has left.
5. The ledger says that nothing is under way, with the number and the hash of the last entry.

So nothing leaves unlogged. After a crash the ledger tells that a delivery was under way, and `finish_delivery` tells by
the files how far it got:

    no entry                              ->  nothing was passed on (crash before step 3)
    entry, and the temporary file exists  ->  it was not delivered (before step 4): a second entry says so
    entry, and no temporary file          ->  it was delivered: a target that is gone may have been there
    entry, and the place cannot be read   ->  it counts as delivered, and a second entry says that this is uncertain

An entry, once written, is never rewritten; what becomes known later is a further entry. The lock `sharing-<client>` is
held from step 1 to step 5, and whoever takes it next finishes what was interrupted.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from mi_cli.errors import Damaged, InUse, SaveFailed
from mi_cli.records.disclosure import Delivery, Disclosure, Ledger
from mi_cli.records.names import is_id
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import Event
from mi_cli.store.disk import atomic
from mi_cli.store.records.json_store import SHORT_WAIT, JsonStore
from mi_cli.store.records.kinds import RecordKind, of_client, that_one
from mi_cli.words.said import said
from mi_cli.words.store import store_words

SHARING: Final = "sharing-"


def _is_ours(delivery: Delivery) -> bool:
    """Whether the temporary file is named as a delivery names it: the path was read from a file, and is deleted."""
    if delivery.path is None or delivery.temporary is None:
        return delivery.path is delivery.temporary
    return atomic.is_temporary_for(Path(delivery.path), Path(delivery.temporary))


def _fault(ledger: Ledger, ref: RecordRef) -> str | None:
    is_foreign = ledger.under_way is not None and not _is_ours(ledger.under_way)
    return of_client(ledger, ref) or (
        said(store_words, lambda words: words.ledger_names_a_file) if is_foreign else None
    )


LEDGER: Final = RecordKind(lambda: Ledger, "ledger.json", _fault)
ENTRY: Final = RecordKind(lambda: Disclosure, "disclosures", that_one(lambda words: words.another_entry))


@contextmanager
def sharing_locked(store: JsonStore, client: str, wait: float = SHORT_WAIT) -> Iterator[None]:
    """Hold the lock under which no consent of this client changes and nothing is passed on. Raises InUse."""
    with store.locked(f"{SHARING}{client}", wait):
        with suppress(Damaged, SaveFailed):  # whoever needs the ledger reads it, and gets the error
            finish_delivery(store, client, give_up=True)
        yield


def finish_interrupted_deliveries(store: JsonStore) -> None:
    """Finish deliveries that a crash interrupted. What is in use, or cannot be finished now, is left."""
    try:
        names = os.listdir(store.layout.locks)
    except OSError:
        return
    for name in names:  # the file of a lock outlives its process only in a crash
        client = name.removeprefix(SHARING).removesuffix(".lock")
        if name.startswith(SHARING) and is_id(client):
            _finish_client(store, client)


def finish_all_interrupted_deliveries(store: JsonStore) -> None:
    """As `finish_interrupted_deliveries`, for every client: an earlier version left some without a crash."""
    finish_interrupted_deliveries(store)
    with suppress(Damaged):
        for client in store.catalog.client_ids():
            with suppress(Damaged, FileNotFoundError):
                if store.layout.read_json(store.layout.ledger(client)).get("under_way"):
                    _finish_client(store, client)


def _finish_client(store: JsonStore, client: str) -> None:
    with suppress(InUse, SaveFailed), sharing_locked(store, client, wait=0):
        pass


def ledger(store: JsonStore, client: str) -> Ledger | None:
    """Returns a client's ledger; null if nothing was ever passed on. Raises Damaged, also when it is missing."""
    found = store.find_record(LEDGER, RecordRef("", client))
    if found is None and any(store.catalog.named(ENTRY.place, [client])):
        raise Damaged(
            store.layout.display_path(store.layout.ledger(client)), said(store_words, lambda words: words.gone)
        )
    return found


def finish_delivery(store: JsonStore, client: str, *, give_up: bool = False) -> Ledger | None:
    """Finish the delivery that is under way, if there is one; returns the ledger. The caller holds the lock.

    Raises Damaged; SaveFailed, also when the temporary file cannot be deleted: the next call tries once more. With
    `give_up` the temporary file is then left, so that a fault of its folder does not block what comes next.
    """
    present = ledger(store, client)
    if present is None or present.under_way is None:
        return present
    delivery = present.under_way
    entry = store.find_record(ENTRY, RecordRef(delivery.entry, client))
    not_delivered = RecordRef(delivery.not_delivered, client)
    remark = store.find_record(ENTRY, not_delivered)
    if entry and not remark and (event := _outcome(delivery)) is not Event.DISCLOSED:
        remark = _remark(store, entry, event, not_delivered.id)
        store.save(ENTRY.path(store.layout, not_delivered), remark)
    if delivery.temporary:
        with suppress(*((SaveFailed,) if give_up else ())):
            atomic.remove(Path(delivery.temporary))
    settled = present.replace(under_way=None)
    if last := remark or entry:
        settled = settled.replace(seq=last.seq, last_hash=last.hash)
    return store.change_record(LEDGER, RecordRef("", client), settled)


def _remark(store: JsonStore, entry: Disclosure, event: Event, entry_id: str) -> Disclosure:
    """Returns an entry that says of another one that it was not delivered, or that this is uncertain."""
    fresh = store.new_head(Disclosure, entry_id)
    return entry.replace(**fresh, seq=entry.seq + 1, event=event, of=entry.seq, by=store.who, prev_hash=entry.hash)


def _outcome(delivery: Delivery) -> Event:
    """Returns what became of a logged document, as far as the files tell."""
    if delivery.path is None or delivery.temporary is None:
        return Event.DISCLOSED
    target, temporary = Path(delivery.path), Path(delivery.temporary)
    try:
        if not _is_there(temporary):
            return Event.DISCLOSED
        return Event.DISCLOSED if _is_there(target) and temporary.samefile(target) else Event.NOT_DELIVERED
    except OSError:
        return Event.UNCERTAIN


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def chain_faults(entries: Sequence[Disclosure], ledger: Ledger | None) -> list[str]:
    """Returns what is wrong with a client's whole log, in the order of its entries; empty when nothing is."""
    faults: list[str] = []
    before: Disclosure | None = None
    for entry in entries:
        expected = before.seq + 1 if before else 1
        if entry.seq < expected:
            faults.append(said(store_words, lambda words: words.entry_twice, n=entry.seq))
        elif entry.seq == expected + 1:
            faults.append(said(store_words, lambda words: words.entry_missing, n=expected))
        elif entry.seq > expected:
            faults.append(said(store_words, lambda words: words.entries_missing, first=expected, last=entry.seq - 1))
        elif entry.prev_hash != (before.hash if before else None):
            faults.append(said(store_words, lambda words: words.entry_or_next, first=expected - 1, last=entry.seq))
        before = entry
    expected_last = (ledger.seq, ledger.last_hash) if ledger else (0, None)
    last = (before.seq, before.hash) if before else (0, None)
    if last[0] < expected_last[0]:
        faults.append(said(store_words, lambda words: words.entries_cut, first=last[0], last=expected_last[0]))
    elif last[0] > expected_last[0]:
        faults.append(said(store_words, lambda words: words.entry_unknown, n=last[0]))
    elif last != expected_last:
        faults.append(said(store_words, lambda words: words.entry_changed, n=last[0]))
    return faults
