"""The texts of `mi doctor` and `mi demo`."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.doctor.model import DoctorWords


def doctor_words(tag: str | None) -> "DoctorWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.doctor.es import ES

        return ES
    from mi_cli.words.doctor.en import EN

    return EN
