"""The command line as a whole: the commands, the options that go before them, and the one place that prints an error.

Each command or group of commands is a module of this package with the same name, which holds it as `app`, and is
imported only when it is typed (`lazy_group`). `session_list` and `client_list` stay light: a list has to be there at
once.
"""

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final

import typer

from mi_cli import __version__
from mi_cli.cli.click_errors import (
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UnknownCommand,
    UsageError,
    usage_message,
)
from mi_cli.cli.context import Context
from mi_cli.cli.examples import FIRST_PAGE
from mi_cli.cli.guess import hoisted, is_argument, meant, option_meant
from mi_cli.cli.interruption import Declined, Interrupted
from mi_cli.cli.language import language_here
from mi_cli.cli.lazy_group import Command, LazyGroup
from mi_cli.cli.store_keys import keys_of_store
from mi_cli.cli.surroundings import FolderGone, folder_is_gone
from mi_cli.errors import MiError, WrongUsage
from mi_cli.records.text import sanitized
from mi_cli.terminal.streams import flush_output, is_of_writing, output_failed, print_message
from mi_cli.terminal.system import utf8_streams
from mi_cli.terminal.typeable import typed_name
from mi_cli.words.commands import command_words
from mi_cli.words.commands.model import CommandWords
from mi_cli.words.told import told

_FLAGS: Final = ("--plain",)
_WITH_VALUE: Final = ("--store",)


