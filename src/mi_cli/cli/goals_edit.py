"""`mi goals add / plan / edit / progress / drop`: what changes a client's plan.

Each command answers either from standard input (`-`), which a script can use, or in a dialog at the terminal
(`mi_cli.terminal.plan_dialog`). Both change the plan through `PlanEditor`, which saves each change at once. What a
change means is a rule of `mi_cli.interview.goals`.
"""

from datetime import date
from typing import Annotated

import typer

from mi_cli.cli.client_plan import ClientPlan
from mi_cli.cli.context import Context
from mi_cli.cli.first_use import first_use
from mi_cli.cli.interruption import Declined
from mi_cli.cli.options import Client, Encoding, Yes, command_group
from mi_cli.cli.surroundings import now
from mi_cli.errors import WrongUsage
from mi_cli.interview import goals
from mi_cli.interview.actions import AddGoalPart, Rejected, ReplaceStep, SettleStep
from mi_cli.interview.arguments import replace_step_line
from mi_cli.interview.client_voice import needs_voice_question, sounds_like_the_institution
from mi_cli.interview.goal_by_id import name_of
from mi_cli.interview.goals import FieldPath
from mi_cli.interview.grammar import parse
from mi_cli.records.dates import day_from
from mi_cli.records.plan import Goal
from mi_cli.records.terms import GoalStatus, StepStatus
from mi_cli.records.text_keys import Problem
from mi_cli.terminal import plan_dialog
from mi_cli.terminal.page import Line
from mi_cli.terminal.pages import rejected_text
from mi_cli.terminal.plan_dialog import confirm_status
from mi_cli.terminal.plan_pages import step_text
from mi_cli.terminal.streams import print_message
from mi_cli.words.goals import goal_words
from mi_cli.words.languages import counted

GoalName = Annotated[
    str | None,
    typer.Argument(metavar="[GOAL]", help="Its number, or the start of its id; needed when several are active."),
]

Source = Annotated[str | None, typer.Argument(metavar="[-]", help="- reads standard input instead of asking.")]

app = command_group()


@app.command()
def add(
    ctx: typer.Context,
    client: Client,
    source: Source = None,
    review: Annotated[str | None, typer.Option(help="When to look at it again: a date, or 4w.")] = None,
    _encoding: Encoding = None,
) -> None:
    """Add a goal in the client's words. Then what belongs to it is asked about; Enter skips a question."""
    review_on = _review_day(ctx.obj, review)
    client_plan = ClientPlan(first_use(ctx.obj), client)
    if source is not None:
        goal = client_plan.editor.add(client_plan.context.words(source, ""), review_on)
        added = client_plan.words.plan.added.format(name=name_of(client_plan.editor.plan, goal.id))
        client_plan.context.screen.show([Line(added)])
        _print_voice_question(client_plan, sounds_like_the_institution(goal.words))
        return
    with client_plan.dialog(goal_words(client_plan.context.language).give_goal) as dialog:
        if goal_made := plan_dialog.new_goal(dialog, review_on):
            without = ("review_on",) if review_on else ()
            plan_dialog.ask_change_plan(dialog, goal_made, without=without, is_new=True)
        else:
            dialog.show_note(dialog.words.plan.not_edited)


@app.command()
def plan(
    ctx: typer.Context,
    client: Client,
    goal: GoalName = None,
    source: Source = None,
    _encoding: Encoding = None,
) -> None:
    """Walk the change plan together. With - it takes the goal lines of an interview."""
    client_plan = ClientPlan(first_use(ctx.obj), client)
    goal, source = _goal_and_source(goal, source)
    if source is not None:
        raise typer.Exit(_take_lines(client_plan, goal, source))
    with client_plan.dialog(goal_words(client_plan.context.language).give_lines) as dialog:
        if goal is not None or client_plan.editor.plan.active:
            client_plan.ask_about(
                goal, lambda chosen, leaves: plan_dialog.ask_change_plan(dialog, chosen, leaves=leaves)
            )
        elif begun := plan_dialog.new_goal(dialog):
            plan_dialog.ask_change_plan(dialog, begun, is_new=True)
        else:
            dialog.show_note(dialog.words.plan.not_edited)


