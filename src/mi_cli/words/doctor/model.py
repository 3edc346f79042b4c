"""The shape of the texts of `mi doctor` and `mi demo`."""

from collections.abc import Mapping

from mi_cli.words.texts import Texts


class DoctorWords(Texts):
    """Texts. Braces are placeholders for numbers, days, codes and commands, never for a client's words."""

    # What `mi doctor` tells.
    labels: Mapping[str, str]
    python: str
    sound: str
    set_sound: str
    protection: str
    check_reads_all: str
    unknown: str
    plain: str
    styled: str

    # What `mi demo` tells.
    invented: str
    suggested: tuple[str, ...]
    plays: str
    folder_taken: str
    another_folder: str
