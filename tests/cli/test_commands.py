"""Every command, in process, without a terminal."""

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from mi_cli.cli import settings
from mi_cli.records.terms import Jurisdiction
from tests.conftest import Ran

Mi = Callable[..., Ran]

INTERVIEW = "one\n+d want\n-\n! kind\n/value son\n/importance 7 because\n/goal Be there\n/review 4w\n/end Ring.\n"


@pytest.fixture
def kept(mi: Mi) -> Mi:
    """A store with a closed interview with J-014."""
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines=INTERVIEW).code == 0
    return mi


def test_without_a_store_it_says_how_to_make_one(mi: Mi) -> None:
    for arguments in (("session", "resume"), ("session", "list"), ("client", "list"), ("goals", "list")):
        ran = mi(*arguments)
        assert (ran.code, ran.out) == (4, "")
        assert "mi store init" in ran.err


def test_an_interview_from_a_pipe(kept: Mi) -> None:
    item = kept("session", "list", "--json").json["items"][0]
    assert (item["client"], item["status"], item["change"], item["sustain"]) == ("J-014", "closed", 2, 1)
    shown = kept("session", "show", "last", "--json").json
    assert [entry["words"] for entry in shown["notes"]["entries"]] == [
        "one", "want", None, "kind", "son", "because", "Ring.",
    ]  # fmt: skip
    assert shown["session"]["readings"][0]["why"] == 6
    assert "“want”" in kept("session", "recap", "j-014").out
    assert "change talk, desire: want" in kept("session", "show", item["id"][:4]).out
    assert kept("session", "list").out.count("J-014") == 1


def test_what_goes_wrong_in_a_pipe_is_named_by_its_line(kept: Mi) -> None:
    ran = kept(
        "session", "start", "J-014", lines=b"ok\n/nonsense my secret\n/importance 11\nbad \xff byte\n\x81 secret\nlast"
    )
    assert ran.code == 1
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["line 2", "line 3", "line 4", "line 5"]
    assert "secret" not in ran.err
    entries = kept("session", "show", kept_id(kept, "paused"), "--json").json["notes"]["entries"]
    assert [entry["words"] for entry in entries] == ["ok", "bad ÿ byte", "last"]


def kept_id(mi: Mi, status: str) -> str:
    return str(mi("session", "list", "--status", status, "--json").json["items"][0]["id"])


def test_lines_after_the_end_are_told_of(kept: Mi) -> None:
    ran = kept("session", "start", "J-015", lines="one\n/end\nlost\n")
    assert ran.code == 1
    assert "1 more line was" in ran.err
    assert "lost" not in ran.err


def test_a_paused_interview_goes_on(kept: Mi) -> None:
    assert kept("session", "start", "J-020", lines="one\n").code == 0
    assert kept("session", "resume", lines="two\n/end\n").code == 0
    shown = kept("session", "show", "J-020", "--json").json
    assert [entry["words"] for entry in shown["notes"]["entries"]] == ["one", "two"]
    assert len(shown["session"]["visits"]) == 2
    assert kept("session", "resume", "J-020").code == 1
    assert kept("session", "resume").code == 1


def test_nasty_text_stands_as_typed(kept: Mi) -> None:
    lines = ["x" * 1200]
    lines += ["שלום \u202eabc", "e\u0301 🍺➡️🏃", 'tab\there "quoted"', "nul\0byte", "[bold]x[/]", "\x1b]0;t\x07"]
    lines += [f"line {n}" for n in range(600)] + ["y" * 1_000_000]
    text = "\r\n".join(lines)
    assert kept("session", "start", "J-030", lines=text).code == 0
    shown = kept("session", "show", "J-030", "--json")
    assert [entry["words"] for entry in shown.json["notes"]["entries"]] == lines
    assert "\x1b" not in shown.out
    plain = kept("session", "show", "J-030").out
    assert not any(control in plain for control in "\x1b\x07\0\u202e")


def test_the_way_in_shows_where_the_last_one_ended(kept: Mi) -> None:
    out = kept("session", "start", "J-014", lines="").out
    assert "interview 2" in out
    assert "agreed last time" in out
    assert "Ring." in out
    assert "“Ring.”" not in out  # the counselor typed it: quotation marks are the client's own words


