"""Checks a prompt set: what keeps it from being used, and what a rater of MI would mark in it (`prompt_lint`)."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from mi_cli.errors import MiError
from mi_cli.prompts.build import build, lacking_concerns
from mi_cli.prompts.findings import BadPromptFile, Finding, quoted
from mi_cli.prompts.load import available, folder_of, load
from mi_cli.prompts.model import PromptSet
from mi_cli.prompts.prompt_lint import misplaced, problems, word_count
from mi_cli.prompts.source import FILES, Source
from mi_cli.records.names import is_name, primary_language
from mi_cli.records.terms import Stage
from mi_cli.words.prompt_findings import prompt_finding_words
from mi_cli.words.said import Said, said

_HIDDEN_ENDINGS: Final = (".txt", ".text", ".rtf", ".doc", ".docx", ".odt")  # added by an editor, and often not shown


def findings(name: str, own: Path | None) -> list[Finding]:
    """Returns everything to correct in the set of that name; if it builds on another, in its own files only.

    Raises WrongUsage for something that cannot be a name, Failed for a set that does not exist.
    """
    folder = folder_of(name, own)
    stray = list(_stray_files(folder))
    try:
        source = Source.of(folder)
        prompt_set = build(source)
    except BadPromptFile as error:
        return [*stray, *error.findings]
    return [
        *stray,
        *_unknown_ids(source),
        *_lint(source, prompt_set),
        *_lacking_concerns(source),
        *_untranslated(source, prompt_set, own),
    ]


def misnamed(own: Path) -> list[Finding]:
    """Returns findings for folders among the user's own sets whose name cannot be that of a set.

    Raises Failed when the folder of sets cannot be read.
    """
    available(own)
    mend = said(prompt_finding_words, lambda words: words.set_name)
    folders = (path for path in (sorted(own.iterdir()) if own.is_dir() else ()) if path.is_dir())
    return [Finding(quoted(path.name), mend) for path in folders if not is_name(path.name) and path.name[0] != "."]


def _stray_files(folder: Path) -> Iterator[Finding]:
    for path in sorted(folder.iterdir()):
        name = path.name.lower()
        hidden_ending = path.suffix.lower() in _HIDDEN_ENDINGS and name.endswith(f".toml{path.suffix.lower()}")
        if path.name not in FILES and (name.endswith(".toml") or hidden_ending):
            mend = said(prompt_finding_words, lambda words: words.stray_file, names=", ".join(FILES))
            yield Finding(f"{folder.name}/{quoted(path.name)}", mend)


def _unknown_ids(source: Source) -> Iterator[Finding]:
    """Yields ids in `hide` and `after` that mean no prompt: there is none, or it has no place yet where it is named."""
    if source.base is None:
        return
    for stage in Stage:
        name = f"{stage}.toml"
        placed = {prompt["id"] for prompt in source.base.document(name)["prompt"]}
        ids = placed.union(source.ids(name, "prompt"))
        for hidden in source.own(name).get("hide", ()):
            if hidden not in ids:
                yield source.finding(
                    name, said(prompt_finding_words, lambda words: words.unknown_hidden, id=quoted(hidden)), "hide"
                )
        for number, prompt in enumerate(source.own(name).get("prompt", ())):
            after = prompt.get("after")
            if after is not None and (after == prompt["id"] or after not in placed):
                yield source.finding(name, _no_place(after, prompt["id"], ids), "after", "prompt", number)
            placed.add(prompt["id"])


def _no_place(after: str, own_id: str, ids: Collection[str | int]) -> Said:
    """Says why a prompt cannot come after the one that it names."""
    if after == own_id:
        return said(prompt_finding_words, lambda words: words.after_itself)
    if after in ids:
        return said(prompt_finding_words, lambda words: words.after_one_below, id=quoted(after))
    return said(prompt_finding_words, lambda words: words.unknown_after, id=quoted(after))


def _lint(source: Source, prompt_set: PromptSet) -> Iterator[Finding]:
    for stage, guide in prompt_set.stages.items():
        own_ids = source.ids(f"{stage}.toml", "prompt")
        for prompt in guide.prompts:
            if prompt.id in own_ids:
                in_say = problems(replace(prompt, follow_ups=()), prompt_set.language)
                for problem in problems(prompt, prompt_set.language):
                    key = "say" if problem in in_say else "follow_ups"
                    if key == "say":
                        in_say.remove(problem)
                    yield source.finding(f"{stage}.toml", problem, key, "prompt", prompt.id)
                for key, problem in misplaced(prompt):
                    yield source.finding(f"{stage}.toml", problem, key, "prompt", prompt.id)


def _lacking_concerns(source: Source) -> Iterator[Finding]:
    for concern in lacking_concerns(source.document("safety.toml")):
        mend = said(prompt_finding_words, lambda words: words.card_lacks, concern=concern)
        yield source.finding("safety.toml", mend)


def _untranslated(source: Source, prompt_set: PromptSet, own: Path | None) -> Iterator[Finding]:
    """Yields prompts of the original set that are neither translated nor hidden, or have the same words."""
    if not prompt_set.translates:
        return
    try:
        original = load(prompt_set.translates, own)
    except MiError as error:
        mend = said(prompt_finding_words, lambda words: words.original_unread, why=error.message)
        yield source.finding("set.toml", mend, "translates")
        return
    for stage, guide in original.stages.items():
        name = f"{stage}.toml"
        hidden = source.own(name).get("hide", ())
        for prompt in guide.prompts:
            translated = prompt_set.prompt(prompt.id, stage)
            if translated is None and prompt.id not in hidden:
                mend = said(
                    prompt_finding_words, lambda words: words.untranslated, id=quoted(prompt.id), set=original.name
                )
                yield source.finding(name, mend)
            elif (
                translated
                and translated.say == prompt.say
                and word_count(translated.say)
                and _languages_differ(original, prompt_set)
            ):
                yield source.finding(
                    name,
                    said(prompt_finding_words, lambda words: words.same_words, set=original.name),
                    "say",
                    "prompt",
                    prompt.id,
                )


def _languages_differ(first: PromptSet, second: PromptSet) -> bool:
    return primary_language(first.language) != primary_language(second.language)
