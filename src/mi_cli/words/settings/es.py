"""The texts of the settings in Spanish."""

from typing import Final

from mi_cli.words.settings.model import SettingWords

ES: Final = SettingWords(
    about={
        "store": "la carpeta con los registros",
        "counselor": "el nombre de usted, como aparece en los registros",
        "credentials": "las credenciales de usted, como aparecen junto a su nombre en lo que se comparte",
        "telephone": "el número en el que le localiza quien recibe un informe",
        "language": "el idioma del programa y de sus frases",
        "prompt_set": "el conjunto de frases que se usa",
        "show_tally": "mostrar en la barra cuánto hay de lenguaje de cambio y de mantenimiento",
        "protection": "required: no se crea un almacén sin contraseña donde no hay a quién preguntar; si no, optional",
        "keyring": "tomar la contraseña del llavero del sistema; `mi store protect --keyring` la pone ahí",
        "auto_lock": "minutos sin teclear tras los que una entrevista se oculta y pide la contraseña; 0: nunca",
        "due.not_seen_days": "días tras los que un cliente sin entrevista ni contacto queda pendiente; si no, 30",
        "safety.contacts": "a quién llamar en una emergencia, para la tarjeta de seguridad",
        "program.name": "su programa, como aparece en consentimientos e informes",
        "program.contact": "a quién avisar si un informe llegó a quien no debía",
        "program.recipients": "quién de su programa puede recibir un informe; está en el almacén, no en el archivo",
        "jurisdiction": "qué normas sigue un informe: us-part2, o general con el aviso de su agencia",
        "note.profile": "lo que debe contener una nota de progreso: general, us-ok, us-il, us-nh o un perfil propio",
        "billing.hints": "mostrar en las notas de progreso en qué franja de minutos cae el tiempo; nunca un código",
        "notice.text": "el aviso de su agencia, para la jurisdicción general",
    },
    no_such_setting="No existe ese ajuste.",
    there_are="Los ajustes son: {keys}.",
    true_or_false="{key} es true (sí) o false (no).",
    number="{key} es un número, hasta {most}.",
    one_of="{key} es uno de estos: {values}.",
    changed="Ajuste guardado: {key}.",
    taken_away="Ajuste quitado: {key}.",
)
