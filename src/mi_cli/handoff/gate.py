"""Whether something may be passed on: from request, consents, program and time to a permit, or to all reasons against.

Pure, and there is no way around it. The rules are those of 42 CFR 2.12(c)(3), 2.23, 2.31 and 2.33.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from mi_cli.errors import Refused
from mi_cli.handoff.program import Program
from mi_cli.handoff.revocation import described, listed, named, open_questions, taken_from, unanswered
from mi_cli.handoff.scope import SCOPE_VERSION, parts_of
from mi_cli.records.consent import Consent, Element, Recipient
from mi_cli.records.name_matching import checked_recipient, folded, is_visible, same, visible
from mi_cli.records.permit import Permit
from mi_cli.records.terms import Basis, Capacity, Category, Jurisdiction, Purpose
from mi_cli.words.labels import BASES, CATEGORIES, ELEMENTS, PURPOSES, label


@dataclass(frozen=True)
class Request:
    """What is asked for. `client` is an id and `code` how a person calls that client.

    `what` has to be covered; the permit then names all that is. What is null follows from the consents and the program:
    with one recipient that fits, nothing more is needed. `noted_name` is the client's name, if it is noted. Raises
    WrongUsage for a recipient whose name shows nothing.
    """

    client: str
    code: str
    what: frozenset[Category] = frozenset({Category.GOAL_PLAN})
    recipient: str | None = None
    purpose: Purpose | None = None
    basis: Basis | None = None
    noted_name: str | None = None

    def __post_init__(self) -> None:
        if self.recipient is not None:
            checked_recipient(self.recipient)


class ReasonCode(StrEnum):
    """A reason against."""

    NO_CONSENT = "no-consent"
    OTHER_CLIENT = "other-client"
    OTHER_PERSON = "other-person"
    SIGNER = "signer"
    DISCLOSER = "discloser"
    MISSING = "missing"
    SIGNED_LATER = "signed-later"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNANSWERED = "unanswered"
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
    """One reason: in plain words, with what puts it right, and which consent it is about."""

    code: ReasonCode
    text: str
    remedy: str
    consent: str | None = None


# Elements that only US law asks for.
_US_ELEMENTS: Final = frozenset({Element.HIPAA_REDISCLOSURE, Element.TPO_REDISCLOSURE, Element.TPO_REFUSAL})
_IN_PROGRAM: Final = (Purpose.TREATMENT, None)
_EVERYTHING: Final = frozenset(Category)
# What is the client's own, and needed for a page of goals.
_OWN: Final = _EVERYTHING - {Category.INTERVIEWS, Category.SAFETY_RAISED}


def permit(
    request: Request, consents: Iterable[Consent], program: Program, now: datetime, *, unread: bool = False
) -> Permit:
    """What is permitted. Raises Refused with every reason against."""
    consents = tuple(consents)
    found = judge(request, consents, program, now, unread=unread)
    if isinstance(found, Permit):
        return found
    lines = [f"- {reason.text} {reason.remedy}" for reason in found]
    asked = [name for name in program.members if request.recipient is None or same(name, request.recipient)]
    inside = request.basis is None and _members(asked, request, consents, program, now.date())[0]
    raise Refused(
        "\n".join(["Nothing was passed on: nothing permits it yet.", *lines]),
        "For somebody in your own program: `--basis same-program`." if inside else "",
    )


def judge(
    request: Request, consents: tuple[Consent, ...], program: Program, now: datetime, *, unread: bool = False
) -> Permit | tuple[Objection, ...]:
    """The permit, or all reasons against.

    With no basis named it is a consent; the program steps in where no consent on file is about the recipient, so that
    a consent taken back is never got around by itself; nor one that is `unread`, which might be that.
    """
    if request.basis is Basis.CLIENT_COPY:
        return _permit(request, program, Basis.CLIENT_COPY, None, _OWN)
    permits: list[Permit] = []
    reasons: list[Objection] = []
    if request.basis is not Basis.SAME_PROGRAM:
        _by_consent(request, consents, program, now.date(), permits, reasons, unread=unread)
    about = [consent for consent in consents if request.recipient is None or named(consent, request.recipient)]
    steps_in = request.basis is None and bool(program.members) and not (about or unread or permits)
    if request.basis is Basis.SAME_PROGRAM or steps_in:
        permits, against = _by_program(request, consents, program, now.date())
        reasons += against if request.basis else []
    if not permits:
        return tuple(reasons)
    names = {folded(found.recipient.name): found.recipient.name for found in reversed(permits) if found.recipient}
    if len(names) > 1:
        listed = ", ".join(f"“{name}”" for name in names.values())
        return (
            Objection(ReasonCode.SEVERAL_RECIPIENTS, f"It could go to {listed}.", "`--to` and a name says to whom."),
        )
    return permits[0]


def standing(
    consent: Consent,
    code: str,
    program: Program,
    today: date,
    *,
    noted_name: str | None = None,
    consents: Sequence[Consent] = (),
) -> tuple[Objection, ...]:
    """All that is against a consent, whatever is asked for; empty for one that holds.

    `consents` are all of the client's: one of them that was taken back leaves a question about the others.
    """
    request = Request(consent.client, code, what=frozenset(), noted_name=noted_name)
    asked = [_unanswered(consent, to, back) for to, back in open_questions(consent, consents).items()]
    return (*_against(request, consent, program, today), *asked)


def not_served(
    consent: Consent,
    code: str,
    program: Program,
    today: date,
    *,
    noted_name: str | None = None,
    consents: Sequence[Consent] = (),
) -> list[str]:
    """The names that a consent which describes its recipients does not serve, since their own was taken back."""
    if described(consent) is None or consent.revoked:
        return []
    holds = _holding(Request(consent.client, code, noted_name=noted_name), program, today)
    names = {folded(one.name): one.name for other in consents if other.revoked for one in listed(other)}
    return [name for name in names.values() if not named(consent, name) and taken_from(name, consents, holds)]


def _by_consent(
    request: Request,
    consents: tuple[Consent, ...],
    program: Program,
    today: date,
    permits: list[Permit],
    reasons: list[Objection],
    *,
    unread: bool,
) -> None:
    """What each consent permits, the latest signed first, and what is against each of the others."""
    if not consents:
        form = f"`mi consent form {request.code}` makes the paper to sign, `mi consent add {request.code}` records it."
        inside = "" if program.members else f"For somebody in your own program: {_to_name(program)} names them."
        text = f"There is no written consent on file for this client{' that can be read' if unread else ''}."
        reasons.append(Objection(ReasonCode.NO_CONSENT, text, f"{form} {inside}".rstrip()))
    for consent in sorted(consents, key=lambda one: (one.signed_on or date.min, one.created_at), reverse=True):
        against = _against(request, consent, program, today)
        chosen, unfit = _recipients(request, consent, consents, program, today)
        reasons += [*against, *unfit]
        scope = frozenset(consent.scope_categories)
        for recipient, as_one_of in () if against else chosen:
            permits.append(_permit(request, program, Basis.CONSENT, recipient, scope, consent, as_one_of))


def _against(request: Request, consent: Consent, program: Program, today: date) -> list[Objection]:
    """All that is against using this consent, but for the recipient."""
    anew = f"`mi consent add {request.code}` records a new one."
    found: list[Objection] = []

    def against(why: ReasonCode, text: str, put_right: str = anew) -> None:
        found.append(Objection(why, f"Consent {consent.id} {text}", put_right, consent.id))

    if consent.client != request.client:
        against(ReasonCode.OTHER_CLIENT, "is another client's.")
    both_named = is_visible(request.noted_name) and is_visible(consent.patient_name)
    if both_named and not same(consent.patient_name, request.noted_name):
        noted = f"`mi client edit {request.code} --name` corrects the name that is noted; {anew}"
        against(ReasonCode.OTHER_PERSON, "is in another name than the one noted for this client.", noted)
    if not _is_signed_by_whom_it_names(consent):
        against(
            ReasonCode.SIGNER, "was signed as the client by somebody with another name than the one that stands on it."
        )
    if visible(consent.disclosers) and not program.is_among((*consent.disclosers, consent.disclosers_include)):
        who = "; ".join(visible(consent.disclosers))
        own = f"`mi config set program.name NAME` says how your program is called, if that is you; {anew}"
        against(ReasonCode.DISCLOSER, f"lets {who} pass it on, not you.", own)
    needed = frozenset(Element) - (_US_ELEMENTS if program.jurisdiction is Jurisdiction.GENERAL else frozenset())
    lacking = [label(ELEMENTS[element], "en") for element in consent.missing if element in needed]
    if lacking:
        against(
            ReasonCode.MISSING,
            f"lacks {'; '.join(lacking)}.",
            f"A new paper has it all: `mi consent form {request.code}`.",
        )
    if consent.signed_on and consent.signed_on > today:
        against(ReasonCode.SIGNED_LATER, f"is signed for {consent.signed_on}, which is not yet.")
    if consent.expiry.on and consent.expiry.on < today:
        against(ReasonCode.EXPIRED, f"held up to {consent.expiry.on}.")
    if consent.revoked:
        against(ReasonCode.REVOKED, f"was taken back on {consent.revoked.at:%Y-%m-%d}.")
    if request.purpose and not consent.covers(request.purpose):
        against(ReasonCode.PURPOSE, f"is not for {label(PURPOSES[request.purpose], 'en')}.")
    uncovered = [category for category in Category if category in request.what - set(consent.scope_categories)]
    if uncovered and consent.scope_categories:
        listed = "; ".join(label(CATEGORIES[category], "en") for category in uncovered)
        against(ReasonCode.CATEGORY, f"does not cover {listed}.")
    if program.jurisdiction is Jurisdiction.GENERAL and not program.notice:
        text = "Your agency's notice, which goes with every handoff, is not set."
        found.append(Objection(ReasonCode.NO_NOTICE, text, "`mi config set notice.text TEXT` sets it.", consent.id))
    return found


def _is_signed_by_whom_it_names(consent: Consent) -> bool:
    """Whether a consent that the client signed is signed in the client's name. What is not there is lacking instead."""
    signer = consent.signer
    if signer is None or signer.capacity is not Capacity.CLIENT:
        return True
    there = is_visible(signer.name) and is_visible(consent.patient_name)
    return not there or same(signer.name, consent.patient_name)


