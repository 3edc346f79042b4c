"""The config file: TOML in the platform's place, keys checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from mi_cli.errors import Failed, WrongUsage
from mi_cli.handoff.program import Program
from mi_cli.records.name_matching import checked_recipient
from mi_cli.records.terms import Jurisdiction
from mi_cli.store.records import outside


class Wanted(StrEnum):
    """Whether a store may be made without a passphrase where nobody can be asked for one."""

    OPTIONAL = "optional"
    REQUIRED = "required"


KEYS: Final[Mapping[str, tuple[type, str]]] = {
    "store": (str, "the folder with the records"),
    "counselor": (str, "your name, as it stands in the records"),
    "language": (str, "the language of the companion and its prompts"),
    "prompt_set": (str, "the prompt set to use"),
    "show_tally": (bool, "show the counts of change and sustain talk in the bar"),
    "protection": (Wanted, "required: no store is made without a passphrase where nobody can be asked; else optional"),
    "keyring": (bool, "take the passphrase from the system's keyring; `mi store protect --keyring` puts it there"),
    "auto_lock": (int, "minutes without a key after which an interview hides and asks for the passphrase; 0: never"),
    "safety.contacts": (list, "whom to reach in an emergency, for the safety card"),
    "program.name": (str, "your program, as it stands on consents and cover sheets"),
    "program.contact": (str, "whom to tell of a handoff that reached the wrong person"),
    "program.recipients": (list, "who in your own program may get a handoff"),
    "jurisdiction": (Jurisdiction, "whose rules a handoff follows: us-part2, or general with your agency's own notice"),
    "notice.text": (str, "your agency's notice, for the jurisdiction general"),
}

_MOST_MINUTES: Final = 24 * 60


@dataclass(frozen=True)
class Settings:
    """What the config file says; None or empty where it says nothing."""

    store: str | None = None
    counselor: str | None = None
    language: str | None = None
    prompt_set: str | None = None
    show_tally: bool = False
    protection: Wanted = Wanted.OPTIONAL
    keyring: bool = False
    auto_lock: int = 0
    contacts: tuple[str, ...] = ()
    program: Program = field(default_factory=Program)


def path() -> Path:
    """Returns where the config file is, or would be."""
    from platformdirs import user_config_path

    return user_config_path("mi", appauthor=False) / "config.toml"


def load(file: Path) -> Settings:
    """Returns the settings in the file. Raises Failed, naming what is wrong in it."""
    values = read(file)
    return Settings(
        store=values.get("store"),
        counselor=values.get("counselor"),
        language=values.get("language"),
        prompt_set=values.get("prompt_set"),
        show_tally=values.get("show_tally", False),
        protection=Wanted(values.get("protection", Wanted.OPTIONAL)),
        keyring=values.get("keyring", False),
        auto_lock=values.get("auto_lock", 0),
        contacts=tuple(values.get("safety.contacts", ())),
        program=Program(
            name=values.get("program.name"),
            contact=values.get("program.contact"),
            recipients=tuple(values.get("program.recipients", ())),
            jurisdiction=Jurisdiction(values.get("jurisdiction", Jurisdiction.US_PART2)),
            notice=values.get("notice.text"),
        ),
    )


def read(file: Path) -> dict[str, Any]:
    """Returns the values in the file by key, such as `safety.contacts`; none where there is no file. Raises Failed."""
    import tomllib

    try:
        flat = _flat(tomllib.loads(outside.read(file).decode("utf-8")))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Failed(f"The config file cannot be read: {outside.reason(error)}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Failed(f"The config file is not sound TOML: {error}.", "`mi config path` tells where it is.") from None
    except RecursionError:
        raise Failed("The config file is no config file of mi.", "`mi config path` tells where it is.") from None
    for key, value in flat.items():
        if key not in KEYS:
            raise Failed("The config file has a setting mi does not know.", f"The settings are: {', '.join(KEYS)}.")
        if not _fits(KEYS[key][0], value):
            raise Failed(f"The config file has a wrong value for {key}.", f"`mi config set {key} …` puts it right.")
    return flat


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


def parsed(key: str, text: str) -> str | bool | int | list[str]:
    """Returns the value that was typed; a list has `;` between its items. Raises WrongUsage."""
    kind = check_key(key)
    if kind is list:
        items = [item.strip() for item in text.split(";") if item.strip()]
        return list(map(checked_recipient, items)) if key == "program.recipients" else items
    if kind is bool:
        if text.lower() not in ("true", "false"):
            raise WrongUsage(f"{key} is true or false.")
        return text.lower() == "true"
    if kind is int:
        if not (text.isascii() and text.isdecimal() and int(text) <= _MOST_MINUTES):
            raise WrongUsage(f"{key} is a number of minutes.")
        return int(text)
    if issubclass(kind, StrEnum) and text not in list(kind):
        raise WrongUsage(f"{key} is one of: {', '.join(kind)}.")
    return text


def check_key(key: str) -> type:
    """Returns the type of a key's value. Raises WrongUsage for an unknown key."""
    if key not in KEYS:
        raise WrongUsage("There is no such setting.", f"The settings are: {', '.join(KEYS)}.")
    return KEYS[key][0]


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
