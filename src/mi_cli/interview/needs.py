"""What must be so before a prompt may come unasked, and whose words fill its blanks.

`NEEDS` is the one table of it: for each `Need` a function that looks at the situation. What a need means is said to
people in `words.choice`. A prompt names its needs in TOML (`needs` in `prompts/*/*.toml`); the program keeps them, so
no note has to say "only if". `/use` does not ask for them.
"""

from collections.abc import Callable, Mapping
from typing import Final

from mi_cli.interview.situation import Situation
from mi_cli.prompts.model import Prompt, Topic
from mi_cli.records.notes import Entry
from mi_cli.records.plan import Goal, Step
from mi_cli.records.terms import Kind, Ruler, Talk
from mi_cli.records.text_keys import Cue, Need

Check = Callable[[Situation], bool]


def met(prompt: Prompt, situation: Situation) -> bool:
    """Returns whether all that the prompt needs is so."""
    return all(NEEDS[need](situation) for need in prompt.needs)


def words_for(cue: Cue, situation: Situation) -> str | None:
    """Returns the words, as they stand, that fill a blank; null if there are none, or the counselor knows them."""
    return _CUES[cue](situation)


def _change(talk: Talk) -> Check:
    return lambda situation: any(entry.talk is talk for entry in situation.all_change)


def _kind(kind: Kind, count: int = 1) -> Check:
    return lambda situation: len(situation.of_kind(kind)) >= count


def _not(check: Check) -> Check:
    return lambda situation: not check(situation)


def _of_goal(has: Callable[[Goal], object]) -> Check:
    """Returns a check of the goal in hand. Without one nothing of it is on record."""
    return lambda situation: situation.goal is not None and bool(has(situation.goal))


def _topic(topic: Topic) -> Check:
    return lambda situation: topic in situation.topics_now


def _read(ruler: Ruler) -> Check:
    return lambda situation: situation.latest(ruler) is not None


def _sustain(situation: Situation) -> bool:
    return bool(situation.of_kind(Kind.SUSTAIN, Kind.AMBIVALENCE))


def _change_talk(situation: Situation) -> bool:
    return bool(situation.all_change) or situation.last_words(Kind.AMBIVALENCE) is not None


def _open_step(situation: Situation) -> bool:
    """Whether something was agreed before this interview whose outcome is not on record."""
    if situation.first:
        return False
    earlier = [goal for goal in situation.plan.active if goal.from_.session != situation.session]
    steps = [step for goal in earlier for step in goal.steps if step.is_open]
    return bool(steps) or situation.earlier.agreed is not None


def _goal(situation: Situation) -> bool:
    return bool(situation.plan.active)


def _mandated(situation: Situation) -> bool:
    return situation.facts.mandated_by is not None


_has_focus: Final = _kind(Kind.FOCUS)
_step: Final = _of_goal(lambda goal: goal.steps)
_when: Final = _of_goal(lambda goal: any(step.when for step in goal.steps))
_support: Final = _of_goal(lambda goal: goal.supports)
_barrier: Final = _of_goal(lambda goal: goal.barriers)
_response: Final = _of_goal(lambda goal: any(barrier.response for barrier in goal.barriers))
_sign: Final = _of_goal(lambda goal: goal.signs)
_otherwise: Final = _of_goal(lambda goal: goal.if_not_working)
_review: Final = _of_goal(lambda goal: goal.review_on)
_reason: Final = _of_goal(lambda goal: goal.reasons)