def _recipients(
    request: Request, consent: Consent, consents: Sequence[Consent], program: Program, today: date
) -> tuple[list[tuple[Recipient, str | None]], list[Objection]]:
    """Whom the consent serves of those asked for, each with the class they are taken to belong to if not named.

    And what is against those that it does not serve.
    """
    wide, wanted = described(consent), request.recipient
    if wanted is None:
        found = [(recipient, None) for recipient in listed(consent)]
        if not found and wide:
            text = f"Consent {consent.id} names no one, but “{wide}”."
            return [], [
                Objection(ReasonCode.RECIPIENT_UNNAMED, text, "`--to` and a name says which of them.", consent.id)
            ]
    elif by_name := named(consent, wanted):
        found = [(by_name, None)]
    elif wide:
        if back := taken_from(wanted, consents, _holding(request, program, today)):
            return [], [_name_taken_back(back, request)]
        against = [_unanswered(consent, wide, asked)] if (asked := unanswered(consent, wide, consents)) else []
        return ([] if against else [(Recipient(name=wanted), wide)]), against
    else:
        text = f"Consent {consent.id} does not name that recipient."
        put_right = (
            f"`mi consent show {consent.id}` tells whom it names; `mi consent add {request.code}` records a new one."
        )
        return [], [Objection(ReasonCode.RECIPIENT, text, put_right, consent.id)]
    asked_about = {} if consent.revoked else {one.name: unanswered(consent, one.name, consents) for one, _ in found}
    against = [_unanswered(consent, name, back) for name, back in asked_about.items() if back]
    return [(one, as_one) for one, as_one in found if not asked_about.get(one.name)], against


