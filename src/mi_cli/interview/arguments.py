"""The arguments of the commands: what stands after a command's name becomes an action.

Each command has a parser of its arguments (`commands` has the table). It takes them as they were typed, without the one
blank after the name, and is pure and total: what cannot be meant is `Rejected`, with an example and never with what was
typed. Numbers and names are read in their likeness (`likeness`); words are cut from what was typed, and kept as they
are. The dialogs take the same answers as the commands, so they read them here too.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from mi_cli.interview import actions
from mi_cli.interview.actions import Action, Overview, Rejected, Show, SimpleAction
from mi_cli.interview.likeness import (
    begin,
    first_word,
    folded,
    likeness,
    parse_number,
    starting_with,
    trimmed,
    value_named,
)
from mi_cli.interview.marks import STAR, parse_marked
from mi_cli.records.dates import day_or_days
from mi_cli.records.terms import Concern, FactName, Kind, Ruler, Stage, StepStatus
from mi_cli.records.text_keys import Problem
from mi_cli.words.typed_names import TypedNames, typed_names

_TARGET: Final = re.compile(r"\s*@(?P<name>.*?)(?:\s+(?P<rest>\d+(?:\s.*)?))?\s*", re.DOTALL)
_DEALT_WITH: Final = "done"
_ENTRY: Final = "entry"  # of `/undo entry 7`
_SAID: Final = "said"  # of `/mark 7 said`
_HASH_NUMBER: Final = re.compile(r"#([0-9]{1,5})")
# Where the words of a part of a goal are split; the blank after it is taken too.
_SEPARATORS: Final = {
    "steps": re.compile(" @(?= )"),
    "supports": re.compile(":(?= )"),
    "barriers": re.compile(" (?:->|→)(?= )"),
}


def command_without_words(action: Action) -> Callable[[str], Action]:
    """Returns the parser of a command that takes no words."""

    def parse_rest(rest: str) -> Action:
        return Rejected(Problem.NEEDS_NOTHING) if rest.strip() else action

    return parse_rest


def entry_command(kind: Kind) -> Callable[[str], Action]:
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
    found = list(separator.finditer(likeness(words)))
    if not found:
        return actions.AddGoalPart(field, (words, None))
    split = found[-1] if field == "steps" else found[0]
    return actions.AddGoalPart(field, (words[: split.start()], words[split.end() + 1 :]))


def goal_part_command(field: str, *, from_entries: bool = False) -> Callable[[str], Action]:
    """Returns the parser of a command that adds an item to a list of the goal; `from_entries`: a number is an entry.

    `#2` before the words is the second goal.
    """

    def parse_rest(rest: str) -> Action:
        goal, words = _number_and_words(rest)
        if from_entries and (number := parse_number(trimmed(words))) is not None:
            return actions.AddGoalPartFromEntry(field, number, goal)
        return replace(goal_part(field, words), goal=goal) if words.strip() else Rejected(Problem.NEEDS_WORDS)

    return parse_rest


def _number_and_words(rest: str) -> tuple[int | None, str]:
    """Returns the number in `#2 words`, or null, and the words after it as they stand, which may be blank."""
    word, words = first_word(rest)
    number = _HASH_NUMBER.fullmatch(word)
    return (int(number[1]), words) if number else (None, rest)


def settle_command(status: StepStatus) -> Callable[[str], Action]:
    """Returns the parser of a command that says what became of a step."""

    def parse_rest(rest: str) -> Action:
        number, words = _number_and_words(rest)
        if parse_number(words.strip()) is not None:  # a bare number is an entry, and no outcome is one
            return Rejected(Problem.NEEDS_STEP)
        return actions.SettleStep(status, number, words if words.strip() else None)

    return parse_rest


def parse_replace(rest: str) -> Action:
    """`/replace #2 words`: another step in the place of one."""
    number, words = _number_and_words(rest)
    if not words.strip():
        return Rejected(Problem.NEEDS_WORDS)
    if parse_number(words.strip()) is not None:
        return Rejected(Problem.NEEDS_STEP)
    return replace_step_line(number, words)


def replace_step_line(number: int | None, words: str) -> actions.ReplaceStep:
    """Returns the action that puts a step with these words in the place of another: `what @ when`, or what alone."""
    first, second = (*goal_part("steps", words).parts, None)[:2]
    return actions.ReplaceStep(number, first or "", second)


def parse_stage(rest: str, names: TypedNames) -> Action:
    """`/stage`: all stages, or the one that the start of a name means."""
    if not rest.strip():
        return Show(Overview.STAGES)
    stage = value_named(rest, Stage, names)
    return actions.GoToStage(stage) if stage else Rejected(Problem.NO_SUCH_STAGE)


def ruler_command(ruler: Ruler) -> Callable[[str], Action]:
    """Returns the parser of a ruler: a reading, or without a number its question; either may name a target first."""

    def parse_rest(rest: str) -> Action:
        target = None
        if named := _TARGET.fullmatch(likeness(rest)):
            target = rest[slice(*named.span("name"))].strip()
            rest = rest[slice(*named.span("rest"))] if named["rest"] else ""
        if target == "":
            return Rejected(Problem.NOT_ON_THE_RULER, ruler.value)
        number, words = first_word(rest)
        if not number:
            return actions.AskRuler(ruler, target)
        reading = bare_reading(number, ruler, target)
        if isinstance(reading, Rejected) or not words.strip():
            return reading or Rejected(Problem.NOT_ON_THE_RULER, ruler.value)
        return replace(reading, words=words) if reading else Rejected(Problem.NOT_ON_THE_RULER, ruler.value)

    return parse_rest


def bare_reading(line: str, ruler: Ruler, target: str | None = None) -> actions.AddReading | Rejected | None:
    """Returns the reading that a line is which is a number and nothing else; null for any other line."""
    value = parse_number(trimmed(line[begin(line) :]))
    if value is None:
        return None
    if value > 10:
        return Rejected(Problem.NOT_ON_THE_RULER, ruler.value)
    return actions.AddReading(ruler, value, None, target)


def parse_goal(rest: str) -> Action:
    """`/goal`: all goals, one of them (`#2`), one made from an entry (`7`), or a new one in words."""
    text = trimmed(rest)
    if not text:
        return Show(Overview.GOALS)
    if text.startswith("#") and (number := parse_number(text[1:])) is not None:
        return actions.SelectGoal(number)
    if (number := parse_number(text)) is not None:
        return actions.AddGoalFromEntry(number)
    return actions.AddGoal(rest)


def parse_review(rest: str) -> Action:
    """`/review #2 day`: the day on which a goal is looked at again."""
    goal, when = _number_and_words(rest)
    on = day_or_days(likeness(when))
    return Rejected(Problem.NOT_A_DATE) if on is None else actions.ReviewOn(on, goal)


def parse_share(rest: str) -> Action:
    """`/share`: what could be passed on, or what is agreed to."""
    if not rest.strip():
        return Show(Overview.SHAREABLE)
    return share_numbers(rest) or Rejected(Problem.NEEDS_NUMBERS, "/share 7 8")


def share_numbers(text: str) -> actions.Share | None:
    """Returns what numbers such as `7 p1 f2 -8` agree to and take out, or None if the text is not a list of numbers.

    A number alone is an entry, one after `p` is a result (a progress line or an outcome), one after `f` is a client
    fact. A minus takes it out again.
    """
    # For entries (""), results ("p") and client facts ("f"): each number, and whether it had a minus.
    named: dict[str, dict[int, bool]] = {"": {}, "p": {}, "f": {}}
    for word in likeness(text).replace(",", " ").lower().split():
        which = word.removeprefix("-")
        letter = which[:1] if which[:1] in named else ""
        number = parse_number(which.removeprefix(letter))
        if number is None:
            return None
        named[letter][number] = named[letter].get(number, False) or word.startswith("-")
    if not any(named.values()):
        return None
    entries, results, facts = (_split_by_minus(numbers) for numbers in named.values())
    return actions.Share(*entries, *results, *facts)


def _split_by_minus(numbers: Mapping[int, bool]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Returns the numbers without a minus, and those with one."""
    return tuple(n for n, out in numbers.items() if not out), tuple(n for n, out in numbers.items() if out)


