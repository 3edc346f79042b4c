"""An interview is moved to another client, and back; what cannot be moved; what was broken off."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from mi_cli.errors import Damaged, Failed, InUse
from mi_cli.records.client_facts import Mandate
from mi_cli.records.progress_note import ProgressNote
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import FactName, Status
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.disclosures import deliver
from mi_cli.store.records.interviews import hold_interview, read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import LogEvent
from mi_cli.store.records.making import create_store
from mi_cli.store.records.progress_notes import add_note, sign
from mi_cli.store.upkeep import moving, trash
from mi_cli.store.upkeep.check import check
from mi_cli.words.clients import client_words
from tests.builders import DOCUMENT, Sender, protected_store, unlocked
from tests.conftest import Desk, Ticking

WORDS = client_words("en")
SAID = (
    "+ Reineclaude", "/goal Be home", "/step Call Ann @ Friday", "/importance @driving 7", "/focus plums", "/share 1",
    "/mandated court", "/fact reach By letter", "/share f2", "/share f3",
)  # fmt: skip


@pytest.fixture(params=["plain", "protected"])
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """A store with the clients J-O14 and J-014."""
    ids, now = (f"{number:08d}" for number in count(1)), Ticking()
    if request.param == "plain":
        store = JsonStore(tmp_path / "store", now, lambda: next(ids), "A. Counselor")
        create_store(store)
    else:
        store = protected_store(tmp_path / "store", now, lambda: next(ids))
    with ExitStack() as held:
        yield Desk(store, add_client(store, "J-O14"), held), Desk(store, add_client(store, "J-014"), held)


def move(wrong: Desk, right: Desk, ref: RecordRef | None = None) -> moving.Moved:
    return moving.move_interview(wrong.store, ref or latest(wrong), right.client, WORDS)


def latest(desk: Desk) -> RecordRef:
    return desk.store.catalog.sessions([desk.client])[0]


def kept(desk: Desk) -> dict[str, Any]:
    """All that is kept of a client, without what each save changes."""
    store, client = desk.store, desk.client

    def bare(record: Any) -> Any:
        fields = json.loads(record.to_bytes())
        return {name: fields[name] for name in fields if name not in ("id", "updated_at", "revision", "created_at")}

    refs = store.catalog.sessions([client])
    return {
        "sessions": [(ref.name, bare(store.session(ref))) for ref in refs],
        "notes": [{**bare(read_notes(store, ref)), "pending": []} for ref in refs],
        "plan": bare(store.plan(client)),
        "facts": bare(store.client_facts(client)),
        "client": bare(store.client(client)),
    }


def files(desk: Desk) -> dict[Path, bytes]:
    root = desk.store.layout.client(desk.client)
    return {path: path.read_bytes() for path in root.rglob("*.json") if "key" not in path.name}


def words_known(store: JsonStore, client: str) -> dict[str, str | None]:
    single = store.client_facts(client).single.items()
    return {field: part.by if isinstance(part, Mandate) else part.words for field, part in single}


def events_of(store: JsonStore) -> list[str]:
    return [event.what for event in store.log.events() if isinstance(event, LogEvent)]


def test_it_goes_with_all_that_came_from_it_and_comes_back(two: tuple[Desk, Desk]) -> None:
    wrong, right = two
    right.begin("+ Mirabelle", "/goal Sleep", "/importance @sleep 5", "/share 1", "/end")
    wrong.begin("+ Zwetschge", "/goal Sing", "/importance @driving 3", "/share 1", "/fact limits No car", "/end")
    wrong.begin(*SAID, "/end")
    wrong.crash()
    before, ref = (kept(wrong), kept(right)), latest(wrong)
    moved = move(wrong, right)
    assert (moved.ref, moved.goals, moved.shared) == (RecordRef(ref.name, right.client), 1, 3)
    assert moved.facts_go == {FactName.TARGET, FactName.MANDATE, FactName.REACH}
    assert moved.facts_stay == {FactName.LIMITS}, "noted on the same day"
    assert moved.goals_stay
    store = wrong.store
    assert [ref.client for ref in store.catalog.sessions() if ref.id == moved.ref.id] == [right.client]
    assert [goal.words for goal in store.plan(right.client).goals] == ["Sleep", "Be home"]
    assert [goal.words for goal in store.plan(wrong.client).goals] == ["Sing"]
    assert [item.words for item in store.plan(right.client).shared] == ["Mirabelle", "Reineclaude"]
    assert [item.words for item in store.plan(wrong.client).shared] == ["Zwetschge"]
    assert {one.name for one in store.client_facts(right.client).targets} == {"sleep", "driving", "plums"}
    assert {one.name for one in store.client_facts(wrong.client).targets} == {"driving"}, "the other one names it"
    assert words_known(store, right.client) == {"mandate": "court", "reach": "By letter"}
    assert words_known(store, wrong.client) == {"limits": "No car"}
    assert [(copy.name, copy.words) for copy in store.plan(right.client).facts] == [
        (FactName.MANDATE, "court"),
        (FactName.REACH, "By letter"),
    ]
    assert store.plan(wrong.client).facts == ()
    assert check(store).findings == ()
    assert "moved" in events_of(store)
    back = move(right, wrong, moved.ref)
    assert back.ref == ref
    assert (kept(wrong), kept(right)) == before
    assert check(store).findings == ()


def test_a_fact_that_the_other_client_has_is_not_overwritten(two: tuple[Desk, Desk]) -> None:
    wrong, right = two
    right.begin("/fact reach By phone", "/end")
    wrong.begin(*SAID, "/end")
    wrong.crash()
    before = (kept(wrong), kept(right))
    moved = move(wrong, right)
    assert moved.facts_go == {FactName.TARGET, FactName.MANDATE}
    assert moved.facts_stay == {FactName.REACH}
    assert words_known(wrong.store, right.client) == {"mandate": "court", "reach": "By phone"}
    assert words_known(wrong.store, wrong.client) == {"reach": "By letter"}
    assert wrong.store.plan(wrong.client).facts == (), "what may be passed on is the other client's"
    move(right, wrong, moved.ref)
    assert (kept(wrong), kept(right)) == before


def test_it_is_refused_where_a_progress_note_was_written_of_it(two: tuple[Desk, Desk]) -> None:
    wrong, right = two
    wrong.begin(*SAID, "/end")
    wrong.crash()
    store, session = wrong.store, latest(wrong)
    head = {"schema_": ProgressNote.SCHEMA, "created_at": store.now(), "updated_at": store.now(), "revision": 1}
    about = {
        "client": wrong.client,
        "session": session.id,
        "format": "girp",
        "language": "en",
        "counselor": "A. Counselor",
    }
    note = add_note(store, ProgressNote(**head, id="note0001", **about, written_at=store.now()))
    for signed, hint in ((False, "mi note delete note0001"), (True, "mi note amend note0001")):
        if signed:
            sign(store, note, "A. Counselor", None)
        before = files(wrong) | files(right)
        with pytest.raises(Failed, match="its progress note stands in the record") as refused:
            move(wrong, right)
        assert hint in refused.value.hint
        assert files(wrong) | files(right) == before
        assert store.clients().moving == {}


def test_nothing_of_it_stays_in_the_files_of_the_client_it_was_with(two: tuple[Desk, Desk]) -> None:
    wrong, right = two
    wrong.begin(*SAID, "/end")
    wrong.crash()
    move(wrong, right)
    told = (b"Reineclaude", b"driving", b"court", b"By letter", b"plums")
    assert not [path for path, data in files(wrong).items() if any(words in data for words in told)]
    names = {path.parent.name for path in files(wrong)}
    assert not names & {"sessions", "notes"}


def test_a_paused_one_goes_on_with_the_other_client_and_undo_does_no_harm(two: tuple[Desk, Desk]) -> None:
    wrong, right = two
    right.begin("/mandated probation", "/end")
    recorder = wrong.begin(*SAID)
    recorder.pause()
    recorder.keep_draft("half a line")
    wrong.crash()
    ref = move(wrong, right).ref
    with hold_interview(right.store, ref) as held:
        assert held.draft(held.notes.last_turn) == "half a line"
    resumed = right.resume()
    resumed.drop_draft()
    for _ in range(12):
        assert resumed.enter("/undo").error is None
    right.crash()
    mandate = right.store.client_facts(right.client).mandate
    assert mandate is not None
    assert mandate.by == "probation"
    assert right.store.plan(right.client).goals == ()
    assert check(right.store).findings == ()


def test_it_is_refused_while_it_is_open_or_held(two: tuple[Desk, Desk]) -> None:
    wrong, right = two
    wrong.begin(*SAID)
    with pytest.raises(InUse):
        move(wrong, right)
    before = files(wrong) | files(right)
    wrong.crash()
    assert wrong.store.session(latest(wrong)).status is Status.OPEN
    with pytest.raises(Failed, match="cannot be moved yet") as refused:
        move(wrong, right)
    assert "mi session resume" in refused.value.hint
    assert files(wrong) | files(right) == before
    assert wrong.store.clients().moving == {}


def test_it_is_refused_where_something_of_it_was_passed_on(two: tuple[Desk, Desk], tmp_path: Path) -> None:
    wrong, right = two
    (tmp_path / "out").mkdir()
    sender = Sender.with_consent(wrong.store, wrong.client)
    sender.to_file(tmp_path / "out" / "before.md")
    wrong.begin("/goal Be home", "/end")
    wrong.crash()
    goal = wrong.store.plan(wrong.client).goals[0].id
    moved = move(wrong, right).ref
    move(right, wrong, moved)
    document = replace(DOCUMENT, goals=(goal,))
    deliver(wrong.store, sender.permit, sender.judge, document, tmp_path / "out" / "after.md")
    before = files(wrong) | files(right)
    with pytest.raises(Failed, match="something from it was passed on") as refused:
        move(wrong, right)
    assert "mi session delete" in refused.value.hint
    assert files(wrong) | files(right) == before


def test_what_the_other_client_agreed_to_is_as_it_was(two: tuple[Desk, Desk], tmp_path: Path) -> None:
    wrong, right = two
    (tmp_path / "out").mkdir()
    Sender.with_consent(right.store, right.client).to_file(tmp_path / "out" / "a.md")
    right.begin("/goal Sleep", "/end")
    wrong.begin(*SAID, "/end")
    wrong.crash()

    def passed_on() -> dict[Path, bytes]:
        return {path: data for path, data in files(right).items() if path.parent.name in ("consents", "disclosures")}

    before = passed_on()
    move(wrong, right)
    assert passed_on() == before != {}
    assert check(right.store).findings == ()


def test_a_client_in_the_trash_and_an_interview_that_is_gone_are_refused(two: tuple[Desk, Desk]) -> None:
    wrong, right = two
    wrong.begin("one", "/end")
    wrong.crash()
    ref = latest(wrong)
    trash.delete_client(right.store, right.client, "J-014")
    with pytest.raises(Failed, match="not in the store"):
        move(wrong, right)
    trash.restore(right.store, trash.items(right.store)[0])
    trash.delete_session(wrong.store, ref, "J-O14")
    with pytest.raises(Damaged):
        move(wrong, right, ref)
    assert wrong.store.clients().moving == {}


def broken_off(wrong: Desk, right: Desk, monkeypatch: pytest.MonkeyPatch) -> RecordRef:
    """A move of which nothing is done but that it was decided."""
    ref = latest(wrong)
    with monkeypatch.context() as patched:
        patched.setattr(moving, "_finish", lambda *_: None)
        move(wrong, right)
    return ref


def test_what_was_broken_off_is_named_and_finished(two: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, right = two
    wrong.begin(*SAID, "/end")
    wrong.crash()
    ref = broken_off(wrong, right, monkeypatch)
    assert [found.why for found in check(wrong.store).findings] == [
        "moving an interview to another client was broken off"
    ]
    moving.finish_moves(wrong.store)
    assert latest(right).id == ref.id
    assert check(wrong.store).findings == ()
    moving.finish_moves(wrong.store)
    assert events_of(wrong.store).count("moved") == 1


def test_what_is_changed_meanwhile_is_not_lost(two: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, right = two
    wrong.begin(*SAID, "/end")
    wrong.crash()
    broken_off(wrong, right, monkeypatch)
    plan = wrong.store.plan(wrong.client)
    changed = plan.replace(goals=(plan.goals[0].replace(signs=("calmer",)),))
    wrong.store.change_plan(wrong.client, lambda _: changed)
    moving.finish_moves(wrong.store)
    assert wrong.store.plan(right.client).goals[0].signs == ("calmer",)


def test_while_something_is_held_it_waits_and_nothing_is_lost(
    two: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, right = two
    wrong.begin(*SAID, "/end")
    wrong.crash()
    ref = broken_off(wrong, right, monkeypatch)
    with hold_interview(wrong.store, ref):
        moving.finish_moves(wrong.store)
        with pytest.raises(InUse):
            moving.finish_move(wrong.store, ref.id)
    moving.finish_moves(wrong.store)
    assert latest(right).id == ref.id


def test_an_event_that_cannot_be_logged_is_logged_later(
    two: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, right = two
    wrong.begin(*SAID, "/end")
    wrong.crash()
    with monkeypatch.context() as patched:
        patched.setattr(JsonStore, "locked_log", lambda _: (_ for _ in ()).throw(InUse("The log is in use.")))
        move(wrong, right)
    assert wrong.store.catalog.moves
    moving.finish_moves(wrong.store)
    assert not wrong.store.catalog.moves
    assert check(wrong.store).findings == ()


def test_one_that_came_back_with_a_backup_is_named(two: tuple[Desk, Desk]) -> None:
    wrong, right = two
    wrong.begin(*SAID[:-1], "/end")
    wrong.crash()
    source = latest(wrong)
    layout = wrong.store.layout
    paths = (layout.session(source), layout.notes(source))
    former = [path.read_bytes() for path in paths]
    move(wrong, right)
    for path, data in zip(paths, former, strict=True):
        path.write_bytes(data)
    twice = [found for found in check(wrong.store).findings if "with two clients" in found.why]
    assert {found.what for found in twice} == {
        layout.display_path(layout.session(ref)) for ref in (source, RecordRef(source.name, right.client))
    }
    move(wrong, right, source)
    assert not [found for found in check(wrong.store).findings if "two clients" in found.why]
    assert any(layout.quarantine.rglob("*.json")), "what was there is kept"


def test_it_can_be_opened_with_the_passphrase_alone(tmp_path: Path) -> None:
    ids = (f"{number:08d}" for number in count(1))
    store = protected_store(tmp_path / "store", Ticking(), lambda: next(ids))
    with ExitStack() as held:
        wrong, right = (Desk(store, add_client(store, code), held) for code in ("J-O14", "J-014"))
        wrong.begin(*SAID, "/end")
        wrong.crash()
        ref = move(wrong, right).ref
    opened = store.with_keys(unlocked(store.root))
    assert next(entry.words for entry in read_notes(opened, ref).entries) == "Reineclaude"
