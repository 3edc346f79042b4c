"""The members of the program stand in the store, and nobody becomes one but by a command that the log tells of."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from mi_cli.cli import handoff_making, settings
from mi_cli.cli.surroundings import now
from mi_cli.handoff import formats
from tests.cli.test_confirm import PASSPHRASE
from tests.conftest import TESTS, Ran

Mi = Callable[..., Ran]
TO_MEMBER = ("goals", "export", "J-014", "--to", "C. Colleague", "--basis", "same-program")


@pytest.fixture(params=["plain", "protected"])
def kept(request: pytest.FixtureRequest, mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mi:
    """A store of either kind with a goal of J-014."""
    if request.param == "protected":
        (tmp_path / "passphrase").write_text(PASSPHRASE)
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("store", "init", *(["--unprotected"] if request.param == "plain" else [])).code == 0
    assert mi("session", "start", "J-014", lines="/goal Be home\n/end\n").code == 0
    return mi


def in_config() -> object:
    """What the config file says of the members; null where there is no such file."""
    file = settings.path()
    return tomllib.loads(file.read_text()).get("program", {}).get("recipients") if file.exists() else None


def test_they_are_set_shown_and_taken_away_in_the_store_and_in_its_log(kept: Mi) -> None:
    assert kept("config", "get", "program.recipients").out == "\n"
    assert kept(*TO_MEMBER).code == 3
    assert kept("config", "set", "program.recipients", "C. Colleague; D. Colleague").code == 0
    assert in_config() is None
    assert kept("config", "get", "program.recipients").out == "C. Colleague; D. Colleague\n"
    assert kept("config", "list", "--json").json["program.recipients"] == ["C. Colleague", "D. Colleague"]
    assert "C. Colleague; D. Colleague" in kept("config", "list").out
    assert "members changed" in kept("store", "log").out
    assert kept(*TO_MEMBER).code == 0
    assert kept("client", "add", "K-1").code == 0, "what else changes the record leaves them"
    assert kept(*TO_MEMBER).code == 0
    assert kept("config", "unset", "program.recipients").code == 0
    assert kept("config", "get", "program.recipients").out == "\n"
    assert kept(*TO_MEMBER).code == 3
    assert [item["what"] for item in kept("store", "log", "--json").json["items"]].count("members changed") == 2


def test_the_first_member_makes_a_store(mi: Mi, tmp_path: Path) -> None:
    assert mi("config", "get", "program.recipients").out == "\n"
    assert mi("config", "unset", "program.recipients").code == 0
    assert not (tmp_path / "store").exists()
    assert mi("config", "set", "program.recipients", "C. Colleague").code == 0
    assert mi("config", "get", "program.recipients").out == "C. Colleague\n"


def test_those_in_an_old_config_file_do_not_count_and_are_named(kept: Mi) -> None:
    settings.path().parent.mkdir(parents=True)
    settings.path().write_text('[program]\nname = "Harbor"\nrecipients = ["C. Colleague", "D. Colleague"]\n')
    ran = kept(*TO_MEMBER)
    assert ran.code == 3
    command = 'mi config set program.recipients "C. Colleague; D. Colleague"'
    assert command in ran.err
    for shown in (kept("config", "list", "--json"), kept("config", "get", "program.recipients"), kept("doctor")):
        assert command in shown.err
        assert "Colleague" not in shown.out
    assert kept("config", "set", "program.recipients", "C. Colleague; D. Colleague").code == 0
    assert in_config() is None
    assert kept("config", "get", "program.name").out == "Harbor\n"
    ran = kept(*TO_MEMBER)
    assert (ran.code, "program.recipients" in ran.err) == (0, False)


def test_whatever_is_no_name_is_refused(kept: Mi) -> None:
    for nothing in ("\u200b", "7", "A\x1b[2J", "A. B\nC", "x" * 100_000):
        assert kept("config", "set", "program.recipients", f"C. Colleague; {nothing}").code == 2
    assert kept("config", "get", "program.recipients").out == "\n"


def test_a_locked_store_shows_the_other_settings(kept: Mi, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept("config", "set", "program.recipients", "C. Colleague").code == 0
    assert kept("config", "set", "program.name", "Harbor").code == 0
    monkeypatch.delenv("MI_PASSWORD_FILE", raising=False)
    listed = kept("config", "list", "--json")
    assert (listed.code, listed.json["program.name"]) == (0, "Harbor")
    if listed.json["program.recipients"] is None:
        assert "program.recipients" in listed.err
        assert kept("config", "get", "program.recipients").code == 4
        assert kept("config", "set", "program.recipients", "D. Colleague").code == 4


def test_a_member_whom_somebody_wrote_into_the_record_is_none(kept: Mi, tmp_path: Path) -> None:
    path = tmp_path / "store" / "clients.json"
    assert kept("config", "set", "program.recipients", "D. Colleague").code == 0
    document = json.loads(path.read_bytes())
    if "protected" in document:
        pytest.skip("it cannot be written without a key")
    for later in (0, 1, 7):
        forged = {**document, "members": ["C. Colleague"], "revision": document["revision"] + later}
        path.write_text(json.dumps(forged))
        assert kept(*TO_MEMBER).code == 3
        assert kept("config", "get", "program.recipients").code == 5
    looked = kept("store", "check", "--confirm", "--yes")
    assert (looked.code, "C. Colleague" in looked.out) == (0, True)
    assert kept(*TO_MEMBER).code == 0


def test_a_member_who_was_taken_out_does_not_come_back_with_an_older_record(kept: Mi, tmp_path: Path) -> None:
    path = tmp_path / "store" / "clients.json"
    assert kept("config", "set", "program.recipients", "C. Colleague").code == 0
    before = path.read_bytes()
    assert kept("config", "unset", "program.recipients").code == 0
    path.write_bytes(before)
    assert kept(*TO_MEMBER).code == 3


def test_a_name_that_was_taken_back_is_no_member_until_a_newer_consent_names_them(kept: Mi) -> None:
    text = (TESTS / "stores" / "consent.toml").read_text()
    assert kept("config", "set", "program.name", "Invented Program").code == 0
    assert kept("config", "set", "program.recipients", "A. Therapist").code == 0
    wide = 'recipient_class = "my treating providers"\n' + re.sub(r"\[\[recipients\]\](\n.+)+", "", text)
    newer = text.replace("2026-11-20", now().date().isoformat())
    assert kept("consent", "add", "J-014", "--from", "-", lines=wide).code == 0
    assert kept("consent", "add", "J-014", "--from", "-", lines=text).code == 0
    assert kept("consent", "revoke", "J-014", "--yes").code == 0
    assert kept("consent", "add", "J-014", "--from", "-", lines=wide).code == 0
    for more in ((), ("--basis", "same-program"), ("--basis", "consent")):
        assert kept("goals", "export", "J-014", "--to", "A. Therapist", *more).code == 3, more
    assert kept("goals", "export", "J-014", "--to", "B. Other").code == 0
    assert kept("consent", "add", "J-014", "--from", "-", lines=newer).code == 0
    assert kept("goals", "export", "J-014", "--to", "A. Therapist").code == 0


def test_words_that_are_taken_out_while_the_document_is_made_do_not_go(kept: Mi, tmp_path: Path) -> None:
    assert kept("config", "set", "program.recipients", "C. Colleague").code == 0
    assert kept("session", "start", "J-014", lines="! kind to the dog\n/share 1\n/end\n").code == 0
    (name,) = (item["name"] for item in kept("goals", "share", "J-014", "--json").json["items"] if item["in_plan"])
    made = formats.handoff

    def slow(*arguments: object) -> bytes:
        assert kept("goals", "share", "J-014", name, "--out").code == 0
        return made(*arguments)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(handoff_making, "handoff", slow)
        ran = kept(*TO_MEMBER, "-o", str(tmp_path / "h.md"))
    assert ran.code == 3, ran
    assert "while the document was made" in ran.err
    assert not (tmp_path / "h.md").exists()
    assert kept("disclosures", "list", "--json").json["items"] == []
    assert kept(*TO_MEMBER).code == 0