NEEDS: Final[Mapping[Need, Check]] = {
    Need.CHANGE_TALK: _change_talk,
    Need.SUSTAIN_TALK: _sustain,
    Need.BOTH_SIDES: lambda situation: _sustain(situation) and _change_talk(situation),
    Need.WORRY: _change(Talk.NEED),
    Need.WISH: _change(Talk.DESIRE),
    Need.ABILITY_TALK: _change(Talk.ABILITY),
    Need.REASON_TALK: _change(Talk.REASON),
    Need.COMMITMENT: _change(Talk.COMMITMENT),
    Need.TAKING: _change(Talk.TAKING_STEPS),
    Need.VALUE: lambda situation: bool(situation.of_kind(Kind.VALUE) or situation.earlier.values),
    Need.STRENGTH: _kind(Kind.STRENGTH),
    Need.TRIGGER: _kind(Kind.TRIGGER),
    Need.PARKED: _kind(Kind.PARKED),
    Need.AGENDA: _kind(Kind.AGENDA),
    Need.AGENDA_2: _kind(Kind.AGENDA, 2),
    Need.FOCUS: _has_focus,
    Need.NO_FOCUS: _not(_has_focus),
    Need.GOAL: _goal,
    Need.NO_GOAL: _not(_goal),
    Need.REASON: _reason,
    Need.NO_REASON: _not(_reason),
    Need.STEP: _step,
    Need.NO_STEP: _not(_step),
    Need.WHEN: _when,
    Need.NO_WHEN: _not(_when),
    Need.SUPPORT: _support,
    Need.NO_SUPPORT: _not(_support),
    Need.BARRIER: _barrier,
    Need.NO_BARRIER: _not(_barrier),
    Need.RESPONSE: _response,
    Need.NO_RESPONSE: _not(_response),
    Need.SIGN: _sign,
    Need.NO_SIGN: _not(_sign),
    Need.OTHERWISE: _otherwise,
    Need.NO_OTHERWISE: _not(_otherwise),
    Need.REVIEW: _review,
    Need.NO_REVIEW: _not(_review),
    Need.OPEN_STEP: _open_step,
    Need.EARLIER_FOCUS: lambda situation: situation.earlier.focus is not None,
    Need.NOTHING_SAID: lambda situation: situation.said is None,
    Need.EARLIER_TALK: lambda situation: bool(situation.earlier.change),
    Need.MANDATED: _mandated,
    Need.NOT_MANDATED: _not(_mandated),
    Need.LAPSE: _kind(Kind.LAPSE),
    Need.NO_LAPSE: _not(_kind(Kind.LAPSE)),
    Need.NO_DISCORD: _not(_kind(Kind.DISCORD)),
    Need.IMPORTANCE: _read(Ruler.IMPORTANCE),
    Need.CONFIDENCE: _read(Ruler.CONFIDENCE),
    Need.NO_IMPORTANCE: _not(_read(Ruler.IMPORTANCE)),
    Need.NO_CONFIDENCE: _not(_read(Ruler.CONFIDENCE)),
    Need.NO_READINESS: _not(_read(Ruler.READINESS)),
    Need.LOW_CONFIDENCE: lambda situation: situation.low_confidence,
    Need.CONFIDENT: lambda situation: not situation.low_confidence,
    Need.FEAR: lambda situation: situation.fears,
    Need.MEDICINES: lambda situation: situation.facts.medicines,
    Need.SEVERAL_SUBSTANCES: lambda situation: len(situation.substances_named) > 1,
    Need.CHILDREN: _topic(Topic.CHILDREN),
    Need.PAIN: _topic(Topic.PAIN),
    Need.MOOD: _topic(Topic.MOOD),
}

# Needs that make a prompt fit this client in particular: such a prompt comes before one that fits anybody.
PARTICULAR: Final = frozenset({Need.FEAR, Need.SEVERAL_SUBSTANCES, Need.CHILDREN, Need.PAIN, Need.MOOD})


def _words(*kinds: Kind) -> Callable[[Situation], str | None]:
    return lambda situation: situation.last_words(*kinds)


def _last(entries: tuple[Entry, ...]) -> str | None:
    """Returns the words of the last of the entries: null for a mark, whose words nobody typed."""
    return entries[-1].words if entries else None


def _goal_words(part: Callable[[Goal], str | None]) -> Callable[[Situation], str | None]:
    return lambda situation: part(situation.goal) if situation.goal else None


def _agreed(situation: Situation) -> str | None:
    """Returns the latest step of the goal in hand that is open, else the next step of the last interview."""
    step = _latest_open(situation.goal) if situation.goal else None
    return step.words if step else situation.earlier.agreed


def _latest_open(goal: Goal) -> Step | None:
    return next((step for step in reversed(goal.steps) if step.is_open), None)


def _when_agreed(goal: Goal) -> str | None:
    step = _latest_open(goal)
    return step.when if step else None


_CUES: Final[Mapping[Cue, Callable[[Situation], str | None]]] = {
    Cue.CHANGE_TALK: lambda situation: _last(
        situation.of_kind(Kind.CHANGE, Kind.AMBIVALENCE) or situation.earlier.change
    ),
    Cue.SUSTAIN_TALK: lambda situation: _last(situation.of_kind(Kind.SUSTAIN, Kind.AMBIVALENCE)),
    Cue.SAID: lambda situation: situation.said_last,
    Cue.LAPSE: _words(Kind.LAPSE),
    Cue.FOCUS: _words(Kind.FOCUS),
    Cue.AGENDA: _words(Kind.AGENDA),
    Cue.VALUE: lambda situation: situation.last_words(Kind.VALUE) or _last(situation.earlier.values),
    Cue.STRENGTH: _words(Kind.STRENGTH),
    Cue.TRIGGER: _words(Kind.TRIGGER),
    Cue.PARKED: _words(Kind.PARKED),
    Cue.GOAL: _goal_words(lambda goal: goal.words),
    Cue.REASON: _goal_words(lambda goal: goal.reasons[-1] if goal.reasons else None),
    Cue.STEP: _agreed,
    Cue.WHEN: _goal_words(_when_agreed),
    Cue.BARRIER: _goal_words(lambda goal: goal.barriers[-1].what if goal.barriers else None),
    Cue.RESPONSE: _goal_words(lambda goal: goal.barriers[-1].response if goal.barriers else None),
    Cue.SUPPORT: _goal_words(lambda goal: goal.supports[-1].who if goal.supports else None),
    Cue.EARLIER_FOCUS: lambda situation: situation.earlier.focus,
    Cue.EARLIER_TALK: lambda situation: _last(situation.earlier.change),
    Cue.NEXT: lambda situation: situation.earlier.agreed or _agreed(situation),
    Cue.MANDATE: lambda situation: situation.facts.mandated_by or None,
    Cue.OWN: lambda _: None,
}
