"""`mi session`: an interview, and what was kept of it."""

from typing import ClassVar

from mi_cli.cli.lazy_group import Command, LazyGroup
from mi_cli.cli.options import command_group


class _Commands(LazyGroup):
    table: ClassVar = {
        "start": Command("session_begin", "Begin an interview."),
        "resume": Command("session_begin", "Go on where an interview stopped."),
        "list": Command("session_list", "Interviews, newest first."),
        "show": Command("session_show", "What was kept of an interview."),
        "recap": Command("session_recap", "The client's own change talk, to read back."),
        "amend": Command("session_change", "Add to a closed interview; what is there stays as it is."),
        "times": Command("session_change", "Correct when a closed interview was."),
        "settle": Command("session_change", "Note the open safety concern of a closed interview as dealt with."),
        "delete": Command("session_change", "Move an interview to the trash."),
        "move": Command("session_change", "Move an interview to another client."),
    }


app = command_group("Interviews.", cls=_Commands)
app.callback()(lambda: None)
