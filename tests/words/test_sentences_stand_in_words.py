"""What a person reads stands in `words`, and nowhere else: whole sentences, and pieces that are put together to one.

A piece is a text with three words or more in a row, one of which hardly a sentence does without. It is looked for in
every shape that a text can have: by itself, with values in it, added or joined to others, as a default, as the value of
an enum, or in a data file. The help texts of commands are the declarations that Typer reads (`help_texts`).
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

import mi_cli

SOURCE: Final = Path(mi_cli.__file__).parent
SENTENCE: Final = re.compile(r"(?:^|[.:] )[A-Z`][^{}=<>]*[a-z] [a-z][^=<>]*[a-z`}][.?:](?=\s|$)")
PIECE: Final = re.compile(r"(?:^|[^\w/.-])(?:[A-Za-z’']+[,;:]? ){2,}[A-Za-z’']+")
COMMON: Final = re.compile(
    r"\b(?:the|is|are|was|were|no|not|of|to|a|an|and|or|with|for|in|it|its|there|this|that|by|on|has|have|be|can|cannot|"
    r"already|your|you|de|la|el|los|las|que|no|para|con|en|del|al|se|una?)\b",
    re.IGNORECASE,
)
CITATION: Final = re.compile(r"\b(?:ch|ed|pp)\. ")
DECLARES: Final = {"Option", "Argument", "Command", "command_group", "Typer"}
# Nobody reads what these are given: patterns, and errors that are a fault of the program or are caught where it reads.
UNSEEN: Final = {"compile", "ValueError", "KeyError", "RuntimeError", "TypeError", "AssertionError", "NotToml"}
# Texts that are no sentences of the program, with what they are.
NO_WORDING: Final[Mapping[str, str]] = {
    "cli/guess.py": "names of commands as they are guessed",
    "cli/click_errors.py": "how click begins its own messages",
    "handoff/html.py": "style sheets",
    "handoff/fhir_terms.py": "the names that code systems give to their codes",
    "interview/rules.py": "citations",
    "interview/abrupt_stop.py": "patterns of what is said",
    "interview/client_voice.py": "patterns of what is said",
    "prompts/prompt_lint.py": "patterns of what is asked",
    "records/due_day.py": "patterns of what is said",
    "records/file_kinds.py": "patterns, and what Python's decoder says",
    "records/toml_text.py": "what is wrong in a TOML file, beside what Python's reader says of it in English",
    "records/event_type.py": "what the log keeps; `words.lists` has what is shown",
    "terminal/consent_answers.py": "answers as they are typed",
}
# Texts taken in one language, whoever reads, with the reason.
IN_ONE_LANGUAGE: Final[Mapping[str, str]] = {
    "cli/demo.py": "the played interview is in English",
    "handoff/cover.py": "the law words its notices in English",
    "store/disk/atomic.py": "only the numbers of the errors are read",
}
# In a data file only these keys are read by people, and each has its languages.
SOURCES_OF_RULES: Final = {"source", "sign_source", "amend_source", "plan_source"}


def texts(module: ast.Module) -> Iterator[str]:
    """Yields the texts of a module that are no docstrings and no help texts, with `{}` for what is filled in."""
    passed_over = {
        id(inner)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in DECLARES | UNSEEN
        for inner in ast.walk(node)
    }
    statements = (node.value for node in ast.walk(module) if isinstance(node, ast.Expr))
    passed_over |= {id(value) for value in statements if isinstance(value, ast.Constant)}
    passed_over |= {id(node.msg) for node in ast.walk(module) if isinstance(node, ast.Assert)}

    def below(node: ast.AST) -> Iterator[str]:
        if id(node) in passed_over:
            return
        text = put_together(node)
        if text is not None:
            yield text
            return
        for child in ast.iter_child_nodes(node):
            yield from below(child)

    yield from below(module)


def put_together(node: ast.AST) -> str | None:
    """Returns the text that a piece of code makes; null for code that makes none."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(put_together(part) or "{}" for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            texts_ = put_together(left), put_together(right)
            return None if texts_ == (None, None) else "".join(text or "{}" for text in texts_)
        case ast.BinOp(left=left, op=ast.Mod()):
            return put_together(left)
    return None


