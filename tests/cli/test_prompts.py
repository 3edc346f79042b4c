"""`mi prompts`: sets of one's own, written, checked, found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mi_cli.prompts.source import shipped
from tests.conftest import Ran

Mi = Callable[..., Ran]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder for the user's own sets."""
    return tmp_path / "config" / "mi" / "prompts"


def test_a_set_is_written_edited_checked_and_used(mi: Mi, own: Path) -> None:
    assert mi("prompts", "path").out == f"{own}\n"
    assert "no sets of your own yet" in mi("prompts", "check").out
    made = mi("prompts", "new", "ours", "--from", "en")
    assert (made.code, str(own / "ours") in made.out) == (0, True)
    assert mi("prompts", "path", "ours").out == f"{own / 'ours'}\n"
    assert "Nothing to correct: ours" in mi("prompts", "check").out
    file = own / "ours" / "engaging.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace(
            '# [[prompt]]\n# id = "what-brings-you"\n# say = "What brings you here today?"',
            '[[prompt]]\nid = "what-brings-you"\nsay = "What would you like to talk about?"',
        ),
        encoding="utf-8",
    )
    assert mi("prompts", "check", "ours").code == 0
    assert "What would you like to talk about?" in mi("prompts", "show", "ours").out
    assert [item["name"] for item in mi("prompts", "list", "--json").json["items"]] == [*shipped(), "ours"]
    assert mi("store", "init", "--unprotected").code == 0
    told = mi("session", "start", "J-1", "--set", "ours", lines="/prompts\n/pause\n")
    assert (told.code, "What would you like to talk about?" in told.out) == (0, True)
    assert mi("session", "show", "last", "--json").json["session"]["prompt_set"]["name"] == "ours"


def test_what_there_is_to_mend_is_told_to_people_and_to_programs(mi: Mi, own: Path) -> None:
    assert mi("prompts", "new", "ours").code == 0
    mine = '[[prompt]]\nid = "mine"\nsay = "Do you want to stop?"\nkind = "open-question"\ncore = true\n'
    (own / "ours" / "evoking.toml").write_text(mine, encoding="utf-8")
    (own / "My clinic").mkdir()
    checked = mi("prompts", "check")
    assert checked.code == 1
    assert "ours/evoking.toml, line 3, prompt 'mine', say: It is a closed question" in checked.out
    assert "'My clinic': a set's name" in checked.out
    shown = mi("prompts", "check", "ours", "--json")
    assert shown.code == 1
    (item,) = shown.json["items"]
    mended = {key: item[key] for key in ("set", "file", "line", "prompt")}
    assert mended == {"set": "ours", "file": "ours/evoking.toml", "line": 3, "prompt": "mine"}
    assert "closed question" in item["mend"]
    assert mi("prompts", "check", "theirs").code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("new", "ours", "--from", "fr"), 2),
        (("new", "es", "--from", "en"), 2),
        (("new", "../ours"), 2),
        (("new", "ours/../../x"), 2),
        (("path", "theirs"), 1),
        (("path", "../.."), 2),
        (("check", "/etc"), 2),
    ],
)
def test_a_name_that_is_none_writes_nothing(mi: Mi, own: Path, arguments: tuple[str, ...], code: int) -> None:
    assert mi("prompts", *arguments).code == code
    assert not own.exists()


def test_a_set_that_is_there_is_not_written_over(mi: Mi, own: Path) -> None:
    assert mi("prompts", "new", "en").code == 0
    (own / "en" / "planning.toml").write_text("# mine\n", encoding="utf-8")
    assert mi("prompts", "new", "en").code == 1
    assert (own / "en" / "planning.toml").read_text(encoding="utf-8") == "# mine\n"


