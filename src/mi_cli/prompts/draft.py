"""Writes the files of a new set, to be edited. It builds on a shipped set, whose words are in them as comments."""

from typing import Any, Final

from mi_cli.prompts.source import Source
from mi_cli.records.terms import Stage

_SET: Final = """\
What stands in these files replaces what the set “{base}” says; all else stays as it is there, and gets
better with it. Change, add and hide only what you want otherwise. `mi prompts check {name}` goes through
it; `mi session start --set {name}` uses it, and `mi config set prompt_set {name}` always does.
Is it a translation of another set of yours? Then add a line: translates = "that set"
"""
_STAGE: Final = """\
The stage {stage}, over that of the set “{base}”.
To change a prompt: take the # away before its three lines, and edit the words. Other lines can be added:
kind, evokes, listen_for, follow_ups, note, for, focus, core, use_only, when, needs, cue. `mi prompts show {base} ID`
shows what it has now.
To add one: the same three lines with an id of your own, and its kind: "open-question", "affirmation",
"reflection", "summary", "ruler" or "information". core = true lets it come in the usual order, when = ["lapse"]
after a lapse. A line such as after = "{first}" gives its place.
To leave prompts out: name them above the first [[prompt]], and take the # away:
hide = ["{first}"]
"""
_SAFETY: Final = """\
The safety card, over that of the set “{base}”. Your on-call contacts are no matter of this file:
`mi config set safety.contacts "On call 555-0100; Ms. Vega 555-0101"`.
In another country: take the # away and put your emergency and crisis lines in; these then replace all below.
A concern is changed by its id, like a prompt: id, title, do.
"""


def files(name: str, base: Source) -> dict[str, str]:
    """Returns the texts of the files of a new set, by file name. `name` is the set's, `base` the set it builds on."""
    import tomli_w

    head = {"extends": base.folder.name, "title": f"{base.document('set.toml')['title']} · {name}", "version": "1"}
    names = {"name": name, "base": base.folder.name}
    texts = {"set.toml": f"{_commented(_SET.format(**names))}\n{tomli_w.dumps(head)}"}
    for stage in Stage:
        prompts = base.document(f"{stage}.toml")["prompt"]
        about = _STAGE.format(stage=stage, first=prompts[0]["id"], **names)
        texts[f"{stage}.toml"] = "\n".join(
            [_commented(about), *(_table("prompt", {key: item[key] for key in ("id", "say")}) for item in prompts)]
        )
    tables = [_table(name, item) for name in ("line", "concern") for item in base.document("safety.toml")[name]]
    return texts | {"safety.toml": "\n".join([_commented(_SAFETY.format(**names)), *tables])}


def _table(name: str, item: dict[str, Any]) -> str:
    import tomli_w

    return _commented(f"[[{name}]]\n{tomli_w.dumps(item)}")


def _commented(text: str) -> str:
    return "".join(f"# {row}".rstrip() + "\n" for row in text.strip().split("\n"))
