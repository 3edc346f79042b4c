"""The texts about who may get a handoff, in Spanish."""

from typing import Final

from mi_cli.words.sharing.model import SharingWords

ES: Final = SharingWords(
    members="Integrantes de su programa, que pueden recibir un traspaso sin consentimiento: {names}",
    members_in_config=(
        "El archivo de configuración nombra a integrantes de su programa: {names}. Solo cuentan cuando están en el "
        'almacén: `mi config set program.recipients "{names}"` los pone ahí.'
    ),
    members_not_known="No se muestran los integrantes del programa (program.recipients): {why}",
    unread_consent=(
        "Un consentimiento de este cliente no se puede leer. Puede que nombrara a ese destinatario y se haya retirado."
    ),
    unread_consent_remedy=(
        "`mi store check` dice cuál es. `mi consent add {code}` registra uno nuevo que nombre al destinatario."
    ),
    made_of_meanwhile=("El plan o el nombre del cliente cambió mientras se hacía el documento. No se entregó nada."),
    try_again="Hágalo de nuevo: entonces tendrá lo que hay ahora.",
    as_it_was="Lo que se entregó se da tal como fue.",
    as_it_was_hint="Con --as-sent se puede dar --to, -o, --lang y --yes.",
    nothing_sent="No se le entregó nada.",
    nothing_sent_hint="`mi disclosures list` muestra todo lo que se entregó.",
    other_format="Se entregó como {format}.",
    other_format_hint="Termine el nombre del archivo en .{format}.",
    not_as_sent="Ese documento ya no está donde se dejó, y el plan cambió desde entonces. No se entregó nada.",
    not_as_sent_hint=(
        "Quien lo recibió puede dar una copia. `mi goals export {code} --client-copy` hace la página de hoy para la "
        "persona."
    ),
    ends_with="El consentimiento {id} termina con esto: {event}.",
    event_remedy="`mi consent ended {id} --on DAY` registra que ocurrió.",
    ask_event="{ends} ¿Ocurrió ya? s/N: ",
    has_ended="No se entregó nada: el consentimiento ha terminado.",
)
