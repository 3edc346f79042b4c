"""`mi note`: what is recorded goes in, what was not stays out, and a signed note stays as it is."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from mi_cli.records.terms import NoteBlank
from tests.cli.test_marker import unpacked
from tests.conftest import Ran

Mi = Callable[..., Ran]

WRITTEN_UP: Final = ("--started", "2026-11-20T14:02", "--ended", "2026-11-20T14:47")
LINES: Final = """+d Zwetschge one
- Zwetschge two
Zwetschge three
= Zwetschge four
>r Zwetschge five
>r
! Zwetschge six
? Zwetschge seven
~ Zwetschge eight
/importance 7 Zwetschge nine
/goal Be at Saturday breakfast
/step Ring my sister @ Friday six
/confidence 4
/confidence 6 Zwetschge ten
/review 2027-01-31
/end Zwetschge eleven
"""


@pytest.fixture(params=["plain", "protected"])
def here(request: pytest.FixtureRequest, mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mi:
    """A store of either kind, with an interview that was written up."""
    if request.param == "protected":
        (tmp_path / "passphrase").write_text("correct horse battery staple\n")
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    return with_interview(mi, "--unprotected" if request.param == "plain" else "")


@pytest.fixture
def there(mi: Mi) -> Mi:
    """A store without a passphrase, with an interview that was written up."""
    return with_interview(mi, "--unprotected")


def with_interview(mi: Mi, how: str) -> Mi:
    assert mi("store", "init", *filter(None, [how])).code == 0
    assert mi("session", "start", "J-014", *WRITTEN_UP, lines=LINES).code == 0
    for key, value in (("counselor", "A. Counselor"), ("credentials", "LCDC")):
        assert mi("config", "set", key, value).code == 0
    return mi


def note(mi: Mi, *named: str) -> Any:
    return mi("note", "show", *named, "--json").json


def section(shown: Any, key: str) -> list[str]:
    [found] = [each for each in shown["sections"] if each["key"] == key]
    return [line["text"] for line in found["lines"]]


def test_the_draft_has_what_is_recorded_and_nothing_that_was_said(here: Mi, tmp_path: Path) -> None:
    wrote = here("note", "write", "J-014")
    assert wrote.code == 0, wrote.err
    shown = note(here)
    assert (shown["schema"], shown["format"], shown["state"]) == ("mi.progress-note/1", "girp", "draft")
    assert [(each["from"][:16], each["to"][:16]) for each in shown["served"]] == [
        ("2026-11-20T14:02", "2026-11-20T14:47")
    ]
    assert section(shown, "goal") == ["“Be at Saturday breakfast”"]
    assert section(shown, "intervention") == [
        "Stage engaging: 45 min.",
        "Asked on a ruler from 0 to 10: Importance.",
        "Asked on a ruler from 0 to 10: Confidence.",
        "A goal was written down in the client's words.",
        "Reflections (2 marked in the interview).",
    ]
    assert "Confidence (0 to 10): 4, then 6." in section(shown, "response")
    assert section(shown, "plan") == ["Step: Ring my sister (Friday six)", "Review of the goal on January 31, 2027."]
    everything = wrote.out + wrote.err + json.dumps(shown) + here("note", "show").out
    assert "Zwetschge" not in everything
    for path in (tmp_path / "store").rglob("progress-notes/*.json"):
        assert b"Zwetschge" not in path.read_bytes()


@pytest.mark.parametrize("name", ["girp", "dap", "soap", "birp"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_blank_for_a_clinician_never_vanishes(there: Mi, tmp_path: Path, name: str, language: str) -> None:
    assert there("note", "write", "--format", name, "--lang", language).code == 0
    blanks = {each["key"]: each for each in note(there)["sections"] if each["by"] == "clinician"}
    assert set(blanks) == set(NoteBlank)
    assert all(each["lines"] is None for each in blanks.values())
    opened = "[clinician: assessment]" if language == "en" else "[profesional clínico: evaluación]"
    assert opened in there("note", "show").out
    for ending in ("md", "txt", "docx", "pdf"):
        assert there("note", "show", "-o", str(tmp_path / f"n.{ending}")).code == 0
    text = (tmp_path / "n.md").read_text().replace("\\", "")
    assert text.count(opened[: opened.index(":")]) == len(NoteBlank)
    assert opened in text
    assert opened in (tmp_path / "n.txt").read_text()
    assert opened.encode() in b"".join(unpacked((tmp_path / "n.docx").read_bytes()))


def test_a_section_is_pasted_by_itself(there: Mi) -> None:
    there("note", "write", "last")
    pasted = there("note", "show", "last", "--section", "R", "--plain")
    lines = pasted.out.splitlines()
    assert lines[0] == "Importance (0 to 10): 7."
    assert "Confidence (0 to 10): 4, then 6." in lines
    assert "[clinician: test results]" in lines
    assert "Response" not in pasted.out
    assert there("note", "show", "--section", "plan").out.startswith("Step: Ring")
    refused = there("note", "show", "--section", "Zwetschge")
    assert (refused.code, "Zwetschge" in refused.err) == (2, False)


def test_a_draft_goes_on_and_a_signed_note_is_only_amended(here: Mi, tmp_path: Path) -> None:
    here("note", "write", "last")
    first = note(here)
    again = here("note", "write", "last")
    assert "goes on" in again.out
    assert note(here)["id"] == first["id"]
    other = here("note", "write", "last", "--format", "dap")
    assert (other.code, first["id"] in other.err) == (1, True)
    refused = here("note", "amend", "last", "-", "--kind", "addendum", "--reason", "forgotten", lines="More.\n")
    assert refused.code == 1
    signed = here("note", "sign", first["id"][:5], "--yes")
    assert signed.code == 0, signed.err
    assert "does not prove who signed" in signed.out
    kept = note(here)
    assert (kept["signed"]["by"], kept["signed"]["credentials"]) == ("A. Counselor", "LCDC")
    assert len(kept["signed"]["sha256"]) == 64
    for refused in (here("note", "write", "last"), here("note", "sign", "--yes"), here("note", "delete", "--yes")):
        assert refused.code == 1
        assert "signed" in refused.err
    amended = here(
        "note", "amend", "last", "-", "--kind", "late-entry", "--reason", "forgotten", lines="She rang him.\n"
    )
    assert amended.code == 0, amended.err
    assert here("note", "amend", "last", "-", "--reason", "x", lines="y").code == 2
    assert here("note", "amend", "last", "-", "--kind", "addendum", lines="y").code == 2
    assert {key: value for key, value in note(here).items() if key not in ("amendments", "revision", "updated_at")} == {
        key: value for key, value in kept.items() if key not in ("amendments", "revision", "updated_at")
    }
    for ending in ("md", "txt", "docx", "pdf"):
        assert here("note", "show", "-o", str(tmp_path / f"n.{ending}")).code == 0
    for text in ((tmp_path / "n.md").read_text(), (tmp_path / "n.txt").read_text(), here("note", "show").out):
        below = text.partition("Added after signing")[2]
        assert "Late entry, " in below.replace("\\", "")
        assert "forgotten. She rang him." in below
        assert "Countersigned" in text
    assert here("store", "check").code == 0
    events = [event["what"] for event in here("store", "log", "--json").json["items"]]
    assert {"note written", "note signed", "note amended"} <= set(events)


def test_what_was_added_first_stands_first(there: Mi) -> None:
    there("note", "write")
    there("note", "sign", "--yes")
    for words in ("First.", "Second.", "Third."):
        added = there("note", "amend", "last", "-", "--kind", "addendum", "--reason", "told later", lines=f"{words}\n")
        assert added.code == 0
    assert [each["text"] for each in note(there)["amendments"]] == ["First.", "Second.", "Third."]
    shown = there("note", "show").out
    assert shown.index("First.") < shown.index("Second.") < shown.index("Third.")


def test_a_changed_text_is_noticed(there: Mi, tmp_path: Path) -> None:
    there("note", "write", "last")
    there("note", "sign", "--yes")
    [path] = (tmp_path / "store").rglob("progress-notes/*.json")
    path.write_text(path.read_text().replace("Saturday", "Sunday"))
    assert there("note", "show").code == 5


def test_without_a_name_nobody_signs(mi: Mi) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", *WRITTEN_UP, lines="+ Words\n").code == 0
    mi("note", "write")
    refused = mi("note", "sign", "--yes")
    assert (refused.code, "mi config set counselor" in refused.err) == (2, True)
    mi("config", "set", "counselor", "A. Counselor")
    refused = mi("note", "sign", "--yes")
    assert (refused.code, "mi config set credentials" in refused.err) == (2, True)
    assert note(mi)["state"] == "draft"


def test_a_draft_can_be_deleted(here: Mi) -> None:
    here("note", "write")
    assert here("note", "delete").code == 2  # nobody to ask
    assert here("note", "delete", "--yes").code == 0
    assert here("note", "list", "--json").json["items"] == []
    assert here("store", "check").code == 0
    assert here("note", "write", "--format", "soap").code == 0


def test_an_open_interview_has_no_note_yet_and_a_paused_one_may(there: Mi) -> None:
    assert there("session", "start", "J-014", lines="+ More\n").code == 0  # the end of a pipe pauses it
    assert there("note", "write", "last").code == 0


def test_a_note_of_a_contact_claims_nothing(there: Mi) -> None:
    assert (
        there("contact", "add", "J-014", "-", "--kind", "missed", "--at", "2026-11-24T10:00", lines="No ride.\n").code
        == 0
    )
    contact = there("contact", "list", "--json").json["items"][0]["id"]
    assert there("note", "write", "--contact", contact[:4]).code == 0
    shown = next(each for each in there("note", "list", "--json").json["items"] if each["contact"] == contact)
    assert (shown["session"], shown["served"], section(shown, "intervention")) == (None, [], [])
    assert section(shown, "response") == ["Visit not kept, November 24, 2026, 10:00.", "No ride."]
    assert there("note", "write", "--contact", contact).out.count("goes on") == 1


CONSENT: Final = """
kind = "tpo"
patient_name = "Jo Example"
disclosers = ["A. Counselor"]
scope_text = "what is crossed on the form"
scope_categories = ["goal-plan", "progress-notes"]
purpose_text = "treatment, payment and operations"
purpose_codes = ["TREAT", "HPAYMT", "HOPERAT"]
statements = ["revocation", "hipaa-redisclosure", "tpo-redisclosure", "tpo-refusal"]
revocation_method = "in writing to A. Counselor"
expiry = { none = true }
signer = { name = "Jo Example", capacity = "client" }
signed_on = 2026-01-02
[[recipients]]
name = "A. Therapist"
organization = "Other House"
kind = "covered-entity"
"""


def test_a_signed_note_goes_to_members_of_the_program_and_is_logged(here: Mi, tmp_path: Path) -> None:
    here("note", "write")
    here("config", "set", "program.recipients", "C. Colleague")
    out = ("-o", str(tmp_path / "n.md"))
    assert here("note", "show", "--to", "C. Colleague", *out).code == 1  # a draft
    here("note", "sign", "--yes")
    refused = here("note", "show", "--to", "A. Therapist", *out)
    assert (refused.code, "There is no written consent" in refused.err) == (3, True)
    assert not (tmp_path / "n.md").exists()
    assert here("disclosures", "list", "--json").json["items"] == []
    passed = here("note", "show", "--to", "C. Colleague", *out)
    assert passed.code == 0, passed.err
    [logged] = here("disclosures", "list", "--json").json["items"]
    assert logged["what"] == ["progress-notes"]
    text = (tmp_path / "n.md").read_text().replace("\\", "")
    assert text.index("C. Colleague") < text.index("[clinician: assessment]")
    assert "42 CFR part 2" in text
    printed = here("note", "show", "--to", "C. Colleague")
    assert (printed.code, "[clinician: assessment]" in printed.out.replace("\\", "")) == (0, True)
    assert len(here("disclosures", "list", "--json").json["items"]) == 2
    assert here("note", "show", "--to", "C. Colleague", "--json").code == 2
    assert here("note", "show", "-o", str(tmp_path / "own.md")).code == 0  # for the own record
    assert len(here("disclosures", "list", "--json").json["items"]) == 2
    assert here("disclosures", "verify").code == 0


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_note_goes_out_under_a_consent_that_names_progress_notes(there: Mi, tmp_path: Path, language: str) -> None:
    there("note", "write", "--lang", language)
    there("note", "sign", "--yes")
    to = ("note", "show", "--to", "A. Therapist")
    for number, (old, new, why) in enumerate(
        [
            (', "progress-notes"', "", "does not cover progress notes"),
            ("kind = ", "scope_version = 3\nkind = ", "does not cover progress notes"),  # an earlier form
            ("expiry = { none = true }", "expiry = { on = 2026-01-03 }", "held up to"),
        ]
    ):
        (tmp_path / "consent.toml").write_text(CONSENT.replace(old, new, 1))
        added = there("consent", "add", "J-014", "--from", str(tmp_path / "consent.toml"))
        assert added.code == 0, added.err
        refused = there(*to, "-o", str(tmp_path / f"refused-{number}.md"))
        assert (refused.code, why in refused.err) == (3, True), refused.err
    (tmp_path / "consent.toml").write_text(CONSENT.replace('"goal-plan", ', "", 1))
    assert there("consent", "add", "J-014", "--from", str(tmp_path / "consent.toml")).code == 0
    for ending in ("md", "docx", "pdf"):
        passed = there(*to, "-o", str(tmp_path / f"n.{ending}"))
        assert passed.code == 0, passed.err
    text = (tmp_path / "n.md").read_text().replace("\\", "")
    assert "Jo Example" in text  # the copy of the consent names the client
    assert {"en": "a progress note", "es": "una nota de progreso"}[language] in text
    logged = there("disclosures", "list", "--json").json["items"]
    assert [(each["what"], bool(each["consent"]), each["consent_copy"]) for each in logged] == [
        (["progress-notes"], True, True)
    ] * 3
    assert not list(tmp_path.glob("refused-*"))
    accounting = there("disclosures", "accounting", "J-014").out
    assert "progress notes" in accounting
    # Where something of it was passed on, the interview stays with its client.
    there("client", "add", "K-200")
    assert there("session", "move", "last", "K-200").code != 0
    consent = next(
        each["id"] for each in there("consent", "list", "--json").json["items"] if each["id"] == logged[0]["consent"]
    )
    assert there("consent", "revoke", consent, "--yes").code == 0
    assert there(*to, "-o", str(tmp_path / "late.md")).code == 3


# -- formats and requirements as data ----------------------------------------------------------------------------------


def test_an_own_format_lies_over_the_one_that_comes_with_mi(there: Mi, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "mi" / "note-formats"
    folder.mkdir(parents=True)
    (folder / "girp.toml").write_text('[[section]]\nkey = "goal"\nlabel = "Problem"\n')
    (folder / "pirp.toml").write_text(
        'extends = "birp"\nlabel = "PIRP"\n[[section]]\nkey = "behavior"\nlabel = "Problem"\n'
    )
    listed = {each["name"]: each for each in there("note", "formats", "--json").json["items"]}
    assert set(listed) == {"girp", "dap", "soap", "birp", "pirp"}
    assert listed["girp"]["sections"] == ["Problem", "Intervention", "Response", "Plan"]
    assert (listed["pirp"]["own"], listed["dap"]["own"]) == (True, False)
    assert there("note", "write", "--format", "pirp").code == 0
    assert section(note(there), "behavior") == ["“Be at Saturday breakfast”"]


BAD: Final = {
    "no TOML": "[[section",
    "no section": 'label = "X"',
    "a section without a key": '[[section]]\nlabel = "X"',
    "a section without a label": '[[section]]\nkey = "x"',
    "an unknown key": '[[section]]\nkey = "x"\nlabel = "X"\nfact = ["goals"]',
    "an unknown fact": '[[section]]\nkey = "x"\nlabel = "X"\nfacts = ["tallies"]',
    "an unknown blank": '[[section]]\nkey = "x"\nlabel = "X"\nblanks = ["mood"]',
    "a fact in two places": '[[section]]\nkey = "x"\nlabel = "X"\nfacts = ["goals", "goals"]',
    "a key twice": '[[section]]\nkey = "x"\nlabel = "X"\n[[section]]\nkey = "x"\nlabel = "X"',
    "facts in a blank": '[[section]]\nkey = "x"\nlabel = "X"\nby = "clinician"\nfacts = ["readings"]',
    "an unknown writer": '[[section]]\nkey = "x"\nlabel = "X"\nby = "mi"',
    "a base that there is not": 'extends = "zzz"',
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_format_that_cannot_be_used_is_named(there: Mi, tmp_path: Path, text: str) -> None:
    folder = tmp_path / "config" / "mi" / "note-formats"
    folder.mkdir(parents=True)
    (folder / "ours.toml").write_text(text)
    refused = there("note", "write", "--format", "ours")
    assert refused.code == 1
    assert refused.err.startswith("note-formats/ours.toml cannot be used: "), refused.err
    assert there("note", "list", "--json").json["items"] == []


def test_bytes_that_are_no_text_and_a_name_that_is_none(there: Mi, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "mi" / "note-formats"
    folder.mkdir(parents=True)
    (folder / "ours.toml").write_bytes(b"\xff\xfe\x00")
    assert there("note", "write", "--format", "ours").code == 1
    for name in ("nothing", "../ours", "x" * 300):
        assert there("note", "write", "--format", name).code == 1, name


@pytest.mark.parametrize("profile", ["general", "us-ok", "us-il", "us-nh"])
def test_each_line_of_a_profile_is_named_with_its_source_and_day(there: Mi, profile: str) -> None:
    there("note", "write")
    assert there("config", "set", "note.profile", profile).code == 0
    checked = there("note", "check", "last")
    assert checked.code == 1
    assert ("Missing: the place (77 Ill. Adm. Code 2060.470: location; read November 26, 2026)" in checked.out) is (
        profile == "us-il"
    )
    assert "the signature" not in checked.out  # it is said with its days


def test_days_late_are_counted(there: Mi) -> None:
    there("note", "write")
    [item] = there("note", "check", "--json").json["items"]
    assert any(finding.startswith("Not signed: ") and "late" in finding for finding in item["findings"])
    there("note", "sign", "--yes")
    [item] = there("note", "check", "--json").json["items"]
    assert [finding for finding in item["findings"] if finding.startswith("Signed ")]
    there("config", "set", "note.profile", "nothing")
    assert there("note", "check").code == 1


def test_in_oklahoma_each_interview_and_each_missed_visit_has_a_note(there: Mi) -> None:
    there("contact", "add", "J-014", "-", "--kind", "missed", lines="Did not come.\n")
    there("contact", "add", "J-014", "-", "--kind", "cancelled", lines="Called first.\n")
    there("session", "start", "K-200", "--new", lines="paused\n")  # it is still open
    assert there("note", "check").code == 0
    there("config", "set", "note.profile", "us-ok")
    checked = there("note", "check")
    assert checked.code == 1
    assert "Interviews and missed visits of J-014, by the requirements Oklahoma, SUD:" in checked.out
    [item] = there("note", "check", "--json").json["items"]
    assert (item["note"], item["client"], len(item["findings"])) == (None, "J-014", 3)
    commands = [command for one in item["findings"] for command in re.findall(r"`mi (note write [^`]+)`", one)]
    for command in commands:
        assert there(*command.split()).code == 0
    items = there("note", "check", "--json").json["items"]
    assert [bool(each["note"]) for each in items] == [True, True]


def test_a_plan_that_cannot_be_read_is_named_and_its_goals_are_not_judged(there: Mi, tmp_path: Path) -> None:
    there("note", "write")
    [plan] = tmp_path.glob("**/clients/*/plan.json")
    plan.write_text("{", encoding="utf-8")
    checked = there("note", "check")
    assert checked.code == 3 or "plan.json" in checked.err
    assert "not active" not in checked.out


# -- times -------------------------------------------------------------------------------------------------------------


def test_times_are_corrected_and_the_former_ones_stay(here: Mi) -> None:
    here("note", "write")
    set_right = ("session", "times", "last", "--reason", "the clock was wrong")
    corrected = here(*set_right, "--start", "2026-11-20T14:10", "--end", "2026-11-20T15:00")
    assert corrected.code == 0, corrected.err
    session = here("session", "show", "last", "--json").json["session"]
    assert session["started_at"].startswith("2026-11-20T14:10")
    [former] = session["corrections"]
    assert (former["started_at"][:16], former["ended_at"][:16]) == ("2026-11-20T14:02", "2026-11-20T14:47")
    assert former["reason"] == "the clock was wrong"
    assert "not those of the interview" in here("note", "check").out
    here("note", "write")
    assert [(each["from"][11:16], each["to"][11:16]) for each in note(here)["served"]] == [("14:10", "15:00")]
    assert "times corrected" in [event["what"] for event in here("store", "log", "--json").json["items"]]
    assert here("store", "check").code == 0


def test_times_that_cannot_be_are_refused(there: Mi) -> None:
    other = ("--started", "2026-11-20T16:00", "--ended", "2026-11-20T16:30")
    assert there("session", "start", "J-014", *other, lines="+ Words\n").code == 0
    before = there("session", "show", "last", "--json").json
    for times in (
        ("--end", "2026-11-20T15:59"),
        ("--start", "2026-11-20T14:30"),
        ("--start", "2026-11-20T13:00", "--end", "2026-11-20T15:00"),
        ("--end", "2999-01-01T10:00"),
        ("--start", "nonsense"),
        (),
    ):
        refused = there("session", "times", "last", *times, "--reason", "x")
        assert refused.code == 2, times
    assert there("session", "times", "last", "--end", "2026-11-20T16:40", "--reason", " ").code == 2
    assert there("session", "show", "last", "--json").json == before
    assert there("session", "times", "last", "--end", "2026-11-20T16:30", "--reason", "x").code == 0
    assert there("session", "show", "last", "--json").json == before
    there("session", "start", "J-014", lines="+ Words\n")
    assert there("session", "times", "last", "--end", "2026-11-20T16:40", "--reason", "x").code == 1


def test_the_band_is_shown_only_if_it_is_wished(there: Mi) -> None:
    there("note", "write")
    assert "within" not in there("note", "show").out
    there("config", "set", "billing.hints", "true")
    assert "45 min: within 38–52".replace("–", "-") in there("note", "show").out
