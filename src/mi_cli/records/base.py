"""What all records share: strict, frozen, unknown fields kept, and no client words in a validation error."""

import json
from collections.abc import Callable, Iterable
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

    def replace(self, **changes: Any) -> Self:
        """The same with some fields changed. Values are not validated again: callers pass what the types say."""
        return self.model_copy(update=changes)


Upgrade = Callable[[dict[str, Any]], dict[str, Any]]


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
    # What makes a document of an earlier version one of the next: the first does so with version 1.
    UPGRADES: ClassVar[tuple[Upgrade, ...]] = ()

    schema_: str = Field(alias="schema")
    id: str
    created_at: AwareDatetime
    updated_at: AwareDatetime
    revision: int = Field(ge=1)

    def to_bytes(self) -> bytes:
        """The document as it stands on the disk: UTF-8, indented, keys in model order."""
        return self.model_dump_json(indent=2).encode() + b"\n"

    @classmethod
    def from_bytes(cls, document: bytes) -> Self:
        """Read `to_bytes` back; a document of an earlier version is brought up to this one.

        Raises NewerRecord for a later schema, NotThisRecord for anything else that is not this record.
        """
        place = ""
        try:
            record = cls.model_validate_json(document, strict=True)
            if record.schema_ == cls.SCHEMA:
                return record
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            place = f"{first['type'].replace('_', ' ')} at {where or 'the top'}"
        fields = _fields_in(document)
        if version := cls.earlier_version(fields.get("schema")):
            return cls.from_bytes(cls._upgraded(fields, version))
        check_schema(cls.SCHEMA, fields.get("schema"))
        raise NotThisRecord(place)

    @classmethod
    def _upgraded(cls, fields: dict[str, Any], version: int) -> bytes:
        try:
            for upgrade in cls.UPGRADES[version - 1 :]:
                fields = upgrade(fields)
            return json.dumps({**fields, "schema": cls.SCHEMA}).encode()
        except (LookupError, TypeError, ValueError, AttributeError):  # it was not what it said it was
            raise NotThisRecord(f"it is no whole record of version {version}") from None

    @classmethod
    def earlier_version(cls, schema: object) -> int | None:
        """The version of a schema that this one replaced; null for the present one and for any other."""
        name = cls.SCHEMA.partition("/")[0]
        return next((n for n in range(1, len(cls.UPGRADES) + 1) if schema == f"{name}/{n}"), None)


def check_schema(expected: str, found: object) -> None:
    """Raise NewerRecord or NotThisRecord unless `found` is the `expected` schema."""
    if found == expected:
        return
    name, _, version = expected.partition("/")
    found_name, _, found_version = found.partition("/") if isinstance(found, str) else ("", "", "")
    if found_name == name and found_version.isdecimal() and int(found_version) > int(version):
        raise NewerRecord("it was written by a later version of mi")
    raise NotThisRecord(f"it is no {expected} record")


def _fields_in(document: bytes) -> dict[str, Any]:
    try:
        value = json.loads(document)
    except (ValueError, RecursionError):
        raise NotThisRecord("it is not whole JSON") from None
    return value if isinstance(value, dict) else {}


def json_array(items: Iterable[bytes]) -> bytes:
    """A JSON array, as a field of a record, of documents that are already text, laid out as pydantic's `indent=2`."""
    inner = b",\n    ".join(items)
    return b"[\n    " + inner + b"\n  ]" if inner else b"[]"
