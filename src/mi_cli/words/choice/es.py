"""Las reglas de la elección, en español."""

from typing import Final

from mi_cli.records.text_keys import Need, RuleName
from mi_cli.words.choice.model import ChoiceWords

ES: Final = ChoiceWords(
    title="Qué sigue, y por qué",
    order=(
        (
            "Una línea vacía avanza. Lo último que pasó decide qué sigue, si lo nombra una de las reglas "
            "de abajo; /frases y /usar toman cualquier frase."
        ),
        (
            "Si no ha pasado nada de eso, siguen en orden las frases centrales de la etapa. Una frase llega sola una "
            "vez por entrevista como máximo, y solo si se cumple lo que necesita."
        ),
        "Lo que usted anotó haber hecho cuenta: después de `>r` el reflejo ya se dio.",
    ),
    rules_title="Qué se ofrece después de qué, y por qué",
    offers={
        RuleName.RECAP: "silencio, y después planificación",
        RuleName.LAPSE: "un reflejo, después que lo anterior también cuenta, y luego una pregunta",
        RuleName.DISCORD: "un reflejo, después una disculpa u otro tema, y luego de quién es la decisión",
        RuleName.SUSTAIN_AGAIN: "de quién es la decisión",
        RuleName.SUSTAIN_TALK: "un reflejo, según su tipo",
        RuleName.AMBIVALENCE: "un reflejo de los dos lados",
        RuleName.CHANGE_TALK: "un reflejo según su tipo, y luego una pregunta para que el cliente diga más",
        RuleName.STRENGTH: "una afirmación hecha con ella",
        RuleName.PARKED: "gracias, y qué le gustaría al cliente que se haga con eso",
        RuleName.FOCUS_AGREED: "lo acordado, cuidarse cuando hace falta, y luego las razones para cambiar",
        RuleName.LOW_READING: "lo que ayuda con la más baja de importancia y confianza",
        RuleName.HIGH_READING: "lo que hay detrás del número",
        RuleName.MANDATED: "cómo es venir por mandato, y qué se informa",
        RuleName.OVERDOSE: "cómo ha sido, y después cuidarse",
        RuleName.STAYING_SAFE: "cuidarse",
    },
    reasons={
        RuleName.RECAP: (
            "Después de un resumen y de una pregunta clave el cliente necesita tiempo; mirar más hacia "
            "atrás se lo quita."
        ),
        RuleName.LAPSE: (
            "Quien cuenta un tropiezo espera un reproche. Oír que lo anterior también cuenta deja abierto el regreso."
        ),
        RuleName.DISCORD: "La fricción es entre ustedes: primero hay que volver a vincularse.",
        RuleName.SUSTAIN_AGAIN: (
            "Es la segunda razón en contra seguida. Discutir no ayuda; oír de quién es la decisión suele "
            "terminar la discusión. Si habla de capacidad sigue un reflejo: puede ser desesperanza."
        ),
        RuleName.SUSTAIN_TALK: "Una pregunta pediría más de lo mismo. Sentir que le comprenden lo hace más pequeño.",
        RuleName.AMBIVALENCE: "Los dos lados van juntos: si se deja uno fuera, el cliente lo defiende.",
        RuleName.CHANGE_TALK: "El lenguaje de cambio crece cuando se escucha y se elabora antes de pasar a otro tema.",
        RuleName.STRENGTH: "Una fortaleza que se notó merece decirse, con lo que hizo el cliente y no como elogio.",
        RuleName.PARKED: "Se contó algo difícil que corresponde a otro espacio: ni ahondar ni pasarlo por alto.",
        RuleName.FOCUS_AGREED: "El tema ya se decidió: otra pregunta sobre el tema lo pondría en duda.",
        RuleName.LOW_READING: "La duda por la importancia y la duda por la confianza piden ayudas distintas.",
        RuleName.HIGH_READING: "Un número alto tiene su razón, y el cliente todavía no la ha dicho toda.",
        RuleName.MANDATED: "Quien viene por mandato necesita saber primero qué se dirá y a quién.",
        RuleName.OVERDOSE: "Quien estuvo a punto de morir necesita que eso se escuche primero.",
        RuleName.STAYING_SAFE: (
            "Con opioides o estimulantes en el enfoque, o una preocupación por sobredosis, esperar a la "
            "planificación puede ser tarde."
        ),
    },
    source="Fuente: {source}",
    needs_title="Lo que una frase puede necesitar (`needs` en su TOML)",
    needs={
        Need.CHANGE_TALK: "lenguaje de cambio con palabras, en esta entrevista o en una anterior",
        Need.SUSTAIN_TALK: "lenguaje de mantenimiento en esta entrevista",
        Need.BOTH_SIDES: "se han dicho los dos lados",
        Need.WORRY: "una necesidad dicha con palabras",
        Need.WISH: "un deseo dicho con palabras",
        Need.ABILITY_TALK: "una capacidad dicha con palabras",
        Need.REASON_TALK: "una razón dicha con palabras",
        Need.COMMITMENT: "un compromiso dicho con palabras",
        Need.TAKING: "un paso ya dado, dicho con palabras",
        Need.VALUE: "un valor (/valor)",
        Need.STRENGTH: "una fortaleza (!)",
        Need.TRIGGER: "una situación de riesgo (/desencadenante)",
        Need.PARKED: "un tema apartado (?)",
        Need.AGENDA: "algo en la agenda",
        Need.AGENDA_2: "dos cosas o más en la agenda",
        Need.FOCUS: "un enfoque en esta entrevista",
        Need.NO_FOCUS: "todavía ningún enfoque",
        Need.GOAL: "una meta activa",
        Need.NO_GOAL: "ninguna meta activa",
        Need.REASON: "una razón de la meta en curso",
        Need.NO_REASON: "ninguna razón de la meta en curso",
        Need.STEP: "un paso de la meta en curso",
        Need.NO_STEP: "ningún paso de la meta en curso",
        Need.WHEN: "un paso con fecha",
        Need.NO_WHEN: "ningún paso con fecha",
        Need.SUPPORT: "un apoyo de la meta en curso",
        Need.NO_SUPPORT: "ningún apoyo de la meta en curso",
        Need.BARRIER: "un obstáculo de la meta en curso",
        Need.NO_BARRIER: "ningún obstáculo de la meta en curso",
        Need.RESPONSE: "una respuesta a un obstáculo",
        Need.NO_RESPONSE: "ninguna respuesta a un obstáculo",
        Need.SIGN: "una señal de que el plan funciona",
        Need.NO_SIGN: "ninguna señal de que el plan funciona",
        Need.OTHERWISE: "qué hacer si el plan no funciona",
        Need.NO_OTHERWISE: "todavía nada por si el plan no funciona",
        Need.REVIEW: "una fecha de revisión de la meta",
        Need.NO_REVIEW: "ninguna fecha de revisión de la meta",
        Need.OPEN_STEP: "un paso acordado antes de esta entrevista, sin resultado anotado",
        Need.EARLIER_FOCUS: "un enfoque en una entrevista anterior",
        Need.NOTHING_SAID: "todavía no hay nada anotado de lo que dijo el cliente",
        Need.EARLIER_TALK: "lenguaje de cambio de una entrevista anterior",
        Need.MANDATED: "un cliente que viene por mandato (/mandato)",
        Need.NOT_MANDATED: "nadie mandó al cliente, que se sepa",
        Need.LAPSE: "un tropiezo contado en esta entrevista",
        Need.NO_LAPSE: "ningún tropiezo contado en esta entrevista",
        Need.NO_DISCORD: "ninguna discordancia en esta entrevista",
        Need.IMPORTANCE: "un número de importancia",
        Need.CONFIDENCE: "un número de confianza",
        Need.NO_IMPORTANCE: "todavía ningún número de importancia para este tema",
        Need.NO_CONFIDENCE: "todavía ningún número de confianza para este tema",
        Need.NO_READINESS: "todavía ningún número de disposición para este tema",
        Need.LOW_CONFIDENCE: "la última confianza es menor que 7",
        Need.CONFIDENT: "la última confianza no es menor que 7, o no se preguntó",
        Need.FEAR: "la última discordancia habla de miedo a las consecuencias",
        Need.MEDICINES: "medicinas entre los datos del cliente",
        Need.SEVERAL_SUBSTANCES: "dos sustancias o más en el enfoque o en la agenda",
        Need.CHILDREN: "el cliente habló de hijos",
        Need.PAIN: "el cliente habló de dolor",
        Need.MOOD: "el cliente habló de ánimo bajo o ansiedad",
    },
)
