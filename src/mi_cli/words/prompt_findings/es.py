"""The texts about what is to be corrected in a prompt set in Spanish."""

from typing import Final

from mi_cli.words.prompt_findings.model import PromptFindingWords

ES: Final = PromptFindingWords(
    line="línea {number}",
    item="{table} número {number}",
    missing_file="falta este archivo. Un conjunto tiene set.toml, un archivo por etapa y safety.toml.",
    not_shipped="tiene que ser un conjunto que viene con mi: {names}.",
    another_name="una carpeta llamada {name} parte del conjunto {name}; dele otro nombre.",
    no_ordinary_file="no es un archivo normal; ponga un archivo de texto en su lugar.",
    too_large="este archivo pasa de {most} MB; redúzcalo.",
    is_utf16="este archivo está en UTF-16; guárdelo en UTF-8.",
    not_utf8="este archivo no está en UTF-8; guárdelo en UTF-8.",
    unreadable="no se puede leer este archivo: {why}.",
    bad_toml="esto no es TOML válido: {what}. https://toml.io explica cómo se escribe.",
    missing="falta; agréguelo.",
    no_such_key="esa clave no existe; quítela o busque un error al escribirla.",
    one_of="tiene que ser una de estas opciones: {known}.",
    no_such_one_of="no existe {value}; tiene que ser una de estas opciones: {known}.",
    did_you_mean="no existe {value} (¿quiso decir {nearest}?); tiene que ser una de estas opciones: {known}.",
    text_needed='tiene que ser texto entre comillas: "…".',
    list_needed='tiene que ser una lista: ["…", "…"].',
    table_needed="tiene que ser una tabla, con una línea para cada clave.",
    id_form="tiene que ser de letras y cifras, con - _ o . entre ellas, y de 64 como máximo.",
    id_needed='tiene que ser un identificador entre comillas: "…".',
    ids_needed='tiene que ser una lista de identificadores: ["…", "…"].',
    language_code="tiene que ser un código de idioma: en, es, pt-BR.",
    id_twice="este identificador está dos veces en el conjunto, aquí y en {other}; dele otro a uno de los dos.",
    concern_once="la tarjeta tiene que decir una sola vez qué hacer ante {concern}; agregue lo que falta o quite "
    "el segundo.",
    set_name="el nombre de un conjunto es de letras y cifras, con - _ o . entre ellas; cambie el nombre de la carpeta.",
    stray_file="ningún conjunto tiene un archivo con ese nombre, y no se lee. Los archivos son {names}.",
    unknown_hidden="en esta etapa no hay ninguna frase {id}; quítela.",
    unknown_after="en esta etapa no hay ninguna frase {id}; por ahora va al final.",
    after_itself="una frase no puede ir después de sí misma; esta línea no hace nada.",
    after_one_below="la frase {id} está más abajo en este archivo: póngala antes; por ahora esta va al final.",
    card_lacks="la tarjeta no dice nada sobre {concern}; se muestra lo que dice la que viene con mi. Agréguelo.",
    original_unread="no se puede leer el conjunto que traduce. {why}",
    untranslated="la frase {id} de {set} no está traducida; agréguela u ocúltela.",
    same_words="tiene las mismas palabras que en {set}.",
    more_blanks="Tiene {blanks} huecos (…) y {cues} «cue»; diga para cada uno con qué palabras se llena.",
    more_cues="Tiene {cues} «cue» y {blanks} huecos (…); quite los que sobran.",
    nothing_brings_it="Nada la hace aparecer. Agregue core = true, un momento en when, o use_only = true.",
    only_a_label="Nada la hace aparecer. {when} en when es solo una etiqueta. Agregue core = true, un momento en "
    "when, o use_only = true.",
    openers_en="“what”, “how”, “which” o “tell me”",
    openers_es="qué, cómo, cuál o cuénteme",
    closed="Es una pregunta cerrada o llega tarde: empiece con {begin}, cuando más después de una frase corta.",
    closed_follow_up="La pregunta que sigue, “{follow_up}”, es cerrada: empiece con {begin}.",
    two_in_one="Hace dos preguntas en una; haga la primera, refleje, y deje la segunda para después o para "
    "otra entrada.",
    two_in_follow_up="La pregunta que sigue, “{follow_up}”, hace dos preguntas en una; sepárelas.",
    righting="“{match}” le dice al cliente qué hacer (el reflejo de corregir). Pregunte, o deje que el cliente decida.",
    why_not_higher="“{match}” pregunta por qué no más, y eso provoca lenguaje de mantenimiento; pregunte por qué "
    "no menos, o qué lo haría subir.",
    too_long="Tiene {words} palabras; de un vistazo se leen {most}. Acórtela o sepárela en dos.",
    hard_to_read="Pide un nivel de lectura de grado {level}; con palabras y frases más cortas, que sea de {most} "
    "o menos.",
)
