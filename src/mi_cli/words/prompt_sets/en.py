"""The texts of the commands about prompt sets in English."""

from typing import Final

from mi_cli.words.prompt_sets.model import PromptSetWords

EN: Final = PromptSetWords(
    no_such_prompt="There is no such prompt in this set.",
    show_them="`mi prompts show {name}` shows them.",
    no_such_base="There is no such set to build on.",
    bases="--from takes one that comes with mi: {names}.",
    builds_on="A set named {name} builds on the set {name}.",
    another_name="Give it another name.",
    there_already="There is a set of that name already.",
    it_is_in="It is in {folder}",
    written="Written to {folder}",
    edit_there="Edit the files there; `mi prompts check {name}` goes through them.",
    none_of_your_own="You have no sets of your own yet. `mi prompts new NAME` writes one.",
    nothing_to_mend="Nothing to correct: {names}",
    set_named="prompt set {name}",
    no_such_set="There is no prompt set {name}.",
    list_sets="`mi prompts list` shows the sets there are.",
    folder_unread="The folder with your prompt sets cannot be read: {why}.",
    no_such_language="There are no prompts in that language.",
    list_or_set="`mi prompts list` shows the sets; --set uses one.",
    more_to_mend="{finding} There is more to mend ({count}).",
    check_shows="`mi prompts check` and the set's name shows all that is to be mended.",
    draft_set="""\
What stands in these files replaces what the set “{base}” says; all else stays as it is there, and gets
better with it. Change, add and hide only what you want otherwise. `mi prompts check {name}` goes through
it; `mi session start --set {name}` uses it, and `mi config set prompt_set {name}` always does.
Is it a translation of another set of yours? Then add a line: translates = "that set"
""",
    draft_stage="""\
The stage {stage}, over that of the set “{base}”.
To change a prompt: take the # away before its three lines, and edit the words. Other lines can be added:
kind, evokes, listen_for, follow_ups, note, for, focus, core, use_only, when, needs, cue. `mi prompts show {base} ID`
shows what it has now.
To add one: the same three lines with an id of your own, and its kind: "open-question", "affirmation",
"reflection", "summary", "ruler" or "information". core = true lets it come in the usual order, when = ["lapse"]
after a lapse. A line such as after = "{first}" gives its place.
To leave prompts out: name them above the first [[prompt]], and take the # away:
hide = ["{first}"]
""",
    draft_safety="""\
The safety card, over that of the set “{base}”. Your on-call contacts are no matter of this file:
`mi config set safety.contacts "On call 555-0100; Ms. Vega 555-0101"`.
In another country: take the # away and put your emergency and crisis lines in; these then replace all below.
A concern is changed by its id, like a prompt: id, title, do.
""",
)
