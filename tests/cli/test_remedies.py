"""What a refusal says to type, typed as it stands: each remedy works, and the gate opens or names what is next."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.builders import consent
from tests.cli.test_export import CONSENT
from tests.conftest import Ran
from tests.handoff.test_many_consents import CASES as PAPERS

Mi = Callable[..., Ran]
SOUND = {**CONSENT, "scope_categories": ["goal-plan", "readings", "shared-words"]}
OTHER = {"name": "B. Other", "kind": "covered-entity"}

# What is wrong with the consents, latest last; the settings; and the commands of the remedies, in order.
CASES: dict[str, tuple[Sequence[dict[str, Any]], dict[str, str], list[str]]] = {
    "none": ([], {}, ["consent form", "consent add"]),
    "expired": ([{"expiry": {"on": "2026-01-03"}}], {}, ["consent add"]),
    "unsigned": ([{"signer": None}], {}, ["consent form"]),
    "no day": ([{"signed_on": None}], {}, ["consent form"]),
    "another program": ([{"disclosers": ["Elsewhere"]}], {}, ["config set program.name", "consent add"]),
    "another signer": ([{"signer": {"name": "Somebody"}}], {}, ["consent add"]),
    "payment": ([{"kind": "purpose", "purpose_codes": ["HPAYMT"], "purpose_text": "to bill"}], {}, ["consent add"]),
    "in words": ([{"kind": "purpose", "purpose_codes": [], "purpose_text": "as we said"}], {}, ["consent add"]),
    "readings alone": ([{"scope_categories": ["readings"]}], {}, ["consent add"]),
    "no notice": ([{}], {"jurisdiction": "general"}, ["config set notice.text"]),
    "expired, unsigned": ([{"signer": None, "expiry": {"on": "2026-01-03"}}], {}, ["consent form", "consent add"]),
}


def added(mi: Mi, **changes: Any) -> Ran:
    Path("consent.json").write_text(json.dumps({**SOUND, **changes}))
    return mi("consent", "add", "J-014", "--from", "consent.json")


@pytest.fixture
def kept(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mi:
    """A store with a goal, and a program."""
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("client", "add", "J-014").code == 0
    assert mi("goals", "add", "J-014", "-", lines="Be there\n").code == 0
    assert mi("config", "set", "program.name", "Harbor Program").code == 0
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    return mi


def remedies(refused: Ran) -> list[list[str]]:
    """The commands in a refusal, as words to type."""
    found = re.findall(r"`\S*mi ((?:consent|config|client) [^`]+)`", refused.err)
    return [command.split() for command in dict.fromkeys(found) if "program.recipients" not in command]


def typed(mi: Mi, command: list[str]) -> Ran:
    """Types it, with what the person knows in the place of what it leaves open."""
    known = {"NAME": "Elsewhere", "TEXT": "Our own notice."}
    words = [known.get(word, word) for word in command]
    if words[:2] == ["client", "edit"]:
        return mi(*words, lines="Jo Example\n")
    if words[:2] == ["consent", "confirm"]:
        return mi(*words, "--yes")
    if words[:2] == ["consent", "add"]:
        return added(mi, disclosers=["Elsewhere", "Harbor Program"])
    if words[:2] == ["consent", "form"]:
        made = mi(*words, "--yes")
        assert Path("consent.pdf").exists()
        added(mi)  # signed, it is recorded
        return made
    return mi(*words)


@pytest.mark.parametrize("case", CASES)
def test_each_remedy_works_when_it_is_typed_and_the_gate_opens(kept: Mi, case: str) -> None:
    consents, settings, expected = CASES[case]
    for changes in consents:
        added(kept, **changes)
    for key, value in settings.items():
        assert kept("config", "set", key, value).code == 0
    refused = kept("goals", "export", "J-014")
    assert refused.code == 3
    commands = remedies(refused)
    assert [next(one for one in expected if " ".join(each).startswith(one)) for each in commands] == expected
    for command in commands:
        ran = typed(kept, command)
        assert ran.code == 0, (command, ran.err)
    after = kept("goals", "export", "J-014")
    assert after.code == 0, after.err


# One of the papers for each set of reasons that a refusal can have; that of another client cannot be recorded at all.
REASONS = {
    tuple(dict.fromkeys("lacks" if reason.startswith("lacks") else reason for reason in reasons)): changes
    for _, changes, reasons in reversed(PAPERS)
    if reasons and reasons != ["other-client"]
}
# The table is of its own day; here the days that are past or to come stay so whatever day it is.
DAYS = {
    "2026-11-20": "2026-01-02",
    "2026-11-22": "2026-01-03",
    "2026-11-24": "2999-01-01",
    '2026-11-23"': '2026-01-03"',
    "2027-05-31": "2100-01-01",
}


@pytest.mark.parametrize("reasons", REASONS, ids=" ".join)
def test_for_each_reason_what_it_says_is_typed_until_the_gate_opens(kept: Mi, reasons: tuple[str, ...]) -> None:
    paper = consent(**REASONS[reasons]).to_bytes().decode()
    for day, other in DAYS.items():
        paper = paper.replace(day, other)
    if "other-person" in reasons:
        assert kept("client", "edit", "J-014", "--name", lines="Jo Example\n").code == 0
    document = {field: value for field, value in json.loads(paper).items() if field != "client"}
    assert kept("consent", "add", "J-014", "--from", "-", lines=json.dumps(document)).code == 0
    told = ""
    for _ in range(3):
        refused = kept("goals", "export", "J-014", "--to", "A. Therapist")
        if refused.code == 0:
            break
        assert refused.code == 3, refused.err
        assert refused.err != told, "it opens, or names what is next"
        told, commands = refused.err, [each for each in remedies(refused) if each[1] != "revoke"]  # or to confirm it
        assert commands, refused.err
        for command in commands:
            ran = typed(kept, command)
            assert ran.code == 0, (command, ran.err)
    assert told
    assert kept("goals", "export", "J-014", "--to", "A. Therapist").code == 0, told


def test_another_name_that_is_noted_is_corrected_as_it_says(kept: Mi) -> None:
    assert kept("client", "edit", "J-014", "--name", lines="Beatriz Solis\n").code == 0
    added(kept)
    refused = kept("goals", "export", "J-014")
    assert refused.code == 3
    assert ["client", "edit", "J-014", "--name"] in remedies(refused)
    assert kept("client", "edit", "J-014", "--name", lines="Jo Example\n").code == 0
    assert kept("goals", "export", "J-014").code == 0


def test_an_older_consent_after_a_revocation_is_confirmed_or_taken_back_as_it_says(kept: Mi) -> None:
    for day in ("2026-01-02", "2026-01-03"):
        added(kept, signed_on=day)
    assert kept("consent", "revoke", "last", "--yes").code == 0
    refused = kept("goals", "export", "J-014")
    assert refused.code == 3
    [confirm] = [each for each in remedies(refused) if each[1] == "confirm"]
    assert kept(*confirm, "--yes").code == 0
    assert kept("goals", "export", "J-014").code == 0


def test_one_of_several_recipients_is_named_as_it_says(kept: Mi) -> None:
    added(kept, recipients=[*SOUND["recipients"], OTHER])
    refused = kept("goals", "export", "J-014")
    assert refused.code == 3
    assert "`--to`" in refused.err
    assert kept("goals", "export", "J-014", "--to", "B. Other").code == 0
