"""Spanish."""

from typing import Final

from mi_cli.words.waiting.model import WaitingWords

ES: Final = WaitingWords(
    opening="Abriendo los registros",
    keys="Preparando las claves",
    lock="Otra ventana está guardando; esperando a que termine",
    protecting="Protegiendo los registros",
    unprotecting="Quitando la protección",
    interviews="Leyendo las entrevistas",
    records="Leyendo los registros",
    documents="Preparando el documento",
    purging="Destruyendo lo eliminado",
    demo="Preparando al cliente inventado",
)
