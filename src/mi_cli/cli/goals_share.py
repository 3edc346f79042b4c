"""`mi goals share`: what the client agrees to pass on, chosen by names or in a dialog at the terminal.

What can be agreed to stands in all interviews of the client, in the plan and in the client facts. What it changes in
the plan is a rule of `mi_cli.interview.shareable`.
"""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.client_plan import ClientPlan
from mi_cli.cli.options import AsJson, Client, single_command
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged, Failed, WrongUsage
from mi_cli.interview import fact_sharing, results, sharing
from mi_cli.interview.shareable import Shareable
from mi_cli.records.notes import Notes
from mi_cli.store.records.interviews import read_notes
from mi_cli.terminal.asking import ask_in_turn
from mi_cli.terminal.page import Line
from mi_cli.terminal.share_dialog import choose_shared
from mi_cli.words.facts import fact_words
from mi_cli.words.goals import goal_words
from mi_cli.words.waiting import waiting_words

app = single_command()


@app.command()
def share(
    ctx: typer.Context,
    client: Client,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]…", help="What the client agrees to, as --json names it: ID:7, fact:mandate."),
    ] = None,
    out: Annotated[bool, typer.Option("--out", help="Take these out of the plan again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Go through what may be passed on. Entries, progress lines and outcomes go out only if the client agrees to it."""
    client_plan = ClientPlan(ctx.obj, client)
    damaged: list[Damaged] = []
    plan, today = client_plan.editor.plan, now().date()
    # The interviews' entries are what the client said; the results are what came of a goal.
    context = client_plan.context
    with context.waiting(waiting_words(context.language).interviews):
        interviews = context.store.facts(client_plan.editor.client, [])
        answers = {interview.id: sharing.answers_in(interview.readings) for interview in interviews}
        entries = dict(enumerate(sharing.all_shareable(plan, _all_notes(client_plan, damaged), answers), 1))
    known = context.store.client_facts(client_plan.editor.client)
    facts = fact_sharing.numbered(known, plan, fact_words(client_plan.language), entries.values())
    shareable, words = Shareable(entries, results.numbered(plan), facts), client_plan.words
    if as_json:
        items = [sharing.as_json(entry, plan, client_plan.code) for entry in entries.values()]
        items += [results.as_json(result, client_plan.code) for result in shareable.results.values()]
        items += [fact_sharing.as_json(fact, plan, client_plan.code) for fact in facts.values()]
        output.show_list_json(items, damaged)
        return
    if names:
        full_names = {_full_name(client_plan, shareable.names, name) for name in names}
        decision = shareable.named(full_names, out=out)
        client_plan.editor.change(partial(shareable.change, decision, on=today))
        text = (words.saved_unshared if out else words.saved_shared).format(n=len(full_names))
        context.screen.show([Line(text)])
    elif shareable.is_empty:
        context.screen.show([Line(words.shareable_none)])
    else:
        with client_plan.dialog(goal_words(context.language).give_names) as dialog:
            editor, asker = client_plan.editor, dialog.with_back.asker

            def choose() -> None:
                choose_shared(shareable, editor.plan, editor.change, asker, dialog.screen, words, today, dated=True)

            ask_in_turn([choose])
    output.warn_damaged(damaged)


def _all_notes(client_plan: ClientPlan, damaged: list[Damaged]) -> list[Notes]:
    """Returns the notes of all the client's interviews. What cannot be read is put into `damaged`."""
    store, all_notes = client_plan.context.store, []
    for ref in store.catalog.sessions([client_plan.editor.client], damaged):
        try:
            all_notes.append(read_notes(store, ref))
        except Damaged as error:
            damaged.append(error)
    return all_notes


def _full_name(client_plan: ClientPlan, names: Sequence[str], typed: str) -> str:
    """Returns the name of which the start was typed, as `7k3q9:7` for `7k3q9xab:7`. Raises WrongUsage, Failed."""
    start, _, rest = typed.partition(":")
    matches = [name for name in names if start and name.startswith(start) and name.partition(":")[2] == rest]
    own_words = goal_words(client_plan.context.language)
    if len(matches) > 1:
        raise WrongUsage(own_words.more_than_one, own_words.one_more_character)
    if not matches:
        raise Failed(own_words.no_such_entry, own_words.list_them.format(code=client_plan.code))
    return matches[0]
