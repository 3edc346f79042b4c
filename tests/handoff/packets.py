"""Plans and packets to try things with. Everybody in them is invented."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from mi_cli.handoff.cover import Cover, cover_for
from mi_cli.handoff.gate import Request, permit
from mi_cli.handoff.packet import Packet, Person, packet_of
from mi_cli.handoff.program import Program
from mi_cli.handoff.scope import parts_of
from mi_cli.records.facts import ReadingFact, SessionFacts
from mi_cli.records.plan import (
    Barrier,
    EntryRef,
    Goal,
    GoalFrom,
    Objective,
    Plan,
    Progress,
    Shared,
    Step,
    Support,
)
from mi_cli.records.terms import Category, Kind, Reach, Ruler, Stage, Talk
from tests.handoff.consents import CLIENT, NOW, consent

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
        Step(words="Tell Luis I won't come", when="Thursday after work", how="by phone", reach=Reach.PROXIMAL),
        Step(
            words="Set two alarms",
            when="Friday night",
            done_on=date(2026, 11, 20),
            outcome="Up at the second one.",
            outcome_shared=NOW.date(),
        ),
        Step(words="No drinks after the night shift", reach=Reach.DISTAL),
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
        Step(words="Decirle a Luis que no voy", when="el jueves después del trabajo", reach=Reach.PROXIMAL),
        Step(words="No tomar después del turno de noche", reach=Reach.DISTAL),
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


def plan(*goals: Goal, **lists: tuple[Shared, ...]) -> Plan:
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
WHOLE = plan(BREAKFAST, **SHARED)
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
                readings=tuple(ReadingFact(ruler, goal_id, value, at) for ruler, value in numbers),
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
) -> Packet:
    return packet_of(
        packet_id="kkkkkkkk",
        client=Person(code="J-014", name=name),
        language=language,
        plan=of,
        facts=(facts() if of.goals else []) if held is None else held,
        permitted=parts_of(permitted),
        goals={goal.id for goal in of.active},
        counselor="A. Counselor",
        made_at=NOW,
        made_by="mi 0.1.0",
    )


def cover(language: str = "en", **changes: Any) -> Cover:
    permitted = permit(Request(CLIENT, "J-014"), [consent(scope_categories=tuple(Category), **changes)], PROGRAM, NOW)
    sheet = cover_for(permitted, PROGRAM, "A. Counselor", NOW, language)
    assert sheet
    return sheet
