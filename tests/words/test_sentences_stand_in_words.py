"""A sentence that a person reads stands in `words`, and nowhere else.

`LEFT` are the modules that still have some, with how many. It may only shrink: who moves one lowers the number, and a
module that is not named has none. The help texts of commands are the declarations that Typer reads (`help_texts`).
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import mi_cli

SOURCE: Final = Path(mi_cli.__file__).parent
SENTENCE: Final = re.compile(r"(?:^|[.:] )[A-Z`][^{}=<>]*[a-z] [a-z][^=<>]*[a-z`}][.?:](?=\s|$)")
CITATION: Final = re.compile(r"\b(?:ch|ed|pp)\. ")
DECLARES: Final = {"Option", "Argument", "Command", "command_group", "Typer"}
LEFT: Final[dict[str, int]] = {
    "prompts/check.py": 2,
    "prompts/draft.py": 3,
    "prompts/prompt_lint.py": 9,
    "prompts/source.py": 1,
}


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


def found() -> Counter[str]:
    counted: Counter[str] = Counter()
    for path in SOURCE.rglob("*.py"):
        place = path.relative_to(SOURCE).as_posix()
        if not place.startswith("words/"):
            counted[place] += sum(1 for _ in sentences(ast.parse(path.read_text(encoding="utf-8"))))
    return +counted


def test_no_module_has_more_sentences_than_were_left_in_it() -> None:
    assert {place: count for place, count in found().items() if count > LEFT.get(place, 0)} == {}


def test_what_is_left_is_not_more_than_there_is() -> None:
    now = found()
    assert {place: now[place] for place, count in LEFT.items() if now[place] < count} == {}, "lower the number in LEFT"


def test_a_sentence_is_seen_wherever_it_stands() -> None:
    code = """
"A docstring is no sentence that a person reads."
raise Failed("There is no such goal.", f"The goals are: {names}.")
show("Something was kept.")
x = typer.Option(help="This is declared here.")
"""
    assert len(list(sentences(ast.parse(code)))) == 3
