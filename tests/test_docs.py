"""docs/design.md and docs/cli.md name what is built: every command, option, room and field, and nothing else."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import typer.main

from mi_cli import errors
from mi_cli.cli.app import app
from mi_cli.cli.settings import KEYS
from mi_cli.interview.commands import commands
from mi_cli.interview.marks import MARKS
from mi_cli.records.base import Part, Record
from mi_cli.records.text_keys import DueKind

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "mi_cli"
RECORD_MODULES = (
    "client",
    "client_facts",
    "session",
    "notes",
    "change",
    "plan",
    "consent",
    "contact",
    "progress_note",
    "disclosure",
)


@cache
def text(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """The text between a heading and the next heading of the same level."""
    _, found, rest = text(name).partition(f"\n{heading}\n")
    assert found, f"docs/{name} has no heading {heading!r}"
    return rest.partition(f"\n{heading.split(maxsplit=1)[0]} ")[0]


def rows(table: str) -> Iterator[list[str]]:
    """The cells of every row of the tables in a section."""
    for line in table.splitlines():
        if line.startswith("| "):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def code_in(markdown: str) -> list[str]:
    """The code spans, without whole blocks of code."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", markdown, flags=re.DOTALL | re.MULTILINE))


def options_in(cell: str) -> set[str]:
    return {option for code in code_in(cell) for option in re.findall(r"^--?[a-z][a-z-]*", code)}


def test_every_command_and_option_is_in_cli_md_and_nothing_else() -> None:
    written = {}
    for command, _, *options in rows(section("cli.md", "## The commands")):
        if name := re.match(r"`(mi( [a-z]+)+)", command):
            assert name[1] not in written, f"{name[1]} is there twice"
            written[name[1]] = options_in(options[0])
    assert written == {" ".join(("mi", *words)): options for words, options in built()}


def test_every_setting_is_in_cli_md_in_its_order() -> None:
    named = [key for cells in rows(section("cli.md", "## Settings")) for key in code_in(cells[0])]
    assert named == list(KEYS)


def test_everything_that_can_be_due_is_in_cli_md_in_its_order() -> None:
    kinds = [kind for cells in rows(section("cli.md", "## What is due")) for kind in code_in(cells[0])]
    assert kinds == list(DueKind)


def test_the_options_before_every_command_are_in_cli_md() -> None:
    root = typer.main.get_command(app)
    everywhere = section("cli.md", "## Everywhere")
    for option in options_of(root):
        assert re.search(rf"`[^`]*{option}\b", everywhere), option


def built() -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """Every command that can be run, as its words, and its options."""
    stack: list[tuple[tuple[str, ...], Any]] = [((), typer.main.get_command(app))]
    while stack:
        words, command = stack.pop()
        inner = command.list_commands(None) if hasattr(command, "list_commands") else ()
        stack += [((*words, name), command.get_command(None, name)) for name in inner]
        if words and (not inner or command.invoke_without_command):
            yield words, options_of(command)


def options_of(command: Any) -> set[str]:
    parameters = (parameter for parameter in command.params if parameter.param_type_name == "option")
    return {name for parameter in parameters for name in (*parameter.opts, *parameter.secondary_opts)}


def test_every_command_of_an_interview_is_in_cli_md_and_nothing_else() -> None:
    table = section("cli.md", "## In an interview")
    named = {word for command, *_ in rows(table) for word in re.findall(r"`/([a-z]+)", command)}
    assert named == set(commands())
    assert all(f"`{mark} words`" in table for mark in MARKS)


def test_every_exit_code_is_in_cli_md_and_in_the_readme() -> None:
    raised = {
        kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.MiError)
    }
    named = {int(cells[0]) for cells in rows(section("cli.md", "## Exit codes")) if cells[0].isdecimal()}
    assert named == raised | {0, 130}


def test_the_readme_is_for_the_counselor_first_and_leads_to_the_rest() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 200
    heads = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert heads[:5] == ["Start", "A first interview", "Afterwards", "The handoff before CBT", "What to do when …"]
    for target in re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", text):
        name = next(filter(None, target))
        assert name.startswith("https://") or (ROOT / name).exists(), name
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/mi session start\n" in text
    assert "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/python -m pytest -n auto\n" in text


def test_every_room_and_floor_is_in_design_md_and_nothing_else() -> None:
    rooms = {cells[0].strip("`/") for cells in rows(section("design.md", "## Rooms")) if cells[0].endswith("/`")}
    here = {folder.parent.relative_to(PACKAGE).as_posix() for folder in PACKAGE.glob("*/__init__.py")}
    floors = {folder.parent.relative_to(PACKAGE).as_posix() for folder in PACKAGE.glob("store/*/__init__.py")}
    assert rooms == here | floors


def test_every_file_that_the_documents_name_exists() -> None:
    pages = (
        "docs/design.md",
        "docs/cli.md",
        "CONTRIBUTING.md",
        "docs/consent.md",
        "docs/handoff.md",
        "docs/prompts.md",
        "docs/protection.md",
        "README.md",
        "tests/README.md",
        "tests/faults/README.md",
    )
    for page in pages:
        path = ROOT / page
        for name in code_in(path.read_text(encoding="utf-8")):
            if re.fullmatch(r"[a-z_./]+/([a-z_]+\.(py|md|toml|svg|sh))?", name):
                assert any((folder / name).exists() for folder in (PACKAGE, ROOT, path.parent)), f"{page}: {name}"


def test_every_field_of_a_record_is_in_design_md_and_nothing_else() -> None:
    written = {}
    for name, *cells in rows(section("design.md", "## Records")):
        for key in code_in(name):
            written[key] = set(code_in(cells[0] if key.startswith("mi.") else cells[1]))
    assert written == dict(fields())


def fields() -> Iterator[tuple[str, set[str]]]:
    """Every record by its schema and every part by its name, with the names of its fields as they are written."""
    for name in RECORD_MODULES:
        module = import_module(f"mi_cli.records.{name}")
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, Part) and kind.__module__ == module.__name__:
                record = issubclass(kind, Record)
                own = {
                    key: field
                    for key, field in kind.model_fields.items()
                    if not record or key not in Record.model_fields
                }
                yield getattr(kind, "SCHEMA", kind.__name__), {field.alias or key for key, field in own.items()}
