"""`mi prompts`: the prompt sets.

The pages and the check load the records; they are imported in functions, because a list does without them.
"""

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import AsJson, command_group
from mi_cli.errors import Damaged, Failed, WrongUsage
from mi_cli.prompts.draft import files
from mi_cli.prompts.findings import BadPromptFile
from mi_cli.prompts.load import SHIPPED, available, folder_of, load, load_folder
from mi_cli.prompts.source import Source, shipped, shipped_folder
from mi_cli.records.names import checked_name
from mi_cli.records.outside_keys import NameOf
from mi_cli.store.records import outside
from mi_cli.terminal.page import Line
from mi_cli.words.interview import interview_words
from mi_cli.words.lists import list_words
from mi_cli.words.prompt_sets import prompt_set_words
from mi_cli.words.prompt_sets.model import PromptSetWords
from mi_cli.words.said import said, spoken
from mi_cli.words.told import told

app = command_group("Prompt sets.")


@app.command("list")
def list_sets(ctx: typer.Context, as_json: AsJson = False) -> None:
    """The sets there are."""
    context: Context = ctx.obj
    items, damaged = [], []
    for name, folder in available(context.own_prompts).items():
        try:
            prompt_set = load_folder(folder)
        except BadPromptFile as error:
            named = said(prompt_set_words, lambda words: words.set_named, name=name)
            damaged.append(Damaged(named, told(error, context.language)[0].rstrip(".")))
            continue
        count = sum(len(guide.prompts) for guide in prompt_set.stages.values())
        items.append(
            {
                "name": name,
                "title": prompt_set.title,
                "language": prompt_set.language,
                "version": prompt_set.version,
                "prompts": count,
                "digest": prompt_set.digest,
            }
        )
    output.show_list(
        items,
        damaged,
        as_json=as_json,
        json_item=lambda item: item,
        header=list_words(context.language).prompt_sets,
        row=lambda item: [str(item[key]) for key in ("name", "language", "version", "prompts", "title")],
        empty="",  # the sets that come with mi are always there
    )


@app.command()
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The set's name.")] = "en",
    prompt: Annotated[str | None, typer.Argument(help="One prompt, by its id.")] = None,
    as_json: AsJson = False,
) -> None:
    """A set, stage by stage, or one prompt of it. A prompt is shown with everything that belongs to it."""
    from mi_cli.terminal.record_pages import prompt_page, prompt_set_page

    context: Context = ctx.obj
    prompt_set = load(name, context.own_prompts)
    if prompt is None:
        if as_json:
            facts = {key: getattr(prompt_set, key) for key in ("name", "title", "language", "version", "digest")}
            output.show_json({**facts, "stages": {stage: asdict(guide) for stage, guide in prompt_set.stages.items()}})
            return
        context.screen.show(prompt_set_page(prompt_set, interview_words(prompt_set.language)))
        return
    chosen = prompt_set.prompt(prompt)
    if chosen is None:
        words = prompt_set_words(context.language)
        raise Failed(words.no_such_prompt, words.show_them.format(name=prompt_set.name))
    if as_json:
        output.show_json(asdict(chosen))
        return
    context.screen.show(prompt_page(chosen))


@app.command()
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The set's name. Named en or es, it is used without being asked for.")],
    base: Annotated[str, typer.Option("--from", help="The set it builds on, one that comes with mi.")] = "",
) -> None:
    """Write a set of your own to edit. What you leave as it is stays that of the set it builds on."""
    context: Context = ctx.obj
    words = prompt_set_words(context.language)
    name = checked_name(name, NameOf.PROMPT_SET)
    shipped_sets = shipped()
    base = base or (name if name in shipped_sets else SHIPPED)
    if base not in shipped_sets:
        raise WrongUsage(words.no_such_base, words.bases.format(names=", ".join(shipped_sets)))
    if name in shipped_sets and name != base:
        raise WrongUsage(words.builds_on.format(name=name), words.another_name)
    folder = context.own_prompts / name
    if folder.exists():
        raise Failed(words.there_already, words.it_is_in.format(folder=folder))
    outside.make_folder(folder)
    for file, text in files(name, Source.of_shipped(shipped_sets[base]), words).items():
        outside.write_named(folder / file, text.encode())
    context.screen.show([Line(words.written.format(folder=folder)), Line(words.edit_there.format(name=name))])


@app.command()
def check(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(help="One set; without a name, all of your own.")] = None,
    as_json: AsJson = False,
) -> None:
    """Go through a set: file, place, and what to mend. Exit 1 when something is found."""
    from mi_cli.prompts.check import findings, misnamed

    context: Context = ctx.obj
    own = context.own_prompts
    names = (
        [name]
        if name is not None
        else [own_name for own_name, folder in available(own).items() if folder.parent != shipped_folder()]
    )
    found = [("", finding) for finding in (misnamed(own) if name is None else ())]
    found += [(set_name, finding) for set_name in names for finding in findings(set_name, own)]
    if as_json:
        output.show_list_json([{"set": set_name, **vars(finding)} for set_name, finding in found], [])
    else:
        context.screen.show(
            [Line(spoken(finding.text, context.language)) for _, finding in found]
            or [Line(_nothing_found(prompt_set_words(context.language), names))]
        )
    if found:
        raise typer.Exit(1)


def _nothing_found(words: PromptSetWords, names: list[str]) -> str:
    if not names:
        return words.none_of_your_own
    return words.nothing_to_mend.format(names=", ".join(names))


@app.command()
def path(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(help="One set; without a name, the folder for your own.")] = None,
) -> None:
    """Where your own sets are, or one set."""
    context: Context = ctx.obj
    sys.stdout.write(f"{context.own_prompts if name is None else folder_of(name, context.own_prompts)}\n")
