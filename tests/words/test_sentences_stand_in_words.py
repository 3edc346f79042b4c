"""A sentence that a person reads stands in `words`, and nowhere else.

The help texts of commands are the declarations that Typer reads (`help_texts`).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import mi_cli

SOURCE: Final = Path(mi_cli.__file__).parent
SENTENCE: Final = re.compile(r"(?:^|[.:] )[A-Z`][^{}=<>]*[a-z] [a-z][^=<>]*[a-z`}][.?:](?=\s|$)")
CITATION: Final = re.compile(r"\b(?:ch|ed|pp)\. ")
DECLARES: Final = {"Option", "Argument", "Command", "command_group", "Typer"}


def sentences(module: ast.Module) -> Iterator[str]:
    """Yields the sentences of a module that are no docstrings and no help texts."""
    passed_over = {
        id(inner)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in DECLARES
        for inner in ast.walk(node)
    }
    passed_over |= {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    parts = {
        id(part)
        for node in ast.walk(module)
        if isinstance(node, ast.JoinedStr) and id(node) not in passed_over
        for part in node.values
    }
    for node in ast.walk(module):
        if id(node) in passed_over or id(node) in parts:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if SENTENCE.search(CITATION.sub("ch ", text)):
            yield text


def test_no_sentence_stands_elsewhere() -> None:
    found = {
        path.relative_to(SOURCE).as_posix(): list(sentences(ast.parse(path.read_text(encoding="utf-8"))))
        for path in SOURCE.rglob("*.py")
        if not path.is_relative_to(SOURCE / "words")
    }
    assert {place: texts for place, texts in found.items() if texts} == {}


def test_a_sentence_is_seen_wherever_it_stands() -> None:
    code = """
"A docstring is no sentence that a person reads."
raise Failed("There is no such goal.", f"The goals are: {names}.")
show("Something was kept.")
x = typer.Option(help="This is declared here.")
"""
    assert len(list(sentences(ast.parse(code)))) == 3
