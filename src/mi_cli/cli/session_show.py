"""`mi session show`: what was kept of an interview."""

import json

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import AsJson, Session, single_command
from mi_cli.errors import MiError
from mi_cli.prompts.load import load
from mi_cli.prompts.model import PromptSet
from mi_cli.store.records.interviews import read_notes
from mi_cli.terminal.record_pages import session_page
from mi_cli.words.interview import interview_words

app = single_command()


@app.command()
def show(ctx: typer.Context, session: Session, as_json: AsJson = False) -> None:
    """What was kept of an interview."""
    context: Context = ctx.obj
    ref = context.find_session(session)
    facts, notes = context.store.session(ref), read_notes(context.store, ref)
    if as_json:
        output.show_json({"session": json.loads(facts.to_bytes()), "notes": json.loads(notes.to_bytes())})
        return
    prompts = _prompts_now(context, facts.prompt_set.name)
    context.screen.show(
        session_page(facts, notes, context.code_of(ref.client), interview_words(facts.language), prompts)
    )


def _prompts_now(context: Context, name: str) -> PromptSet | None:
    """Returns the prompt set of an interview as it is now, or None where it is gone or cannot be used."""
    try:
        return load(name, context.own_prompts)
    except MiError:
        return None
