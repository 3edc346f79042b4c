"""`mi store backup` and `mi store restore`."""

from pathlib import Path
from typing import Annotated

import typer

from mi_cli.cli.context import Context
from mi_cli.cli.options import Yes, command_group
from mi_cli.cli.surroundings import located
from mi_cli.records.dates import day_and_time
from mi_cli.store.records.outside import target_outside
from mi_cli.store.upkeep.backup import make_backup, open_backup
from mi_cli.store.upkeep.restore import Difference, RestoreAction, differences
from mi_cli.store.upkeep.restore import restore as bring_back
from mi_cli.terminal.page import Line
from mi_cli.terminal.progress import progress

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
    if keep is None and target.exists():
        context.confirm("There is a file of that name. Replace it?", yes=yes)
    with progress("Backup", plain=context.screen.plain) as step:
        files = make_backup(store, target, keep or 1, step)
    context.screen.show([Line(f"{files} files, read back and sound: {target}"), *_unencrypted_warning(context)])


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
    store = context.unmade_store
    with open_backup(located(file)) as archive:
        with progress("Compare", plain=context.screen.plain) as step:
            difference = differences(store, archive, step)
        context.screen.show([Line(f"A backup of {day_and_time(archive.made_at)}.", lead=" "), *_summary(difference)])
        newer = difference.of(RestoreAction.NEWER_HERE)
        actions = [RestoreAction.NEW, RestoreAction.OLDER_HERE]
        if newer and not replace_newer and context.interactive and not yes:
            question = f"Replace the {len(newer)} newer ones here too? Enter keeps them, y replaces: "
            replace_newer = context.asker().yes(question, enter=False)
        if replace_newer:
            actions.append(RestoreAction.NEWER_HERE)
        names = difference.of(*actions)
        if not names and store.catalog.exists:
            context.screen.show([Line("There is nothing to bring back.")])
            return
        context.confirm(f"{len(names)} files are brought back. Go ahead?", yes=yes)
        with progress("Restore", plain=context.screen.plain) as step:
            count = bring_back(store, archive, names, step)
    context.screen.show([Line(f"{count} files brought back. `mi store check` reads everything.")])


def _summary(difference: Difference) -> list[Line]:
    texts = (
        (RestoreAction.NEW, "not in the store: brought back"),
        (RestoreAction.OLDER_HERE, "older in the store: replaced, and the older ones set aside"),
        (RestoreAction.NEWER_HERE, "newer in the store: kept as they are"),
        (RestoreAction.TAKEN_BACK_HERE, "consents taken back since: they stay taken back"),
        (RestoreAction.SAME, "the same"),
    )
    rows = ((len(difference.of(action)), text) for action, text in texts)
    return [Line(text, lead=f" {count:>6}  ") for count, text in rows if count]


def _unencrypted_warning(context: Context) -> list[Line]:
    """Returns a warning where the backup is not encrypted: it is as protected as its store."""
    if context.store.info().protection != "none":
        return []
    return [Line("It is not encrypted, as the store is not: keep it where nobody else can read it.")]
