"""`mi help`: of a command what `--help` tells, and everything that is typed in an interview."""

from typing import Annotated, Final

import typer

from mi_cli.cli.context import Context

INTERVIEW: Final = "interview"


def help_(
    ctx: typer.Context,
    about: Annotated[list[str] | None, typer.Argument(metavar="[COMMAND]", help="A command, or interview.")] = None,
) -> None:
    """Help on a command. With `interview`, on what is typed in one."""
    if about == [INTERVIEW]:
        from mi_cli.terminal.guide import guide_page
        from mi_cli.words.interview import interview_words

        context: Context = ctx.obj
        context.screen.show(guide_page(interview_words(context.language)))
        return
    from mi_cli.cli.app import build

    build()([*(about or []), "--help"], prog_name="mi", standalone_mode=False)
