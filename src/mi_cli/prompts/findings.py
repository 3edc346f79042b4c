"""What there is to mend in a prompt file: which file, where in it, and what to do."""

import re
from dataclasses import dataclass
from typing import Any, Final

from mi_cli.errors import Failed

_MOST_SHOWN: Final = 60  # of a name that stands in a file: it may be anything, and is only ever shown


@dataclass(frozen=True)
class Finding:
    """Something to mend. `line` counts from 1; null where it is not known. `prompt` is an id, null for what is none."""

    file: str
    mend: str
    line: int | None = None
    place: str = ""
    prompt: str | None = None

    def __str__(self) -> str:
        where = [self.file, f"line {self.line}" if self.line else "", self.place]
        return f"{', '.join(part for part in where if part)}: {self.mend}"


class BadPromptFile(Failed):
    """A prompt file cannot be used. The message names file, place and what to mend; `findings` are all there are."""

    def __init__(self, *findings: Finding) -> None:
        more = f" There is more to mend ({len(findings) - 1})." if len(findings) > 1 else ""
        super().__init__(
            f"{findings[0]}{more}", "`mi prompts check` and the set's name shows all that is to be mended."
        )
        self.findings = findings


def quoted(name: object) -> str:
    """A name from a file, in quotation marks, without what a terminal could act on."""
    text = name if isinstance(name, str) else str(type(name).__name__)
    return repr(text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…")


def key_named(key: str) -> str:
    """A key as it stands in a file, if it is one that needs no quotation marks."""
    return key if len(key) <= _MOST_SHOWN and _BARE.fullmatch(key) else quoted(key)


def line_of(text: str, key: str | None, table: str = "", number: int = 0) -> int | None:
    """The line of `key` in the `number`th (from 0) `[[table]]`, or above every table; the table's own where it is not.

    TOML's reader does not tell where things stood, so this looks for them; null where it finds nothing.
    """
    rows = text.split("\n")
    headers = [(at, match[1]) for at, row in enumerate(rows) if (match := _TABLE.match(row))]
    mine = [at for at, name in headers if name == table]
    if table and number >= len(mine):
        return None
    begins = mine[number] if table else -1
    ends = next((at for at, _ in headers if at > begins), len(rows))
    if key is not None:
        stands = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        for at in range(begins + 1, ends):
            if stands.match(rows[at]):
                return at + 1
    return begins + 1 if table else None


_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_TABLE: Final = re.compile(r"\s*\[\[?\s*[\"']?([\w-]+)[\"']?\s*\]")
_AT: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def bad_toml(file: str, text: str, error: Exception) -> Finding:
    """What TOML's reader says."""
    said = str(error) if not isinstance(error, RecursionError) else "it is nested too deep"
    at = _AT.search(said)
    what = said[: at.start()] if at else said
    line = int(at[1] or text.count("\n") + 1) if at else None
    return Finding(file, f"this is not sound TOML: {what[:200]}. https://toml.io shows how it is written.", line)


def what_to_mend(error: Any) -> str:
    """What pydantic says about a value, as what to do about it."""
    match error["type"]:
        case "missing":
            return "this is missing; add it."
        case "unexpected_keyword_argument" | "extra_forbidden":
            return "there is no such key; take it out, or look for a misspelling."
        case "enum":
            return f"it must be one of {error['ctx']['expected']}."
        case "string_type":
            return 'it must be text in quotation marks: "…".'
        case "tuple_type" | "list_type":
            return 'it must be a list: ["…", "…"].'
        case "dataclass_type" | "mapping_type" | "dict_type":
            return "it must be a table, with a line for each key."
        case _:
            return f"{error['msg'][0].lower()}{error['msg'][1:]}."
