"""The texts around contacts in Spanish."""

from typing import Final

from mi_cli.records.terms import ContactKind, ContactTopic
from mi_cli.words.contacts.model import ContactWords

ES: Final = ContactWords(
    language="es",
    kinds={
        ContactKind.MISSED: "cita a la que no vino",
        ContactKind.CANCELLED: "cita cancelada",
        ContactKind.PHONE: "llamada telefónica",
        ContactKind.RETURN: "respuesta de la TCC",
        ContactKind.OTHER: "otro contacto",
    },
    choices={
        ContactKind.MISSED: "El cliente no vino.",
        ContactKind.CANCELLED: "La cita se canceló o se cambió.",
        ContactKind.PHONE: "Hablamos por teléfono.",
        ContactKind.RETURN: "Respondió el terapeuta de TCC.",
        ContactKind.OTHER: "Otra cosa.",
    },
    topics={
        ContactTopic.WORKED_ON: "Se trabajó en",
        ContactTopic.CHANGED: "Lo que cambió",
        ContactTopic.MOTIVATION: "Dónde baja la motivación",
    },
    questions={
        ContactTopic.WORKED_ON: "¿En qué se trabajó en la TCC?",
        ContactTopic.CHANGED: "¿Qué ha cambiado?",
        ContactTopic.MOTIVATION: "¿Dónde baja la motivación?",
    },
    ask_kind="¿Qué fue?",
    ask_which="Escriba un número:",
    ask_lines="¿Qué debe constar, como un motivo que se dio o la próxima cita?",
    ask_more="¿Algo más?",
    enter_skips="Enter omite la pregunta, b vuelve a la anterior.",
    noted="Anotado para {code}: {kind}, {day}.",
    header=("CLIENTE", "ID", "CUÁNDO", "QUÉ", "ANOTADO"),
    none="Todavía no hay contactos. `mi contact add` con el código del cliente anota uno.",
    last_return="Del terapeuta de TCC, {day}:",
    nobody_to_ask="Hace falta saber qué fue, y no hay una terminal donde preguntar.",
    give_kind="Indique --kind missed, cancelled, phone, return u other.",
    give_dash="Indique - y las palabras por la entrada estándar, o no lo ponga.",
)
