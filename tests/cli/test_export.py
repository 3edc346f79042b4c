"""`mi goals export`, in process, without a terminal."""

import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest

from mi_cli.handoff.formats import Format
from mi_cli.words.notices import notice_words
from tests.conftest import Ran

Mi = Callable[..., Ran]

INTERVIEW = """\
He drove us home that night.
+d I want to be there for breakfast.
? What went on at home.
/value My son
/importance 7 She is embarrassed.
/goal Be at Saturday breakfast.
/step Set two alarms @ Friday night
/review 4w
/share 2 3
/end Ring.
"""
CONSENT = {
    "kind": "tpo",
    "patient_name": "Jo Example",
    "disclosers": ["Harbor Program"],
    "scope_text": "my goals and how I rated them",
    "scope_categories": ["goal-plan", "readings"],
    "recipients": [{"name": "A. Therapist", "kind": "covered-entity"}],
    "purpose_codes": ["TREAT"],
    "purpose_text": "treatment",
    "statements": ["revocation", "hipaa-redisclosure", "tpo-redisclosure", "tpo-refusal"],
    "revocation_method": "in writing",
    "expiry": {"on": "2100-01-01"},
    "signer": {"name": "Jo Example"},
    "signed_on": "2026-01-02",
}


@pytest.fixture
def kept(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mi:
    """A store with a plan, and an empty folder to put documents in."""
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines=INTERVIEW).code == 0
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    return mi


@pytest.fixture
def consented(kept: Mi, tmp_path: Path) -> Mi:
    """The client has signed for goals and readings, for A. Therapist."""
    file = tmp_path / "consent.json"
    file.write_text(json.dumps(CONSENT), encoding="utf-8")
    assert kept("config", "set", "program.name", "Harbor Program").code == 0
    assert kept("consent", "add", "J-014", "--from", str(file)).code == 0
    return kept


def log(mi: Mi) -> list[dict[str, object]]:
    return list(mi("disclosures", "list", "--json").json["items"])


def test_nothing_permits_it_and_what_would_is_told(kept: Mi) -> None:
    ran = kept("goals", "export", "J-014")
    assert (ran.code, ran.out) == (3, "")
    assert "mi consent form J-014" in ran.err
    assert log(kept) == []


def test_with_one_consent_nothing_more_is_needed(consented: Mi) -> None:
    ran = consented("goals", "export", "J-014")
    assert ran.code == 0
    assert "Be at Saturday breakfast." in ran.out
    assert notice_words("en").short in ran.out
    assert "A. Therapist" in ran.err
    (entry,) = log(consented)
    assert entry["file_sha256"] == sha256(ran.out.encode()).hexdigest()


def test_what_the_consent_does_not_cover_stays_behind(consented: Mi) -> None:
    out = consented("goals", "export", "J-014").out
    for words in ("I want to be there", "What went on at home", "My son", "drove us home", "Ring."):
        assert words not in out


@pytest.mark.parametrize("wanted", list(Format))
def test_the_ending_says_the_format_and_the_log_has_it(consented: Mi, wanted: Format) -> None:
    ran = consented("goals", "export", "J-014", "-o", f"h.{wanted}")
    assert ran.code == 0, ran.err
    (entry,) = log(consented)
    assert entry["format"] == wanted
    assert entry["file_sha256"] == sha256(Path(f"h.{wanted}").read_bytes()).hexdigest()
    assert Path(f"h.{wanted}").stat().st_mode & 0o777 == 0o600


def test_all_formats_come_in_one_file(consented: Mi) -> None:
    assert consented("goals", "export", "J-014", "-o", "h.zip").code == 0
    names = zipfile.ZipFile(BytesIO(Path("h.zip").read_bytes())).namelist()
    assert set(names) == {f"handoff.{one}" for one in Format if one is not Format.ZIP}


