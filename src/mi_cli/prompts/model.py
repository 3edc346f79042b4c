"""A prompt set as the rest of the program sees it: frozen, complete, in the order of its files.

pydantic reads these dataclasses from TOML when a set is checked; `build` fills them without it when the set is shipped.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Final

from mi_cli.records.terms import Concern, Stage, Talk
from mi_cli.records.text_keys import Cue, Need

_STRICT: Final = {"extra": "forbid"}  # for pydantic: an unknown key is an error


class PromptKind(StrEnum):
    """The kind of a prompt: one of OARS, a ruler, or information with permission."""

    OPEN_QUESTION = "open-question"
    AFFIRMATION = "affirmation"
    REFLECTION = "reflection"
    SUMMARY = "summary"
    RULER = "ruler"
    INFORMATION = "information"


class Meant(StrEnum):
    """Which interview a prompt is meant for."""

    FIRST = "first"
    LATER = "later"
    ANY = "any"


class Substance(StrEnum):
    """What a prompt can be about, if it fits only one focus."""

    ALCOHOL = "alcohol"
    OPIOIDS = "opioids"
    SEDATIVES = "sedatives"
    STIMULANTS = "stimulants"
    CANNABIS = "cannabis"
    TOBACCO = "tobacco"
    GAMBLING = "gambling"


class Topic(StrEnum):
    """What words can be about, besides a substance; a rule or a need asks for it."""

    FEAR = "fear"
    STOPPING = "stopping"
    CHILDREN = "children"
    PAIN = "pain"
    MOOD = "mood"


class WordTable(StrEnum):
    """The tables of words that a set has exceptions from (`not_words`)."""

    FOCUS = "focus"
    TOPIC = "topic"


class Moment(StrEnum):
    """The moment in an interview that a prompt is made for. `interview.rules` says when each comes."""

    OPENING = "opening"
    SUSTAIN = "sustain"
    SUSTAIN_DESIRE = "sustain-desire"
    SUSTAIN_ABILITY = "sustain-ability"
    SUSTAIN_REASON = "sustain-reason"
    SUSTAIN_NEED = "sustain-need"
    SUSTAIN_COMMITMENT = "sustain-commitment"
    SUSTAIN_ACTIVATION = "sustain-activation"
    SUSTAIN_TAKING_STEPS = "sustain-taking"
    AUTONOMY = "autonomy"
    CHANGE = "change"
    CHANGE_DESIRE = "change-desire"
    CHANGE_ABILITY = "change-ability"
    CHANGE_REASON = "change-reason"
    CHANGE_NEED = "change-need"
    CHANGE_COMMITMENT = "change-commitment"
    CHANGE_ACTIVATION = "change-activation"
    CHANGE_TAKING_STEPS = "change-taking"
    DISCORD = "discord"
    DISCORD_AFTER = "discord-after"
    AMBIVALENCE = "ambivalence"
    STRENGTH = "strength"
    PARKED = "parked"
    FOCUS_AGREED = "focus-agreed"
    TO_EVOKING = "to-evoking"
    LOW_IMPORTANCE = "low-importance"
    LOW_CONFIDENCE = "low-confidence"
    LOW_READINESS = "low-readiness"
    HIGH_IMPORTANCE = "high-importance"
    HIGH_CONFIDENCE = "high-confidence"
    MANDATED = "mandated"
    LAPSE = "lapse"
    LAPSE_AFTER = "lapse-after"
    OVERDOSE = "overdose"
    STAYING_SAFE = "staying-safe"
    RECAP = "recap"
    KEY_QUESTION = "key-question"
    RULER_IMPORTANCE = "ruler-importance"
    RULER_CONFIDENCE = "ruler-confidence"
    RULER_READINESS = "ruler-readiness"

    @classmethod
    def _missing_(cls, value: object) -> "Moment | None":
        """Reads the names that sets of 0.1.0 use."""
        return _FORMER_MOMENTS.get(value) if isinstance(value, str) else None


_FORMER_MOMENTS: Final = {"sustain-talk": Moment.SUSTAIN, "after-change-talk": Moment.CHANGE}

# These say what a prompt is, and bring none up. The moments of rulers do: `/importance` brings its prompt into view.
LABELS: Final = frozenset({Moment.OPENING, Moment.RECAP, Moment.KEY_QUESTION})


@dataclass(frozen=True)
class Prompt:
    """Something the counselor may say or ask. `listen_for` and `note` are for the counselor alone.

    A prompt of the `core` comes in its stage's usual order; one with `when` after an event that it is made for; one
    that is `use_only` by `/use` alone. It comes unasked only when all of `needs` are met. `cue` tells for each blank
    (`…`) of `say` whose words fill it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    id: str
    say: str
    kind: PromptKind
    evokes: Talk | None = None
    listen_for: str = ""
    follow_ups: tuple[str, ...] = ()
    meant: Meant = Meant.ANY
    focus: tuple[Substance, ...] = ()
    core: bool = False
    use_only: bool = False
    when: tuple[Moment, ...] = ()
    needs: tuple[Need, ...] = ()
    cue: tuple[Cue, ...] = ()
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class GoBackSign:
    """A sign that an earlier stage needs more work, and which stage."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    sign: str
    to: Stage


@dataclass(frozen=True)
class StageGuide:
    """The guide to a stage.

    `checks` are questions that counselors ask themselves; `move_on` and `go_back` are signs for another stage;
    `prompts` are in the set's order.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    stage: Stage
    aim: str
    listen_for: tuple[str, ...]
    checks: tuple[str, ...]
    move_on: tuple[str, ...]
    go_back: tuple[GoBackSign, ...]
    traps: tuple[str, ...]
    prompts: tuple[Prompt, ...]

    def prompt(self, prompt_id: str) -> Prompt | None:
        """Returns the prompt with that id, or null."""
        return next((prompt for prompt in self.prompts if prompt.id == prompt_id), None)


