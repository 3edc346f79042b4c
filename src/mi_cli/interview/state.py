"""The state of an interview: one frozen value of everything that an interview in progress is made of.

Theory of operation
===================

An `InterviewState` holds

- the four *records* as they are in memory: the session, the notes (what was said), the client facts, the plan;
- the *position* of the counselor among the prompts of each stage, and so which prompt is in view;
- a *question*: a ruler's own question, which asks for a number, or a follow-up of it, in view; or null;
- an *open note*: an entry of several lines that is being typed, or null;
- the goal that goal lines are for, what the latest event was offered (`interview.rules`), and the turns after which a
  recap was shown and the counselor last moved.

What else is asked of an interview follows from these: what is in view, what the choice of the next prompt looks at, the
goal in hand, the target of the focus. Nothing here decides what a line does: that is in `interview.lines`.

The session keeps the positions too, so that a resumed interview stands where it stopped: every session that is put into
the state gets them from `with_session`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mi_cli.interview import choice, fact_sharing, needs
from mi_cli.interview.rulers import NumberQuestion, RulerQuestion
from mi_cli.interview.situation import NOTHING_EARLIER, Earlier, KnownFacts, Situation
from mi_cli.interview.turns import Records
from mi_cli.prompts.model import Prompt, PromptSet, StageGuide
from mi_cli.records.change import RecordPart
from mi_cli.records.client_facts import Facts
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.plan import Goal, Plan
from mi_cli.records.session import OfferedMoment, PromptPosition, Session
from mi_cli.records.terms import Act, Kind, Stage, Talk
from mi_cli.records.text_keys import Cue, Hold, RuleName
from mi_cli.words.facts import fact_words


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
        prompt = self.prompt
        if prompt is None:
            rule = self.offered[-1].rule if position.hold and self.offered else None
            return View(self.stage, None, self.question, position.hold, rule)
        situation = self.situation
        words = ((cue, needs.words_for(cue, situation)) for cue in dict.fromkeys(prompt.cue))
        cues = tuple((cue, text) for cue, text in words if text is not None)
        return View(self.stage, prompt, self.question, rule=position.rule_of(prompt.id), cues=cues)

    @property
    def prompt(self) -> Prompt | None:
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
        return self.notes.focus

    @property
    def shareable_facts(self) -> Mapping[int, fact_sharing.FactCopy]:
        """The client facts that could be passed on, by number."""
        return fact_sharing.numbered(self.facts, self.plan, fact_words(self.session.language), self.notes.entries)

    # -- the next state -------------------------------------------------------------------------------------------

    def new_entry(
        self, kind: Kind, words: str | None, at: datetime, talk: Talk | None = None, act: Act | None = None
    ) -> Entry:
        """Returns the entry that the next turn adds, with the prompt in view; none while a question is in view."""
        companions_own = isinstance(self.question, NumberQuestion) and self.question.prompt is None
        prompt = None if companions_own or isinstance(self.question, RulerQuestion) else self.prompt
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

    @property
    def records(self) -> Records:
        """The four records."""
        return Records(self.session, self.notes, self.facts, self.plan)

    def with_records(self, records: Records, at: datetime) -> "InterviewState":
        """Returns the state with these records."""
        state = replace(self, notes=records.notes, facts=records.facts, plan=records.plan)
        return state if records.session is self.session else state.with_session(records.session, at)

    def with_session(self, session: Session, at: datetime) -> "InterviewState":
        """Returns the state with that session, whose revision and prompt positions are brought up to date."""
        places = tuple(self.positions[stage] for stage in Stage if stage in self.positions)
        revision = session.revision + 1
        session = session.replace(places=places, offered=self.offered, revision=revision, updated_at=at)
        return replace(self, session=session)

    def marked_saved(self, facts: Facts, plan: Plan) -> "InterviewState":
        """Returns the state when all of it is on the disk, with the facts and the plan as they are there."""
        notes = self.notes.replace(pending=()) if self.notes.pending else self.notes
        return replace(self, facts=facts, plan=plan, notes=notes)
