"""A set gone through as a whole: what keeps it from being used, and what a rater would mark in it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mi_cli.errors import MiError
from mi_cli.prompts.build import build
from mi_cli.prompts.findings import BadPromptFile, Finding, quoted
from mi_cli.prompts.load import available, folder_of, load
from mi_cli.prompts.model import PromptSet
from mi_cli.prompts.prompt_lint import problems, word_count
from mi_cli.prompts.source import FILES, Source
from mi_cli.records.names import is_name, primary_language
from mi_cli.records.terms import Stage


def findings(name: str, own: Path | None) -> list[Finding]:
    """All that is to be mended in the set of that name; of one that builds on another, in its own files alone.

    Raises WrongUsage for a name that is none, Failed for a set that is not there.
    """
    folder = folder_of(name, own)
    stray = list(_stray_files(folder))
    try:
        source = Source.of(folder)
        found = build(source)
    except BadPromptFile as bad:
        return [*stray, *bad.findings]
    return [*stray, *_pointing_nowhere(source), *_rated(source, found), *_untranslated(source, found, own)]


def misnamed(own: Path) -> list[Finding]:
    """Folders among the user's own sets whose name cannot be a set's. Raises Failed where they cannot be read."""
    available(own)
    mend = "a set's name is letters and digits, with - _ or . between them; rename the folder."
    folders = (path for path in (sorted(own.iterdir()) if own.is_dir() else ()) if path.is_dir())
    return [Finding(quoted(path.name), mend) for path in folders if not is_name(path.name) and path.name[0] != "."]


def _stray_files(folder: Path) -> Iterator[Finding]:
    for path in sorted(folder.glob("*.toml")):
        if path.name not in FILES:
            mend = f"no set has a file of that name, and it is not read. The files are {', '.join(FILES)}."
            yield Finding(f"{folder.name}/{quoted(path.name)}", mend)


def _pointing_nowhere(source: Source) -> Iterator[Finding]:
    """Ids in `hide` and `after` that the set it builds on does not have: misspelled, or gone since."""
    if source.base is None:
        return
    for stage in Stage:
        name = f"{stage}.toml"
        there = {*source.base.ids(name, "prompt"), *source.ids(name, "prompt")}
        for hidden in source.own(name).get("hide", ()):
            if hidden not in there:
                yield source.finding(name, f"there is no prompt {quoted(hidden)} in this stage; take it out.", "hide")
        for number, prompt in enumerate(source.own(name).get("prompt", ())):
            if (after := prompt.get("after")) is not None and after not in there:
                mend = f"there is no prompt {quoted(after)} in this stage; it comes last for now."
                yield source.finding(name, mend, "after", "prompt", number)


def _rated(source: Source, found: PromptSet) -> Iterator[Finding]:
    for stage, guide in found.stages.items():
        mine = source.ids(f"{stage}.toml", "prompt")
        for prompt in guide.prompts:
            if prompt.id in mine:
                said = problems(replace(prompt, follow_ups=()), found.language)
                for problem in problems(prompt, found.language):
                    key = "say" if problem in said else "follow_ups"
                    if key == "say":
                        said.remove(problem)
                    yield source.finding(f"{stage}.toml", problem, key, "prompt", prompt.id)


def _untranslated(source: Source, found: PromptSet, own: Path | None) -> Iterator[Finding]:
    """Prompts of the set that this one translates which are not in it, nor hidden in it, or are in the same words."""
    if not found.translates:
        return
    try:
        first = load(found.translates, own)
    except MiError as error:
        yield source.finding("set.toml", f"the set that it translates cannot be read. {error.message}", "translates")
        return
    for stage, guide in first.stages.items():
        name = f"{stage}.toml"
        hidden = source.own(name).get("hide", ())
        for prompt in guide.prompts:
            here = found.prompt(prompt.id, stage)
            if here is None and prompt.id not in hidden:
                mend = f"prompt {quoted(prompt.id)} of {first.name} is not translated; add it, or hide it."
                yield source.finding(name, mend)
            elif here and here.say == prompt.say and word_count(here.say) and _differ(first, found):
                yield source.finding(name, f"it has the same words as in {first.name}.", "say", "prompt", prompt.id)


def _differ(first: PromptSet, second: PromptSet) -> bool:
    return primary_language(first.language) != primary_language(second.language)
