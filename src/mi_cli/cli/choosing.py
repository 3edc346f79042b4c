"""Whose, or which interview: at a terminal the latest are offered where a command needs one and none is named."""

from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from mi_cli.cli.context import Context
from mi_cli.cli.interruption import Interrupted
from mi_cli.errors import Damaged, Failed
from mi_cli.records.dates import day_and_time
from mi_cli.store.records.catalog import Catalog
from mi_cli.terminal.page import Line
from mi_cli.words.commands import command_words

_SHOWN: Final = 9


class _Choice(NamedTuple):
    name: str
    shown: str


def choose_client(context: Context) -> str:
    """Returns the code of a client that a person chooses. Raises Interrupted, and Failed where there is none."""
    catalog, words = context.catalog, command_words(context.language)
    codes = catalog.code_of(damaged=[])
    seen = dict.fromkeys(ref.client for ref in catalog.iter_newest("sessions", damaged=[]))
    newest = [client for client in seen if client in codes] + [client for client in codes if client not in seen]
    choices = [_Choice(codes[client], codes[client]) for client in newest]
    return _chosen(context, choices, words.which_client, words.no_clients)


def choose_session(context: Context) -> str:
    """Returns the id of an interview that a person chooses. Raises as `choose_client`."""
    catalog, words = context.catalog, command_words(context.language)
    return _chosen(context, _sessions(catalog), words.which_interview, words.no_interviews)


def _sessions(catalog: Catalog) -> list[_Choice]:
    codes = catalog.code_of(damaged=[])
    heads = (head for _, head in catalog.newest_heads(damaged=[]) if not isinstance(head, Damaged))
    return [
        _Choice(head.id, f"{day_and_time(head.started_at)}  {codes.get(head.client, head.client)}  {head.id}")
        for head in islice(heads, 200)
    ]


def _chosen(context: Context, choices: Sequence[_Choice], question: str, none: str) -> str:
    """Shows the first few and asks until one is chosen by its number; other text shows those that have it."""
    words = command_words(context.language)
    if not choices:
        raise Failed(none, words.start_first)
    found = list(choices)
    while True:
        shown = found[:_SHOWN]
        lines = [Line(choice.shown, lead=f" {number}  ") for number, choice in enumerate(shown, 1)]
        more = [Line(words.and_more.format(count=len(found) - _SHOWN))] if len(found) > _SHOWN else []
        context.screen.show([*lines, *more])
        answer = context.asker(context.language).text(question)
        if answer is None:
            raise Interrupted
        if not answer and len(shown) == 1:
            return shown[0].name
        if answer.isascii() and answer.isdecimal() and 1 <= int(answer) <= len(shown):
            return shown[int(answer) - 1].name
        exact = [choice for choice in choices if choice.name.casefold() == answer.casefold()]
        if exact:
            return exact[0].name
        found = [choice for choice in choices if answer.casefold() in choice.shown.casefold()]
        if not found:
            context.screen.show([Line(words.none_has_that)])
            found = list(choices)