def test_writing_one_up_afterwards(kept: Mi) -> None:
    times = ("--started", "2026-11-20T14:00+00:00", "--ended", "2026-11-20T14:45+00:00")
    assert kept("session", "start", "J-040", *times, lines="one\n/evoking\n/end\n").code == 0
    item = kept("session", "list", "--client", "j-040", "--json").json["items"][0]
    assert (item["minutes"], item["started_at"]) == (45, "2026-11-20T14:00:00+00:00")
    assert kept("session", "list", "--since", "2026-11-20", "--limit", "1", "--json").json["items"]
    assert kept("session", "list", "--since", "1d", "--client", "J-040", "--json").json["items"] == []
    assert kept("session", "start", "J-040", "--started", "2026-11-20T14:00").code == 2
    assert kept("session", "start", "J-040", "--started", "noon", "--ended", "later").code == 2
    assert kept("session", "start", "J-040", *times[2:], "--started", "2026-11-21").code == 2


def test_amend_adds_and_takes_no_words_from_the_command_line(kept: Mi) -> None:
    assert kept("session", "amend", "last", "-", lines="It was Tuesday.\n").code == 0
    entry = kept("session", "show", "last", "--json").json["notes"]["entries"][-1]
    assert (entry["kind"], entry["words"], entry["by"]) == ("amendment", "It was Tuesday.", "counselor")
    assert "It was Tuesday." in kept("session", "show", "last").out
    for arguments in (("amend", "last", "my secret"), ("amend", "last"), ("show", "last", "my", "secret")):
        ran = kept("session", *arguments)
        assert ran.code == 2
        assert "secret" not in ran.err
    assert kept("session", "amend", "last", "-", lines=" \n").code == 2
    kept("session", "start", "J-050", lines="x\n")
    assert kept("session", "amend", "J-050", "-", lines="x").code == 1


def test_delete_and_bring_back_a_session(kept: Mi) -> None:
    assert kept("session", "delete", "last").code == 2
    assert kept("session", "delete", "last", "--yes").code == 0
    assert kept("session", "show", "last").code == 1
    item = kept("store", "trash", "list", "--json").json["items"][0]
    assert item["what"] == "session"
    assert item["id"] in kept("store", "trash").out
    assert kept("store", "trash", "restore", item["id"][:5]).code == 0
    assert kept("session", "show", "last").code == 0
    assert kept("store", "trash", "restore", "zzz").code == 1


def test_delete_bring_back_and_purge_a_client(kept: Mi) -> None:
    assert kept("client", "delete", "j-014", "--yes").code == 0
    assert kept("client", "show", "J-014").code == 1
    item = kept("store", "trash", "list", "--json").json["items"][0]["id"]
    assert kept("client", "add", "J-014").code == 0
    assert kept("store", "trash", "restore", item).code == 1
    assert kept("client", "edit", "J-014", "--code", "K-1").code == 0
    assert kept("store", "trash", "restore", item).code == 0
    assert kept("goals", "show", "J-014", "--json").json["goals"][0]["words"] == "Be there"
    assert kept("client", "delete", "K-1", "--yes").code == 0
    assert kept("store", "trash", "purge", "--yes").code == 0
    assert kept("store", "trash").err == "The trash is empty.\n"


def test_clients(kept: Mi) -> None:
    assert kept("client", "add", "J-014").code == 1
    assert kept("client", "add", "J-099", "--lang", "es", "--name", lines="Invented Person\n").code == 0
    shown = kept("client", "show", "J-099", "--json").json
    assert (shown["client"]["language"], shown["identity"]["name"]) == ("es", "Invented Person")
    assert kept("client", "edit", "J-099", "--counselor", "B", "--name", lines="Another\n").code == 0
    assert "Another" in kept("client", "show", "J-099").out
    assert kept("client", "edit", "J-099").code == 0
    assert kept("client", "edit", "J-099", "--code", "J-014").code == 1
    items = kept("client", "list", "--json").json["items"]
    assert [(item["client"], item["sessions"]) for item in items] == [("J-014", 1), ("J-099", 0)]
    assert "J-099" in kept("client", "list").out


