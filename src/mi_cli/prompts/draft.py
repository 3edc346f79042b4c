"""Writes the files of a new set, to be edited. It builds on a shipped set, whose words are in them as comments."""

from typing import Any

from mi_cli.prompts.source import Source
from mi_cli.records.terms import Stage
from mi_cli.words.prompt_sets.model import PromptSetWords


def files(name: str, base: Source, words: PromptSetWords) -> dict[str, str]:
    """Returns the texts of the files of a new set, by file name. `name` is the set's, `base` the set it builds on."""
    import tomli_w

    head = {"extends": base.folder.name, "title": f"{base.document('set.toml')['title']} · {name}", "version": "1"}
    names = {"name": name, "base": base.folder.name}
    texts = {"set.toml": f"{_commented(words.draft_set.format(**names))}\n{tomli_w.dumps(head)}"}
    for stage in Stage:
        prompts = base.document(f"{stage}.toml")["prompt"]
        about = words.draft_stage.format(stage=stage, first=prompts[0]["id"], **names)
        texts[f"{stage}.toml"] = "\n".join(
            [_commented(about), *(_table("prompt", {key: item[key] for key in ("id", "say")}) for item in prompts)]
        )
    tables = [_table(name, item) for name in ("line", "concern") for item in base.document("safety.toml")[name]]
    return texts | {"safety.toml": "\n".join([_commented(words.draft_safety.format(**names)), *tables])}


def _table(name: str, item: dict[str, Any]) -> str:
    import tomli_w

    return _commented(f"[[{name}]]\n{tomli_w.dumps(item)}")


def _commented(text: str) -> str:
    return "".join(f"# {row}".rstrip() + "\n" for row in text.strip().split("\n"))
