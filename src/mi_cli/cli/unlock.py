"""Where a passphrase comes from: a command, a file, the system's keyring, or the person at the terminal.

The environment names the command or the file: MI_PASSWORD_COMMAND and MI_PASSWORD_FILE give the passphrase of a store,
MI_NEW_PASSWORD_COMMAND and MI_NEW_PASSWORD_FILE one that a store gets. The keyring may have an old passphrase, so that
a wrong one from there is asked for again; one that the environment gives is not.
"""

import os
import shlex
import subprocess
import sys

from mi_cli.cli.context import Context
from mi_cli.cli.interruption import Interrupted
from mi_cli.cli.surroundings import located, now
from mi_cli.cli.unlocked import keys_for_a_while
from mi_cli.errors import Failed, Locked, WrongUsage
from mi_cli.records.decoding import first_line, untypable
from mi_cli.records.terms import Protection
from mi_cli.records.utf8 import NotText, decode_utf8
from mi_cli.store.keys.keyfile import PASSPHRASE_TRIES, KeyFile, StoreKeys, WrongKey, canonical
from mi_cli.store.records import outside
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.tries import note_failed_try
from mi_cli.terminal.asking import BACK, GoBack, ask_in_turn, read_hidden, with_back
from mi_cli.terminal.page import Line, Role
from mi_cli.terminal.streams import print_message
from mi_cli.terminal.system import hide_memory, is_terminal
from mi_cli.words.outside import outside_words
from mi_cli.words.protection import protection_words
from mi_cli.words.protection.model import ProtectionWords
from mi_cli.words.said import said
from mi_cli.words.waiting import waiting_words


def unlocked(context: Context) -> StoreKeys:
    """Returns the keys of the store, without asking while it is unlocked. Raises Locked, Damaged."""
    file = KeyFile.read(context.root)
    kept = None if context.asks_anyway else keys_for_a_while(context.root, file)
    return kept or opened(context, file)[1]


def opened(context: Context, file: KeyFile) -> tuple[str, StoreKeys]:
    """Returns the passphrase that opens the store, and its keys. Raises Locked when none does, Damaged."""
    words = protection_words(context.language)
    from_environment = configured("MI_PASSWORD", words)
    passphrase = from_environment or _from_keyring(context)
    if passphrase is not None:
        try:
            with context.waiting(waiting_words(context.language).opening):
                return passphrase, file.unlocked(passphrase)
        except WrongKey:
            note_failed_try(context.root, now())
            if from_environment or not at_terminal():  # One from the keyring may be an old one: then ask.
                raise Locked(words.given_wrong, words.nothing_changed) from None
    if not at_terminal():
        raise Locked(words.no_terminal, words.how_without_terminal)
    for left in reversed(range(PASSPHRASE_TRIES)):
        typed = ask_hidden(words.ask)
        try:
            with context.waiting(waiting_words(context.language).opening):
                return typed, file.unlocked(typed)
        except WrongKey:
            note_failed_try(context.root, now())
            if left:
                print_message(words.one_try_left if left == 1 else words.tries_left.format(tries=left))
    raise Locked(words.stays_locked, words.nothing_changed)


def require_protected(context: Context) -> None:
    """Raises NoStore or Failed unless there is a store with a passphrase."""
    catalog = Catalog(context.root)
    catalog.require()
    if catalog.protection is Protection.NONE:
        words = protection_words(context.language)
        raise Failed(words.not_protected, words.protect_it)


def new_passphrase(context: Context) -> str | None:
    """Returns a passphrase to protect a store with, or None where somebody wants none.

    Raises Locked where none is given and nobody can be asked, WrongUsage for a weak one.
    """
    words = protection_words(context.language)
    if (given := given_passphrase(words)) is not None:
        return given
    if not context.interactive:
        raise Locked(words.how_not_said, f"{words.how_without_terminal} {words.or_unprotected}")
    return chosen_passphrase(context)


def given_passphrase(words: ProtectionWords) -> str | None:
    """Returns the new passphrase that the environment gives, or None. Raises WrongUsage, Locked."""
    given = configured("MI_PASSWORD", words)
    given = configured("MI_NEW_PASSWORD", words) if given is None else given
    return None if given is None else checked(given, words)


def chosen_passphrase(context: Context) -> str | None:
    """Returns a passphrase chosen at the terminal, or None where somebody wants none. Raises Interrupted."""
    words = protection_words(context.language)
    choices = (words.choice_made_up, words.choice_own, words.choice_none)
    passphrase: str | None = None

    def ask() -> None:
        nonlocal passphrase
        context.screen.show(
            [Line(), Line(words.ask_how), *(Line(text, lead=f"  {n}  ") for n, text in enumerate(choices, 1))]
        )
        chosen = _choice(context, words.choose, len(choices))
        passphrase = None if chosen == len(choices) else _passphrase(context, words, chosen)

    ask_in_turn([ask])
    return passphrase


