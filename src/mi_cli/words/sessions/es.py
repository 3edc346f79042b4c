"""The texts of the commands about interviews in Spanish."""

from typing import Final

from mi_cli.words.sessions.model import SessionWords

ES: Final = SessionWords(
    ask_words="¿Qué quiere agregar? ",
    added="Agregado a la entrevista {id} como entrada {n}.",
    no_such_interview="No existe esa entrevista.",
    shows_them="`mi session list` las muestra.",
    ask_delete="La entrevista del {when} con {code} va a la papelera, con sus notas. ¿Seguir?",
    ask_delete_unread="La entrevista con {code} va a la papelera, con sus notas. ¿Seguir?",
    in_trash="Está en la papelera. `mi store trash restore {id}` la recupera.",
    is_closed="Esa entrevista está cerrada.",
    closed_instead="`mi session amend` le agrega algo; `mi session start` comienza otra.",
    both_times="Para anotar una entrevista después hacen falta las dos horas.",
    end_after_start="Una entrevista termina después de comenzar, y no en el futuro.",
    give_times="--started HORA --ended HORA",
    no_time="mi no entendió esa hora.",
    time_so="Escríbala así: 2026-11-20T14:00",
    skipped_time="Aquí no hubo esa hora: se adelantaron los relojes.",
    skipped_so="Dé una que sí hubo, o una con su diferencia horaria: 2026-03-08T03:30-04:00",
)
