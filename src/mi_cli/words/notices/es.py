"""Our own sentences on a handoff in Spanish. The notices of the law stand in `model`, in English only."""

from typing import Final

from mi_cli.words.notices.model import NoticeWords

ES: Final = NoticeWords(
    notes_kept_apart=(
        "Las notas de consejería nunca forman parte de un informe. Se guardan aparte y no están en este documento."
    ),
    further_under_hipaa=(
        "Una entidad cubierta o un asociado comercial que recibió este expediente para tratamiento, pago u "
        "operaciones de atención médica puede usarlo y divulgarlo de nuevo según lo permite HIPAA, pero no en "
        "procedimientos civiles, penales, administrativos o legislativos contra el cliente."
    ),
    further_as_consented=(
        "Un programa de la parte 2 que no es entidad cubierta ni asociado comercial puede divulgar de nuevo este "
        "expediente solo como lo permite el consentimiento por escrito del cliente."
    ),
    no_further=(
        "Este expediente no se puede pasar a nadie más, salvo que el consentimiento por escrito del cliente lo "
        "permita expresamente o que la parte 2 del título 42 del CFR lo permita de otro modo."
    ),
    further_by_others=(
        "Nadie más puede pasar este expediente a otros, salvo que el consentimiento por escrito del cliente lo "
        "permita expresamente o que la parte 2 del título 42 del CFR lo permita de otro modo."
    ),
    within_program=(
        "Este expediente se queda dentro del programa, con quienes lo necesitan para tratar al cliente o para "
        "derivarlo a tratamiento. Sale del programa solo con el consentimiento por escrito del cliente o como la "
        "parte 2 del título 42 del CFR lo permita de otro modo."
    ),
    misdirected=(
        "Si esto le ha llegado por error, por favor no siga leyendo, avise a {contact} y destruya todas las copias."
    ),
    sender="quien lo envió",
)
