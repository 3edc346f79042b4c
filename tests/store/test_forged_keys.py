"""Whatever somebody without a key makes of `keys.json`: it opens as a holder of the keys wrote it, or not at all.

And what the supervisor opens of the notes never grows: neither at once, nor when the file is written anew.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import Damaged
from mi_cli.store.keys import supervisor
from mi_cli.store.keys.keyfile import KeyFile, KeyFileContents, WrongKey, key_file_bytes, new_keys

PASSPHRASE: Final = "vexingly quaint harbor mosaic"
THEIRS: Final = "a passphrase of somebody else"
STORE: Final = "store001"
SHEET: Final = supervisor.generate()
Document = dict[str, Any]


def written(keys: KeyFileContents, passphrase: str = PASSPHRASE, store: str | None = STORE) -> Document:
    document: Document = json.loads(key_file_bytes(keys, passphrase, store))
    return document


OURS: Final = replace(new_keys(), supervisor=SHEET.public, supervisor_has_notes=False)
SOUND: Final = written(OURS)
EARLIER: Final = written(replace(OURS, supervisor_has_notes=True))  # when the sheet still opened the notes
SOURCES: Final = {
    "ours": SOUND,
    "of another store": written(OURS, store="another1"),
    "theirs, for the sheet": written(replace(new_keys(), supervisor=SHEET.public, supervisor_has_notes=True), THEIRS),
    "theirs, under our passphrase's place": written(new_keys(), THEIRS),
}
MEMBERS: Final = ("protected", "iv", "ciphertext", "tag", "recipients", "notes", "former_notes")


def opened(document: Document) -> KeyFileContents | None:
    """What the passphrase opens; null where the file is refused."""
    try:
        return KeyFile(document, STORE).opened(PASSPHRASE)
    except (Damaged, WrongKey):
        return None


def by_sheet(document: Document) -> KeyFileContents | None:
    try:
        return KeyFile(document, STORE).opened_by_supervisor(SHEET.jwk)
    except (Damaged, WrongKey):
        return None


def require_nothing_gained(document: Document) -> None:
    """The keys are ours, or none; the sheet gets no notes; and written anew, it gets none either."""
    if (keys := opened(document)) is not None:
        assert (keys.records, keys.notes) == (OURS.records, OURS.notes)
        assert not keys.supervisor_has_notes
        again = json.loads(KeyFile(document, STORE).rewritten(keys.with_new_keys(), PASSPHRASE))
        from_sheet = by_sheet(again)
        assert from_sheet is None or not from_sheet.notes
    from_sheet = by_sheet(document)
    if from_sheet is not None and from_sheet.records == OURS.records:
        assert not from_sheet.notes


def _records_for_notes(document: Document) -> None:
    document["notes"] = {key: value for key, value in document.items() if key != "notes"}


def _notes_for_records(document: Document) -> None:
    document.update(document["notes"])


def _exchanged(document: Document) -> None:
    notes = document.pop("notes")
    records = dict(document)
    document.update(notes)
    document["notes"] = records


def _sheet_of_records_for_notes(document: Document) -> None:
    document["notes"]["recipients"].append(document["recipients"][1])


def _recipients_exchanged(document: Document) -> None:
    ours, theirs = document["recipients"], document["notes"]["recipients"]
    document["recipients"], document["notes"]["recipients"] = theirs, ours


def _recipients_turned(document: Document) -> None:
    document["recipients"].reverse()


def _sheet_twice(document: Document) -> None:
    document["recipients"].append(document["recipients"][1])
    document["recipients"].append({"header": {"alg": "ECDH-ES+A256KW", "kid": "nobody"}, "encrypted_key": "AAAA"})


def _their_notes(document: Document) -> None:
    document["notes"] = copy.deepcopy(SOURCES["theirs, for the sheet"]["notes"])


def _their_records(document: Document) -> None:
    theirs = copy.deepcopy(SOURCES["theirs, for the sheet"])
    document.update({key: value for key, value in theirs.items() if key != "notes"})


def _notes_for_former_notes(document: Document) -> None:
    document["former_notes"] = [document["notes"], {key: document[key] for key in MEMBERS[:5]}]


def _no_notes(document: Document) -> None:
    del document["notes"]


def _fewer_rounds(document: Document) -> None:
    document["recipients"][0]["header"]["p2c"] = 1000


def _no_purpose(document: Document) -> None:
    document["protected"] = "eyJlbmMiOiJBMjU2R0NNIn0"


ATTACKS: Final[tuple[Callable[[Document], None], ...]] = (
    _records_for_notes, _notes_for_records, _exchanged, _sheet_of_records_for_notes, _recipients_exchanged,
    _recipients_turned, _sheet_twice, _their_notes, _their_records, _notes_for_former_notes, _no_notes, _fewer_rounds,
    _no_purpose,
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_parts_and_recipients_that_are_exchanged_gain_nothing(attack: Callable[[Document], None]) -> None:
    document = copy.deepcopy(SOUND)
    attack(document)
    require_nothing_gained(document)


def test_a_key_file_of_another_store_is_refused_whole_and_in_parts() -> None:
    another = SOURCES["of another store"]
    assert opened(another) is None
    assert by_sheet(another) is None
    assert opened({**SOUND, "notes": another["notes"]}) is None


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, item in inner for deeper in _paths(item, (*path, key)))]


def _at(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


@given(st.data())
def test_whatever_is_put_into_the_place_of_anything_gains_nothing(data: st.DataObject) -> None:
    document = copy.deepcopy(SOUND)
    for _ in range(data.draw(st.integers(1, 4))):
        places = _paths(document)[1:]
        if not places:
            break
        place = data.draw(st.sampled_from(places))
        within = _at(document, place[:-1])
        source = SOURCES[data.draw(st.sampled_from(sorted(SOURCES)))]
        kind = data.draw(st.sampled_from(["another part", "taken out", "cut", "nonsense"]))
        if kind == "taken out":
            del within[place[-1]]
        elif kind == "another part":
            within[place[-1]] = copy.deepcopy(_at(source, data.draw(st.sampled_from(_paths(source)))))
        elif kind == "cut" and isinstance(within[place[-1]], str):
            within[place[-1]] = within[place[-1]][: data.draw(st.integers(0, len(within[place[-1]])))]
        else:
            within[place[-1]] = data.draw(st.sampled_from([None, [], {}, 0, "", "AAAA", True]))
    require_nothing_gained(document)


def test_what_an_earlier_file_gave_the_sheet_it_still_gives_and_security_md_says_so() -> None:
    """The notes' key of that time: a rollback of the whole file, which the marks of the keys notice (`standing.py`)."""
    from_sheet = by_sheet(EARLIER)
    assert from_sheet is not None
    assert from_sheet.notes == OURS.notes
