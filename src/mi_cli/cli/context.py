"""What a command works with: the store, the settings, the terminal, and the person there.

It follows from the options that stand before the command, the environment and the config file. Everything is found
when it is first used, so that a light command loads no more than it needs; that is why imports stand in functions.
"""

import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from mi_cli.cli.interruption import Declined, Interrupted
from mi_cli.cli.language import locale_language
from mi_cli.cli.surroundings import located, moment, new_id
from mi_cli.errors import Failed, WrongUsage
from mi_cli.records.terms import Protection
from mi_cli.records.text import sanitized
from mi_cli.records.utf8 import typed_text
from mi_cli.store.keys.protocols import NO_KEYS, Keys
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.log import Log
from mi_cli.store.records.memory import Memory
from mi_cli.store.records.standing import Doubt, Witness, how_to_confirm
from mi_cli.terminal.page import BLANK, Line, Role, Screen, is_plain
from mi_cli.terminal.streams import print_message
from mi_cli.terminal.system import is_terminal
from mi_cli.words.commands import command_words
from mi_cli.words.said import spoken
from mi_cli.words.waiting import waiting_words

if TYPE_CHECKING:
    from mi_cli.cli.settings import Settings
    from mi_cli.handoff.program import Program
    from mi_cli.records.reference import RecordRef
    from mi_cli.store.records.json_store import JsonStore
    from mi_cli.terminal.asking import Asker, KeepingReader, LineReader


