"""The file of moments itself: that each is complete, is named once, and speaks of what exists."""

import tomllib
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import pytest

from mi_cli.prompts.model import Moment, PromptKind
from mi_cli.records.terms import Stage
from mi_cli.records.text_keys import Hold, Need

MOMENTS: Final[list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "moments.toml").read_text(encoding="utf-8")
)["moment"]
LANGUAGES: Final = ("en", "es")
REQUIRED: Final = {"language", "name", "source", "lines"}
OPTIONAL: Final = {"stage", "first", "facts", "earlier", "may", "not"}
FACTS: Final = {"mandated"}
MAY: Final[dict[str, type[StrEnum] | None]] = {"kinds": PromptKind, "when": Moment, "hold": Hold}
MUST_NOT: Final[dict[str, type[StrEnum] | None]] = {
    "kinds": PromptKind,
    "when": Moment,
    "stages": Stage,
    "ids": None,  # of prompts: the sets may lose one without making a moment wrong
    "needs": Need,
}


def _by_name() -> list[Any]:
    return [pytest.param(moment, id=f"{moment.get('language')}: {moment.get('name')}") for moment in MOMENTS]


def _values(member_of: type[StrEnum]) -> set[str]:
    return {member.value for member in member_of}


@pytest.mark.parametrize("moment", _by_name())
def test_a_moment_is_complete(moment: dict[str, Any]) -> None:
    assert moment.keys() >= REQUIRED
    assert moment.keys() <= REQUIRED | OPTIONAL
    assert moment["language"] in LANGUAGES
    assert moment["name"].strip()
    assert moment["source"].strip()
    assert moment["lines"]
    assert moment.get("may") or moment.get("not")
    assert moment.get("stage", "engaging") in _values(Stage)
    assert set(moment.get("facts", [])) <= FACTS


@pytest.mark.parametrize("moment", _by_name())
def test_a_moment_names_only_what_exists(moment: dict[str, Any]) -> None:
    for key, allowed in (("may", MAY), ("not", MUST_NOT)):
        conditions = moment.get(key, {})
        assert conditions.keys() <= allowed.keys()
        for name, values in conditions.items():
            assert values, f"{key}.{name} is empty"
            member_of = allowed[name]
            assert member_of is None or set(values) <= _values(member_of)


@pytest.mark.parametrize("moment", _by_name())
def test_no_moment_contradicts_itself(moment: dict[str, Any]) -> None:
    may, must_not = moment.get("may", {}), moment.get("not", {})
    for name in ("kinds", "when"):
        assert not set(may.get(name, [])) & set(must_not.get(name, []))


@pytest.mark.parametrize("moment", _by_name())
def test_what_is_judged_follows_an_enter_or_a_command(moment: dict[str, Any]) -> None:
    assert not moment["lines"][-1] or moment["lines"][-1].startswith("/")


def test_names_are_unique_in_each_language() -> None:
    named = Counter((moment["language"], moment["name"]) for moment in MOMENTS)
    assert [name for name, times in named.items() if times > 1] == []


def test_no_situation_stands_there_twice() -> None:
    with_words = [moment for moment in MOMENTS if any(" " in line for line in moment["lines"])]
    told = Counter((moment["language"], moment.get("stage"), *moment["lines"]) for moment in with_words)
    assert [situation for situation, times in told.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_moments_and_its_chains(language: str) -> None:
    moments = [moment for moment in MOMENTS if moment["language"] == language]
    chains = [moment for moment in moments if sum(bool(line) for line in moment["lines"]) >= 3]
    assert len(moments) >= 150
    assert len(chains) >= 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_judges_every_stage(language: str) -> None:
    stages = {moment.get("stage", "engaging") for moment in MOMENTS if moment["language"] == language}
    assert stages == _values(Stage)
