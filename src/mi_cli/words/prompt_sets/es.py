"""The texts of the commands about prompt sets in Spanish."""

from typing import Final

from mi_cli.words.prompt_sets.model import PromptSetWords

ES: Final = PromptSetWords(
    no_such_prompt="Este conjunto no tiene esa frase.",
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
    set_named="el conjunto de frases {name}",
    no_such_set="No hay ningún conjunto de frases {name}.",
    list_sets="`mi prompts list` muestra los conjuntos que hay.",
    folder_unread="No se puede leer la carpeta con sus conjuntos de frases: {why}.",
    no_such_language="No hay frases en ese idioma.",
    list_or_set="`mi prompts list` muestra los conjuntos; --set usa uno.",
    more_to_mend="{finding} Hay más que corregir ({count}).",
    check_shows="`mi prompts check` con el nombre del conjunto muestra todo lo que hay que corregir.",
    draft_set="""\
Lo que está en estos archivos reemplaza lo que dice el conjunto «{base}»; todo lo demás queda como está allí
y mejora con él. Cambie, agregue y oculte solo lo que quiera distinto. `mi prompts check {name}` lo revisa;
`mi session start --set {name}` lo usa, y `mi config set prompt_set {name}` lo usa siempre.
¿Es la traducción de otro conjunto suyo? Entonces agregue una línea: translates = "ese conjunto"
""",
    draft_stage="""\
La etapa {stage}, sobre la del conjunto «{base}».
Para cambiar una frase: quite el # de sus tres líneas y edite las palabras. Otras líneas
que se pueden agregar: kind, evokes, listen_for, follow_ups, note, for, focus, core, use_only, when, needs, cue.
`mi prompts show {base} ID` muestra lo que tiene ahora.
Para agregar una: las mismas tres líneas con un id propio, y su kind: "open-question", "affirmation",
"reflection", "summary", "ruler" o "information". core = true la pone en el orden habitual, when = ["lapse"]
después de un tropiezo. Una línea como after = "{first}" le da su lugar.
Para no usar algunas: nómbrelas arriba de la primera [[prompt]] y quite el #:
hide = ["{first}"]
""",
    draft_safety="""\
La tarjeta de seguridad, sobre la del conjunto «{base}». Sus contactos de guardia no van en este archivo:
`mi config set safety.contacts "Guardia 555-0100; Sra. Vega 555-0101"`.
En otro país: quite el # y ponga sus líneas de emergencia y de crisis; reemplazan todas las de abajo.
Una situación se cambia por su id, como una frase: id, title, do.
""",
)
