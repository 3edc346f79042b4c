"""The base of all records: strict, frozen, and without client words in a validation error.

A record is one JSON document. When it is read, its `schema` decides: the version this program writes is taken as it is,
an earlier one is upgraded step by step (`Record.UPGRADES`), a later one is refused (`NewerRecord`). Fields that this
version does not know survive a rewrite, so an older program loses nothing that a newer one wrote.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from mi_cli.records.outside_keys import Unreadable


class Part(BaseModel):
    """A piece of a record. Fields that it does not know are kept and written again."""

    model_config = ConfigDict(
        frozen=True,
        extra="allow",
        hide_input_in_errors=True,
        defer_build=True,  # the validator of a part is built when first needed, mostly within that of its record
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )

    def replace(self, **changes: Any) -> Self:
        """Returns a copy with some fields changed. The values are not validated: callers pass what the types say."""
        return self.model_copy(update=changes)


Upgrade = Callable[[dict[str, Any]], dict[str, Any]]


class NotRead(ValueError):
    """A document is no record that this version reads: why, with names and places in it, never a value."""

    def __init__(self, why: Unreadable, **values: object) -> None:
        super().__init__(why, *values.values())
        self.why, self.values = why, values


class NewerRecord(NotRead):
    """Raised for a record that a later version of the program wrote."""


class NotThisRecord(NotRead):
    """Raised for text that is no record of this kind."""


class Record(Part):
    """A document of its own.

    `schema` is name and version (`mi.session/1`), `id` eight characters of a-z and 0-9, `revision` counts the
    saves from 1, times are RFC 3339 with offset.
    """

    SCHEMA: ClassVar[str]
    # UPGRADES[0] turns a version 1 document into version 2, UPGRADES[1] version 2 into 3, and so on.
    UPGRADES: ClassVar[tuple[Upgrade, ...]] = ()

    schema_: str = Field(alias="schema")
    id: str
    created_at: AwareDatetime
    updated_at: AwareDatetime
    revision: int = Field(ge=1)

    def to_bytes(self) -> bytes:
        """Returns the document as it is written to the disk: UTF-8, indented, keys in model order."""
        return self.model_dump_json(indent=2).encode() + b"\n"

    @classmethod
    def from_bytes(cls, document: bytes) -> Self:
        """Reads a document; one of an earlier version is upgraded to this one.

        Raises NewerRecord for a later schema, NotThisRecord for anything else that is not this record.
        """
        refused = NotThisRecord(Unreadable.NOT_JSON)
        try:
            record = cls.model_validate_json(document, strict=True)
            if record.schema_ == cls.SCHEMA:
                return record
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            kind = Unreadable.FIELD if where else Unreadable.TOP
            refused = NotThisRecord(kind, fault=first["type"].replace("_", " "), where=where)
        fields = _fields_in(document)
        if version := cls.earlier_version(fields.get("schema")):
            return cls.from_bytes(cls._upgraded(fields, version))
        check_schema(cls.SCHEMA, fields.get("schema"))
        raise refused

    @classmethod
    def _upgraded(cls, fields: dict[str, Any], version: int) -> bytes:
        try:
            for upgrade in cls.UPGRADES[version - 1 :]:
                fields = upgrade(fields)
            return json.dumps({**fields, "schema": cls.SCHEMA}).encode()
        except (LookupError, TypeError, ValueError, AttributeError):  # it lacks fields of the version that it claims
            raise NotThisRecord(Unreadable.NOT_WHOLE, version=version) from None

    @classmethod
    def earlier_version(cls, schema: object) -> int | None:
        """Returns the version number if `schema` is an earlier version of this one; null for any other schema."""
        name = cls.SCHEMA.partition("/")[0]
        return next((n for n in range(1, len(cls.UPGRADES) + 1) if schema == f"{name}/{n}"), None)


def check_schema(expected: str, actual: object) -> None:
    """Raises NewerRecord or NotThisRecord unless `actual` is the `expected` schema."""
    if actual == expected:
        return
    name, _, version = expected.partition("/")
    actual_name, _, actual_version = actual.partition("/") if isinstance(actual, str) else ("", "", "")
    if actual_name == name and actual_version.isdecimal() and int(actual_version) > int(version):
        raise NewerRecord(Unreadable.NEWER)
    raise NotThisRecord(Unreadable.OTHER, expected=expected)


def _fields_in(document: bytes) -> dict[str, Any]:
    try:
        value = json.loads(document)
    except (ValueError, RecursionError):
        raise NotThisRecord(Unreadable.NOT_JSON) from None
    return value if isinstance(value, dict) else {}


def json_array(items: Iterable[bytes]) -> bytes:
    """Returns a JSON array of items that are JSON already, laid out as pydantic's `indent=2` does for a field."""
    inner = b",\n    ".join(items)
    return b"[\n    " + inner + b"\n  ]" if inner else b"[]"
