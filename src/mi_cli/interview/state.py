"""The walk through an interview: a line in, changed records out. It never saves, prints, or reads the clock.

A line that changes a record is a turn. What it does is written as changes (`records.change`), together with the
changes that take it back, so that undo and mending after a crash are the same few lines of code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum, auto

from mi_cli.interview import choice, goals, results, rulers, sharing
from mi_cli.interview import client_voice as voice
from mi_cli.interview.actions import (
    Action,
    AddEntry,
    AddGoal,
    AddGoalPart,
    AddReading,
    BeginNote,
    CloseConcerns,
    EditEntry,
    End,
    GoToStage,
    NoteConcern,
    Problem,
    Rejected,
    ReviewOn,
    Say,
    SelectGoal,
    SetEntryType,
    Share,
    Show,
    SimpleAction,
    UsePrompt,
)
from mi_cli.interview.grammar import parse
from mi_cli.interview.rulers import RulerQuestion
from mi_cli.prompts.model import Prompt, PromptSet, StageGuide
from mi_cli.records.change import IN_SESSION, NO_CHANGE, Change, RecordPart, ReversibleChange
from mi_cli.records.notes import Entry, Notes, Pending, Turn
from mi_cli.records.plan import Goal, GoalFrom, Plan
from mi_cli.records.session import PromptPosition, Reading, SafetyConcern, Session, Visit
from mi_cli.records.terms import Concern, Kind, Stage, Status, Talk


class Effect(StrEnum):
    """What a turn did, for the counselor to see in a word or two."""

    ENTRY = auto()
    READING = auto()
    GOAL = auto()
    GOAL_PART = auto()
    TAKEN_UP = auto()
    SHARED = auto()
    UNSHARED = auto()
    CHANGED = auto()
    TAKEN_BACK = auto()
    NOTE_OPEN = auto()
    CONCERN = auto()
    CONCERNS_CLOSED = auto()


@dataclass(frozen=True)
class Applied:
    """Something was done. `entry` is what was kept, `n` a number that belongs to it, `name` a term of our own.

    `ask_voice` when a goal or a step does not sound like the client: is this how they put it?
    """

    effect: Effect
    entry: Entry | None = None
    n: int = 0
    name: str = ""
    ask_voice: bool = False


class Leaving(StrEnum):
    """How the interview is left."""

    PAUSED = auto()
    ENDED = auto()


@dataclass(frozen=True)
class View:
    """What is in view: a ruler's question, a prompt, or, past the last prompt, neither."""

    stage: Stage
    prompt: Prompt | None
    number: int
    of: int
    question: RulerQuestion | None


