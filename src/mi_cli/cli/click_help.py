"""The pages of `--help` in the language that the program speaks.

Typer writes a page through a formatter, which its context names. The one here translates each text as it is written;
what a placeholder is called does not depend on how a command was declared: `<str>` and `{client}` are shown as TEXT and
CLIENT. It is, beside `click_errors`, the only module that knows what is private to Typer.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import typer
from typer._click.formatting import HelpFormatter

from mi_cli.cli.language import language_here
from mi_cli.terminal.rows import in_rows
from mi_cli.terminal.typeable import typeable
from mi_cli.words.help_texts import in_language, placeholders_in_language

_TYPES: Final[Mapping[str, str]] = {
    "<str>": "TEXT", "<path>": "FILE", "<int>": "NUMBER", "<int range>": "NUMBER", "x>=1": "1 or more",
    "1<=x<=100": "1-100",
}  # fmt: skip
_OF_TYPER: Final = r"(.*?)(?:\s\s)?(\[[^\[\]]*\])?"  # a help text, and `[default: 20]` after it
_ARGUMENTS: Final = "Arguments"


class _Formatter(HelpFormatter):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.language = language_here()
        self.heading = ""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Writes the line that shows how a command is typed."""
        args = re.sub(r"\{(\w+)\}|\[[a-z_]+\]", lambda match: (match[1] or match[0]).upper(), args)
        prefix = prefix or f"{in_language('Usage', self.language)}: "
        super().write_usage(prog, self._placeholders(args), prefix)

    def write_heading(self, heading: str) -> None:
        """Writes the heading of a section."""
        self.heading = heading
        super().write_heading(in_language(heading, self.language))

    def write_text(self, text: str) -> None:
        """Writes a paragraph. A path to the program is not broken."""
        before = " " * self.current_indent
        rows = in_rows(typeable(in_language(text, self.language)), self.width - self.current_indent)
        self.write("".join(f"{before}{row}\n" for row in rows))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Writes commands, arguments or options, and what each is for."""
        super().write_dl([(self._name(name), self._about(text)) for name, text in rows], col_max, col_spacing)

    def _name(self, name: str) -> str:
        if name.startswith("mi "):  # a line of the first page, which shows what is typed
            return name
        return self._placeholders(name.upper() if self.heading == _ARGUMENTS else name)

    def _about(self, text: str) -> str:
        match = re.fullmatch(_OF_TYPER, text, re.DOTALL)
        about, added = (match[1], match[2] or "") if match else (text, "")
        return "  ".join(part for part in (in_language(about, self.language), self._placeholders(added)) if part)

    def _placeholders(self, text: str) -> str:
        named = re.sub("|".join(map(re.escape, _TYPES)), lambda match: _TYPES[match[0]], text)
        return placeholders_in_language(named, self.language)


class HelpContext(typer.Context):
    """The context of a command whose help is in the language that the program speaks."""

    formatter_class = _Formatter