@app.command()
def edit(
    ctx: typer.Context,
    client: Client,
    goal: GoalName = None,
    source: Source = None,
    field: Annotated[str | None, typer.Option(help="words, reasons.2, steps.1.when, importance, status …")] = None,
    _encoding: Encoding = None,
) -> None:
    """Change one thing in a goal. What was there before stays in its history."""
    client_plan = ClientPlan(ctx.obj, client)
    goal, source = _goal_and_source(goal, source)
    own_words = goal_words(client_plan.context.language)
    if source is not None and field is None:
        raise WrongUsage(own_words.what_to_change, own_words.give_field)

    def change(chosen: Goal, leaves: bool) -> bool:
        place = goals.parse_field_path(field, chosen) if field else None
        if field and place is None:
            raise WrongUsage(
                own_words.no_such_field, own_words.fields.format(fields=", ".join(map(str, goals.field_paths(chosen))))
            )
        if source is not None and place:
            return _edit_from_input(client_plan, chosen, place, source)
        with client_plan.dialog(own_words.give_field) as dialog:
            if place:
                return plan_dialog.edit_field(dialog, chosen, place, leaves=leaves)
            return plan_dialog.edit(dialog, chosen, leaves=leaves)

    words = client_plan.words.plan
    text = words.edited.format(code=client) if client_plan.ask_about(goal, change) else words.not_edited
    client_plan.context.screen.show([Line(text)])


@app.command()
def progress(
    ctx: typer.Context,
    client: Client,
    goal: GoalName = None,
    source: Source = None,
    step: Annotated[
        int | None, typer.Option(min=1, help="What became of this step; the words are its outcome.")
    ] = None,
    became: Annotated[
        StepStatus | None, typer.Option("--as", help="done (else asked), partly, not; replaced: - gives the new step.")
    ] = None,
    met: Annotated[bool, typer.Option("--met", help="The goal is met.")] = False,
    yes: Yes = False,
    _encoding: Encoding = None,
) -> None:
    """Note what came of a goal. Or what became of a step, or that the goal is met."""
    client_plan = ClientPlan(ctx.obj, client)
    goal, source = _goal_and_source(goal, source)
    own_words = goal_words(client_plan.context.language)

    def note(chosen: Goal, leaves: bool) -> None:
        if step and step > len(chosen.steps):
            raise WrongUsage(own_words.no_such_step, own_words.show_numbers_them)
        if became and (not step or became is StepStatus.OPEN):
            raise WrongUsage(own_words.which_step, own_words.which_step_how)
        if became is StepStatus.REPLACED and source is None:
            raise WrongUsage(own_words.new_step_missing, own_words.give_step)
        spoken = client_plan.context.words(source, "") if source is not None else None
        if met:
            _confirm(client_plan, chosen, GoalStatus.MET, named=goal is not None, yes=yes, leaves=leaves)
        asks = source is None and became is None
        if step and not asks:
            _settle(client_plan, chosen, step, became or StepStatus.DONE, spoken)
        elif spoken is not None:
            client_plan.editor.add_part(chosen.id, AddGoalPart("progress", (spoken,)))
        elif step:
            with client_plan.dialog(own_words.give_became) as dialog:
                plan_dialog.what_became(dialog, chosen, step, leaves=leaves)
        elif not met:
            with client_plan.dialog(own_words.give_progress) as dialog:
                plan_dialog.progress(dialog, chosen, leaves=leaves)
        if met:
            _set_status(client_plan, chosen, GoalStatus.MET)
        elif not asks:
            part = client_plan.words.goal_parts["steps" if step else "progress"]
            client_plan.context.screen.show([Line(client_plan.words.saved_part.format(part=part))])

    client_plan.ask_about(goal, note)


@app.command()
def drop(ctx: typer.Context, client: Client, goal: GoalName = None, yes: Yes = False) -> None:
    """Mark a goal as dropped. Nothing of it is deleted."""
    client_plan = ClientPlan(ctx.obj, client)

    def drop_it(chosen: Goal, leaves: bool) -> None:
        _confirm(client_plan, chosen, GoalStatus.DROPPED, named=goal is not None, yes=yes, leaves=leaves)
        _set_status(client_plan, chosen, GoalStatus.DROPPED)

    client_plan.ask_about(goal, drop_it)


