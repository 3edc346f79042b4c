"""Every field of every record that a document could draw on: where its words go, and that they go nowhere else.

The test walks the models. A new field fails it until the table below says whether it goes out.
"""

import re
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Final, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from mi_cli.cli.settings import KEYS, Settings
from mi_cli.handoff.days import without_weekday
from mi_cli.handoff.formats import READ_BY_PEOPLE, Format
from mi_cli.handoff.program import Program
from mi_cli.handoff.scope import KINDS, SCOPE_VERSION
from mi_cli.records.base import Part, Record
from mi_cli.records.client import Client, Identity
from mi_cli.records.client_facts import Facts
from mi_cli.records.consent import Consent, Expiry, Recipient, Signer
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Goal, Plan, Progress, Shared, SharedFact, Step
from mi_cli.records.session import Session
from mi_cli.records.terms import Capacity, Category, ConsentKind, Kind, Purpose, RecipientKind, Statement, StepStatus
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.consents import add_consent
from mi_cli.store.records.interviews import begin_interview
from mi_cli.store.records.json_store import JsonStore
from mi_cli.words.documents import document_words
from tests.cli.test_marker import unpacked
from tests.conftest import Ran, Ticking

Mi = Callable[..., Ran]

PAGES, COPY = "pages", "copy"  # what people read; the client's own copy
NEVER: Final[frozenset[str]] = frozenset()
HANDOFF: Final = frozenset({PAGES, "json", "fhir"})
ALL: Final = HANDOFF | {COPY}
JSON: Final = frozenset({"json"})
ROOTS: Final[tuple[type[Record], ...]] = (Plan, Client, Facts, Identity, Session, Notes, Consent)


def _each(where: frozenset[str], names: str) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names.split(), where)


HEAD: Final = _each(NEVER, "schema_ id created_at updated_at revision")
# Where the words, or the day, of each field go; of a field that holds neither this is not looked at. Words in
# `Progress.words` and `Step.outcome` go there only if the client agreed to them: `planned` has others besides.
FATES: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "Plan": HEAD | _each(NEVER, "client goals focus talk values strengths triggers parked next facts turns"),
    "Goal": {
        **_each(ALL, "words reasons signs if_not_working"),
        **_each(ALL, "review_on"),
        **_each(NEVER, "from_ target objective steps supports barriers importance confidence status progress history"),
        "id": JSON,
    },
    "GoalFrom": _each(NEVER, "session stage at n entry"),
    "Objective": _each(HANDOFF, "words by"),
    # Days stand in words on the client's own copy.
    "Step": _each(ALL, "words when where how due on")
    | _each(HANDOFF, "outcome")
    | _each(NEVER, "id reach status outcome_shared"),
    "Support": _each(ALL, "who how"),
    "Barrier": _each(ALL, "what response"),
    "Progress": _each(HANDOFF, "words") | _each(NEVER, "at shared"),
    "Before": _each(NEVER, "at field before"),
    "Shared": _each(HANDOFF, "words") | _each(NEVER, "kind talk from_"),
    "SharedFact": _each(HANDOFF, "words on") | _each(NEVER, "name source shared session"),
    "Facts": HEAD
    | _each(NEVER, "client targets medicines mandate safer_use reach appointment limits helped turns")
    | _each(NEVER, "collateral off_limits practice"),
    "Target": _each(NEVER, "id name substance route pattern last_use direction on source session"),
    "Mandate": _each(NEVER, "by reported until on source session"),
    "Fact": _each(NEVER, "words on source session"),
    "EntryRef": _each(NEVER, "session n at"),
    "Client": HEAD | _each(NEVER, "language counselor open"),
    "Identity": HEAD
    | _each(HANDOFF, "name born_on")
    | _each(frozenset({"json", "fhir"}), "family given")
    | _each(NEVER, "client"),
    "Session": HEAD
    | _each(NEVER, "client counselor language prompt_set status started_at ended_at visits readings tally safety")
    | _each(NEVER, "places offered turn corrections"),
    "Correction": _each(NEVER, "at by reason started_at ended_at visits"),
    "PromptSetUsed": _each(NEVER, "name version digest"),
    "Visit": _each(NEVER, "stage from_ to"),
    "Reading": _each(NEVER, "ruler goal target value at why raise_ turn"),
    "Tally": _each(NEVER, "change sustain"),
    "SafetyConcern": _each(NEVER, "at concern closed_at turn"),
    "PromptPosition": _each(NEVER, "stage seen at rules hold"),
    "OfferedMoment": _each(NEVER, "turn steps rule"),
    "OfferedPrompt": _each(NEVER, "prompt rule"),
    "Notes": HEAD | _each(NEVER, "session last_n last_turn undo pending entries"),
    "Entry": _each(NEVER, "n turn at stage prompt kind talk words by act star target"),
    "Turn": _each(NEVER, "turn back"),
    "Pending": _each(NEVER, "turn changes"),
    "Change": _each(NEVER, "where key field put drop"),
    "Consent": HEAD
    | _each(HANDOFF, "id patient_name disclosers scope_text purpose_text signed_on")
    | _each(NEVER, "client kind medium statements scope_version scope_categories purpose_codes recipients")
    | _each(NEVER, "disclosers_include intermediary expiry signer document revoked upheld")
    | _each(NEVER, "also_signed taken_back ended")
    | _each(NEVER, "recipient_class revocation_method signature_ref recorded_by"),
    "Recipient": _each(HANDOFF, "name organization address") | _each(NEVER, "kind"),
    "Intermediary": _each(NEVER, "name participants treating_only"),
    "Expiry": _each(HANDOFF, "on event") | _each(NEVER, "none"),
    "Signer": _each(NEVER, "name capacity authority_ref"),
    "Document": _each(NEVER, "path sha256"),
    "Revoked": _each(NEVER, "at how recorded_by on_file"),
    "TakenBack": _each(NEVER, "at how recorded_by on_file recipient"),
    "Ended": _each(NEVER, "on at recorded_by"),
    "Upheld": _each(NEVER, "after at recorded_by"),
    "draft": _each(NEVER, "line"),
    "settings": {
        **_each(ALL, "counselor"),
        **_each(ALL, "credentials program.contact"),
        **_each(HANDOFF, "program.name"),
        **_each(frozenset({COPY}), "safety.contacts"),
        **_each(NEVER, "store language prompt_set show_tally keyring auto_lock protection telephone"),
        **_each(NEVER, "program.recipients note.profile billing.hints due.not_seen_days"),
        **_each(NEVER, "jurisdiction notice.text"),  # a notice of one's own: only where the jurisdiction is general
    },
}
# Those of the counselor stand in the properties of the client's copy, where a format has any.
# Of what was shared, the client's copy has what speaks for change, strengths, and the next appointment.
# A day to look again is there only while it lies ahead, and the days that are sown are long past.
SOMETIMES: Final = {
    ("settings.counselor", COPY),
    ("Shared.words", COPY),
    ("SharedFact.words", COPY),
    ("Goal.review_on", COPY),
}


