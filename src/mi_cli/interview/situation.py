"""What the choice of the next prompt looks at: the interview so far, the plan, and what is known from before."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from mi_cli.prompts.model import PromptSet, Substance, Topic
from mi_cli.prompts.topics import substances_in, topics_in
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.plan import Goal, Plan
from mi_cli.records.session import OfferedMoment, Reading, SafetyConcern
from mi_cli.records.terms import CLIENTS_WORDS, Act, Kind, Ruler, Stage

# A reading below this is low: there AHRQ's asthma guide (2007, app. D) suggests exploring and support. It is a
# reminder, not a clinical cut-off.
LOW = 7
LOW_READINESS = 4  # not ready: a reading of readiness in the middle is no reason to slow down

# What the rules of the choice answer. An answer to a ruler's question is no event of its own.
_EVENTS = frozenset(
    {Kind.CHANGE, Kind.SUSTAIN, Kind.AMBIVALENCE, Kind.DISCORD, Kind.STRENGTH, Kind.PARKED, Kind.FOCUS, Kind.LAPSE}
)


@dataclass(frozen=True)
class Earlier:
    """What earlier interviews left: change talk and values with words, oldest first.

    `agreed` is the next step that was agreed last, `focus` what the last focus was; null where there was none.
    """

    change: tuple[Entry, ...] = ()
    values: tuple[Entry, ...] = ()
    agreed: str | None = None
    focus: str | None = None

    @property
    def talk(self) -> tuple[Entry, ...]:
        """Change talk and values, for a recap."""
        return self.change + self.values

    @classmethod
    def of(cls, newest_first: Sequence[Notes]) -> "Earlier":
        """Returns what the interviews with these notes left."""
        entries = [entry for notes in reversed(newest_first) for entry in notes.entries if entry.words is not None]
        agreed = [entry.words for notes in newest_first[:1] for entry in notes.entries if entry.kind is Kind.NEXT]
        focus = [entry.words for entry in entries if entry.kind is Kind.FOCUS]
        return cls(
            tuple(entry for entry in entries if entry.kind is Kind.CHANGE),
            tuple(entry for entry in entries if entry.kind is Kind.VALUE),
            agreed[-1] if agreed else None,
            focus[-1] if focus else None,
        )


NOTHING_EARLIER = Earlier()


@dataclass(frozen=True)
class KnownFacts:
    """What the client facts say that the choice depends on.

    `mandated_by` is who sent the client: empty if that is not known, null if nobody did. `mandated_turn` is the turn
    of this interview that noted it, 0 if it was known before. `targets` are the names of the behaviors talked about.
    """

    mandated_by: str | None = None
    mandated_turn: int = 0
    medicines: bool = False
    targets: tuple[str, ...] = ()


NO_FACTS = KnownFacts()


@dataclass(frozen=True)
class Situation:
    """Everything that the choice depends on.

    `first` is whether this is the client's first interview; `seen` are the ids of all prompts seen in it; `goal` is the
    goal in hand, `target` the id of the focus; `offered` what the last events were given; `recap_turn` the turn after
    which a recap was shown, or null; `moved` whether nothing was entered since the counselor last moved.
    """

    session: str
    stage: Stage
    prompts: PromptSet
    entries: tuple[Entry, ...]
    readings: tuple[Reading, ...]
    concerns: tuple[SafetyConcern, ...]
    plan: Plan
    goal: Goal | None
    first: bool
    seen: frozenset[str]
    offered: tuple[OfferedMoment, ...] = ()
    target: str | None = None
    recap_turn: int | None = None
    last_turn: int = 0
    moved: bool = False
    facts: KnownFacts = NO_FACTS
    earlier: Earlier = NOTHING_EARLIER

    def of_kind(self, *kinds: Kind) -> tuple[Entry, ...]:
        """Returns the entries of these kinds, in order of time."""
        return tuple(entry for entry in self.entries if entry.kind in kinds)

    @cached_property
    def events(self) -> tuple[Entry, ...]:
        """The entries that the rules of the choice answer, in order of time."""
        answers = {number for reading in self.readings for number in (reading.why, reading.raise_)}
        return tuple(entry for entry in self.of_kind(*_EVENTS) if entry.n not in answers)

    @cached_property
    def talk(self) -> tuple[Entry, ...]:
        """The entries of change and sustain talk and of ambivalence, without the answers to a ruler's questions."""
        talk = (Kind.CHANGE, Kind.SUSTAIN, Kind.AMBIVALENCE)
        return tuple(entry for entry in self.events if entry.kind in talk)

    @cached_property
    def all_change(self) -> tuple[Entry, ...]:
        """Change talk with words, of earlier interviews and of this one, the answers to a ruler's question included."""
        return (*self.earlier.change, *(entry for entry in self.of_kind(Kind.CHANGE) if entry.words is not None))

    def last_words(self, *kinds: Kind) -> str | None:
        """Returns the words of the latest entry of these kinds that has any, or null."""
        return next((entry.words for entry in reversed(self.of_kind(*kinds)) if entry.words is not None), None)

    @property
    def said(self) -> str | None:
        """The client's latest words, of whatever kind."""
        return self.last_words(*CLIENTS_WORDS)

    @property
    def said_last(self) -> str | None:
        """The client's latest words that are neither sustain talk nor discord: what a general prompt may take up."""
        return self.last_words(*CLIENTS_WORDS - {Kind.SUSTAIN, Kind.DISCORD})

    def acts_since(self, turn: int) -> tuple[Act, ...]:
        """Returns what the counselor noted to have done after that turn."""
        return tuple(entry.act for entry in self.of_kind(Kind.MINE) if entry.turn > turn and entry.act is not None)

    def latest(self, ruler: Ruler) -> Reading | None:
        """Returns the latest reading of a ruler for the target of the focus, or null."""
        return self._latest(ruler, self.target)

    @cached_property
    def lower(self) -> Reading | None:
        """The lower of the latest readings of importance and confidence for the target of the focus, or null."""
        return self._lower(self.target)

    @cached_property
    def lower_of_last(self) -> Reading | None:
        """The same for the target of the last reading; of readiness, that reading itself."""
        if not self.readings:
            return None
        last = self.readings[-1]
        return last if last.ruler is Ruler.READINESS else self._lower(last.target)

    def _lower(self, target: str | None) -> Reading | None:
        readings = [self._latest(ruler, target) for ruler in (Ruler.IMPORTANCE, Ruler.CONFIDENCE)]
        return min((reading for reading in readings if reading), key=lambda reading: reading.value, default=None)

    def _latest(self, ruler: Ruler, target: str | None) -> Reading | None:
        """Returns the latest reading of a ruler for a target. One of before there was a focus counts for any."""
        of_ruler = (reading for reading in reversed(self.readings) if reading.ruler is ruler)
        return next((each for each in of_ruler if None in (each.target, target) or each.target == target), None)

    @property
    def low_confidence(self) -> bool:
        """Whether the latest reading of confidence, whatever it is about, is low."""
        readings = [reading for reading in self.readings if reading.ruler is Ruler.CONFIDENCE]
        return bool(readings) and readings[-1].value < LOW

    @property
    def open_concerns(self) -> tuple[SafetyConcern, ...]:
        """The safety concerns of this interview that are still open."""
        return tuple(concern for concern in self.concerns if concern.closed_at is None)

    @cached_property
    def substances(self) -> frozenset[Substance]:
        """The substances in focus: those that the words of the focus name, or the names of the targets."""
        return substances_in(self._text(Kind.FOCUS), self.prompts)

    @cached_property
    def substances_named(self) -> frozenset[Substance]:
        """The substances in focus or on the table."""
        return substances_in(self._text(Kind.FOCUS, Kind.AGENDA), self.prompts)

    def topics(self, *kinds: Kind) -> frozenset[Topic]:
        """Returns the topics that the words of entries of these kinds name."""
        return topics_in(self._text(*kinds), self.prompts)

    @cached_property
    def fears(self) -> bool:
        """Whether the latest discord tells of fear of what could follow from talking here."""
        discord = self.of_kind(Kind.DISCORD)[-1:]
        return any(Topic.FEAR in topics_in(entry.words or "", self.prompts) for entry in discord)

    @cached_property
    def topics_now(self) -> frozenset[Topic]:
        """The topics that the client's latest words name, the focus, the agenda or a value; not what was parked."""
        now = self.last_words(*CLIENTS_WORDS - {Kind.PARKED}) or ""
        return topics_in(now, self.prompts) | self.topics(Kind.FOCUS, Kind.AGENDA, Kind.VALUE)

    def _text(self, *kinds: Kind) -> str:
        words = [entry.words for entry in self.of_kind(*kinds) if entry.words]
        return "\n".join([*words, *(self.facts.targets if Kind.FOCUS in kinds else ())])
