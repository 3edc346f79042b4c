"""Where the last interview ended, in the client's own words: what the next one can begin from."""

from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.terms import Kind


def last_words(notes: Notes, plan: Plan) -> str | None:
    """The next step agreed at the end, else a goal still active that was said then, else null; verbatim."""
    steps = [entry.words for entry in notes.entries if entry.kind is Kind.NEXT]
    goals = [goal.words for goal in plan.active if goal.from_.session == notes.session]
    found = [words for words in (*goals, *steps) if words is not None]
    return found[-1] if found else None
