"""How the closed sets of consent and handoff are called, in English and Spanish."""

from collections.abc import Mapping
from typing import Final

from mi_cli.records.consent import Element
from mi_cli.records.terms import Basis, Capacity, Category, Purpose, RecipientKind

Both = Mapping[str, str]

# What each is made of is in `handoff.scope`.
CATEGORIES: Final[Mapping[Category, Both]] = {
    Category.GOAL_PLAN: {"en": "goals and change plan", "es": "metas y plan de cambio"},
    Category.READINGS: {
        "en": "importance, confidence and readiness",
        "es": "importancia, confianza y disposición",
    },
    Category.SHARED_WORDS: {
        "en": "what the client chose to share of what was said",
        "es": "lo que el cliente eligió compartir de lo que se dijo",
    },
    Category.PARKED_MATTERS: {
        "en": "matters that the client chose to share",
        "es": "asuntos que el cliente eligió compartir",
    },
    Category.INTERVIEWS: {"en": "interviews held", "es": "entrevistas realizadas"},
    Category.SAFETY_RAISED: {"en": "a safety concern", "es": "una preocupación de seguridad"},
}

PURPOSES: Final[Mapping[Purpose, Both]] = {
    Purpose.TREATMENT: {"en": "treatment", "es": "tratamiento"},
    Purpose.PAYMENT: {"en": "payment", "es": "pago"},
    Purpose.OPERATIONS: {"en": "health care operations", "es": "operaciones de atención médica"},
    Purpose.CLIENT_REQUEST: {"en": "at the request of the client", "es": "a petición del cliente"},
}

RECIPIENTS: Final[Mapping[RecipientKind, Both]] = {
    RecipientKind.COVERED_ENTITY: {
        "en": "a covered entity: a provider or plan that bills electronically (HIPAA)",
        "es": "una entidad cubierta: un proveedor o plan que factura electrónicamente (HIPAA)",
    },
    RecipientKind.BUSINESS_ASSOCIATE: {
        "en": "a business associate of a covered entity (HIPAA)",
        "es": "un asociado comercial de una entidad cubierta (HIPAA)",
    },
    RecipientKind.PART2_PROGRAM: {
        "en": "a part 2 program that is neither of these",
        "es": "un programa de la parte 2 que no es ninguno de los anteriores",
    },
    RecipientKind.OTHER: {"en": "somebody else, or not known", "es": "otra persona, o no se sabe"},
}

BASES: Final[Mapping[Basis, Both]] = {
    Basis.CONSENT: {"en": "the client's written consent", "es": "el consentimiento por escrito del cliente"},
    Basis.SAME_PROGRAM: {
        "en": "within the program (42 CFR 2.12(c)(3))",
        "es": "dentro del programa (42 CFR 2.12(c)(3))",
    },
    Basis.CLIENT_COPY: {"en": "the client's own copy", "es": "la copia del propio cliente"},
}

CAPACITIES: Final[Mapping[Capacity, Both]] = {
    Capacity.CLIENT: {"en": "the client", "es": "el cliente"},
    Capacity.PARENT: {"en": "a parent", "es": "la madre o el padre"},
    Capacity.GUARDIAN: {"en": "a guardian", "es": "la tutora o el tutor"},
    Capacity.REPRESENTATIVE: {"en": "a personal representative", "es": "un representante personal"},
}

ELEMENTS: Final[Mapping[Element, Both]] = {
    Element.PATIENT_NAME: {"en": "the client's name", "es": "el nombre del cliente"},
    Element.DISCLOSERS: {"en": "who may pass it on", "es": "quién puede compartirlo"},
    Element.SCOPE: {"en": "what may be passed on", "es": "qué se puede compartir"},
    Element.RECIPIENTS: {"en": "who may get it", "es": "quién puede recibirlo"},
    Element.INTERMEDIARY: {
        "en": "whom the intermediary passes it on to",
        "es": "a quién lo pasa el intermediario",
    },
    Element.PURPOSE: {"en": "what for", "es": "para qué"},
    Element.REVOCATION: {
        "en": "the right to take it back, and how",
        "es": "el derecho a revocarlo, y cómo",
    },
    Element.EXPIRY: {"en": "until when", "es": "hasta cuándo"},
    Element.SIGNATURE: {"en": "who signed", "es": "quién firmó"},
    Element.DATE_SIGNED: {"en": "the day it was signed", "es": "el día en que se firmó"},
    Element.HIPAA_REDISCLOSURE: {
        "en": "the statement that it may be passed on under HIPAA, but not in proceedings against the client",
        "es": "la declaración de que se puede compartir de nuevo según HIPAA, pero no en procesos contra el cliente",
    },
    Element.TPO_REDISCLOSURE: {
        "en": "the statement that it may be passed on and then no longer be protected",
        "es": "la declaración de que se puede compartir de nuevo y entonces perder la protección",
    },
    Element.TPO_REFUSAL: {
        "en": "the statement about what follows if the client does not sign",
        "es": "la declaración de lo que pasa si el cliente no firma",
    },
}


def label(names: Both, language: str) -> str:
    """The name in that language; English where there is none."""
    return names.get(language, names["en"])
