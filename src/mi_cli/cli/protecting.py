"""A store gets, changes and loses its protection.

A store is made plain or with a passphrase. A plain store is protected, and a protected one made plain, by
`mi_cli.store.upkeep.convert`, file by file: broken off, the same command finishes it. The passphrase only wraps the
keys in `keys.json`, so that a new one changes that one file.
"""

from typing import Final

from mi_cli.cli import keyrings, settings
from mi_cli.cli.context import Context
from mi_cli.cli.interruption import interrupted_with
from mi_cli.cli.keyrings import keep
from mi_cli.cli.recovery import set_up
from mi_cli.cli.unlock import another_passphrase, new_passphrase, opened, require_protected
from mi_cli.errors import Failed
from mi_cli.records.terms import Protection
from mi_cli.store.keys.key_changes import change_passphrase as change_passphrase_of_keys
from mi_cli.store.keys.keyfile import KeyFile, StoreKeys, key_file_bytes, new_keys
from mi_cli.store.keys.protocols import NO_KEYS, Keys
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.upkeep import convert
from mi_cli.terminal.page import Line
from mi_cli.terminal.progress import progress
from mi_cli.words.protection import protection_words

_KEYRING_MEANS: Final = (
    "The passphrase is in this system's keyring and no longer asked for. Whoever can use this account, and any program "
    "that runs in it, can now open the records; and a key that is kept on the same device as the data may not count as "
    "protection under US breach rules (74 FR 19006). `mi store protect --no-keyring` takes it out."
)


def make_store(context: Context, passphrase: str | None, *, asked: bool = True) -> Keys | None:
    """Makes the store. Returns its keys, or None when another process made it meanwhile.

    Without a passphrase it is plain. `asked` is whether somebody chose how it is protected. Raises SaveFailed; Failed
    for a folder that has other files.
    """
    words = protection_words(context.language)
    if passphrase is None:
        made = context.store_with(NO_KEYS).make(asked=asked)
        if made and asked:
            context.screen.show([Line(words.unprotected)])
        return NO_KEYS if made else None
    keys = new_keys()
    store_keys = keys.store_keys()
    if not context.store_with(store_keys).make(key_file_bytes(keys, passphrase)):
        return None
    context.screen.show([Line(words.protected)])
    return store_keys


def protect(context: Context) -> int:
    """Protects a plain store, or finishes what was broken off. Returns how many files were sealed."""
    protection = Catalog(context.root).protection
    if protection is Protection.PROTECTING:
        with progress("Protect", plain=context.screen.plain) as step:
            return convert.protect(context.store, None, step)
    if protection is not Protection.NONE:
        raise Failed("The store is protected already.", "`mi store passphrase` gives it another passphrase.")
    passphrase = new_passphrase(context)
    if passphrase is None:
        keep_unprotected(context)
        return 0
    return seal(context, passphrase)[0]


def seal(context: Context, passphrase: str) -> tuple[int, StoreKeys]:
    """Puts a plain store under a passphrase. Returns how many files were sealed, and its keys.

    Raises InUse, Damaged, SaveFailed.
    """
    keys = new_keys()
    store = context.store_with(keys.store_keys(mixed=True))
    with progress("Protect", plain=context.screen.plain) as step:
        return convert.protect(store, key_file_bytes(keys, passphrase), step), keys.store_keys()


def keep_unprotected(context: Context) -> None:
    """Notes in the store that somebody chose to have no passphrase, so that nobody is asked again.

    Raises InUse, SaveFailed.
    """
    store = context.store_with(NO_KEYS)
    with store.locked("store"):
        info = store.info()
        if not info.protection_asked:
            store.save_info(store.next_revision(info.replace(protection_asked=True)))


def offer_sheet(context: Context) -> None:
    """Asks at a terminal whether to make a recovery sheet now, and makes it."""
    if not context.interactive or Catalog(context.root).protection is not Protection.PASSPHRASE:
        return

    words = protection_words(context.language)
    context.screen.show([Line(words.sheet_offer)])
    with interrupted_with("The store is protected. No recovery sheet was made."):
        if context.asker(context.language).yes(words.sheet_now, enter=False):
            set_up(context, None, None, notes=None)


def unprotect(context: Context) -> int:
    """Makes a protected store plain, or finishes that. Returns how many files were opened."""
    if Catalog(context.root).protection is Protection.NONE:
        if convert.delete_leftover_keys(context.store):  # It was broken off after the last file.
            return 0
        raise Failed("The store is not protected.", "`mi store protect` protects it.")
    with progress("Take the protection off", plain=context.screen.plain) as step:
        return convert.unprotect(context.store, step)


def change_passphrase(context: Context) -> None:
    """Puts the keys under another passphrase."""
    require_protected(context)
    passphrase, open_keys = opened(context, KeyFile.read(context.root))
    new_one = another_passphrase(context)
    change_passphrase_of_keys(context.store_with(open_keys), passphrase, new_one)
    if context.settings.keyring:
        keep(context.root, new_one)


def use_keyring(context: Context, *, use: bool) -> None:
    """Puts the passphrase into the system's keyring, or takes it out, and notes that in the settings."""
    require_protected(context)
    if use:
        passphrase, _ = opened(context, KeyFile.read(context.root))
        keyrings.keep(context.root, passphrase)
    else:
        keyrings.forget(context.root)
    file = settings.path()
    settings.write(file, {**settings.read(file), "keyring": use})
    context.screen.show([Line(_KEYRING_MEANS if use else "The passphrase is asked for from now on.")])
