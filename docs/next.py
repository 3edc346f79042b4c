"""Writes `next.md` beside it, the rules that `mi help next` shows: `python docs/next.py`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mi_cli.interview.rules import ALL_RULES
from mi_cli.words.choice import choice_words
from mi_cli.words.interview import interview_words

PAGE: Final = Path(__file__).with_name("next.md")


def page() -> str:
    """Returns the page: how the choice goes, the table of rules, and the table of needs."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    words, labels = choice_words("en"), interview_words("en").rules
    yield "<!-- Made by docs/next.py from src/mi_cli/interview/rules.py and src/mi_cli/words/choice/en.py. -->"
    yield f"# {words.title}"
    for text in words.order:
        yield from ("", text)
    yield from ("", f"## {words.rules_title}", "", "| after | offered | why | source |", "|---|---|---|---|")
    for rule in ALL_RULES:
        name = rule.name
        yield f"| {labels[name]} | {words.offers[name]} | {words.reasons[name]} | {rule.source} |"
    yield from ("", f"## {words.needs_title}", "", "| need | what must be so |", "|---|---|")
    for need, text in words.needs.items():
        yield f"| `{need}` | {text} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
