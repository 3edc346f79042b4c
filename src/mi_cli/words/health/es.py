"""What `mi doctor` says of the store in Spanish."""

from typing import Final

from mi_cli.records.text_keys import SyncKind
from mi_cli.words.health.model import HealthWords

ES: Final = HealthWords(
    not_writable="No se puede escribir en la carpeta: no se puede guardar nada en ella.",
    shared={
        SyncKind.NETWORK: "La carpeta está en una red.",
        SyncKind.SYNCED: "Un programa copia la carpeta a otras computadoras.",
    },
    one_computer="El bloqueo de aquí no vale para otra computadora: abra cada entrevista en una sola.",
    copies=(
        "Una sincronización dejó 1 copia: `mi store check` la nombra, `--repair` la aparta.",
        "Una sincronización dejó {count} copias: `mi store check` las nombra, `--repair` las aparta.",
    ),
    temporary=(
        "1 archivo temporal de un guardado interrumpido: la próxima entrevista lo borra.",
        "{count} archivos temporales de un guardado interrumpido: la próxima entrevista los borra.",
    ),
    little_space="Solo quedan {free} MB libres en el disco.",
    clock="La última entrevista comienza más tarde que ahora: ¿está bien el reloj de esta computadora?",
    no_backup="Todavía no hay copia de seguridad: `mi store backup ARCHIVO` hace una.",
    old_backup="La última copia de seguridad tiene {days} días: `mi store backup ARCHIVO` hace una.",
    unprotected=(
        "El almacén no está protegido: se creó donde no había a quién preguntar. `mi store protect` "
        "agrega una contraseña."
    ),
    no_sheet="No hay hoja de recuperación: si se pierde la contraseña, se pierde todo. `mi store recovery` crea una.",
    wrong_tries=(
        "Se dio una contraseña equivocada una vez desde el último cambio.",
        "Se dio una contraseña equivocada {count} veces desde el último cambio.",
    ),
)
