"""Chooses the next prompt. Pure functions.

Theory of operation
===================

For each stage a `PromptPosition` keeps the ids of the prompts that were seen, in order, and which of them is in view.
It changes only when the counselor moves (`next_prompt`, `previous_prompt`, `use_prompt`, `enter_stage`): nothing in
view changes by itself.

When the counselor moves on, the first of these that gives a prompt decides:

1. A prompt that was seen before and not answered since, if the counselor had gone back.
2. The first rule of `RULES` whose event has happened. Each rule offers a prompt for each of its moments, once for each
   event; `Situation.offered` counts what an event has been given.
3. The stage's own order, without prompts for special moments (`_BY_RULE_ONLY`).

A prompt that was seen or answered, or that is meant for another interview or another focus, never comes by itself;
`/prompts` shows all, and `/use` takes any.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mi_cli.prompts.model import Meant, Moment, Prompt, PromptKind, PromptSet, Substance
from mi_cli.records.notes import Entry
from mi_cli.records.session import PromptPosition, Reading
from mi_cli.records.terms import Kind, Ruler, Stage, Talk

# A reading below this is low: there AHRQ's asthma guide (2007, app. D) suggests exploring and support. It is a
# reminder, not a clinical cut-off.
LOW: Final = 7
RECENT: Final = 5  # how many of the latest entries of change or sustain talk count as recent


@dataclass(frozen=True)
class Situation:
    """Everything that the choice depends on.

    `first` is whether this is the client's first interview. `offered` maps an event to the number of moments of its
    rule that have been offered.
    """

    stage: Stage
    entries: tuple[Entry, ...]
    readings: tuple[Reading, ...]
    first: bool
    offered: Mapping[str, int]

    @property
    def last(self) -> Entry | None:
        """The latest entry that is not an observation: what counselors note for themselves is no event."""
        return next((entry for entry in reversed(self.entries) if entry.kind is not Kind.OBSERVATION), None)

    @property
    def talk(self) -> tuple[Entry, ...]:
        """The entries of change and sustain talk, marks included."""
        return tuple(entry for entry in self.entries if entry.kind in (Kind.CHANGE, Kind.SUSTAIN))

    @property
    def answered(self) -> frozenset[str | None]:
        """The ids of the prompts that were in view when something was entered."""
        return frozenset(entry.prompt for entry in self.entries)

    def latest(self, ruler: Ruler) -> Reading | None:
        """Returns the latest reading of a ruler, or null."""
        return next((reading for reading in reversed(self.readings) if reading.ruler is ruler), None)


@dataclass(frozen=True)
class Rule:
    """A rule: what to offer after something happened.

    `happened` returns a key for the event, or null when it did not happen. For each event one prompt is offered for
    each of the `moments`, in order. `reason` and `source` say why.
    """

    name: str
    happened: Callable[[Situation], str | None]
    moments: Callable[[Situation], tuple[Moment, ...]]
    reason: str
    source: str


def _discord_event(situation: Situation) -> str | None:
    last = situation.last
    return str(last.n) if last and last.kind is Kind.DISCORD else None


def _sustain_talk_event(situation: Situation) -> str | None:
    last_three = situation.talk[-3:]
    if len(last_three) < 3 or any(entry.kind is not Kind.SUSTAIN for entry in last_three):
        return None
    return str(last_three[-1].n)


def _low_reading_event(situation: Situation) -> str | None:
    lower = _lower_reading(situation)
    return str(lower.turn) if lower and lower.value < LOW else None


def _lower_reading(situation: Situation) -> Reading | None:
    """Returns the lower of the latest readings of importance and confidence; importance if they are equal."""
    readings = [situation.latest(ruler) for ruler in (Ruler.IMPORTANCE, Ruler.CONFIDENCE)]
    return min((reading for reading in readings if reading), key=lambda reading: reading.value, default=None)


def _moments_for_low_reading(situation: Situation) -> tuple[Moment, ...]:
    lower = _lower_reading(situation)
    low_importance = lower is not None and lower.ruler is Ruler.IMPORTANCE
    return (Moment.LOW_IMPORTANCE if low_importance else Moment.LOW_CONFIDENCE,) * 2


def _change_talk_event(situation: Situation) -> str | None:
    last = situation.last
    return str(last.n) if last and last.kind is Kind.CHANGE else None


RULES: Final = (
    Rule(
        "discord",
        _discord_event,
        lambda _: (Moment.DISCORD,),
        "Friction is about the two of you: engage again before anything else.",
        "Miller & Rollnick 2023, ch. 14",
    ),
    Rule(
        "sustain talk",
        _sustain_talk_event,
        lambda _: (Moment.SUSTAIN_TALK, Moment.AUTONOMY),
        "Another question asks for more of it: reflect, then say whose choice it is.",
        "Miller & Rollnick 2013, ch. 15; Magill 2018 (sustain talk goes with worse outcomes)",
    ),
    Rule(
        "low reading",
        _low_reading_event,
        _moments_for_low_reading,
        "Reluctance about importance and about confidence want different help; the lower one first.",
        "Miller & Rollnick 2013, ch. 16; AHRQ 2007, app. D",
    ),
    Rule(
        "change talk",
        _change_talk_event,
        lambda _: (Moment.AFTER_CHANGE_TALK,),
        "Change talk grows when it is elaborated: more of it, or an example, before the next topic.",
        "Miller & Rollnick 2013, ch. 14 (EARS)",
    ),
)

# Prompts for these moments come by a rule or by `/use`, never in the stage's own order.
_BY_RULE_ONLY: Final = frozenset(
    {
        Moment.MANDATED,
        Moment.LOW_IMPORTANCE,
        Moment.LOW_CONFIDENCE,
        Moment.DISCORD,
        Moment.LAPSE,
        Moment.AFTER_CHANGE_TALK,
        Moment.SUSTAIN_TALK,
    }
)

# After sustain talk no question: a reflection first, then a statement, whatever else a set has for these moments.
_KINDS_WITHOUT_QUESTIONS: Final[Mapping[Moment, tuple[PromptKind, ...]]] = {
    Moment.SUSTAIN_TALK: (PromptKind.REFLECTION,),
    Moment.AUTONOMY: (PromptKind.REFLECTION, PromptKind.AFFIRMATION, PromptKind.SUMMARY, PromptKind.INFORMATION),
}


@dataclass(frozen=True)
class Choice:
    """The position after moving on, and what the rules have offered so far."""

    position: PromptPosition
    offered: Mapping[str, int]


def enter_stage(prompts: PromptSet, position: PromptPosition | None, situation: Situation) -> PromptPosition:
    """Returns the position on entering a stage: where it was left, or its first prompt.

    Prompts that the set no longer has are left out.
    """
    seen = tuple(
        prompt_id for prompt_id in (position.seen if position else ()) if prompts.prompt(prompt_id, situation.stage)
    )
    if position is None or not seen:
        return _in_order(prompts, PromptPosition(stage=situation.stage), situation)
    return position.replace(seen=seen, at=min(position.at, len(seen)))


def next_prompt(prompts: PromptSet, position: PromptPosition, situation: Situation) -> Choice:
    """Moves one prompt on, as the head of this module says."""
    ahead = (at for at in range(position.at + 1, len(position.seen)) if position.seen[at] not in situation.answered)
    if (at := next(ahead, None)) is not None:
        return Choice(position.replace(at=at), situation.offered)
    for rule in RULES:
        event = rule.happened(situation)
        if event is None:
            continue
        key = f"{rule.name} {event}"
        offered = situation.offered.get(key, 0)
        for number, moment in enumerate(rule.moments(situation)):
            prompt = _for_moment(prompts, position, situation, moment) if number >= offered else None
            if prompt:
                return Choice(_show(position, prompt), {**situation.offered, key: number + 1})
    return Choice(_in_order(prompts, position, situation), situation.offered)


def previous_prompt(position: PromptPosition) -> PromptPosition:
    """Moves one prompt back among those that were seen; the first stays the first."""
    return position.replace(at=max(position.at - 1, 0))


def use_prompt(position: PromptPosition, prompt: Prompt) -> PromptPosition:
    """Moves to that prompt, out of order."""
    if prompt.id in position.seen:
        return position.replace(at=position.seen.index(prompt.id))
    return _show(position, prompt)


def current_prompt(prompts: PromptSet, position: PromptPosition) -> Prompt | None:
    """Returns the prompt at that position; null past the last one."""
    return prompts.prompt(position.seen[position.at], position.stage) if position.at < len(position.seen) else None


def signs_of_readiness(situation: Situation) -> bool:
    """Whether a recap and a key question may fit: two of three signs (Miller & Rollnick 2013, ch. 19).

    The signs are recent commitment or taking-steps talk, a ruler that went up, and a smaller share of sustain talk
    among the recent entries than before. It is a hint, not a measure; false in planning, where it is no news.
    """
    if situation.stage is Stage.PLANNING:
        return False
    recent, before = situation.talk[-RECENT:], situation.talk[:-RECENT]
    moving = any(entry.talk in (Talk.COMMITMENT, Talk.TAKING_STEPS) for entry in recent)
    rising = any(_rose([r.value for r in situation.readings if r.ruler is ruler]) for ruler in Ruler)
    settling = bool(before) and _share_of_sustain(recent) < _share_of_sustain(before)
    return [moving, rising, settling].count(True) >= 2


def _rose(values: list[int]) -> bool:
    return len(values) > 1 and values[-1] > values[0]


def _share_of_sustain(entries: tuple[Entry, ...]) -> float:
    return sum(entry.kind is Kind.SUSTAIN for entry in entries) / len(entries)


def _show(position: PromptPosition, prompt: Prompt) -> PromptPosition:
    return position.replace(seen=(*position.seen, prompt.id), at=len(position.seen))


def _in_order(prompts: PromptSet, position: PromptPosition, situation: Situation) -> PromptPosition:
    """Moves to the next of the stage's own prompts; past the last when there is none."""
    guide = prompts.stages[situation.stage]
    ordinary = (prompt for prompt in guide.prompts if not _BY_RULE_ONLY & set(prompt.when))
    prompt = next(_fitting(ordinary, prompts, position, situation), None)
    return _show(position, prompt) if prompt else position.replace(at=len(position.seen))


