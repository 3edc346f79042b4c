"""The texts of `mi doctor` and `mi demo` in English."""

from typing import Final

from mi_cli.words.doctor.model import DoctorWords

EN: Final = DoctorWords(
    labels={"with": "with", "terminal": "terminal", "config": "config", "store": "store", "prompts": "prompts"},
    python="{version} on {system}",
    sound="sound",
    set_sound="{name}: sound",
    protection="protection: {protection}",
    check_reads_all="`mi store check` reads every record",
    unknown="unknown",
    plain="plain text",
    styled="styled",
    invented="An invented client, {code}, with three interviews. Nobody real is behind these words.",
    suggested=(
        "newest first",
        "all of the last one",
        "to read back",
        "the plan",
        "the client's own copy",
        "one of your own",
    ),
    plays="`mi demo interview` plays one of them, line by line. The folder can be deleted at any time.",
    folder_taken="There is a store in that folder already.",
    another_folder="Name a new folder for the demo, or leave it out.",
)
