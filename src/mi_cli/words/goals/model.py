"""The shape of the texts of the commands about goals: what is missing, and how to give it."""

from mi_cli.words.texts import Texts


class GoalWords(Texts):
    """Texts. Braces are placeholders for numbers, days, codes and commands, never for a client's words."""

    # What is missing or cannot be, and what to do.
    give_goal: str
    give_lines: str
    give_field: str
    what_to_change: str
    no_such_field: str
    fields: str
    no_such_step: str
    show_numbers_them: str
    which_step: str
    which_step_how: str
    new_step_missing: str
    give_step: str
    give_became: str
    give_progress: str
    give_names: str
    earlier_saved: str
    no_active: str
    no_active_how: str
    several: str
    no_date: str
    no_date_how: str
    cannot_stand: str
    name_it: str
    more_than_one: str
    one_more_character: str
    no_such_entry: str
    list_them: str
    no_such_goal: str
    goals_shown: str
    goal_gone: str
    none_in_plan: str