@pytest.mark.parametrize("code", ["../x", "/etc", "a\nb", "con", "LPT1.txt", "x" * 65, "last", ".", "a b", ""])
def test_codes_that_would_break_the_store_are_refused(kept: Mi, code: str) -> None:
    for arguments in (("session", "start", code), ("client", "add", code), ("session", "start", "A-1", "--set", code)):
        if code or arguments[-1] != code:
            ran = kept(*arguments)
            assert ran.code in (0, 2) if not code else ran.code == 2
    assert kept("prompts", "show", "nosuch").code == 1


def test_goals(kept: Mi) -> None:
    assert "Be there" in kept("goals", "list").out
    goal = kept("goals", "list", "J-014", "--json").json["items"][0]
    assert (goal["client"], goal["from"]["stage"]) == ("J-014", "engaging")
    assert kept("goals", "show", "J-014", goal["id"], "--json").json["words"] == "Be there"
    assert "Be there" in kept("goals", "show", "J-014").out
    assert kept("goals", "show", "J-014", "zz").code == 1
    kept("client", "add", "J-2")
    for language, said in [("en", "There is no goal yet."), ("es", "Todavía no hay una meta.")]:
        kept("config", "set", "language", language)
        shown = kept("goals", "show", "J-2").out
        assert said in shown
        assert "`mi goals add J-2`" in shown
        assert "/" not in shown, "what is typed in an interview cannot be typed at a shell"


def test_prompts(kept: Mi, tmp_path: Path) -> None:
    names = [item["name"] for item in kept("prompts", "list", "--json").json["items"]]
    assert names == ["brief", "brief-es", "en", "es", "teen", "teen-es"]
    assert "What brings you here today?" in kept("prompts", "show").out
    assert "source" in kept("prompts", "show", "en", "what-brings-you").out
    assert kept("prompts", "show", "en", "what-brings-you", "--json").json["kind"] == "open-question"
    assert "engaging" in kept("prompts", "show", "en", "--json").json["stages"]
    assert kept("prompts", "show", "en", "nosuch").code == 1
    own = tmp_path / "config" / "mi" / "prompts" / "ours"
    own.mkdir(parents=True)
    (own / "set.toml").write_text("name = \n")
    assert "ours/set.toml, line 1" in kept("prompts", "list").err
    assert kept("session", "start", "J-014", "--set", "ours").code == 1


def test_damage_is_named_and_stops_nothing_else(kept: Mi, tmp_path: Path) -> None:
    assert kept("session", "start", "J-060", lines="x\n/end\n").code == 0
    broken = next((tmp_path / "store" / "clients").glob("*/sessions/*.json"))
    for damage in (b"", b"{", b"[1]", b"\xff", b"[" * 100_000, b'{"schema": "mi.session/9"}', b'{"schema": "x"}'):
        broken.write_bytes(damage)
        ran = kept("session", "list", "--json")
        assert (ran.code, len(ran.json["items"]), len(ran.json["damaged"])) == (0, 1, 1)
        assert kept("session", "list").err
        assert kept("session", "show", broken.stem[-8:]).code == 5
        checked = kept("store", "check", "--json")
        assert (checked.code, len(checked.json["findings"])) == (5, 1)
        assert broken.read_bytes() == damage
    broken.unlink()
    assert kept("session", "list").code == 0
    for other in (tmp_path / "store" / "clients").glob("*/sessions/*.json"):
        other.write_bytes(b"{}")  # where nothing can be read, the list does not say that there is nothing
    listed = kept("session", "list")
    assert (listed.out, bool(listed.err)) == ("", True)
    for path in (tmp_path / "store" / "clients").glob("*/client.json"):
        path.write_bytes(b"{}")
    assert len(kept("client", "list", "--json").json["damaged"]) <= 2
    (tmp_path / "store" / "clients.json").write_bytes(b"{}")
    assert "clients.json" in kept("session", "list").err
    assert kept("client", "list").code == 5


