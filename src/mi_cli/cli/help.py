"""`mi help`: of a command what `--help` tells, and everything that is typed in an interview."""

from typing import Annotated, Final

import typer

from mi_cli.cli.context import Context
from mi_cli.cli.options import single_command
from mi_cli.terminal.guide import guide_page
from mi_cli.words.interview import interview_words

_INTERVIEW: Final = "interview"

app = single_command()


@app.command("help")
def show_help(
    ctx: typer.Context,
    about: Annotated[list[str] | None, typer.Argument(metavar="[COMMAND]", help="A command, or interview.")] = None,
) -> None:
    """Help on a command. With `interview`, on what is typed in one."""
    context: Context = ctx.obj
    if about == [_INTERVIEW]:
        context.screen.show(guide_page(interview_words(context.language)))
        return
    ctx.find_root().command([*(about or []), "--help"], prog_name="mi", standalone_mode=False)
