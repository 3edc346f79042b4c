"""Commands as people guess them: each works, or its message names the one that does."""

import re
from collections.abc import Callable

import pytest
import typer.main
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.cli.app import _commands, app
from mi_cli.cli.guess import hoisted, meant
from tests.conftest import Ran

Mi = Callable[..., Ran]
COMMANDS = list(_commands(typer.main.get_command(app)))

# What is typed, and the command that the message names; an empty text where it works as it is.
GUESSES = {
    "start J-014": "", "resume": "", "list": "", "list J-014": "", "show last": "", "show J-014": "",
    "export J-014 --client-copy": "", "session list J-014": "", "config": "", "list --json": "", "-h": "",
    "session list --plain": "", "help session": "", "store trash": "",
    "new": "mi session start", "begin": "mi session start", "interview": "mi session start",
    "sessions": "mi session list", "interviews": "mi session list", "ls": "mi session list",
    "continue": "mi session resume", "view": "mi session show", "clients": "mi client list",
    "cleint": "mi client", "goal": "mi goals list", "gaols": "mi goals", "session strat": "mi session start",
    "session new": "mi session start", "session begin": "mi session start", "session delet": "mi session delete",
    "session rm": "mi session delete", "session view": "mi session show", "session edit": "mi client edit",
    "recap": "mi session recap", "amend": "mi session amend", "append": "mi session amend",
    "summary": "mi session recap",
    "client new": "mi client add", "client create": "mi client add", "client ls": "mi client list",
    "client rename": "mi client edit", "client remove": "mi client delete", "add": "mi client add",
    "goals new": "mi goals add", "goals remove": "mi goals drop", "goals handoff": "mi goals export",
    "handoff": "mi goals export", "pdf": "mi goals export", "send": "mi goals export", "plan": "mi goals plan",
    "backup": "mi store backup", "restore": "mi store restore", "trash": "mi store trash", "undelete": "mi store trash",
    "protect": "mi store protect", "password": "mi store passphrase", "encrypt": "mi store protect",
    "recover": "mi store recover", "check": "mi store check", "log": "mi store log", "init": "mi store init",
    "settings": "mi config list", "setup": "mi config list", "config show": "mi config list",
    "consents": "mi consent", "consent new": "mi consent add", "consent cancel": "mi consent revoke",
    "revoke": "mi consent revoke", "form": "mi consent form", "disclosure": "mi disclosures",
    "accounting": "mi disclosures accounting", "audit": "mi store log", "prompt": "mi prompts", "docter": "mi doctor",
    "status": "mi store info", "tutorial": "mi demo", "quit": "mi help", "nueva": "mi session start",
    "session mvoe": "mi session move", "merge": "mi session move", "store bakcup": "mi store backup",
    "move": "mi session move",
    "due": "mi today", "tasks": "mi today", "hoy": "mi today", "chart": "mi trend", "rulers": "mi trend",
    "missed": "mi contact add", "appointment": "mi contact add", "soap": "mi note write", "firmar": "mi note sign",
    "letter": "mi goals export", "sheet": "mi store recovery", "forgot": "mi store recover", "roi": "mi consent add",
    "close": "mi session resume", "end": "mi session resume", "stop": "mi session resume",
    "cerrar": "mi session resume", "terminar": "mi session resume",
    "session close": "mi session resume", "session end": "mi session resume", "session stop": "mi session resume",
    "goals close": "mi goals progress", "consent end": "mi consent ended", "consent stop": "mi consent ended",
    "consent edned": "mi consent ended",
    "timeout": "mi config set", "logout": "mi lock", "login": "mi unlock", "report": "mi goals export",
    "J-014": "mi session show", "goals J-014": "mi goals show", "session J-014": "mi session show",
    "client J-014": "mi client show", "note J-014": "mi note show", "consent J-014": "mi consent show",
    "show session J-014": "mi session show", "list goals": "mi goals", "list clients": "mi client list",
    "delete client J-014": "mi client delete", "add goal J-014": "mi goals add",
    "change passphrase": "mi store passphrase", "goal list": "mi goals", "notes show": "mi note show",
    "prompt check": "mi prompts check", "write note": "mi note write",
    "help export": "", "help goals list": "", "--help goals": "", "goals --help export": "",
    "entrevista": "mi session start", "imprimir": "mi goals export", "copia": "mi store backup",
    "clave": "mi store passphrase", "bloquear": "mi lock", "desbloquear": "mi unlock", "salir": "mi help",
    "deshacer": "mi help", "citas": "mi contact add", "lang es": "mi config set", "safety": "mi help",
    "buscar": "mi session list", "demo play": "mi demo interview", "members": "mi config set",
    "revocar J-014": "mi consent revoke", "compartir J-014": "mi goals share",
    "change password": "mi store passphrase", "stats": "mi trend", "guide": "mi help", "manual": "mi help",
    "calendar": "mi today", "step done J-014": "mi goals progress", "goals step J-014": "mi goals progress",
    "config name": "mi config set", "docs": "mi help", "open J-014": "mi session resume",
    "search drinking": "mi session list", "sign J-014": "mi note sign", "share J-014": "mi goals share",
    "purge": "mi store trash purge", "history": "mi store log", "objetivo": "mi goals list",
}  # fmt: skip


@pytest.fixture
def used(mi: Mi) -> None:
    """A store with an interview."""
    assert mi("session", "start", "J-014", lines="+ Words\n/goal Be home\n").code == 0


