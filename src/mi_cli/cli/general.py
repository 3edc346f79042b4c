"""`mi schema` and `mi doctor`."""

import platform
import re
import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mi_cli import __version__
from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.errors import MiError, WrongUsage
from mi_cli.records.terms import Protection
from mi_cli.store.disk.codec import NO_KEYS
from mi_cli.store.disk.layout import Layout
from mi_cli.terminal.page import Line

if TYPE_CHECKING:
    from mi_cli.handoff.formats import Handoff
    from mi_cli.records.base import Record


def schema(
    name: Annotated[str | None, typer.Argument(help="session, notes, plan, client …; without one, the names.")] = None,
) -> None:
    """The JSON Schema of a record, or of a handoff as JSON."""
    records = _records()
    if name is None:
        sys.stdout.write("".join(f"{known}\n" for known in records))
        return
    if name not in records:
        raise WrongUsage("There is no record of that name.", f"They are: {', '.join(records)}.")
    record = records[name]
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": record.SCHEMA}
    output.show_json(document | record.model_json_schema(by_alias=True))


def doctor(ctx: typer.Context) -> None:
    """See how the program, the store and the terminal are."""
    context: Context = ctx.obj
    context.screen.show([Line(text, lead=f" {label:<9} ") for label, text in _looked_at(context)])


def _looked_at(context: Context) -> list[tuple[str, str]]:
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


def _prompts(context: Context) -> list[tuple[str, str]]:
    from mi_cli.prompts.load import available, load_folder

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


def _store(context: Context) -> list[tuple[str, str]]:
    from mi_cli.store.upkeep.health import complaints

    layout = Layout(context.root)
    layout.require()
    plain = layout.protection is Protection.NONE
    store = context.store_with(NO_KEYS) if plain else context.store  # it only looks: nobody is asked to protect it
    rows = [("", f"protection: {store.info().protection}"), *(("", complaint) for complaint in complaints(store))]
    rows.append(("", "`mi store check` reads every record"))
    return rows


def _libraries() -> str:
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        wanted = [need for need in requires("mi-cli") or [] if "extra ==" not in need]
    except PackageNotFoundError:  # run from its folder, without having been installed
        return "unknown"
    names = sorted(re.split(r"[^A-Za-z0-9_.-]", need, maxsplit=1)[0] for need in wanted)
    return ", ".join(f"{name} {version(name)}" for name in names)


def _terminal(context: Context) -> str:
    kind = "plain text" if context.screen.plain else "styled"
    size = shutil.get_terminal_size()
    return f"{kind}, {size.columns}×{size.lines}, {sys.stdout.encoding}"


def _records() -> "dict[str, type[Record] | type[Handoff]]":
    from mi_cli.handoff.formats import Handoff
    from mi_cli.records.client import Client, Codes, Identity, StoreInfo
    from mi_cli.records.consent import Consent
    from mi_cli.records.disclosure import Disclosure, Ledger
    from mi_cli.records.notes import Notes
    from mi_cli.records.plan import Plan
    from mi_cli.records.session import Session

    stored: list[type[Record]] = [Session, Notes, Plan, Consent, Disclosure, Ledger, Client, Identity, Codes, StoreInfo]
    kinds: list[type[Record] | type[Handoff]] = [*stored, Handoff]
    return {kind.SCHEMA.removeprefix("mi.").partition("/")[0]: kind for kind in kinds}
