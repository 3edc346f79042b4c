"""Bytes in an argument that are not UTF-8: what is stored is read as Windows-1252, and nothing stops."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]
JOSE = "Jos\udce9 \udc81"

COMMANDS = [
    ("session", "start", "J-014", "--counselor", JOSE),
    ("session", "start", "J-014", "--lang", JOSE),
    ("session", "start", JOSE),
    ("session", "start", "J-014", "--set", JOSE),
    ("session", "start", "J-014", "--encoding", JOSE),
    ("session", "list", "--client", JOSE),
    ("session", "list", "--since", JOSE),
    ("session", "show", JOSE),
    ("client", "add", "K-015", "--counselor", JOSE),
    ("client", "add", "K-015", "--lang", JOSE),
    ("client", "edit", "J-014", "--counselor", JOSE),
    ("client", "edit", "J-014", "--code", JOSE),
    ("client", "facts", "J-014", JOSE, "-"),
    ("goals", "add", "J-014", "-", "--review", JOSE),
    ("goals", "edit", "J-014", "-", "--field", JOSE),
    ("goals", "export", "J-014", "--to", JOSE, "--basis", "same-program", "-o", "-"),
    ("goals", "export", "J-014", "--client-copy", "-o", f"{JOSE}.md"),
    ("consent", "form", "J-014", "--to", JOSE, "-o", f"{JOSE}.pdf"),
    ("consent", "add", "J-014", "--from", JOSE),
    ("consent", "revoke", "J-014", "--how", JOSE, "--yes"),
    ("prompts", "new", JOSE),
    ("config", "set", JOSE, "x"),
    ("config", "set", "language", JOSE),
    ("store", "backup", f"{JOSE}.bak"),
    ("schema", JOSE),
    (JOSE,),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command).encode("ascii", "replace").decode())
def test_no_argument_stops_a_command(
    mi: Mi, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines="/goal words\n/end\n").code == 0
    assert "fault" not in mi(*command, lines="words\n").err
    assert mi("store", "check").code == 0
    assert mi("session", "list", "--json").code == 0


def test_the_name_of_a_counselor_is_what_was_typed_in_a_latin_1_terminal(mi: Mi) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", "--counselor", JOSE, lines="one\n").code == 0
    assert mi("session", "list", "--json").json["items"][0]["counselor"] == "José �"
    assert mi("client", "edit", "J-014", "--counselor", "Ren\udce9").code == 0
    assert mi("client", "show", "J-014", "--json").json["client"]["counselor"] == "René"
