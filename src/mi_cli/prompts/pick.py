"""Which prompt set an interview is held with, and in which language. A broken set never keeps one from beginning."""

from dataclasses import dataclass
from pathlib import Path

from mi_cli.errors import MiError, WrongUsage
from mi_cli.prompts.load import SHIPPED, available, load
from mi_cli.prompts.model import PromptSet
from mi_cli.prompts.source import shipped
from mi_cli.records.names import primary_language


@dataclass(frozen=True)
class Wishes:
    """What is known of set and language; null where nothing is. What was asked for now comes before all else."""

    asked_set: str | None = None
    asked_language: str | None = None
    client_language: str | None = None
    usual_set: str | None = None
    usual_language: str | None = None
    locale: str | None = None


@dataclass(frozen=True)
class Picked:
    """The set and the language. `trouble` is why a set that was not asked for by name could not be used."""

    prompts: PromptSet
    language: str
    trouble: MiError | None = None


def pick(wishes: Wishes, own: Path) -> Picked:
    """The set asked for; else the usual one, if it is in the language wanted; else the one of that language.

    Raises as `load` does for a set asked for by name; WrongUsage for a language asked for that has no set.
    """
    if wishes.asked_set:
        prompts = load(wishes.asked_set, own)
        return Picked(prompts, wishes.asked_language or prompts.language)
    wanted = wishes.asked_language or wishes.client_language
    trouble: MiError | None = None
    if wishes.usual_set:
        try:
            prompts = load(wishes.usual_set, own)
        except MiError as error:
            trouble = error
        else:
            if wanted is None or primary_language(wanted) == primary_language(prompts.language):
                return Picked(prompts, wanted or wishes.usual_language or prompts.language)
    return _of_language(wanted or wishes.usual_language or wishes.locale or SHIPPED, wishes, own, trouble)


def again(name: str, language: str, own: Path) -> Picked:
    """The set an interview was begun with; the shipped one of its language if it is gone or broken since."""
    try:
        return Picked(load(name, own), language)
    except MiError as error:
        return Picked(_shipped_for(language), language, error)


def _of_language(language: str, wishes: Wishes, own: Path, trouble: MiError | None) -> Picked:
    try:
        name = _named_for(language, available(own))
        if name is None and wishes.asked_language:
            raise WrongUsage(
                "There are no prompts in that language.", "`mi prompts list` shows the sets; --set uses one."
            )
        prompts = load(name or SHIPPED, own)
    except WrongUsage:
        raise
    except MiError as error:
        prompts, trouble = _shipped_for(language), trouble or error
    return Picked(
        prompts,
        language if primary_language(language) == primary_language(prompts.language) else prompts.language,
        trouble,
    )


def _shipped_for(language: str) -> PromptSet:
    return load(_named_for(language, shipped()) or SHIPPED, None)


def _named_for(language: str, names: dict[str, Path]) -> str | None:
    """`es-US` if there is a set of that name, else `es`."""
    return next((name for name in (language, primary_language(language)) if name in names), None)
