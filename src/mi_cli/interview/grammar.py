"""The grammar of the lines that are typed in an interview: a line becomes an action. Pure and total: every line parses.

The rules, in this order:

1. An empty or blank line moves on.
2. A line that begins with `/` is a command; an unambiguous start of its name is enough (`_COMMANDS`).
3. A backslash at the beginning makes the rest plain words.
4. A mark (`MARKS`) at the beginning, alone or followed by a blank, makes an entry of its kind. `+` and `-` take a
   DARN-CAT type directly after them (`+d`), `>` takes what the counselor did (`>r`). `*` alone stars an entry. A mark
   that anything else follows is part of the words ("-ish").
5. Anything else is what the client said. If it looks like a mark or a command, the action says so (`LookAlike`).

Keyboards and word processors put other signs in the place of those of ASCII. So the grammar does not read the line
itself but its likeness (`likeness`): the same number of characters, in which each kind of blank is a space, and each
dash and each full-width sign is its sign of ASCII. Blanks before a mark or a slash are passed over, and invisible signs
before it and in it. Long dashes, such as U+2014, are left as they are: in Spanish and other languages dialogue begins
with them.

What follows a mark or a command is cut from the line itself, and kept exactly as it was typed. Lines of an open note do
not come here, and neither does a bare number while a ruler's number is asked for (`interview.lines`).

A name (of a command, of a DARN-CAT type) is understood in this order, so that a name keeps its meaning when others are
added: a whole English name; a whole name in the language of the interview (`words.typed_names`); the start of a single
command of 0.1.0; the start of a single English name; the start of the names of a single command in either language.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from mi_cli.interview import actions
from mi_cli.interview.actions import Action, Overview, Rejected, Show, SimpleAction
from mi_cli.interview.client_facts import fact_name_from
from mi_cli.records.dates import day_or_days
from mi_cli.records.terms import Act, Concern, Kind, Ruler, Stage, StepStatus, Talk
from mi_cli.records.text_keys import LookAlike, Problem
from mi_cli.words.typed_names import TypedNames, typed_names

MARKS: Final = {
    "+": Kind.CHANGE,
    "-": Kind.SUSTAIN,
    "=": Kind.OBSERVATION,
    "!": Kind.STRENGTH,
    "?": Kind.PARKED,
    "~": Kind.DISCORD,
    "+-": Kind.AMBIVALENCE,
    ">": Kind.MINE,
}
STAR: Final = "*"
ESCAPE: Final = "\\"
ALL_MARKS: Final = (*MARKS, STAR, ESCAPE)  # everything that means something at the beginning of a line, but a slash
TALLIED: Final = frozenset({Kind.CHANGE, Kind.SUSTAIN, Kind.AMBIVALENCE, Kind.DISCORD, Kind.MINE})
_TYPED: Final = frozenset("+-")
# What the counselor did, after `>`; a capital letter there is the word "I", or "A".
ACTS: Final = dict(
    zip("raqis", (Act.REFLECTION, Act.AFFIRMATION, Act.QUESTION, Act.INFORMATION, Act.SUMMARY), strict=True)
)
_TYPE_LETTERS: Final = {"a": Talk.ABILITY}  # also a start of "activation", which is `ac`
# The shortest start of each type's name that `talk_named` takes.
TYPE_STARTS: Final = dict(zip(("d", "a", "r", "n", "c", "ac", "t"), Talk, strict=True))
_WORD: Final = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")  # letters, with accents in either form of Unicode
_BLANKS: Final = (
    "\t\N{NO-BREAK SPACE}\N{OGHAM SPACE MARK}\u2000-\u200a\u202f\u205f\N{IDEOGRAPHIC SPACE}"  # and the space
)
_DASHES: Final = "\u2010\u2011\u2012\u2013\N{MINUS SIGN}\N{SMALL HYPHEN-MINUS}"
_LONG_DASHES: Final = "\N{EM DASH}\N{HORIZONTAL BAR}\N{TWO-EM DASH}\N{THREE-EM DASH}\N{SMALL EM DASH}"
_FULL_WIDTH: Final = 0xFEE0  # how far a full-width sign, U+FF01 to U+FF5E, stands from its sign of ASCII
_UNLIKE: Final = re.compile(f"[{_BLANKS}{_DASHES}\uff01-\uff5e]")
_TARGET: Final = re.compile(r"\s*@(?P<name>.*?)(?:\s+(?P<rest>\d+(?:\s.*)?))?\s*", re.DOTALL)
_LEAVING: Final = frozenset({"quit", "exit", ":q", ":q!", ":wq", "bye", "salir"})
_SLIP: Final = 4  # so many letters a mistyped name has at least; "/she said" is no slip
Name = TypeVar("Name", bound=str)
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


def parse(line: str, language: str = "en") -> Action:
    """Returns the action that the line means in an interview in that language.

    The line has no line end; its words are not trimmed.
    """
    names = typed_names(language)
    if not line or line.isspace():
        return SimpleAction.MOVE_ON
    begun = line[_begin(line) :]
    sign = likeness(begun[:1])
    if sign == ESCAPE and len(begun) > 1:
        return actions.Say(begun[1:])
    begun = _without_invisible(begun)
    if sign == "/":
        return _parse_command(begun[1:], names)
    return _parse_marked(begun, names) or _say(line, begun, names)


def parse_pasted(text: str, language: str = "en") -> list[actions.AddEntry | actions.Star]:
    """Returns what the lines of a paste are, each by itself: entries of their marks, else what the client said.

    What is pasted commands nothing: a line with a slash is words, and none answers a question.
    """
    return [_pasted_line(line, language) for line in text.split("\n") if line and not line.isspace()]


def _pasted_line(line: str, language: str) -> actions.AddEntry | actions.Star:
    action = parse(line, language)
    if likeness(line[_begin(line) :][:1]) != "/" and isinstance(action, actions.AddEntry | actions.Star):
        return action
    return actions.AddEntry(Kind.SAID, action.words if isinstance(action, actions.Say) else line)


def likeness(text: str) -> str:
    """Returns the text as the grammar reads it, of the same length: blanks, dashes and full-width signs are ASCII."""
    return text if text.isascii() and "\t" not in text else _UNLIKE.sub(_ascii_sign, text)


def _ascii_sign(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in _DASHES:
        return "-"
    return chr(ord(sign) - _FULL_WIDTH) if "\uff01" <= sign <= "\uff5e" else " "


def _begin(line: str) -> int:
    """Returns where a line begins for the grammar: after blanks and invisible signs."""
    passed_over = (n for n, sign in enumerate(line) if not (sign.isspace() or _is_invisible(sign)))
    return next(passed_over, 0)


def _without_invisible(begun: str) -> str:
    """Returns a line without the invisible signs of its first word, where a mark or the name of a command is."""
    first, _, _ = likeness(begun).partition(" ")
    if first.isascii():
        return begun
    return "".join(sign for sign in begun[: len(first)] if not _is_invisible(sign)) + begun[len(first) :]


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf"


def _words(text: str) -> str:
    """Returns a text as a list of numbers or names is read: its likeness, without blanks at its ends."""
    return likeness(text).strip()


def _first_word(text: str) -> tuple[str, str]:
    """Returns the likeness of the first word of a text, and what stands after the one blank that ends it, as typed."""
    rest = text.lstrip()
    word, _, _ = likeness(rest).partition(" ")
    return word, rest[len(word) + 1 :]


def talk_named(name: str, names: TypedNames | None = None) -> Talk | None:
    """Returns the DARN-CAT type that `name` is an unambiguous start of, in any case; null if there is none.

    `names` are those of the language of the interview, besides the English ones.
    """
    folded = _folded(name)
    local = {_folded(typed): talk for typed, talk in names.types.items()} if names else {}
    if folded in _TYPE_LETTERS:
        return _TYPE_LETTERS[folded]
    if folded in local:
        return local[folded]
    types = _starting_with(folded, Talk) or [local[typed] for typed in _starting_with(folded, local)]
    return types[0] if len(types) == 1 else None


def commands() -> tuple[str, ...]:
    """Returns the English names of all commands, without the slash."""
    return tuple(_COMMANDS)


def _folded(name: str) -> str:
    """Returns a name as names are compared: without accents and capitals."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _parse_marked(line: str, names: TypedNames) -> Action | None:
    """Parses a line that begins with a mark. Returns null when the mark turns out to belong to the words."""
    seen = likeness(line)
    if seen[:2] in (STAR, f"{STAR} ") and not seen[1:].strip():
        return actions.Star()
    mark = next((mark for mark in ("+-", seen[:1]) if mark in MARKS and seen.startswith(mark)), None)
    if mark is None:
        return None
    kind, end, talk, act = MARKS[mark], len(mark), None, None
    if mark in _TYPED and (typed := _WORD.match(seen, end)):
        talk = talk_named(typed[0], names)
        if talk is None:
            return None
        end = typed.end()
    elif kind is Kind.MINE and seen[end : end + 1] in ACTS:
        act, end = ACTS[seen[end]], end + 1
    if seen[end : end + 1] not in ("", " "):
        return None
    other_dash = "-" in seen[:end] and "-" not in line[:end]
    words = line[end + 1 :]
    if words and not words.isspace():
        return actions.AddEntry(kind, words, talk, act, other_dash)
    if kind in TALLIED:
        return actions.AddEntry(kind, None, talk, act, other_dash)
    return Rejected(Problem.NEEDS_WORDS) if seen[end:] else None


