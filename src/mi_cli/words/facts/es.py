"""The texts about client facts in Spanish."""

from typing import Final

from mi_cli.records.terms import Direction, FactSource
from mi_cli.words.facts.model import FactWords

ES: Final = FactWords(
    nothing="No hay nada anotado sobre esta persona, y no hace falta que lo haya.",
    ask_one="mi client facts {code} NOMBRE anota o cambia uno de estos: {names}",
    labels={
        "name": "de qué se trata",
        "substance": "sustancia",
        "route": "cómo la usa",
        "pattern": "con qué frecuencia y cuándo",
        "last_use": "última vez",
        "direction": "hacia dónde",
        "by": "quién envió",
        "reported": "qué se informa",
        "until": "hasta",
        "medicines": "medicamentos",
        "safer_use": "uso más seguro",
        "reach": "cómo comunicarse",
        "appointment": "próxima cita",
    },
    questions={
        "name": "¿De qué se trata, en palabras de la persona?",
        "substance": "¿Qué sustancia, si se trata de una?",
        "route": "¿Cómo la usa?",
        "pattern": "¿Con qué frecuencia y cuándo?",
        "last_use": "¿Cuándo fue la última vez?",
        "direction": "¿Hacia dónde quiere ir la persona?",
        "by": "¿Quién envió a la persona?",
        "reported": "¿Qué se le informa?",
        "until": "¿Hasta cuándo? Una fecha como 2027-01-31, o 4w.",
        "medicines": "¿Qué medicamentos toma la persona?",
        "safer_use": "¿Con qué cuenta para un uso más seguro? Naloxona, alguien cerca, tiras reactivas …",
        "reach": "¿A quién se puede llamar, y se puede dejar un mensaje?",
        "appointment": "¿Cuándo y dónde es la próxima cita?",
    },
    directions={
        Direction.STOP: "dejarlo",
        Direction.LESS: "menos",
        Direction.SAFER: "más seguro",
        Direction.UNDECIDED: "sin decidir",
    },
    sources={
        FactSource.CLIENT: "lo dijo la persona",
        FactSource.REFERRAL: "lo dijo quien refirió a la persona",
        FactSource.COUNSELOR: "lo anotó quien la atiende",
    },
    origin="el {day}, {source}",
    sent="sí; no está anotado por quién",
    present="hasta ahora",
    which_target="¿Cuál de estas? El número: ",
    which_or_new="¿Cuál de estas? El número, o Enter para otra: ",
    choose_direction="{question} Puede elegir {choices}: ",
    no_target="Anote primero de qué se trata: mi client facts {code} target",
    enter_leaves="Enter lo deja como está.",
    enter_or_clear="Enter lo deja como está, - lo quita.",
    not_a_date="Eso no es una fecha. 2027-01-31 lo es, y también 4w: dentro de cuatro semanas.",
    noted="Anotado: {what}.",
    removed="Quitado: {what}.",
    unchanged="No se cambió nada.",
    ask_family="Apellidos, que otros programas guardan aparte (Intro los deja fuera): ",
    ask_given="Nombres de pila (Intro los deja fuera): ",
)
