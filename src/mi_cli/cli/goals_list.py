"""`mi goals list` and `show`: what the clients want, in their own words."""

import json
from typing import Annotated, NamedTuple

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import AsJson, Client, OnlyClient, command_group
from mi_cli.errors import Damaged
from mi_cli.interview.goal_by_id import goal_named, name_of
from mi_cli.records import dates
from mi_cli.records.plan import Goal
from mi_cli.terminal.page import Line, Role
from mi_cli.terminal.plan_pages import plan_page, readings_lines
from mi_cli.words.goals import goal_words
from mi_cli.words.interview import interview_words
from mi_cli.words.lists import list_words
from mi_cli.words.lists.model import ListWords
from mi_cli.words.waiting import waiting_words

app = command_group()


class _Row(NamedTuple):
    """A goal, with its client's code and the name that a person gives it."""

    code: str
    name: str
    goal: Goal

    def shown(self, words: ListWords) -> tuple[str, ...]:
        review = dates.day(self.goal.review_on) if self.goal.review_on else ""
        return self.code, self.name, words.goal_statuses[self.goal.status], review, self.goal.words


@app.command("list")
def list_goals(ctx: typer.Context, client: OnlyClient = None, as_json: AsJson = False) -> None:
    """Goals of one client, or of all."""
    context: Context = ctx.obj
    store = context.store
    codes = store.codes()
    if client:
        chosen = context.catalog.client_id(client)
        codes = {code: client_id for code, client_id in codes.items() if client_id == chosen}
    goals: list[_Row] = []
    damaged: list[Damaged] = []
    for code, client_id in codes.items():
        try:
            plan = store.plan(client_id)
        except Damaged as error:
            if client:
                raise
            damaged.append(error)
        else:
            goals += [_Row(code, name_of(plan, goal.id), goal) for goal in plan.goals]
    words = list_words(context.language)
    output.show_list(
        goals,
        damaged,
        as_json=as_json,
        json_item=lambda row: {"client": row.code, **row.goal.model_dump(mode="json")},
        header=words.goals,
        row=lambda row: row.shown(words),
        empty=words.no_goals,
    )


@app.command()
def show(
    ctx: typer.Context,
    client: Client,
    goal: Annotated[str | None, typer.Argument(help="Its number, or the start of its id.")] = None,
    history: Annotated[bool, typer.Option("--history", help="With what stood there before.")] = False,
    as_json: AsJson = False,
) -> None:
    """A client's plan, or one goal of it."""
    context: Context = ctx.obj
    client_id = context.catalog.client_id(client)
    plan = context.store.plan(client_id)
    only = goal_named(plan, goal) if goal else None
    if as_json:
        output.show_json(json.loads(only.model_dump_json() if only else plan.to_bytes()))
        return
    words = interview_words(context.store.client(client_id).language or context.language)
    damaged: list[Damaged] = []
    with context.waiting(waiting_words(context.language).interviews) as step:
        facts = context.store.facts(client_id, damaged, step)
    known, bars = context.store.client_facts(client_id), not context.screen.plain
    readings = readings_lines(plan, facts, known, words, bars=bars, only=only)
    none = goal_words(context.language).none_in_plan.format(code=client)
    said = [] if plan.goals else [Line(none, Role.DIM, " ")]
    context.screen.show([*said, *plan_page(plan, words, only=only, history=history), *readings])
    output.warn_damaged(damaged)
