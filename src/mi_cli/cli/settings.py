"""The config file: TOML in the platform's place, keys checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mi_cli.cli.outside_text import not_text
from mi_cli.errors import Failed, MiError, WrongUsage
from mi_cli.handoff.program import Program
from mi_cli.records.name_matching import checked_recipient
from mi_cli.records.terms import Jurisdiction
from mi_cli.records.toml_text import NotToml, TooDeep, read_toml
from mi_cli.records.utf8 import NotText, typed_text
from mi_cli.store.records import outside
from mi_cli.words.outside import outside_words

if TYPE_CHECKING:
    from mi_cli.words.outside.model import OutsideWords
    from mi_cli.words.settings.model import SettingWords


class Wanted(StrEnum):
    """Whether a store may be made without a passphrase where nobody can be asked for one."""

    OPTIONAL = "optional"
    REQUIRED = "required"


LANGUAGE: Final = "language"
MEMBERS: Final = "program.recipients"  # it stands in the store; in the config file only version 0.1.0 had it

# What each is for is said in `words.settings`.
KEYS: Final[Mapping[str, type]] = {
    "store": str,
    "counselor": str,
    "credentials": str,
    "telephone": str,
    "language": str,
    "prompt_set": str,
    "show_tally": bool,
    "protection": Wanted,
    "keyring": bool,
    "auto_lock": int,
    "due.not_seen_days": int,
    "safety.contacts": list,
    "program.name": str,
    "program.contact": str,
    MEMBERS: list,
    "jurisdiction": Jurisdiction,
    "note.profile": str,
    "billing.hints": bool,
    "notice.text": str,
}

_MOST_MINUTES: Final = 24 * 60
_MOST_BYTES: Final = 1_000_000


@dataclass(frozen=True)
class Settings:
    """What the config file says; None or empty where it says nothing."""

    store: str | None = None
    counselor: str | None = None
    credentials: str | None = None
    telephone: str | None = None
    language: str | None = None
    prompt_set: str | None = None
    show_tally: bool = False
    protection: Wanted = Wanted.OPTIONAL
    keyring: bool = False
    auto_lock: int = 0
    not_seen_days: int | None = None
    contacts: tuple[str, ...] = ()
    note_profile: str | None = None
    billing_hints: bool = False
    program: Program = field(default_factory=Program)
    trouble: MiError | None = None  # why the file cannot be read; all else is then as without a file


def path() -> Path:
    """Returns where the config file is, or would be."""
    from platformdirs import user_config_path

    return user_config_path("mi", appauthor=False) / "config.toml"


def load(file: Path, language: str | None = None) -> Settings:
    """Returns the settings in the file; none of them, but `trouble` in that language, where it cannot be read."""
    try:
        values = read(file, language)
    except MiError as error:
        return Settings(trouble=error)
    return Settings(
        store=values.get("store"),
        counselor=values.get("counselor"),
        credentials=values.get("credentials"),
        telephone=values.get("telephone"),
        language=values.get("language"),
        prompt_set=values.get("prompt_set"),
        show_tally=values.get("show_tally", False),
        protection=Wanted(values.get("protection", Wanted.OPTIONAL)),
        keyring=values.get("keyring", False),
        auto_lock=values.get("auto_lock", 0),
        not_seen_days=values.get("due.not_seen_days"),
        contacts=tuple(values.get("safety.contacts", ())),
        note_profile=values.get("note.profile"),
        billing_hints=values.get("billing.hints", False),
        program=Program(
            name=values.get("program.name"),
            contact=values.get("program.contact") or values.get("telephone"),
            jurisdiction=Jurisdiction(values.get("jurisdiction", Jurisdiction.US_PART2)),
            notice=values.get("notice.text"),
        ),
    )


def read(file: Path, language: str | None = None) -> dict[str, Any]:
    """Returns the values in the file by key, such as `safety.contacts`; none where there is no file.

    Raises Failed, naming in that language what is wrong in it and what to do.
    """
    values = read_unchecked(file, language)
    for key, value in values.items():
        if key not in KEYS:
            words = outside_words(language)
            mend = words.config_mend_key.format(file=file, keys=", ".join(KEYS))
            raise Failed(words.config_unknown_key, mend)
        if not _fits(KEYS[key], value):
            words = outside_words(language)
            raise Failed(words.config_wrong_value.format(key=key), words.config_mend_value.format(key=key))
    return values


def read_unchecked(file: Path, language: str | None = None) -> dict[str, Any]:
    """Returns what stands in the file, whether or not it is a setting: what `read` complains of can be put right.

    Raises Failed for what is no TOML.
    """
    try:
        data = outside.read(file)
        if len(data) > _MOST_BYTES:
            raise TooDeep
        return _flat(read_toml(data))
    except FileNotFoundError:
        return {}
    except (OSError, NotText, NotToml) as error:
        words = outside_words(language)
        raise Failed(_what_is_wrong(error, words), words.config_mend.format(file=file)) from None


def _what_is_wrong(error: OSError | NotText | NotToml, words: "OutsideWords") -> str:
    match error:
        case OSError():
            return words.config_unreadable.format(reason=outside.reason(error))
        case NotText():
            return words.config_not_text.format(text=not_text(error, words))
        case TooDeep():
            return words.config_not_ours
        case NotToml():
            return words.config_not_toml.format(reason=error.why)


def write(file: Path, values: Mapping[str, Any]) -> None:
    """Writes the values to the file. Raises SaveFailed."""
    import tomli_w  # here, because only a change of the settings needs it

    document: dict[str, Any] = {}
    for key, value in values.items():
        *tables, name = key.split(".")
        innermost = document
        for table in tables:
            innermost = innermost.setdefault(table, {})
        innermost[name] = value
    outside.make_folder(file.parent)
    outside.write_named(file, tomli_w.dumps(document).encode())


def parsed(key: str, text: str, words: "SettingWords") -> str | bool | int | list[str]:
    """Returns the value that was typed; a list has `;` between its items. Raises WrongUsage."""
    kind, text = check_key(key, words), typed_text(text)
    if kind is list:
        items = [item.strip() for item in text.split(";") if item.strip()]
        return list(map(checked_recipient, items)) if key == MEMBERS else items
    if kind is bool:
        if text.lower() not in ("true", "false"):
            raise WrongUsage(words.true_or_false.format(key=key))
        return text.lower() == "true"
    if kind is int:
        if not (text.isascii() and text.isdecimal() and int(text) <= _MOST_MINUTES):
            raise WrongUsage(words.number.format(key=key, most=_MOST_MINUTES))
        return int(text)
    if issubclass(kind, StrEnum) and text not in list(kind):
        raise WrongUsage(words.one_of.format(key=key, values=", ".join(kind)))
    return text


def check_key(key: str, words: "SettingWords") -> type:
    """Returns the type of a key's value. Raises WrongUsage for an unknown key."""
    if key not in KEYS:
        raise WrongUsage(words.no_such_setting, words.there_are.format(keys=", ".join(KEYS)))
    return KEYS[key]


def _flat(document: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in document.items():
        flat |= _flat(value, f"{before}{key}.") if isinstance(value, dict) else {f"{before}{key}": value}
    return flat


def _fits(kind: type, value: object) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_MINUTES
    if issubclass(kind, StrEnum):
        return value in list(kind)
    return isinstance(value, kind)
