"""What is said when a store is protected, opened and recovered, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mi_cli.records.names import primary
from mi_cli.records.outside import Untypable


@dataclass(frozen=True, eq=False, repr=False)
class ProtectionWords:
    """The companion's own words about protection."""

    how: str
    made_up: str
    own: str
    none: str
    choose: str
    choose_of_two: str
    these_words: str
    keep_words: str
    type_words: str
    not_the_same: str
    new: str
    new_again: str
    short: str
    guessable: str
    untypable: str
    untypable_kinds: Mapping[Untypable, str]
    protected: str
    unprotected: str
    unasked: str
    undecided: str
    not_now: str
    required: str
    required_how: str
    ask: str
    tries_left: str
    one_try_left: str
    screen_locked: str

    sheet_offer: str
    sheet_now: str
    notes_law: str
    notes_ask: str
    sheet_where: str
    sheet_print: str
    sheet_enter_alone: str
    sheet_gone: str
    key_words: str
    sheet_title: str
    sheet_made: str
    sheet_opens_records: str
    sheet_opens_all: str
    sheet_use: str
    sheet_keep: str


def protection_words(language: str | None) -> ProtectionWords:
    """The words in that language, else in English."""
    return _IN.get(primary(language or "en"), ENGLISH)


ENGLISH: Final = ProtectionWords(
    how="Nobody but you should be able to read what is kept here. How is it to be protected?",
    made_up="six words made up for you, to write down: the safest",
    own="a passphrase of your own, 15 characters or more",
    none="none: the disk of this computer is encrypted (BitLocker, FileVault, LUKS), and the account is yours alone",
    choose="1, 2 or 3 (Enter takes 1): ",
    choose_of_two="Which one? Enter takes 1. 1/2: ",
    these_words="These are your words:",
    keep_words="Write them on paper, and keep it away from this computer. Without them nobody can open the records.",
    type_words="Type them once, from the paper: ",
    not_the_same="That is not the same. Once more.",
    new="New passphrase (it does not show): ",
    new_again="The same again: ",
    short="That is under 15 characters. A few words that belong together only for you will do.",
    guessable="That one could be guessed by a machine. More words, or less common ones, will do.",
    untypable=(
        "That cannot be a passphrase: character {place} is {kind}, which nobody can type. "
        "If it comes from a file, save that as plain text in UTF-8."
    ),
    untypable_kinds={
        Untypable.CONTROL: "a control character",
        Untypable.INVISIBLE: "an invisible character",
        Untypable.UNREAD: "one that could not be read",
        Untypable.PRIVATE: "one for private use",
        Untypable.UNKNOWN: "one that Unicode does not define",
    },
    protected="Protected. The passphrase is asked for when the store is opened, never in the midst of an interview.",
    unprotected="Kept without a passphrase. `mi store protect` adds one at any time.",
    unasked=(
        "Records are kept in {folder}, without a passphrase: none was given, and nobody could be asked. Whoever gets "
        "at this disk can read them. `mi store protect` adds a passphrase."
    ),
    undecided="The records are kept without a passphrase: nobody could be asked when the store was made.",
    not_now="The records cannot be protected at the moment.",
    required="A passphrase is required here (`mi config get protection`), and none was given.",
    required_how=(
        "MI_PASSWORD_COMMAND or MI_PASSWORD_FILE can give it where there is no terminal; on a terminal it is asked for."
    ),
    ask="Passphrase (it does not show): ",
    tries_left="That is not it. {tries} tries are left.",
    one_try_left="That is not it. One try is left.",
    screen_locked="Everything is saved. The passphrase opens the screen again.",
    sheet_offer="A recovery sheet opens the records when the passphrase is lost. `mi store recovery` makes one.",
    sheet_now="Make it now? y/N: ",
    notes_law=(
        "The sheet opens the records: goals, plans, dates, readings, consents. It can open the counseling notes too. "
        "US law (42 CFR 2.11, 45 CFR 164.501) protects those more strongly as long as they are kept apart; whoever "
        "holds the sheet could then read what was said. Without it, the notes are lost with the passphrase."
    ),
    notes_ask="Should the sheet open the notes too? y/N: ",
    sheet_where="Where should the sheet be written, to be printed? (Enter: {file}): ",
    sheet_print="Print {file} from your browser, then press Enter here: the file is then deleted. ",
    sheet_enter_alone="The file is still there. Only Enter deletes it.",
    sheet_gone="The file is deleted. Give the sheet to your supervisor, or lock it away, not beside this computer.",
    key_words="The 21 words of the sheet (they do not show): ",
    sheet_title="Recovery sheet",
    sheet_made="Made on {day} for the records in {folder}. Key {kid}.",
    sheet_opens_records="It opens the records, not the counseling notes.",
    sheet_opens_all="It opens the records and the counseling notes.",
    sheet_use=(
        "When the passphrase is lost: mi store recover, then type the words, in rows from left to right; a new "
        "passphrase is then set. The picture holds the same key as a JWK (RFC 7517), for other programs."
    ),
    sheet_keep="Whoever has this sheet and the computer can open the records. Lock it away, not beside the computer.",
)