def test_what_stands_in_a_prompt_file_does_nothing(mi: Mi, own: Path) -> None:
    assert mi("prompts", "new", "ours").code == 0
    hostile = "[bold red]{0} %s \\u001b[2J\\u202e $(touch x) ../../etc/passwd"
    (own / "ours" / "set.toml").write_text(f'extends = "en"\ntitle = "{hostile}"\nversion = "{hostile}"\n')
    keys = "".join(f'{key} = "{hostile}"\n' for key in ("say", "listen_for", "note", "source"))
    text = f'[[prompt]]\nid = "opening-role"\n{keys}follow_ups = ["{hostile}"]\n'
    (own / "ours" / "engaging.toml").write_text(f'aim = "{hostile}"\nchecks = ["{hostile}"]\n{text}', encoding="utf-8")
    assert mi("store", "init", "--unprotected").code == 0
    ran = [
        mi("prompts", "list"),
        mi("prompts", "show", "ours"),
        mi("prompts", "show", "ours", "opening-role"),
        mi("prompts", "check", "ours"),
        mi("session", "start", "J-1", "--set", "ours", lines="hello\n/prompts\n/checks\n/end\n"),
        mi("session", "show", "last"),
    ]
    said = "".join(one.out + one.err for one in ran)
    assert "[bold red]{0} %s ␛[2J" in said
    assert not {"\x1b", "\u202e"} & set(said)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "es_ES@euro"}, "es"),
        ({"LANG": "es_MX", "LC_MESSAGES": "es_MX", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "es_MX", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "es_MX", "LC_ALL": ""}, "es"),
        ({"LANG": "fr_CA.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "../../es"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_comes_from_the_system_where_nothing_else_says(
    mi: Mi, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-1", lines="one\n/end\n").code == 0
    session = mi("session", "show", "last", "--json").json["session"]
    assert (session["language"], session["prompt_set"]["name"]) == (language, language)


def test_where_no_client_is_concerned_the_config_comes_before_the_system(
    mi: Mi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    assert "lenguaje de cambio" in mi("help", "interview").out
    assert mi("config", "set", "language", "en").code == 0
    assert "change talk" in mi("help", "interview").out


def test_the_clients_own_language_comes_before_config_and_system(mi: Mi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("config", "set", "language", "en").code == 0
    for code, options, language in (("J-1", (), "es"), ("J-2", ("--lang", "en"), "en"), ("J-3", ("--set", "en"), "en")):
        assert mi("client", "add", code, "--lang", "es").code == 0
        assert mi("session", "start", code, *options, lines="one\n/end\n").code == 0
        assert mi("session", "show", code, "--json").json["session"]["language"] == language
    assert mi("session", "start", "J-1", "--lang", "fr", lines="one\n").code == 2


def test_a_broken_set_is_refused_where_it_is_named_and_else_gives_way(mi: Mi, own: Path) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("prompts", "new", "ours").code == 0
    (own / "ours" / "evoking.toml").write_text('[[prompt]]\nid = "cost-money"\nkind = "shout"\n', encoding="utf-8")
    named = mi("session", "start", "J-1", "--set", "ours", lines="one\n/end\n")
    assert named.code == 1
    assert "ours/evoking.toml, line 3, prompt 'cost-money', kind: there is no 'shout'; it must be one of" in named.err
    assert mi("client", "list", "--json").json["items"] == []
    assert mi("config", "set", "prompt_set", "ours").code == 0
    begun = mi("session", "start", "J-1", lines="one\n/pause\n")
    assert begun.code == 0
    assert "this interview has the shipped ones" in begun.err
    assert "ours/evoking.toml, line 3" in begun.err
    assert mi("session", "show", "last", "--json").json["session"]["prompt_set"]["name"] == "en"


@pytest.mark.parametrize(
    ("language", "name", "says"), [("en", "brief", "We have ten minutes"), ("es", "brief-es", "Tenemos diez")]
)
def test_a_shipped_set_comes_in_the_language_of_the_client(mi: Mi, language: str, name: str, says: str) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("client", "add", "J-1", "--lang", language).code == 0
    told = mi("session", "start", "J-1", "--set", "brief", lines="/prompts\n/pause\n")
    assert (told.code, says in told.out) == (0, True)
    session = mi("session", "show", "last", "--json").json["session"]
    assert (session["prompt_set"]["name"], session["language"]) == (name, language)
    assert says in mi("session", "resume", lines="/prompts\n/pause\n").out