def _say(line: str, begun: str, names: TypedNames) -> actions.Say:
    """Returns the line as words, and what they look like, if that is a mark or a command.

    `begun` is the line without what is passed over.
    """
    seen = likeness(begun)
    word = seen.strip()
    if word.casefold() in _LEAVING:
        return actions.Say(line, LookAlike.LEAVING)
    if _whole_name(word, names):
        known = (typed for typed in (*_COMMANDS, *names.commands) if _folded(typed) == _folded(word))
        return actions.Say(line, LookAlike.COMMAND, next(known))
    mark, rest = seen[:1], seen[1:]
    first, blank, _ = rest.partition(" ")
    if mark in _TYPED and _WORD.fullmatch(first):
        return actions.Say(line, LookAlike.TYPE)
    if mark == ">" and blank and len(first) == 1 and first.isalpha():
        return actions.Say(line, LookAlike.PART)
    if mark == STAR and blank and not first:
        return actions.Say(line, LookAlike.STAR)
    if mark and mark in _LONG_DASHES and _parse_marked(f"-{rest}", names):
        return actions.Say(line, LookAlike.LONG_DASH)
    return actions.Say(line, LookAlike.MARK if mark in MARKS and not rest else None)


def _whole_name(word: str, names: TypedNames) -> str | None:
    """Returns the English name of the command that the whole word names, or null."""
    folded = _folded(word)
    if folded in _COMMANDS:
        return folded
    return next((command for typed, command in names.commands.items() if _folded(typed) == folded), None)


