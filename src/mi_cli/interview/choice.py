"""Chooses the prompt in view. Pure functions.

Theory of operation
===================

For each stage a `PromptPosition` keeps the ids of the prompts that were seen, in order, which of them is in view, and
which rule offered each. It changes only when the counselor moves (`next_prompt`, `previous_prompt`, `use_prompt`,
`enter_stage`): nothing in view changes by itself.

When the counselor moves on, the first of these that gives something decides:

1. The latest event, if a step of its rule is left (`interview.rules`). It gives a prompt, or a `Hold`: no prompt, and a
   word on what to do instead.
2. A prompt that was seen before and not answered since, if the counselor had gone back.
3. Staying safe, when the focus or an open concern asks for it.
4. The stage's usual order: the prompts of its core, in the order of the file. In evoking those that fit the lower one
   of importance and confidence come before the others.

A prompt comes unasked at most once in an interview, only when its needs are met (`interview.needs`), and only if it is
meant for this interview and its focus. `/prompts` shows all, and `/use` takes any.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from mi_cli.interview import needs, rules
from mi_cli.interview.rules import Step
from mi_cli.interview.situation import LOW, Situation
from mi_cli.prompts.model import Meant, Moment, Prompt, PromptKind, PromptSet
from mi_cli.records.notes import Entry
from mi_cli.records.session import OfferedMoment, OfferedPrompt, PromptPosition
from mi_cli.records.terms import Kind, Ruler, Stage, Talk
from mi_cli.records.text_keys import Hold, RuleName

REMEMBERED: Final = 3  # how many events before the latest are kept with what they were given
RECENT: Final = 5  # how many of the latest entries of change or sustain talk count as recent

_SUSTAINED: Final = frozenset({RuleName.SUSTAIN_TALK, RuleName.SUSTAIN_AGAIN})
_RECAP: Final = frozenset({Moment.RECAP, Moment.KEY_QUESTION})

# Talk that goes with each ruler: what a low reading asks for, and what it does not.
_ABOUT_CONFIDENCE: Final = frozenset({Talk.ABILITY, Talk.TAKING_STEPS})
_ABOUT_IMPORTANCE: Final = frozenset({Talk.DESIRE, Talk.REASON, Talk.NEED})


@dataclass(frozen=True)
class Choice:
    """The position after moving on, and what the last events have been offered."""

    position: PromptPosition
    offered: tuple[OfferedMoment, ...]


def enter_stage(position: PromptPosition | None, situation: Situation) -> Choice:
    """Returns what comes into view on entering a stage: an answer to the latest event, or the place kept, or the first.

    A prompt that a rule had offered is no place to come back to: what it answered is over.
    """
    kept = kept_position(position, situation)
    if choice := _after_event(kept, situation):
        return choice
    in_view = kept.seen[kept.at] if kept.at < len(kept.seen) else None
    if in_view and kept.rule_of(in_view) is None:
        return Choice(kept, situation.offered)
    return Choice(_usual(kept, situation), situation.offered)


def kept_position(position: PromptPosition | None, situation: Situation) -> PromptPosition:
    """Returns the position as it was left in a stage, without prompts that the set no longer has."""
    if position is None:
        return PromptPosition(stage=situation.stage)
    seen = tuple(each for each in position.seen if situation.prompts.prompt(each, situation.stage))
    return position.replace(seen=seen, at=min(position.at, len(seen)))


def next_prompt(position: PromptPosition, situation: Situation) -> Choice:
    """Moves on, as the head of this module says."""
    if choice := _after_event(position, _with_key_question(position, situation)):
        return choice
    in_view = current_prompt(situation.prompts, position)
    answered = {entry.prompt for entry in situation.entries}
    ahead = (at for at in range(position.at + 1, len(position.seen)) if position.seen[at] not in answered)
    if (at := next(ahead, None)) is not None:
        return Choice(position.replace(at=at, hold=None), situation.offered)
    one_in_view = in_view is not None and Moment.STAYING_SAFE in in_view.when  # not two of them in a row
    if (
        not one_in_view
        and rules.wants_staying_safe(situation)
        and (prompt := _for_step(Step((Moment.STAYING_SAFE,)), situation))
    ):
        return Choice(_show(position, prompt, RuleName.STAYING_SAFE), situation.offered)
    return Choice(_usual(position, situation), situation.offered)


def previous_prompt(position: PromptPosition) -> PromptPosition:
    """Moves one prompt back among those that were seen; the first stays the first."""
    return position.replace(at=max(position.at - 1, 0), hold=None)


def use_prompt(position: PromptPosition, prompt: Prompt) -> PromptPosition:
    """Moves to that prompt, out of order; it then counts as the one that was seen last."""
    seen = tuple(each for each in position.seen if each != prompt.id)
    return _show(position.replace(seen=seen), prompt)


def current_prompt(prompts: PromptSet, position: PromptPosition) -> Prompt | None:
    """Returns the prompt at that position; null where none is held up."""
    return prompts.prompt(position.seen[position.at], position.stage) if position.at < len(position.seen) else None


def signs_of_readiness(situation: Situation) -> bool:
    """Whether a recap and a key question may fit: two of three signs (Miller & Rollnick 2013, ch. 19).

    The signs are recent commitment or taking-steps talk, unless confidence is low; a ruler that went up; and a smaller
    share of sustain talk among the recent entries than before. It is a hint, not a measure; false in planning, and
    after a recap, where it is no news.
    """
    if situation.stage is Stage.PLANNING or situation.recap_turn is not None:
        return False
    recent, before = situation.talk[-RECENT:], situation.talk[:-RECENT]
    committed = any(entry.talk in (Talk.COMMITMENT, Talk.TAKING_STEPS) for entry in recent)
    moving = committed and not situation.low_confidence
    by_series: dict[tuple[Ruler, str | None], list[int]] = {}
    for reading in situation.readings:
        by_series.setdefault((reading.ruler, reading.target), []).append(reading.value)
    rising = any(map(_rose, by_series.values()))
    settling = bool(before) and _share_of_sustain(recent) < _share_of_sustain(before)
    return [moving, rising, settling].count(True) >= 2


def _rose(values: list[int]) -> bool:
    return len(values) > 1 and values[-1] > values[0]


def _share_of_sustain(entries: tuple[Entry, ...]) -> float:
    return sum(entry.kind is Kind.SUSTAIN for entry in entries) / len(entries)


# -- what comes --------------------------------------------------------------------------------------------------------


def _with_key_question(position: PromptPosition, situation: Situation) -> Situation:
    """Returns the situation with a key question that is in view, and not answered, counted as a recap just given."""
    prompt = current_prompt(situation.prompts, position)
    if prompt is None or Moment.KEY_QUESTION not in prompt.when or not situation.moved:
        return situation
    return replace(situation, recap_turn=situation.last_turn)


def _after_event(position: PromptPosition, situation: Situation) -> Choice | None:
    """Returns what the latest event asks for, if a step of its rule is left and gives something."""
    if (happened := rules.event(situation)) is None:
        return None
    rule, turn = happened
    for number, step in rules.steps_left(rule, turn, situation):
        others = [each for each in situation.offered if (each.rule, each.turn) != (rule.name, turn)]
        offered = (*others[-REMEMBERED:], OfferedMoment(rule=rule.name, turn=turn, steps=number))
        prompt = _of_core(Stage.PLANNING, situation) if step.planning else _for_step(step, situation)
        if prompt:
            return Choice(_show(position, prompt, rule.name), offered)
        if step.hold:
            return Choice(_hold(position, step.hold), offered)
    return None


def _show(position: PromptPosition, prompt: Prompt, rule: RuleName | None = None) -> PromptPosition:
    named = (*position.rules, OfferedPrompt(prompt=prompt.id, rule=rule)) if rule else position.rules
    return position.replace(seen=(*position.seen, prompt.id), at=len(position.seen), rules=named, hold=None)


def _hold(position: PromptPosition, hold: Hold | None = None) -> PromptPosition:
    return position.replace(at=len(position.seen), hold=hold)


def _usual(position: PromptPosition, situation: Situation) -> PromptPosition:
    """Moves to the next prompt of the stage's usual order; past the last when there is none."""
    prompt = _of_core(situation.stage, situation)
    return _show(position, prompt) if prompt else _hold(position)


