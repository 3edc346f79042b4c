"""`mi goals`: what the clients want, in their own words."""

from typing import ClassVar

from mi_cli.cli.lazy_group import Command, LazyGroup
from mi_cli.cli.options import command_group


class _Commands(LazyGroup):
    table: ClassVar = {
        "add": Command("goals_edit", "Add a goal in the client's words."),
        "plan": Command("goals_edit", "Walk the change plan together."),
        "edit": Command("goals_edit", "Change one thing in a goal."),
        "progress": Command("goals_edit", "Note what came of a goal."),
        "drop": Command("goals_edit", "Mark a goal as dropped."),
        "share": Command("goals_share", "Go through what may be passed on."),
        "export": Command("export", "Make the handoff, or the client's own copy."),
        "list": Command("goals_list", "Goals of one client, or of all."),
        "show": Command("goals_list", "A client's plan, or one goal of it."),
    }


app = command_group("Goals, in the client's words.", cls=_Commands)
app.callback()(lambda: None)