def _nearest(word: str, names: TypedNames) -> list[str]:
    """Returns the name of the command that a mistyped word is most like, if it is like one."""
    from difflib import get_close_matches  # only a slip of the fingers needs it

    if len(word) < _SLIP:
        return []
    known = {_folded(typed): typed for typed in (*_COMMANDS, *names.commands)}
    return [known[near] for near in get_close_matches(_folded(word), known, 1, 0.7)]


def _parse_command(text: str, names: TypedNames) -> Action:
    name = likeness(text).partition(" ")[0]
    rest = text[len(name) + 1 :]
    candidates = _candidates(name, names)
    if not candidates and name.casefold() in _LEAVING:
        return Rejected(Problem.LEAVING)
    if len(candidates) != 1:
        likely = list(candidates.values())[:4] or _nearest(name, names)
        return Rejected(Problem.NO_SUCH_COMMAND, ", ".join(f"/{typed}" for typed in likely))
    (command,) = candidates
    parser = _COMMANDS[command]
    return parser(rest, names) if command in _WITH_NAMES else parser(rest)


def command_named(name: str, language: str = "en") -> list[str]:
    """Returns the commands, in English, that `name` may mean in an interview in that language, as the head says."""
    return list(_candidates(name, typed_names(language)))


def command_names(command: str, language: str) -> list[str]:
    """Returns the names that a command has in that language besides the English one."""
    return [typed for typed, meant in typed_names(language).commands.items() if meant == command]


