"""What was not shared is in no byte of anything that goes out, nor of what is written about it."""

import io
import json
import os
import re
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_text

from mi_cli.handoff.formats import READ_BY_PEOPLE, Format
from mi_cli.records.plan import Before, Goal, Plan
from mi_cli.records.terms import Category, GoalStatus
from mi_cli.store.records.json_store import JsonStore
from tests.builders import NOW, goal
from tests.conftest import Ran, Ticking

MARK = "Qzxmarkerqxz"
OWN = "Foroneselfqzx"
# What may be shared goes out under the category; the rest never does.
LINES = {
    "": None,
    "= ": None,
    "~ ": None,
    "+d ": Category.SHARED_WORDS,
    "- ": Category.SHARED_WORDS,
    "! ": Category.SHARED_WORDS,
    "? ": Category.PARKED_MATTERS,
    "/value ": Category.SHARED_WORDS,
    "/trigger ": Category.SHARED_WORDS,
    "/focus ": Category.SHARED_WORDS,
}

said = st.lists(st.tuples(st.sampled_from(list(LINES)), st.booleans()), max_size=12)
scopes = st.frozensets(st.sampled_from(Category), min_size=1).map(lambda found: found | {Category.GOAL_PLAN})


@settings(deadline=None, max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=said, scope=scopes)
def test_what_was_not_shared_is_in_no_byte(
    mi: Callable[..., Ran],
    tmp_path_factory: pytest.TempPathFactory,
    said: list[tuple[str, bool]],
    scope: frozenset[Category],
) -> None:
    folder = tmp_path_factory.mktemp("leak")
    ask = Asker(mi, folder)
    shared = made_up(ask, said, scope)
    told = [ask("goals", "export", "J-014", "--to", "Nobody")]
    told += [ask("goals", "export", "J-014", "--goal", "goal0001", "-o", str(folder / "h.zip"))]
    told += [ask("goals", "export", "J-014", "--goal", "goal0001")]
    for one in READ_BY_PEOPLE:
        file = str(folder / f"mine.{one}")
        told.append(ask("goals", "export", "J-014", "--goal", "goal0001", "--client-copy", "-o", file))
    assert [ran.code for ran in told] == [3, 0, 0, 0, 0, 0, 0]
    out = [(ran.out + ran.err).encode() for ran in told]
    out += [file.read_bytes() for file in folder.iterdir() if file.is_file()]
    out += [file.read_bytes() for file in folder.glob("store/clients/*/disclosures/*")]
    assert len(out) >= 7 + 5 + 6
    to_others = opened_up([told[2].out.encode(), (folder / "h.zip").read_bytes()])
    assert not [content for content in to_others if OWN.encode() in content]
    seen = b"".join(to_others | opened_up(set(out) - to_others))
    assert MARK.encode() not in seen
    for words in shared:
        assert words.encode() in seen


class Asker:
    """`mi` over a store of its own."""

    def __init__(self, mi: Callable[..., Ran], folder: Path) -> None:
        self._mi = mi
        self.folder = folder

    def __call__(self, *arguments: str, lines: str = "") -> Ran:
        return self._mi("--store", str(self.folder / "store"), *arguments, lines=lines)


def made_up(ask: Asker, said: Iterable[tuple[str, bool]], scope: frozenset[Category]) -> list[str]:
    """A client with an interview, a plan and a consent; the words that may go out."""
    shared, lines, numbers = [], [], []
    for number, (lead, agreed) in enumerate(said, 1):
        category = LINES[lead]
        goes = agreed and category in scope
        # What the client agreed to and the consent does not name may stand on the client's own copy alone.
        words = f"Goes out {number}" if goes else f"{OWN if agreed and category else MARK} {number}"
        lines.append(lead + words)
        numbers += [str(number)] if agreed and category else []
        shared += [words] if goes else []
    lines += [f"/importance 7 {MARK}", f"/safety overdose {MARK}", f"/goal {MARK}", f"/step {MARK} @ {MARK}"]
    lines += [f"/share {' '.join(numbers)}"] if numbers else []
    assert ask("store", "init", "--unprotected").code == 0
    assert ask("session", "start", "J-014", lines="\n".join([*lines, f"/end {MARK}"])).code == 0
    assert ask("session", "start", "J-014", lines=f"{MARK}\n").code == 0  # paused, not closed
    consented(ask, scope)
    ids = (f"{number:08d}" for number in count(1))
    store = JsonStore(ask.folder / "store", Ticking(), lambda: next(ids), "A. Counselor")
    store.change_plan(store.catalog.client_id("J-014"), with_goals)
    return [*shared, "Goes out, my goal"]


