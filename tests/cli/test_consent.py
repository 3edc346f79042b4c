"""`mi consent` and `mi disclosures`, in process, without a terminal."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from mi_cli.cli.surroundings import new_id, now
from mi_cli.store.records.json_store import JsonStore
from tests.builders import CONSENT_FILE as FILE
from tests.builders import Sender
from tests.conftest import Ran

Mi = Callable[..., Ran]

ALL_STATEMENTS = '["revocation", "hipaa-redisclosure", "tpo-redisclosure", "tpo-refusal"]'


@pytest.fixture
def kept(mi: Mi, tmp_path: Path) -> Mi:
    """A store with the client J-014, who has a goal, and a consent in a file."""
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("client", "add", "J-014", "--lang", "es").code == 0
    assert mi("goals", "add", "J-014", "-", lines="Be there\n").code == 0
    (tmp_path / "consent.toml").write_text(FILE)
    assert mi("config", "set", "program.name", "Harbor Program").code == 0
    return mi


@pytest.fixture
def sender(kept: Mi, tmp_path: Path) -> Sender:
    """Somebody who passes something on under it."""
    assert kept("consent", "add", "J-014", "--from", str(tmp_path / "consent.toml")).code == 0
    store = JsonStore(tmp_path / "store", now, new_id, "A. Counselor")
    return Sender(store, store.codes()["J-014"])


def test_a_consent_from_a_file(kept: Mi, tmp_path: Path) -> None:
    ran = kept("consent", "add", "J-014", "--from", str(tmp_path / "consent.toml"))
    assert (ran.code, ran.err) == (0, "")
    assert "lacks" not in ran.out
    item = kept("consent", "list", "--json").json["items"][0]
    assert (item["client"], item["holds"], item["recipients"]) == ("J-014", True, ["A. Therapist"])
    shown = kept("consent", "show", "j-014", "--json").json
    assert (shown["patient_name"], shown["signer"]["name"]) == ("Jo Example", "Jo Example")
    assert kept("client", "show", "J-014", "--json").json["identity"]["name"] == "Jo Example"
    assert "until 2099-05-31" in kept("consent", "list").out
    said = kept("consent", "show", "last").out
    assert "It holds." in said
    assert re.search(r"\n may get it .*\n of the kind +\S", said)  # no row of a recipient is without its name
    assert "May 31, 2099" in said


def test_what_show_prints_can_be_read_again_by_the_same_client_alone(kept: Mi, tmp_path: Path) -> None:
    kept("consent", "add", "J-014", "--from", str(tmp_path / "consent.toml"))
    document = kept("consent", "show", "last", "--json").out
    assert kept("consent", "add", "J-014", "--from", "-", lines=document).code == 0
    assert len(kept("consent", "list", "--json").json["items"]) == 2
    kept("client", "add", "K-015")
    ran = kept("consent", "add", "K-015", "--from", "-", lines=document)
    assert (ran.code, "another client" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("not a consent", "neither JSON nor TOML"),
        ("[1, 2]", "neither JSON nor TOML"),
        ('recipient = "Secret"', "a field that a consent does not have"),
        ('kind = "counseling_notes"', "at kind"),
        ('kind = "tpo"\nexpiry = {on = "someday"}', "at expiry.on"),
        ('kind = "tpo"\nrecipients = [{organization = "Secret"}]', "at recipients.0.name"),
        ('kind = "tpo"\nrecipients = ["Secret"]', "at recipients"),
        ('kind = "tpo"\nsigner = "Secret"', "at signer"),
        ('kind = "tpo"\nsigned_on = 12:30:00', "a value that a consent cannot hold"),
    ],
)
def test_a_file_that_is_no_consent_is_refused_without_repeating_it(kept: Mi, text: str, told: str) -> None:
    ran = kept("consent", "add", "J-014", "--from", "-", lines=text)
    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert "Secret" not in ran.err
    assert kept("consent", "list", "--json").json["items"] == []


def test_a_file_that_lacks_an_element_is_kept_as_it_was_signed_and_permits_nothing(kept: Mi) -> None:
    ran = kept("consent", "add", "J-014", "--from", "-", lines=FILE.replace("expiry", "#"))
    assert (
        ran.code,
        "It lacks the day or the event on which it ends. It is kept, but permits nothing." in ran.out,
    ) == (0, True)
    assert not kept("consent", "list", "--json").json["items"][0]["holds"]


@pytest.mark.parametrize(
    ("language", "state", "why"),
    [
        ("en", "does not hold", ["held up to December 31, 2020.", "lacks the right", "`mi consent form J-014`"]),
        ("es", "no está vigente", ["valió hasta el 31 de diciembre de 2020.", "no tiene", "`mi consent form J-014`"]),
    ],
)
def test_the_list_says_why_one_does_not_hold(kept: Mi, language: str, state: str, why: list[str]) -> None:
    recorded(kept, FILE.replace("2099-05-31", "2020-12-31").replace("revocation_method", "#"))
    assert kept("config", "set", "language", language).code == 0
    listed = kept("consent", "list").out
    assert state in listed
    assert [words for words in why if words not in listed] == []
    assert kept("consent", "revoke", "last", "--yes").code == 0
    assert why[0] not in kept("consent", "list").out  # that it was taken back says all


def test_the_name_that_is_noted_is_taken_where_the_file_has_none(kept: Mi) -> None:
    kept("client", "edit", "J-014", "--name", lines="Jo Example\n")
    text = FILE.replace("patient_name", "#").replace('kind = "purpose"', 'kind = "tpo"')
    ran = recorded(kept, text.replace("purpose_codes", "#").replace('["revocation"]', ALL_STATEMENTS))
    assert "lacks" not in ran.out
    shown = kept("consent", "show", "last", "--json").json
    assert shown["patient_name"] == "Jo Example"
    assert shown["purpose_codes"] == ["TREAT", "HPAYMT", "HOPERAT"]
    assert len(shown["statements"]) == 4


def test_the_birth_date_on_the_paper_is_kept_with_the_name_and_goes_where_the_name_goes(kept: Mi) -> None:
    for wrong in ('"2999-01-01"', "1984", '"someday"', "1984-05-31T10:00:00"):
        assert kept("consent", "add", "J-014", "--from", "-", lines=f"born_on = {wrong}\n{FILE}").code == 2, wrong
    assert kept("consent", "list", "--json").json["items"] == []
    assert "birth date" not in recorded(kept, f"born_on = 1984-05-31\n{FILE}").out
    assert "born_on" not in kept("consent", "show", "last", "--json").json
    assert kept("client", "show", "J-014", "--json").json["identity"]["born_on"] == "1984-05-31"
    ran = kept("goals", "export", "J-014", "--lang", "en")
    assert "born May 31, 1984" in ran.out.partition("## Cover sheet")[2].partition("## ")[2], (
        "not on the cover, which a stranger may get"
    )
    assert "1984" not in ran.out.partition("## Cover sheet")[2].partition("## ")[0]
    assert "1984" not in kept("goals", "export", "J-014", "--client-copy").out
    assert "`mi client edit J-014 --born DAY`" in recorded(kept, f'born_on = "1985-05-31"\n{FILE}').out
    assert kept("client", "show", "J-014", "--json").json["identity"]["born_on"] == "1984-05-31"


def test_without_a_terminal_it_needs_a_file(kept: Mi) -> None:
    ran = kept("consent", "add", "J-014")
    assert (ran.code, "--from FILE" in ran.err) == (2, True)
    assert kept("consent", "list").err.startswith("No consents yet.")


def test_a_scan_is_noted_by_its_hash(kept: Mi, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"scan")
    recorded(kept, f"{FILE}document = {{path = '{tmp_path / 'scan.pdf'}'}}")
    shown = kept("consent", "show", "last", "--json")
    assert shown.json["document"] == {"path": str(tmp_path / "scan.pdf"), "sha256": sha256(b"scan").hexdigest()}
    recorded(kept, shown.out)
    assert kept("consent", "show", "last", "--json").json["document"] == shown.json["document"]
    ran = kept("consent", "add", "J-014", "--from", "-", lines=f"{FILE}document = {{path = '{tmp_path / 'none.pdf'}'}}")
    assert (ran.code, "cannot be read" in ran.err) == (1, True)


def test_taking_back_says_who_has_it_and_holds_at_once(kept: Mi, sender: Sender, tmp_path: Path) -> None:
    sender.to_file(tmp_path / "handoff.md")
    assert kept("consent", "revoke", "last").code == 2
    ran = kept("consent", "revoke", "last", "--how", "by letter", "--yes")
    assert ran.code == 0
    assert "A. Therapist" in ran.out
    assert "cannot be called back" in ran.out
    assert not kept("consent", "list", "--json").json["items"][0]["holds"]
    assert "taken back" in kept("consent", "list").out
    assert re.search(
        r"taken back +\w+ \d+, \d{4}, by letter; recorded by counselor", kept("consent", "show", "last").out
    )
    assert kept("consent", "revoke", "last", "--yes").code == 1


def test_a_damaged_consent_is_named_and_the_rest_is_listed(kept: Mi, sender: Sender, tmp_path: Path) -> None:
    next((tmp_path / "store").rglob("consents/*.json")).write_text("{")
    kept("consent", "add", "J-014", "--from", str(tmp_path / "consent.toml"))
    listed = kept("consent", "list", "--json").json
    assert (len(listed["items"]), len(listed["damaged"])) == (1, 1)
    ran = kept("consent", "list", "J-014")
    assert (ran.code, "cannot be read" in ran.err) == (0, True)
    assert kept("store", "check").code == 5


def test_the_log_the_accounting_and_the_proof(kept: Mi, sender: Sender, tmp_path: Path) -> None:
    sender.to_file(tmp_path / "handoff.md")
    sender.to_output(lambda _content: None)
    items = kept("disclosures", "list", "J-014", "--json").json["items"]
    assert [(item["seq"], item["client"], item["came"]) for item in items] == [(2, "J-014", True), (1, "J-014", True)]
    assert "A. Therapist" in kept("disclosures", "list").out
    account = kept("disclosures", "accounting", "J-014").out
    assert "Con quién se compartió, J-014" in account
    for told in ("A. Therapist", "1 Example Street", "metas y plan de cambio", "to begin CBT"):
        assert told in account
    english = kept("disclosures", "accounting", "J-014", "--lang", "en", "--json").json["items"]
    assert [item["purpose"] for item in english] == ["to begin CBT"] * 2
    ran = kept("disclosures", "verify")
    assert (ran.code, "the log is whole" in ran.out, "is as it went out" in ran.out) == (0, True, True)


def test_a_document_changed_later_is_told_and_is_no_fault_of_the_log(kept: Mi, sender: Sender, tmp_path: Path) -> None:
    sender.to_file(tmp_path / "handoff.md")
    (tmp_path / "handoff.md").write_text("other")
    ran = kept("disclosures", "verify", "J-014", "--json")
    assert (ran.code, ran.json["items"][0]["files"][0]["state"]) == (0, "changed")
    (tmp_path / "handoff.md").unlink()
    assert "is no longer there" in kept("disclosures", "verify").out


def test_a_log_that_was_tampered_with_is_found(kept: Mi, sender: Sender, tmp_path: Path) -> None:
    sender.to_file(tmp_path / "1.md")
    sender.to_file(tmp_path / "2.md")
    path = min((tmp_path / "store").rglob("disclosures/*.json"), key=lambda path: json.loads(path.read_bytes())["seq"])
    path.write_text(path.read_text().replace("A. Therapist", "Z. Nobody"))
    ran = kept("disclosures", "verify")
    assert (ran.code, "entry 1 or 2 is not as it was written" in ran.out) == (5, True)
    path.unlink()
    ran = kept("disclosures", "verify", "--json")
    assert (ran.code, ran.json["items"][0]["faults"]) == (5, ["entry 1 is missing"])


def test_the_form_is_a_paper_in_the_clients_language(kept: Mi, tmp_path: Path) -> None:
    target = tmp_path / "form.pdf"
    assert kept("consent", "form", "J-014", "-o", str(target), "--to", "A. Therapist").code == 0
    assert target.read_bytes().startswith(b"%PDF")
    ran = kept("consent", "form", "J-014", "-o", str(target))
    assert (ran.code, "--yes" in ran.err) == (2, True)
    assert kept("consent", "form", "-o", str(target), "--yes", "--lang", "en").code == 0
    assert kept("consent", "form", "-o", str(tmp_path / "BLANK.PDF")).code == 0


@pytest.mark.parametrize("name", ["form.zzz", "form.docx", "form.md", "form", "pdf"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_form_is_written_under_no_other_ending(kept: Mi, tmp_path: Path, name: str, language: str) -> None:
    assert kept("config", "set", "language", language).code == 0
    ran = kept("consent", "form", "J-014", "-o", str(tmp_path / name))
    assert (ran.code, ".pdf" in ran.err, (tmp_path / name).exists()) == (2, True, False)


def test_nothing_of_the_client_is_in_a_help_text_or_an_error(kept: Mi) -> None:
    ran = kept("consent", "add", "J-014", "Jo Example")
    assert ran.code == 2
    assert "Example" not in ran.err
    assert re.search(r"--from\s", kept("consent", "add", "--help").out)


def test_the_form_can_come_from_a_file_and_go_to_standard_output(kept: Mi, tmp_path: Path) -> None:
    source = kept("consent", "form", "J-014", "-o", "-", "--from", str(tmp_path / "consent.toml"))
    assert source.code == 0
    ran = kept("consent", "form", "--from", "-", "-o", str(tmp_path / "form.pdf"), lines='expiry = "soon"')
    assert (ran.code, "at expiry" in ran.err) == (2, True)
    ran = kept("consent", "form", "--from", str(tmp_path / "none.toml"), "-o", str(tmp_path / "form.pdf"))
    assert (ran.code, "The file cannot be read: there is no file of that name." in ran.err) == (1, True)
    assert not (tmp_path / "form.pdf").exists()


def test_a_damaged_entry_is_named_and_fails_the_proof(kept: Mi, sender: Sender, tmp_path: Path) -> None:
    sender.to_file(tmp_path / "1.md")
    next((tmp_path / "store").rglob("disclosures/*.json")).write_text("{")
    sender.to_output(lambda _content: None)
    listed = kept("disclosures", "list", "--json").json
    assert (len(listed["items"]), len(listed["damaged"])) == (1, 1)
    assert kept("disclosures", "verify").code == 5
    next((tmp_path / "store").rglob("ledger.json")).write_text("{")
    assert kept("disclosures", "verify").code == 5


def test_a_consent_that_cannot_be_read_permits_nothing_and_is_named(kept: Mi, sender: Sender, tmp_path: Path) -> None:
    next((tmp_path / "store").rglob("consents/*.json")).write_text("{")
    ran = kept("goals", "export", "J-014")
    assert (ran.code, ran.out) == (3, "")
    assert "consents/" in ran.err
    assert "cannot be read" in ran.err


def test_nothing_passed_on_yet(kept: Mi) -> None:
    assert kept("disclosures", "list").err == "Nothing was passed on yet.\n"
    assert kept("disclosures", "verify").err == "Nothing was passed on yet.\n"
    assert "No se compartió nada con nadie" in kept("disclosures", "accounting", "J-014").out


# -- what a consent does not say --------------------------------------------------------------------------------------


def recorded(mi: Mi, text: str) -> Ran:
    ran = mi("consent", "add", "J-014", "--from", "-", lines=text)
    assert ran.code == 0, ran.err
    return ran


def test_another_program_s_consent_lets_nothing_out(kept: Mi) -> None:
    ran = recorded(kept, FILE.replace("Harbor Program", "Another Program"))
    assert "lets Another Program pass it on, not you" in ran.out
    assert not kept("consent", "list", "--json").json["items"][0]["holds"]
    ran = kept("goals", "export", "J-014")
    assert (ran.code, "mi config set program.name" in ran.err) == (3, True)
    kept("config", "set", "program.name", "Another Program")
    assert kept("goals", "export", "J-014").code == 0


def test_without_a_name_for_the_program_the_counselor_is_who_passes_it_on(kept: Mi) -> None:
    kept("config", "unset", "program.name")
    recorded(kept, FILE)
    assert kept("goals", "export", "J-014").code == 3
    recorded(kept, FILE.replace("Harbor Program", "counselor"))
    assert kept("goals", "export", "J-014").code == 0


def test_a_general_designation_is_confirmed_in_the_file(kept: Mi) -> None:
    text = FILE.replace("Harbor Program", "any program that has treated me")
    recorded(kept, text)
    assert kept("goals", "export", "J-014").code == 3
    included = added(kept, f'disclosers_include = "Harbor Program"\n{text}')
    assert kept("goals", "export", "J-014").code == 0
    assert "these include Harbor Program" in kept("consent", "show", included).out


def test_another_person_s_consent_lets_nothing_out_and_names_nobody(kept: Mi) -> None:
    kept("client", "edit", "J-014", "--name", lines="Beatriz Solis\n")
    ran = recorded(kept, FILE)
    assert "in another name than the one noted" in ran.out
    ran = kept("goals", "export", "J-014")
    assert (ran.code, "mi client edit J-014 --name" in ran.err) == (3, True)
    assert not any(name in ran.err for name in ("Beatriz", "Jo Example"))
    kept("client", "edit", "J-014", "--name", lines="jo  EXAMPLE\n")
    assert kept("goals", "export", "J-014").code == 0


def test_what_somebody_else_signed_as_the_client_lets_nothing_out(kept: Mi) -> None:
    ran = recorded(kept, FILE.replace('{capacity = "client"}', '{capacity = "client", name = "Somebody Else"}'))
    assert "signed, as the client" in ran.out
    assert kept("goals", "export", "J-014").code == 3


def test_that_an_authority_is_not_noted_is_said(kept: Mi) -> None:
    signed = '{capacity = "guardian", name = "G. Example"%s}'
    ran = recorded(kept, FILE.replace('{capacity = "client"}', signed % ""))
    assert "on what authority is not noted" in ran.out
    ran = recorded(kept, FILE.replace('{capacity = "client"}', signed % ', authority_ref = "court order"'))
    assert "authority" not in ran.out


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\u3164\u2800", "\n"], ids=ascii)
def test_a_recipient_who_has_no_name_is_a_wrong_usage(kept: Mi, tmp_path: Path, nothing: str) -> None:
    recorded(kept, FILE.replace("recipients = [{name", 'recipient_class = "my providers"\nrecipients = [{name'))
    kept("config", "set", "program.recipients", "C. Colleague")
    for more in ((), ("--basis", "same-program")):
        ran = kept("goals", "export", "J-014", "--to", nothing, *more)
        assert (ran.code, ran.out) == (2, "")
    assert kept("consent", "form", "--to", nothing, "-o", str(tmp_path / "form.pdf")).code == 2
    assert kept("disclosures", "list", "--json").json["items"] == []
    if nothing.strip():
        assert kept("config", "set", "program.recipients", f"A. Therapist; {nothing}").code == 2


# -- one taken back, and the others -----------------------------------------------------------------------------------


def standing(mi: Mi) -> dict[str, bool]:
    return {item["id"]: item["holds"] for item in mi("consent", "list", "--json").json["items"]}


def added(mi: Mi, text: str = FILE) -> str:
    ran = recorded(mi, text)
    found = re.search(r"Recorded: (\w{8})", ran.out)
    assert found
    return found[1]


def test_taking_one_back_leaves_no_older_one_in_force_unasked(kept: Mi) -> None:
    older, newer = added(kept), added(kept)
    ran = kept("consent", "revoke", newer, "--yes")
    assert ran.code == 0
    for told in (older, "A. Therapist", f"mi consent confirm {older}", f"mi consent revoke {older}"):
        assert told in ran.out
    refused = kept("goals", "export", "J-014")
    assert refused.code == 3
    assert f"`mi consent confirm {older}`" in refused.err
    assert standing(kept) == {older: False, newer: False}
    assert "ask the client" in kept("consent", "list").out
    assert f"mi consent confirm {older}" in kept("consent", "show", older).out
    assert kept("consent", "confirm", older).code == 2
    assert kept("consent", "confirm", older, "--yes").code == 0
    assert standing(kept) == {older: True, newer: False}
    assert f"after consent {newer} was taken back" in kept("consent", "show", older).out
    assert kept("goals", "export", "J-014").code == 0
    assert kept("consent", "confirm", older, "--yes").code == 1, "there is no question any more"
    assert kept("consent", "confirm", newer, "--yes").code == 1, "it was taken back"


def test_a_new_one_after_the_revocation_counts_at_once(kept: Mi) -> None:
    older = added(kept)
    kept("consent", "revoke", older, "--yes")
    today = now().date().isoformat()
    newer = added(kept, FILE.replace("2020-11-20", today))
    assert kept("goals", "export", "J-014").code == 0
    assert standing(kept) == {older: False, newer: True}


def test_an_older_paper_recorded_after_the_revocation_is_asked_about(kept: Mi) -> None:
    kept("consent", "revoke", added(kept), "--yes")
    ran = recorded(kept, FILE)
    assert "mi consent confirm" in ran.out
    assert kept("goals", "export", "J-014").code == 3


def test_neither_a_class_nor_the_program_serves_a_name_that_was_taken_back(kept: Mi) -> None:
    wide = added(kept, FILE.replace("recipients = [", 'recipient_class = "my providers"\n# ['))
    kept("consent", "revoke", added(kept), "--yes")
    kept("config", "set", "program.recipients", "A. Therapist")
    for more in ((), ("--basis", "same-program"), ("--basis", "consent")):
        ran = kept("goals", "export", "J-014", "--to", "a.  therapist", *more)
        assert ran.code == 3, more
        assert "was taken back" in ran.err
    assert kept("goals", "export", "J-014", "--to", "B. Other").code == 0
    assert standing(kept)[wide]
    assert "my providers (not A. Therapist)" in kept("consent", "list").out
    assert "does not serve A. Therapist" in kept("consent", "show", wide).out
    added(kept, FILE.replace("2020-11-20", now().date().isoformat()))
    assert kept("goals", "export", "J-014", "--to", "A. Therapist").code == 0


def test_a_file_cannot_say_that_it_was_confirmed(kept: Mi) -> None:
    older, newer = added(kept), added(kept)
    kept("consent", "revoke", newer, "--yes")
    kept("consent", "confirm", older, "--yes")
    copied = added(kept, kept("consent", "show", older, "--json").out)
    assert standing(kept) == {older: True, newer: False, copied: False}


EVENT = FILE.replace("{on = 2099-05-31}", '{event = "the end of CBT"}')
TWO = FILE.replace('Street"}]', 'Street"}, {name = "B. Other"}]')


def test_an_event_that_came_about_ends_a_consent(kept: Mi) -> None:
    assert kept("consent", "add", "J-014", "--from", "-", lines=EVENT).code == 0
    ran = kept("goals", "export", "J-014")
    assert ran.code == 0
    assert "the end of CBT" in ran.err
    assert "mi consent ended" in ran.err
    for wrong in ("2999-01-01", "soon"):
        assert kept("consent", "ended", "last", "--on", wrong, "--yes").code == 2
    assert kept("consent", "ended", "J-014", "--on", "2026-01-02", "--yes").code == 0
    ran = kept("goals", "export", "J-014")
    assert (ran.code, "ended on January 2, 2026" in ran.err, ran.out) == (3, True, "")
    assert "ended" in kept("consent", "list").out
    assert kept("consent", "list", "--json").json["items"][0]["holds"] is False
    assert "January 2, 2026" in kept("consent", "show", "last").out
    assert "consent ended" in kept("store", "log").out


def test_a_consent_without_an_event_is_taken_back_instead(kept: Mi, tmp_path: Path) -> None:
    kept("consent", "add", "J-014", "--from", str(tmp_path / "consent.toml"))
    ran = kept("consent", "ended", "last", "--yes")
    assert (ran.code, "mi consent revoke" in ran.err) == (1, True)


def test_a_consent_is_taken_back_for_one_of_two(kept: Mi) -> None:
    assert kept("consent", "add", "J-014", "--from", "-", lines=TWO).code == 0
    assert kept("goals", "export", "J-014").code == 3  # which of the two was not said
    assert kept("consent", "revoke", "last", "--to", "C. Nobody", "--yes").code == 2
    ran = kept("consent", "revoke", "last", "--to", "b. OTHER", "--yes")
    assert (ran.code, "for B. Other" in ran.out) == (0, True)
    assert kept("goals", "export", "J-014").code == 0
    ran = kept("goals", "export", "J-014", "--to", "B. Other")
    assert (ran.code, "taken back for B. Other" in ran.err) == (3, True)
    assert kept("consent", "list", "--json").json["items"][0]["holds"] is True
    assert kept("consent", "revoke", "last", "--to", "B. Other", "--yes").code == 2
    assert kept("consent", "revoke", "last", "--to", "A. Therapist", "--yes").code == 0
    assert kept("consent", "list", "--json").json["items"][0]["revoked"] is not None
    assert kept("goals", "export", "J-014").code == 3


def test_who_signed_for_the_client_on_what_authority_is_asked_for(kept: Mi) -> None:
    parent = FILE.replace('signer = {capacity = "client"}', 'signer = {capacity = "parent", name = "Ann Example"}')
    ran = kept("consent", "add", "J-014", "--from", "-", lines=parent)
    assert (ran.code, "on what authority" in ran.out) == (0, True)
    both = parent + 'also_signed = [{name = "Jo Example"}]\n'
    ran = kept("consent", "add", "J-014", "--from", "-", lines=both)
    assert (ran.code, "on what authority" in ran.out) == (0, False)
    assert "Jo Example (the client)" in kept("consent", "show", "last").out


def test_a_purpose_in_words_alone_permits_nothing_until_it_is_coded(kept: Mi) -> None:
    bare = FILE.replace('purpose_codes = ["TREAT"]\n', "").replace("to begin CBT", "for my hearing")
    ran = kept("consent", "add", "J-014", "--from", "-", lines=bare)
    assert (ran.code, "purpose_codes" in ran.out) == (0, True)
    assert kept("goals", "export", "J-014").code == 3
    assert kept("consent", "add", "J-014", "--from", "-", lines=FILE).code == 0
    assert kept("goals", "export", "J-014").code == 0


def test_in_another_jurisdiction_what_is_lacking_is_said_as_the_gate_judges_it(kept: Mi) -> None:
    tpo = FILE.replace('kind = "purpose"', 'kind = "tpo"')
    assert "It lacks" in kept("consent", "add", "J-014", "--from", "-", lines=tpo).out
    kept("config", "set", "jurisdiction", "general")
    kept("config", "set", "notice.text", "Confidential.")
    ran = kept("consent", "add", "J-014", "--from", "-", lines=tpo)
    assert (ran.code, "lacks" in ran.out) == (0, False)
    assert kept("consent", "list", "--json").json["items"][0]["holds"] is True


def test_everything_about_a_consent_is_spanish_in_a_spanish_setting(kept: Mi, sender: Sender, tmp_path: Path) -> None:
    assert kept("config", "set", "language", "es").code == 0
    assert "Está vigente." in kept("consent", "show", "last").out
    sender.to_file(tmp_path / "handoff.md")
    back = kept("consent", "revoke", "last", "--yes")
    assert "Con él ya no se comparte nada más." in back.out
    assert "Ya se compartió antes" in back.out
    shown = kept("consent", "show", "last").out
    for text in ("lo recibe", "de qué tipo", "revocado", "por escrito; lo registró counselor", "hasta"):
        assert text in shown
    assert "revocado" in kept("consent", "list").out
    wrong = kept("consent", "add", "J-014", "--from", "-", lines="colour = 1\n")
    assert (wrong.code, "El archivo tiene un campo" in wrong.err) == (2, True)
    for english in ("taken back", "may get it", "by counselor", "Recorded", "passed on", "until "):
        assert english not in back.out + shown + wrong.err