@dataclass(frozen=True)
class OpenNote:
    """A note of several lines under way; `n` is its entry once it has a line."""

    n: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What a line came to. `plan_changes` are still to be made to the plan; `show_view` asks to see the view anew."""

    state: "InterviewState"
    reply: Applied | Rejected | Show | None = None
    plan_changes: tuple[Change, ...] = ()
    show_view: bool = False
    hide: bool = False
    leaving: Leaving | None = None


@dataclass(frozen=True)
class InterviewState:
    """An interview under way: its records, where the counselor is, and what is in view."""

    session: Session
    notes: Notes
    plan: Plan
    prompts: PromptSet
    places: Mapping[Stage, PromptPosition]
    question: RulerQuestion | None = None
    note: OpenNote | None = None
    goal: str | None = None
    first: bool = True
    offered: Mapping[str, int] = field(default_factory=dict)

    # -- where it stands ------------------------------------------------------------------------------------------

    @property
    def stage(self) -> Stage:
        """The stage the counselor is in."""
        return self.session.stage

    @property
    def guide(self) -> StageGuide:
        """The stage's part of the prompt set."""
        return self.prompts.stages[self.stage]

    @property
    def view(self) -> View:
        """What is in view now."""
        prompt = choice.current_prompt(self.prompts, self.places[self.stage])
        number = self.guide.prompts.index(prompt) + 1 if prompt in self.guide.prompts else 0
        return View(self.stage, prompt, number, len(self.guide.prompts), self.question)

    @property
    def situation(self) -> choice.Situation:
        """What the choice of the next prompt follows."""
        return choice.Situation(self.stage, self.notes.entries, self.session.readings, self.first, self.offered)

    @property
    def goal_in_hand(self) -> Goal | None:
        """The goal that goal lines are for: the one last touched, else the only active one."""
        touched = self.plan.goal(self.goal)
        if touched in self.plan.active:
            return touched
        return self.plan.active[0] if len(self.plan.active) == 1 else None

    # -- a line ---------------------------------------------------------------------------------------------------

    def handle_line(self, line: str, at: datetime, new_id: Callable[[], str]) -> Outcome:
        """Take one line (without its end), entered at `at`. `new_id` gives an id for a goal."""
        if self.note:
            return self._note_line(self.note, line, at)
        return self.apply(parse(line), at, new_id)

    def apply(self, action: Action, at: datetime, new_id: Callable[[], str]) -> Outcome:
        """Do what a line meant."""
        if action is SimpleAction.MOVE_ON and self.question:
            return Outcome(replace(self, question=rulers.next_question(self.question)), show_view=True)
        if isinstance(action, Say) and self.question:
            return self._answer(self.question, action.words, at)
        walk = self if isinstance(action, Rejected) else replace(self, question=None)
        return walk._act(action, at, new_id)

    def _act(self, action: Action, at: datetime, new_id: Callable[[], str]) -> Outcome:
        match action:
            case Rejected() | Show():
                return Outcome(self, action)
            case SimpleAction.MOVE_ON | SimpleAction.NEXT:
                chosen = choice.next_prompt(self.prompts, self.places[self.stage], self.situation)
                return replace(self, offered=chosen.offered)._placed(chosen.place)
            case SimpleAction.BACK:
                return self._placed(choice.previous_prompt(self.places[self.stage]))
            case UsePrompt(number):
                if not 1 <= number <= len(self.guide.prompts):
                    return Outcome(self, Rejected(Problem.NO_SUCH_PROMPT))
                return self._placed(choice.use_prompt(self.places[self.stage], self.guide.prompts[number - 1]))
            case GoToStage(stage):
                return self._went(stage, at)
            case Say(words):
                return self._kept(Kind.SAID, None, words, at)
            case AddEntry(kind, words, talk):
                return self._kept(kind, talk, words, at)
            case AddReading():
                return self._read(action, at)
            case AddGoal(words):
                return self._new_goal(words, at, new_id())
            case SelectGoal(number):
                if not 1 <= number <= len(self.plan.active):
                    return Outcome(self, Rejected(Problem.NO_SUCH_GOAL))
                goal = self.plan.active[number - 1]
                return Outcome(replace(self, goal=goal.id), Applied(Effect.TAKEN_UP, n=number))
            case AddGoalPart() | ReviewOn():
                return self._goal_part(action, at)
            case Share():
                return self._share(action, at)
            case SetEntryType(number, kind, talk):
                return self._retype(number, kind, talk, at)
            case EditEntry(number, words):
                return self._reword(number, words, at)
            case SimpleAction.UNDO:
                return self._undo(at)
            case NoteConcern(concern, words):
                return self._concern(concern, words, at)
            case CloseConcerns(words):
                return self._concerns_closed(words, at)
            case BeginNote(first):
                opened = replace(self, note=OpenNote())
                return opened._note_line(OpenNote(), first, at) if first else Outcome(opened, Applied(Effect.NOTE_OPEN))
            case SimpleAction.HIDE:
                return Outcome(self, hide=True)
            case SimpleAction.PAUSE:
                return Outcome(self.paused(at), leaving=Leaving.PAUSED)
            case End(words):
                return self._ended(words, at)

    # -- turns ----------------------------------------------------------------------------------------------------

    def _turn(
        self,
        at: datetime,
        reply: Applied,
        *,
        entry: Entry | None = None,
        made: ReversibleChange = NO_CHANGE,
    ) -> Outcome:
        """Make a turn: a new entry, perhaps, and changes to any of the records, with what undoes them.

        A new entry, and a new reading, need nothing to undo them: they carry the turn's number.
        """
        turn = self.notes.last_turn + 1
        notes = self.notes.replace(last_turn=turn, revision=self.notes.revision + 1, updated_at=at)
        if entry:
            notes = notes.replace(entries=(*notes.entries, entry), last_n=entry.n)
        if made.inverse:
            notes = notes.replace(undo=(*notes.undo, Turn(turn=turn, back=made.inverse)))
        later = tuple(change for change in made.changes if change.where is not RecordPart.ENTRY)
        for change in made.changes:
            notes = notes.with_change(change)
        if later:
            notes = notes.replace(pending=(*notes.pending, Pending(turn=turn, changes=later)))
        walk = replace(self, notes=notes)
        if any(change.where in IN_SESSION for change in later):
            session = self.session.replace(turn=turn)
            for change in later:
                session = session.with_change(change)
            walk = walk.with_session(session, at)
        plan = tuple(change for change in later if change.where not in IN_SESSION)
        return Outcome(replace(walk, plan=walk.plan.with_changes(*plan)), reply, plan_changes=plan)

    def _entry(self, kind: Kind, talk: Talk | None, words: str | None, at: datetime) -> Entry:
        """A new entry, said now, with the prompt in view."""
        prompt = None if self.question else self.view.prompt
        return Entry(
            n=self.notes.last_n + 1,
            turn=self.notes.last_turn + 1,
            at=at,
            stage=self.stage,
            prompt=prompt.id if prompt else None,
            kind=kind,
            talk=talk,
            words=words,
        )

    def with_session(self, session: Session, at: datetime) -> "InterviewState":
        """With that session, its revision and the places brought up to date."""
        places = tuple(self.places[stage] for stage in Stage if stage in self.places)
        return replace(self, session=session.replace(places=places, revision=session.revision + 1, updated_at=at))

    # -- what was said --------------------------------------------------------------------------------------------

    def _kept(self, kind: Kind, talk: Talk | None, words: str | None, at: datetime) -> Outcome:
        entry = self._entry(kind, talk, words, at)
        return self._turn(at, Applied(Effect.ENTRY, entry), entry=entry)

    def _note_line(self, note: OpenNote, line: str, at: datetime) -> Outcome:
        """A line of a note goes into its entry at once, so that a crash costs none of it."""
        if line == ".":
            return Outcome(replace(self, note=None), show_view=True)
        if note.n is None:
            outcome = self._kept(Kind.SAID, None, line, at)
            opened = replace(outcome.state, note=OpenNote(outcome.state.notes.last_n))
            return replace(outcome, state=opened)
        entry = self.notes.entry(note.n)
        if entry is None:  # taken back by another hand; begin it anew rather than lose the line
            return self._note_line(OpenNote(), line, at)
        entry = entry.replace(words=f"{entry.words}\n{line}")
        notes = self.notes.with_change(_put_entry(entry)).replace(revision=self.notes.revision + 1, updated_at=at)
        return Outcome(replace(self, notes=notes), Applied(Effect.ENTRY, entry))

    def _retype(self, number: int, kind: Kind, talk: Talk | None, at: datetime) -> Outcome:
        entry = self.notes.entry(number)
        if entry is None:
            return Outcome(self, Rejected(Problem.NO_SUCH_ENTRY))
        if entry.kind not in (Kind.SAID, Kind.CHANGE, Kind.SUSTAIN):
            return Outcome(self, Rejected(Problem.HAS_NO_TALK))
        return self._changed_entry(entry, entry.replace(kind=kind, talk=talk), at)

    def _reword(self, number: int, words: str, at: datetime) -> Outcome:
        entry = self.notes.entry(number)
        if entry is None:
            return Outcome(self, Rejected(Problem.NO_SUCH_ENTRY))
        return self._changed_entry(entry, entry.replace(words=words), at)

    def _changed_entry(self, old: Entry, new: Entry, at: datetime) -> Outcome:
        """An entry changed afterwards; its copy in the plan, if the client shared it, changes with it."""
        made = ReversibleChange((_put_entry(new),), (_put_entry(old),)) + sharing.reworded(
            self.plan, self.session.id, new
        )
        return self._turn(at, Applied(Effect.CHANGED, new), made=made)

    # -- rulers ---------------------------------------------------------------------------------------------------

    def _read(self, action: AddReading, at: datetime) -> Outcome:
        """A reading. In planning it is about the goal in hand, and its own; before, about the change as a whole."""
        about = self.goal_in_hand if self.stage is Stage.PLANNING else None
        goal, turn = about.id if about else None, self.notes.last_turn + 1
        reading = Reading(ruler=action.ruler, goal=goal, value=action.value, at=at, turn=turn)
        question: RulerQuestion | None = rulers.first_question(reading)
        entry = None
        if action.words is not None and question:
            asking = replace(self, question=question)
            entry = asking._entry(question.answer_kind, None, action.words, at)
            reading = rulers.answered(question, entry.n)
            question = rulers.next_question(RulerQuestion(reading, question.follow_up))
        done = Applied(Effect.READING, entry, n=reading.value, name=reading.ruler.value)
        made = ReversibleChange((_put_reading(reading),))
        if about:
            made += goals.from_reading(reading.ruler, reading.value, about, at)
        outcome = self._turn(at, done, entry=entry, made=made)
        return replace(outcome, state=replace(outcome.state, question=question), show_view=True)

    def _answer(self, question: RulerQuestion, words: str, at: datetime) -> Outcome:
        entry = self._entry(question.answer_kind, None, words, at)
        reading = rulers.answered(question, entry.n)
        outcome = self._turn(
            at, Applied(Effect.ENTRY, entry), entry=entry, made=ReversibleChange((_put_reading(reading),))
        )
        following = rulers.next_question(RulerQuestion(reading, question.follow_up))
        return replace(outcome, state=replace(outcome.state, question=following), show_view=True)

    # -- safety: facts only ---------------------------------------------------------------------------------------

    def _concern(self, concern: Concern, words: str | None, at: datetime) -> Outcome:
        raised = SafetyConcern(at=at, concern=concern, turn=self.notes.last_turn + 1)
        entry = self._entry(Kind.SAFETY, None, words, at) if words is not None else None
        done = Applied(Effect.CONCERN, entry, name=concern.value)
        made = ReversibleChange((_put_concern(raised),), (_no_concern(raised),))
        return self._turn(at, done, entry=entry, made=made)

    def _concerns_closed(self, words: str | None, at: datetime) -> Outcome:
        still_open = self.session.open_concerns
        if not still_open:
            return Outcome(self, Rejected(Problem.NO_OPEN_CONCERN))
        entry = self._entry(Kind.SAFETY, None, words, at) if words is not None else None
        closed = tuple(_put_concern(concern.replace(closed_at=at)) for concern in still_open)
        made = ReversibleChange(closed, tuple(_put_concern(concern) for concern in still_open))
        return self._turn(at, Applied(Effect.CONCERNS_CLOSED, entry), entry=entry, made=made)

    # -- goals ----------------------------------------------------------------------------------------------------

    def _new_goal(self, words: str, at: datetime, goal_id: str) -> Outcome:
        origin = GoalFrom(session=self.session.id, stage=self.stage, at=at, n=self.notes.last_n or None)
        done = Applied(Effect.GOAL, n=len(self.plan.active) + 1, ask_voice=voice.sounds_like_the_institution(words))
        outcome = self._turn(at, done, made=goals.new_goal(goal_id, words, origin))
        return replace(outcome, state=replace(outcome.state, goal=goal_id))

    def _goal_part(self, action: AddGoalPart | ReviewOn, at: datetime) -> Outcome:
        goal = self.goal_in_hand
        if goal is None:
            return Outcome(self, Rejected(Problem.WHICH_GOAL if self.plan.active else Problem.NO_GOAL_YET))
        field = "review_on" if isinstance(action, ReviewOn) else action.field
        done = Applied(Effect.GOAL_PART, name=field, ask_voice=voice.needs_voice_question(action))
        made = goals.from_line(action, goal, at)
        outcome = self._turn(at, done, made=made) if made.changes else Outcome(self, done)
        return replace(outcome, state=replace(outcome.state, goal=goal.id))

    def _share(self, action: Share, at: datetime) -> Outcome:
        entries = [self.notes.entry(number) for number in action.numbers]
        chosen = [entry for entry in entries if entry is not None]
        copies = [self.plan.copy_of(self.session.id, number) for number in action.out]
        out = [copy for copy in copies if copy is not None]
        if len(chosen) < len(entries):
            return Outcome(self, Rejected(Problem.NO_SUCH_ENTRY))
        if not all(sharing.can_be_shared(entry) for entry in chosen):
            return Outcome(self, Rejected(Problem.NOT_SHAREABLE))
        if len(out) < len(copies):
            return Outcome(self, Rejected(Problem.NOT_SHARED))
        known = results.numbered(self.plan)
        if not {*action.results, *action.results_out} <= known.keys():
            return Outcome(self, Rejected(Problem.NO_SUCH_RESULT))
        if not all(known[number].shared_on for number in action.results_out):
            return Outcome(self, Rejected(Problem.NOT_SHARED))
        agreed = [known[number] for number in action.results]
        withdrawn = [known[number] for number in action.results_out]
        items = [sharing.as_shared(entry, self.session.id) for entry in chosen]
        made = sharing.decided(items, out, self.plan) + results.decided(agreed, withdrawn, self.plan, at.date())
        shared, unshared = len(chosen) + len(agreed), len(out) + len(withdrawn)
        done = Applied(Effect.SHARED, n=shared) if shared else Applied(Effect.UNSHARED, n=unshared)
        return self._turn(at, done, made=made) if made.changes else Outcome(self, done)

    # -- undo -----------------------------------------------------------------------------------------------------

    def _undo(self, at: datetime) -> Outcome:
        """Take back the highest turn there is: what carries its number goes, and its `back` is made."""
        made = [entry.turn for entry in self.notes.entries] + [reading.turn for reading in self.session.readings]
        last = max([*made, *(turn.turn for turn in self.notes.undo)], default=0)
        if last == 0:
            return Outcome(self, Rejected(Problem.NOTHING_TO_UNDO))
        gone = [entry for entry in self.notes.entries if entry.turn == last]
        numbers = {entry.n for entry in gone}
        changes = [Change(where=RecordPart.ENTRY, key=str(entry.n)) for entry in gone]
        for reading in self.session.readings:
            if reading.turn == last:
                changes.append(Change(where=RecordPart.READING, key=str(last)))
            elif numbers & {reading.why, reading.raise_}:
                changes.append(_put_reading(_without_answers(reading, numbers)))
        for turn in self.notes.undo:
            if turn.turn == last:
                changes.extend(turn.back)
        kept = tuple(turn for turn in self.notes.undo if turn.turn != last)
        walk = replace(self, notes=self.notes.replace(undo=kept))
        done = Applied(Effect.TAKEN_BACK, gone[0] if gone else None)
        outcome = walk._turn(at, done, made=ReversibleChange(tuple(changes)))
        return replace(outcome, show_view=self.question is not None)

    # -- moving about, and leaving ---------------------------------------------------------------------------------

    def _placed(self, place: PromptPosition) -> Outcome:
        return Outcome(replace(self, places={**self.places, self.stage: place}), show_view=True)

    def _went(self, stage: Stage, at: datetime) -> Outcome:
        if stage is self.stage:
            return Outcome(self, show_view=True)
        visits = (*closed(self.session.visits, at), Visit(stage=stage, from_=at))
        situation = replace(self.situation, stage=stage)
        place = choice.enter_stage(self.prompts, self.places.get(stage), situation)
        walk = replace(self, places={**self.places, stage: place})
        return Outcome(walk.with_session(self.session.replace(visits=visits), at), show_view=True)

    def paused(self, at: datetime) -> "InterviewState":
        """Stopped for now."""
        session = self.session.replace(
            status=Status.PAUSED, visits=closed(self.session.visits, at), tally=self.notes.tally
        )
        return replace(self, question=None, note=None).with_session(session, at)

    def _ended(self, words: str | None, at: datetime) -> Outcome:
        walk = self._kept(Kind.NEXT, None, words, at).state if words is not None else self
        notes = walk.notes.replace(undo=(), revision=walk.notes.revision + 1, updated_at=at)
        session = walk.session.replace(
            status=Status.CLOSED, ended_at=at, visits=closed(walk.session.visits, at), tally=notes.tally
        )
        return Outcome(replace(walk, notes=notes).with_session(session, at), leaving=Leaving.ENDED)

    def marked_saved(self, plan: Plan) -> "InterviewState":
        """Everything is on the disk, and this is the plan as it stands there."""
        notes = self.notes.replace(pending=()) if self.notes.pending else self.notes
        return replace(self, plan=plan, notes=notes)


def closed(visits: tuple[Visit, ...], at: datetime) -> tuple[Visit, ...]:
    """With the last visit closed, if it lasts; never before it began, whatever the clock did."""
    if not visits or visits[-1].to is not None:
        return visits
    return (*visits[:-1], visits[-1].replace(to=max(at, visits[-1].from_)))


def _without_answers(reading: Reading, numbers: set[int]) -> Reading:
    return reading.replace(
        why=None if reading.why in numbers else reading.why,
        raise_=None if reading.raise_ in numbers else reading.raise_,
    )


def _put_entry(entry: Entry) -> Change:
    return Change(where=RecordPart.ENTRY, key=str(entry.n), put=entry.model_dump(mode="json"))


def _put_reading(reading: Reading) -> Change:
    return Change(where=RecordPart.READING, key=str(reading.turn), put=reading.model_dump(mode="json"))


def _put_concern(concern: SafetyConcern) -> Change:
    return Change(where=RecordPart.SAFETY, key=str(concern.turn), put=concern.model_dump(mode="json"))


def _no_concern(concern: SafetyConcern) -> Change:
    return Change(where=RecordPart.SAFETY, key=str(concern.turn))
