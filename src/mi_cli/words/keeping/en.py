"""The texts of the commands that keep the store: making, checking, trash and backups in English."""

from typing import Final

from mi_cli.records.terms import Protection
from mi_cli.words.keeping.model import KeepingWords

EN: Final = KeepingWords(
    made="Made: {folder}",
    there_already="There is a store already: {folder}",
    made_meanwhile="Another command made a store here meanwhile. This one changed nothing.",
    made_meanwhile_how="It opens with the passphrase that it was made with, and not with the one that was given now.",
    about=("folder", "protection", "clients", "interviews"),
    protection={
        Protection.NONE: "none",
        Protection.PASSPHRASE: "passphrase",
        Protection.PROTECTING: "half protected",
        Protection.UNPROTECTING: "half protected",
    },
    checking="Check",
    all_sound=("The one record is sound.", "All {count} records are sound."),
    sound=("1 record is sound", "{count} records are sound"),
    to_look_at=("1 thing to look at", "{count} things to look at"),
    set_aside=(
        "1 file was set aside, in {{folder}} of the store:",
        "{count} files were set aside, in {{folder}} of the store:",
    ),
    nothing_to_confirm="The store is as this computer knows it. There is nothing to confirm.",
    in_force="According to the records, these consents were not taken back. `mi consent revoke` takes one back:",
    ask_confirm="Was none of them taken back, and is the rest as it should be?",
    confirmed="Confirmed, and noted in the log.",
    ask_unprotect="Whoever gets at this disk can then read every record. Go ahead?",
    opens_with_another="Changed. Backups made before still open with the old passphrase.",
    brought_back="Brought back.",
    deleted_interview="interview of {day} with {code}, deleted {when}",
    deleted_client="client {code}, deleted {when}",
    ask_purge=(
        "1 deleted item will be destroyed for good, its key first. {{out_of_reach}} Go ahead?",
        "{count} deleted items will be destroyed for good, their keys first. {{out_of_reach}} Go ahead?",
    ),
    out_of_reach="Backups, documents that were exported, and copies elsewhere cannot be reached.",
    purged=("1 item destroyed.", "{count} items destroyed."),
    shared_stays=(
        "Consents and disclosures stay until {until}. Once brought back, `mi disclosures accounting` reads them."
    ),
    shared_law=(
        "Consents and the log of disclosures are there too. A client may ask for three years what was passed on "
        "(42 CFR 2.25), and such documents are kept for six (45 CFR 164.316)."
    ),
    ask_keep_shared="Keep them until {until}? Y/n: ",
    ask_replace_file="There is a file of that name. Replace it?",
    backing_up="Backup",
    backed_up=("1 file, read back and sound: {{file}}", "{count} files, read back and sound: {{file}}"),
    not_encrypted="It is not encrypted, as the store is not: keep it where nobody else can read it.",
    comparing="Compare",
    backup_of="A backup of {when}.",
    actions={
        "new": "not in the store: brought back",
        "older_here": "older in the store: replaced, and the older ones set aside",
        "newer_here": "newer in the store: kept as they are",
        "deleted_here": "deleted here since: `mi store trash restore` brings them back",
        "taken_back_here": "consents taken back since: they stay taken back",
        "same": "the same",
    },
    ask_replace_newer="Newer here: {count}. Replace what is newer too? Enter keeps it, y replaces it: ",
    nothing_to_restore="There is nothing to bring back.",
    ask_restore=("1 file is brought back. Go ahead?", "{count} files are brought back. Go ahead?"),
    restoring="Restore",
    restored=(
        "1 file brought back. `mi store check` reads everything.",
        "{count} files brought back. `mi store check` reads everything.",
    ),
)
