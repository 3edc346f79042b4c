"""A store gets, changes and loses its protection.

A store is made plain or with a passphrase. A plain store is protected, and a protected one made plain, by
`mi_cli.store.upkeep.convert`, at one moment: broken off, the same command does it, or deletes what was left. A new
passphrase comes with new keys for the store (`mi_cli.store.keys.key_changes`), so that the former one opens nothing
from then on.
"""

from dataclasses import replace

from mi_cli.cli import keyrings, settings
from mi_cli.cli.context import Context
from mi_cli.cli.interruption import interrupted_with
from mi_cli.cli.keyrings import keep
from mi_cli.cli.recovery import set_up
from mi_cli.cli.surroundings import new_id
from mi_cli.cli.unlock import another_passphrase, new_passphrase, opened, require_protected
from mi_cli.cli.unlocked import forget
from mi_cli.errors import Failed
from mi_cli.records.terms import Protection
from mi_cli.store.keys.key_changes import change_passphrase as change_passphrase_of_keys
from mi_cli.store.keys.keyfile import KeyFile, StoreKeys, key_file_bytes, new_keys
from mi_cli.store.keys.protocols import NO_KEYS, Keys
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.making import create_store
from mi_cli.store.upkeep import convert
from mi_cli.store.upkeep.convert import Converted
from mi_cli.store.upkeep.earlier_protection import bring_up
from mi_cli.terminal.page import Line
from mi_cli.terminal.streams import print_message
from mi_cli.words.protection import protection_words
from mi_cli.words.protection.model import ProtectionWords
from mi_cli.words.said import spoken
from mi_cli.words.told import in_one_line
from mi_cli.words.waiting import waiting_words


def make_store(context: Context, passphrase: str | None, *, asked: bool = True) -> Keys | None:
    """Makes the store. Returns its keys, or None when another process made it meanwhile.

    Without a passphrase it is plain. `asked` is whether somebody chose how it is protected. Raises SaveFailed; Failed
    for a folder that has other files, and while the settings cannot be read.
    """
    context.require_sound_settings()
    words = protection_words(context.language)
    if passphrase is None:
        made = create_store(context.store_with(NO_KEYS), asked=asked)
        if made and asked:
            context.screen.show([Line(words.unprotected)])
        return NO_KEYS if made else None
    keys, store_id = new_keys(), new_id()
    store_keys = keys.store_keys()
    with context.waiting(waiting_words(context.language).keys):
        made = create_store(
            context.store_with(store_keys), key_file_bytes(keys, passphrase, store_id), store_id=store_id
        )
    if not made:
        return None
    context.screen.show([Line(words.protected)])
    return store_keys


def protect(context: Context) -> Converted | None:
    """Protects a plain store. Returns what was sealed; None where somebody wants no passphrase.

    Deletes what was left of the plain store, if that was broken off.
    """
    catalog, words = Catalog(context.root), protection_words(context.language)
    protection = catalog.protection
    if protection is not Protection.NONE:
        if protection is not Protection.PASSPHRASE or convert.was_broken_off(catalog):
            with context.store.locked("store"):  # to open it was enough: what version 0.1.0 left half done is done
                return Converted()
        raise Failed(words.already_protected, words.give_another)
    passphrase = new_passphrase(context)
    if passphrase is None:
        keep_unprotected(context)
        return None
    return seal(context, passphrase)[0]


def finish_protecting(context: Context, keys: StoreKeys) -> None:
    """Protects a store that version 0.1.0 left half protected, and says so; not one that somebody else changed.

    Raises InUse, Damaged, SaveFailed.
    """
    with context.waiting(waiting_words(context.language).protecting) as step:
        converted = bring_up(context.store_with(keys), step)
    if converted is not None:
        words = protection_words(context.language)
        print_message(words.brought_up)
        for line in left_as_it_is(words, converted, context.language):
            print_message(line)


def left_as_it_is(words: ProtectionWords, converted: Converted, language: str) -> list[str]:
    """Returns lines that name what was not converted, or is damaged; none if there is nothing."""
    named = [f"  {left.what}: {spoken(left.why, language)}" for left in converted.left]
    return [words.left_as_it_is, *named] if named else []


def seal(context: Context, passphrase: str) -> tuple[Converted, StoreKeys]:
    """Puts a plain store under a passphrase. Returns what was sealed, and its keys.

    Raises InUse, Damaged, SaveFailed.
    """
    keys = new_keys()
    store = context.store_with(keys.store_keys())
    with context.waiting(waiting_words(context.language).protecting) as step:
        key_file = key_file_bytes(keys, passphrase, Catalog(context.root).store_id)
        return convert.protect(store, key_file, step), keys.store_keys()


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
    with interrupted_with(words.no_sheet_made):
        if context.asker(context.language).yes(words.sheet_now, enter=False):
            set_up(context, None, None, notes=None)


def unprotect(context: Context) -> Converted:
    """Makes a protected store plain. Returns what was opened.

    Deletes what was left of the protected store, if that was broken off.
    """
    catalog = Catalog(context.root)
    if catalog.protection is Protection.NONE:
        if convert.was_broken_off(catalog):
            with context.store_with(NO_KEYS).locked("store"):
                return Converted()
        words = protection_words(context.language)
        raise Failed(words.not_protected, words.protect_it)
    context = replace(context, asks_anyway=True)
    with context.waiting(waiting_words(context.language).unprotecting) as step:
        converted = convert.unprotect(context.store, step)
    forget(context.root)
    return converted


def change_passphrase(context: Context) -> None:
    """Puts the keys under another passphrase."""
    require_protected(context)
    passphrase, open_keys = opened(context, KeyFile.read(context.root))
    new_one = another_passphrase(context)
    with context.waiting(waiting_words(context.language).keys):
        change_passphrase_of_keys(context.store_with(open_keys), passphrase, new_one)
    forget(context.root)
    if context.settings.keyring:
        try:
            keep(context.root, new_one)
        except Failed as error:  # the passphrase is changed all the same
            print_message(in_one_line(error, context.language))


def use_keyring(context: Context, *, use: bool) -> None:
    """Puts the passphrase into the system's keyring, or takes it out, and notes that in the settings."""
    require_protected(context)
    words = protection_words(context.language)
    if use:
        passphrase, _ = opened(context, KeyFile.read(context.root))
        keyring = keyrings.keep(context.root, passphrase)
        text = words.keyring_means.format(keyring=words.keyrings[keyring])
    else:
        keyrings.forget(context.root)
        text = words.asked_from_now
    file = settings.path()
    settings.write(file, {**settings.read(file), "keyring": use})
    context.screen.show([Line(text)])
