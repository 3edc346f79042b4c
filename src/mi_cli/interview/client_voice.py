"""Whether a goal or a step sounds like the client. What does not is asked about once; nothing is ever refused.

"I need to" and "I must" are the client's own. "Client will attend" and "comply with the treatment plan" are an
institution's (goals in the person's own words: CARF; never proposed by the counselor: Miller & Moyers 2006).
"""

import re
from typing import Final

from mi_cli.interview.actions import Action, AddGoal, AddGoalPart

_OPENING: Final = r"^[\s\"'“”‘’«»(\-–—•*]*"  # quotation marks and the like that may stand before the first word


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_I_BEGIN: Final = re.compile(
    _OPENING
    + r"(?:I|I['’](?:d|m|ll|ve)|my|we|we['’](?:d|re|ll|ve)|yo|mi|mis|quiero|quisiera|necesito|debo|tengo que)\b",
    re.IGNORECASE,
)
_I_AM_IN_IT: Final = re.compile(
    r"\b(?:I|me|my|mine|myself|we|us|our|yo|mi|mis|mí|me|conmigo|nos|nosotr[oa]s|nuestr[oa]s?)\b", re.IGNORECASE
)
_PERSON: Final = (
    r"(?:client|patient|pt|consumer|service[ -]user|client[ea]|paciente|usuari[oa]|beneficiari[oa]|persona usuaria)"
)
_DOES: Final = (
    r"(?:will|shall|agrees?|must|should|needs? to|has to|is to|is going to|wants? to|to"
    r"|\w+rá|acepta|debe|tiene que|va a|quiere|necesita|se compromete)\b"
)
_THE_PERSON: Final = _any_of(
    rf"{_OPENING}{_PERSON}\s+{_DOES}",
    rf"\b(?:the|this|el|la|al|del)\s+{_PERSON}\b",
)
_SOMEBODY_WILL: Final = re.compile(rf"{_OPENING}(?:s?he|they|él|ella|el|la persona)\s+{_DOES}", re.IGNORECASE)
_INSTITUTION: Final = _any_of(
    r"\b(?:comply|complies|compliance|compliant|adhere|adheres|adherence|verbali[sz]e|as evidenced by)\b",
    r"\b(?:treatment plan|plan de tratamiento)\b",
    r"\b(?:cumplir|cumplirá|cumpla) con\b",
    r"\b(?:dar cumplimiento|acatar|adherirse|adherencia|verbalizar|se compromete a|acepta (?:asistir|participar))\b",
)


def sounds_like_the_institution(words: str) -> bool:
    """Whether the words are about the client rather than by the client, or an institution's."""
    if _I_BEGIN.search(words):
        return False
    if _THE_PERSON.search(words):
        return True
    return not _I_AM_IN_IT.search(words) and bool(_SOMEBODY_WILL.search(words) or _INSTITUTION.search(words))


def needs_voice_question(action: Action) -> bool:
    """Whether a line's words are asked about: a goal or a step; a reason or a barrier may well be about others."""
    match action:
        case AddGoal(words) | AddGoalPart("steps", (str(words), *_)):
            return sounds_like_the_institution(words)
        case _:
            return False
