"""The texts of the commands about prompt sets in Spanish."""

from typing import Final

from mi_cli.words.prompt_sets.model import PromptSetWords

ES: Final = PromptSetWords(
    no_such_prompt="Este conjunto no tiene esa pregunta.",
    show_them="`mi prompts show {name}` las muestra.",
    no_such_base="No existe ese conjunto del que partir.",
    bases="--from toma uno de los que trae mi: {names}.",
    builds_on="Un conjunto llamado {name} parte del conjunto {name}.",
    another_name="Dele otro nombre.",
    there_already="Ya hay un conjunto con ese nombre.",
    it_is_in="Está en {folder}",
    written="Escrito en {folder}",
    edit_there="Edite ahí los archivos; `mi prompts check {name}` los revisa.",
    none_of_your_own="Todavía no tiene conjuntos propios. `mi prompts new NOMBRE` crea uno.",
    nothing_to_mend="Nada que corregir: {names}",
    no_such_set="No hay ningún conjunto de preguntas con ese nombre.",
    list_sets="`mi prompts list` muestra los conjuntos que hay.",
    folder_unread="No se puede leer la carpeta con sus conjuntos de preguntas: {why}.",
    no_such_language="No hay preguntas en ese idioma.",
    list_or_set="`mi prompts list` muestra los conjuntos; --set usa uno.",
    more_to_mend="{finding} Hay más que corregir ({count}).",
    check_shows="`mi prompts check` con el nombre del conjunto muestra todo lo que hay que corregir.",
)
