"""Findings in a prompt file: which file, where in it, and what to do about it."""

import difflib
import re
from dataclasses import dataclass
from typing import Any, Final

from mi_cli.errors import Failed
from mi_cli.words.prompt_findings import prompt_finding_words
from mi_cli.words.prompt_sets import prompt_set_words
from mi_cli.words.said import Said, joined, said

_MAX_SHOWN: Final = 60  # characters of a name from a file that are shown: it may be anything


@dataclass(frozen=True)
class Finding:
    """Something to correct in a file.

    `mend` says what to do. `line` counts from 1, null where it is not known; `place` names the key or the item;
    `prompt` is the id of the prompt that it is about, or null.
    """

    file: str
    mend: str
    line: int | None = None
    place: str = ""
    prompt: str | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> Said:
        """Where it is and what to do about it, in a sentence."""
        line = said(prompt_finding_words, lambda words: words.line, number=self.line) if self.line else ""
        return joined((joined(filter(None, (self.file, line, self.place)), ", "), self.mend), ": ")


class BadPromptFile(Failed):
    """Raised for prompt files that cannot be used. The message has the first finding, `findings` has all."""

    def __init__(self, *findings: Finding) -> None:
        first, more = findings[0].text, len(findings) - 1
        text = said(prompt_set_words, lambda words: words.more_to_mend, finding=first, count=more) if more else first
        super().__init__(text, said(prompt_set_words, lambda words: words.check_shows))
        self.findings = findings


def quoted(name: object) -> str:
    """Returns a name from a file in quotation marks, with control characters escaped."""
    text = name if isinstance(name, str) else str(type(name).__name__)
    return repr(text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…")


def key_named(key: str) -> str:
    """Returns a key from a file, in quotation marks if TOML needs them."""
    return key if len(key) <= _MAX_SHOWN and _BARE.fullmatch(key) else quoted(key)


def line_of(text: str, key: str | None, table: str = "", number: int = 0) -> int | None:
    """Returns the line of `key` in the `[[table]]` with that number (from 0), or above every table; from 1.

    Returns the line of the table's header if the key is not in it, null if nothing is there. The TOML parser does not
    give lines, so this searches the text.
    """
    rows = text.split("\n")
    headers = [(at, match[1]) for at, row in enumerate(rows) if (match := _TABLE.match(row))]
    matching = [at for at, name in headers if name == table]
    if table and number >= len(matching):
        return None
    begins = matching[number] if table else -1
    ends = next((at for at, _ in headers if at > begins), len(rows))
    if key is not None:
        assignment = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        for at in range(begins + 1, ends):
            if assignment.match(rows[at]):
                return at + 1
    return begins + 1 if table else None


_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_TABLE: Final = re.compile(r"\s*\[\[?\s*[\"']?([\w-]+)[\"']?\s*\]")
_AT: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def bad_toml(file: str, text: str, error: Exception) -> Finding:
    """Returns a finding for what the TOML parser says."""
    message = str(error)
    at = _AT.search(message)
    what = message[: at.start()] if at else message
    line = int(at[1] or text.count("\n") + 1) if at else None
    return Finding(file, said(prompt_finding_words, lambda words: words.bad_toml, what=what[:200]), line)


def what_to_mend(error: Any) -> str:
    """Returns what to do about a value, from the pydantic error that it caused."""
    match error["type"]:
        case "missing":
            return said(prompt_finding_words, lambda words: words.missing)
        case "unexpected_keyword_argument" | "extra_forbidden":
            return said(prompt_finding_words, lambda words: words.no_such_key)
        case "enum":
            return _none_of(error["input"], error["ctx"]["expected"])
        case "string_type":
            return said(prompt_finding_words, lambda words: words.text_needed)
        case "tuple_type" | "list_type":
            return said(prompt_finding_words, lambda words: words.list_needed)
        case "dataclass_type" | "mapping_type" | "dict_type":
            return said(prompt_finding_words, lambda words: words.table_needed)
        case _:
            return f"{error['msg'][0].lower()}{error['msg'][1:]}."


def _none_of(value: object, known: str) -> str:
    """Returns what is wrong with a value that is none of those known, with the one that it may be a misspelling of."""
    if not isinstance(value, str):
        return said(prompt_finding_words, lambda words: words.one_of, known=known)
    similar = difflib.get_close_matches(value, re.findall("'([^']*)'", known), 1)
    if not similar:
        return said(prompt_finding_words, lambda words: words.no_such_one_of, value=quoted(value), known=known)
    return said(
        prompt_finding_words, lambda words: words.did_you_mean, value=quoted(value), nearest=similar[0], known=known
    )
