"""The texts that explain mi: `mi help`, `mi help interview` and the man page."""

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from mi_cli.interview.commands import command_names, commands
from mi_cli.interview.marks import ALL_MARKS, TYPE_STARTS, talk_named
from mi_cli.interview.rules import ALL_RULES
from mi_cli.terminal.guide import guide_page
from mi_cli.words.choice import choice_words
from mi_cli.words.interview import interview_words
from mi_cli.words.languages import LANGUAGES
from tests.conftest import Ran

Mi = Callable[..., Ran]
MAN = Path(__file__).parents[2] / "docs" / "man.py"


def script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_has_every_mark_type_command_example_and_key(language: str) -> None:
    words = interview_words(language)
    shown = "\n".join(f"{line.lead}{line.text}" for line in guide_page(words, language))
    for name in commands():
        assert re.search(rf"(   |\(.*)/{name}\b", shown), name
        assert all(f"/{each}" in shown for each in command_names(name, language)), name
    for mark in ALL_MARKS:
        assert f"   {mark} " in shown
    for start, talk in TYPE_STARTS.items():
        assert re.search(rf"   \+{start} +{words.talk[talk]}\b", shown), start
    for term, text in (*words.guide_example_lines, *words.guide_key_lines):
        assert term in shown
        assert text in shown


def test_the_starts_of_the_types_are_what_a_line_takes() -> None:
    assert {start: talk_named(start) for start in TYPE_STARTS} == TYPE_STARTS


def test_the_man_page_is_what_the_words_make_of_it() -> None:
    man = script(MAN)
    assert man.PAGE.read_text(encoding="utf-8") == man.man_page(), "run python docs/man.py"


def test_the_page_on_what_comes_next_is_what_the_rules_make_of_it() -> None:
    following = script(MAN.with_name("next.py"))
    assert following.PAGE.read_text(encoding="utf-8") == following.page(), "run python docs/next.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_comes_next_is_told_with_reason_and_source(mi: Mi, language: str) -> None:
    words = choice_words(language)
    shown = " ".join(mi("--plain", "help", "next").out.split()) if language == "en" else ""
    for rule in ALL_RULES:
        assert words.offers[rule.name]
        assert words.reasons[rule.name]
        if language == "en":
            assert words.reasons[rule.name] in shown
            assert rule.source in shown


def test_no_line_of_the_man_page_is_taken_for_a_request_it_is_not() -> None:
    requests = {".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".BI", ".RB", ".I", ".IR", ".BR", '.\\"'}
    lines = script(MAN).man_page().splitlines()
    assert {line.split()[0] for line in lines if line.startswith((".", "'"))} <= requests
    assert not any(line.startswith(".B /") and "\\e" in line for line in lines)


def test_help_tells_of_a_command_of_all_and_of_the_interview(mi: Mi) -> None:
    assert mi("help", "session", "start").out == mi("session", "start", "--help").out
    assert mi("help").out == mi("--help").out
    assert "`mi help interview`" in " ".join(mi("help").out.split())
    shown = mi("help", "interview")
    assert shown.code == 0
    assert "/barrier what -> response" in shown.out
    assert mi("help", "nonsense").code == 2


def test_the_guide_speaks_the_language_of_the_settings(mi: Mi) -> None:
    mi("config", "set", "language", "es")
    assert "Lo que se escribe en una entrevista" in mi("help", "interview").out
