"""Reads everything in a store and names what is wrong. Changes nothing."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mi_cli.errors import Damaged
from mi_cli.records.client import Client, Codes, Identity, StoreInfo
from mi_cli.records.plan import Plan
from mi_cli.store import trash
from mi_cli.store.files import JsonStore
from mi_cli.store.layout import SessionRef
from mi_cli.store.notes import read_notes


@dataclass(frozen=True)
class Finding:
    """Something wrong: which file, what about it, and what to do. `damaged` when a record cannot be read."""

    what: str
    why: str
    hint: str = ""
    damaged: bool = False


@dataclass(frozen=True)
class Checked:
    """What was looked at, and what was found."""

    records: int
    findings: tuple[Finding, ...]


def check(store: JsonStore) -> Checked:
    """Open every record and see that they fit together."""
    counted = 0
    findings: list[Finding] = []
    for result in _each(store):
        if result is None:
            counted += 1
        else:
            findings.append(result)
    return Checked(counted, tuple(findings))


def _each(store: JsonStore) -> Iterator[Finding | None]:
    """A finding, or null for a record that is sound."""
    layout = store.layout
    yield _damage(lambda: store.load(layout.info, StoreInfo))
    yield _damage(lambda: store.load(layout.codes, Codes))
    yield from _open_to_others(store)
    try:
        codes = layout.read_codes()
    except Damaged:
        codes = {}
    folders = set(layout.client_ids())
    for client in sorted(set(codes.values()) - folders):
        yield Finding(f"clients/{client}", "a code names it, but it is gone", "`mi store trash list` may have it.")
    for client in sorted(folders):
        if client not in codes.values():
            yield Finding(f"clients/{client}", "no code names it", "It is kept. `mi store trash list` may tell more.")
        yield from _each_of_client(store, client)
    known = {item.id for item in trash.items(store)}
    for name in sorted(os.listdir(layout.trash)) if layout.trash.is_dir() else []:
        if name not in known:
            yield Finding(f"trash/{name}", "its description cannot be read", "Look into it by hand.", damaged=True)


def _each_of_client(store: JsonStore, client: str) -> Iterator[Finding | None]:
    layout = store.layout
    folder = layout.client(client)
    yield _damage(lambda: store.load(folder / "client.json", Client))
    if (folder / "identity.json").exists():
        yield _damage(lambda: store.load(folder / "identity.json", Identity))
    if layout.plan(client).exists():
        yield _damage(lambda: store.load(layout.plan(client), Plan))
    refs = layout.sessions([client])
    for ref in refs:
        yield _damage(partial(store.session, ref))
        yield _damage(partial(read_notes, store, ref))
    begun = {layout.notes(ref).name for ref in refs}
    for path in sorted((folder / "notes").glob("*.json")) if (folder / "notes").is_dir() else []:
        if path.name not in begun:
            yield _orphan(store, path, client)


def _orphan(store: JsonStore, path: Path, client: str) -> Finding:
    """Notes whose interview is not there: a crash at the very start of one leaves them, empty."""
    try:
        empty = not read_notes(store, SessionRef(path.stem, client)).entries
    except Damaged as damaged:
        return Finding(damaged.what, damaged.why, "It is kept.", damaged=True)
    why = "an interview that never began left it; nothing was said" if empty else "its interview's record is gone"
    return Finding(store.layout.shown(path), why, "" if empty else "`mi store trash list` may have it.")


def _open_to_others(store: JsonStore) -> Iterator[Finding]:
    if os.name != "posix":
        return
    for path in (store.layout.root, store.layout.clients):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            name = "." if path == store.layout.root else store.layout.shown(path)
            yield Finding(name, "other users of this computer can look into it", "`chmod -R go= ` it.")


def _damage(read: Callable[[], object]) -> Finding | None:
    try:
        read()
    except Damaged as damaged:
        return Finding(damaged.what, damaged.why, "It is kept as it is.", damaged=True)
    return None