OF_FORMAT: Final = {
    Format.JSON: "json",
    Format.FHIR: "fhir",
    Format.ZIP: "zip",
    Format.TEXT: "text",
    Format.TRANSACTION: "transaction",
}
PARTS_OF_IT: Final = ("text", "transaction")


@dataclass
class Planter:
    """Makes records in which every string and every day is one that is found nowhere else."""

    found: dict[str, str] = field(default_factory=dict)  # the marker: which field it is in

    def marker(self, name: str) -> str:
        made = f"zq{len(self.found):03d}qzx"  # also a valid id
        self.found[made] = name
        return made

    def day(self, name: str) -> date:
        made = date(1960, 1, 1) + timedelta(days=len(self.found))
        self.found[made.isoformat()] = name
        return made

    def ends(self, name: str) -> date:
        """A day that is still to come."""
        made = self.day(name)
        del self.found[made.isoformat()]
        made = made.replace(year=made.year + 200)
        self.found[made.isoformat()] = name
        return made

    def of(self, name: str) -> str:
        """The marker in that field."""
        return next(marker for marker, of in self.found.items() if of == name)

    def part(self, model: type[BaseModel], /, **given: Any) -> Any:
        for name, info in model.model_fields.items():
            if name not in given:
                given[name] = self.value(f"{model.__name__}.{name}", info.annotation)
        return model.model_validate(given)

    def value(self, name: str, annotation: Any) -> Any:
        """A value of that type; of several types the first that is not null."""
        origin, of = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.value(name, of[0])
        if origin in (Union, types.UnionType):
            return self.value(name, next(one for one in of if one is not type(None)))
        if origin is tuple:
            return (self.value(name, of[0]),)
        if origin is dict:
            return {self.marker(name): self.value(name, of[1])}
        if annotation in (object, Any):
            return self.marker(name)
        if issubclass(annotation, Part):
            return self.part(annotation)
        if issubclass(annotation, Enum):
            return next(iter(annotation))
        if annotation is str:
            return self.marker(name)
        if annotation is date:
            return self.day(name)
        return 1 if annotation in (int, bool) else AT


