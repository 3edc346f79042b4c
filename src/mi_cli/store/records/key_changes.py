"""Changes to `keys.json`: each is made to the file as it is now, under the store's lock, so that none undoes another.

People are asked before, without the lock. What they were asked about may be another by then; it is then refused.
"""

from collections.abc import Callable
from typing import Final

from mi_cli.errors import Failed
from mi_cli.records.terms import Protection
from mi_cli.store.disk import atomic
from mi_cli.store.disk.lock import locked
from mi_cli.store.keys.keyfile import KeyFile, WrongKey
from mi_cli.store.records.json_store import SHORT_WAIT, JsonStore
from mi_cli.store.records.log import EventType

_MEANWHILE: Final = "The keys of this store were changed meanwhile, by another command. This one changed nothing."
_AGAIN: Final = "`mi store log` tells what was done. If this is still needed, do it again."


def change_keys(store: JsonStore, edit: Callable[[KeyFile], bytes], what: EventType) -> None:
    """Read `keys.json` anew, write what `edit` makes of it, and log `what`.

    Raises Failed when the store is no longer protected, or the key that `edit` opens the file with no longer opens it;
    InUse, Damaged, SaveFailed, and whatever `edit` raises. The file is then as it was.
    """
    layout = store.layout
    atomic.make_folder(layout.locks)
    # Not `store.locked`: the passphrase may also be changed where protecting was broken off.
    with locked(layout.locks / "store.lock", store.who, store.now(), SHORT_WAIT, layout.codec):
        if layout.protection is Protection.NONE:
            raise changed_meanwhile()
        try:
            data = edit(KeyFile.read(layout.root))
        except WrongKey:
            raise changed_meanwhile() from None
        store.write_keys(data)
        store.log_event(what)


def changed_meanwhile() -> Failed:
    """The error for who was asked about keys that are others by now."""
    return Failed(_MEANWHILE, _AGAIN)
