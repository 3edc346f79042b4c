"""The command line as a whole: the commands, the options that go before them, and the one place that prints an error.

Each command or group of commands is a module of this package with the same name, which holds it as `app`, and is
imported only when it is typed (`lazy_group`). `session` and `client` stay light: a list has to be there at once.
"""

import traceback
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final

import typer

from mi_cli import __version__
from mi_cli.cli.click_errors import ClickException, NoArgsIsHelpError, UsageError, usage_message
from mi_cli.cli.context import Context
from mi_cli.cli.lazy_group import Command, LazyGroup
from mi_cli.cli.store_keys import keys_of_store
from mi_cli.errors import MiError
from mi_cli.records.text import sanitized
from mi_cli.terminal.streams import flush_output, output_failed, print_message
from mi_cli.terminal.system import utf8_streams


class _Commands(LazyGroup):
    # The groups stand before the single commands: what is used most stands first.
    table: ClassVar = {
        "session": Command("session", "Interviews."),
        "goals": Command("goals", "Goals, in the client's words."),
        "client": Command("client", "Clients, known by a code."),
        "consent": Command("consent", "What clients have agreed to in writing."),
        "disclosures": Command("disclosures", "What was passed on."),
        "prompts": Command("prompts", "Prompt sets."),
        "store": Command("store", "The folder with the records."),
        "config": Command("config", "The settings."),
        "demo": Command("demo", "An invented client, to try everything on."),
        "schema": Command("schema", "The JSON Schema of a record, or of a handoff as JSON."),
        "doctor": Command("doctor", "See how the program, the store and the terminal are."),
        "help": Command("help", "Help on a command."),
    }

    def invoke(self, ctx: Any) -> Any:  # Typer does not export the type of its context
        """Runs the command. Raises Abort for Ctrl-C: Typer itself would end with exit code 130 and say nothing."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Abort from None


app: Final = typer.Typer(
    name="mi",
    cls=_Commands,
    help="A companion for Motivational Interviewing. `mi session start` begins an interview; "
    "`mi help interview` tells what is typed in one.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        print(f"mi {__version__}")
        raise typer.Exit


@app.callback()
def _before_any_command(
    ctx: typer.Context,
    store_path: Annotated[Path | None, typer.Option("--store", help="The folder with the records.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Text only: no colour, boxes or cursor movement.")] = False,
    _asked: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")] = False,
) -> None:
    ctx.obj = Context(keys_of_store, store_option=store_path, plain_option=plain)


def run(arguments: list[str]) -> int:
    """Runs a command and returns the exit code. Every error ends here, as two lines on standard error."""
    utf8_streams()
    try:
        code = app(arguments, prog_name="mi", standalone_mode=False)
        return flush_output(code if isinstance(code, int) else 0)
    except MiError as error:
        return _print_error(error.message, error.hint, error.exit_code)
    except NoArgsIsHelpError as error:
        return _print_error(error.format_message(), "", 2)
    except UsageError as error:
        command = error.ctx.command_path if error.ctx else "mi"
        return _print_error(usage_message(error), f"`{command} --help` tells more.", 2)
    except ClickException as error:
        return _print_error(error.format_message(), "", error.exit_code)
    except (KeyboardInterrupt, typer.Abort, EOFError):
        return _print_error("Interrupted. What was saved before is kept.", "", 130)
    except SystemExit as leaving:  # shell completion; or Typer, once nobody reads any more, which is no failure
        return flush_output(0 if isinstance(leaving.__context__, BrokenPipeError) else int(leaving.code or 0))
    except Exception as error:  # noqa: BLE001  # a fault in mi itself is reported without values: they may be a client's words
        if isinstance(error, OSError) and error.errno and error.filename is None:  # the store raises MiError instead
            return output_failed(error, 0)
        places = "".join(f"\n  {frame.name}, {Path(frame.filename).name}:{frame.lineno}" for frame in _frames(error))
        return _print_error(
            f"mi stopped on a fault of its own: {type(error).__name__}.{places}", "Please report it.", 1
        )


def _print_error(message: str, hint: str, code: int) -> int:
    print_message(*(sanitized(line) for line in (message, hint) if line))
    return code


def _frames(error: Exception) -> list[traceback.FrameSummary]:
    return traceback.extract_tb(error.__traceback__)[-4:]
