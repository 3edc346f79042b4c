"""What still opens when the passphrase is lost: the supervisor's key, on paper or in a file."""

import json
import shutil
import subprocess
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from jwcrypto import jwe as other_jwe
from jwcrypto import jwk as other_jwk

from mi_cli.errors import Damaged, Failed
from mi_cli.store.keys import passphrase, supervisor
from mi_cli.store.keys.keyfile import KeyFile, StoreKeys, WrongKey, key_file_bytes, new_keys
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from tests.builders import PASSPHRASE, key_file, protected_store
from tests.conftest import Desk, Ticking

OTHER = "quite another passphrase for these tests"


@pytest.fixture
def store(tmp_path: Path) -> JsonStore:
    ids = (f"{number:08d}" for number in count(1))
    return protected_store(tmp_path / "store", Ticking(), lambda: next(ids))


def with_supervisor(store: JsonStore, key: supervisor.PrivateKey, *, notes: bool) -> KeyFile:
    file = KeyFile.read(store.layout.root)
    keys = replace(file.opened(PASSPHRASE), supervisor=key.public, supervisor_has_notes=notes)
    store.layout.keys.write_bytes(file.rewritten(keys, PASSPHRASE))
    return KeyFile.read(store.layout.root)


def test_the_words_of_a_sheet_are_the_key() -> None:
    made = supervisor.generate()
    assert len(made.words) == 21
    assert supervisor.load_private(" ".join(made.words).upper().replace(" ", "\n")).jwk == made.jwk


def test_a_slip_in_the_words_is_named() -> None:
    words = supervisor.generate().words
    with pytest.raises(Failed, match="word 3 is not one of the list's"):
        supervisor.load_private(" ".join([*words[:2], "zwetschge", *words[3:]]))
    with pytest.raises(Failed, match="the sheet has 21 words, and 20 came"):
        supervisor.load_private(" ".join(words[:-1]))
    with pytest.raises(Failed, match="another than on the sheet"):
        supervisor.load_private(" ".join([words[1], words[0], *words[2:]] if words[0] != words[1] else words[::-1]))


@given(st.binary(min_size=32, max_size=32))
def test_any_secret_comes_back_from_its_words(secret: bytes) -> None:
    assert passphrase.from_words(" ".join(passphrase.as_words(secret))) == secret


def test_a_made_up_passphrase_is_strong_and_six_words_of_the_list() -> None:
    made = passphrase.generated()
    assert len(made.split()) == 6
    assert passphrase.weakness(made) is None
    assert passphrase.weakness("passwordpassword1") is passphrase.Weakness.GUESSABLE


def test_a_pem_file_of_the_supervisors_own_works(store: JsonStore) -> None:
    own = ec.generate_private_key(ec.SECP256R1())
    pem = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = own.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    key = supervisor.load_private(pem)
    assert supervisor.load_public(public) == key.public
    assert supervisor.load_public(json.dumps(key.jwk)) == key.public
    assert with_supervisor(store, key, notes=False).opened_by_supervisor(key.jwk).records
    with pytest.raises(Failed, match="public half"):
        supervisor.load_private(public)
    with pytest.raises(Failed, match="no key"):
        supervisor.load_public("{}")


def test_another_key_opens_nothing(store: JsonStore) -> None:
    with pytest.raises(WrongKey, match="no supervisor's key"):
        KeyFile.read(store.layout.root).opened_by_supervisor(supervisor.generate().jwk)
    file = with_supervisor(store, supervisor.generate(), notes=True)
    with pytest.raises(WrongKey, match="does not open"):
        file.opened_by_supervisor(supervisor.generate().jwk)


def test_jwcrypto_opens_the_supervisors_slot(store: JsonStore) -> None:
    key = supervisor.generate()
    with_supervisor(store, key, notes=False)
    token = other_jwe.JWE(algs=["ECDH-ES+A256KW", "A256GCM"])
    token.deserialize(store.layout.keys.read_text(), other_jwk.JWK(**key.jwk))
    assert json.loads(token.payload)["keys"][0] == key_file()[1].records.jwk
    assert token.payload.decode().count('"d"') == 0


def test_the_notes_stay_closed_to_a_supervisor_who_was_not_given_them_and_open_again_with_the_old_passphrase(
    store: JsonStore,
) -> None:
    desk = Desk(store, add_client(store, "J-014", "en"), ExitStack())
    desk.begin("+d Zwetschge")
    first = desk.ref
    desk.crash()
    key = supervisor.generate()
    keys = with_supervisor(store, key, notes=False).opened_by_supervisor(key.jwk)
    assert keys.notes == ()

    file = KeyFile.read(store.layout.root).with_lost_notes()
    recovered = replace(keys, notes=new_keys().notes)
    store.layout.keys.write_bytes(file.rewritten(recovered, OTHER))
    again = reopened(store, OTHER)
    with pytest.raises(Damaged, match="--old-passphrase"):
        read_notes(again, first)

    desk.store = again
    desk.begin("Mirabelle")
    assert desk.words == ["Mirabelle"]
    desk.crash()

    file = KeyFile.read(store.layout.root)
    with pytest.raises(WrongKey, match="no notes of before"):
        file.former_notes_keys("not that one either, for certain")
    found, file = file.former_notes_keys(PASSPHRASE)
    whole = file.opened(OTHER)
    store.layout.keys.write_bytes(file.rewritten(replace(whole, notes=(*whole.notes, *found)), OTHER))
    desk.store = reopened(store, OTHER)
    assert desk.words == ["Mirabelle"]
    assert read_notes(desk.store, first).entries[0].words == "Zwetschge"


