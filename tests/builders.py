"""Everything that tests make up: consents, plans, packets, notes, protected stores. Everybody in it is invented."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from mi_cli.handoff.collecting import packet_of
from mi_cli.handoff.cover import Cover, cover_for
from mi_cli.handoff.gate import permit
from mi_cli.handoff.objections import Request
from mi_cli.handoff.packet import Packet, Person
from mi_cli.handoff.program import Program
from mi_cli.handoff.scope import SCOPE_VERSION, parts_of
from mi_cli.interview.lines import apply, read_line
from mi_cli.interview.session_start import start
from mi_cli.interview.situation import NOTHING_EARLIER, Earlier
from mi_cli.interview.state import InterviewState
from mi_cli.prompts.model import PromptSet
from mi_cli.records.client_facts import Facts
from mi_cli.records.consent import Consent, Expiry, Recipient, Signer
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.event_type import EventType
from mi_cli.records.facts import ReadingFact, SessionFacts
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.permit import Permit
from mi_cli.records.plan import (
    Barrier,
    EntryRef,
    Goal,
    GoalFrom,
    Objective,
    Plan,
    Progress,
    Shared,
    SharedFact,
    Step,
    Support,
)
from mi_cli.records.reference import RecordRef
from mi_cli.records.session import PromptSetUsed, Session, Visit
from mi_cli.records.terms import (
    Basis,
    Category,
    ConsentKind,
    FactName,
    FactSource,
    GoalStatus,
    HandoffPart,
    Kind,
    Purpose,
    Reach,
    RecipientKind,
    Ruler,
    Stage,
    Statement,
    Status,
    StepStatus,
    Talk,
)
from mi_cli.store.disk.codec import DocumentLabel
from mi_cli.store.keys.keyfile import KeyFile, KeyFileContents, StoreKeys, key_file_bytes, new_keys
from mi_cli.store.records.clients import change_codes
from mi_cli.store.records.consents import add_consent, consents
from mi_cli.store.records.disclosures import Outgoing, deliver, print_out
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.making import create_store

# -- Consents ---------------------------------------------------------------------------------------------------------

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
CLIENT = "cccccccc"
THERAPIST = Recipient(name="A. Therapist", organization="Riverside CBT", kind=RecipientKind.COVERED_ENTITY)

# What `mi consent add --from` reads: a consent with what a file needs.
CONSENT_FILE = """
kind = "purpose"
patient_name = "Jo Example"
disclosers = ["Harbor Program"]
scope_text = "my goals"
scope_categories = ["goal-plan"]
recipients = [{name = "A. Therapist", address = "1 Example Street"}]
purpose_text = "to begin CBT"
purpose_codes = ["TREAT"]
statements = ["revocation"]
revocation_method = "in writing"
expiry = {on = 2099-05-31}
signed_on = 2020-11-20
signer = {capacity = "client"}
"""


def consent(**changes: Any) -> Consent:
    """A consent for treatment, payment and operations that lacks nothing."""
    whole = Consent(
        schema_=Consent.SCHEMA,
        id="aaaaaaaa",
        created_at=NOW,
        updated_at=NOW,
        revision=1,
        client=CLIENT,
        kind=ConsentKind.TPO,
        patient_name="Jo Example",
        disclosers=("Harbor Program",),
        scope_text="my goals and change plan, and how I rated them",
        scope_categories=(Category.GOAL_PLAN, Category.READINGS),
        scope_version=SCOPE_VERSION,
        recipients=(THERAPIST,),
        purpose_text="treatment, payment and health care operations",
        purpose_codes=(Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS),
        statements=tuple(Statement),
        revocation_method="in writing to Harbor Program",
        expiry=Expiry(on=date(2027, 5, 31)),
        signer=Signer(name="Jo Example"),
        signed_on=date(2026, 11, 20),
        recorded_by="A. Counselor",
    )
    return whole.replace(**changes)


# -- Plans, packets and covers ----------------------------------------------------------------------------------------

PROGRAM = Program("Harbor Program", "Harbor Program, 555-0100")


def goal(number: int, words: str, **fields: Any) -> Goal:
    said = GoalFrom(session="7k3q9xab", stage=Stage.PLANNING, at=NOW)
    return Goal(id=f"goal{number:04d}", words=words, from_=said, **fields)


BREAKFAST = goal(
    1,
    "Be at Saturday breakfast with my daughter, awake and sober.",
    objective=Objective(words="At breakfast by 8 a.m. on three of the next four Saturdays.", by="A. Counselor"),
    reasons=("She asked why I'm always asleep.", "I want her to be proud of me."),
    steps=(
        Step(
            id="step0001",
            words="Tell Luis I won't come",
            when="Thursday after work",
            how="by phone",
            reach=Reach.PROXIMAL,
        ),
        Step(
            id="step0009",
            words="Set two alarms",
            when="Friday night",
            status=StepStatus.DONE,
            on=date(2026, 11, 20),
            outcome="Up at the second one.",
            outcome_shared=NOW.date(),
        ),
        Step(id="step0002", words="No drinks after the night shift", reach=Reach.DISTAL),
    ),
    supports=(Support(who="My sister Ana", how="She calls me Friday at nine."), Support(who="Coach Reed")),
    barriers=(Barrier(what="The house is empty", response="I go to Ana's for coffee."), Barrier(what="Payday")),
    signs=("I can tell you what we ate.", "She stops asking."),
    if_not_working="I call you before Monday, not after.",
    importance=8,
    confidence=5,
    review_on=date(2026, 12, 7),
    progress=(
        Progress(at=NOW, words="Made it last Saturday, half an hour late.", shared=NOW.date()),
        Progress(at=NOW, words="Second Friday drove after 9-10 beers."),
    ),
)
DESAYUNO = goal(
    1,
    "Desayunar con mi hija los sábados, despierto y sin haber tomado.",
    objective=Objective(words="En la mesa antes de las 8, tres de los próximos cuatro sábados.", by="A. Consejera"),
    reasons=("Me preguntó por qué siempre estoy dormido.", "Quiero que esté orgullosa de mí."),
    steps=(
        Step(
            id="step0003", words="Decirle a Luis que no voy", when="el jueves después del trabajo", reach=Reach.PROXIMAL
        ),
        Step(id="step0004", words="No tomar después del turno de noche", reach=Reach.DISTAL),
    ),
    supports=(Support(who="Mi hermana Ana", how="Me llama el viernes a las nueve."),),
    barriers=(Barrier(what="la casa está vacía", response="me voy con Ana a tomar café."),),
    signs=("Puedo contarle qué comimos.",),
    if_not_working="Le llamo antes del lunes, no después.",
    importance=8,
    confidence=5,
    review_on=date(2026, 12, 7),
)


def shared(words: str, kind: Kind, talk: Talk | None = None, n: int = 1) -> Shared:
    return Shared(words=words, kind=kind, talk=talk, from_=EntryRef(session="7k3q9xab", n=n, at=NOW))


def plan(*goals: Goal, **lists: tuple[Shared, ...] | tuple[SharedFact, ...]) -> Plan:
    fields = {"schema_": Plan.SCHEMA, "id": "pppppppp", "created_at": NOW, "updated_at": NOW, "revision": 1}
    return Plan(**fields, client=CLIENT, goals=goals, **lists)


SHARED: dict[str, tuple[Shared, ...]] = {
    "focus": (shared("The drinking after night shifts, not the whole of my life", Kind.FOCUS),),
    "talk": (
        shared("I'd like to be there for breakfast.", Kind.CHANGE, Talk.DESIRE),
        shared("I have gone three weeks without before.", Kind.CHANGE, Talk.ABILITY),
        shared("I already told Luis.", Kind.CHANGE, Talk.TAKING_STEPS),
        shared("It's the only thing that switches my head off.", Kind.SUSTAIN, Talk.REASON),
    ),
    "values": (shared("Being a dad she is proud of", Kind.VALUE),),
    "strengths": (shared("Came on his own; turned up for every match of hers this season.", Kind.STRENGTH),),
    "triggers": (shared("Coming off nights at 6 a.m., house empty, nothing to do until school", Kind.TRIGGER),),
    "parked": (
        shared("His father's drinking and “what went on at home”; he went quiet.", Kind.PARKED),
        shared("The crash in 2019. I don't want to get into that here.", Kind.PARKED),
    ),
}
FACTS = (
    SharedFact(
        name=FactName.TARGET,
        words="drinking after night shifts (alcohol; Friday and Saturday; last on 20 November)",
        on=NOW.date(),
        source=FactSource.CLIENT,
        shared=NOW.date(),
    ),
    SharedFact(
        name=FactName.APPOINTMENT,
        words="Thursday, December 3, 4 p.m., Riverside CBT",
        on=NOW.date(),
        source=FactSource.COUNSELOR,
        shared=NOW.date(),
    ),
)
WHOLE = plan(BREAKFAST, **SHARED).replace(facts=FACTS)
ENTERO = plan(DESAYUNO, parked=(shared("El choque de 2019. De eso no quiero hablar aquí.", Kind.PARKED),))
EIGHT = plan(*(BREAKFAST.replace(id=f"goal{number:04d}") for number in range(1, 9)), **SHARED)
EMPTY = plan()


def facts(goal_id: str | None = None) -> list[SessionFacts]:
    """Returns three interviews, two weeks apart; in the last one a safety concern was raised."""
    interviews = []
    for number in range(3):
        at = NOW - timedelta(days=14 * (2 - number))
        numbers = ((Ruler.IMPORTANCE, 6 + number), (Ruler.CONFIDENCE, 3 + number))
        interviews.append(
            SessionFacts(
                id=f"session{number}",
                counselor="A. Counselor",
                started_at=at,
                ended_at=at + timedelta(minutes=42 + number),
                minutes=42 + number,
                stages=tuple(Stage)[: 2 + number],
                readings=tuple(
                    ReadingFact(ruler, goal_id, value, at, None if goal_id else "target01") for ruler, value in numbers
                ),
                safety_raised=(at,) if number == 2 else (),
            )
        )
    return interviews


def packet(
    of: Plan = WHOLE,
    *,
    held: Iterable[SessionFacts] | None = None,
    permitted: frozenset[Category] = frozenset(Category),
    language: str = "en",
    name: str | None = None,
    born_on: date | None = None,
    known: Facts | None = None,
    parts: frozenset[HandoffPart] | None = None,
) -> Packet:
    return packet_of(
        packet_id="kkkkkkkk",
        client=Person(code="J-014", name=name, born_on=born_on),
        language=language,
        plan=of,
        facts=(facts() if of.goals else []) if held is None else held,
        permitted=parts_of(permitted) if parts is None else parts,
        goals={goal.id for goal in of.goals if goal.status is not GoalStatus.DROPPED},
        counselor="A. Counselor",
        made_at=NOW,
        made_by="mi 0.1.0",
        known=known,
    )


def cover(language: str = "en", **changes: Any) -> Cover:
    permitted = permit(Request(CLIENT, "J-014"), [consent(scope_categories=tuple(Category), **changes)], PROGRAM, NOW)
    sheet = cover_for(permitted, PROGRAM, "A. Counselor", NOW, language)
    assert sheet
    return sheet


# -- Notes, for rules that look at entries ----------------------------------------------------------------------------


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draws an entry as an interview could make it; `notes_of` gives it its number."""
    kind = draw(st.sampled_from([Kind.CHANGE, Kind.SUSTAIN, Kind.SAID, Kind.STRENGTH, Kind.VALUE]))
    typed = kind in (Kind.CHANGE, Kind.SUSTAIN)
    return Entry(
        n=1,
        turn=1,
        at=NOW,
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
        schema_=Notes.SCHEMA,
        id="notes001",
        created_at=NOW,
        updated_at=NOW,
        revision=1,
        session="session1",
        last_n=len(numbered),
        last_turn=len(numbered),
        entries=numbered,
    )


