"""Consents as pages, and what was disclosed under them: the accounting, and who has what already.

The accounting is for the client to read (45 CFR 164.528), so it is in the client's language. All other pages are for
the counselor, and in theirs.
"""

from collections.abc import Sequence
from datetime import date

from mi_cli.handoff.cover import expiry_text
from mi_cli.handoff.days import in_words
from mi_cli.handoff.objections import element_names
from mi_cli.handoff.scope import category_description, parts_of
from mi_cli.insight.passed_on import Accounted
from mi_cli.records import dates
from mi_cli.records.consent import Consent, Recipient
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.terms import Event, Jurisdiction
from mi_cli.terminal.page import BLANK, Line, Page, Role
from mi_cli.words.accounting import accounting_words
from mi_cli.words.days import day_in_words
from mi_cli.words.documents import document_words
from mi_cli.words.kept_consents import kept_consent_words
from mi_cli.words.kept_consents.model import KeptConsentWords
from mi_cli.words.labels import label_words
from mi_cli.words.labels.model import LabelWords


def consent_page(consent: Consent, code: str, against: Sequence[str], not_served: Sequence[str], language: str) -> Page:
    """Returns a consent, element by element.

    `against` are the reasons not to use it. `not_served` are recipients that it describes but does not serve, because
    the consent that names them was taken back.
    """
    words = kept_consent_words(language)
    title = words.title.format(code=code, id=consent.id, kind=words.kinds[consent.kind])
    rows = [*_elements(consent, words, language), *_what_became_of_it(consent, words, language)]
    page = [Line(title, Role.TITLE, " "), *(_row(label, text) for label, text in rows if text)]
    page += [Line(text, Role.WARN, " ") for text in against]
    page += [] if consent.is_signed_with_authority else [Line(words.no_authority, Role.WARN, " ")]
    if not_served:
        page.append(Line(words.not_served.format(names="; ".join(not_served)), Role.WARN, " "))
    return page if against else [*page, Line(words.holds, Role.SAY, " ")]


def draft_page(consent: Consent, code: str, language: str) -> Page:
    """Returns the answers so far to the questions about a consent."""
    words = kept_consent_words(language)
    title = Line(words.draft_title.format(code=code), Role.TITLE, " ")
    return [title, *(_row(label, text) for label, text in _elements(consent, words, language) if text)]


def _what_became_of_it(consent: Consent, words: KeptConsentWords, language: str) -> list[tuple[str, str]]:
    """Returns when it was recorded and taken back, ended or upheld, and by whom, each with its label."""
    rows = [
        (words.recorded, words.on_by.format(day=day_in_words(consent.created_at, language), by=consent.recorded_by))
    ]
    if back := consent.revoked:
        text = words.back_on.format(
            day=day_in_words(back.at, language), how=back.how or words.as_records_tell, by=back.recorded_by
        )
        rows.append((words.taken_back, text))
    for one in consent.taken_back:
        day = day_in_words(one.at, language)
        text = words.back_for.format(
            recipient=one.recipient, day=day, how=one.how or words.as_records_tell, by=one.recorded_by
        )
        rows.append((words.taken_back, text))
    if ended := consent.ended:
        rows.append((words.ended, words.ended_on.format(day=day_in_words(ended.on, language), by=ended.recorded_by)))
    for held in consent.upheld:
        text = words.upheld.format(day=day_in_words(held.at, language), id=held.after, by=held.recorded_by)
        rows.append((words.still_holds, text))
    return rows


