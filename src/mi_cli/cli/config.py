"""`mi config`: the settings. All but the members of the program stand in the config file; those stand in the store."""

import sys
from typing import Annotated

import typer

from mi_cli.cli import settings
from mi_cli.cli.context import Context
from mi_cli.cli.first_use import first_use
from mi_cli.cli.language import language_here
from mi_cli.cli.members import name_members_in_config
from mi_cli.cli.options import AsJson, command_group
from mi_cli.cli.output import show_json, show_table
from mi_cli.errors import MiError
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.members import members, set_members
from mi_cli.terminal.streams import print_message
from mi_cli.words.lists import list_words
from mi_cli.words.settings import setting_words
from mi_cli.words.sharing import sharing_words
from mi_cli.words.told import told

app = command_group("The settings.", runs_alone=True)

Key = Annotated[str, typer.Argument(metavar="KEY")]


@app.callback(invoke_without_command=True)
def show_settings(ctx: typer.Context) -> None:
    """The settings."""
    if ctx.invoked_subcommand is None:
        list_settings(ctx)


@app.command("list")
def list_settings(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Every setting, its value, and what it is for."""
    context: Context = ctx.obj
    values = settings.read(settings.path())
    values.pop(settings.MEMBERS, None)
    try:
        values |= _members(context)
    except MiError as error:  # the other settings are shown all the same
        print_message(sharing_words(context.language).members_not_known.format(why=told(error, context.language)[0]))
    if as_json:
        show_json({key: values.get(key) for key in settings.KEYS})
        return
    about = setting_words(context.language).about
    show_table(
        list_words(context.language).settings,
        [(key, _written(values.get(key)), about[key]) for key in settings.KEYS],
    )


@app.command()
def get(ctx: typer.Context, key: Key) -> None:
    """The value of a setting."""
    settings.check_key(key, setting_words(ctx.obj.language))
    values = _members(ctx.obj) if key == settings.MEMBERS else settings.read(settings.path())
    sys.stdout.write(f"{_written(values.get(key))}\n")


@app.command("set")
def set_value(
    ctx: typer.Context, key: Key, value: Annotated[str, typer.Argument(help="A list has ; between its items.")]
) -> None:
    """Change a setting."""
    file = settings.path()
    words = setting_words(ctx.obj.language)
    parsed = settings.parsed(key, value, words)
    if key == settings.LANGUAGE:
        from mi_cli.prompts.pick import require_language  # noqa: PLC0415  # all else here loads no prompts

        require_language(value, ctx.obj.own_prompts)
    if isinstance(parsed, list) and key == settings.MEMBERS:
        set_members(first_use(ctx.obj).store, tuple(parsed))
        _drop(key)
    else:
        settings.write(file, {**settings.read_unchecked(file), key: parsed})
    print_message(setting_words(language_here()).changed.format(key=key))


@app.command()
def unset(ctx: typer.Context, key: Key) -> None:
    """Take a setting away."""
    if key not in settings.read_unchecked(settings.path()):
        settings.check_key(key, setting_words(ctx.obj.language))
    if key == settings.MEMBERS and Catalog(ctx.obj.root).exists:
        set_members(ctx.obj.store, ())
    _drop(key)
    print_message(setting_words(language_here()).taken_away.format(key=key))


def _drop(key: str) -> None:
    """Takes a setting out of the config file, which is left alone if it does not have it."""
    file = settings.path()
    values = settings.read_unchecked(file)
    if key in values:
        settings.write(file, {other: value for other, value in values.items() if other != key})


def _members(context: Context) -> dict[str, list[str]]:
    """Returns the members of the program as a setting, if the store has any. Raises Locked, Damaged."""
    name_members_in_config(context)
    if not Catalog(context.root).exists:
        return {}
    named = members(context.store)
    return {settings.MEMBERS: list(named)} if named else {}


@app.command()
def path() -> None:
    """Where the config file is."""
    sys.stdout.write(f"{settings.path()}\n")


def _written(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
