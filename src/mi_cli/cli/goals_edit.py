"""`mi goals add / plan / edit / progress / drop / share`: what changes a client's plan."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Annotated, Final

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.first_use import first_use
from mi_cli.cli.interruption import Declined, Interrupted
from mi_cli.cli.options import AsJson, Client, Yes
from mi_cli.cli.surroundings import new_id, now
from mi_cli.errors import Damaged, Failed, WrongUsage
from mi_cli.interview import goals, results, sharing
from mi_cli.interview.actions import AddGoalPart, Problem, Rejected
from mi_cli.interview.client_voice import needs_voice_question, sounds_like_the_institution
from mi_cli.interview.goals import FieldPath
from mi_cli.interview.grammar import parse
from mi_cli.interview.plan_editor import PlanEditor, goal_named
from mi_cli.records.change import ReversibleChange
from mi_cli.records.dates import day_from
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Goal, Plan
from mi_cli.records.terms import GoalStatus
from mi_cli.store.records.interviews import read_notes
from mi_cli.terminal import plan_dialog as planning
from mi_cli.terminal.page import Line
from mi_cli.terminal.pages import problem_text
from mi_cli.terminal.plan_dialog import PlanDialog, choose, is_meant
from mi_cli.terminal.share_dialog import go_through
from mi_cli.terminal.streams import print_message
from mi_cli.terminal.system import unechoed
from mi_cli.words.interview import interview_words
from mi_cli.words.interview.model import InterviewWords

GoalName = Annotated[
    str | None, typer.Argument(metavar="[GOAL]", help="The start of its id; needed when several are active.")
]
_ANSWERED: Final = "What was answered before is saved; this answer is not."

Source = Annotated[str | None, typer.Argument(metavar="[-]", help="- reads standard input instead of asking.")]


def add(
    ctx: typer.Context,
    client: Client,
    source: Source = None,
    review: Annotated[str | None, typer.Option(help="When to look at it again: a date, or 4w.")] = None,
) -> None:
    """Add a goal in the client's words. Then what belongs to it is asked about; Enter passes over."""
    on = _review_day(review)
    at_hand = ClientPlan(first_use(ctx.obj), client)
    if source is not None:
        goal = at_hand.keeper.add(at_hand.context.words(source, ""), on)
        at_hand.context.screen.show([Line(at_hand.words.plan.added.format(id=goal.id))])
        _ask_voice(at_hand, sounds_like_the_institution(goal.words))
        return
    with at_hand.table("Give - and the goal's words on standard input.") as table:
        if made := planning.new_goal(table, on):
            planning.walk_plan(table, made, without=("review_on",) if on else ())
        else:
            table.say(table.words.plan.not_edited)


def plan(ctx: typer.Context, client: Client, goal: GoalName = None, source: Source = None) -> None:
    """Walk the change plan together. With - it takes the goal lines of an interview."""
    at_hand = ClientPlan(first_use(ctx.obj), client)
    goal, source = _told_apart(goal, source)
    if source is not None:
        raise typer.Exit(_take_lines(at_hand, goal, source))
    with at_hand.table("Give - and lines such as /reason, /step and /review on standard input.") as table:
        begins = goal is None and not at_hand.keeper.plan.active
        if chosen := planning.new_goal(table) if begins else at_hand.goal(goal):
            planning.walk_plan(table, chosen)
        else:
            table.say(table.words.plan.not_edited)


def edit(
    ctx: typer.Context,
    client: Client,
    goal: GoalName = None,
    source: Source = None,
    field: Annotated[str | None, typer.Option(help="words, reasons.2, steps.1.when, importance, status …")] = None,
) -> None:
    """Change one thing in a goal. What was there before stays in its history."""
    at_hand = ClientPlan(ctx.obj, client)
    goal, source = _told_apart(goal, source)
    instead = "Give --field and -, and what is to stand there on standard input; - alone there takes it out."
    if source is not None and field is None:
        raise WrongUsage("What is to be changed was not said.", instead)
    chosen = at_hand.goal(goal)
    place = goals.parse_field_path(field, chosen) if field else None
    if field and place is None:
        raise WrongUsage(
            "There is no such field in that goal.", f"One of {', '.join(map(str, goals.field_paths(chosen)))}."
        )
    if source is not None and place:
        changed = _put_from_input(at_hand, chosen, place, source)
    else:
        with at_hand.table(instead) as table:
            changed = planning.edit_place(table, chosen, place) if place else planning.edit(table, chosen)
    words = at_hand.words.plan
    at_hand.context.screen.show([Line(words.edited.format(code=client) if changed else words.not_edited)])


