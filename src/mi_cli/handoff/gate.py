"""Whether something may be passed on: from request, consents, program and time to a permit, or to all reasons against.

Pure, and there is no way around it. The rules are those of 42 CFR 2.12(c)(3), 2.23, 2.31 and 2.33.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from mi_cli.errors import Refused
from mi_cli.handoff.names import BASES, CATEGORIES, ELEMENTS, PURPOSES, called
from mi_cli.handoff.program import Program
from mi_cli.handoff.scope import SCOPE_VERSION, parts_of
from mi_cli.records.consent import Consent, Element, Recipient
from mi_cli.records.permit import Permit
from mi_cli.records.terms import Basis, Category, Jurisdiction, Purpose


@dataclass(frozen=True)
class Request:
    """What is asked for. `client` is an id and `code` how a person calls that client.

    `what` has to be covered; the permit then names all that is. What is null follows from the consents and the program:
    with one recipient that fits, nothing more is needed.
    """

    client: str
    code: str
    what: frozenset[Category] = frozenset({Category.GOAL_PLAN})
    recipient: str | None = None
    purpose: Purpose | None = None
    basis: Basis | None = None


class Why(StrEnum):
    """A reason against."""

    NO_CONSENT = "no-consent"
    OTHER_CLIENT = "other-client"
    MISSING = "missing"
    SIGNED_LATER = "signed-later"
    EXPIRED = "expired"
    REVOKED = "revoked"
    RECIPIENT = "recipient"
    RECIPIENT_UNNAMED = "recipient-unnamed"
    SEVERAL_RECIPIENTS = "several-recipients"
    PURPOSE = "purpose"
    CATEGORY = "category"
    NO_PROGRAM = "no-program"
    NOT_IN_PROGRAM = "not-in-program"
    NO_NOTICE = "no-notice"


@dataclass(frozen=True)
class Against:
    """One reason: in plain words, with what puts it right, and which consent it is about."""

    why: Why
    text: str
    put_right: str
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
    found = judge(request, tuple(consents), program, now, unread=unread)
    if isinstance(found, Permit):
        return found
    lines = [f"- {reason.text} {reason.put_right}" for reason in found]
    inside = request.basis is None and program.recipients
    raise Refused(
        "\n".join(["Nothing was passed on: nothing permits it yet.", *lines]),
        "For somebody in your own program: `--basis same-program`." if inside else "",
    )


def judge(
    request: Request, consents: tuple[Consent, ...], program: Program, now: datetime, *, unread: bool = False
) -> Permit | tuple[Against, ...]:
    """The permit, or all reasons against.

    With no basis named it is a consent; the program steps in where no consent on file is about the recipient, so that
    a consent taken back is never got around by itself; nor one that is `unread`, which might be that.
    """
    if request.basis is Basis.CLIENT_COPY:
        return _permit(request, program, Basis.CLIENT_COPY, None, _OWN)
    permits: list[Permit] = []
    reasons: list[Against] = []
    if request.basis is not Basis.SAME_PROGRAM:
        _by_consent(request, consents, program, now.date(), permits, reasons, unread=unread)
    about = [consent for consent in consents if request.recipient is None or _named(consent, request.recipient)]
    steps_in = request.basis is None and bool(program.recipients) and not (about or unread or permits)
    if request.basis is Basis.SAME_PROGRAM or steps_in:
        permits, against = _by_program(request, program)
        reasons += against if request.basis else []
    if not permits:
        return tuple(reasons)
    names = {_key(found.recipient.name): found.recipient.name for found in reversed(permits) if found.recipient}
    if len(names) > 1:
        listed = ", ".join(f"“{name}”" for name in names.values())
        return (Against(Why.SEVERAL_RECIPIENTS, f"It could go to {listed}.", "`--to` and a name says to whom."),)
    return permits[0]


def standing(consent: Consent, code: str, program: Program, today: date) -> tuple[Against, ...]:
    """All that is against a consent itself, whatever is asked for; empty for one that holds."""
    return tuple(_against(Request(consent.client, code, what=frozenset()), consent, program, today))


def _by_consent(
    request: Request,
    consents: tuple[Consent, ...],
    program: Program,
    today: date,
    permits: list[Permit],
    reasons: list[Against],
    *,
    unread: bool,
) -> None:
    """What each consent permits, the latest signed first, and what is against each of the others."""
    if not consents:
        form = f"`mi consent form {request.code}` makes the paper to sign, `mi consent add {request.code}` records it."
        inside = "" if program.recipients else f"For somebody in your own program: {_to_name(program)} names them."
        text = f"There is no written consent on file for this client{' that can be read' if unread else ''}."
        reasons.append(Against(Why.NO_CONSENT, text, f"{form} {inside}".rstrip()))
    for consent in sorted(consents, key=lambda one: (one.signed_on or date.min, one.created_at), reverse=True):
        against = _against(request, consent, program, today)
        chosen, unfit = _recipients(request, consent)
        against += unfit
        if against:
            reasons += against
            continue
        for recipient, as_one_of in chosen:
            scope = frozenset(consent.scope_categories)
            permits.append(_permit(request, program, Basis.CONSENT, recipient, scope, consent, as_one_of))


def _against(request: Request, consent: Consent, program: Program, today: date) -> list[Against]:
    """All that is against using this consent, but for the recipient."""
    anew = f"`mi consent add {request.code}` records a new one."
    found: list[Against] = []

    def against(why: Why, text: str, put_right: str = anew) -> None:
        found.append(Against(why, f"Consent {consent.id} {text}", put_right, consent.id))

    if consent.client != request.client:
        against(Why.OTHER_CLIENT, "is another client's.")
    needed = frozenset(Element) - (_US_ELEMENTS if program.jurisdiction is Jurisdiction.GENERAL else frozenset())
    lacking = [called(ELEMENTS[element], "en") for element in consent.missing if element in needed]
    if lacking:
        against(
            Why.MISSING, f"lacks {'; '.join(lacking)}.", f"A new paper has it all: `mi consent form {request.code}`."
        )
    if consent.signed_on and consent.signed_on > today:
        against(Why.SIGNED_LATER, f"is signed for {consent.signed_on}, which is not yet.")
    if consent.expiry.on and consent.expiry.on < today:
        against(Why.EXPIRED, f"held up to {consent.expiry.on}.")
    if consent.revoked:
        against(Why.REVOKED, f"was taken back on {consent.revoked.at:%Y-%m-%d}.")
    if request.purpose and not consent.covers(request.purpose):
        against(Why.PURPOSE, f"is not for {called(PURPOSES[request.purpose], 'en')}.")
    uncovered = [category for category in Category if category in request.what - set(consent.scope_categories)]
    if uncovered and consent.scope_categories:
        listed = "; ".join(called(CATEGORIES[category], "en") for category in uncovered)
        against(Why.CATEGORY, f"does not cover {listed}.")
    if program.jurisdiction is Jurisdiction.GENERAL and not program.notice:
        text = "Your agency's notice, which goes with every handoff, is not set."
        found.append(Against(Why.NO_NOTICE, text, "`mi config set notice.text TEXT` sets it.", consent.id))
    return found


def _recipients(request: Request, consent: Consent) -> tuple[list[tuple[Recipient, str | None]], list[Against]]:
    """Whom the consent names, or who was asked for, each with the class they are taken to belong to if not named."""
    through, wide = consent.intermediary, consent.recipient_class
    if through and through.treating_only:
        wide = wide or f"providers who treat the client, through {through.name}"
    if request.recipient is None:
        listed = _listed(consent)
        if not listed and wide:
            text = f"Consent {consent.id} names no one, but “{wide}”."
            return [], [Against(Why.RECIPIENT_UNNAMED, text, "`--to` and a name says which of them.", consent.id)]
        return [(recipient, None) for recipient in listed], []
    if named := _named(consent, request.recipient):
        return [(named, None)], []
    if wide:
        return [(Recipient(name=request.recipient), wide)], []
    text = f"Consent {consent.id} does not name that recipient."
    put_right = (
        f"`mi consent show {consent.id}` tells whom it names; `mi consent add {request.code}` records a new one."
    )
    return [], [Against(Why.RECIPIENT, text, put_right, consent.id)]


def _listed(consent: Consent) -> list[Recipient]:
    """Everybody it names."""
    through = consent.intermediary
    return [*consent.recipients, *(Recipient(name=name) for name in (through.participants if through else ()))]


def _named(consent: Consent, name: str) -> Recipient | None:
    """The recipient of that name, if the consent names them."""
    return next((recipient for recipient in _listed(consent) if _key(recipient.name) == _key(name)), None)


def _to_name(program: Program) -> str:
    """The command that names one more recipient; it sets the whole list, so those there are stand in it."""
    names = "; ".join((*program.recipients, "A. Therapist"))
    return f'`mi config set program.recipients "{names}"`'


def _by_program(request: Request, program: Program) -> tuple[list[Permit], list[Against]]:
    """What 42 CFR 2.12(c)(3) permits: within the program, for diagnosis, treatment or referral."""
    put_right = f"{_to_name(program)} says who is in it."
    if not program.recipients:
        return [], [Against(Why.NO_PROGRAM, "Nobody is set as a recipient in your program.", put_right)]
    reasons = []
    wanted = _key(request.recipient) if request.recipient else None
    names = [name for name in program.recipients if wanted in (None, _key(name))]
    if not names:
        reasons.append(Against(Why.NOT_IN_PROGRAM, "That recipient is not set as one in your program.", put_right))
    if request.purpose not in _IN_PROGRAM:
        text = f"Sharing {called(BASES[Basis.SAME_PROGRAM], 'en')} is for treatment only."
        reasons.append(
            Against(Why.PURPOSE, text, f"For another purpose a consent is needed: `mi consent add {request.code}`.")
        )
    if reasons:
        return [], reasons
    return [_permit(request, program, Basis.SAME_PROGRAM, Recipient(name=name), _EVERYTHING) for name in names], []


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


def _key(name: str) -> str:
    """A name as it is compared: whatever its case, its blanks and the way its letters are encoded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
