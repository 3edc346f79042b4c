"""Picks the prompt set and the language of an interview. A broken set never keeps an interview from beginning.

The order: a set asked for by name; else the usual set of the config, if it is in the language wanted; else the set of
that language; else the shipped English one. A set that was not asked for by name and cannot be used is replaced by a
shipped one, and `Picked.trouble` says why.

A name stands for the set in the language wanted, if there is one: `brief` is `brief-es` where Spanish is wanted.
"""

from dataclasses import dataclass
from pathlib import Path

from mi_cli.errors import MiError, WrongUsage
from mi_cli.prompts.load import SHIPPED, available, load
from mi_cli.prompts.model import PromptSet
from mi_cli.prompts.source import shipped
from mi_cli.records.names import primary_language
from mi_cli.words.prompt_sets import prompt_set_words
from mi_cli.words.said import said


@dataclass(frozen=True)
class Wishes:
    """What is known about the set and the language wanted; null where nothing is.

    `asked_…` is from the command line, `client_language` from the client's record, `usual_…` from the config.
    """

    asked_set: str | None = None
    asked_language: str | None = None
    client_language: str | None = None
    usual_set: str | None = None
    usual_language: str | None = None
    locale: str | None = None


@dataclass(frozen=True)
class Picked:
    """The set and the language picked. `trouble` is why a set that was not asked for by name could not be used."""

    prompts: PromptSet
    language: str
    trouble: MiError | None = None


def pick(wishes: Wishes, own: Path) -> Picked:
    """Returns the set and the language for a new interview.

    Raises as `load` does for a set asked for by name; WrongUsage for a language asked for that has no set.
    """
    wanted = wishes.asked_language or wishes.client_language
    language = wanted or wishes.usual_language or wishes.locale or SHIPPED
    if wishes.asked_set:
        prompts = load(_in_language(wishes.asked_set, language, available(own)), own)
        return Picked(prompts, wishes.asked_language or prompts.language)
    trouble: MiError | None = None
    if wishes.usual_set:
        try:
            prompts = load(_in_language(wishes.usual_set, language, available(own)), own)
        except MiError as error:
            trouble = error
        else:
            if wanted is None or primary_language(wanted) == primary_language(prompts.language):
                return Picked(prompts, wanted or wishes.usual_language or prompts.language)
    return _of_language(language, wishes, own, trouble)


def require_language(language: str, own: Path) -> None:
    """Raises WrongUsage for a language in which there are no prompts, neither shipped nor one's own."""
    if _named_for(language, available(own)) is None:
        hint = said(prompt_set_words, lambda words: words.list_or_set)
        raise WrongUsage(said(prompt_set_words, lambda words: words.no_such_language), hint)


def pick_again(name: str, language: str, own: Path) -> Picked:
    """Returns the set that an interview was begun with; the shipped one of its language if it cannot be loaded."""
    try:
        return Picked(load(name, own), language)
    except MiError as error:
        return Picked(_shipped_for(language), language, error)


def _of_language(language: str, wishes: Wishes, own: Path, trouble: MiError | None) -> Picked:
    try:
        if wishes.asked_language:
            require_language(language, own)
        name = _named_for(language, available(own))
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


def _in_language(name: str, language: str, names: dict[str, Path]) -> str:
    """Returns the name of that set in the language: `brief-es-US` if there is one, else `brief-es`, else as it is."""
    candidates = (f"{name}-{code}" for code in (language, primary_language(language)))
    return next((candidate for candidate in candidates if candidate in names), name)


def _named_for(language: str, names: dict[str, Path]) -> str | None:
    """Returns the name of a set for a language: `es-US` if there is one, else `es`, else null."""
    return next((name for name in (language, primary_language(language)) if name in names), None)
