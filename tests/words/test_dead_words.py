"""Every sentence that is kept for the program is used by it."""

import re
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path

import mi_cli

PACKAGE = Path(mi_cli.__file__).parent


def test_every_field_of_the_words_is_read_somewhere() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    unused = []
    for path in (PACKAGE / "words").glob("*/model.py"):
        module = import_module(f"mi_cli.words.{path.parent.name}.model")
        shapes = (kind for kind in vars(module).values() if isinstance(kind, type) and is_dataclass(kind))
        names = (field.name for kind in shapes for field in fields(kind))
        unused += [f"{path.parent.name}: {name}" for name in names if not re.search(rf'\.{name}\b|"{name}"', code)]
    assert unused == []
