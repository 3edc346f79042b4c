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
   to name one. `objections.py` says what speaks against a consent, and against a recipient.
3. **The program** (2.12(c)(3)), if the request names that basis, or if no consent on file is about the recipient. The
   program never overrides a revoked consent, nor one on file that cannot be read, whatever basis is asked for.

A handoff and a progress note are two documents, and a permit is for one of them (`_in_document`): a request for
progress notes gets one for these alone, and any other request gets one without them.

What a permit lets out is `Permit.parts`, computed from the consent's categories by `scope.parts_of` with the version of
the table that the client saw.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from mi_cli.errors import Refused
from mi_cli.handoff.objections import (
    Objection,
    ReasonCode,
    Request,
    against_consent,
    in_force,
    judged_recipients,
    own_consent_revoked,
    unread_consent,
)
from mi_cli.handoff.program import Program
from mi_cli.handoff.revocation import find_recipient, revoked_without_successor
from mi_cli.handoff.scope import SCOPE_VERSION, named, parts_of
from mi_cli.records.consent import Consent, Recipient
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.name_matching import fold_name, same_name
from mi_cli.records.permit import Permit
from mi_cli.records.terms import Basis, Category, Jurisdiction, Purpose
from mi_cli.words.consents import consent_words
from mi_cli.words.labels import label_words
from mi_cli.words.said import joined, listed, said

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
        to_consent = against_consent(consent, request, program, today)
        served, to_recipient = judged_recipients(request, consent, consents, program, today, unread=unread)
        objections += [*to_consent, *to_recipient]
        scope = named(consent.scope_categories, consent.scope_version)
        for recipient, as_one_of in () if to_consent else served:
            permits.append(_permit(request, program, Basis.CONSENT, recipient, scope, consent, as_one_of))
    return permits, objections


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
        objections.append(unread_consent(request))
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
    counts = in_force(request, program, today)
    own_revoked = {name: revoked_without_successor(name, consents, counts) for name in names}
    return (
        [name for name, revoked in own_revoked.items() if not revoked],
        [own_consent_revoked(revoked, request) for revoked in own_revoked.values() if revoked],
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


def _in_document(request: Request) -> frozenset[Category]:
    """Returns the categories that the document which is asked for can hold: a progress note, or else a handoff."""
    return (_NOTES if request.what & _NOTES else _EVERYTHING) | request.sent
