"""The rows of a line that is being typed, when the window gets another width."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.terminal.resizing import breaks_rows_anew, row_of_last


@pytest.mark.parametrize(
    ("rows", "columns", "row"),
    [
        ([[1] * 80, [1] * 5], 80, 1),
        ([[1] * 80, [1] * 5], 120, 1),
        ([[1] * 80, [1] * 5], 40, 2),
        ([[1] * 80, [1] * 5], 39, 3),
        ([[1] * 40], 40, 0),  # the cursor after the last column is still in that row
        ([[1] * 41], 40, 1),
        ([[1, 2, 2]], 4, 1),  # a wide character is not cut in two
        ([[], [1]], 40, 1),
        ([[]], 40, 0),
        ([[1] * 200], 1, 199),
    ],
)
def test_rows_are_counted_as_the_terminal_breaks_them(rows: list[list[int]], columns: int, row: int) -> None:
    assert row_of_last(rows, columns) == row


@given(st.lists(st.lists(st.sampled_from([1, 2]), max_size=100), min_size=1, max_size=5), st.integers(2, 200))
def test_no_window_takes_fewer_rows_than_were_drawn(rows: list[list[int]], columns: int) -> None:
    row = row_of_last(rows, columns)
    assert len(rows) - 1 <= row
    assert row <= sum(max(len(widths), 1) for widths in rows) - 1
    if all(sum(widths) <= columns for widths in rows):
        assert row == len(rows) - 1


@pytest.mark.parametrize(
    ("env", "known"),
    [
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, True),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, True),
        ({"TERM": "screen-256color", "STY": "1.pts-0", "KITTY_WINDOW_ID": "1"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-ghostty"}, True),
        ({"TERM": "alacritty"}, True),
        ({"TERM": "foot-extra"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, True),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230800"}, True),
        ({"TERM": "xterm-256color", "ITERM_SESSION_ID": "w0t0p0"}, True),
        ({"TERM": "xterm-256color", "WT_SESSION": "1"}, True),
        ({"TERM": "xterm-256color"}, False),  # xterm, PuTTY, mosh: they cut rows off
        ({"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(388)", "VTE_VERSION": "7600"}, False),
        ({"TERM": "rxvt-unicode-256color"}, False),
        ({"TERM": "linux"}, False),
        ({}, False),
    ],
)
def test_a_terminal_is_told_by_its_name_and_else_counts_as_cutting_off(env: Mapping[str, str], known: bool) -> None:
    assert breaks_rows_anew(env) is known
