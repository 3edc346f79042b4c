"""Several processes at once: one holds an interview, ten add to the same record."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mi_cli.records.terms import Kind
from mi_cli.store.disk import atomic
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.consents import add_consent, consents
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import LogEvent
from mi_cli.store.upkeep.check import check
from tests import builders
from tests.conftest import Ran
from tests.zygote import Child, Zygote

WRITERS = 10


@pytest.fixture
def holder(zygote: Zygote, made: Path) -> Child:
    """A process in the midst of an interview with J-014."""
    child = zygote.mi("--store", str(made), "session", "start", "J-014", "--counselor", "Ana\x1b[31m Ruiz")
    child.send("Zwetschge\n")
    child.read_until(out=b"saved 1")
    return child


@pytest.mark.parametrize(
    "command",
    [
        ("session", "resume", "J-014"),
        ("session", "resume", "last"),
        ("session", "resume"),
        ("session", "delete", "J-014", "--yes"),
        ("client", "delete", "J-014", "--yes"),
    ],
    ids=" ".join,
)
def test_what_another_process_holds_is_left_to_it(
    holder: Child, mi: Callable[..., Ran], files: JsonStore, command: tuple[str, ...]
) -> None:
    before = {path: path.read_bytes() for path in (files.layout.clients).rglob("*.json")}
    ran = mi(*command, lines="Mirabelle\n")
    assert ran.code == 6
    assert f"by Ana[31m Ruiz (process {holder.pid}) since " in ran.err
    assert "Zwetschge" not in ran.err
    assert {path: path.read_bytes() for path in (files.layout.clients).rglob("*.json")} == before
    assert mi("session", "list").code == 0
    assert "Zwetschge" in mi("session", "show", "last").out
    holder.send("Quitte\n")
    holder.read_until(out=b"saved 2")
    assert holder.finish("/end\n").code == 0


def test_a_killed_holder_holds_nothing(holder: Child, mi: Callable[..., Ran], files: JsonStore) -> None:
    holder.kill()
    ran = mi("session", "resume", "J-014", lines="Mirabelle\n/end\n")
    assert (ran.code, ran.err) == (0, "")
    ref = files.catalog.sessions()[0]
    assert [entry.words for entry in read_notes(files, ref).entries] == ["Zwetschge", "Mirabelle"]
    assert not (files.layout.locks / f"{ref.id}.lock").exists()


def test_another_client_is_free_meanwhile(holder: Child, mi: Callable[..., Ran]) -> None:
    assert mi("session", "start", "K-015", lines="Mirabelle\n/end\n").code == 0
    assert mi("session", "start", "J-014", lines="Mirabelle\n/end\n").code == 0
    assert mi("client", "delete", "K-015", "--yes").code == 0
    assert holder.finish("/end\n").code == 0


def test_ten_amendments_at_once(zygote: Zygote, mi: Callable[..., Ran], files: JsonStore) -> None:
    assert mi("session", "start", "J-014", lines="one\n/end two\n").code == 0
    writers = [zygote.mi("--store", str(files.layout.root), "session", "amend", "J-014", "-") for _ in range(WRITERS)]
    for number, writer in enumerate(writers):  # each waits for its words; the end of them lets it go on
        writer.send(f"addition {number}")
    for writer in writers:
        writer.close_stdin()
    assert [writer.finish().code for writer in writers] == [0] * WRITERS
    entries = read_notes(files, files.catalog.sessions()[0]).entries
    added = [entry for entry in entries if entry.kind is Kind.AMENDMENT]
    assert sorted(str(entry.words) for entry in added) == [f"addition {number}" for number in range(WRITERS)]
    assert [entry.n for entry in entries] == list(range(1, WRITERS + 3))
    all_logged(files)


def test_ten_notes_of_progress_at_once(zygote: Zygote, mi: Callable[..., Ran], files: JsonStore) -> None:
    assert mi("session", "start", "J-014", lines="/goal home by six\n/end\n").code == 0
    root, client = str(files.layout.root), files.codes()["J-014"]
    writers = [zygote.mi("--store", root, "goals", "progress", "J-014", "-") for _ in range(WRITERS)]
    for number, writer in enumerate(writers):
        writer.send(f"addition {number}")
    for writer in writers:
        writer.close_stdin()
    assert [writer.finish().code for writer in writers] == [0] * WRITERS
    plan = files.plan(client)
    assert sorted(note.words for note in plan.goals[0].progress) == [f"addition {number}" for number in range(WRITERS)]
    assert plan.revision == 1 + WRITERS
    all_logged(files)


def test_a_consent_is_taken_back_once(zygote: Zygote, files: JsonStore) -> None:
    client = add_client(files, "J-014")
    given = [builders.consent(client=client, id=f"cons000{number}") for number in range(2)]
    for one in given:
        add_consent(files, one)
    root = str(files.layout.root)
    writers = [
        zygote.mi("--store", root, "consent", "revoke", one.id, "--yes") for _ in range(WRITERS // 2) for one in given
    ]
    assert sorted(writer.finish().code or 0 for writer in writers) == [0] * 2 + [1] * (WRITERS - 2)
    assert all(found.revoked and found.revision == 2 for found in consents(files, client))
    all_logged(files)


def all_logged(store: JsonStore) -> None:
    """The log is whole, and knows every record as it was last saved, whoever saved it."""
    logged = list(store.log.events())
    assert [event.n for event in logged if isinstance(event, LogEvent)] == list(range(1, len(logged) + 1))
    assert check(store).findings == ()
    saved = {store.layout.display_path(path) for path in store.layout.root.rglob("*.json")}
    assert {path for event in logged if isinstance(event, LogEvent) for path in event.records} == saved


def test_ten_new_clients_at_once(zygote: Zygote, files: JsonStore) -> None:
    codes = [f"K-{number}" for number in range(WRITERS)]
    root = str(files.layout.root)
    writers = [zygote.mi("--store", root, "session", "start", code) for code in codes]
    for writer in writers:
        writer.close_stdin()
    assert [writer.finish().code for writer in writers] == [0] * WRITERS
    known = files.codes()
    assert sorted(known) == codes
    assert sorted(known.values()) == sorted(files.catalog.client_ids())
    assert len(files.catalog.sessions()) == WRITERS
    all_logged(files)


def test_one_code_is_given_once(zygote: Zygote, files: JsonStore) -> None:
    root = str(files.layout.root)
    writers = [zygote.mi("--store", root, "client", "add", "J-014") for _ in range(4)]
    assert sorted(writer.finish().code or 0 for writer in writers) == [0, 1, 1, 1]
    assert len(files.codes()) == len(files.catalog.client_ids()) == 1


def test_a_leftover_of_the_dead_is_swept_and_that_of_the_living_is_not(
    holder: Child, mi: Callable[..., Ran], files: JsonStore
) -> None:
    ref = files.catalog.sessions()[0]
    folder = files.layout.notes(ref).parent
    living = folder / f".{ref.name}.json.{holder.pid}{atomic.TEMPORARY}"
    living.write_text("{")
    assert mi("session", "start", "K-015", lines="").code == 0
    assert living.exists()
    holder.kill()
    assert mi("session", "start", "K-015", lines="").code == 0
    assert not living.exists()


@pytest.mark.parametrize("size", [6_000, 12_000, 20_000])
def test_a_file_that_may_not_grow(zygote: Zygote, mi: Callable[..., Ran], files: JsonStore, size: int) -> None:
    words = [f"{number} {'Zwetschge ' * 40}".strip() for number in range(60)]
    child = zygote.mi("--store", str(files.layout.root), "session", "start", "J-014", largest_file=size)
    child.finish("".join(f"{line}\n" for line in words))
    err = child.err.decode()
    assert child.code == 1
    assert "Not saved: the file would be larger than the system allows." in err
    assert "Zwetschge" not in err
    saved = child.out.count(b"\nsaved ")
    kept = [entry.words for entry in read_notes(files, files.catalog.sessions()[0]).entries]
    assert 0 < saved == len(kept) < len(words)
    assert kept == words[:saved]
    assert mi("session", "resume", "J-014", lines="more\n/end\n").code == 0
    assert mi("store", "check").code == 0