def test_json_is_what_its_schema_says(consented: Mi) -> None:
    made = consented("goals", "export", "J-014", "--format", "json").json
    jsonschema.validate(made, consented("schema", "handoff").json)
    assert made["notice"] == notice_words("en").short
    assert made["packet"]["goals"][0]["words"] == "Be at Saturday breakfast."
    assert made["packet"]["parked"] == []


def test_a_file_that_is_there_is_not_written_over_unasked(consented: Mi) -> None:
    Path("h.md").write_text("mine", encoding="utf-8")
    ran = consented("goals", "export", "J-014", "-o", "h.md")
    assert (ran.code, Path("h.md").read_text(encoding="utf-8")) == (2, "mine")
    assert log(consented) == []
    assert consented("goals", "export", "J-014", "-o", "h.md", "--yes").code == 0
    assert "Saturday" in Path("h.md").read_text(encoding="utf-8")


def test_the_clients_own_copy_needs_no_consent_and_has_no_notice(kept: Mi) -> None:
    ran = kept("goals", "export", "J-014", "--client-copy")
    assert ran.code == 0
    assert ran.out.startswith("# My plan\n")
    assert "Set two alarms, Friday night" in ran.out
    assert "42 CFR" not in ran.out
    assert "“" not in ran.out
    assert [entry["basis"] for entry in log(kept)] == ["client-copy"]


def test_the_clients_own_copy_is_in_the_clients_language(kept: Mi) -> None:
    assert kept("client", "edit", "J-014", "--lang", "es").code == 0
    assert kept("goals", "export", "J-014", "--client-copy").out.startswith("# Mi plan\n")
    assert kept("goals", "export", "J-014", "--client-copy", "--lang", "en").out.startswith("# My plan\n")


def test_a_therapist_reads_it_in_the_language_asked_for(consented: Mi) -> None:
    assert "# De la EM a la TCC: J-014" in consented("goals", "export", "J-014", "--lang", "es").out
    assert "# Handoff from MI to CBT: J-014" in consented("goals", "export", "J-014").out


def test_within_the_program_a_setting_is_enough(kept: Mi) -> None:
    assert kept("config", "set", "program.recipients", "B. Therapist").code == 0
    ran = kept("goals", "export", "J-014", "--basis", "same-program")
    assert ran.code == 0
    assert "What went on at home." in ran.out
    assert "drove us home" not in ran.out


