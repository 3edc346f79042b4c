"""A key for the day the passphrase is lost: set up, printed, and used."""

import sys
from dataclasses import replace
from pathlib import Path

from mi_cli.cli.context import Context
from mi_cli.cli.interruption import interrupted_with
from mi_cli.cli.surroundings import located, now
from mi_cli.cli.unlock import another_passphrase, ask_hidden, at_terminal, opened, require_protected
from mi_cli.errors import Failed, Locked
from mi_cli.records.dates import day
from mi_cli.records.decoding import secret_of
from mi_cli.store.disk import atomic
from mi_cli.store.disk.layout import Layout
from mi_cli.store.keys import supervisor
from mi_cli.store.keys.keyfile import KeyFile, StoreKeys, new_keys
from mi_cli.store.keys.supervisor import PrivateKey
from mi_cli.store.records.key_changes import change_keys, changed_meanwhile
from mi_cli.store.records.log import EventType
from mi_cli.terminal.page import Line
from mi_cli.terminal.recovery_sheet import Sheet, html
from mi_cli.terminal.streams import print_message
from mi_cli.words.protection import protection_words


def set_up(context: Context, sheet: Path | None, public_key: Path | None, *, notes: bool | None) -> None:
    """Give the store a supervisor's key: a new one on a sheet, or theirs, of which only the public half is needed."""
    require_protected(context)
    file = KeyFile.read(context.root)
    passphrase, open_keys = opened(context, file)
    known = file.opened(passphrase).supervisor
    theirs = supervisor.load_public(_read(public_key)) if public_key else None
    opens_notes = _asked_about_notes(context) if notes is None else notes
    made = supervisor.generate()
    public = theirs or made.public
    target = None if theirs else _target(context, sheet, made)

    def edit(file: KeyFile) -> bytes:
        keys = file.opened(passphrase)
        if keys.supervisor != known:  # a sheet that somebody has just printed would open nothing
            raise changed_meanwhile()
        data = file.rewritten(replace(keys, supervisor=public, supervisor_has_notes=opens_notes), passphrase)
        if target:  # before the keys: a crash then leaves a sheet too many, and not one too few
            _write_sheet(context, target, made, opens_notes=opens_notes)
        return data

    change_keys(context.store_with(open_keys), edit, EventType.RECOVERY_SET_UP)
    context.screen.show([Line(f"Set up: key {public['kid']}. One that was set up before no longer opens the store.")])
    if target:
        _have_printed(context, target)


def recover(context: Context, key: Path | None) -> None:
    """Open the store with the supervisor's key, and put it under a new passphrase."""
    require_protected(context)
    file = KeyFile.read(context.root)
    private = supervisor.load_private(_read(key) if key else _typed_words(context))
    keys = file.opened_by_supervisor(private.jwk)
    lost = not keys.notes
    recovered = replace(keys, notes=new_keys().notes) if lost else keys
    another = another_passphrase(context)

    def edit(now: KeyFile) -> bytes:
        if now != file:  # somebody who knows the passphrase has changed it, or the sheet
            raise changed_meanwhile()
        return (now.with_lost_notes() if lost else now).rewritten(recovered, another)

    change_keys(context.store_with(StoreKeys(recovered.records, lambda: recovered.notes)), edit, EventType.RECOVERED)
    told = ["Recovered: the new passphrase opens the store."]
    if lost:
        told.append(
            "That key does not open the counseling notes of before. They are kept: if the old passphrase is found, "
            "`mi store recover --old-passphrase` opens them again. New notes are kept under a new key."
        )
    context.screen.show([Line(text) for text in told])


def bring_back_notes(context: Context) -> None:
    """Open the notes of before a recovery again, with the passphrase of that time, which was found."""
    require_protected(context)
    file = KeyFile.read(context.root)
    passphrase, open_keys = opened(context, file)
    former = _old_passphrase()
    file.found_again(former)

    def edit(file: KeyFile) -> bytes:
        keys = file.opened(passphrase)
        found, without = file.found_again(former)
        notes = (*keys.notes, *(key for key in found if key not in keys.notes))
        return without.rewritten(replace(keys, notes=notes), passphrase)

    change_keys(context.store_with(open_keys), edit, EventType.FORMER_NOTES_OPENED)
    context.screen.show([Line("The notes of before the recovery open again.")])


def _asked_about_notes(context: Context) -> bool:
    words = protection_words(context.language)
    if not context.interactive:
        return False
    context.screen.show([Line(words.notes_law)])
    return context.asker(context.language).yes(words.notes_ask, enter=False)


def _target(context: Context, sheet: Path | None, made: PrivateKey) -> Path:
    if sheet is None:
        words = protection_words(context.language)
        usual = Path.home() / f"mi-recovery-{made.jwk['kid'][:6]}.html"
        answer = context.ask(words.sheet_where.format(file=usual), instead="-o FILE says where the sheet goes.")
        sheet = Path(answer) if answer else usual
    # A sheet beside the records would open them for whoever has both.
    target = Layout(context.root).outside(located(sheet).absolute())
    if atomic.is_there(target):
        raise Failed("There is a file of that name.", "Name another.")
    return target


def _write_sheet(context: Context, target: Path, made: PrivateKey, *, opens_notes: bool) -> None:
    language = context.language.partition("-")[0]
    page = Sheet(made.words, made.jwk, str(context.root), day(now()), opens_notes)
    atomic.write(target, html(page, protection_words(language), language).encode())


def _have_printed(context: Context, target: Path) -> None:
    """The sheet as a file is as good as the key: it goes once it is on paper."""
    words = protection_words(context.language)
    if not context.interactive:
        print_message(f"Print {target}, then delete it: whoever has it and this store can open the records.")
        return
    with interrupted_with(f"The recovery sheet is set up. Print {target}, then delete it."):
        while context.ask(words.sheet_print.format(file=target), instead=""):
            context.screen.show([Line(words.sheet_enter_alone)])
    atomic.remove(target)
    context.screen.show([Line(words.sheet_gone)])


def _typed_words(context: Context) -> str:
    if context.interactive:
        return ask_hidden(protection_words(context.language).key_words)
    try:
        return secret_of(sys.stdin.buffer.read())
    except ValueError as error:
        raise Failed(f"The words of the sheet cannot be read: {error}.", "Nothing was changed.") from None


def _old_passphrase() -> str:
    if not at_terminal():
        raise Locked("The old passphrase is needed, and there is no terminal to ask for it.")
    return ask_hidden("Old passphrase (it does not show): ")


def _read(file: Path) -> str:
    try:
        return secret_of(located(file).read_bytes())
    except (OSError, ValueError):
        raise Failed("The key file cannot be read.", "It is a JWK or a PEM file.") from None