def progress(
    ctx: typer.Context,
    client: Client,
    goal: GoalName = None,
    source: Source = None,
    step: Annotated[int | None, typer.Option(min=1, help="This step was done; the words are what came of it.")] = None,
    met: Annotated[bool, typer.Option("--met", help="The goal is met.")] = False,
    yes: Yes = False,
) -> None:
    """Note what came of a goal. Or of a step that was done, or that the goal is met."""
    at_hand = ClientPlan(ctx.obj, client)
    goal, source = _told_apart(goal, source)
    chosen = at_hand.goal(goal)
    if step and step > len(chosen.steps):
        raise WrongUsage("That goal has no such step.", "`mi goals show` numbers them.")
    said = at_hand.context.words(source, "") if source is not None else None
    if met:
        _confirm(at_hand, chosen, GoalStatus.MET, named=goal is not None, yes=yes)
    if step:
        at_hand.keeper.change_goal(chosen.id, lambda fresh, at: goals.mark_step_done(fresh, step, said, at))
    elif said is not None:
        at_hand.keeper.change_goal(chosen.id, partial(goals.from_line, AddGoalPart("progress", (said,))))
    elif not met:
        with at_hand.table("Give - and the words on standard input, or --step, or --met.") as table:
            planning.progress(table, chosen)
        return
    if met:
        _stands(at_hand, chosen, GoalStatus.MET)
    else:
        part = at_hand.words.goal_parts["steps" if step else "progress"]
        at_hand.context.screen.show([Line(at_hand.words.saved_part.format(part=part))])


def drop(ctx: typer.Context, client: Client, goal: GoalName = None, yes: Yes = False) -> None:
    """Mark a goal as dropped. Nothing of it is deleted."""
    at_hand = ClientPlan(ctx.obj, client)
    chosen = at_hand.goal(goal)
    _confirm(at_hand, chosen, GoalStatus.DROPPED, named=goal is not None, yes=yes)
    _stands(at_hand, chosen, GoalStatus.DROPPED)