def is_wording(text: str) -> bool:
    """Whether the text is a sentence that people read, or a piece of one."""
    return bool(SENTENCE.search(CITATION.sub("ch ", text)) or (PIECE.search(text) and COMMON.search(text)))


def wordings(code: str) -> list[str]:
    return [text for text in texts(ast.parse(code)) if is_wording(text)]


def test_no_wording_stands_elsewhere() -> None:
    found = {
        path.relative_to(SOURCE).as_posix(): wordings(path.read_text(encoding="utf-8"))
        for path in SOURCE.rglob("*.py")
        if not path.is_relative_to(SOURCE / "words")
    }
    assert {place: texts for place, texts in found.items() if texts and place not in NO_WORDING} == {}
    assert [place for place in NO_WORDING if not found[place]] == []


def test_no_text_is_taken_in_one_language_whoever_reads() -> None:
    fixed = re.compile(r"\b\w+_(?:words|texts)\(['\"]\w+['\"]\)")
    outside = (path for path in SOURCE.rglob("*.py") if not path.is_relative_to(SOURCE / "words"))
    found = {path for path in outside if fixed.search(path.read_text(encoding="utf-8"))}
    assert {path.relative_to(SOURCE).as_posix() for path in found} == IN_ONE_LANGUAGE.keys()


def said_in(document: Mapping[str, Any]) -> Iterator[str]:
    """Yields the texts of a data file that are not given in each language, and are no source of a rule."""
    for key, value in document.items():
        if key in SOURCES_OF_RULES or (isinstance(value, Mapping) and set(value) == {"en", "es"}):
            continue
        if isinstance(value, Mapping):
            yield from said_in(value)
        elif isinstance(value, list):
            yield from said_in({f"{key}.{number}": one for number, one in enumerate(value)})
        elif isinstance(value, str):
            yield value


@pytest.mark.parametrize(
    "path", sorted(SOURCE.glob("_data/*/*.toml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_what_a_data_file_says_is_there_in_each_language(path: Path) -> None:
    said = said_in(tomllib.loads(path.read_text(encoding="utf-8")))
    assert [text for text in said if is_wording(text)] == []


@pytest.mark.parametrize(
    "code",
    [
        'raise Failed("There is no such goal.")',
        'raise Failed(text, f"The goals are: {names}.")',
        'show("there is no " + what + " here")',
        'show("no goal of that name: %s" % name)',
        'show("no goal of that name: {}".format(name))',
        'show(", ".join(["what is in it", name]))',
        'class Kind(StrEnum):\n    GONE = "it is not there any more"',
        '@dataclass\nclass Page:\n    title: str = "What was kept of it"',
        'HINTS = {Problem.GONE: "look in the trash"}',
        'def told(hint="give it another name"): ...',
        'show("No hay nada en la papelera")',
        'match x:\n    case 1:\n        return "it was not saved"',
    ],
)
def test_wording_is_seen_in_whatever_shape_it_stands(code: str) -> None:
    assert len(wordings(code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        '"A docstring is no sentence that a person reads."',
        'x = typer.Option(help="This is declared here.")',
        'assert kind is not None, "nobody is asked"',
        'raise ValueError("no such kind of record")',
        'open("J-014", encoding="utf-8")',
    ],
)
def test_other_texts_are_passed_over(code: str) -> None:
    assert wordings(code) == []


def test_a_data_file_with_a_sentence_in_one_language_is_seen() -> None:
    assert list(
        filter(is_wording, said_in({"label": {"en": "The plan is", "es": "El plan es"}, "hint": "sign it by the day"}))
    )
