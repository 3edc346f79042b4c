"""Which set and which language: what was asked for now first, then the client's, the usual ones, the system's."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from mi_cli.errors import Failed, WrongUsage
from mi_cli.prompts.findings import BadPromptFile
from mi_cli.prompts.pick import Wishes, pick, pick_again

NOTHING: Final = Wishes()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Two sets of one's own, in English and in Spanish, and one that cannot be used."""
    for name, text in (("ours", 'extends = "en"'), ("nuestro", 'extends = "es"'), ("broken", "extends =")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "set.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("wishes", "name", "language"),
    [
        (NOTHING, "en", "en"),
        (Wishes(locale="es"), "es", "es"),
        (Wishes(locale="fr"), "en", "en"),
        (Wishes(usual_language="es", locale="en"), "es", "es"),
        (Wishes(client_language="es", usual_language="en", locale="en"), "es", "es"),
        (Wishes(client_language="es-US"), "es", "es-US"),
        (Wishes(client_language="fr", locale="es"), "en", "en"),
        (Wishes(asked_language="en", client_language="es", usual_language="es", locale="es"), "en", "en"),
        (Wishes(usual_set="ours"), "ours", "en"),
        (Wishes(usual_set="ours", locale="es"), "ours", "en"),
        (Wishes(usual_set="ours", usual_language="es"), "ours", "es"),
        (Wishes(usual_set="ours", client_language="es"), "es", "es"),
        (Wishes(usual_set="nuestro", asked_language="es-US"), "nuestro", "es-US"),
        (Wishes(asked_set="nuestro", client_language="en", usual_set="ours", locale="en"), "nuestro", "es"),
        (Wishes(asked_set="ours", asked_language="es"), "ours", "es"),
    ],
)
def test_the_more_particular_comes_first(own: Path, wishes: Wishes, name: str, language: str) -> None:
    picked = pick(wishes, own)
    assert (picked.prompts.name, picked.language, picked.trouble) == (name, language, None)


@pytest.mark.parametrize(
    ("wishes", "name", "language"),
    [
        (Wishes(asked_set="brief"), "brief", "en"),
        (Wishes(asked_set="brief", locale="es"), "brief-es", "es"),
        (Wishes(asked_set="teen", client_language="es-MX", locale="en"), "teen-es", "es"),
        (Wishes(asked_set="teen", asked_language="es-MX"), "teen-es", "es-MX"),
        (Wishes(asked_set="teen", asked_language="en", client_language="es", locale="es"), "teen", "en"),
        (Wishes(asked_set="teen", client_language="fr"), "teen", "en"),
        (Wishes(asked_set="teen-es", client_language="en"), "teen-es", "es"),
        (Wishes(usual_set="brief", client_language="es"), "brief-es", "es"),
        (Wishes(usual_set="brief", locale="es"), "brief-es", "es"),
        (Wishes(usual_set="brief", client_language="fr"), "en", "en"),
        (Wishes(asked_set="ours", client_language="pt-BR"), "ours-pt", "pt"),
    ],
)
def test_a_name_stands_for_the_set_in_the_language_wanted(own: Path, wishes: Wishes, name: str, language: str) -> None:
    (own / "ours-pt").mkdir()
    (own / "ours-pt" / "set.toml").write_text('extends = "en"\nlanguage = "pt"\n', encoding="utf-8")
    picked = pick(wishes, own)
    assert (picked.prompts.name, picked.language, picked.trouble) == (name, language, None)


@pytest.mark.parametrize("usual", ["broken", "gone", "../x"])
def test_a_set_that_cannot_be_used_gives_way_to_the_shipped_one(own: Path, usual: str) -> None:
    picked = pick(Wishes(usual_set=usual, client_language="es"), own)
    assert (picked.prompts.name, picked.language) == ("es", "es")
    assert picked.trouble


def test_a_broken_set_over_a_shipped_one_gives_way_to_it(own: Path) -> None:
    (own / "broken").rename(own / "es")
    picked = pick(Wishes(locale="es"), own)
    assert picked.prompts.prompt("importance-ruler")
    assert (picked.language, type(picked.trouble)) == ("es", BadPromptFile)
    assert pick_again("es", "es", own).prompts == picked.prompts


def test_a_folder_that_cannot_be_read_stops_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path | None) -> list[Path]:
        if folder is None:
            return []
        raise PermissionError(13, "no")

    monkeypatch.setattr("mi_cli.prompts.load._folders", refuse)
    picked = pick(Wishes(locale="es"), own)
    assert (picked.prompts.name, type(picked.trouble)) == ("es", Failed)


def test_what_is_asked_for_by_name_is_refused_when_it_cannot_be(own: Path) -> None:
    with pytest.raises(BadPromptFile, match=r"broken/set\.toml, line 1"):
        pick(Wishes(asked_set="broken"), own)
    with pytest.raises(Failed):
        pick(Wishes(asked_set="gone"), own)
    with pytest.raises(WrongUsage, match="no prompts in that language"):
        pick(Wishes(asked_language="fr", locale="es"), own)


def test_a_set_of_that_language_with_a_region_is_taken(own: Path) -> None:
    (own / "nuestro").rename(own / "es-US")
    assert pick(Wishes(client_language="es-US"), own).prompts.name == "es-US"
    assert pick(Wishes(client_language="es-MX"), own).prompts.name == "es"


@pytest.mark.parametrize(("name", "begins"), [("ours", "ours"), ("broken", "en"), ("gone", "en")])
def test_an_interview_goes_on_with_its_set_or_the_shipped_one(own: Path, name: str, begins: str) -> None:
    picked = pick_again(name, "en", own)
    assert picked.prompts.name == begins
    assert (picked.trouble is None) == (name == "ours")


def test_nothing_wished_is_english(own: Path) -> None:
    assert pick(replace(NOTHING, usual_set=""), own).prompts.name == "en"
