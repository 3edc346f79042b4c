"""Interviews held, drafts, amendments."""

import pytest

from mi_cli.errors import Damaged, Failed, InUse
from mi_cli.records.terms import Kind, Status
from mi_cli.store.records.interviews import amend, hold_interview, read_notes, require_closed
from mi_cli.store.upkeep import trash
from mi_cli.store.upkeep.check import check
from tests.conftest import Desk


def test_one_at_a_time(desk: Desk) -> None:
    desk.begin("one")
    with pytest.raises(InUse, match=r"A\. Counselor"), hold_interview(desk.store, desk.ref):
        pass
    desk.crash()
    with hold_interview(desk.store, desk.ref) as held:
        assert held.notes == desk.notes


def test_no_interview_with_a_client_who_was_deleted_meanwhile(desk: Desk) -> None:
    trash.delete_client(desk.store, desk.client, "J-014")
    with pytest.raises(Failed, match="not in the store"):
        desk.begin("one")
    assert desk.store.catalog.client_ids() == []
    trash.restore(desk.store, trash.items(desk.store)[0])
    desk.begin("one")
    assert desk.words == ["one"]


def test_a_draft_comes_back_once(desk: Desk) -> None:
    recorder = desk.begin("one")
    recorder.keep_draft("half \udcff a line")
    desk.crash()
    recorder = desk.resume()
    assert recorder.draft() == "half \ufffd a line"
    desk.enter(recorder, "half a line, and more")
    assert recorder.draft() == ""
    recorder.keep_draft("x")
    recorder.drop_draft()
    recorder.drop_draft()
    assert recorder.draft() == ""


def test_the_half_typed_line_of_another_interview_is_none_of_this_one(desk: Desk) -> None:
    desk.begin("one").keep_draft("half a line")
    desk.crash()
    (first,) = desk.store.catalog.sessions()
    recorder = desk.begin("another")
    layout = desk.store.layout
    layout.draft(first).rename(layout.draft(desk.ref))
    assert recorder.draft() == ""
    layout.draft(desk.ref).write_text('{"turn": 9, "line": "half a line"}')
    assert recorder.draft() == "half a line", "earlier versions did not write whose it is"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"turn": "x", "line": "y"}', "[" * 100_000])
def test_a_draft_that_cannot_be_read_stops_nothing(desk: Desk, text: str) -> None:
    recorder = desk.begin("one")
    desk.store.layout.draft(desk.ref).write_text(text)
    assert recorder.draft() == ""
    assert check(desk.store).findings == ()


def test_only_a_closed_interview_is_amended(desk: Desk) -> None:
    recorder = desk.begin("one")
    desk.crash()
    with pytest.raises(Failed, match="not closed"):
        amend(desk.store, desk.ref, "two")
    recorder = desk.resume()
    desk.enter(recorder, "/undo", "/end")
    desk.crash()
    before = desk.session
    for n, words in ((2, "two\nlines"), (3, "three")):
        added = amend(desk.store, desk.ref, words)
        assert (added.n, added.kind, added.by) == (n, Kind.AMENDMENT, "A. Counselor")
    assert desk.words == ["two\nlines", "three"]
    assert desk.session == before
    assert before.status is Status.CLOSED


def test_notes_of_another_session_are_not_taken(desk: Desk) -> None:
    desk.begin("one")
    first = desk.ref
    desk.begin("two")
    layout = desk.store.layout
    layout.notes(first).write_bytes(layout.notes(desk.ref).read_bytes())
    with pytest.raises(Damaged, match="another interview's"):
        read_notes(desk.store, first)


def test_what_another_hand_put_in_its_place_is_kept_beside_what_was_said(desk: Desk) -> None:
    """A sync knows no lock: it brings the version of another computer."""
    recorder = desk.begin("one")
    desk.enter(recorder, "two")
    assert recorder.conflicts == 0
    theirs = desk.notes.replace(entries=(), revision=99).to_bytes()
    path = desk.store.layout.notes(desk.ref)
    path.write_bytes(theirs)
    desk.enter(recorder, "three", "four")
    assert recorder.conflicts == 1
    assert desk.words == ["one", "two", "three", "four"]
    assert [kept.read_bytes() for kept in desk.store.layout.quarantine.rglob(path.name)] == [theirs]


def test_a_record_that_was_taken_away_is_written_again(desk: Desk) -> None:
    recorder = desk.begin("one")
    desk.store.layout.notes(desk.ref).unlink()
    desk.enter(recorder, "two")
    assert (desk.words, recorder.conflicts) == (["one", "two"], 0)


def test_whether_words_can_be_added_is_known_before_they_are_asked_for(desk: Desk) -> None:
    desk.begin("one")
    with pytest.raises(InUse):
        require_closed(desk.store, desk.ref)
    desk.crash()
    with pytest.raises(Failed, match="not closed"):
        require_closed(desk.store, desk.ref)
    desk.enter(desk.resume(), "/end")
    desk.crash()
    require_closed(desk.store, desk.ref)
