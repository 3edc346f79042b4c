"""The questions by which a consent is recorded from a paper, in their order.

Theory of operation
-------------------
The dialogue has no state of its own: the draft (`ConsentDraft`) is all there is. `next_question` finds the first
question that the draft does not answer yet; `consent_answers.with_answer` returns the draft with the answer, which is
then kept on the disk. Two rules:

1. **A question is asked if its field is not in the draft.** A field with the value None or an empty list was asked
   about and passed over: the record then lacks that element, and permits nothing.
2. **An answer can add questions**: the kind of consent decides which statements are asked about, a recipient's name
   leads to the question for the organization, and so on. `another`, `asked` and `our_form` are in the draft for that
   alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mi_cli.handoff.consent_draft import TPO_PURPOSES, ConsentDraft
from mi_cli.handoff.objections import purpose_names
from mi_cli.handoff.scope import SCOPE_VERSION, category_description
from mi_cli.records.name_matching import same_name
from mi_cli.records.terms import Capacity, Category, ConsentKind, Medium, Purpose, RecipientKind, Statement
from mi_cli.words.consents import consent_words
from mi_cli.words.labels import label_words
from mi_cli.words.said import Said, joined, said, spoken


class Ask(StrEnum):
    """The subject of a question."""

    PATIENT = "patient"
    BORN = "born"
    KIND = "kind"
    PURPOSE_CODE = "purpose-code"
    PURPOSE_TEXT = "purpose-text"
    RECIPIENT = "recipient"
    RECIPIENT_CLASS = "recipient-class"
    ORGANIZATION = "organization"
    ADDRESS = "address"
    RECIPIENT_KIND = "recipient-kind"
    ANOTHER = "another"
    INTERMEDIARY = "intermediary"
    PARTICIPANTS = "participants"
    DISCLOSERS = "disclosers"
    INCLUDES = "includes"
    CATEGORIES = "categories"
    SCOPE = "scope"
    OUR_FORM = "our-form"
    FORM_VERSION = "form-version"
    STATEMENT = "statement"
    REVOCATION = "revocation"
    EXPIRY = "expiry"
    CAPACITY = "capacity"
    SIGNER = "signer"
    AUTHORITY = "authority"
    ALSO_SIGNED = "also-signed"
    MEDIUM = "medium"
    KEPT_AT = "kept-at"
    SIGNED_ON = "signed-on"


@dataclass(frozen=True)
class Question:
    """One question.

    `choices` are pairs of a value and its text, to be answered by number; several numbers if `many`. Enter stands for
    `default`. `statement` is the one that is asked about.
    """

    about: Ask
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False
    default: str | None = None
    statement: Statement | None = None

    def in_language(self, language: str) -> "Question":
        """Returns the question as it is asked in a language; so is the default that is recorded."""
        return replace(
            self,
            text=spoken(self.text, language),
            choices=tuple((value, spoken(text, language)) for value, text in self.choices),
            default=None if self.default is None else spoken(self.default, language),
        )


@dataclass(frozen=True)
class Defaults:
    """What the questions take from the settings and the clock.

    `discloser` passes things on: the program if it has a name, else the counselor. `counselor` does so as well. `us`
    says whether US law applies, which requires statements on the paper.
    """

    discloser: str
    today: date
    us: bool = True
    counselor: str = ""


def next_question(draft: ConsentDraft, defaults: Defaults) -> Question | None:
    """Returns the next question; None when everything is known or was passed over."""
    return next(_questions(draft, defaults), None)


def _questions(draft: ConsentDraft, defaults: Defaults) -> Iterator[Question]:
    if "patient_name" not in draft:
        yield Question(Ask.PATIENT, said(consent_words, lambda words: words.client_name))
    if "born_on" not in draft:
        not_noted = said(consent_words, lambda words: words.not_noted)
        yield Question(Ask.BORN, said(consent_words, lambda words: words.born), default=not_noted)
    if "kind" not in draft:
        kinds = (
            (ConsentKind.TPO, said(consent_words, lambda words: words.tpo)),
            (ConsentKind.PURPOSE, said(consent_words, lambda words: words.one_purpose)),
        )
        yield Question(Ask.KIND, said(consent_words, lambda words: words.what_for), kinds)
    tpo = draft.get("kind") == ConsentKind.TPO
    if "purpose_codes" not in draft and not tpo:
        purposes = tuple((code, purpose_names([code])) for code in Purpose)
        yield Question(
            Ask.PURPOSE_CODE,
            said(consent_words, lambda words: words.which_purpose),
            (*purposes, ("", said(consent_words, lambda words: words.another_purpose))),
        )
    if "purpose_text" not in draft:
        codes = TPO_PURPOSES if tpo else draft["purpose_codes"]
        default = purpose_names(map(Purpose, codes)) or None
        yield Question(Ask.PURPOSE_TEXT, said(consent_words, lambda words: words.purpose_in_words), default=default)
    yield from _about_recipients(draft)
    if "disclosers" not in draft:
        yield Question(
            Ask.DISCLOSERS, said(consent_words, lambda words: words.who_may_share), default=defaults.discloser
        )
    elif draft["disclosers"] and "disclosers_include" not in draft and not _names_us(draft["disclosers"], defaults):
        text = said(consent_words, lambda words: words.names_not_yours, discloser=defaults.discloser)
        yield Question(Ask.INCLUDES, text, choices=yes_and_no(), default="no")
    if "scope_categories" not in draft:
        categories = tuple((one, _category(one)) for one in Category)
        yield Question(Ask.CATEGORIES, said(consent_words, lambda words: words.what_may_go), categories, many=True)
    if "scope_text" not in draft:
        chosen = [_category(Category(one)) for one in draft["scope_categories"]]
        yield Question(
            Ask.SCOPE, said(consent_words, lambda words: words.same_in_words), default=joined(chosen, "; ") or None
        )
    if "statements" not in draft:
        yield from _about_statements(draft, defaults)
    if draft.get("our_form") and "scope_version" not in draft:
        # An earlier version of the form names fewer parts, and the consent permits only what its form names.
        versions = tuple(
            (str(number), said(consent_words, lambda words: words.version, number=number))
            for number in range(SCOPE_VERSION, 0, -1)
        )
        text = said(consent_words, lambda words: words.which_version)
        yield Question(Ask.FORM_VERSION, text, choices=versions, default=versions[0][0])
    if "revocation_method" not in draft:
        default = said(
            consent_words, lambda words: words.in_writing_to, whom="; ".join(draft["disclosers"]) or defaults.discloser
        )
        yield Question(Ask.REVOCATION, said(consent_words, lambda words: words.how_revoked), default=default)
    if "expiry" not in draft:
        text = said(consent_words, lambda words: words.until_when)
        yield Question(Ask.EXPIRY, text, default=said(consent_words, lambda words: words.no_end) if tpo else None)
    yield from _about_signing(draft, defaults)


def _names_us(disclosers: Iterable[str], defaults: Defaults) -> bool:
    return any(same_name(own, name) for name in disclosers for own in (defaults.discloser, defaults.counselor))


def _about_recipients(draft: ConsentDraft) -> Iterator[Question]:
    recipients = draft.get("recipients")
    if recipients is None:
        yield Question(Ask.RECIPIENT, said(consent_words, lambda words: words.who_may_get))
    elif recipients:
        last = recipients[-1]
        if "organization" not in last:
            yield Question(
                Ask.ORGANIZATION,
                said(consent_words, lambda words: words.organization),
                default=said(consent_words, lambda words: words.none),
            )
        if "address" not in last:
            yield Question(
                Ask.ADDRESS,
                said(consent_words, lambda words: words.address),
                default=said(consent_words, lambda words: words.not_known),
            )
        if "kind" not in last:
            listed = tuple((kind, _recipient(kind)) for kind in RecipientKind)
            yield Question(
                Ask.RECIPIENT_KIND,
                said(consent_words, lambda words: words.what_are_they),
                choices=listed,
                default=RecipientKind.OTHER,
            )
        if "another" not in draft:
            yield Question(Ask.ANOTHER, said(consent_words, lambda words: words.anybody_else), default="no")
    elif "recipient_class" not in draft:
        yield Question(Ask.RECIPIENT_CLASS, said(consent_words, lambda words: words.class_of_people))
    if "intermediary" not in draft:
        yield Question(Ask.INTERMEDIARY, said(consent_words, lambda words: words.exchange), default="no")
    elif draft["intermediary"] and "participants" not in draft["intermediary"]:
        text = said(consent_words, lambda words: words.which_members)
        yield Question(Ask.PARTICIPANTS, text, default=said(consent_words, lambda words: words.those_who_treat))


def _about_statements(draft: ConsentDraft, defaults: Defaults) -> Iterator[Question]:
    if "our_form" not in draft:
        text = said(consent_words, lambda words: words.our_form)
        yield Question(Ask.OUR_FORM, text, yes_and_no())
    asked = draft.get("asked", {})
    for statement in required_statements(draft, defaults):
        if statement not in asked:
            yield Question(Ask.STATEMENT, _statement(statement), yes_and_no(), statement=statement)


def required_statements(draft: ConsentDraft, defaults: Defaults) -> tuple[Statement, ...]:
    """Returns the statements that the law requires on such a consent."""
    all_of_them = defaults.us and draft.get("kind") == ConsentKind.TPO
    return tuple(Statement) if all_of_them else (Statement.REVOCATION,)


def _about_signing(draft: ConsentDraft, defaults: Defaults) -> Iterator[Question]:
    signer = draft.get("signer", {})
    if signer is not None and "capacity" not in signer:
        listed = tuple((one, _capacity(one)) for one in Capacity)
        yield Question(
            Ask.CAPACITY, said(consent_words, lambda words: words.who_signed), listed, default=Capacity.CLIENT
        )
    elif signer and signer["capacity"] != Capacity.CLIENT:
        if "name" not in signer:
            yield Question(Ask.SIGNER, said(consent_words, lambda words: words.signer_name))
        if "authority_ref" not in signer:
            yield Question(
                Ask.AUTHORITY,
                said(consent_words, lambda words: words.authority),
                default=said(consent_words, lambda words: words.not_noted),
            )
        if "also_signed" not in draft:
            yield Question(
                Ask.ALSO_SIGNED, said(consent_words, lambda words: words.also_signed), yes_and_no(), default="no"
            )
    if "medium" not in draft:
        media = (
            (Medium.PAPER, said(consent_words, lambda words: words.paper)),
            (Medium.ELECTRONIC, said(consent_words, lambda words: words.electronic)),
        )
        yield Question(
            Ask.MEDIUM, said(consent_words, lambda words: words.paper_or_electronic), media, default=Medium.PAPER
        )
    if "signature_ref" not in draft:
        yield Question(
            Ask.KEPT_AT,
            said(consent_words, lambda words: words.where_kept),
            default=said(consent_words, lambda words: words.not_noted),
        )
    if "signed_on" not in draft:
        default = defaults.today.isoformat()
        yield Question(Ask.SIGNED_ON, said(consent_words, lambda words: words.day_signed), default=default)


def yes_and_no() -> tuple[tuple[str, str], ...]:
    """Returns the choices of a question that is answered by yes or no."""
    return ("yes", said(consent_words, lambda words: words.yes)), ("no", "no")


def _statement(statement: Statement) -> str:
    match statement:
        case Statement.REVOCATION:
            return said(consent_words, lambda words: words.says_revocation)
        case Statement.HIPAA_REDISCLOSURE:
            return said(consent_words, lambda words: words.says_hipaa)
        case Statement.TPO_REDISCLOSURE:
            return said(consent_words, lambda words: words.says_no_longer_protected)
        case Statement.TPO_REFUSAL:
            return said(consent_words, lambda words: words.says_refusal)


def _category(category: Category) -> str:
    return Said(lambda language: category_description(category, language or "en"), {})


def _recipient(kind: RecipientKind) -> str:
    return said(label_words, lambda words: words.recipients[kind])


def _capacity(capacity: Capacity) -> str:
    return said(label_words, lambda words: words.capacities[capacity])
