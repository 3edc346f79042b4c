"""The light way to look into a store: whether there is one, what is in it, and which record a name means.

No locks, no pydantic, no `cryptography` for a plain store: a list appears at once. File names sort by time, so the
newest twenty interviews are found by their names alone, and only these twenty files are opened. Names tell the second;
records of the same second are put in order by the times in them.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final, TypeVar

from mi_cli.errors import Damaged, Failed, NoStore, WrongUsage
from mi_cli.records.head import SessionHead
from mi_cli.records.names import is_id, is_id_start
from mi_cli.records.reference import STAMP_LENGTH, RecordRef
from mi_cli.records.terms import Protection, Status
from mi_cli.store.disk.atomic import reason
from mi_cli.store.disk.codec import NOT_AS_WRITTEN, PLAIN, Codec
from mi_cli.store.disk.door import refuse_links
from mi_cli.store.disk.layout import RECORD_NAME, Layout
from mi_cli.words.said import said
from mi_cli.words.store import store_words

STORE_SCHEMA: Final = "mi.store/1"
CLIENT_SCHEMA: Final = "mi.client/1"
CODES_SCHEMA: Final = "mi.clients/1"
_LONG_AGO: Final = (datetime.min.replace(tzinfo=UTC),) * 2
_RECORD_FILE: Final = re.compile(rf"{RECORD_NAME}\.json", re.ASCII).fullmatch

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Catalog:
    """What a store holds, read without locks, pydantic or the notes' key. `codec` opens the records.

    `within` is the folder that holds them, where another one is meant than `store.json` names.
    """

    root: Path
    codec: Codec = PLAIN
    within: str | None = None

    @cached_property
    def layout(self) -> Layout:
        """The paths of the store."""
        return Layout(self.root, self.codec, self.within)

    # -- the store itself -----------------------------------------------------------------------------------------

    @property
    def exists(self) -> bool:
        """Whether there is a store here. Raises Damaged when that is unknown."""
        try:
            self.layout.info.lstat()  # a link is no store, and it is none that could be made either
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise Damaged(self.layout.display_path(self.layout.info), reason(error)) from error
        return True

    def require(self) -> None:
        """Raise NoStore unless there is a store here."""
        if not self.exists:
            raise NoStore(
                said(store_words, lambda words: words.no_store), said(store_words, lambda words: words.init_makes_one)
            )

    @property
    def protection(self) -> Protection:
        """Whether the store is protected, by store.json; where that cannot be read, by whether keys.json exists.

        With keys.json, a store that says it is plain counts as `protecting`: a crash of version 0.1.0 left this, and
        so does somebody who edits store.json. Nothing is written before that is settled (`earlier_protection.py`).
        """
        keys = os.path.lexists(self.layout.keys)
        try:
            protection = Protection(self.layout.read_json(self.layout.info, STORE_SCHEMA)["protection"])
        except (Damaged, FileNotFoundError, KeyError, ValueError):
            return Protection.PASSPHRASE if keys else Protection.NONE
        return Protection.PROTECTING if keys and protection is Protection.NONE else protection

    @property
    def protection_undecided(self) -> bool:
        """Whether the store has no passphrase because nobody could be asked when it was made, nor since."""
        try:
            return self.layout.read_json(self.layout.info, STORE_SCHEMA).get("protection_asked") is False
        except (Damaged, FileNotFoundError):
            return False

    @property
    def store_id(self) -> str:
        """The id of the store. Raises Damaged, KeyError; FileNotFoundError where there is no store."""
        return str(self.layout.read_json(self.layout.info)["id"])

    # -- clients and their codes ----------------------------------------------------------------------------------

    def read_codes(self) -> dict[str, str]:
        """Returns the client id of each code. Raises Damaged."""
        codes = self._codes_document().get("clients")
        if not isinstance(codes, dict) or not all(isinstance(value, str) and is_id(value) for value in codes.values()):
            raise Damaged(self.layout.display_path(self.layout.codes), said(store_words, lambda words: words.no_record))
        return codes

    def _codes_document(self) -> dict[str, Any]:
        try:
            return self.layout.read_json(self.layout.codes, CODES_SCHEMA)
        except FileNotFoundError:
            raise Damaged(
                self.layout.display_path(self.layout.codes), said(store_words, lambda words: words.gone)
            ) from None

    def deleted_clients(self) -> set[str]:
        """Returns the ids of the clients in the trash: none where clients.json cannot be read, which others name."""
        try:
            document = self._codes_document()
            deleted = {str(entry["client"]) for entry in document.get("deleted", {}).values()}
            return deleted - set(document["clients"].values())
        except (Damaged, *NOT_AS_WRITTEN):
            return set()

    @property
    def moves(self) -> dict[str, str]:
        """The client to whom each interview is being moved; none where clients.json cannot be read, as others say."""
        with suppress(Damaged, *NOT_AS_WRITTEN):
            return {session: str(move["to"]) for session, move in self._codes_document().get("moving", {}).items()}
        return {}

    def read_client(self, client_id: str) -> dict[str, str | None]:
        """Returns a client's language and counselor. Raises Damaged."""
        path = self.layout.client(client_id) / "client.json"
        try:
            document = self.layout.read_json(path, CLIENT_SCHEMA)
        except FileNotFoundError:
            raise Damaged(self.layout.display_path(path), said(store_words, lambda words: words.gone)) from None
        fields = {field: document.get(field) for field in ("language", "counselor")}
        if document.get("id") != client_id or not all(isinstance(value, str | None) for value in fields.values()):
            raise Damaged(self.layout.display_path(path), said(store_words, lambda words: words.not_this_clients))
        return fields

    def code_of(self, damaged: list[Damaged] | None = None) -> dict[str, str]:
        """Returns the code of each client id. Unreadable codes are put into `damaged`, or Damaged is raised."""
        try:
            return {client: code for code, client in self.read_codes().items()}
        except Damaged as error:
            if damaged is None:
                raise
            damaged.append(error)
            return {}

    def client_ids(self) -> list[str]:
        """Returns the ids of the clients, without those in the trash. Raises Damaged when they cannot be listed."""
        deleted = self.deleted_clients()
        return [client for client in self.client_folders() if client not in deleted]

    def client_folders(self) -> list[str]:
        """Returns the ids of all client folders, also of those in the trash. Raises Damaged as `client_ids`."""
        try:
            refuse_links(self.layout.clients, self.root)
            return [name for name in os.listdir(self.layout.clients) if is_id(name)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Damaged(self.layout.display_path(self.layout.clients), reason(error)) from error

    # -- lists of records -----------------------------------------------------------------------------------------

    def sessions(self, clients: Iterable[str] | None = None, damaged: list[Damaged] | None = None) -> list[RecordRef]:
        """Returns the sessions of these clients, or of all, newest first.

        A client's folder that cannot be read is put into `damaged`; without it, Damaged is raised.
        """
        return self.list_dated("sessions", clients, damaged)

    def list_dated(
        self, folder: str, clients: Iterable[str] | None = None, damaged: list[Damaged] | None = None
    ) -> list[RecordRef]:
        """As `sessions`, for any folder whose files sort by time: `sessions`, `consents`, `disclosures`."""
        return list(self.iter_newest(folder, clients, damaged))

    def iter_newest(
        self, folder: str, clients: Iterable[str] | None = None, damaged: list[Damaged] | None = None
    ) -> Iterator[RecordRef]:
        """As `list_dated`, but lazily, for the first few. The folders have been read when this returns.

        Only files of the same second are opened, to put them in order.
        """
        names = self.named(folder, clients, damaged)
        return (
            ref
            for same in _of_the_same_second(names)
            for ref in (_latest_first(same, partial(self._begun_and_made, folder)) if len(same) > 1 else same)
        )

    def named(
        self, folder: str, clients: Iterable[str] | None = None, damaged: list[Damaged] | None = None
    ) -> Iterator[RecordRef]:
        """As `iter_newest`, but records of the same second are in no order, so that no file is opened."""
        names_and_clients: list[tuple[str, str]] = []
        above = str(self.layout.clients)  # text: a Path for each of hundreds of clients takes too long
        for client in self.client_ids() if clients is None else clients:
            try:
                names = os.listdir(f"{above}/{client}/{folder}")
            except FileNotFoundError:
                continue
            except OSError as error:
                unreadable = Damaged(f"{self.layout.display_path(self.layout.client(client))}/{folder}", reason(error))
                if damaged is None:
                    raise unreadable from error
                damaged.append(unreadable)
                continue
            names_and_clients += [(name, client) for name in names]
        names_and_clients.sort(reverse=True)
        return (RecordRef(name[:-5], client) for name, client in names_and_clients if _RECORD_FILE(name))

    def _begun_and_made(self, folder: str, ref: RecordRef) -> tuple[datetime, datetime]:
        """Returns when something was begun and its record was made; long ago where that cannot be read."""
        try:
            document = self.layout.read_json(self.layout.client(ref.client) / folder / f"{ref.name}.json")
            made = datetime.fromisoformat(document["created_at"])
            begun = datetime.fromisoformat(document.get("started_at", document["created_at"]))
        except (Damaged, FileNotFoundError, *NOT_AS_WRITTEN):
            return _LONG_AGO
        return (begun, made) if begun.tzinfo and made.tzinfo else _LONG_AGO

    def newest_heads(
        self, clients: Iterable[str] | None = None, damaged: list[Damaged] | None = None
    ) -> Iterator[tuple[RecordRef, SessionHead | Damaged]]:
        """As `iter_newest`, with the head of each session, or the error: each file is opened once."""
        for same in _of_the_same_second(self.named("sessions", clients, damaged)):
            heads = [(ref, head) for ref in same for head in self.heads([ref])]
            yield from _latest_first(
                heads,
                lambda pair: _LONG_AGO if isinstance(pair[1], Damaged) else (pair[1].started_at, pair[1].created_at),
            )

    def heads(self, refs: Iterable[RecordRef]) -> Iterator[SessionHead | Damaged]:
        """Yields the head of each session, or the error where it cannot be read. Missing files are left out."""
        for ref in refs:
            path = self.layout.session(ref)
            try:
                head = SessionHead.from_document(self.layout.read_json(path))
                if (head.id, head.client) != (ref.id, ref.client):
                    raise ValueError("another session's record")
                yield head
            except FileNotFoundError:
                continue
            except Damaged as damaged:
                yield damaged
            except NOT_AS_WRITTEN:
                yield Damaged(self.layout.display_path(path), said(store_words, lambda words: words.no_known_session))

    # -- which record a name on the command line means ------------------------------------------------------------

    def client_id(self, code: str) -> str:
        """Returns the client id of a code, in upper or lower case. Raises Failed when there is none; Damaged."""
        match = find_code(self.read_codes(), code)
        if match is None:
            raise Failed(
                said(store_words, lambda words: words.no_such_client),
                said(store_words, lambda words: words.client_list_shows),
            )
        return match[1]

    def find_session(self, name: str) -> RecordRef:
        """Returns the session meant by `last`, by a client's code (their latest) or by the start of its id.

        Raises Failed for none, WrongUsage for several; Damaged only if what was meant may be in what cannot be read.
        """
        return self._resolve("sessions", name)

    def find_consent(self, name: str) -> RecordRef:
        """Returns the consent meant, as `find_session`."""
        return self._resolve("consents", name)

    def find_note(self, name: str) -> RecordRef:
        """Returns the progress note meant, as `find_session`."""
        return self._resolve("progress-notes", name)

    def find_contact(self, name: str) -> RecordRef:
        """Returns the contact meant, as `find_session`."""
        return self._resolve("contacts", name)

    def _resolve(self, folder: str, name: str) -> RecordRef:
        damaged: list[Damaged] = []
        codes = {code: client for client, code in self.code_of(damaged).items()}
        if name.lower() == "last":
            refs = list(islice(self.iter_newest(folder, damaged=[]), 1))
        elif match := find_code(codes, name):
            refs = list(islice(self.iter_newest(folder, [match[1]]), 1))
        else:
            folded = name.lower()
            elsewhere = self.list_dated(folder, damaged=damaged) if is_id_start(folded) else []
            refs = [ref for ref in elsewhere if ref.id.startswith(folded)]
            if not refs and damaged:
                raise damaged[0]
            if len(refs) > 1:
                raise WrongUsage(
                    said(store_words, lambda words: words.start_of_several[folder], count=len(refs)),
                    said(store_words, lambda words: words.give_more_of_id),
                )
        if not refs:
            raise Failed(
                said(store_words, lambda words: words.none_such[folder]),
                said(store_words, lambda words: words.list_shows[folder]),
            )
        return refs[0]

    def latest_unfinished(self) -> RecordRef:
        """Returns the latest session that is not closed. Raises Failed when there is none."""
        for ref, head in self.newest_heads(damaged=[]):
            if isinstance(head, SessionHead) and head.status is not Status.CLOSED:
                return ref
        raise Failed(
            said(store_words, lambda words: words.nothing_to_resume),
            said(store_words, lambda words: words.start_begins_one),
        )


def _of_the_same_second(refs: Iterable[RecordRef]) -> Iterator[list[RecordRef]]:
    return (list(same) for _, same in groupby(refs, key=lambda ref: ref.name[:STAMP_LENGTH]))


def _latest_first(items: Iterable[_Item], begun_and_made: Callable[[_Item], tuple[datetime, datetime]]) -> list[_Item]:
    return sorted(items, key=begun_and_made, reverse=True)


def find_code(codes: dict[str, str], code: str) -> tuple[str, str] | None:
    """Returns the code as the store spells it and the client's id; null when no client has it.

    Upper and lower case are the same, and so is a letter that Unicode writes as one character or as two, such as `é`.
    """
    folded = _folded(code)
    return next(((spelled, client) for spelled, client in codes.items() if _folded(spelled) == folded), None)


def _folded(code: str) -> str:
    if code.isascii():
        return code.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", code).casefold())
