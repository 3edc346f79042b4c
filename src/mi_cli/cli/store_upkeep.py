"""`mi store init`, `info`, `check`, `trash`, and the commands of protection.

How a store is protected, and how its keys are changed, is in `protecting` and `recovery`; backups are in `backup`.
"""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from mi_cli.cli import output, protecting, recovery
from mi_cli.cli.context import Context
from mi_cli.cli.options import AsJson, Yes, command_group
from mi_cli.cli.protecting import make_store, offer_sheet
from mi_cli.cli.recovery import set_up
from mi_cli.cli.unlock import new_passphrase
from mi_cli.errors import Damaged, Failed
from mi_cli.records.dates import day_and_time
from mi_cli.store.keys.protocols import NO_KEYS
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.upkeep import trash
from mi_cli.store.upkeep.check import check as check_all
from mi_cli.store.upkeep.repair import repair as set_unsound_aside
from mi_cli.store.upkeep.trash import TrashItem
from mi_cli.store.upkeep.unencrypted import unencrypted_files
from mi_cli.terminal.page import Line
from mi_cli.terminal.progress import progress

app = command_group()
trash_app = command_group("What was deleted, until it is purged.", runs_alone=True)
app.add_typer(trash_app, name="trash")

Item = Annotated[str, typer.Argument(help="The start of its id.")]


@app.command()
def init(
    ctx: typer.Context,
    unprotected: Annotated[bool, typer.Option("--unprotected", help="Without a passphrase.")] = False,
) -> None:
    """Make the store. The first interview does it too, and so does whatever else keeps something."""
    context: Context = ctx.obj
    made = not Catalog(context.root).exists
    if made and unprotected:
        context.store_with(NO_KEYS).make()
    elif made and make_store(context, new_passphrase(context)) is None:
        raise Failed(
            "Another command made a store here meanwhile. This one changed nothing.",
            "It opens with the passphrase that it was made with, and not with the one that was given now.",
        )
    context.screen.show([Line(f"{'Made' if made else 'There is a store already'}: {context.root}")])
    if made and not unprotected:
        offer_sheet(context)


