"""The grammar of the lines that are typed in an interview: a line becomes an action. Pure and total: every line parses.

The rules, in this order:

1. An empty or blank line moves on.
2. A line that begins with `/` is a command; an unambiguous start of its name is enough (`_COMMANDS`).
3. A backslash at the beginning makes the rest plain words.
4. A mark (`MARKS`) at the beginning, alone or followed by a space, makes an entry of its kind. `+` and `-` take a
   DARN-CAT type directly after them: `+d`. A mark that anything else follows is part of the words ("-ish").
5. Anything else is what the client said.

What follows a mark or a command is kept exactly as it was typed. Lines of an open note do not come here
(`InterviewState.read_line`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from mi_cli.interview import actions
from mi_cli.interview.actions import Action, Overview, Rejected, Show, SimpleAction
from mi_cli.records.dates import day_or_days
from mi_cli.records.terms import Concern, Kind, Ruler, Stage, Talk
from mi_cli.records.text_keys import Problem

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
_DEALT_WITH: Final = "done"

# Where the words of a part of a goal are split.
_SEPARATORS: Final = {"steps": " @ ", "supports": ": ", "barriers": " -> "}


def parse(line: str) -> Action:
    """Returns the action that the line means. The line has no line end; its words are not trimmed."""
    if not line or line.isspace():
        return SimpleAction.MOVE_ON
    mark = line[0]
    if mark == "/":
        return _parse_command(line[1:])
    if mark == "\\" and len(line) > 1:
        return actions.Say(line[1:])
    if mark in MARKS:
        return _parse_marked(line) or actions.Say(line)
    return actions.Say(line)


def talk_named(name: str) -> Talk | None:
    """Returns the DARN-CAT type that `name` is an unambiguous start of, in any case; null if there is none."""
    folded = name.lower()
    if folded in _TYPE_LETTERS:
        return _TYPE_LETTERS[folded]
    types = _starting_with(folded, Talk)
    return types[0] if len(types) == 1 else None


def commands() -> tuple[str, ...]:
    """Returns the names of all commands, without the slash."""
    return tuple(_COMMANDS)


def _parse_marked(line: str) -> Action | None:
    """Parses a line that begins with a mark. Returns null when the mark turns out to belong to the words."""
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
        return actions.AddEntry(kind, words, talk)
    if mark in _TALLIED:
        return actions.AddEntry(kind, None, talk)
    return Rejected(Problem.NEEDS_WORDS) if rest else None


def _parse_command(text: str) -> Action:
    name, _, rest = text.partition(" ")
    names = command_named(name)
    if len(names) != 1:
        return Rejected(Problem.NO_SUCH_COMMAND, ", ".join(f"/{other}" for other in names[:4]))
    return _COMMANDS[names[0]](rest)


def command_named(name: str) -> list[str]:
    """Returns the commands that `name` may mean: one if it is a whole name or the start of a single name."""
    folded = name.lower()
    if folded in _COMMANDS:
        return [folded]
    return [other for other in _COMMANDS if folded and other.startswith(folded)]


def _starting_with(start: str, names: Iterable[Name]) -> list[Name]:
    return [name for name in names if start and name.startswith(start)]


def _command_without_words(action: Action) -> Callable[[str], Action]:
    """Returns the parser of a command that takes no words."""

    def parse_rest(rest: str) -> Action:
        return Rejected(Problem.NEEDS_NOTHING) if rest.strip() else action

    return parse_rest


def _entry_command(kind: Kind) -> Callable[[str], Action]:
    """Returns the parser of a command whose words become one entry."""

    def parse_rest(rest: str) -> Action:
        return actions.AddEntry(kind, rest) if rest.strip() else Rejected(Problem.NEEDS_WORDS)

    return parse_rest


def goal_part(field: str, words: str) -> actions.AddGoalPart:
    """Returns the item of the goal's list `field` that the words name; they must not be blank.

    A step is split at its last ` @ `, a support at its first `: `, a barrier at its first ` -> `.
    """
    separator = _SEPARATORS.get(field)
    if separator is None:
        return actions.AddGoalPart(field, (words,))
    if separator not in words:
        return actions.AddGoalPart(field, (words, None))
    first, _, second = words.rpartition(separator) if field == "steps" else words.partition(separator)
    return actions.AddGoalPart(field, (first, second))


def _goal_part_command(field: str) -> Callable[[str], Action]:
    """Returns the parser of a command that adds an item to a list of the goal."""

    def parse_rest(rest: str) -> Action:
        return goal_part(field, rest) if rest.strip() else Rejected(Problem.NEEDS_WORDS)

    return parse_rest


def _parse_stage(rest: str) -> Action:
    if not rest.strip():
        return Show(Overview.STAGES)
    stages = _starting_with(rest.strip().lower(), Stage)
    return actions.GoToStage(stages[0]) if len(stages) == 1 else Rejected(Problem.NO_SUCH_STAGE)


def _ruler_command(ruler: Ruler) -> Callable[[str], Action]:
    def parse_rest(rest: str) -> Action:
        number, _, words = rest.lstrip().partition(" ")
        value = _parse_number(number)
        if value is None or value > 10:
            return Rejected(Problem.NOT_ON_THE_RULER, ruler.value)
        return actions.AddReading(ruler, value, words if words.strip() else None)

    return parse_rest


def _parse_goal(rest: str) -> Action:
    text = rest.strip()
    if not text:
        return Show(Overview.GOALS)
    if text.startswith("#") and (number := _parse_number(text[1:])) is not None:
        return actions.SelectGoal(number)
    return actions.AddGoal(rest)


def _parse_review(rest: str) -> Action:
    on = day_or_days(rest)
    return Rejected(Problem.NOT_A_DATE) if on is None else actions.ReviewOn(on)


def _parse_share(rest: str) -> Action:
    if not rest.strip():
        return Show(Overview.SHAREABLE)
    return share_numbers(rest) or Rejected(Problem.NEEDS_NUMBERS, "/share 7 8")


def share_numbers(text: str) -> actions.Share | None:
    """Returns what numbers such as `7 p1 -8` agree to and take out, or None if the text is not a list of numbers.

    A number alone is an entry, one after `p` is a result (a progress line or an outcome). A minus takes it out again.
    """
    # For entries ("") and results ("p"): each number, and whether it had a minus.
    named: dict[str, dict[int, bool]] = {"": {}, "p": {}}
    for word in text.replace(",", " ").lower().split():
        which = word.removeprefix("-")
        letter = which[:1] if which[:1] == "p" else ""
        number = _parse_number(which.removeprefix(letter))
        if number is None:
            return None
        named[letter][number] = named[letter].get(number, False) or word.startswith("-")
    if not any(named.values()):
        return None
    (entries, entries_out), (results, results_out) = (_split_by_minus(numbers) for numbers in named.values())
    return actions.Share(entries, entries_out, results, results_out)


def _split_by_minus(numbers: Mapping[int, bool]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Returns the numbers without a minus, and those with one."""
    return tuple(n for n, out in numbers.items() if not out), tuple(n for n, out in numbers.items() if out)


