"""The recovery key: it opens the store when the passphrase is lost.

It is set up (`set_up`) as a new key on a sheet to print, or as the public half of a key that a supervisor has; used
(`recover`) to put the store under a new passphrase; and, where it does not open the counseling notes, these are opened
again (`bring_back_notes`) if the old passphrase is found. Each step reads the keys, asks the person, and then has
`change_keys` read them anew under the lock; it refuses where they were changed meanwhile.
"""

from pathlib import Path

from mi_cli.cli.context import Context
from mi_cli.cli.interruption import Interrupted, interrupted_with
from mi_cli.cli.outside_text import refusal
from mi_cli.cli.surroundings import located, now
from mi_cli.cli.unlock import another_passphrase, ask_hidden, at_terminal, opened, require_protected
from mi_cli.cli.unlocked import forget
from mi_cli.errors import Failed, Locked
from mi_cli.records.utf8 import NotText, decode_utf8
from mi_cli.store.keys import supervisor
from mi_cli.store.keys.key_changes import Recovery, reopen_former_notes, set_supervisor
from mi_cli.store.keys.key_changes import recover as recover_keys
from mi_cli.store.keys.keyfile import KeyFile
from mi_cli.store.keys.supervisor import PrivateKey, short_id
from mi_cli.store.records import outside
from mi_cli.store.records.outside import target_outside
from mi_cli.terminal.asking import ask_in_turn
from mi_cli.terminal.page import Line
from mi_cli.terminal.recovery_sheet import Sheet, html
from mi_cli.terminal.sheet_dialog import ask_sheet_words
from mi_cli.terminal.streams import print_message
from mi_cli.terminal.system import hide_memory
from mi_cli.words.days import day_in_words
from mi_cli.words.protection import protection_words
from mi_cli.words.protection.model import ProtectionWords
from mi_cli.words.said import said
from mi_cli.words.waiting import waiting_words


def set_up(context: Context, sheet: Path | None, public_key: Path | None, *, notes: bool | None) -> None:
    """Gives the store a supervisor's key: a new one on a sheet, or the supervisor's own, as its public half."""
    require_protected(context)
    file = KeyFile.read(context.root)
    passphrase, open_keys = opened(context, file)
    with context.waiting(waiting_words(context.language).opening):
        supervisor_before = file.opened(passphrase).supervisor
    given_key = supervisor.load_public(_read(public_key)) if public_key else None
    new_key = supervisor.generate()
    public = given_key or new_key.public
    opens_notes, target = notes or False, None

    def ask_about_notes() -> None:
        nonlocal opens_notes
        opens_notes = _ask_about_notes(context) if notes is None else notes

    def ask_where() -> None:
        nonlocal target
        target = None if given_key else _sheet_path(context, sheet, new_key)

    ask_in_turn([ask_about_notes, ask_where])

    def write_sheet() -> None:
        if target:
            _write_sheet(context, target, new_key, opens_notes=opens_notes)

    with context.waiting(waiting_words(context.language).keys):
        set_supervisor(
            context.store_with(open_keys),
            passphrase,
            public,
            before=supervisor_before,
            opens_notes=opens_notes,
            write_sheet=write_sheet,
        )
    words = protection_words(context.language)
    context.screen.show([Line(words.sheet_set_up.format(key=short_id(public)))])
    if target:
        _delete_once_printed(context, target)


def recover(context: Context, key: Path | None) -> None:
    """Opens the store with the supervisor's key, and puts it under a new passphrase."""
    require_protected(context)
    file = KeyFile.read(context.root)
    hide_memory()
    private = supervisor.load_private(_read(key) if key else _sheet_words(context))
    recovery = Recovery.of(file, private.jwk)
    passphrase = another_passphrase(context)
    with context.waiting(waiting_words(context.language).keys):
        recover_keys(context.store_with(recovery.keys.store_keys()), recovery, passphrase)
    forget(context.root)
    words = protection_words(context.language)
    texts = [words.recovered]  # a file was opened before, under the lock
    if recovery.notes_lost:
        texts.append(words.notes_lost)
    context.screen.show([Line(text) for text in texts])
    context.name_doubts(KeyFile.read(context.root).opened_by_supervisor(private.jwk).store_keys())


def bring_back_notes(context: Context) -> None:
    """Opens the notes from before a recovery again, with the passphrase of that time."""
    require_protected(context)
    file = KeyFile.read(context.root)
    passphrase, open_keys = opened(context, file)
    words = protection_words(context.language)
    old_passphrase = _old_passphrase(words)
    with context.waiting(waiting_words(context.language).opening):
        file.former_notes_keys(old_passphrase)  # A wrong one is refused before the lock is taken.
        reopen_former_notes(context.store_with(open_keys), passphrase, old_passphrase)
    context.screen.show([Line(words.notes_open_again)])


def _ask_about_notes(context: Context) -> bool:
    words = protection_words(context.language)
    if not context.interactive:
        return False
    context.screen.show([Line(words.notes_law)])
    return context.asker(context.language).with_back.yes(words.notes_ask, enter=False)


def _sheet_path(context: Context, sheet: Path | None, key: PrivateKey) -> Path:
    words = protection_words(context.language)
    if sheet is None:
        default = Path.home() / f"mi-recovery-{short_id(key.jwk)}.html"
        answer = context.ask(words.sheet_where.format(file=default), instead=words.sheet_instead, in_series=True)
        sheet = Path(answer) if answer else default
    # A sheet beside the records would open them for whoever has both.
    target = target_outside(context.root, located(sheet))
    if outside.is_there(target):
        raise Failed(words.sheet_file_there, words.name_another)
    return target


def _write_sheet(context: Context, target: Path, key: PrivateKey, *, opens_notes: bool) -> None:
    language = context.language.partition("-")[0]
    page = Sheet(
        key.words, key.jwk, str(context.root), day_in_words(now(), language), opens_notes, context.program.jurisdiction
    )
    outside.write(target, html(page, protection_words(language), language).encode())


def _delete_once_printed(context: Context, target: Path) -> None:
    """Deletes the file of the sheet once it is printed: whoever has the file has the key."""
    words = protection_words(context.language)
    if not context.interactive:
        print_message(words.sheet_delete.format(file=target))
        return
    with interrupted_with(words.sheet_interrupted.format(file=target)):
        while context.ask(words.sheet_print.format(file=target), instead=""):
            context.screen.show([Line(words.sheet_enter_alone)])
    outside.remove(target)
    context.screen.show([Line(words.sheet_gone)])


def _sheet_words(context: Context) -> str:
    """Returns the words of the sheet. At a terminal they show while they are typed, and are cleared then."""
    if context.interactive:
        words = protection_words(context.language)
        asker = context.asker(context.language, read=context.line_reader("", edited=True))
        try:
            text = ask_sheet_words(context.screen, asker, words)
        finally:
            if not context.screen.erase_secret():
                print_message(words.words_stay)
        if text is None:
            raise Interrupted
        return text
    try:
        return decode_utf8(context.input_bytes.read())
    except (NotText, OSError) as error:
        raise refusal(error, context.language) from None


def _old_passphrase(words: ProtectionWords) -> str:
    if not at_terminal():
        raise Locked(words.old_needed)
    return ask_hidden(words.ask_old)


def _read(file: Path) -> str:
    try:
        return decode_utf8(outside.read(located(file)))
    except (OSError, NotText):
        raise Failed(
            said(protection_words, lambda words: words.key_unread),
            said(protection_words, lambda words: words.key_kinds),
        ) from None