@pytest.mark.parametrize("record", ["plan.json", "facts.json"])
def test_no_interview_is_left_behind_where_the_plan_or_the_facts_cannot_be_read(
    kept: Mi, tmp_path: Path, record: str
) -> None:
    assert kept("goals", "add", "J-014", "-", lines="Walk\n").code == 0
    assert kept("client", "facts", "J-014", "reach", "-", lines="555-0100\n").code == 0
    (broken,) = (tmp_path / "store" / "clients").glob(f"*/{record}")
    before = kept("session", "list", "--json").json["items"]
    broken.write_bytes(b"{}")
    assert kept("session", "start", "J-014", lines="x\n/end\n").code == 5
    assert kept("session", "list", "--json").json["items"] == before


def test_settings(kept: Mi, tmp_path: Path) -> None:
    assert kept("config", "set", "counselor", "A. Counselor").code == 0
    assert kept("config", "set", "safety.contacts", "Dr A 555-0100; B").code == 0
    assert kept("config", "set", "show_tally", "true").code == 0
    assert kept("config", "set", "show_tally", "perhaps").code == 2
    assert kept("config", "set", "nosuch", "x").code == 2
    assert kept("config", "get", "safety.contacts").out == "Dr A 555-0100; B\n"
    assert kept("config", "list", "--json").json["show_tally"] is True
    assert "safety.contacts" in kept("config", "list").out
    assert "Dr A 555-0100; B" in kept("session", "start", "J-014", lines="/safety\n").out
    assert kept("session", "list", "--json").json["items"][0]["counselor"] in ("A. Counselor", "counselor")
    assert kept("config", "unset", "counselor").code == 0
    assert kept("config", "get", "counselor").out == "\n"
    file = Path(kept("config", "path").out.strip())
    for text in ("x = ", "nosuch = 1", 'show_tally = "yes"', "[safety]\ncontacts = 3"):
        file.write_text(text)
        assert kept("config", "list").code == 1
        ran = kept("session", "start", "J-014")
        assert (ran.code, "The config file" in ran.err) == (0, True)


def test_the_rest(kept: Mi, tmp_path: Path) -> None:
    assert kept("--version").out == "mi 0.1.0\n"
    assert kept("store", "info", "--json").json["sessions"] == 1
    assert "protection" in kept("store", "info").out
    assert kept("store", "init", "--unprotected").code == 0
    assert kept("store", "check").code == 0
    assert "sound" in kept("doctor").out
    names = kept("schema").out.split()
    for name in names:
        assert json.loads(kept("schema", name).out)["properties"]["schema"]
    assert kept("schema", "nosuch").code == 2
    assert kept("--store", str(tmp_path / "other"), "store", "init", "--unprotected").code == 0
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")
    assert kept("--store", str(tmp_path / "full"), "store", "init", "--unprotected").code == 1
    assert kept("session", "nosuch").code == 2


def test_a_setting_is_confirmed_in_the_language_that_holds_from_then_on(mi: Mi) -> None:
    assert mi("config", "set", "show_tally", "true").err == "show_tally is set.\n"
    assert mi("config", "set", "language", "es").err == "Ajuste guardado: language.\n"
    assert mi("config", "set", "show_tally", "false").err == "Ajuste guardado: show_tally.\n"
    assert mi("config", "unset", "language").err == "language is no longer set.\n"


@pytest.mark.parametrize("group", ["session", "goals", "client", "prompts", "store", "config"])
def test_every_command_has_help(mi: Mi, group: str) -> None:
    out = mi(group, "--help").out
    listed = out.split("Commands:\n")[1].partition("\n\n")[0]
    commands = [line.split()[0] for line in listed.splitlines()]
    assert commands
    for command in commands:
        assert len(mi(group, command, "--help").out.splitlines()) > 3


