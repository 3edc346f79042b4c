"""`mi trend -o FILE`: the way so far as a page to look at with the client. The gate judges it, and it is logged."""

from pathlib import Path

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.passing import Passing
from mi_cli.cli.surroundings import now
from mi_cli.cli.targets import may_write_over, target_of
from mi_cli.cli.way import way_and_names
from mi_cli.errors import Damaged
from mi_cli.handoff.document import paper_of
from mi_cli.handoff.formats import READ_BY_PEOPLE, format_of, not_a_page, page
from mi_cli.handoff.objections import Request
from mi_cli.handoff.trend_page import TrendPart, trend_document
from mi_cli.records.terms import Basis, Category
from mi_cli.store.records.disclosures import Outgoing, sources
from mi_cli.terminal.page import Line
from mi_cli.terminal.trend_pages import client_sections
from mi_cli.words.trend import trend_words
from mi_cli.words.waiting import waiting_words


def make_page(context: Context, client_id: str, file: Path, *, yes: bool) -> None:
    """Makes the page for the client, and logs it. Raises Refused, WrongUsage, and as `deliver` does."""
    store, format_ = context.store, format_of(file.name)
    if format_ not in READ_BY_PEOPLE:
        raise not_a_page()
    target = target_of(context, file)
    made_of = sources(store, client_id)
    spoken = store.client(client_id).language or context.language
    words = trend_words(spoken)
    damaged: list[Damaged] = []
    passing = Passing.of(context, Request(client_id, context.code_of(client_id), basis=Basis.CLIENT_COPY), damaged)
    permitted = passing.permit()
    with context.waiting(waiting_words(context.language).interviews):
        way, names = way_and_names(store, client_id, words, damaged)
    output.warn_damaged(damaged)
    overwrite = may_write_over(context, target, yes=yes)
    parts = [TrendPart(part.name, part.header, part.rows) for part in client_sections(way, names, words)]
    paper = paper_of(context.program.jurisdiction)
    document = trend_document(parts, words, spoken=spoken, author=context.counselor, made_at=now(), paper=paper)
    goals = tuple(course.subject.goal for course in way.courses if course.subject.goal)
    what = frozenset({Category.READINGS, *([Category.GOAL_PLAN] if goals else [])})
    with context.waiting(waiting_words(context.language).documents):
        content = page(document, format_)
    outgoing = Outgoing(content, format_, what, goals, made_of=made_of)
    passing.pass_on(permitted, outgoing, target, overwrite=overwrite)
    context.screen.show([Line(trend_words(context.language).made.format(file=target))])
