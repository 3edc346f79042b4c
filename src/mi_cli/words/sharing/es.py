"""The texts about who may get a handoff, in Spanish."""

from typing import Final

from mi_cli.words.sharing.model import SharingWords

ES: Final = SharingWords(
    members="Integrantes de su programa, que pueden recibir un informe sin consentimiento: {names}",
    members_in_config=(
        "El archivo de configuración nombra a integrantes de su programa: {names}. Solo cuentan cuando están en el "
        'almacén: `mi config set program.recipients "{names}"` los pone ahí.'
    ),
    members_not_known="No se muestran los integrantes del programa (program.recipients): {why}",
    unread_consent=(
        "Un consentimiento de este cliente no se puede leer. Puede que nombrara a ese destinatario y se haya revocado."
    ),
    unread_consent_remedy=(
        "`mi store check` dice cuál es. `mi consent add {code}` registra uno nuevo que nombre al destinatario."
    ),
    made_of_meanwhile=("El plan o el nombre del cliente cambió mientras se hacía el documento. No se compartió nada."),
    try_again="Hágalo de nuevo: entonces tendrá lo que hay ahora.",
    as_it_was="Lo que se compartió se da tal como fue.",
    as_it_was_hint="Con --as-sent solo se puede dar --to, -o, --lang y --yes.",
    nothing_sent="Hasta ahora no se compartió nada, o nada con esa persona.",
    nothing_sent_hint="`mi disclosures list` muestra todo lo que se compartió.",
    other_format="Se compartió como {format}.",
    other_format_hint="Termine el nombre del archivo en .{format}.",
    not_as_sent="Ese documento ya no está donde se dejó, y el plan cambió desde entonces. No se compartió nada.",
    not_as_sent_hint=(
        "Quien lo recibió puede dar una copia. `mi goals export {code} --client-copy` hace la página de hoy para el "
        "cliente."
    ),
    ends_with="El consentimiento {id} termina con esto: {event}.",
    event_remedy="`mi consent ended {id} --on DÍA` registra que ocurrió.",
    ask_event="{ends} ¿Ocurrió ya? s/N: ",
    has_ended="No se compartió nada: el consentimiento ha terminado.",
    to_the_client="La copia del cliente es para el propio cliente.",
    leave_out_to="Omita --to y --basis, o --client-copy.",
    large_for_client="La letra grande es para la copia del cliente.",
    large_makes="--client-copy --large-print la hace.",
    languages="Los documentos están en inglés o en español.",
    give_language="--lang en, o --lang es.",
    draft_is_text="Un borrador es texto en la pantalla, no un archivo.",
    leave_out_file="Omita -o y --format, o --draft.",
    is_empty="Nada de lo que tiene se puede compartir, así que está vacío.",
    ask_empty="¿Compartirlo de todos modos?",
    name_not_set="Falta su nombre, así que figura su nombre de usuario. `mi config set counselor NOMBRE` lo pone.",
    ask_for_recipient="Para quien lo recibe: {about} (Enter lo omite): ",
    ending_differs="El final del nombre del archivo indica otro formato.",
    end_name_in="Omita --format, o haga que el nombre termine en .{format}.",
    not_for_screen="Ese formato no se puede mostrar en la pantalla.",
    file_instead="`-o handoff.{format}` lo guarda en un archivo.",
    made_for="Hecho para {name}: {file}. `mi disclosures list` lo tiene.",
    made_for_client="Hecho para el cliente: {file}. `mi disclosures list` lo tiene.",
    logged_for="Anotado como compartido con {name}.",
    logged_for_client="Anotado como compartido con el cliente.",
    no_such_ending="mi no hace archivos con esa terminación.",
    endings="Use una de estas: {endings}.",
    page_to_read="La copia del cliente es una página para leer.",
    can_be="Puede ser {endings}.",
    no_pdf="No se pudo hacer el PDF.",
    other_formats="Quizá sirvan los otros formatos: .docx, .html, .md.",
    picture_unnamed="Una imagen de un documento no tiene descripción.",
    report_it="Le pedimos que informe de ello.",
)