def test_a_fault_of_our_own_is_told_without_values(kept: Mi, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise KeyError("my secret")

    monkeypatch.setattr("mi_cli.store.records.catalog.Catalog.read_codes", fault)
    ran = kept("client", "list")
    assert ran.code == 1
    assert "KeyError" in ran.err
    assert "secret" not in ran.err


def test_files_are_for_the_owner_alone(kept: Mi, tmp_path: Path) -> None:
    for path in (tmp_path / "store").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def test_what_the_program_says_about_itself_is_set_once(mi: Mi) -> None:
    assert mi("config", "set", "program.name", "Harbor Program").code == 0
    ran = mi("config", "set", "jurisdiction", "elsewhere")
    assert (ran.code, "us-part2, general" in ran.err) == (2, True)
    assert mi("config", "set", "jurisdiction", "general").code == 0
    program = settings.load(settings.path()).program
    assert program.name == "Harbor Program"
    assert program.jurisdiction is Jurisdiction.GENERAL
    assert mi("config", "unset", "jurisdiction").code == 0
    assert settings.load(settings.path()).program.jurisdiction is Jurisdiction.US_PART2


def test_a_folder_that_is_copied_elsewhere_is_spoken_of_on_the_way_in(mi: Mi, tmp_path: Path) -> None:
    mi("store", "init", "--unprotected")
    assert "other computers" not in mi("session", "start", "J-014", lines="words\n/end\n").out
    (tmp_path / "store" / ".stfolder").mkdir()
    assert "other computers" in mi("session", "start", "J-014", lines="words\n/end\n").out


def test_the_plan_shows_the_readings_over_time(mi: Mi) -> None:
    mi("store", "init", "--unprotected")
    when = ("--started", "2026-11-01T10:00", "--ended", "2026-11-01T10:40")
    mi("session", "start", "J-014", *when, lines="/focus drinking\n/goal Breakfast\n/importance 2\n/end\n")
    mi("session", "start", "J-014", lines="/focus drinking\n/importance 10\n/planning\n/confidence 0\n/end\n")
    shown = mi("goals", "show", "J-014").out.splitlines()
    assert any("Importance (drinking): 2 → 10  (November 1, 2026 – " in row for row in shown)
    goal = mi("goals", "show", "J-014", "--json").json["goals"][0]["id"]
    assert any("#1  Confidence: 0  (" in row for row in shown)
    for name in (goal, "1", "#1"):
        one = mi("goals", "show", "J-014", name).out
        assert ("Confidence" in one, "(drinking)" in one, one.startswith(" #1  “Breakfast”")) == (True, True, True)


def test_a_path_that_can_be_none_is_told(mi: Mi, monkeypatch: pytest.MonkeyPatch) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    path = "~nobody-of-that-name/store"
    commands = ("--store", path, "session", "list"), ("store", "backup", path), ("store", "restore", path)
    assert [mi(*command).code for command in commands] == [2, 2, 2]
    assert mi("config", "set", "store", "a\0b").code == 0
    monkeypatch.setenv("MI_STORE", "")
    ran = mi("session", "list")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "There can be no such path on this computer.")


@pytest.mark.parametrize("text", [f"counselor = {'[' * 3000}", f"{'.'.join(['a'] * 5000)} = 1"])
def test_a_config_file_of_a_hostile_depth_is_no_config_file(mi: Mi, text: str) -> None:
    file = Path(mi("config", "path").out.strip())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    ran = mi("config", "list")
    assert (ran.code, ran.err.splitlines()[0]) == (1, "The config file is no config file of mi.")


def test_nothing_is_written_among_the_records(mi: Mi, tmp_path: Path) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines="/goal I want mornings\n/end\n").code == 0
    (tmp_path / "around").symlink_to(tmp_path / "store")
    before = (tmp_path / "store" / "clients.json").read_bytes()
    for target in (tmp_path / "store" / "clients.json", tmp_path / "around" / "clients.json"):
        for command in (
            ("goals", "export", "J-014", "--client-copy", "-o", str(target.with_name("plan.md")), "--yes"),
            ("consent", "form", "-o", str(target), "--yes"),
            ("store", "backup", str(target), "--yes"),
        ):
            ran = mi(*command)
            assert (ran.code, ran.err.splitlines()[0]) == (2, "That file would be within the store, among the records.")
    assert (tmp_path / "store" / "clients.json").read_bytes() == before
    assert mi("disclosures", "list", "--json").json["items"] == []


