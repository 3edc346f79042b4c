"""What is refused is not done, and the log does not tell of it."""

from collections.abc import Callable

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]


@pytest.mark.parametrize(
    "command",
    [
        ("config", "set", "language", "xx"),
        ("config", "set", "language", ""),
        ("client", "add", "K-2", "--lang", "de"),
        ("client", "edit", "K-1", "--lang", "de"),
        ("session", "start", "K-1", "--lang", "xx"),
    ],
    ids=" ".join,
)
def test_a_language_without_prompts_is_refused_everywhere(mi: Mi, command: tuple[str, ...]) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("client", "add", "K-1", "--lang", "es").code == 0
    ran = mi(*command, lines="")
    assert ran.code == 2
    assert "no prompts in that language" in ran.err
    assert mi("config", "get", "language").out.strip() == ""
    assert [item["client"] for item in mi("client", "list", "--json").json["items"]] == ["K-1"]
    assert "es" in mi("client", "show", "K-1").out.split()


@pytest.mark.parametrize("language", ["en", "es", "es-US", "en-GB"])
def test_a_language_with_prompts_is_taken(mi: Mi, language: str) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("config", "set", "language", language).code == 0
    assert mi("client", "add", "K-1", "--lang", language).code == 0
    assert mi("client", "edit", "K-1", "--lang", language).code == 0


def test_an_interview_that_is_closed_is_not_taken_up_nor_logged(mi: Mi) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "K-1", lines="words\n/end\n").code == 0
    before = mi("store", "log", "--json").json["items"]
    assert mi("session", "resume", "K-1", lines="more\n").code == 1
    assert mi("store", "log", "--json").json["items"] == before
