"""Decides whether something may be passed on: returns a permit, or every reason against it.

Theory of operation
-------------------
`judge` is a pure function of the request, the client's consents, the program's settings and the time. Its result is a
`Permit` or a tuple of `Objection`; `permit` raises the objections as one error. Nothing is made without a permit, and
the gate is asked again under the store's lock when a handoff is delivered (`store/records/disclosures.py` is given a
function that does so). The law is 42 CFR part 2: 2.12(c)(3), 2.23, 2.31 and 2.33.

There are three bases, tried in this order:

1. **The client's own copy** (2.23), if the request names that basis. It is always permitted and has only what is the
   client's own (`_CLIENTS_OWN`).
2. **A consent** (2.31, 2.33), unless the request names another basis. Each consent is judged for itself, the latest
   signed first, and the first one without an objection permits; where they permit several recipients, the request has
   to name one.
   - `_objections_to` judges the consent: client, names, discloser, required elements, dates, revocation, purpose,
     categories; and the agency's notice in the general jurisdiction.
   - `_recipients_served` judges the recipient: whether the consent names them, or describes them as one of a class
     without their own consent having been revoked, and whether a later revocation leaves an open question
     (`revocation.py`). While a consent cannot be read, nobody is served as one of a class: it may be that one.
3. **The program** (2.12(c)(3)), if the request names that basis, or if no consent on file is about the recipient. The
   program never overrides a revoked consent, nor one on file that cannot be read, whatever basis is asked for.

A handoff and a progress note are two documents, and a permit is for one of them (`_in_document`): a request for
progress notes gets one for these alone, and any other request gets one without them.

What a permit lets out is `Permit.parts`, computed from the consent's categories by `scope.parts_of` with the version of
the table that the client saw. Every reason against has a `ReasonCode`; the function that creates it holds its words.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from mi_cli.errors import Refused
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
from mi_cli.handoff.scope import SCOPE_VERSION, named, parts_of
from mi_cli.records.consent import Consent, Element, Recipient
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.name_matching import checked_recipient, fold_name, is_visible, same_name, visible
from mi_cli.records.permit import Permit
from mi_cli.records.terms import Basis, Capacity, Category, Jurisdiction, Purpose
from mi_cli.words.consents import consent_words
from mi_cli.words.days import said_day
from mi_cli.words.labels import label_words
from mi_cli.words.said import joined, listed, said
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


_PURPOSES_IN_PROGRAM: Final = (Purpose.TREATMENT, None)
_NOTES: Final = frozenset({Category.PROGRESS_NOTES})
_EVERYTHING: Final = frozenset(Category) - _NOTES  # that a handoff can hold
# What the client's own copy may hold: the plan and what the client said, not what the program recorded.
_CLIENTS_OWN: Final = _EVERYTHING - {Category.INTERVIEWS, Category.SAFETY_RAISED}


def permit(
    request: Request, consents: Iterable[Consent], program: Program, now: datetime, *, unread: bool = False
) -> Permit:
    """Returns the permit. Raises Refused with every reason against. The arguments are those of `judge`."""
    consents = tuple(consents)
    result = judge(request, consents, program, now, unread=unread)
    if isinstance(result, Permit):
        return result
    asked = [name for name in program.members if request.recipient is None or same_name(name, request.recipient)]
    inside = request.basis is None and not unread and _members(asked, request, consents, program, now.date())[0]
    raise Refused(
        listed(said(consent_words, lambda words: words.nothing_permits), [objection.sentence for objection in result]),
        said(consent_words, lambda words: words.use_program) if inside else "",
    )


def judge(
    request: Request, consents: tuple[Consent, ...], program: Program, now: datetime, *, unread: bool = False
) -> Permit | tuple[Objection, ...]:
    """Returns the permit, or every reason against it.

    `consents` are all of the client's that can be read; `unread` says that there are others, which cannot. Then neither
    a class nor the program is a basis, since the unread consent may be one that named the recipient and was revoked.
    """
    if request.basis is Basis.CLIENT_COPY:
        return _permit(request, program, Basis.CLIENT_COPY, None, _CLIENTS_OWN | request.sent)
    permits: list[Permit] = []
    objections: list[Objection] = []
    if request.basis is not Basis.SAME_PROGRAM:
        permits, objections = _by_consent(request, consents, program, now.date(), unread=unread)
    about = [consent for consent in consents if request.recipient is None or find_recipient(consent, request.recipient)]
    program_applies = request.basis is None and bool(program.members) and not (about or permits)
    if request.basis is Basis.SAME_PROGRAM or program_applies:
        permits, in_program = _by_program(request, consents, program, now.date(), unread=unread)
        objections += in_program if request.basis else []
    if not permits:
        return tuple(objections)
    recipients = [each.recipient.name for each in reversed(permits) if each.recipient]
    names = {fold_name(name): name for name in recipients}
    if len(names) > 1:
        quoted = ", ".join(f"“{name}”" for name in names.values())
        text = said(consent_words, lambda words: words.could_go_to, quoted=quoted)
        return (Objection(ReasonCode.SEVERAL_RECIPIENTS, text, said(consent_words, lambda words: words.say_whom)),)
    return permits[0]


def permit_of(sent: Disclosure, consent: Consent | None, program: Program) -> Permit:
    """Returns the permit under which a document went out, to make the same one for the client; it permits no other."""
    name = sent.recipient or ""
    named = find_recipient(consent, name) if consent else None
    categories = frozenset(consent.scope_categories) if consent else _EVERYTHING
    return Permit(
        client=sent.client,
        basis=sent.basis,
        recipient=named or Recipient(name=name, organization=sent.organization, address=sent.address),
        purpose=sent.purpose,
        purpose_text=sent.purpose_text,
        categories=categories,
        parts=parts_of(categories, consent.scope_version if consent else SCOPE_VERSION),
        jurisdiction=program.jurisdiction,
        consent=consent,
        as_one_of=sent.as_one_of,
    )


def to_look_at(request: Request) -> Permit:
    """Returns what a draft may hold while nothing permits to pass it on: everything, for the counselor's own eyes."""
    return Permit(
        client=request.client,
        basis=Basis.SAME_PROGRAM,
        recipient=None,
        purpose=None,
        purpose_text=None,
        categories=_EVERYTHING,
        parts=parts_of(_EVERYTHING),
        jurisdiction=Jurisdiction.GENERAL,
    )


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
    return (*_objections_to(consent, request, program, today), *questions)


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
    in_force = _in_force(Request(consent.client, code, noted_name=noted_name), program, today)
    named = ((other, recipient.name) for other in consents for recipient in named_recipients(other))
    revoked = [name for other, name in named if other.revocation_for(name)]
    names = {fold_name(name): name for name in revoked}
    return [
        name
        for name in names.values()
        if not find_recipient(consent, name) and revoked_without_successor(name, consents, in_force)
    ]


