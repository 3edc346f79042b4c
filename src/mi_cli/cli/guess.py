"""Which commands a person may have meant who typed one that does not exist. Pure functions.

Theory of operation. `COMMANDS` of the program are paths such as `("session", "start")`. What was typed is compared, and
the first of these that finds anything answers:

1. other words for the same (`_OTHER_WORDS`): `new` is `session start`, and within a group what that group calls it,
2. a name in the group that is nearly the same: `strat`, `sesion` (at the top only if no command anywhere has it),
3. a command of that name, or nearly so, in any group: `recap`, `backup`,
4. for what has a digit, and so may be a client's code: what shows something of that client.

Before all of these stands what two words mean together: `delete client`, `goal list`.

What was typed is never repeated: it could be a client's words.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

Path = tuple[str, ...]
_MOST: Final = 3
_OF_A_CODE: Final[Sequence[Path]] = (("session",), ("goals",))  # what a client's code alone may ask for
_ANYWHERE: Final = 0.75  # how alike a name in another group has to be, where one in the same group needs 0.6

# Whole paths answer everywhere, single words within a group that has a command of that name.
_OTHER_WORDS: Final[Mapping[str, Sequence[str]]] = {
    word: targets.split(", ")
    for words, targets in {
        "new begin interview nuevo nueva empezar iniciar entrevista": "session start, add, new, start, init",
        "create make crear": "client add, session start, add, init, new",
        "sessions interviews ls all sesiones entrevistas": "session list, list",
        "continue reopen open go continuar seguir": "session resume, resume, show",
        "show": "list",
        "view display read cat get details ver mostrar": "session show, show",
        "clients client-list clientes": "client list",
        "goal metas meta": "goals list",
        "handoff send pdf print report transfer referral refer enviar imprimir": "goals export, export, form",
        "settings setting preferences options setup configure ajustes": "config list, list, set",
        "password pin contrasena contraseña clave": "store passphrase, passphrase",
        "encrypt secure lock proteger": "store protect, protect",
        "decrypt": "store unprotect, unprotect",
        "save copy copia respaldo guardar": "store backup, backup",
        "undelete bin deleted recycle papelera": "store trash list, trash, restore",
        "where status about version": "store info, doctor, info",
        "remove rm del erase destroy borrar eliminar": "session delete, client delete, delete, drop, purge, unset",
        "change modify update rename cambiar": "client edit, goals edit, edit, set",
        "append comment": "session amend, amend",
        "notes nota": "note",
        "summary summarize resumen": "session recap, recap",
        "reassign merge wrong mover": "session move, move",
        "example tutorial try sample ejemplo": "demo",
        "revoked withdraw cancel revocar": "consent revoke, revoke, drop",
        "audit history track": "store log, disclosures accounting, log, accounting",
        "repair fix verify validate": "store check, check, verify",
        "form paper": "consent form, form",
        # An interview is closed from within it.
        "close end stop cerrar terminar": "session resume, resume, progress, ended, revoke",
        "finish done achieved met step steps paso pasos": "goals progress, progress",
        "name facts target medicines mandate nombre datos": "client facts, facts, set",
        "due tasks todo agenda calendar schedule calendario hoy pendientes": "today",
        "graph chart scale rulers trends stats statistics tendencia": "trend",
        "missed call appointment appointments contacto llamada cita citas": "contact add, add",
        "dap soap girp birp": "note write, write",
        "signature firmar": "note sign, sign",
        "letter therapist informe": "goals export, export",
        "sheet recovery-sheet": "store recovery, recovery",
        "forgot": "store recover, recover",
        "permission release roi": "consent add, add",
        "language lang timeout idioma members recipients": "config set, set",
        "import": "session start",
        "agree compartir": "goals share, share",
        # In an interview they are commands: /safety, /undo, /pause.
        "safety undo pause seguridad deshacer pausa": "help",
        "search find buscar": "session list, list",
        "play": "demo interview, interview",
        "objetivo objetivos": "goals list",
        "logout bloquear": "lock",
        "login desbloquear": "unlock",
        "quit exit bye man manual guide docs ayuda guia guía salir": "help",
    }.items()
    for word in words.split()
}


# What else an option may be called, where the command has it.
_OTHER_OPTIONS: Final[Mapping[str, str]] = {
    other: option
    for others, option in {
        "--out --output --file --pdf --docx --word --html --save": "-o",
        "--spanish --english --es --en --idioma": "--lang",
        "-n --max --last --top": "--limit",
        "-v -V": "--version",
        "--time --hours --minutes --hour": "--for",
        "-y -f --force --confirm": "--yes",
        "--code --id": "--client",
        "--recipient --for --therapist": "--to",
        "--from --after --days --weeks": "--since",
        "--copy --client": "--client-copy",
        "--preview --test --dry-run": "--draft",
    }.items()
    for other in others.split()
}


# What is no option where it is the argument of the command: it stands there without a name.
_ARGUMENTS: Final = frozenset(
    {"--client", "--code", "--session", "--interview", "--goal", "--note", "--consent", "--id"}
)


def is_argument(typed: str) -> bool:
    """Whether it names what a command takes without a name: `mi start J-014` and not `--client J-014`."""
    return typed in _ARGUMENTS


def option_meant(typed: str) -> str:
    """Returns the option that is called otherwise here, or an empty text."""
    return _OTHER_OPTIONS.get(typed, "")


def meant(group: Path, typed: str, commands: Iterable[Path], after: str = "") -> list[Path]:
    """Returns up to three commands, or groups, that `typed` in this group may mean; the likeliest first.

    `after` is the word that was typed behind it: `delete client` is `client delete`.
    """
    known, word = list(commands), typed.casefold()
    if not group and (turned := _turned(word, after.casefold(), known)):
        return turned[:_MOST]
    inside = [path for path in known if path[: len(group)] == group and len(path) > len(group)]
    names = list(dict.fromkeys(path[len(group)] for path in inside))
    targets = [tuple(target.split()) for target in _OTHER_WORDS.get(word, ())]
    in_group = [(*group, *target) for target in targets if group and len(target) == 1 and target[0] in names]
    whole = [target for target in targets if target in known]
    near = [(*group, name) for name in _near(word, names, 0.6)]
    last = [path[-1] for path in known]
    same = [path for path in known if path[-1] == word]
    alike = [path for path in known if path[-1] in _near(word, last, _ANYWHERE)]
    slip = near if _is_slip(word, names) else []
    coded = [(*place, "show") for place in ([group] if group else _OF_A_CODE) if any(map(str.isdecimal, word))]
    coded = [path for path in (*coded, (*group, "list")) if coded and path in known][: 1 if group else _MOST]
    answers = (in_group, *((slip, whole, same) if group else (whole, same, slip)), near, alike, coded)
    return next((list(dict.fromkeys(answer))[:_MOST] for answer in answers if answer), [])


def _turned(word: str, after: str, known: Sequence[Path]) -> list[Path]:
    """Returns what two words mean together: `delete client`, `goal list`, `change passphrase`."""
    groups = list(dict.fromkeys(path[0] for path in known if len(path) > 1))
    for group in _near(word, groups, 0.8):
        if (group, after) in known:
            return [(group, after)]
    for group in _near(after, groups, 0.8):
        inside = [(group, word)] if (group, word) in known else meant((group,), word, known)
        if found := [path for path in inside if path[0] == group]:
            return found
    named = [path for path in known if path[-1] == after]
    whole = [path for path in (tuple(target.split()) for target in _OTHER_WORDS.get(after, ())) if path in known]
    return (named if len(named) == 1 else whole[:1]) if word in _OTHER_WORDS else []


def _near(word: str, names: Sequence[str], alike: float) -> list[str]:
    """Returns up to three names that are nearly the word: first those of the same letters, in another order."""
    same_letters = [name for name in names if sorted(name) == sorted(word)]
    return list(dict.fromkeys([*same_letters, *get_close_matches(word, names, _MOST, alike)]))[:_MOST]


def _is_slip(word: str, names: Sequence[str]) -> bool:
    """Whether a name in the group is so near that the word is most likely a slip for it."""
    return word not in _OTHER_WORDS and bool(_near(word, names, 0.8))


def hoisted(arguments: Sequence[str], flags: Iterable[str], with_value: Iterable[str]) -> list[str]:
    """Returns the arguments with the options that hold for every command before it, wherever they were typed.

    What stands behind `--` is left as it is.
    """
    before: list[str] = []
    rest: list[str] = []
    flags, with_value = set(flags), set(with_value)
    remaining = list(arguments)
    while remaining:
        argument = remaining.pop(0)
        if argument == "--":
            rest += [argument, *remaining]
            break
        if argument in flags or argument.partition("=")[0] in with_value:
            before.append(argument)
            if argument in with_value and remaining:
                before.append(remaining.pop(0))
        else:
            rest.append(argument)
    return [*before, *rest]
