"""`mi session recap`: the client's own change talk, to read back."""

import typer

from mi_cli.cli.context import Context
from mi_cli.cli.options import Session, single_command
from mi_cli.insight.last_time import notes_before
from mi_cli.insight.recap import recap as recap_of
from mi_cli.interview.situation import Earlier
from mi_cli.store.records.interviews import read_notes
from mi_cli.terminal.pages import recap_page
from mi_cli.words.interview import interview_words

app = single_command()


@app.command()
def recap(ctx: typer.Context, session: Session) -> None:
    """The client's own change talk, to read back."""
    context: Context = ctx.obj
    ref = context.find_session(session)
    facts, notes = context.store.session(ref), read_notes(context.store, ref)
    earlier = Earlier.of(notes_before(context.store, ref))
    context.screen.show(recap_page(recap_of(notes, facts.readings, earlier.talk), interview_words(facts.language)))