@dataclass(frozen=True)
class CrisisLine:
    """Whom to reach in an emergency, in one country."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    country: str
    name: str
    reach: str


@dataclass(frozen=True)
class SafetyConcernCard:
    """What to do now about one concern."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    id: Concern
    title: str
    do: tuple[str, ...]


@dataclass(frozen=True)
class SafetyCard:
    """A memory aid for the counselor. It assesses nothing."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    title: str
    lead: tuple[str, ...]
    contacts_none: str
    limits: str
    source: str
    lines: tuple[CrisisLine, ...]
    concerns: tuple[SafetyConcernCard, ...]


class OnDemand(Mapping[Stage, StageGuide]):
    """The stages of a set. Each is read when it is first needed: an interview begins in one of them."""

    def __init__(self, stages: tuple[Stage, ...], read: Callable[[Stage], StageGuide]) -> None:
        self._stages = stages
        self._read = read
        self._cache: dict[Stage, StageGuide] = {}

    def __getitem__(self, stage: Stage) -> StageGuide:
        if stage not in self._cache:
            self._cache[stage] = self._read(stage)
        return self._cache[stage]

    def __iter__(self) -> Iterator[Stage]:
        return iter(self._stages)

    def __len__(self) -> int:
        return len(self._stages)


@dataclass(frozen=True)
class PromptSet:
    """A whole set. `digest` is the SHA-256 of its files in hex, so that a changed set is noticed.

    `focus_words` and `topic_words` tell substances and topics from what is typed, `not_words` are their exceptions, and
    `small_words` may stand between a verb and its object: `topics` says how they are read. `translates` names the set
    that this one is a translation of, or is empty.
    """

    name: str
    title: str
    language: str
    version: str
    digest: str
    focus_words: Mapping[Substance, tuple[str, ...]]
    topic_words: Mapping[Topic, tuple[str, ...]]
    stages: Mapping[Stage, StageGuide]
    read_safety: Callable[[], SafetyCard] = field(compare=False, repr=False)
    translates: str = ""
    not_words: Mapping[WordTable, tuple[str, ...]] = field(default_factory=dict)
    small_words: tuple[str, ...] = ()

    @cached_property
    def safety(self) -> SafetyCard:
        """The safety card."""
        return self.read_safety()

    def prompt(self, prompt_id: str, first: Stage = Stage.ENGAGING) -> Prompt | None:
        """Returns the prompt with that id, or null. Every stage is searched; `first` is searched first."""
        stages = (first, *(stage for stage in self.stages if stage is not first))
        candidates = (self.stages[stage].prompt(prompt_id) for stage in stages)
        return next((prompt for prompt in candidates if prompt is not None), None)
