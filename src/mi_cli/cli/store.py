"""`mi store`: the folder with the records."""

from typing import ClassVar

from mi_cli.cli.lazy_group import Command, LazyGroup
from mi_cli.cli.options import command_group


class _Commands(LazyGroup):
    table: ClassVar = {
        "backup": Command("backup", "Put everything into one file, and read it back."),
        "restore": Command("backup", "Bring back what a backup has."),
        "init": Command("store_upkeep", "Make the store."),
        "info": Command("store_upkeep", "Where the store is and what it holds."),
        "check": Command("store_upkeep", "Read everything and name what is wrong."),
        "protect": Command("store_upkeep", "Put the records under a passphrase."),
        "unprotect": Command("store_upkeep", "Take the passphrase off."),
        "passphrase": Command("store_upkeep", "Give the store another passphrase."),
        "recovery": Command("store_upkeep", "Make a recovery sheet."),
        "recover": Command("store_upkeep", "Open the store with the recovery sheet."),
        "log": Command("store_log", "What was done, by whom and when, newest first."),
        "trash": Command("store_upkeep", "What was deleted, until it is purged."),
        "aside": Command("store_aside", "What was set aside: damaged, replaced, or copied."),
    }


app = command_group("The folder with the records.", cls=_Commands)
app.callback()(lambda: None)