# -- A store with a passphrase ----------------------------------------------------------------------------------------

PASSPHRASE = "invented words only for these tests"


@cache
def key_file() -> tuple[bytes, KeyFileContents]:
    """Returns the bytes of a key file, and the keys that are in it."""
    keys = new_keys()
    return key_file_bytes(keys, PASSPHRASE), keys


def protected_store(root: Path, now: Callable[[], datetime], new_id: Callable[[], str]) -> JsonStore:
    """Makes a protected store and returns it, unlocked."""
    data, opened = key_file()
    store = JsonStore(root, now, new_id, "A. Counselor", StoreKeys(opened.records, lambda: opened.notes))
    create_store(store, data)
    return store


def unlocked(root: Path) -> StoreKeys:
    """Unlocks the store in that folder with `PASSPHRASE` and returns its keys."""
    return KeyFile.read(root).unlocked(PASSPHRASE)


# -- Passing on a document --------------------------------------------------------------------------------------------

PROGRAM_WITH_COLLEAGUE = Program("Harbor Program", recipients=("C. Colleague",))
DOCUMENT = Outgoing(b"the goals", "md", frozenset({Category.GOAL_PLAN}), ("goal0001",), "2024")


@dataclass(frozen=True)
class Sender:
    """Passes one client's documents on to A. Therapist."""

    store: JsonStore
    client: str
    basis: Basis | None = None

    @classmethod
    def with_consent(cls, store: JsonStore, client: str) -> "Sender":
        """Records a consent for the client first."""
        add_consent(store, consent(client=client, id="cons0001", created_at=store.now()))
        return cls(store, client)

    def judge(self, known: Sequence[Consent], *, unread: bool = False) -> Permit:
        """Asks the gate with these consents, at the present time."""
        request = Request(self.client, "J-014", basis=self.basis)
        return permit(request, known, PROGRAM_WITH_COLLEAGUE, self.store.now(), unread=unread)

    @property
    def permit(self) -> Permit:
        """The gate's permit with the consents that are recorded now. Raises Refused."""
        return self.judge(consents(self.store, self.client, damaged=[]))

    def to_file(self, target: Path, content: bytes = DOCUMENT.content, *, overwrite: bool = False) -> Disclosure:
        """Passes a document on to a file, and returns the entry in the log."""
        document = replace(DOCUMENT, content=content)
        return deliver(self.store, self.permit, self.judge, document, target, overwrite=overwrite)

    def to_output(self, write: Callable[[bytes], object]) -> Disclosure:
        """Passes a document on to standard output, and returns the entry in the log."""
        return print_out(self.store, self.permit, self.judge, DOCUMENT, write)


