"""Builds a prompt set from the contents of its files.

There are two ways to the same result. A shipped set was checked before it was shipped, so it is built without pydantic,
whose import alone would cost 15 ms at every start, and its stages are read when they are entered (`_built`). One of the
user's own is checked first: each file by itself, each value by pydantic, then the set as a whole (`_checked`). All that
is wrong is reported at once, each with its place in the file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar, Final, Protocol, TypeVar

from mi_cli.prompts.findings import BadPromptFile, Finding, what_to_mend
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
    Topic,
    WordTable,
)
from mi_cli.prompts.source import Source, shipped_folder, shipped_for
from mi_cli.records.names import is_name
from mi_cli.records.terms import Concern, Stage, Talk
from mi_cli.records.text_keys import Cue, Need
from mi_cli.words.prompt_findings import prompt_finding_words
from mi_cli.words.said import said

_Read = TypeVar("_Read")


@dataclass(frozen=True)
class _Header:
    """`set.toml`. `extends` names the shipped set it builds on, `translates` the set that it is a translation of."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    title: str
    language: str
    version: str
    extends: str = ""
    translates: str = ""
    focus_words: Mapping[Substance, tuple[str, ...]] = field(default_factory=dict)
    topic_words: Mapping[Topic, tuple[str, ...]] = field(default_factory=dict)
    not_words: Mapping[WordTable, tuple[str, ...]] = field(default_factory=dict)
    small_words: tuple[str, ...] = ()


class _Reader(Protocol):
    """A function that makes a part of a set from the fields of a file."""

    def __call__(self, name: str, fields: dict[str, Any], kind: type[_Read], /) -> _Read: ...


def build(source: Source) -> PromptSet:
    """Returns the set. Raises BadPromptFile with everything that is wrong in one of the user's own."""
    return _set(source, _built) if source.folder.parent == shipped_folder() else _checked(source)


def _checked(source: Source) -> PromptSet:
    _raise_if_any(_check_files(source))

    def read(name: str, fields: dict[str, Any], kind: type[_Read]) -> _Read:
        from pydantic import TypeAdapter, ValidationError

        try:
            return TypeAdapter(kind).validate_python(fields)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            raise BadPromptFile(*(_finding_for(source, name, fields, each) for each in errors)) from None

    prompt_set = _set(source, read)
    findings: list[Finding] = []
    parts: list[Callable[[], object]] = [partial(prompt_set.stages.__getitem__, stage) for stage in Stage]
    parts.append(partial(getattr, prompt_set, "safety"))
    for read_part in parts:
        try:
            read_part()
        except BadPromptFile as error:
            findings += error.findings
    _raise_if_any(findings)
    _raise_if_any(_check_whole_set(source, prompt_set))
    return prompt_set


def _raise_if_any(findings: Iterable[Finding]) -> None:
    if all_findings := list(findings):
        raise BadPromptFile(*all_findings)


def _set(source: Source, read: _Reader) -> PromptSet:
    header = read("set.toml", source.document("set.toml"), _Header)

    def stage_guide(stage: Stage) -> StageGuide:
        name = f"{stage}.toml"
        return read(name, _stage_fields(source.document(name), stage), StageGuide)

    def safety_card() -> SafetyCard:
        document = source.document("safety.toml")
        if lacking := lacking_concerns(document):
            shipped_card = Source.of_shipped(shipped_for(header.language)).document("safety.toml")
            taken = [item for item in shipped_card["concern"] if item["id"] in lacking]
            document = {**document, "concern": [*document["concern"], *taken]}
        return read("safety.toml", _renamed(document, _SAFETY_KEYS), SafetyCard)

    return PromptSet(
        source.folder.name,
        header.title,
        header.language,
        header.version,
        source.digest,
        header.focus_words,
        header.topic_words,
        OnDemand(tuple(Stage), stage_guide),
        safety_card,
        header.translates,
        header.not_words,
        header.small_words,
    )


# A set that was written for 0.1.0 has nothing on these, and is used all the same.
_CONCERNS_SINCE_0_1: Final = (Concern.PARTNER_VIOLENCE, Concern.DRIVING)


def lacking_concerns(document: Mapping[str, Any]) -> list[Concern]:
    """Returns the concerns whose text is taken from the shipped card, because this card was written before them."""
    items = document.get("concern")
    if not isinstance(items, list):
        return []
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    return [concern for concern in _CONCERNS_SINCE_0_1 if concern not in ids]


_STAGE_KEYS: Final = {"prompt": "prompts"}
_PROMPT_KEYS: Final = {"for": "meant"}
_SAFETY_KEYS: Final = {"line": "lines", "concern": "concerns"}
_AS_WRITTEN: Final = {new: old for keys in (_STAGE_KEYS, _PROMPT_KEYS, _SAFETY_KEYS) for old, new in keys.items()}


