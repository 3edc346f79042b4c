"""Consents as pages, and what was disclosed under them: the accounting, and who has what already.

The accounting is for the client to read (45 CFR 164.528), so it is in both languages. All other pages are for the
counselor, and in English.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from mi_cli.handoff.cover import expiry_text
from mi_cli.handoff.days import in_words
from mi_cli.handoff.gate import element_names
from mi_cli.handoff.scope import category_description, parts_of
from mi_cli.insight.passed_on import Accounted
from mi_cli.records import dates
from mi_cli.records.consent import Consent, Recipient
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.terms import Event, Jurisdiction, Statement
from mi_cli.terminal.page import BLANK, Line, Page, Role
from mi_cli.words.accounting import accounting_words
from mi_cli.words.documents import document_words
from mi_cli.words.labels import label_words

NO_AUTHORITY: Final = "Somebody signed for the client, and on what authority is not noted (42 CFR 2.14, 2.15)."
_SAYS: Final[Mapping[Statement, str]] = {
    Statement.REVOCATION: "that it can be taken back",
    Statement.HIPAA_REDISCLOSURE: "what HIPAA lets recipients do",
    Statement.TPO_REDISCLOSURE: "that it may be passed on",
    Statement.TPO_REFUSAL: "what follows without it",
}


def consent_page(consent: Consent, code: str, against: Sequence[str], not_served: Sequence[str] = ()) -> Page:
    """Returns a consent, element by element.

    `against` are the reasons not to use it. `not_served` are recipients that it describes but does not serve, because
    the consent that names them was taken back.
    """
    back = consent.revoked
    rows = [
        *_elements(consent),
        ("recorded", f"{dates.day(consent.created_at)} by {consent.recorded_by}"),
        ("taken back", back and f"{dates.day(back.at)}, {back.how}; recorded by {back.recorded_by}"),
        *(
            ("taken back", f"for {one.recipient}: {dates.day(one.at)}, {one.how}; recorded by {one.recorded_by}")
            for one in consent.taken_back
        ),
        ("ended", consent.ended and f"{dates.day(consent.ended.on)}; recorded by {consent.ended.recorded_by}"),
        *(
            ("still holds", f"{dates.day(held.at)}, after consent {held.after} was taken back; by {held.recorded_by}")
            for held in consent.upheld
        ),
    ]
    title = f"{code} · consent {consent.id} · {consent.kind}"
    page = [Line(title, Role.TITLE, " "), *(_row(label, text) for label, text in rows if text)]
    page += [Line(text, Role.WARN, " ") for text in against]
    page += [] if consent.is_signed_with_authority else [Line(NO_AUTHORITY, Role.WARN, " ")]
    if not_served:
        names = "; ".join(not_served)
        page.append(Line(f"It does not serve {names}: the consent that names them was taken back.", Role.WARN, " "))
    return page if against else [*page, Line("It holds.", Role.SAY, " ")]


def draft_page(consent: Consent, code: str) -> Page:
    """Returns the answers so far to the questions about a consent."""
    title = Line(f"{code} · a consent that is half filled in", Role.TITLE, " ")
    return [title, *(_row(label, text) for label, text in _elements(consent) if text)]


def _elements(consent: Consent) -> list[tuple[str, str | None]]:
    """Returns the elements of the paper form, each with its label; an element that is empty has no text."""
    through = consent.intermediary
    medium = consent.medium if consent.signed_on or "medium" in consent.model_fields_set else ""
    signed = [dates.day(consent.signed_on) if consent.signed_on else "", medium]
    members = "; ".join(through.participants) if through else ""
    signed += [f"by {one.name} ({label_words('en').capacities[one.capacity]})" for one in consent.signers]
    permitted = parts_of(consent.scope_categories, consent.scope_version)
    return [
        ("client", consent.patient_name),
        ("may share", "; ".join(consent.disclosers)),
        ("", consent.disclosers_include and f"these include {consent.disclosers_include}"),
        ("may get it", consent.recipient_class),
        *(row for recipient in consent.recipients for row in _recipient_rows(recipient)),
        ("through", f"{through.name}: {members or 'those who treat the client'}" if through else None),
        ("what", consent.scope_text),
        *(("", category_description(category, "en", permitted)) for category in consent.scope_categories),
        ("what for", consent.purpose_text),
        ("until", expiry_text(consent.expiry, "en") if consent.expiry != type(consent.expiry)() else None),
        ("take back", consent.revocation_method),
        ("it says", "; ".join(_SAYS[statement] for statement in consent.statements)),
        ("signed", ", ".join(part for part in signed if part)),
        ("kept at", consent.signature_ref or (consent.document.path if consent.document else None)),
    ]


def missing_elements(consent: Consent, jurisdiction: Jurisdiction) -> str:
    """Returns the names of the elements that the consent lacks there."""
    return element_names(consent.lacking(jurisdiction))


def recipients_page(entries: Sequence[Disclosure]) -> Page:
    """Returns who has received something under a consent that was taken back."""
    if not entries:
        return [Line("Nobody has got anything under it.", lead=" ")]
    head = "It was passed on before, and cannot be called back. Those who have it:"
    return [Line(head, Role.WARN, " "), *(_row(dates.day(entry.created_at), recipient_of(entry)) for entry in entries)]


def recipient_of(entry: Disclosure) -> str:
    """Returns who received a document."""
    if entry.recipient is None:
        return label_words("en").bases[entry.basis]
    return _recipient(entry.recipient, entry.organization, None)


def delivery_text(entry: Disclosure, *, came: bool) -> str:
    """Returns who received a document, or that it did not arrive (`came` is false), or that nobody can tell."""
    if entry.event is Event.UNCERTAIN:
        return f"cannot be told whether entry {entry.of} came: {recipient_of(entry)}"
    return recipient_of(entry) if came else f"never came: {recipient_of(entry)}"


def accounting_page(disclosures: Sequence[Accounted], code: str, since: date, today: date, language: str) -> Page:
    """Returns the accounting of disclosures: the date, to whom and where, what, and what for (45 CFR 164.528(b)(2)).

    It covers the time from `since` to `today`. `language` is English where there are no words in it.
    """
    words, named = accounting_words(language), document_words(language)
    title = words.title.format(code=code, since=in_words(since, named), today=in_words(today, named))
    page = [Line(title, Role.TITLE, " ")]
    if not disclosures:
        page.append(Line(words.nothing, lead=" "))
    for disclosure in disclosures:
        entry = disclosure.first
        page += [BLANK, Line(f"{in_words(entry.created_at, named)}, {dates.time(entry.created_at)}", Role.SAY, " ")]
        page += [
            _row(words.to, _recipient(entry.recipient or "", entry.organization, None)),
            _row(words.address, entry.address or words.not_known),
            _row(words.what, "; ".join(label_words(language).categories[category] for category in entry.what)),
            _row(words.purpose, purpose_of(entry, language) or words.not_known),
            _row(words.basis, label_words(language).bases[entry.basis]),
            _row(words.files, ", ".join(file.format for file in disclosure.files)),
        ]
    return [*page, BLANK, Line(words.own, Role.DIM, " ")]


def purpose_of(entry: Disclosure, language: str) -> str:
    """Returns the purpose of a disclosure; empty if none is known."""
    return entry.purpose_text or (label_words(language).purposes[entry.purpose] if entry.purpose else "")


def _recipient_rows(recipient: Recipient) -> list[tuple[str, str]]:
    name = _recipient(recipient.name, recipient.organization, recipient.address)
    return [("may get it", name), ("", label_words("en").recipients[recipient.kind])]


def _recipient(name: str, organization: str | None, address: str | None) -> str:
    return ", ".join(part for part in (name, organization, address) if part)


def _row(label: str, text: str) -> Line:
    return Line(text, lead=f" {label:<13} ")
