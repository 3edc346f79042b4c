"""The shape of the texts of the commands about what was passed on."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, eq=False, repr=False)
class PassedOnWords:
    """Texts. Braces are placeholders for numbers, days, codes and commands, never for a client's words."""

    # Whether the log is whole, and the documents are as they went out.
    whole: tuple[str, str]
    files: Mapping[str, str]
