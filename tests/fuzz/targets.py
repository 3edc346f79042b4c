"""What reads something from outside, each as a function of bytes: it may refuse them, and must not do anything else.

`test_targets.py` gives each a short run with every test run; `python -m tests.fuzz TARGET` a long one, by hand.
"""

import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from mi_cli.cli import settings
from mi_cli.errors import Damaged, MiError
from mi_cli.interview.grammar import parse
from mi_cli.interview.session_start import start
from mi_cli.interview.state import InterviewState
from mi_cli.prompts.load import load, load_folder
from mi_cli.records.base import NewerRecord, NotThisRecord, Record
from mi_cli.records.client import Client, Codes, Identity, StoreInfo
from mi_cli.records.client_facts import Facts
from mi_cli.records.consent import Consent
from mi_cli.records.decoding import Lines, NotText, TextLine, decode_text
from mi_cli.records.disclosure import Disclosure, Ledger
from mi_cli.records.head import SessionHead
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import PromptSetUsed, Session, Visit
from mi_cli.records.terms import Stage, Status
from mi_cli.records.text import sanitized
from mi_cli.records.text_keys import Reading
from mi_cli.records.toml_text import NotToml, read_toml
from mi_cli.store.disk.codec import DecryptError, DocumentLabel, FileLabel
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.keys.jwe import RECORDS, DataKey, JweCodec
from mi_cli.store.keys.keyfile import NAME, KeyFile
from mi_cli.store.upkeep import backup
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.restore import RestoreAction, differences, restore
from tests.builders import PASSPHRASE, key_file
from tests.faults.system_calls import store_at

KINDS: Final[tuple[type[Record], ...]] = (
    Client, Facts, Codes, Identity, StoreInfo, Session, Notes, Plan, Consent, Disclosure, Ledger,
)  # fmt: skip
SCRATCH: Final = Path(tempfile.gettempdir())