class _Commands(LazyGroup):
    # The groups stand before the single commands: what is used most stands first.
    table: ClassVar = {
        "today": Command("today", "What is due, the worst first, with the command that deals with each."),
        "trend": Command("trend", "The way so far: readings, marks, steps and events, visit by visit."),
        "session": Command("session", "Interviews."),
        "goals": Command("goals", "Goals, in the client's words."),
        "client": Command("client", "Clients, known by a code."),
        "contact": Command("contact", "Missed visits, calls, and what came back from CBT."),
        "note": Command("note", "Progress notes, for the client's record."),
        "consent": Command("consent", "What clients have agreed to in writing."),
        "disclosures": Command("disclosures", "What was passed on."),
        "prompts": Command("prompts", "Prompt sets."),
        "store": Command("store", "The folder with the records."),
        "unlock": Command("unlocking", "Open a protected store for a while."),
        "lock": Command("unlocking", "Lock the store again, before the time is over."),
        "config": Command("config", "The settings."),
        "demo": Command("demo", "An invented client, to try everything on."),
        "schema": Command("schema", "The JSON Schema of a record, or of a handoff as JSON."),
        "doctor": Command("doctor", "See how the program, the store and the terminal are."),
        "help": Command("help", "Help on a command."),
    }
    short: ClassVar = {
        "start": Command("session_begin", "Begin an interview."),
        "resume": Command("session_begin", "Go on where an interview stopped."),
        "list": Command("session_list", "Interviews, newest first."),
        "show": Command("session_show", "What was kept of an interview."),
        "export": Command("export", "Make the handoff, or the client's own copy."),
    }

    def format_help_text(self, _ctx: Any, formatter: Any) -> None:
        """Writes what the program is for."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(command_words(language_here()).companion)

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """Writes for each task what is typed for it, and last the names of all commands."""
        words = command_words(language_here())
        if (program := typed_name()) != "mi":
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(words.stands_for.format(program=program))
        for task, lines in FIRST_PAGE.items():
            with formatter.section(words.tasks[task]):
                formatter.write_dl([(typed, words.shown[line]) for line, typed in lines.items()])
        formatter.write_paragraph()
        formatter.write_text(words.groups.format(names=", ".join(self.table)))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Returns the command that the first word names. Raises UnknownCommand, also for `list goals`: verb first."""
        if args[0] in self.short and "".join(args[1:2]).removesuffix("s") in {n.removesuffix("s") for n in self.table}:
            raise UnknownCommand(args[0], ctx, args[1])
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:  # Typer does not export the type of its context
        """Runs the command. Raises Abort for Ctrl-C: Typer itself would end with exit code 130 and say nothing."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Abort from None


app: Final = typer.Typer(
    name="mi",
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        print(f"mi {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _before_any_command(
    ctx: typer.Context,
    store_path: Annotated[Path | None, typer.Option("--store", help="The folder with the records.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Text only: no color, boxes or cursor movement.")] = False,
    _asked: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")] = False,
) -> None:
    ctx.obj = Context(keys_of_store, store_option=store_path, plain_option=plain)
    if ctx.invoked_subcommand is None:
        from mi_cli.cli.today import first_page  # here, because no other command needs it

        first_page(ctx.obj)


def run(arguments: list[str]) -> int:
    """Runs a command and returns the exit code. Every error ends here, as two lines on standard error."""
    utf8_streams()
    arguments = hoisted(arguments, _FLAGS, _WITH_VALUE)
    try:
        try:
            code = app(arguments, prog_name="mi", standalone_mode=False)
        except MissingParameter as error:
            chosen = _chosen(error)
            code = app([*arguments, chosen], prog_name="mi", standalone_mode=False)
        return flush_output(code if isinstance(code, int) else 0, output_lost)
    except FolderGone:
        return _folder_gone()
    except Interrupted as error:
        words = command_words(language_here())
        return _print_error(words.interrupted.format(kept=error.kept or words.nothing_saved), "", error.exit_code)
    except Declined as error:
        return _print_error(error.message or command_words(language_here()).nothing_changed, "", error.exit_code)
    except MiError as error:
        return _print_error(*told(error, language_here()), error.exit_code)
    except NoArgsIsHelpError as error:
        return _print_error(error.format_message(), "", 2)
    except UsageError as error:
        words = command_words(language_here())
        return _print_error(usage_message(error, words), _hint(error, words), 2)
    except ClickException as error:
        return _print_error(error.format_message(), "", error.exit_code)
    except (KeyboardInterrupt, typer.Abort, EOFError):
        words = command_words(language_here())
        return _print_error(words.interrupted.format(kept=words.earlier_kept), "", 130)
    except SystemExit as leaving:  # shell completion; or Typer, once nobody reads any more, which is no failure
        return flush_output(
            0 if isinstance(leaving.__context__, BrokenPipeError) else int(leaving.code or 0), output_lost
        )
    except Exception as error:  # noqa: BLE001  # a fault in mi itself is reported without values: they may be a client's words
        if isinstance(error, OSError) and is_of_writing(error):  # the store raises MiError instead
            return output_failed(error, 0, output_lost)
        if isinstance(error, FileNotFoundError) and error.filename is None and folder_is_gone():
            return _folder_gone()
        words = command_words(language_here())
        places = "".join(f"\n  {frame.name}, {Path(frame.filename).name}:{frame.lineno}" for frame in _frames(error))
        return _print_error(words.own_fault.format(kind=type(error).__name__, places=places), words.please_report, 1)


def output_lost() -> str:
    """Returns what is said where not all of the output could be written."""
    return command_words(language_here()).output_lost


def _hint(error: UsageError, words: CommandWords) -> str:
    """Returns what a person may have meant, or else where to look."""
    command = error.ctx.command_path if error.ctx else "mi"
    if isinstance(error, UnknownCommand):
        paths = meant(tuple(command.split()[1:]), error.typed, _commands(typer.main.get_command(app)), error.after)
        nearest = [" ".join(("mi", *path)) for path in paths]
        otherwise = words.all_commands
    else:
        nearest = _options_meant(error) if isinstance(error, NoSuchOption) else []
        otherwise = words.tells_more
    if not nearest:
        return otherwise.format(command=command)
    named = ", ".join(f"`{one}`" for one in nearest)
    return (words.did_you_mean if len(nearest) == 1 else words.did_you_mean_one).format(nearest=named)


def _options_meant(error: NoSuchOption) -> list[str]:
    """Returns the options of the command that a person may have meant."""
    params = error.ctx.command.params if error.ctx else ()
    has = {name for param in params for name in (*param.opts, *param.secondary_opts)}
    other = option_meant(error.option_name)
    if other in has:
        return [other]
    takes_it = is_argument(error.option_name) and any(param.param_type_name == "argument" for param in params)
    return [] if takes_it else list(error.possibilities or ())


def _commands(command: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yields the path of every command."""
    names = command.list_commands(None) if hasattr(command, "list_commands") else ()
    if above and (not names or command.invoke_without_command):
        yield above
    for name in names:
        yield from _commands(command.get_command(None, name), (*above, name))


def _chosen(error: MissingParameter) -> str:
    """Returns the client or the interview that is missing, as a person chooses it. Raises WrongUsage, Interrupted.

    Raises the error itself where something else is missing.
    """
    missing = error.param.metavar if error.param and error.param.param_type_name == "argument" else None
    if missing not in ("CLIENT", "CODE", "SESSION") or error.ctx is None:
        raise error
    context: Context = error.ctx.find_root().obj
    words, command = command_words(language_here()), error.ctx.command_path
    is_session = missing == "SESSION"
    if not context.interactive:
        needed, how = (
            (words.interview_needed, words.interview_how) if is_session else (words.client_needed, words.client_how)
        )
        raise WrongUsage(needed, how.format(command=command))
    from mi_cli.cli.choosing import choose_client, choose_session  # here, because most commands name what they need

    return choose_session(context) if is_session else choose_client(context)


def _print_error(message: str, hint: str, code: int) -> int:
    print_message(*(sanitized(line) for line in (message, hint) if line))
    return code


def _folder_gone() -> int:
    words = command_words(language_here())
    return _print_error(words.folder_gone, words.folder_gone_how, FolderGone.exit_code)


def _frames(error: Exception) -> list[traceback.FrameSummary]:
    return traceback.extract_tb(error.__traceback__)[-4:]