def parse_star(rest: str) -> Action:
    """`/star`: a star for the latest entry or for entry 7; `-7` takes it off."""
    text = trimmed(rest)
    if not text:
        return actions.Star()
    number = parse_number(text.removeprefix("-"))
    return Rejected(Problem.NEEDS_NUMBERS, "/star 7") if number is None else actions.Star(number, text[0] != "-")


def parse_mark(rest: str, names: TypedNames) -> Action:
    """`/mark 7 +d`: another kind and type for an entry."""
    number, mark = first_word(rest)
    return parse_entry_type(number, mark, names)


def parse_entry_type(number: str, mark: str, names: TypedNames | None = None) -> Action:
    """Returns the action that gives entry `number` the kind and type of `mark`: `+`, `+d`, `=`, `>r`, `said`."""
    entry_number, mark = parse_number(trimmed(number)), trimmed(mark)
    if entry_number is None:
        return Rejected(Problem.NEEDS_NUMBERS, "/mark 9 +d")
    if mark == STAR:
        return actions.Star(entry_number)
    if mark and folded(mark) in (_SAID, names.said if names else ""):
        return actions.SetEntryType(entry_number, Kind.SAID, None)
    marked = parse_marked(f"{mark} .", names or typed_names(None)) if " " not in mark else None
    if not isinstance(marked, actions.AddEntry):
        return Rejected(Problem.NEEDS_TYPE)
    return actions.SetEntryType(entry_number, marked.kind, marked.talk, marked.act)