def share(
    ctx: typer.Context,
    client: Client,
    entries: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]…", help="What the client agrees to, as --json names it: ID:7, GOAL:progress.1."),
    ] = None,
    out: Annotated[bool, typer.Option("--out", help="Take these out of the plan again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Go through what may be passed on. Entries, progress lines and outcomes go out only if the client agrees to it."""
    at_hand = ClientPlan(ctx.obj, client)
    damaged: list[Damaged] = []
    standing, today = at_hand.keeper.plan, now().date()
    rows = dict(enumerate(sharing.gathered(standing, _interviews(at_hand, damaged)), 1))
    came_of_it = results.numbered(standing)
    if as_json:
        items = [sharing.as_json(item, standing, at_hand.code) for item in rows.values()]
        items += [results.as_json(one, at_hand.code) for one in came_of_it.values()]
        output.show_list_json(items, damaged)
        return
    if entries:
        said_by_name = {sharing.name(item): item for item in rows.values()}
        came_by_name = {one.name: one for one in came_of_it.values()}
        names = {_full_name((*said_by_name, *came_by_name), name) for name in entries}
        said = [item for name, item in said_by_name.items() if name in names]
        came = [one for name, one in came_by_name.items() if name in names]

        def decided(plan: "Plan") -> "ReversibleChange":
            if out:
                return sharing.decided((), said, plan) + results.decided((), came, plan, today)
            return sharing.decided(said, (), plan) + results.decided(came, (), plan, today)

        at_hand.keeper.change(decided)
        words = at_hand.words
        at_hand.context.screen.show([Line((words.saved_unshared if out else words.saved_shared).format(n=len(names)))])
    elif not (rows or came_of_it):
        at_hand.context.screen.show([Line(at_hand.words.shareable_none)])
    else:
        with at_hand.table("--json lists what there is; its NAME agrees to one of it, with --out no longer.") as table:
            keeper = at_hand.keeper
            go_through(
                rows, came_of_it, standing, keeper.change, table.asker, table.screen, table.words, today, dated=True
            )
    output.warn_damaged(damaged)


# -- what the commands have in common ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class ClientPlan:
    """A client's plan, the client's language, and the terminal."""

    context: Context
    given_code: str

    @cached_property
    def keeper(self) -> "PlanEditor":
        """The door to the plan. Raises Failed for a code that is not known."""
        return PlanEditor(self.context.store, self.context.layout.client_id(self.given_code), now, new_id)

    @cached_property
    def code(self) -> str:
        """The code as the store has it."""
        return self.context.layout.code_of()[self.keeper.client]

    @cached_property
    def words(self) -> "InterviewWords":
        """The companion's words in the client's language."""
        return interview_words(self.context.store.client(self.keeper.client).language or "en")

    @contextmanager
    def table(self, instead: str) -> "Iterator[PlanDialog]":
        """The terminal with the plan. Raises WrongUsage, naming what to give `instead`, when nobody can be asked.

        Raises Interrupted on Ctrl-C, whatever goes on when it is pressed; it tells whether anything was saved.
        """
        self.context.require_terminal(instead)
        read = self.context.line_reader(instead, edited=True)
        table = PlanDialog(self.keeper, self.context.screen, self.words, read, self.context.counselor)
        before = self.keeper.plan
        with unechoed():
            try:
                yield table
            except (Interrupted, KeyboardInterrupt):
                raise Interrupted(_ANSWERED if self.keeper.plan != before else "") from None

    def goal(self, name: str | None) -> "Goal":
        """The goal whose id begins so, else the only active one, else the one chosen."""
        plan = self.keeper.plan
        if name is not None:
            return goal_named(plan, name)
        if not plan.active:
            raise Failed("There is no active goal.", "`mi goals list` shows the goals, `mi goals add` makes one.")
        if len(plan.active) == 1:
            return plan.active[0]
        with self.table("Several goals are active: give the start of one's id.") as table:
            return choose(table, plan)


def _told_apart(goal: str | None, source: str | None) -> tuple[str | None, str | None]:
    """A lone - stands for standard input, not for a goal."""
    return (None, goal) if goal == "-" and source is None else (goal, source)


def _review_day(text: str | None) -> date | None:
    on = day_from(text, now().date()) if text is not None else None
    if text is not None and on is None:
        raise WrongUsage("That is no date.", "Write it so: --review 2027-01-31, or 4w for four weeks from now.")
    return on


def _ask_voice(at_hand: ClientPlan, asked: bool) -> None:
    """There is nobody to answer; the question stands beside what was saved."""
    if asked:
        print_message(at_hand.words.plan.ask_voice_edit)


def _take_lines(at_hand: ClientPlan, name: str | None, source: str) -> int:
    """Goal lines from standard input; what goes wrong is named by its line, the rest is still read. The exit code."""
    at_hand.context.require_dash(source)
    active = at_hand.keeper.plan.active
    in_hand = at_hand.goal(name).id if name else active[0].id if len(active) == 1 else None
    text, code, taken = at_hand.context.input_text(), 0, 0
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        action = parse(line)
        came_to = at_hand.keeper.apply(action, in_hand)
        if isinstance(came_to, Rejected):
            text = problem_text(came_to, at_hand.words)
            print_message(at_hand.words.piped_line.format(number=number, text=text))
            code = 1
        else:
            in_hand, taken = came_to, taken + 1
            _ask_voice(at_hand, needs_voice_question(action))
    at_hand.context.screen.show([Line(at_hand.words.plan.lines_taken.format(n=taken))])
    return code


def _put_from_input(at_hand: ClientPlan, goal: "Goal", place: "FieldPath", source: str) -> bool:
    """What standard input says, in that place. Raises WrongUsage for what cannot stand there."""
    text = at_hand.context.words(source, "")
    if text.strip() == "-" and place.can_be_empty:
        value: str | int | None = None
    else:
        read = goals.read_value(place, text, now().date())
        if isinstance(read, Problem):
            choices = ", ".join(goals.choices(place)) or place.field
            raise WrongUsage("That cannot stand there.", at_hand.words.problems[read].format(hint=choices))
        value = read
    by = at_hand.context.counselor
    changed = at_hand.keeper.change_goal(goal.id, lambda fresh, at: goals.edit_field(fresh, place, value, at, by))
    if place.is_spoken:
        _ask_voice(at_hand, sounds_like_the_institution(text))
    return changed != goal


def _confirm(at_hand: ClientPlan, goal: "Goal", status: "GoalStatus", *, named: bool, yes: bool) -> None:
    """Ask, with the goal's words, whether it is to stand so. Raises Declined on a no, WrongUsage without a terminal.

    It can be undone; so where nobody can be asked, a goal that was named on the command line is enough.
    """
    if yes or (named and not at_hand.context.interactive):
        return
    with at_hand.table("Name the goal by the start of its id, or give --yes.") as table:
        if not is_meant(table, goal, status):
            raise Declined


def _stands(at_hand: ClientPlan, goal: "Goal", status: "GoalStatus") -> None:

    at_hand.keeper.change_goal(goal.id, lambda fresh, at: goals.set_status(fresh, status, at))
    at_hand.context.screen.show([Line(at_hand.words.plan.stands[status])])


def _interviews(at_hand: ClientPlan, damaged: list[Damaged]) -> "list[Notes]":
    """The notes of all the client's interviews; what cannot be read is put into `damaged`."""
    store, found = at_hand.context.store, []
    for ref in store.layout.sessions([at_hand.keeper.client], damaged):
        try:
            found.append(read_notes(store, ref))
        except Damaged as error:
            damaged.append(error)
    return found


def _full_name(names: "Sequence[str]", given: str) -> str:
    """The name that `7k3q9xab:7` means; the start of the id before the colon will do."""
    start, _, rest = given.partition(":")
    found = [name for name in names if start and name.startswith(start) and name.partition(":")[2] == rest]
    if len(found) > 1:
        raise WrongUsage("That is the start of more than one id.", "Give a character more.")
    if not found:
        raise Failed("There is no such thing that could be passed on.", "`mi goals share CLIENT --json` lists them.")
    return found[0]
