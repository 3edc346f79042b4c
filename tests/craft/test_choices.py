"""What the shipped prompt sets offer next: every moment of the file, and thousands of random interviews."""

import os
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any, Final

import pytest

from mi_cli.interview import needs
from mi_cli.interview.rulers import NumberQuestion
from mi_cli.interview.situation import Earlier
from mi_cli.interview.state import InterviewState
from mi_cli.prompts.load import load
from mi_cli.prompts.model import Moment, Prompt, PromptKind, PromptSet
from mi_cli.records.terms import Act, Kind, Stage
from tests.builders import after, an_interview
from tests.craft.test_moments import LANGUAGES, MOMENTS

ASKS: Final = (PromptKind.OPEN_QUESTION, PromptKind.RULER)
KNOWN: Final = {"mandated": "/mandated the court"}


@cache
def prompts_in(language: str) -> PromptSet:
    return load(language, None)


@pytest.mark.parametrize(
    "moment", [pytest.param(moment, id=f"{moment['language']}: {moment['name']}") for moment in MOMENTS]
)
def test_what_comes_fits_the_moment(moment: dict[str, Any]) -> None:
    state = at_the_moment(moment)
    view = state.view
    shown = f"{view.stage}: {view.prompt.id}: {view.prompt.say}" if view.prompt else f"{view.stage}: ({view.hold})"
    for wrong in faults(state, moment):
        pytest.fail(f"{wrong}; in view: {shown}")


def at_the_moment(moment: dict[str, Any]) -> InterviewState:
    prompts, stage = prompts_in(moment["language"]), Stage(moment.get("stage", "engaging"))
    earlier, plan = Earlier(), None
    if "earlier" in moment:
        before = after(an_interview(prompts, stage), [*moment["earlier"], "/pause"])
        earlier, plan = Earlier.of([before.notes]), before.plan
    first = moment.get("first", "earlier" not in moment)
    state = an_interview(prompts, stage, first=first, earlier=earlier, plan=plan)
    facts = [KNOWN[name] for name in moment.get("facts", ())]
    if facts:  # known before: noted in an interview whose notes are not those of this one
        known = after(state, facts).facts
        state = an_interview(prompts, stage, first=first, earlier=earlier, plan=plan, facts=known)
    return after(state, moment["lines"])


def faults(state: InterviewState, moment: dict[str, Any]) -> Iterator[str]:
    """Yields each condition of the moment that what is in view does not meet."""
    view, may, must_not = state.view, moment.get("may", {}), moment.get("not", {})
    asked = view.question.prompt if isinstance(view.question, NumberQuestion) else None
    prompt = asked or view.prompt
    if prompt is None:
        if may and view.hold not in may.get("hold", ()):
            yield "nothing is held up"
        return
    home = next(stage for stage, guide in state.prompts.stages.items() if guide.prompt(prompt.id))
    if may.keys() == {"hold"}:
        yield "a prompt is held up"
    if "kinds" in may and prompt.kind not in may["kinds"]:
        yield f"{prompt.kind} is not among the kinds"
    if "when" in may and not set(prompt.when) & set(may["when"]):
        yield f"{[*prompt.when]} is not among the moments"
    if prompt.kind in must_not.get("kinds", ()):
        yield f"{prompt.kind} must not come"
    if set(prompt.when) & set(must_not.get("when", ())):
        yield f"{[*prompt.when]} must not come"
    if home in must_not.get("stages", ()) and home is not view.stage:
        yield f"it is borrowed from {home}"
    if prompt.id in must_not.get("ids", ()):
        yield "this prompt must not come"
    if set(prompt.needs) & set(must_not.get("needs", ())):
        yield f"{[*prompt.needs]} is not met"


# -- random interviews -------------------------------------------------------------------------------------------------

LINES: Final = (
    "words", "+d I would like to", "+a I could", "+r my girl", "+n I have to", "+c I will", "+ac I am ready",
    "+t I did", "+", "- no", "-d I like it", "-a I never could", "-r it helps", "-n I need it", "-", "~ whatever",
    "~ the court",
    "+- yes and no", "! came back", "? my father", ">r you want", ">q why", "*", "= late", "/focus drinking",
    "/focus heroin", "/agenda work", "/value my girl", "/trigger payday", "/importance 3", "/importance 9 work",
    "/confidence 2", "/confidence 8 did it once", "/readiness 4", "/goal Be there", "/step ring @ Friday",
    "/support Rosa: rings", "/barrier payday -> ring", "/sign sleep", "/review 4w", "/lapse drank", "/mandated court",
    "/safety overdose told", "/safety done", "/recap", "/undo", "/back", "/engaging", "/focusing", "/evoking",
    "/planning",
)  # fmt: skip
WALKS: Final = int(os.environ.get("MI_WALKS", "1000"))  # in each language; ten thousand by hand