def records(data: bytes) -> None:
    """A file of the store, taken for each kind of record; what is read is written, and read again the same."""
    for kind in KINDS:
        with suppress(NotThisRecord, NewerRecord):
            record = kind.from_bytes(data)
            assert kind.from_bytes(record.to_bytes()) == record
    with suppress(KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        SessionHead.from_document(json.loads(data))


def sealed(data: bytes) -> None:
    """A sealed file: only what was sealed for that place is opened."""
    seal, place, whole = _seal()
    with suppress(DecryptError):
        assert seal.decrypt(place, data) == whole


def keys(data: bytes) -> None:
    """A key file. One that asks for a long derivation is not tried out here."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        root = Path(folder)
        (root / NAME).write_bytes(data)
        with suppress(Damaged):
            found = KeyFile.read(root)
            if "299999" not in data.decode(errors="replace"):
                with suppress(MiError):
                    found.unlocked(PASSPHRASE)


def prompts(data: bytes) -> None:
    """A stage of a prompt set of one's own, or its header."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        own = Path(folder) / "own"
        own.mkdir()
        (own / "set.toml").write_text('extends = "en"\n', encoding="utf-8")
        (own / "evoking.toml").write_bytes(data)
        with suppress(MiError):
            load_folder(own)
        (own / "set.toml").write_bytes(data)
        with suppress(MiError):
            load_folder(own)
        assert sorted(path.name for path in Path(folder).rglob("*")) == ["evoking.toml", "own", "set.toml"]


def backups(data: bytes) -> None:
    """A backup, restored into a new folder: nothing is written outside, and a store comes of it or none."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        file, store = Path(folder) / "a.backup", store_at(Path(folder) / "inner" / "store")
        file.write_bytes(data)
        with suppress(MiError), backup.open_backup(file) as found:
            found.verify(ignore_progress)
            difference = differences(store, found, ignore_progress)
            restore(store, found, difference.of(RestoreAction.NEW), ignore_progress)
            check(store)
        assert {path.name for path in Path(folder).iterdir()} <= {"a.backup", "inner"}
        assert {path.name for path in (Path(folder) / "inner").glob("*")} <= {"store"}


def lines(data: bytes) -> None:
    """An interview: every line is an action, and what is shown of it holds nothing that acts on a terminal."""
    state = _new_state()
    for line in data.decode(errors="replace").split("\n")[:50]:
        parse(line)
        outcome = state.apply(state.read_line(line), state.session.started_at, lambda: "abcdefgh")
        if outcome.leaving:
            break
        state = outcome.state
        assert not any(ord(sign) < 32 and sign != "\n" for sign in sanitized(line))
    assert Notes.from_bytes(state.notes.to_bytes()) == state.notes
    assert Session.from_bytes(state.session.to_bytes()) == state.session
    assert Plan.from_bytes(state.plan.to_bytes()) == state.plan
    assert Facts.from_bytes(state.facts.to_bytes()) == state.facts


def piped(data: bytes) -> None:
    """Lines from a pipe, cut anywhere: they are the same, and no sign stands in the place of what could not be read."""
    whole, cut = Lines(), Lines()
    whole.feed(data)
    whole.feed(b"")
    found: list[TextLine] = []
    for number in range(0, len(data), 7):
        cut.feed(data[number : number + 7])
        found += iter(cut.next_line, None)
    cut.feed(b"")
    found += iter(cut.next_line, None)
    assert found == list(iter(whole.next_line, None))
    for line in found:
        assert (line.reading is Reading.UNREADABLE) <= (line.text == "")
        assert line.text.count("\ufffd") <= data.count(b"\xef\xbf\xbd") + data.count(b"\xff\xfd") + data.count(
            b"\xfd\xff"
        )
        parse(line.text)
    with suppress(NotText):
        decode_text(data)


def config(data: bytes) -> None:
    """A config file: it is read, or what is wrong is told; what is read is written and read again the same."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        file = Path(folder) / "config.toml"
        file.write_bytes(data)
        if settings.load(file).trouble is None:
            values = settings.read(file)
            settings.write(file, values)
            assert settings.read(file) == values


def toml(data: bytes) -> None:
    """A TOML file: a document, or a reason."""
    with suppress(NotText, NotToml):
        read_toml(data)


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = MappingProxyType(
    {target.__name__: target for target in (records, sealed, keys, prompts, backups, lines, piped, config, toml)}
)


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """Sound input for a target, to begin from."""
    match name:
        case "records":
            state = _new_state()
            return state.session.to_bytes(), state.notes.to_bytes(), state.plan.to_bytes()
        case "sealed":
            seal, place, whole = _seal()
            return (seal.encrypt(place, DocumentLabel(Plan.SCHEMA, "abcdefgh", 3), whole),)
        case "keys":
            data = key_file()[0]
            return data, data.replace(b"299999", b"1000")
        case "prompts":
            return (
                b'hide = ["cost-money"]\n[[prompt]]\nid = "ours"\nsay = "What matters?"\nkind = "open-question"\n',
                b'extends = "en"\ntitle = "Ours"\nlanguage = "en"\nversion = "2"\n',
            )
        case "backups":
            with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
                store = store_at(Path(folder) / "store")
                store.make()
                store.add_client("J-014", "en")
                backup.make_backup(store, Path(folder) / "a.backup", 1, ignore_progress)
                return ((Path(folder) / "a.backup").read_bytes(),)
        case "config" | "toml":
            return (b'counselor = "A. Counselor"\nauto_lock = 5\n[safety]\ncontacts = ["B: 555-0100"]\n',)
        case "piped":
            texts = tuple(path.read_text(encoding="utf-8") for path in sorted(_INTERVIEWS.glob("*.txt"))[:2])
            return tuple(text[:400].encode(name, "ignore") for text in texts for name in ("utf-8", "utf-16", "cp1252"))
        case _:
            return tuple(path.read_bytes() for path in sorted(_INTERVIEWS.glob("*.txt")))


_INTERVIEWS: Final = Path(__file__).parents[1] / "journeys" / "interviews"


@cache
def _new_state() -> InterviewState:
    """An interview that has just begun."""
    store = store_at(Path("nowhere"))
    shipped = load("en", None)
    session = Session(
        **store.new_head(Session),
        client="abcdefgh",
        counselor="A. Counselor",
        language="en",
        prompt_set=PromptSetUsed(name="en", version=shipped.version, digest=shipped.digest),
        status=Status.OPEN,
        started_at=store.now(),
        visits=(Visit(stage=Stage.ENGAGING, from_=store.now()),),
    )
    notes = Notes(**store.new_head(Notes, session.id), session=session.id)
    facts = Facts(**store.new_head(Facts), client="abcdefgh")
    return start(session, notes, facts, Plan(**store.new_head(Plan), client="abcdefgh"), shipped)


@cache
def _seal() -> tuple[JweCodec, FileLabel, bytes]:
    """A seal, a place under the store's own key, and a document sealed for it."""
    key = DataKey("abcdefgh", bytes(range(32)))
    return JweCodec((key,), (RECORDS,)), FileLabel(Path("nowhere"), "clients.json"), b'{"a": "document"}'
