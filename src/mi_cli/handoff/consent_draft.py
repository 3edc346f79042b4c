"""The draft of a consent, and the record that is built from it.

Theory of operation
-------------------
A draft (`ConsentDraft`) is a mapping with the fields of `mi.consent/1`, as far as they are known. It comes from
options, from a file (`from_file`) or from the answers to the questions in `terminal/consent_answers.py`, and the
answers are kept on the disk until the consent is recorded. `build_consent` makes the record of it. Two rules:

1. **A consent is recorded as it was signed.** An element that the paper lacks stays out of the record; such a consent
   is kept, and `gate.py` says what it lacks.
2. **A draft may hold more than a consent**: what was asked and answered only to find the next question (`another`,
   `asked`, `our_form`), and the birth date on the paper (`born_on`), which is kept with the client's name.
   `build_consent` leaves that out.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from pydantic import ValidationError

from mi_cli.errors import WrongUsage
from mi_cli.handoff.purpose import is_treatment
from mi_cli.handoff.scope import SCOPE_VERSION
from mi_cli.records.base import Record
from mi_cli.records.consent import Consent
from mi_cli.records.dates import day_from
from mi_cli.records.names import replace_surrogates
from mi_cli.records.terms import Capacity, ConsentKind, Purpose
from mi_cli.words.clients import client_words
from mi_cli.words.kept_consents import kept_consent_words
from mi_cli.words.kept_consents.model import KeptConsentWords
from mi_cli.words.said import said

ConsentDraft = Mapping[str, Any]
TPO_PURPOSES: Final = (Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS)
_BORN: Final = "born_on"
_HEAD: Final = ("schema", *Record.model_fields)
_ANY_HEAD: Final = {
    "schema": Consent.SCHEMA, "id": "", "created_at": "2024-01-01T00:00:00Z", "updated_at": "2024-01-01T00:00:00Z",
    "revision": 1, "client": "", "recorded_by": "",
}  # fmt: skip


def expiry(text: str, today: date) -> dict[str, Any]:
    """Returns the `expiry` of a consent from what was typed: a day, weeks from now, `none`, or else an event.

    Raises WrongUsage for a day that does not exist.
    """
    if text.casefold() in ("none", "no end"):
        return {"none": True}
    if text[:1].isdigit():
        return {"on": day(text, today).isoformat()}
    return {"event": text}


def day(text: str, today: date) -> date:
    """Returns the day typed as `2027-05-31`, or as `26w` or `90d` from today. Raises WrongUsage for anything else."""
    typed = day_from(text, today)
    if typed is None:
        raise _wrong(lambda words: words.no_day, lambda words: words.day_so)
    return typed


def birth_date(text: str, today: date) -> date:
    """Returns the day that was typed. Raises WrongUsage for what is no day, and for one that has not been yet."""
    so = said(client_words, lambda words: words.birth_date_so)
    try:
        born = date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(said(client_words, lambda words: words.no_birth_date), so) from None
    if born > today:
        raise WrongUsage(said(client_words, lambda words: words.day_not_yet), so)
    return born


def from_file(document: Mapping[str, Any], client: str, code: str, today: date) -> dict[str, Any]:
    """Returns the draft in a file that has the shape of `mi schema consent`, and may have the birth date besides.

    The fields that every record has (id, times, revision) are left out, since the store sets them. Raises WrongUsage
    for a field or value that a consent cannot hold, and for another client's consent.
    """
    own = [field for field in Consent.model_fields if field not in Record.model_fields]
    if set(document) - {*own, *_HEAD, _BORN}:
        raise _wrong(lambda words: words.field_unknown, lambda words: words.fields, names=", ".join([*own, _BORN]))
    if document.get("client", client) not in (client, code):
        raise _wrong(lambda words: words.anothers, lambda words: words.name_client)
    kept = [field for field in own if field in document and field not in ("client", "recorded_by", "upheld")]
    fields = {field: document[field] for field in kept}
    if "created_at" in document:  # `mi consent show --json` printed it, and it leaves out a version of 1
        fields.setdefault("scope_version", 1)
    build_consent({"kind": ConsentKind.PURPOSE, **fields}, _ANY_HEAD)
    if document.get(_BORN) is not None:
        fields[_BORN] = birth_date(f"{document[_BORN]}", today).isoformat()
    return fields


def preview(draft: ConsentDraft) -> Consent:
    """Returns the consent that an unfinished draft makes, to be shown. Raises WrongUsage for a damaged draft."""
    if not isinstance(draft.get("asked", {}), Mapping):
        raise _wrong(lambda words: words.no_draft, lambda words: words.prints_shape)
    return build_consent({"kind": ConsentKind.PURPOSE, **draft}, _ANY_HEAD)


def build_consent(draft: ConsentDraft, head: Mapping[str, Any]) -> Consent:
    """Returns the record: the draft with the fields of `head`. Raises WrongUsage that names a wrong field."""
    fields = {field: value for field, value in draft.items() if field in Consent.model_fields}
    fields.setdefault("scope_version", SCOPE_VERSION)
    if fields.get("kind") == ConsentKind.TPO:
        fields.setdefault("purpose_codes", list(TPO_PURPOSES))
    signer = fields.get("signer")
    if isinstance(signer, Mapping) and not signer.get("name"):
        is_client = signer.get("capacity", Capacity.CLIENT) == Capacity.CLIENT
        name = fields.get("patient_name") if is_client else None
        fields["signer"] = {**signer, "name": name} if name else None
    document = {field: value for field, value in fields.items() if value is not None}
    try:
        text = json.dumps({**document, **head}, default=_json_value, ensure_ascii=False)
        return Consent.model_validate_json(replace_surrogates(text))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise _wrong(lambda words: words.value_wrong, lambda words: words.prints_shape, place=place) from None


def says_purpose_in_words_alone(draft: ConsentDraft) -> bool:
    """Whether the draft has a purpose in words and no code, and the words do not tell that it covers a handoff."""
    coded = draft.get("purpose_codes") or draft.get("kind") == ConsentKind.TPO
    words = draft.get("purpose_text")
    return isinstance(words, str) and not coded and not is_treatment(words)


def _json_value(value: object) -> str:
    """Returns a day or time of a TOML file as JSON has it. Raises WrongUsage for another value."""
    if isinstance(value, date):
        return value.isoformat()
    raise _wrong(lambda words: words.value_unknown, lambda words: words.prints_shape)


def _wrong(
    text: Callable[[KeptConsentWords], str], hint: Callable[[KeptConsentWords], str], **values: str
) -> WrongUsage:
    return WrongUsage(said(kept_consent_words, text, **values), said(kept_consent_words, hint, **values))
