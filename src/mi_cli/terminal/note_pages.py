"""A progress note on the screen: the document that the files are made of, as lines."""

from collections.abc import Iterable

from mi_cli.handoff.document import Document, Facts, Heading, Items, Paragraph
from mi_cli.terminal.page import BLANK, Line, Role


def note_page(document: Document) -> Iterable[Line]:
    """Yields the lines of the document."""
    yield Line(document.title, Role.TITLE)
    if document.notice:
        yield Line(document.notice, Role.WARN)
    for block in document.blocks:
        match block:
            case Heading(words):
                yield BLANK
                yield Line(words, Role.TITLE)
            case Facts(rows):
                yield BLANK
                width = max(len(label) for label, _ in rows)
                for label, answers in rows:
                    said = "; ".join("".join(run.text for run in answer) for answer in answers)
                    yield Line(said, lead=f" {label.ljust(width)}  ")
            case Items(items):
                for item in items:
                    yield Line("".join(run.text for run in item), lead=" - ")
            case Paragraph(runs):
                yield Line("".join(run.text for run in runs), lead=" ")
            case _:
                raise AssertionError("a note has no such block")