def with_goals(plan: Plan) -> Plan:
    """With a goal that goes out, one that does not, one that was dropped; each with a past of its own."""
    past = (Before(at=NOW, field="words", before=MARK),)
    fields = goal(1, "Goes out, my goal", history=past).model_dump(mode="json", by_alias=True)
    mine = Goal.model_validate({**fields, "from_elsewhere": MARK})
    other = goal(2, MARK, reasons=(MARK,), if_not_working=MARK)
    dropped = goal(3, MARK, status=GoalStatus.DROPPED)
    return plan.replace(goals=(*plan.goals, mine, other, dropped))


def consented(ask: Asker, scope: frozenset[Category]) -> None:
    file = ask.folder.parent / f"{ask.folder.name}.json"
    file.write_text(
        json.dumps(
            {
                "kind": "tpo",
                "patient_name": "Jo Example",
                "disclosers": ["Harbor Program"],
                "scope_text": "what I chose",
                "scope_categories": sorted(scope),
                "recipients": [{"name": "A. Therapist", "kind": "covered-entity"}],
                "purpose_codes": ["TREAT"],
                "statements": ["revocation", "hipaa-redisclosure", "tpo-redisclosure", "tpo-refusal"],
                "revocation_method": "in writing",
                "expiry": {"on": "2100-01-01"},
                "signer": {"name": "Jo Example"},
                "signed_on": "2026-01-02",
            }
        ),
        encoding="utf-8",
    )
    assert ask("config", "set", "program.name", "Harbor Program").code == 0
    assert ask("consent", "add", "J-014", "--from", str(file)).code == 0
    os.unlink(file)


def opened_up(contents: Iterable[bytes]) -> set[bytes]:
    """The bytes, and those of what is packed inside them; each once, since reading a PDF takes long."""
    opened: set[bytes] = set()
    packed = list(contents)
    while packed:
        content = packed.pop()
        if content not in opened:
            opened.add(content)
            packed += packed_in(content)
    return opened


def packed_in(content: bytes) -> Iterable[bytes]:
    """The files of an archive, the PDF in a transaction, the streams and the text of a PDF."""
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        yield from map(archive.read, archive.namelist())
    if data := re.search(rb'"data": "(JVBER[^"]*)"', content):
        yield b64decode(data[1])
    if content.startswith(b"%PDF"):
        yield extract_text(io.BytesIO(content)).encode()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for one in pdf.objects:
                yield str(one).encode() if not isinstance(one, pikepdf.Stream) else one.read_bytes()


def test_a_marker_would_be_found_in_every_format(mi: Callable[..., Ran], tmp_path: Path) -> None:
    """So that the test above can fail."""
    ask = Asker(mi, tmp_path)
    made_up(ask, [("? ", True)], frozenset(Category))
    ids = (f"{number:08d}" for number in count(1))
    store = JsonStore(tmp_path / "store", Ticking(), lambda: next(ids), "A. Counselor")
    mine = goal(9, f"{MARK} here", reasons=(MARK,))
    store.change_plan(store.catalog.client_id("J-014"), lambda plan: plan.replace(goals=(*plan.goals, mine)))
    for one in Format:
        file = tmp_path / f"h.{one}"
        assert ask("goals", "export", "J-014", "--goal", "goal0009", "-o", str(file)).code == 0
        assert MARK.encode() in b"".join(opened_up([file.read_bytes()])), one
