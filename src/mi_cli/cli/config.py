"""`mi config`: the settings."""

import sys
from typing import Annotated

import typer

from mi_cli.cli import settings
from mi_cli.cli.options import AsJson, command_group
from mi_cli.cli.output import show_json, show_table

app = command_group("The settings.")

Key = Annotated[str, typer.Argument(metavar="KEY")]


@app.command("list")
def list_settings(as_json: AsJson = False) -> None:
    """Every setting, its value, and what it is for."""
    values = settings.read(settings.path())
    if as_json:
        show_json({key: values.get(key) for key in settings.KEYS})
        return
    show_table(
        ("SETTING", "VALUE", "WHAT FOR"),
        [(key, _written(values.get(key)), about) for key, (_, about) in settings.KEYS.items()],
    )


@app.command()
def get(key: Key) -> None:
    """The value of a setting."""
    settings.check_key(key)
    sys.stdout.write(f"{_written(settings.read(settings.path()).get(key))}\n")


@app.command("set")
def set_value(key: Key, value: Annotated[str, typer.Argument(help="A list has ; between its items.")]) -> None:
    """Change a setting."""
    file = settings.path()
    settings.write(file, {**settings.read(file), key: settings.parsed(key, value)})


@app.command()
def unset(key: Key) -> None:
    """Take a setting away."""
    settings.check_key(key)
    file = settings.path()
    settings.write(file, {other: value for other, value in settings.read(file).items() if other != key})


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
