"""Starts an interview, or resumes one and repairs what a crash left.

A crash can leave three things: changes in `Notes.pending` that did not reach the session, the client facts or the
plan (see `interview.turns`), a visit that was never closed, and a session whose prompt positions are older than its
entries. `resume` completes the session; the recorder completes the facts and the plan with its first save.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from mi_cli.interview import choice
from mi_cli.interview.moving import close_last_visit
from mi_cli.interview.situation import NOTHING_EARLIER, Earlier
from mi_cli.interview.state import InterviewState
from mi_cli.interview.turns import repaired_session
from mi_cli.prompts.model import PromptSet
from mi_cli.records.client_facts import Facts
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import PromptPosition, PromptSetUsed, Session, Visit
from mi_cli.records.terms import Stage, Status


def start(
    session: Session,
    notes: Notes,
    facts: Facts,
    plan: Plan,
    prompts: PromptSet,
    *,
    first: bool = True,
    earlier: Earlier = NOTHING_EARLIER,
) -> InterviewState:
    """Returns the state of a new interview, in the stage of its first visit.

    `first` is whether it is the client's first; `earlier` what the ones before left.
    """
    state = InterviewState(session, notes, facts, plan, prompts, {}, first=first, earlier=earlier)
    return replace(state, positions={session.stage: choice.enter_stage(None, state.situation).position})


def resume(
    session: Session,
    notes: Notes,
    facts: Facts,
    plan: Plan,
    prompts: PromptSet,
    at: datetime,
    *,
    first: bool = True,
    earlier: Earlier = NOTHING_EARLIER,
) -> InterviewState:
    """Returns the state of an interview that is resumed at `at`, in the stage where it stopped.

    A visit that a crash left open is closed at the time of its last entry or reading. Changes that the facts or
    the plan lack stay in `notes.pending`, for the recorder.
    """
    session = repaired_session(session, notes)
    stage = session.stage
    visits = session.visits
    if visits and visits[-1].to is None:
        times = [entry.at for entry in notes.entries] + [reading.at for reading in session.readings]
        visits = close_last_visit(visits, max([visits[-1].from_, *times]))
    state = InterviewState(
        session, notes, facts, plan, prompts, {}, first=first, earlier=earlier, offered=session.offered
    )
    positions = {
        each: choice.kept_position(position, replace(state.situation, stage=each))
        for each, position in _positions_reached(session, notes, prompts).items()
    }
    if stage not in positions or not positions[stage].seen:
        positions[stage] = choice.enter_stage(None, replace(state, positions=positions).situation).position
    session = session.replace(status=Status.OPEN, visits=(*visits, Visit(stage=stage, from_=at)), tally=notes.tally)
    return replace(state, positions=positions).with_session(session, at)


def _positions_reached(session: Session, notes: Notes, prompts: PromptSet) -> dict[Stage, PromptPosition]:
    """Returns the positions saved with the session, moved on to the prompts of entries that were made since then."""
    positions = {position.stage: position for position in session.places}
    for entry in notes.entries:
        if entry.stage is None or entry.prompt is None:
            continue
        position = positions.get(entry.stage, PromptPosition(stage=entry.stage))
        prompt = prompts.prompt(entry.prompt, entry.stage)
        if prompt and prompt.id not in position.seen:
            positions[entry.stage] = choice.use_prompt(position, prompt)
    return positions


def first_records(
    new_head: Callable[..., dict[str, Any]],
    prompts: PromptSet,
    *,
    client: str,
    counselor: str,
    language: str,
    stage: Stage,
    started: datetime,
) -> tuple[Session, Notes]:
    """Returns the session and the notes of an interview that begins in a stage, with nothing in them yet.

    `new_head` is `JsonStore.new_head`: it gives a record its id, its times and its revision.
    """
    session = Session(
        **new_head(Session),
        client=client,
        counselor=counselor,
        language=language,
        prompt_set=PromptSetUsed(name=prompts.name, version=prompts.version, digest=prompts.digest),
        status=Status.OPEN,
        started_at=started,
        visits=(Visit(stage=stage, from_=started),),
    )
    return session, Notes(**new_head(Notes, session.id), session=session.id)


def can_be_written_up(started: datetime, ended: datetime, now: datetime) -> bool:
    """Returns whether these are times of an interview to write up afterwards: it ended after it began, and is over."""
    return started <= ended <= now
