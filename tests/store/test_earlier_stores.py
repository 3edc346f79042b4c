"""A store that a release has written opens in every later one, with all that is in it, and goes on.

`tests/stores/make.sh` wrote them, once for each release; they are never made again.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

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
KINDS_OF_STORES: Final = ("plain", "protected")
KEPT: Final = sorted(path for kind in KINDS_OF_STORES for path in STORES.glob(f"*/{kind}"))
KILLED: Final = sorted(path for kind in KINDS_OF_STORES for path in STORES.glob(f"*/killed/{kind}"))
Mi = Callable[..., Ran]


def copied(kept: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of one, where `mi` looks for its store; version control does not keep who may read a folder."""
    monkeypatch.setenv("MI_PASSWORD_FILE", str(STORES / "passphrase.txt"))
    shutil.copytree(kept, to)
    for path in (to, *to.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return to


@pytest.fixture(params=KEPT, ids=lambda path: f"{path.parent.name} {path.name}")
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return copied(request.param, tmp_path / "store", monkeypatch)


@pytest.fixture(params=KILLED, ids=lambda path: f"{path.parents[1].name} {path.name}")
def killed(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store in which interviews were killed in the middle (`stores/make_killed.py`)."""
    return copied(request.param, tmp_path / "store", monkeypatch)


def test_both_kinds_are_kept() -> None:
    assert {path.name for path in KEPT} == {path.name for path in KILLED} == set(KINDS_OF_STORES)
    assert len(KEPT) == len(KILLED)


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


# -- interviews that were killed in the middle ------------------------------------------------------------------------

# By the client's code, what stands once the interview is mended, and after each undo: the words of its entries and its
# readings; the steps of the goal, with a star where what came of it was agreed to; what else was shared.
State = tuple[list[str], list[int], list[str] | None, list[str]]
UNDONE: Final[dict[str, list[State]]] = {
    "STEP": [
        (["one", "two"], [], ["ring", "four", "walk"], ["two"]),
        (["one", "two"], [], ["ring", "four"], ["two"]),
        (["one", "two"], [], ["ring", "four"], []),
        (["one", "two"], [], ["ring"], []),
        (["one", "two"], [], [], []),
        (["one", "two"], [], None, []),
        (["one"], [], None, []),
        ([], [], None, []),
    ],
    "SWAP": [
        (["because"], [7], ["ring", "go*", "walk", "four"], []),
        (["because"], [7], ["ring", "go", "walk", "four"], []),
        ([], [], ["ring", "go", "walk", "four"], []),
        ([], [], ["ring", "go", "walk"], []),
    ],
    "SAVED": [([], [], ["ring"], []), ([], [], [], []), ([], [], None, [])],
    "READING": [(["one", "my son"], [6], None, []), (["one"], [], None, []), ([], [], None, [])],
}


def plan_of(mi: Mi, code: str) -> Any:
    return mi("goals", "show", code, "--json").json


def state(mi: Mi, code: str) -> State:
    shown, plan = mi("session", "show", code, "--json").json, plan_of(mi, code)
    steps = [
        [f"{step['words']}{'*' if step.get('outcome_shared') else ''}" for step in goal["steps"]]
        for goal in plan["goals"]
    ]
    return (
        [entry["words"] for entry in shown["notes"]["entries"]],
        [reading["value"] for reading in shown["session"]["readings"]],
        steps[0] if steps else None,
        [item["words"] for item in plan["talk"]],
    )


def step_ids(mi: Mi, code: str) -> list[str]:
    return [step["id"] for goal in plan_of(mi, code)["goals"] for step in goal["steps"]]


@pytest.mark.parametrize("code", UNDONE)
def test_an_interview_that_was_killed_is_mended_and_undone(killed: Path, mi: Mi, code: str) -> None:
    before = step_ids(mi, code)
    for number, expected in enumerate(UNDONE[code]):
        assert mi("session", "resume", code, lines="/undo\n" if number else "").code == 0
        assert state(mi, code) == expected
        ids = step_ids(mi, code)
        assert len(set(ids)) == len(ids)
        assert ids[: len(before)] == before[: len(ids)]
    checked = mi("store", "check", "--json")
    assert (checked.code, checked.json["findings"]) == (0, [])


@pytest.mark.parametrize("code", UNDONE)
def test_an_interview_that_was_killed_goes_on_and_what_is_new_is_undone_too(killed: Path, mi: Mi, code: str) -> None:
    assert mi("session", "resume", code, lines="said\n/goal another\n/step ask @ noon\n").code == 0
    entries, readings, steps, shared = state(mi, code)
    mended = UNDONE[code][0]
    assert (entries, readings, steps, shared) == ([*mended[0], "said"], mended[1], mended[2] or ["ask"], mended[3])
    assert plan_of(mi, code)["goals"][-1]["steps"][-1]["words"] == "ask"
    assert mi("session", "resume", code, lines="/undo\n" * 3).code == 0
    assert state(mi, code) == mended
    assert mi("session", "resume", code, lines="/end\n").code == 0


def test_a_plan_that_was_changed_before_the_interview_was_mended_keeps_what_was_changed(killed: Path, mi: Mi) -> None:
    assert mi("goals", "edit", "STEP", "--field", "steps.1", "-", lines="-").code == 0
    assert mi("goals", "edit", "SWAP", "--field", "steps.2.outcome", "-", lines="She laughed").code == 0
    assert mi("session", "resume", "STEP").code == mi("session", "resume", "SWAP").code == 0
    assert state(mi, "STEP")[2] == ["four", "walk"]
    assert len(set(step_ids(mi, "STEP"))) == 2
    assert state(mi, "SWAP")[2] == ["ring", "go", "walk", "four"], "the client agreed to other words"
    assert mi("session", "resume", "STEP", lines="/undo\n" * 4).code == 0
    assert state(mi, "STEP") == (["one", "two"], [], [], [])


def test_what_was_brought_up_is_kept_as_it_was(killed: Path, mi: Mi) -> None:
    before = {path.relative_to(killed): path.read_bytes() for path in killed.glob("clients/**/*.json")}
    for code in UNDONE:
        assert mi("session", "resume", code, lines="said\n/goal another\n").code == 0
    after = {path.relative_to(killed): path.read_bytes() for path in killed.glob("clients/**/*.json")}
    changed = {path for path, data in before.items() if after[path] != data}
    kept = {Path(*path.relative_to(killed).parts[2:]): path.read_bytes() for path in killed.glob("aside/**/*.json")}
    assert kept == {path: before[path] for path in changed}
    assert {path.parts[-2] for path in changed} >= {"notes", "sessions"}
    assert any(path.name == "plan.json" for path in changed)
