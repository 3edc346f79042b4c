"""The state of an interview, and what each line does to it. Pure: it never saves, prints, or reads the clock.

Theory of operation
===================

An `InterviewState` holds, as one frozen value, everything that an interview in progress is made of:

- the three *records* as they are in memory: the session (facts), the notes (what was said), the client's plan;
- the *position* of the counselor among the prompts of each stage, and so which prompt is in view;
- a *question*: the follow-up of a ruler that is in view, or null;
- an *open note*: an entry of several lines that is being typed, or null;
- the goal that goal lines are for, and which prompts the rules of `interview.choice` have offered.

A line goes through two steps. `read_line` turns it into an action (a closed set of types, `interview.actions`); `apply`
turns the action into an `Outcome`: the next state, a reply for the counselor, and what else the screen has to do.
Both are total: every line is some action, and every action has an outcome. One that cannot be done is `Rejected`.

The rules:

1. *What a line can be.* While a note is open every line is a line of that note, whatever it looks like; a dot alone
   ends it. Otherwise `interview.grammar` decides.
2. *A question in view takes an unmarked line as its answer*, and an empty line passes it by. Any other action that is
   not rejected closes the question.
3. *A line that changes a record is a turn.* Only `_make_turn` and `undo_last_turn` change records, by way of
   `interview.turns`, which explains undo and the repair after a crash. Moving among prompts, and to another stage,
   are no turns: they cannot be undone, and `_with_session` keeps the session's positions up to date.
4. *Leaving* (`/pause`, `/end`) closes the current visit and writes the tally. An end also empties the list of what can
   be undone: a closed interview is not edited any more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum, auto

from mi_cli.errors import MiError
from mi_cli.interview import actions, choice, client_voice, goals, grammar, results, rulers, sharing, turns
from mi_cli.interview.actions import Action, Rejected, Show, SimpleAction
from mi_cli.interview.rulers import RulerQuestion
from mi_cli.interview.turns import Records
from mi_cli.prompts.model import Prompt, PromptSet, StageGuide
from mi_cli.records.change import NO_CHANGE, Change, RecordPart, ReversibleChange
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.plan import Goal, GoalFrom, Plan
from mi_cli.records.session import PromptPosition, Reading, SafetyConcern, Session, Visit
from mi_cli.records.terms import Concern, Kind, Stage, Status, Talk
from mi_cli.records.text_keys import Problem


class Effect(StrEnum):
    """What a line did. The screen tells it to the counselor in a word or two."""

    ENTRY = auto()
    READING = auto()
    GOAL = auto()
    GOAL_PART = auto()
    GOAL_SELECTED = auto()
    SHARED = auto()
    UNSHARED = auto()
    ENTRY_CHANGED = auto()
    UNDONE = auto()
    NOTE_OPEN = auto()
    CONCERN = auto()
    CONCERNS_CLOSED = auto()


@dataclass(frozen=True)
class Applied:
    """A reply: the line did something.

    `entry` is the entry that was made, changed or removed; `n` a number that belongs to the effect (of a goal, a
    reading, or how many were shared); `name` one of our own terms, never the user's text. `ask_voice` is true when a
    goal or a step does not sound like the client, and the counselor should ask whether these are the client's words.
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
    """What is in view: a ruler's question, a prompt, or, past the last prompt, neither.

    `number` is the prompt's place in its stage, from 1, of `of` prompts; 0 when it has none.
    """

    stage: Stage
    prompt: Prompt | None
    number: int
    of: int
    question: RulerQuestion | None


