"""A protected store: what stands on the disk, who can read it, and that nothing foreign is believed."""

import errno
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import OctKey
from jwcrypto import jwa
from jwcrypto import jwe as other_jwe
from jwcrypto import jwk as other_jwk

from mi_cli.errors import Damaged
from mi_cli.records.client import Client
from mi_cli.store.disk.codec import DecryptError, DocumentLabel, FileLabel
from mi_cli.store.keys.jwe import DataKey, JweCodec
from mi_cli.store.keys.keyfile import ITERATIONS, KeyFile, StoreKeys, WrongKey, key_file_bytes
from mi_cli.store.records.clients import add_client, save_identity
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from tests.builders import PASSPHRASE, key_file, protected_store, unlocked
from tests.conftest import Desk, Ticking

ALGORITHMS = ["dir", "A256GCM", "PBES2-HS512+A256KW", "ECDH-ES+A256KW"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A protected store with the client J-014 and an interview."""
    ids = (f"{number:08d}" for number in count(1))
    store = protected_store(tmp_path / "store", Ticking(), lambda: next(ids))
    with ExitStack() as held:
        yield Desk(store, add_client(store, "J-014", "en"), held)


def again(store: JsonStore) -> JsonStore:
    """The store as the next process opens it."""
    return JsonStore(store.layout.root, store.now, store.new_id, store.who, unlocked(store.layout.root))


def files(store: JsonStore) -> list[Path]:
    return sorted(path for path in store.layout.root.rglob("*") if path.is_file())


# -- what can be done with it -------------------------------------------------------------------------------------


def test_what_was_said_is_there_when_the_passphrase_opens_the_store_again(desk: Desk) -> None:
    desk.begin("+d Zwetschge", "/goal Mirabelle", "/share 1")
    desk.crash()
    store = again(desk.store)
    ref = store.catalog.sessions()[0]
    assert read_notes(store, ref).entries[0].words == "Zwetschge"
    assert store.plan(desk.client).goals[0].words == "Mirabelle"
    assert store.catalog.read_codes() == {"J-014": desk.client}
    assert [head.id for head in store.catalog.heads([ref]) if not isinstance(head, Damaged)] == [ref.id]


def test_a_half_typed_line_comes_back_and_is_sealed(desk: Desk) -> None:
    desk.begin("Zwetschge").keep_draft("Quit")
    assert b"Quit" not in desk.store.layout.draft(desk.ref).read_bytes()
    desk.crash()
    assert desk.resume().draft() == "Quit"


def test_another_passphrase_opens_nothing(desk: Desk) -> None:
    with pytest.raises(WrongKey):
        KeyFile.read(desk.store.layout.root).unlocked("other invented words for these tests")


def test_accents_and_blanks_are_the_same_however_they_are_typed(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_bytes(key_file_bytes(key_file()[1], "café  con leche por la mañana"))
    KeyFile.read(tmp_path).unlocked(" café con leche por la mañana\n")


# -- what can be seen without the key ------------------------------------------------------------------------------


def test_no_byte_of_the_store_tells_a_word_a_code_or_a_name(desk: Desk) -> None:
    planted = ["Zwetschge", "Mirabelle", "Quitte", "Schlehe", "J-014", "Ana Ruiz", "A. Counselor", "Holunder"]
    store = desk.store
    save_identity(store, desk.client, "Ana Ruiz")
    add_client(store, "Holunder", "en")
    recorder = desk.begin("+d Zwetschge", "/goal Mirabelle", "/share 1", "= Quitte")
    recorder.keep_draft("Schlehe")
    with store.locked("clients"):
        shown = b"\0".join(path.as_posix().encode() + b"\0" + path.read_bytes() for path in files(store))
    for word in planted:
        assert word.encode() not in shown
        assert word.lower().encode() not in shown.lower()


# -- who else can read it ------------------------------------------------------------------------------------------


def data_key(store: JsonStore, client: str, kind: str) -> dict[str, Any]:
    """A client's key, taken from its file with joserfc."""
    _, keys = key_file()
    own = keys.notes[0] if kind == "notes" else keys.records
    document = json.loads((store.layout.client(client) / f"{kind}.key.json").read_bytes())
    plain = jwe.decrypt_json(document, OctKey.import_key(own.secret), registry=lenient()).plaintext
    jwk: dict[str, Any] = json.loads(plain or b"")
    return jwk


def lenient() -> jwe.JWERegistry:
    """Our header tells more than the RFC has names for."""
    return jwe.JWERegistry(algorithms=ALGORITHMS, strict_check_header=False)


def test_joserfc_reads_every_kind_of_file(desk: Desk) -> None:
    desk.begin("+d Zwetschge", "/goal Mirabelle")
    layout = desk.store.layout
    for path, kind, word in (
        (layout.notes(desk.ref), "notes", b"Zwetschge"),
        (layout.session(desk.ref), "records", b"mi.session/2"),
        (layout.plan(desk.client), "records", b"Mirabelle"),
    ):
        key = OctKey.import_key(data_key(desk.store, desk.client, kind))
        plain = jwe.decrypt_json(json.loads(path.read_bytes()), key, registry=lenient()).plaintext
        assert word in (plain or b"")


def test_jwcrypto_reads_a_data_file_and_the_key_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.begin("+d Zwetschge")
    token = other_jwe.JWE(algs=ALGORITHMS)
    key = other_jwk.JWK(**data_key(desk.store, desk.client, "notes"))
    token.deserialize(desk.store.layout.notes(desk.ref).read_text(), key)
    assert b"Zwetschge" in token.payload
    monkeypatch.setattr(jwa, "default_max_pbkdf2_iterations", ITERATIONS)
    token = other_jwe.JWE(algs=ALGORITHMS)
    token.deserialize(desk.store.layout.keys.read_text(), other_jwk.JWK.from_password(PASSPHRASE))
    assert json.loads(token.payload)["keys"][0] == key_file()[1].records.jwk


@pytest.mark.skipif(shutil.which("jose") is None, reason="needs the jose command (Debian package jose)")
def test_the_jose_command_reads_a_data_file(desk: Desk, tmp_path: Path) -> None:
    desk.begin("+d Zwetschge")
    (tmp_path / "key.jwk").write_text(json.dumps(data_key(desk.store, desk.client, "notes")))
    path = desk.store.layout.notes(desk.ref)
    command = ["jose", "jwe", "dec", "-i", str(path), "-k", str(tmp_path / "key.jwk"), "-O-"]
    assert b"Zwetschge" in subprocess.run(command, capture_output=True, check=True).stdout


# -- nothing foreign is believed -----------------------------------------------------------------------------------


def test_files_that_changed_places_are_named(desk: Desk) -> None:
    store = desk.store
    desk.begin("Zwetschge")
    desk.crash()
    first = desk.ref
    desk.begin("Mirabelle")
    second = desk.ref
    other = add_client(store, "K-2", "en")
    layout = store.layout
    for source, target in (
        (layout.session(first), layout.session(second)),
        (layout.notes(first), layout.notes(second)),
        (layout.client(other) / "client.json", layout.client(desk.client) / "client.json"),
        (layout.client(desk.client) / "client.json", layout.client(desk.client) / "plan.json"),
    ):
        kept = target.read_bytes() if target.exists() else None
        target.write_bytes(source.read_bytes())
        fresh = again(store)
        seal = fresh.keys.notes() if target.parent.name == "notes" else None
        with pytest.raises(Damaged, match="another file"):
            fresh.layout.read(target, seal)
        if kept is not None:
            target.write_bytes(kept)


def test_a_plain_document_in_a_protected_store_is_not_believed(desk: Desk) -> None:
    path = desk.store.layout.client(desk.client) / "client.json"
    path.write_bytes(desk.store.client(desk.client).to_bytes())
    with pytest.raises(Damaged, match="not encrypted"):
        desk.store.client(desk.client)


def test_a_sealed_document_in_a_plain_store_is_named(desk: Desk) -> None:
    plain = JsonStore(desk.store.layout.root, desk.store.now, desk.store.new_id, "A. Counselor")
    with pytest.raises(Damaged, match="it is encrypted"):
        plain.client(desk.client)


def test_a_key_that_cannot_be_looked_for_opens_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.store.layout.client(desk.client) / "client.json"
    label, data = desk.store.layout.file_label(path), path.read_bytes()
    codec = again(desk.store).layout.codec
    for name in ("stat", "lstat", "open"):
        monkeypatch.setattr(os, name, _fails)
    with pytest.raises(DecryptError):
        codec.decrypt(label, data)
    monkeypatch.undo()


def _fails(*_: object, **__: object) -> None:
    raise OSError(errno.EIO, "an invented error of the disk")


def test_without_its_key_file_a_client_is_gone_for_good(desk: Desk) -> None:
    (desk.store.layout.client(desk.client) / "records.key.json").unlink()
    with pytest.raises(Damaged, match="key it was encrypted with is gone"):
        again(desk.store).client(desk.client)


def test_one_clients_key_opens_nothing_of_another(desk: Desk) -> None:
    other = add_client(desk.store, "K-2", "en")
    folders = [desk.store.layout.client(client) for client in (desk.client, other)]
    (folders[0] / "records.key.json").write_bytes((folders[1] / "records.key.json").read_bytes())
    with pytest.raises(Damaged):
        again(desk.store).client(desk.client)


SEALED = JweCodec((DataKey.generate(),), ("records",))
PLACE = FileLabel(Path("/nowhere"), "clients.json")
KEPT = SEALED.encrypt(PLACE, DocumentLabel("mi.clients/1", "00000001"), b'{"words": "Zwetschge"}')


@settings(deadline=None)
@given(st.integers(0, len(KEPT) - 1), st.integers(1, 255))
def test_a_changed_byte_is_always_noticed(at: int, change: int) -> None:
    damaged = bytearray(KEPT)
    damaged[at] ^= change
    with pytest.raises(DecryptError):
        SEALED.decrypt(PLACE, bytes(damaged))


@settings(deadline=None)
@given(st.integers(0, len(KEPT) - 1))
def test_a_cut_file_is_always_noticed(length: int) -> None:
    with pytest.raises(DecryptError):
        SEALED.decrypt(PLACE, KEPT[:length])


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_refused_and_nothing_else_happens(data: bytes) -> None:
    for prefix in (b"", b'{"protected":', b'{"protected":"eyJhbGciOiJkaXIifQ","iv":"'):
        with pytest.raises(DecryptError):
            SEALED.decrypt(PLACE, prefix + data)


# -- the notes stand apart -----------------------------------------------------------------------------------------


def test_work_with_the_records_never_fetches_the_notes_key(desk: Desk) -> None:
    desk.begin("+d Zwetschge", "/goal Mirabelle")
    desk.crash()

    def refused() -> tuple[DataKey, ...]:
        raise AssertionError("the notes' key was fetched")

    records = key_file()[1].records
    store = JsonStore(desk.store.layout.root, desk.store.now, desk.store.new_id, "A", StoreKeys(records, refused))
    assert store.plan(desk.client).goals
    assert store.session(desk.ref)
    assert store.load(store.layout.client(desk.client) / "client.json", Client)
    with pytest.raises(AssertionError, match="was fetched"):
        read_notes(store, desk.ref)


def test_the_records_seal_does_not_open_notes(desk: Desk) -> None:
    desk.begin("Zwetschge")
    with pytest.raises(Damaged, match="under another key"):
        desk.store.layout.read(desk.store.layout.notes(desk.ref))
