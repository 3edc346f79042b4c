"""The consent form that a client signs, as PDF: known values are filled in, the others have a line to write on."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from mi_cli.handoff import typst
from mi_cli.handoff.days import in_words, without_weekday
from mi_cli.handoff.document import paper_of
from mi_cli.handoff.scope import category_description
from mi_cli.records.terms import Category, ConsentKind, Jurisdiction
from mi_cli.records.text import sanitized
from mi_cli.words.documents import document_words
from mi_cli.words.documents.model import DocumentWords
from mi_cli.words.form import form_words
from mi_cli.words.form.model import FORM_VERSION, FormWords


def form(
    draft: Mapping[str, Any], language: str, jurisdiction: Jurisdiction, made_at: datetime, code: str = ""
) -> bytes:
    """Returns the form as PDF, with the fields of `mi.consent/1` that are in `draft` filled in. Raises Failed.

    `code` is the client's, and stands at the foot of each page.
    """
    source = (files("mi_cli.handoff") / "form.typ").read_text(encoding="utf-8")
    return typst.pdf(source, form_data(draft, language, jurisdiction, code), made_at)


def form_data(draft: Mapping[str, Any], language: str, jurisdiction: Jurisdiction, code: str = "") -> dict[str, Any]:
    """Returns the content of the form, section by section, as `form.typ` reads it.

    A part of a section is a `field` with a label and a value (None for a line to write on), or a `box`, crossed or not,
    with a value or a line after it.
    """
    words = form_words(language)
    us = jurisdiction is Jurisdiction.US_PART2
    name, born = draft.get("patient_name"), _day(draft.get("born_on"), language, without_weekday)
    footer = words.footer if us else words.footer_general
    return {
        "language": language if language == "es" else "en",
        "title": words.title,
        "intro": words.intro,
        "footer": " · ".join(filter(None, [sanitized(code), footer.format(version=FORM_VERSION)])),
        "page_of": words.page_of,
        "paper": paper_of(jurisdiction),
        "sections": [
            _section(words.name_and_birth, [_field("", ", ".join(filter(None, (name, born))))]),
            _section(words.from_whom, [_field("", "; ".join(draft.get("disclosers") or ()))]),
            _section(words.to_whom, _recipients(draft, words)),
            _section(words.what, _categories(draft, words, language), words.nothing_else),
            _section(words.purpose, _purpose(draft, words)),
            _section(words.until, _until(draft, words, language)),
        ],
        "rights": {"heading": words.rights, "items": _rights(draft, words, us=us)},
        "signing": {
            "heading": words.signing,
            "name": _field(words.name, name),  # the page that is signed names who signs
            "rows": [[words.signature, words.date]],
            "for": words.for_client,
            "for_rows": [[words.for_name, words.for_authority], [words.signature, words.date]],
        },
    }


def _section(heading: str, parts: list[dict[str, Any]], after: str = "") -> dict[str, Any]:
    return {"heading": heading, "parts": parts, "after": after}


def _field(label: str, value: str | None) -> dict[str, Any]:
    return {"kind": "field", "label": label, "value": sanitized(value) if value else None}


def _box(label: str, *, crossed: bool, value: str | None = None, line: bool = False) -> dict[str, Any]:
    filled = sanitized(value) if value else None
    return {"kind": "box", "label": label, "crossed": crossed, "value": filled, "line": line and not filled}


def _recipients(draft: Mapping[str, Any], words: FormWords) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = []
    for recipient in draft.get("recipients") or [{}]:
        if not recipient and draft.get("recipient_class"):
            return [_field("", draft["recipient_class"])]
        parts += [
            _field(words.to_name, recipient.get("name")),
            _field(words.to_organization, recipient.get("organization")),
            _field(words.to_address, recipient.get("address")),
        ]
    return parts


def _categories(draft: Mapping[str, Any], words: FormWords, language: str) -> list[dict[str, Any]]:
    chosen = draft.get("scope_categories") or ()
    return [
        _box(category_description(each, language, lead=words.categories[each]), crossed=each in chosen)
        for each in Category
    ]


def _purpose(draft: Mapping[str, Any], words: FormWords) -> list[dict[str, Any]]:
    kind = draft.get("kind")
    purpose = draft.get("purpose_text") if kind != ConsentKind.TPO else None
    return [
        _box(words.tpo, crossed=kind == ConsentKind.TPO),
        _box(words.this_purpose, crossed=kind == ConsentKind.PURPOSE, value=purpose, line=True),
    ]


def _until(draft: Mapping[str, Any], words: FormWords, language: str) -> list[dict[str, Any]]:
    ends = draft.get("expiry") or {}
    on, event = ends.get("on"), ends.get("event")
    day = _day(on, language)
    parts = [
        _box(words.until_day, crossed=bool(on), value=day, line=True),
        _box(words.until_event, crossed=bool(event), value=event, line=True),
    ]
    if draft.get("kind") != ConsentKind.PURPOSE:
        parts.append(_box(words.no_end, crossed=bool(ends.get("none"))))
    return parts


def _day(iso: object, language: str, written: Callable[[date, DocumentWords], str] = in_words) -> str | None:
    return written(date.fromisoformat(str(iso)), document_words(language)) if iso else None


def _rights(draft: Mapping[str, Any], words: FormWords, *, us: bool) -> list[dict[str, Any]]:
    """Returns the client's rights, some of them with a line to write on."""
    refusal = {"text": f"{words.choice} {words.refusal}", "field": _field(words.refusal_more, None)}
    method = _field(words.take_back_where, draft.get("revocation_method"))
    items = [refusal, {"text": words.take_back, "field": method}]
    law = (words.further, words.hipaa) if us else ()
    return [*items, *({"text": text, "field": None} for text in (*law, words.ask, words.copy))]