def _of_core(stage: Stage, situation: Situation) -> Prompt | None:
    """Returns the next prompt of a stage's core; a set that marks none has all that need no special moment.

    No recap and no key question comes when one was given.
    """
    prompts = situation.prompts.stages[stage].prompts
    core = [prompt for prompt in prompts if prompt.core] or [p for p in prompts if not p.use_only and not p.when]
    if situation.recap_turn is not None:
        core = [prompt for prompt in core if not _RECAP & set(prompt.when)]
    happened = rules.event(situation)
    if happened and happened[0].name in _SUSTAINED:
        core.sort(key=lambda prompt: prompt.kind is PromptKind.RULER)  # no ruler right after sustain talk
    if stage is Stage.EVOKING:
        core.sort(key=lambda prompt: _distance(prompt, situation))
    return next(_fitting(core, situation), None)


def _distance(prompt: Prompt, situation: Situation) -> int:
    """Returns how far a prompt is from what the lower reading asks for: -1 for what fits it, 1 for the other one."""
    lower = situation.lower
    if lower is None or lower.value >= LOW or prompt.evokes is None:
        return 0
    sides = (_ABOUT_CONFIDENCE, _ABOUT_IMPORTANCE)
    wanted, other = sides if lower.ruler is Ruler.CONFIDENCE else sides[::-1]
    return -1 if prompt.evokes in wanted else int(prompt.evokes in other)


def _for_step(step: Step, situation: Situation) -> Prompt | None:
    """Returns a prompt for a step: for its first moment if there is one, of this stage before others; null if none.

    Nothing is taken from planning in another stage: there is no plan to speak of yet. A prompt that fits this client
    in particular comes before one that fits anybody.
    """
    stages = [situation.stage, *(each for each in Stage if each not in (situation.stage, Stage.PLANNING))]
    for moment in step.moments:
        for stage in stages:
            made_for_it = [
                prompt
                for prompt in situation.prompts.stages[stage].prompts
                if moment in prompt.when and prompt.kind in step.kinds and (step.asks or not _asks(prompt))
            ]
            made_for_it.sort(key=_fits_anybody)
            if prompt := next(_fitting(made_for_it, situation), None):
                return prompt
    return None


def _asks(prompt: Prompt) -> bool:
    return "?" in prompt.say


def _fits_anybody(prompt: Prompt) -> bool:
    return not prompt.focus and not needs.PARTICULAR & set(prompt.needs)


def _fitting(candidates: Iterable[Prompt], situation: Situation) -> Iterator[Prompt]:
    """Yields the candidates that may come now: not seen yet, meant for this interview and its focus, needs met."""
    meant = (Meant.ANY, Meant.FIRST if situation.first else Meant.LATER)
    answered = {entry.prompt for entry in situation.entries}
    for prompt in candidates:
        fresh = prompt.id not in situation.seen and prompt.id not in answered and not prompt.use_only
        fits = prompt.meant in meant and (not prompt.focus or situation.substances & set(prompt.focus))
        if fresh and fits and needs.met(prompt, situation):
            yield prompt
