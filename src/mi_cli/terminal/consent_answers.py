"""What an answer to a question about a consent means (numbers, words, the default), and where it goes in the draft."""

import re
from typing import Any, Final

from mi_cli.errors import WrongUsage
from mi_cli.handoff.consent_draft import ConsentDraft, birth_date, day, expiry
from mi_cli.handoff.scope import SCOPE_VERSION
from mi_cli.records.answers import yes_or_no
from mi_cli.records.name_matching import is_visible
from mi_cli.records.terms import Capacity, ConsentKind, Statement
from mi_cli.terminal.consent_questions import Ask, Defaults, Question, required_statements, yes_and_no
from mi_cli.words.consents import consent_words
from mi_cli.words.said import said

_ALL: Final = frozenset({"all", "everything", "all of it", "all of them", "todo", "todos", "todas", "todo eso"})
_NONE: Final = frozenset({"none", "nothing", "none of it", "none of them", "nada", "ninguno", "ninguna"})
_BETWEEN: Final = re.compile(r"[,;&/+]|\b(?:and|y|e)\b", re.IGNORECASE)

_FROM_TO: Final = re.compile(r"\b(\d{1,2})\s*(?:[-–]|to|through|a|hasta)\s*(\d{1,2})\b", re.IGNORECASE | re.ASCII)


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
    required = required_statements(draft, defaults)
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
    if question.choices == yes_and_no() and (agreed := yes_or_no(answer)) is not None:
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