def another_passphrase(context: Context) -> str:
    """Returns a passphrase that replaces the present one. Raises WrongUsage, Interrupted."""
    words = protection_words(context.language)
    given = configured("MI_NEW_PASSWORD", words)
    if given is not None:
        return checked(given, words)
    if not context.interactive:
        raise WrongUsage(words.new_needed, words.new_how)
    passphrase = ""

    def ask() -> None:
        nonlocal passphrase
        context.screen.show(
            [Line(text, lead=f"  {n}  ") for n, text in enumerate((words.choice_made_up, words.choice_own), 1)]
        )
        passphrase = _passphrase(context, words, _choice(context, words.choose_of_two, 2))

    ask_in_turn([ask])
    return passphrase


def configured(name: str, words: ProtectionWords) -> str | None:
    """Returns the passphrase from the command or, without one, the file that the environment names. Raises Locked."""
    hide_memory()
    if command := os.environ.get(f"{name}_COMMAND"):
        try:
            completed = subprocess.run(  # noqa: S603  # the user's own command, without a shell
                _as_arguments(command),
                stdout=subprocess.PIPE,
                stdin=None if is_terminal(sys.stdin) else subprocess.DEVNULL,
                check=True,
            )
        except (OSError, ValueError, subprocess.CalledProcessError):
            raise Locked(words.command_gave_none.format(name=f"{name}_COMMAND"), words.try_command) from None
        return _passphrase_in(completed.stdout, f"{name}_COMMAND", words)
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return _passphrase_in(outside.read(located(file)), f"{name}_FILE", words)
        except OSError as error:
            text = said(protection_words, lambda words: words.file_unread, name=f"{name}_FILE", why=outside.why(error))
            raise Locked(text) from None
    return None


def _as_arguments(command: str) -> str | list[str]:
    """Returns the command for `subprocess`. Windows splits it itself: a path there has backslashes."""
    return command if sys.platform == "win32" else shlex.split(command)


def checked(given: str, words: ProtectionWords) -> str:
    """Returns a new passphrase, if it is strong enough. Raises WrongUsage."""
    if weakness := _weakness(given, words):
        raise WrongUsage(weakness)
    return given


def ask_hidden(question: str) -> str:
    """Returns what is typed and does not show. Raises Interrupted on Ctrl-C, and where the input ends."""
    hide_memory()
    answer = read_hidden(question)
    if answer is None:
        raise Interrupted
    return answer


def at_terminal() -> bool:
    """Returns whether a person can be asked. The lines of an interview may come from a file all the same."""
    return any(map(is_terminal, (sys.stdin, sys.stderr)))


def _from_keyring(context: Context) -> str | None:
    if not context.settings.keyring:
        return None
    from mi_cli.cli.keyrings import passphrase_in_keyring

    return passphrase_in_keyring(context.root)


def _choice(context: Context, question: str, last: int) -> int:
    """Asks for a number from 1 to `last`; Enter is 1."""
    return context.asker(context.language).number(question, range(1, last + 1), enter=1) or 1


def _passphrase(context: Context, words: ProtectionWords, chosen: int) -> str:
    """Returns a passphrase, typed if 2 was chosen, else made up. Raises GoBack, after which it is chosen anew."""
    return _typed_passphrase(words) if chosen == 2 else _generated_passphrase(context, words)


def _generated_passphrase(context: Context, words: ProtectionWords) -> str:
    from mi_cli.store.keys.passphrase import generated  # here, because it loads the list of words

    passphrase = generated()
    page = [
        Line(),
        Line(words.these_words),
        Line(),
        Line(passphrase, Role.SAY, lead="    "),
        Line(),
        Line(words.keep_words),
    ]
    context.screen.show(page)
    read = with_back(context.line_reader(""))
    try:
        while canonical(read(words.type_words) or "").lower() != passphrase:
            print_message(words.not_the_same)
    finally:
        if not context.screen.erase_secret():  # The words are on paper now; nobody must read them by scrolling back.
            print_message(words.words_stay)
    return passphrase


def _typed_passphrase(words: ProtectionWords) -> str:
    while True:
        typed = ask_hidden(words.new)
        if typed.strip().lower() == BACK:
            raise GoBack
        if weakness := _weakness(typed, words):
            print_message(weakness)
        elif canonical(ask_hidden(words.new_again)) != canonical(typed):
            print_message(words.not_the_same)
        else:
            return typed


def _weakness(given: str, words: ProtectionWords) -> str | None:
    """Returns why this cannot be a new passphrase, without repeating any of it, or None when it can."""
    from mi_cli.store.keys.passphrase import Weakness, weakness  # here, because it loads zxcvbn

    if bad_character := untypable(given):
        place, kind = bad_character
        return words.untypable.format(place=place, kind=words.untypable_kinds[kind])
    weak = {Weakness.SHORT: words.short, Weakness.GUESSABLE: words.guessable}
    return weak[found_weak] if (found_weak := weakness(canonical(given))) else None


def _passphrase_in(data: bytes, name: str, words: ProtectionWords) -> str:
    """Returns the first line of what a command or a file gave. Raises Locked."""
    try:
        text = first_line(decode_utf8(data))
    except NotText as error:
        kind = error.kind
        why = said(outside_words, lambda words: words.kinds[kind])
        raise Locked(said(protection_words, lambda words: words.given_unread, name=name, text=why)) from None
    if not text.strip():
        raise Locked(words.gave_none.format(name=name))
    return text
