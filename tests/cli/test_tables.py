"""A list for people: columns, and on a narrow terminal rows that cut no word."""

import io

import pytest

from mi_cli.cli.output import show_table

WIDE = (
    ("ID", "WHEN", "CLIENT", "STATUS"),
    [("0qsakdk2", "2026-11-26 06:13", "J-954", "closed"), ("x", "y", "z", "open")],
)
SENTENCES = (("KEY", "WHAT FOR"), [("auto_lock", "minutes without a key after which an interview hides")])


@pytest.mark.parametrize("columns", [18, 20, 30, 36, 40, 60, 200])
@pytest.mark.parametrize("table", [WIDE, SENTENCES], ids=["cells", "sentences"])
def test_a_table_on_a_narrow_terminal_cuts_no_word(
    monkeypatch: pytest.MonkeyPatch, columns: int, table: tuple[tuple[str, ...], list[tuple[str, ...]]]
) -> None:
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setenv("COLUMNS", str(columns))
    show_table(*table)
    rows = out.getvalue().split("\n")
    assert all(len(row) <= columns for row in rows)
    header, body = table
    for cell in (*header, *(cell for row in body for cell in row)):
        assert cell.split()[0] in out.getvalue()
    words = [word for row in (header, *body) for cell in row for word in cell.split()]
    assert out.getvalue().split() == words


def test_all_rows_of_a_table_that_is_too_wide_have_one_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setenv("COLUMNS", "60")
    long = " ".join(["long"] * 9)
    show_table(("WHAT", "CLIENT", "COMMAND"), [("short", "J-1", "mi a"), (long, "J-2", "mi b"), ("", "", "mi c")])
    rows = ["WHAT  CLIENT", "    COMMAND", "short  J-1", "    mi a", f"{long}  J-2", "    mi b", "    mi c"]
    assert out.getvalue().splitlines() == rows


def test_a_word_that_has_no_room_in_the_last_column_stands_beneath(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setenv("COLUMNS", "60")
    path = "/home/somebody/mi/.venv/bin/mi"
    show_table(("WHAT", "COMMAND"), [("x" * 30, f"{path} today"), ("", "")])
    assert out.getvalue().splitlines()[:4] == ["WHAT", "    COMMAND", "x" * 30, f"    {path} today"]
