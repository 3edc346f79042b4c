"""The members of the program, who may get a handoff without a consent (42 CFR 2.12(c)(3)).

Theory of operation. Whoever could add a name here could have a whole plan sent to themselves. So the names stand in
`clients.json`, which a protected store authenticates and which this computer remembers, and each change is logged. In a
plain store nothing authenticates them but the log: there they count only as the log tells of them, and not in a version
that it does not know.
"""

from mi_cli.errors import Damaged
from mi_cli.records.event_type import EventType
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.standing import difference, how_to_confirm
from mi_cli.words.said import said
from mi_cli.words.store import store_words


def members(store: JsonStore) -> tuple[str, ...]:
    """Returns the names of the members. Raises Damaged, also where the log of a plain store does not tell of them."""
    named = store.clients().members
    if named and store.keys.mark is None:
        codes = store.layout.codes
        known, present = store.log.reading().saved.get(codes.name), store.version(codes)
        why = (
            difference(present, known, newer=False)
            if known and present
            else said(store_words, lambda words: words.log_silent)
        )
        if why:
            raise Damaged(store.layout.display_path(codes), why, how_to_confirm())
    return named


def set_members(store: JsonStore, names: tuple[str, ...]) -> None:
    """Have these names as the members, and log it. Raises Damaged, InUse, SaveFailed."""
    with store.locked_codes():
        if store.clients().members != names:
            store.change_held_clients(lambda record: record.replace(members=names))
            store.log_event(EventType.MEMBERS_CHANGED)
