"""Whether a store is as this computer knows it: the store is compared with its log, and both with what is remembered.

Theory of operation. Whoever can write to the folder can put back, cut, forge or delete any file in it. A `Doubt` is a
sign of that, in plain words. Four rules say what follows from one:

1. Reading goes on, and the doubts are said.
2. No handoff goes out (`require_confirmed`): a consent, the plan or a code may be an older one.
3. A store that was protected is not written in the open (`refuse_open_writing`). One that never was goes on taking
   interviews, whatever else is in doubt.
4. What is remembered stays as it was, so that the doubt stays until a person has confirmed the store as it is
   (`upkeep/confirm.py`). A revocation stays a revocation even then.

What nothing remembers and no key authenticates, nobody can doubt: the lines of a plain store's log after the last one
that this computer saw; and on a new computer all that came before. SECURITY.md says so.

`Witness.doubts` is quick: it reads the end of the log. With `whole` it reads all of it, which a handoff waits for.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from mi_cli.errors import Damaged, Unconfirmed
from mi_cli.records.limits import limits_among
from mi_cli.records.terms import Protection
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import KEY_ENDING, Codec
from mi_cli.store.disk.layout import Layout, begins_encrypted
from mi_cli.store.disk.strangers import second_versions
from mi_cli.store.keys.protocols import Keys
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.log import Log, LogEvent, LogReading, present
from mi_cli.store.records.memory import LogEnd, Memory, Remembered, Saved, later
from mi_cli.words.days import said_day
from mi_cli.words.said import Said, said
from mi_cli.words.store import store_words

_DECIDE: Final = ("consents", "sessions", "progress-notes")
_GOES_OUT: Final = ("plan.json", "identity.json", "facts.json", "sessions/", "progress-notes/")
_ENOUGH_CLIENTS: Final = 200  # folders that are looked into for a sealed file, in a store that nobody remembers


def how_to_confirm() -> str:
    """Returns what a person does about a doubt."""
    return said(store_words, lambda words: words.check_confirms)


class DoubtKind(StrEnum):
    """What is in doubt."""

    MEMORY = auto()
    PLACE = auto()
    PROTECTION = auto()
    KEYS = auto()
    LOG = auto()
    CLOCK = auto()
    RECORD = auto()
    RESTORED = auto()


class Doubt(NamedTuple):
    """A sign that the store is not as it was left: what kind of sign, which file, and why, in plain words."""

    kind: DoubtKind
    what: str
    why: str

    @property
    def text(self) -> str:
        """The doubt as a sentence."""
        return Said(lambda _: "{what}: {why}.", {"what": self.what, "why": self.why})


class Logged(NamedTuple):
    """That events were written to the log: its new end, how many, and what `Witness.holds` said before."""

    end: LogEnd
    added: int
    held: bool


@dataclass(frozen=True)
class Witness:
    """Compares a store with its log, and both with what is remembered of it. `keys` are those that opened it.

    `expects_passphrase` is whether the person has set up a passphrase for this program, in the environment or the
    keyring: then a store that nobody remembers is not taken for a plain one, unless its log speaks for that.
    """

    catalog: Catalog
    log: Log
    memory: Memory
    keys: Keys
    expects_passphrase: bool = False

    # -- what is remembered ---------------------------------------------------------------------------------------

    @property
    def place_id(self) -> str | None:
        """The id of the store that this computer last saw in the folder."""
        return self.memory.store_here()

    @property
    def store_id(self) -> str | None:
        """The id in `store.json`, else that of the store last seen here; null where neither is known."""
        with suppress(Damaged, KeyError, FileNotFoundError):
            return self.catalog.store_id
        return self.place_id

    @property
    def remembered(self) -> Remembered | None:
        """What is remembered of the store; null for a store that this computer does not know. Raises Damaged."""
        store_id = self.store_id
        return self.memory.read(store_id) if store_id else None

    @property
    def was_protected(self) -> bool:
        """Whether this store, or the one that was in its folder, was protected when this computer last saw it.

        Of a store that nobody remembers, or of which the memory cannot be read, whether anything speaks for it.
        """
        known = [store_id for store_id in (self.store_id, self.place_id) if store_id]
        remembered: list[Remembered] = []
        for store_id in dict.fromkeys(known):
            with suppress(Damaged):
                remembered += [found for found in [self.memory.read(store_id)] if found]
        if remembered or self.memory.folder is None:
            return any(found.protected for found in remembered)
        if not self.catalog.exists:
            return False
        return _has_sealed_files(self.catalog) or (self.expects_passphrase and not self._is_logged_as_plain())

    def _is_logged_as_plain(self) -> bool:
        """Whether a plain log tells of the codes as they are: then the store was used so, whatever is expected."""
        with suppress(Damaged):
            reading = Log(Layout(self.catalog.root, within=self.catalog.layout.folder)).reading()
            codes = self._codes()
            return not reading.gaps and codes is not None and reading.saved.get(self.catalog.layout.codes.name) == codes
        return False

    def refuse_open_writing(self) -> None:
        """Raise Unconfirmed for a store that was protected and would now be written without encryption."""
        if self.keys.mark is None and self.was_protected:
            raise Unconfirmed(said(store_words, lambda words: words.not_saved_unprotected), how_to_confirm())

    def refuse_another_hand(self) -> None:
        """Raise Unconfirmed where this computer knows the store as protected, and `store.json` says something else."""
        if self.is_another_hands():
            raise Unconfirmed(said(store_words, lambda words: words.not_changed_unprotected), how_to_confirm())

    def is_another_hands(self) -> bool:
        """Whether this computer knows the store as protected, and it says something else."""
        with suppress(Damaged):
            remembered = self.remembered
            is_protected = self.catalog.protection is Protection.PASSPHRASE
            return remembered is not None and remembered.protected and not is_protected
        return False

    @property
    def plain(self) -> Remembered | None:
        """What is remembered of a store that this computer knows as plain, if it is the one that was in this folder."""
        with suppress(Damaged):
            remembered = self.remembered if self.place_id in (None, self.store_id) else None
            return remembered if remembered and not remembered.protected else None
        return None

    def limits(self, logged: frozenset[str]) -> frozenset[str]:
        """Returns what was recorded against consents, by the log and by what this computer remembers."""
        with suppress(Damaged):  # what cannot be read is a doubt of its own, and nothing goes out then
            remembered = self.remembered
            return logged | (remembered.limits if remembered else frozenset())
        return logged

    # -- doubts ---------------------------------------------------------------------------------------------------

    def require_confirmed(self, now: datetime, client_id: str) -> None:
        """Raise Unconfirmed if anything speaks against the store being as it was left; before something is passed on.

        Each record that decides what goes out must be the version that the log tells of, or a later one, and no second
        version may lie where they are: what was taken back may stand in that one.
        """
        layout, home, doubts = self.catalog.layout, self.catalog.layout.client(client_id), self.doubts(now, whole=True)
        if not any(doubt.kind is DoubtKind.LOG for doubt in doubts):
            reading = self.log.reading()
            known = reading.saved.get(layout.codes.name)
            if known and (why := self._against(layout.codes, known)):
                doubts.append(Doubt(DoubtKind.RECORD, layout.codes.name, why))
            doubts += [Doubt(DoubtKind.RECORD, *found) for found in self.not_as_logged(client_id, reading)]
        doubts += [
            Doubt(DoubtKind.RECORD, layout.display_path(path), said(store_words, lambda words: words.second_version))
            for folder in sorted(
                {layout.root, layout.records, layout.clients, home, *(home / name for name in _DECIDE)}
            )
            for path in second_versions(layout, folder)
        ]
        if doubts:
            lines = [f"- {doubt.text}" for doubt in doubts]
            raise Unconfirmed(
                "\n".join([said(store_words, lambda words: words.not_passed_on), *lines]), how_to_confirm()
            )

    def not_as_logged(self, client_id: str, reading: LogReading) -> Iterator[tuple[str, str]]:
        """Yields the paths of records that are not as the log tells, and why: those that a document may be made of.

        One that is gone is among them: a document without it would keep back what stands in it, such as a safety
        concern, and nobody would know. One of many that cannot be read is not: whoever reads them names it. One that is
        there again after it was taken away, and can be read, is among them.
        """
        layout = self.catalog.layout
        home = f"{layout.display_path(layout.client(client_id))}/"

        def goes_out(shown: str) -> bool:
            return shown.startswith(home) and shown.removeprefix(home).startswith(_GOES_OUT) and ".." not in shown

        for shown, known in filter(lambda item: goes_out(item[0]), reading.saved.items()):
            try:
                why = self._difference(layout.path(shown), known)
            except Damaged as damaged:
                why = None if "/" in shown.removeprefix(home) else damaged.why
            if why:
                yield shown, why
        for shown in filter(goes_out, sorted(reading.taken_away - reading.saved.keys())):
            with suppress(Damaged):
                if present(layout, layout.path(shown)):
                    yield shown, said(store_words, lambda words: words.was_taken_away)

    def against_the_log(self, path: Path, codec: Codec) -> Doubt | None:
        """Returns a doubt about a record that is not the version that the log tells of, nor a later one.

        Null as well where the log does not tell of it. Raises Damaged where the log cannot be read.
        """
        shown = self.catalog.layout.display_path(path)
        known = self.log.reading().saved.get(shown)
        why = known and self._against(path, known, codec)
        return Doubt(DoubtKind.RECORD, shown, why) if why else None

    def doubts(self, now: datetime, *, whole: bool = False) -> list[Doubt]:
        """Returns what is in doubt; with `whole` the log is read from its beginning. Nothing is raised."""
        info, log = self.catalog.layout.info.name, self.catalog.layout.log.name
        found: list[Doubt] = []
        remembered, store_id, place_id = None, self.store_id, self.place_id
        try:
            remembered = self.memory.read(store_id) if store_id else None
        except Damaged as damaged:
            text = said(store_words, lambda words: words.memory_unreadable, why=damaged.why)
            found.append(Doubt(DoubtKind.MEMORY, info, text))
        if remembered and place_id not in (None, store_id):
            found.append(Doubt(DoubtKind.PLACE, info, said(store_words, lambda words: words.another_store_before)))
        elif place_id not in (None, store_id):
            found.append(Doubt(DoubtKind.PLACE, info, said(store_words, lambda words: words.never_seen_store)))
        found += self._of_protection(remembered)
        if whole:
            found += self._of_the_log(remembered, now)
        elif remembered:
            try:
                if not remembered.restored and not self.log.follows(remembered.log):
                    found.append(Doubt(DoubtKind.LOG, log, said(store_words, lambda words: words.other_log)))
            except OSError as error:
                found.append(Doubt(DoubtKind.LOG, log, atomic.reason(error)))
            found += _of_the_clock(now, remembered.latest)
        if remembered:
            found += self._of_records(remembered)
        return found

    def _of_protection(self, remembered: Remembered | None) -> Iterator[Doubt]:
        layout, protection = self.catalog.layout, self.catalog.protection
        is_open = self.keys.mark is None and protection is Protection.NONE
        known_otherwise = remembered and remembered.protected and protection is not Protection.PASSPHRASE
        if known_otherwise or (is_open and self.was_protected):
            yield Doubt(
                DoubtKind.PROTECTION, layout.info.name, said(store_words, lambda words: words.no_longer_protected)
            )
        known_marks = (None, self.keys.mark, *self.keys.former_marks)  # former ones: a change of them was broken off
        if remembered and self.keys.mark and remembered.key_mark not in known_marks:
            yield Doubt(DoubtKind.KEYS, layout.keys.name, said(store_words, lambda words: words.other_keys))

    def _of_the_log(self, remembered: Remembered | None, now: datetime) -> Iterator[Doubt]:
        log = self.catalog.layout.log.name
        try:
            known = remembered.log if remembered else LogEnd()
            gaps, has_known, latest = self.log.reading().gaps, self.log.has(known), self.log.latest_after(known)
        except Damaged as damaged:
            yield Doubt(DoubtKind.LOG, log, damaged.why)
            return
        if not has_known and not (remembered and remembered.restored):
            yield Doubt(DoubtKind.LOG, log, said(store_words, lambda words: words.other_log))
        accepted = remembered.accepted if remembered else frozenset()
        yield from (Doubt(DoubtKind.LOG, log, gap) for gap in gaps if gap not in accepted)
        times = (remembered.latest if remembered else None, latest)
        if seen := [time for time in times if time]:
            yield from _of_the_clock(now, later(*seen))

    def _of_records(self, remembered: Remembered) -> Iterator[Doubt]:
        layout = self.catalog.layout
        if remembered.codes and (why := self._against(layout.codes, remembered.codes)):
            yield Doubt(DoubtKind.RECORD, layout.codes.name, why)
        for shown, saved in remembered.unlogged.items():
            if why := self._against(layout.path(shown), saved):
                yield Doubt(DoubtKind.RECORD, shown, why)
        for shown in sorted(remembered.doubted):
            yield Doubt(DoubtKind.RECORD, shown, said(store_words, lambda words: words.older_and_changed))
        if remembered.restored:
            text = said(store_words, lambda words: words.came_from_backup)
            yield Doubt(DoubtKind.RESTORED, layout.info.name, text)

    def _against(self, path: Path, known: Saved, codec: Codec | None = None) -> str | None:
        try:
            return self._difference(path, known, codec)
        except Damaged as damaged:
            return damaged.why

    def _difference(self, path: Path, known: Saved, codec: Codec | None = None) -> str | None:
        there = present(self.catalog.layout, path, codec)
        return difference(there.saved, known) if there else said(store_words, lambda words: words.gone)

    def _codes(self) -> Saved | None:
        with suppress(Damaged):
            found = present(self.catalog.layout, self.catalog.layout.codes)
            return found.saved if found else None
        return None

    # -- remembering ----------------------------------------------------------------------------------------------

    def holds(self) -> bool:
        """Whether the log goes on from the line that is remembered, or nothing is remembered of it."""
        try:
            remembered = self.remembered
            return remembered is None or self.log.follows(remembered.log)
        except (Damaged, OSError):
            return False

    def remember(self, event: LogEvent, now: datetime, logged: Logged | None) -> None:
        """Remember an event, and the new end of the log; null where the log could not be written.

        The caller holds the lock `log`, if it can be held. Nothing is raised.
        """
        store_id = self.store_id
        if store_id is None or self.memory.folder is None:
            return
        try:
            known = self.memory.read(store_id)
        except Damaged:
            return  # a person has to confirm it
        if known is None:
            known = self._first_seen(logged.end.n - logged.added if logged else 0)
        held = logged is not None and logged.held
        saved = event.records
        codes = saved.get(self.catalog.layout.codes.name)
        protected = self.keys.mark is not None and self.catalog.protection is Protection.PASSPHRASE
        self.memory.write(
            store_id,
            known._replace(
                log=logged.end if logged and held else known.log,
                latest=later(known.latest, now),
                protected=known.protected or protected,
                key_mark=known.key_mark or self.keys.mark,
                codes=codes or known.codes,
                limits=known.limits | limits_among([event.limit]),
                unlogged=_still_unlogged(known.unlogged, event, saved, is_logged=logged is not None),
                folder=self.catalog.layout.folder if held else known.folder,
            ),
        )
        if self.place_id is None:
            self.memory.settle(store_id)

    def _first_seen(self, before: int) -> Remembered:
        """Returns what is to be remembered of a store that this computer sees for the first time."""
        protected = self.was_protected
        with suppress(Damaged):
            reading = self.log.reading()
            codes = self._codes()
            return Remembered(protected=protected, codes=codes, limits=reading.limits, first=max(before, 0))
        return Remembered(protected=protected)

    def doubt(self, shown: str) -> None:
        """Remember that a record was older or another when it was changed. The caller holds the lock `log`.

        Also on a computer that has not seen the store yet: once it is changed, nothing in the store tells any more.
        """
        if store_id := self.store_id:
            with suppress(Damaged):
                known = self.memory.read(store_id) or self._first_seen(self.log.reading().end.n)
                self.memory.write(store_id, known._replace(doubted=known.doubted | {shown}))

    def unprotected(self) -> None:
        """Remember that a holder of the keys took the protection off, so that plain files are expected."""
        self._change(lambda known: known._replace(protected=False, key_mark=None))

    def rotated(self, mark: str | None, former_marks: frozenset[str]) -> None:
        """Remember other keys: a holder of the former ones put them in their place.

        Where those were others than this computer knew, they stay in doubt. The caller holds the lock `log`.
        """

        def change(known: Remembered) -> Remembered:
            return known._replace(key_mark=mark) if known.key_mark in (None, *former_marks) else known

        self._change(change)

    def restored(self) -> None:
        """Remember that the store in this folder came from a backup, or half protected: a revocation may be missing."""
        if store_id := self.store_id:
            with suppress(Damaged):
                known = self.memory.read(store_id) or Remembered(
                    protected=self.catalog.protection is not Protection.NONE
                )
                self.memory.write(store_id, known._replace(restored=True))
                self.memory.settle(store_id)

    def settle(self) -> None:
        """Remember that this store is in its folder now: it has just been made there."""
        if store_id := self.store_id:
            self.memory.settle(store_id)

    def _change(self, change: Callable[[Remembered], Remembered]) -> None:
        with suppress(Damaged):
            if (store_id := self.store_id) and (known := self.memory.read(store_id)):
                self.memory.write(store_id, change(known))

    def accept(self, now: datetime) -> None:
        """Remember the store as it is now: a person has confirmed it. What was revoked is not forgotten.

        The caller holds the lock `log`. Raises Damaged when the log cannot be read.
        """
        store_id = self.store_id
        if store_id is None:
            return
        before: list[Remembered] = []
        for known in dict.fromkeys(name for name in (store_id, self.place_id) if name):
            with suppress(Damaged):
                before += [found for found in [self.memory.read(known)] if found]
        codes, reading = self._codes(), self.log.reading()
        limits = frozenset[str]().union(reading.limits, *(found.limits for found in before))
        self.memory.write(
            store_id,
            Remembered(
                log=reading.end,
                latest=now,
                protected=self.keys.mark is not None,
                key_mark=self.keys.mark,
                codes=codes,
                limits=limits,
                first=before[0].first if before else reading.end.n,
                accepted=frozenset(reading.gaps),
                folder=self.catalog.layout.folder,
            ),
        )
        self.memory.settle(store_id)


def _still_unlogged(
    before: Mapping[str, Saved], event: LogEvent, saved: Mapping[str, Saved], *, is_logged: bool
) -> Mapping[str, Saved]:
    """Returns the records that decide what goes out, and of whose last version the log does not tell."""
    if not is_logged:
        return {**before, **{path: version for path, version in saved.items() if _decides(path)}}
    return {path: one for path, one in before.items() if path not in saved and not event.took_away(path)}


def _decides(shown: str) -> bool:
    return shown.endswith(("/plan.json", "/identity.json")) or "/consents/" in shown


def difference(there: Saved, known: Saved, *, newer: bool = True) -> str | None:
    """Returns why a record is not the known one, nor a later one; null if it is. `newer` is whether a later one is."""
    if there.revision < known.revision:
        return said(store_words, lambda words: words.older_version_found, present=there.revision, saved=known.revision)
    if there.revision == known.revision and there.digest != known.digest:
        return said(store_words, lambda words: words.changed_outside)
    if there.revision > known.revision and not newer:
        return said(store_words, lambda words: words.log_silent_on_version)
    return None


def _of_the_clock(now: datetime, latest: datetime) -> Iterable[Doubt]:
    """Yields a doubt when today is before the latest day that was seen: a consent that has expired would hold again."""
    if now.date() < latest.date():
        yield Doubt(
            DoubtKind.CLOCK,
            said(store_words, lambda words: words.this_clock),
            said(store_words, lambda words: words.clock_is_earlier, says=said_day(now), used=said_day(latest)),
        )


def _has_sealed_files(catalog: Catalog) -> bool:
    """Whether a file of the store is encrypted, or a client has keys."""
    layout = catalog.layout
    if any(map(_is_sealed, (str(layout.codes), str(layout.log)))):
        return True
    with suppress(OSError), os.scandir(layout.clients) as clients:
        for client in islice(clients, _ENOUGH_CLIENTS):
            with suppress(OSError):
                if any(name.endswith(KEY_ENDING) for name in os.listdir(client.path)):
                    return True
            if _is_sealed(f"{client.path}/client.json"):
                return True
    return False


def _is_sealed(path: str) -> bool:
    with suppress(OSError):
        return begins_encrypted(Path(path))
    return False
