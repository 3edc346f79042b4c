"""The log: who did what and when, and what was changed behind the program's back."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mi_cli.records.event_type import EventType
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.interviews import amend
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import Log, LogEvent
from mi_cli.store.records.making import create_store
from mi_cli.store.records.tries import note_failed_try
from mi_cli.store.upkeep import trash
from mi_cli.store.upkeep.check import check
from tests.builders import protected_store
from tests.conftest import Desk, Ran, Ticking


@pytest.fixture(params=["plain", "protected"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A store of either kind with the client J-014."""
    ids = (f"{number:08d}" for number in count(1))
    if request.param == "plain":
        store = JsonStore(tmp_path / "store", Ticking(), lambda: next(ids), "A. Counselor")
        create_store(store)
    else:
        store = protected_store(tmp_path / "store", Ticking(), lambda: next(ids))
        store.keys.newly_opened = False
    with ExitStack() as held:
        yield Desk(store, add_client(store, "J-014", "en"), held)


def logged(store: JsonStore) -> list[str]:
    return [event.what if isinstance(event, LogEvent) else event for event in store.log.events()]


def found(store: JsonStore) -> list[tuple[str, str]]:
    return [(finding.what, finding.why) for finding in check(store).findings]


def test_it_tells_what_was_done_and_nothing_that_was_said(desk: Desk) -> None:
    desk.begin("+d Zwetschge", "/goal Mirabelle", "/end Quitte")
    desk.crash()
    amend(desk.store, desk.ref, "Schlehe")
    ref = desk.ref
    trash.restore(desk.store, trash.delete_session(desk.store, ref, "J-014"))
    assert logged(desk.store)[-5:] == ["began", "ended", "amended", "deleted", "brought back"]
    last = [event for event in desk.store.log.events() if isinstance(event, LogEvent)][-1]
    assert (last.by, last.client, last.record) == ("A. Counselor", desk.client, ref.id)
    plain = b"".join(event.line for event in desk.store.log.events() if isinstance(event, LogEvent))
    for word in (b"Zwetschge", b"Mirabelle", b"Quitte", b"Schlehe", b"J-014"):
        assert word not in plain
    assert found(desk.store) == []


def test_reading_leaves_no_trace(desk: Desk) -> None:
    desk.begin("Zwetschge", "/end")
    desk.crash()
    before = desk.store.layout.log.read_bytes()
    assert desk.notes
    assert desk.store.plan(desk.client)
    assert desk.store.codes()
    check(desk.store)
    assert desk.store.layout.log.read_bytes() == before


def test_a_line_typed_costs_no_event(desk: Desk) -> None:
    recorder = desk.begin("one")
    before = desk.store.layout.log.read_bytes()
    desk.enter(recorder, "two", "/goal three", "/step four")
    assert desk.store.layout.log.read_bytes() == before


def test_an_older_version_put_back_is_named(desk: Desk) -> None:
    recorder = desk.begin("one")
    paths = (desk.store.layout.notes(desk.ref), desk.store.layout.session(desk.ref))
    old = [path.read_bytes() for path in paths]
    desk.enter(recorder, "two", "/end")
    desk.crash()
    for path, data in zip(paths, old, strict=True):
        path.write_bytes(data)
    named = dict(found(desk.store))
    assert {desk.store.layout.display_path(path) for path in paths} == set(named)
    assert all("an older version is in its place" in why for why in named.values())


def test_a_plain_record_changed_by_hand_is_named(desk: Desk) -> None:
    if desk.store.keys.newly_opened or (desk.store.layout.root / "keys.json").exists():
        pytest.skip("a sealed one is named as damaged")
    desk.begin("one", "/end")
    desk.crash()
    path = desk.store.layout.session(desk.ref)
    path.write_bytes(path.read_bytes().replace(b"A. Counselor", b"B. Counselor"))
    assert found(desk.store) == [(desk.store.layout.display_path(path), "it was changed outside the program")]


def test_a_record_taken_away_is_named(desk: Desk) -> None:
    desk.begin("one", "/goal two", "/end")
    desk.crash()
    desk.store.layout.plan(desk.client).unlink()
    shown = desk.store.layout.display_path(desk.store.layout.plan(desk.client))
    assert found(desk.store) == [(shown, "it is gone, and nothing here took it away")]


def test_an_interview_that_was_killed_is_no_finding(desk: Desk, tmp_path: Path) -> None:
    recorder = desk.begin("one")
    log = desk.store.layout.log.read_bytes()
    desk.enter(recorder, "two")
    desk.crash()
    desk.store.layout.log.write_bytes(log)  # killed: the end was never logged
    assert found(desk.store) == []


@pytest.mark.parametrize("at", range(3))
def test_a_line_taken_out_is_missed(desk: Desk, at: int) -> None:
    desk.begin("one", "/end")
    desk.crash()
    lines = desk.store.layout.log.read_bytes().splitlines(keepends=True)
    desk.store.layout.log.write_bytes(b"".join(line for n, line in enumerate(lines) if n != at))
    assert any("does not follow" in why for what, why in found(desk.store) if what == "log.jsonl")


def test_a_line_torn_by_a_power_cut_is_named_and_the_log_goes_on(desk: Desk) -> None:
    log = desk.store.layout.log
    whole = log.read_bytes()
    log.write_bytes(whole + whole.splitlines()[-1][:40])
    desk.begin("one", "/end")
    desk.crash()
    assert logged(desk.store)[-2:] == ["began", "ended"]
    assert [(what, "is not whole" in why) for what, why in found(desk.store)] == [("log.jsonl", True)]


