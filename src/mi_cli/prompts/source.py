"""The files of a prompt set: their text, their parsed TOML, and the shipped set that the set builds on, if any.

A set has all its files (`FILES`), or it builds on a shipped one: on the one that `extends` names, or, if it is the
user's own, on the one of its own name. Then it needs only the files that it changes, and `document` lays them over the
others. A shipped set may build on another: `brief` and `teen` on `en`.
"""

import hashlib
import io
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from mi_cli.prompts.findings import BadPromptFile, Finding, bad_toml, key_named, line_of, quoted
from mi_cli.prompts.overlay import laid_over
from mi_cli.records.names import primary_language
from mi_cli.records.outside_keys import FileKind
from mi_cli.records.terms import Stage
from mi_cli.records.toml_text import NotToml, parse_toml
from mi_cli.records.utf8 import NotText, decode_utf8
from mi_cli.words.prompt_findings import prompt_finding_words
from mi_cli.words.said import joined, said

FILES: Final = ("set.toml", *(f"{stage}.toml" for stage in Stage), "safety.toml")
MAX_BYTES: Final = 1_000_000  # the largest file that is read; the largest that is shipped has 25 000


def shipped_folder() -> Path:
    """Returns the folder of the shipped sets: in the wheel inside the package, in a checkout beside `src`."""
    package = Path(__file__).parents[1]
    installed = package / "_data" / "prompts"
    return installed if installed.is_dir() else package.parents[1] / "prompts"


def shipped() -> dict[str, Path]:
    """Returns the names and folders of the shipped sets."""
    return {path.name: path for path in sorted(shipped_folder().iterdir()) if (path / "set.toml").is_file()}


def shipped_for(language: str) -> Path:
    """Returns the folder of the shipped set for a language; the English one if there is none."""
    folders = shipped()
    return next((folders[name] for name in (language, primary_language(language)) if name in folders), folders["en"])


@dataclass(frozen=True)
class Source:
    """A set's files on the disk: `texts` by file name, and the shipped set it builds on (`base`), or null."""

    folder: Path
    texts: Mapping[str, str]
    base: "Source | None" = None
    _read: dict[str, dict[str, Any]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, folder: Path) -> "Source":
        """Reads the set in that folder. Raises BadPromptFile for files that are missing or cannot be read."""
        return cls.of_shipped(folder) if folder.parent == shipped_folder() else cls.of_own(folder)

    @classmethod
    def of_shipped(cls, folder: Path) -> "Source":
        """Reads a shipped set: all files, or those that it lays over another shipped set."""
        texts = {name: _read_text(folder / name) for name in FILES if (folder / name).exists()}
        read = {"set.toml": _parsed(f"{folder.name}/set.toml", texts["set.toml"])}
        base = read["set.toml"].get("extends")
        return cls(folder, texts, cls.of_shipped(shipped()[base]) if base else None, read)

    @classmethod
    def of_own(cls, folder: Path) -> "Source":
        """Reads one of the user's own; if it builds on a shipped set it may lack any file. Raises BadPromptFile."""
        texts: dict[str, str] = {}
        findings: list[Finding] = []
        for name in FILES:
            try:
                if os.path.lexists(folder / name):
                    texts[name] = _read_text(folder / name)
            except BadPromptFile as error:
                findings += error.findings
        if findings:
            raise BadPromptFile(*findings)
        base = _base_name(folder, texts.get("set.toml", ""))
        missing = [name for name in FILES if name not in texts and not base]
        if missing:
            raise BadPromptFile(*(Finding(f"{folder.name}/{name}", _MISSING) for name in missing))
        return cls(folder, texts, cls.of_shipped(shipped()[base]) if base else None)

    def file(self, name: str) -> str:
        """Returns a file's name as it is shown: `ours/evoking.toml`."""
        return f"{self.folder.name}/{name}"

    @cached_property
    def digest(self) -> str:
        """The SHA-256, in hex, of the files and of those of the set that it builds on."""
        parts = [f"{name}\0{text}" for name, text in self.texts.items()]
        return hashlib.sha256("\0".join([self.base.digest if self.base else "", *parts]).encode()).hexdigest()

    def own(self, name: str) -> dict[str, Any]:
        """Returns the parsed file of this folder; empty if there is none. Raises BadPromptFile."""
        if name in self.texts and name not in self._read:
            self._read[name] = _parsed(self.file(name), self.texts[name])
        return self._read.get(name, {})

    def document(self, name: str) -> dict[str, Any]:
        """Returns the parsed file, laid over that of the set it builds on. Raises BadPromptFile."""
        return laid_over(self.base.document(name), self.own(name)) if self.base else self.own(name)

    def finding(
        self, name: str, mend: str, key: str | None = None, table: str = "", item: str | int | None = None
    ) -> Finding:
        """Returns a finding in a file: at a key, or in an item of a table, by its id or its number from 0."""
        text = self.texts.get(name, "")
        if item is None:
            line = (line_of(text, key) or line_of(text, None, key)) if key else None
            return Finding(self.file(name), mend, line, key_named(key) if key else "")
        ids = self.ids(name, table)
        number = item if isinstance(item, int) else ids.index(item)
        item_id = ids[number]
        label: str = f"{table} {quoted(item_id)}"
        if isinstance(item_id, int):
            label = said(prompt_finding_words, lambda words: words.item, table=table, number=item_id + 1)
        place = joined((label, key_named(key)), ", ") if key else label
        prompt = item_id if table == "prompt" and isinstance(item_id, str) else None
        return Finding(self.file(name), mend, line_of(text, key, table, number), place, prompt)

    def ids(self, name: str, table: str) -> list[str | int]:
        """Returns the ids of a table's items, in the order of the file; for an item without an id, its number."""
        items = self.own(name).get(table)
        ids = [
            item.get("id") if isinstance(item, dict) else None for item in (items if isinstance(items, list) else ())
        ]
        return [item_id if isinstance(item_id, str) else number for number, item_id in enumerate(ids)]


