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

from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

from mi_cli.cli import settings
from mi_cli.errors import Damaged, MiError
from mi_cli.interview.actions import AddEntry, Say, Star
from mi_cli.interview.grammar import parse, parse_pasted
from mi_cli.interview.likeness import likeness
from mi_cli.interview.lines import apply, read_line
from mi_cli.interview.session_start import start
from mi_cli.interview.state import InterviewState
from mi_cli.prompts.load import load, load_folder
from mi_cli.records.base import NewerRecord, NotThisRecord, Record
from mi_cli.records.client import Client, Codes, Identity, StoreInfo
from mi_cli.records.client_facts import Facts
from mi_cli.records.consent import Consent
from mi_cli.records.decoding import Lines, TextLine, decode_text
from mi_cli.records.disclosure import Disclosure, Ledger
from mi_cli.records.head import SessionHead
from mi_cli.records.notes import Notes
from mi_cli.records.outside_keys import Reading
from mi_cli.records.plan import Plan
from mi_cli.records.session import PromptSetUsed, Session, Visit
from mi_cli.records.terms import Stage, Status
from mi_cli.records.text import sanitized
from mi_cli.records.toml_text import NotToml, read_toml
from mi_cli.records.utf8 import NotText
from mi_cli.store.disk.codec import DecryptError, DocumentLabel, FileLabel
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.keys.jwe import RECORDS, DataKey, JweCodec
from mi_cli.store.keys.keyfile import NAME, KeyFile
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.making import create_store
from mi_cli.store.upkeep import backup
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.restore import RestoreAction, differences, restore
from mi_cli.terminal.key_parser import KeyParser
from mi_cli.words.languages import LANGUAGES
from tests.builders import PASSPHRASE, key_file
from tests.faults.system_calls import store_at
from tests.fuzz.commands import COMMANDS, run_one

KINDS: Final[tuple[type[Record], ...]] = (
    Client, Facts, Codes, Identity, StoreInfo, Session, Notes, Plan, Consent, Disclosure, Ledger,
)  # fmt: skip
EXIT_CODES: Final = frozenset(range(7))  # of docs/cli.md; nothing interrupts a command here
F8: Final = "\x1b[19~"
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
        outcome = apply(state, read_line(state, line), state.session.started_at, lambda: "abcdefgh")
        if outcome.leaving:
            break
        state = outcome.state
        assert not any(ord(sign) < 32 and sign != "\n" for sign in sanitized(line))
    assert Notes.from_bytes(state.notes.to_bytes()) == state.notes
    assert Session.from_bytes(state.session.to_bytes()) == state.session
    assert Plan.from_bytes(state.plan.to_bytes()) == state.plan
    assert Facts.from_bytes(state.facts.to_bytes()) == state.facts


def grammar(data: bytes) -> None:
    """A line is an action in each language, and what was said is kept as it was typed. A paste commands nothing."""
    line = data.decode(errors="replace").partition("\n")[0]
    assert len(likeness(line)) == len(line)
    for language in LANGUAGES:
        action = parse(line, language)
        assert not isinstance(action, AddEntry | Say) or (action.words or "") in line
        assert all(isinstance(pasted, AddEntry | Star) for pasted in parse_pasted(line, language))


def terminal(data: bytes) -> None:
    """What a terminal sends, in two reads: only text is typed, and F8 is F8 at once, whatever came before it."""
    sent, cut, found = data[1:].decode(errors="surrogateescape"), data[0] if data else 0, list[KeyPress]()
    parser = KeyParser(found.append)
    parser.feed(sent[:cut])
    parser.feed(sent[cut:])
    parser.feed(F8)
    assert found[-1].key == Keys.F8
    assert not parser.pasting
    typed = [press for press in found if not isinstance(press.key, Keys)]
    assert all(press.key >= " " and "\x1b" not in press.data for press in typed)


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


def commands(data: bytes) -> None:
    """A whole command, with an argument and its input: it ends with an exit code of its own, and the store is sound.

    The first byte is its number in `COMMANDS`, the first line is the argument.
    """
    argument, _, content = data[1:].partition(b"\n")
    typed = argument.decode(errors="surrogateescape").replace("\0", "")
    code, said = run_one(data[0] if data else 0, typed, content)
    assert code in EXIT_CODES, code
    assert "a fault of its own" not in said, said


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = MappingProxyType(
    {
        target.__name__: target
        for target in (
            *(records, sealed, keys, prompts, backups, lines, grammar, terminal, piped, config, toml, commands),
        )
    }
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
                create_store(store)
                add_client(store, "J-014", "en")
                backup.make_backup(store, Path(folder) / "a.backup", 1, ignore_progress)
                return ((Path(folder) / "a.backup").read_bytes(),)
        case "config" | "toml":
            return (b'counselor = "A. Counselor"\nauto_lock = 5\n[safety]\ncontacts = ["B: 555-0100"]\n',)
        case "terminal":
            return (
                *(b"\x04one" + sent + b"two" for sent in _SENT),
                b"\x06\x1b[200~one\r\ntwo\x1b[201~three",
                "\x02caf\xe9\x1b[C\x7f".encode("latin-1"),
            )
        case "grammar":
            return tuple(line for text in _INTERVIEWS.glob("*.txt") for line in text.read_bytes().split(b"\n"))
        case "commands":
            return tuple(bytes([n]) + b"2026-11-20T15:00\n+d Words\n/goal Be home\n" for n in range(len(COMMANDS)))
        case "piped":
            texts = tuple(path.read_text(encoding="utf-8") for path in sorted(_INTERVIEWS.glob("*.txt"))[:2])
            return tuple(text[:400].encode(name, "ignore") for text in texts for name in ("utf-8", "utf-16", "cp1252"))
        case _:
            return tuple(path.read_bytes() for path in sorted(_INTERVIEWS.glob("*.txt")))


_SENT: Final = (
    *(b"\x1b[I", b"\x1b[13;2u", b"\x1b[<64;126;-3M", b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", b"\x1bOw"),
    b"\x9b?62c",
)
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