def _for_moment(prompts: PromptSet, position: PromptPosition, situation: Situation, moment: Moment) -> Prompt | None:
    """Returns a prompt for that moment, of this stage if it has one, else of another; null if there is none."""
    stages = sorted(prompts.stages, key=lambda stage: stage is not situation.stage)
    for stage in stages:
        made_for_it = (prompt for prompt in prompts.stages[stage].prompts if moment in prompt.when)
        if moment in _KINDS_WITHOUT_QUESTIONS:
            made_for_it = (prompt for prompt in made_for_it if prompt.kind in _KINDS_WITHOUT_QUESTIONS[moment])
        if prompt := next(_fitting(made_for_it, prompts, position, situation), None):
            return prompt
    return None


def _fitting(
    candidates: Iterator[Prompt], prompts: PromptSet, position: PromptPosition, situation: Situation
) -> Iterator[Prompt]:
    """Yields the candidates that are neither seen nor answered, and are meant for this interview and its focus."""
    meant = (Meant.ANY, Meant.FIRST if situation.first else Meant.LATER)
    about = _focus(prompts, situation)
    for prompt in candidates:
        fresh = prompt.id not in position.seen and prompt.id not in situation.answered
        if fresh and prompt.meant in meant and (not prompt.focus or about & set(prompt.focus)):
            yield prompt


def _focus(prompts: PromptSet, situation: Situation) -> set[Substance]:
    """Returns the substances that the words of `/focus` name, by the `focus_words` of the prompt set."""
    said = " ".join(entry.words or "" for entry in situation.entries if entry.kind is Kind.FOCUS).casefold()
    by_word = {word.casefold(): substance for substance, words in prompts.focus_words.items() for word in words}
    longest_first = "|".join(map(re.escape, sorted(by_word, key=len, reverse=True)))  # methadone is not meth
    return {by_word[match[0]] for match in re.finditer(rf"\b(?:{longest_first})", said)} if by_word else set()
