"""`mi consent revoke` and `mi consent confirm`: a client takes a consent back, and what that means for the others."""

from collections.abc import Iterable
from typing import Annotated, Final

import typer

from mi_cli.cli import output
from mi_cli.cli.consent_standing import noted_name, of_client, show_consent
from mi_cli.cli.context import Context
from mi_cli.cli.interruption import interrupted_with
from mi_cli.cli.options import Yes
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged, Failed
from mi_cli.handoff.gate import standing
from mi_cli.handoff.revocation import open_questions, serves
from mi_cli.insight.passed_on import served
from mi_cli.records.consent import Consent
from mi_cli.store.disk.layout import RecordRef
from mi_cli.store.records.consents import consent as read
from mi_cli.store.records.consents import consents, refuse_taken_back, uphold
from mi_cli.store.records.consents import revoke as take_back
from mi_cli.store.records.disclosures import entries
from mi_cli.terminal.page import Line, Role
from mi_cli.terminal.sharing_pages import served_page

Which = Annotated[str, typer.Argument(metavar="CONSENT", help="The start of its id, a client's code, or last.")]

_TOO: Final = "Is it taken back too? y takes it back, n: the client says that it still holds, Enter: not known yet: "


def revoke(
    ctx: typer.Context,
    consent: Which,
    how: Annotated[str | None, typer.Option(metavar="TEXT", help="How the client took it back: by letter.")] = None,
    yes: Yes = False,
) -> None:
    """The client takes it back: nothing more goes out under it. Says who has it already."""
    context: Context = ctx.obj
    store = context.store
    ref = context.layout.find_consent(consent)
    code = context.layout.code_of(damaged=[]).get(ref.client, ref.client)
    found = read(store, ref)
    refuse_taken_back(found)
    if not yes:
        show_consent(context, found, code)
    context.confirm(f"Consent {found.id}, for {_whom(serves(found))}. Take it back, from now on?", yes=yes)
    said = how or (context.ask("How did the client take it back? (Enter: in writing) ", instead="") if not yes else "")
    said = said or "in writing"
    taken_back = take_back(store, ref, said)
    damaged: list[Damaged] = []
    has_it = served(entries(store, ref.client, damaged), taken_back.id)
    context.screen.show([Line(f"Taken back: {ref.id}. Nothing more goes out under it."), *served_page(has_it)])
    with interrupted_with(f"Consent {ref.id} is taken back; what was answered about others is saved."):
        _ask_about_others(context, taken_back, said, asks=context.interactive and not yes)
    output.warn_damaged(damaged)


def confirm(ctx: typer.Context, consent: Which, yes: Yes = False) -> None:
    """The client says that it still holds. Asked for once another one for the same recipient was taken back."""
    context: Context = ctx.obj
    ref = context.layout.find_consent(consent)
    found = read(context.store, ref)
    refuse_taken_back(found)
    asked = open_questions(found, consents(context.store, ref.client, damaged=[]))
    if not asked:
        raise Failed(
            "Nothing has to be confirmed about that consent.", f"`mi consent show {ref.id}` tells how it stands."
        )
    if not yes:
        show_consent(context, found, context.layout.code_of(damaged=[]).get(ref.client, ref.client))
    question = f"Consent {ref.id}, for {_whom(asked)}. Does the client say that it still holds?"
    context.confirm(question, yes=yes)
    uphold(context.store, ref, _ids(asked.values()))
    context.screen.show([Line("Noted: it still holds.")])


def _ask_about_others(context: Context, taken_back: "Consent", how: str, *, asks: bool) -> None:
    """Whether the client's other consents for the same recipients still hold. Until that is said, none of them is used.

    Each answer is saved as it is given; one that is taken back too may leave a question about others again.
    """
    back, not_known = {taken_back.id}, set[str]()
    while found := _next_asked_about(context, taken_back.client, back, not_known):
        other, questions = found
        signed = f", signed {other.signed_on}," if other.signed_on else ""
        context.screen.show([Line(f"Consent {other.id}{signed} also lets {_whom(questions)} get it.", Role.WARN)])
        ref = RecordRef.new(other.client, other.created_at, other.id)
        is_back = context.asker().yes_or_later(_TOO) if asks else None
        if is_back:
            take_back(context.store, ref, how)
            back.add(other.id)
            text = f"Taken back: {other.id}."
        elif is_back is None:
            not_known.add(other.id)
            text = (
                f"It is not used until the client has said so: `mi consent revoke {other.id}` takes it back too, "
                f"`mi consent confirm {other.id}` says that it still holds."
            )
        else:
            uphold(context.store, ref, _ids(questions.values()))
            text = f"Noted: {other.id} still holds."
        context.screen.show([Line(text)])


def _next_asked_about(
    context: Context, client_id: str, back: set[str], not_known: set[str]
) -> "tuple[Consent, dict[str, list[Consent]]] | None":
    """The next consent that permits something but for the open question that one of those taken back leaves.

    With the question: for whom, and after which revocations.
    """
    known, noted = of_client(context, client_id), noted_name(context.store, client_id)
    for other in known:
        questions = open_questions(other, known)
        if other.id in not_known or not back & set(_ids(questions.values())):
            continue
        if not standing(other, "", context.program, now().date(), noted_name=noted):
            return other, questions
    return None


def _ids(back: "Iterable[list[Consent]]") -> list[str]:
    """The ids, each once."""
    return list(dict.fromkeys(one.id for consents in back for one in consents))


def _whom(names: Iterable[str]) -> str:
    return "; ".join(names) or "nobody in particular"