def _elements(consent: Consent, words: KeptConsentWords, language: str) -> list[tuple[str, str | None]]:
    """Returns the elements of the paper form, each with its label; an element that is empty has no text."""
    through = consent.intermediary
    labels = label_words(language)
    medium = words.media[consent.medium] if consent.signed_on or "medium" in consent.model_fields_set else ""
    signed = [day_in_words(consent.signed_on, language) if consent.signed_on else "", medium]
    signed += [
        words.signed_by.format(name=one.name, capacity=labels.capacities[one.capacity]) for one in consent.signers
    ]
    members = "; ".join(through.participants) if through else ""
    by_way_of = None
    if through:
        by_way_of = f"{through.name}: {members}" if members else words.those_who_treat.format(name=through.name)
    ends = expiry_text(consent.expiry, language, lambda on: day_in_words(on, language))
    permitted = parts_of(consent.scope_categories, consent.scope_version)
    return [
        (words.client, consent.patient_name),
        (words.may_share, "; ".join(consent.disclosers)),
        ("", consent.disclosers_include and words.these_include.format(discloser=consent.disclosers_include)),
        (words.may_get, consent.recipient_class),
        *(row for recipient in consent.recipients for row in _recipient_rows(recipient, words, labels)),
        (words.through, by_way_of),
        (words.what, consent.scope_text),
        *(("", category_description(category, language, permitted)) for category in consent.scope_categories),
        (words.what_for, consent.purpose_text),
        (words.until, ends if consent.expiry != type(consent.expiry)() else None),
        (words.take_back, consent.revocation_method),
        (words.it_says, "; ".join(words.says[statement] for statement in consent.statements)),
        (words.signed, ", ".join(part for part in signed if part)),
        (words.kept_at, consent.signature_ref or (consent.document.path if consent.document else None)),
    ]


def missing_elements(consent: Consent, jurisdiction: Jurisdiction) -> str:
    """Returns the names of the elements that the consent lacks there."""
    return element_names(consent.lacking(jurisdiction))


def recipients_page(entries: Sequence[Disclosure], language: str) -> Page:
    """Returns who has received something under a consent that was taken back, once for each day."""
    words = kept_consent_words(language)
    if not entries:
        return [Line(words.nobody_has_it, lead=" ")]
    rows = dict.fromkeys((dates.day(entry.created_at), recipient_of(entry, language)) for entry in entries)
    return [Line(words.who_has_it, Role.WARN, " "), *(_row(day, recipient) for day, recipient in rows)]


def recipient_of(entry: Disclosure, language: str) -> str:
    """Returns who received a document."""
    if entry.recipient is None:
        return label_words(language).bases[entry.basis]
    return _recipient(entry.recipient, entry.organization, None)


def delivery_text(entry: Disclosure, language: str, *, came: bool) -> str:
    """Returns who received a document, or that it did not arrive (`came` is false), or that nobody can tell."""
    words, recipient = kept_consent_words(language), recipient_of(entry, language)
    if entry.event is Event.UNCERTAIN:
        return words.cannot_be_told.format(entry=entry.of, recipient=recipient)
    return recipient if came else words.never_came.format(recipient=recipient)


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
            _row(
                words.what, "; ".join(map(label_words(language).categories.__getitem__, entry.what)) or words.not_known
            ),
            _row(words.purpose, purpose_of(entry, language) or words.not_known),
            _row(words.basis, label_words(language).bases[entry.basis]),
            _row(words.files, ", ".join(dict.fromkeys(file.format for file in disclosure.files))),
        ]
    return [*page, BLANK, Line(words.own, Role.DIM, " ")]


def purpose_of(entry: Disclosure, language: str) -> str:
    """Returns the purpose of a disclosure; empty if none is known."""
    return entry.purpose_text or (label_words(language).purposes[entry.purpose] if entry.purpose else "")


def _recipient_rows(recipient: Recipient, words: KeptConsentWords, labels: LabelWords) -> list[tuple[str, str]]:
    name = _recipient(recipient.name, recipient.organization, recipient.address)
    return [(words.may_get, name), (words.of_kind, labels.recipients[recipient.kind])]


def _recipient(name: str, organization: str | None, address: str | None) -> str:
    return ", ".join(part for part in (name, organization, address) if part)


def _row(label: str, text: str) -> Line:
    return Line(text, lead=f" {label:<13} ")