def test_a_wrong_passphrase_is_logged_with_the_next_event(desk: Desk) -> None:
    note_failed_try(desk.store.layout.root, datetime(2026, 11, 23, 13, 0, tzinfo=UTC))
    tries = desk.store.layout.root / "tries.txt"
    tries.write_text(tries.read_text() + "no time\n")
    desk.store.log_event(EventType.CHANGED)
    event = [event for event in desk.store.log.events() if isinstance(event, LogEvent)][-2]
    assert (event.what, event.at, event.by) == ("not unlocked", datetime(2026, 11, 23, 13, 0, tzinfo=UTC), "")
    assert not tries.exists()


def test_opening_with_the_passphrase_is_told_once(desk: Desk) -> None:
    desk.store.keys.newly_opened = True
    desk.store.log_event(EventType.CHANGED)
    desk.store.log_event(EventType.CHANGED)
    assert logged(desk.store)[-3:] == ["unlocked", "changed", "changed"]


def test_a_full_disk_stops_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("mi_cli.store.records.log.os.write", full)
        desk.store.log_event(EventType.CHANGED)
    desk.begin("one", "/end")
    desk.crash()
    assert found(desk.store) == []


def test_a_line_is_json(desk: Desk) -> None:
    desk.begin("one", "/end")
    for line in desk.store.layout.log.read_text().splitlines():
        assert isinstance(json.loads(line), dict)


@pytest.mark.parametrize("path", ["../../precious.json", "/dev/zero", "clients/../../precious.json"])
def test_a_log_that_names_a_file_elsewhere_is_told_and_not_followed(desk: Desk, tmp_path: Path, path: str) -> None:
    if (desk.store.layout.root / "keys.json").exists():
        pytest.skip("a sealed line cannot be written by anybody else")
    (tmp_path / "precious.json").write_text('{"revision": 1}')
    log = desk.store.layout.log
    last = json.loads(log.read_bytes().splitlines()[-1])
    log.write_bytes(json.dumps({**last, "n": 1, "prev": "", "records": {path: [2, "x"]}}).encode() + b"\n")
    assert [(one.what, one.why) for one in check(desk.store).findings] == [
        ("log.jsonl", "it names a file outside the store")
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(["append", "cut", "change", "put back", "empty", "delete", "tear"]), max_size=9))
def test_what_was_read_of_the_log_is_never_believed_once_the_file_differs(desk: Desk, changes: list[str]) -> None:
    layout, kept = desk.store.layout, desk.store.log
    earlier = layout.log.read_bytes()
    for change in changes:
        data = layout.log.read_bytes() if layout.log.exists() else b""
        match change:
            case "append":
                desk.store.log_event(EventType.CHANGED)
            case "cut":
                layout.log.write_bytes(b"".join(data.splitlines(keepends=True)[:-1]))
            case "change":
                layout.log.write_bytes(data.replace(b"a", b"b"))  # of the same length
            case "put back":
                layout.log.write_bytes(earlier)
            case "empty":
                layout.log.write_bytes(b"")
            case "delete":
                layout.log.unlink(missing_ok=True)
            case "tear":
                layout.log.write_bytes(data[:-5])
        anew = Log(layout)
        assert kept.reading() == anew.reading()
        assert list(kept.events()) == list(anew.events())
    layout.log.write_bytes(earlier)


def test_a_line_of_the_log_is_parsed_once_in_a_command(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.begin("one", "/end")
    parsed: list[bytes] = []
    of = LogEvent.of

    def counted(line: bytes) -> LogEvent:
        parsed.append(line)
        return of(line)

    monkeypatch.setattr(LogEvent, "of", counted)
    before = desk.store.log.reading()
    lines = len(parsed)
    assert desk.store.log.reading() == before
    assert len(parsed) == lines
    desk.store.log_event(EventType.CHANGED)
    parsed.clear()
    assert desk.store.log.reading().end.n == before.end.n + 1
    assert len(parsed) == 1


@pytest.mark.parametrize("broken", [b"{}\n" * 300_000, b"\n" * 300_000, None])
def test_a_log_that_is_none_is_set_aside_and_nobody_waits_for_it(
    mi: Callable[..., Ran], tmp_path: Path, broken: bytes | None
) -> None:
    """Very many lines that are none, or a file larger than any log."""
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines="one\n/goal home\n/end\n").code == 0
    log = tmp_path / "store" / "log.jsonl"
    if broken is None:
        os.truncate(log, 10 << 30)
    else:
        with log.open("ab") as file:
            file.write(broken)
    with pytest.MonkeyPatch.context() as patched:
        parsed = count()
        real = LogEvent.of
        patched.setattr(LogEvent, "of", lambda line: (next(parsed), real(line))[1])
        assert mi("session", "list").code == 0
        assert mi("session", "start", "J-014", lines="two\n/end\n").code == 0
        assert mi("goals", "export", "J-014", "--client-copy").code in (3, 5)
        assert next(parsed) < 20_000
    assert mi("store", "check", "--repair").code == 0
    assert mi("store", "check", "--confirm", "--yes").code == 0
    assert mi("goals", "export", "J-014", "--client-copy").code == 0
    assert mi("store", "check").out.endswith(" records are sound.\n")
