"""Why the operating system refused a file, in Spanish."""

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
        errno.ENAMETOOLONG: "el nombre es demasiado largo",
    },
)
