"""What `mi doctor` says of the store in English."""

from typing import Final

from mi_cli.records.text_keys import SyncKind
from mi_cli.words.health.model import HealthWords

EN: Final = HealthWords(
    not_writable="mi cannot write to the folder: nothing can be saved in it.",
    shared={
        SyncKind.NETWORK: "The folder is on a network.",
        SyncKind.SYNCED: "A program copies the folder to other computers.",
    },
    one_computer="A lock on this computer does not hold on another: open each interview on one computer only.",
    copies=(
        "1 copy that a sync left: `mi store check` names it, `--repair` sets it aside.",
        "{count} copies that a sync left: `mi store check` names them, `--repair` sets them aside.",
    ),
    temporary=(
        "1 temporary file of a save that was cut off: the next interview deletes it.",
        "{count} temporary files of a save that was cut off: the next interview deletes them.",
    ),
    little_space="Only {free} MB are free on the disk.",
    clock="The latest interview begins later than it is now: is the clock of this computer right?",
    no_backup="There is no backup yet: `mi store backup FILE` makes one.",
    old_backup="The last backup is {days} days old: `mi store backup FILE` makes one.",
    unprotected=(
        "The store is unprotected: it was made where nobody could be asked. `mi store protect` adds a passphrase."
    ),
    no_sheet=(
        "There is no recovery sheet: if the passphrase is lost, everything is lost. `mi store recovery` makes one."
    ),
    wrong_tries=(
        "A wrong passphrase was given once since the last change.",
        "A wrong passphrase was given {count} times since the last change.",
    ),
)
