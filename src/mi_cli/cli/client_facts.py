"""`mi client facts`: what is known of a client, and one fact of it noted or changed.

A fact is asked for at the terminal (`mi_cli.terminal.facts_dialog`) or read from standard input (`-`). Words of a
client are never an argument: the command line names the fact, and a target by the start of its id.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import AsJson, Code, Encoding, single_command
from mi_cli.cli.surroundings import new_id, now
from mi_cli.errors import Failed, WrongUsage
from mi_cli.interview import client_facts
from mi_cli.interview.facts_editor import FactsEditor
from mi_cli.interview.likeness import Value, value_named
from mi_cli.records.change import ReversibleChange
from mi_cli.records.client_facts import Facts, Target
from mi_cli.records.terms import Direction, FactName, FactSource
from mi_cli.terminal.facts_dialog import FactsDialog, ask_fact
from mi_cli.terminal.facts_pages import facts_page
from mi_cli.terminal.page import BLANK, Line, Role
from mi_cli.terminal.system import without_echo
from mi_cli.words.clients import client_words
from mi_cli.words.commands import command_words
from mi_cli.words.facts import fact_words
from mi_cli.words.facts.model import FactWords
from mi_cli.words.typed_names import typed_names

app = single_command()


@app.command()
def facts(
    ctx: typer.Context,
    code: Code,
    name: Annotated[
        str | None,
        typer.Argument(
            help="Asks for that one: target, direction, medicines, mandate, safer-use, reach, appointment, limits, "
            "helped, collateral, off-limits, practice."
        ),
    ] = None,
    dash: Annotated[str | None, typer.Argument(metavar="[-]", help="- reads standard input instead of asking.")] = None,
    source: Annotated[FactSource | None, typer.Option(help="Who told it.")] = None,
    target: Annotated[str | None, typer.Option(help="A direction is of this target: the start of its id.")] = None,
    as_json: AsJson = False,
    _encoding: Encoding = None,
) -> None:
    """What is known of a client. With a name it asks for that one thing alone; nothing of it is passed on."""
    if name is None:
        _show_facts(ctx.obj, code, as_json=as_json)
    elif as_json:
        words = client_words(ctx.obj.language)
        raise WrongUsage(words.one_or_the_other, words.leave_one_out)
    else:
        _note_fact(ctx.obj, code, name, dash, source, target)


def _show_facts(context: Context, code: str, *, as_json: bool) -> None:
    """Shows what is known of a client. Raises Failed for a code that is not known, Damaged."""
    client_id = context.catalog.client_id(code)
    facts = context.store.client_facts(client_id)
    if as_json:
        output.show_json(json.loads(facts.to_bytes()))
        return
    words = _words(context, client_id)
    code = context.catalog.code_of()[client_id]
    hint = Line(words.ask_one.format(code=code, names=_shown(FactName, words)), Role.DIM, " ")
    context.screen.show([*facts_page(facts, words), BLANK, hint])


def _note_fact(
    context: Context, code: str, typed: str, dash: str | None, source: FactSource | None, target: str | None
) -> None:
    """Asks for the fact that was named, or reads it from standard input where `dash` is a -.

    `target` is the start of the id of the target that a direction is of. Raises WrongUsage, Failed, Damaged, InUse,
    SaveFailed; Interrupted on Ctrl-C, after which what was answered before is saved.
    """
    own_words = fact_words(context.language)  # what the counselor reads; the questions are in the client's language
    editor = FactsEditor(context.store, context.catalog.client_id(code), now, new_id)
    words = _words(context, editor.client)
    name = _named(typed, FactName, words, own_words)
    if name is None:
        raise WrongUsage(own_words.no_such_fact, own_words.they_are.format(names=_shown(FactName, own_words)))
    if dash is None:
        instead = command_words(context.language).give_dash
        context.require_terminal(instead)
        store = context.store
        store.require_saving(editor.client, store.locked_facts(editor.client))
        read = context.line_reader(instead, edited=True)
        asker = context.asker(_language(context, editor.client), read=read)
        with without_echo():
            ask_fact(FactsDialog(editor, context.screen, words, asker, code, source), name)
        return
    text = context.words(dash, "")
    before = editor.facts.known
    told: dict[str, Any] = {"source": source} if source else {}
    if name is FactName.DIRECTION:
        direction = _named(text, Direction, words, own_words)
        if direction is None and text.strip() != "-":
            raise WrongUsage(own_words.no_direction, own_words.one_of.format(names=_shown(Direction, own_words)))
        facts = _note_direction(editor, direction, target, told, own_words)
    elif text.strip() == "-":
        if name is FactName.TARGET:
            raise WrongUsage(own_words.target_stays, own_words.unchanged)
        facts = editor.change(lambda facts, _: client_facts.remove_fact(facts, name))
    else:
        facts = editor.change(lambda facts, at: client_facts.with_fact(facts, name, text, at, new_id, **told))
    field = {FactName.TARGET: "name", FactName.DIRECTION: "direction", FactName.MANDATE: "by"}.get(name)
    label = words.labels[field or client_facts.IN_WORDS[name]]
    said = words.unchanged if facts.known == before else words.removed if text.strip() == "-" else words.noted
    context.screen.show([Line(said.format(what=label))])


def _note_direction(
    editor: FactsEditor, direction: Direction | None, target: str | None, told: dict[str, Any], words: FactWords
) -> Facts:
    chosen = _target(editor.facts, target, words)

    def rule(facts: Facts, at: datetime) -> ReversibleChange:
        return client_facts.with_direction(facts, facts.target(chosen.id) or chosen, direction, at, **told)

    return editor.change(rule)


def _named(typed: str, values: type[Value], *languages: FactWords) -> Value | None:
    """Returns what was named in English, in the client's language or in the counselor's; null for anything else."""
    names = (value_named(typed, values, typed_names(words.language)) for words in languages)
    return next((name for name in names if name), None)


def _shown(values: Iterable[StrEnum], words: FactWords) -> str:
    return ", ".join(map(typed_names(words.language).shown, values))


def _target(facts: Facts, name: str | None, words: FactWords) -> Target:
    """Returns the target whose id begins with `name`, else the only one. Raises Failed, WrongUsage."""
    if not facts.targets:
        raise Failed(words.nothing_noted, words.note_it)
    matching = [target for target in facts.targets if name is None or (name and target.id.startswith(name.lower()))]
    if len(matching) > 1:
        raise WrongUsage(words.several_targets, words.give_target)
    if not matching:
        raise Failed(words.no_such_target, words.targets_shown)
    return matching[0]


def _language(context: Context, client_id: str) -> str:
    return context.store.client(client_id).language or context.language


def _words(context: Context, client_id: str) -> FactWords:
    return fact_words(_language(context, client_id))
