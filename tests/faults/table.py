"""The table of faults × commands: the tests of `test_every_call` and `test_processes` are its cells.

The matrix in the README is what `matrix` writes; `test_every_call` compares them.
"""

from typing import Final

from tests.faults.commands import CALLED, TYPED

WHOLE_STORE: Final = ("protect", "unprotect", "passphrase", "recovery", "recover", "purge")

# By fault: the commands that meet it. Those of `CALLED` are called as functions, those of `TYPED` run whole.
DIES: Final = "dies at each call"
FAILS: Final = "each call fails"
KILLED: Final = "kill -9"
TRACED: Final = "strace"
FULL: Final = "full disk"
TABLE: Final[dict[str, tuple[str, ...]]] = {
    DIES: (*(name for name in CALLED if not name.startswith("an interview")), *WHOLE_STORE),
    FAILS: (*CALLED, *WHOLE_STORE),
    KILLED: ("note", "sign", "amend a note", "contact", "settle", "trend", "move", "export", "backup", *WHOLE_STORE),
    TRACED: ("interview", "export to the client", "backup", "protect", "passphrase"),
    FULL: (
        "interview", "amend", "note", "sign", "amend a note", "contact", "settle", "trend", "move",
        "export to the client", "backup", "protect", "unprotect",
    ),
}  # fmt: skip


def cells(*faults: str) -> list[tuple[str, str]]:
    """Each of the faults with each command that meets it."""
    return [(command, fault) for fault in faults for command in TABLE[fault]]


def matrix() -> str:
    """The table in Markdown, a row for each command."""
    rows = [("command", *TABLE), ("---",) * (len(TABLE) + 1)]
    rows += [(name, *("✓" if name in met else "–" for met in TABLE.values())) for name in (*CALLED, *TYPED)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
