"""Whether a consent is for what a handoff to a therapist serves: treatment, or the client's request (42 CFR 2.13(a)).

The codes on a consent say it. Where a paper says what for in words alone, its words must speak of treatment and of
nothing else: "to begin CBT" does; "for my hearing", "to bill my insurer" and words that say neither do not. Such a
purpose has to be coded by somebody who knows what the client meant.
"""

import re
import unicodedata
from typing import Final

from mi_cli.records.consent import Consent
from mi_cli.records.terms import Purpose

# Tried on words without accents and capitals, in English and Spanish.
_TREATMENT: Final = re.compile(
    r"\b(?:treat\w*|(?:psycho)?therap\w*|cbt|counsel(?:l?ing|or)\w*|(?:my|of|clinical|health) care|"
    r"trata(?:miento|r)\w*|(?:psico)?terap\w*|tcc|consejeria|atencion (?:clinica|medica|de salud))\b"
)
_SOMETHING_ELSE: Final = re.compile(
    r"\b(?:court\w*|hearings?|judge|probation|parole|legal\w*|lawyers?|attorneys?|prosecut\w*|custody|trial|"
    r"insur\w*|bill\w*|pay\w*|claims?|employ\w*|jobs?|school|research\w*|stud(?:y|ies)|fundrais\w*|market\w*|"
    r"juez\w*|juzgado|tribunal\w*|audiencias?|libertad condicional|abogad\w*|fiscal\w*|custodia|juicio|"
    r"asegurador\w*|seguros?|factur\w*|pag(?:o|os|ar)|emple\w*|trabajo|escuela|investigacion|estudios?)\b"
)


def covers_handoff(consent: Consent) -> bool:
    """Whether a handoff to a therapist is among what the consent is for."""
    if consent.covers(Purpose.TREATMENT) or consent.covers(Purpose.CLIENT_REQUEST):
        return True
    return not consent.purpose_codes and is_treatment(consent.purpose_text or "")


def is_treatment(text: str) -> bool:
    """Whether a purpose in words speaks of treatment, and of nothing else that a disclosure can be for."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    folded = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bool(_TREATMENT.search(folded)) and not _SOMETHING_ELSE.search(folded)
