"""`mi help`: of a command what `--help` tells; everything that is typed in an interview; and what comes next in one."""

from typing import Annotated, Final

import typer

from mi_cli.cli.context import Context
from mi_cli.cli.options import single_command
from mi_cli.terminal.guide import guide_page, next_page
from mi_cli.words.choice import choice_words
from mi_cli.words.interview import interview_words

_INTERVIEW: Final = "interview"
_NEXT: Final = "next"

app = single_command()


@app.command("help")
def show_help(
    ctx: typer.Context,
    about: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND]", help="A command, interview or next.")
    ] = None,
) -> None:
    """Help on a command. With `interview`, on what is typed in one; with `next`, on what comes next in one, and why."""
    context: Context = ctx.obj
    words = interview_words(context.language)
    if about == [_INTERVIEW]:
        context.screen.show(guide_page(words, context.language))
        return
    if about == [_NEXT]:
        context.screen.show(next_page(choice_words(context.language), words.rules))
        return
    ctx.find_root().command([*(about or []), "--help"], prog_name="mi", standalone_mode=False)
