"""A counselor works, and between any two commands somebody who can write to the folder does whatever they like to it.

They have no key. They put files and whole folders back as they were, exchange them between clients and between stores,
cut, change, append, delete, link, keep the log from being written, and put in what they made themselves. Five rules
hold at any moment:

1. A handoff goes out only under a consent that the counselor recorded and nobody revoked, or to a member whom the
   counselor named, and only with words of that client that are agreed to. A counselor who has confirmed the store as it
   is has thereby agreed to what had been agreed to before; a revocation stays one even then.
2. What was said while the store was protected stands nowhere in the folder in the open, until the counselor takes the
   protection off.
3. In a protected store nothing is shown or passed on that the other person wrote.
4. Whatever was done, commands lead out of it: confirm, repair, restore from the backup into the store, or, where
   `keys.json` is gone for good, or `store.json` and what this computer remembers, into an empty folder.
5. No command stops on a fault of its own.

What this computer remembers may be lost, as on a new computer. Then a log that was put back, cut or replaced is taken
as it is (SECURITY.md says so): what had been agreed to at any time may go out, but nothing that never was. And the
clock may go back and forth: no consent holds after its end, nor on a day before the last on which something was saved.

A long run: `MI_WRITER=2000 python -m pytest tests/faults/test_writer.py -n 0`.
"""

import io
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mi_cli.cli import surroundings
from mi_cli.cli.app import run
from mi_cli.cli.surroundings import now
from mi_cli.records.terms import Category
from mi_cli.store.disk.layout import Layout
from tests.conftest import TESTS, Ran

CODES: Final = ("J-014", "K-020")
RECIPIENTS: Final = ("A. Therapist", "B. Therapist")
MEMBER: Final = "C. Colleague"
ENDS: Final = date(2036, 11, 20)  # every consent
PASSPHRASES: Final = (
    "vexingly quaint harbor mosaic",
    "another quaint harbor of mosaic",
    "a third harbor, quaint mosaic",
)
FORGED: Final = "Zwetschge"
PICK: Final = st.integers(0, 999)
TOKEN: Final = re.compile(r"(?:open|secret)-\d+-[JK]-\d+-\d+")
# What becomes of the log, too. In the last case it cannot be written while the counselor withdraws something.
LOGS: Final = ("put back", "as it is", "deleted", "emptied", "its lines again", "kept from being written")
STRANGE: Final[dict[str, bytes]] = {
    "nested deeply": b"[" * 100_000,
    "named twice": b'{"schema": "mi.clients/1", "revision": 1, "revision": 99, "clients": {}, "clients": []}',
    "of other types": b'{"schema": [], "id": {}, "revision": "1", "client": 5, "n": [], "at": {}, "records": 7}',
    "a number of many figures": b'{"schema": "mi.store/1", "id": "aaaaaaaa", "revision": ' + b"9" * 5000 + b"}",
    "not finite": b'{"schema": "mi.ledger/1", "revision": Infinity, "seq": NaN, "n": 1e400}',
    "not UTF-8": b'{"schema": "\xff\xfe"}',
    "with a mark at its beginning": b"\xef\xbb\xbf{}",
    "a list": b"[]",
    "null": b"null",
    "sealed without a cipher": b'{"protected":"e30","iv":"","ciphertext":"","tag":"","header":{"alg":"none"}}',
    "an event of other types": b'{"n":1,"prev":"","at":"2026-11-23T14:00:00Z","by":[],"what":{},"client":{},'
    b'"record":[],"gone":[1],"records":{"clients/../../x":["1",null]},"limit":{"a":1}}\n',
}
AIMED_AT: Final = ("clients/*/plan.json", "clients.json", "clients/*/consents/*")
COPIES: Final = (
    "{stem} (conflicted copy 2026-11-23){suffix}", "{stem}.sync-conflict-20261123{suffix}", "{stem}-LAPTOP{suffix}",
    "{stem} 2{suffix}", "unlike any", "{upper}",
)  # fmt: skip
KINDS: Final = (
    "*", "clients/*/consents/*", "clients/*/plan.json", "clients.json", "log.jsonl", "store.json", "keys.json",
    "clients/*/*.key.json", "clients/*/disclosures/*", "clients/*/ledger.json", "clients/*/notes/*",
    "clients/*/sessions/*", "clients/*/contacts/*", "clients/*/progress-notes/*", "clients/*/facts.json",
    "clients/*/identity.json", "clients/*/client.json",
)  # fmt: skip


