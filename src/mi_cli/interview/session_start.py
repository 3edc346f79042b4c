"""An interview begins, or is taken up again: what a crash left between the records is made good."""

from dataclasses import replace
from datetime import datetime

from mi_cli.interview import choice
from mi_cli.interview.state import InterviewState, closed
from mi_cli.prompts.model import PromptSet
from mi_cli.records.change import IN_SESSION, Change
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import PromptPosition, Session, Visit
from mi_cli.records.terms import Status


def start(session: Session, notes: Notes, plan: Plan, prompts: PromptSet, *, first: bool = True) -> InterviewState:
    """A new interview, in the stage of its first visit. `first`: the client's first."""
    walk = InterviewState(session, notes, plan, prompts, {}, first=first)
    return replace(walk, places={session.stage: choice.enter_stage(prompts, None, walk.situation)})


def resume(
    session: Session, notes: Notes, plan: Plan, prompts: PromptSet, at: datetime, *, first: bool = True
) -> InterviewState:
    """An interview taken up again at `at`, in the stage where it stopped.

    A visit that a crash left open ends at its last entry. What the last turn still owed the session is made good here;
    what it owed the plan is in `notes.pending`, for `plan_owed`.
    """
    for pending in notes.pending:
        if session.turn < pending.turn and any(change.where in IN_SESSION for change in pending.changes):
            for change in pending.changes:
                session = session.with_change(change)
            session = session.replace(turn=pending.turn)
    stage = session.stage
    visits = session.visits
    if visits and visits[-1].to is None:
        times = [entry.at for entry in notes.entries] + [reading.at for reading in session.readings]
        visits = closed(visits, max([visits[-1].from_, *times]))
    walk = InterviewState(session, notes, plan, prompts, {}, first=first)
    reached = {place.stage: place for place in _places_reached(session, notes, prompts)}
    places = {
        known: choice.enter_stage(prompts, reached.get(known), replace(walk.situation, stage=known))
        for known in {*reached, stage}
    }
    session = session.replace(status=Status.OPEN, visits=(*visits, Visit(stage=stage, from_=at)), tally=notes.tally)
    return replace(walk, session=session, places=places).with_session(session, at)


def pending_plan_changes(notes: Notes, plan: Plan) -> tuple[Change, ...]:
    """The changes that a crash kept from the plan; none if it has them."""
    reached = plan.turns.get(notes.session, 0)
    return tuple(
        change
        for pending in notes.pending
        if pending.turn > reached
        for change in pending.changes
        if change.where not in IN_SESSION
    )


def _places_reached(session: Session, notes: Notes, prompts: PromptSet) -> list[PromptPosition]:
    """The places saved with the session, moved on to the prompts that entries since then were made under."""
    places = {place.stage: place for place in session.places}
    for entry in notes.entries:
        if entry.stage is None or entry.prompt is None:
            continue
        place = places.get(entry.stage, PromptPosition(stage=entry.stage))
        prompt = prompts.prompt(entry.prompt, entry.stage)
        if prompt and prompt.id not in place.seen:
            places[entry.stage] = choice.use_prompt(place, prompt)
    return list(places.values())