# -- Interviews without a store ---------------------------------------------------------------------------------------

_new_id = map("{:08d}".format, count(1)).__next__


def an_interview(
    prompts: PromptSet,
    stage: Stage = Stage.ENGAGING,
    *,
    first: bool = True,
    earlier: Earlier = NOTHING_EARLIER,
    plan: Plan | None = None,
    facts: Facts | None = None,
) -> InterviewState:
    """An interview about to begin, with no store behind it."""
    kept = {"created_at": NOW, "updated_at": NOW, "revision": 1}
    session = Session(
        **kept,
        schema_=Session.SCHEMA,
        id="session1",
        client=CLIENT,
        counselor="A. Counselor",
        language=prompts.language,
        prompt_set=PromptSetUsed(name=prompts.name, version="1", digest=""),
        status=Status.OPEN,
        started_at=NOW,
        visits=(Visit(stage=stage, from_=NOW),),
    )
    notes = Notes(**kept, schema_=Notes.SCHEMA, id="notes001", session="session1")
    plan = plan or Plan(**kept, schema_=Plan.SCHEMA, id="plan0001", client=CLIENT)
    facts = facts or Facts(**kept, schema_=Facts.SCHEMA, id="facts001", client=CLIENT)
    return start(session, notes, facts, plan, prompts, first=first, earlier=earlier)