def _candidates(name: str, names: TypedNames) -> dict[str, str]:
    """Returns the commands that `name` may mean, each with the name of it that was begun."""
    whole = _whole_name(name, names)
    if whole:
        return {whole: whole}
    start = _folded(name)
    for known in (_FIRST_COMMANDS, tuple(_COMMANDS)):
        if len(found := _starting_with(start, known)) == 1:
            return {found[0]: found[0]}
    candidates = {command: command for command in _starting_with(start, _COMMANDS)}
    for typed, command in names.commands.items():
        if start and _folded(typed).startswith(start):
            candidates.setdefault(command, typed)
    return candidates


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
    found = list(separator.finditer(likeness(words)))
    if not found:
        return actions.AddGoalPart(field, (words, None))
    split = found[-1] if field == "steps" else found[0]
    return actions.AddGoalPart(field, (words[: split.start()], words[split.end() + 1 :]))


def _goal_part_command(field: str, *, from_entries: bool = False) -> Callable[[str], Action]:
    """Returns the parser of a command that adds an item to a list of the goal; `from_entries`: a number is an entry.

    `#2` before the words is the second goal.
    """

    def parse_rest(rest: str) -> Action:
        goal, words = _number_and_words(rest)
        if from_entries and (number := _parse_number(_words(words))) is not None:
            return actions.AddGoalPartFromEntry(field, number, goal)
        return replace(goal_part(field, words), goal=goal) if words.strip() else Rejected(Problem.NEEDS_WORDS)

    return parse_rest


def _number_and_words(rest: str) -> tuple[int | None, str]:
    """Returns the number in `#2 words`, or null, and the words after it as they stand, which may be blank."""
    word, words = _first_word(rest)
    number = _HASH_NUMBER.fullmatch(word)
    return (int(number[1]), words) if number else (None, rest)


def _settle_command(status: StepStatus) -> Callable[[str], Action]:
    """Returns the parser of a command that says what became of a step."""

    def parse_rest(rest: str) -> Action:
        number, words = _number_and_words(rest)
        if _parse_number(words.strip()) is not None:  # a bare number is an entry, and no outcome is one
            return Rejected(Problem.NEEDS_STEP)
        return actions.SettleStep(status, number, words if words.strip() else None)

    return parse_rest


def _parse_replace(rest: str) -> Action:
    number, words = _number_and_words(rest)
    if not words.strip():
        return Rejected(Problem.NEEDS_WORDS)
    if _parse_number(words.strip()) is not None:
        return Rejected(Problem.NEEDS_STEP)
    return replace_step_line(number, words)


def replace_step_line(number: int | None, words: str) -> actions.ReplaceStep:
    """Returns the action that puts a step with these words in the place of another: `what @ when`, or what alone."""
    first, second = (*goal_part("steps", words).parts, None)[:2]
    return actions.ReplaceStep(number, first or "", second)


def _parse_stage(rest: str, names: TypedNames) -> Action:
    start = _folded(rest.strip())
    if not start:
        return Show(Overview.STAGES)
    stages = set(_starting_with(start, Stage))
    stages = stages or {stage for typed, stage in names.stages.items() if _folded(typed).startswith(start)}
    return actions.GoToStage(*stages) if len(stages) == 1 else Rejected(Problem.NO_SUCH_STAGE)


