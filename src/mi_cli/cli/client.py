"""`mi client`: the people interviews are held with, by code."""

from typing import ClassVar

from mi_cli.cli.lazy_group import Command, LazyGroup
from mi_cli.cli.options import command_group


class _Commands(LazyGroup):
    table: ClassVar = {
        "add": Command("client_edit", "Set up a client."),
        "list": Command("client_list", "The codes there are."),
        "show": Command("client_edit", "A client: language, counselor, name, and what is due."),
        "facts": Command("client_facts", "What is known of a client."),
        "edit": Command("client_edit", "Change a client's code, language, counselor, name or birth date."),
        "delete": Command("client_edit", "Move a client and everything kept of them to the trash."),
    }


app = command_group("Clients, known by a code.", cls=_Commands)
app.callback()(lambda: None)
