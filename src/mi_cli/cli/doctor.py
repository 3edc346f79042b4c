"""`mi doctor`: how the program, the store and the terminal are."""

import platform
import re
import shutil
import sys
from importlib.metadata import PackageNotFoundError, requires, version

import typer

from mi_cli import __version__
from mi_cli.cli.context import Context
from mi_cli.cli.options import single_command
from mi_cli.errors import MiError
from mi_cli.prompts.load import available, load_folder
from mi_cli.records.terms import Protection
from mi_cli.store.keys.protocols import NO_KEYS
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.upkeep.health import complaints
from mi_cli.terminal.page import Line

_Rows = list[tuple[str, str]]  # a label, which may be empty, and what is told

app = single_command()


@app.command()
def doctor(ctx: typer.Context) -> None:
    """See how the program, the store and the terminal are."""
    context: Context = ctx.obj
    context.screen.show([Line(text, lead=f" {label:<9} ") for label, text in _report(context)])


def _report(context: Context) -> _Rows:
    rows = [("mi", __version__), ("python", f"{platform.python_version()} on {platform.system()}")]
    rows.append(("with", _libraries()))
    rows.append(("terminal", _terminal(context)))
    try:
        rows.append(("config", "sound" if context.settings else ""))
        rows.append(("store", str(context.root)))
        rows += _store(context)
    except MiError as error:
        rows.append(("store", f"{error.message} {error.hint}"))
    return rows + _prompts(context)


def _prompts(context: Context) -> _Rows:
    rows = []
    try:
        folders = available(context.own_prompts)
    except MiError as error:
        return [("prompts", error.message)]
    for name, folder in folders.items():
        try:
            load_folder(folder)
            rows.append(("prompts", f"{name}: sound"))
        except MiError as error:
            rows.append(("prompts", f"{name}: {error.message} {error.hint}"))
    return rows


def _store(context: Context) -> _Rows:
    layout = Catalog(context.root)
    layout.require()
    is_plain = layout.protection is Protection.NONE
    # `context.store` may ask a person to protect a plain store; this command only looks.
    store = context.store_with(NO_KEYS) if is_plain else context.store
    rows = [("", f"protection: {store.info().protection}"), *(("", complaint) for complaint in complaints(store))]
    rows.append(("", "`mi store check` reads every record"))
    return rows


def _libraries() -> str:
    try:
        requirements = [need for need in requires("mi-cli") or [] if "extra ==" not in need]
    except PackageNotFoundError:  # mi runs from its folder, without having been installed
        return "unknown"
    names = sorted(re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0] for requirement in requirements)
    return ", ".join(f"{name} {version(name)}" for name in names)


def _terminal(context: Context) -> str:
    kind = "plain text" if context.screen.plain else "styled"
    size = shutil.get_terminal_size()
    return f"{kind}, {size.columns}×{size.lines}, {sys.stdout.encoding}"