AT: Final = datetime.fromisoformat("2026-11-20T09:30:00+00:00")


def models(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model, and those that its fields are made of."""

    def within(annotation: Any) -> Iterator[type[BaseModel]]:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from models(annotation)
        for one in get_args(annotation):
            yield from within(one)

    yield root
    for info in root.model_fields.values():
        yield from within(info.annotation)


def test_every_field_has_its_place_in_the_table() -> None:
    known = {model.__name__: set(model.model_fields) for root in ROOTS for model in models(root)}
    assert known == {name: set(fate) for name, fate in FATES.items() if name not in ("draft", "settings")}
    assert set(FATES["settings"]) == set(KEYS)
    # Not settings of their own: the program and the trouble in the settings, and the counselor in the program.
    assert len(fields(Settings)) + len(fields(Program)) - 3 == len(KEYS)


@pytest.fixture
def sown(mi: Mi, tmp_path: Path) -> Planter:
    """A store in which everything is marked; one line and one outcome are agreed to, and one of each is not."""
    assert mi("store", "init", "--unprotected").code == 0
    planter = Planter()
    of_program = ("program.name", "program.contact", "program.recipients")
    for key in ("counselor", "credentials", *of_program, "safety.contacts", "notice.text"):
        assert mi("config", "set", key, planter.marker(f"settings.{key}")).code == 0
    ids = (f"zq{number:03d}ids" for number in range(1, 100))
    store = JsonStore(tmp_path / "store", Ticking(), lambda: next(ids), "A. Counselor")
    client = add_client(store, "J-014", "en", planter.marker("Client.counselor"))
    sow(store, client, planter)
    return planter


def sow(store: JsonStore, client: str, planter: Planter) -> None:
    """An interview with its notes and a half-typed line, who the client is, a plan and a consent."""
    planter.found[client] = "Client.id"
    head = {"created_at": AT, "updated_at": AT, "revision": 1}
    about = {**head, "client": client}
    times = {"started_at": store.now(), "ended_at": AT}
    session = planter.part(Session, **about, **times, schema_=Session.SCHEMA, visits=(), language="en")
    notes = planter.part(Notes, **head, schema_=Notes.SCHEMA, id=session.id, session=session.id, pending=())
    with begin_interview(store, session, notes) as held:
        held.save_draft(planter.marker("draft.line"), notes.last_turn)
    identity = planter.part(Identity, **about, schema_=Identity.SCHEMA)
    store.save(store.layout.client(client) / "identity.json", identity)
    store.save(store.layout.facts(client), planter.part(Facts, **about, schema_=Facts.SCHEMA))
    store.change_plan(client, lambda plan: planned(planter, client, plan))
    consent = planter.part(
        Consent,
        **about,
        schema_=Consent.SCHEMA,
        kind=ConsentKind.TPO,
        scope_categories=tuple(Category),
        scope_version=SCOPE_VERSION,
        recipients=(planter.part(Recipient, kind=RecipientKind.COVERED_ENTITY),),
        intermediary=None,
        purpose_codes=(Purpose.TREATMENT,),
        statements=tuple(Statement),
        # As the gate asks for it: the client's own name and signature, and the program's own records.
        patient_name=identity.name,
        signer=planter.part(Signer, name=identity.name, capacity=Capacity.CLIENT),
        disclosers=(planter.of("settings.program.name"),),
        expiry=planter.part(Expiry, on=planter.ends("Expiry.on"), none=False),
        revoked=None,
        taken_back=(),
        ended=None,
        also_signed=(),
    )
    assert isinstance(consent, Consent)
    assert consent.missing == ()
    add_consent(store, consent)


_STEP_TEXTS: Final = ("words", "when", "where", "how", "outcome")


def planned(planter: Planter, client: str, plan: Plan) -> Plan:
    not_agreed = {
        "Step": planter.part(Step, status=StepStatus.DONE, outcome=planter.marker("not agreed"), outcome_shared=None),
        "Progress": planter.part(Progress, words=planter.marker("not agreed"), shared=None),
    }
    goal = planter.part(
        Goal,
        review_on=planter.ends("Goal.review_on"),
        steps=(
            planter.part(Step, status=StepStatus.DONE),
            not_agreed["Step"],
            *(
                planter.part(
                    Step,
                    **dict.fromkeys(_STEP_TEXTS, planter.marker(f"not agreed, {status}")),
                    due=None,
                    on=None,
                    status=status,
                    outcome_shared=None,
                )
                for status in (StepStatus.PARTLY, StepStatus.NOT_DONE, StepStatus.REPLACED)
            ),
        ),
        progress=(planter.part(Progress), not_agreed["Progress"]),
    )
    lists: dict[str, tuple[Shared, ...]] = {
        name: (planter.part(Shared, kind=kind),)
        for name, kind in {
            "focus": Kind.FOCUS,
            "talk": Kind.CHANGE,
            "values": Kind.VALUE,
            "strengths": Kind.STRENGTH,
            "triggers": Kind.TRIGGER,
            "parked": Kind.PARKED,
            "next": Kind.NEXT,
        }.items()
    }
    lists["talk"] += (planter.part(Shared, kind=Kind.SUSTAIN), planter.part(Shared, kind=Kind.AMBIVALENCE))
    lists["focus"] += (planter.part(Shared, kind=Kind.AGENDA),)
    assert {item.kind for items in lists.values() for item in items} == set(KINDS)
    facts = (planter.part(SharedFact),)
    return plan.replace(goals=(goal,), facts=facts, turns={planter.marker("Plan.turns"): 1}, **lists)


NO_BREAK: Final = re.compile(r"</w:t><w:noBreakHyphen\s*/><w:t(?: [^>]*)?>")  # within a day, in a Word file

UNBROKEN: Final = re.compile(r'<span class="unbroken">(.*?)</span>')  # a day in a web page


def told(document: bytes) -> str:
    """All text in it, without blanks, so that no marker is hidden by the end of a line."""
    pieces = (UNBROKEN.sub(r"\1", NO_BREAK.sub("-", piece.decode(errors="replace"))) for piece in unpacked(document))
    return "".join("".join(piece.split()) for piece in pieces)


def stands_in(text: str, marker: str) -> bool:
    """Whether the marker is in what was told; a day also in words, with or without its weekday."""
    with suppress(ValueError):
        if "".join(without_weekday(date.fromisoformat(marker), document_words("en")).split()) in text:
            return True
    return marker in text


def test_each_field_goes_where_the_table_says_and_nowhere_else(mi: Mi, tmp_path: Path, sown: Planter) -> None:
    (tmp_path / "out").mkdir()
    documents: dict[str, list[str]] = {PAGES: [], "json": [], "fhir": [], "zip": [], COPY: []}
    for wanted in Format:
        file = tmp_path / "out" / f"h.{wanted}"
        ran = mi("goals", "export", "J-014", "-o", str(file))
        assert ran.code == 0, ran.err
        group = OF_FORMAT.get(wanted, PAGES)
        documents.setdefault(group, []).append(told(file.read_bytes()))
    for wanted in READ_BY_PEOPLE:
        file = tmp_path / "out" / f"c.{wanted}"
        assert mi("goals", "export", "J-014", "--client-copy", "-o", str(file)).code == 0
        documents[COPY].append(told(file.read_bytes()))
    wrong: list[str] = []
    for marker, name in sown.found.items():
        model, _, of = name.partition(".")
        fate = FATES[model][of] if of else NEVER
        fate |= {"zip"} if fate & HANDOFF else NEVER
        for group, texts in documents.items():
            for place, text in enumerate(texts):
                there = stands_in(text, marker)
                if group in PARTS_OF_IT:  # which have some of it, and nothing else
                    right = not there or bool(fate & HANDOFF)
                else:
                    right = there is (group in fate) or (name, group) in SOMETIMES
                if not right:
                    wrong.append(f"{name} in {group} {place}: {there}")
    assert "\n".join(wrong) == ""


def test_the_log_of_what_was_passed_on_has_no_words_of_the_client(mi: Mi, tmp_path: Path, sown: Planter) -> None:
    assert mi("goals", "export", "J-014", "-o", str(tmp_path / "h.zip")).code == 0
    kept = [path.read_text() for path in (tmp_path / "store").glob("clients/*/disclosures/*")]
    kept += [mi("disclosures", "list", "--json").out, mi("disclosures", "accounting", "J-014").out]
    assert len(kept) == 3
    of_consent = ("Consent", "Recipient", "settings", "Client")
    private = {marker: name for marker, name in sown.found.items() if name.partition(".")[0] not in of_consent}
    assert [name for marker, name in private.items() if marker in "".join(kept) and name != "Goal.id"] == []
