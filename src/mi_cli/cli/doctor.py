"""`mi doctor`: how the program, the store and the terminal are."""

import platform
import re
import shutil
import sys
from importlib.metadata import PackageNotFoundError, requires, version

import typer

from mi_cli import __version__
from mi_cli.cli import unlocked
from mi_cli.cli.context import Context
from mi_cli.cli.members import name_members_in_config
from mi_cli.cli.options import single_command
from mi_cli.cli.today import counts_of
from mi_cli.errors import MiError
from mi_cli.prompts.load import available, load
from mi_cli.records.terms import Protection
from mi_cli.store.keys.protocols import NO_KEYS
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.upkeep.health import complaints
from mi_cli.terminal.page import Line
from mi_cli.words.days import time_in_words
from mi_cli.words.doctor import doctor_words
from mi_cli.words.doctor.model import DoctorWords
from mi_cli.words.keeping import keeping_words
from mi_cli.words.protection import protection_words
from mi_cli.words.told import in_one_line, told

_Rows = list[tuple[str, str]]  # a label, which may be empty, and what is told

app = single_command()


@app.command()
def doctor(ctx: typer.Context) -> None:
    """See how the program, the store and the terminal are."""
    context: Context = ctx.obj
    context.screen.show([Line(text, lead=f" {label:<9} ") for label, text in _report(context)])


def _report(context: Context) -> _Rows:
    words = doctor_words(context.language)
    python = words.python.format(version=platform.python_version(), system=platform.system())
    rows = [("mi", __version__), ("python", python)]
    rows.append((words.labels["with"], _libraries(words)))
    rows.append((words.labels["terminal"], _terminal(context, words)))
    try:
        trouble = context.settings.trouble
        rows.append((words.labels["config"], in_one_line(trouble, context.language) if trouble else words.sound))
        name_members_in_config(context)
        rows.append((words.labels["store"], str(context.root)))
        rows += _store(context)
    except MiError as error:
        rows.append((words.labels["store"], in_one_line(error, context.language)))
    return rows + _prompts(context)


def _prompts(context: Context) -> _Rows:
    rows, words = [], doctor_words(context.language)
    label = words.labels["prompts"]
    try:
        folders = available(context.own_prompts)
    except MiError as error:
        return [(label, told(error, context.language)[0])]
    named = context.settings.prompt_set  # by the settings, whether it is there or not
    for name in dict.fromkeys((*folders, *([named] if named else ()))):
        try:
            load(name, context.own_prompts)
            rows.append((label, words.set_sound.format(name=name)))
        except MiError as error:
            rows.append((label, f"{name}: {in_one_line(error, context.language)}"))
    return rows


def _store(context: Context) -> _Rows:
    layout = Catalog(context.root)
    layout.require()
    is_plain = layout.protection is Protection.NONE
    # `context.store` may ask a person to protect a plain store; this command only looks.
    store = context.store_with(NO_KEYS) if is_plain else context.store
    words = doctor_words(context.language)
    named = keeping_words(context.language).protection[store.info().protection]
    rows = [
        ("", words.protection.format(protection=named)),
        *(("", complaint) for complaint in complaints(store, context.language)),
    ]
    if not is_plain and (until := unlocked.until(context.root)):
        rows.append(
            ("", protection_words(context.language).unlocked_now.format(until=time_in_words(until, context.language)))
        )
    rows += [("", count) for count in counts_of(context, store.catalog)]
    rows.append(("", words.check_reads_all))
    return rows


def _libraries(words: DoctorWords) -> str:
    try:
        requirements = [need for need in requires("mi-cli") or [] if "extra ==" not in need]
    except PackageNotFoundError:  # mi runs from its folder, without having been installed
        return words.unknown
    names = sorted(re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0] for requirement in requirements)
    return ", ".join(f"{name} {version(name)}" for name in names)


def _terminal(context: Context, words: DoctorWords) -> str:
    kind = words.plain if context.screen.plain else words.styled
    size = shutil.get_terminal_size()
    return f"{kind}, {size.columns}×{size.lines}, {sys.stdout.encoding}"
