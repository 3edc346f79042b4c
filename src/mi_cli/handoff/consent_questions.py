"""Taking down a consent: the questions in order, what an answer means, and the record it comes to.

What is known so far is a dictionary with the fields of `mi.consent/1`, whether it came from options, a file or answers.
A question passed over leaves its element out: the record is then kept as it was signed, and permits nothing.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import ValidationError

from mi_cli.errors import WrongUsage
from mi_cli.handoff.scope import SCOPE_VERSION, described
from mi_cli.records.answers import yes_or_no
from mi_cli.records.base import Record
from mi_cli.records.consent import Consent
from mi_cli.records.dates import day_from
from mi_cli.records.name_matching import is_visible, same
from mi_cli.records.names import replace_surrogates
from mi_cli.records.terms import Capacity, Category, ConsentKind, Medium, Purpose, RecipientKind, Statement
from mi_cli.words.labels import label_words

ConsentDraft = Mapping[str, Any]
_HEAD: Final = ("schema", *Record.model_fields)
_ANY_HEAD: Final = {
    "schema": Consent.SCHEMA, "id": "", "created_at": "2024-01-01T00:00:00Z", "updated_at": "2024-01-01T00:00:00Z",
    "revision": 1, "client": "", "recorded_by": "",
}  # fmt: skip
_TPO: Final = (Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS)
_STATEMENTS: Final[Mapping[Statement, str]] = {
    Statement.REVOCATION: "Does it say that the client may take it back, and how?",
    Statement.HIPAA_REDISCLOSURE: "Does it say that HIPAA lets it be passed on, but never in proceedings against them?",
    Statement.TPO_REDISCLOSURE: "Does it say that it may be passed on, and then no longer be protected by this law?",
    Statement.TPO_REFUSAL: "Does it say what follows if the client does not sign?",
}


_YES_OR_NO: Final = (("yes", "yes"), ("no", "no"))


class Ask(StrEnum):
    """What a question is about."""

    PATIENT = "patient"
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
    MEDIUM = "medium"
    KEPT_AT = "kept-at"
    SIGNED_ON = "signed-on"


@dataclass(frozen=True)
class Question:
    """One question. `choices` are answered by number, several of them where `many`; Enter stands for `default`.

    `option` gives the answer without asking; without one, the default will do when there is nobody to ask.
    """

    about: Ask
    text: str
    option: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False
    default: str | None = None


@dataclass(frozen=True)
class Defaults:
    """What is known without asking: who passes things on, what day it is, and whether US law asks for statements.

    `counselor` passes things on as well as the `discloser`, which is the program where that has a name.
    """

    discloser: str
    today: date
    us: bool = True
    counselor: str = ""


def next_question(known: ConsentDraft, around: Defaults) -> Question | None:
    """What to ask next; null when everything is known or was passed over."""
    return next(_questions(known, around), None)


def _questions(known: ConsentDraft, around: Defaults) -> Iterator[Question]:
    if "patient_name" not in known:
        yield Question(Ask.PATIENT, "The client's name, as it stands on the paper", "--from FILE (the client's name)")
    if "kind" not in known:
        kinds = ((ConsentKind.TPO, "treatment, payment and operations"), (ConsentKind.PURPOSE, "one purpose"))
        yield Question(Ask.KIND, "What is it for?", "--kind", kinds)
    tpo = known.get("kind") == ConsentKind.TPO
    if "purpose_codes" not in known and not tpo:
        purposes = tuple((code, label_words("en").purposes[code]) for code in Purpose)
        yield Question(Ask.PURPOSE_CODE, "Which purpose?", "--purpose", (*purposes, ("", "another one")))
    if "purpose_text" not in known:
        codes = _TPO if tpo else known["purpose_codes"]
        default = ", ".join(label_words("en").purposes[Purpose(code)] for code in codes) or None
        yield Question(Ask.PURPOSE_TEXT, "The purpose, in the paper's words", "--purpose-text", default=default)
    yield from _about_recipients(known)
    if "disclosers" not in known:
        yield Question(Ask.DISCLOSERS, "Who may pass it on?", "--from-whom", default=around.discloser)
    elif known["disclosers"] and "disclosers_include" not in known and not _names_us(known["disclosers"], around):
        text = f"None of these names is yours. Do they describe {around.discloser} without the name, as one of several?"
        yield Question(Ask.INCLUDES, text, choices=_YES_OR_NO, default="no")
    if "scope_categories" not in known:
        categories = tuple((one, described(one, "en")) for one in Category)
        yield Question(Ask.CATEGORIES, "What may be passed on?", "--what", categories, many=True)
    if "scope_text" not in known:
        chosen = [described(Category(one), "en") for one in known["scope_categories"]]
        yield Question(Ask.SCOPE, "The same, in the paper's words", "--what-text", default="; ".join(chosen) or None)
    if "statements" not in known:
        yield from _about_statements(known, around)
    if known.get("our_form") and "scope_version" not in known:
        # A form that was printed before says less than the present one, and permits no more than it says.
        versions = tuple((str(number), f"version {number}") for number in range(SCOPE_VERSION, 0, -1))
        text = "Which version of the form? It stands at the foot of each page."
        yield Question(Ask.FORM_VERSION, text, choices=versions, default=versions[0][0])
    if "revocation_method" not in known:
        default = f"in writing, to {'; '.join(known['disclosers']) or around.discloser}"
        yield Question(Ask.REVOCATION, "How can the client take it back?", "--revocation", default=default)
    if "expiry" not in known:
        text = "Until when? The last day it holds (2027-05-31, or 26w), or what ends it"
        yield Question(Ask.EXPIRY, text, "--until", default="no end" if tpo else None)
    yield from _about_signing(known, around)


def _names_us(disclosers: Iterable[str], around: Defaults) -> bool:
    return any(same(own, name) for name in disclosers for own in (around.discloser, around.counselor))


def _about_recipients(known: ConsentDraft) -> Iterator[Question]:
    recipients = known.get("recipients")
    if recipients is None:
        yield Question(Ask.RECIPIENT, "Who may get it? A name", "--to")
    elif recipients:
        last = recipients[-1]
        if "organization" not in last:
            yield Question(Ask.ORGANIZATION, "Their organization", default="none")
        if "address" not in last:
            yield Question(Ask.ADDRESS, "Their address", default="not known")
        if "kind" not in last:
            listed = tuple((kind, label_words("en").recipients[kind]) for kind in RecipientKind)
            yield Question(Ask.RECIPIENT_KIND, "What are they?", choices=listed, default=RecipientKind.OTHER)
        if "another" not in known:
            yield Question(Ask.ANOTHER, "Anybody else? A name", default="no")
    elif "recipient_class" not in known:
        yield Question(Ask.RECIPIENT_CLASS, "Then a class of people, in the paper's words")
    if "intermediary" not in known:
        yield Question(Ask.INTERMEDIARY, "Does it go through an exchange or the like? Its name", default="no")
    elif known["intermediary"] and "participants" not in known["intermediary"]:
        text = "Which of its members may get it? Names, with ; between"
        yield Question(Ask.PARTICIPANTS, text, default="those who treat the client")


def _about_statements(known: ConsentDraft, around: Defaults) -> Iterator[Question]:
    if "our_form" not in known:
        text = "Was it signed on the form that `mi consent form` makes?"
        yield Question(Ask.OUR_FORM, text, "--our-form", _YES_OR_NO)
    asked = known.get("asked", {})
    for statement in _wanted(known, around):
        if statement not in asked:
            yield Question(Ask.STATEMENT, _STATEMENTS[statement], choices=_YES_OR_NO)


def _wanted(known: ConsentDraft, around: Defaults) -> tuple[Statement, ...]:
    """The statements that such a consent has to make."""
    all_of_them = around.us and known.get("kind") == ConsentKind.TPO
    return tuple(Statement) if all_of_them else (Statement.REVOCATION,)


def _about_signing(known: ConsentDraft, around: Defaults) -> Iterator[Question]:
    signer = known.get("signer", {})
    if signer is not None and "capacity" not in signer:
        listed = tuple((one, label_words("en").capacities[one]) for one in Capacity)
        yield Question(Ask.CAPACITY, "Who signed?", "--signed-by", listed, default=Capacity.CLIENT)
    elif signer and signer["capacity"] != Capacity.CLIENT:
        if "name" not in signer:
            yield Question(Ask.SIGNER, "The name of whoever signed", "--from FILE (who signed)")
        if "authority_ref" not in signer:
            yield Question(Ask.AUTHORITY, "On what authority, and where is that noted?", default="not noted")
    if "medium" not in known:
        media = tuple((one, one.value) for one in Medium)
        yield Question(Ask.MEDIUM, "Paper or electronic?", "--medium", media, default=Medium.PAPER)
    if "signature_ref" not in known:
        yield Question(Ask.KEPT_AT, "Where is what was signed kept?", default="not noted")
    if "signed_on" not in known:
        default = around.today.isoformat()
        yield Question(Ask.SIGNED_ON, "The day it was signed", "--signed", default=default)


def unasked(known: ConsentDraft, around: Defaults) -> tuple[dict[str, Any], list[str]]:
    """What follows when there is nobody to ask: the defaults, and the options that are needed besides.

    That something ends, and when it was signed, is never supposed.
    """
    needed: list[str] = []
    known = dict(known)
    while question := next_question(known, around):
        if question.option and (question.default is None or question.about in (Ask.EXPIRY, Ask.SIGNED_ON)):
            needed.append(question.option)
        known = with_answer(known, question, "", around)
    return known, list(dict.fromkeys(needed))


def with_answer(known: ConsentDraft, question: Question, answer: str, around: Defaults) -> dict[str, Any]:
    """What is known after an answer; an empty one is the default, or passes over. Raises WrongUsage."""
    answer = answer.strip() if is_visible(answer) else ""
    if question.choices:
        return _chosen(known, question, answer, around)
    text = answer or None
    said = answer or question.default
    match question.about:
        case Ask.PATIENT:
            return {**known, "patient_name": text}
        case Ask.PURPOSE_TEXT:
            return {**known, "purpose_text": said}
        case Ask.RECIPIENT:
            return {**known, "recipients": [{"name": text}] if text else []}
        case Ask.RECIPIENT_CLASS:
            return {**known, "recipient_class": text}
        case Ask.ORGANIZATION:
            return _of_recipient(known, "organization", text)
        case Ask.ADDRESS:
            return _of_recipient(known, "address", text)
        case Ask.ANOTHER | Ask.INTERMEDIARY if yes_or_no(answer):
            raise WrongUsage("The name is asked for here.", "Enter, or n, if there is none.")
        case Ask.ANOTHER if text and yes_or_no(text) is None:
            return {**known, "recipients": [*known["recipients"], {"name": text}]}
        case Ask.ANOTHER:
            return {**known, "another": False}
        case Ask.INTERMEDIARY:
            named = text and yes_or_no(text) is None
            return {**known, "intermediary": {"name": text} if named else None}
        case Ask.PARTICIPANTS:
            members = {"participants": _listed(answer), "treating_only": not text}
            return {**known, "intermediary": {**known["intermediary"], **members}}
        case Ask.DISCLOSERS:
            return {**known, "disclosers": _listed(said or "")}
        case Ask.SCOPE:
            return {**known, "scope_text": said}
        case Ask.REVOCATION:
            return {**known, "revocation_method": said}
        case Ask.EXPIRY:
            return {**known, "expiry": expiry(answer, around.today) if text else {"none": bool(question.default)}}
        case Ask.SIGNER:
            return {**known, "signer": {**known["signer"], "name": text}}
        case Ask.AUTHORITY:
            return {**known, "signer": {**known["signer"], "authority_ref": text}}
        case Ask.KEPT_AT:
            return {**known, "signature_ref": text}
        case _:
            return {**known, "signed_on": day(said or "", around.today).isoformat()}


def _chosen(known: ConsentDraft, question: Question, answer: str, around: Defaults) -> dict[str, Any]:
    values = _picked(question, answer)
    value = values[0] if values else None
    match question.about:
        case Ask.KIND:
            return {**known, "kind": value or ConsentKind.PURPOSE}
        case Ask.PURPOSE_CODE:
            return {**known, "purpose_codes": [value] if value else []}
        case Ask.RECIPIENT_KIND:
            return _of_recipient(known, "kind", value)
        case Ask.INCLUDES:
            return {**known, "disclosers_include": around.discloser if value == "yes" else None}
        case Ask.CATEGORIES:
            return {**known, "scope_categories": values}
        case Ask.OUR_FORM if value == "yes":
            return {**known, "our_form": True, "statements": list(Statement)}
        case Ask.OUR_FORM:
            return {**known, "our_form": False}
        case Ask.FORM_VERSION:
            return {**known, "scope_version": int(value or SCOPE_VERSION)}
        case Ask.STATEMENT:
            return _with_statement(known, question, around, there=value == "yes")
        case Ask.CAPACITY:
            return {**known, "signer": {**known.get("signer", {}), "capacity": value}}
        case _:
            return {**known, "medium": value}


def _with_statement(known: ConsentDraft, question: Question, around: Defaults, *, there: bool) -> dict[str, Any]:
    """With one statement found on the paper or missed; all of them asked for, they are the record's."""
    statement = next(one for one, text in _STATEMENTS.items() if text == question.text)
    asked = {**known.get("asked", {}), statement: there}
    wanted = _wanted(known, around)
    if not set(wanted) <= set(asked):
        return {**known, "asked": asked}
    return {**known, "asked": asked, "statements": [one for one in wanted if asked[one]]}


