"""What is said to text from outside, in Spanish."""

from typing import Final

from mi_cli.records.outside_keys import FileKind, NameOf, Untaken
from mi_cli.words.outside.model import OutsideWords

ES: Final = OutsideWords(
    kinds={
        FileKind.PDF: "Es un PDF, no texto sin formato.",
        FileKind.ZIP: "Es un archivo de Word, OpenDocument u otro archivo ZIP, no texto sin formato.",
        FileKind.OFFICE: "Es un archivo antiguo de Word, Excel o PowerPoint, no texto sin formato.",
        FileKind.RTF: "Es un archivo RTF, no texto sin formato.",
        FileKind.ARCHIVE: "Es un archivo comprimido, no texto sin formato.",
        FileKind.IMAGE: "Es una imagen, no texto sin formato.",
        FileKind.MEDIA: "Es un archivo de sonido o de video, no texto sin formato.",
        FileKind.DATABASE: "Es una base de datos SQLite, no texto sin formato.",
        FileKind.MARKUP: "Es una página web u otro archivo XML, no texto sin formato.",
        FileKind.SUBTITLES: "Son subtítulos, no las líneas de una entrevista.",
        FileKind.BINARY: "No es texto: tiene NUL u otros bytes que ningún texto tiene.",
        FileKind.WIDE: "Es UTF-16 o UTF-32, y aquí solo se acepta UTF-8.",
        FileKind.NOT_UTF8: "No es UTF-8.",
        FileKind.UNREADABLE: "No es UTF-8 ni Windows-1252, o no está en la codificación que se indicó.",
    },
    at_line="Línea {n}: {text}",
    save_as_text="No se cambió nada. Guárdelo como texto sin formato en UTF-8 e inténtelo otra vez.",
    name_encoding="O indique su codificación, por ejemplo --encoding utf-16-le.",
    read_as_windows="No es UTF-8 y se leyó como Windows-1252: línea {lines}. Compruebe las palabras.",
    unreadable="No se puede leer la entrada: {reason}.",
    config_unreadable="No se puede leer el archivo de configuración: {reason}.",
    config_not_text="No se puede leer el archivo de configuración. {text}",
    config_not_toml="El archivo de configuración no es TOML válido: {reason}.",
    config_not_ours="El archivo de configuración no es de mi.",
    config_unknown_key="El archivo de configuración tiene un ajuste que mi no conoce.",
    config_wrong_value="El archivo de configuración tiene un valor incorrecto para {key}.",
    config_mend="Corríjalo o llévelo a otro lugar: {file}",
    config_mend_value="`mi config set {key} …` lo corrige.",
    config_mend_key="Quítelo de {file}. Los ajustes son: {keys}.",
    config_gone_without="mi sigue sin ninguno de los ajustes.",
    config_needed="Mientras no se pueda leer el archivo de configuración, no se comparte nada ni se crea ningún "
    "almacén: puede decir dónde, para quién y según qué reglas.",
    names_of={
        NameOf.CLIENT: "un código de cliente",
        NameOf.PROMPT_SET: "el nombre de un conjunto de frases",
    },
    names_like={
        NameOf.CLIENT: "J-014. Nada en él debe decir quién es el cliente",
        NameOf.PROMPT_SET: "nuestras",
    },
    untaken={
        Untaken.NAME_TOO_LONG: "Para {what}, eso es demasiado largo: tiene más de {most} caracteres.",
        Untaken.NO_NAME: "Eso no puede ser {what}.",
        Untaken.NAME_RESERVED: "Eso tiene un significado propio y no puede ser {what}.",
        Untaken.RECIPIENT_UNSEEN: "Un destinatario necesita un nombre que tenga letras.",
        Untaken.RECIPIENT_TOO_LONG: "El nombre de un destinatario tiene como máximo {most} caracteres.",
        Untaken.RECIPIENT_CONTROLS: "El nombre de un destinatario es una sola línea, sin caracteres de control.",
        Untaken.NO_ENCODING: "No existe esa codificación.",
    },
    untaken_how={
        Untaken.NAME_TOO_LONG: "Basta uno corto, por ejemplo {like}.",
        Untaken.NO_NAME: "Letras y cifras, con - _ o . entre ellas y sin espacios, por ejemplo {like}.",
        Untaken.NAME_RESERVED: "Sirve cualquier otro, por ejemplo {like}.",
        Untaken.RECIPIENT_UNSEEN: "No se compartió nada, y no se guardó nada.",
        Untaken.RECIPIENT_TOO_LONG: "No se compartió nada, y no se guardó nada.",
        Untaken.RECIPIENT_CONTROLS: "No se compartió nada, y no se guardó nada.",
        Untaken.NO_ENCODING: "Los nombres son utf-8, utf-16-le, cp1252, latin-1, cp850, shift_jis …",
    },
)
