"""Records made up for a rule: notes of any entries, without an interview."""

from collections.abc import Iterable
from datetime import UTC, datetime

from hypothesis import strategies as st

from mi_cli.records.notes import Entry, Notes
from mi_cli.records.terms import Kind, Stage, Talk

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draws an entry as an interview could make it; `notes_of` gives it its number."""
    kind = draw(st.sampled_from([Kind.CHANGE, Kind.SUSTAIN, Kind.SAID, Kind.STRENGTH, Kind.VALUE]))
    typed = kind in (Kind.CHANGE, Kind.SUSTAIN)
    return Entry(
        n=1,
        turn=1,
        at=AT,
        stage=Stage.EVOKING,
        prompt=None,
        kind=kind,
        talk=draw(st.none() | st.sampled_from(Talk)) if typed else None,
        words=draw(st.none() | st.text(min_size=1)) if typed else draw(st.text(min_size=1)),
    )


def notes_of(unnumbered: Iterable[Entry]) -> Notes:
    """Returns notes with these entries, numbered from 1."""
    numbered = tuple(entry.replace(n=number, turn=number) for number, entry in enumerate(unnumbered, 1))
    return Notes(
        schema_="mi.notes/1",
        id="notes001",
        created_at=AT,
        updated_at=AT,
        revision=1,
        session="session1",
        last_n=len(numbered),
        last_turn=len(numbered),
        entries=numbered,
    )
