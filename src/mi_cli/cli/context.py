"""What a command works with: the store, the settings, the terminal, and the person there.

It follows from the options that stand before the command, the environment and the config file. Everything is found
when it is first used, so that a light command loads no more than it needs; that is why imports stand in functions.
"""

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mi_cli.cli.interruption import Declined, Interrupted
from mi_cli.cli.surroundings import located, moment, new_id
from mi_cli.errors import WrongUsage
from mi_cli.records.names import replace_surrogates
from mi_cli.store.keys.protocols import NO_KEYS, Keys
from mi_cli.store.records.catalog import Catalog
from mi_cli.terminal.asking import Asker, LineReader, read_edited_line, read_hidden, read_line
from mi_cli.terminal.page import Line, Role, Screen, is_plain
from mi_cli.terminal.streams import print_message
from mi_cli.terminal.system import is_terminal
from mi_cli.words.answers import answer_words

if TYPE_CHECKING:
    from mi_cli.cli.settings import Settings
    from mi_cli.handoff.program import Program
    from mi_cli.store.records.json_store import JsonStore

_NO_TERMINAL: Final = "An answer is needed, and there is no terminal to ask on."


@dataclass(frozen=True)
class Context:
    """The options that stand before a command, and what follows from them.

    `find_keys` is `mi_cli.cli.store_keys.keys_of_store`. `made_keys` are those of a store that this command has made.
    """

    find_keys: Callable[["Context"], Keys]
    store_option: Path | None = None
    plain_option: bool = False
    counselor_option: str | None = None
    made_keys: Keys | None = field(default=None, repr=False)

    @cached_property
    def settings(self) -> "Settings":
        """The settings in the config file. Raises Failed."""
        from mi_cli.cli import settings

        return settings.load(settings.path())

    @cached_property
    def root(self) -> Path:
        """The store's folder: `--store`, else MI_STORE, else the config file, else the platform's place."""
        folder = self.store_option or os.environ.get("MI_STORE") or self.settings.store
        if folder:
            return located(folder).absolute()
        from platformdirs import user_data_path

        return user_data_path("mi", appauthor=False) / "store"

    @property
    def catalog(self) -> Catalog:
        """The store to list from, which loads no large library. Raises NoStore."""
        Catalog(self.root).require()
        return Catalog(self.root, self.keys.records)

    @property
    def store(self) -> "JsonStore":
        """The store. Raises NoStore, Locked."""
        Catalog(self.root).require()
        return self.store_with(self.keys)

    @property
    def unmade_store(self) -> "JsonStore":
        """The store, whether or not it was made yet."""
        return self.store_with(self.keys if Catalog(self.root).exists else NO_KEYS)

    def store_with(self, keys: Keys) -> "JsonStore":
        """Returns the store, whether or not it was made yet, opened with these keys."""
        from mi_cli.store.records.json_store import JsonStore

        return JsonStore(self.root, moment, new_id, self.counselor, keys)

    @cached_property
    def keys(self) -> Keys:
        """The keys of the store that is there. Asks for the passphrase where it has one. Raises Locked, Damaged."""
        return self.find_keys(self) if self.made_keys is None else self.made_keys

    @cached_property
    def counselor(self) -> str:
        """The counselor's name: the option, else the config, else the login."""
        if self.counselor_option or self.settings.counselor:
            return replace_surrogates(self.counselor_option or self.settings.counselor or "")
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):  # ImportError: on Windows, where nothing names the login
            return "unknown"

    @property
    def program(self) -> "Program":
        """The program in the settings, with the counselor's name in it."""
        return replace(self.settings.program, counselor=self.counselor)

    @property
    def locale_language(self) -> str | None:
        """The language of the system: the first of LC_ALL, LC_MESSAGES and LANG that is set; None for C or POSIX."""
        locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
        language = re.split("[_.@]", locale)[0].lower()
        return None if language in ("", "c", "posix") else language

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

    @cached_property
    def own_prompts(self) -> Path:
        """The folder with the user's own prompt sets."""
        from mi_cli.cli import settings

        return settings.path().parent / "prompts"

    # -- asking ---------------------------------------------------------------------------------------------------

    def require_terminal(self, instead: str) -> None:
        """Raises WrongUsage, naming what to give `instead`, when nobody can be asked."""
        if not self.interactive:
            raise WrongUsage(_NO_TERMINAL, instead)

    def ask(self, question: str, *, instead: str) -> str:
        """Returns an answer from the terminal, trimmed. Raises WrongUsage, naming what to give `instead`, without one.

        Raises Interrupted on Ctrl-C, and where the input ends.
        """
        return self.line_reader(instead)(question) or ""

    def line_reader(self, instead: str, *, edited: bool = False) -> LineReader:
        """Returns what reads an answer at the terminal, and raises as `ask`. An `edited` line can be corrected."""

        def read(question: str, *, hidden: bool = False) -> str:
            self.require_terminal(instead)
            if hidden:
                answer = read_hidden(question)
            else:
                answer = read_edited_line(question, plain=self.screen.plain) if edited else read_line(question)
            if answer is None:
                raise Interrupted
            return answer

        return read

    def require_dash(self, given: str) -> None:
        """Raises WrongUsage for anything but a -, which stands for standard input."""
        if given != "-":
            raise WrongUsage("Words are not taken from the command line, where others can see them.", "Give - instead.")

    def asker(self, language: str | None = None, *, instead: str = "", read: LineReader | None = None) -> Asker:
        """Returns what asks at the terminal for a yes or no, or for a number. Asking raises as `ask` does."""
        return Asker(
            read or self.line_reader(instead),
            lambda text: self.screen.show([Line(text, Role.WARN)]),
            answer_words(language),
        )

    def confirm(self, question: str, *, yes: bool) -> None:
        """Asks whether to go on, unless `yes`. Raises Declined on a no, WrongUsage when nobody can be asked."""
        asker = self.asker(instead="--yes goes ahead without asking.")
        if not yes and not asker.yes(f"{question} y/N: ", enter=False):
            raise Declined

    def input_text(self) -> str:
        """Returns standard input as text, and says which lines were not UTF-8. Raises Failed for what is no text."""
        from mi_cli.records.decoding import decode_text

        decoded = decode_text(sys.stdin.buffer.read() if sys.stdin else b"")
        if decoded.windows_1252:
            lines = ", ".join(map(str, decoded.windows_1252))
            print_message(f"Not UTF-8, and read as Windows-1252: line {lines}. Look whether the words are right.")
        return decoded.text

    def words(self, given: str | None, question: str) -> str:
        """Returns words: from standard input with `-`, else asked for. Raises WrongUsage for any other argument."""
        if given is not None:
            self.require_dash(given)
        if given == "-":
            text = self.input_text().removesuffix("\n")
        else:
            read = self.line_reader("Give - and the words on standard input.", edited=True)
            text = read(question) or ""
        if not text.strip():
            raise WrongUsage("There were no words.", "Nothing was changed.")
        return text