def _ruler_command(ruler: Ruler) -> Callable[[str], Action]:
    """Returns the parser of a ruler: a reading, or without a number its question; either may name a target first."""

    def parse_rest(rest: str) -> Action:
        target = None
        if named := _TARGET.fullmatch(likeness(rest)):
            target = rest[slice(*named.span("name"))].strip()
            rest = rest[slice(*named.span("rest"))] if named["rest"] else ""
        if target == "":
            return Rejected(Problem.NOT_ON_THE_RULER, ruler.value)
        number, words = _first_word(rest)
        if not number:
            return actions.AskRuler(ruler, target)
        reading = bare_reading(number, ruler, target)
        if isinstance(reading, Rejected) or not words.strip():
            return reading or Rejected(Problem.NOT_ON_THE_RULER, ruler.value)
        return replace(reading, words=words) if reading else Rejected(Problem.NOT_ON_THE_RULER, ruler.value)

    return parse_rest


def bare_reading(line: str, ruler: Ruler, target: str | None = None) -> actions.AddReading | Rejected | None:
    """Returns the reading that a line is which is a number and nothing else; null for any other line."""
    value = _parse_number(_words(line[_begin(line) :]))
    if value is None:
        return None
    if value > 10:
        return Rejected(Problem.NOT_ON_THE_RULER, ruler.value)
    return actions.AddReading(ruler, value, None, target)


def _parse_goal(rest: str) -> Action:
    text = _words(rest)
    if not text:
        return Show(Overview.GOALS)
    if text.startswith("#") and (number := _parse_number(text[1:])) is not None:
        return actions.SelectGoal(number)
    if (number := _parse_number(text)) is not None:
        return actions.AddGoalFromEntry(number)
    return actions.AddGoal(rest)


def _parse_review(rest: str) -> Action:
    goal, when = _number_and_words(rest)
    on = day_or_days(likeness(when))
    return Rejected(Problem.NOT_A_DATE) if on is None else actions.ReviewOn(on, goal)


def _parse_share(rest: str) -> Action:
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
        number = _parse_number(which.removeprefix(letter))
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


def _parse_star(rest: str) -> Action:
    text = _words(rest)
    if not text:
        return actions.Star()
    number = _parse_number(text.removeprefix("-"))
    return Rejected(Problem.NEEDS_NUMBERS, "/star 7") if number is None else actions.Star(number, text[0] != "-")


def _parse_mark(rest: str, names: TypedNames) -> Action:
    number, mark = _first_word(rest)
    return parse_entry_type(number, mark, names)


def parse_entry_type(number: str, mark: str, names: TypedNames | None = None) -> Action:
    """Returns the action that gives entry `number` the kind and type of `mark`: `+`, `+d`, `=`, `>r`, `said`."""
    entry_number, mark = _parse_number(_words(number)), _words(mark)
    if entry_number is None:
        return Rejected(Problem.NEEDS_NUMBERS, "/mark 9 +d")
    if mark == STAR:
        return actions.Star(entry_number)
    if mark and _folded(mark) in (_SAID, names.said if names else ""):
        return actions.SetEntryType(entry_number, Kind.SAID, None)
    marked = _parse_marked(f"{mark} .", names or typed_names(None)) if " " not in mark else None
    if not isinstance(marked, actions.AddEntry):
        return Rejected(Problem.NEEDS_TYPE)
    return actions.SetEntryType(entry_number, marked.kind, marked.talk, marked.act)


def _parse_undo(rest: str, names: TypedNames) -> Action:
    words = likeness(rest).split()
    if not words:
        return SimpleAction.UNDO
    number = _parse_number(words[-1])
    named = len(words) == 2 and _folded(words[0]) in {_ENTRY, names.entry}
    if named and number:
        return actions.UndoEntry(number)
    return Rejected(Problem.UNDO_ONE, str(number or 7))


def _parse_lapse(rest: str) -> Action:
    return actions.AddEntry(Kind.LAPSE, rest if rest.strip() else None)


def _parse_mandated(rest: str) -> Action:
    return actions.SetMandate(rest if rest.strip() else None)