_MISSING: Final = said(prompt_finding_words, lambda words: words.missing_file)


def _base_name(folder: Path, text: str) -> str | None:
    """Returns the name of the shipped set that a folder builds on, or null. Raises BadPromptFile for a wrong one."""
    names = list(shipped())
    extends = _parsed(f"{folder.name}/set.toml", text).get("extends")
    if extends is None:
        return folder.name if folder.name in names else None
    line = line_of(text, "extends")
    if extends not in names:
        mend = said(prompt_finding_words, lambda words: words.not_shipped, names=", ".join(names))
        raise BadPromptFile(Finding(f"{folder.name}/set.toml", mend, line, "extends"))
    if folder.name in names and extends != folder.name:
        mend = said(prompt_finding_words, lambda words: words.another_name, name=folder.name)
        raise BadPromptFile(Finding(f"{folder.name}/set.toml", mend, line, "extends"))
    return str(extends)


def _read_text(path: Path) -> str:
    """Returns a file's text. Raises BadPromptFile for a folder, a pipe, a device, a huge file or one not in UTF-8."""
    name = f"{path.parent.name}/{path.name}"
    try:
        with io.BufferedReader(io.FileIO(path, opener=_without_waiting)) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise BadPromptFile(Finding(name, said(prompt_finding_words, lambda words: words.no_ordinary_file)))
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise BadPromptFile(
                Finding(name, said(prompt_finding_words, lambda words: words.too_large, most=MAX_BYTES // 1_000_000))
            )
        return decode_utf8(data).replace("\r\n", "\n")
    except NotText as error:
        mend = (
            said(prompt_finding_words, lambda words: words.is_utf16)
            if error.kind is FileKind.WIDE
            else said(prompt_finding_words, lambda words: words.not_utf8)
        )
        raise BadPromptFile(Finding(name, mend, error.line)) from None
    except OSError as error:
        mend = said(prompt_finding_words, lambda words: words.unreadable, why=os.strerror(error.errno or 0))
        raise BadPromptFile(Finding(name, mend)) from error


def _without_waiting(path: str, flags: int) -> int:
    """Opens a file without waiting, as it may be a pipe that nobody writes to."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _parsed(file: str, text: str) -> dict[str, Any]:
    try:
        return parse_toml(text)
    except NotToml as error:
        raise BadPromptFile(bad_toml(file, text, error)) from None
