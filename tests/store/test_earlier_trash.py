"""What version 0.1.0 deleted, half-way or not, is brought into the present shape, and nothing of it is lost."""

import json
from pathlib import Path

import pytest

from mi_cli.errors import Failed
from mi_cli.records.terms import Protection
from mi_cli.store.keys.keyfile import StoreKeys
from mi_cli.store.records.clients import add_client, change_codes
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep import convert, earlier_protection, trash
from mi_cli.store.upkeep.check import check
from tests.builders import deleted_by_earlier_version, key_file, protected_store
from tests.conftest import Desk

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(params=["plain", "sealed"])
def mine(request: pytest.FixtureRequest, desk: Desk, tmp_path: Path) -> Desk:
    """A store with the client M-001, who had two interviews."""
    sealed = request.param == "sealed"
    store = protected_store(tmp_path / "sealed", desk.store.now, desk.store.new_id) if sealed else desk.store
    mine = Desk(store, add_client(store, "M-001", "en"), desk.held)
    mine.begin("Zwetschge", "/goal Quitte", "/end")
    mine.begin("Mirabelle").keep_draft("Schlehe")
    mine.crash()
    return mine


def contents(store: JsonStore) -> dict[str, bytes]:
    """All that is kept of clients."""
    paths = (path for path in store.layout.clients.rglob("*") if path.is_file())
    return {store.layout.display_path(path): path.read_bytes() for path in paths}


def is_as_before(mine: Desk, before: dict[str, bytes]) -> None:
    """Nothing is left in the trash, and everything is where it was."""
    assert contents(mine.store) == before
    assert trash.items(mine.store) == []
    assert not mine.store.layout.trash.exists()
    assert check(mine.store).findings == ()


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_client(mine: Desk, steps: int) -> None:
    before = contents(mine.store)
    item = deleted_by_earlier_version(mine.store, mine.client, "M-001", moves=steps)
    assert [(one.id, one.what, one.code) for one in trash.items(mine.store)] == [(item, "client", "M-001")]
    assert not any(found.damaged for found in check(mine.store).findings)
    if steps:
        trash.restore(mine.store, trash.find(mine.store, item))
    else:  # the client has the code still: nothing was deleted
        with pytest.raises(Failed, match="no such thing"):
            trash.restore(mine.store, trash.find(mine.store, item))
    is_as_before(mine, before)
    assert mine.store.codes()["M-001"] == mine.client
    item = deleted_by_earlier_version(mine.store, mine.client, "M-001", moves=steps)
    trash.purge(mine.store, trash.find(mine.store, item))
    assert (contents(mine.store) == before) is (steps == 0)
    assert not mine.store.layout.client(mine.client).exists() or steps == 0
    assert check(mine.store).findings == ()


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_an_interview(mine: Desk, steps: int) -> None:
    before, ref = contents(mine.store), mine.ref
    item = deleted_by_earlier_version(mine.store, mine.client, "M-001", ref.name, moves=steps)
    assert [(one.id, one.what, one.code) for one in trash.items(mine.store)] == [(item, "session", "M-001")]
    if steps:
        trash.restore(mine.store, trash.find(mine.store, item))
    else:
        with pytest.raises(Failed, match="no such thing"):
            trash.restore(mine.store, trash.find(mine.store, item))
    is_as_before(mine, before)
    item = deleted_by_earlier_version(mine.store, mine.client, "M-001", ref.name, moves=steps)
    trash.purge(mine.store, trash.find(mine.store, item))
    left = {name: data for name, data in before.items() if ref.name not in name}
    assert contents(mine.store) == (left if steps else before)
    assert check(mine.store).findings == ()


