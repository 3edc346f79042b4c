"""`mi goals add / plan / edit / progress / drop / share`: what changes a client's plan.

Each command answers either from standard input (`-`), which a script can use, or in a dialog at the terminal
(`mi_cli.terminal.plan_dialog`). Both change the plan through `PlanEditor`, which saves each change at once. What a
change means is a rule of `mi_cli.interview.goals`, `results` or `sharing`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.first_use import first_use
from mi_cli.cli.interruption import Declined, Interrupted
from mi_cli.cli.options import AsJson, Client, Encoding, Yes, command_group
from mi_cli.cli.surroundings import new_id, now
from mi_cli.errors import Damaged, Failed, WrongUsage
from mi_cli.interview import fact_sharing, goals, results, sharing
from mi_cli.interview.actions import AddGoalPart, Rejected, SettleStep
from mi_cli.interview.client_voice import needs_voice_question, sounds_like_the_institution
from mi_cli.interview.goal_by_id import goal_named
from mi_cli.interview.goals import FieldPath
from mi_cli.interview.grammar import parse, replace_step_line
from mi_cli.interview.plan_editor import PlanEditor
from mi_cli.records.change import ReversibleChange
from mi_cli.records.dates import day_from
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Goal, Plan
from mi_cli.records.terms import GoalStatus, StepStatus
from mi_cli.records.text_keys import Problem
from mi_cli.store.records.interviews import read_notes
from mi_cli.terminal import plan_dialog
from mi_cli.terminal.page import Line
from mi_cli.terminal.pages import rejected_text
from mi_cli.terminal.plan_dialog import PlanDialog, choose_goal, confirm_status
from mi_cli.terminal.plan_pages import step_text
from mi_cli.terminal.share_dialog import choose_shared
from mi_cli.terminal.streams import print_message
from mi_cli.terminal.system import without_echo
from mi_cli.words.facts import fact_words
from mi_cli.words.goals import goal_words
from mi_cli.words.interview import interview_words
from mi_cli.words.interview.model import InterviewWords
from mi_cli.words.languages import counted
from mi_cli.words.waiting import waiting_words

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
        client_plan.context.screen.show([Line(client_plan.words.plan.added.format(id=goal.id))])
        _print_voice_question(client_plan, sounds_like_the_institution(goal.words))
        return
    with client_plan.dialog(goal_words(client_plan.context.language).give_goal) as dialog:
        if goal_made := plan_dialog.new_goal(dialog, review_on):
            plan_dialog.ask_change_plan(dialog, goal_made, without=("review_on",) if review_on else ())
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
        begins = goal is None and not client_plan.editor.plan.active
        if chosen := plan_dialog.new_goal(dialog) if begins else client_plan.goal(goal):
            plan_dialog.ask_change_plan(dialog, chosen)
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
    chosen = client_plan.goal(goal)
    place = goals.parse_field_path(field, chosen) if field else None
    if field and place is None:
        raise WrongUsage(
            own_words.no_such_field, own_words.fields.format(fields=", ".join(map(str, goals.field_paths(chosen))))
        )
    if source is not None and place:
        changed = _edit_from_input(client_plan, chosen, place, source)
    else:
        with client_plan.dialog(own_words.give_field) as dialog:
            changed = plan_dialog.edit_field(dialog, chosen, place) if place else plan_dialog.edit(dialog, chosen)
    words = client_plan.words.plan
    client_plan.context.screen.show([Line(words.edited.format(code=client) if changed else words.not_edited)])


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
    chosen = client_plan.goal(goal)
    own_words = goal_words(client_plan.context.language)
    if step and step > len(chosen.steps):
        raise WrongUsage(own_words.no_such_step, own_words.show_numbers_them)
    if became and (not step or became is StepStatus.OPEN):
        raise WrongUsage(own_words.which_step, own_words.which_step_how)
    if became is StepStatus.REPLACED and source is None:
        raise WrongUsage(own_words.new_step_missing, own_words.give_step)
    spoken = client_plan.context.words(source, "") if source is not None else None
    if met:
        _confirm(client_plan, chosen, GoalStatus.MET, named=goal is not None, yes=yes)
    if step and not became and source is None:
        with client_plan.dialog(own_words.give_became) as dialog:
            plan_dialog.what_became(dialog, chosen, step)
        if not met:
            return
    elif step:
        replaced = became is StepStatus.REPLACED
        line = (
            replace_step_line(step, spoken or "") if replaced else SettleStep(became or StepStatus.DONE, step, spoken)
        )
        settled = client_plan.editor.settle(chosen.id, step, line)
        client_plan.context.screen.show([Line(step_text(settled.steps[step - 1], client_plan.words))])
        _print_voice_question(client_plan, needs_voice_question(line))
    elif spoken is not None:
        client_plan.editor.add_part(chosen.id, AddGoalPart("progress", (spoken,)))
    elif not met:
        with client_plan.dialog(own_words.give_progress) as dialog:
            plan_dialog.progress(dialog, chosen)
        return
    if met:
        _set_status(client_plan, chosen, GoalStatus.MET)
    else:
        part = client_plan.words.goal_parts["steps" if step else "progress"]
        client_plan.context.screen.show([Line(client_plan.words.saved_part.format(part=part))])


@app.command()
def drop(ctx: typer.Context, client: Client, goal: GoalName = None, yes: Yes = False) -> None:
    """Mark a goal as dropped. Nothing of it is deleted."""
    client_plan = ClientPlan(ctx.obj, client)
    chosen = client_plan.goal(goal)
    _confirm(client_plan, chosen, GoalStatus.DROPPED, named=goal is not None, yes=yes)
    _set_status(client_plan, chosen, GoalStatus.DROPPED)


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
    goal_results = results.numbered(plan)
    known = client_plan.context.store.client_facts(client_plan.editor.client)
    client_facts = fact_sharing.numbered(known, plan, fact_words(client_plan.language), entries.values())
    if as_json:
        items = [sharing.as_json(entry, plan, client_plan.code) for entry in entries.values()]
        items += [results.as_json(result, client_plan.code) for result in goal_results.values()]
        items += [fact_sharing.as_json(fact, plan, client_plan.code) for fact in client_facts.values()]
        output.show_list_json(items, damaged)
        return
    if names:
        entry_by_name = {sharing.name(entry): entry for entry in entries.values()}
        result_by_name = {result.name: result for result in goal_results.values()}
        fact_by_name = {fact.name: fact for fact in client_facts.values()}
        every_name = (*entry_by_name, *result_by_name, *fact_by_name)
        full_names = {_full_name(client_plan, every_name, name) for name in names}
        chosen_entries = [entry for name, entry in entry_by_name.items() if name in full_names]
        chosen_results = [result for name, result in result_by_name.items() if name in full_names]
        chosen_facts = [fact for name, fact in fact_by_name.items() if name in full_names]
        facts = tuple(client_facts.values())

        def change(plan: Plan) -> ReversibleChange:
            if out:
                changed = sharing.share_and_withdraw((), chosen_entries, plan)
                changed += results.share_and_withdraw((), chosen_results, plan, today)
                return changed + fact_sharing.share_and_withdraw((), chosen_facts, facts, plan, today)
            changed = sharing.share_and_withdraw(chosen_entries, (), plan)
            changed += results.share_and_withdraw(chosen_results, (), plan, today)
            return changed + fact_sharing.share_and_withdraw(chosen_facts, (), facts, plan, today)

        client_plan.editor.change(change)
        words = client_plan.words
        text = (words.saved_unshared if out else words.saved_shared).format(n=len(full_names))
        client_plan.context.screen.show([Line(text)])
    elif not (entries or goal_results or client_facts):
        client_plan.context.screen.show([Line(client_plan.words.shareable_none)])
    else:
        with client_plan.dialog(goal_words(client_plan.context.language).give_names) as dialog:
            change_plan = client_plan.editor.change
            choose_shared(
                entries,
                goal_results,
                client_facts,
                plan,
                change_plan,
                dialog.asker,
                dialog.screen,
                dialog.words,
                today,
                dated=True,
            )
    output.warn_damaged(damaged)


# -- what the commands have in common ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class ClientPlan:
    """The plan of the client whose code was typed, and what a command needs to change it."""

    context: Context
    given_code: str

    @cached_property
    def editor(self) -> PlanEditor:
        """Changes the plan. Raises Failed for a code that is not known."""
        return PlanEditor(self.context.store, self.context.catalog.client_id(self.given_code), now, new_id)

    @cached_property
    def code(self) -> str:
        """The client's code as the store has it."""
        return self.context.catalog.code_of()[self.editor.client]

    @cached_property
    def language(self) -> str:
        """The client's language; English where it is not known."""
        return self.context.store.client(self.editor.client).language or "en"

    @cached_property
    def words(self) -> InterviewWords:
        """The texts of the companion, in the client's language."""
        return interview_words(self.language)

    @contextmanager
    def dialog(self, instead: str) -> Iterator[PlanDialog]:
        """Gives a dialog about the plan at the terminal.

        Raises WrongUsage, naming what to give `instead`, when nobody can be asked. Raises Interrupted on Ctrl-C, which
        tells whether anything was saved.
        """
        self.context.require_terminal(instead)
        store, client = self.context.store, self.editor.client
        store.require_saving(client, store.locked_plan(client))
        read = self.context.line_reader(instead, edited=True)
        dialog = PlanDialog(self.editor, self.context.screen, self.words, read, self.context.counselor)
        before = self.editor.plan
        with without_echo():
            try:
                yield dialog
            except (Interrupted, KeyboardInterrupt):
                raise Interrupted(
                    goal_words(self.context.language).earlier_saved if self.editor.plan != before else ""
                ) from None

    def goal(self, name: str | None) -> Goal:
        """Returns the goal whose id begins with `name`, else the only active one, else the one that is chosen."""
        plan = self.editor.plan
        if name is not None:
            return goal_named(plan, name)
        own_words = goal_words(self.context.language)
        if not plan.active:
            raise Failed(own_words.no_active, own_words.no_active_how)
        if len(plan.active) == 1:
            return plan.active[0]
        with self.dialog(own_words.several) as dialog:
            return choose_goal(dialog, plan)


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
        value_or_problem = goals.read_value(place, text, now().date())
        if isinstance(value_or_problem, Problem):
            hint = ", ".join(goals.choices(place)) or place.field
            raise WrongUsage(
                goal_words(client_plan.context.language).cannot_stand,
                client_plan.words.problems[value_or_problem].format(hint=hint),
            )
        value = value_or_problem
    by = client_plan.context.counselor
    changed = client_plan.editor.change_goal(goal.id, lambda fresh, at: goals.edit_field(fresh, place, value, at, by))
    if place.is_spoken:
        _print_voice_question(client_plan, sounds_like_the_institution(text))
    return changed != goal


def _confirm(client_plan: ClientPlan, goal: Goal, status: GoalStatus, *, named: bool, yes: bool) -> None:
    """Asks, with the goal's words, whether it gets this status. Raises Declined on a no, WrongUsage without a terminal.

    The status can be changed back. So where nobody can be asked, it is enough that the command line names the goal.
    """
    if yes or (named and not client_plan.context.interactive):
        return
    with client_plan.dialog(goal_words(client_plan.context.language).name_it) as dialog:
        if not confirm_status(dialog, goal, status):
            raise Declined


def _set_status(client_plan: ClientPlan, goal: Goal, status: GoalStatus) -> None:
    client_plan.editor.change_goal(goal.id, lambda fresh, at: goals.set_status(fresh, status, at))
    client_plan.context.screen.show([Line(client_plan.words.plan.status_changed[status])])


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