def _of_recipient(known: ConsentDraft, field: str, value: str | None) -> dict[str, Any]:
    *others, last = known["recipients"]
    return {**known, "recipients": [*others, {**last, field: value}]}


def _picked(question: Question, answer: str) -> list[str]:
    """The values of the numbers typed, or of `all`. Raises WrongUsage."""
    if not answer:
        return [question.default] if question.default is not None else []
    values = [value for value, _ in question.choices]
    if question.many and answer.casefold() == "all":
        return values
    words = answer.replace(",", " ").split()
    if question.choices == _YES_OR_NO and (said := yes_or_no(answer)) is not None:
        return ["yes" if said else "no"]
    picked = []
    for word in words if question.many else [answer]:
        number = int(word) if word.isascii() and word.isdecimal() and len(word) < 3 else 0
        if 1 <= number <= len(values):
            picked.append(values[number - 1])
        else:
            raise WrongUsage(f"A number from 1 to {len(values)} says which{', or all' if question.many else ''}.")
    return list(dict.fromkeys(picked))


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if is_visible(item)]


def expiry(text: str, today: date) -> dict[str, Any]:
    """An end as it is typed: a day, weeks from now, `none`, or else the event that ends it. Raises WrongUsage."""
    if text.casefold() in ("none", "no end"):
        return {"none": True}
    if text[:1].isdigit():
        return {"on": day(text, today).isoformat()}
    return {"event": text}


