"""The texts about protection in Spanish."""

from typing import Final

from mi_cli.records.decoding import Untypable
from mi_cli.words.protection.model import ProtectionWords

ES: Final = ProtectionWords(
    ask_how="Nadie más que usted debería poder leer lo que se guarda aquí. ¿Cómo quiere protegerlo?",
    choice_made_up="seis palabras inventadas para usted, para anotarlas: lo más seguro",
    choice_own="una contraseña propia, de 15 caracteres o más",
    choice_none="nada: el disco de esta computadora está cifrado (BitLocker, FileVault, LUKS) y la cuenta es solo suya",
    choose="1, 2 o 3 (Enter elige 1): ",
    choose_of_two="¿Cuál? Enter elige 1. 1/2: ",
    these_words="Estas son sus palabras:",
    keep_words="Anótelas en papel y guárdelo lejos de esta computadora. Sin ellas nadie puede abrir los registros.",
    type_words="Escríbalas una vez (b: atrás): ",
    words_stay="Las palabras siguen en esta ventana: bórrela, también lo que se puede desplazar, o ciérrela.",
    not_the_same="No es lo mismo. Escríbalo una vez más.",
    new="Contraseña nueva (no se muestra; b vuelve): ",
    new_again="Escríbala otra vez: ",
    short="Tiene menos de 15 caracteres. Bastan unas palabras que solo para usted van juntas.",
    guessable="Una máquina podría adivinarla. Bastan más palabras, o menos comunes.",
    untypable=(
        "Eso no puede ser una contraseña: el carácter {place} es {kind}, que nadie puede escribir. "
        "Si viene de un archivo, guárdelo como texto sin formato en UTF-8."
    ),
    untypable_kinds={
        Untypable.CONTROL: "un carácter de control",
        Untypable.INVISIBLE: "un carácter invisible",
        Untypable.UNREAD: "uno que no se pudo leer",
        Untypable.PRIVATE: "uno de uso privado",
        Untypable.UNKNOWN: "uno que Unicode no define",
    },
    protected="Protegido. La contraseña se pide al abrir el almacén, nunca en medio de una entrevista.",
    unprotected="Se guarda sin contraseña. `mi store protect` la agrega cuando quiera.",
    unasked=(
        "Los registros se guardan en {folder}, sin contraseña: no se dio ninguna y no había a quién preguntar. Quien "
        "tenga acceso a este disco puede leerlos. `mi store protect` agrega una contraseña."
    ),
    undecided="Los registros se guardan sin contraseña: no había a quién preguntar cuando se creó el almacén.",
    cannot_protect_now="Los registros no se pueden proteger en este momento.",
    ask_name="Su nombre, como debe figurar en notas, formularios e informes (Enter: {login}): ",
    ask_credentials="Sus credenciales, por ejemplo LCSW o LADC (Enter: ninguna, b: atrás): ",
    made_alone="El almacén está creado. No se guardó nada más.",
    sealed=(
        "1 archivo está cifrado. Lo que antes no lo estaba puede seguir en copias de seguridad y en espacio libre del "
        "disco.",
        "{count} archivos están cifrados. Lo que antes no lo estaba puede seguir en copias de seguridad y en espacio "
        "libre del disco.",
    ),
    opened=("1 archivo ya no está cifrado.", "{count} archivos ya no están cifrados."),
    left_as_it_is="Estos no se pudieron convertir, o están dañados. Se conservan como están:",
    readable=(
        "Estos archivos en la carpeta del almacén no están cifrados y se pueden leer. Bórrelos o llévelos a otro sitio:"
    ),
    brought_up=(
        "Una versión anterior dejó el almacén protegido a medias. Ahora está protegido. Esta computadora no puede "
        "saber quién escribió lo que aún no estaba cifrado; cuando usted lo haya revisado, `mi store check --confirm` "
        "lo confirma."
    ),
    required="Aquí se exige una contraseña (`mi config get protection`) y no se dio ninguna.",
    required_how=(
        "MI_PASSWORD_COMMAND o MI_PASSWORD_FILE pueden darla donde no hay terminal; en una terminal se pregunta."
    ),
    ask="Contraseña (no se muestra): ",
    tries_left="No es esa. Quedan {tries} intentos.",
    one_try_left="No es esa. Queda un intento.",
    unlocked="Los registros se abren sin la contraseña hasta el {until}. `mi lock` lo termina antes.",
    unlocked_weaker=(
        "Mientras tanto las claves están en {keyring}. Eso protege menos que la memoria: están en el disco, y otros "
        "programas de esta cuenta pueden pedirlas."
    ),
    unlocked_now="se abre sin la contraseña hasta el {until}; `mi lock` lo termina",
    locked="Cerrado. La contraseña se pide de nuevo.",
    was_locked="Ya estaba cerrado.",
    cannot_unlock="Esta computadora no tiene un lugar seguro donde guardar las claves por un rato.",
    cannot_unlock_why=(
        "Estarían en un archivo del disco. Un llavero del sistema serviría (`pip install keyring` junto a mi). "
        "Hasta entonces cada comando pide la contraseña."
    ),
    no_such_time="Ese no es un tiempo durante el que los registros puedan quedar abiertos.",
    time_examples="Escríbalo así: --for 30m, --for 1h o --for 2h30m. Lo más largo es 8h.",
    screen_locked="Todo está guardado. La contraseña vuelve a abrir la pantalla.",
    screen_hidden="Nadie ha escrito durante un rato y se ha borrado la pantalla. Lo escrito sigue aquí.",
    any_line="Enter para seguir: ",
    sheet_offer="Una hoja de recuperación abre los registros si se pierde la contraseña. `mi store recovery` la crea.",
    sheet_now="¿Crearla ahora? s/N: ",
    notes_law=(
        "La hoja abre los registros: metas, planes, fechas, respuestas en las escalas, consentimientos. También puede "
        "abrir las notas de consejería. La ley de EE. UU. (42 CFR 2.11, 45 CFR 164.501) las protege más mientras se "
        "guarden aparte; quien tenga la hoja podría leer lo que se dijo. Sin ello, las notas se pierden con la "
        "contraseña."
    ),
    notes_ask="¿La hoja debe abrir también las notas? s/N: ",
    sheet_where="¿Dónde se escribe la hoja, para imprimirla? (Enter: {file}): ",
    sheet_print="Imprima {file} desde su navegador y oprima Enter aquí: entonces se borra el archivo. ",
    sheet_enter_alone="El archivo sigue ahí. Solo Enter lo borra.",
    sheet_gone="El archivo está borrado. Dé la hoja a su supervisor o guárdela bajo llave, lejos de esta computadora.",
    key_words="Escriba las 21 palabras de la hoja, por filas, de izquierda a derecha. Puede usar varias líneas: ",
    key_words_more="{count} de 21 palabras. Escriba las siguientes, desde la palabra {next} (b: repetir la fila): ",
    key_words_too_many="Son más de 21 palabras. Escríbalas otra vez.",
    key_word_unknown="La palabra {place}, «{word}», no puede estar en una hoja.",
    key_word_nearest="Las más parecidas son: {words}.",
    key_word_again="La palabra {place}, como está en la hoja: ",
    key_word_one="Escriba solo esa palabra.",
    key_words_wrong="No son las palabras de una hoja: una de ellas es otra allí, o dos cambiaron de lugar.",
    key_words_maybe="Quizá la palabra {place} es «{word}».",
    key_word_which="¿Cuál es? Su número; Enter empieza de nuevo: ",
    sheet_title="Hoja de recuperación",
    sheet_made="Creada el {day} para los registros en {folder}. Clave {key}.",
    sheet_opens_records="Abre los registros, no las notas de consejería.",
    sheet_opens_all="Abre los registros y las notas de consejería.",
    sheet_use=(
        "Si se pierde la contraseña: mi store recover, y escribir las palabras por filas, de izquierda a derecha; "
        "después se pone una contraseña nueva. La imagen contiene la misma clave como JWK (RFC 7517), para otros "
        "programas."
    ),
    sheet_keep=(
        "Quien tenga esta hoja y la computadora puede abrir los registros. Guárdela bajo llave, lejos de la "
        "computadora."
    ),
    how_without_terminal="MI_PASSWORD_COMMAND o MI_PASSWORD_FILE pueden dar una contraseña donde no hay terminal.",
    or_unprotected="`mi store init --unprotected` crea un almacén sin ella.",
    given_wrong="La contraseña que se dio no abre el almacén.",
    nothing_changed="No se cambió nada.",
    no_terminal="El almacén está protegido, y no hay terminal donde pedir la contraseña.",
    stays_locked="El almacén sigue cerrado: esa no era la contraseña.",
    not_protected="El almacén no está protegido.",
    protect_it="`mi store protect` lo protege.",
    how_not_said="No se dijo cómo proteger el almacén, y no hay terminal donde preguntar.",
    new_needed="Hace falta una contraseña nueva, y no hay terminal donde pedirla.",
    new_how="MI_NEW_PASSWORD_FILE o MI_NEW_PASSWORD_COMMAND la da.",
    command_gave_none="El comando en {name} no dio ninguna contraseña.",
    try_command="Pruébelo primero por separado.",
    file_unread="El archivo en {name}: {why}.",
    given_unread="No se puede leer lo que dio {name}. {text}",
    gave_none="{name} no dio ninguna contraseña.",
    keyrings={
        "keyring.backends.macOS": "el Llavero de macOS",
        "keyring.backends.Windows": "el Administrador de credenciales de Windows",
        "keyring.backends.SecretService": "el servicio de secretos de este escritorio",
        "keyring.backends.libsecret": "el servicio de secretos de este escritorio",
        "keyring.backends.kwallet": "la cartera KWallet",
    },
    keyring_missing="El llavero necesita una biblioteca más.",
    keyring_install="`pip install keyring` junto a mi, y otra vez.",
    no_keyring="Este sistema no tiene un llavero que se pueda usar.",
    no_file_keyring="No se usa un llavero que guarde la contraseña en un archivo. La contraseña se pide como antes.",
    asked_as_before="La contraseña se pide como antes.",
    keyring_means=(
        "La contraseña está en {keyring} y ya no se pide. Quien pueda usar esta cuenta, y cualquier programa que "
        "corra en ella, puede ahora abrir los registros; y una clave guardada en la misma computadora que los datos "
        "quizá no cuente como protección según las reglas de EE. UU. sobre filtraciones (74 FR 19006). `mi store "
        "protect --no-keyring` la quita."
    ),
    asked_from_now="Desde ahora se pide la contraseña.",
    already_protected="El almacén ya está protegido.",
    give_another="`mi store passphrase` le da otra contraseña.",
    no_sheet_made="El almacén está protegido. No se hizo ninguna hoja de recuperación.",
    sheet_set_up="La clave de recuperación está lista ({key}). Una hoja o clave anterior ya no abre el almacén.",
    recovered="Recuperado: la contraseña nueva abre el almacén.",
    notes_lost=(
        "Esa clave no abre las notas de consejería anteriores. Se conservan: si aparece la contraseña antigua, `mi "
        "store recover --old-passphrase` las vuelve a abrir. Las notas nuevas se guardan con una clave nueva."
    ),
    notes_open_again="Las notas anteriores a la recuperación se abren de nuevo.",
    sheet_instead="-o ARCHIVO dice dónde va la hoja.",
    sheet_file_there="Ya hay un archivo con ese nombre.",
    name_another="Indique otro.",
    sheet_delete="Imprima {file} y bórrelo después: quien lo tenga, y este almacén, puede abrir los registros.",
    sheet_interrupted="La hoja de recuperación está lista. Imprima {file} y bórrelo después.",
    old_needed="Hace falta la contraseña antigua, y no hay terminal donde pedirla.",
    ask_old="Contraseña antigua (no se muestra): ",
    key_unread="No se puede leer el archivo de la clave.",
    key_kinds="Es un archivo JWK o PEM.",
)
