"""A store that a release has written opens in every later one, with all that is in it, and goes on.

`tests/stores/make.sh` wrote them, once for each release; they are never made again.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from mi_cli.records.base import Record
from mi_cli.records.client import Client, Codes, Identity, StoreInfo
from mi_cli.records.consent import Consent
from mi_cli.records.disclosure import Disclosure, Ledger
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import Session
from tests.conftest import Ran

STORES: Final = Path(__file__).parents[1] / "stores"
KEPT: Final = sorted(path for path in STORES.glob("*/*") if path.is_dir())
Mi = Callable[..., Ran]


@pytest.fixture(params=KEPT, ids=lambda path: f"{path.parent.name} {path.name}")
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of one, where `mi` looks for its store; version control does not keep who may read a folder."""
    monkeypatch.setenv("MI_PASSWORD_FILE", str(STORES / "passphrase.txt"))
    shutil.copytree(request.param, tmp_path / "store")
    for path in (tmp_path / "store", *(tmp_path / "store").rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return tmp_path / "store"


def test_both_kinds_are_kept() -> None:
    assert {path.name for path in KEPT} == {"plain", "protected"}


def test_everything_in_it_is_read(store: Path, mi: Mi) -> None:
    checked = mi("store", "check", "--json")
    assert (checked.code, checked.json["findings"]) == (0, [])
    sessions = mi("session", "list", "--json").json
    assert (len(sessions["items"]), sessions["damaged"]) == (4, [])
    shown = [mi("session", "show", item["id"], "--json").json for item in sessions["items"]]
    assert sum(len(one["notes"]["entries"]) for one in shown) > 50
    assert shown[-1]["session"]["schema"].startswith("mi.session/")
    plan = mi("goals", "show", "DEMO-1", "--json").json
    assert {goal["words"] for goal in plan["goals"]} >= {"Sing with the choir again at Easter"}
    assert len(mi("consent", "list", "--json").json["items"]) == 1
    assert len(mi("disclosures", "list", "--json").json["items"]) == 1
    assert mi("disclosures", "verify").code == 0
    assert mi("client", "show", "DEMO-1", "--json").json["identity"]["name"] == "Invented Person"


def test_it_goes_on(store: Path, mi: Mi, tmp_path: Path) -> None:
    assert mi("session", "resume", lines="and the other half\n/end\n").code == 0
    entries = mi("session", "show", "K-015", "--json").json["notes"]["entries"]
    assert [entry["words"] for entry in entries] == ["half an interview", "and the other half"]
    assert mi("session", "start", "DEMO-1", lines="a fourth one\n/goal another\n/end\n").code == 0
    assert mi("config", "set", "program.name", "Invented Program").code == 0
    assert mi("goals", "export", "DEMO-1", "-o", str(tmp_path / "handoff.md")).code == 0
    (item,) = mi("store", "trash", "list", "--json").json["items"]
    assert mi("store", "trash", "restore", item["id"]).code == 0
    assert mi("session", "show", "L-016", "--json").json["notes"]["entries"][0]["words"] == "to be deleted"
    assert mi("store", "backup", str(tmp_path / "a.backup")).code == 0
    checked = mi("store", "check", "--json")
    assert (checked.code, checked.json["findings"]) == (0, [])


KINDS: Final[dict[str, type[Record]]] = {
    kind.SCHEMA.partition("/")[0]: kind
    for kind in (Client, Codes, Identity, StoreInfo, Session, Notes, Plan, Consent, Disclosure, Ledger)
}


def test_a_consent_in_it_permits_what_its_form_printed_and_no_more(store: Path, mi: Mi, tmp_path: Path) -> None:
    assert mi("config", "set", "program.name", "Invented Program").code == 0
    packets = []
    for name, again in (("before", False), ("again", True), ("now", False)):
        if again:  # recorded once more, from what `show` prints, it is as before
            shown = mi("consent", "show", "last", "--json").out
            assert mi("consent", "add", "DEMO-1", "--from", "-", lines=shown).code == 0
        if name == "now":  # the one signed last is the one that counts
            paper = (STORES / "consent.toml").read_text().replace("signed_on = 2026-11-20", "signed_on = 2026-11-21")
            assert mi("consent", "add", "DEMO-1", "--from", "-", lines=paper).code == 0
        file = tmp_path / f"{name}.json"
        assert mi("goals", "export", "DEMO-1", "-o", str(file)).code == 0
        packets.append(json.loads(file.read_bytes()))
    for made in packets[:2]:
        assert [goal["words"] for goal in made["packet"]["goals"]]
        assert not any(goal["signs"] or goal["progress"] for goal in made["packet"]["goals"])
        assert "signs" not in "".join(made["cover"]["scope"])
    assert any(goal["signs"] for goal in packets[2]["packet"]["goals"])
    assert not any(goal["progress"] for goal in packets[2]["packet"]["goals"])  # nobody agreed to those lines
    assert "signs" in "".join(packets[2]["cover"]["scope"])


@pytest.mark.parametrize("kept", [path for path in KEPT if path.name == "plain"], ids=lambda path: path.parent.name)
def test_every_record_comes_back_as_it_was(kept: Path) -> None:
    """Byte for byte where its schema is still the present one; else everything of it that has no new place."""
    seen = set()
    for path in kept.rglob("*.json"):
        data = path.read_bytes()
        name, _, version = json.loads(data)["schema"].partition("/")
        if name in KINDS:
            seen.add(name)
            record = KINDS[name].from_bytes(data)
            assert record.to_bytes() == data or f"{name}/{version}" != record.SCHEMA, path
    assert seen == set(KINDS)
