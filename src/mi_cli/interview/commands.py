"""The commands of an interview (`/word`): their names, and how the start of one is understood.

A name is understood in this order, so that it keeps its meaning when others are added: a whole English name; a whole
name in the language of the interview (`words.typed_names`); the start of a single command of 0.1.0; the start of a
single English name; the start of the names of a single command in either language. Where that is no single command, the
answer has the names that may have been meant, never what was typed.

What stands after the name is read by the parser that the table (`_COMMANDS`) has for the command (`arguments`).
"""

from collections.abc import Callable
from typing import Final

from mi_cli.interview import actions, arguments
from mi_cli.interview.actions import Action, Overview, Rejected, Show, SimpleAction
from mi_cli.interview.likeness import folded, likeness, starting_with
from mi_cli.records.terms import Kind, Ruler, Stage, StepStatus
from mi_cli.records.text_keys import Problem
from mi_cli.words.typed_names import TypedNames, typed_names

_COMMANDS: Final[dict[str, Callable[..., Action]]] = {
    "next": arguments.command_without_words(SimpleAction.NEXT),
    "back": arguments.command_without_words(SimpleAction.BACK),
    "again": arguments.command_without_words(SimpleAction.AGAIN),
    "stage": arguments.parse_stage,
    **{stage.value: arguments.command_without_words(actions.GoToStage(stage)) for stage in Stage},
    "prompts": arguments.command_without_words(Show(Overview.PROMPTS)),
    "use": arguments.parse_use,
    "checks": arguments.command_without_words(Show(Overview.CHECKS)),
    **{ruler.value: arguments.ruler_command(ruler) for ruler in Ruler},
    "focus": arguments.entry_command(Kind.FOCUS),
    "agenda": arguments.entry_command(Kind.AGENDA),
    "value": arguments.entry_command(Kind.VALUE),
    "trigger": arguments.entry_command(Kind.TRIGGER),
    "lapse": arguments.parse_lapse,
    "mandated": arguments.parse_mandated,
    "fact": arguments.parse_fact,
    "goal": arguments.parse_goal,
    "reason": arguments.goal_part_command("reasons", from_entries=True),
    "step": arguments.goal_part_command("steps", from_entries=True),
    "done": arguments.settle_command(StepStatus.DONE),
    "partly": arguments.settle_command(StepStatus.PARTLY),
    "notdone": arguments.settle_command(StepStatus.NOT_DONE),
    "replace": arguments.parse_replace,
    "support": arguments.goal_part_command("supports"),
    "barrier": arguments.goal_part_command("barriers"),
    "sign": arguments.goal_part_command("signs"),
    "otherwise": arguments.goal_part_command("if_not_working"),
    "review": arguments.parse_review,
    "progress": arguments.goal_part_command("progress"),
    "share": arguments.parse_share,
    "mark": arguments.parse_mark,
    "star": arguments.parse_star,
    "recap": arguments.command_without_words(Show(Overview.RECAP)),
    "undo": arguments.parse_undo,
    "edit": arguments.parse_edit,
    "entries": arguments.command_without_words(Show(Overview.ENTRIES)),
    "note": arguments.parse_note,
    "safety": arguments.parse_safety,
    "hide": arguments.command_without_words(SimpleAction.HIDE),
    "pause": arguments.command_without_words(SimpleAction.PAUSE),
    "end": arguments.parse_end,
    "help": arguments.parse_help,
}
# These parsers look at names of the language too.
_WITH_NAMES: Final = frozenset({"stage", "fact", "mark", "undo", "safety"})
# The commands of 0.1.0: what a start of one of them meant then it means still.
_LATER_COMMANDS: Final = frozenset(
    {"again", "lapse", "mandated", "fact", "star", "done", "partly", "notdone", "replace"}
)
_FIRST_COMMANDS: Final = tuple(name for name in _COMMANDS if name not in _LATER_COMMANDS)
_LEAVING: Final = frozenset({"quit", "exit", ":q", ":q!", ":wq", "bye", "salir"})
_SLIP: Final = 4  # so many letters a mistyped name has at least; "/she said" is no slip


def parse_command(text: str, names: TypedNames) -> Action:
    """Parses a command, without the slash before it."""
    name = likeness(text).partition(" ")[0]
    rest = text[len(name) + 1 :]
    candidates = _candidates(name, names)
    if not candidates and means_to_leave(name):
        return Rejected(Problem.LEAVING)
    if len(candidates) != 1:
        likely = list(candidates.values())[:4] or _nearest(name, names)
        return Rejected(Problem.NO_SUCH_COMMAND, ", ".join(f"/{typed}" for typed in likely))
    (command,) = candidates
    parser = _COMMANDS[command]
    return parser(rest, names) if command in _WITH_NAMES else parser(rest)


def commands() -> tuple[str, ...]:
    """Returns the English names of all commands, without the slash."""
    return tuple(_COMMANDS)


def command_named(name: str, language: str = "en") -> list[str]:
    """Returns the commands, in English, that `name` may mean in an interview in that language, as the head says."""
    return list(_candidates(name, typed_names(language)))


def command_names(command: str, language: str) -> list[str]:
    """Returns the names that a command has in that language besides the English one."""
    return [typed for typed, meant in typed_names(language).commands.items() if meant == command]


def whole_name(word: str, names: TypedNames) -> str | None:
    """Returns the name of a command, in either language, that the whole word is; null if it is none."""
    name = folded(word)
    return name if name in _COMMANDS else next((typed for typed in names.commands if folded(typed) == name), None)


def means_to_leave(word: str) -> bool:
    """Whether the word is one that ends other programs, and no command of this one."""
    return word.casefold() in _LEAVING


def _candidates(name: str, names: TypedNames) -> dict[str, str]:
    """Returns the commands that `name` may mean, each with the name of it that was begun."""
    if whole := whole_name(name, names):
        command = whole if whole in _COMMANDS else names.commands[whole]
        return {command: command}
    start = folded(name)
    for known in (_FIRST_COMMANDS, tuple(_COMMANDS)):
        if len(found := starting_with(start, known)) == 1:
            return {found[0]: found[0]}
    candidates = {command: command for command in starting_with(start, _COMMANDS)}
    for typed, command in names.commands.items():
        if start and folded(typed).startswith(start):
            candidates.setdefault(command, typed)
    return candidates


def _nearest(word: str, names: TypedNames) -> list[str]:
    """Returns the name of the command that a mistyped word is most like, if it is like one."""
    from difflib import get_close_matches  # only a slip of the fingers needs it

    if len(word) < _SLIP:
        return []
    known = {folded(typed): typed for typed in (*_COMMANDS, *names.commands)}
    return [known[near] for near in get_close_matches(folded(word), known, 1, 0.7)]
