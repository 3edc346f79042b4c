"""Which prompt next: the place in each stage, and what comes when the counselor moves on.

What has just happened decides first (`RULES`); then the stage's own order, without what is meant for another moment,
another interview or another focus. `/prompts` always offers the rest, and nothing in view changes by itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mi_cli.prompts.model import Meant, Moment, Prompt, PromptKind, PromptSet, Substance
from mi_cli.records.notes import Entry
from mi_cli.records.session import PromptPosition, Reading
from mi_cli.records.terms import Kind, Ruler, Stage, Talk

LOW: Final = 7  # below it, AHRQ's asthma guide (2007, app. D) suggests exploring and support; a reminder, no cut-off
RECENT: Final = 5  # entries of change or sustain talk


@dataclass(frozen=True)
class Situation:
    """What the choice follows. `first` is whether this is the client's first interview, `offered` what rules gave."""

    stage: Stage
    entries: tuple[Entry, ...]
    readings: tuple[Reading, ...]
    first: bool
    offered: Mapping[str, int]

    @property
    def last(self) -> Entry | None:
        """The latest entry, but for what the counselor noted for themself: that did not happen between the two."""
        return next((entry for entry in reversed(self.entries) if entry.kind is not Kind.OBSERVATION), None)

    @property
    def talk(self) -> tuple[Entry, ...]:
        """The entries of change and sustain talk, marks included."""
        return tuple(entry for entry in self.entries if entry.kind in (Kind.CHANGE, Kind.SUSTAIN))

    @property
    def answered(self) -> frozenset[str | None]:
        """The prompts that something was entered under."""
        return frozenset(entry.prompt for entry in self.entries)

    def latest(self, ruler: Ruler) -> Reading | None:
        """The latest reading of a ruler."""
        return next((reading for reading in reversed(self.readings) if reading.ruler is ruler), None)


@dataclass(frozen=True)
class Rule:
    """What to offer after something happened. `happened` gives a key for the event, null when it did not happen.

    For each event `moments` are gone through once, a prompt for each.
    """

    name: str
    happened: Callable[[Situation], str | None]
    moments: Callable[[Situation], tuple[Moment, ...]]
    reason: str
    source: str


def _discord(situation: Situation) -> str | None:
    last = situation.last
    return str(last.n) if last and last.kind is Kind.DISCORD else None


def _sustained(situation: Situation) -> str | None:
    last_three = situation.talk[-3:]
    if len(last_three) < 3 or any(entry.kind is not Kind.SUSTAIN for entry in last_three):
        return None
    return str(last_three[-1].n)


def _low_reading(situation: Situation) -> str | None:
    lower = _lower(situation)
    return str(lower.turn) if lower and lower.value < LOW else None


def _lower(situation: Situation) -> Reading | None:
    """The lower of the latest importance and confidence; importance where they are equal."""
    readings = [situation.latest(ruler) for ruler in (Ruler.IMPORTANCE, Ruler.CONFIDENCE)]
    return min((reading for reading in readings if reading), key=lambda reading: reading.value, default=None)


def _low_moments(situation: Situation) -> tuple[Moment, ...]:
    lower = _lower(situation)
    low_importance = lower is not None and lower.ruler is Ruler.IMPORTANCE
    return (Moment.LOW_IMPORTANCE if low_importance else Moment.LOW_CONFIDENCE,) * 2


def _change_talk(situation: Situation) -> str | None:
    last = situation.last
    return str(last.n) if last and last.kind is Kind.CHANGE else None