def _parse_fact(rest: str, names: TypedNames) -> Action:
    typed, words = _first_word(rest)
    local = {fact for name, fact in names.facts.items() if typed and _folded(name).startswith(_folded(typed))}
    name = fact_name_from(typed) or (local.pop() if len(local) == 1 else None)
    if name is None:
        return Rejected(Problem.NO_SUCH_FACT)
    return actions.SetFact(name, words) if words.strip() else Rejected(Problem.NEEDS_WORDS)


def _parse_edit(rest: str) -> Action:
    number, words = _first_word(rest)
    entry_number = _parse_number(number)
    if entry_number is None:
        return Rejected(Problem.NEEDS_NUMBERS, "/edit 12 …")
    return actions.EditEntry(entry_number, words) if words.strip() else Rejected(Problem.NEEDS_WORDS)


def _parse_use(rest: str) -> Action:
    number = _parse_number(_words(rest))
    return actions.UsePrompt(number) if number is not None else Rejected(Problem.NEEDS_NUMBERS, "/use 3")


def _parse_safety(rest: str) -> Action:
    """Parses nothing (show the card), a concern or `done`, with the facts of what was done."""
    name, words = _first_word(rest)
    if not name:
        return Show(Overview.SAFETY)
    facts = words if words.strip() else None
    names = _starting_with(name.lower(), (_DEALT_WITH,))  # before driving: d has always been done
    names = names or _starting_with(name.lower(), Concern)
    if len(names) != 1:
        return Rejected(Problem.NO_SUCH_CONCERN)
    return actions.CloseConcerns(facts) if names[0] == _DEALT_WITH else actions.NoteConcern(Concern(names[0]), facts)


def _parse_note(rest: str) -> Action:
    return actions.BeginNote(rest if rest.strip() else None)


def _parse_help(rest: str) -> Action:
    topic = _words(rest).lstrip("/").lower()
    return Show(Overview.HELP, topic)


def _parse_end(rest: str) -> Action:
    return actions.End(rest if rest.strip() else None)


def _parse_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


_COMMANDS: Final[dict[str, Callable[..., Action]]] = {
    "next": _command_without_words(SimpleAction.NEXT),
    "back": _command_without_words(SimpleAction.BACK),
    "again": _command_without_words(SimpleAction.AGAIN),
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
    "lapse": _parse_lapse,
    "mandated": _parse_mandated,
    "fact": _parse_fact,
    "goal": _parse_goal,
    "reason": _goal_part_command("reasons", from_entries=True),
    "step": _goal_part_command("steps", from_entries=True),
    "done": _settle_command(StepStatus.DONE),
    "partly": _settle_command(StepStatus.PARTLY),
    "notdone": _settle_command(StepStatus.NOT_DONE),
    "replace": _parse_replace,
    "support": _goal_part_command("supports"),
    "barrier": _goal_part_command("barriers"),
    "sign": _goal_part_command("signs"),
    "otherwise": _goal_part_command("if_not_working"),
    "review": _parse_review,
    "progress": _goal_part_command("progress"),
    "share": _parse_share,
    "mark": _parse_mark,
    "star": _parse_star,
    "recap": _command_without_words(Show(Overview.RECAP)),
    "undo": _parse_undo,
    "edit": _parse_edit,
    "entries": _command_without_words(Show(Overview.ENTRIES)),
    "note": _parse_note,
    "safety": _parse_safety,
    "hide": _command_without_words(SimpleAction.HIDE),
    "pause": _command_without_words(SimpleAction.PAUSE),
    "end": _parse_end,
    "help": _parse_help,
}
# These parsers look at names of the language too.
_WITH_NAMES: Final = frozenset({"stage", "fact", "mark", "undo"})
# The commands of 0.1.0: what a start of one of them meant then it means still.
_LATER_COMMANDS: Final = frozenset(
    {"again", "lapse", "mandated", "fact", "star", "done", "partly", "notdone", "replace"}
)
_FIRST_COMMANDS: Final = tuple(name for name in _COMMANDS if name not in _LATER_COMMANDS)
