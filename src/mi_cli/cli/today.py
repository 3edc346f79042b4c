"""`mi today`: what is due, the worst first, with the command that deals with each. `mi` alone: how much of it.

The rules are in `mi_cli.insight.due`. No large library is loaded (tests/cli/test_light.py), unless a client has no list
of places to look at: then it is written, once what is due has been shown.
"""

import sys
from collections import Counter
from datetime import datetime

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import AsJson, single_command
from mi_cli.cli.requirements import due_rules
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged, Locked, MiError
from mi_cli.insight.due import Due, due_of_store, due_with, worst_first
from mi_cli.records import dates
from mi_cli.records.matters import BACKUP_AGE, BackedUp, Matters
from mi_cli.records.terms import Protection
from mi_cli.records.text_keys import DueKind
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.log import Log
from mi_cli.store.records.matters import ClientReader, all_matters
from mi_cli.terminal.page import BLANK, Line, Role, command_lines
from mi_cli.terminal.typeable import typeable_command
from mi_cli.words.due import due_words
from mi_cli.words.due.model import DueWords
from mi_cli.words.told import in_one_line
from mi_cli.words.waiting import waiting_words

app = single_command()


@app.command()
def today(ctx: typer.Context, as_json: AsJson = False) -> None:
    """What is due, the worst first, with the command that deals with each."""
    context: Context = ctx.obj
    catalog, words = context.catalog, due_words(context.language)
    damaged: list[Damaged] = []
    codes = catalog.code_of(damaged)
    with context.waiting(waiting_words(context.language).records):
        matters = all_matters(catalog, damaged)
    output.show_list(
        _due(context, catalog, matters, now()),
        damaged,
        as_json=as_json,
        json_item=lambda due: as_json_item(due, codes),
        header=words.header,
        row=lambda due: _row(due, codes, words),
        empty=words.nothing,
    )
    sys.stdout.flush()
    if unlisted := [each.client for each in matters if not each.is_listed]:
        from mi_cli.store.records.where_open import write_missing

        write_missing(context.store, unlisted)


def first_page(context: Context) -> None:
    """Shows how much is due, in counts, and what one can do. It asks for no passphrase."""
    words = due_words(context.language)
    can = [("mi start J-014", words.begins), ("mi today", words.shows_all), ("mi help", words.asks_all)]
    store = Catalog(context.root)
    if not store.exists:
        page = [Line(words.no_store)]
        can[1] = ("mi demo", words.tries)
    else:
        try:
            if store.protection is not Protection.NONE and not _opens_without_asking(context):
                raise Locked(words.locked)
            counts = [Line(text, lead="   ") for text in counts_of(context, context.catalog)]
            page = [Line(words.due, Role.TITLE), *counts] if counts else [Line(words.nothing)]
        except Locked:
            page = [Line(words.locked)]
        except MiError as error:
            page = [Line(in_one_line(error, context.language), Role.WARN)]
    context.screen.show([*page, BLANK, *command_lines(can)])


def _opens_without_asking(context: Context) -> bool:
    """Whether a protected store opens by itself: it is unlocked, or a passphrase was set up. Raises Damaged."""
    from mi_cli.cli.unlocked import keys_for_a_while
    from mi_cli.store.keys.keyfile import KeyFile

    return context.expects_passphrase or keys_for_a_while(context.root, KeyFile.read(context.root)) is not None


def counts_of(context: Context, catalog: Catalog) -> list[str]:
    """Returns how much is due of each kind, the worst first; nothing of what is not due."""
    words = due_words(context.language)
    counts = Counter(due.kind for due in _due(context, catalog, all_matters(catalog, []), now()))
    return [words.counts[kind].format(n=counts[kind]) for kind in DueKind if counts[kind]]


def due_with_client(context: Context, catalog: Catalog, client: str) -> list[Due]:
    """Returns what is due with one client, the worst first."""
    return due_with(ClientReader(catalog, client, []).matters(), now(), due_rules(context))


def as_text(due: Due, code: str, words: DueWords) -> str:
    """Returns what is due, since when, and the command that deals with it, as one line."""
    since = f" ({_since(due.days, words)})" if due.on else ""
    return f"{_what(due, words)}{since}: `{due.command(code, words.file)}`"


def _due(context: Context, catalog: Catalog, matters: list[Matters], at: datetime) -> list[Due]:
    rules = due_rules(context)
    found = [due for each in matters for due in due_with(each, at, rules)]
    has_interviews = any(each.last_seen for each in matters)
    return worst_first([*found, *(due_of_store(_backed_up(catalog, at)) if has_interviews else [])])


def _backed_up(catalog: Catalog, at: datetime) -> BackedUp:
    """Whether a backup was made lately; a log that cannot be read does not tell, and others name it."""
    try:
        return Log(catalog.layout).backed_up(at - BACKUP_AGE)
    except OSError:
        return BackedUp.NOT_LATELY


def as_json_item(due: Due, codes: dict[str, str]) -> dict[str, object]:
    """Returns what is due as an object of `mi.list/1`."""
    return {
        "kind": due.kind,
        "client": codes.get(due.client or ""),
        "record": due.record,
        "number": due.number,
        "on": due.on and dates.day(due.on),
        "days": due.days,
        "command": due.command(_code(due, codes)),
    }


def _row(due: Due, codes: dict[str, str], words: DueWords) -> tuple[str, ...]:
    day = dates.day(due.on) if due.on else ""
    since = _since(due.days, words) if due.on else ""
    command = due.command(_code(due, codes), words.file)
    return _what(due, words), _code(due, codes), day, since, typeable_command(command)


def _what(due: Due, words: DueWords) -> str:
    return words.no_backup_yet if due.never else words.kinds[due.kind]


def _code(due: Due, codes: dict[str, str]) -> str:
    return codes.get(due.client, f"({due.client})") if due.client else ""


def _since(days: int, words: DueWords) -> str:
    match days:
        case 0:
            return words.today
        case 1:
            return words.one_day
        case -1:
            return words.in_one_day
        case _:
            return (words.days if days > 0 else words.in_days).format(n=abs(days))
