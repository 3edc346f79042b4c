"""The texts of the settings in English."""

from typing import Final

from mi_cli.words.settings.model import SettingWords

EN: Final = SettingWords(
    about={
        "store": "the folder with the records",
        "counselor": "your name, as it stands in the records",
        "credentials": "your credentials, as they stand beside your name on what is passed on",
        "telephone": "the number under which a recipient reaches you",
        "language": "the language of the companion and its prompts",
        "prompt_set": "the prompt set to use",
        "show_tally": "show the counts of change and sustain talk in the bar",
        "protection": "required: no store is made without a passphrase where nobody can be asked; else optional",
        "keyring": "take the passphrase from the system's keyring; `mi store protect --keyring` puts it there",
        "auto_lock": "minutes without a key after which an interview hides and asks for the passphrase; 0: never",
        "due.not_seen_days": "days after which a client without an interview or a contact is due; else 30",
        "safety.contacts": "whom to reach in an emergency, for the safety card",
        "program.name": "your program, as it stands on consents and cover sheets",
        "program.contact": "whom to tell of a handoff that reached the wrong person",
        "program.recipients": "who in your own program may get a handoff; kept in the store, not in the config file",
        "jurisdiction": "whose rules a handoff follows: us-part2, or general with your agency's own notice",
        "note.profile": "what a progress note must hold: general, us-ok, us-il, us-nh, or a profile of your own",
        "billing.hints": "show in progress notes which band of minutes the time falls into; never a code",
        "notice.text": "your agency's notice, for the jurisdiction general",
    },
    no_such_setting="There is no such setting.",
    there_are="The settings are: {keys}.",
    true_or_false="{key} is true or false.",
    number="{key} is a number, up to {most}.",
    one_of="{key} is one of these: {values}.",
    changed="{key} is set.",
    taken_away="{key} is no longer set.",
)