@dataclass(frozen=True)
class Context:
    """The options that stand before a command, and what follows from them.

    `encoding_option` is that of standard input, as it was typed.
    `_settings` are the settings, once they were read, here or in a context that was made of this one.
    `find_keys` is `mi_cli.cli.store_keys.keys_of_store`. `made_keys` are those of a store that this command has made,
    or has opened already. `asks_anyway` has the passphrase asked for also while the store is unlocked: what decides
    asks.
    """

    find_keys: Callable[["Context"], Keys]
    store_option: Path | None = None
    plain_option: bool = False
    counselor_option: str | None = None
    encoding_option: str | None = None
    made_keys: Keys | None = field(default=None, repr=False)
    asks_anyway: bool = False
    _settings: list["Settings"] = field(default_factory=list, repr=False)

    @property
    def settings(self) -> "Settings":
        """The settings in the config file; none of them where it cannot be read, which is said once."""
        if not self._settings:
            from mi_cli.cli import settings

            self._settings.append(settings.load(settings.path(), self.locale_language))
            if trouble := self._settings[0].trouble:
                from mi_cli.words.outside import outside_words

                gone_without = outside_words(self.locale_language).config_gone_without
                print_message(*map(sanitized, (trouble.message, trouble.hint, gone_without)))
        return self._settings[0]

    @property
    def sound_settings(self) -> "Settings":
        """The settings, for what must not go without them. Raises Failed where they cannot be read."""
        self.require_sound_settings()
        return self.settings

    def require_sound_settings(self) -> None:
        """Raises Failed where the settings cannot be read: before a store is made, or something is passed on."""
        if trouble := self.settings.trouble:
            from mi_cli.words.outside import outside_words

            raise Failed(outside_words(self.locale_language).config_needed, trouble.hint)

    @cached_property
    def root(self) -> Path:
        """The store's folder: `--store`, else MI_STORE, else the config file, else the platform's place."""
        folder = self.store_option or os.environ.get("MI_STORE") or self.settings.store
        if folder:
            return located(folder)
        from platformdirs import user_data_path

        return user_data_path("mi", appauthor=False) / "store"

    @property
    def catalog(self) -> Catalog:
        """The store to list from, which loads no large library. Raises NoStore."""
        Catalog(self.root).require()
        return Catalog(self.root, self.keys.records)

    @property
    def store(self) -> "JsonStore":
        """The store. Finishes a move of an interview to another client that was broken off. Raises NoStore, Locked."""
        Catalog(self.root).require()
        store = self.store_with(self.keys)
        if store.catalog.moves:
            from mi_cli.store.upkeep.moving import finish_moves

            finish_moves(store)
        return store

    def find_session(self, name: str) -> "RecordRef":
        """Returns the interview that is meant, in a store in which no move is half done. Raises as the catalog does."""
        return self.store.catalog.find_session(name)

    def code_of(self, client_id: str) -> str:
        """Returns the client's code; the id in brackets where the list of clients does not have it."""
        return self.catalog.code_of(damaged=[]).get(client_id, f"({client_id})")

    @property
    def unmade_store(self) -> "JsonStore":
        """The store, whether or not it was made yet."""
        return self.store_with(self.keys if Catalog(self.root).exists else NO_KEYS)

    def store_with(self, keys: Keys) -> "JsonStore":
        """Returns the store, whether or not it was made yet, opened with these keys."""
        from mi_cli.store.records.json_store import JsonStore
        from mi_cli.terminal.system import hide_memory

        hide_memory()
        return JsonStore(
            self.root,
            moment,
            new_id,
            self.counselor,
            keys,
            self.memory,
            expects_passphrase=self.expects_passphrase,
            waiting=lambda: self.waiting(waiting_words(self.language).lock),
        )

    @property
    def memory(self) -> Memory:
        """What this computer remembers of stores."""
        from platformdirs import user_state_path

        return Memory(user_state_path("mi", appauthor=False) / "stores")

    @property
    def expects_passphrase(self) -> bool:
        """Whether a passphrase was set up for this program, in the environment or the keyring."""
        from_environment = any(os.environ.get(name) for name in ("MI_PASSWORD_COMMAND", "MI_PASSWORD_FILE"))
        return from_environment or self.settings.keyring

    @cached_property
    def keys(self) -> Keys:
        """The keys of the store that is there. Asks for the passphrase where it has one. Raises Locked, Damaged.

        Says on standard error what speaks against the store being as it was left. Reading goes on all the same.
        """
        if self.made_keys is not None:
            return self.made_keys
        keys = self.find_keys(self)
        self.name_doubts(keys)
        return keys

    def name_doubts(self, keys: Keys) -> None:
        """Says on standard error what speaks against the store, opened with these keys, being as it was left."""
        catalog = Catalog(self.root, keys.records)
        doubts = Witness(catalog, Log(catalog.layout), self.memory.at(self.root), keys, self.expects_passphrase).doubts(
            moment()
        )
        self.say_doubts(doubts)

    def say_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Says on standard error what is in doubt, and what to do about it."""
        for doubt in doubts:
            print_message(spoken(doubt.text, self.language))
        if doubts:
            print_message(f"{command_words(self.language).to_confirm} {spoken(how_to_confirm(), self.language)}")

    @property
    def counselor(self) -> str:
        """The counselor's name: the option, else the config, else the login."""
        if self.counselor_option or self.settings.counselor:
            return typed_text(self.counselor_option or self.settings.counselor or "")
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):  # ImportError: on Windows, where nothing names the login
            return "unknown"

    @property
    def signature(self) -> str:
        """The counselor's name with the credentials, as it stands on what is passed on."""
        return ", ".join(part for part in (self.counselor, self.settings.credentials) if part)

    @property
    def program(self) -> "Program":
        """The program in the settings, with the counselor's name in it."""
        return replace(self.sound_settings.program, counselor=self.counselor)

    @property
    def locale_language(self) -> str | None:
        """The language of the system."""
        return locale_language()

    @property
    def language(self) -> str:
        """The companion's language where no client's is known: the config's, else the system's, else English."""
        return self.settings.language or self.locale_language or "en"

    @property
    def interactive(self) -> bool:
        """Whether a person can be asked."""
        return is_terminal(sys.stdin)

    @cached_property
    def screen(self) -> Screen:
        """Standard output."""
        return Screen(sys.stdout, plain=is_plain(asked=self.plain_option, out=sys.stdout))

    def waiting(self, what: str) -> AbstractContextManager[Callable[[int, int], None]]:
        """Says `what` is waited for, once it takes longer than half a second (`mi_cli.terminal.progress`)."""
        from mi_cli.terminal.progress import progress

        return progress(what, plain=is_plain(asked=self.plain_option, out=sys.stderr))

    @cached_property
    def own_prompts(self) -> Path:
        """The folder with the user's own prompt sets."""
        from mi_cli.cli import settings

        return settings.path().parent / "prompts"

    # -- asking ---------------------------------------------------------------------------------------------------

    def require_terminal(self, instead: str) -> None:
        """Raises WrongUsage, naming what to give `instead`, when nobody can be asked."""
        if not self.interactive:
            raise WrongUsage(command_words(self.language).no_terminal, instead)

    def ask(self, question: str, *, instead: str, in_series: bool = False) -> str:
        """Returns an answer from the terminal, trimmed. Raises WrongUsage, naming what to give `instead`, without one.

        Raises Interrupted on Ctrl-C, and where the input ends; in a series of questions GoBack for `b`.
        """
        asker = self.asker(instead=instead)
        return (asker.with_back if in_series else asker).text(question) or ""

    def keeping_reader(self) -> "KeepingReader":
        """Returns what reads an answer that is kept while it is typed. Raises as `ask`."""
        from mi_cli.terminal.asking import read_edited_line

        def read(question: str, begun: str, keep: Callable[[str], None]) -> str:
            idle_after = self.settings.auto_lock * 60
            lock = self._lock if idle_after else None
            plain = self.screen.plain
            answer = read_edited_line(question, plain=plain, idle_after=idle_after, lock=lock, begun=begun, keep=keep)
            if answer is None:
                raise Interrupted
            return answer

        return read

    def line_reader(self, instead: str, *, edited: bool = False) -> "LineReader":
        """Returns what reads an answer at the terminal, and raises as `ask`. An `edited` line can be corrected."""
        from mi_cli.terminal.asking import read_edited_line, read_hidden, read_line

        def read(question: str, *, hidden: bool = False) -> str:
            self.require_terminal(instead)
            idle_after = self.settings.auto_lock * 60
            if hidden:
                answer = read_hidden(question)
            elif edited or idle_after:
                answer = read_edited_line(
                    question, plain=self.screen.plain, idle_after=idle_after, lock=self._lock if idle_after else None
                )
            else:
                answer = read_line(question)
            if answer is None:
                raise Interrupted
            return answer

        return read

    def _lock(self) -> None:
        """Hides the screen until the passphrase of the store is typed; returns when it is. Raises Interrupted."""
        from mi_cli.store.keys.keyfile import KeyFile
        from mi_cli.terminal.asking import read_hidden
        from mi_cli.words.protection import protection_words

        words = protection_words(self.language)
        self.end_unlocked()
        self.screen.clear()
        self.screen.show([*[BLANK] * (60 if self.screen.plain else 0), Line(words.screen_hidden)])
        while Catalog(self.root).protection is not Protection.NONE:
            typed = read_hidden(words.ask)
            if typed is None:
                raise Interrupted
            with self.waiting(waiting_words(self.language).opening):
                is_right = KeyFile.read(self.root).is_opened_by(typed)
            if is_right:
                break
        else:
            read_hidden(words.any_line)
        self.screen.clear()

    def keep_settings(self, **values: str | None) -> None:
        """Writes these settings to the config file; null unsets one. Raises Failed for a broken file, SaveFailed."""
        from mi_cli.cli import settings

        file = settings.path()
        kept = {**settings.read(file, self.locale_language), **values}
        settings.write(file, {key: value for key, value in kept.items() if value is not None})
        self._settings.clear()

    def end_unlocked(self) -> None:
        """Locks a store that was unlocked for a while: nobody is at the keyboard."""
        if Catalog(self.root).protection is not Protection.NONE:
            from mi_cli.cli.unlocked import forget

            forget(self.root)

    def require_dash(self, given: str) -> None:
        """Raises WrongUsage for anything but a -, which stands for standard input."""
        if given != "-":
            words = command_words(self.language)
            raise WrongUsage(words.no_words_here, words.leave_words_out)

    def asker(self, language: str | None = None, *, instead: str = "", read: "LineReader | None" = None) -> "Asker":
        """Returns what asks at the terminal for a yes or no, or for a number. Asking raises as `ask` does."""
        from mi_cli.terminal.asking import Asker
        from mi_cli.words.answers import answer_words

        return Asker(
            read or self.line_reader(instead),
            lambda text: self.screen.show([Line(text, Role.WARN)]),
            answer_words(language),
        )

    def confirm(self, question: str, *, yes: bool, in_series: bool = False) -> None:
        """Asks whether to go on, unless `yes`. Raises Declined on a no, WrongUsage when nobody can be asked.

        In a series of questions it raises GoBack for `b`.
        """
        words = command_words(self.language)
        asker = self.asker(self.language, instead=words.yes_goes_ahead)
        if not yes and not (asker.with_back if in_series else asker).yes(
            f"{question} {words.yes_or_no}: ", enter=False
        ):
            raise Declined

    @property
    def encoding(self) -> str | None:
        """The encoding of standard input that was named, or None. Raises WrongUsage for what is none."""
        from mi_cli.records.decoding import checked_encoding

        return None if self.encoding_option is None else checked_encoding(self.encoding_option)

    @property
    def input_bytes(self) -> BinaryIO:
        """Standard input; empty where it is closed."""
        return sys.stdin.buffer if sys.stdin else io.BytesIO()

    def input_text(self) -> str:
        """Returns standard input as text, and says which lines were not UTF-8. Raises Failed for what is no text."""
        from mi_cli.cli.outside_text import refusal
        from mi_cli.records.decoding import decode_text
        from mi_cli.records.utf8 import NotText
        from mi_cli.words.outside import outside_words

        try:
            decoded = decode_text(self.input_bytes.read(), self.encoding)
        except (NotText, OSError) as error:
            raise refusal(error, self.language) from None
        if decoded.windows_1252:
            lines = ", ".join(map(str, decoded.windows_1252))
            print_message(outside_words(self.language).read_as_windows.format(lines=lines))
        return decoded.text

    def words(self, given: str | None, question: str) -> str:
        """Returns words: from standard input with `-`, else asked for. Raises WrongUsage for any other argument."""
        text = self.words_or_none(given, question)
        if text is None:
            raise WrongUsage(
                command_words(self.language).there_were_no_words, command_words(self.language).nothing_changed
            )
        return text

    def words_or_none(self, given: str | None, question: str) -> str | None:
        """As `words`; None where there are none, for a question that can be skipped."""
        if given is not None:
            self.require_dash(given)
        if given == "-":
            text = self.input_text().removesuffix("\n")
        else:
            read = self.line_reader(command_words(self.language).give_dash, edited=True)
            text = read(question) or ""
        return text if text.strip() else None
