"""A damaged file is named and left as it is, and nothing else is affected."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mi_cli.records.reference import RecordRef
from mi_cli.store.records.json_store import JsonStore
from tests.conftest import Ran

WORDS = {"J-014": "Zwetschge", "K-015": "Mirabelle"}


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def not_json(path: Path) -> None:
    path.write_text("Zwetschge: yes\n")


def another_shape(path: Path) -> None:
    path.write_text('["Zwetschge"]')


def another_schema(path: Path) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema": "other.thing/1"}))


def newer(path: Path) -> None:
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "schema": f"{document['schema'].partition('/')[0]}/9"}))


def nested(path: Path) -> None:
    path.write_text("[" * 100_000)


def nested_inside(path: Path) -> None:
    path.write_text(path.read_text().replace("{", '{"deep": ' + "[" * 100_000 + "]" * 100_000 + ",", 1))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 20)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def wrong_values(path: Path) -> None:
    document = json.loads(path.read_text())
    path.write_text(json.dumps({key: 1e999 if key != "schema" else value for key, value in document.items()}))


def another_id(path: Path) -> None:
    document = json.loads(path.read_text())
    other = {"id": "zzzzzzzz", "session": "zzzzzzzz", "client": "zzzzzzzz"}
    path.write_text(json.dumps({**document, **{key: value for key, value in other.items() if key in document}}))


def unreadable(path: Path) -> None:
    path.chmod(0)


ways = pytest.mark.parametrize(
    "damage",
    [
        truncated,
        not_json,
        another_shape,
        another_schema,
        newer,
        nested,
        nested_inside,
        empty,
        zeros,
        binary,
        a_folder,
        wrong_values,
        unreadable,
    ],
    ids=lambda damage: damage.__name__,
)


@dataclass(frozen=True)
class Kept:
    """A store with two clients, each with a closed interview and a plan."""

    store: JsonStore
    mi: Callable[..., Ran]

    def client(self, code: str) -> str:
        return self.store.codes()[code]

    def ref(self, code: str) -> RecordRef:
        return self.store.catalog.sessions([self.client(code)])[0]

    def files(self) -> dict[Path, bytes | None]:
        """Every file there is, with what is in it as far as it can be read."""
        return {path: _content(path) for path in self.store.layout.root.rglob("*") if path.parent.name != "locks"}


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


@pytest.fixture
def kept(files: JsonStore, mi: Callable[..., Ran], no_privileges: None) -> Kept:
    """Two clients."""
    for code, word in WORDS.items():
        lines = f"{word}\n/importance 6\n/goal {word}\n/end\n"
        assert mi("session", "start", code, lines=lines).code == 0
    return Kept(files, mi)


def named(ran: Ran, path: str) -> None:
    """The damaged record is named in an error without a trace or words."""
    assert path in ran.err
    assert "cannot be read: " in ran.err
    assert "fault of its own" not in ran.err
    assert "Zwetschge" not in ran.err
    assert "success" not in ran.err


@ways
def test_a_damaged_session(kept: Kept, damage: Callable[[Path], None]) -> None:
    mi, ref = kept.mi, kept.ref("J-014")
    path = kept.store.layout.session(ref)
    shown = kept.store.layout.display_path(path)
    damage(path)
    before = kept.files()

    listed = mi("session", "list")
    assert listed.code == 0
    assert "K-015" in listed.out
    named(listed, shown)
    as_json = mi("session", "list", "--json")
    assert as_json.code == 0
    assert [item["client"] for item in as_json.json["items"]] == ["K-015"]
    assert [item["record"] for item in as_json.json["damaged"]] == [shown]
    for command in (("show",), ("recap",), ("resume",), ("amend", "-")):
        ran = mi("session", command[0], ref.id, *command[1:], lines="Quitte\n")
        assert ran.code == 5, command
        named(ran, shown)
    assert mi("session", "show", "K-015").code == 0
    checked = mi("store", "check")
    assert (checked.code, shown in checked.out) == (5, True)
    assert kept.files() == before

    assert mi("session", "start", "K-015", lines="Quitte\n/end\n").code == 0
    assert mi("session", "start", "J-014", lines="Quitte\n/end\n").code == 0
    after, clients = kept.files(), [path for path in before if "clients/" in str(path)]
    records = {path for path in clients if path.name == "client.json"}  # an interview lists in it that it is open
    assert {path: after.get(path) for path in clients if path not in records} == {
        path: before[path] for path in clients if path not in records
    }
    for record in records:
        now, then = (json.loads(content[record] or b"") for content in (after, before))
        changing = {"revision", "updated_at", "open"}
        assert {**now, **dict.fromkeys(changing)} == {**then, **dict.fromkeys(changing)}


@ways
def test_damaged_notes(kept: Kept, damage: Callable[[Path], None]) -> None:
    mi, ref = kept.mi, kept.ref("J-014")
    path = kept.store.layout.notes(ref)
    damage(path)
    before = kept.files()
    listed = mi("session", "list")
    assert (listed.code, listed.err) == (0, "")
    assert "J-014" in listed.out
    for command in (("show", ref.id), ("recap", ref.id), ("amend", ref.id, "-")):
        ran = mi("session", *command, lines="Quitte\n")
        assert ran.code == 5, command
        named(ran, kept.store.layout.display_path(path))
    assert mi("session", "show", "K-015").code == 0
    assert mi("store", "check").code == 5
    assert kept.files() == before
    begun = mi("session", "start", "J-014", lines="Quitte\n/end\n")
    assert begun.code == 0  # that the last one cannot be read is no reason not to begin
    named(begun, kept.store.layout.display_path(path))


@ways
def test_a_damaged_plan(kept: Kept, damage: Callable[[Path], None]) -> None:
    mi = kept.mi
    path = kept.store.layout.plan(kept.client("J-014"))
    damage(path)
    content = _content(path)
    listed = mi("goals", "list")
    assert listed.code == 0
    assert "Mirabelle" in listed.out
    named(listed, kept.store.layout.display_path(path))
    ran = mi("goals", "show", "J-014")
    assert ran.code == 5
    named(ran, kept.store.layout.display_path(path))
    assert mi("session", "show", "J-014").code == 0
    assert mi("session", "start", "K-015", lines="/goal Quitte\n/end\n").code == 0
    assert mi("store", "check").code == 5
    assert _content(path) == content


@ways
def test_a_damaged_client(kept: Kept, damage: Callable[[Path], None]) -> None:
    mi = kept.mi
    path = kept.store.layout.client(kept.client("J-014")) / "client.json"
    damage(path)
    before = kept.files()
    listed = mi("client", "list")
    assert listed.code == 0
    assert "K-015" in listed.out
    named(listed, kept.store.layout.display_path(path))
    ran = mi("client", "show", "J-014")
    assert ran.code == 5
    named(ran, kept.store.layout.display_path(path))
    assert mi("client", "edit", "J-014", "--lang", "es").code == 5
    assert mi("session", "list").code == mi("session", "show", "J-014").code == 0
    assert mi("store", "check").code == 5
    assert kept.files() == before
    assert mi("session", "start", "J-014", lines="Quitte\n/end\n").code == 0


@ways
def test_damaged_codes(kept: Kept, damage: Callable[[Path], None]) -> None:
    mi, refs = kept.mi, {code: kept.ref(code) for code in WORDS}
    damage(kept.store.layout.codes)
    before = kept.files()
    listed = mi("session", "list")
    assert listed.code == 0
    assert all(ref.id in listed.out for ref in refs.values())
    named(listed, "clients.json")
    assert [item["record"] for item in mi("session", "list", "--json").json["damaged"]] == ["clients.json"]
    assert "Zwetschge" in mi("session", "show", refs["J-014"].id).out
    assert mi("session", "show", "last").code == 0
    commands = (
        ("session", "start", "J-014"),
        ("session", "start", "new"),
        ("session", "show", "J-014"),
        ("client", "list"),
        ("client", "add", "new"),
        ("client", "edit", "J-014", "--code", "L-016"),
        ("client", "delete", "J-014", "--yes"),
        ("goals", "list"),
        ("store", "check"),
    )
    for command in commands:
        ran = mi(*command, lines="Quitte\n")
        assert ran.code == 5, command
        if command[1] != "check":
            named(ran, "clients.json")
    assert kept.files() == before


def gone(path: Path) -> None:
    path.unlink()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "damage", [truncated, not_json, another_schema, nested, zeros, wrong_values, a_folder, a_pipe, gone]
)
def test_lost_codes_are_made_up_so_that_the_store_goes_on(
    kept: Kept, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    mi, document = kept.mi, str(tmp_path / "x.md")
    damage(kept.store.layout.codes)
    repaired = mi("store", "check", "--repair")
    assert (repaired.code, "client-1, client-2" in repaired.out) == (0, True)
    said = [mi("session", "show", code).out for code in ("client-1", "client-2")]
    assert all(any(words in out for out in said) for words in WORDS.values())
    assert mi("client", "edit", "client-1", "--code", "L-016").code == 0
    assert mi("session", "start", "client-2", lines="Quitte\n/end\n").code == 0
    refused = mi("goals", "export", "L-016", "--client-copy", "-o", document, "--yes")
    assert (refused.code, "clients.json" in refused.err) == (3, True)
    assert mi("store", "check", "--confirm", "--yes").code == 0
    assert mi("store", "check").code == 0
    assert mi("goals", "export", "L-016", "--client-copy", "-o", document, "--yes").code == 0


@pytest.mark.parametrize("damage", [newer, unreadable])
def test_codes_that_can_be_read_another_day_are_not_made_up(kept: Kept, damage: Callable[[Path], None]) -> None:
    damage(kept.store.layout.codes)
    before = kept.files()
    assert kept.mi("store", "check", "--repair").code == 5
    assert kept.files() == before


@ways
def test_a_damaged_store_document(kept: Kept, damage: Callable[[Path], None]) -> None:
    damage(kept.store.layout.info)
    before = kept.files()
    assert kept.mi("store", "check").code == 5
    named(kept.mi("store", "info"), "store.json")
    assert kept.mi("session", "list").code == 0
    again = kept.mi("store", "init", "--unprotected")
    assert "There is a store already" in again.out
    assert kept.files() == before


@pytest.mark.parametrize("place", ["session", "notes", "plan", "client"])
def test_another_ones_record_in_its_place(kept: Kept, place: str) -> None:
    layout, client = kept.store.layout, kept.client("J-014")
    path = {
        "session": layout.session(kept.ref("J-014")),
        "notes": layout.notes(kept.ref("J-014")),
        "plan": layout.plan(client),
        "client": layout.client(client) / "client.json",
    }[place]
    another_id(path)
    shown = layout.display_path(path)
    commands = {
        "session": ("session", "show", kept.ref("J-014").id),
        "notes": ("session", "show", kept.ref("J-014").id),
        "plan": ("goals", "show", "J-014"),
        "client": ("client", "show", "J-014"),
    }
    ran = kept.mi(*commands[place])
    assert ran.code == 5
    named(ran, shown)
    assert shown in kept.mi("store", "check").out


@pytest.mark.parametrize("folder", ["sessions", "notes"])
def test_a_file_where_a_folder_should_be(kept: Kept, folder: str) -> None:
    layout, client = kept.store.layout, kept.client("J-014")
    path = layout.client(client) / folder
    path.rename(path.with_name("moved"))
    path.write_text("Zwetschge")
    listed = kept.mi("session", "list")
    assert listed.code == 0
    assert "K-015" in listed.out
    assert kept.mi("session", "show", "K-015").code == 0
    assert kept.mi("session", "show", "J-014").code == 5
    # The facts of the session, where they can be read, say that it is closed: its notes are not looked at.
    assert kept.mi("session", "resume", "J-014").code == (5 if folder == "sessions" else 1)
    assert kept.mi("store", "check").code == 5
    begun = kept.mi("session", "start", "J-014", lines="Quitte\n")
    assert begun.code in (1, 5)
    assert "fault of its own" not in begun.err
    assert path.read_text() == "Zwetschge"


@pytest.mark.parametrize("name", ["clients", "trash", "locks"])
def test_a_file_where_the_store_keeps_a_folder(kept: Kept, name: str) -> None:
    path = kept.store.layout.root / name
    if path.exists():
        path.rename(path.with_name("moved"))
    path.write_text("Zwetschge")
    codes = {}
    for command in (
        ("session", "list"),
        ("session", "start", "J-014"),
        ("session", "show", "last"),
        ("client", "list"),
        ("store", "check"),
        ("store", "trash"),
        ("store", "info"),
        ("doctor",),
    ):
        ran = kept.mi(*command, lines="Quitte\n")
        assert "fault of its own" not in ran.err, command
        codes[" ".join(command)] = ran.code
    assert path.read_text() == "Zwetschge"
    if name == "clients":
        assert codes["session list"] == codes["session start J-014"] == codes["store check"] == 5
    elif name == "trash":
        assert codes["store trash"] == codes["store check"] == 5
        assert codes["session start J-014"] == codes["session list"] == 0
    else:
        assert codes["session start J-014"] == 1
        assert codes["session list"] == codes["store check"] == 0


def test_a_copy_that_a_sync_made_is_named_and_not_read(kept: Kept) -> None:
    path = kept.store.layout.session(kept.ref("J-014"))
    copy = path.with_name(f"{path.stem} (conflicted copy).json")
    copy.write_bytes(path.read_bytes())
    assert len(kept.mi("session", "list", "--json").json["items"]) == 2
    checked = kept.mi("store", "check")
    assert checked.code == 0
    assert copy.name in checked.out


def test_fields_of_a_later_version_survive(kept: Kept) -> None:
    layout, ref = kept.store.layout, kept.ref("J-014")
    path = layout.notes(ref)
    document = json.loads(path.read_text())
    document["later"] = {"some": ["thing", None, 3]}
    document["entries"][0]["mood"] = "calm"
    path.write_text(json.dumps(document))
    assert kept.mi("session", "amend", "J-014", "-", lines="Quitte").code == 0
    after = json.loads(path.read_text())
    assert after["later"] == document["later"]
    assert after["entries"][0] == document["entries"][0]
    assert after["entries"][-1]["words"] == "Quitte"


def test_a_lock_file_that_holds_nonsense(kept: Kept) -> None:
    ref = kept.ref("J-014")
    lock = kept.store.layout.locks / f"{ref.id}.lock"
    lock.write_text("[" * 100_000)
    assert kept.mi("session", "amend", "J-014", "-", lines="Quitte").code == 0
    assert not lock.exists()
