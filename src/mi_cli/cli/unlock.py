"""Where a passphrase comes from: a command, a file, the system's keyring, or the person at the terminal."""

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from mi_cli.errors import Failed, Locked, WrongUsage
from mi_cli.records.decoding import first_line, secret_of, untypable
from mi_cli.records.terms import Protection
from mi_cli.store.disk.layout import Layout
from mi_cli.store.keys.keyfile import KeyFile, StoreKeys, WrongKey, canonical
from mi_cli.terminal.asking import read_hidden
from mi_cli.terminal.page import Line, Role
from mi_cli.terminal.streams import print_message
from mi_cli.terminal.system import is_terminal
from mi_cli.words.protection import protection_words
from mi_cli.words.protection.model import ProtectionWords

if TYPE_CHECKING:
    from mi_cli.cli.context import Context

_TRIES: Final = 3
_HOW: Final = "MI_PASSWORD_COMMAND or MI_PASSWORD_FILE can give it where there is no terminal."


def unlocked(context: "Context", *, mixed: bool) -> StoreKeys:
    """The store's keys. Raises Locked, Damaged."""
    return opened(context, KeyFile.read(context.root), mixed=mixed)[1]


def opened(context: "Context", file: KeyFile, *, mixed: bool = False) -> tuple[str, StoreKeys]:
    """The passphrase that opens the store, and its keys. Raises Locked when none does, Damaged."""
    from mi_cli.cli.surroundings import now
    from mi_cli.store.records.log import note_failed_try

    given = configured("MI_PASSWORD")
    known = given or _from_keyring(context)
    if known is not None:
        try:
            return known, file.unlocked(known, mixed=mixed)
        except WrongKey:
            note_failed_try(context.root, now())
            if given or not at_terminal():  # the keyring may have one of before: then it is asked for
                told = "The passphrase that was given does not open the store."
                raise Locked(told, "Nothing was changed.") from None
    if not at_terminal():
        raise Locked("The store is protected, and there is no terminal to ask for the passphrase.", _HOW)
    words = protection_words(context.language)
    for left in reversed(range(_TRIES)):
        typed = ask_hidden(words.ask)
        try:
            return typed, file.unlocked(typed, mixed=mixed)
        except WrongKey:
            note_failed_try(context.root, now())
            if left:
                print_message(words.one_try_left if left == 1 else words.tries_left.format(tries=left))
    raise Locked("The store stays locked: that was not the passphrase.", "Nothing was changed.")


def require_protected(context: "Context") -> None:
    """Raise NoStore or Failed unless there is a store with a passphrase."""
    layout = Layout(context.root)
    layout.require()
    if layout.protection is Protection.NONE:
        raise Failed("The store is not protected.", "`mi store protect` protects it.")


def new_passphrase(context: "Context") -> str | None:
    """A passphrase to protect a store with, given or chosen; null for none. Raises Locked without, WrongUsage."""
    words = protection_words(context.language)
    if (given := given_passphrase(words)) is not None:
        return given
    if not context.interactive:
        raise Locked(
            "How the store is to be protected was not said, and there is no terminal to ask on.",
            f"{_HOW} `mi store init --unprotected` makes a store without one.",
        )
    return chosen_passphrase(context)


def given_passphrase(words: ProtectionWords) -> str | None:
    """A new passphrase that the environment gives, as the passphrase or as a new one. Raises WrongUsage, Locked."""
    given = configured("MI_PASSWORD")
    given = configured("MI_NEW_PASSWORD") if given is None else given
    return None if given is None else checked(given, words)


def chosen_passphrase(context: "Context") -> str | None:
    """A passphrase chosen at the terminal; null for none. Raises Interrupted."""
    words = protection_words(context.language)
    choices = (words.made_up, words.own, words.none)
    context.screen.show([Line(), Line(words.how), *(Line(text, lead=f"  {n}  ") for n, text in enumerate(choices, 1))])
    chosen = _choice(context, words.choose, len(choices))
    if chosen == len(choices):
        return None
    return _own(words) if chosen == 2 else _made_up(context, words)


