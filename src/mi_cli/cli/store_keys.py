"""Which keys open the store of a command.

A plain store needs none. A protected one asks for its passphrase, and is brought up if version 0.1.0 left it half
protected. A plain store that was made where nobody could be asked for a passphrase asks, at a terminal, whether it is
to have one.

`mi_cli.cli.context` is given `keys_of_store` instead of importing it: asking needs a context itself.
"""

import sys

from mi_cli.cli.context import Context
from mi_cli.records.terms import Protection
from mi_cli.store.keys.protocols import NO_KEYS, Keys
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.log import Log
from mi_cli.store.records.standing import Witness
from mi_cli.terminal.system import hide_memory, is_terminal


def keys_of_store(context: Context) -> Keys:
    """Returns the keys of the store that is there. Raises Locked, Damaged, Interrupted."""
    layout = Catalog(context.root)
    protection = layout.protection
    # The imports below load the cryptography, which a list of a plain store does without.
    if protection is not Protection.NONE:
        from mi_cli.cli.unlock import unlocked

        hide_memory()
        if Witness(layout, Log(layout.layout), context.memory.at(context.root), NO_KEYS).plain:
            from mi_cli.store.upkeep.confirm import put_plain_back

            if put_plain_back(context.store_with(NO_KEYS)):
                return NO_KEYS
        keys = unlocked(context)
        if protection is not Protection.PASSPHRASE:
            from mi_cli.cli.protecting import finish_protecting

            finish_protecting(context, keys)
        return keys
    if context.interactive and is_terminal(sys.stdout) and layout.protection_undecided:
        from mi_cli.cli.first_use import decide

        return decide(context)
    return NO_KEYS