def _ran(environment: dict[str, str], clock: timedelta, *arguments: str, lines: str = "") -> Ran:
    """Runs `mi` in this process, without a terminal, by a clock that is wrong by that much."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    stdin = io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        for name in ("MI_PASSWORD_FILE", "MI_NEW_PASSWORD_FILE", "LC_ALL", "LC_MESSAGES", "LANG"):
            patched.delenv(name, raising=False)
        for name, value in environment.items():
            patched.setenv(name, value)
        for name, stream in (("stdin", stdin), ("stdout", out), ("stderr", err)):
            patched.setattr(sys, name, stream)
        patched.setattr(surroundings, "datetime", _clock(clock))
        code = run(list(arguments))
    texts = [stream.buffer.getvalue().decode("utf-8", "replace") for stream in (out, err)]
    return Ran(code, *texts)


def _clock(wrong_by: timedelta) -> type[datetime]:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls.fromtimestamp(datetime.now(tz).timestamp() + wrong_by.total_seconds(), tz)

    return Clock


@dataclass
class Known:
    """What the counselor has permitted of one client."""

    consents: dict[str, str] = field(default_factory=dict)  # id of a consent that was not revoked: its recipient
    goals: set[str] = field(default_factory=set)
    shared: dict[str, str] = field(default_factory=dict)  # words that may go: their name in `goals share`
    ever: set[str] = field(default_factory=set)
    ever_given: set[str] = field(default_factory=set)  # all recipients of a consent, also of one that was revoked


def _records(root: Path) -> Path:
    """The folder that holds the records of a store."""
    return Layout(root).records


def _consent(recipient: str, today: date) -> str:
    text = (TESTS / "stores" / "consent.toml").read_text(encoding="utf-8")
    text = text.replace('["goal-plan", "readings"]', json.dumps(list(Category)))
    return text.replace("A. Therapist", recipient).replace("2026-11-20", today.isoformat())


class Writer(RuleBasedStateMachine):
    """The counselor's commands, and what the other person does between them."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = TemporaryDirectory()
        self.folder = Path(self.kept.name)
        self.root = self.folder / "store"
        self.number = 0
        self.epoch = 0
        self.protected = False
        self.planted = False  # the counselor confirmed a plain store, in which nothing tells who wrote what
        self.passphrase = PASSPHRASES[0]
        self.known = {code: Known() for code in CODES}
        self.members = False
        self.ever_members = False
        self.confirmed = False
        self.forgot = False
        self.log_touched = False
        self.log_seen = b""
        self.clock = timedelta()
        self.latest = date.min  # on which something was saved
        self.copies: list[Path] = []
        self.touched = False
        self.has_backup = False

    def teardown(self) -> None:
        """Whatever was done, commands lead out of it."""
        try:
            self._lead_out()
        finally:
            self.kept.cleanup()

    # -- running --------------------------------------------------------------------------------------------------

    def mi(self, *arguments: str, lines: str = "", new: str | None = None, root: Path | None = None) -> Ran:
        """Runs a command; none stops on a fault of its own."""
        self.log_touched = self.log_touched or self._log() != self.log_seen
        environment = {
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "MI_STORE": str(root or self.root),
            "LOGNAME": "counselor",
        }
        gives = self.protected or any(self.root.rglob("keys.json"))
        for name, passphrase in (
            ("MI_PASSWORD_FILE", self.passphrase if gives else None),
            ("MI_NEW_PASSWORD_FILE", new),
        ):
            if passphrase is not None:
                path = self.folder / name
                path.write_text(passphrase)
                environment[name] = str(path)
        ran = _ran(environment, self.clock, *arguments, lines=lines)
        self.log_seen = self._log()
        assert "fault of its own" not in ran.err, ran
        assert ran.code in (0, 1, 2, 3, 4, 5, 6), ran
        if self.protected and not self.planted:
            assert FORGED not in ran.out, (arguments, ran)
        return ran

    def _log(self) -> bytes:
        """The log as it stands in the folder; nothing where it cannot be read."""
        with suppress(OSError):
            return (_records(self.root) / "log.jsonl").read_bytes()
        return b""

    @property
    def today(self) -> date:
        return (now() + self.clock).date()

    @property
    def may_be_earlier(self) -> bool:
        """Whether an earlier state of the store may count: nothing tells that it is not the present one."""
        return self.confirmed or (self.forgot and self.log_touched)

    def token(self, code: str) -> str:
        """Words that tell whose they are, and whether they were said in a protected store."""
        self.number += 1
        return f"{'secret' if self.protected else 'open'}-{self.epoch}-{code}-{self.number}"

    # -- the counselor --------------------------------------------------------------------------------------------

    @initialize(protected=st.booleans(), aims=st.booleans(), log=st.sampled_from(LOGS))
    def begin(self, protected: bool, aims: bool, log: str) -> None:
        self.protected = protected
        assert self.mi("config", "set", "program.name", "Invented Program").code == 0
        assert self.mi("store", "init", *([] if protected else ["--unprotected"])).code == 0
        for code in CODES:
            self.interview(code)
            assert self.known[code].goals
            self.give(code, RECIPIENTS[0])
            assert self.known[code].consents
        self.backup()
        self.copy()
        for pattern in AIMED_AT if aims else ():
            self._aim(CODES[0], pattern, log)

    @rule(code=st.sampled_from(CODES))
    def interview(self, code: str) -> None:
        goal, strength = self.token(code), self.token(code)
        ran = self.mi(
            "session", "start", code, lines=f"+d {self.token(code)}\n! {strength}\n/goal {goal}\n/share 2\n/end\n"
        )
        known = self.known[code]
        known.goals.add(goal)  # also where it was refused: it may be in a plan, and nobody else's
        known.ever.add(strength)
        if ran.code == 0:
            self.latest = max(self.latest, self.today)
            listed = self.mi("goals", "share", code, "--json")
            items = listed.json["items"] if listed.code == 0 else []
            known.shared |= {item["words"]: item["name"] for item in items if item["words"] == strength}

    @rule(code=st.sampled_from(CODES))
    def take_out(self, code: str) -> None:
        known = self.known[code]
        for words, name in list(known.shared.items())[:1]:
            if self.mi("goals", "share", code, name, "--out").code == 0:
                del known.shared[words]

    @rule(code=st.sampled_from(CODES), recipient=st.sampled_from(RECIPIENTS))
    def give(self, code: str, recipient: str) -> None:
        ran = self.mi("consent", "add", code, "--from", "-", lines=_consent(recipient, self.today))
        if found := re.search(r"Recorded: (\w{8})", ran.out):
            self.known[code].consents[found[1]] = recipient
            self.known[code].ever_given.add(recipient)

    @rule(code=st.sampled_from(CODES))
    def revoke(self, code: str) -> None:
        for consent in list(self.known[code].consents)[:1]:
            if self.mi("consent", "revoke", consent, "--yes").code == 0:
                del self.known[code].consents[consent]

    @rule(
        code=st.sampled_from(CODES),
        recipient=st.sampled_from((*RECIPIENTS, MEMBER, "M. Mallory")),
        inside=st.booleans(),
    )
    def export(self, code: str, recipient: str, inside: bool) -> None:
        target = self.folder / "h.md"
        target.unlink(missing_ok=True)
        basis = ("--basis", "same-program") if inside else ()
        ran = self.mi("goals", "export", code, "--to", recipient, "-o", str(target), *basis)
        assert target.exists() is (ran.code == 0), ran
        if ran.code == 0:
            known = self.known[code]
            self._assert_permitted(code, recipient, ran)
            agreed = known.goals | (known.ever if self.may_be_earlier else set(known.shared))
            gone_out = set(TOKEN.findall(target.read_text(encoding="utf-8")))
            assert gone_out <= agreed, (gone_out - agreed, ran)
            assert FORGED not in target.read_text(encoding="utf-8") or self.planted

    def _assert_permitted(self, code: str, recipient: str, ran: Ran) -> None:
        known, is_forgotten = self.known[code], self.forgot and self.log_touched
        assert self.today >= self.latest or is_forgotten, (self.today, self.latest, ran)
        assert self.today <= ENDS or recipient == MEMBER, (self.today, ran)
        by_consent = recipient in known.consents.values() or (is_forgotten and recipient in known.ever_given)
        by_program = recipient == MEMBER and (self.members or (self.may_be_earlier and self.ever_members))
        assert by_consent or by_program or (self.planted and recipient == "M. Mallory"), (code, recipient, ran)

    @rule(code=st.sampled_from(CODES), recipient=st.sampled_from((*RECIPIENTS, MEMBER, "M. Mallory")))
    def pass_a_note_on(self, code: str, recipient: str) -> None:
        """Writes and signs a note of the latest interview, if there is none, and passes it on."""
        target = self.folder / "n.md"
        target.unlink(missing_ok=True)
        for command in (("write",), ("sign", "--yes")):
            self.mi("note", command[0], code, *command[1:])
        ran = self.mi("note", "show", code, "--to", recipient, "-o", str(target), "--yes")
        assert target.exists() is (ran.code == 0), ran
        if ran.code == 0:
            self._assert_permitted(code, recipient, ran)
            text = target.read_text(encoding="utf-8")
            assert not [token for token in TOKEN.findall(text) if f"-{code}-" not in token], ran
            assert FORGED not in text or self.planted

    @rule(member=st.booleans())
    def name_members(self, member: bool) -> None:
        command = (
            ("config", "set", "program.recipients", MEMBER) if member else ("config", "unset", "program.recipients")
        )
        if self.mi(*command).code == 0:
            self.members = member
            self.ever_members = self.ever_members or member

    @rule()
    def protect(self) -> None:
        if not self.protected and self.mi("store", "protect", new=self.passphrase).code == 0:
            self.protected = True

    @rule()
    def unprotect(self) -> None:
        if self.protected:
            ran = self.mi("store", "unprotect", "--yes")
            if ran.code == 0 or "it is done" in ran.err:  # what stood there before could not be deleted
                self.protected = False
                self.epoch += 1

    @precondition(lambda self: self.protected)
    @rule(passphrase=st.sampled_from(PASSPHRASES))
    def change_passphrase(self, passphrase: str) -> None:
        if self.mi("store", "passphrase", new=passphrase).code == 0:
            self.passphrase = passphrase

    @rule(code=st.sampled_from(CODES), purge=st.booleans())
    def delete(self, code: str, purge: bool) -> None:
        if self.mi("client", "delete", code, "--yes").code == 0:
            listed = self.mi("store", "trash", "list", "--json")
            for item in listed.json["items"] if listed.code == 0 else ():
                command = ("purge", item["id"], "--no-keep-shared", "--yes") if purge else ("restore", item["id"])
                self.mi("store", "trash", *command)

    @rule()
    def backup(self) -> None:
        made = self.mi("store", "backup", str(self.folder / "a.backup"), "--yes")
        if made.code == 0 and not self.touched:  # the counselor keeps one of a sound store
            shutil.copyfile(self.folder / "a.backup", self.folder / "b.backup")
            self.backed_up = (self.protected, self.passphrase)
            self.has_backup = True

    @rule()
    def restore(self) -> None:
        if self.mi("store", "restore", str(self.folder / "b.backup"), "--yes").code == 0:
            self._agree_to_what_was()

    @rule()
    def confirm(self) -> None:
        ran = self.mi("store", "check", "--confirm", "--yes")
        if ran.code == 0 and "nothing to confirm" not in ran.out:
            self._agree_to_what_was()
            self.latest = self.today

    @rule(days=st.sampled_from([-400, -1, 0, 0, 1, 4000]))
    def set_the_clock(self, days: int) -> None:
        self.clock = timedelta(days)

    @rule(repair=st.booleans())
    def check(self, repair: bool) -> None:
        self.mi("store", "check", *(["--repair"] if repair else []))

    @rule(
        command=st.sampled_from([
            "session list", "session show last", "goals show J-014", "client list", "consent list", "disclosures list",
            "disclosures verify", "store log", "store info", "doctor", "store trash list", "config list",
        ])
    )  # fmt: skip
    def look(self, command: str) -> None:
        self.mi(*command.split())

    def _agree_to_what_was(self) -> None:
        self.confirmed = True
        self.planted = self.planted or not self.protected

    # -- the other person -----------------------------------------------------------------------------------------

    def _files(self, pattern: str = "*", root: Path | None = None) -> list[Path]:
        root = root or self.root
        above = root if pattern == "store.json" else _records(root)
        paths = root.rglob("*") if pattern == "*" else above.glob(pattern)
        return sorted(path for path in paths if path.is_file() and "locks" not in path.parts)

    def _place(self, path: Path, copied: Path) -> Path:
        """Where a file of a copy belongs in the store, whichever folder its records are in by now."""
        records = _records(copied)
        if path.is_relative_to(records) and path.parent != copied:
            return _records(self.root) / path.relative_to(records)
        within = path.name != "store.json" and path.parent == records
        return (_records(self.root) if within else self.root) / path.relative_to(records if within else copied)

    def _picked(self, pick: int, paths: list[Path]) -> Iterator[Path]:
        """One of the files, if there are any. How many there are differs from run to run: so a number is drawn."""
        if paths:
            self.touched = True
            yield paths[pick % len(paths)]

    @rule()
    def lose_what_is_remembered(self) -> None:
        """As on a new computer, or where its memory was deleted with the rest of the folder for states."""
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        self.forgot = True

    @rule()
    def copy(self) -> None:
        copied = self.folder / f"copy{len(self.copies)}"
        if self.root.exists() and len(self.copies) < 4:
            shutil.copytree(self.root, copied)
            self.copies.append(copied)

    @rule(pick=PICK, pattern=st.sampled_from(KINDS), others_too=st.booleans())
    def put_back(self, pick: int, pattern: str, others_too: bool) -> None:
        copied = self.copies[pick % len(self.copies)]
        if others_too and pattern == "*":
            shutil.rmtree(self.root)
        for path in self._files(pattern, copied):
            target = self.root / path.relative_to(copied) if pattern == "*" else self._place(path, copied)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        self.touched = True

    @rule(code=st.sampled_from(CODES), log=st.sampled_from(LOGS))
    def aim_at_a_consent(self, code: str, log: str) -> None:
        self._aim(code, "clients/*/consents/*", log)

    @rule(code=st.sampled_from(CODES), log=st.sampled_from(LOGS))
    def aim_at_a_plan(self, code: str, log: str) -> None:
        self._aim(code, "clients/*/plan.json", log)

    @rule(code=st.sampled_from(CODES), log=st.sampled_from(LOGS))
    def aim_at_the_members(self, code: str, log: str) -> None:
        self._aim(code, "clients.json", log)

    def _aim(self, code: str, pattern: str, log: str) -> None:
        """Takes back what the counselor has just withdrawn, and sees that it does not go out."""
        copied, known = self.folder / "aimed", self.known[code]
        if pattern == "clients.json":
            self.name_members(member=True)
        elif not known.shared:
            self.interview(code)
        if not known.consents:
            self.give(code, RECIPIENTS[0])
        shutil.copytree(self.root, copied, dirs_exist_ok=True)
        before, path = _records(copied) / "log.jsonl", _records(self.root) / "log.jsonl"
        is_kept = log == "kept from being written" and path.is_file()
        if is_kept:
            path.unlink()
            path.mkdir()
        if "consents" in pattern:
            self.revoke(code)
        elif "plan" in pattern:
            self.take_out(code)
        else:
            self.name_members(member=False)
        if is_kept:
            shutil.rmtree(path, ignore_errors=True)
            if path.parent.exists() and before.exists():
                shutil.copyfile(before, path)
        for path in self._files(pattern, copied):
            target = self._place(path, copied)
            if target.parent.exists():
                shutil.copyfile(path, target)
        if before.exists() and path.exists():
            if log == "put back":
                shutil.copyfile(before, path)
            elif log == "deleted":
                path.unlink()
            elif log == "emptied":
                path.write_bytes(b"")
            elif log == "its lines again":
                path.write_bytes(path.read_bytes() + before.read_bytes())
        self.touched = True
        shutil.rmtree(copied)
        for recipient in (*RECIPIENTS, MEMBER):
            self.export(code, recipient, inside=recipient == MEMBER)

    @rule(pick=PICK, pattern=st.sampled_from(KINDS))
    def delete_file(self, pick: int, pattern: str) -> None:
        for path in self._picked(pick, self._files(pattern)):
            path.unlink()

    @rule(pick=PICK, pattern=st.sampled_from(KINDS), at=st.floats(0, 1))
    def cut(self, pick: int, pattern: str, at: float) -> None:
        for path in self._picked(pick, self._files(pattern)):
            content = path.read_bytes()
            path.write_bytes(content[: int(len(content) * at)])

    @rule(pick=PICK, pattern=st.sampled_from(KINDS), at=st.floats(0, 1))
    def change(self, pick: int, pattern: str, at: float) -> None:
        for path in self._picked(pick, self._files(pattern)):
            content = bytearray(path.read_bytes())
            if content:
                place = min(int(len(content) * at), len(content) - 1)
                content[place] ^= 1
                path.write_bytes(bytes(content))

    @rule(pick=PICK, another=PICK, pattern=st.sampled_from(KINDS))
    def exchange(self, pick: int, another: int, pattern: str) -> None:
        for one in self._picked(pick, self._files(pattern)):
            for other in self._picked(another, self._files(pattern)):
                first, second = one.read_bytes(), other.read_bytes()
                one.write_bytes(second)
                other.write_bytes(first)

    @rule(pick=PICK, pattern=st.sampled_from(KINDS), kind=st.sampled_from(sorted(STRANGE)), whole=st.booleans())
    def make_strange(self, pick: int, pattern: str, kind: str, whole: bool) -> None:
        for path in self._picked(pick, self._files(pattern)):
            path.write_bytes(STRANGE[kind] if whole else path.read_bytes() + STRANGE[kind] + b"\n")

    @rule(pick=PICK, pattern=st.sampled_from(KINDS), name=st.sampled_from(COPIES))
    def leave_a_copy(self, pick: int, pattern: str, name: str) -> None:
        """As programs do that copy a folder between two computers; or one whose name differs in its case alone."""
        for path in self._picked(pick, self._files(pattern)):
            target = path.with_name(name.format(stem=path.stem, suffix=path.suffix, upper=path.name.upper()))
            if not target.exists():
                shutil.copyfile(path, target)

    @rule(pick=PICK, pattern=st.sampled_from(KINDS), hard=st.booleans())
    def link(self, pick: int, pattern: str, hard: bool) -> None:
        """A link to a sound copy elsewhere stands in the place of a file."""
        for path in self._picked(pick, self._files(pattern)):
            elsewhere = self.folder / f"linked-{self.number}-{pick}-{path.name}"
            shutil.copyfile(path, elsewhere)
            path.unlink()
            path.hardlink_to(elsewhere) if hard else path.symlink_to(elsewhere)

    @rule(
        folder=st.sampled_from([
            "", "consents", "sessions", "notes", "disclosures", "contacts", "progress-notes", "plan.json", "facts.json",
            "identity.json", "client.json",
        ])
    )  # fmt: skip
    def exchange_clients(self, folder: str) -> None:
        """What is one client's stands in the place of what is the other's: all of it, or one folder."""
        homes = sorted(_records(self.root).glob("clients/????????"))[:2]
        places = [home / folder for home in homes]
        if len(places) == 2 and all(place.exists() for place in places):
            third = self.folder / "third"
            for one, other in ((places[0], third), (places[1], places[0]), (third, places[1])):
                one.rename(other)
            self.touched = True

    @rule(to=st.sampled_from(["deleted", "purging", "sessions", "aside"]), pick=PICK)
    def put_into_the_trash(self, to: str, pick: int) -> None:
        """Also what was set aside is put back, and what was deleted."""
        for path in self._picked(pick, self._files("clients/*/sessions/*") + self._files("clients/*/deleted/*")):
            aside = _records(self.root) / "aside" / "20261123T140000Z-aaaaaaaa"
            home = aside if to == "aside" else path.parent.parent / to
            home.mkdir(parents=True, exist_ok=True)
            path.replace(home / path.name)
        for path in self._picked(pick, self._files("aside/*/clients/*/*/*")):
            target = _records(self.root) / Path(*path.relative_to(_records(self.root)).parts[2:])
            if target.parent.is_dir():
                path.replace(target)

    @rule(pick=PICK)
    def append(self, pick: int) -> None:
        copied = self.copies[pick % len(self.copies)]
        log = _records(self.root) / "log.jsonl"
        if log.exists():
            source = _records(copied) / "log.jsonl"
            with log.open("ab") as file:
                file.write(source.read_bytes() if source.exists() else b"{}\n")
            self.touched = True

    @rule(named=st.sampled_from(["none", "passphrase", "protecting", "unprotecting", "secure"]))
    def say_otherwise(self, named: str) -> None:
        path = self.root / "store.json"
        if path.exists():
            text = path.read_text(encoding="utf-8", errors="replace")
            path.write_text(re.sub(r'"protection": "\w+"', f'"protection": "{named}"', text), encoding="utf-8")
            self.touched = True

    @rule(pick=PICK, another=PICK, fills=st.booleans())
    def point_elsewhere(self, pick: int, another: int, fills: bool) -> None:
        """Has `store.json` name another folder of records: the former one, a whole copy, or one that is not there."""
        path = self.root / "store.json"
        names: list[object] = [".", "records-20261123T140000Z-another1", "locks", "..", *self._folders()]
        if path.exists():
            copied = self.copies[another % len(self.copies)]
            names += [str(copied), f"../{copied.name}", f"./../{copied.name}/", "", 5, None, ["."], "records-x"]
            name = names[pick % len(names)]
            if fills and isinstance(name, str) and name.startswith("records-") and not (self.root / name).exists():
                shutil.copytree(_records(copied), self.root / name)
            with suppress(ValueError):
                path.write_text(json.dumps({**json.loads(path.read_bytes()), "records": name}, indent=2))
            self.touched = True

    def _folders(self) -> list[str]:
        return sorted({path.name for root in (self.root, *self.copies) for path in root.glob("records-*")})

    @rule(kind=st.sampled_from(["consent", "plan", "codes", "notes"]))
    def forge(self, kind: str) -> None:
        at = "2026-11-23T14:00:00Z"
        head: dict[str, Any] = {"id": "forged01", "created_at": at, "updated_at": at, "revision": 99}
        for home in (_records(self.root) / "clients").glob("????????"):
            client = {"client": home.name}
            if kind == "consent":
                given = {"kind": "purpose", "patient_name": FORGED, "recipients": [{"name": "M. Mallory"}]}
                path = home / "consents" / "20261123T140000Z-forged01.json"
                document = {"schema": "mi.consent/1", **head, **client, **given, "recorded_by": "M"}
            elif kind == "plan":
                path = home / "plan.json"
                document = {"schema": "mi.plan/2", **head, **client, "goals": [], "strengths": []}
            elif kind == "notes":
                path = home / "notes" / "20261123T140000Z-forged01.json"
                document = {"schema": "mi.notes/2", **head, "session": "forged01", "entries": [], "remark": FORGED}
            else:
                path = home.parent.parent / "clients.json"
                document = {"schema": "mi.clients/1", **head, "clients": {FORGED: home.name}, "members": ["M. Mallory"]}
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(document))
            self.touched = True

    # -- what holds -----------------------------------------------------------------------------------------------

    @invariant()
    def nothing_that_was_said_under_protection_is_in_the_open(self) -> None:
        if self.protected:
            said = f"secret-{self.epoch}-".encode()
            for path in self._files():
                assert said not in path.read_bytes(), path

    def _works(self, root: Path) -> bool:
        code = f"N-{self.number}"
        said = self.mi("session", "start", code, lines=f"/goal {self.token('J-014')}\n/end\n", root=root)
        given = self.mi("consent", "add", code, "--from", "-", lines=_consent(RECIPIENTS[0], self.today), root=root)
        target = self.folder / f"{code}.md"
        passed = self.mi("goals", "export", code, "--to", RECIPIENTS[0], "-o", str(target), root=root)
        self.last = (said, given, passed)
        return (said.code, given.code, passed.code) == (0, 0, 0)

    def _lead_out(self) -> None:
        self.clock = timedelta()
        if not self.has_backup:
            return
        if self._works(self.root):
            return
        for commands in (
            (("store", "check", "--confirm", "--yes"),),
            (("store", "check", "--repair"), ("store", "check", "--confirm", "--yes")),
            (("store", "restore", str(self.folder / "b.backup"), "--yes"), ("store", "check", "--confirm", "--yes")),
        ):
            for command in commands:
                self.mi(*command)
            if self._works(self.root):
                return
        self.protected, self.passphrase = self.backed_up
        empty = self.folder / "empty"
        came = [
            self.mi("store", "restore", str(self.folder / "b.backup"), "--yes", root=empty),
            self.mi("store", "check", "--confirm", "--yes", root=empty),
        ]
        assert self._works(empty), (came, self.last)


Writer.TestCase.settings = settings(
    max_examples=int(os.environ.get("MI_WRITER", "10")),
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.generate],  # a run takes a second, and each step of one that failed is shown
    suppress_health_check=list(HealthCheck),
)


TestWriter = Writer.TestCase
