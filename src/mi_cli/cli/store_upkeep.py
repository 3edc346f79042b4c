"""`mi store init`, `info`, `check`, `trash`, and the commands of protection.

How a store is protected, and how its keys are changed, is in `protecting` and `recovery`; backups are in `backup`.
"""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from mi_cli.cli import output, protecting, recovery
from mi_cli.cli.context import Context
from mi_cli.cli.first_use import ask_counselor
from mi_cli.cli.options import AsJson, Yes, command_group
from mi_cli.cli.protecting import make_store, offer_sheet
from mi_cli.cli.recovery import set_up
from mi_cli.cli.unlock import new_passphrase
from mi_cli.errors import Damaged, Failed
from mi_cli.records.dates import day_and_time
from mi_cli.store.keys.protocols import NO_KEYS
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.making import create_store
from mi_cli.store.upkeep import confirm as confirming
from mi_cli.store.upkeep import trash
from mi_cli.store.upkeep.check import check as check_all
from mi_cli.store.upkeep.convert import Converted
from mi_cli.store.upkeep.repair import log_info_made_again, make_info_again
from mi_cli.store.upkeep.repair import repair as set_unsound_aside
from mi_cli.store.upkeep.trash import TrashItem
from mi_cli.store.upkeep.unencrypted import unencrypted_files
from mi_cli.terminal.page import Line
from mi_cli.words.days import day_in_words, time_in_words
from mi_cli.words.disk import disk_words
from mi_cli.words.keeping import keeping_words
from mi_cli.words.keeping.model import KeepingWords
from mi_cli.words.languages import counted
from mi_cli.words.lists import list_words
from mi_cli.words.protection import protection_words
from mi_cli.words.protection.model import ProtectionWords
from mi_cli.words.said import spoken
from mi_cli.words.sharing import sharing_words
from mi_cli.words.waiting import waiting_words

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
    words = keeping_words(context.language)
    made = not Catalog(context.root).exists
    if made and unprotected:
        context.require_sound_settings()
        create_store(context.store_with(NO_KEYS))
    elif made and make_store(context, new_passphrase(context)) is None:
        raise Failed(words.made_meanwhile, words.made_meanwhile_how)
    context.screen.show([Line((words.made if made else words.there_already).format(folder=context.root))])
    if made and not unprotected:
        ask_counselor(context)
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
    words = keeping_words(context.language)
    values = (str(context.root), words.protection[catalog.protection], str(clients), str(sessions))
    context.screen.show(Line(value, lead=f" {label:<11} ") for label, value in zip(words.about, values, strict=True))


