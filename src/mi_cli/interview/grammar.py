"""A line becomes an action: the line grammar of an interview, and nothing else. Pure and total: every line parses."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, TypeVar

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
    Overview,
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
from mi_cli.records.terms import Concern, Kind, Ruler, Stage, Talk

MARKS: Final = {
    "+": Kind.CHANGE,
    "-": Kind.SUSTAIN,
    "=": Kind.OBSERVATION,
    "!": Kind.STRENGTH,
    "?": Kind.PARKED,
    "~": Kind.DISCORD,
}
_TALLIED: Final = frozenset("+-~")
_TYPED: Final = frozenset("+-")
_TYPE_LETTERS: Final = {"a": Talk.ABILITY}  # also a start of "activation", which is `ac`
# The shortest start of each type's name that `talk_named` takes.
TYPE_STARTS: Final = dict(zip(("d", "a", "r", "n", "c", "ac", "t"), Talk, strict=True))
_WORD: Final = re.compile(r"[A-Za-z]+")
Name = TypeVar("Name", bound=str)
_RELATIVE: Final = re.compile(r"(\d{1,3})([dw])", re.IGNORECASE)
_DAYS: Final = {"d": 1, "w": 7}
_DEALT_WITH: Final = "done"


def parse(line: str) -> Action:
    """What the line means. The line has no line end; nothing of its words is trimmed."""
    if not line or line.isspace():
        return SimpleAction.MOVE_ON
    mark = line[0]
    if mark == "/":
        return _command(line[1:])
    if mark == "\\" and len(line) > 1:
        return Say(line[1:])
    if mark in MARKS:
        return _marked(line) or Say(line)
    return Say(line)


def talk_named(name: str) -> Talk | None:
    """The DARN-CAT type that `name` is an unambiguous start of, in any case."""
    folded = name.lower()
    if folded in _TYPE_LETTERS:
        return _TYPE_LETTERS[folded]
    found = _starting(folded, Talk)
    return found[0] if len(found) == 1 else None


def commands() -> tuple[str, ...]:
    """The names of all commands, without the slash."""
    return tuple(_COMMANDS)


def _marked(line: str) -> Action | None:
    """A line that begins with a mark; None when it turns out to be words."""
    mark, rest = line[0], line[1:]
    kind = MARKS[mark]
    talk = None
    if mark in _TYPED and (typed := _WORD.match(rest)):
        talk = talk_named(typed[0])
        if talk is None:
            return None
        rest = rest[typed.end() :]
    if rest and rest[0] != " ":
        return None
    words = rest[1:]
    if words and not words.isspace():
        return AddEntry(kind, words, talk)
    if mark in _TALLIED:
        return AddEntry(kind, None, talk)
    return Rejected(Problem.NEEDS_WORDS) if rest else None


def _command(text: str) -> Action:
    name, _, rest = text.partition(" ")
    found = command_named(name)
    if len(found) != 1:
        return Rejected(Problem.NO_SUCH_COMMAND, ", ".join(f"/{other}" for other in found[:4]))
    return _COMMANDS[found[0]](rest)


def command_named(name: str) -> list[str]:
    """The commands that `name` may mean: one when it is the exact name or an unambiguous start."""
    folded = name.lower()
    if folded in _COMMANDS:
        return [folded]
    return [other for other in _COMMANDS if folded and other.startswith(folded)]


def _starting(start: str, names: Iterable[Name]) -> list[Name]:
    return [name for name in names if start and name.startswith(start)]


def _bare(action: Action) -> Callable[[str], Action]:
    """A command that takes nothing."""

    def parse_rest(rest: str) -> Action:
        return Rejected(Problem.NEEDS_NOTHING) if rest.strip() else action

    return parse_rest


def _kept(kind: Kind) -> Callable[[str], Action]:
    """A command whose words become one entry."""

    def parse_rest(rest: str) -> Action:
        return AddEntry(kind, rest) if rest.strip() else Rejected(Problem.NEEDS_WORDS)

    return parse_rest


def _listed(field: str, separator: str, *, last: bool = False) -> Callable[[str], Action]:
    """A command for a list of the goal; with a separator its words are split once, at the first or the last."""

    def parse_rest(rest: str) -> Action:
        if not rest.strip():
            return Rejected(Problem.NEEDS_WORDS)
        if not separator:
            return AddGoalPart(field, (rest,))
        if separator not in rest:
            return AddGoalPart(field, (rest, None))
        first, _, second = rest.rpartition(separator) if last else rest.partition(separator)
        return AddGoalPart(field, (first, second))

    return parse_rest


def _stage(rest: str) -> Action:
    if not rest.strip():
        return Show(Overview.STAGES)
    found = _starting(rest.strip().lower(), Stage)
    return GoToStage(found[0]) if len(found) == 1 else Rejected(Problem.NO_SUCH_STAGE)


def _reading(ruler: Ruler) -> Callable[[str], Action]:
    def parse_rest(rest: str) -> Action:
        number, _, words = rest.lstrip().partition(" ")
        value = _number(number)
        if value is None or value > 10:
            return Rejected(Problem.NOT_ON_THE_RULER, ruler.value)
        return AddReading(ruler, value, words if words.strip() else None)

    return parse_rest


def _goal(rest: str) -> Action:
    text = rest.strip()
    if not text:
        return Show(Overview.GOALS)
    if text.startswith("#") and (number := _number(text[1:])) is not None:
        return SelectGoal(number)
    return AddGoal(rest)


def day_or_days(text: str) -> date | int | None:
    """A date (`2027-01-31`), or how many days from now (`10d`, `4w`); null for anything else."""
    if relative := _RELATIVE.fullmatch(text.strip()):
        return int(relative[1]) * _DAYS[relative[2].lower()]
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _review(rest: str) -> Action:
    on = day_or_days(rest)
    return Rejected(Problem.NOT_A_DATE) if on is None else ReviewOn(on)


def _share(rest: str) -> Action:
    """Numbers of entries, and `p` with the number of a progress line; one with a minus before it is taken out again."""
    if not rest.strip():
        return Show(Overview.SHAREABLE)
    named: dict[str, dict[int, bool]] = {"": {}, "p": {}}
    for word in rest.replace(",", " ").lower().split():
        which = word.removeprefix("-")
        letter = which[:1] if which[:1] == "p" else ""
        number = _number(which.removeprefix(letter))
        if number is None:
            return Rejected(Problem.NEEDS_NUMBERS, "/share 7 8")
        named[letter][number] = named[letter].get(number, False) or word.startswith("-")
    if not any(named.values()):
        return Rejected(Problem.NEEDS_NUMBERS, "/share 7 8")
    (entries, entries_out), (results, results_out) = (_in_and_out(numbers) for numbers in named.values())
    return Share(entries, entries_out, results, results_out)


def _in_and_out(numbers: Mapping[int, bool]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Those that are agreed to, and those that are taken out again."""
    return tuple(n for n, out in numbers.items() if not out), tuple(n for n, out in numbers.items() if out)


