"""The texts of the commands about interviews in Spanish."""

from typing import Final

from mi_cli.words.sessions.model import SessionWords

ES: Final = SessionWords(
    ask_words="¿Qué quiere añadir? ",
    added="Añadido a la entrevista {id} como entrada {n}.",
    no_such_interview="No existe esa entrevista.",
    shows_them="`mi session list` las muestra.",
    ask_delete="La entrevista del {when} con {code} va a la papelera, con sus notas. ¿Seguir?",
    ask_delete_unread="La entrevista con {code} va a la papelera, con sus notas. ¿Seguir?",
    in_trash="Está en la papelera. `mi store trash restore {id}` la recupera.",
)
