"""What all records share: strict, frozen, unknown fields kept, and no client words in a validation error."""

import json
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError


class Part(BaseModel):
    """A piece of a record. Fields it does not know survive a rewrite, so an older program drops nothing."""

    model_config = ConfigDict(
        frozen=True,
        extra="allow",
        hide_input_in_errors=True,
        defer_build=True,  # a part's validator is built when it is first needed, mostly as part of its record's
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )

    def but(self, **changes: Any) -> Self:
        """The same with some fields changed. Values are not validated again: callers pass what the types say."""
        return self.model_copy(update=changes)


class NewerRecord(ValueError):
    """The record was written by a later version of the program."""


class NotThisRecord(ValueError):
    """The text is no record of this kind. The message names a place, never a value."""


class Record(Part):
    """A document of its own.

    `schema` is name and version (`mi.session/1`), `id` eight characters of a-z and 0-9, `revision` counts the
    saves from 1, times are RFC 3339 with offset.
    """

    SCHEMA: ClassVar[str]

    schema_: str = Field(alias="schema")
    id: str
    created_at: AwareDatetime
    updated_at: AwareDatetime
    revision: int = Field(ge=1)

    def encoded(self) -> bytes:
        """The document as it stands on the disk: UTF-8, indented, keys in model order."""
        return self.model_dump_json(indent=2).encode() + b"\n"

    @classmethod
    def decoded(cls, document: bytes) -> Self:
        """Read `encoded` back.

        Raises NewerRecord for a later schema, NotThisRecord for anything else that is not this record.
        """
        try:
            record = cls.model_validate_json(document, strict=True)
        except ValidationError as error:
            check_schema(cls.SCHEMA, _schema_in(document))
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise NotThisRecord(f"{first['type'].replace('_', ' ')} at {place or 'the top'}") from None
        check_schema(cls.SCHEMA, record.schema_)
        return record


def check_schema(expected: str, found: object) -> None:
    """Raise NewerRecord or NotThisRecord unless `found` is the `expected` schema."""
    if found == expected:
        return
    name, _, version = expected.partition("/")
    found_name, _, found_version = found.partition("/") if isinstance(found, str) else ("", "", "")
    if found_name == name and found_version.isdecimal() and int(found_version) > int(version):
        raise NewerRecord("it was written by a later version of mi")
    raise NotThisRecord(f"it is no {expected} record")


def _schema_in(document: bytes) -> object:
    try:
        value = json.loads(document)
    except (ValueError, RecursionError):
        raise NotThisRecord("it is not whole JSON") from None
    return value.get("schema") if isinstance(value, dict) else None


def json_array(items: Iterable[str], indent: str) -> str:
    """A JSON array of documents that are already text, laid out as pydantic's `indent=2` would."""
    inner = f",\n{indent}  ".join(items)
    return f"[\n{indent}  {inner}\n{indent}]" if inner else "[]"