def parse_undo(rest: str, names: TypedNames) -> Action:
    """`/undo`: the last turn, or `entry 7`."""
    words = likeness(rest).split()
    if not words:
        return SimpleAction.UNDO
    number = parse_number(words[-1])
    named = len(words) == 2 and folded(words[0]) in {_ENTRY, names.entry}
    if named and number:
        return actions.UndoEntry(number)
    return Rejected(Problem.UNDO_ONE, str(number or 7))


def parse_lapse(rest: str) -> Action:
    """`/lapse`: that there was one, with or without words."""
    return actions.AddEntry(Kind.LAPSE, rest if rest.strip() else None)


def parse_mandated(rest: str) -> Action:
    """`/mandated`: that somebody has sent the client, with or without words on who."""
    return actions.SetMandate(rest if rest.strip() else None)


def parse_fact(rest: str, names: TypedNames) -> Action:
    """`/fact name words`: a client fact."""
    typed, words = first_word(rest)
    name = value_named(typed, FactName, names)
    if name is None:
        return Rejected(Problem.NO_SUCH_FACT)
    return actions.SetFact(name, words) if words.strip() else Rejected(Problem.NEEDS_WORDS)


def parse_edit(rest: str) -> Action:
    """`/edit 7 words`: other words for an entry."""
    number, words = first_word(rest)
    entry_number = parse_number(number)
    if entry_number is None:
        return Rejected(Problem.NEEDS_NUMBERS, "/edit 12 …")
    return actions.EditEntry(entry_number, words) if words.strip() else Rejected(Problem.NEEDS_WORDS)


def parse_use(rest: str) -> Action:
    """`/use 3`: a prompt from the list."""
    number = parse_number(trimmed(rest))
    return actions.UsePrompt(number) if number is not None else Rejected(Problem.NEEDS_NUMBERS, "/use 3")


def parse_safety(rest: str, names: TypedNames) -> Action:
    """Parses nothing (show the card), a concern or `done`, with the facts of what was done."""
    name, words = first_word(rest)
    if not name:
        return Show(Overview.SAFETY)
    facts = words if words.strip() else None
    if starting_with(folded(name), (_DEALT_WITH,)):  # before driving: d has always been done
        return actions.CloseConcerns(facts)
    if concern := value_named(name, Concern, names):
        return actions.NoteConcern(concern, facts)
    if starting_with(folded(name), names.dealt_with):
        return actions.CloseConcerns(facts)
    return Rejected(Problem.NO_SUCH_CONCERN)


def parse_note(rest: str) -> Action:
    """`/note`: an entry of several lines, with or without its first."""
    return actions.BeginNote(rest if rest.strip() else None)


def parse_help(rest: str) -> Action:
    """`/help`: the grammar, or one command or mark."""
    topic = trimmed(rest).lstrip("/").lower()
    return Show(Overview.HELP, topic)


def parse_end(rest: str) -> Action:
    """`/end`: the end of the interview, with or without a last sentence."""
    return actions.End(rest if rest.strip() else None)
