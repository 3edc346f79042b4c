"""The names that can be typed in an interview besides the English ones, by language.

English names work in every language (`interview.commands`). Accents and capitals may be left out when typing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mi_cli.records.terms import FactName, Stage, Talk
from mi_cli.words.languages import language_of


@dataclass(frozen=True)
class TypedNames:
    """The names of one language. `entry` is the word for `/undo entry`, `said` the one for `/mark 9 said`."""

    commands: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, Talk] = field(default_factory=dict)
    stages: Mapping[str, Stage] = field(default_factory=dict)
    facts: Mapping[str, FactName] = field(default_factory=dict)
    entry: str = ""
    said: str = ""


_ENGLISH: Final = TypedNames()

_SPANISH: Final = TypedNames(
    commands={
        "siguiente": "next",
        "anterior": "back",
        "atrás": "back",
        "repetir": "again",
        "etapa": "stage",
        "vinculación": "engaging",
        "vincular": "engaging",
        "enfocar": "focusing",
        "evocación": "evoking",
        "evocar": "evoking",
        "planificación": "planning",
        "planificar": "planning",
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
    stages={
        "vinculación": Stage.ENGAGING,
        "vincular": Stage.ENGAGING,
        "enfoque": Stage.FOCUSING,
        "enfocar": Stage.FOCUSING,
        "evocación": Stage.EVOKING,
        "evocar": Stage.EVOKING,
        "planificación": Stage.PLANNING,
        "planificar": Stage.PLANNING,
    },
    facts={
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
    },
    entry="entrada",
    said="dicho",
)


def typed_names(tag: str | None) -> TypedNames:
    """Returns the names in the language of a tag such as `es` or `es-MX`; none besides the English ones for others."""
    return _SPANISH if language_of(tag or "") == "es" else _ENGLISH
