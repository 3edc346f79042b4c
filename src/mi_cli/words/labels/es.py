"""The names of the closed sets in Spanish."""

from typing import Final

from mi_cli.records.consent import Element
from mi_cli.records.terms import Basis, Capacity, Category, HandoffPart, Purpose, RecipientKind
from mi_cli.words.labels.model import LabelWords

ES: Final = LabelWords(
    categories={
        Category.GOAL_PLAN: "metas y plan de cambio",
        Category.READINGS: "importancia, confianza y disposición",
        Category.SHARED_WORDS: "lo que el cliente eligió compartir de lo que se dijo",
        Category.PARKED_MATTERS: "asuntos que el cliente eligió compartir",
        Category.INTERVIEWS: "entrevistas realizadas",
        Category.SAFETY_RAISED: "una preocupación de seguridad",
        Category.PROGRESS_NOTES: "notas de progreso",
    },
    parts={
        HandoffPart.GOALS: "metas",
        HandoffPart.REASONS: "razones",
        HandoffPart.STEPS: "pasos y cuáles se dieron",
        HandoffPart.SUPPORTS: "quién puede ayudar",
        HandoffPart.BARRIERS: "qué podría estorbar",
        HandoffPart.SIGNS: "señales de que funciona",
        HandoffPart.IF_NOT_WORKING: "qué hacer si no funciona",
        HandoffPart.OBJECTIVE: "una redacción medible",
        HandoffPart.REVIEW: "fecha de revisión",
        HandoffPart.PROGRESS: "qué resultó (solo las líneas aceptadas una por una)",
        HandoffPart.READINGS: "los números dados, con fechas",
        HandoffPart.ANSWERS: "lo que se dijo sobre los números (solo las respuestas aceptadas una por una)",
        HandoffPart.FOCUS: "de qué se trata",
        HandoffPart.AGENDA: "qué más había por tratar",
        HandoffPart.CHANGE: "lo que habla a favor del cambio",
        HandoffPart.SUSTAIN: "lo que habla a favor de que todo siga igual",
        HandoffPart.VALUES: "valores",
        HandoffPart.STRENGTHS: "fortalezas",
        HandoffPart.TRIGGERS: "situaciones de alto riesgo",
        HandoffPart.NEXT_STEP: "el próximo paso acordado",
        HandoffPart.AMBIVALENCE: "lo que habla a favor de las dos cosas a la vez",
        HandoffPart.FACTS: "datos como medicinas, quién exigió el tratamiento, a quién llamar, la próxima cita (solo "
        "los aceptados uno por uno)",
        HandoffPart.FIRST_VISIT: "límites prácticos, qué ha ayudado antes, a qué persona de apoyo se puede llamar, "
        "en qué no insistir por ahora, qué se intenta hasta la próxima visita (también solo los aceptados)",
        HandoffPart.PARKED: "los que se apartaron para la terapia",
        HandoffPart.INTERVIEWS: "fechas, duración, etapas",
        HandoffPart.SAFETY: "que se planteó una, y cuándo; nada más al respecto",
        HandoffPart.NOTES: "cada nota firmada, entera: metas, lo que se hizo, la respuesta, evaluaciones como un "
        "diagnóstico y las palabras incluidas en ella",
    },
    purposes={
        Purpose.TREATMENT: "tratamiento",
        Purpose.PAYMENT: "pago",
        Purpose.OPERATIONS: "operaciones de atención médica",
        Purpose.CLIENT_REQUEST: "a petición del cliente",
    },
    recipients={
        RecipientKind.COVERED_ENTITY: "una entidad cubierta: un proveedor o plan que factura electrónicamente (HIPAA)",
        RecipientKind.BUSINESS_ASSOCIATE: "un asociado comercial de una entidad cubierta (HIPAA)",
        RecipientKind.PART2_PROGRAM: "un programa de la parte 2 que no es ninguno de los anteriores",
        RecipientKind.NOT_COVERED: "nada de lo anterior, y eso se sabe: no se le aplican HIPAA ni la parte 2",
        RecipientKind.OTHER: "no se sabe",
    },
    bases={
        Basis.CONSENT: "el consentimiento por escrito del cliente",
        Basis.SAME_PROGRAM: "dentro del programa (42 CFR 2.12(c)(3))",
        Basis.CLIENT_COPY: "la copia del propio cliente",
    },
    capacities={
        Capacity.CLIENT: "el propio cliente",
        Capacity.PARENT: "la madre o el padre",
        Capacity.GUARDIAN: "la tutora o el tutor",
        Capacity.REPRESENTATIVE: "un representante personal",
    },
    elements={
        Element.PATIENT_NAME: "el nombre del cliente",
        Element.DISCLOSERS: "el nombre de quien puede compartirlo",
        Element.SCOPE: "la descripción de lo que se puede compartir",
        Element.RECIPIENTS: "el nombre de quien puede recibirlo",
        Element.INTERMEDIARY: "el nombre de quien lo recibe del intermediario",
        Element.PURPOSE: "el propósito",
        Element.REVOCATION: "el derecho a revocarlo, y cómo",
        Element.EXPIRY: "la fecha o el hecho en que termina",
        Element.SIGNATURE: "el nombre de quien firmó",
        Element.DATE_SIGNED: "el día en que se firmó",
        Element.HIPAA_REDISCLOSURE: "la declaración de que se puede compartir de nuevo según HIPAA, pero no en "
        "procesos contra el cliente",
        Element.TPO_REDISCLOSURE: "la declaración de que se puede compartir de nuevo y entonces perder la protección",
        Element.TPO_REFUSAL: "la declaración de lo que pasa si el cliente no firma",
    },
    no_end="sin fecha final; hasta que se revoque",
)