def after(state: InterviewState, lines: Iterable[str], each: timedelta = timedelta(seconds=1)) -> InterviewState:
    """The interview after these lines; `each` turn takes that long."""
    for line in lines:
        at = NOW + (state.notes.last_turn + 1) * each
        state = apply(state, read_line(state, line), at, _new_id).state
    return state


# -- what version 0.1.0 deleted ---------------------------------------------------------------------------------------


def deleted_by_earlier_version(store: JsonStore, client: str, code: str, name: str = "", moves: int = 9) -> str:
    """Deletes a client, or the interview of that name, as version 0.1.0 did, but for a kill after that many steps.

    Returns the id of the item. The first step of deleting a client frees the code; every other one moves something.
    """
    item, layout = store.new_id(), store.layout
    folder = layout.trash / item
    folder.mkdir(parents=True)
    document = {
        "schema": "mi.trash/1",
        "id": item,
        "what": "session" if name else "client",
        "client": client,
        "code": code,
        "name": name,
        "deleted_at": store.now().isoformat(),
        "kept_until": None,
    }
    store.write(folder / "item.json", DocumentLabel("mi.trash/1", item), json.dumps(document).encode())
    ref = RecordRef(name, client)

    def free() -> None:
        change_codes(store, lambda codes: {known: other for known, other in codes.items() if other != client})

    def moved(path: Path, to: str) -> None:
        if path.exists():
            path.rename(folder / to)

    of_client: list[Callable[[], None]] = [free, lambda: moved(layout.client(client), client)]
    of_session: list[Callable[[], None]] = [
        partial(moved, path, f"{path.parent.name}-{path.name}")
        for path in (layout.session(ref), layout.notes(ref), layout.draft(ref))
    ]
    steps: list[Callable[[], None]] = of_session if name else of_client
    for step in steps[:moves]:
        step()
    if moves >= len(steps):
        gone = (layout.session(ref), layout.notes(ref), layout.draft(ref)) if name else (layout.client(client),)
        store.log_event(EventType.DELETED, client, ref.id if name else None, tuple(map(layout.display_path, gone)))
    return item
