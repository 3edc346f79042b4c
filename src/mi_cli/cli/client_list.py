"""`mi client list`: the codes. It loads no large library (tests/cli/test_light.py)."""

from typing import Any

import typer

from mi_cli.cli import output
from mi_cli.cli.options import AsJson, single_command
from mi_cli.errors import Damaged
from mi_cli.words.lists import list_words

app = single_command()


@app.command("list")
def list_clients(ctx: typer.Context, as_json: AsJson = False) -> None:
    """The codes there are. With how many interviews, and when the last one began."""
    catalog = ctx.obj.catalog
    items: list[dict[str, Any]] = []
    damaged: list[Damaged] = []
    for code, client_id in catalog.read_codes().items():
        refs = list(catalog.named("sessions", [client_id], damaged))
        try:
            client = catalog.read_client(client_id)
        except Damaged as error:
            damaged.append(error)
            continue
        items.append(
            {
                "client": code,
                "id": client_id,
                "language": client["language"],
                "counselor": client["counselor"],
                "sessions": len(refs),
                "last": _day(refs[0].name) if refs else None,
            }
        )
    words = list_words(ctx.obj.language)
    output.show_list(
        items,
        damaged,
        as_json=as_json,
        json_item=lambda item: item,
        header=words.clients,
        row=lambda item: (item["client"], str(item["sessions"]), item["last"] or "", str(item["counselor"] or "")),
        empty=words.no_clients,
    )


def _day(session_name: str) -> str:
    return f"{session_name[:4]}-{session_name[4:6]}-{session_name[6:8]}"