def _parse_mark(rest: str) -> Action:
    number, _, mark = rest.strip().partition(" ")
    return parse_entry_type(number, mark)


def parse_entry_type(number: str, mark: str) -> actions.SetEntryType | Rejected:
    """Returns the action that gives entry `number` the kind and type of `mark`: `+`, `-`, `+d`."""
    entry_number, mark = _parse_number(number), mark.strip()
    if entry_number is None:
        return Rejected(Problem.NEEDS_NUMBERS, "/mark 9 +d")
    if mark[:1] not in _TYPED or not mark:
        return Rejected(Problem.NEEDS_TYPE)
    talk = talk_named(mark[1:])
    if mark[1:] and talk is None:
        return Rejected(Problem.NEEDS_TYPE)
    return actions.SetEntryType(entry_number, MARKS[mark[0]], talk)


def _parse_edit(rest: str) -> Action:
    number, _, words = rest.lstrip().partition(" ")
    entry_number = _parse_number(number)
    if entry_number is None:
        return Rejected(Problem.NEEDS_NUMBERS, "/edit 12 …")
    return actions.EditEntry(entry_number, words) if words.strip() else Rejected(Problem.NEEDS_WORDS)


def _parse_use(rest: str) -> Action:
    number = _parse_number(rest.strip())
    return actions.UsePrompt(number) if number is not None else Rejected(Problem.NEEDS_NUMBERS, "/use 3")


def _parse_safety(rest: str) -> Action:
    """Parses nothing (show the card), a concern or `done`, with the facts of what was done."""
    name, _, words = rest.lstrip().partition(" ")
    if not name:
        return Show(Overview.SAFETY)
    facts = words if words.strip() else None
    names = _starting_with(name.lower(), (*Concern, _DEALT_WITH))
    if len(names) != 1:
        return Rejected(Problem.NO_SUCH_CONCERN)
    return actions.CloseConcerns(facts) if names[0] == _DEALT_WITH else actions.NoteConcern(Concern(names[0]), facts)


def _parse_note(rest: str) -> Action:
    return actions.BeginNote(rest if rest.strip() else None)


def _parse_help(rest: str) -> Action:
    topic = rest.strip().lstrip("/").lower()
    return Show(Overview.HELP, topic)


def _parse_end(rest: str) -> Action:
    return actions.End(rest if rest.strip() else None)


def _parse_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


_COMMANDS: Final[dict[str, Callable[[str], Action]]] = {
    "next": _command_without_words(SimpleAction.NEXT),
    "back": _command_without_words(SimpleAction.BACK),
    "stage": _parse_stage,
    **{stage.value: _command_without_words(actions.GoToStage(stage)) for stage in Stage},
    "prompts": _command_without_words(Show(Overview.PROMPTS)),
    "use": _parse_use,
    "checks": _command_without_words(Show(Overview.CHECKS)),
    **{ruler.value: _ruler_command(ruler) for ruler in Ruler},
    "focus": _entry_command(Kind.FOCUS),
    "agenda": _entry_command(Kind.AGENDA),
    "value": _entry_command(Kind.VALUE),
    "trigger": _entry_command(Kind.TRIGGER),
    "goal": _parse_goal,
    "reason": _goal_part_command("reasons"),
    "step": _goal_part_command("steps"),
    "support": _goal_part_command("supports"),
    "barrier": _goal_part_command("barriers"),
    "sign": _goal_part_command("signs"),
    "otherwise": _goal_part_command("if_not_working"),
    "review": _parse_review,
    "progress": _goal_part_command("progress"),
    "share": _parse_share,
    "mark": _parse_mark,
    "recap": _command_without_words(Show(Overview.RECAP)),
    "undo": _command_without_words(SimpleAction.UNDO),
    "edit": _parse_edit,
    "entries": _command_without_words(Show(Overview.ENTRIES)),
    "note": _parse_note,
    "safety": _parse_safety,
    "hide": _command_without_words(SimpleAction.HIDE),
    "pause": _command_without_words(SimpleAction.PAUSE),
    "end": _parse_end,
    "help": _parse_help,
}
