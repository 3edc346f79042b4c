"""The texts of `mi doctor` and `mi demo` in Spanish."""

from typing import Final

from mi_cli.words.doctor.model import DoctorWords

ES: Final = DoctorWords(
    labels={"with": "con", "terminal": "terminal", "config": "ajustes", "store": "almacén", "prompts": "frases"},
    python="{version} en {system}",
    sound="en orden",
    set_sound="{name}: en orden",
    protection="protección: {protection}",
    check_reads_all="`mi store check` lee todos los registros",
    unknown="no se sabe",
    plain="solo texto",
    styled="con formato",
    invented="Un cliente inventado, {code}, con tres entrevistas. Nadie real está detrás de estas palabras.",
    suggested=(
        "primero la más reciente",
        "todo lo de la última",
        "para leérselo",
        "el plan",
        "la copia del propio cliente",
        "una suya",
    ),
    plays="`mi demo interview` reproduce una, línea por línea. La carpeta se puede borrar cuando quiera.",
    folder_taken="Ya hay un almacén en esa carpeta.",
    another_folder="Indique una carpeta nueva para la demostración, o no indique ninguna.",
)
