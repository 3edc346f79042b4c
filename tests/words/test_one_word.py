"""One word for one thing: what `docs/design.md` gives one name has no second one in any sentence.

Commands, options, settings and what is named by a rule of law keep their names.
"""

import re
from collections.abc import Iterator
from typing import Final

import pytest

from mi_cli.prompts.load import load
from mi_cli.words.help_texts_es import ES
from mi_cli.words.interview import interview_words
from mi_cli.words.languages import LANGUAGES
from tests.words.subjects import SUBJECTS, texts

# The second names, by the one that is used.
SECOND_NAMES: Final = {
    "en": {
        "client": r"\bpatients?\b",
        "interview": r"\bsessions?\b",
        "handoff": r"\bhand-?overs?\b|\breferral letter",
        "lapse": r"\brelaps|\bslip\b",
        "discord": r"\bresistan",
        "ruler": r"\bscales?\b",
        "passphrase": r"\bpasswords?\b",
    },
    "es": {
        "cliente": r"^Personas\b|\b(?:la|propia|esta|cada) persona\b(?! o | con )|\bpacientes?\b|\busuarios? de drogas",
        "entrevista": r"\bsesi[oó]n",
        "informe": r"traspaso|derivaci|\bentrega(?:s|do)?\b(?! por)",
        "comando": r"\b(?:una|esa|esta|otra|ninguna|misma|próxima|la) orden\b|[Óó]rdenes\b",
        "contraseña": r"frase de acceso|\b[Ff]rase (?:nueva|antigua|equivocada)",
        "conjunto de frases": r"[Cc]onjuntos? de preguntas",
        "computadora": r"\bequipos?\b|\bordenador",
        "tropiezo": r"[Rr]eca[ií]da",
        "discordancia": r"\b[Rr]esistencia",
        "lenguaje de mantenimiento": r"\b[Dd]iscurso\b",
        "escala": r"\b[Rr]eglas?,? (?:de 0|va |de (?:importancia|confianza|disposici))",
        "respuesta en la escala": r"\b[Ll]ecturas? (?:de 0|de import)|últimas lecturas",
        "preocupación de seguridad": r"asuntos? de seguridad",
        "nota de progreso": r"nota de evoluci",
        "enmienda": r"\b[Uu]n añadido|[Aa]mpliaciones",
        "revocar": r"\b[Rr]etirad",
        "credenciales": r"titulaci",
        "medicinas": r"[Mm]edicament",
        "agregar": r"\b[Aa]ñad[aeio]",
        "video": r"vídeo",
    },
}
LAW: Final = {("notices", "long")}
_NAMES: Final = re.compile(r"`[^`]*`|\{\w+\}|\bmi [a-z]+(?: [a-z]+)*|--[a-z-]+|\bMI_\w+|/[a-z]+|42 CFR[^.]*")


def sentences(language: str) -> Iterator[tuple[str, str]]:
    """Yields each text with its place, without the names of commands, options and laws."""
    for subject, chosen in SUBJECTS.items():
        yield from (
            (f"{subject}.{place}", _NAMES.sub("", text))
            for place, text in texts(chosen(language))
            if (subject, place) not in LAW
        )
    if language == "es":
        yield from ((f"help: {english}", _NAMES.sub("", text)) for english, text in ES.items())


SETS: Final = [
    (name, "es" if name.endswith("es") else "en") for name in ("en", "es", "brief", "brief-es", "teen", "teen-es")
]


def prompt_sentences(name: str) -> Iterator[tuple[str, str]]:
    """Yields what a set says to a counselor, and offers to be said, with its place."""
    for stage, guide in load(name, None).stages.items():
        lines = (guide.aim, *guide.listen_for, *guide.checks, *guide.traps, *guide.move_on)
        yield from ((f"{name}.{stage}", text) for text in (*lines, *(sign.sign for sign in guide.go_back)))
        for prompt in guide.prompts:
            texts_of = (prompt.say, prompt.listen_for, prompt.note, *prompt.follow_ups)
            yield from ((f"{name}.{prompt.id}", _NAMES.sub("", text)) for text in texts_of if text)


@pytest.mark.parametrize(("name", "language"), SETS)
def test_no_prompt_has_a_second_name_for_a_thing(name: str, language: str) -> None:
    second = [
        f"{place}: not “{found[0]}” but {word}: {text}"
        for place, text in prompt_sentences(name)
        for word, names in SECOND_NAMES[language].items()
        if word != "cliente" and (found := re.search(names, text))  # prompts are about other people too
    ]
    assert not second, "\n".join(second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_thing_has_a_second_name(language: str) -> None:
    second = [
        f"{place}: not “{found[0]}” but {word}"
        for place, text in sentences(language)
        for word, names in SECOND_NAMES[language].items()
        if (found := re.search(names, text))
    ]
    assert not second, "\n".join(second)


BRITISH: Final = re.compile(
    r"\b(?:[Rr]ing|[Rr]ang) (?:my|on|you|them|her|him|Dr)\b|\bkilos\b|\b(?:colour|behaviour|centre|programme|whilst|"
    r"towards|cheque|judgement|analyse|learnt|organis|recognis|counsellor|favour|neighbour)"
)


def test_english_is_american() -> None:
    lines = [(f"guide: {line}", line) for line, _ in interview_words("en").guide_example_lines]
    found = [place for place, text in (*sentences("en"), *lines, *prompt_sentences("en")) if BRITISH.search(text)]
    assert found == []
    assert BRITISH.search("Ring on Friday.")


def test_a_prompt_and_a_passphrase_are_told_apart_in_the_help() -> None:
    for english, spanish in ES.items():
        if "passphrase" in english:
            assert "contraseña" in spanish, english
        if "prompt" in english.lower():
            assert "frase" in spanish, english
            assert "contraseña" not in spanish, english


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The patient said so."),
        ("en", "That session is closed."),
        ("es", "Lo dijo la persona."),
        ("es", "No existe esa orden."),
        ("es", "El traspaso está hecho."),
    ],
)
def test_a_second_name_would_be_noticed(language: str, text: str) -> None:
    assert any(re.search(names, text) for names in SECOND_NAMES[language].values())