def day(text: str, today: date) -> date:
    """Returns the day typed as `2027-05-31`, or as `26w` or `90d` from today. Raises WrongUsage for anything else."""
    typed = day_from(text, today)
    if typed is None:
        raise WrongUsage("That is no day.", "Write it so: 2027-05-31")
    return typed


def from_file(document: Mapping[str, Any], client: str, code: str) -> dict[str, Any]:
    """What a file says of a consent, in the shape of `mi schema consent`; the head is the store's own matter.

    Raises WrongUsage for what a consent cannot hold, and for another client's consent.
    """
    own = [field for field in Consent.model_fields if field not in Record.model_fields]
    if set(document) - set(own) - set(_HEAD):
        raise WrongUsage("The file has a field that a consent does not have.", f"It has: {', '.join(own)}.")
    if document.get("client", client) not in (client, code):
        raise WrongUsage("The file is another client's consent.", "Name that client.")
    given = [field for field in own if field in document and field not in ("client", "recorded_by", "upheld")]
    fields = {field: document[field] for field in given}
    if "created_at" in document:  # `mi consent show --json` printed it: it was recorded before, and leaves out a 1
        fields.setdefault("scope_version", 1)
    build_consent({"kind": ConsentKind.PURPOSE, **fields}, _ANY_HEAD)
    return fields