def _stage_fields(document: dict[str, Any], stage: Stage) -> dict[str, Any]:
    """Returns a stage's document with the field names of StageGuide."""
    fields = {"go_back": [], **_renamed(document, _STAGE_KEYS), "stage": stage}
    if isinstance(prompts := fields.get("prompts"), list):
        fields["prompts"] = [_renamed(item, _PROMPT_KEYS) if isinstance(item, dict) else item for item in prompts]
    return fields


def _renamed(document: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Returns the document with its TOML keys renamed to dataclass fields."""
    return {names.get(key, key): value for key, value in document.items()}


# -- a shipped set -----------------------------------------------------------------------------------------------------


def _built(_name: str, fields: dict[str, Any], kind: type[_Read]) -> _Read:
    """Makes what pydantic would make of a file that is known to be right, in a tenth of the time."""
    return kind(**{key: _BUILD.get(key, _tuple_or_value)(value) for key, value in fields.items()})


def _tuple_or_value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _each(kind: type[Any]) -> Callable[[list[dict[str, Any]]], tuple[Any, ...]]:
    return lambda items: tuple(_built("", item, kind) for item in items)


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
    "needs": lambda names: tuple(map(Need, names)),
    "cue": lambda names: tuple(map(Cue, names)),
    "topic_words": lambda table: {Topic(name): tuple(words) for name, words in table.items()},
    "not_words": lambda table: {WordTable(name): tuple(words) for name, words in table.items()},
}


# -- a set that is checked ---------------------------------------------------------------------------------------------


_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def _check_files(source: Source) -> Iterator[Finding]:
    """Yields what keeps a file from being laid over another: it is no TOML, or a prompt has no usable id."""
    for name in source.texts:
        try:
            document = source.own(name)
        except BadPromptFile as error:
            yield from error.findings
            continue
        prompts = document.get("prompt", [])
        for number, item in enumerate(prompts if isinstance(prompts, list) else []):
            if not isinstance(item, dict):
                continue
            if "id" not in item:
                yield source.finding(
                    name, said(prompt_finding_words, lambda words: words.missing), "id", "prompt", number
                )
            elif not isinstance(item["id"], str) or not is_name(item["id"]):
                mend = said(prompt_finding_words, lambda words: words.id_form)
                yield source.finding(name, mend, "id", "prompt", number)
            if source.base and not isinstance(item.get("after", ""), str):
                yield source.finding(
                    name, said(prompt_finding_words, lambda words: words.id_needed), "after", "prompt", number
                )
        if source.base and "hide" in document and not _is_list_of_text(document["hide"]):
            yield source.finding(name, said(prompt_finding_words, lambda words: words.ids_needed), "hide")


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _check_whole_set(source: Source, prompt_set: PromptSet) -> Iterator[Finding]:
    """Yields what is wrong with a set whose files are each right: language, ids used twice, missing safety concerns."""
    if not _LANGUAGE.fullmatch(prompt_set.language):
        yield source.finding("set.toml", said(prompt_finding_words, lambda words: words.language_code), "language")
    own_ids = {f"{stage}.toml": source.ids(f"{stage}.toml", "prompt") for stage in Stage}
    seen: dict[str | int, str] = {
        prompt.id: f"{stage}.toml"
        for stage, guide in prompt_set.stages.items()
        for prompt in guide.prompts
        if prompt.id not in own_ids[f"{stage}.toml"]
    }
    for name, ids in own_ids.items():
        for number, prompt_id in enumerate(ids):
            if prompt_id in seen:
                mend = said(prompt_finding_words, lambda words: words.id_twice, other=seen[prompt_id])
                yield source.finding(name, mend, "id", "prompt", number)
            seen.setdefault(prompt_id, name)
    for concern in Concern:
        if [card.id for card in prompt_set.safety.concerns].count(concern) != 1:
            mend = said(prompt_finding_words, lambda words: words.concern_once, concern=concern)
            yield source.finding("safety.toml", mend)


def _finding_for(source: Source, name: str, fields: Mapping[str, Any], error: Any) -> Finding:
    """Returns a pydantic error as a finding at its place in the file: a prompt by its id, or an item by its number."""
    place = tuple(_AS_WRITTEN.get(part, part) if isinstance(part, str) else part for part in error["loc"])
    table, mend = str(place[0]) if place else "", what_to_mend(error)
    items = fields.get(str(error["loc"][0])) if place else None
    if len(place) == 1 or not isinstance(items, list) or not isinstance(number := place[1], int):
        return source.finding(name, mend, table or None)
    item = items[number]
    if not isinstance(item, dict):
        return source.finding(name, mend, table)
    key = str(place[2]) if len(place) > 2 else None
    return source.finding(name, mend, key, table, item["id"] if isinstance(item.get("id"), str) else number)
