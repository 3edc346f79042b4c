"""What `mi doctor` says of the store in English."""

from typing import Final

from mi_cli.records.text_keys import SyncKind
from mi_cli.words.health.model import HealthWords

EN: Final = HealthWords(
    not_writable="The folder may not be written to: nothing can be saved in it.",
    shared={
        SyncKind.NETWORK: "The folder is on a network.",
        SyncKind.SYNCED: "A program copies the folder to other computers.",
    },
    one_computer="A lock here binds no other computer: open each interview on one only.",
    copies=(
        "1 copy that a sync left: `mi store check` names it, `--repair` sets it aside.",
        "{count} copies that a sync left: `mi store check` names them, `--repair` sets them aside.",
    ),
    temporary=(
        "1 temporary file of a save that was cut off: the next interview sweeps it away.",
        "{count} temporary files of a save that was cut off: the next interview sweeps them away.",
    ),
    little_space="Only {free} MB are free on the disk.",
    clock="The latest interview begins later than it is now: is the clock of this computer right?",
    no_backup="There is no backup yet: `mi store backup FILE` makes one.",
    old_backup="The last backup is {days} days old: `mi store backup FILE` makes one.",
    unprotected=(
        "The store is unprotected: it was made where nobody could be asked. `mi store protect` adds a passphrase."
    ),
    no_sheet="There is no recovery sheet: a lost passphrase would lose everything. `mi store recovery` makes one.",
    wrong_tries=(
        "A wrong passphrase was given once since the last change.",
        "A wrong passphrase was given {count} times since the last change.",
    ),
)
