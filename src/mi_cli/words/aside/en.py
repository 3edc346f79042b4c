"""What is said about records that were set aside, in English."""

from typing import Final

from mi_cli.words.aside.model import AsideWords

EN: Final = AsideWords(
    when="WHEN",
    client="CLIENT",
    name="NAME",
    nothing="Nothing was set aside.",
    not_found="Nothing of that name was set aside.",
    how_to_list="`mi store aside` shows what was set aside.",
    several="{count} files that were set aside have that in their names.",
    name_more="Give more of the name.",
    title="Set aside on {when}: {name}",
)
