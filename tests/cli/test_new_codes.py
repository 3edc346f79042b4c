"""A new code that is easily confused with one that exists: refused where nobody can be asked, unless one insists."""

from collections.abc import Callable

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]


@pytest.fixture
def codes(mi: Mi) -> Callable[[], list[str]]:
    """A store with the clients J-014 and K-200, and what gives its codes."""
    for code in ("J-014", "K-200"):
        assert mi("client", "add", code).code == 0
    return lambda: [item["client"] for item in mi("client", "list", "--json").json["items"]]


@pytest.mark.parametrize("typed", ["J-O14", "J_014", "j-041"])
@pytest.mark.parametrize(
    "command", [("session", "start", "{}"), ("client", "add", "{}"), ("client", "edit", "K-200", "--code", "{}")]
)
def test_in_a_pipe_it_is_refused_with_what_to_do(
    mi: Mi, codes: Callable[[], list[str]], command: tuple[str, ...], typed: str
) -> None:
    words = [word.format(typed) for word in command]
    refused = mi(*words, lines="Words\n")
    assert refused.code == 2
    assert f"Nobody has the code {typed}, and it is easily confused with J-014." in refused.err
    assert "--new" in refused.err
    assert codes() == ["J-014", "K-200"]
    assert mi("session", "list", "--json").json["items"] == []
    assert mi(*words, "--new", lines="Words\n").code == 0
    assert typed in codes()
    assert "J-014" in codes()


@pytest.mark.parametrize(
    "command", [("session", "start", "{}"), ("client", "add", "{}"), ("client", "edit", "K-200", "--code", "{}")]
)
def test_another_digit_is_another_client(mi: Mi, codes: Callable[[], list[str]], command: tuple[str, ...]) -> None:
    assert mi(*(word.format("J-015") for word in command)).code == 0
    assert "J-015" in codes()


def test_pairs_that_exist_are_used_as_before(mi: Mi, codes: Callable[[], list[str]]) -> None:
    mi("client", "add", "J-O14", "--new")
    for code in ("J-O14", "J-014", "j-o14"):
        assert mi("session", "start", code, lines="Words\n/end\n").code == 0
    assert mi("client", "edit", "J-O14", "--lang", "es").code == 0
    counts = {item["client"]: item["sessions"] for item in mi("client", "list", "--json").json["items"]}
    assert counts == {"J-014": 1, "K-200": 0, "J-O14": 2}
    assert mi("client", "add", "J-O14").err.startswith("That code is taken.")
    assert len(codes()) == 3


def test_a_code_may_be_written_another_way_by_its_own_client(mi: Mi, codes: Callable[[], list[str]]) -> None:
    assert mi("client", "edit", "J-014", "--code", "J014").code == 0
    assert codes() == ["J014", "K-200"]


def test_it_is_said_in_spanish_too(mi: Mi, codes: Callable[[], list[str]]) -> None:
    mi("config", "set", "language", "es")
    refused = mi("session", "start", "J-O14")
    assert refused.code == 2
    assert "Nadie tiene el código J-O14, que se confunde fácilmente con J-014." in refused.err
    assert codes() == ["J-014", "K-200"]