@pytest.mark.parametrize("language", LANGUAGES)
def test_random_interviews_keep_the_rules(language: str) -> None:
    """No need is unmet, nothing comes twice unasked, and sustain talk is never answered by a question."""
    prompts, random = prompts_in(language), Random(11)
    for number in range(WALKS):
        state = an_interview(prompts, random.choice([*Stage]), first=random.random() < 0.5)
        seen = {state.view.prompt.id} if state.view.prompt else set()
        lines: list[str] = []
        for _ in range(12):
            line = random.choice(LINES) if random.random() < 0.55 else ""
            lines.append(line)
            before, state = state, after(state, [line])
            prompt = state.view.prompt
            moved = line == "" or line.lstrip("/") in {*Stage}
            if not moved or prompt is None or before.question or prompt == before.view.prompt:
                continue
            where = f"{language} walk {number}: {lines} -> {prompt.id}"
            came_back = line != "" or prompt.id in before.positions[before.stage].seen
            assert came_back or prompt.id not in seen, f"{where} came twice"
            assert came_back or needs.met(prompt, before.situation) or entered(before, state, prompt), where
            if line == "" and answers_sustain_talk(before):
                assert prompt.kind not in ASKS, f"{where} asks after sustain talk"
                assert "?" not in prompt.say, f"{where} asks after sustain talk"
            seen.add(prompt.id)


def entered(before: InterviewState, state: InterviewState, prompt: Prompt) -> bool:
    """Whether the prompt is met in the stage that was entered: the situation differs by the stage alone."""
    return state.stage is not before.stage and needs.met(prompt, state.situation)


def answers_sustain_talk(state: InterviewState) -> bool:
    """Whether the latest event is sustain talk that was offered nothing and that no `>r` answered."""
    happened = (Kind.SUSTAIN, Kind.CHANGE, Kind.DISCORD, Kind.AMBIVALENCE, Kind.STRENGTH, Kind.PARKED, Kind.FOCUS,
                Kind.LAPSE, Kind.SAFETY)  # fmt: skip
    events = [entry for entry in state.notes.entries if entry.kind in happened]
    if not events or events[-1].kind is not Kind.SUSTAIN:
        return False
    turn = events[-1].turn
    later = [reading for reading in state.session.readings if reading.turn > turn]
    reflected = any(entry.act is Act.REFLECTION and entry.turn > turn for entry in state.notes.entries)
    offered = any(each.turn >= turn for each in state.offered)
    other = state.recap_turn is not None and state.recap_turn >= turn
    facts = any(turn < undo.turn for undo in state.notes.undo)
    return not (later or reflected or offered or other or facts or state.session.open_concerns)


# -- the sets as a whole -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_prompt_can_be_reached(language: str) -> None:
    labels = {Moment.OPENING, Moment.RECAP, Moment.KEY_QUESTION}
    for stage, guide in prompts_in(language).stages.items():
        for prompt in guide.prompts:
            assert prompt.core or prompt.use_only or set(prompt.when) - labels, f"{stage}: {prompt.id}"
            assert not (prompt.use_only and prompt.core), f"{stage}: {prompt.id}"


# What is typed in a stage that some of its prompts wait for.
TYPED: Final = {
    Stage.ENGAGING: (), Stage.FOCUSING: ("/agenda work", "/agenda wine"), Stage.EVOKING: (), Stage.PLANNING: (),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("first", [True, False])
def test_the_usual_order_is_six_to_eight_prompts_with_reflections(language: str, stage: Stage, first: bool) -> None:
    prompts = prompts_in(language)
    earlier = Earlier()
    if not first:
        before = after(an_interview(prompts), ["+r my girl", "/end Ring her"])
        earlier = Earlier.of([before.notes])
    state = after(an_interview(prompts, stage, first=first, earlier=earlier), TYPED[stage])
    kinds: list[PromptKind] = []
    while (prompt := state.view.prompt) is not None or state.view.hold:
        if prompt:
            kinds.append(prompt.kind)
        state = after(state, [""])
    assert 6 <= len(kinds) <= 8, kinds
    assert any(kind in (PromptKind.REFLECTION, PromptKind.AFFIRMATION, PromptKind.SUMMARY) for kind in kinds)
    runs = "".join("q" if kind in ASKS else "." for kind in kinds)
    assert "qqq" not in runs, kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_third_of_each_set_reflects_or_affirms(language: str) -> None:
    kinds = [prompt.kind for guide in prompts_in(language).stages.values() for prompt in guide.prompts]
    mirrors = kinds.count(PromptKind.REFLECTION) + kinds.count(PromptKind.AFFIRMATION)
    assert 3 * mirrors >= len(kinds)