@pytest.mark.parametrize(("typed", "named"), GUESSES.items(), ids=GUESSES)
def test_a_guess_works_or_the_command_is_named(mi: Mi, used: None, typed: str, named: str) -> None:
    ran = mi(*typed.split())
    if not named:
        assert ran.code == 0, ran.err
        return
    assert ran.code == 2
    first, second = ran.err.splitlines()
    assert first == "There is no such command."
    assert re.search(rf"`{named}( list)?`", second), second


def test_what_was_typed_is_not_repeated(mi: Mi) -> None:
    for words in (("Zwetschge",), ("session", "Zwetschge"), ("session", "list", "J-014", "Zwetschge")):
        assert "Zwetschge" not in mi(*words).err
    assert mi("Zwetschge").err.splitlines()[1] == "`mi --help` shows all commands."
    assert mi("store", "Zwetschge").err.splitlines()[1] == "`mi store --help` shows all commands."


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("session list --cleint J-014", "--client"), ("session list --jsn", "--json"),
        ("goals export J-014 --client-coppy", "--client-copy"), ("store backup x.bak --kep 2", "--keep"),
        ("--plane session list", "--plain"), ("-v", "--version"), ("session list -n 5", "--limit"),
        ("goals export J-014 --pdf", "-o"), ("goals export J-014 --output x.pdf", "-o"), ("unlock --time 1h", "--for"),
        ("start J-014 --spanish", "--lang"), ("session delete last --force", "--yes"),
    ],
)  # fmt: skip
def test_an_option_that_is_nearly_one_is_named(mi: Mi, typed: str, named: str) -> None:
    ran = mi(*typed.split())
    assert ran.code == 2
    assert ran.err.splitlines()[0] == "There is no such option."
    assert f"`{named}`" in ran.err.splitlines()[1]


def test_in_spanish(mi: Mi) -> None:
    mi("config", "set", "language", "es")
    assert mi("sessions").err == "No existe ese comando.\n¿Quiso decir `mi session list`?\n"
    assert mi("session", "list", "--jso").err == "No existe esa opción.\n¿Quiso decir `--json`?\n"
    assert mi("goals", "show").err.startswith("Este comando necesita un cliente, y no se nombró ninguno.\n")


@pytest.mark.parametrize(
    "words",
    [("goals", "show"), ("goals", "plan"), ("goals", "drop"), ("export",), ("client", "show"), ("client", "delete"),
     ("consent", "add"), ("disclosures", "accounting"), ("goals", "add")],
    ids=" ".join,
)  # fmt: skip
def test_in_a_pipe_a_missing_client_is_said_with_what_to_give(mi: Mi, used: None, words: tuple[str, ...]) -> None:
    ran = mi(*words)
    assert ran.code == 2
    assert ran.err.splitlines()[0] == "This command needs a client, and none was named."
    assert f"`mi {' '.join(words)} J-014`" in ran.err


@pytest.mark.parametrize("name", ["show", "recap", "amend", "delete", "move"])
def test_in_a_pipe_a_missing_interview_is_said_with_what_to_give(mi: Mi, used: None, name: str) -> None:
    ran = mi("session", name)
    assert ran.code == 2
    assert ran.err.splitlines()[0] == "This command needs an interview, and none was named."
    assert f"`mi session {name} last`" in ran.err


def test_a_client_named_twice_is_refused(mi: Mi, used: None) -> None:
    assert mi("session", "list", "J-014", "--client", "J-014").code == 2
    assert mi("session", "list", "--client", "J-014").code == 0


@given(st.text(max_size=12), st.sampled_from([(), ("session",), ("store",), ("goals",)]))
def test_whatever_is_typed_only_what_exists_is_named(typed: str, group: tuple[str, ...]) -> None:
    named = meant(group, typed, COMMANDS)
    assert len(named) <= 3
    beginnings = {path[:length] for path in COMMANDS for length in range(1, len(path) + 1)}
    assert set(named) <= beginnings


@given(st.sampled_from(COMMANDS), st.data())
def test_a_slip_in_any_command_is_understood(path: tuple[str, ...], data: st.DataObject) -> None:
    *group, name = path
    place = data.draw(st.integers(0, len(name) - 2))
    slip = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if len(name) > 4 and slip != name:
        assert path in meant(tuple(group), slip, COMMANDS)


@given(
    st.lists(st.sampled_from(["session", "list", "--json", "J-014", "-", "--client"]), max_size=5),
    st.integers(0, 5),
    st.sampled_from([["--plain"], ["--store", "x"], ["--store=x"]]),
)
def test_options_go_to_the_front_and_the_rest_stays_in_order(words: list[str], place: int, option: list[str]) -> None:
    typed = [*words[:place], *option, *words[place:]]
    assert hoisted(typed, ["--plain"], ["--store"]) == [*option, *words]
    assert hoisted(["--", *typed], ["--plain"], ["--store"]) == ["--", *typed]


@pytest.mark.parametrize("typed", ["start --client J-014", "show --id ub8", "goals show --goal 1 J-014"])
def test_an_option_for_what_stands_there_without_a_name_sends_to_the_help_with_its_example(mi: Mi, typed: str) -> None:
    ran = mi(*typed.split())
    assert (ran.code, ran.err.splitlines()[0]) == (2, "There is no such option.")
    assert re.fullmatch(r"`mi .* --help` tells more\.", ran.err.splitlines()[1])
