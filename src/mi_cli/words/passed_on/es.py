"""The texts of the commands about what was passed on in Spanish."""

from typing import Final

from mi_cli.words.passed_on.model import PassedOnWords

ES: Final = PassedOnWords(
    whole=("1 anotación, y el registro está completo.", "{count} anotaciones, y el registro está completo."),
    files={
        "same": "{path} está como salió.",
        "changed": "{path} se cambió después de salir.",
        "gone": "{path} ya no está.",
    },
)