RULES: Final = (
    Rule(
        "discord",
        _discord,
        lambda _: (Moment.DISCORD,),
        "Friction is about the two of you: engage again before anything else.",
        "Miller & Rollnick 2023, ch. 14",
    ),
    Rule(
        "sustain talk",
        _sustained,
        lambda _: (Moment.SUSTAIN_TALK, Moment.AUTONOMY),
        "Another question asks for more of it: reflect, then say whose choice it is.",
        "Miller & Rollnick 2013, ch. 15; Magill 2018 (sustain talk goes with worse outcomes)",
    ),
    Rule(
        "low reading",
        _low_reading,
        _low_moments,
        "Reluctance about importance and about confidence want different help; the lower one first.",
        "Miller & Rollnick 2013, ch. 16; AHRQ 2007, app. D",
    ),
    Rule(
        "change talk",
        _change_talk,
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

# After sustain talk: a reflection stem, then a statement, whatever else a set may offer for these moments.
_ASKS_NOTHING: Final[Mapping[Moment, tuple[PromptKind, ...]]] = {
    Moment.SUSTAIN_TALK: (PromptKind.REFLECTION,),
    Moment.AUTONOMY: (PromptKind.REFLECTION, PromptKind.AFFIRMATION, PromptKind.SUMMARY, PromptKind.INFORMATION),
}


@dataclass(frozen=True)
class Choice:
    """The place after moving on, and what the rules have offered so far."""

    place: PromptPosition
    offered: Mapping[str, int]


def enter_stage(prompts: PromptSet, place: PromptPosition | None, situation: Situation) -> PromptPosition:
    """The place on coming into a stage: as it was left, or at its first prompt. Prompts since removed are passed."""
    seen = tuple(prompt_id for prompt_id in (place.seen if place else ()) if prompts.prompt(prompt_id, situation.stage))
    if place is None or not seen:
        return _in_order(prompts, PromptPosition(stage=situation.stage), situation)
    return place.replace(seen=seen, at=min(place.at, len(seen)))


def next_prompt(prompts: PromptSet, place: PromptPosition, situation: Situation) -> Choice:
    """One on: what was seen before, if the counselor had gone back; else what a rule offers; else the stage's order.

    What was answered meanwhile is passed.
    """
    ahead = (at for at in range(place.at + 1, len(place.seen)) if place.seen[at] not in situation.answered)
    if (at := next(ahead, None)) is not None:
        return Choice(place.replace(at=at), situation.offered)
    for rule in RULES:
        event = rule.happened(situation)
        if event is None:
            continue
        key = f"{rule.name} {event}"
        given = situation.offered.get(key, 0)
        for number, moment in enumerate(rule.moments(situation)):
            found = _for_moment(prompts, place, situation, moment) if number >= given else None
            if found:
                return Choice(_seen_too(place, found), {**situation.offered, key: number + 1})
    return Choice(_in_order(prompts, place, situation), situation.offered)


def previous_prompt(place: PromptPosition) -> PromptPosition:
    """One back along what was seen; the first stays the first."""
    return place.replace(at=max(place.at - 1, 0))


def use_prompt(place: PromptPosition, prompt: Prompt) -> PromptPosition:
    """That prompt, out of turn."""
    if prompt.id in place.seen:
        return place.replace(at=place.seen.index(prompt.id))
    return _seen_too(place, prompt)


def current_prompt(prompts: PromptSet, place: PromptPosition) -> Prompt | None:
    """The prompt at that place; null past the last one."""
    return prompts.prompt(place.seen[place.at], place.stage) if place.at < len(place.seen) else None


def signs_of_readiness(situation: Situation) -> bool:
    """Whether a recap and a key question may fit: two of three signs (Miller & Rollnick 2013, ch. 19).

    Recent commitment or taking-steps talk; a ruler that went up; sustain talk that went down. A hint, no measure.
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


def _seen_too(place: PromptPosition, prompt: Prompt) -> PromptPosition:
    return place.replace(seen=(*place.seen, prompt.id), at=len(place.seen))


def _in_order(prompts: PromptSet, place: PromptPosition, situation: Situation) -> PromptPosition:
    """The next of the stage's own prompts; past the last when there is none."""
    guide = prompts.stages[situation.stage]
    ordinary = (prompt for prompt in guide.prompts if not _BY_RULE_ONLY & set(prompt.when))
    found = next(_fitting(ordinary, prompts, place, situation), None)
    return _seen_too(place, found) if found else place.replace(at=len(place.seen))


def _for_moment(prompts: PromptSet, place: PromptPosition, situation: Situation, moment: Moment) -> Prompt | None:
    """A prompt made for that moment, of this stage if there is one, else of another."""
    stages = sorted(prompts.stages, key=lambda stage: stage is not situation.stage)
    for stage in stages:
        made_for_it = (prompt for prompt in prompts.stages[stage].prompts if moment in prompt.when)
        if moment in _ASKS_NOTHING:
            made_for_it = (prompt for prompt in made_for_it if prompt.kind in _ASKS_NOTHING[moment])
        if found := next(_fitting(made_for_it, prompts, place, situation), None):
            return found
    return None


def _fitting(
    candidates: Iterator[Prompt], prompts: PromptSet, place: PromptPosition, situation: Situation
) -> Iterator[Prompt]:
    """Those not yet seen here nor answered, meant for this interview, and for its focus or any."""
    meant = (Meant.ANY, Meant.FIRST if situation.first else Meant.LATER)
    about = _focus(prompts, situation)
    for prompt in candidates:
        fresh = prompt.id not in place.seen and prompt.id not in situation.answered
        if fresh and prompt.meant in meant and (not prompt.focus or about & set(prompt.focus)):
            yield prompt


def _focus(prompts: PromptSet, situation: Situation) -> set[Substance]:
    """What the interview is about, as far as the words of `/focus` tell; the set knows which words do."""
    said = " ".join(entry.words or "" for entry in situation.entries if entry.kind is Kind.FOCUS).casefold()
    told = {word.casefold(): substance for substance, words in prompts.focus_words.items() for word in words}
    longest_first = "|".join(map(re.escape, sorted(told, key=len, reverse=True)))  # methadone is not meth
    return {told[match[0]] for match in re.finditer(rf"\b(?:{longest_first})", said)} if told else set()