@dataclass(frozen=True)
class OpenNote:
    """A note of several lines that is being typed; `n` is the number of its entry once it has a line."""

    n: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a line: the one result of it, from the rules up to the screen.

    `state` is the interview after the line. `show_view` asks to show again what is in view, `hide` to clear the screen.
    `leaving` tells that the interview is over, and how. `error` is set by the recorder when the line is not on the
    disk: it is then in memory only, and the next save that succeeds saves it too.
    """

    state: "InterviewState"
    reply: Applied | Rejected | Show | None = None
    show_view: bool = False
    hide: bool = False
    leaving: Leaving | None = None
    error: MiError | None = None


@dataclass(frozen=True)
class InterviewState:
    """An interview in progress. `first` is whether it is the client's first; `goal` the id of the goal last touched."""

    session: Session
    notes: Notes
    plan: Plan
    prompts: PromptSet
    positions: Mapping[Stage, PromptPosition]
    question: RulerQuestion | None = None
    open_note: OpenNote | None = None
    goal: str | None = None
    first: bool = True
    offered: Mapping[str, int] = field(default_factory=dict)

    # -- what is in view ------------------------------------------------------------------------------------------

    @property
    def stage(self) -> Stage:
        """The stage that the counselor is in."""
        return self.session.stage

    @property
    def guide(self) -> StageGuide:
        """The part of the prompt set for this stage."""
        return self.prompts.stages[self.stage]

    @property
    def view(self) -> View:
        """What is in view now."""
        prompt = choice.current_prompt(self.prompts, self.positions[self.stage])
        number = self.guide.prompts.index(prompt) + 1 if prompt in self.guide.prompts else 0
        return View(self.stage, prompt, number, len(self.guide.prompts), self.question)

    @property
    def situation(self) -> choice.Situation:
        """What the choice of the next prompt depends on."""
        return choice.Situation(self.stage, self.notes.entries, self.session.readings, self.first, self.offered)

    @property
    def goal_in_hand(self) -> Goal | None:
        """The goal that goal lines are for: the active one that was touched last, else the only active one."""
        touched = self.plan.goal(self.goal)
        if touched in self.plan.active:
            return touched
        return self.plan.active[0] if len(self.plan.active) == 1 else None

    # -- from a line to an outcome --------------------------------------------------------------------------------

    def read_line(self, line: str) -> Action:
        """Returns what the line (without its end) means. In an open note it is a line of the note."""
        if self.open_note is None:
            return grammar.parse(line)
        return SimpleAction.CLOSE_NOTE if line == actions.NOTE_END else actions.AddNoteLine(line)

    def apply(self, action: Action, at: datetime, new_id: Callable[[], str]) -> Outcome:
        """Returns what the action comes to when it is done at `at`. `new_id` gives an id for a new goal."""
        if action is SimpleAction.MOVE_ON and self.question:
            return Outcome(replace(self, question=rulers.next_question(self.question)), show_view=True)
        if isinstance(action, actions.Say) and self.question:
            return self._answer_question(self.question, action.words, at)
        state = self if isinstance(action, Rejected) else replace(self, question=None)
        return state._dispatch(action, at, new_id)

    def _dispatch(self, action: Action, at: datetime, new_id: Callable[[], str]) -> Outcome:
        match action:
            case Rejected() | Show():
                return Outcome(self, action)
            case SimpleAction.MOVE_ON | SimpleAction.NEXT:
                chosen = choice.next_prompt(self.prompts, self.positions[self.stage], self.situation)
                return replace(self, offered=chosen.offered)._move_to(chosen.position)
            case SimpleAction.BACK:
                return self._move_to(choice.previous_prompt(self.positions[self.stage]))
            case actions.UsePrompt(number):
                if not 1 <= number <= len(self.guide.prompts):
                    return self._rejected(Problem.NO_SUCH_PROMPT)
                return self._move_to(choice.use_prompt(self.positions[self.stage], self.guide.prompts[number - 1]))
            case actions.GoToStage(stage):
                return self._go_to_stage(stage, at)
            case actions.Say(words):
                return self._add_entry(Kind.SAID, None, words, at)
            case actions.AddEntry(kind, words, talk):
                return self._add_entry(kind, talk, words, at)
            case actions.AddReading():
                return self._add_reading(action, at)
            case actions.AddGoal(words):
                return self._add_goal(words, at, new_id())
            case actions.SelectGoal(number):
                return self._select_goal(number)
            case actions.AddGoalPart() | actions.ReviewOn():
                return self._add_goal_part(action, at)
            case actions.Share():
                return self._share(action, at)
            case actions.SetEntryType(number, kind, talk):
                return self._set_entry_type(number, kind, talk, at)
            case actions.EditEntry(number, words):
                return self._edit_entry(number, words, at)
            case SimpleAction.UNDO:
                return self._undo(at)
            case actions.NoteConcern(concern, words):
                return self._note_concern(concern, words, at)
            case actions.CloseConcerns(words):
                return self._close_concerns(words, at)
            case actions.BeginNote(first):
                state = replace(self, open_note=OpenNote())
                if first is None:
                    return Outcome(state, Applied(Effect.NOTE_OPEN))
                return state._dispatch(state.read_line(first), at, new_id)
            case actions.AddNoteLine(words):
                return self._add_note_line(words, at)
            case SimpleAction.CLOSE_NOTE:
                return Outcome(replace(self, open_note=None), show_view=True)
            case SimpleAction.HIDE:
                return Outcome(self, hide=True)
            case SimpleAction.PAUSE:
                return Outcome(self.paused(at), leaving=Leaving.PAUSED)
            case actions.End(words):
                return self._end(words, at)

    def _rejected(self, problem: Problem) -> Outcome:
        return Outcome(self, Rejected(problem))

    # -- turns ----------------------------------------------------------------------------------------------------

    @property
    def _records(self) -> Records:
        return Records(self.session, self.notes, self.plan)

    def _with_records(self, records: Records, at: datetime) -> "InterviewState":
        state = replace(self, notes=records.notes, plan=records.plan)
        return state if records.session is self.session else state.with_session(records.session, at)

    def _make_turn(
        self, at: datetime, reply: Applied, *, entry: Entry | None = None, change: ReversibleChange = NO_CHANGE
    ) -> Outcome:
        """Changes the records: perhaps with a new entry, and with a change to any of the three."""
        records = turns.make_turn(self._records, at, entry=entry, change=change)
        return Outcome(self._with_records(records, at), reply)

    def _new_entry(self, kind: Kind, talk: Talk | None, words: str | None, at: datetime) -> Entry:
        """Returns the entry that the next turn adds, with the prompt in view; none while a question is in view."""
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
        """Returns the state with that session, whose revision and prompt positions are brought up to date."""
        places = tuple(self.positions[stage] for stage in Stage if stage in self.positions)
        return replace(self, session=session.replace(places=places, revision=session.revision + 1, updated_at=at))

    def _undo(self, at: datetime) -> Outcome:
        undone = turns.undo_last_turn(self._records, at)
        if undone is None:
            return self._rejected(Problem.NOTHING_TO_UNDO)
        return Outcome(self._with_records(undone.records, at), Applied(Effect.UNDONE, undone.entry))

    # -- what was said --------------------------------------------------------------------------------------------

    def _add_entry(self, kind: Kind, talk: Talk | None, words: str | None, at: datetime) -> Outcome:
        entry = self._new_entry(kind, talk, words, at)
        return self._make_turn(at, Applied(Effect.ENTRY, entry), entry=entry)

    def _add_note_line(self, line: str, at: datetime) -> Outcome:
        """A line of a note goes into its entry at once, so that a crash loses none of it."""
        entry = self.notes.entry(self.open_note.n) if self.open_note and self.open_note.n is not None else None
        if entry is None:  # the first line; or another process removed the entry: a new one keeps the line
            outcome = self._add_entry(Kind.SAID, None, line, at)
            return replace(outcome, state=replace(outcome.state, open_note=OpenNote(outcome.state.notes.last_n)))
        entry = entry.replace(words=f"{entry.words}\n{line}")
        notes = self.notes.with_change(turns.put_entry(entry))
        notes = notes.replace(revision=self.notes.revision + 1, updated_at=at)
        return Outcome(replace(self, notes=notes), Applied(Effect.ENTRY, entry))

    def _set_entry_type(self, number: int, kind: Kind, talk: Talk | None, at: datetime) -> Outcome:
        entry = self.notes.entry(number)
        if entry is None:
            return self._rejected(Problem.NO_SUCH_ENTRY)
        if entry.kind not in (Kind.SAID, Kind.CHANGE, Kind.SUSTAIN):
            return self._rejected(Problem.HAS_NO_TALK)
        return self._change_entry(entry, entry.replace(kind=kind, talk=talk), at)

    def _edit_entry(self, number: int, words: str, at: datetime) -> Outcome:
        entry = self.notes.entry(number)
        if entry is None:
            return self._rejected(Problem.NO_SUCH_ENTRY)
        return self._change_entry(entry, entry.replace(words=words), at)

    def _change_entry(self, old: Entry, new: Entry, at: datetime) -> Outcome:
        """Changes an entry afterwards; its copy in the plan, if the client shared it, changes with it."""
        change = ReversibleChange((turns.put_entry(new),), (turns.put_entry(old),))
        change += sharing.reworded(self.plan, self.session.id, new)
        return self._make_turn(at, Applied(Effect.ENTRY_CHANGED, new), change=change)

    # -- rulers ---------------------------------------------------------------------------------------------------

    def _add_reading(self, action: actions.AddReading, at: datetime) -> Outcome:
        """Adds a reading. In planning it is about the goal in hand; in other stages, about the change as a whole."""
        goal = self.goal_in_hand if self.stage is Stage.PLANNING else None
        reading = Reading(
            ruler=action.ruler,
            goal=goal.id if goal else None,
            value=action.value,
            at=at,
            turn=self.notes.last_turn + 1,
        )
        question: RulerQuestion | None = rulers.first_question(reading)
        entry = None
        if action.words is not None and question:
            asking = replace(self, question=question)
            entry = asking._new_entry(question.answer_kind, None, action.words, at)
            reading = rulers.answered(question, entry.n)
            question = rulers.next_question(RulerQuestion(reading, question.follow_up))
        reply = Applied(Effect.READING, entry, n=reading.value, name=reading.ruler.value)
        change = ReversibleChange((turns.put_reading(reading),))
        if goal:
            change += goals.from_reading(reading.ruler, reading.value, goal, at)
        outcome = self._make_turn(at, reply, entry=entry, change=change)
        return replace(outcome, state=replace(outcome.state, question=question), show_view=True)

    def _answer_question(self, question: RulerQuestion, words: str, at: datetime) -> Outcome:
        entry = self._new_entry(question.answer_kind, None, words, at)
        reading = rulers.answered(question, entry.n)
        change = ReversibleChange((turns.put_reading(reading),))
        outcome = self._make_turn(at, Applied(Effect.ENTRY, entry), entry=entry, change=change)
        following = rulers.next_question(RulerQuestion(reading, question.follow_up))
        return replace(outcome, state=replace(outcome.state, question=following), show_view=True)

    # -- safety: facts only ---------------------------------------------------------------------------------------

    def _note_concern(self, concern: Concern, words: str | None, at: datetime) -> Outcome:
        raised = SafetyConcern(at=at, concern=concern, turn=self.notes.last_turn + 1)
        entry = self._new_entry(Kind.SAFETY, None, words, at) if words is not None else None
        change = ReversibleChange((_put_concern(raised),), (_remove_concern(raised),))
        return self._make_turn(at, Applied(Effect.CONCERN, entry, name=concern.value), entry=entry, change=change)

    def _close_concerns(self, words: str | None, at: datetime) -> Outcome:
        still_open = self.session.open_concerns
        if not still_open:
            return self._rejected(Problem.NO_OPEN_CONCERN)
        entry = self._new_entry(Kind.SAFETY, None, words, at) if words is not None else None
        closed = tuple(_put_concern(concern.replace(closed_at=at)) for concern in still_open)
        change = ReversibleChange(closed, tuple(_put_concern(concern) for concern in still_open))
        return self._make_turn(at, Applied(Effect.CONCERNS_CLOSED, entry), entry=entry, change=change)

    # -- goals ----------------------------------------------------------------------------------------------------

    def _add_goal(self, words: str, at: datetime, goal_id: str) -> Outcome:
        origin = GoalFrom(session=self.session.id, stage=self.stage, at=at, n=self.notes.last_n or None)
        ask_voice = client_voice.sounds_like_the_institution(words)
        reply = Applied(Effect.GOAL, n=len(self.plan.active) + 1, ask_voice=ask_voice)
        outcome = self._make_turn(at, reply, change=goals.new_goal(goal_id, words, origin))
        return replace(outcome, state=replace(outcome.state, goal=goal_id))

    def _select_goal(self, number: int) -> Outcome:
        if not 1 <= number <= len(self.plan.active):
            return self._rejected(Problem.NO_SUCH_GOAL)
        goal = self.plan.active[number - 1]
        return Outcome(replace(self, goal=goal.id), Applied(Effect.GOAL_SELECTED, n=number))

    def _add_goal_part(self, action: actions.AddGoalPart | actions.ReviewOn, at: datetime) -> Outcome:
        goal = self.goal_in_hand
        if goal is None:
            return self._rejected(Problem.WHICH_GOAL if self.plan.active else Problem.NO_GOAL_YET)
        field_name = "review_on" if isinstance(action, actions.ReviewOn) else action.field
        reply = Applied(Effect.GOAL_PART, name=field_name, ask_voice=client_voice.needs_voice_question(action))
        change = goals.from_line(action, goal, at)
        outcome = self._make_turn(at, reply, change=change) if change.changes else Outcome(self, reply)
        return replace(outcome, state=replace(outcome.state, goal=goal.id))

    def _share(self, action: actions.Share, at: datetime) -> Outcome:
        """Puts into the plan what the client agrees to pass on, and takes out what no longer; all of it or nothing."""
        named = [self.notes.entry(number) for number in action.numbers]
        entries = [entry for entry in named if entry is not None]
        copies = [self.plan.copy_of(self.session.id, number) for number in action.out]
        copies_out = [copy for copy in copies if copy is not None]
        if len(entries) < len(named):
            return self._rejected(Problem.NO_SUCH_ENTRY)
        if not all(sharing.can_be_shared(entry) for entry in entries):
            return self._rejected(Problem.NOT_SHAREABLE)
        if len(copies_out) < len(copies):
            return self._rejected(Problem.NOT_SHARED)
        by_number = results.numbered(self.plan)
        if not {*action.results, *action.results_out} <= by_number.keys():
            return self._rejected(Problem.NO_SUCH_RESULT)
        if not all(by_number[number].shared_on for number in action.results_out):
            return self._rejected(Problem.NOT_SHARED)
        agreed = [by_number[number] for number in action.results]
        withdrawn = [by_number[number] for number in action.results_out]
        items = [sharing.as_shared(entry, self.session.id) for entry in entries]
        change = sharing.share_and_withdraw(items, copies_out, self.plan)
        change += results.share_and_withdraw(agreed, withdrawn, self.plan, at.date())
        shared, unshared = len(entries) + len(agreed), len(copies_out) + len(withdrawn)
        reply = Applied(Effect.SHARED, n=shared) if shared else Applied(Effect.UNSHARED, n=unshared)
        return self._make_turn(at, reply, change=change) if change.changes else Outcome(self, reply)

    # -- moving among prompts and stages, and leaving --------------------------------------------------------------

    def _move_to(self, position: PromptPosition) -> Outcome:
        return Outcome(replace(self, positions={**self.positions, self.stage: position}), show_view=True)

    def _go_to_stage(self, stage: Stage, at: datetime) -> Outcome:
        if stage is self.stage:
            return Outcome(self, show_view=True)
        visits = (*close_last_visit(self.session.visits, at), Visit(stage=stage, from_=at))
        situation = replace(self.situation, stage=stage)
        position = choice.enter_stage(self.prompts, self.positions.get(stage), situation)
        state = replace(self, positions={**self.positions, stage: position})
        return Outcome(state.with_session(self.session.replace(visits=visits), at), show_view=True)

    def paused(self, at: datetime) -> "InterviewState":
        """Returns the state after a pause; a note or a question that was open is closed."""
        session = self.session.replace(
            status=Status.PAUSED, visits=close_last_visit(self.session.visits, at), tally=self.notes.tally
        )
        return replace(self, question=None, open_note=None).with_session(session, at)

    def _end(self, words: str | None, at: datetime) -> Outcome:
        """Closes the interview; the words are the next step that was agreed."""
        state = self._add_entry(Kind.NEXT, None, words, at).state if words is not None else self
        notes = state.notes.replace(undo=(), revision=state.notes.revision + 1, updated_at=at)
        session = state.session.replace(
            status=Status.CLOSED, ended_at=at, visits=close_last_visit(state.session.visits, at), tally=notes.tally
        )
        return Outcome(replace(state, notes=notes).with_session(session, at), leaving=Leaving.ENDED)

    def marked_saved(self, plan: Plan) -> "InterviewState":
        """Returns the state when all of it is on the disk, and `plan` is the plan as it is there."""
        notes = self.notes.replace(pending=()) if self.notes.pending else self.notes
        return replace(self, plan=plan, notes=notes)


def close_last_visit(visits: tuple[Visit, ...], at: datetime) -> tuple[Visit, ...]:
    """Returns the visits with the last one closed at `at`, or when it began if the clock was set back since."""
    if not visits or visits[-1].to is not None:
        return visits
    return (*visits[:-1], visits[-1].replace(to=max(at, visits[-1].from_)))


def _put_concern(concern: SafetyConcern) -> Change:
    return Change(where=RecordPart.SAFETY, key=str(concern.turn), put=concern.model_dump(mode="json"))


def _remove_concern(concern: SafetyConcern) -> Change:
    return Change(where=RecordPart.SAFETY, key=str(concern.turn))