def test_everything_that_was_deleted_is_brought_up_by_the_next_change(mine: Desk) -> None:
    first, second = mine.store.catalog.sessions()
    deleted_by_earlier_version(mine.store, mine.client, "M-001", first.name)
    deleted_by_earlier_version(mine.store, mine.client, "M-001")
    other = add_client(mine.store, "K-015", "en")
    trash.delete_client(mine.store, other, "K-015")
    assert not mine.store.layout.trash.exists()
    assert [(item.what, item.code) for item in trash.items(mine.store)] == [
        ("client", "K-015"), ("client", "M-001"), ("session", "M-001")
    ]  # fmt: skip
    for item in trash.items(mine.store):
        trash.restore(mine.store, item)
    words = [[entry.words for entry in read_notes(mine.store, ref).entries] for ref in (first, second)]
    assert words == [["Mirabelle"], ["Zwetschge"]]
    assert check(mine.store).findings == ()


def test_an_interview_that_a_purge_left_behind_goes_with_the_next_purge(mine: Desk, tmp_path: Path) -> None:
    """The purge of a client left the interviews that were deleted before: T1."""
    ref = mine.ref
    item = deleted_by_earlier_version(mine.store, mine.client, "M-001", ref.name)
    kept = mine.store.layout.trash / item
    kept.rename(tmp_path / "kept")
    trash.purge(mine.store, trash.delete_client(mine.store, mine.client, "M-001"))
    mine.store.layout.trash.mkdir()
    (tmp_path / "kept").rename(kept)
    assert [one.id for one in trash.items(mine.store)] == [item]
    for one in trash.items(mine.store):
        trash.purge(mine.store, one)
    for one in trash.items(mine.store):  # the client, who came into the trash with it
        trash.purge(mine.store, one)
    assert trash.items(mine.store) == []
    assert not [path for path in mine.store.layout.root.rglob("*") if mine.client in path.name or ref.id in path.name]
    assert check(mine.store).findings == ()


def test_of_what_is_there_twice_both_are_kept(mine: Desk) -> None:
    before, layout = contents(mine.store), mine.store.layout
    items = []
    for _ in range(2):
        items.append(deleted_by_earlier_version(mine.store, mine.client, "M-001"))
        for name, data in before.items():  # a backup brought the client back
            (layout.root / name).parent.mkdir(parents=True, exist_ok=True)
            (layout.root / name).write_bytes(data)
        change_codes(mine.store, lambda codes: {**codes, "M-001": mine.client})
    deleted_by_earlier_version(mine.store, mine.client, "M-001", mine.ref.name)
    for name, data in before.items():
        (layout.root / name).write_bytes(data)
    with pytest.raises(Failed):
        trash.restore(mine.store, trash.find(mine.store, items[0]))
    is_as_before(mine, before)
    aside = [path for path in layout.quarantine.rglob("*") if path.is_file()]
    assert len(aside) == 2 * sum(mine.client in name for name in before) + 3
    trash.purge(mine.store, trash.delete_client(mine.store, mine.client, "M-001"))
    assert not any(path.is_file() for path in layout.quarantine.rglob("*"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("what", "store"),
        ("client", "../../x"),
        ("client", None),
        ("name", "../../../etc/passwd-abcdefgh"),
        ("name", "..\\abcdefgh"),
        ("name", "a\0b-abcdefgh"),
        ("name", None),
        ("code", 3),
        ("deleted_at", "2026-11-23"),
        ("deleted_at", None),
    ],
)
def test_a_description_that_was_tampered_with_leads_nowhere(desk: Desk, field: str, value: object) -> None:
    desk.begin("one")
    desk.crash()
    item = deleted_by_earlier_version(desk.store, desk.client, "J-014", desk.ref.name)
    path = desk.store.layout.trash / item / "item.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), field: value}))
    before = {found: found.read_bytes() for found in desk.store.layout.trash.rglob("*") if found.is_file()}
    trash.purge(desk.store, trash.delete_client(desk.store, add_client(desk.store, "K-015"), "K-015"))
    assert trash.items(desk.store) == []
    assert [(found.what, found.damaged) for found in check(desk.store).findings] == [(f"trash/{item}", True)]
    assert {found: found.read_bytes() for found in before} == before


