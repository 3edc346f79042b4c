import errno
import io
import json
import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mi_cli.errors import Damaged, Failed, Refused, SaveFailed, WrongUsage
from mi_cli.records.disclosure import Delivery, Disclosure
from mi_cli.records.event_type import EventType
from mi_cli.records.matters import delivered
from mi_cli.records.terms import Basis, Category, Event
from mi_cli.store.records.clients import save_identity
from mi_cli.store.records.consents import add_consent, revoke
from mi_cli.store.records.disclosures import deliver, entries, file_state, sources
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import chain_faults, finish_all_interrupted_deliveries, ledger
from mi_cli.store.upkeep.check import check
from mi_cli.terminal.consent_pages import delivery_text
from mi_cli.words.told import told
from tests.builders import DOCUMENT, THERAPIST, Sender, consent
from tests.conftest import Desk


@pytest.fixture
def sender(desk: Desk) -> Sender:
    return Sender.with_consent(desk.store, desk.client)


def log(sender: Sender) -> list[Disclosure]:
    return entries(sender.store, sender.client)


def faults(sender: Sender) -> list[str]:
    return chain_faults(log(sender), ledger(sender.store, sender.client))


def test_an_entry_says_who_when_to_whom_what_why_and_on_what_basis(sender: Sender, tmp_path: Path) -> None:
    target = tmp_path / "handoff.md"
    entry = sender.to_file(target)
    assert target.read_bytes() == DOCUMENT.content
    assert target.stat().st_mode & 0o777 == 0o600
    assert log(sender) == [entry]
    assert entry.model_dump(mode="json", exclude={"id", "created_at", "updated_at"}) == {
        "schema": "mi.disclosure/1", "revision": 1, "client": sender.client, "seq": 1, "event": "disclosed", "of": None,
        "by": "A. Counselor", "basis": "consent", "consent": "cons0001", "recipient": "A. Therapist", "as_one_of": None,
        "organization": "Riverside CBT", "address": None, "purpose": None,
        "purpose_text": "treatment, payment and health care operations", "what": ["goal-plan"],
        "goals": ["goal0001"], "format": "md", "path": str(target), "file_sha256": sha256(b"the goals").hexdigest(),
        "notice_version": "2024", "consent_copy": True, "prev_hash": None,
    }  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["handoff.md", "store"]


def test_an_entry_has_the_address_of_the_recipient(desk: Desk, tmp_path: Path) -> None:
    at = THERAPIST.replace(address="1 Example Street")
    add_consent(desk.store, consent(client=desk.client, created_at=desk.store.now(), recipients=(at,)))
    assert Sender(desk.store, desk.client).to_file(tmp_path / "handoff.md").address == "1 Example Street"


@pytest.mark.parametrize("changed", ["plan", "identity"])
def test_what_changed_while_the_document_was_made_is_not_passed_on(
    desk: Desk, sender: Sender, tmp_path: Path, changed: str
) -> None:
    target, store = tmp_path / "handoff.md", desk.store
    document = replace(DOCUMENT, made_of=sources(store, desk.client))
    if changed == "plan":
        desk.begin("/goal Walk")
    else:
        save_identity(store, desk.client, "Jo Example")
    with pytest.raises(Refused) as refused:
        deliver(store, sender.permit, sender.judge, document, target)
    assert told(refused.value, "es")[0].startswith("El plan o el nombre del cliente cambió")
    assert (target.exists(), log(sender)) == (False, [])


def test_entries_are_chained(sender: Sender, tmp_path: Path) -> None:
    first, second = sender.to_file(tmp_path / "1.md"), sender.to_file(tmp_path / "2.md")
    assert (second.seq, second.prev_hash) == (2, first.hash)
    fields = json.loads(first.to_bytes())
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert first.hash == sha256(canonical.encode()).hexdigest()  # so another program can check it, too
    assert faults(sender) == []
    assert check(sender.store).findings == ()


def test_a_file_that_is_there_is_not_written_over_unasked(sender: Sender, tmp_path: Path) -> None:
    target = tmp_path / "handoff.md"
    target.write_bytes(b"older")
    with pytest.raises(Failed, match="There is a file"):
        sender.to_file(target)
    assert (target.read_bytes(), log(sender)) == (b"older", [])
    sender.to_file(target, overwrite=True)
    assert (target.read_bytes(), len(log(sender))) == (b"the goals", 1)


