"""Read a prompt set from its TOML files. A prompt file from anywhere is data: it is checked, and only ever shown."""

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final

from mi_cli.errors import Failed
from mi_cli.prompts.model import PromptSet, SafetyCard, StageGuide
from mi_cli.records.names import checked_name
from mi_cli.records.terms import Stage

SHIPPED: Final = "en"
_FILES: Final = ("set.toml", *(f"{stage}.toml" for stage in Stage), "safety.toml")


class BadPromptFile(Failed):
    """A prompt file cannot be used. The message names file, place and what to mend."""


@dataclass(frozen=True)
class _Header:
    """`set.toml`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    name: str
    title: str
    language: str
    version: str



def shipped_folder() -> Path:
    """Where the shipped sets are: in the wheel inside the package, in a checkout beside `src`."""
    package = Path(__file__).parents[1]
    installed = package / "_data" / "prompts"
    return installed if installed.is_dir() else package.parents[1] / "prompts"


def available(own: Path | None) -> dict[str, Path]:
    """Set names and their folders: the shipped ones, and those in the user's own folder, which come first."""
    found: dict[str, Path] = {}
    for folder in (shipped_folder(), own):
        if folder is not None and folder.is_dir():
            found |= {path.name: path for path in sorted(folder.iterdir()) if (path / "set.toml").is_file()}
    return found


def load(name: str, own: Path | None) -> PromptSet:
    """The set with that name. Raises WrongUsage for a name that is none, Failed for one that is not there.

    Raises BadPromptFile for a file that cannot be used.
    """
    name = checked_name(name, "prompt set name")
    folder = available(own).get(name)
    if folder is None:
        raise Failed("There is no prompt set of that name.", "`mi prompts list` shows the sets there are.")
    return load_folder(folder)


def load_folder(folder: Path) -> PromptSet:
    """The set in that folder. Raises BadPromptFile."""
    texts = {name: _text(folder / name) for name in _FILES}
    documents = {name: _parsed(folder / name, text) for name, text in texts.items()}
    header = _checked(folder / "set.toml", documents["set.toml"], _Header)
    stages = {stage: _stage(folder / f"{stage}.toml", documents[f"{stage}.toml"], stage) for stage in Stage}
    safety = _checked(folder / "safety.toml", _renamed(documents["safety.toml"], _SAFETY_KEYS), SafetyCard)
    _refuse_double_ids(folder, stages)
    digest = hashlib.sha256("\0".join(texts[name] for name in _FILES).encode()).hexdigest()
    return PromptSet(folder.name, header.title, header.language, header.version, digest, stages, safety)


_STAGE_KEYS: Final = {"prompt": "prompts"}
_PROMPT_KEYS: Final = {"for": "meant"}
_SAFETY_KEYS: Final = {"line": "lines", "concern": "concerns"}


def _stage(path: Path, document: dict[str, Any], stage: Stage) -> StageGuide:
    fields = {"go_back": [], **_renamed(document, _STAGE_KEYS), "stage": stage}
    if isinstance(prompts := fields.get("prompts"), list):
        fields["prompts"] = [_renamed(item, _PROMPT_KEYS) if isinstance(item, dict) else item for item in prompts]
    return _checked(path, fields, StageGuide)


def _renamed(document: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """TOML keys as the dataclass fields that hold them."""
    return {names.get(key, key): value for key, value in document.items()}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        hint = "A set has one file for each stage, set.toml and safety.toml."
        raise BadPromptFile(f"{_shown(path)} is missing.", hint) from None
    except UnicodeDecodeError as error:
        raise BadPromptFile(f"{_shown(path)} is not UTF-8 at byte {error.start}.", "Save it as UTF-8.") from None
    except OSError as error:
        raise BadPromptFile(f"{_shown(path)} cannot be read: {os.strerror(error.errno or 0)}.") from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadPromptFile(f"{_shown(path)}: {error}.", "TOML: https://toml.io shows how it is written.") from None


@cache
def _adapter(kind: type[Any]) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _checked(path: Path, fields: dict[str, Any], kind: type[Any]) -> Any:
    from pydantic import ValidationError

    try:
        return _adapter(kind).validate_python(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadPromptFile(f"{_shown(path)}, {_place(fields, first['loc'])}: {_mend(first)}") from None


def _place(fields: dict[str, Any], place: tuple[int | str, ...]) -> str:
    """Where in the file: a prompt by its id, or by its number when it has none."""
    names = {"meant": "for", "prompts": "prompt", "lines": "line", "concerns": "concern"}
    parts = [names.get(str(part), str(part)) for part in place]
    if len(place) > 1 and isinstance(place[1], int):
        item = fields[str(place[0])][place[1]]
        named = item.get("id") if isinstance(item, dict) else None
        label = f"{parts[0]} {named!r}" if isinstance(named, str) else f"{parts[0]} number {place[1] + 1}"
        return ", ".join([label, *parts[2:3]])
    return parts[0] if parts else "the file"


def _mend(error: Any) -> str:
    """What to do about it."""
    match error["type"]:
        case "missing":
            return "this is missing; add it."
        case "unexpected_keyword_argument" | "extra_forbidden":
            return "there is no such key; take it out, or look for a misspelling."
        case "enum":
            return f"it must be one of {error['ctx']['expected']}."
        case _:
            return f"{error['msg'][0].lower()}{error['msg'][1:]}."


def _refuse_double_ids(folder: Path, stages: Mapping[Stage, StageGuide]) -> None:
    seen: set[str] = set()
    for stage, guide in stages.items():
        for prompt in guide.prompts:
            if prompt.id in seen:
                raise BadPromptFile(
                    f"{_shown(folder / f'{stage}.toml')}, prompt {prompt.id!r}: this id stands twice in the set.",
                    "Give one of them another id.",
                )
            seen.add(prompt.id)


def _shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
