"""`mi store aside`: what was set aside, listed and read."""

import json
from typing import Annotated, Any

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import AsJson, command_group
from mi_cli.errors import Damaged, Failed, WrongUsage
from mi_cli.records.dates import day_and_time
from mi_cli.store.upkeep.aside import AsideItem, content, items
from mi_cli.terminal.page import BLANK, Line, Role
from mi_cli.words.aside import aside_words
from mi_cli.words.aside.model import AsideWords

app = command_group("What was set aside: damaged, replaced, or copied.", runs_alone=True)


@app.callback(invoke_without_command=True)
def show_aside(ctx: typer.Context, as_json: AsJson = False) -> None:
    """What was set aside: damaged, replaced, or copied by another program. Nothing of it is deleted."""
    if ctx.invoked_subcommand is None:
        list_aside(ctx, as_json=as_json)


@app.command("list")
def list_aside(ctx: typer.Context, as_json: AsJson = False) -> None:
    """What was set aside, newest first."""
    context: Context = ctx.obj
    words = aside_words(context.language)
    damaged: list[Damaged] = []
    codes = context.store.catalog.code_of(damaged)
    output.show_list(
        items(context.store),
        damaged,
        as_json=as_json,
        json_item=lambda item: _as_json(item, codes),
        header=(words.when, words.client, words.name),
        row=lambda item: (_when(item), codes.get(item.client or "", item.client or ""), item.name),
        empty=words.nothing,
    )


@app.command()
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Its name, or a part of it that no other has.")],
    as_json: AsJson = False,
) -> None:
    """What is in it, also if the store is protected."""
    context: Context = ctx.obj
    words = aside_words(context.language)
    item = _named(items(context.store), name, words)
    text = content(context.store, item).decode("utf-8", "replace")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if as_json:
        codes = context.store.catalog.code_of(damaged=[])
        unread = {} if document is not None else {"text": text}
        output.show_json({"schema": "mi.aside/1", **_as_json(item, codes), "document": document, **unread})
        return
    said = _said(document)
    shown = said or (text if document is None else json.dumps(document, ensure_ascii=False, indent=1)).splitlines()
    title = words.title.format(when=_when(item), name=item.name)
    context.screen.show([Line(title, Role.TITLE, " "), BLANK, *(Line(line, lead=" ") for line in shown)])


def _as_json(item: AsideItem, codes: dict[str, str]) -> dict[str, Any]:
    at = item.at.isoformat() if item.at else None
    return {"name": item.name, "client": codes.get(item.client or "", item.client), "set_aside_at": at}


def _when(item: AsideItem) -> str:
    return day_and_time(item.at.astimezone()) if item.at else ""


def _named(found: list[AsideItem], name: str, words: AsideWords) -> AsideItem:
    """Returns the item meant. Raises Failed for none, WrongUsage for several."""
    meant = [item for item in found if item.name == name] or [item for item in found if name in item.name]
    if not meant:
        raise Failed(words.not_found, words.how_to_list)
    if len(meant) > 1:
        raise WrongUsage(words.several.format(count=len(meant)), words.name_more)
    return meant[0]


def _said(document: Any) -> list[str]:
    """Returns the words in notes, or in a half-typed line, a line for each; nothing for any other record."""
    if not isinstance(document, dict):
        return []
    if isinstance(line := document.get("line"), str):
        return line.splitlines()
    entries = document.get("entries")
    spoken = [entry.get("words") for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [line for words in spoken if isinstance(words, str) for line in words.splitlines()]