def _by_consent(
    request: Request,
    consents: tuple[Consent, ...],
    program: Program,
    today: date,
    *,
    unread: bool,
) -> tuple[list[Permit], list[Objection]]:
    """Returns what the consents permit, the latest signed first, and the objections to those that permit nothing."""
    permits: list[Permit] = []
    objections: list[Objection] = []
    if not consents:
        form = said(consent_words, lambda words: words.make_and_record, code=request.code)
        inside = (
            "" if program.members else said(consent_words, lambda words: words.name_members, command=_to_name(program))
        )
        text = (
            said(consent_words, lambda words: words.no_readable_consent)
            if unread
            else said(consent_words, lambda words: words.no_consent)
        )
        objections.append(Objection(ReasonCode.NO_CONSENT, text, joined(filter(None, (form, inside)), " ")))
    for consent in sorted(consents, key=lambda each: (each.signed_on or date.min, each.created_at), reverse=True):
        to_consent = _objections_to(consent, request, program, today)
        served, to_recipient = _recipients_served(request, consent, consents, program, today, unread=unread)
        objections += [*to_consent, *to_recipient]
        scope = named(consent.scope_categories, consent.scope_version)
        for recipient, as_one_of in () if to_consent else served:
            permits.append(_permit(request, program, Basis.CONSENT, recipient, scope, consent, as_one_of))
    return permits, objections


def _objections_to(consent: Consent, request: Request, program: Program, today: date) -> list[Objection]:
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


