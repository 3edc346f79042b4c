"""Makes `interview.svg` beside it: a moment of the demo's interview, as a real terminal shows it.

The client is invented.

`python docs/picture.py`, in a checkout with the `dev` extra.
"""

import io
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.journeys.terminal import Terminal, environment

PICTURE: Final = Path(__file__).with_name("interview.svg")
ANSI: Final = [(0, 0, 0)] * 8  # the companion uses none of a terminal's own colours
DARK: Final = TerminalTheme((0, 0, 0), (229, 229, 229), ANSI)
LIGHT: Final = TerminalTheme((255, 255, 255), (26, 26, 26), ANSI)
FORMAT: Final = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)  # nothing is fetched
LINES: Final = 11  # of the interview, into evoking


def picture(terminal: Terminal, theme: TerminalTheme, title: str = "mi") -> str:
    """What is on the screen now, as SVG."""
    console = Console(record=True, width=terminal.columns, file=io.StringIO(), color_system="truecolor")
    for row in terminal.cells:
        text = Text(no_wrap=True, end="\n")
        for cell in row:
            colour = None if cell.fg == "default" else f"#{cell.fg}"
            text.append(cell.data, Style(color=colour, bold=cell.bold, reverse=cell.reverse))
        text.rstrip()
        console.print(text, soft_wrap=True)
    return console.export_svg(title=title, theme=theme, code_format=FORMAT, unique_id="mi")


def main() -> None:
    """Play the demo and write the picture."""
    with TemporaryDirectory() as home, Terminal(["demo", "interview"], environment(Path(home))) as terminal:
        terminal.wait_for_prompt()
        for _ in range(LINES):
            seen = len(terminal.raw)
            terminal.send(" ")
            terminal.wait_until(lambda seen=seen: len(terminal.raw) > seen, "the next line")
            terminal.wait_for_prompt()
        PICTURE.write_text(picture(terminal, DARK, "mi session start"), encoding="utf-8")


if __name__ == "__main__":
    main()