def test_only_the_goals_named_go(consented: Mi) -> None:
    plan = consented("goals", "show", "J-014", "--json").json
    first = plan["goals"][0]["id"]
    assert consented("goals", "export", "J-014", "--goal", first[:6]).code == 0
    assert [entry["goals"] for entry in log(consented)] == [[first]]
    assert consented("goals", "export", "J-014", "--goal", "zzzzzzzz").code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["-o", "h.doc"], 2),
        (["--format", "odt"], 2),
        (["-o", "nowhere/h.md"], 1),
        (["--large-print"], 2),
        (["--lang", "fr"], 2),
        (["--client-copy", "--to", "A. Therapist"], 2),
        (["--client-copy", "--format", "fhir.json"], 2),
        (["--client-copy", "-o", "h.zip"], 2),
        (["--to", "Somebody Else"], 3),
    ],
)
def test_what_cannot_be_done_is_told_and_leaves_nothing(consented: Mi, arguments: list[str], code: int) -> None:
    ran = consented("goals", "export", "J-014", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert len(ran.err.splitlines()) >= 2
    assert log(consented) == []
    assert list(Path().iterdir()) == []


def test_a_name_that_was_noted_stands_in_the_therapists_document_alone(consented: Mi) -> None:
    assert consented("client", "edit", "J-014", "--name", lines="Jo Example\n").code in (0, 2)
    assert "Jo Example" in consented("goals", "export", "J-014").out
    assert "Jo Example" not in consented("goals", "export", "J-014", "--client-copy").out


def test_an_interview_that_cannot_be_read_is_named_and_the_rest_goes(consented: Mi, tmp_path: Path) -> None:
    (facts,) = (tmp_path / "store").glob("clients/*/sessions/*.json")
    facts.write_bytes(b"{")
    ran = consented("goals", "export", "J-014")
    assert ran.code == 0
    assert "Be at Saturday breakfast." in ran.out
    assert "cannot be read" in ran.err


def test_an_ending_that_says_another_format_is_refused(consented: Mi) -> None:
    ran = consented("goals", "export", "J-014", "-o", "handoff.pdf", "--format", "md")
    assert (ran.code, ran.err) == (
        2,
        "The ending of the file's name says another format.\nLeave out --format, or end the name in .md.\n",
    )
    assert not Path("handoff.pdf").exists()


@pytest.mark.parametrize(
    "name", ["x.htm", "x.markdown", "x.doc", "x.rtf", "x.odt", "x.json.gz", "x.pdf.txt2", "x.", "x", "x.pdf "]
)
def test_an_ending_of_no_format_is_refused_with_the_formats_there_are(consented: Mi, name: str) -> None:
    ran = consented("goals", "export", "J-014", "-o", name)
    assert ran.code == 2
    assert all(form in ran.err for form in (".pdf", ".docx", ".html", ".md"))
    assert not Path(name).exists()


def test_what_would_name_a_recipient_keeps_those_who_are_named(kept: Mi) -> None:
    kept("config", "set", "program.recipients", "B. Therapist; C. Therapist")
    ran = kept("goals", "export", "J-014", "--to", "D. Therapist", "--basis", "same-program")
    assert ran.code == 3
    assert '`mi config set program.recipients "B. Therapist; C. Therapist; A. Therapist"`' in ran.err


def test_looking_is_not_disclosing(kept: Mi) -> None:
    """A draft: without any consent, marked under each heading, no file, no disclosure, and the log tells of it."""
    ran = kept("goals", "export", "J-014", "--draft")
    assert ran.code == 0
    assert "Nothing was passed on" in ran.err
    lines = ran.out.splitlines()
    headings = [number for number, line in enumerate(lines) if line.startswith("#")]
    assert len(headings) > 6
    for number in headings:
        below = next(line for line in lines[number + 1 :] if line)
        assert "Draft" in lines[number] or below.startswith("#") or "Draft" in below, lines[number]
    assert "Be at Saturday breakfast." in ran.out
    assert "He drove us home" not in ran.out
    assert "42 CFR" not in ran.out
    assert log(kept) == []
    assert "looked at" in kept("store", "log").out
    assert list(Path.cwd().iterdir()) == []
    for wrong in (("-o", "draft.md"), ("--format", "pdf")):
        assert kept("goals", "export", "J-014", "--draft", *wrong).code == 2
    assert list(Path.cwd().iterdir()) == []


def test_a_draft_holds_what_the_consent_lets_out_and_the_clients_copy_has_one_too(consented: Mi) -> None:
    ran = consented("goals", "export", "J-014", "--draft", "--lang", "es")
    assert (ran.code, ran.err.count("\n")) == (0, 1)
    assert "Quien lo lea no sabrá de qué cambio se habla." in ran.err
    assert "Borrador" in ran.out
    assert "I want to be there for breakfast." not in ran.out  # it was shared, and this consent does not cover it
    ran = consented("goals", "export", "J-014", "--draft", "--client-copy")
    assert (ran.code, "Draft" in ran.out, log(consented)) == (0, True, [])


def test_an_empty_document_is_asked_about(consented: Mi) -> None:
    goal = consented("goals", "show", "J-014", "--json").json["goals"][0]["id"]
    file = Path("empty.md")
    consented("goals", "drop", "J-014", goal, "--yes")
    consented("session", "delete", "last", "--yes")
    ran = consented("goals", "export", "J-014", "-o", str(file))
    assert (ran.code, "--yes" in ran.err, file.exists(), log(consented)) == (2, True, False, [])
    assert consented("goals", "export", "J-014", "-o", str(file), "--yes").code == 0
    assert len(log(consented)) == 1


def test_several_formats_at_one_time_are_one_row_of_the_accounting_with_its_files(consented: Mi) -> None:
    for name in ("h.pdf", "h.docx", "h.md", "again.md"):
        assert consented("goals", "export", "J-014", "-o", name).code == 0
    [row] = consented("disclosures", "accounting", "J-014", "--json").json["items"]
    assert [file["format"] for file in row["files"]] == ["pdf", "docx", "md", "md"]
    assert "pdf, docx, md\n" in consented("disclosures", "accounting", "J-014").out
    assert len(log(consented)) == 4
    consented("goals", "add", "J-014", "-", lines="Sleep\n")
    assert consented("goals", "export", "J-014").code == 0
    assert len(consented("disclosures", "accounting", "J-014", "--json").json["items"]) == 2
    assert consented("consent", "revoke", "last", "--yes").out.count("A. Therapist") == 1  # and so it says who has it


def test_met_goals_stand_as_successes_and_a_failed_step_is_not_next(consented: Mi) -> None:
    lines = "/step Ring Ana\n/done #1\n/notdone #2 no time\n/step Two alarms again @ tomorrow\n/goal Sleep\n/end\n"
    consented("session", "start", "J-014", lines=f"/goal #1\n{lines}")
    sleep = consented("goals", "show", "J-014", "--json").json["goals"][1]["id"]
    assert consented("goals", "progress", "J-014", sleep, "--met").code == 0
    out = consented("goals", "export", "J-014").out
    glance = out[out.index("## At a glance") :].split("\n## ")[0]
    after = glance[glance.index("Will do next") :]
    assert "Two alarms again" in after.split("**Has done so far**")[0]
    assert "Ring Ana" not in out  # it was not done, and the client agreed to nothing about it
    assert "no time" not in out
    assert "“Sleep” (met)" in after
    assert "“Set two alarms” (done" in after


def test_whose_name_is_not_set_is_said_and_credentials_stand_beside_the_name(consented: Mi) -> None:
    assert "mi config set counselor" in consented("goals", "export", "J-014").err
    for key, value in (("counselor", "R. Lee"), ("credentials", "LADC"), ("telephone", "555-0188")):
        assert consented("config", "set", key, value).code == 0
    ran = consented("goals", "export", "J-014")
    assert "config set" not in ran.err
    assert "R. Lee, LADC" in ran.out
    assert "555-0188" in ran.out


def test_a_client_fact_goes_out_only_if_the_client_agreed_to_it(kept: Mi) -> None:
    assert kept("config", "set", "program.recipients", "A. Therapist").code == 0
    lines = "/fact target the drinking\n/fact medicines naltrexone\n/mandated drug court\n"
    lines += "/fact appointment Thursday at four\n"
    lines += "/share f2 f4\n/share f3\n/undo\n/share -f2\n/undo\n/end\n"
    assert kept("session", "start", "J-014", lines=lines).code == 0
    items = kept("goals", "share", "J-014", "--json").json["items"]
    facts = {item["name"]: item["in_plan"] for item in items if item["name"].startswith("fact:")}
    target = next(name for name in facts if name.startswith("fact:target:"))
    assert facts == {target: False, "fact:mandate": True, "fact:medicines": False, "fact:appointment": True}
    out = kept("goals", "export", "J-014").out
    assert "drug court" in out
    assert "Thursday at four" in out
    assert "naltrexone" not in out
    assert kept("goals", "share", "J-014", target, "fact:medicines").code == 0
    assert kept("goals", "share", "J-014", "fact:mandate", "--out").code == 0
    out = kept("goals", "export", "J-014").out
    assert "naltrexone" in out
    assert "the drinking" in out
    assert "drug court" not in out
    assert "naltrexone" in kept("goals", "show", "J-014").out
    own = kept("goals", "export", "J-014", "--client-copy").out
    assert "Thursday at four" in own
    assert "naltrexone" not in own
