"""What holds for every subject of `words`: one shape, complete in each language, and no text that nobody reads."""

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

import pytest

import mi_cli
from mi_cli import words
from mi_cli.words.languages import LANGUAGES
from tests.words.subjects import SUBJECTS, texts

SOURCE: Final = Path(mi_cli.__file__).parent
# Texts that are the same in both languages: measures, places to fill in, the law's own words, and words spelled alike.
THE_SAME: Final = {
    "interview": {"bar_minutes", "bar_tally", "checks_title", "cue", "cues.agenda", "kinds.agenda", "safety_lines"},
    "clients": {"rows.0"},
    "contacts": {"header.1"},
    "doctor": {"labels.terminal"},
    "note": {"header.0"},
    "lists": {"sessions.0", "sessions.3", "consents.1", "trash.0", "changed.plan.json"},
    "notices": {"short", "long"},
}
# Subjects that an interview contains: their texts are read as `words.plan.labels`.
CONTAINED: Final = {"plan", "answers", "disk"}
# What hands the texts of a subject to a module which does not import the subject itself.
HANDS_ON: Final = {"that_one": "store", "ClientPlan": "plan", "Conversation": "interview"}
RECEIVER: Final = re.compile(r"(?:words|_words\(.*\))(?:\.(?:plan|answers|disk))?")

of_each_subject: Final = pytest.mark.parametrize("subject", SUBJECTS)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def modules() -> Iterator[ast.Module]:
    """Yields every module that may read a text."""
    for path in [*SOURCE.rglob("*.py"), *(SOURCE.parents[1] / "docs").glob("*.py")]:
        if "words" not in path.relative_to(SOURCE.parents[1]).parts[:-1] or path.name == "told.py":
            yield ast.parse(path.read_text(encoding="utf-8"))


def imports(module: ast.Module, subject: str) -> bool:
    """Whether a module imports a subject, the interview that contains it, or what hands on its texts."""
    wanted = {subject, "interview"} if subject in CONTAINED else {subject}
    froms = [node for node in ast.walk(module) if isinstance(node, ast.ImportFrom)]
    names = [node.module or "" for node in froms]
    return any(HANDS_ON.get(alias.name) == subject for node in froms for alias in node.names) or any(
        name.split(".")[:2] == ["mi_cli", "words"] and name.split(".")[2] in wanted for name in names
    )


def read_fields(subject: str) -> set[str]:
    """The attributes that code takes from the texts of a subject."""
    attributes = (
        node
        for module in modules()
        if imports(module, subject)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
    )
    return {node.attr for node in attributes if RECEIVER.search(ast.unparse(node.value))}


def test_every_subject_is_tested() -> None:
    assert set(SUBJECTS) == {module.name for module in iter_modules(words.__path__) if module.ispkg}


@of_each_subject
def test_every_language_has_its_own_module(subject: str) -> None:
    names = {path.stem for path in (SOURCE / "words" / subject).glob("*.py")}
    assert names == {"__init__", "model", *LANGUAGES}
    spoken = [SUBJECTS[subject](language) for language in LANGUAGES]
    assert len({id(texts_of) for texts_of in spoken}) == len(LANGUAGES)
    assert SUBJECTS[subject]("es-MX") is SUBJECTS[subject]("es")
    assert SUBJECTS[subject](None) is SUBJECTS[subject]("de") is SUBJECTS[subject]("en")


@of_each_subject
def test_nothing_is_left_untranslated(subject: str) -> None:
    english, spanish = (dict(texts(SUBJECTS[subject](language))) for language in ("en", "es"))
    assert english.keys() == spanish.keys()
    assert [place for place, text in spanish.items() if not text.strip()] == []
    assert {place for place, text in spanish.items() if text == english[place]} == THE_SAME.get(subject, set())
    assert {place for place, text in spanish.items() if placeholders(text) != placeholders(english[place])} == set()


def test_only_the_language_that_is_asked_for_is_loaded() -> None:
    code = f"for subject in {[*SUBJECTS]}: Selector('mi_cli.words.' + subject)('en')"
    command = [
        sys.executable,
        "-c",
        f"import sys; from mi_cli.words.languages import Selector\n{code}\nprint(*sys.modules)",
    ]
    loaded = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout.split()
    assert {f"mi_cli.words.{name}.en" for name in SUBJECTS} <= set(loaded)
    assert [name for name in loaded if name.startswith("mi_cli.words.") and name.endswith(".es")] == []


@of_each_subject
def test_some_code_reads_every_field(subject: str) -> None:
    model = type(SUBJECTS[subject]("en"))
    assert model.__annotations__.keys() - read_fields(subject) == set()


def test_a_field_that_no_code_reads_would_be_noticed() -> None:
    assert "closed" in read_fields("interview")
    assert "barriers" not in read_fields("interview")  # until issue 10 the interview had such a text, and none read it