def _recipients_served(
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
        if own := revoked_without_successor(wanted, consents, _in_force(request, program, today)):
            return [], [_own_consent_revoked(own, request)]
        if unread:
            return [], [_unread(request, consent)]
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


def _own_consent_revoked(revoked: Consent, request: Request) -> Objection:
    """Returns the objection to a recipient named in a revoked consent.

    They get nothing as one of a class, nor as a member of the program.
    """
    text = said(consent_words, lambda words: words.own_revoked, id=revoked.id)
    remedy = said(consent_words, lambda words: words.record_new, code=request.code)
    return Objection(ReasonCode.NAME_TAKEN_BACK, text, remedy, revoked.id)


def _unread(request: Request, consent: Consent | None = None) -> Objection:
    """Returns the objection that a consent which cannot be read may have named the recipient, and been revoked."""
    text = said(sharing_words, lambda words: words.unread_consent)
    remedy = said(sharing_words, lambda words: words.unread_consent_remedy, code=request.code)
    return Objection(ReasonCode.UNREAD, text, remedy, consent.id if consent else None)


def _in_force(request: Request, program: Program, today: date) -> Callable[[Consent], bool]:
    """Returns a function that says whether there is no objection to a consent, whatever is requested."""
    anything = Request(request.client, request.code, what=frozenset(), noted_name=request.noted_name)
    return lambda consent: not _objections_to(consent, anything, program, today)


def _to_name(program: Program) -> str:
    """Returns the command that adds a recipient. It sets the whole list, so it repeats those that are in it already."""
    names = "; ".join((*program.members, "A. Therapist"))
    return f'`mi config set program.recipients "{names}"`'


def _by_program(
    request: Request, consents: Sequence[Consent], program: Program, today: date, *, unread: bool
) -> tuple[list[Permit], list[Objection]]:
    """Returns what 42 CFR 2.12(c)(3) permits, within the program for treatment, and the objections if it is nothing."""
    remedy = said(consent_words, lambda words: words.set_members, command=_to_name(program))
    if not program.members:
        return [], [Objection(ReasonCode.NO_PROGRAM, said(consent_words, lambda words: words.no_members), remedy)]
    objections = []
    asked = [name for name in program.members if request.recipient is None or same_name(name, request.recipient)]
    names, own_revoked = _members(asked, request, consents, program, today)
    if not asked:
        text = said(consent_words, lambda words: words.no_member)
        objections.append(Objection(ReasonCode.NOT_IN_PROGRAM, text, remedy))
    elif not names:
        objections += own_revoked
    elif unread:
        objections.append(_unread(request))
    if request.purpose not in _PURPOSES_IN_PROGRAM:
        text = said(
            consent_words,
            lambda words: words.treatment_only,
            basis=said(label_words, lambda words: words.bases[Basis.SAME_PROGRAM]),
        )
        with_consent = said(consent_words, lambda words: words.other_purpose, code=request.code)
        objections.append(Objection(ReasonCode.PURPOSE, text, with_consent))
    if objections:
        return [], objections
    return [
        _permit(request, program, Basis.SAME_PROGRAM, Recipient(name=name), frozenset(Category)) for name in names
    ], []


def _members(
    names: Sequence[str], request: Request, consents: Sequence[Consent], program: Program, today: date
) -> tuple[list[str], list[Objection]]:
    """Returns those of the program's members whose own consent was not revoked, and the objections to the others."""
    in_force = _in_force(request, program, today)
    own_revoked = {name: revoked_without_successor(name, consents, in_force) for name in names}
    return (
        [name for name, revoked in own_revoked.items() if not revoked],
        [_own_consent_revoked(revoked, request) for revoked in own_revoked.values() if revoked],
    )


def _permit(
    request: Request,
    program: Program,
    basis: Basis,
    recipient: Recipient | None,
    categories: frozenset[Category],
    consent: Consent | None = None,
    as_one_of: str | None = None,
) -> Permit:
    """Returns the permit. Its purpose is the requested one, else the consent's, in code or in its own words."""
    purpose, text = request.purpose, None
    if consent and not purpose:
        text = consent.purpose_text
        purpose = consent.purpose_codes[0] if len(consent.purpose_codes) == 1 else None
    elif basis is Basis.SAME_PROGRAM:
        purpose = Purpose.TREATMENT
    version = consent.scope_version if consent else SCOPE_VERSION
    categories &= _in_document(request)
    return Permit(
        client=request.client,
        basis=basis,
        recipient=recipient,
        purpose=purpose,
        purpose_text=text,
        categories=categories,
        parts=parts_of(categories, version),
        jurisdiction=program.jurisdiction,
        consent=consent,
        as_one_of=as_one_of,
    )


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


def _in_document(request: Request) -> frozenset[Category]:
    """Returns the categories that the document which is asked for can hold: a progress note, or else a handoff."""
    return (_NOTES if request.what & _NOTES else _EVERYTHING) | request.sent
