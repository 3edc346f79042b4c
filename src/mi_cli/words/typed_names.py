"""The names that can be typed in an interview besides the English ones, by language.

English names work in every language (`interview.commands`). Accents and capitals may be left out when typing. Where
several names mean the same, the first is the one that is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from mi_cli.records.terms import Concern, Direction, FactName, GoalStatus, Reach, Stage, Talk
from mi_cli.words.languages import language_of


@dataclass(frozen=True)
class TypedNames:
    """The names of one language.

    `values` are the words for what is one of a few: stages, client facts, safety concerns … `entry` is the word for
    `/undo entry`, `said` the one for `/mark 9 said`, `dealt_with` those for `/safety done`.
    """

    commands: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, Talk] = field(default_factory=dict)
    values: Mapping[str, StrEnum] = field(default_factory=dict)
    entry: str = ""
    said: str = ""
    dealt_with: tuple[str, ...] = ()

    def shown(self, value: StrEnum) -> str:
        """Returns the name that is shown for a value: the English one where this language has none for it."""
        return next((name for name, named in self.values.items() if named is value), value.value)

    def command_shown(self, line: str) -> str:
        """Returns an example such as `/use 3` with the name that is shown; any other text as it is."""
        name, blank, rest = line.removeprefix("/").partition(" ")
        shown = next((local for local, command in self.commands.items() if command == name), name)
        return f"{'/' if line.startswith('/') else ''}{shown}{blank}{rest}"


_ENGLISH: Final = TypedNames()

_SPANISH: Final = TypedNames(
    commands={
        "siguiente": "next",
        "anterior": "back",
        "atrás": "back",
        "repetir": "again",
        "etapa": "stage",
        "vincular": "engaging",
        "vinculación": "engaging",
        "enfocar": "focusing",
        "evocar": "evoking",
        "evocación": "evoking",
        "planificar": "planning",
        "planificación": "planning",
        "frases": "prompts",
        "usar": "use",
        "preguntas": "checks",
        "importancia": "importance",
        "confianza": "confidence",
        "disposición": "readiness",
        "enfoque": "focus",
        "valor": "value",
        "desencadenante": "trigger",
        "tropiezo": "lapse",
        "desliz": "lapse",
        "recaída": "lapse",
        "mandato": "mandated",
        "dato": "fact",
        "meta": "goal",
        "razón": "reason",
        "paso": "step",
        "hecho": "done",
        "cumplido": "done",
        "parcial": "partly",
        "enparte": "partly",
        "nohecho": "notdone",
        "incumplido": "notdone",
        "reemplazar": "replace",
        "sustituir": "replace",
        "apoyo": "support",
        "obstáculo": "barrier",
        "señal": "sign",
        "alternativa": "otherwise",
        "revisión": "review",
        "avance": "progress",
        "compartir": "share",
        "marcar": "mark",
        "estrella": "star",
        "resumen": "recap",
        "deshacer": "undo",
        "corregir": "edit",
        "editar": "edit",
        "entradas": "entries",
        "nota": "note",
        "seguridad": "safety",
        "ocultar": "hide",
        "pausa": "pause",
        "terminar": "end",
        "cerrar": "end",
        "fin": "end",
        "ayuda": "help",
    },
    types={
        "deseo": Talk.DESIRE,
        "capacidad": Talk.ABILITY,
        "razón": Talk.REASON,
        "necesidad": Talk.NEED,
        "compromiso": Talk.COMMITMENT,
        "activación": Talk.ACTIVATION,
        "pasos": Talk.TAKING_STEPS,
    },
    values={
        "vinculación": Stage.ENGAGING,
        "vincular": Stage.ENGAGING,
        "enfoque": Stage.FOCUSING,
        "enfocar": Stage.FOCUSING,
        "evocación": Stage.EVOKING,
        "evocar": Stage.EVOKING,
        "planificación": Stage.PLANNING,
        "planificar": Stage.PLANNING,
        "conducta": FactName.TARGET,
        "dirección": FactName.DIRECTION,
        "medicinas": FactName.MEDICINES,
        "medicamentos": FactName.MEDICINES,
        "mandato": FactName.MANDATE,
        "uso-seguro": FactName.SAFER_USE,
        "contacto": FactName.REACH,
        "cita": FactName.APPOINTMENT,
        "límites": FactName.LIMITS,
        "ayudas": FactName.HELPED,
        "allegado": FactName.COLLATERAL,
        "no-insistir": FactName.OFF_LIMITS,
        "práctica": FactName.PRACTICE,
        "suicidio": Concern.SUICIDE,
        "sobredosis": Concern.OVERDOSE,
        "abstinencia": Concern.WITHDRAWAL,
        "daño": Concern.HARM_TO_OTHERS,
        "abuso": Concern.ABUSE_OR_NEGLECT,
        "maltrato": Concern.ABUSE_OR_NEGLECT,
        "negligencia": Concern.ABUSE_OR_NEGLECT,
        "pareja": Concern.PARTNER_VIOLENCE,
        "violencia": Concern.PARTNER_VIOLENCE,
        "manejar": Concern.DRIVING,
        "conducir": Concern.DRIVING,
        "dejar": Direction.STOP,
        "menos": Direction.LESS,
        "más-seguro": Direction.SAFER,
        "más seguro": Direction.SAFER,
        "seguro": Direction.SAFER,
        "sin-decidir": Direction.UNDECIDED,
        "sin decidir": Direction.UNDECIDED,
        "activa": GoalStatus.ACTIVE,
        "lograda": GoalStatus.MET,
        "dejada": GoalStatus.DROPPED,
        "camino": Reach.PROXIMAL,
        "cambio": Reach.DISTAL,
    },
    entry="entrada",
    said="dicho",
    dealt_with=("atendida", "atendido", "resuelta", "resuelto", "hecho"),
)


def typed_names(tag: str | None) -> TypedNames:
    """Returns the names in the language of a tag such as `es` or `es-MX`; none besides the English ones for others."""
    return _SPANISH if language_of(tag or "") == "es" else _ENGLISH