def _mark(rest: str) -> Action:
    number, _, mark = rest.strip().partition(" ")
    return parse_entry_type(number, mark)


def parse_entry_type(number: str, mark: str) -> SetEntryType | Rejected:
    """Returns the action that gives entry `number` the kind and type of `mark`: `+`, `-`, `+d`."""
    n, mark = _number(number), mark.strip()
    if n is None:
        return Rejected(Problem.NEEDS_NUMBERS, "/mark 9 +d")
    if mark[:1] not in _TYPED or not mark:
        return Rejected(Problem.NEEDS_TYPE)
    talk = talk_named(mark[1:])
    if mark[1:] and talk is None:
        return Rejected(Problem.NEEDS_TYPE)
    return SetEntryType(n, MARKS[mark[0]], talk)


def _edit(rest: str) -> Action:
    number, _, words = rest.lstrip().partition(" ")
    n = _number(number)
    if n is None:
        return Rejected(Problem.NEEDS_NUMBERS, "/edit 12 …")
    return EditEntry(n, words) if words.strip() else Rejected(Problem.NEEDS_WORDS)


def _use(rest: str) -> Action:
    number = _number(rest.strip())
    return UsePrompt(number) if number is not None else Rejected(Problem.NEEDS_NUMBERS, "/use 3")


def _safety(rest: str) -> Action:
    """The card alone; with a concern, or `done`, the facts of what was done."""
    name, _, words = rest.lstrip().partition(" ")
    if not name:
        return Show(Overview.SAFETY)
    kept = words if words.strip() else None
    found = _starting(name.lower(), (*Concern, _DEALT_WITH))
    if len(found) != 1:
        return Rejected(Problem.NO_SUCH_CONCERN)
    return CloseConcerns(kept) if found[0] == _DEALT_WITH else NoteConcern(Concern(found[0]), kept)


def _note(rest: str) -> Action:
    return BeginNote(rest if rest.strip() else None)


def _help(rest: str) -> Action:
    topic = rest.strip().lstrip("/").lower()
    return Show(Overview.HELP, topic)


def _end(rest: str) -> Action:
    return End(rest if rest.strip() else None)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


_COMMANDS: Final[dict[str, Callable[[str], Action]]] = {
    "next": _bare(SimpleAction.NEXT),
    "back": _bare(SimpleAction.BACK),
    "stage": _stage,
    **{stage.value: _bare(GoToStage(stage)) for stage in Stage},
    "prompts": _bare(Show(Overview.PROMPTS)),
    "use": _use,
    "checks": _bare(Show(Overview.CHECKS)),
    **{ruler.value: _reading(ruler) for ruler in Ruler},
    "focus": _kept(Kind.FOCUS),
    "agenda": _kept(Kind.AGENDA),
    "value": _kept(Kind.VALUE),
    "trigger": _kept(Kind.TRIGGER),
    "goal": _goal,
    "reason": _listed("reasons", ""),
    "step": _listed("steps", " @ ", last=True),
    "support": _listed("supports", ": "),
    "barrier": _listed("barriers", " -> "),
    "sign": _listed("signs", ""),
    "otherwise": _listed("if_not_working", ""),
    "review": _review,
    "progress": _listed("progress", ""),
    "share": _share,
    "mark": _mark,
    "recap": _bare(Show(Overview.RECAP)),
    "undo": _bare(SimpleAction.UNDO),
    "edit": _edit,
    "entries": _bare(Show(Overview.ENTRIES)),
    "note": _note,
    "safety": _safety,
    "hide": _bare(SimpleAction.HIDE),
    "pause": _bare(SimpleAction.PAUSE),
    "end": _end,
    "help": _help,
}
