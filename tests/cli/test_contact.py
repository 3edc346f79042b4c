"""`mi contact`: what is no interview is noted, kept, and stands where it is needed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]


@pytest.fixture(params=["plain", "protected"])
def here(request: pytest.FixtureRequest, mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mi:
    """A store with one client, of either kind."""
    if request.param == "protected":
        (tmp_path / "passphrase").write_text("correct horse battery staple\n")
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("store", "init", *(["--unprotected"] if request.param == "plain" else [])).code == 0
    assert mi("client", "add", "J-014").code == 0
    return mi


def test_a_missed_visit_is_noted_in_one_line(here: Mi) -> None:
    noted = here("contact", "add", "j-014", "--kind", "missed", "--at", "2026-11-20T14:00")
    assert (noted.code, noted.out) == (0, "Noted for J-014: visit not kept, November 20, 2026.\n")
    [item] = here("contact", "list", "J-014", "--json").json["items"]
    assert (item["schema"], item["client"], item["kind"], item["lines"]) == ("mi.contact/1", "J-014", "missed", [])
    assert item["at"].startswith("2026-11-20T14:00:00")
    assert "visit not kept" in here("contact", "list").out


def test_facts_come_from_standard_input_and_from_nowhere_else(here: Mi, tmp_path: Path) -> None:
    words = "Called at four.\n\nHas a ride on Tuesday.\n"
    assert here("contact", "add", "J-014", "-", "--kind", "phone", lines=words).code == 0
    [item] = here("contact", "list", "--json").json["items"]
    assert item["lines"] == [{"words": "Called at four."}, {"words": "Has a ride on Tuesday."}]
    refused = here("contact", "add", "J-014", "Called at four.", "--kind", "phone")
    assert refused.code == 2
    assert "Called" not in refused.err
    here("contact", "add", "J-014", "-", "--kind", "other", lines="Cancelado")
    assert len(list((tmp_path / "store").glob("**/contacts/*.json"))) == 2


def test_what_is_not_given_is_named_where_nobody_can_be_asked(here: Mi) -> None:
    for arguments, said in (
        (("J-014",), "--kind missed, cancelled, phone, return or other"),
        (("J-014", "-"), "--kind missed"),
        (("J-014", "--kind", "missed", "--at", "yesterday"), "mi did not understand that time."),
    ):
        refused = here("contact", "add", *arguments, lines="x\n")
        assert refused.code == 2
        assert said in refused.err
    assert here("contact", "add", "K-1", "--kind", "missed").code == 1
    assert here("contact", "list", "--json").json["items"] == []


def test_the_newest_stands_first_and_what_is_damaged_is_named(here: Mi, tmp_path: Path) -> None:
    for day in ("2026-11-02", "2026-11-09", "2026-11-01"):
        here("contact", "add", "J-014", "--kind", "cancelled", "--at", f"{day}T10:00")
    listed = here("contact", "list", "--json").json
    assert [item["at"][:10] for item in listed["items"]] == ["2026-11-09", "2026-11-02", "2026-11-01"]
    next(iter((tmp_path / "store").glob("**/contacts/20261102*"))).write_text("{")
    listed = here("contact", "list", "--json").json
    assert len(listed["items"]) == 2
    assert len(listed["damaged"]) == 1
    assert "contacts/20261102" in here("store", "check").out


def test_the_answer_from_cbt_stands_on_the_way_into_the_next_interview_once(here: Mi) -> None:
    written_up = ("--started", "2026-11-10T10:00", "--ended", "2026-11-10T10:40")
    assert here("session", "start", "J-014", *written_up, lines="one\n").code == 0
    answer = ("contact", "add", "J-014", "-", "--kind", "return")
    here(*answer, "--at", "2026-11-01T09:00", lines="Before the interview.\n")
    here(*answer, "--at", "2026-11-12T09:00", lines="Thought records since May.\n")
    begun = here("session", "start", "J-014", lines="two\n/end\n")
    assert "From the CBT therapist, November 12, 2026:" in begun.out
    assert "Thought records since May." in begun.out
    assert "Before the interview." not in begun.out
    assert "Thought records" not in here("session", "start", "J-014", lines="three\n/end\n").out


def test_a_contact_goes_with_its_client(here: Mi, tmp_path: Path) -> None:
    here("contact", "add", "J-014", "-", "--kind", "missed", lines="No ride.\n")
    assert here("store", "backup", str(tmp_path / "a.backup")).code == 0
    assert here("client", "delete", "J-014", "--yes").code == 0
    assert here("contact", "list", "--json").json["items"] == []
    assert here("store", "trash", "purge", "--yes").code == 0
    assert list((tmp_path / "store").glob("**/contacts/*")) == []
    assert here("store", "check").code == 0
    log = json.loads(here("store", "log", "--json").out)
    assert "contact added" in [event["what"] for event in log["items"]]
