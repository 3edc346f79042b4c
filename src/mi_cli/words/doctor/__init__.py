"""The texts of `mi doctor` and `mi demo`."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.doctor.model import DoctorWords

doctor_words: "Selector[DoctorWords]" = Selector(__name__)
