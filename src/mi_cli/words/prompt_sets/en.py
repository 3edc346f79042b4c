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
    no_such_set="There is no prompt set of that name.",
    list_sets="`mi prompts list` shows the sets there are.",
    folder_unread="The folder with your prompt sets cannot be read: {why}.",
    no_such_language="There are no prompts in that language.",
    list_or_set="`mi prompts list` shows the sets; --set uses one.",
    more_to_mend="{finding} There is more to mend ({count}).",
    check_shows="`mi prompts check` and the set's name shows all that is to be mended.",
)
