"""A consent from a file or from standard input: TOML or JSON, in the shape that `mi schema consent` prints."""

import json
import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer

from mi_cli.cli.outside_text import not_text
from mi_cli.cli.surroundings import located, now
from mi_cli.errors import Failed, WrongUsage
from mi_cli.handoff import consent_draft
from mi_cli.records.toml_text import NotToml, parse_toml
from mi_cli.records.utf8 import NotText, decode_utf8
from mi_cli.store.records import outside
from mi_cli.words.kept_consents import kept_consent_words
from mi_cli.words.kept_consents.model import KeptConsentWords
from mi_cli.words.outside import outside_words
from mi_cli.words.said import said

FromFile = Annotated[
    str | None, typer.Option("--from", metavar="FILE", help="TOML or JSON, as `mi schema consent` prints it; or -.")
]


def consent_fields(file: str, client_id: str, code: str) -> dict[str, Any]:
    """Returns the fields of `mi.consent/1` that the file has; `-` is standard input.

    A scan that the file names without its hash is read, and its hash is added. Raises Failed for a file or a scan that
    cannot be read, WrongUsage for what is no consent or another client's.
    """
    try:
        data = sys.stdin.buffer.read() if file == "-" else outside.read(located(file))
    except OSError as error:
        raise _unread(error, lambda words: words.no_file) from error
    try:
        text = decode_utf8(data)
        fields = json.loads(text) if text.lstrip().startswith("{") else parse_toml(text)
    except NotText as error:
        raise WrongUsage(not_text(error, outside_words(None)), outside_words(None).save_as_text) from None
    except (ValueError, RecursionError, NotToml):  # what a file says may be a client's words, so they are not repeated
        raise _no_consent(lambda words: words.neither) from None
    if not isinstance(fields, Mapping):
        raise _no_consent(lambda words: words.holds_none)
    return consent_draft.from_file(_with_hash_of_scan(fields), client_id, code, now().date())


def _with_hash_of_scan(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    scan = fields.get("document")
    if not (isinstance(scan, Mapping) and isinstance(scan.get("path"), str) and "sha256" not in scan):
        return fields
    path = Path(scan["path"])
    try:
        content = outside.read(path)
    except OSError as error:
        raise _unread(error, lambda words: words.no_scan) from error
    return {**fields, "document": {**scan, "path": str(path.absolute()), "sha256": sha256(content).hexdigest()}}


def _unread(error: OSError, choose: Callable[[KeptConsentWords], str]) -> Failed:
    text = said(kept_consent_words, choose, why=outside.why(error))
    return Failed(text, said(kept_consent_words, lambda words: words.not_recorded))


def _no_consent(choose: Callable[[KeptConsentWords], str]) -> WrongUsage:
    shape = said(kept_consent_words, lambda words: words.prints_shape)
    return WrongUsage(said(kept_consent_words, choose), shape)
