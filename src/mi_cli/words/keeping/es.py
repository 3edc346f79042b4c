"""The texts of the commands that keep the store: making, checking, trash and backups in Spanish."""

from typing import Final

from mi_cli.records.terms import Protection
from mi_cli.words.keeping.model import KeepingWords

ES: Final = KeepingWords(
    made="Creado: {folder}",
    there_already="Ya hay un almacén: {folder}",
    made_meanwhile="Mientras tanto otro comando creó aquí un almacén. Este no cambió nada.",
    made_meanwhile_how="Se abre con la contraseña con la que se creó, y no con la que se dio ahora.",
    about=("carpeta", "protección", "clientes", "entrevistas"),
    protection={
        Protection.NONE: "ninguna",
        Protection.PASSPHRASE: "contraseña",
        Protection.PROTECTING: "a medias",
        Protection.UNPROTECTING: "a medias",
    },
    checking="Comprobando",
    all_sound=("El único registro está bien.", "Los {count} registros están bien."),
    sound=("1 registro está bien", "{count} registros están bien"),
    to_look_at=("1 cosa por mirar", "{count} cosas por mirar"),
    set_aside=(
        "Se apartó 1 archivo, en {{folder}} del almacén:",
        "Se apartaron {count} archivos, en {{folder}} del almacén:",
    ),
    nothing_to_confirm="El almacén está como esta computadora lo conoce. No hay nada que confirmar.",
    in_force="Estos consentimientos constan como no revocados. `mi consent revoke` revoca uno:",
    ask_confirm="¿No se revocó ninguno, y lo demás está como debe?",
    confirmed="Confirmado, y anotado.",
    ask_unprotect="Quien tenga acceso a este disco podrá leer todos los registros. ¿Seguir?",
    opens_with_another="Cambiada. Las copias de seguridad anteriores se abren con la contraseña anterior.",
    brought_back="Recuperado.",
    deleted_interview="entrevista del {day} con {code}, borrada {when}",
    deleted_client="cliente {code}, borrado {when}",
    ask_purge=(
        "1 cosa borrada se destruirá para siempre, primero su clave. {{out_of_reach}} ¿Seguir?",
        "{count} cosas borradas se destruirán para siempre, primero sus claves. {{out_of_reach}} ¿Seguir?",
    ),
    out_of_reach="Las copias de seguridad, los documentos ya entregados y otras copias quedan fuera de alcance.",
    purged=("Se destruyó 1 cosa.", "Se destruyeron {count} cosas."),
    shared_stays=(
        "Los consentimientos y lo compartido se conservan hasta el {until}; una vez recuperados, `mi disclosures "
        "accounting` los lee."
    ),
    shared_law=(
        "También están los consentimientos y el registro de lo compartido. Un cliente puede preguntar durante tres "
        "años qué se compartió (42 CFR 2.25), y esos documentos se guardan seis (45 CFR 164.316)."
    ),
    ask_keep_shared="¿Conservarlos hasta el {until}? S/n: ",
    ask_replace_file="Ya hay un archivo con ese nombre. ¿Reemplazarlo?",
    backing_up="Copiando",
    backed_up=(
        "1 archivo, leído de nuevo y en orden: {{file}}",
        "{count} archivos, leídos de nuevo y en orden: {{file}}",
    ),
    not_encrypted="No está cifrada, porque el almacén tampoco lo está: guárdela donde nadie más pueda leerla.",
    comparing="Comparando",
    backup_of="Una copia de seguridad del {when}.",
    actions={
        "new": "no están en el almacén: se recuperan",
        "older_here": "más antiguos en el almacén: se reemplazan, y los antiguos se apartan",
        "newer_here": "más recientes en el almacén: se quedan como están",
        "deleted_here": "borrados aquí desde entonces: `mi store trash restore` los recupera",
        "taken_back_here": "consentimientos revocados desde entonces: siguen revocados",
        "same": "iguales",
    },
    ask_replace_newer="Más recientes aquí: {count}. ¿Reemplazarlos también? Enter los conserva, s los reemplaza: ",
    nothing_to_restore="No hay nada que recuperar.",
    ask_restore=("Se recupera 1 archivo. ¿Seguir?", "Se recuperan {count} archivos. ¿Seguir?"),
    restoring="Recuperando",
    restored=(
        "1 archivo recuperado. `mi store check` lo lee todo.",
        "{count} archivos recuperados. `mi store check` lo lee todo.",
    ),
)
