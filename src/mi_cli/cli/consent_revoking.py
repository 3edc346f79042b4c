"""`mi consent revoke` and `mi consent confirm`: a client takes a consent back, and what that means for the others.

Once a consent is taken back, an older consent for the same recipient may not hold any more either. Only the client can
say so: until `confirm` or `revoke` has answered, the older consent is not used. The rule is in
`mi_cli.handoff.revocation`; the answers are kept in the consents (`upheld`).
"""

from collections.abc import Iterable
from functools import partial
from typing import Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.consent_status import consents_of, show_consent
from mi_cli.cli.context import Context
from mi_cli.cli.interruption import interrupted_with
from mi_cli.cli.options import Yes
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged, Failed, WrongUsage
from mi_cli.handoff.objections import objections_to
from mi_cli.handoff.revocation import find_recipient, named_recipients, open_questions, recipients_served
from mi_cli.insight.passed_on import delivered_under
from mi_cli.records.consent import Consent
from mi_cli.records.dates import day_from
from mi_cli.records.name_matching import is_visible, same_name
from mi_cli.records.reference import RecordRef
from mi_cli.store.records.consents import consent as read_consent
from mi_cli.store.records.consents import end, name_on_file, refuse_revoked, take_back_for, uphold
from mi_cli.store.records.consents import revoke as revoke_consent
from mi_cli.store.records.disclosures import entries
from mi_cli.terminal.asking import ask_in_turn
from mi_cli.terminal.consent_pages import recipients_page
from mi_cli.terminal.page import Line, Role
from mi_cli.words.days import day_in_words
from mi_cli.words.kept_consents import kept_consent_words
from mi_cli.words.kept_consents.model import KeptConsentWords
from mi_cli.words.said import spoken

ConsentName = Annotated[str, typer.Argument(metavar="CONSENT", help="The start of its id, a client's code, or last.")]


def revoke(
    ctx: typer.Context,
    consent: ConsentName,
    how: Annotated[str | None, typer.Option(metavar="TEXT", help="How the client took it back: by letter.")] = None,
    to: Annotated[str | None, typer.Option(metavar="NAME", help="For this one of its recipients only.")] = None,
    yes: Yes = False,
) -> None:
    """The client takes it back: nothing more goes out under it. Says who has it already."""
    context: Context = ctx.obj
    store, words = context.store, kept_consent_words(context.language)
    ref = context.catalog.find_consent(consent)
    code = context.catalog.code_of(damaged=[]).get(ref.client, ref.client)
    record = read_consent(store, ref)
    refuse_revoked(record)
    if not yes:
        show_consent(context, record, code)
    one = _one_of(record, to, words) if to is not None else None
    others = [name for name in recipients_served(record) if name != one and not record.revocation_for(name)]
    if one and not others:
        one = None  # nobody else is left: the whole is taken back
    whom = (
        words.whom_only.format(name=one, others=_recipients(others, words, context.language))
        if one
        else _recipients(recipients_served(record), words, context.language)
    )
    is_asked = not how and not yes

    def ask_how() -> None:
        nonlocal how
        how = context.ask(words.ask_how, instead="", in_series=True) if is_asked else how

    question = words.ask_take_back.format(id=record.id, whom=whom)
    ask_in_turn([partial(context.confirm, question, yes=yes, in_series=True), ask_how])
    how = how or words.in_writing
    revoked = take_back_for(store, ref, one, how) if one else revoke_consent(store, ref, how)
    damaged: list[Damaged] = []
    sent = delivered_under(entries(store, ref.client, damaged), revoked.id)
    sent = [entry for entry in sent if one is None or same_name(entry.recipient, one)]
    done = words.back_for_done.format(id=ref.id, name=one) if one else words.back_done.format(id=ref.id)
    context.screen.show([Line(done), *recipients_page(sent, context.language)])
    with interrupted_with(words.back_interrupted.format(id=ref.id)):
        _ask_about_others(context, revoked, how, asks=context.interactive and not yes)
    output.warn_damaged(damaged)


