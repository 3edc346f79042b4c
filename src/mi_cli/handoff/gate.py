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
from mi_cli.handoff.scope import SCOPE_VERSION, parts_of
from mi_cli.records import dates
from mi_cli.records.consent import Consent, Element, Recipient
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.name_matching import checked_recipient, fold_name, is_visible, same_name, visible
from mi_cli.records.permit import Permit
from mi_cli.records.terms import Basis, Capacity, Category, Jurisdiction, Purpose
from mi_cli.words.labels import label_words
from mi_cli.words.sharing import sharing_words


@dataclass(frozen=True)
class Request:
    """What somebody wants to pass on, to whom, and why.

    `client` is the client's id, `code` the name that people use for the client. `what` are the categories that must be
    covered; the permit names all categories that are. `recipient`, `purpose` and `basis` may be None: then they follow
    from the consents and the program, if there is only one recipient. `noted_name` is the client's name in the store,
    if there is one. `sent` are the categories of a document that went to somebody else, which the client may have too.
    Raises WrongUsage for a recipient whose name has no visible character.
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


_PURPOSES_IN_PROGRAM: Final = (Purpose.TREATMENT, None)
_EVERYTHING: Final = frozenset(Category)
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
    lines = [f"- {objection.text} {objection.remedy}" for objection in result]
    asked = [name for name in program.members if request.recipient is None or same_name(name, request.recipient)]
    inside = request.basis is None and not unread and _members(asked, request, consents, program, now.date())[0]
    raise Refused(
        "\n".join(["Nothing was passed on: nothing permits it yet.", *lines]),
        "For somebody in your own program: `--basis same-program`." if inside else "",
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
    program_applies = request.basis is None and bool(program.members) and not (about or unread or permits)
    if request.basis is Basis.SAME_PROGRAM or program_applies:
        permits, in_program = _by_program(request, consents, program, now.date(), unread=unread)
        objections += in_program if request.basis else []
    if not permits:
        return tuple(objections)
    recipients = [each.recipient.name for each in reversed(permits) if each.recipient]
    names = {fold_name(name): name for name in recipients}
    if len(names) > 1:
        quoted = ", ".join(f"“{name}”" for name in names.values())
        text = f"It could go to {quoted}."
        return (Objection(ReasonCode.SEVERAL_RECIPIENTS, text, "`--to` and a name says to whom."),)
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
        form = f"`mi consent form {request.code}` makes the paper to sign, `mi consent add {request.code}` records it."
        inside = "" if program.members else f"For somebody in your own program: {_to_name(program)} names them."
        text = f"There is no written consent on file for this client{' that can be read' if unread else ''}."
        objections.append(Objection(ReasonCode.NO_CONSENT, text, f"{form} {inside}".rstrip()))
    for consent in sorted(consents, key=lambda each: (each.signed_on or date.min, each.created_at), reverse=True):
        to_consent = _objections_to(consent, request, program, today)
        served, to_recipient = _recipients_served(request, consent, consents, program, today, unread=unread)
        objections += [*to_consent, *to_recipient]
        scope = frozenset(consent.scope_categories)
        for recipient, as_one_of in () if to_consent else served:
            permits.append(_permit(request, program, Basis.CONSENT, recipient, scope, consent, as_one_of))
    return permits, objections


def _objections_to(consent: Consent, request: Request, program: Program, today: date) -> list[Objection]:
    """Returns every objection to using this consent for the request, but for those about the recipient."""
    new_consent = f"`mi consent add {request.code}` records a new one."
    objections: list[Objection] = []

    def against(code: ReasonCode, text: str, remedy: str = new_consent) -> None:
        objections.append(Objection(code, f"Consent {consent.id} {text}", remedy, consent.id))

    if consent.client != request.client:
        against(ReasonCode.OTHER_CLIENT, "is another client's.")
    both_named = is_visible(request.noted_name) and is_visible(consent.patient_name)
    if both_named and not same_name(consent.patient_name, request.noted_name):
        noted = f"`mi client edit {request.code} --name` corrects the name that is noted; {new_consent}"
        against(ReasonCode.OTHER_PERSON, "is in another name than the one noted for this client.", noted)
    if not _is_signed_in_the_clients_name(consent):
        text = "was signed as the client by somebody with another name than the one that stands on it."
        against(ReasonCode.SIGNER, text)
    if visible(consent.disclosers) and not program.is_among((*consent.disclosers, consent.disclosers_include)):
        who = "; ".join(visible(consent.disclosers))
        own = f"`mi config set program.name NAME` says how your program is called, if that is you; {new_consent}"
        against(ReasonCode.DISCLOSER, f"lets {who} pass it on, not you.", own)
    lacking = [label_words("en").elements[element] for element in consent.lacking(program.jurisdiction)]
    if lacking:
        form = f"A new paper has it all: `mi consent form {request.code}`."
        against(ReasonCode.MISSING, f"lacks {'; '.join(lacking)}.", form)
    if consent.signed_on and consent.signed_on > today:
        against(ReasonCode.SIGNED_LATER, f"is signed for {consent.signed_on}, which is not yet.")
    if consent.expiry.on and consent.expiry.on < today:
        against(ReasonCode.EXPIRED, f"held up to {consent.expiry.on}.")
    if consent.ended and consent.ended.on <= today:
        against(ReasonCode.ENDED, f"ended on {dates.day(consent.ended.on)}, with what it was to end with.")
    if consent.revoked:
        against(ReasonCode.REVOKED, f"was taken back on {dates.day(consent.revoked.at)}.")
    if request.purpose and not consent.covers(request.purpose):
        against(ReasonCode.PURPOSE, f"is not for {label_words('en').purposes[request.purpose]}.")
    elif not request.purpose and not covers_handoff(consent) and Element.PURPOSE not in consent.missing:
        against(ReasonCode.PURPOSE, *_purpose_against(consent, request))
    uncovered = [category for category in Category if category in request.what - set(consent.scope_categories)]
    if uncovered and consent.scope_categories:
        labels = "; ".join(label_words("en").categories[category] for category in uncovered)
        against(ReasonCode.CATEGORY, f"does not cover {labels}.")
    if program.jurisdiction is Jurisdiction.GENERAL and not program.notice:
        text = "Your agency's notice, which goes with every handoff, is not set."
        notice = "`mi config set notice.text TEXT` sets it."
        objections.append(Objection(ReasonCode.NO_NOTICE, text, notice, consent.id))
    return objections


def _purpose_against(consent: Consent, request: Request) -> tuple[str, str]:
    """Returns why the purpose does not cover a handoff to a therapist (2.13(a)), and what puts it right."""
    again = f"`mi consent add {request.code}` records it anew"
    if consent.purpose_codes:
        purposes = ", ".join(label_words("en").purposes[code] for code in consent.purpose_codes)
        return f"is for {purposes} only, and a handoff is for treatment.", f"{again}, or another one that is."
    text = "says what for in words that need not mean treatment, and no code says it."
    return text, f"{again}, and asks for the purpose; in a file it is `purpose_codes`, such as TREAT."


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
            text = f"Consent {consent.id} names no one, but “{recipient_class}”."
            which = "`--to` and a name says which of them."
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
        text = f"Consent {consent.id} does not name that recipient."
        remedy = (
            f"`mi consent show {consent.id}` tells whom it names; `mi consent add {request.code}` records a new one."
        )
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
    on = f" on {dates.day(revocation.at)}" if revocation else ""
    text = f"Consent {consent.id} was taken back for {name}{on}."
    remedy = f"`mi consent add {request.code}` records a new one."
    return Objection(ReasonCode.REVOKED, text, remedy, consent.id)


def _open_question(consent: Consent, to: str, revoked: Sequence[Consent]) -> Objection:
    """Returns the objection that nobody has said whether this consent still holds for that recipient."""
    ids = ", ".join(other.id for other in revoked)
    text = f"Consent {consent.id} also lets {to} get it, and consent {ids} for them was taken back after it was given."
    remedy = (
        f"Ask the client: `mi consent confirm {consent.id}` says that this one still holds, "
        f"`mi consent revoke {consent.id}` takes it back too."
    )
    return Objection(ReasonCode.UNANSWERED, text, remedy, consent.id)


def _own_consent_revoked(revoked: Consent, request: Request) -> Objection:
    """Returns the objection to a recipient named in a revoked consent.

    They get nothing as one of a class, nor as a member of the program.
    """
    text = f"Consent {revoked.id}, which names that recipient, was taken back, and no later one that holds names them."
    remedy = f"`mi consent add {request.code}` records a new one."
    return Objection(ReasonCode.NAME_TAKEN_BACK, text, remedy, revoked.id)


def _unread(request: Request, consent: Consent | None = None) -> Objection:
    """Returns the objection that a consent which cannot be read may have named the recipient, and been revoked."""
    words = sharing_words("en")
    remedy = words.unread_consent_remedy.format(code=request.code)
    return Objection(ReasonCode.UNREAD, words.unread_consent, remedy, consent.id if consent else None)


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
    remedy = f"{_to_name(program)} says who is in it."
    if not program.members:
        return [], [Objection(ReasonCode.NO_PROGRAM, "Nobody is set as a recipient in your program.", remedy)]
    objections = []
    asked = [name for name in program.members if request.recipient is None or same_name(name, request.recipient)]
    names, own_revoked = _members(asked, request, consents, program, today)
    if not asked:
        text = "That recipient is not set as one in your program."
        objections.append(Objection(ReasonCode.NOT_IN_PROGRAM, text, remedy))
    elif not names:
        objections += own_revoked
    elif unread:
        objections.append(_unread(request))
    if request.purpose not in _PURPOSES_IN_PROGRAM:
        text = f"Sharing {label_words('en').bases[Basis.SAME_PROGRAM]} is for treatment only."
        with_consent = f"For another purpose a consent is needed: `mi consent add {request.code}`."
        objections.append(Objection(ReasonCode.PURPOSE, text, with_consent))
    if objections:
        return [], objections
    return [_permit(request, program, Basis.SAME_PROGRAM, Recipient(name=name), _EVERYTHING) for name in names], []


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
