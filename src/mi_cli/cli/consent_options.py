"""The elements of a consent as options and as a file: what they come to as fields of `mi.consent/1`."""

import json
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer

from mi_cli.errors import Failed, WrongUsage
from mi_cli.handoff import consent_questions as taking
from mi_cli.records.name_matching import checked_recipient
from mi_cli.records.terms import Capacity, Category, ConsentKind, Medium, Purpose, RecipientKind, Statement
from mi_cli.store.disk.atomic import reason

FromFile = Annotated[
    str | None, typer.Option("--from", metavar="FILE", help="TOML or JSON, as `mi schema consent` prints it; or -.")
]
Kind = Annotated[ConsentKind | None, typer.Option(help="Treatment, payment and operations, or one purpose.")]
To = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Who may get it; repeatable.")]
ToKind = Annotated[RecipientKind | None, typer.Option(help="What they are to the law.")]
Organization = Annotated[str | None, typer.Option(metavar="NAME", help="Their organization.")]
Address = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Their address.")]
ToClass = Annotated[str | None, typer.Option(metavar="TEXT", help="Instead of names: my treating providers.")]
FromWhom = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Who may pass it on; repeatable.")]
What = Annotated[list[Category] | None, typer.Option(help="What may be passed on; repeatable.")]
WhatText = Annotated[str | None, typer.Option(metavar="TEXT", help="The same, in the paper's words.")]
ForPurpose = Annotated[list[Purpose] | None, typer.Option("--purpose", help="What for; repeatable.")]
PurposeText = Annotated[str | None, typer.Option(metavar="TEXT", help="The same, in the paper's words.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="The last day it holds; or 26w, an event, none.")]
Revocation = Annotated[str | None, typer.Option(metavar="TEXT", help="How the client can take it back.")]
OurForm = Annotated[bool, typer.Option("--our-form", help="Signed on the form of `mi consent form`.")]
Says = Annotated[list[Statement] | None, typer.Option("--statement", help="Else what it says; repeatable.")]
Signed = Annotated[str | None, typer.Option(metavar="DAY", help="The day it was signed.")]
SignedBy = Annotated[Capacity | None, typer.Option(help="Who signed.")]
SignedAs = Annotated[Medium | None, typer.Option("--medium", help="How it was signed.")]
KeptAt = Annotated[str | None, typer.Option(metavar="TEXT", help="Where what was signed is kept.")]
Scan = Annotated[Path | None, typer.Option(metavar="FILE", help="A scan of it: its place and hash are noted.")]


@dataclass(frozen=True)
class Options:
    """What was given on the command line."""

    kind: ConsentKind | None = None
    to: list[str] | None = None
    to_kind: RecipientKind | None = None
    organization: str | None = None
    address: str | None = None
    to_class: str | None = None
    from_whom: list[str] | None = None
    what: list[Category] | None = None
    what_text: str | None = None
    purpose: list[Purpose] | None = None
    purpose_text: str | None = None
    until: str | None = None
    revocation: str | None = None
    our_form: bool = False
    statements: list[Statement] | None = None
    signed: str | None = None
    signed_by: Capacity | None = None
    medium: Medium | None = None
    kept_at: str | None = None
    scan: Path | None = None

    def known(self, today: date) -> dict[str, Any]:
        """The fields that were given. Raises WrongUsage; Failed for a scan that cannot be read."""
        fields = {
            "kind": self.kind,
            "recipients": self._recipients(),
            "recipient_class": self.to_class,
            "disclosers": self.from_whom,
            "scope_categories": self.what,
            "scope_text": self.what_text,
            "purpose_codes": self.purpose,
            "purpose_text": self.purpose_text,
            "expiry": taking.expiry(self.until, today) if self.until else None,
            "revocation_method": self.revocation,
            "statements": list(Statement) if self.our_form else self.statements,
            "signed_on": taking.day(self.signed, today).isoformat() if self.signed else None,
            "signer": {"capacity": self.signed_by} if self.signed_by else None,
            "medium": self.medium,
            "signature_ref": self.kept_at,
            "document": _scanned(self.scan) if self.scan else None,
        }
        given = {field: value for field, value in fields.items() if value is not None and value != []}
        return given if not (self.to or self.to_class) else {"recipients": [], "another": False, **given}

    def _recipients(self) -> list[dict[str, Any]]:
        about = {"organization": self.organization, "address": self.address, "kind": self.to_kind}
        given = {field: value for field, value in about.items() if value is not None}
        return [{"name": checked_recipient(name), **given} for name in self.to or []]


def from_file(file: str, client_id: str, code: str) -> dict[str, Any]:
    """The fields in a file, or on standard input with `-`. Raises Failed, WrongUsage."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise Failed(f"The file cannot be read: {_why(error)}.", "Nothing was recorded.") from error
    try:
        text = data.decode("utf-8-sig")
        document = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError):  # what a file says may be a client's words, so they are not repeated
        raise WrongUsage("The file is neither JSON nor TOML.", "`mi schema consent` prints its shape.") from None
    if not isinstance(document, Mapping):
        raise WrongUsage("The file holds no consent.", "`mi schema consent` prints its shape.")
    return taking.from_file(document, client_id, code)


def _scanned(path: Path) -> dict[str, str]:
    try:
        return {"path": str(path.absolute()), "sha256": sha256(path.read_bytes()).hexdigest()}
    except OSError as error:
        raise Failed(f"The scan cannot be read: {_why(error)}.", "Nothing was recorded.") from error


def _why(error: OSError) -> str:
    return "there is no file of that name" if isinstance(error, FileNotFoundError) else reason(error)
