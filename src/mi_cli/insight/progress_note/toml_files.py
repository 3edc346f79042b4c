"""Reads the TOML files of note formats and requirements: those that come with mi, and an agency's own over them.

Theory of operation. A file that comes with mi has a name, such as `girp`. An own file of that name lies over it: a key
of the own file replaces that key, and the items of its list (`section`, `line`) are laid over one by one, by what names
them. An own file with another name may build on one that comes with mi (`extends`), else it stands by itself. Whatever
is wrong in a file is named with the file and the place, and never used half.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from mi_cli.errors import Failed
from mi_cli.records.names import is_name
from mi_cli.records.toml_text import NotToml, read_toml
from mi_cli.records.utf8 import NotText
from mi_cli.store.records import outside
from mi_cli.words.note.model import NoteWords

_LANGUAGES: Final = ("en", "es")
_DATA: Final = Path(__file__).parents[2] / "_data"
_AnyEnum = TypeVar("_AnyEnum", bound=StrEnum)


class BadNoteFile(Failed):
    """A note format or a profile of requirements that cannot be used."""


@dataclass(frozen=True)
class NoteFile:
    """A file, laid over what it builds on. `name` is its name as it is shown."""

    name: str
    values: Mapping[str, Any]
    words: NoteWords

    def bad(self, why: str) -> NoReturn:
        """Raises BadNoteFile."""
        raise BadNoteFile(self.words.file_bad.format(file=self.name, why=why), self.words.file_mend)

    def check_keys(self, place: str, values: Mapping[str, Any], known: Iterable[str]) -> None:
        """Raises BadNoteFile for a key that is not known."""
        if set(values) - set(known):
            self.bad(self.words.bad_key.format(place=place, known=", ".join(known)))

    def text(self, place: str, value: Any) -> str:
        """Returns a text that must be there. Raises BadNoteFile."""
        if not isinstance(value, str) or not value.strip():
            self.bad(self.words.bad_missing.format(place=place))
        return value

    def label(self, place: str, value: Any) -> dict[str, str]:
        """Returns a label in both languages; in a file with one text, or with English alone, it stands for both."""
        if isinstance(value, str):
            value = {"en": value}
        if not isinstance(value, dict):
            self.bad(self.words.bad_missing.format(place=f"{place}, label"))
        self.check_keys(f"{place}, label", value, _LANGUAGES)
        english = self.text(f"{place}, label.en", value.get("en"))
        return {language: self.text(f"{place}, label", value.get(language, english)) for language in _LANGUAGES}

    def members(self, place: str, value: Any, kind: type[_AnyEnum]) -> tuple[_AnyEnum, ...]:
        """Returns the members of a closed set that are listed there. Raises BadNoteFile."""
        if not isinstance(value, list) or not all(isinstance(one, str) and one in list(kind) for one in value):
            self.bad(self.words.bad_value.format(place=place, known=", ".join(kind)))
        return tuple(map(kind, value))

    def items(self, table: str, named_by: str) -> list[tuple[str, Mapping[str, Any]]]:
        """Returns the tables of a list, each with the place that names it. Raises BadNoteFile."""
        items = self.values.get(table)
        if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
            self.bad(self.words.bad_missing.format(place=f"[[{table}]]"))
        names = [
            self.text(f"[[{table}]] {number}, {named_by}", item.get(named_by)) for number, item in _numbered(items)
        ]
        if double := next((name for name in names if names.count(name) > 1), None):
            self.bad(self.words.bad_double.format(place=f"[[{table}]] {named_by} = {double}"))
        return [(f"[[{table}]] {name}", item) for name, item in zip(names, items, strict=True)]


def file_names(folder: str, own: Path | None) -> dict[str, bool]:
    """Returns the names of the files that there are, and whether each is an own one."""
    shipped = {path.stem: False for path in sorted((_DATA / folder).glob("*.toml"))}
    try:
        names = sorted(os.listdir(own)) if own else []
    except OSError:
        names = []
    ours = {name.removesuffix(".toml"): True for name in names if name.endswith(".toml")}
    return shipped | {name: True for name in ours if is_name(name)}


def note_file(folder: str, own: Path | None, name: str, table: str, named_by: str, words: NoteWords) -> NoteFile | None:
    """Returns the file of that name, laid over what it builds on; None where there is none. Raises BadNoteFile."""
    there = file_names(folder, own)
    if name not in there:
        return None
    shown = f"{folder}/{name}.toml"
    if own is None or not there[name]:
        return _built(folder, name, table, named_by, words)
    values = _read(own / f"{name}.toml", shown, words)
    extends = values.pop("extends", None)
    base: NoteFile | None = None
    if extends is not None or _is_shipped(folder, name):
        known = list(file_names(folder, None))
        if extends is not None and extends not in known:
            NoteFile(shown, values, words).bad(words.bad_extends.format(known=", ".join(known)))
        base = _built(folder, extends or name, table, named_by, words)
    return NoteFile(shown, _laid_over(base.values, values, table, named_by) if base else values, words)


def _built(folder: str, name: str, table: str, named_by: str, words: NoteWords) -> NoteFile:
    """Returns a file that comes with mi; one may build on another."""
    shown = f"{folder}/{name}.toml"
    values = _read(_DATA / folder / f"{name}.toml", shown, words)
    if extends := values.pop("extends", None):
        values = _laid_over(_built(folder, extends, table, named_by, words).values, values, table, named_by)
    return NoteFile(shown, values, words)


def _is_shipped(folder: str, name: str) -> bool:
    return (_DATA / folder / f"{name}.toml").is_file()


def _read(path: Path, shown: str, words: NoteWords) -> dict[str, Any]:
    file = NoteFile(shown, {}, words)
    try:
        return read_toml(outside.read(path))
    except NotToml as error:
        file.bad(words.bad_toml.format(why=error.why))
    except NotText:
        file.bad(words.bad_text)
    except OSError as error:
        file.bad(words.bad_unreadable.format(why=outside.reason(error)))


def _laid_over(base: Mapping[str, Any], own: Mapping[str, Any], table: str, named_by: str) -> dict[str, Any]:
    """Returns the base with the keys of `own`; items of the table are laid over one by one, new ones come last."""
    items = own.get(table)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return {**base, **own}
    merged = {item[named_by]: item for item in base[table]}
    added = []
    for item in items:
        known = isinstance(item.get(named_by), str) and item[named_by] in merged
        if known:
            merged[item[named_by]] = {**merged[item[named_by]], **item}
        else:
            added.append(item)
    return {**base, **own, table: [*merged.values(), *added]}


def _numbered(items: list[Any]) -> Iterable[tuple[int, Any]]:
    return enumerate(items, 1)