def _settle(client_plan: ClientPlan, goal: Goal, step: int, became: StepStatus, spoken: str | None) -> None:
    """Notes what became of a step, and shows it. `spoken` is its outcome, or the step that replaces it."""
    line: ReplaceStep | SettleStep = SettleStep(became, step, spoken)
    if became is StepStatus.REPLACED:
        line = replace_step_line(step, spoken or "")
    settled = client_plan.editor.settle(goal.id, step, line)
    client_plan.context.screen.show([Line(step_text(settled.steps[step - 1], client_plan.words))])
    _print_voice_question(client_plan, needs_voice_question(line))


def _goal_and_source(goal: str | None, source: str | None) -> tuple[str | None, str | None]:
    """Returns both arguments; a lone - is standard input and not the name of a goal."""
    return (None, goal) if goal == "-" and source is None else (goal, source)


def _review_day(context: Context, text: str | None) -> date | None:
    on = day_from(text, now().date()) if text is not None else None
    if text is not None and on is None:
        raise WrongUsage(goal_words(context.language).no_date, goal_words(context.language).no_date_how)
    return on


def _print_voice_question(client_plan: ClientPlan, is_needed: bool) -> None:
    """Prints the question whether these are the client's own words. Nobody can answer it on standard input."""
    if is_needed:
        print_message(client_plan.words.plan.ask_client_voice_edit)


def _take_lines(client_plan: ClientPlan, name: str | None, source: str) -> int:
    """Takes goal lines from standard input. Returns 1 if a line was rejected, which is named; the others are taken."""
    client_plan.context.require_dash(source)
    active = client_plan.editor.plan.active
    goal_id = client_plan.goal(name).id if name else active[0].id if len(active) == 1 else None
    text, code, taken = client_plan.context.input_text(), 0, 0
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        action = parse(line, client_plan.language)
        result = client_plan.editor.apply(action, goal_id)
        if isinstance(result, Rejected):
            text = rejected_text(result, client_plan.words)
            print_message(client_plan.words.piped_line.format(number=number, text=text))
            code = 1
        else:
            goal_id, taken = result, taken + 1
            _print_voice_question(client_plan, needs_voice_question(action))
    client_plan.context.screen.show([Line(counted(client_plan.words.plan.lines_added, taken))])
    return code


def _edit_from_input(client_plan: ClientPlan, goal: Goal, place: FieldPath, source: str) -> bool:
    """Puts what standard input says into a field. Returns whether that changed the goal. Raises WrongUsage."""
    text = client_plan.context.words(source, "")
    if text.strip() == "-" and place.can_be_empty:
        value: str | int | None = None
    else:
        value_or_problem = goals.read_value(place, text, now().date(), client_plan.language)
        if isinstance(value_or_problem, Problem):
            raise WrongUsage(
                goal_words(client_plan.context.language).cannot_stand,
                plan_dialog.no_value_text(value_or_problem, place, client_plan.words),
            )
        value = value_or_problem
    by = client_plan.context.counselor
    changed = client_plan.editor.change_goal(goal.id, lambda fresh, at: goals.edit_field(fresh, place, value, at, by))
    if place.is_spoken:
        _print_voice_question(client_plan, sounds_like_the_institution(text))
    return changed != goal


def _confirm(client_plan: ClientPlan, goal: Goal, status: GoalStatus, *, named: bool, yes: bool, leaves: bool) -> None:
    """Asks, with the goal's words, whether it gets this status. Raises Declined on a no, WrongUsage without a terminal.

    Where `leaves` says so, `b` raises GoBack.

    The status can be changed back. So where nobody can be asked, it is enough that the command line names the goal.
    """
    if yes or (named and not client_plan.context.interactive):
        return
    with client_plan.dialog(goal_words(client_plan.context.language).name_it) as dialog:
        if not confirm_status(dialog.with_back if leaves else dialog, goal, status):
            raise Declined


def _set_status(client_plan: ClientPlan, goal: Goal, status: GoalStatus) -> None:
    client_plan.editor.change_goal(goal.id, lambda fresh, at: goals.set_status(fresh, status, at))
    client_plan.context.screen.show([Line(client_plan.words.plan.status_changed[status])])