@app.command()
def info(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Where the store is and what it holds."""
    context: Context = ctx.obj
    catalog = Catalog(context.root)  # Without its keys: all this can be told from outside.
    catalog.require()
    record = context.store_with(NO_KEYS).info()
    clients, sessions = len(catalog.client_ids()), len(list(catalog.named("sessions", damaged=[])))
    if as_json:
        about = {"path": str(context.root), "clients": clients, "sessions": sessions, "protection": catalog.protection}
        output.show_json({**json.loads(record.to_bytes()), **about})
        return
    context.screen.show(
        [
            Line(str(context.root), lead=" folder      "),
            Line(catalog.protection, lead=" protection  "),
            Line(str(clients), lead=" clients     "),
            Line(str(sessions), lead=" interviews  "),
        ]
    )


@app.command()
def check(
    ctx: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Set aside what is not sound. Nothing is deleted.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read everything and name what is wrong. Nothing is changed, unless --repair is given."""
    context: Context = ctx.obj
    with progress("Check", plain=context.screen.plain) as step:
        checked = check_all(context.store, step)
    findings = checked.findings
    repaired = set_unsound_aside(context.store, findings) if repair else None
    if as_json:
        items = [{"record": finding.what, "why": finding.why, "hint": finding.hint} for finding in findings]
        moved = {"aside": list(repaired.moved)} if repaired else {}
        output.show_json({"schema": "mi.check/1", "records": checked.records, "findings": items, **moved})
    else:
        lines = [Line(f"{finding.what}: {finding.why}. {finding.hint}".strip()) for finding in findings]
        lines.append(Line(f"{checked.records} records are sound, {len(findings)} things to look at."))
        if repaired and repaired.moved:
            lines.append(Line(f"{len(repaired.moved)} files were set aside, in {repaired.folder} of the store:"))
            lines += [Line(moved, lead="  ") for moved in repaired.moved]
        context.screen.show(lines)
    if any(finding.damaged for finding in (repaired.left if repaired else findings)):
        raise typer.Exit(Damaged.exit_code)


@app.command()
def protect(
    ctx: typer.Context,
    keyring: Annotated[
        bool | None,
        typer.Option("--keyring/--no-keyring", help="Keep the passphrase in the system's keyring, or take it out."),
    ] = None,
) -> None:
    """Put the records under a passphrase. Killed at any point, the same again finishes it."""
    context: Context = ctx.obj
    Catalog(context.root).require()
    if keyring is not None:
        protecting.use_keyring(context, use=keyring)
        return
    if sealed_count := protecting.protect(context):
        text = f"{sealed_count} files are sealed. What was plain before may still lie in backups and unused disk space."
        context.screen.show([Line(text), *_readable_files(context.root)])
        protecting.offer_sheet(context)


def _readable_files(root: Path) -> list[Line]:
    """Returns a warning that lists the files in the store's folder that stay readable, or nothing if there are none."""
    paths = [Line(path, lead="  ") for path in unencrypted_files(Catalog(root))]
    head = "These files in the store's folder are not sealed, and stay readable. Delete them, or move them elsewhere:"
    return [Line(head), *paths] if paths else []


@app.command()
def unprotect(ctx: typer.Context, yes: Yes = False) -> None:
    """Take the passphrase off. Whoever has the disk can then read the records."""
    context: Context = ctx.obj
    Catalog(context.root).require()
    context.confirm("Whoever gets at this disk can then read every record. Go ahead?", yes=yes)
    context.screen.show([Line(f"{protecting.unprotect(context)} files are open.")])


@app.command()
def passphrase(ctx: typer.Context) -> None:
    """Give the store another passphrase."""
    context: Context = ctx.obj
    Catalog(context.root).require()
    protecting.change_passphrase(context)
    context.screen.show([Line("Changed. Backups made before still open with the passphrase of before.")])


@app.command("recovery")
def make_recovery_sheet(
    ctx: typer.Context,
    sheet: Annotated[Path | None, typer.Option("-o", help="Where the sheet is written, to be printed.")] = None,
    public_key: Annotated[
        Path | None, typer.Option(help="A key of the supervisor's own instead: the public half, JWK or PEM, P-256.")
    ] = None,
    notes: Annotated[
        bool | None, typer.Option("--notes/--no-notes", help="Whether it opens the counseling notes too; else asked.")
    ] = None,
) -> None:
    """Make a recovery sheet. It opens the records if the passphrase is lost."""
    set_up(ctx.obj, sheet, public_key, notes=notes)


@app.command()
def recover(
    ctx: typer.Context,
    key: Annotated[
        Path | None, typer.Option(help="The supervisor's private key, JWK or PEM; else the words of the sheet.")
    ] = None,
    old_passphrase: Annotated[
        bool, typer.Option("--old-passphrase", help="It was found: open the notes of before a recovery again.")
    ] = False,
) -> None:
    """Open the store with the recovery sheet. It then gets a new passphrase; a drill does no harm."""
    if old_passphrase:
        recovery.bring_back_notes(ctx.obj)
    else:
        recovery.recover(ctx.obj, key)


@trash_app.callback(invoke_without_command=True)
def show_trash(ctx: typer.Context) -> None:
    """What was deleted, until it is purged."""
    if ctx.invoked_subcommand is None:
        list_trash(ctx)


@trash_app.command("list")
def list_trash(ctx: typer.Context, as_json: AsJson = False) -> None:
    """What is in the trash, newest first."""
    damaged: list[Damaged] = []
    items = trash.items(ctx.obj.store, damaged)
    output.show_list(
        items,
        damaged,
        as_json=as_json,
        json_item=lambda item: {
            "id": item.id, "what": item.what, "client": item.code, "deleted_at": item.deleted_at.isoformat(),
        },
        header=("ID", "WHAT", "CLIENT", "DELETED"),
        row=lambda item: (item.id, item.what, item.code, day_and_time(item.deleted_at)),
        empty="" if damaged else "The trash is empty.",
    )  # fmt: skip


@trash_app.command()
def restore(ctx: typer.Context, item: Item) -> None:
    """Bring something back."""
    context: Context = ctx.obj
    trash.restore(context.store, trash.find(context.store, item))
    context.screen.show([Line("Brought back.")])


@trash_app.command()
def purge(
    ctx: typer.Context,
    item: Annotated[str | None, typer.Argument(help="The start of its id; all of the trash without.")] = None,
    keep_shared: Annotated[
        bool | None,
        typer.Option("--keep-shared/--no-keep-shared", help="Keep consents and disclosures; else asked, and kept."),
    ] = None,
    yes: Yes = False,
) -> None:
    """Take it off the disk for good."""
    context: Context = ctx.obj
    store = context.store
    damaged: list[Damaged] = []
    chosen = [trash.find(store, item)] if item else trash.items(store, damaged)
    output.warn_damaged(damaged)
    if not yes:
        context.screen.show([Line(_description(deleted), lead=f" {deleted.id}  ") for deleted in chosen])
    context.confirm(
        f"{len(chosen)} deleted things go for good, their keys first. Backups, documents that were exported, and "
        "copies elsewhere are out of reach. Go ahead?",
        yes=yes,
    )
    # Until when consents and disclosures are to be kept, of each item that has some.
    keep_until = [until for deleted in chosen if (until := trash.shared_until(store, deleted))]
    if keep_until and keep_shared is None:
        keep_shared = yes or not context.interactive or _ask_to_keep_shared(context, max(keep_until))
    for deleted in chosen:
        trash.purge(store, deleted, keep_shared=bool(keep_shared))
    gone = len(chosen) - len(keep_until) if keep_shared else len(chosen)
    context.screen.show([Line(f"{gone} gone.")])
    if keep_until and keep_shared:
        text = (
            f"Consents and disclosures stay until {max(keep_until)}; "
            "brought back, `mi disclosures accounting` reads them."
        )
        context.screen.show([Line(text)])


def _description(item: TrashItem) -> str:
    """Returns what was deleted, whose it is, and when."""
    begun = f" of {item.name[:4]}-{item.name[4:6]}-{item.name[6:8]}" if item.what == "session" else ""
    what = f"interview{begun} with" if item.what == "session" else "client"
    return f"{what} {item.code}, deleted {day_and_time(item.deleted_at)}"


def _ask_to_keep_shared(context: Context, until: date) -> bool:
    context.screen.show(
        [
            Line(
                "Consents and the log of disclosures are there too. A client may ask for three years what was passed "
                "on (42 CFR 2.25), and such documents are kept for six (45 CFR 164.316)."
            )
        ]
    )
    return context.asker().yes(f"Keep them until {until}? Y/n: ", enter=True)
