"""The command line as a whole: the groups, the options that go before them, and the one place that prints an error."""

import traceback
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError, NoSuchOption, UsageError
from typer.core import TyperGroup

from mi_cli import __version__
from mi_cli.cli.context import Context
from mi_cli.errors import MiError
from mi_cli.records.text import sanitized
from mi_cli.terminal.streams import flush_output, output_failed, print_message

_GROUPS: Final = ("session", "goals", "client", "consent", "disclosures", "prompts", "store", "config", "demo")


class _GroupsFirst(TyperGroup):
    """Lists the groups before the single commands: what is used most stands first."""

    def list_commands(self, ctx: Any) -> list[str]:  # Typer's own context, which it does not export
        return sorted(super().list_commands(ctx), key=lambda name: (*_GROUPS, name).index(name))


def build(wanted: str | None = None) -> typer.Typer:
    """The command line: with one group if only that is `wanted`, else whole. Half the start of a command is spared."""
    app = typer.Typer(
        name="mi",
        cls=_GroupsFirst,
        help="A companion for Motivational Interviewing. `mi session start` begins an interview; "
        "`mi help interview` tells what is typed in one.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_before_any_command)
    for name in (wanted,) if wanted in _GROUPS else _GROUPS:
        app.add_typer(import_module(f"mi_cli.cli.{name}").app, name=name)
    if wanted not in _GROUPS:
        general = import_module("mi_cli.cli.general")
        app.command("schema")(general.schema)
        app.command("doctor")(general.doctor)
        app.command("help")(import_module("mi_cli.cli.help").help_)
    return app


def _version(asked: bool) -> None:
    if asked:
        print(f"mi {__version__}")
        raise typer.Exit


def _before_any_command(
    ctx: typer.Context,
    store_path: Annotated[Path | None, typer.Option("--store", help="The folder with the records.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Text only: no colour, boxes or cursor movement.")] = False,
    _asked: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")] = False,
) -> None:
    ctx.obj = Context(store_option=store_path, plain_option=plain)


def run(arguments: list[str]) -> int:
    """Run a command; the exit code. Every error there is ends here, as two lines on standard error."""
    from mi_cli.terminal.page import utf8_streams

    utf8_streams()
    try:
        code = build(_command(arguments))(arguments, prog_name="mi", standalone_mode=False)
        return flush_output(code if isinstance(code, int) else 0)
    except MiError as error:
        return _print_error(error.message, error.hint, error.exit_code)
    except NoArgsIsHelpError as error:
        return _print_error(error.format_message(), "", 2)
    except UsageError as error:
        return _print_error(
            _usage_message(error), f"`{error.ctx.command_path if error.ctx else 'mi'} --help` tells more.", 2
        )
    except ClickException as error:
        return _print_error(error.format_message(), "", error.exit_code)
    except (KeyboardInterrupt, typer.Abort, EOFError):
        return _print_error("Interrupted. What was saved before is kept.", "", 130)
    except SystemExit as leaving:  # shell completion; or Typer, once nobody reads any more, which is no failure
        return flush_output(0 if isinstance(leaving.__context__, BrokenPipeError) else int(leaving.code or 0))
    except Exception as error:  # noqa: BLE001  # a fault of our own: told without values, which may be a client's words
        if isinstance(error, OSError) and error.errno and error.filename is None:  # a store's is a MiError by now
            return output_failed(error, 0)
        places = "".join(f"\n  {frame.name}, {Path(frame.filename).name}:{frame.lineno}" for frame in _frames(error))
        return _print_error(
            f"mi stopped on a fault of its own: {type(error).__name__}.{places}", "Please report it.", 1
        )


def _command(arguments: list[str]) -> str | None:
    """The first word that is neither an option nor the value of one."""
    words = iter(arguments)
    for word in words:
        if word == "--store":
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def _print_error(message: str, hint: str, code: int) -> int:
    print_message(*(sanitized(line) for line in (message, hint) if line))
    return code


def _usage_message(error: UsageError) -> str:
    """The message; unexpected words on the command line, which may be a client's, are not repeated."""
    message = error.format_message()
    if "unexpected extra argument" in message:
        return "There are more words than the command takes."
    if message.startswith("No such command"):
        return "There is no such command."
    if isinstance(error, NoSuchOption):
        if error.option_name in ("--plain", "--store"):
            return f"{error.option_name} goes before the command: mi {error.option_name} …"
        if " " in error.option_name:
            return "There is no such option."
    return message


def _frames(error: Exception) -> list[traceback.FrameSummary]:
    return traceback.extract_tb(error.__traceback__)[-4:]
