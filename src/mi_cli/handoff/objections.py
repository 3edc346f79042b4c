"""What speaks against passing something on: every reason, in plain words, with its remedy.

Theory of operation
-------------------
A `Request` is judged against one consent at a time, in two parts that do not depend on each other:

- `against_consent` looks at the consent: client, names, discloser, required elements, dates, revocation, purpose,
  categories; and the agency's notice in the general jurisdiction.
- `judged_recipients` looks at the recipient: whether the consent names them, or describes them as one of a class
  without their own consent having been revoked, and whether a later revocation leaves an open question
  (`revocation.py`). While a consent cannot be read, nobody is served as one of a class: it may be that one.

Every reason against has a `ReasonCode`; the function that creates it holds its words. What follows from the reasons is
decided by the gate (`gate.py`); lists of consents ask for them whatever is requested (`objections_to`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mi_cli.handoff.program import Program
from mi_cli.handoff.purpose import covers_handoff
from mi_cli.handoff.revocation import (
    find_recipient,
    named_recipients,
    open_questions,
    recipient_class_of,
    revoked_without_successor,
    unanswered_revocations,
)
from mi_cli.handoff.scope import named
from mi_cli.records.consent import Consent, Element, Recipient
from mi_cli.records.name_matching import checked_recipient, fold_name, is_visible, same_name, visible
from mi_cli.records.terms import Basis, Capacity, Category, Jurisdiction, Purpose
from mi_cli.words.consents import consent_words
from mi_cli.words.days import said_day
from mi_cli.words.labels import label_words
from mi_cli.words.said import joined, said
from mi_cli.words.sharing import sharing_words


@dataclass(frozen=True)
class Request:
    """What somebody wants to pass on, to whom, and why.

    `client` is the client's id, `code` the name that people use for the client. `what` are the categories that must
    be covered; the permit names all that the document can hold. `recipient`, `purpose` and `basis` may be None: they
    then follow from the consents and the program, if there is only one recipient. `noted_name` is the client's name
    in the store, if there is one. `sent` are the categories of a document that went to somebody else, which the
    client may have too. Raises WrongUsage for a recipient whose name has no visible character.
    """

    client: str
    code: str
    what: frozenset[Category] = frozenset({Category.GOAL_PLAN})
    recipient: str | None = None
    purpose: Purpose | None = None
    basis: Basis | None = None
    noted_name: str | None = None
    sent: frozenset[Category] = frozenset()

    def __post_init__(self) -> None:
        if self.recipient is not None:
            checked_recipient(self.recipient)


class ReasonCode(StrEnum):
    """The kind of a reason against passing something on."""

    NO_CONSENT = "no-consent"
    OTHER_CLIENT = "other-client"
    OTHER_PERSON = "other-person"
    SIGNER = "signer"
    DISCLOSER = "discloser"
    MISSING = "missing"
    SIGNED_LATER = "signed-later"
    EXPIRED = "expired"
    ENDED = "ended"
    REVOKED = "revoked"
    UNANSWERED = "unanswered"
    UNREAD = "unread"
    NAME_TAKEN_BACK = "name-taken-back"
    RECIPIENT = "recipient"
    RECIPIENT_UNNAMED = "recipient-unnamed"
    SEVERAL_RECIPIENTS = "several-recipients"
    PURPOSE = "purpose"
    CATEGORY = "category"
    NO_PROGRAM = "no-program"
    NOT_IN_PROGRAM = "not-in-program"
    NO_NOTICE = "no-notice"


@dataclass(frozen=True)
class Objection:
    """One reason against: in plain words, with its remedy, and the id of the consent that it is about."""

    code: ReasonCode
    text: str
    remedy: str
    consent: str | None = None

    @property
    def sentence(self) -> str:
        """What speaks against it and what to do about it, one after the other."""
        return joined((self.text, self.remedy), " ")


def objections_to(
    consent: Consent,
    code: str,
    program: Program,
    today: date,
    *,
    noted_name: str | None = None,
    consents: Sequence[Consent] = (),
) -> tuple[Objection, ...]:
    """Returns every objection to a consent, whatever is asked for; none if the consent is in force.

    `consents` are all of the client's: one of them that was revoked may leave an open question about this one.
    """
    request = Request(consent.client, code, what=frozenset(), noted_name=noted_name)
    questions = [_open_question(consent, to, revoked) for to, revoked in open_questions(consent, consents).items()]
    return (*against_consent(consent, request, program, today), *questions)


def recipients_not_served(
    consent: Consent,
    code: str,
    program: Program,
    today: date,
    *,
    noted_name: str | None = None,
    consents: Sequence[Consent] = (),
) -> list[str]:
    """Returns the names that the consent does not serve although it describes its recipients as a class.

    These are the recipients whose own consent was revoked.
    """
    if recipient_class_of(consent) is None or consent.revoked:
        return []
    counts = in_force(Request(consent.client, code, noted_name=noted_name), program, today)
    named = ((other, recipient.name) for other in consents for recipient in named_recipients(other))
    revoked = [name for other, name in named if other.revocation_for(name)]
    names = {fold_name(name): name for name in revoked}
    return [
        name
        for name in names.values()
        if not find_recipient(consent, name) and revoked_without_successor(name, consents, counts)
    ]


def against_consent(consent: Consent, request: Request, program: Program, today: date) -> list[Objection]:
    """Returns every objection to using this consent for the request, but for those about the recipient."""
    new_consent = said(consent_words, lambda words: words.record_new, code=request.code)
    objections: list[Objection] = []

    def against(code: ReasonCode, text: str, remedy: str = new_consent) -> None:
        objections.append(
            Objection(
                code,
                said(consent_words, lambda words: words.about_consent, id=consent.id, text=text),
                remedy,
                consent.id,
            )
        )

    if consent.client != request.client:
        against(ReasonCode.OTHER_CLIENT, said(consent_words, lambda words: words.other_clients))
    both_named = is_visible(request.noted_name) and is_visible(consent.patient_name)
    if both_named and not same_name(consent.patient_name, request.noted_name):
        noted = said(consent_words, lambda words: words.correct_name, code=request.code, new_consent=new_consent)
        against(ReasonCode.OTHER_PERSON, said(consent_words, lambda words: words.other_name), noted)
    if not _is_signed_in_the_clients_name(consent):
        text = said(consent_words, lambda words: words.signed_in_other_name)
        against(ReasonCode.SIGNER, text)
    if visible(consent.disclosers) and not program.is_among((*consent.disclosers, consent.disclosers_include)):
        who = "; ".join(visible(consent.disclosers))
        own = said(consent_words, lambda words: words.set_program_name, new_consent=new_consent)
        against(ReasonCode.DISCLOSER, said(consent_words, lambda words: words.lets_others, who=who), own)
    lacking = element_names(consent.lacking(program.jurisdiction))
    if lacking:
        form = said(consent_words, lambda words: words.paper_has_all, code=request.code)
        against(ReasonCode.MISSING, said(consent_words, lambda words: words.lacks, what=lacking), form)
    if consent.signed_on and consent.signed_on > today:
        against(
            ReasonCode.SIGNED_LATER,
            said(consent_words, lambda words: words.signed_later, signed_on=said_day(consent.signed_on)),
        )
    if consent.expiry.on and consent.expiry.on < today:
        against(ReasonCode.EXPIRED, said(consent_words, lambda words: words.held_until, on=said_day(consent.expiry.on)))
    if consent.ended and consent.ended.on <= today:
        against(ReasonCode.ENDED, said(consent_words, lambda words: words.ended_on, day=said_day(consent.ended.on)))
    if consent.revoked:
        against(
            ReasonCode.REVOKED,
            said(consent_words, lambda words: words.taken_back_on, day=said_day(consent.revoked.at)),
        )
    if request.purpose and not consent.covers(request.purpose):
        against(
            ReasonCode.PURPOSE,
            said(consent_words, lambda words: words.not_for, purpose=purpose_names([request.purpose])),
        )
    elif not request.purpose and not covers_handoff(consent) and Element.PURPOSE not in consent.missing:
        against(ReasonCode.PURPOSE, *_purpose_against(consent, request))
    covered = named(consent.scope_categories, consent.scope_version)
    uncovered = [category for category in Category if category in request.what - covered]
    if uncovered and consent.scope_categories:
        labels = joined((_category(each) for each in uncovered), "; ")
        against(ReasonCode.CATEGORY, said(consent_words, lambda words: words.not_covered, what=labels))
    if program.jurisdiction is Jurisdiction.GENERAL and not program.notice:
        text = said(consent_words, lambda words: words.no_notice)
        notice = said(consent_words, lambda words: words.set_notice)
        objections.append(Objection(ReasonCode.NO_NOTICE, text, notice, consent.id))
    return objections


def _purpose_against(consent: Consent, request: Request) -> tuple[str, str]:
    """Returns why the purpose does not cover a handoff to a therapist (2.13(a)), and what puts it right."""
    again = said(consent_words, lambda words: words.record_anew, code=request.code)
    if consent.purpose_codes:
        purposes = purpose_names(consent.purpose_codes)
        return said(consent_words, lambda words: words.for_only, purposes=purposes), said(
            consent_words, lambda words: words.or_another, again=again
        )
    text = said(consent_words, lambda words: words.purpose_not_clear)
    return text, said(consent_words, lambda words: words.asks_purpose, again=again)


def _is_signed_in_the_clients_name(consent: Consent) -> bool:
    """Whether a consent that the client signed is signed in the client's name.

    True if one of the names is not there: then it is a missing element, which is another objection.
    """
    names = [signer.name for signer in consent.signers if signer.capacity is Capacity.CLIENT]
    to_compare = visible(names) if is_visible(consent.patient_name) else ()
    return all(same_name(name, consent.patient_name) for name in to_compare)


def judged_recipients(
    request: Request,
    consent: Consent,
    consents: Sequence[Consent],
    program: Program,
    today: date,
    *,
    unread: bool,
) -> tuple[list[tuple[Recipient, str | None]], list[Objection]]:
    """Returns the requested recipients that the consent serves, and the objections to the others.

    Each recipient comes with None if the consent names them, or with the words that describe the class that they are
    taken to belong to. A request without a recipient asks for everybody that the consent names.
    """
    recipient_class, wanted = recipient_class_of(consent), request.recipient
    if wanted is None:
        named = named_recipients(consent)
        recipients = [recipient for recipient in named if not _taken_back(consent, recipient.name)]
        if named and not recipients:
            return [], [_taken_back_for(consent, recipient.name, request) for recipient in named]
        if not recipients and recipient_class:
            text = said(
                consent_words, lambda words: words.names_a_class, id=consent.id, recipient_class=recipient_class
            )
            which = said(consent_words, lambda words: words.say_which)
            return [], [Objection(ReasonCode.RECIPIENT_UNNAMED, text, which, consent.id)]
    elif recipient := find_recipient(consent, wanted):
        if _taken_back(consent, wanted):
            return [], [_taken_back_for(consent, recipient.name, request)]
        recipients = [recipient]
    elif recipient_class:
        if own := revoked_without_successor(wanted, consents, in_force(request, program, today)):
            return [], [own_consent_revoked(own, request)]
        if unread:
            return [], [unread_consent(request, consent)]
        if revoked := unanswered_revocations(consent, recipient_class, consents):
            return [], [_open_question(consent, recipient_class, revoked)]
        return [(Recipient(name=wanted), recipient_class)], []
    else:
        text = said(consent_words, lambda words: words.does_not_name, id=consent.id)
        remedy = said(consent_words, lambda words: words.show_or_record, id=consent.id, code=request.code)
        return [], [Objection(ReasonCode.RECIPIENT, text, remedy, consent.id)]
    if consent.revoked:
        return [(recipient, None) for recipient in recipients], []
    questions = {recipient.name: unanswered_revocations(consent, recipient.name, consents) for recipient in recipients}
    objections = [_open_question(consent, name, revoked) for name, revoked in questions.items() if revoked]
    return [(recipient, None) for recipient in recipients if not questions[recipient.name]], objections


def _taken_back(consent: Consent, name: str) -> bool:
    """Whether it was taken back for that recipient alone."""
    return not consent.revoked and consent.revocation_for(name) is not None


def _taken_back_for(consent: Consent, name: str, request: Request) -> Objection:
    """Returns the objection to a recipient for whom the consent was taken back."""
    revocation = consent.revocation_for(name)
    if revocation:
        day = said_day(revocation.at)
        text = said(consent_words, lambda words: words.taken_back_for_on, id=consent.id, name=name, day=day)
    else:
        text = said(consent_words, lambda words: words.taken_back_for, id=consent.id, name=name)
    remedy = said(consent_words, lambda words: words.record_new, code=request.code)
    return Objection(ReasonCode.REVOKED, text, remedy, consent.id)


def _open_question(consent: Consent, to: str, revoked: Sequence[Consent]) -> Objection:
    """Returns the objection that nobody has said whether this consent still holds for that recipient."""
    ids = ", ".join(other.id for other in revoked)
    text = said(consent_words, lambda words: words.open_question, id=consent.id, to=to, ids=ids)
    remedy = said(consent_words, lambda words: words.ask_client, id=consent.id)
    return Objection(ReasonCode.UNANSWERED, text, remedy, consent.id)


def own_consent_revoked(revoked: Consent, request: Request) -> Objection:
    """Returns the objection to a recipient named in a revoked consent.

    They get nothing as one of a class, nor as a member of the program.
    """
    text = said(consent_words, lambda words: words.own_revoked, id=revoked.id)
    remedy = said(consent_words, lambda words: words.record_new, code=request.code)
    return Objection(ReasonCode.NAME_TAKEN_BACK, text, remedy, revoked.id)


def unread_consent(request: Request, consent: Consent | None = None) -> Objection:
    """Returns the objection that a consent which cannot be read may have named the recipient, and been revoked."""
    text = said(sharing_words, lambda words: words.unread_consent)
    remedy = said(sharing_words, lambda words: words.unread_consent_remedy, code=request.code)
    return Objection(ReasonCode.UNREAD, text, remedy, consent.id if consent else None)


def in_force(request: Request, program: Program, today: date) -> Callable[[Consent], bool]:
    """Returns a function that says whether there is no objection to a consent, whatever is requested."""
    anything = Request(request.client, request.code, what=frozenset(), noted_name=request.noted_name)
    return lambda consent: not against_consent(consent, anything, program, today)


def element_names(elements: Iterable[Element]) -> str:
    """Returns the names of the elements of a consent; empty where there are none."""
    return joined((_element(each) for each in elements), "; ")


def purpose_names(purposes: Iterable[Purpose]) -> str:
    """Returns the names of purposes."""
    return joined((_purpose(each) for each in purposes), ", ")


def _element(element: Element) -> str:
    return said(label_words, lambda words: words.elements[element])


def _purpose(purpose: Purpose) -> str:
    return said(label_words, lambda words: words.purposes[purpose])


def _category(category: Category) -> str:
    return said(label_words, lambda words: words.categories[category])
