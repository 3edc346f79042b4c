"""The line that is being typed, when the window gets another width.

Theory of operation. prompt_toolkit erases what it has drawn, and draws it anew: it moves up by as many rows as it has
drawn above the cursor, and erases from there. But most terminals have broken these rows anew by then: in a narrower
window each of them takes several, and the first ones would stay above the line for good. How many rows there are now
follows from how long each was. Other terminals, such as xterm and PuTTY, cut the rows off: moving up further would
there erase what is above the line. No terminal says which kind it is, so it is told by its name (`breaks_rows_anew`),
and one that is not known counts as cutting off: at worst a row too many stays.
"""

import os
from collections.abc import Iterable, Mapping
from typing import Final

from prompt_toolkit.application import Application
from prompt_toolkit.data_structures import Point
from prompt_toolkit.layout.screen import Char

from mi_cli.terminal.listen import InputLine

_BY_TERM: Final = (
    "alacritty",
    "contour",
    "foot",
    "konsole",
    "mintty",
    "rio",
    "vte",
    "wezterm",
    "xterm-ghostty",
    "xterm-kitty",
)
_BY_VARIABLE: Final = frozenset(
    {
        *("ALACRITTY_WINDOW_ID", "GHOSTTY_BIN_DIR", "ITERM_SESSION_ID", "KITTY_WINDOW_ID", "KONSOLE_VERSION"),
        *("TERM_SESSION_ID", "VTE_VERSION", "WEZTERM_PANE", "WT_SESSION"),
    }
)
# These were begun from one of the others, whose variables they hand on, and cut rows off.
_OTHERS: Final = frozenset({"INSIDE_EMACS", "NVIM", "STY", "XTERM_VERSION"})


class ResizableApplication(Application[InputLine]):
    """Reads a line, and erases all of it before it draws it for another size of the window."""

    def _on_resize(self) -> None:
        renderer, output, columns = self.renderer, self.output, self.output.get_size().columns
        if (drawn := renderer.last_rendered_screen) and breaks_rows_anew(os.environ):
            cursor = renderer._cursor_pos
            rows = [_widths(drawn.data_buffer[y], cursor.x if y == cursor.y else None) for y in range(cursor.y + 1)]
            output.cursor_up(row_of_last(rows, columns))
            output.cursor_backward(columns)
            output.erase_end_of_line()
            output.cursor_forward(1)  # Erasing from the first column of the first row, tmux keeps all of it as history.
            output.erase_down()
            output.cursor_backward(1)
            renderer._cursor_pos = Point(0, 0)  # Nothing is left to erase.
        super()._on_resize()


def breaks_rows_anew(env: Mapping[str, str]) -> bool:
    """Whether the terminal of that environment breaks rows anew when its width changes; False if that is not known."""
    term = env.get("TERM", "")
    if term.startswith(("tmux", "screen")):
        return "TMUX" in env
    return term.startswith(_BY_TERM) or bool(_BY_VARIABLE & env.keys() and not _OTHERS & env.keys())


def row_of_last(rows: Iterable[Iterable[int]], columns: int) -> int:
    """Returns in which row, from 0, the last character stands once a window of that width has broken the rows anew.

    A row is the widths of its characters. No character is cut in two.
    """
    y = -1
    for row in rows:
        x, y = 0, y + 1
        for width in row:
            if x + width > columns:
                x, y = 0, y + 1
            x += width
    return max(y, 0)


def _widths(row: Mapping[int, Char], last: int | None) -> list[int]:
    """Returns the widths of the characters of a row that was drawn, to its end or to the one at column `last`."""
    end = max((x for x, char in row.items() if char.char.strip(" ")), default=-1)
    return [row[x].width for x in sorted(row) if x <= min(end, end if last is None else last) and row[x].width]
