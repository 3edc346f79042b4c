"""`mi unlock` and `mi lock`: a working hour needs one passphrase, and not one for each command."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Final

import typer

from mi_cli.cli import unlocked
from mi_cli.cli.context import Context
from mi_cli.cli.options import command_group
from mi_cli.cli.unlock import opened, require_protected
from mi_cli.errors import WrongUsage
from mi_cli.records.event_type import EventType
from mi_cli.store.keys.keyfile import KeyFile
from mi_cli.store.keys.unlocked import LONGEST
from mi_cli.terminal.page import Line
from mi_cli.words.days import time_in_words
from mi_cli.words.protection import protection_words

_TIME: Final = re.compile(r"(?:([0-9]{1,3})\s*h)?\s*(?:([0-9]{1,4})\s*m(?:in)?)?")

app = command_group()


@app.command()
def unlock(
    ctx: typer.Context,
    time: Annotated[str, typer.Option("--for", metavar="TIME", help="How long: 30m, 1h … at most 8h.")] = "1h",
) -> None:
    """Open a protected store for a while. Until then no command asks for the passphrase."""
    context: Context = ctx.obj
    words = protection_words(context.language)
    length = _time(context, time)
    require_protected(context)
    unlocked.require_place(context.language)
    file = KeyFile.read(context.root)
    passphrase, keys = opened(context, file)
    context = replace(context, made_keys=keys)
    context.name_doubts(keys)
    until, keyring = unlocked.keep(context.root, file.wrapping_keys(passphrase), length, context.language)
    keys.newly_opened = False  # the event says it
    context.store.log_event(EventType.UNLOCKED)
    lines = [words.unlocked.format(until=time_in_words(until, context.language))]
    lines += [words.unlocked_weaker.format(keyring=words.keyrings[keyring])] if keyring else []
    context.screen.show([Line(line) for line in lines])


@app.command()
def lock(ctx: typer.Context) -> None:
    """Lock the store again, before the time is over."""
    context: Context = ctx.obj
    words = protection_words(context.language)
    require_protected(context)
    context.screen.show([Line(words.locked if unlocked.forget(context.root) else words.was_locked)])


def _time(context: Context, typed: str) -> timedelta:
    """Returns how long. Raises WrongUsage for what is no time, or more than the longest."""
    words = protection_words(context.language)
    match = _TIME.fullmatch(typed.strip().lower())
    hours, minutes = (int(part or 0) for part in match.groups()) if match else (0, 0)
    length = timedelta(hours=hours, minutes=minutes)
    if not timedelta() < length <= LONGEST:
        raise WrongUsage(words.no_such_time, words.time_examples)
    return length
