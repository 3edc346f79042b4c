"""The lists: each status, stage and event of a list has a name, and a list in Spanish has no English one."""

import re
from collections.abc import Callable
from typing import Final

import pytest

from mi_cli.records.event_type import EventType
from mi_cli.records.terms import Basis, GoalStatus, Stage, Status
from mi_cli.store.disk.layout import OF_RECORDS
from mi_cli.words.languages import LANGUAGES
from mi_cli.words.lists import list_words
from tests.conftest import Ran

Mi = Callable[..., Ran]
LISTS: Final = ("session list", "client list", "goals list", "consent list", "disclosures list", "prompts list",
                "store trash", "store log", "store aside", "contact list", "config list")  # fmt: skip

NO_WORDS: Final = r"`[^`]*`|^\S+\.\S+ .*$|/\S+|^[a-z_]+  "  # commands, settings, files
LOGIN: Final = "counselor"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_a_cell_may_show_has_a_name(language: str) -> None:
    words = list_words(language)
    assert set(words.events) == set(EventType)
    assert {*OF_RECORDS, "store.json", "clients.json", "client.json", "identity.json", "facts.json", "plan.json",
            "ledger.json", "trash"} == set(words.changed)  # fmt: skip
    assert set(words.statuses) == set(Status)
    assert set(words.stages) == set(Stage)
    assert set(words.goal_statuses) == set(GoalStatus)
    assert set(words.bases) == set(Basis)


def english_words() -> set[str]:
    words = list_words("en")
    shown = [*words.sessions, *words.clients, *words.goals, *words.consents, *words.disclosures, *words.prompt_sets,
             *words.settings, *words.trash, *words.log, *words.statuses.values(), *words.goal_statuses.values(),
             *words.deleted.values(), *words.events.values(), *words.changed.values(), words.no_consents,
             words.no_disclosures]  # fmt: skip
    return {word for text in shown for word in re.findall(r"[A-Za-z]{4,}", text.lower())}


@pytest.mark.parametrize("empty", [True, False])
@pytest.mark.parametrize("setting", ["LANG", "config"])
def test_a_list_in_spanish_has_no_english_word(
    mi: Mi, monkeypatch: pytest.MonkeyPatch, setting: str, empty: bool
) -> None:
    if setting == "config":
        mi("config", "set", "language", "es")
    else:
        monkeypatch.setenv("LANG", "es_MX.UTF-8")
    monkeypatch.setenv("LOGNAME", "zzz")
    mi("store", "init", "--unprotected")
    if not empty:
        mi("session", "start", "J-014", lines="+ zzz\n/goal zzz\n/end\n")
        mi("session", "start", "K-021", lines="zzz\n")
        mi("session", "delete", "K-021", "--yes")
    spanish = {word for text in vars_of("es") for word in re.findall(r"[A-Za-z]{4,}", text.lower())}
    for command in LISTS:
        ran = mi(*command.split())
        said = re.sub(NO_WORDS, "", ran.out + ran.err, flags=re.MULTILINE)
        said = said.partition("\n")[0] if command == "prompts list" else said  # the title of a set is in its language
        found = set(re.findall(r"[A-Za-z]{4,}", said.lower())) & english_words() - spanish - {LOGIN}
        assert found == set(), (command, said)


def vars_of(language: str) -> list[str]:
    words = list_words(language)
    return [str(getattr(words, name)) for name in type(words).__annotations__]