def ended(
    ctx: typer.Context,
    consent: ConsentName,
    on: Annotated[str | None, typer.Option(metavar="DAY", help="The day it came about; else today.")] = None,
    yes: Yes = False,
) -> None:
    """The event came about that it was to end with. Nothing goes out under it from that day on."""
    context: Context = ctx.obj
    words = kept_consent_words(context.language)
    ref = context.catalog.find_consent(consent)
    record = read_consent(context.store, ref)
    refuse_revoked(record)
    if not is_visible(record.expiry.event):
        raise Failed(words.no_event, words.revoke_instead.format(id=ref.id))
    today = now().date()
    day = day_from(on, today) if on is not None else today
    if day is None or day > today:
        raise WrongUsage(words.not_ended_then, words.on_so)
    context.confirm(words.ask_ended.format(id=ref.id, event=record.expiry.event), yes=yes)
    end(context.store, ref, day)
    context.screen.show([Line(words.ended_done.format(id=ref.id, day=day_in_words(day, context.language)))])


def _one_of(record: Consent, to: str, words: KeptConsentWords) -> str:
    """Returns the recipient of that name. Raises WrongUsage for one that it does not name, or was taken back for."""
    found = find_recipient(record, to)
    if found is None or record.revocation_for(found.name):
        names = (each.name for each in named_recipients(record) if not record.revocation_for(each.name))
        raise WrongUsage(words.names_not, words.names.format(names="; ".join(names) or words.nobody))
    return found.name


def confirm(ctx: typer.Context, consent: ConsentName, yes: Yes = False) -> None:
    """The client says that it still holds. Asked for once another one for the same recipient was taken back."""
    context: Context = ctx.obj
    words = kept_consent_words(context.language)
    ref = context.catalog.find_consent(consent)
    record = read_consent(context.store, ref)
    refuse_revoked(record)
    questions = open_questions(record, consents_of(context, ref.client))
    if not questions:
        raise Failed(words.nothing_to_confirm, words.show_tells.format(id=ref.id))
    if not yes:
        show_consent(context, record, context.catalog.code_of(damaged=[]).get(ref.client, ref.client))
    context.confirm(
        words.ask_still_holds.format(id=ref.id, whom=_recipients(questions, words, context.language)), yes=yes
    )
    uphold(context.store, ref, _ids(questions.values()))
    context.screen.show([Line(words.upheld_done)])


def _ask_about_others(context: Context, revoked: Consent, how: str, *, asks: bool) -> None:
    """Asks whether the client's other consents for the same recipients still hold.

    Each answer is saved as it is given. A consent that is revoked here too may leave a question about others again.
    """
    revoked_ids, unanswered = {revoked.id}, set[str]()
    words = kept_consent_words(context.language)
    while pair := _next_question(context, revoked.client, revoked_ids, unanswered):
        other, questions = pair
        lets = words.also_lets_signed if other.signed_on else words.also_lets
        whom = _recipients(questions, words, context.language)
        signed = day_in_words(other.signed_on, context.language) if other.signed_on else ""
        context.screen.show([Line(lets.format(id=other.id, day=signed, whom=whom), Role.WARN)])
        ref = RecordRef.new(other.client, other.created_at, other.id)
        is_revoked_too = context.asker(context.language).yes_or_later(words.ask_about_other) if asks else None
        if is_revoked_too:
            revoke_consent(context.store, ref, how)
            revoked_ids.add(other.id)
            text = words.other_back
        elif is_revoked_too is None:
            unanswered.add(other.id)
            text = words.other_unknown
        else:
            uphold(context.store, ref, _ids(questions.values()))
            text = words.other_holds
        context.screen.show([Line(text.format(id=other.id))])


def _next_question(
    context: Context, client_id: str, revoked_ids: set[str], unanswered: set[str]
) -> tuple[Consent, dict[str, list[Consent]]] | None:
    """Returns the next consent that only an open question after one of these revocations keeps from being used.

    With it comes the question: for each recipient, the revoked consents that raise it.
    """
    consents, name = consents_of(context, client_id), name_on_file(context.store, client_id)
    for other in consents:
        questions = open_questions(other, consents)
        if other.id in unanswered or not revoked_ids & set(_ids(questions.values())):
            continue
        if not objections_to(other, "", context.program, now().date(), noted_name=name):
            return other, questions
    return None


def _ids(groups: Iterable[list[Consent]]) -> list[str]:
    """Returns the ids of the consents in all groups, each once."""
    return list(dict.fromkeys(consent.id for group in groups for consent in group))


def _recipients(names: Iterable[str], words: KeptConsentWords, language: str | None) -> str:
    return "; ".join(spoken(name, language) for name in names) or words.nobody