def test_a_file_that_came_meanwhile_is_not_written_over_and_the_log_says_so(
    sender: Sender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "handoff.md"
    real = os.link

    def late(source: Path, to: Path) -> None:
        target.write_bytes(b"another's")
        real(source, to)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(Failed, match="There is a file"):
        sender.to_file(target)
    assert target.read_bytes() == b"another's"
    assert [(entry.seq, entry.event, entry.of) for entry in log(sender)] == [
        (1, Event.DISCLOSED, None), (2, Event.NOT_DELIVERED, 1),
    ]  # fmt: skip
    assert faults(sender) == []


def test_a_file_system_without_links_will_do(sender: Sender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(_source: Path, _to: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", unable)
    sender.to_file(tmp_path / "handoff.md")
    assert [entry.event for entry in log(sender)] == [Event.DISCLOSED]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["handoff.md", "store"]


def test_a_folder_that_is_not_there(sender: Sender, tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such folder"):
        sender.to_file(tmp_path / "nowhere" / "handoff.md")
    assert log(sender) == []


def test_a_name_that_is_no_text(sender: Sender, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        sender.to_file(tmp_path / os.fsdecode(b"\xff.md"))
    assert log(sender) == []


def test_a_consent_taken_back_between_check_and_write_counts_as_taken_back(sender: Sender, tmp_path: Path) -> None:
    permit = sender.permit
    revoke(sender.store, sender.store.catalog.find_consent("last"), "by telephone, then by letter")
    with pytest.raises(Refused, match="taken back"):
        deliver(sender.store, permit, sender.judge, DOCUMENT, tmp_path / "handoff.md")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
    assert log(sender) == []


def test_a_permit_that_would_be_another_by_now_is_refused(sender: Sender, tmp_path: Path) -> None:
    permit = sender.permit
    ref = sender.store.catalog.find_consent("last")
    consent = permit.consent
    assert consent
    changed = consent.replace(scope_categories=consent.scope_categories[:1])
    sender.store.save(sender.store.layout.consent(ref), sender.store.next_revision(changed))
    sender.store.log_event(EventType.CHANGED)
    with pytest.raises(Refused, match="changed meanwhile"):
        deliver(sender.store, permit, sender.judge, DOCUMENT, tmp_path / "handoff.md")
    assert log(sender) == []


def test_a_document_with_more_in_it_than_is_permitted_does_not_go(sender: Sender, tmp_path: Path) -> None:
    too_much = replace(DOCUMENT, what=frozenset(Category))
    with pytest.raises(Refused, match="More is in it"):
        deliver(sender.store, sender.permit, sender.judge, too_much, tmp_path / "handoff.md")
    assert not (tmp_path / "handoff.md").exists()
    assert log(sender) == []


def test_on_standard_output_the_log_comes_first(sender: Sender) -> None:
    seen = []
    entry = sender.to_output(lambda content: seen.append((content, log(sender))))
    assert seen == [(DOCUMENT.content, [entry])]
    assert entry.path is None
    assert file_state(entry) == "printed"


def test_standard_output_that_breaks_stays_logged(sender: Sender) -> None:
    class Broken(io.RawIOBase):
        def write(self, _content: object) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        sender.to_output(Broken().write)
    assert [entry.event for entry in log(sender)] == [Event.DISCLOSED]
    assert faults(sender) == []


def test_the_clients_own_copy_is_logged(desk: Desk, tmp_path: Path) -> None:
    own = Sender(desk.store, desk.client, Basis.CLIENT_COPY)
    entry = own.to_file(tmp_path / "mine.md")
    assert (entry.basis, entry.recipient, entry.consent) == (Basis.CLIENT_COPY, None, None)


def test_what_became_of_a_document_is_told(sender: Sender, tmp_path: Path) -> None:
    target = tmp_path / "handoff.md"
    entry = sender.to_file(target)
    assert file_state(entry) == "same"
    target.write_bytes(b"other goals")
    assert file_state(entry) == "changed"
    target.unlink()
    assert file_state(entry) == "gone"


@pytest.mark.parametrize("broken", ["{", None])
def test_without_a_sound_ledger_nothing_is_passed_on(sender: Sender, tmp_path: Path, broken: str | None) -> None:
    sender.to_file(tmp_path / "1.md")
    path = sender.store.layout.ledger(sender.client)
    path.write_text(broken) if broken else path.unlink()
    with pytest.raises(Damaged, match=r"ledger\.json"):
        sender.to_file(tmp_path / "2.md")
    assert not (tmp_path / "2.md").exists()
    assert len(log(sender)) == 1
    assert any("ledger.json" in found.what for found in check(sender.store).findings)


# -- places that cannot be looked at ---------------------------------------------------------------------------------


@pytest.mark.parametrize("letters", [200, 244, 255])
def test_a_long_name_will_do(sender: Sender, tmp_path: Path, letters: int) -> None:
    target = tmp_path / f"{'n' * (letters - 3)}.md"
    sender.to_file(target)
    assert target.read_bytes() == DOCUMENT.content
    assert [entry.event for entry in log(sender)] == [Event.DISCLOSED]


@pytest.mark.parametrize("place", ["n" * 256, "a file/handoff.md", "n" * 256 + "/handoff.md"])
def test_a_place_that_cannot_be_is_refused_before_anything_is_logged(
    sender: Sender, tmp_path: Path, place: str
) -> None:
    (tmp_path / "a file").write_text("")
    before = ledger(sender.store, sender.client)
    with pytest.raises(Failed):
        sender.to_file(tmp_path / place)
    assert (ledger(sender.store, sender.client), log(sender)) == (before, [])
    assert sender.to_file(tmp_path / "next.md").seq == 1


def under_way(sender: Sender, entry: str, target: Path) -> None:
    """As version 0.1.0 left it, without an entry or with one."""
    known = ledger(sender.store, sender.client)
    assert known
    temporary = target.with_name(f".{target.name}.4711.tmp")
    delivery = Delivery(
        entry=entry, not_delivered="20261123T140000Z-zzzzzzzz", path=str(target), temporary=str(temporary)
    )
    sender.store.layout.ledger(sender.client).write_bytes(known.replace(under_way=delivery).to_bytes())


def test_a_store_that_a_long_name_had_stuck_goes_on(sender: Sender, tmp_path: Path) -> None:
    sender.to_file(tmp_path / "1.md")
    under_way(sender, "20261123T140000Z-notthere", tmp_path / ("n" * 250))
    assert sender.to_file(tmp_path / "2.md").seq == 2
    assert faults(sender) == []
    under_way(sender, "20261123T140000Z-notthere", tmp_path / ("n" * 250))
    finish_all_interrupted_deliveries(sender.store)
    assert check(sender.store).findings == ()


@pytest.mark.parametrize("error", ["ENOTDIR", "ENAMETOOLONG", "EACCES", "EIO", "ESTALE"])
def test_of_a_place_that_cannot_be_looked_at_the_log_says_that_it_cannot_be_told(
    sender: Sender, tmp_path: Path, error: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("n" * 300 if error == "ENAMETOOLONG" else "folder")
    with monkeypatch.context() as patched:
        patched.setattr("mi_cli.store.records.disclosures.finish_delivery", ledger)  # as if it had been killed
        first = sender.to_file(tmp_path / "1.md")
    under_way(sender, f"{first.created_at:%Y%m%dT%H%M%SZ}-{first.id}", folder / "1.md")
    if error == "ENOTDIR":
        folder.write_text("")
    real = Path.lstat

    def refusing(path: Path) -> os.stat_result:
        if path.parent == folder:
            raise OSError(getattr(errno, error), "")
        return real(path)

    with monkeypatch.context() as patched:
        if error in ("EACCES", "EIO", "ESTALE"):
            patched.setattr(Path, "lstat", refusing)
        second = sender.to_file(tmp_path / "2.md")
    assert [(one.seq, one.event, one.of) for one in log(sender)] == [
        (1, Event.DISCLOSED, None), (2, Event.UNCERTAIN, 1), (3, Event.DISCLOSED, None),
    ]  # fmt: skip
    assert faults(sender) == []
    assert delivered(log(sender)) == [first, second]  # what may have come counts
    assert "not known whether" in delivery_text(log(sender)[1], "en", came=False)


# -- tampering -----------------------------------------------------------------------------------------------------


@pytest.fixture
def four(sender: Sender, tmp_path: Path) -> list[Disclosure]:
    return [sender.to_file(tmp_path / f"{n}.md", f"goals {n}".encode()) for n in range(1, 5)]


def path_of(store: JsonStore, entry: Disclosure) -> Path:
    return next(path for path in store.layout.clients.rglob("*.json") if path.name.endswith(f"-{entry.id}.json"))


@pytest.mark.parametrize("n", range(4))
@pytest.mark.parametrize("field", ["recipient", "created_at", "what", "file_sha256", "basis", "new"])
def test_an_entry_changed_by_hand_is_found(sender: Sender, four: list[Disclosure], n: int, field: str) -> None:
    path = path_of(sender.store, four[n])
    document = json.loads(path.read_bytes())
    document[field] = {
        "recipient": "Z. Nobody", "created_at": "2020-01-01T00:00:00Z", "what": [], "file_sha256": "0", "new": 1,
        "basis": "client-copy",
    }[field]  # fmt: skip
    path.write_text(json.dumps(document))
    assert len(faults(sender)) == 1
    assert str(n + 1) in faults(sender)[0]
    assert len(check(sender.store).findings) == 2  # by the chain, and by the log of the store


@given(gone=st.sets(st.integers(0, 3), min_size=1))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_entries_taken_away_are_missed(sender: Sender, four: list[Disclosure], gone: set[int]) -> None:
    left = [entry for n, entry in enumerate(four) if n not in gone]
    found = chain_faults(left, ledger(sender.store, sender.client))
    named = {int(sign) for fault in found for sign in fault if sign.isdigit()}
    assert found
    assert named & {n + 1 for n in gone} or "entries after" in found[-1]


def test_entries_swapped_and_added_are_found(sender: Sender, four: list[Disclosure]) -> None:
    known = ledger(sender.store, sender.client)
    one, two, three, last = four
    assert chain_faults(four, known) == []
    assert chain_faults([one, two.replace(seq=3), three.replace(seq=2), last], known)
    assert chain_faults([one, two, two, three, last], known) == ["there is more than one entry 2"]
    extra = last.replace(seq=5, prev_hash=last.hash)
    assert chain_faults([*four, extra], known) == ["entry 5 is not one that the ledger knows"]
    assert chain_faults(four, None)
    assert chain_faults([], None) == []


def test_a_save_that_fails_leaves_no_document_and_no_entry(
    sender: Sender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sender.store.save
    with monkeypatch.context() as patched:

        def failing(path: Path, record: object) -> None:
            if isinstance(record, Disclosure):
                raise SaveFailed("Not saved: the disk is full.")
            real(path, record)  # type: ignore[arg-type]  # as it came

        patched.setattr(sender.store, "save", failing)
        with pytest.raises(SaveFailed):
            sender.to_file(tmp_path / "handoff.md")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
    assert log(sender) == []
    assert faults(sender) == []
    assert sender.to_file(tmp_path / "handoff.md").seq == 1


def test_a_delivery_that_was_broken_off_is_named(
    sender: Sender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("mi_cli.store.records.disclosures.finish_delivery", ledger)
        sender.to_file(tmp_path / "handoff.md")
    assert [found.why for found in check(sender.store).findings] == ["passing something on was broken off"]
    sender.to_file(tmp_path / "next.md")
    assert check(sender.store).findings == ()


@pytest.mark.parametrize("field", ["temporary", "entry", "not_delivered"])
def test_a_ledger_that_names_another_file_takes_nothing_away(sender: Sender, tmp_path: Path, field: str) -> None:
    sender.to_file(tmp_path / "handoff.md")
    precious = tmp_path / "precious.tmp"
    precious.write_text("mine")
    known = ledger(sender.store, sender.client)
    assert known
    document = json.loads(known.to_bytes())
    under_way = {
        "entry": "20261123T140000Z-entry001",
        "not_delivered": "20261123T140000Z-entry002",
        "path": str(tmp_path / "other.md"),
        "temporary": str(tmp_path / ".other.md.1.tmp"),
    }
    under_way[field] = str(precious) if field == "temporary" else "../../../precious"
    sender.store.layout.ledger(sender.client).write_text(json.dumps({**document, "under_way": under_way}))
    with pytest.raises(Damaged, match=r"ledger\.json"):
        sender.to_file(tmp_path / "again.md")
    assert precious.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["handoff.md", "precious.tmp"]


def test_a_log_that_names_an_endless_file_is_not_waited_for(sender: Sender, tmp_path: Path) -> None:
    target = tmp_path / "handoff.md"
    entry = sender.to_file(target)
    target.unlink()
    os.mkfifo(target)
    assert file_state(entry) == "gone"
    assert file_state(entry.replace(path="/dev/zero")) == "gone"
