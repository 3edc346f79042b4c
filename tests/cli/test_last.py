"""`last`, and every list: what was begun last comes first; of what began in the same second, what was made last."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import PASSPHRASE
from tests.conftest import Desk, Ran

Mi = Callable[..., Ran]
COUNT = 6


@pytest.fixture(params=["plain", "sealed"])
def ready(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Mi:
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    if request.param == "sealed":
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("store", "init", *(["--unprotected"] if request.param == "plain" else [])).code == 0
    return mi


def written_up(mi: Mi, code: str, words: str, started: str = "2025-11-20T14:00") -> None:
    times = ("--started", started, "--ended", "2025-11-20T15:00")
    assert mi("session", "start", code, *times, lines=f"{words}\n/end\n").code == 0


def said_last(mi: Mi, name: str = "last") -> str:
    words: str = mi("session", "show", name, "--json").json["notes"]["entries"][0]["words"]
    return words


def test_the_last_of_those_that_began_at_the_same_time_is_the_one_made_last(ready: Mi) -> None:
    for number in range(COUNT):
        written_up(ready, f"W-{number}", f"words {number}")
        assert said_last(ready) == f"words {number}"
    listed = ready("session", "list", "--json").json["items"]
    assert [item["client"] for item in listed] == [f"W-{number}" for number in reversed(range(COUNT))]
    assert ready("session", "delete", "last", "--yes").code == 0
    assert said_last(ready) == f"words {COUNT - 2}"


def test_a_client_s_latest_is_the_one_made_last(ready: Mi) -> None:
    for number in range(COUNT):
        written_up(ready, "W-1", f"words {number}")
        assert said_last(ready, "w-1") == f"words {number}"


def test_one_that_began_earlier_is_not_the_last_though_it_was_made_last(ready: Mi) -> None:
    written_up(ready, "W-1", "later")
    written_up(ready, "W-2", "earlier", started="2025-11-20T13:59:59")
    assert said_last(ready) == "later"


def test_those_begun_one_after_the_other_are_in_that_order(ready: Mi) -> None:
    for number in range(COUNT):
        assert ready("session", "start", f"W-{number}", lines=f"words {number}\n").code == 0
        assert said_last(ready) == f"words {number}"
    assert ready("session", "resume", lines="one more\n").code == 0
    assert len(ready("session", "show", f"W-{COUNT - 1}", "--json").json["notes"]["entries"]) == 2


CONSENT = """
kind = "purpose"
patient_name = "Jane Doe"
disclosers = ["Harbor Program"]
scope_text = "goals"
scope_categories = ["goal-plan"]
purpose_text = "treatment"
"""


def test_consents_what_was_passed_on_and_the_trash_are_in_the_order_they_were_made(ready: Mi, tmp_path: Path) -> None:
    for number in range(3):
        written_up(ready, f"W-{number}", "/goal less")
        (tmp_path / "consent.toml").write_text(CONSENT)
        ran = ready("consent", "add", f"W-{number}", "--from", str(tmp_path / "consent.toml"))
        assert ran.code == 0, ran.err
        assert (
            ready("consent", "show", "last", "--json").json["client"]
            == ready("client", "show", f"W-{number}", "--json").json["client"]["id"]
        )
        assert ready("goals", "export", f"W-{number}", "--client-copy").code == 0
    newest_first = ["W-2", "W-1", "W-0"]
    assert [item["client"] for item in ready("consent", "list", "--json").json["items"]] == newest_first
    assert [item["client"] for item in ready("disclosures", "list", "--json").json["items"]] == newest_first
    for number in range(3):
        assert ready("session", "delete", f"W-{number}", "--yes").code == 0
    assert [item["client"] for item in ready("store", "trash", "list", "--json").json["items"]] == newest_first


def test_one_that_cannot_be_read_stands_behind_those_that_began_with_it(desk: Desk) -> None:
    layout, first = desk.store.layout, desk.begin("one").state.session
    desk.crash()
    ref = desk.ref
    for number, text in enumerate(("[", "{}", '{"created_at": "2026-11-23T14:00:00"}', '{"created_at": 3}')):
        twin = layout.session(ref).with_name(f"{ref.name[:-8]}zzzzzzz{number}.json")
        twin.write_text(text)
    assert desk.store.catalog.find_session("last").id == first.id
    assert len(desk.store.catalog.sessions()) == 5
