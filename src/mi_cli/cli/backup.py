"""`mi store backup` and `mi store restore`."""

from pathlib import Path
from typing import Annotated

import typer

from mi_cli.cli.context import Context
from mi_cli.cli.options import Yes, command_group
from mi_cli.cli.surroundings import located
from mi_cli.store.records.outside import target_outside
from mi_cli.store.upkeep.backup import make_backup, open_backup
from mi_cli.store.upkeep.restore import Difference, RestoreAction, differences
from mi_cli.store.upkeep.restore import restore as bring_back
from mi_cli.terminal.page import Line
from mi_cli.words.days import time_in_words
from mi_cli.words.keeping import keeping_words
from mi_cli.words.keeping.model import KeepingWords
from mi_cli.words.languages import counted

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]

app = command_group()


@app.command()
def backup(
    ctx: typer.Context,
    file: File,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Keep so many: FILE is the newest, then FILE.1, FILE.2 …")
    ] = None,
    yes: Yes = False,
) -> None:
    """Put everything into one file, and read it back. An interview may go on meanwhile."""
    context: Context = ctx.obj
    store = context.store
    target = target_outside(context.root, located(file))
    words = keeping_words(context.language)
    if keep is None and target.exists():
        context.confirm(words.ask_replace_file, yes=yes)
    with context.waiting(words.backing_up) as step:
        files = make_backup(store, target, keep or 1, step)
    context.screen.show([Line(counted(words.backed_up, files).format(file=target)), *_unencrypted_warning(context)])


@app.command()
def restore(
    ctx: typer.Context,
    file: File,
    replace_newer: Annotated[
        bool, typer.Option("--replace-newer", help="Bring back the backup's also where the store's is newer.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Bring back what a backup has. Says first what would change; what is newer here stays."""
    context: Context = ctx.obj
    store, words = context.unmade_store, keeping_words(context.language)
    if not store.catalog.exists:
        context.require_sound_settings()
    with open_backup(located(file)) as archive:
        with context.waiting(words.comparing) as step:
            difference = differences(store, archive, step)
        made = words.backup_of.format(when=time_in_words(archive.made_at, context.language))
        context.screen.show([Line(made, lead=" "), *_summary(difference, words)])
        newer = difference.of(RestoreAction.NEWER_HERE)
        actions = [RestoreAction.NEW, RestoreAction.OLDER_HERE]
        if newer and not replace_newer and context.interactive and not yes:
            question = words.ask_replace_newer.format(count=len(newer))
            replace_newer = context.asker(context.language).yes(question, enter=False)
        if replace_newer:
            actions.append(RestoreAction.NEWER_HERE)
        names = difference.of(*actions)
        if not names and store.catalog.exists:
            context.screen.show([Line(words.nothing_to_restore)])
            return
        context.confirm(counted(words.ask_restore, len(names)), yes=yes)
        with context.waiting(words.restoring) as step:
            count = bring_back(store, archive, names, step)
    context.screen.show([Line(counted(words.restored, count))])


def _summary(difference: Difference, words: KeepingWords) -> list[Line]:
    rows = ((len(difference.of(RestoreAction(action))), text) for action, text in words.actions.items())
    return [Line(text, lead=f" {count:>6}  ") for count, text in rows if count]


def _unencrypted_warning(context: Context) -> list[Line]:
    """Returns a warning where the backup is not encrypted: it is as protected as its store."""
    if context.store.info().protection != "none":
        return []
    return [Line(keeping_words(context.language).not_encrypted)]
