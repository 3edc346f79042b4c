"""`mi today` and `mi` alone: what is due in each state, on a day that is chosen; and every screen says the same."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from mi_cli.records.text_keys import DueKind
from mi_cli.words.due import due_words
from tests.conftest import Ran

Mi = Callable[..., Ran]
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class Day:
    """The day that it is."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def later(self, **by: int) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    clock = Day()
    monkeypatch.setattr("mi_cli.cli.surroundings.moment", clock)
    monkeypatch.setattr("mi_cli.cli.context.moment", clock)
    return clock


@pytest.fixture(params=["plain", "protected"])
def here(request: pytest.FixtureRequest, mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: Day) -> Mi:
    """A store of either kind, backed up."""
    if request.param == "protected":
        (tmp_path / "passphrase").write_text("correct horse battery staple\n")
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("store", "init", *(["--unprotected"] if request.param == "plain" else [])).code == 0
    assert mi("store", "backup", str(tmp_path / "b")).code == 0
    day.later(hours=1)
    return mi


def due(mi: Mi) -> list[tuple[str, str | None, int]]:
    ran = mi("today", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["schema"] == "mi.list/1"
    assert ran.json["damaged"] == []
    return [(item["kind"], item["client"], item["days"]) for item in ran.json["items"]]


def interview(mi: Mi, code: str, *lines: str) -> None:
    assert mi("session", "start", code, "--new", lines="".join(f"{line}\n" for line in lines)).code == 0


def command_for(mi: Mi, kind: str) -> list[str]:
    """The command that `mi today` names, without its first word."""
    [typed] = [item["command"] for item in mi("today", "--json").json["items"] if item["kind"] == kind]
    return str(typed).split()[1:]


def test_nothing_is_due_and_mi_alone_says_what_one_can_do(here: Mi) -> None:
    interview(here, "J-014", "hello", "/end")
    assert due(here) == []
    ran = here("today")
    assert (ran.code, ran.out, ran.err) == (0, "", "Nothing is due.\n")
    alone = here()
    assert (alone.code, alone.err) == (0, "")
    assert alone.out.startswith("Nothing is due.\n")
    assert all(named in alone.out for named in ("mi start J-014", "mi today", "mi help"))


def test_without_a_store_mi_says_how_to_begin_and_makes_nothing(mi: Mi, tmp_path: Path) -> None:
    alone = mi()
    assert (alone.code, alone.err) == (0, "")
    assert "mi start J-014" in alone.out
    assert "mi demo" in alone.out
    assert mi("today").code == 4
    assert not (tmp_path / "store").exists()


def test_mi_alone_asks_for_no_passphrase(here: Mi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MI_PASSWORD_FILE", raising=False)
    alone = here()
    assert (alone.code, alone.err) == (0, "")
    locked = (tmp_path / "store" / "keys.json").exists() or any((tmp_path / "store").glob("*/keys.json"))
    assert ("The store is locked." in alone.out) is locked


def test_a_concern_left_open_is_due_until_it_is_settled(here: Mi, day: Day) -> None:
    interview(here, "J-014", "/safety overdose", "/end")
    day.later(days=3)
    assert due(here) == [(DueKind.SAFETY, "J-014", 3)]
    ran = here(*command_for(here, DueKind.SAFETY), "-", lines="Naloxone given; told the nurse.\n")
    assert ran.code == 0
    assert due(here) == []
    shown = here("session", "show", "J-014", "--json").json
    assert shown["session"]["safety"][0]["closed_at"]
    assert shown["session"]["status"] == "closed"
    amendment = shown["notes"]["entries"][-1]
    assert amendment["kind"] == "amendment"
    assert amendment["words"] == "Safety concern dealt with: overdose. Naloxone given; told the nurse."
    assert here("session", "settle", "J-014").code == 1
    assert "safety concern dealt with" in here("store", "log").out
    assert here("store", "check").code == 0


def test_an_interview_that_is_not_closed_and_its_concern(here: Mi, day: Day) -> None:
    interview(here, "J-014", "/safety overdose", "hello")
    day.later(days=1)
    assert due(here) == [(DueKind.SAFETY, "J-014", 1), (DueKind.PAUSED, "J-014", 1)]
    assert here("session", "settle", "J-014").code == 1
    assert here(*command_for(here, DueKind.SAFETY), lines="/safety done\n/end\n").code == 0
    assert due(here) == []


def test_a_plan_and_an_appointment(here: Mi, day: Day) -> None:
    interview(here, "J-014", "/goal Be there.", "/step Call Ana @ tomorrow", "/review 2026-11-05", "/end")
    ran = here("client", "facts", "J-014", "appointment", "-", lines="2026-11-04\n")
    assert ran.code == 0, ran.err
    assert due(here) == []
    day.later(days=2)  # 4 November
    assert due(here) == [(DueKind.STEP, "J-014", 1), (DueKind.APPOINTMENT, "J-014", 0)]
    day.later(days=3)
    assert due(here) == [(DueKind.REVIEW, "J-014", 2), (DueKind.STEP, "J-014", 4)]
    ran = here(*command_for(here, DueKind.STEP))
    assert (ran.code, "--as done" in ran.err) == (2, True), "what became of a step is never guessed"
    ran = here(*command_for(here, DueKind.STEP), "--as", "partly")
    assert ran.out.splitlines()[0] == "Call Ana @ tomorrow (that is November 3, 2026)  (partly done, November 7, 2026)"
    assert here(*command_for(here, DueKind.REVIEW), "-", lines="4w\n").code == 0
    assert due(here) == []


def test_a_plan_that_the_requirements_want_changed(here: Mi, day: Day, tmp_path: Path) -> None:
    interview(here, "J-014", "/goal Be there.", "/end")
    for _ in range(4):
        day.later(days=7)
        interview(here, "J-014", "hello", "/end")
    assert here("store", "backup", str(tmp_path / "b"), "--yes").code == 0
    assert due(here) == []
    assert here("config", "set", "note.profile", "us-nh").code == 0
    assert due(here) == [(DueKind.PLAN, "J-014", 0)]
    assert "Plans to look at again: 1" in here("doctor").out
    assert here(*command_for(here, DueKind.PLAN), "-", lines="/progress It stays as it is.\n").code == 0
    assert due(here) == []
    # An agency's own requirements say it too, and a file that cannot be used hides nothing else.
    own = tmp_path / "config" / "mi" / "note-requirements"
    own.mkdir()
    line = '[[line]]\nneeds = "plan-update"\ninterviews = 0\nweeks = 1\nsource = "ours"\nread_on = 2026-11-26\n'
    (own / "general.toml").write_text(line)
    assert here("config", "unset", "note.profile").code == 0
    day.later(days=7)
    assert due(here) == [(DueKind.PLAN, "J-014", 0), (DueKind.BACKUP, None, 0)]
    (own / "general.toml").write_text("[[line]]\n")
    ran = here("today", "--json")
    assert (ran.code, "general.toml cannot be used" in ran.err) == (0, True)
    assert [item["kind"] for item in ran.json["items"]] == [DueKind.BACKUP]


CONSENT: Final = """
kind = "tpo"
patient_name = "Jo Example"
disclosers = ["A. Counselor"]
scope_text = "what is crossed"
scope_categories = ["goal-plan"]
purpose_text = "treatment, payment and operations"
purpose_codes = ["TREAT", "HPAYMT", "HOPERAT"]
statements = ["revocation", "hipaa-redisclosure", "tpo-redisclosure", "tpo-refusal"]
revocation_method = "in writing"
expiry = {{ on = {ends} }}
signer = {{ name = "Jo Example", capacity = "client" }}
signed_on = 2026-11-02
recipients = [
    {{ name = "A. Therapist", organization = "Other House", kind = "covered-entity" }},
    {{ name = "B. Other", organization = "Other House", kind = "covered-entity" }},
]
"""


def test_consents_that_end_or_were_taken_back(here: Mi, tmp_path: Path) -> None:
    file = tmp_path / "consent.toml"
    assert here("config", "set", "counselor", "A. Counselor").code == 0
    interview(here, "J-014", "/goal Be there.", "/end")
    file.write_text(CONSENT.format(ends="2026-11-20"))
    assert here("consent", "add", "J-014", "--from", str(file)).code == 0
    assert due(here) == [(DueKind.CONSENT_ENDS, "J-014", -18)]
    file.write_text(CONSENT.format(ends="2027-11-20"))
    assert here(*command_for(here, DueKind.CONSENT_ENDS), "--from", str(file)).code == 0
    assert due(here) == []
    ran = here("goals", "export", "J-014", "--to", "A. Therapist", "-o", str(tmp_path / "h.md"))
    assert ran.code == 0, ran.err

    def taken_back_from(name: str) -> None:
        for item in here("consent", "list", "--json").json["items"]:
            ran = here("consent", "revoke", item["id"], "--to", name, "--how", "said so", "--yes")
            assert ran.code == 0, ran.err

    taken_back_from("B. Other")
    assert due(here) == [], "B. Other has nothing"
    taken_back_from("A. Therapist")
    assert due(here) == [(DueKind.CONSENT_TAKEN_BACK, "J-014", 0)]
    assert "A. Therapist" in here(*command_for(here, DueKind.CONSENT_TAKEN_BACK)).out


def test_a_client_who_was_not_seen(here: Mi, day: Day, tmp_path: Path) -> None:
    interview(here, "J-014", "hello", "/end")
    day.later(days=30)
    assert here("store", "backup", str(tmp_path / "b"), "--yes").code == 0
    assert due(here) == [(DueKind.NOT_SEEN, "J-014", 30)]
    assert here("config", "set", "due.not_seen_days", "31").code == 0
    assert due(here) == []
    assert here("config", "unset", "due.not_seen_days").code == 0
    assert here(*command_for(here, DueKind.NOT_SEEN), "--kind", "missed").code == 0
    assert due(here) == []
    assert here("config", "set", "due.not_seen_days", "soon").code == 2


def test_a_backup_that_is_old(here: Mi, day: Day, tmp_path: Path) -> None:
    interview(here, "J-014", "hello", "/end")
    day.later(days=7)
    assert due(here) == [(DueKind.BACKUP, None, 0)]
    assert due_words("en").kinds[DueKind.BACKUP] in here("today").out
    assert here("store", "backup", str(tmp_path / "b"), "--yes").code == 0
    assert due(here) == []


def test_where_no_backup_was_ever_made_the_first_is_due(mi: Mi, day: Day) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    interview(mi, "J-014", "hello", "/end")
    words = due_words("en")
    shown = mi("today").out
    assert words.no_backup_yet in shown
    assert words.kinds[DueKind.BACKUP] not in shown
    day.later(days=20)  # the log is not read so far back
    assert words.kinds[DueKind.BACKUP] in mi("today").out


def test_every_screen_says_the_same(here: Mi, day: Day) -> None:
    interview(here, "J-014", "/safety overdose", "/goal Be there.", "/step Call Ana @ tomorrow", "/review 1w", "/end")
    interview(here, "K-200", "/safety suicide", "hello")
    day.later(days=40)
    items = here("today", "--json").json["items"]
    words = due_words("en")
    kinds = Counter(item["kind"] for item in items)
    counts = [words.counts[kind].format(n=kinds[kind]) for kind in DueKind if kinds[kind]]
    for screen in (here(), here("doctor")):
        assert [line.strip() for line in screen.out.splitlines() if line.strip() in counts] == counts
    for code in ("J-014", "K-200"):
        shown = here("client", "show", code, "--json").json["due"]
        assert shown == [item for item in items if item["client"] == code]
        assert all(item["command"] in here("client", "show", code).out for item in shown)
    rows = here("today").out.splitlines()[1:]
    assert [row.rsplit("  ", 1)[1] for row in rows] == [item["command"] for item in items]
    assert not any("Be there" in line or "Ana" in line for line in (*rows, json.dumps(items)))


def lists(store: Path) -> list[Any]:
    return [json.loads(path.read_bytes()).get("open") for path in sorted(store.glob("clients/*/client.json"))]


@pytest.fixture
def plain(mi: Mi, day: Day) -> Mi:
    assert day.time
    assert mi("store", "init", "--unprotected").code == 0
    return mi


def test_interviews_that_are_over_are_not_read(plain: Mi, tmp_path: Path) -> None:
    interview(plain, "J-014", "hello", "/end")
    interview(plain, "J-014", "hello")
    first, second = sorted((tmp_path / "store").glob("clients/*/sessions/*"))
    assert lists(tmp_path / "store") == [[f"sessions/{second.name}"]]
    first.write_text("{")
    assert due(plain)[0][0] == DueKind.PAUSED
    second.write_text("{")
    assert len(plain("today", "--json").json["damaged"]) == 1


@pytest.mark.parametrize("wrong", [None, "x", [1], ["../client.json"], ["notes/20261102T090000Z-aaaaaaaa.json"]])
def test_without_a_sound_list_everything_is_read_once_and_the_list_is_written(
    plain: Mi, tmp_path: Path, wrong: Any
) -> None:
    interview(plain, "J-014", "/safety overdose", "/end")
    [path] = (tmp_path / "store").glob("clients/*/client.json")
    document = json.loads(path.read_bytes())
    listed = document.pop("open")
    path.write_text(json.dumps(document if wrong is None else {**document, "open": wrong}))
    assert due(plain)[0][0] == DueKind.SAFETY
    if wrong is None:
        assert lists(tmp_path / "store") == [listed]
        assert plain("store", "check").code == 0


def test_what_is_open_and_not_listed_is_named_and_mended(plain: Mi, tmp_path: Path) -> None:
    interview(plain, "J-014", "/safety overdose", "/end")
    [path] = (tmp_path / "store").glob("clients/*/client.json")
    document = json.loads(path.read_bytes())
    path.write_text(json.dumps({**document, "open": [], "revision": document["revision"] + 1}))
    assert DueKind.SAFETY not in [kind for kind, *_ in due(plain)]
    assert "`mi today` does not look there" in plain("store", "check").out
    plain("store", "check", "--repair")
    assert due(plain)[0][0] == DueKind.SAFETY
    assert plain("store", "check").code == 0


def test_what_goes_to_the_trash_or_to_another_client_comes_back_to_the_list(plain: Mi) -> None:
    interview(plain, "J-014", "/safety overdose", "/end")
    plain("client", "add", "K-200")
    plain("session", "delete", "J-014", "--yes")
    interview(plain, "J-014", "hello", "/end")  # it takes what is gone out of the list
    assert DueKind.SAFETY not in [kind for kind, *_ in due(plain)]
    item = plain("store", "trash", "list", "--json").json["items"][0]["id"]
    assert plain("store", "trash", "restore", item).code == 0
    assert due(plain)[0][:2] == (DueKind.SAFETY, "J-014")
    assert plain("session", "move", item, "K-200").code == 0
    assert due(plain)[0][:2] == (DueKind.SAFETY, "K-200")
    assert plain("store", "check").code == 0
