"""Somebody who can write to the folder, and has no key: what they put back, cut, forge or delete lets nothing out.

Each test is one attack between two commands of a counselor. It holds in a plain store and in a protected one, unless
its name says otherwise.
"""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mi_cli.cli import context as contexts
from mi_cli.cli import surroundings
from mi_cli.errors import SaveFailed
from mi_cli.store.disk.codec import DocumentLabel, FileLabel
from mi_cli.store.keys import supervisor
from mi_cli.store.keys.jwe import DISCLOSURES, RECORDS, JweCodec
from mi_cli.store.keys.keyfile import key_file_bytes, new_keys
from tests.conftest import TESTS, Ran

PASSPHRASE = "vexingly quaint harbor mosaic"  # of invented stores
OTHER = "another passphrase of invented stores"


@dataclass
class Attacked:
    """A store with one client, one goal and one consent; `before` is a copy of its folder."""

    mi: Callable[..., Ran]
    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "store"

    @property
    def before(self) -> Path:
        return self.folder / "before"

    def remember(self) -> None:
        """Copies the store, as a sync does."""
        shutil.copytree(self.root, self.before)

    def put_back(self, pattern: str) -> None:
        """Puts files back as they were."""
        for path in self.before.glob(pattern):
            shutil.copyfile(path, self.root / path.relative_to(self.before))

    def export(self, *options: str) -> Ran:
        """Makes a handoff; returns what came of it. One that is refused leaves no file."""
        target = self.folder / "handoff.md"
        target.unlink(missing_ok=True)
        ran = self.mi("goals", "export", "J-014", "-o", str(target), *options)
        assert target.exists() is (ran.code == 0)
        return ran

    def refused(self, *options: str) -> str:
        """Makes a handoff, which must be refused; returns what was said."""
        ran = self.export(*options)
        assert ran.code == 3, ran
        return ran.err

    def believed(self) -> None:
        """Makes a handoff, before which nothing may be in doubt."""
        ran = self.export()
        assert (ran.code, "--confirm" in ran.err, ".json" in ran.err) == (0, False, False), ran

    def confirm(self) -> Ran:
        """Confirms the store as it is."""
        ran = self.mi("store", "check", "--confirm", "--yes")
        assert ran.code == 0, ran
        return ran

    def take_back(self) -> None:
        """Revokes the consent."""
        assert self.mi("consent", "revoke", "J-014", "--how", "by letter", "--yes").code == 0
        assert self.export().code == 3


