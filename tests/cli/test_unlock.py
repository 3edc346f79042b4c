"""Where the passphrase comes from, in which order, and what is said when none opens the store."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mi_cli.cli.surroundings import new_id, now
from mi_cli.store.keys import supervisor
from mi_cli.store.keys.keyfile import StoreKeys, key_file_bytes, new_keys
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.making import create_store
from tests.conftest import Ran
from tests.keyrings import backend, fake_keyring

OWN = "Zwetschgen im Keller, sieben Glas"
OTHER = "Zwetschgen im Keller, acht Glas Saft"
Mi = Callable[..., Ran]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A file with the passphrase."""
    file = tmp_path / "own"
    file.write_text(f"{OWN}\nand a line that does not count\n", encoding="utf-8")
    return file


@pytest.fixture
def locked(mi: Mi, own: Path, monkeypatch: pytest.MonkeyPatch) -> Mi:
    """`mi` with a protected store, and nothing that gives the passphrase."""
    with monkeypatch.context() as patched:
        patched.setenv("MI_PASSWORD_FILE", str(own))
        assert mi("store", "init").code == 0
        assert mi("client", "add", "J-014").code == 0
    return mi


@pytest.mark.parametrize(
    "command",
    [
        ("session", "list"),
        ("client", "list"),
        ("client", "add", "K-2"),
        ("goals", "list"),
        ("session", "start", "J-014"),
        ("store", "check"),
        ("store", "log"),
        ("store", "trash", "list"),
        ("store", "unprotect", "--yes"),
        ("store", "passphrase"),
        ("store", "recovery", "-o", "sheet.html"),
    ],
    ids=" ".join,
)
def test_without_the_passphrase_nothing_opens_and_nothing_hangs(locked: Mi, command: tuple[str, ...]) -> None:
    ran = locked(*command)
    assert (ran.code, ran.out) == (4, "")
    assert "MI_PASSWORD_FILE" in ran.err
    assert not Path("sheet.html").exists()


def test_the_command_comes_before_the_file(
    locked: Mi, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").write_text(OTHER, encoding="utf-8")
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "other"))
    assert locked("client", "list").code == 4
    monkeypatch.setenv("MI_PASSWORD_COMMAND", f"cat '{own}'")
    assert "J-014" in locked("client", "list").out


@pytest.mark.parametrize("command", ["false", "no-such-command-anywhere", "true", "'"])
def test_a_command_that_gives_none_is_named(locked: Mi, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("MI_PASSWORD_COMMAND", command)
    ran = locked("client", "list")
    assert (ran.code, "MI_PASSWORD_COMMAND" in ran.err) == (4, True)


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_a_file_that_gives_none_is_named(
    locked: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "given"))
    assert "MI_PASSWORD_FILE" in locked("client", "list").err
    (tmp_path / "given").write_bytes(content)
    ran = locked("client", "list")
    assert (ran.code, "MI_PASSWORD_FILE" in ran.err) == (4, True)


def test_a_wrong_one_is_in_the_log_and_in_no_message(
    locked: Mi, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").write_text(OTHER, encoding="utf-8")
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "other"))
    ran = locked("client", "list")
    assert (ran.code, OTHER in ran.err + ran.out) == (4, False)
    monkeypatch.setenv("MI_PASSWORD_FILE", str(own))
    assert locked("client", "add", "K-2").code == 0
    what = [item["what"] for item in locked("store", "log", "--json").json["items"]]
    assert what[:3] == ["changed", "unlocked", "not unlocked"]
    assert "wrong passphrase given" in locked("store", "log").out


def test_a_weak_one_is_refused(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "weak"))
    for weak in ("short", "passwordpassword1"):
        (tmp_path / "weak").write_text(weak, encoding="utf-8")
        assert mi("store", "init").code == 2
        assert not (tmp_path / "store" / "store.json").exists()


