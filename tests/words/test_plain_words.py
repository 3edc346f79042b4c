"""Wordings that counselors did not understand do not come back, in any sentence of `words`."""

import re
from typing import Final

import pytest

from mi_cli.words.languages import LANGUAGES
from tests.words.subjects import SUBJECTS, texts

# What was read as a riddle, was British, or was no Spanish that is spoken.
RIDDLES: Final = {
    "en": r"passes over|is a must|of no format|what has a cross|colour|analys(?:e|ing)\b|"
    r"What is to be added|no backup for a week|its notes with it|nothing permits it|words are needed after",
    "es": r"[Nn]ada obliga|a la par|quien aconseja|tiene una cruz|detonante|\b[Ii]ntro\b|deja pasar|¿Cuál meta|"
    r"permanencia|hacen falta palabras",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_sentence_is_a_riddle(subject: str, language: str) -> None:
    riddle = re.compile(RIDDLES[language])
    assert [place for place, text in texts(SUBJECTS[subject](language)) if riddle.search(text)] == []


@pytest.mark.parametrize(("language", "text"), [("en", "Enter passes over it."), ("es", "Nada obliga.")])
def test_a_riddle_would_be_noticed(language: str, text: str) -> None:
    assert re.search(RIDDLES[language], text)
