"""What `--help` says of commands and their options in Spanish: each sentence by the English one."""

from collections.abc import Mapping
from typing import Final

ES: Final[Mapping[str, str]] = {
    # The pages themselves.
    "Usage": "Uso",
    "Arguments": "Argumentos",
    "Options": "Opciones",
    "Commands": "Comandos",
    "Show this message and exit.": "Muestra esta ayuda.",
    "Install completion for the current shell.": "Instala el autocompletado en este intérprete de comandos.",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "Muestra el autocompletado de este intérprete, para copiarlo o adaptarlo."
    ),
    # Before any command, and what several commands share.
    "The folder with the records.": "La carpeta con los registros.",
    "Text only: no color, boxes or cursor movement.": "Solo texto: sin colores, recuadros ni movimientos del cursor.",
    "The version.": "La versión.",
    "The client's code.": "El código del cliente.",
    "The client's code, such as J-014.": "El código del cliente, por ejemplo J-014.",
    "Only this client's.": "Solo de este cliente.",
    "JSON on standard output.": "JSON en la salida estándar.",
    "Go ahead without asking.": "Sigue sin preguntar.",
    "A new client, even if the code looks like another one.": "Un cliente nuevo, aunque el código se parezca a otro.",
    "How standard input is encoded, if it is neither UTF-8 nor UTF-16 with its mark.": (
        "La codificación de la entrada estándar, si no es UTF-8 ni UTF-16 con su marca."
    ),
    "- reads from standard input.": "- lee de la entrada estándar.",
    "- reads standard input instead of asking.": "- lee de la entrada estándar en vez de preguntar.",
    "- reads the words from standard input.": "- lee las palabras de la entrada estándar.",
    "At most so many.": "Como máximo tantas líneas.",
    "The start of its id.": "El comienzo del id.",
    "The start of its id, a client's code, or last.": "El comienzo del id, el código de un cliente, o last.",
    "en or es; else the client's.": "en o es; si no, el del cliente.",
    "en or es.": "en o es.",
    "Else yours, or the client's.": "Si no, el suyo o el del cliente.",
    # session
    "Interviews.": "Entrevistas.",
    "Begin an interview.": "Comienza una entrevista.",
    "The client's code; a new one is set up.": "El código del cliente; uno nuevo crea el cliente.",
    "The prompt set to use.": "El conjunto de frases que se usa.",
    "en, es …": "en, es …",
    "The stage to begin in.": "La etapa en la que se comienza.",
    "Who holds the interview.": "Quién hace la entrevista.",
    "When it began, to write one up afterwards.": "Cuándo comenzó, para anotar una ya hecha.",
    "When it ended.": "Cuándo terminó.",
    "Go on where an interview stopped.": "Sigue donde se detuvo una entrevista.",
    "If none is named, with the latest not closed.": "Si no se nombra ninguna, la última sin cerrar.",
    "Interviews, newest first.": "Las entrevistas, primero la más reciente.",
    "Only those begun on or after this day.": "Solo las que comenzaron ese día o después.",
    "Only those that stand so.": "Solo las que están así.",
    "What was kept of an interview.": "Lo que se guardó de una entrevista.",
    "The client's own change talk, to read back.": "El lenguaje de cambio del cliente, para leérselo.",
    "Add to a closed interview; what is there stays as it is.": (
        "Agrega algo a una entrevista cerrada; lo que ya está no cambia."
    ),
    "Move an interview to the trash.": "Mueve una entrevista a la papelera.",
    "Move an interview to another client.": "Pasa una entrevista a otro cliente.",
    "Its goals and what may be passed on of it go along.": "Van con ella sus metas y lo que se puede compartir.",
    "The code of the client whose it is.": "El código del cliente del que es.",
    # goals
    "Goals, in the client's words.": "Metas, con las palabras del cliente.",
    "Add a goal in the client's words.": "Agrega una meta con las palabras del cliente.",
    "Then what belongs to it is asked about; Enter skips a question.": (
        "Después se pregunta por lo que la acompaña; Enter omite una pregunta."
    ),
    "When to look at it again: a date, or 4w.": "Cuándo se revisa: una fecha, o 4w (cuatro semanas).",
    "Walk the change plan together.": "Recorre el plan de cambio con el cliente.",
    "With - it takes the goal lines of an interview.": "Con - toma las líneas de metas de una entrevista.",
    "Its number, or the start of its id; needed when several are active.": (
        "Su número, o el comienzo de su id; hace falta si hay varias activas."
    ),
    "Change one thing in a goal.": "Cambia algo de una meta.",
    "What was there before stays in its history.": "Lo que había antes queda en su historia.",
    "words, reasons.2, steps.1.when, importance, status …": "words, reasons.2, steps.1.when, importance, status …",
    "Note what came of a goal.": "Anota qué pasó con una meta.",
    "Or what became of a step, or that the goal is met.": "O qué pasó con un paso, o que la meta se logró.",
    "What became of this step; the words are its outcome.": "Qué pasó con este paso; las palabras son el resultado.",
    "done (else asked), partly, not; replaced: - gives the new step.": (
        "done (si no, se pregunta), partly, not; replaced: - da el paso nuevo."
    ),
    "The goal is met.": "La meta se logró.",
    "Mark a goal as dropped.": "Marca una meta como dejada.",
    "Nothing of it is deleted.": "No se borra nada de ella.",
    "Go through what may be passed on.": "Repasa lo que se puede compartir.",
    "Entries, progress lines and outcomes go out only if the client agrees to it.": (
        "Entradas, avances y resultados solo se comparten si el cliente está de acuerdo."
    ),
    "What the client agrees to, as --json names it: ID:7, GOAL:progress.1.": (
        "Aquello con lo que el cliente está de acuerdo, como lo nombra --json: ID:7, META:progress.1."
    ),
    "Take these out of the plan again.": "Los vuelve a sacar del plan.",
    "Goals of one client, or of all.": "Las metas de un cliente, o de todos.",
    "A client's plan, or one goal of it.": "El plan de un cliente, o una de sus metas.",
    "Its number, or the start of its id.": "Su número, o el comienzo de su id.",
    "With what stood there before.": "Con lo que había antes.",
    # export
    "Make the handoff, or the client's own copy.": "Prepara el informe para el terapeuta, o la copia del cliente.",
    "It has the plan and what the client agreed to share; it is logged.": (
        "Lleva el plan y lo que el cliente aceptó compartir; queda anotado."
    ),
    "Where to; its ending says the format.": "Adónde; la terminación indica el formato.",
    "Else the screen.": "Si no, a la pantalla.",
    "md, html, pdf, docx, json, fhir.json or zip.": "md, html, pdf, docx, json, fhir.json o zip.",
    "Who gets it, if more than one could.": "Quién lo recibe, si podría ser más de uno.",
    "A goal's number, or the start of its id; again for more.": (
        "El número de una meta, o el comienzo de su id; se repite para más."
    ),
    "Else all that were not dropped.": "Si no, todas las que no se dejaron.",
    "What permits it.": "Qué lo permite.",
    "Else a consent.": "Si no, un consentimiento.",
    "The client's own page, in their words.": "La página del propio cliente, con sus palabras.",
    "The client's own page in large print.": "La página del cliente en letra grande.",
    "For the client: exactly what was passed on last, or last to --to NAME.": (
        "Para el cliente: exactamente lo último que se compartió, o lo último a --to NOMBRE."
    ),
    "Write over a file that is there; pass on what is empty.": (
        "Sustituye un archivo que ya existe; comparte lo que está vacío."
    ),
    "Look at it on the screen; nothing is passed on.": "Lo muestra en la pantalla; no se comparte nada.",
    # client, contact
    "Clients, known by a code.": "Clientes, cada uno con su código.",
    "Set up a client.": "Crea un cliente.",
    "The first interview does it too.": "La primera entrevista también lo hace.",
    "A code that nobody has yet, such as J-014.": "Un código que nadie tiene todavía, por ejemplo J-014.",
    "The client's language: en, es …": "El idioma del cliente: en, es …",
    "Whose client this is.": "De quién es este cliente.",
    "Ask for the client's name; it is kept apart.": "Pregunta el nombre del cliente; se guarda aparte.",
    "The codes there are.": "Los códigos que hay.",
    "With how many interviews, and when the last one began.": "Con cuántas entrevistas, y cuándo comenzó la última.",
    "A client: language, counselor, and the name if it was noted.": (
        "Un cliente: idioma, consejero, y el nombre si se anotó."
    ),
    "What is known of a client.": "Lo que se sabe de un cliente.",
    "With a name it asks for that one thing alone; nothing of it is passed on.": (
        "Con un nombre pregunta solo por eso; nada de ello se comparte."
    ),
    "Asks for that one: target, direction, medicines, mandate, safer-use, reach, appointment, limits, helped, "
    "collateral, off-limits, practice.": (
        "Pregunta por eso: conducta, dirección, medicinas, mandato, uso-seguro, contacto, cita, límites, ayudas, "
        "allegado, no-insistir, práctica."
    ),
    "Who told it.": "Quién lo dijo.",
    "A direction is of this target: the start of its id.": "La dirección es de este tema: el comienzo de su id.",
    "Change a client's code, language, counselor or name.": "Cambia el código, idioma, consejero o nombre.",
    "Another code for this client.": "Otro código para este cliente.",
    "Move a client and everything kept of them to the trash.": (
        "Mueve un cliente, con todo lo que se guardó, a la papelera."
    ),
    "Missed visits, calls, and what came back from CBT.": "Citas perdidas, llamadas y respuestas de la TCC.",
    "Note a contact: what it was, when, and a few facts.": "Anota un contacto: qué fue, cuándo, y algunos datos.",
    "What it was.": "Qué fue.",
    "When it was; else now.": "Cuándo fue; si no, ahora.",
    "The contacts, newest first.": "Los contactos, primero el más reciente.",
    # consent, disclosures
    "What clients have agreed to in writing.": "Lo que los clientes aceptaron por escrito.",
    "Record a consent as it was signed.": "Registra un consentimiento tal como se firmó.",
    "Without a file it is asked for; Enter skips a question.": "Sin archivo se pregunta; Enter omite una pregunta.",
    "TOML or JSON, as `mi schema consent` prints it; or -.": "TOML o JSON, como lo muestra `mi schema consent`; o -.",
    "Make the paper to sign, as PDF.": "Prepara el papel para firmar, en PDF.",
    "What is given is filled in; the rest has lines to write on.": (
        "Lo que se indica ya va escrito; lo demás tiene líneas para escribir."
    ),
    "The client's code; none: a blank form.": "El código del cliente; sin él, un formulario en blanco.",
    "Where to; - is standard output.": "Adónde; - es la salida estándar.",
    "Who may get it; repeatable.": "Quién lo puede recibir; se puede repetir.",
    "The consents, newest first, whether they hold, and why not.": (
        "Los consentimientos, primero el más reciente, si están vigentes, y por qué no."
    ),
    "A consent, and whether it holds.": "Un consentimiento, y si está vigente.",
    "The client takes it back: nothing more goes out under it.": (
        "El cliente lo revoca: con él ya no se comparte nada más."
    ),
    "For this one of its recipients only.": "Solo para este de sus destinatarios.",
    "The event came about that it was to end with.": "Ocurrió el hecho con el que debía terminar.",
    "Nothing goes out under it from that day on.": "Desde ese día no se comparte nada con él.",
    "The day it came about; else today.": "El día en que ocurrió; si no, hoy.",
    "Says who has it already.": "Dice quién tiene ya algo.",
    "How the client took it back: by letter.": "Cómo lo revocó el cliente: por carta.",
    "The client says that it still holds.": "El cliente dice que sigue vigente.",
    "Asked for once another one for the same recipient was taken back.": (
        "Se pregunta cuando se revocó otro para el mismo destinatario."
    ),
    "What was passed on.": "Lo que se compartió.",
    "What was passed on, to whom, and why it was permitted.": "Lo que se compartió, con quién, y por qué se permitía.",
    "Every entry of the log, newest first.": "Cada anotación, primero la más reciente.",
    "With whom it was shared.": "Con quién se compartió.",
    "For the client who asks: date, to whom, what, and what for.": (
        "Para el cliente que pregunta: fecha, con quién, qué y para qué."
    ),
    "How far back.": "Cuántos años hacia atrás.",
    "Whether the log is whole.": "Si el registro de lo compartido está completo.",
    "Also tells whether the documents, where they still are, are as they went out.": (
        "También dice si los documentos que siguen ahí están como salieron."
    ),
    # prompts
    "Prompt sets.": "Conjuntos de frases.",
    "The sets there are.": "Los conjuntos que hay.",
    "A set, stage by stage, or one prompt of it.": "Un conjunto, etapa por etapa, o una de sus frases.",
    "A prompt is shown with everything that belongs to it.": "Una frase se muestra con todo lo que la acompaña.",
    "The set's name.": "El nombre del conjunto.",
    "One prompt, by its id.": "Una frase, por su id.",
    "Write a set of your own to edit.": "Crea un conjunto propio para editarlo.",
    "What you leave as it is stays that of the set it builds on.": (
        "Lo que no cambie queda como en el conjunto del que parte."
    ),
    "Named en or es, it is used without being asked for.": "Si se llama en o es, se usa sin pedirlo.",
    "The set it builds on, one that comes with mi.": "El conjunto del que parte, uno de los que trae mi.",
    "Go through a set: file, place, and what to mend.": "Revisa un conjunto: archivo, lugar y qué corregir.",
    "Exit 1 when something is found.": "Termina con 1 si encuentra algo.",
    "One set; without a name, all of your own.": "Un conjunto; sin nombre, todos los suyos.",
    "Where your own sets are, or one set.": "Dónde están sus conjuntos, o uno de ellos.",
    "One set; without a name, the folder for your own.": "Un conjunto; sin nombre, la carpeta de los suyos.",
    # store
    "Put everything into one file, and read it back.": "Lo guarda todo en un archivo y lo comprueba.",
    "An interview may go on meanwhile.": "Mientras tanto puede seguir una entrevista.",
    "The backup.": "La copia de seguridad.",
    "Keep so many: FILE is the newest, then FILE.1, FILE.2 …": (
        "Cuántas se conservan: ARCHIVO es la más reciente, después ARCHIVO.1, ARCHIVO.2 …"
    ),
    "Bring back what a backup has.": "Recupera lo que hay en una copia de seguridad.",
    "Says first what would change; what is newer here stays.": (
        "Primero dice qué cambiaría; lo que aquí es más reciente se queda."
    ),
    "Bring back the backup's also where the store's is newer.": (
        "Recupera lo de la copia también donde lo del almacén es más reciente."
    ),
    "Make the store.": "Crea el almacén.",
    "The first interview does it too, and so does whatever else keeps something.": (
        "La primera entrevista también lo crea, y todo lo que guarde algo."
    ),
    "Without a passphrase.": "Sin contraseña.",
    "Where the store is and what it holds.": "Dónde está el almacén y qué contiene.",
    "Read everything and name what is wrong.": "Lo lee todo y dice qué está mal.",
    "Nothing is changed, unless --repair or --confirm is given.": "No cambia nada, salvo con --repair o --confirm.",
    "Set aside what is not sound.": "Aparta lo que está dañado.",
    "Nothing is deleted.": "No se borra nada.",
    "Take the store as it is, where this computer knew it otherwise.": (
        "Acepta el almacén como está, donde esta computadora lo conocía de otra manera."
    ),
    "Put the records under a passphrase.": "Protege los registros con una contraseña.",
    "Killed at any point, the same again does it.": "Si se interrumpe, basta repetir el comando.",
    "Keep the passphrase in the system's keyring, or take it out.": (
        "Guarda la contraseña en el llavero del sistema, o la saca de él."
    ),
    "Take the passphrase off.": "Quita la contraseña.",
    "Whoever has the disk can then read the records.": "Quien tenga el disco podrá leer los registros.",
    "Give the store another passphrase.": "Pone otra contraseña al almacén.",
    "Make a recovery sheet.": "Crea una hoja de recuperación.",
    "It opens the records if the passphrase is lost.": "Abre los registros si se pierde la contraseña.",
    "Where the sheet is written, to be printed.": "Dónde se escribe la hoja, para imprimirla.",
    "A key of the supervisor's own instead: the public half, JWK or PEM, P-256.": (
        "En su lugar, una clave del supervisor: la mitad pública, JWK o PEM, P-256."
    ),
    "Whether it opens the counseling notes too; else asked.": (
        "Si abre también las notas de consejería; si no se indica, se pregunta."
    ),
    "Open the store with the recovery sheet.": "Abre el almacén con la hoja de recuperación.",
    "It then gets a new passphrase; a drill does no harm.": (
        "Después recibe una contraseña nueva; ensayarlo no hace daño."
    ),
    "The supervisor's private key, JWK or PEM; else the words of the sheet.": (
        "La clave privada del supervisor, JWK o PEM; si no, las palabras de la hoja."
    ),
    "It was found: open the notes of before a recovery again.": (
        "La contraseña antigua apareció: vuelve a abrir las notas de antes de una recuperación."
    ),
    "What was done, by whom and when, newest first.": "Qué se hizo, quién y cuándo, primero lo más reciente.",
    "It holds nothing that was said.": "No contiene nada de lo que se dijo.",
    "What is wrong with it is named.": "Dice también qué está mal en él.",
    "What was deleted, until it is purged.": "Lo que se borró, hasta que se destruya.",
    "What is in the trash, newest first.": "Lo que hay en la papelera, primero lo más reciente.",
    "Bring something back.": "Recupera algo.",
    "Take it off the disk for good.": "Lo quita del disco para siempre.",
    "The start of its id; all of the trash without.": "El comienzo del id; sin él, toda la papelera.",
    "Keep consents and disclosures; else asked, and kept.": (
        "Conserva los consentimientos y lo compartido; si no se indica, se pregunta y se conserva."
    ),
    "What was set aside.": "Lo que se apartó.",
    "What was set aside: damaged, replaced, or copied.": "Lo que se apartó: dañado, reemplazado o copiado.",
    "What was set aside: damaged, replaced, or copied by another program.": (
        "Lo que se apartó: dañado, reemplazado o copiado por otro programa."
    ),
    "What was set aside, newest first.": "Lo que se apartó, primero lo más reciente.",
    "What is in it, also if the store is protected.": "Lo que contiene, también si el almacén está protegido.",
    "Its name, or a part of it that no other has.": "Su nombre, o una parte que ningún otro tiene.",
    # config, demo, schema, doctor, help
    "The settings.": "Los ajustes.",
    "Every setting, its value, and what it is for.": "Cada ajuste, su valor y para qué sirve.",
    "The value of a setting.": "El valor de un ajuste.",
    "Change a setting.": "Cambia un ajuste.",
    "A list has ; between its items.": "Una lista lleva ; entre sus partes.",
    "Take a setting away.": "Quita un ajuste.",
    "Where the config file is.": "Dónde está el archivo de configuración.",
    "An invented client, to try everything on.": "Un cliente inventado, para probarlo todo.",
    "Fill a scratch store with an invented client and three interviews.": (
        "Llena un almacén de prueba con un cliente inventado y tres entrevistas."
    ),
    "Your own records are not touched.": "Sus registros no se tocan.",
    "Play one interview.": "Reproduce una entrevista.",
    "Any key types the next line; from a pipe, it runs straight through.": (
        "Cualquier tecla escribe la línea siguiente; desde una tubería, corre de principio a fin."
    ),
    "The JSON Schema of a record, or of a handoff as JSON.": "El esquema JSON de un registro, o de un informe en JSON.",
    "session, notes, plan, client …; without one, the names.": (
        "session, notes, plan, client …; sin ninguno, los nombres."
    ),
    "See how the program, the store and the terminal are.": "Dice cómo están el programa, el almacén y la terminal.",
    "What is due.": "Lo que está por hacer.",
    "The way so far with one client.": "El camino hasta ahora con un cliente.",
    "Help on a command.": "Ayuda sobre un comando.",
    "With `interview`, on what is typed in one; with `next`, on what comes next in one, and why.": (
        "Con `interview`, sobre lo que se escribe en una entrevista; con `next`, sobre qué sigue en ella y por qué."
    ),
    "A command, interview or next.": "Un comando, interview o next.",
    # Notes, what is due, unlocking.
    "What the client agrees to, as --json names it: ID:7, fact:mandate.": (
        "Lo que el cliente acepta, como lo nombra --json: ID:7, fact:mandate."
    ),
    "For this recipient, through the gate; logged.": "Para este destinatario, por el control; queda anotado.",
    "The way so far: readings, marks, steps and events, visit by visit.": (
        "El camino hasta ahora: respuestas, marcas, pasos y sucesos, visita por visita."
    ),
    "CSV on standard output.": "CSV en la salida estándar.",
    "A page for the client; its ending says the format.": (
        "Una página para el cliente; su terminación dice el formato."
    ),
    "What is due, the worst first, with the command that deals with each.": (
        "Lo pendiente, lo más grave primero, con el comando que atiende cada cosa."
    ),
    "Correct when a closed interview was.": "Corrige cuándo fue una entrevista cerrada.",
    "The former times stay in the record.": "Las horas anteriores quedan en el registro.",
    "Why they are corrected.": "Por qué se corrigen.",
    "When it began.": "Cuándo empezó.",
    "Note the open safety concern of a closed interview as dealt with.": (
        "Anota como atendida la preocupación de seguridad abierta de una entrevista cerrada."
    ),
    "- reads what was done from standard input.": "- lee de la entrada estándar lo que se hizo.",
    "An ending as -o takes it, without the dot.": "Una terminación como las que toma -o, sin el punto.",
    "A client: language, counselor, name, and what is due.": (
        "Un cliente: idioma, consejero, el nombre si se anotó, y lo pendiente."
    ),
    "Change a client's code, language, counselor, name or birth date.": (
        "Cambia el código, el idioma, el consejero, el nombre o la fecha de nacimiento de un cliente."
    ),
    "The client's birth date, such as 1984-05-31.": "La fecha de nacimiento del cliente, por ejemplo 1984-05-31.",
    "Progress notes, for the client's record.": "Notas de progreso, para el expediente del cliente.",
    "Write the note of an interview, or go on with its draft.": (
        "Escribe la nota de una entrevista, o sigue con su borrador."
    ),
    "Without a terminal: a draft of what is recorded.": "Sin terminal: un borrador de lo que está registrado.",
    "The start of an interview's id, a client's code, or last.": (
        "El principio del id de una entrevista, el código de un cliente, o last."
    ),
    "girp, dap, soap, birp, or your own.": "girp, dap, soap, birp, o uno propio.",
    "Of this contact, by the start of its id.": "De este contacto, por el principio de su id.",
    "Else yours.": "Si no, el suyo.",
    "A note: on the screen, as text to paste, or as a file for the client's own record.": (
        "Una nota: en la pantalla, como texto para pegar, o como archivo para el expediente propio."
    ),
    "This section alone, such as R, to paste.": "Solo esta sección, por ejemplo R, para pegarla.",
    "A file: .md, .docx, .pdf or .txt.": "Un archivo: .md, .docx, .pdf o .txt.",
    "Write over a file that is there.": "Sobrescribe un archivo que ya existe.",
    "Sign a draft.": "Firma un borrador.",
    "From then on it stays as it is, and only amendments are added.": (
        "Desde entonces queda como está, y solo se agregan enmiendas."
    ),
    "Add to a signed note: a late entry, an addendum or a correction.": (
        "Agrega a una nota firmada: una anotación tardía, una adenda o una corrección."
    ),
    "The note itself stays as it is.": "La nota misma queda como está.",
    "What is added.": "Lo que se agrega.",
    "Why it is added.": "Por qué se agrega.",
    "Delete a draft for good.": "Borra un borrador para siempre.",
    "A signed note is never deleted.": "Una nota firmada nunca se borra.",
    "The notes, newest first.": "Las notas, primero la más reciente.",
    "What notes lack, by the requirements in the settings; exit code 1 when there is something.": (
        "Lo que falta en las notas, según los requisitos de los ajustes; código de salida 1 cuando hay algo."
    ),
    "The start of its id, a client's code, or last; else all.": (
        "El principio de su id, el código de un cliente, o last; si no, todas."
    ),
    "The note formats: those that come with mi, and your own.": "Los formatos de nota: los que trae mi, y los propios.",
    "Open a protected store for a while.": "Abre un almacén protegido por un rato.",
    "Until then no command asks for the passphrase.": "Hasta entonces ningún comando pide la contraseña.",
    "How long: 30m, 1h … at most 8h.": "Cuánto tiempo: 30m, 1h … como máximo 8h.",
    "Lock the store again, before the time is over.": "Vuelve a cerrar el almacén, antes de que pase el tiempo.",
}

# What stands for something to type, and what Typer adds to a help text.
PLACEHOLDERS: Final[Mapping[str, str]] = {
    "OPTIONS": "OPCIONES",
    "COMMAND": "COMANDO",
    "ARGS": "ARGUMENTOS",
    "CLIENT": "CLIENTE",
    "CODE": "CÓDIGO",
    "NEW_CODE": "CÓDIGO_NUEVO",
    "SESSION": "ENTREVISTA",
    "CONSENT": "CONSENTIMIENTO",
    "GOAL": "META",
    "NAME": "NOMBRE",
    "FILE": "ARCHIVO",
    "DAY": "DÍA",
    "TIME": "HORA",
    "TEXT": "TEXTO",
    "NUMBER": "NÚMERO",
    "LANGUAGE": "IDIOMA",
    "LANG": "IDIOMA",
    "FORMAT": "FORMATO",
    "KEY": "AJUSTE",
    "VALUE": "VALOR",
    "ITEM": "ID",
    "PROMPT": "FRASE",
    "SOURCE": "ORIGEN",
    "default": "si no se indica",
    "required": "obligatorio",
    "or more": "o más",
}