@pytest.mark.parametrize(
    "module",
    ["keyrings.alt.file", "keyrings.alt.pyfs", "keyring.backends.null", "keyring.backends.fail", "somebody.elses"],
)
@pytest.mark.parametrize("chained", [False, True])
def test_a_keyring_that_is_not_the_systems_own_is_refused(
    locked: Mi, own: Path, monkeypatch: pytest.MonkeyPatch, module: str, chained: bool
) -> None:
    kept: dict[tuple[str, str], str] = {}
    other = backend(module, kept)
    chain: Any = backend("keyring.backends.chainer", kept)
    chain.backends = [other]
    fake_keyring(monkeypatch, chain if chained else other)
    with monkeypatch.context() as patched:
        patched.setenv("MI_PASSWORD_FILE", str(own))
        ran = locked("store", "protect", "--keyring")
    assert (ran.code, "no keyring that can be used" in ran.err, kept) == (1, True, {})
    assert locked("client", "list").code == 4, "and what it has is not asked for either"
    if chained:
        chain.backends.append(backend("keyring.backends.kwallet", kept))
        monkeypatch.setenv("MI_PASSWORD_FILE", str(own))
        assert "KWallet" in locked("store", "protect", "--keyring").out


def test_the_keyring_is_asked_only_if_that_was_wished(locked: Mi, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[str, str], str] = {}
    fake_keyring(monkeypatch, backend("keyring.backends.SecretService", kept))
    with monkeypatch.context() as patched:
        patched.setenv("MI_PASSWORD_FILE", str(own))
        ran = locked("store", "protect", "--keyring")
    assert (ran.code, "74 FR 19006" in ran.out, "Secret Service" in ran.out) == (0, True, True)
    assert list(kept.values()) == [OWN]
    assert "J-014" in locked("client", "list").out
    (own.parent / "other").write_text(OTHER, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setenv("MI_NEW_PASSWORD_FILE", str(own.parent / "other"))
        assert locked("store", "passphrase").code == 0
    assert list(kept.values()) == [OTHER]
    assert "J-014" in locked("client", "list").out
    assert locked("store", "protect", "--no-keyring").code == 0
    assert not kept
    assert locked("client", "list").code == 4


def test_without_the_keyring_library_the_way_to_get_it_is_told(
    locked: Mi, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.setenv("MI_PASSWORD_FILE", str(own))
    ran = locked("store", "protect", "--keyring")
    assert (ran.code, "pip install keyring" in ran.err) == (1, True)


def test_what_is_asked_of_the_wrong_kind_of_store_is_told(
    locked: Mi, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MI_PASSWORD_FILE", str(own))
    assert "protected already" in locked("store", "protect").err
    assert locked("store", "unprotect", "--yes").code == 0
    for command in (
        ("unprotect", "--yes"),
        ("recovery", "-o", "x.html"),
        ("recover",),
        ("passphrase",),
        ("protect", "--keyring"),
    ):
        ran = locked("store", *command)
        assert (ran.code, "not protected" in ran.err) == (1, True), command


def test_notes_that_a_recovery_leaves_closed_say_what_opens_them_and_the_screen_shows_a_short_key(
    locked: Mi, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = supervisor.generate()
    for name, jwk in (("sheet", sheet.jwk), ("public", sheet.public)):
        (tmp_path / name).write_text(json.dumps(jwk), encoding="utf-8")
    (tmp_path / "next").write_text(OTHER, encoding="utf-8")
    monkeypatch.setenv("MI_PASSWORD_FILE", str(own))
    assert locked("session", "start", "J-014", lines="one\n/end\n").code == 0
    ran = locked("store", "recovery", "--no-notes", "--public-key", str(tmp_path / "public"))
    kid = sheet.jwk["kid"]
    assert (ran.code, f"({kid[:6]})" in ran.out, kid in ran.out) == (0, True, False)
    monkeypatch.setenv("MI_NEW_PASSWORD_FILE", str(tmp_path / "next"))
    assert locked("store", "recover", "--key", str(tmp_path / "sheet")).code == 0
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "next"))
    assert locked("session", "start", "J-014", lines="two\n/end\n").code == 0  # and the client has a new key
    oldest = locked("session", "list", "--json").json["items"][-1]["id"]
    for command in (("session", "show", oldest), ("store", "check")):
        ran = locked(*command)
        told = " ".join((ran.out + ran.err).split())
        assert (ran.code, "recover --old-passphrase" in told) == (5, True), told


def test_a_key_file_that_is_gone_is_named(
    locked: Mi, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MI_PASSWORD_FILE", str(own))
    (tmp_path / "store" / "keys.json").unlink()
    ran = locked("client", "list")
    assert (ran.code, "keys.json" in ran.err) == (5, True)


UNTYPABLE = {
    "nul": "\0",
    "ctrl-z": "\x1a",
    "vertical tab": "\x0b",
    "line separator": "\u2028",
    "zero-width space": "\u200b",
    "soft hyphen": "\u00ad",
    "second mark": "\ufeff\ufeff",
    "private": "\ue000",
    "undefined": "\uffff",
    "replaced": "\ufffd",
}


@pytest.mark.parametrize("sign", UNTYPABLE.values(), ids=UNTYPABLE)
@pytest.mark.parametrize("how", ["FILE", "COMMAND"])
def test_a_new_passphrase_that_nobody_can_type_is_refused(
    mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign: str, how: str
) -> None:
    given = f"{sign}{OWN}" if "\ufeff" in sign else f"{OWN[:9]}{sign}{OWN[9:]}"
    (tmp_path / "given").write_text(f"{given}\n", encoding="utf-8")
    monkeypatch.setenv(f"MI_PASSWORD_{how}", f"cat '{tmp_path / 'given'}'" if how == "COMMAND" else f"{tmp_path}/given")
    ran = mi("store", "init")
    assert ran.code == 2
    assert f"character {1 if given[0] == sign[0] else 10} is" in ran.err
    assert not set(OWN.split()) & set(ran.err.replace(",", " ").split())
    assert not (tmp_path / "store" / "store.json").exists()


def test_a_store_that_is_open_does_not_get_one_either(
    locked: Mi, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MI_PASSWORD_FILE", str(own))
    monkeypatch.setenv("MI_NEW_PASSWORD_FILE", str(tmp_path / "new"))
    (tmp_path / "new").write_bytes(OTHER.encode("utf-16-le"))
    assert locked("store", "passphrase").code in (2, 4)
    (tmp_path / "new").write_text(f"{OTHER}\x1a\n", encoding="utf-8")
    ran = locked("store", "passphrase")
    assert (ran.code, "control character" in ran.err) == (2, True)
    assert "J-014" in locked("client", "list").out


def test_a_mark_before_the_passphrase_is_dropped(mi: Mi, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marked = own.with_name("marked")
    marked.write_text(f"\ufeff{OWN}\r\n", encoding="utf-8")
    monkeypatch.setenv("MI_PASSWORD_FILE", str(marked))
    assert mi("store", "init").code == 0
    assert mi("client", "add", "J-014").code == 0
    monkeypatch.setenv("MI_PASSWORD_FILE", str(own))
    assert "J-014" in mi("client", "list").out
    monkeypatch.setenv("MI_PASSWORD_FILE", str(marked))
    assert "J-014" in mi("client", "list").out


@pytest.mark.parametrize(
    ("sealed_with", "given"),
    [
        (f"\ufeff{OWN}", OWN),
        (f"\ufeff{OWN}", f"\ufeff{OWN}"),
        (OWN, f"\ufeff{OWN}"),
        (f"{OWN}\x1a", f"{OWN}\x1a"),
        (OWN, f"{OWN}\x0bmore"),
    ],
)
def test_a_store_that_an_earlier_version_sealed_so_still_opens(
    mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sealed_with: str, given: str
) -> None:
    keys = new_keys()
    held = StoreKeys(keys.records, lambda: keys.notes)
    store = JsonStore(tmp_path / "store", now, new_id, "A. Counselor", held)
    create_store(store, key_file_bytes(keys, sealed_with))
    add_client(store, "J-014")
    (tmp_path / "given").write_text(f"{given}\n", encoding="utf-8")
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "given"))
    assert "J-014" in mi("client", "list").out
    assert mi("session", "start", "J-014", lines="words\n/end\n").code == 0
    assert "words" in mi("session", "show", "last").out


def test_utf16_is_refused_with_the_reason(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "given"))
    (tmp_path / "given").write_text(OWN, encoding="utf-16")
    ran = mi("store", "init")
    assert (ran.code, "UTF-16" in ran.err) == (4, True)
