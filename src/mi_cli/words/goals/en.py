"""The texts of the commands about goals: what is missing, and how to give it in English."""

from typing import Final

from mi_cli.words.goals.model import GoalWords

EN: Final = GoalWords(
    give_goal="Give - and the goal's words on standard input.",
    give_lines="Give - and lines such as /reason, /step and /review on standard input.",
    give_field="Give --field and -, and the new words on standard input; a - alone there takes the old ones out.",
    what_to_change="It was not said what to change.",
    no_such_field="There is no such field in that goal.",
    fields="It has these: {fields}.",
    no_such_step="That goal has no such step.",
    show_numbers_them="`mi goals show` numbers them.",
    which_step="A step was done, partly, not, or replaced by another: say which step.",
    which_step_how="For example: --step 2 --as partly",
    new_step_missing="The new step was not said.",
    give_step="Give - and its words on standard input: what @ when.",
    give_became="Give --as done, partly or not; or - and what came of it on standard input, which notes it as done.",
    give_progress="Give - and the words on standard input, or --step, or --met.",
    give_names="--json lists what there is. The NAME of one shares it; with --out it is no longer shared.",
    earlier_saved="What was answered before is saved; this answer is not.",
    no_active="There is no active goal.",
    no_active_how="`mi goals list` shows the goals, `mi goals add` makes one.",
    several="Several goals are active: give the start of one's id.",
    no_date="mi did not understand that date.",
    no_date_how="Write it like this: --review 2027-01-31, or 4w for four weeks from now.",
    cannot_stand="That field cannot have that value.",
    name_it="Name the goal by the start of its id, or give --yes.",
    more_than_one="That is the start of more than one id.",
    one_more_character="Give one character more.",
    no_such_entry="There is nothing of that name that could be passed on.",
    list_them="`mi goals share {code} --json` lists what there is.",
    no_such_goal="There is no such goal.",
    goals_shown="`mi goals list` shows the goals and their ids.",
    goal_gone="That goal is no longer in the plan.",
    none_in_plan="There is no goal yet. `mi goals add {code}` makes one.",
)
