"""`mi demo`: an invented client with three interviews in a scratch store, and one interview that plays by itself."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import typer

from mi_cli.cli.context import Context
from mi_cli.cli.interview import opening_page
from mi_cli.cli.options import command_group
from mi_cli.cli.surroundings import here, new_id, now
from mi_cli.errors import Failed
from mi_cli.interview.recorder import Recorder
from mi_cli.interview.session_start import first_records
from mi_cli.prompts.load import SHIPPED, load
from mi_cli.prompts.pick import Picked
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import Stage
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.interviews import begin_interview
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.making import create_store
from mi_cli.terminal.conversation import Setting
from mi_cli.terminal.listen import ScriptReader
from mi_cli.terminal.live import LiveConversation
from mi_cli.terminal.page import BLANK, Line, Role, command_lines
from mi_cli.terminal.piped import PipedConversation
from mi_cli.terminal.system import without_echo
from mi_cli.terminal.typeable import typeable_command
from mi_cli.words.doctor import doctor_words
from mi_cli.words.interview import interview_words
from mi_cli.words.waiting import waiting_words

app = command_group("An invented client, to try everything on.", runs_alone=True)

CODE: Final = "DEMO-1"
COUNSELOR: Final = "D. Demo"
FILES: Final = Path(__file__).parents[1] / "_data" / "demo"
BEGINS: Final = time(7, 30)  # The client comes straight from the night shift.
THURSDAY: Final = 3
DAYS_BEFORE: Final = (
    37,
    28,
    0,
)  # Days before the last Thursday: a Tuesday, the Thursday a week later, four weeks later.
PLAYED: Final = 1  # `mi demo interview` plays the second: it has discord, rulers, goals and a whole change plan.
PACE: Final = timedelta(seconds=70)
# What each is for is said in `words.doctor`, in the same order.
SUGGESTED_COMMANDS: Final = (
    "session list",
    "session show last",
    f"session recap {CODE}",
    f"goals show {CODE}",
    f"goals export {CODE} --client-copy",
    f"session start {CODE}",
)


@dataclass
class PacedClock:
    """A clock for an interview of the past: it moves on by `PACE` with each line."""

    time: datetime

    def __call__(self) -> datetime:
        """Moves on, and returns the time at which the line is entered."""
        self.time += PACE
        return self.time

    def peek(self) -> datetime:
        """Returns the time without moving on."""
        return self.time


@app.callback(invoke_without_command=True)
def demo(ctx: typer.Context) -> None:
    """Fill a scratch store with an invented client and three interviews. Your own records are not touched."""
    if ctx.invoked_subcommand is not None:
        return
    context: Context = ctx.obj
    root = _scratch(context)
    _hold_interviews(context, root, len(DAYS_BEFORE))
    words = doctor_words(context.language)
    commands = (f"mi --store {shlex.quote(str(root))} {command}" for command in SUGGESTED_COMMANDS)
    context.screen.show(
        [
            Line(words.invented.format(code=CODE)),
            Line(str(root), Role.DIM),
            BLANK,
            *command_lines(list(zip(commands, words.suggested, strict=True))),
            BLANK,
            Line(words.plays),
        ]
    )


@app.command()
def interview(ctx: typer.Context) -> None:
    """Play one interview. Any key types the next line; from a pipe, it runs straight through."""
    context: Context = ctx.obj
    root = _scratch(context)
    _hold_interviews(context, root, PLAYED)
    store, clock = _store(root, PLAYED)
    words, script = interview_words("en"), _script(PLAYED)
    with _interview_of_day(store, clock) as (recorder, earlier):
        page = opening_page(store, recorder, CODE, earlier)
        setting = Setting(words, clock.peek, context.settings.show_tally, context.settings.contacts)
        if context.interactive:
            with without_echo():
                page.append(Line(words.demo_keys, Role.DIM, " "))
                code = LiveConversation(recorder, context.screen, setting, page, script).run()
        else:
            context.screen.show(page)
            source = ScriptReader(script, context.screen)
            code = PipedConversation(recorder, context.screen, setting, source).run()
    context.screen.show([Line(typeable_command(f"mi --store {shlex.quote(str(root))} session show last"), Role.DIM)])
    raise typer.Exit(code)


def _scratch(context: Context) -> Path:
    """Makes a new store where `--store` says, else in a temporary folder. Returns its folder."""
    root = context.root if context.store_option else Path(mkdtemp(prefix="mi-demo-"))
    if not create_store(_store(root, 0)[0]):
        words = doctor_words(context.language)
        raise Failed(words.folder_taken, words.another_folder)
    return root


def _store(root: Path, number: int) -> tuple[JsonStore, PacedClock]:
    """Returns the scratch store with the clock of the day of that interview, and the clock."""
    today = now().date()
    last = today - timedelta(days=(today.weekday() - THURSDAY) % 7 or 7)
    clock = PacedClock(here(datetime.combine(last - timedelta(days=DAYS_BEFORE[number]), BEGINS)))
    return JsonStore(root, clock.peek, new_id, COUNSELOR), clock


def _script(number: int) -> list[str]:
    return (FILES / f"{number + 1}.txt").read_text(encoding="utf-8").splitlines()


@contextmanager
def _interview_of_day(store: JsonStore, clock: PacedClock) -> Iterator[tuple[Recorder, list[RecordRef]]]:
    """Begins the interview of that day. Gives its recorder and the earlier interviews, newest first."""
    picked = Picked(load(SHIPPED, None), SHIPPED)
    client = store.codes().get(CODE) or add_client(store, CODE, picked.language, COUNSELOR)
    earlier = store.catalog.sessions([client])
    session, notes = first_records(
        store.new_head,
        picked.prompts,
        client=client,
        counselor=store.who,
        language=picked.language,
        stage=Stage.ENGAGING,
        started=clock.peek(),
    )
    with begin_interview(store, session, notes) as held:
        yield Recorder.start(held, picked.prompts, clock, new_id, first=not earlier), earlier


def _hold_interviews(context: Context, root: Path, count: int) -> None:
    """Holds the first `count` interviews. Raises SaveFailed."""
    with context.waiting(waiting_words(context.language).demo) as step:
        for number in range(count):
            step(number, count)
            _hold_interview(root, number)


def _hold_interview(root: Path, number: int) -> None:
    """Holds an interview from beginning to end. Raises SaveFailed."""
    store, clock = _store(root, number)
    with _interview_of_day(store, clock) as (recorder, _):
        for line in _script(number):
            if error := recorder.enter(line).error:
                raise error
