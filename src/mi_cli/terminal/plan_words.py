"""The words around a change plan, once per language: its questions, to be read aloud together, and its labels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mi_cli.records.terms import GoalStatus, Reach


@dataclass(frozen=True, eq=False, repr=False)
class PlanWords:
    """Braces are filled in. `questions` and `more` are said to the client; their keys are places in a goal."""

    ask_goal: str
    ask_voice: str
    ask_voice_edit: str
    added: str
    lines_taken: str
    which: str
    keys: str
    keys_list: str
    count: str
    titles: Mapping[str, str]
    questions: Mapping[str, str]
    more: Mapping[str, str]
    standing: str
    walked: str

    labels: Mapping[str, str]
    statuses: Mapping[GoalStatus, str]
    reaches: Mapping[Reach, str]
    worded_by: str
    done: str
    from_interview: str
    from_entry: str
    from_outside: str
    history: str
    history_none: str
    before: str

    edit_title: str
    edit_ask: str
    edit_value: str
    edit_goal: str
    edit_by: str
    edited: str
    not_edited: str

    ask_progress: str
    readings: str
    open_steps: str
    ask_step: str
    ask_outcome: str
    ask_stands: Mapping[GoalStatus, str]
    stands: Mapping[GoalStatus, str]

    share_offer: str
    share_ask: str
    share_numbers: str
    share_now: str
    share_agreed: str
    share_failed: str
    share_entry: str
    share_headings: Mapping[str, str]


EN: Final = PlanWords(
    ask_goal="What do you want? In the client's words: ",
    ask_voice="Is this how the client put it? Enter keeps it, n takes the words anew: ",
    ask_voice_edit="Is this how the client put it? mi goals edit changes it.",
    added="Added: goal {id}.",
    lines_taken="{n} lines taken.",
    which="Which goal? Its number, or Enter for the first: ",
    keys="Enter passes over",
    keys_list="Enter goes on",
    count="{title} · {number} of {of}",
    titles={
        "reasons": "Reasons",
        "importance": "Importance",
        "steps": "Steps",
        "supports": "Who can help",
        "barriers": "What could get in the way",
        "signs": "Signs that it is working",
        "if_not_working": "If it is not working",
        "confidence": "Confidence",
        "review_on": "Looking at it again",
    },
    questions={
        "reasons": "What are the most important reasons for you to do this?",
        "importance": "How important is it to you, from 0 to 10?",
        "steps": "What is a step you could take?",
        "steps.when": "When will you do that?",
        "steps.where": "Where?",
        "steps.how": "How will you go about it?",
        "steps.reach": "Is it a step on the way there (1), or the change itself (2)?",
        "supports": "Who could help you with it?",
        "supports.how": "How could they help?",
        "barriers": "What could get in the way?",
        "barriers.response": "And what would you do then?",
        "signs": "How will you know that it is working?",
        "if_not_working": "What will you do if it is not working?",
        "confidence": "How confident are you that you can do it, from 0 to 10?",
        "review_on": "When should we look at it again? A date, or 4w for four weeks from now.",
    },
    more={
        "reasons": "What else makes it matter?",
        "steps": "Is there another step?",
        "supports": "Who else?",
        "barriers": "What else could get in the way?",
        "signs": "What else will tell you?",
    },
    standing="so far",
    walked="The plan stands as far as you took it. mi goals plan goes on with it, mi goals edit changes it.",
    labels={
        "words": "goal",
        "objective": "objective",
        "reasons": "why",
        "importance": "importance",
        "steps": "step",
        "steps.words": "what",
        "steps.when": "when",
        "steps.where": "where",
        "steps.how": "how",
        "steps.reach": "reach",
        "steps.done_on": "done on",
        "steps.outcome": "came of it",
        "supports": "help",
        "supports.who": "who",
        "supports.how": "how",
        "barriers": "if",
        "barriers.what": "what",
        "barriers.response": "then",
        "signs": "sign",
        "if_not_working": "if it is not working",
        "confidence": "confidence",
        "review_on": "review",
        "progress": "came of it",
        "progress.words": "words",
        "status": "status",
    },
    statuses={GoalStatus.ACTIVE: "active", GoalStatus.MET: "met", GoalStatus.DROPPED: "dropped"},
    reaches={Reach.PROXIMAL: "on the way", Reach.DISTAL: "the change itself"},
    worded_by="worded by {by}",
    done="done {day}",
    from_interview="said {day}, interview {session}, {stage}",
    from_entry="after entry {n}",
    from_outside="added {day}, outside an interview",
    history="What stood there before",
    history_none="Nothing was changed yet.",
    before="{label}, until then: {value}",
    edit_title="What is to be changed?",
    edit_ask="A number, or Enter to leave it as it is: ",
    edit_value="{label}, anew (Enter keeps it, - takes it out): ",
    edit_goal="{label}, anew (Enter keeps it): ",
    edit_by="Who worded it? Enter for {by}: ",
    edited="Changed. mi goals show {code} --history shows what was there before.",
    not_edited="Nothing was changed.",
    ask_progress="What came of it? Enter passes over: ",
    readings="Rulers, 0 to 10",
    open_steps="Steps not yet done",
    ask_step="Was one of them done? Its number, or Enter: ",
    ask_outcome="How did it go? Enter passes over: ",
    ask_stands={
        GoalStatus.ACTIVE: "Take up this goal again? “{words}” y/N: ",
        GoalStatus.MET: "Is this goal met? “{words}” y/N: ",
        GoalStatus.DROPPED: "Drop this goal? “{words}” y/N: ",
    },
    stands={
        GoalStatus.ACTIVE: "Taken up again.",
        GoalStatus.MET: "Met. It stays in the plan with everything that belongs to it.",
        GoalStatus.DROPPED: "Dropped, not deleted: it stays in the plan. mi goals edit takes it up again (status).",
    },
    share_offer="Could be passed on, if the client agrees: {n}. y looks, Enter goes on: ",
    share_ask="Numbers the client agrees to, -7 takes one out again, Enter when done: ",
    share_numbers="Numbers from the list, such as 7 p1, or -7.",
    share_now="in the plan: {numbers}",
    share_agreed="the client agreed, {day}",
    share_failed="{trouble} mi goals share goes on with it.",
    share_entry="entry {n} of {session}, {day}",
    share_headings={
        "parked": "Parked for the therapist: as told, not analysed",
        "focus": "What this is about",
        "talk": "For and against change",
        "values": "What matters",
        "strengths": "Strengths",
        "triggers": "Situations of high risk, as told",
        "next": "Next step",
        "results": "What came of the goals, as the counselor noted it",
    },
)

ES: Final = PlanWords(
    ask_goal="¿Qué quiere usted? En palabras de la persona: ",
    ask_voice="¿Lo dijo así la persona? Enter lo deja, n toma las palabras de nuevo: ",
    ask_voice_edit="¿Lo dijo así la persona? mi goals edit lo cambia.",
    added="Añadida: meta {id}.",
    lines_taken="{n} líneas guardadas.",
    which="¿Cuál meta? Su número, o Enter para la primera: ",
    keys="Enter la deja pasar",
    keys_list="Enter sigue",
    count="{title} · {number} de {of}",
    titles={
        "reasons": "Razones",
        "importance": "Importancia",
        "steps": "Pasos",
        "supports": "Quién puede ayudar",
        "barriers": "Qué podría estorbar",
        "signs": "Señales de que funciona",
        "if_not_working": "Si no funciona",
        "confidence": "Confianza",
        "review_on": "Cuándo volver a verlo",
    },
    questions={
        "reasons": "¿Cuáles son las razones más importantes para usted?",
        "importance": "¿Qué importancia tiene para usted, de 0 a 10?",
        "steps": "¿Qué paso podría dar?",
        "steps.when": "¿Cuándo lo hará?",
        "steps.where": "¿Dónde?",
        "steps.how": "¿De qué manera lo hará?",
        "steps.reach": "¿Es un paso en el camino (1), o el cambio mismo (2)?",
        "supports": "¿Quién podría ayudarle con esto?",
        "supports.how": "¿De qué manera podría ayudarle?",
        "barriers": "¿Qué podría estorbar?",
        "barriers.response": "¿Y qué haría usted entonces?",
        "signs": "¿Cómo sabrá que está funcionando?",
        "if_not_working": "¿Qué hará si no está funcionando?",
        "confidence": "¿Qué confianza tiene en poder hacerlo, de 0 a 10?",
        "review_on": "¿Cuándo lo volvemos a ver? Una fecha, o 4w para dentro de cuatro semanas.",
    },
    more={
        "reasons": "¿Qué más hace que importe?",
        "steps": "¿Hay otro paso?",
        "supports": "¿Quién más?",
        "barriers": "¿Qué otra cosa podría estorbar?",
        "signs": "¿Qué más se lo dirá?",
    },
    standing="hasta ahora",
    walked="El plan queda hasta donde llegaron. mi goals plan sigue con él, mi goals edit lo cambia.",
    labels={
        "words": "meta",
        "objective": "objetivo",
        "reasons": "por qué",
        "importance": "importancia",
        "steps": "paso",
        "steps.words": "qué",
        "steps.when": "cuándo",
        "steps.where": "dónde",
        "steps.how": "cómo",
        "steps.reach": "alcance",
        "steps.done_on": "hecho el",
        "steps.outcome": "qué resultó",
        "supports": "apoyo",
        "supports.who": "quién",
        "supports.how": "cómo",
        "barriers": "si",
        "barriers.what": "qué",
        "barriers.response": "entonces",
        "signs": "señal",
        "if_not_working": "si no funciona",
        "confidence": "confianza",
        "review_on": "revisión",
        "progress": "qué resultó",
        "progress.words": "palabras",
        "status": "estado",
    },
    statuses={GoalStatus.ACTIVE: "activa", GoalStatus.MET: "lograda", GoalStatus.DROPPED: "dejada"},
    reaches={Reach.PROXIMAL: "en el camino", Reach.DISTAL: "el cambio mismo"},
    worded_by="redactado por {by}",
    done="hecho {day}",
    from_interview="dicha el {day}, entrevista {session}, {stage}",
    from_entry="después de la entrada {n}",
    from_outside="añadida el {day}, fuera de una entrevista",
    history="Lo que había antes",
    history_none="Todavía no se ha cambiado nada.",
    before="{label}, hasta entonces: {value}",
    edit_title="¿Qué hay que cambiar?",
    edit_ask="Un número, o Enter para dejarlo como está: ",
    edit_value="{label}, de nuevo (Enter lo deja, - lo quita): ",
    edit_goal="{label}, de nuevo (Enter lo deja): ",
    edit_by="¿Quién lo redactó? Enter para {by}: ",
    edited="Cambiado. mi goals show {code} --history muestra lo que había antes.",
    not_edited="No se cambió nada.",
    ask_progress="¿Qué resultó? Enter la deja pasar: ",
    readings="Reglas, de 0 a 10",
    open_steps="Pasos que faltan",
    ask_step="¿Se dio alguno? Su número, o Enter: ",
    ask_outcome="¿Cómo le fue? Enter la deja pasar: ",
    ask_stands={
        GoalStatus.ACTIVE: "¿Retomar esta meta? “{words}” s/N: ",
        GoalStatus.MET: "¿Se logró esta meta? “{words}” s/N: ",
        GoalStatus.DROPPED: "¿Dejar esta meta? “{words}” s/N: ",
    },
    stands={
        GoalStatus.ACTIVE: "Otra vez en curso.",
        GoalStatus.MET: "Lograda. Queda en el plan con todo lo suyo.",
        GoalStatus.DROPPED: "Dejada, no borrada: sigue en el plan. mi goals edit la retoma (estado).",
    },
    share_offer="Se podría compartir, si la persona acepta: {n}. s lo repasa, Enter sigue: ",
    share_ask="Números que la persona acepta, -7 vuelve a sacar uno, Enter al terminar: ",
    share_numbers="Números de la lista, como 7 p1, o -7.",
    share_now="en el plan: {numbers}",
    share_agreed="la persona aceptó, {day}",
    share_failed="{trouble} mi goals share sigue con esto.",
    share_entry="entrada {n} de {session}, {day}",
    share_headings={
        "parked": "Apartado para la terapia: tal como se contó, sin analizar",
        "focus": "De qué se trata",
        "talk": "A favor y en contra del cambio",
        "values": "Lo que importa",
        "strengths": "Fortalezas",
        "triggers": "Situaciones de alto riesgo, tal como se contaron",
        "next": "Próximo paso",
        "results": "Qué resultó de las metas, tal como lo anotó usted",
    },
)
