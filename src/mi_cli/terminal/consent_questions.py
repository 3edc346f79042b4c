"""The questions by which a consent is recorded from a paper, in their order, and what each answer means.

Theory of operation
-------------------
The dialogue has no state of its own: the draft (`ConsentDraft`) is all there is. `next_question` finds the first
question that the draft does not answer yet; `with_answer` returns the draft with the answer, which is then kept on the
disk. Two rules:

1. **A question is asked if its field is not in the draft.** A field with the value None or an empty list was asked
   about and passed over: the record then lacks that element, and permits nothing.
2. **An answer can add questions**: the kind of consent decides which statements are asked about, a recipient's name
   leads to the question for the organization, and so on. `another`, `asked` and `our_form` are in the draft for that
   alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from mi_cli.errors import WrongUsage
from mi_cli.handoff.consent_draft import TPO_PURPOSES, ConsentDraft, birth_date, day, expiry
from mi_cli.handoff.objections import purpose_names
from mi_cli.handoff.scope import SCOPE_VERSION, category_description
from mi_cli.records.answers import yes_or_no
from mi_cli.records.name_matching import is_visible, same_name
from mi_cli.records.terms import Capacity, Category, ConsentKind, Medium, Purpose, RecipientKind, Statement
from mi_cli.words.consents import consent_words
from mi_cli.words.labels import label_words
from mi_cli.words.said import Said, joined, said, spoken

_ALL: Final = frozenset({"all", "everything", "all of it", "all of them", "todo", "todos", "todas", "todo eso"})
_NONE: Final = frozenset({"none", "nothing", "none of it", "none of them", "nada", "ninguno", "ninguna"})
_BETWEEN: Final = re.compile(r"[,;&/+]|\b(?:and|y|e)\b", re.IGNORECASE)

_FROM_TO: Final = re.compile(r"\b(\d{1,2})\s*(?:[-–]|to|through|a|hasta)\s*(\d{1,2})\b", re.IGNORECASE | re.ASCII)


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
        yield Question(Ask.INCLUDES, text, choices=_yes_or_no(), default="no")
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
        yield Question(Ask.OUR_FORM, text, _yes_or_no())
    asked = draft.get("asked", {})
    for statement in _required_statements(draft, defaults):
        if statement not in asked:
            yield Question(Ask.STATEMENT, _statement(statement), _yes_or_no(), statement=statement)


def _required_statements(draft: ConsentDraft, defaults: Defaults) -> tuple[Statement, ...]:
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
                Ask.ALSO_SIGNED, said(consent_words, lambda words: words.also_signed), _yes_or_no(), default="no"
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


def with_answer(draft: ConsentDraft, question: Question, answer: str, defaults: Defaults) -> dict[str, Any]:
    """Returns the draft with an answer; an empty one stands for the default, or passes the question over.

    Raises WrongUsage for an answer that the question does not have.
    """
    answer = answer.strip() if is_visible(answer) else ""
    if question.choices:
        return _with_choice(draft, question, answer, defaults)
    text = answer or None
    text_or_default = answer or question.default
    match question.about:
        case Ask.PATIENT:
            return {**draft, "patient_name": text}
        case Ask.BORN:
            return {**draft, "born_on": birth_date(text, defaults.today).isoformat() if text else None}
        case Ask.PURPOSE_TEXT:
            return {**draft, "purpose_text": text_or_default}
        case Ask.RECIPIENT:
            return {**draft, "recipients": [{"name": text}] if text else []}
        case Ask.RECIPIENT_CLASS:
            return {**draft, "recipient_class": text}
        case Ask.ORGANIZATION:
            return _with_recipient_field(draft, "organization", text)
        case Ask.ADDRESS:
            return _with_recipient_field(draft, "address", text)
        case Ask.ANOTHER | Ask.INTERMEDIARY if yes_or_no(answer):
            raise WrongUsage(
                said(consent_words, lambda words: words.name_asked_here),
                said(consent_words, lambda words: words.enter_if_none),
            )
        case Ask.ANOTHER if text and yes_or_no(text) is None:
            return {**draft, "recipients": [*draft["recipients"], {"name": text}]}
        case Ask.ANOTHER:
            return {**draft, "another": False}
        case Ask.INTERMEDIARY:
            named = text and yes_or_no(text) is None
            return {**draft, "intermediary": {"name": text} if named else None}
        case Ask.PARTICIPANTS:
            members = {"participants": _split_list(answer), "treating_only": not text}
            return {**draft, "intermediary": {**draft["intermediary"], **members}}
        case Ask.DISCLOSERS:
            return {**draft, "disclosers": _split_list(text_or_default or "")}
        case Ask.SCOPE:
            return {**draft, "scope_text": text_or_default}
        case Ask.REVOCATION:
            return {**draft, "revocation_method": text_or_default}
        case Ask.EXPIRY:
            return {**draft, "expiry": expiry(answer, defaults.today) if text else {"none": bool(question.default)}}
        case Ask.SIGNER:
            return {**draft, "signer": {**draft["signer"], "name": text}}
        case Ask.AUTHORITY:
            return {**draft, "signer": {**draft["signer"], "authority_ref": text}}
        case Ask.KEPT_AT:
            return {**draft, "signature_ref": text}
        case _:
            return {**draft, "signed_on": day(text_or_default or "", defaults.today).isoformat()}


def _with_choice(draft: ConsentDraft, question: Question, answer: str, defaults: Defaults) -> dict[str, Any]:
    values = _chosen_values(question, answer)
    value = values[0] if values else None
    match question.about:
        case Ask.KIND:
            return {**draft, "kind": value or ConsentKind.PURPOSE}
        case Ask.PURPOSE_CODE:
            return {**draft, "purpose_codes": [value] if value else []}
        case Ask.RECIPIENT_KIND:
            return _with_recipient_field(draft, "kind", value)
        case Ask.INCLUDES:
            return {**draft, "disclosers_include": defaults.discloser if value == "yes" else None}
        case Ask.CATEGORIES:
            return {**draft, "scope_categories": values}
        case Ask.OUR_FORM if value == "yes":
            return {**draft, "our_form": True, "statements": list(Statement)}
        case Ask.OUR_FORM:
            return {**draft, "our_form": False}
        case Ask.FORM_VERSION:
            return {**draft, "scope_version": int(value or SCOPE_VERSION)}
        case Ask.ALSO_SIGNED:
            client = {"name": draft.get("patient_name") or "", "capacity": Capacity.CLIENT}
            return {**draft, "also_signed": [client] if value == "yes" else []}
        case Ask.STATEMENT:
            return _with_statement(draft, question, defaults, there=value == "yes")
        case Ask.CAPACITY:
            return {**draft, "signer": {**draft.get("signer", {}), "capacity": value}}
        case _:
            return {**draft, "medium": value}


def _with_statement(draft: ConsentDraft, question: Question, defaults: Defaults, *, there: bool) -> dict[str, Any]:
    """Returns the draft with a statement marked as on the paper or not; after the last, with all that are on it."""
    asked = {**draft.get("asked", {}), question.statement: there}
    required = _required_statements(draft, defaults)
    if not set(required) <= set(asked):
        return {**draft, "asked": asked}
    return {**draft, "asked": asked, "statements": [one for one in required if asked[one]]}


def _with_recipient_field(draft: ConsentDraft, field: str, value: str | None) -> dict[str, Any]:
    *others, last = draft["recipients"]
    return {**draft, "recipients": [*others, {**last, field: value}]}


def _chosen_values(question: Question, answer: str) -> list[str]:
    """Returns the values that were typed: by numbers, by words, or all or none of several. Raises WrongUsage."""
    if not answer:
        return [question.default] if question.default is not None else []
    values = [value for value, _ in question.choices]
    if question.choices == _yes_or_no() and (agreed := yes_or_no(answer)) is not None:
        return ["yes" if agreed else "no"]
    if question.many and (answer.casefold() in _ALL or yes_or_no(answer)):
        return values
    if question.many and (answer.casefold() in _NONE or yes_or_no(answer) is False):
        return []
    if question.many:
        answer = _FROM_TO.sub(_counted_up, answer)
    chosen: list[str] = []
    for part in filter(str.strip, _BETWEEN.split(answer) if question.many else [answer]):
        words = part.split()
        if all(word.isascii() and word.isdecimal() for word in words) and (question.many or len(words) == 1):
            found = [values[int(word) - 1] for word in words if len(word) < 3 and 1 <= int(word) <= len(values)]
            is_right = len(found) == len(words)
        else:
            found = _meant(question, part)
            is_right = len(found) == 1
        if not is_right:
            raise WrongUsage(
                said(consent_words, lambda words: words.which_numbers, last=len(values))
                if question.many
                else said(consent_words, lambda words: words.which_number, last=len(values))
            )
        chosen += found
    return list(dict.fromkeys(chosen))


def _counted_up(ends: re.Match[str]) -> str:
    """Returns the numbers from the first to the last; what was typed, where the first is not the lower one."""
    numbers = range(int(ends[1]), int(ends[2]) + 1)
    return " ".join(map(str, numbers)) or ends[0]


def _meant(question: Question, typed: str) -> list[str]:
    """Returns the values whose text has these words, or words that begin so; one that is the same wins."""
    texts = {value: _folded(f"{text.partition(':')[0]} {value.replace('-', ' ')}") for value, text in question.choices}
    words = _folded(typed)
    same = [value for value, text in question.choices if words in (_folded(text), _folded(value))]
    return same or [
        value
        for value, text in texts.items()
        if words and all(any(own.startswith(word) and len(word) > 2 for own in text) for word in words)
    ]


def _folded(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _split_list(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if is_visible(item)]


def _yes_or_no() -> tuple[tuple[str, str], ...]:
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