def test_an_interview_waits_for_its_client_whose_description_cannot_be_read(mine: Desk) -> None:
    before, ref = contents(mine.store), mine.ref
    interview = deleted_by_earlier_version(mine.store, mine.client, "M-001", ref.name)
    client = deleted_by_earlier_version(mine.store, mine.client, "M-001")
    path = mine.store.layout.trash / client / "item.json"
    description = path.read_bytes()
    path.write_bytes(description[:-9])
    for _ in range(2):
        trash.delete_client(mine.store, add_client(mine.store, "K-015"), "K-015")
        assert [item.id for item in trash.items(mine.store) if item.what == "session"] == [interview]
        assert [(found.what, found.damaged) for found in check(mine.store).findings] == [(f"trash/{client}", True)]
    path.write_bytes(description)
    trash.restore(mine.store, trash.find(mine.store, client))
    trash.restore(mine.store, trash.find(mine.store, ref.id))
    assert before.items() <= contents(mine.store).items()


@pytest.mark.parametrize("steps", [1, 2])
def test_protecting_and_unprotecting_take_it_along(desk: Desk, steps: int) -> None:
    desk.begin("Zwetschge", "/end")
    desk.begin("Mirabelle").keep_draft("Schlehe")
    desk.crash()
    ref, keys = desk.ref, key_file()[1]
    deleted_by_earlier_version(desk.store, desk.client, "J-014", ref.name, moves=steps)
    deleted_by_earlier_version(desk.store, desk.client, "J-014", moves=steps)
    root, now, new_id, who = desk.store.root, desk.store.now, desk.store.new_id, desk.store.who
    opened = StoreKeys(keys.records, lambda: keys.notes)
    convert.protect(JsonStore(root, now, new_id, who, opened), key_file()[0])
    words = (b"Zwetschge", b"Mirabelle", b"Schlehe", b"J-014")
    assert not [path for path in root.rglob("*") if path.is_file() and any(word in path.read_bytes() for word in words)]
    sealed = JsonStore(root, now, new_id, who, StoreKeys(keys.records, lambda: keys.notes))
    assert {item.what for item in trash.items(sealed)} == {"client", "session"}
    assert not any(found.damaged for found in check(sealed).findings)
    convert.unprotect(JsonStore(root, now, new_id, who, opened))
    plain = JsonStore(root, now, new_id, who)
    for item in sorted(trash.items(plain), key=lambda item: item.what):
        trash.restore(plain, item)
    desk.store = plain
    assert desk.words == ["Mirabelle"]
    assert check(plain).findings == ()


@pytest.mark.parametrize("steps", [1, 2])
def test_a_store_that_was_killed_while_it_was_protected_takes_it_along(desk: Desk, steps: int) -> None:
    """Version 0.1.0 was killed half-way through `protect`, after it had made the keys."""
    desk.begin("Zwetschge", "/end")
    desk.crash()
    keys, root = key_file()[1], desk.store.root
    store = JsonStore(
        root, desk.store.now, desk.store.new_id, desk.store.who, StoreKeys(keys.records, lambda: keys.notes)
    )
    deleted_by_earlier_version(desk.store, desk.client, "J-014", moves=steps)
    home = next(
        path for path in (root / "clients" / desk.client, *root.glob(f"trash/*/{desk.client}")) if path.exists()
    )
    desk.store.write_keys(key_file()[0])
    for codec in (store.layout.codec, store.keys.notes()):
        codec.make_keys(home, desk.client)
    info = desk.store.info()
    desk.store.save_info(desk.store.next_revision(info.replace(protection=Protection.PROTECTING)))
    earlier_protection.bring_up(store)
    assert not [path for path in root.rglob("*") if path.is_file() and b"Zwetschge" in path.read_bytes()]
    sealed = JsonStore(root, store.now, store.new_id, store.who, StoreKeys(keys.records, lambda: keys.notes))
    for item in trash.items(sealed):
        trash.restore(sealed, item)
    desk.store = sealed
    assert desk.words == ["Zwetschge"]
    assert check(sealed).findings == ()