def another_passphrase(context: "Context") -> str:
    """A passphrase instead of the present one. Raises WrongUsage."""
    words = protection_words(context.language)
    given = configured("MI_NEW_PASSWORD")
    if given is not None:
        return checked(given, words)
    if not context.interactive:
        raise WrongUsage(
            "A new passphrase is needed, and there is no terminal to ask on.",
            "MI_NEW_PASSWORD_FILE or MI_NEW_PASSWORD_COMMAND gives one.",
        )
    context.screen.show([Line(text, lead=f"  {n}  ") for n, text in enumerate((words.made_up, words.own), 1)])
    return _own(words) if _choice(context, words.choose_of_two, 2) == 2 else _made_up(context, words)


def configured(name: str) -> str | None:
    """The passphrase from the command or the file that the environment names, in this order. Raises Locked."""
    if command := os.environ.get(f"{name}_COMMAND"):
        try:
            ran = subprocess.run(  # noqa: S603  # the user's own command, without a shell
                _as_arguments(command),
                stdout=subprocess.PIPE,
                stdin=None if is_terminal(sys.stdin) else subprocess.DEVNULL,
                check=True,
            )
        except (OSError, ValueError, subprocess.CalledProcessError):
            raise Locked(f"The command in {name}_COMMAND gave no passphrase.", "Try it by itself first.") from None
        return _line(ran.stdout, f"{name}_COMMAND")
    if file := os.environ.get(f"{name}_FILE"):
        from mi_cli.cli.surroundings import located

        try:
            return _line(located(file).read_bytes(), f"{name}_FILE")
        except OSError as error:
            raise Locked(f"The file in {name}_FILE: {os.strerror(error.errno or 0).lower()}.") from None
    return None


def _as_arguments(command: str) -> str | list[str]:
    """A command for `subprocess`: Windows takes it apart itself, and a path there has backslashes."""
    return command if sys.platform == "win32" else shlex.split(command)


def checked(given: str, words: ProtectionWords) -> str:
    """A new passphrase, if it is strong enough. Raises WrongUsage."""
    if weakness := _weakness(given, words):
        raise WrongUsage(weakness)
    return given


def ask_hidden(question: str) -> str:
    """Returns what is typed and does not show. Raises Interrupted on Ctrl-C, and where the input ends."""
    from mi_cli.cli.interruption import Interrupted

    answer = read_hidden(question)
    if answer is None:
        raise Interrupted
    return answer


def at_terminal() -> bool:
    """Whether a person can be asked, though the interview's lines may come from a file."""
    return any(map(is_terminal, (sys.stdin, sys.stderr)))


def _from_keyring(context: "Context") -> str | None:
    if not context.settings.keyring:
        return None
    from mi_cli.cli.keyrings import kept_passphrase

    return kept_passphrase(context.root)


def _choice(context: "Context", question: str, last: int) -> int:
    """A number from 1 to `last`; Enter takes 1."""
    return context.asker(context.language).number(question, range(1, last + 1), enter=1) or 1


def _made_up(context: "Context", words: ProtectionWords) -> str:
    from mi_cli.store.keys.passphrase import generated

    made = generated()
    page = [Line(), Line(words.these_words), Line(), Line(made, Role.SAY, lead="    "), Line(), Line(words.keep_words)]
    context.screen.show(page)
    while canonical(context.ask(words.type_words, instead="")).lower() != made:
        print_message(words.not_the_same)
    context.screen.clear()  # the words are on paper now, and not for whoever scrolls back
    return made


def _own(words: ProtectionWords) -> str:
    while True:
        typed = ask_hidden(words.new)
        if weakness := _weakness(typed, words):
            print_message(weakness)
        elif canonical(ask_hidden(words.new_again)) != canonical(typed):
            print_message(words.not_the_same)
        else:
            return typed


def _weakness(given: str, words: ProtectionWords) -> str | None:
    """Why it cannot be a new passphrase, without repeating any of it; null when it can."""
    from mi_cli.store.keys.passphrase import is_guessable, is_short

    if found := untypable(given):
        place, kind = found
        return words.untypable.format(place=place, kind=words.untypable_kinds[kind])
    if is_short(canonical(given)):
        return words.short
    return words.guessable if is_guessable(canonical(given)) else None


def _line(data: bytes, name: str) -> str:
    """The passphrase in what a command or a file gave: its first line. Raises Locked."""
    try:
        text = first_line(secret_of(data))
    except ValueError as error:
        raise Locked(f"What {name} gave cannot be read: {error}.") from None
    if not text.strip():
        raise Locked(f"{name} gave no passphrase.")
    return text
