"""`mi trend`: the way so far with one client, on the screen, for a program, or as a page to look at with the client.

What it shows is found in `mi_cli.insight.way`. The page is a client's copy: the gate judges it, and it is logged.
"""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import AsJson, Client, single_command
from mi_cli.cli.way import way_and_names
from mi_cli.errors import Damaged, WrongUsage
from mi_cli.insight.way import Subject, Way
from mi_cli.terminal.page import BLANK, Line, Role
from mi_cli.terminal.streams import print_message
from mi_cli.terminal.trend_pages import csv_rows, events, sections
from mi_cli.words.contacts import contact_words
from mi_cli.words.trend import trend_words
from mi_cli.words.trend.model import TrendWords
from mi_cli.words.waiting import waiting_words

app = single_command()


@app.command()
def trend(
    ctx: typer.Context,
    client: Client,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV on standard output.")] = False,
    out: Annotated[
        str | None, typer.Option("-o", metavar="FILE", help="A page for the client; its ending says the format.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write over a file that is there.")] = False,
) -> None:
    """The way so far: readings, marks, steps and events, visit by visit."""
    context: Context = ctx.obj
    words = trend_words(context.language)
    if as_json + as_csv + (out is not None) > 1:
        raise WrongUsage(words.one_of_them)
    client_id = context.catalog.client_id(client)
    if out is not None:
        from mi_cli.cli.trend_copy import make_page  # here, because only a page needs what makes documents

        make_page(context, client_id, Path(out), yes=yes)
        return
    damaged: list[Damaged] = []
    with context.waiting(waiting_words(context.language).interviews):
        way, names = way_and_names(context.store, client_id, words, damaged)
    if as_json:
        output.show_json(_json(way, names, damaged))
        return
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(csv_rows(way, names))
    elif way.courses or way.contacts or any(visit.lapses for visit in way.visits):
        _show(context, way, names, words)
    else:
        print_message(words.none)
    output.warn_damaged(damaged)


def _show(context: Context, way: Way, names: dict[Subject, str], words: TrendWords) -> None:
    """Shows a table for each subject, and the events beneath."""
    for section in sections(way, names, words, bars=not context.screen.plain):
        context.screen.show([Line(section.name, Role.TITLE)])
        sys.stdout.flush()
        output.show_table(section.header, section.rows)
        context.screen.show([*(Line(remark, Role.DIM) for remark in section.remarks), BLANK])
    happened = events(way, contact_words(words.language).kinds, words)
    if happened:
        context.screen.show([Line(words.events, Role.TITLE), *(Line(text) for text in happened)])


def _json(way: Way, names: dict[Subject, str], damaged: Sequence[Damaged]) -> dict[str, object]:
    return {
        "schema": "mi.trend/1",
        "visits": [
            {"session": visit.session, "at": visit.at.isoformat(), "lapses": visit.lapses} for visit in way.visits
        ],
        "about": [
            {
                "target": course.subject.target,
                "goal": course.subject.goal,
                "session": course.subject.session,
                "name": names.get(course.subject),
                "visits": [
                    {
                        "session": visit.session,
                        "readings": {ruler.value: list(answers) for ruler, answers in cell.readings.items()},
                        "change": cell.marks.change if cell.marks else None,
                        "sustain": cell.marks.sustain if cell.marks else None,
                        "share": vars(cell.marks.share) if cell.marks and cell.marks.share else None,
                        "steps_done": cell.steps_done,
                    }
                    for visit, cell in zip(way.visits, course.visits, strict=True)
                ],
            }
            for course in way.courses
        ],
        "contacts": [{"at": at.isoformat(), "kind": kind.value} for at, kind in way.contacts],
        "damaged": [{"record": error.what, "why": error.why} for error in damaged],
    }
