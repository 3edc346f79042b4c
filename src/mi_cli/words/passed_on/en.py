"""The texts of the commands about what was passed on in English."""

from typing import Final

from mi_cli.words.passed_on.model import PassedOnWords

EN: Final = PassedOnWords(
    whole=("1 entry, and the log is whole.", "{count} entries, and the log is whole."),
    files={
        "same": "{path} is as it went out.",
        "changed": "{path} was changed after it went out.",
        "gone": "{path} is no longer there.",
    },
)
