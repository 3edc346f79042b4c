"""The rules that choose what comes next, as one table. Pure.

Theory of operation
===================

An *event* is something that happened and that good MI answers in a certain way: sustain talk, a lapse, a low reading.
`RULES` says for each event in which *steps* it is answered: a reflection first, say, and a question after it. Only the
latest event counts, by the number of the turn that made it. Plain words, an observation, a value and something for the
agenda are no events: they ask for no answer of their own, and an event before them still waits for its answer.

Each step offers one prompt, when the counselor moves on for the first time after the event, then for the second time,
and so on; `Session.offered` keeps how many steps the last events were given. What the counselor noted to have done
since the event (`>r`, `>a`) counts as the steps that ask for just that.

A step names the moments that a prompt must be made for, the kinds it may have, and what the view says (`Hold`) when no
such prompt is left; without a `Hold` the step is passed over. The reasons are sentences for people: `words.choice`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mi_cli.interview.situation import LOW, LOW_READINESS, Situation
from mi_cli.prompts.model import Moment, PromptKind, Substance
from mi_cli.records.notes import Entry
from mi_cli.records.session import Reading
from mi_cli.records.terms import Act, Concern, Kind, Ruler, Stage, Talk
from mi_cli.records.text_keys import Hold, RuleName

# How many of the prompts on staying safe come unasked in one interview.
STAYING_SAFE_PROMPTS: Final = 2
# How many prompts of planning may come after a recap in another stage.
PLANNING_PROMPTS: Final = 8

_REFLECTION: Final = frozenset({PromptKind.REFLECTION})
_MIRRORS: Final = frozenset({PromptKind.REFLECTION, PromptKind.AFFIRMATION, PromptKind.SUMMARY})
_AFFIRMATION: Final = frozenset({PromptKind.AFFIRMATION})
_QUESTION: Final = frozenset({PromptKind.OPEN_QUESTION})
_STATEMENTS: Final = _MIRRORS | {PromptKind.INFORMATION}
_ANY: Final = frozenset(PromptKind) - {PromptKind.RULER}


@dataclass(frozen=True)
class Step:
    """One step of a rule.

    A prompt for the first of `moments` is looked for first. `asks` is whether it may ask something; `hold` what the
    view says when there is no such prompt; `act` what the counselor may have done already instead. `planning` asks for
    the next of the usual order of the planning stage.
    """

    moments: tuple[Moment, ...] = ()
    kinds: frozenset[PromptKind] = _ANY
    asks: bool = True
    hold: Hold | None = None
    act: Act | None = None
    planning: bool = False


@dataclass(frozen=True)
class Rule:
    """A rule: `happened` returns the turn of the latest event of its kind, or null; `steps` how it is answered."""

    name: RuleName
    happened: Callable[[Situation], int | None]
    steps: Callable[[Situation], tuple[Step, ...]]
    source: str


def event(situation: Situation) -> tuple[Rule, int] | None:
    """Returns the rule of the latest event and the turn of that event; null when there was none.

    Of two that happened in the same turn the one that stands first in `RULES` counts.
    """
    happened = [(turn, rule) for rule in RULES if (turn := rule.happened(situation)) is not None]
    latest = max((turn for turn, _ in happened), default=None)
    return next(((rule, turn) for turn, rule in happened if turn == latest), None)


def steps_left(rule: Rule, turn: int, situation: Situation) -> tuple[tuple[int, Step], ...]:
    """Returns the steps that the event has not been given yet, each with its number from 1."""
    steps = rule.steps(situation)
    given = max((each.steps for each in situation.offered if (each.rule, each.turn) == (rule.name, turn)), default=0)
    done = 0
    for act in situation.acts_since(turn):
        if done < len(steps) and steps[done].act is act:
            done += 1
    return tuple(enumerate(steps, 1))[max(given, done) :]


def wants_staying_safe(situation: Situation) -> bool:
    """Returns whether staying safe should come up unasked: opioids or stimulants in focus, or a concern of overdose."""
    if _seen_for(Moment.STAYING_SAFE, situation) >= STAYING_SAFE_PROMPTS:
        return False
    if any(concern.concern is Concern.OVERDOSE for concern in situation.open_concerns):
        return True
    early = situation.stage is Stage.ENGAGING and not situation.of_kind(Kind.FOCUS)
    return not early and bool(situation.substances & {Substance.OPIOIDS, Substance.STIMULANTS})


def _seen_for(moment: Moment, situation: Situation) -> int:
    """Returns how many prompts that are made for the moment were seen in this interview."""
    prompts = (situation.prompts.prompt(prompt_id, situation.stage) for prompt_id in situation.seen)
    return sum(prompt is not None and moment in prompt.when for prompt in prompts)


# -- what happened -----------------------------------------------------------------------------------------------------


def _entry(kind: Kind) -> Callable[[Situation], int | None]:
    def happened(situation: Situation) -> int | None:
        return next((entry.turn for entry in reversed(situation.events) if entry.kind is kind), None)

    return happened


def _sustained(situation: Situation) -> list[Entry]:
    """Returns the entries of sustain talk in a row at the end, the latest last: no other event is between them."""
    last_reading = max((reading.turn for reading in situation.readings), default=0)
    row: list[Entry] = []
    for entry in reversed(situation.events):
        if entry.kind is not Kind.SUSTAIN or (row and entry.turn < last_reading):
            break
        row.insert(0, entry)
    return row


def _is_again(row: list[Entry]) -> bool:
    """Whether the latest is a second one in a row, which a word on whose choice it is answers.

    Ability is left out: "what's the point" can be hopelessness, and that is no question of whose choice it is.
    """
    return len(row) % 2 == 0 and row[-1].talk is not Talk.ABILITY


def _sustain(situation: Situation) -> int | None:
    row = _sustained(situation)
    return row[-1].turn if row and not _is_again(row) else None


def _sustain_again(situation: Situation) -> int | None:
    row = _sustained(situation)
    return row[-1].turn if row and _is_again(row) else None


def _reading(situation: Situation, *, low: bool) -> int | None:
    if not situation.readings:
        return None
    last = situation.readings[-1]
    return last.turn if (last.value < (LOW_READINESS if last.ruler is Ruler.READINESS else LOW)) is low else None


def _mandated(situation: Situation) -> int | None:
    return situation.facts.mandated_turn or None


def _overdose(situation: Situation) -> int | None:
    turns = [concern.turn for concern in situation.open_concerns if concern.concern is Concern.OVERDOSE]
    return max(turns, default=None)


def _recap(situation: Situation) -> int | None:
    return situation.recap_turn


def _recap_steps(situation: Situation) -> tuple[Step, ...]:
    """Silence first; then, without looking back any more, planning."""
    if situation.stage is Stage.PLANNING:
        return (Step(hold=Hold.WAIT),)
    return (Step(hold=Hold.WAIT), *(Step(planning=True),) * PLANNING_PROMPTS)


# -- how it is answered ------------------------------------------------------------------------------------------------


def _fixed(*steps: Step) -> Callable[[Situation], tuple[Step, ...]]:
    return lambda _: steps


def _typed(general: Moment, entry: Entry) -> tuple[Moment, ...]:
    """Returns the moment for the type of the talk, if it has one, and then the general one."""
    return (Moment(f"{general}-{entry.talk}"), general) if entry.talk else (general,)


def _sustain_steps(situation: Situation) -> tuple[Step, ...]:
    moments = _typed(Moment.SUSTAIN, situation.talk[-1])
    return (Step(moments, _REFLECTION, asks=False, hold=Hold.REFLECT, act=Act.REFLECTION),)


def _change_steps(situation: Situation) -> tuple[Step, ...]:
    entry = next(entry for entry in reversed(situation.talk) if entry.kind is Kind.CHANGE)
    moments = _typed(Moment.CHANGE, entry)
    reflect = Step(moments, _MIRRORS, asks=False, hold=Hold.REFLECT, act=Act.REFLECTION)
    # After a starred line no question comes: it would pass over what was said.
    return (reflect,) if entry.star else (reflect, Step(moments, _QUESTION))


def _discord_steps(situation: Situation) -> tuple[Step, ...]:
    """A word on whose choice it is comes last: not for fear of what could follow, and for a mandated client once."""
    reflect = Step((Moment.DISCORD,), _REFLECTION, asks=False, hold=Hold.REFLECT, act=Act.REFLECTION)
    after = Step((Moment.DISCORD_AFTER,))
    told = situation.facts.mandated_by is not None and _seen_for(Moment.AUTONOMY, situation) > 0
    if told or situation.fears:
        return (reflect, after)
    return (reflect, after, Step((Moment.AUTONOMY,), _STATEMENTS, asks=False))


def _focus_steps(situation: Situation) -> tuple[Step, ...]:
    agreed = Step((Moment.FOCUS_AGREED,), _STATEMENTS, asks=False, act=Act.REFLECTION)
    to_evoking = Step((Moment.TO_EVOKING,))
    safe = (Step((Moment.STAYING_SAFE,)),) if wants_staying_safe(situation) else ()
    return (agreed, *safe, to_evoking)


def _low_steps(situation: Situation) -> tuple[Step, ...]:
    match situation.lower_of_last:
        case Reading(ruler=Ruler.IMPORTANCE):
            return (Step((Moment.LOW_IMPORTANCE,)),) * 2
        case Reading(ruler=Ruler.CONFIDENCE):
            return (Step((Moment.LOW_CONFIDENCE,)),) * 2
        case _:
            return (Step((Moment.LOW_READINESS,)),)


def _high_steps(situation: Situation) -> tuple[Step, ...]:
    """What lies behind the number; then what the lower of the two rulers asks for, if that one is low."""
    match situation.readings[-1].ruler:
        case Ruler.IMPORTANCE:
            behind: tuple[Step, ...] = (Step((Moment.HIGH_IMPORTANCE,)),)
        case Ruler.CONFIDENCE:
            behind = (Step((Moment.HIGH_CONFIDENCE,)),)
        case Ruler.READINESS:
            return ()
    lower = situation.lower_of_last
    return (*behind, *_low_steps(situation)) if lower and lower.value < LOW else behind


_REFLECT_LAPSE: Final = Step((Moment.LAPSE,), _MIRRORS, asks=False, hold=Hold.REFLECT, act=Act.REFLECTION)

RULES: Final = (
    Rule(
        RuleName.RECAP,
        _recap,
        _recap_steps,
        "Miller & Rollnick 2013, ch. 19 (recapitulation, key question, and silence after it)",
    ),
    Rule(
        RuleName.LAPSE,
        _entry(Kind.LAPSE),
        _fixed(_REFLECT_LAPSE, _REFLECT_LAPSE, Step((Moment.LAPSE_AFTER,))),
        "Miller & Rollnick 2013, ch. 22 (supporting change); TIP 35 (SAMHSA 2019), ch. 6",
    ),
    Rule(
        RuleName.DISCORD,
        _entry(Kind.DISCORD),
        _discord_steps,
        "Miller & Rollnick 2023, ch. 14",
    ),
    Rule(
        RuleName.SUSTAIN_AGAIN,
        _sustain_again,
        _fixed(Step((Moment.AUTONOMY,), _STATEMENTS, asks=False, hold=Hold.REFLECT, act=Act.REFLECTION)),
        "Miller & Rollnick 2013, ch. 15 (emphasizing autonomy)",
    ),
    Rule(
        RuleName.SUSTAIN_TALK,
        _sustain,
        _sustain_steps,
        "Miller & Rollnick 2013, ch. 15; Magill 2018 (sustain talk goes with worse outcomes)",
    ),
    Rule(
        RuleName.AMBIVALENCE,
        _entry(Kind.AMBIVALENCE),
        _fixed(Step((Moment.AMBIVALENCE,), _REFLECTION, asks=False, hold=Hold.REFLECT, act=Act.REFLECTION)),
        "Miller & Rollnick 2013, ch. 15 (double-sided reflection)",
    ),
    Rule(
        RuleName.CHANGE_TALK,
        _entry(Kind.CHANGE),
        _change_steps,
        "Miller & Rollnick 2013, ch. 14 (EARS)",
    ),
    Rule(
        RuleName.STRENGTH,
        _entry(Kind.STRENGTH),
        _fixed(Step((Moment.STRENGTH,), _AFFIRMATION, asks=False, hold=Hold.AFFIRM, act=Act.AFFIRMATION)),
        "Miller & Rollnick 2013, ch. 6 (affirming)",
    ),
    Rule(
        RuleName.PARKED,
        _entry(Kind.PARKED),
        _fixed(Step((Moment.PARKED,), hold=Hold.THANK)),
        "Miller & Rollnick 2013, ch. 8; TIP 35 (SAMHSA 2019), ch. 3",
    ),
    Rule(
        RuleName.FOCUS_AGREED,
        _entry(Kind.FOCUS),
        _focus_steps,
        "Miller & Rollnick 2013, ch. 8 and 9",
    ),
    Rule(
        RuleName.LOW_READING,
        lambda situation: _reading(situation, low=True),
        _low_steps,
        "Miller & Rollnick 2013, ch. 16; AHRQ 2007, app. D",
    ),
    Rule(
        RuleName.HIGH_READING,
        lambda situation: _reading(situation, low=False),
        _high_steps,
        "Miller & Rollnick 2013, ch. 13 and 16",
    ),
    Rule(
        RuleName.MANDATED,
        _mandated,
        _fixed(Step((Moment.MANDATED,)), Step((Moment.MANDATED,))),
        "TIP 35 (SAMHSA 2019), ch. 4",
    ),
    Rule(
        RuleName.OVERDOSE,
        _overdose,
        _fixed(Step((Moment.OVERDOSE,)), Step((Moment.STAYING_SAFE,))),
        "SAMHSA Overdose Prevention and Response Toolkit",
    ),
)  # fmt: skip

# Staying safe is no event: it comes when no event waits for an answer (`wants_staying_safe`).
STAYING_SAFE: Final = Rule(
    RuleName.STAYING_SAFE,
    lambda _: None,
    _fixed(Step((Moment.STAYING_SAFE,))),
    "SAMHSA Overdose Prevention and Response Toolkit",
)

ALL_RULES: Final = (*RULES, STAYING_SAFE)
