"""`mi prompts`: the prompt sets."""

from dataclasses import asdict
from typing import Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.errors import Damaged, Failed

app = typer.Typer(help="Prompt sets.", no_args_is_help=True, rich_markup_mode=None)

AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]


@app.command("list")
def list_sets(ctx: typer.Context, as_json: AsJson = False) -> None:
    """The sets there are."""
    from mi_cli.prompts.load import BadPromptFile, available, load_folder

    context: Context = ctx.obj
    items, damaged = [], []
    for name, folder in available(context.own_prompts).items():
        try:
            found = load_folder(folder)
        except BadPromptFile as error:
            damaged.append(Damaged(f"prompt set {name}", error.message.rstrip(".")))
            continue
        count = sum(len(guide.prompts) for guide in found.stages.values())
        items.append(
            {
                "name": name,
                "title": found.title,
                "language": found.language,
                "version": found.version,
                "prompts": count,
                "digest": found.digest,
            }
        )
    if as_json:
        output.show_list_json(items, damaged)
        return
    rows = [tuple(str(item[key]) for key in ("name", "language", "version", "prompts", "title")) for item in items]
    output.show_table(("NAME", "LANGUAGE", "VERSION", "PROMPTS", "TITLE"), rows)
    output.warn_damaged(damaged)


@app.command()
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The set's name.")] = "en",
    prompt: Annotated[str | None, typer.Argument(help="One prompt, by its id.")] = None,
    as_json: AsJson = False,
) -> None:
    """A set, stage by stage, or one prompt of it with everything that belongs to it."""
    from mi_cli.prompts.load import load
    from mi_cli.terminal.record_pages import prompt_page, set_page
    from mi_cli.terminal.words import words_for

    context: Context = ctx.obj
    found = load(name, context.own_prompts)
    if prompt is None:
        if as_json:
            facts = {key: getattr(found, key) for key in ("name", "title", "language", "version", "digest")}
            output.show_json({**facts, "stages": {stage: asdict(guide) for stage, guide in found.stages.items()}})
            return
        context.screen.show(set_page(found, words_for(found.language)))
        return
    one = found.prompt(prompt)
    if one is None:
        raise Failed("There is no such prompt in this set.", f"`mi prompts show {found.name}` shows them.")
    if as_json:
        output.show_json(asdict(one))
        return
    context.screen.show(prompt_page(one))