def test_a_birth_date_is_kept_with_the_name_and_must_be_a_day_that_has_been(mi: Callable[..., Ran]) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("client", "add", "J-014", "--name", lines="Jo Example\n").code == 0
    assert mi("client", "edit", "J-014", "--born", "1984-05-31").code == 0
    identity = mi("client", "show", "J-014", "--json").json["identity"]
    assert (identity["name"], identity["born_on"]) == ("Jo Example", "1984-05-31")
    assert "May 31, 1984" in mi("client", "show", "J-014").out
    assert mi("client", "edit", "J-014", "--name", lines="Another\n").code == 0
    assert mi("client", "show", "J-014", "--json").json["identity"]["born_on"] == "1984-05-31"
    for wrong in ("31.5.1984", "1984-02-30", "2999-01-01", ""):
        ran = mi("client", "edit", "J-014", "--born", wrong)
        assert ran.code == 2
    assert mi("client", "show", "J-014", "--json").json["identity"]["born_on"] == "1984-05-31"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_code_is_found_however_unicode_writes_its_letters(mi: Mi, form: Literal["NFC", "NFD"]) -> None:
    mi("store", "init", "--unprotected")
    code = unicodedata.normalize(form, "Ünal-é7")
    assert mi("session", "start", "Ünal-é7", lines="/goal Be home\n/end\n").code == 0
    for typed in (code, code.upper()):
        for command in (
            ("client", "show"),
            ("session", "show"),
            ("session", "list", "--client"),
            ("goals", "show"),
            ("goals", "export", "--client-copy"),
            ("disclosures", "list"),
            ("consent", "list"),
        ):
            assert mi(*command, typed).code == 0, (command, ascii(typed))
        assert mi("client", "add", typed).code == 1
    assert mi("session", "start", code, lines="one\n/end\n").code == 0
    assert [item["sessions"] for item in mi("client", "list", "--json").json["items"]] == [2]


def test_the_log_names_what_is_wrong_with_it(mi: Mi, tmp_path: Path) -> None:
    mi("store", "init", "--unprotected")
    for code in ("J-014", "J-015"):
        mi("client", "add", code)
    log = tmp_path / "store" / "log.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join([lines[0], *lines[2:], b"{\n"]))
    ran = mi("store", "log", "--limit", "1")
    assert "does not follow on the one before" in ran.err
    assert "is not whole" in ran.err
    damaged = mi("store", "log", "--json").json["damaged"]
    assert [fault["record"] for fault in damaged] == ["log.jsonl", "log.jsonl"]


def test_a_change_outside_an_interview_is_in_the_log_with_the_client_and_what_it_was(mi: Mi) -> None:
    mi("store", "init", "--unprotected")
    mi("client", "add", "J-014")
    assert mi("goals", "add", "J-014", "-", lines="Be home\n").code == 0
    assert mi("client", "edit", "J-014", "--lang", "es").code == 0
    assert mi("client", "edit", "J-014", "--code", "J-015").code == 0
    rows = [line.split("  ", 1)[1].rsplit("  ", 1)[0].strip() for line in mi("store", "log").out.splitlines()[1:]]
    shown = [re.sub(" {2,}", " | ", row) for row in rows]
    changed = ["codes", "client | J-015", "plan | J-015", "client, codes | J-015"]
    assert shown == [*(f"changed: {what}" for what in changed), "store made"]
    items = mi("store", "log", "--json").json["items"]
    assert [(item["what"], item["client"]) for item in items[1:]] == [*[("changed", "J-015")] * 3, ("made", None)]


def test_a_line_end_in_a_name_makes_no_row_of_its_own(mi: Mi) -> None:
    mi("store", "init", "--unprotected")
    name = "A. Counselor\n2026-11-26 10:00  passed on"
    assert mi("client", "add", "J-014", "--counselor", name).code == 0
    assert mi("config", "set", "counselor", name).code == 0
    assert mi("client", "add", "J-015").code == 0
    for command in (("client", "list"), ("store", "log")):
        ran = mi(*command)
        assert not [line for line in ran.out.splitlines() if line.startswith("2026-11-26 10:00  passed on")], ran.out
