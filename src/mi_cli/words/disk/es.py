"""The texts about the disk, in Spanish."""

import errno
from typing import Final

from mi_cli.words.disk.model import DiskWords

ES: Final = DiskWords(
    reasons={
        errno.ENOSPC: "el disco está lleno",
        errno.EDQUOT: "se agotó la cuota de disco",
        errno.EFBIG: "el archivo sería más grande de lo que permite el sistema",
        errno.EROFS: "la carpeta es de solo lectura",
        errno.EACCES: "no hay permiso de acceso",
        errno.EPERM: "no hay permiso de acceso",
        errno.EIO: "el disco informó de un error",
        errno.EMFILE: "hay demasiados archivos abiertos",
        errno.ENFILE: "hay demasiados archivos abiertos",
        errno.ENOENT: "la carpeta ya no está",
        errno.ENOTDIR: "hay un archivo en lugar de una carpeta",
        errno.EISDIR: "hay una carpeta en su lugar",
        errno.ENXIO: "en su lugar no hay un archivo común",
        errno.EOVERFLOW: "es más grande que todo lo que guarda mi",
        errno.ELOOP: "sus enlaces dan vueltas en círculo",
        errno.EMLINK: "en su lugar hay un enlace, y no un archivo o una carpeta común",
        errno.ENAMETOOLONG: "el nombre es demasiado largo",
    },
    unfinished_backup="Una copia de seguridad se interrumpió y dejó una copia del almacén: {path}. "
    "Al hacerla de nuevo, se borra.",
    lost_codes="Se conserva. Una copia de seguridad tiene los códigos: `mi store restore` en una carpeta vacía. Si no "
    "hay copia, `mi store check --repair` le da a cada cliente un código inventado.",
    made_up_codes="No se pudieron leer los códigos de los clientes. Ahora cada cliente tiene un código inventado, "
    "también quienes estaban en la papelera: {codes}. Con `mi client edit` se cambia. No se comparte nada hasta que "
    "usted confirme el almacén.",
    taken_back="fue revocado, y en su lugar hay una versión anterior",
    take_back_again="`mi consent revoke` lo anota otra vez.",
    narrowed="fue revocado para un destinatario, o terminó, y en su lugar hay una versión anterior",
    narrow_again="`mi consent revoke --to` o `mi consent ended` lo anota otra vez.",
    no_ordinary_file="Eso no es un archivo común: es una carpeta, una tubería, un socket o un dispositivo.",
    name_ordinary_file="No se cambió nada. Indique un archivo; lo que hay ahí no se reemplaza.",
    no_such_folder="No existe la carpeta donde ponerlo: {parent}",
    nothing_changed="No se cambió nada.",
    not_writable_there="Ahí no se puede escribir: {reason}.",
    name_another="No se cambió nada. Indique otro archivo.",
    not_writable_folder="En esa carpeta no se puede escribir: {parent}",
    saved_before_whole="Lo que se guardó antes está completo. `mi doctor` revisa el almacén.",
    folder_is="La carpeta es {parent}. {hint}",
    not_saved="No se guardó: {reason}.",
    system_refused="el sistema lo rechazó",
    in_use="Está en uso {held_by}.",
    close_it_there="Ciérrelo allí primero, o espere a que termine.",
    held_by="por {name} (proceso {process}) desde {since}",
    held_by_another="por otro proceso",
)
