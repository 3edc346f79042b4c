"""The state of an interview, and what each line does to it. Pure: it never saves, prints, or reads the clock.

Theory of operation
===================

An `InterviewState` holds, as one frozen value, everything that an interview in progress is made of:

- the four *records* as they are in memory: the session, the notes (what was said), the client facts, the plan;
- the *position* of the counselor among the prompts of each stage, and so which prompt is in view;
- a *question*: a ruler's own question, which asks for a number, or a follow-up of it, in view; or null;
- an *open note*: an entry of several lines that is being typed, or null;
- the goal that goal lines are for, what the latest event was offered (`interview.rules`), and the turns after which a
  recap was shown and the counselor last moved.

A line goes through two steps. `read_line` turns it into an action (a closed set of types, `interview.actions`); `apply`
turns the action into an `Outcome`: the next state, a reply for the counselor, and what else the screen has to do.
Both are total: every line is some action, and every action has an outcome. One that cannot be done is `Rejected`.

The rules:

1. *What a line can be.* While a note is open every line is a line of that note, whatever it looks like; a dot alone
   ends it. While a ruler's number is asked for, a number and nothing else is the answer. Otherwise `interview.grammar`
   decides.
2. *A follow-up question in view takes an unmarked line as its answer*, and an empty line passes it by. Words leave a
   question for a number in view. Any other action that is not rejected closes the question.
3. *A line that changes a record is a turn.* Only `_make_turn` and `undo_last_turn` change records, by way of
   `interview.turns`, which explains undo and the repair after a crash. Moving among prompts, and to another stage,
   are no turns: they cannot be undone, and `_with_session` keeps the session's positions up to date.
4. *Leaving* (`/pause`, `/end`) closes the current visit and writes the tally. An end also empties the list of what can
   be undone: a closed interview is not edited any more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum, auto
from typing import Final

from mi_cli.errors import MiError
from mi_cli.interview import (
    abrupt_stop,
    actions,
    choice,
    client_facts,
    client_voice,
    fact_sharing,
    goals,
    grammar,
    needs,
    results,
    rulers,
    sharing,
    turns,
)
from mi_cli.interview.actions import Action, Overview, Rejected, Show, SimpleAction
from mi_cli.interview.rulers import NumberQuestion, RulerQuestion
from mi_cli.interview.situation import NOTHING_EARLIER, Earlier, KnownFacts, Situation
from mi_cli.interview.turns import Records
from mi_cli.prompts.model import Prompt, PromptSet, StageGuide
from mi_cli.records.change import NO_CHANGE, Change, RecordPart, ReversibleChange
from mi_cli.records.client_facts import Facts
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.plan import Goal, GoalFrom, Plan
from mi_cli.records.session import OfferedMoment, PromptPosition, Reading, SafetyConcern, Session, Visit
from mi_cli.records.terms import CLIENTS_WORDS, Act, Concern, FactName, Kind, Ruler, Stage, Status, StepStatus, Talk
from mi_cli.records.text_keys import Cue, Hold, LookAlike, Problem, RuleName
from mi_cli.words.facts import fact_words

# What can be starred for the recap: the client's words, and a strength, whoever worded it.
_STARRABLE: Final = CLIENTS_WORDS | {Kind.STRENGTH}
_COUNSELORS: Final = frozenset({Kind.OBSERVATION, Kind.MINE})  # the counselor's words: `/mark 9 said` makes them others
_TALK: Final = frozenset({Kind.CHANGE, Kind.SUSTAIN, Kind.AMBIVALENCE})
_FIXED_KINDS: Final = frozenset({Kind.SAFETY, Kind.AMENDMENT})  # `/mark` gives these no other kind


class Effect(StrEnum):
    """What a line did. The screen tells it to the counselor in a word or two."""

    ENTRY = auto()
    ENTRIES = auto()
    READING = auto()
    GOAL = auto()
    GOAL_PART = auto()
    GOAL_SELECTED = auto()
    STEP = auto()
    SHARED = auto()
    UNSHARED = auto()
    ENTRY_CHANGED = auto()
    UNDONE = auto()
    NOTE_OPEN = auto()
    CONCERN = auto()
    CONCERNS_CLOSED = auto()
    STARRED = auto()
    ENTRY_TAKEN_BACK = auto()
    FACT = auto()


@dataclass(frozen=True)
class Applied:
    """A reply: the line did something.

    `entry` is the entry that was made, changed or removed; `n` a number that belongs to the effect (of a goal, a
    reading, or how many were shared); `name` one of our own terms, never the user's text. `ask_voice` is true when a
    goal or a step does not sound like the client, and the counselor should ask whether these are the client's words.
    `medical_review` is true when a goal or a step means stopping alcohol or sedatives at once.
    `unshared`: the entry is no longer in the plan; `in_facts`: its words are now in the client facts, outside the
    notes. `on` is the day that was set. `look_alike` and `hint` are those of `actions.Say`.
    """

    effect: Effect
    entry: Entry | None = None
    n: int = 0
    name: str = ""
    ask_voice: bool = False
    medical_review: bool = False
    unshared: bool = False
    in_facts: bool = False
    on: date | None = None
    look_alike: LookAlike | None = field(default=None, compare=False)
    hint: str = field(default="", compare=False)


class Leaving(StrEnum):
    """How the interview is left."""

    PAUSED = auto()
    ENDED = auto()


@dataclass(frozen=True)
class View:
    """What is in view: a ruler's question, a prompt, or neither: then `hold` says what to do, or the prompts are over.

    `rule` is the rule that offered it; null for the usual order. `cues` are, for the blanks of the prompt, the client's
    words that may fill them, each with what it is.
    """

    stage: Stage
    prompt: Prompt | None
    question: NumberQuestion | RulerQuestion | None
    hold: Hold | None = None
    rule: RuleName | None = None
    cues: tuple[tuple[Cue, str], ...] = ()


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
    facts: Facts
    plan: Plan
    prompts: PromptSet
    positions: Mapping[Stage, PromptPosition]
    question: NumberQuestion | RulerQuestion | None = None
    open_note: OpenNote | None = None
    goal: str | None = None
    first: bool = True
    earlier: Earlier = NOTHING_EARLIER
    offered: tuple[OfferedMoment, ...] = ()
    recap_turn: int | None = None
    moved_turn: int | None = None

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
        position = self.positions[self.stage]
        prompt = self._prompt
        if prompt is None:
            rule = self.offered[-1].rule if position.hold and self.offered else None
            return View(self.stage, None, self.question, position.hold, rule)
        situation = self.situation
        words = ((cue, needs.words_for(cue, situation)) for cue in dict.fromkeys(prompt.cue))
        cues = tuple((cue, text) for cue, text in words if text is not None)
        return View(self.stage, prompt, self.question, rule=position.rule_of(prompt.id), cues=cues)

    @property
    def _prompt(self) -> Prompt | None:
        """The prompt in view, or behind a follow-up question; that of the ruler, while a number is asked for."""
        asking = self.question.prompt if isinstance(self.question, NumberQuestion) else None
        return asking or choice.current_prompt(self.prompts, self.positions[self.stage])

    @property
    def situation(self) -> Situation:
        """What the choice of the next prompt depends on."""
        return Situation(
            session=self.session.id,
            stage=self.stage,
            prompts=self.prompts,
            entries=self.notes.entries,
            readings=self.session.readings,
            concerns=self.session.safety,
            plan=self.plan,
            goal=self.goal_in_hand,
            first=self.first,
            seen=frozenset(prompt_id for position in self.positions.values() for prompt_id in position.seen),
            offered=self.offered,
            target=self.target,
            recap_turn=self.recap_turn,
            last_turn=self.notes.last_turn,
            moved=self.moved_turn == self.notes.last_turn,
            facts=self._known_facts,
            earlier=self.earlier,
        )

    @property
    def _known_facts(self) -> KnownFacts:
        mandate = self.facts.mandate
        noted = [
            turn.turn
            for turn in self.notes.undo
            if any(change.where is RecordPart.FACTS and change.field == "mandate" for change in turn.back)
        ]
        return KnownFacts(
            mandated_by=(mandate.by or "") if mandate else None,
            mandated_turn=max(noted, default=0) if mandate else 0,
            medicines=self.facts.medicines is not None,
            targets=tuple(target.name for target in self.facts.targets),
        )

    @property
    def goal_in_hand(self) -> Goal | None:
        """The goal that goal lines are for: the active one that was touched last, else the only active one."""
        touched = self.plan.goal(self.goal)
        if touched in self.plan.active:
            return touched
        return self.plan.active[0] if len(self.plan.active) == 1 else None

    @property
    def target(self) -> str | None:
        """The id of the target of the focus: of the one that was set last in this interview. Null before the first."""
        return next((entry.target for entry in reversed(self.notes.entries) if entry.kind is Kind.FOCUS), None)

    # -- from a line to an outcome --------------------------------------------------------------------------------

    def read_line(self, line: str) -> Action:
        """Returns what the line (without its end) means. In an open note it is a line of the note."""
        if self.open_note is None:
            return self._bare_reading(line) or grammar.parse(line, self.session.language)
        return SimpleAction.CLOSE_NOTE if line == actions.NOTE_END else actions.AddNoteLine(line)

    def apply(self, action: Action, at: datetime, new_id: Callable[[], str]) -> Outcome:
        """Returns what the action comes to when it is done at `at`. `new_id` gives an id for a new goal."""
        question = self.question
        if action is SimpleAction.MOVE_ON and question:
            following = rulers.next_question(question) if isinstance(question, RulerQuestion) else None
            return Outcome(replace(self, question=following), show_view=True)
        if isinstance(action, actions.Say) and isinstance(question, RulerQuestion):
            return self._answer_question(question, action, at)
        stays = isinstance(action, Rejected | actions.Say) or action is SimpleAction.AGAIN
        state = self if stays else replace(self, question=None)
        return state._dispatch(action, at, new_id)

    def _bare_reading(self, line: str) -> Action | None:
        """Returns the answer that a line is to the number that is asked for, if it is a number and nothing else."""
        if isinstance(self.question, NumberQuestion):
            return grammar.bare_reading(line, self.question.ruler, self.question.target)
        prompt = self._prompt if self.question is None else None
        ruler = rulers.ruler_asked_by(prompt) if prompt else None
        if ruler is None:
            return None
        about = (ruler, self._goal_of_readings, self.target)
        answered = any((each.ruler, each.goal, each.target) == about for each in self.session.readings)
        return None if answered else grammar.bare_reading(line, ruler)

    def _dispatch(self, action: Action, at: datetime, new_id: Callable[[], str]) -> Outcome:
        match action:
            case Show(Overview.RECAP):
                # A recap with something in it ends with the key question, and what comes after that is silence.
                given = self.notes.last_turn if self.situation.all_change else self.recap_turn
                return Outcome(replace(self, recap_turn=given), action)
            case Rejected():
                return Outcome(self, action)
            case Show(Overview.SAFETY):  # whom to reach is to stand next to the line that is typed on
                return Outcome(self, action)
            case Show():
                return Outcome(self, action, show_view=True)
            case SimpleAction.AGAIN:
                return Outcome(self, show_view=True)
            case SimpleAction.MOVE_ON | SimpleAction.NEXT:
                chosen = choice.next_prompt(self.positions[self.stage], self.situation)
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
                outcome = self._add_entry(Kind.SAID, None, words, at)
                return _with_look_alike(outcome, action)
            case actions.AddEntry(Kind.FOCUS, str(words)):
                return self._add_focus(words, at, new_id)
            case actions.AddEntry(kind, words, talk, act):
                return self._add_entry(kind, talk, words, at, act)
            case actions.Star(number, on):
                return self._star(number, at, on=on)
            case actions.AskRuler(ruler, target):
                return self._ask_ruler(ruler, target)
            case actions.AddReading():
                return self._add_reading(action, at, new_id)
            case actions.AddGoal(words):
                return self._add_goal(words, at, new_id())
            case actions.AddGoalFromEntry(number) | actions.AddGoalPartFromEntry(_, number, _):
                return self._from_entry(action, number, at, new_id)
            case actions.SelectGoal(number):
                return self._select_goal(number)
            case actions.AddGoalPart() | actions.ReviewOn():
                return self._add_goal_part(action, at, new_id)
            case actions.SettleStep() | actions.ReplaceStep():
                return self._settle_step(action, at, new_id)
            case actions.Share():
                return self._share(action, at)
            case actions.SetEntryType():
                return self._set_entry_type(action, at)
            case actions.EditEntry(number, words):
                return self._edit_entry(number, words, at)
            case SimpleAction.UNDO:
                return self._undo(at)
            case actions.UndoEntry(number):
                return self._undo_entry(number, at)
            case actions.SetMandate(by):
                change = client_facts.with_mandate(self.facts, by, at, session=self.session.id)
                return self._change_facts(FactName.MANDATE, change, at, words=by is not None)
            case actions.SetFact(name, words):
                return self._set_fact(name, words, at, new_id)
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

    def _rejected(self, problem: Problem, hint: str = "") -> Outcome:
        return Outcome(self, Rejected(problem, hint))

    # -- turns ----------------------------------------------------------------------------------------------------

    @property
    def _records(self) -> Records:
        return Records(self.session, self.notes, self.facts, self.plan)

    def _with_records(self, records: Records, at: datetime) -> "InterviewState":
        state = replace(self, notes=records.notes, facts=records.facts, plan=records.plan)
        return state if records.session is self.session else state.with_session(records.session, at)

    def _make_turn(
        self, at: datetime, reply: Applied, *, entry: Entry | None = None, change: ReversibleChange = NO_CHANGE
    ) -> Outcome:
        """Changes the records: perhaps with a new entry, and with a change to any of the four."""
        records = turns.make_turn(self._records, at, entry=entry, change=change)
        return Outcome(self._with_records(records, at), reply)

    def _new_entry(
        self, kind: Kind, talk: Talk | None, words: str | None, at: datetime, act: Act | None = None
    ) -> Entry:
        """Returns the entry that the next turn adds, with the prompt in view; none while a question is in view."""
        companions_own = isinstance(self.question, NumberQuestion) and self.question.prompt is None
        prompt = None if companions_own or isinstance(self.question, RulerQuestion) else self._prompt
        return Entry(
            n=self.notes.last_n + 1,
            turn=self.notes.last_turn + 1,
            at=at,
            stage=self.stage,
            prompt=prompt.id if prompt else None,
            kind=kind,
            talk=talk,
            words=words,
            act=act,
            target=self.target,
        )

    def with_session(self, session: Session, at: datetime) -> "InterviewState":
        """Returns the state with that session, whose revision and prompt positions are brought up to date."""
        places = tuple(self.positions[stage] for stage in Stage if stage in self.positions)
        revision = session.revision + 1
        session = session.replace(places=places, offered=self.offered, revision=revision, updated_at=at)
        return replace(self, session=session)

    def _undo(self, at: datetime) -> Outcome:
        undone = turns.undo_last_turn(self._records, at)
        if undone is None:
            return self._rejected(Problem.NOTHING_TO_UNDO)
        reading = undone.reading
        n, name = (reading.value, reading.ruler.value) if reading else (0, "")
        return Outcome(self._with_records(undone.records, at), Applied(Effect.UNDONE, undone.entry, n, name))

    def _undo_entry(self, number: int, at: datetime) -> Outcome:
        """Takes back an older entry, with its copy in the plan, and as the answer to a ruler's question."""
        entry = self.notes.entry(number)
        if entry is None:
            return self._rejected(Problem.NO_SUCH_ENTRY)
        if any((goal.from_.session, goal.from_.entry) == (self.session.id, number) for goal in self.plan.goals):
            return self._rejected(Problem.GOAL_CAME_FROM_IT, str(number))
        shared = sharing.withdrawn(self.plan, self.session.id, number)
        change = turns.remove_entry(self._records, entry) + shared
        reply = Applied(Effect.ENTRY_TAKEN_BACK, entry, unshared=bool(shared.changes))
        return self._make_turn(at, reply, change=change)

    # -- what was said --------------------------------------------------------------------------------------------

    def _add_entry(
        self, kind: Kind, talk: Talk | None, words: str | None, at: datetime, act: Act | None = None
    ) -> Outcome:
        entry = self._new_entry(kind, talk, words, at, act)
        return self._make_turn(at, Applied(Effect.ENTRY, entry), entry=entry)

    def _add_focus(self, words: str, at: datetime, new_id: Callable[[], str]) -> Outcome:
        """Adds the focus. Its words name a target among the client facts: one that is known, or a new one."""
        target, change = client_facts.with_target(self.facts, words, new_id, at, session=self.session.id)
        entry = self._new_entry(Kind.FOCUS, None, words, at).replace(target=target.id)
        return self._make_turn(
            at, Applied(Effect.ENTRY, entry, in_facts=bool(change.changes)), entry=entry, change=change
        )

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

    def _set_entry_type(self, action: actions.SetEntryType, at: datetime) -> Outcome:
        entry = self.notes.entry(action.number)
        if entry is None:
            return self._rejected(Problem.NO_SUCH_ENTRY)
        if entry.kind in _FIXED_KINDS:
            return self._rejected(Problem.CANNOT_BE_MARKED)
        if entry.kind in _COUNSELORS and action.kind in _TALK:
            return self._rejected(Problem.HAS_NO_TALK)
        if entry.words is None and action.kind not in grammar.TALLIED:
            return self._rejected(Problem.NEEDS_WORDS)
        star = entry.star and action.kind in _STARRABLE
        return self._change_entry(
            entry, entry.replace(kind=action.kind, talk=action.talk, act=action.act, star=star), at
        )

    def _star(self, number: int | None, at: datetime, *, on: bool) -> Outcome:
        """Marks the entry as a strong one, or takes that off; without a number, the latest that can be."""
        entries = reversed(self.notes.entries) if number is None else [self.notes.entry(number)]
        entry = next((each for each in entries if each and (number is not None or _can_be_starred(each))), None)
        if entry is None:
            return self._rejected(Problem.NOTHING_TO_STAR if number is None else Problem.NO_SUCH_ENTRY)
        if not _can_be_starred(entry):
            return self._rejected(Problem.NOTHING_TO_STAR)
        starred = entry.replace(star=on)
        if entry.star is on:
            return Outcome(self, Applied(Effect.STARRED, entry))
        change = ReversibleChange((turns.put_entry(starred),), (turns.put_entry(entry),))
        return self._make_turn(at, Applied(Effect.STARRED, starred), change=change)

    def _edit_entry(self, number: int, words: str, at: datetime) -> Outcome:
        entry = self.notes.entry(number)
        if entry is None:
            return self._rejected(Problem.NO_SUCH_ENTRY)
        return self._change_entry(entry, entry.replace(words=words), at)

    def _change_entry(self, old: Entry, new: Entry, at: datetime) -> Outcome:
        """Changes an entry afterwards; its copy in the plan, if the client shared it, changes with it."""
        change = ReversibleChange((turns.put_entry(new),), (turns.put_entry(old),))
        answers = sharing.answers_in(self.session.readings)
        shared = sharing.reworded(self.plan, self.session.id, new, answers)
        reply = Applied(
            Effect.ENTRY_CHANGED, new, unshared=bool(shared.changes) and not sharing.can_be_shared(new, answers)
        )
        return self._make_turn(at, reply, change=change + shared)

    # -- client facts ---------------------------------------------------------------------------------------------

    def _set_fact(self, name: FactName, words: str, at: datetime, new_id: Callable[[], str]) -> Outcome:
        if name is not FactName.DIRECTION:
            change = client_facts.with_fact(self.facts, name, words, at, new_id, session=self.session.id)
            return self._change_facts(name, change, at)
        direction = client_facts.direction_from(words)
        if direction is None:
            return self._rejected(Problem.NO_SUCH_DIRECTION)
        only = self.facts.targets[0] if len(self.facts.targets) == 1 else None
        target = self.facts.target(self.target) or only
        if target is None:
            return self._rejected(Problem.WHICH_TARGET)
        change = client_facts.with_direction(self.facts, target, direction, at)
        return self._change_facts(name, change, at, words=False)

    def _change_facts(self, name: FactName, change: ReversibleChange, at: datetime, *, words: bool = True) -> Outcome:
        """Changes the client facts; `words`: with words of the interview."""
        reply = Applied(Effect.FACT, name=name.value, in_facts=words and bool(change.changes))
        return self._make_turn(at, reply, change=change) if change.changes else Outcome(self, reply)

    # -- rulers ---------------------------------------------------------------------------------------------------

    def _ask_ruler(self, ruler: Ruler, target: str | None) -> Outcome:
        """Brings a ruler's own question into view: a prompt of this stage, else of another, else of the companion."""
        here_first = sorted(self.prompts.stages, key=lambda stage: stage is not self.stage)
        asking = (rulers.ruler_prompt(self.prompts.stages[stage].prompts, ruler) for stage in here_first)
        prompt = next((prompt for prompt in asking if prompt), None)
        return Outcome(replace(self, question=NumberQuestion(ruler, target, prompt)), show_view=True)

    @property
    def _goal_of_readings(self) -> str | None:
        """The id of the goal that a reading is about now: in planning the one in hand, in other stages none."""
        return self.goal_in_hand.id if self.stage is Stage.PLANNING and self.goal_in_hand else None

    def _add_reading(self, action: actions.AddReading, at: datetime, new_id: Callable[[], str]) -> Outcome:
        """Adds a reading, about the target that was named, else the focus; in planning, also about the goal in hand."""
        target, change = self.target, NO_CHANGE
        if action.target is not None:
            named, change = client_facts.with_target(self.facts, action.target, new_id, at, session=self.session.id)
            target = named.id
        goal = self.plan.goal(self._goal_of_readings) if action.target is None else None
        new_target = bool(change.changes)
        reading = Reading(
            ruler=action.ruler,
            goal=goal.id if goal else None,
            target=target,
            value=action.value,
            at=at,
            turn=self.notes.last_turn + 1,
        )
        question: RulerQuestion | None = rulers.first_question(reading)
        entry = None
        if action.words is not None and question:
            asking = replace(self, question=question)
            entry = asking._new_answer(question, action.words, at)
            reading = rulers.answered(question, entry.n)
            question = rulers.next_question(RulerQuestion(reading, question.follow_up))
        reply = Applied(Effect.READING, entry, n=reading.value, name=reading.ruler.value, in_facts=new_target)
        change += ReversibleChange((turns.put_reading(reading),))
        if goal:
            change += goals.from_reading(reading.ruler, reading.value, goal, at)
        outcome = self._make_turn(at, reply, entry=entry, change=change)
        return replace(outcome, state=replace(outcome.state, question=question), show_view=True)

    def _new_answer(self, question: RulerQuestion, words: str, at: datetime) -> Entry:
        """Returns the entry that answers a follow-up question; it is about the same behavior as the reading."""
        entry = self._new_entry(question.answer_kind, question.answer_talk, words, at)
        return entry.replace(target=question.reading.target)

    def _answer_question(self, question: RulerQuestion, answer: actions.Say, at: datetime) -> Outcome:
        entry = self._new_answer(question, answer.words, at)
        reading = rulers.answered(question, entry.n)
        change = ReversibleChange((turns.put_reading(reading),))
        outcome = self._make_turn(at, Applied(Effect.ENTRY, entry), entry=entry, change=change)
        following = rulers.next_question(RulerQuestion(reading, question.follow_up))
        outcome = replace(outcome, state=replace(outcome.state, question=following), show_view=True)
        return _with_look_alike(outcome, answer)

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

    def _from_entry(
        self,
        action: actions.AddGoalFromEntry | actions.AddGoalPartFromEntry,
        number: int,
        at: datetime,
        new_id: Callable[[], str],
    ) -> Outcome:
        """Adds a goal, or a part of one, that has the words of an entry, which must be the client's."""
        entry = self.notes.entry(number)
        if entry is None:
            return self._rejected(Problem.NO_SUCH_ENTRY)
        if entry.words is None or entry.kind not in CLIENTS_WORDS:
            return self._rejected(Problem.NOT_THEIR_WORDS)
        if isinstance(action, actions.AddGoalFromEntry):
            return self._add_goal(entry.words, at, new_id(), entry=number)
        return self._add_goal_part(actions.AddGoalPart(action.field, (entry.words,), action.goal), at, new_id)

    def _add_goal(self, words: str, at: datetime, goal_id: str, entry: int | None = None) -> Outcome:
        """Adds a goal; `entry` is the number of the entry that has these words, if it was made from one."""
        origin = GoalFrom(session=self.session.id, stage=self.stage, at=at, n=self.notes.last_n or None, entry=entry)
        ask_voice = client_voice.sounds_like_the_institution(words)
        n, medical = len(self.plan.active) + 1, self._needs_medical_review(words)
        reply = Applied(Effect.GOAL, n=n, ask_voice=ask_voice, medical_review=medical)
        outcome = self._make_turn(at, reply, change=goals.new_goal(goal_id, words, origin, target=self.target))
        return replace(outcome, state=replace(outcome.state, goal=goal_id))

    def _needs_medical_review(self, words: str, *context: str) -> bool:
        about = [entry.words for entry in self.notes.entries if entry.kind in (Kind.FOCUS, Kind.AGENDA) and entry.words]
        return abrupt_stop.needs_medical_review(words, (*about, *context), self.prompts)

    def _select_goal(self, number: int) -> Outcome:
        goal = goals.active_goal(self.plan, number)
        if goal is None:
            return self._rejected(Problem.NO_SUCH_GOAL)
        return Outcome(replace(self, goal=goal.id), Applied(Effect.GOAL_SELECTED, n=number))

    def _add_goal_part(
        self, action: actions.AddGoalPart | actions.ReviewOn, at: datetime, new_id: Callable[[], str]
    ) -> Outcome:
        goal = self.goal_in_hand if action.goal is None else goals.active_goal(self.plan, action.goal)
        if goal is None and action.goal is not None:
            return self._rejected(Problem.NO_SUCH_GOAL)
        if goal is None:
            return self._rejected(Problem.WHICH_GOAL if self.plan.active else Problem.NO_GOAL_YET)
        field_name = "review_on" if isinstance(action, actions.ReviewOn) else action.field
        step = action.parts[0] if isinstance(action, actions.AddGoalPart) and action.field == "steps" else None
        reply = Applied(
            Effect.GOAL_PART,
            name=field_name,
            ask_voice=client_voice.needs_voice_question(action),
            medical_review=self._needs_medical_review(step, goal.words) if step else False,
            on=goals.resolved(action.on, at.date()) if isinstance(action, actions.ReviewOn) else None,
        )
        change = goals.from_line(action, goal, at, new_id)
        outcome = self._make_turn(at, reply, change=change) if change.changes else Outcome(self, reply)
        return replace(outcome, state=replace(outcome.state, goal=goal.id))

    def _settle_step(
        self, action: actions.SettleStep | actions.ReplaceStep, at: datetime, new_id: Callable[[], str]
    ) -> Outcome:
        """Notes what became of a step, perhaps with another in its place. The goal of it is then the one in hand."""
        found = goals.step_meant(self.plan, self.goal_in_hand, action.number)
        if isinstance(found, Problem):
            return self._rejected(found)
        goal, number = found
        replacing = action if isinstance(action, actions.ReplaceStep) else None
        status = StepStatus.REPLACED if isinstance(action, actions.ReplaceStep) else action.status
        reply = Applied(
            Effect.STEP,
            n=number,
            name=status.value,
            ask_voice=client_voice.needs_voice_question(action),
            medical_review=self._needs_medical_review(replacing.words, goal.words) if replacing else False,
        )
        change = goals.from_step_line(action, goal, number, at, new_id)
        outcome = self._make_turn(at, reply, change=change) if change.changes else Outcome(self, reply)
        return replace(outcome, state=replace(outcome.state, goal=goal.id))

    @property
    def shareable_facts(self) -> Mapping[int, fact_sharing.FactCopy]:
        """The client facts that could be passed on, by number."""
        return fact_sharing.numbered(self.facts, self.plan, fact_words(self.session.language), self.notes.entries)

    def _share(self, action: actions.Share, at: datetime) -> Outcome:
        """Puts into the plan what the client agrees to pass on, and takes out what no longer; all of it or nothing."""
        named = [self.notes.entry(number) for number in action.numbers]
        entries = [entry for entry in named if entry is not None]
        copies = [self.plan.copy_of(self.session.id, number) for number in action.out]
        copies_out = [copy for copy in copies if copy is not None]
        if len(entries) < len(named):
            return self._rejected(Problem.NO_SUCH_ENTRY)
        answers = sharing.answers_in(self.session.readings)
        if not all(sharing.can_be_shared(entry, answers) for entry in entries):
            return self._rejected(Problem.NOT_SHAREABLE)
        if len(copies_out) < len(copies):
            return self._rejected(Problem.NOT_SHARED)
        by_number = results.numbered(self.plan)
        if not {*action.results, *action.results_out} <= by_number.keys():
            return self._rejected(Problem.NO_SUCH_RESULT)
        if not all(by_number[number].shared_on for number in action.results_out):
            return self._rejected(Problem.NOT_SHARED)
        facts = self.shareable_facts
        if not {*action.facts, *action.facts_out} <= facts.keys():
            return self._rejected(Problem.NO_SUCH_SHARED_FACT)
        if not all(facts[number].is_in(self.plan) for number in action.facts_out):
            return self._rejected(Problem.NOT_SHARED)
        facts_in, facts_out = [facts[n] for n in action.facts], [facts[n] for n in action.facts_out]
        agreed = [by_number[number] for number in action.results]
        withdrawn = [by_number[number] for number in action.results_out]
        items = [sharing.as_shared(entry, self.session.id) for entry in entries]
        change = sharing.share_and_withdraw(items, copies_out, self.plan)
        change += results.share_and_withdraw(agreed, withdrawn, self.plan, at.date())
        change += fact_sharing.share_and_withdraw(facts_in, facts_out, facts.values(), self.plan, at.date())
        shared = len(entries) + len(agreed) + len(facts_in)
        unshared = len(copies_out) + len(withdrawn) + len(facts_out)
        reply = Applied(Effect.SHARED, n=shared) if shared else Applied(Effect.UNSHARED, n=unshared)
        return self._make_turn(at, reply, change=change) if change.changes else Outcome(self, reply)

    # -- moving among prompts and stages, and leaving --------------------------------------------------------------

    def _move_to(self, position: PromptPosition) -> Outcome:
        positions = {**self.positions, self.stage: position}
        return Outcome(replace(self, positions=positions, moved_turn=self.notes.last_turn), show_view=True)

    def _go_to_stage(self, stage: Stage, at: datetime) -> Outcome:
        if stage is self.stage:
            return Outcome(self, show_view=True)
        visits = (*close_last_visit(self.session.visits, at), Visit(stage=stage, from_=at))
        entered = choice.enter_stage(self.positions.get(stage), replace(self.situation, stage=stage))
        positions = {**self.positions, stage: entered.position}
        state = replace(self, positions=positions, offered=entered.offered, moved_turn=self.notes.last_turn)
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

    def marked_saved(self, facts: Facts, plan: Plan) -> "InterviewState":
        """Returns the state when all of it is on the disk, with the facts and the plan as they are there."""
        notes = self.notes.replace(pending=()) if self.notes.pending else self.notes
        return replace(self, facts=facts, plan=plan, notes=notes)


def _can_be_starred(entry: Entry) -> bool:
    return entry.words is not None and entry.kind in _STARRABLE


def _with_look_alike(outcome: Outcome, said: actions.Say) -> Outcome:
    """Returns the outcome of words with a note of what they look like, if that is a mark or a command."""
    if said.look_alike is None or not isinstance(outcome.reply, Applied):
        return outcome
    return replace(outcome, reply=replace(outcome.reply, look_alike=said.look_alike, hint=said.hint))


def close_last_visit(visits: tuple[Visit, ...], at: datetime) -> tuple[Visit, ...]:
    """Returns the visits with the last one closed at `at`, or when it began if the clock was set back since."""
    if not visits or visits[-1].to is not None:
        return visits
    return (*visits[:-1], visits[-1].replace(to=max(at, visits[-1].from_)))


def _put_concern(concern: SafetyConcern) -> Change:
    return Change(where=RecordPart.SAFETY, key=str(concern.turn), put=concern.model_dump(mode="json"))


def _remove_concern(concern: SafetyConcern) -> Change:
    return Change(where=RecordPart.SAFETY, key=str(concern.turn))