@pytest.fixture(params=["plain", "protected"])
def attacked(
    request: pytest.FixtureRequest, mi: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Attacked:
    """A store of either kind, from which a handoff may go out."""
    if request.param == "protected":
        (tmp_path / "passphrase").write_text(PASSPHRASE)
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("config", "set", "program.name", "Invented Program").code == 0
    assert mi("store", "init", *(["--unprotected"] if request.param == "plain" else [])).code == 0
    assert mi("session", "start", "J-014", lines="+d I want to be there\n/goal Be home\n/end\n").code == 0
    assert mi("consent", "add", "J-014", "--from", str(TESTS / "stores" / "consent.toml")).code == 0
    made = Attacked(mi, tmp_path)
    assert made.export().code == 0
    made.remember()
    return made


def _earlier_log(attacked: Attacked) -> None:
    attacked.put_back("log.jsonl")


def _no_log(attacked: Attacked) -> None:
    (attacked.root / "log.jsonl").unlink()


def _empty_log(attacked: Attacked) -> None:
    (attacked.root / "log.jsonl").write_bytes(b"")


def _letter(attacked: Attacked) -> None:
    path = attacked.root / "log.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line not in (attacked.before / "log.jsonl").read_bytes())
    lines[at] = b"[" + lines[at][1:]
    path.write_bytes(b"".join(lines))


def _earlier_lines_again(attacked: Attacked) -> None:
    with (attacked.root / "log.jsonl").open("ab") as log:
        log.write((attacked.before / "log.jsonl").read_bytes())


@pytest.mark.parametrize("attack", [_earlier_log, _no_log, _empty_log, _letter, _earlier_lines_again])
def test_a_consent_that_was_taken_back_stays_so_whatever_becomes_of_the_log(
    attacked: Attacked, attack: Callable[[Attacked], None]
) -> None:
    attacked.take_back()
    attacked.put_back("clients/*/consents/*")
    attack(attacked)
    attacked.refused()
    assert " records are sound." not in attacked.mi("store", "check").out
    attacked.confirm()  # a revocation wins over the person who confirms, too
    attacked.refused()
    assert "taken back" in attacked.mi("store", "check").out


@pytest.mark.parametrize("attack", [_earlier_log, _no_log, _empty_log])
def test_a_log_that_was_cut_lets_nothing_out_until_it_is_confirmed(
    attacked: Attacked, attack: Callable[[Attacked], None]
) -> None:
    assert attacked.mi("client", "add", "K-1").code == 0
    attack(attacked)
    assert "log.jsonl: it is shorter, or another" in attacked.refused()
    assert "log.jsonl: it is shorter, or another" in attacked.mi("session", "list").err  # reading goes on, and says so
    assert attacked.mi("session", "start", "J-014", lines="one\n/end\n").code == 0  # nor is an interview refused
    assert "log.jsonl" in attacked.refused()  # the doubt stays, though the log has new lines
    attacked.confirm()
    assert attacked.export().code == 0
    assert "confirmed" in attacked.mi("store", "log").out
    assert attacked.mi("session", "list").err == ""


def test_words_that_were_withdrawn_stay_so_though_the_plan_is_put_back(attacked: Attacked) -> None:
    assert attacked.mi("session", "start", "J-014", lines="/goal Another\n/end\n").code == 0
    attacked.put_back("clients/*/plan.json")
    assert "plan.json: an older version is in its place" in attacked.refused()
    assert attacked.mi("session", "start", "J-014", lines="/goal A third\n/goal A fourth\n/end\n").code == 0
    assert "plan.json" in attacked.refused()  # what was made of an older plan is in doubt as well
    attacked.confirm()
    assert attacked.export().code == 0


def test_a_code_never_means_another_client(attacked: Attacked) -> None:
    assert attacked.mi("client", "edit", "J-014", "--code", "J-015").code == 0
    assert attacked.mi("client", "add", "J-014").code == 0
    attacked.put_back("clients.json")
    assert "clients.json: an older version is in its place" in attacked.refused()
    ran = attacked.mi("session", "start", "J-014", lines="one\n/end\n")
    assert "clients.json: an older version is in its place" in ran.err
    assert attacked.mi("client", "add", "K-1").code == 0
    assert "clients.json" in attacked.refused()


@pytest.mark.parametrize("name", ["none", "protecting", "unprotecting"])
def test_nothing_is_written_in_the_open_though_the_store_says_that_it_is_plain(attacked: Attacked, name: str) -> None:
    path = attacked.root / "store.json"
    if json.loads(path.read_bytes())["protection"] == "none":
        pytest.skip("it was never protected")
    path.write_text(path.read_text().replace('"passphrase"', f'"{name}"'))
    assert "the store was protected" in attacked.refused()
    for command in ("protect", "unprotect"):  # neither ends what somebody else began
        ran = attacked.mi("store", command, *(["--yes"] if command == "unprotect" else []))
        assert ran.code == 3 or "protected already" in ran.err, ran
    told = attacked.mi("doctor").out
    assert "mi store check --confirm" in told
    assert "finishes it" not in told
    attacked.confirm()
    assert json.loads(path.read_bytes())["protection"] == "passphrase"
    assert attacked.export().code == 0


def test_a_consent_that_somebody_planted_is_never_sealed_and_permits_nothing(attacked: Attacked) -> None:
    path = attacked.root / "store.json"
    if json.loads(path.read_bytes())["protection"] == "none":
        pytest.skip("it was never protected")
    attacked.take_back()
    (at,) = attacked.root.glob("clients/*/consents/*.json")
    client = at.parent.parent.name
    planted: dict[str, object] = {
        "schema": "mi.consent/1",
        "id": "planted1",
        "client": client,
        "created_at": "2026-11-23T14:00:00Z",
    }
    planted |= {"updated_at": "2026-11-23T14:00:00Z", "revision": 1, "kind": "purpose", "recorded_by": "M"}
    target = at.with_name("20261123T140000Z-planted1.json")
    target.write_text(json.dumps(planted))
    path.write_text(path.read_text().replace('"passphrase"', '"protecting"'))
    assert attacked.mi("store", "protect").code == 3
    assert target.read_text().startswith('{"schema"')
    attacked.refused()
    attacked.confirm()
    assert target.read_text().startswith('{"schema"')
    assert "planted1" in attacked.mi("store", "check").out
    attacked.refused()


def test_without_its_keys_a_protected_store_takes_no_words_in_the_open(attacked: Attacked) -> None:
    path = attacked.root / "store.json"
    document = json.loads(path.read_bytes())
    if document["protection"] == "none":
        pytest.skip("it was never protected")
    (attacked.root / "keys.json").unlink()
    head = {key: document[key] for key in ("created_at", "updated_at", "revision")}
    codes = {"schema": "mi.clients/1", "id": "codes001", **head, "clients": {}}
    (attacked.root / "clients.json").write_text(json.dumps(codes))
    for store_id in (document["id"], "another1"):  # nor under an id that nobody knows
        path.write_text(json.dumps({**document, "id": store_id, "protection": "none"}))
        ran = attacked.mi("session", "start", "N-1", lines="Zwetschge\n/end\n")
        assert (ran.code, "this store was protected" in ran.err) == (3, True), ran
    path.unlink()
    shutil.rmtree(attacked.root / "clients")
    attacked.mi("session", "start", "N-1", lines="Zwetschge\n/end\n")
    assert not [path for path in attacked.root.rglob("*") if path.is_file() and b"Zwetschge" in path.read_bytes()]


def test_on_a_new_computer_a_passphrase_that_is_set_up_or_a_sealed_file_speaks_against_plain_writing(
    attacked: Attacked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = attacked.root / "store.json"
    document = json.loads(path.read_bytes())
    if document["protection"] == "none":
        pytest.skip("it was never protected")
    (attacked.root / "keys.json").unlink()
    path.write_text(json.dumps({**document, "protection": "none"}))
    head = {key: document[key] for key in ("created_at", "updated_at", "revision")}
    codes = {"schema": "mi.clients/1", "id": "codes001", **head, "clients": {}}
    (attacked.root / "clients.json").write_text(json.dumps(codes))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another computer"))
    with monkeypatch.context() as patched:
        patched.delenv("MI_PASSWORD_FILE")  # the sealed files speak
        assert attacked.mi("session", "start", "N-1", lines="one\n/end\n").code == 3
    shutil.rmtree(attacked.root / "clients")
    (attacked.root / "log.jsonl").unlink()
    assert attacked.mi("session", "start", "N-1", lines="one\n/end\n").code == 3  # the passphrase speaks


def test_a_store_that_a_person_makes_anew_in_the_same_folder_is_one_of_its_own(attacked: Attacked) -> None:
    shutil.rmtree(attacked.root)
    assert attacked.mi("store", "init", "--unprotected").code == 0
    ran = attacked.mi("session", "start", "J-014", lines="one\n/end\n")
    assert (ran.code, ran.err) == (0, "")
    assert attacked.mi("store", "check").out.endswith(" records are sound.\n")


def test_a_clock_that_is_set_back_revives_nothing(attacked: Attacked, monkeypatch: pytest.MonkeyPatch) -> None:
    past = surroundings.moment() - timedelta(days=401)

    def then() -> datetime:
        return past

    for module in (surroundings, contexts):
        monkeypatch.setattr(module, "moment", then)
    assert "The clock of this computer: it says" in attacked.refused()
    attacked.confirm()
    assert "The clock of this computer" not in attacked.export().err


def test_a_restored_store_asks_first(attacked: Attacked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = tmp_path / "a.backup"
    assert attacked.mi("store", "backup", str(backup)).code == 0
    attacked.take_back()
    shutil.rmtree(attacked.root)
    for computer in ("state", "another computer"):
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / computer))
        assert attacked.mi("store", "restore", str(backup), "--yes").code == 0
        assert "it came from a backup" in attacked.refused()
        assert "these consents were not taken back" in attacked.confirm().out or computer == "state"
        assert attacked.export().code == (3 if computer == "state" else 0)
        shutil.rmtree(attacked.root)


def test_other_keys_are_noticed(attacked: Attacked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = json.loads((attacked.root / "store.json").read_bytes())
    if document["protection"] == "none":
        pytest.skip("it was never protected")
    monkeypatch.setenv("MI_STORE", str(tmp_path / "other"))
    assert attacked.mi("store", "init").code == 0
    monkeypatch.setenv("MI_STORE", str(attacked.root))
    shutil.copyfile(tmp_path / "other" / "keys.json", attacked.root / "keys.json")
    assert "it is the key file of another store" in attacked.mi("doctor").out
    assert attacked.export().code != 0
    (attacked.root / "keys.json").write_bytes(key_file_bytes(new_keys(), PASSPHRASE, document["id"]))
    assert "keys.json: its keys are others" in attacked.mi("doctor").out
    assert attacked.export().code != 0


def test_what_is_remembered_holds_no_words_and_no_codes(attacked: Attacked, tmp_path: Path) -> None:
    files = [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
    assert files
    for word in (b"J-014", b"home", b"Therapist", b"Invented", PASSPHRASE.encode()):
        assert not any(word in path.read_bytes() for path in files)


def test_taking_the_protection_off_is_believed(attacked: Attacked) -> None:
    if json.loads((attacked.root / "store.json").read_bytes())["protection"] == "none":
        pytest.skip("it was never protected")
    assert attacked.mi("store", "unprotect", "--yes").code == 0
    attacked.believed()
    assert attacked.mi("store", "check").out.endswith(" records are sound.\n")


def test_a_memory_that_cannot_be_read_or_written_is_never_in_the_way_of_an_interview(
    attacked: Attacked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_id = json.loads((attacked.root / "store.json").read_bytes())["id"]
    (path,) = (tmp_path / "state").rglob(f"{store_id}-*.json")
    for is_folder in (False, True):
        path.unlink()
        path.mkdir() if is_folder else path.write_text("{")
        assert attacked.mi("session", "start", "J-014", lines="one\n/end\n").code == 0
        assert "cannot be read" in attacked.refused()
        attacked.confirm()
        assert attacked.export().code == 0
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert attacked.mi("session", "start", "J-014", lines="one\n/end\n").code == 0


def _changes_the_passphrase(attacked: Attacked, passphrase: str) -> Ran:
    """Gives the store another passphrase, with which it is opened from then on if that succeeded."""
    with pytest.MonkeyPatch.context() as patched:
        (attacked.folder / "next").write_text(passphrase)
        patched.setenv("MI_NEW_PASSWORD_FILE", str(attacked.folder / "next"))
        ran = attacked.mi("store", "passphrase")
    if ran.code == 0:
        (attacked.folder / "passphrase").write_text(passphrase)
    return ran


def test_new_keys_are_believed_and_former_ones_that_are_put_back_are_not(attacked: Attacked) -> None:
    if json.loads((attacked.root / "store.json").read_bytes())["protection"] == "none":
        pytest.skip("it was never protected")
    assert _changes_the_passphrase(attacked, OTHER).code == 0
    attacked.believed()
    assert attacked.mi("store", "check").out.endswith(" records are sound.\n")
    after = attacked.folder / "after"
    shutil.copytree(attacked.root, after)
    for file in ("keys.json", "clients.json", "log.jsonl", "clients/*/*.key.json"):
        attacked.put_back(file)
    (attacked.folder / "passphrase").write_text(PASSPHRASE)
    assert "keys.json: its keys are others than this computer knows" in attacked.refused()
    assert _changes_the_passphrase(attacked, "a third passphrase of invented stores").code == 0
    assert "keys.json: its keys are others" in attacked.refused()  # new keys of doubtful ones are as doubtful
    attacked.confirm()
    assert attacked.export().code == 0


def test_a_change_of_the_keys_that_was_broken_off_is_no_doubt(
    attacked: Attacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    if json.loads((attacked.root / "store.json").read_bytes())["protection"] == "none":
        pytest.skip("it was never protected")

    def breaks_off(*_: object) -> None:
        raise SaveFailed("The disk is full.", "")

    for broken in ("mi_cli.store.keys.key_changes.rewrap", "mi_cli.store.records.json_store.JsonStore.remember_keys"):
        with monkeypatch.context() as patched:
            patched.setattr(broken, breaks_off)
            assert _changes_the_passphrase(attacked, OTHER).code != 0
        ran = attacked.export()
        assert (ran.code, "--confirm" in ran.err, ".json" in ran.err) == (0, False, False), ran
    assert _changes_the_passphrase(attacked, OTHER).code == 0
    attacked.believed()
    assert attacked.mi("store", "check").out.endswith(" records are sound.\n")


def test_a_client_who_was_deleted_does_not_come_back_unnoticed(attacked: Attacked) -> None:
    assert attacked.mi("client", "delete", "J-014", "--yes").code == 0
    assert "clients.json" not in attacked.mi("session", "list").err
    attacked.put_back("clients.json")
    assert "clients.json: an older version is in its place" in attacked.refused()
    attacked.confirm()
    assert attacked.export().code == 0


def test_what_is_deleted_and_brought_back_is_believed(attacked: Attacked) -> None:
    assert attacked.mi("client", "delete", "J-014", "--yes").code == 0
    (item,) = json.loads(attacked.mi("store", "trash", "list", "--json").out)["items"]
    assert attacked.mi("store", "trash", "restore", item["id"]).code == 0
    attacked.believed()
    assert attacked.mi("store", "check").out.endswith(" records are sound.\n")


def test_no_command_brings_up_or_seals_what_somebody_put_into_a_store_that_they_made_plain(attacked: Attacked) -> None:
    path = attacked.root / "store.json"
    if json.loads(path.read_bytes())["protection"] == "none":
        pytest.skip("it was never protected")
    keys = (attacked.root / "keys.json").read_bytes()
    path.write_text(path.read_text().replace('"passphrase"', '"none"'))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MI_NEW_PASSWORD_FILE", str(attacked.folder / "passphrase"))
        ran = attacked.mi("store", "protect")
    assert ran.code == 3, ran
    assert (attacked.root / "keys.json").read_bytes() == keys


def test_keys_that_somebody_made_for_the_sheet_recover_nothing_though_the_store_says_that_it_is_being_changed(
    attacked: Attacked,
) -> None:
    path = attacked.root / "store.json"
    document = json.loads(path.read_bytes())
    if document["protection"] == "none":
        pytest.skip("it was never protected")
    sheet = supervisor.generate()
    for name, jwk in (("sheet", sheet.jwk), ("public", sheet.public)):
        (attacked.folder / f"{name}.jwk").write_text(json.dumps(jwk))
    set_up = ("store", "recovery", "--no-notes", "--public-key", str(attacked.folder / "public.jwk"))
    assert attacked.mi(*set_up).code == 0
    theirs = key_file_bytes(replace(new_keys(), supervisor=sheet.public), OTHER, document["id"])
    (attacked.root / "keys.json").write_bytes(theirs)
    path.write_text(path.read_text().replace('"passphrase"', '"protecting"'))
    with pytest.MonkeyPatch.context() as patched:
        (attacked.folder / "next").write_text(OTHER)
        patched.setenv("MI_NEW_PASSWORD_FILE", str(attacked.folder / "next"))
        ran = attacked.mi("store", "recover", "--key", str(attacked.folder / "sheet.jwk"))
    assert "it opens no file of this store" in ran.err, ran
    assert (attacked.root / "keys.json").read_bytes() == theirs


def test_a_backup_that_is_tried_out_casts_no_doubt_on_the_store_it_is_of(
    attacked: Attacked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = str(tmp_path / "tried")
    assert attacked.mi("store", "backup", str(tmp_path / "a.backup")).code == 0
    assert attacked.mi("--store", tried, "store", "restore", str(tmp_path / "a.backup"), "--yes").code == 0
    assert "it came from a backup" in attacked.mi("--store", tried, "store", "check").out
    assert attacked.export().code == 0
    assert attacked.mi("--store", tried, "store", "check", "--confirm", "--yes").code == 0
    for store in (tried, str(attacked.root)):
        assert " records are sound." in attacked.mi("--store", store, "store", "check").out
    assert attacked.export().code == 0
    attacked.take_back()
    monkeypatch.setenv("MI_STORE", tried)
    attacked.refused()  # what was taken back in one folder is taken back in the other


def test_what_is_done_in_one_folder_is_no_doubt_in_another(
    attacked: Attacked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = tmp_path / "tried out"
    shutil.copytree(attacked.root, tried)
    monkeypatch.setenv("MI_STORE", str(tried))
    assert attacked.mi("session", "start", "J-014", lines="something else\n/end\n").code == 0
    monkeypatch.setenv("MI_STORE", str(attacked.root))
    listed = attacked.mi("session", "list")
    assert (listed.code, listed.err) == (0, "")


def test_a_store_in_another_folder_is_compared_with_what_is_remembered_of_it(
    attacked: Attacked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert attacked.mi("session", "start", "J-014", lines="something else\n/end\n").code == 0
    for earlier, fine in ((attacked.root, True), (attacked.before, False)):
        moved = tmp_path / f"moved-{earlier.name}"
        shutil.copytree(earlier, moved)
        monkeypatch.setenv("MI_STORE", str(moved))
        assert (attacked.export().code == 0) is fine


@pytest.mark.parametrize("damage", ["deleted", "emptied", "cut", "another's"])
def test_a_revocation_whose_record_is_gone_still_speaks_against_a_class_and_the_program(
    attacked: Attacked, damage: str
) -> None:
    described = TESTS / "stores" / "consent.toml"
    text = described.read_text()
    wide = 'recipient_class = "my providers"\n' + re.sub(r"\[\[recipients\]\](\n.+)+", "", text)
    assert attacked.mi("consent", "revoke", "J-014", "--yes").code == 0
    (path,) = attacked.root.glob("clients/*/consents/*.json")
    assert attacked.mi("consent", "add", "J-014", "--from", "-", lines=wide).code == 0
    assert attacked.mi("config", "set", "program.recipients", "A. Therapist").code == 0
    assert attacked.export("--to", "B. Other").code == 0
    data = path.read_bytes()
    if damage == "deleted":
        path.unlink()
    else:
        other = attacked.root / "clients.json"
        path.write_bytes({"emptied": b"", "cut": data[:-9], "another's": other.read_bytes()}[damage])
    for options in (("--to", "A. Therapist"), ("--to", "A. Therapist", "--basis", "same-program")):
        assert "may have named that recipient" in attacked.refused(*options)
        attacked.confirm()
        attacked.refused(*options)
    assert attacked.mi("store", "check", "--repair").code in (0, 5)
    attacked.refused("--to", "A. Therapist", "--basis", "same-program")
    attacked.confirm()
    attacked.refused("--to", "A. Therapist", "--basis", "same-program")
    newer = text.replace("2026-11-20", surroundings.now().date().isoformat())
    assert attacked.mi("consent", "add", "J-014", "--from", "-", lines=newer).code == 0
    assert attacked.export("--to", "A. Therapist").code == 0  # what leads out of it: a newer consent that names them


def test_a_file_that_opens_with_forged_keys_makes_no_recovery_and_one_that_is_damaged_stops_none(
    attacked: Attacked,
) -> None:
    document = json.loads((attacked.root / "store.json").read_bytes())
    if document["protection"] == "none":
        pytest.skip("it was never protected")
    sheet = supervisor.generate()
    for name, jwk in (("sheet", sheet.jwk), ("public", sheet.public)):
        (attacked.folder / f"{name}.jwk").write_text(json.dumps(jwk))
    assert attacked.mi("store", "recovery", "--no-notes", "--public-key", str(attacked.folder / "public.jwk")).code == 0
    sound = (attacked.root / "keys.json").read_bytes()
    theirs = replace(new_keys(), supervisor=sheet.public)
    (attacked.root / "keys.json").write_bytes(key_file_bytes(theirs, OTHER, document["id"]))
    # Files under the keys that they made: one stands in the place of ours, others beside.
    codec = JweCodec((theirs.records,), (RECORDS, DISCLOSURES))
    home = attacked.root / "clients" / "aaaaaaaa"
    home.mkdir()
    codec.make_keys(home, "aaaaaaaa")
    codes = attacked.root / "clients.json"
    before = codes.read_bytes()
    label = DocumentLabel("mi.clients/1", "codes001")
    codes.write_bytes(codec.encrypt(FileLabel(attacked.root, "clients.json", None), label, b"{}"))

    def recovers() -> Ran:
        with pytest.MonkeyPatch.context() as patched:
            (attacked.folder / "next").write_text(PASSPHRASE)
            patched.setenv("MI_NEW_PASSWORD_FILE", str(attacked.folder / "next"))
            return attacked.mi("store", "recover", "--key", str(attacked.folder / "sheet.jwk"))

    ran = recovers()
    assert "it opens no file of this store" in ran.err, ran
    shutil.rmtree(home)
    (attacked.root / "keys.json").write_bytes(sound)
    assert recovers().out.startswith("Recovered")  # although clients.json is another one
    codes.write_bytes(before[:-40] + b"A" + before[-39:])
    assert recovers().out.startswith("Recovered")


@pytest.mark.parametrize("withdrawn", ["words", "a member", "a name"])
def test_nobody_takes_a_change_back_by_keeping_the_log_from_being_written(attacked: Attacked, withdrawn: str) -> None:
    """A folder stood in the place of the log meanwhile; afterwards both are as they were before."""
    if withdrawn == "a member":
        assert attacked.mi("config", "set", "program.recipients", "C. Colleague").code == 0
    elif withdrawn == "a name":
        assert attacked.mi("client", "edit", "J-014", "--name", lines="Invented Person\n").code == 0
    assert attacked.export().code == 0
    before, log, aside = attacked.folder / "now", attacked.root / "log.jsonl", attacked.folder / "log"
    shutil.copytree(attacked.root, before)
    log.rename(aside)
    log.mkdir()
    if withdrawn == "words":
        assert attacked.mi("session", "start", "J-014", lines="/goal Another\n/end\n").code == 0
    elif withdrawn == "a member":
        assert attacked.mi("config", "unset", "program.recipients").code == 0
    else:
        assert attacked.mi("client", "edit", "J-014", "--name", lines="Joanna Example\n").code == 0
    log.rmdir()
    aside.rename(log)
    for path in before.glob("**/*.json"):
        shutil.copyfile(path, attacked.root / path.relative_to(before))
    assert "an older version is in its place" in attacked.refused()
    attacked.confirm()
    assert attacked.export().code == 0


def test_what_could_not_be_logged_is_no_doubt_as_long_as_it_stands(attacked: Attacked) -> None:
    log, aside = attacked.root / "log.jsonl", attacked.folder / "log"
    log.rename(aside)
    log.mkdir()
    assert attacked.mi("session", "start", "J-014", lines="/goal Another\n/end\n").code == 0
    log.rmdir()
    aside.rename(log)
    attacked.believed()
    assert attacked.mi("session", "start", "J-014", lines="/goal A third\n/end\n").code == 0
    attacked.believed()


def _plant_keys(root: Path) -> None:
    (root / "keys.json").write_text('{"protected":"e30"}')


def _plant_a_folder(root: Path) -> None:
    (root / "keys.json").mkdir()


def _say(**what: str) -> Callable[[Path], None]:
    def say(root: Path) -> None:
        path = root / "store.json"
        path.write_text(json.dumps({**json.loads(path.read_bytes()), **what}))

    return say


@pytest.mark.parametrize("attacked", ["plain"], indirect=True)
@pytest.mark.parametrize(
    "attack",
    [_plant_keys, _plant_a_folder, *(_say(protection=word) for word in ("passphrase", "protecting", "unprotecting"))],
)
def test_a_plain_store_that_is_made_to_look_protected_takes_interviews(
    attacked: Attacked, attack: Callable[[Path], None]
) -> None:
    for _ in range(2):
        attack(attacked.root)
        assert attacked.mi("session", "start", "J-014", lines="Quitte\n/end\n").code == 0
        assert attacked.mi("session", "list").code == 0
    assert attacked.mi("store", "check", "--repair").code == 0
    attacked.believed()


@pytest.mark.parametrize("attacked", ["plain"], indirect=True)
def test_a_plain_store_that_is_said_to_be_in_another_folder_is_found_again(attacked: Attacked) -> None:
    elsewhere = "records-20261123T140000Z-another1"
    for attack in (_say(records=elsewhere), _say(records=elsewhere, protection="passphrase")):
        attack(attacked.root)
        attacked.confirm()
        attacked.confirm()
        attacked.believed()


@pytest.mark.parametrize("attacked", ["plain"], indirect=True)
def test_a_store_that_another_computer_protected_stays_protected(
    attacked: Attacked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is in a folder that both use; this one remembers it as plain."""
    (tmp_path / "new").write_text(PASSPHRASE)
    with monkeypatch.context() as there:
        there.setenv("XDG_STATE_HOME", str(tmp_path / "other state"))
        there.setenv("MI_NEW_PASSWORD_FILE", str(tmp_path / "new"))
        assert attacked.mi("store", "protect").code == 0
    assert attacked.mi("session", "start", "J-014", lines="Quitte\n/end\n").code == 4
    assert attacked.mi("store", "check", "--confirm", "--yes").code == 4
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "new"))
    assert attacked.mi("session", "start", "J-014", lines="Quitte\n/end\n").code == 0
    assert not [path for path in attacked.root.rglob("*") if path.is_file() and b"Quitte" in path.read_bytes()]