@app.command()
def check(
    ctx: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Set aside what is not sound. Nothing is deleted.")] = False,
    confirmed: Annotated[
        bool, typer.Option("--confirm", help="Take the store as it is, where this computer knew it otherwise.")
    ] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Read everything and name what is wrong. Nothing is changed, unless --repair or --confirm is given."""
    context: Context = ctx.obj
    if confirmed:
        _confirm(context, yes=yes)
        return
    words = keeping_words(context.language)
    renewed = make_info_again(context.store_with(NO_KEYS)) if repair and Catalog(context.root).exists else None
    if renewed:
        log_info_made_again(context.store)
    with context.waiting(words.checking) as step:
        checked = check_all(context.store, step)
    findings = checked.findings
    repaired = set_unsound_aside(context.store, findings) if repair else None
    if as_json:
        items = [{"record": finding.what, "why": finding.why, "hint": finding.hint} for finding in findings]
        moved = {"aside": [path for done in (renewed, repaired) if done for path in done.moved]} if repaired else {}
        if repaired and repaired.codes:
            moved["codes"] = list(repaired.codes)
        output.show_json({"schema": "mi.check/1", "records": checked.records, "findings": items, **moved})
    else:
        lines = [Line(finding.text(context.language)) for finding in findings]
        lines.append(Line(_summary(words, checked.records, len(findings))))
        for done in (renewed, repaired):
            if done and done.moved:
                lines.append(Line(counted(words.set_aside, len(done.moved)).format(folder=done.folder)))
                lines += [Line(moved, lead="  ") for moved in done.moved]
        if repaired and repaired.codes:
            lines.append(Line(disk_words(context.language).made_up_codes.format(codes=", ".join(repaired.codes))))
        context.screen.show(lines)
    if any(finding.damaged for finding in (repaired.left if repaired else findings)):
        raise typer.Exit(Damaged.exit_code)


def _summary(words: KeepingWords, records: int, findings: int) -> str:
    if not findings:
        return counted(words.all_sound, records)
    return f"{counted(words.sound, records)}, {counted(words.to_look_at, findings)}."


def _confirm(context: Context, *, yes: bool) -> None:
    """Shows what is in doubt and which consents are in force, asks, and has the store taken as it is."""
    confirming.put_back(context.store_with(NO_KEYS))
    context = replace(context, asks_anyway=True)
    store = context.store
    seen, words = confirming.look(store), keeping_words(context.language)
    if not seen.doubts and not seen.records:
        context.screen.show([Line(words.nothing_to_confirm)])
        return
    lines = [Line(spoken(doubt.text, context.language)) for doubt in seen.doubts]
    lines += [Line(f"{record.shown}: {spoken(record.why, context.language)}.") for record in seen.records]
    if seen.in_force:
        codes = store.catalog.code_of(damaged=[])
        lines.append(Line(words.in_force))
        lines += [Line(f"{codes.get(given.client, given.client)}  {given.id}", lead="  ") for given in seen.in_force]
    if seen.members:
        lines.append(Line(sharing_words(context.language).members.format(names="; ".join(seen.members))))
    context.screen.show(lines)
    context.confirm(words.ask_confirm, yes=yes)
    confirming.confirm(store)
    context.screen.show([Line(words.confirmed)])


@app.command()
def protect(
    ctx: typer.Context,
    keyring: Annotated[
        bool | None,
        typer.Option("--keyring/--no-keyring", help="Keep the passphrase in the system's keyring, or take it out."),
    ] = None,
) -> None:
    """Put the records under a passphrase. Killed at any point, the same again does it."""
    context: Context = ctx.obj
    Catalog(context.root).require()
    if keyring is not None:
        protecting.use_keyring(context, use=keyring)
        return
    if (converted := protecting.protect(context)) is not None:
        words = protection_words(context.language)
        text = counted(words.sealed, converted.files)
        context.screen.show(
            [Line(text), *_left(words, converted, context.language), *_readable_files(context.root, words)]
        )
        protecting.offer_sheet(context)


def _readable_files(root: Path, words: ProtectionWords) -> list[Line]:
    """Returns a warning that lists the files in the store's folder that stay readable, or nothing if there are none."""
    paths = [Line(path, lead="  ") for path in unencrypted_files(Catalog(root))]
    return [Line(words.readable), *paths] if paths else []


def _left(words: ProtectionWords, converted: Converted, language: str) -> list[Line]:
    return [Line(text) for text in protecting.left_as_it_is(words, converted, language)]


@app.command()
def unprotect(ctx: typer.Context, yes: Yes = False) -> None:
    """Take the passphrase off. Whoever has the disk can then read the records."""
    context: Context = ctx.obj
    Catalog(context.root).require()
    context.confirm(keeping_words(context.language).ask_unprotect, yes=yes)
    converted, words = protecting.unprotect(context), protection_words(context.language)
    context.screen.show([Line(counted(words.opened, converted.files)), *_left(words, converted, context.language)])


@app.command()
def passphrase(ctx: typer.Context) -> None:
    """Give the store another passphrase."""
    context: Context = ctx.obj
    Catalog(context.root).require()
    protecting.change_passphrase(context)
    context.screen.show([Line(keeping_words(context.language).opens_with_another)])


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
    words = list_words(ctx.obj.language)
    output.show_list(
        items,
        damaged,
        as_json=as_json,
        json_item=lambda item: {
            "id": item.id, "what": item.what, "client": item.code, "deleted_at": item.deleted_at.isoformat(),
        },
        header=words.trash,
        row=lambda item: (item.id, words.deleted.get(item.what, item.what), item.code, day_and_time(item.deleted_at)),
        empty="" if damaged else words.trash_empty,
    )  # fmt: skip


@trash_app.command()
def restore(ctx: typer.Context, item: Item) -> None:
    """Bring something back."""
    context: Context = ctx.obj
    trash.restore(context.store, trash.find(context.store, item))
    context.screen.show([Line(keeping_words(context.language).brought_back)])


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
    words = keeping_words(context.language)
    chosen = [trash.find(store, item)] if item else trash.items(store, damaged)
    output.warn_damaged(damaged)
    if not yes:
        named = ((deleted.id, _description(words, deleted, context.language)) for deleted in chosen)
        context.screen.show([Line(text, lead=f" {id_}  ") for id_, text in named])
    question = counted(words.ask_purge, len(chosen)).format(out_of_reach=words.out_of_reach)
    context.confirm(question, yes=yes)
    # Until when consents and disclosures are to be kept, of each item that has some.
    keep_until = [until for deleted in chosen if (until := trash.shared_until(store, deleted))]
    if keep_until and keep_shared is None:
        keep_shared = yes or not context.interactive or _ask_to_keep_shared(context, max(keep_until))
    with context.waiting(waiting_words(context.language).purging) as step:
        for number, deleted in enumerate(chosen):
            step(number, len(chosen))
            trash.purge(store, deleted, keep_shared=bool(keep_shared))
    gone = len(chosen) - len(keep_until) if keep_shared else len(chosen)
    context.screen.show([Line(counted(words.purged, gone))])
    if keep_until and keep_shared:
        context.screen.show([Line(words.shared_stays.format(until=day_in_words(max(keep_until), context.language)))])
    if damaged:  # what was deleted and cannot be read is still there
        raise typer.Exit(Damaged.exit_code)


def _description(words: KeepingWords, item: TrashItem, language: str) -> str:
    """Returns what was deleted, whose it is, and when."""
    when = time_in_words(item.deleted_at, language)
    if item.what != "session":
        return words.deleted_client.format(code=item.code, when=when)
    day = f"{item.name[:4]}-{item.name[4:6]}-{item.name[6:8]}"
    return words.deleted_interview.format(day=day, code=item.code, when=when)


def _ask_to_keep_shared(context: Context, until: date) -> bool:
    words = keeping_words(context.language)
    context.screen.show([Line(words.shared_law)])
    return context.asker(context.language).yes(
        words.ask_keep_shared.format(until=day_in_words(until, context.language)), enter=True
    )
