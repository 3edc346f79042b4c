"""Read a prompt set from its TOML files. A prompt file from anywhere is data: it is checked, and only ever shown."""

import hashlib
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

from mi_cli.errors import Failed
from mi_cli.prompts.model import (
    CrisisLine,
    GoBackSign,
    Meant,
    Moment,
    OnDemand,
    Prompt,
    PromptKind,
    PromptSet,
    SafetyCard,
    SafetyConcernCard,
    StageGuide,
    Substance,
)
from mi_cli.records.names import checked_name
from mi_cli.records.terms import Concern, Stage, Talk

SHIPPED: Final = "en"
_Read = TypeVar("_Read")
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
    focus_words: Mapping[Substance, tuple[str, ...]] = field(default_factory=dict)


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
    """The set in that folder. Raises BadPromptFile. A shipped set was checked before it was shipped."""
    texts = {name: _text(folder / name) for name in _FILES}
    digest = hashlib.sha256("\0".join(texts[name] for name in _FILES).encode()).hexdigest()
    shipped = folder.parent == shipped_folder()
    read = _built if shipped else _checked
    header = read(folder / "set.toml", _parsed(folder / "set.toml", texts["set.toml"]), _Header)

    def stage_guide(stage: Stage) -> StageGuide:
        name = f"{stage}.toml"
        return read(folder / name, _stage_fields(_parsed(folder / name, texts[name]), stage), StageGuide)

    def safety_card() -> SafetyCard:
        document = _parsed(folder / "safety.toml", texts["safety.toml"])
        return read(folder / "safety.toml", _renamed(document, _SAFETY_KEYS), SafetyCard)

    stages: Mapping[Stage, StageGuide] = OnDemand(tuple(Stage), stage_guide)
    found = PromptSet(
        folder.name, header.title, header.language, header.version, digest, header.focus_words, stages, safety_card
    )
    if not shipped:
        _refuse_double_ids(folder, stages)
        safety_card()
    return found


_STAGE_KEYS: Final = {"prompt": "prompts"}
_PROMPT_KEYS: Final = {"for": "meant"}
_SAFETY_KEYS: Final = {"line": "lines", "concern": "concerns"}


def _stage_fields(document: dict[str, Any], stage: Stage) -> dict[str, Any]:
    """A stage's document with the fields of StageGuide."""
    fields = {"go_back": [], **_renamed(document, _STAGE_KEYS), "stage": stage}
    if isinstance(prompts := fields.get("prompts"), list):
        fields["prompts"] = [_renamed(item, _PROMPT_KEYS) if isinstance(item, dict) else item for item in prompts]
    return fields


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


def _checked(path: Path, fields: dict[str, Any], kind: type[_Read]) -> _Read:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(kind).validate_python(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadPromptFile(f"{_shown(path)}, {_place(fields, first['loc'])}: {_mend(first)}") from None


def _built(_path: Path, fields: dict[str, Any], kind: type[_Read]) -> _Read:
    """As `_checked`, for what is known to be right: no pydantic, a tenth of the time."""
    return kind(**{key: _BUILD.get(key, _same)(value) for key, value in fields.items()})


def _same(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _each(kind: type[Any]) -> Callable[[list[dict[str, Any]]], tuple[Any, ...]]:
    return lambda items: tuple(_built(Path(), item, kind) for item in items)


_BUILD: Final[Mapping[str, Callable[[Any], Any]]] = {
    "prompts": _each(Prompt),
    "go_back": _each(GoBackSign),
    "lines": _each(CrisisLine),
    "concerns": lambda items: tuple(SafetyConcernCard(Concern(i["id"]), i["title"], tuple(i["do"])) for i in items),
    "focus_words": lambda table: {Substance(name): tuple(words) for name, words in table.items()},
    "to": Stage,
    "kind": PromptKind,
    "evokes": Talk,
    "meant": Meant,
    "focus": lambda names: tuple(map(Substance, names)),
    "when": lambda names: tuple(map(Moment, names)),
}


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