def _unanswered(consent: Consent, to: str, back: Sequence[Consent]) -> Objection:
    """Nobody has said whether this consent still holds for that recipient."""
    ids = ", ".join(other.id for other in back)
    text = f"Consent {consent.id} also lets {to} get it, and consent {ids} for them was taken back after it was given."
    put_right = (
        f"Ask the client: `mi consent confirm {consent.id}` says that this one still holds, "
        f"`mi consent revoke {consent.id}` takes it back too."
    )
    return Objection(ReasonCode.UNANSWERED, text, put_right, consent.id)


def _name_taken_back(back: Consent, request: Request) -> Objection:
    """Who is named in a consent that was taken back gets nothing as one of several, nor as one in the program."""
    text = f"Consent {back.id}, which names that recipient, was taken back, and no later one that holds names them."
    return Objection(ReasonCode.NAME_TAKEN_BACK, text, f"`mi consent add {request.code}` records a new one.", back.id)


def _holding(request: Request, program: Program, today: date) -> Callable[[Consent], bool]:
    """Whether nothing is against a consent itself."""
    anything = Request(request.client, request.code, what=frozenset(), noted_name=request.noted_name)
    return lambda consent: not _against(anything, consent, program, today)


def _to_name(program: Program) -> str:
    """The command that names one more recipient; it sets the whole list, so those there are stand in it."""
    names = "; ".join((*program.members, "A. Therapist"))
    return f'`mi config set program.recipients "{names}"`'


def _by_program(
    request: Request, consents: Sequence[Consent], program: Program, today: date
) -> tuple[list[Permit], list[Objection]]:
    """What 42 CFR 2.12(c)(3) permits: within the program, for diagnosis, treatment or referral."""
    put_right = f"{_to_name(program)} says who is in it."
    if not program.members:
        return [], [Objection(ReasonCode.NO_PROGRAM, "Nobody is set as a recipient in your program.", put_right)]
    reasons = []
    asked = [name for name in program.members if request.recipient is None or same(name, request.recipient)]
    names, taken_back = _members(asked, request, consents, program, today)
    if not asked:
        reasons.append(
            Objection(ReasonCode.NOT_IN_PROGRAM, "That recipient is not set as one in your program.", put_right)
        )
    elif not names:
        reasons += taken_back
    if request.purpose not in _IN_PROGRAM:
        text = f"Sharing {label(BASES[Basis.SAME_PROGRAM], 'en')} is for treatment only."
        reasons.append(
            Objection(
                ReasonCode.PURPOSE, text, f"For another purpose a consent is needed: `mi consent add {request.code}`."
            )
        )
    if reasons:
        return [], reasons
    return [_permit(request, program, Basis.SAME_PROGRAM, Recipient(name=name), _EVERYTHING) for name in names], []


def _members(
    names: Sequence[str], request: Request, consents: Sequence[Consent], program: Program, today: date
) -> tuple[list[str], list[Objection]]:
    """Those of the program's members whose own consent was not taken back, and what is against the others."""
    holds = _holding(request, program, today)
    back = {name: taken_from(name, consents, holds) for name in names}
    return (
        [name for name, taken_back in back.items() if not taken_back],
        [_name_taken_back(taken_back, request) for taken_back in back.values() if taken_back],
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
