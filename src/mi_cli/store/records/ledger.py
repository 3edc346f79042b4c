"""How far a client's log of disclosures goes, and how a delivery that was broken off is brought to its end.

A delivery goes: ledger (it begins), temporary file, entry, rename, ledger (it is done). After a crash the ledger tells
that one was under way, and what is on the disk tells how far it got. An entry, once written, is never rewritten.
"""

import os
from collections.abc import Iterator
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

_LOCK: Final = "sharing-"


@contextmanager
def sharing_locked(store: JsonStore, client: str, wait: float = SHORT_WAIT) -> Iterator[None]:
    """While it is held, no consent of this client is added or taken back, and nothing is passed on. Raises InUse."""
    with store.locked(f"{_LOCK}{client}", wait):
        with suppress(Damaged, SaveFailed):  # who needs the ledger reads it, and is told
            finish_delivery(store, client, give_up=True)
        yield


def finish_interrupted_deliveries(store: JsonStore) -> None:
    """Bring deliveries that a crash broke off to their end. What is in use, or cannot be mended now, is left."""
    try:
        names = os.listdir(store.layout.locks)
    except OSError:
        return
    for name in names:  # the file of a lock outlives its process only in a crash
        client = name.removeprefix(_LOCK).removesuffix(".lock")
        if name.startswith(_LOCK) and is_id(client):
            _mend_one(store, client)


def mend_all(store: JsonStore) -> None:
    """As `mend`, of every client: an earlier version left some under way without a crash."""
    finish_interrupted_deliveries(store)
    with suppress(Damaged):
        for client in store.catalog.client_ids():
            with suppress(Damaged, FileNotFoundError):
                if store.layout.read_json(store.layout.ledger(client)).get("under_way"):
                    _mend_one(store, client)


def _mend_one(store: JsonStore, client: str) -> None:
    with suppress(InUse, SaveFailed), sharing_locked(store, client, wait=0):
        pass


def ledger(store: JsonStore, client: str) -> Ledger | None:
    """How far a client's log goes; null if nothing was ever passed on. Raises Damaged, also when it is gone."""
    path = store.layout.ledger(client)
    found = store.find(path, Ledger)
    if found and found.client != client:
        raise Damaged(store.layout.display_path(path), "it is another client's record")
    if found and found.under_way and not _is_ours(found.under_way):
        raise Damaged(store.layout.display_path(path), "it tells of a file that no delivery makes")
    if found is None and any(store.catalog.named("disclosures", [client])):
        raise Damaged(store.layout.display_path(path), "it is gone")
    return found


def finish_delivery(store: JsonStore, client: str, *, give_up: bool = False) -> Ledger | None:
    """Bring a delivery that is under way to its end; the ledger, with none under way. The lock is held.

    No entry: nothing was passed on, and the temporary file goes. An entry whose document is still in the temporary file
    never came, and gets an entry beside it that says so. Otherwise it counts as delivered: a file that is gone may have
    been there. So does one whose place cannot be looked at (a stick that was pulled out, a name that is too long); the
    entry beside it says that.

    Raises Damaged; SaveFailed, also when the temporary file cannot be taken away: the next call tries once more. With
    `give_up` it is then left where it is, so that nothing that is wrong with that place blocks what comes next.
    """
    known = ledger(store, client)
    if known is None or known.under_way is None:
        return known
    delivery = known.under_way
    entry = store.find(store.layout.disclosure(client, delivery.entry), Disclosure)
    beside = store.layout.disclosure(client, delivery.not_delivered)
    remark = store.find(beside, Disclosure)
    if entry and not remark and (event := _came_to(delivery)) is not Event.DISCLOSED:
        remark = _remark(store, entry, event, RecordRef(delivery.not_delivered, client).id)
        store.save(beside, remark)
    if delivery.temporary:
        with suppress(*((SaveFailed,) if give_up else ())):
            atomic.remove(Path(delivery.temporary))
    settled = store.next_revision(known).replace(under_way=None)
    if last := remark or entry:
        settled = settled.replace(seq=last.seq, last_hash=last.hash)
    store.save(store.layout.ledger(client), settled)
    return settled


def _remark(store: JsonStore, entry: Disclosure, event: Event, entry_id: str) -> Disclosure:
    """The entry that says of another that its document never came, or that this cannot be told."""
    fresh = store.new_head(Disclosure, entry_id)
    return entry.replace(**fresh, seq=entry.seq + 1, event=event, of=entry.seq, by=store.who, prev_hash=entry.hash)


def _is_ours(delivery: Delivery) -> bool:
    """Whether its temporary file is one of a delivery: it comes from a file, and is taken away."""
    if delivery.path is None or delivery.temporary is None:
        return delivery.path is delivery.temporary
    return atomic.is_temporary_for(Path(delivery.path), Path(delivery.temporary))


def _came_to(delivery: Delivery) -> Event:
    """What became of a document that was logged, as far as its place tells."""
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