def so_far(known: ConsentDraft) -> Consent:
    """What a draft comes to, to be shown; its kind may not have been asked for yet. Raises WrongUsage for no draft."""
    if not isinstance(known.get("asked", {}), Mapping):
        raise WrongUsage("The draft holds what a consent cannot hold.")
    return build_consent({"kind": ConsentKind.PURPOSE, **known}, _ANY_HEAD)


def build_consent(known: ConsentDraft, head: Mapping[str, Any]) -> Consent:
    """The record. Raises WrongUsage, naming the field, when the value of one cannot be."""
    fields = {field: value for field, value in known.items() if field in Consent.model_fields}
    fields.setdefault("scope_version", SCOPE_VERSION)
    if fields.get("kind") == ConsentKind.TPO:
        fields.setdefault("purpose_codes", list(_TPO))
    signer = fields.get("signer")
    if isinstance(signer, Mapping) and not signer.get("name"):
        own = signer.get("capacity", Capacity.CLIENT) == Capacity.CLIENT
        name = fields.get("patient_name") if own else None
        fields["signer"] = {**signer, "name": name} if name else None
    document = {field: value for field, value in fields.items() if value is not None}
    try:
        text = json.dumps({**document, **head}, default=_written, ensure_ascii=False)
        return Consent.model_validate_json(replace_surrogates(text))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise WrongUsage(f"{first['msg']}, at {place}.", "`mi schema consent` prints what a consent holds.") from None


def _written(value: object) -> str:
    """A TOML file has days and times of its own."""
    if isinstance(value, date):
        return value.isoformat()
    raise WrongUsage("The file has a value that a consent cannot hold.", "`mi schema consent` prints what it holds.")