SPANISH: Final = ProtectionWords(
    how="Nadie más que usted debería poder leer lo que se guarda aquí. ¿Cómo se protege?",
    made_up="seis palabras inventadas para usted, para anotarlas: lo más seguro",
    own="una frase propia, de 15 caracteres o más",
    none="nada: el disco de este equipo está cifrado (BitLocker, FileVault, LUKS) y la cuenta es solo suya",
    choose="1, 2 o 3 (Intro elige 1): ",
    choose_of_two="¿Cuál? Intro elige 1. 1/2: ",
    these_words="Estas son sus palabras:",
    keep_words="Anótelas en papel y guárdelo lejos de este equipo. Sin ellas nadie puede abrir los registros.",
    type_words="Escríbalas una vez, desde el papel: ",
    not_the_same="No es lo mismo. Una vez más.",
    new="Frase nueva (no se muestra): ",
    new_again="La misma otra vez: ",
    short="Tiene menos de 15 caracteres. Bastan unas palabras que solo para usted van juntas.",
    guessable="Una máquina podría adivinarla. Bastan más palabras, o menos comunes.",
    untypable=(
        "Eso no puede ser una frase de acceso: el carácter {place} es {kind}, que nadie puede escribir. "
        "Si viene de un archivo, guárdelo como texto sin formato en UTF-8."
    ),
    untypable_kinds={
        Untypable.CONTROL: "un carácter de control",
        Untypable.INVISIBLE: "un carácter invisible",
        Untypable.UNREAD: "uno que no se pudo leer",
        Untypable.PRIVATE: "uno de uso privado",
        Untypable.UNKNOWN: "uno que Unicode no define",
    },
    protected="Protegido. La frase se pide al abrir el almacén, nunca en medio de una entrevista.",
    unprotected="Se guarda sin frase. `mi store protect` la añade cuando quiera.",
    unasked=(
        "Los registros se guardan en {folder}, sin frase: no se dio ninguna y no había a quién preguntar. Quien tenga "
        "acceso a este disco puede leerlos. `mi store protect` añade una frase."
    ),
    undecided="Los registros se guardan sin frase: no había a quién preguntar cuando se creó el almacén.",
    not_now="Los registros no se pueden proteger en este momento.",
    required="Aquí se exige una frase (`mi config get protection`) y no se dio ninguna.",
    required_how=(
        "MI_PASSWORD_COMMAND o MI_PASSWORD_FILE pueden darla donde no hay terminal; en una terminal se pregunta."
    ),
    ask="Frase (no se muestra): ",
    tries_left="No es esa. Quedan {tries} intentos.",
    one_try_left="No es esa. Queda un intento.",
    screen_locked="Todo está guardado. La frase vuelve a abrir la pantalla.",
    sheet_offer="Una hoja de recuperación abre los registros si se pierde la frase. `mi store recovery` la crea.",
    sheet_now="¿Crearla ahora? s/N: ",
    notes_law=(
        "La hoja abre los registros: metas, planes, fechas, valores, consentimientos. También puede abrir las notas "
        "de consejería. La ley de EE. UU. (42 CFR 2.11, 45 CFR 164.501) las protege más mientras se guarden aparte; "
        "quien tenga la hoja podría leer lo que se dijo. Sin ello, las notas se pierden con la frase."
    ),
    notes_ask="¿La hoja debe abrir también las notas? s/N: ",
    sheet_where="¿Dónde se escribe la hoja, para imprimirla? (Intro: {file}): ",
    sheet_print="Imprima {file} desde su navegador y pulse Intro aquí: entonces se borra el archivo. ",
    sheet_enter_alone="El archivo sigue ahí. Solo Intro lo borra.",
    sheet_gone="El archivo está borrado. Dé la hoja a su supervisor o guárdela bajo llave, no junto a este equipo.",
    key_words="Las 21 palabras de la hoja (no se muestran): ",
    sheet_title="Hoja de recuperación",
    sheet_made="Creada el {day} para los registros en {folder}. Clave {kid}.",
    sheet_opens_records="Abre los registros, no las notas de consejería.",
    sheet_opens_all="Abre los registros y las notas de consejería.",
    sheet_use=(
        "Si se pierde la frase: mi store recover, y escribir las palabras por filas, de izquierda a derecha; después "
        "se pone una frase nueva. La imagen contiene la misma clave como JWK (RFC 7517), para otros programas."
    ),
    sheet_keep="Quien tenga esta hoja y el equipo puede abrir los registros. Guárdela bajo llave, no junto al equipo.",
)

_IN: Final = {"en": ENGLISH, "es": SPANISH}
