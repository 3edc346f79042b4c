"""Lists the prompt sets, and loads one of them by its name."""

import os
from pathlib import Path
from typing import Final

from mi_cli.errors import Failed
from mi_cli.prompts.build import build
from mi_cli.prompts.model import PromptSet
from mi_cli.prompts.source import Source, shipped
from mi_cli.records.names import checked_name, is_name
from mi_cli.records.outside_keys import NameOf
from mi_cli.words.prompt_sets import prompt_set_words
from mi_cli.words.said import said

SHIPPED: Final = "en"


def available(own: Path | None) -> dict[str, Path]:
    """Returns the names of all sets with their folders; one of the user's own replaces a shipped one of its name.

    Raises Failed when the folder with the user's own cannot be read.
    """
    try:
        return shipped() | {path.name: path for path in _folders(own) if is_name(path.name)}
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise Failed(said(prompt_set_words, lambda words: words.folder_unread, why=why)) from error


def _folders(own: Path | None) -> list[Path]:
    if own is None or not own.is_dir():
        return []
    return [path for path in sorted(own.iterdir()) if path.is_dir()]


def folder_of(name: str, own: Path | None) -> Path:
    """Returns the folder of the set with that name.

    Raises WrongUsage for something that cannot be a name, Failed for a set that does not exist.
    """
    folder = available(own).get(checked_name(name, NameOf.PROMPT_SET))
    if folder is None:
        hint = said(prompt_set_words, lambda words: words.list_sets)
        raise Failed(said(prompt_set_words, lambda words: words.no_such_set, name=name), hint)
    return folder


def load(name: str, own: Path | None) -> PromptSet:
    """Returns the set with that name. Raises as `folder_of` and `load_folder` do."""
    return load_folder(folder_of(name, own))


def load_folder(folder: Path) -> PromptSet:
    """Returns the set in that folder. Raises BadPromptFile with everything that is wrong in one of the user's own."""
    return build(Source.of(folder))