def test_the_notes_open_too_when_that_was_wished(store: JsonStore) -> None:
    key = supervisor.generate()
    file = with_supervisor(store, key, notes=True)
    assert (file.has_supervisor, file.supervisor_has_notes) == (True, True)
    assert file.opened_by_supervisor(key.jwk).notes == key_file()[1].notes


def test_a_recipient_that_somebody_put_in_gets_no_notes(store: JsonStore) -> None:
    key = supervisor.generate()
    document = json.loads(json.dumps(with_supervisor(store, key, notes=False).document))
    (of_records,) = (one for one in document["recipients"] if one["header"]["alg"].startswith("ECDH"))
    for spoiled in (of_records, {**of_records, "encrypted_key": of_records["encrypted_key"][::-1]}):
        recipients = [*document["notes"]["recipients"], spoiled]
        forged = KeyFile({**document, "notes": {**document["notes"], "recipients": recipients}})
        assert not forged.opened(PASSPHRASE).supervisor_has_notes
        rewritten = KeyFile(json.loads(forged.rewritten(forged.opened(PASSPHRASE), OTHER)))
        assert not rewritten.supervisor_has_notes  # the next passphrase gives the sheet nothing
        assert forged.opened_by_supervisor(key.jwk).notes == ()  # and the sheet still opens the records


@pytest.mark.parametrize("version", ["0.1.0", "now"])
def test_neither_part_of_the_key_file_stands_for_the_other(store: JsonStore, version: str) -> None:
    stores = Path(__file__).parents[1] / "stores"
    root, passphrase = store.layout.root, PASSPHRASE
    if version == "0.1.0":
        root, passphrase = stores / "0.1.0" / "protected", (stores / "passphrase.txt").read_text().strip()
    document = json.loads((root / "keys.json").read_bytes())
    assert KeyFile(document).unlocked(passphrase).notes()
    copied = {**document, "notes": {name: value for name, value in document.items() if name != "notes"}}
    with pytest.raises(Damaged, match="parts were exchanged"):
        KeyFile(copied).unlocked(passphrase).notes()
    with pytest.raises(Damaged, match="parts were exchanged"):
        KeyFile(copied).opened(passphrase)
    if version == "now":
        with pytest.raises(Damaged, match="parts were exchanged"):
            KeyFile({**document["notes"], "notes": document["notes"]}).unlocked(passphrase)


def test_a_key_file_with_someone_elses_rounds_or_nothing_in_it_is_damaged(tmp_path: Path) -> None:
    document = json.loads(key_file_bytes(key_file()[1], PASSPHRASE))
    spoiled: tuple[dict[str, object], ...] = (
        {"recipients": []},
        {"protected": "e30"},
        {"tag": document["tag"][:-2] + "AA"},
        {"recipients": [{**document["recipients"][0], "header": {"alg": "PBES2-HS512+A256KW", "p2c": 10**9}}]},
    )
    for spoil in spoiled:
        (tmp_path / "keys.json").write_text(json.dumps({**document, **spoil}))
        with pytest.raises(Damaged, match=r"keys\.json"):
            KeyFile.read(tmp_path).unlocked(PASSPHRASE)
    for text in ("", "[]", "{"):
        (tmp_path / "keys.json").write_text(text)
        with pytest.raises(Damaged, match=r"keys\.json"):
            KeyFile.read(tmp_path)


def reopened(store: JsonStore, passphrase: str) -> JsonStore:
    keys: StoreKeys = KeyFile.read(store.layout.root).unlocked(passphrase)
    return JsonStore(store.layout.root, store.now, store.new_id, store.who, keys)


@pytest.mark.skipif(shutil.which("jose") is None, reason="needs the jose command (Debian package jose)")
@pytest.mark.parametrize("part", ["records", "notes"])
def test_the_jose_command_reads_the_supervisors_slot(store: JsonStore, tmp_path: Path, part: str) -> None:
    key = supervisor.generate()
    file = with_supervisor(store, key, notes=True)
    document = file.document["notes"] if part == "notes" else file.document
    (tmp_path / "supervisor.jwk").write_text(json.dumps(key.jwk))
    (tmp_path / "keys.json").write_text(json.dumps(document))
    command = ["jose", "jwe", "dec", "-i", str(tmp_path / "keys.json"), "-k", str(tmp_path / "supervisor.jwk"), "-O-"]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["keys"][0]
    keys = key_file()[1]
    assert found == (keys.notes[0] if part == "notes" else keys.records).jwk
