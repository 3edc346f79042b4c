"""The texts about what is to be corrected in a prompt set in English."""

from typing import Final

from mi_cli.words.prompt_findings.model import PromptFindingWords

EN: Final = PromptFindingWords(
    line="line {number}",
    item="{table} number {number}",
    missing_file="this file is missing. A set has set.toml, one file for each stage, and safety.toml.",
    not_shipped="it must be a set that comes with mi: {names}.",
    another_name="a folder named {name} builds on the set {name}; give it another name.",
    no_ordinary_file="this is no ordinary file; put a text file in its place.",
    too_large="this file is over {most} MB; make it smaller.",
    is_utf16="this file is UTF-16; save it as UTF-8.",
    not_utf8="this file is not UTF-8; save it as UTF-8.",
    unreadable="this file cannot be read: {why}.",
    bad_toml="this is not sound TOML: {what}. https://toml.io shows how it is written.",
    missing="this is missing; add it.",
    no_such_key="there is no such key; take it out, or look for a misspelling.",
    one_of="it must be one of {known}.",
    no_such_one_of="there is no {value}; it must be one of {known}.",
    did_you_mean="there is no {value} (did you mean {nearest}?); it must be one of {known}.",
    text_needed='it must be text in quotation marks: "…".',
    list_needed='it must be a list: ["…", "…"].',
    table_needed="it must be a table, with a line for each key.",
    id_form="it must be letters and digits, with - _ or . between them, and at most 64.",
    id_needed='it must be an id in quotation marks: "…".',
    ids_needed='it must be a list of ids: ["…", "…"].',
    language_code="it must be a language code: en, es, pt-BR.",
    id_twice="this id stands twice in the set, here and in {other}; give one of them another id.",
    concern_once="the card has to say what to do about {concern}, once; add a concern, or take the second away.",
    set_name="a set's name is letters and digits, with - _ or . between them; rename the folder.",
    stray_file="no set has a file of that name, and it is not read. The files are {names}.",
    unknown_hidden="there is no prompt {id} in this stage; take it out.",
    unknown_after="there is no prompt {id} in this stage; it comes last for now.",
    card_lacks="the card says nothing about {concern}; what the shipped one says is shown. Add the concern.",
    original_unread="the set that it translates cannot be read. {why}",
    untranslated="prompt {id} of {set} is not translated; add it, or hide it.",
    same_words="it has the same words as in {set}.",
    more_blanks="It has {blanks} blanks (…) and {cues} cues; say for each whose words fill it.",
    more_cues="It has {cues} cues and {blanks} blanks (…); take the others out.",
    nothing_brings_it="Nothing brings it up. Add core = true, a moment in when, or use_only = true.",
    only_a_label="Nothing brings it up. {when} in when is only a label. Add core = true, a moment in when, or "
    "use_only = true.",
    openers_en="what, how, which or “tell me”",
    openers_es="qué, cómo, cuál or cuénteme",
    closed="It is a closed question, or asks too late: after one short sentence at most, begin with {begin}.",
    closed_follow_up="The follow-up “{follow_up}” is a closed question: begin with {begin}.",
    two_in_one="It asks two questions in one; ask the first, reflect, and make the second a follow-up or "
    "another prompt.",
    two_in_follow_up="The follow-up “{follow_up}” asks two questions in one; make two of it.",
    righting="“{match}” tells the client what to do (the righting reflex). Ask, or leave the choice with the client.",
    why_not_higher="“{match}” asks why not higher, which draws out sustain talk; ask why not lower, or what would "
    "raise it.",
    too_long="It has {words} words; {most} are as many as are read at a glance. Shorten it, or make two of it.",
    hard_to_read="It reads at grade {level}; keep it at {most} or below with shorter words and sentences.",
)
