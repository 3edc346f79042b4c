"""Writes a document as Markdown (CommonMark, with tables) that is also easy to read as plain text."""

import re
from collections.abc import Iterable
from typing import Final

from mi_cli.handoff.document import (
    CLOSE,
    OPEN,
    Block,
    Document,
    Facts,
    Heading,
    Inline,
    Items,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Table,
    Tone,
    has_right_to_left,
)

# What is markup anywhere in a line, and what makes an address a link.
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|~$&]|(?<=:)/(?=/)|(?<=www)\.|@)", re.IGNORECASE)
# What begins a block at the start of a line.
_BLOCK_START: Final = re.compile(r"^(\d+(?=[.)])|(?=[-+#=]))", re.MULTILINE)


def markdown(document: Document) -> bytes:
    """Returns the document as Markdown; the notice stands at the top and under every heading."""
    notice = [f"> {_escaped(document.notice)}"] if document.notice else []
    parts = [f"# {_escaped(document.title)}", *notice]
    for block in document.blocks:
        parts += _block(block, notice)
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _block(block: Block, notice: list[str]) -> Iterable[str]:
    match block:
        case Heading(words, 2):
            yield f"## {_escaped(words)}"
            yield from notice
        case Heading(words, level):
            yield f"{'#' * level} {_escaped(words)}"
        case Paragraph(runs, lead):
            yield f"> {_inline(runs, '> ')}" if lead else _inline(runs, "")
        case Items(items):
            yield _list(items)
        case Facts(rows):
            yield "\n\n".join(f"**{_escaped(label)}**\n\n{_list(answers)}" for label, answers in rows)
        case Table(_, header):
            lines = [header, tuple("---" for _ in header), *(tuple(map(_cell, row)) for row in block.lines)]
            yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
        case Picture(text=line):
            yield _escaped(line)
        case NewPage():
            yield "---"


def _list(items: Iterable[Inline]) -> str:
    return "\n".join(f"- {_inline(item, '  ')}" for item in items)


def _inline(runs: Inline, indent: str) -> str:
    line = "".join(f"{_run(run)}{_after(run)}" for run in runs[:-1]) + "".join(map(_run, runs[-1:]))
    return _BLOCK_START.sub(r"\1\\", line.replace("\n ", "\n")).replace("\n", f"\\\n{indent}")


def _after(run: Run) -> str:
    """Returns what stands between a run and the next: after words from right to left, whatever follows is a new line.

    Otherwise they would turn it, and an invisible letter that keeps them apart would be copied along with the words.
    """
    return "\n" if has_right_to_left(run.text) else ""


def _run(run: Run) -> str:
    words = _escaped(run.text)
    match run.tone:
        case Tone.QUOTE:
            return f"{OPEN}{words}{CLOSE}"
        case Tone.STRONG:
            return f"**{words}**"
        case _:
            return words


def _cell(line: Inline) -> str:
    return "".join(map(_run, line)).replace("\n", " / ")


def _escaped(words: str) -> str:
    """Returns the words with markup escaped, without empty lines, and without indents, which would make them code."""
    first, *rest = [line for line in words.split("\n") if line.strip()] or [""]
    lines = [re.sub(r"^ {2,}", " ", first), *(line.strip() for line in rest)]
    return _MARKUP.sub(r"\\\1", "\n".join(lines))
