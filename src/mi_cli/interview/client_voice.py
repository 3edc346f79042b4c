"""Tells whether a goal or a step sounds like the client. The counselor is asked once; nothing is ever refused.

"I need to" and "I must" are the client's own words. "Client will attend" and "comply with the treatment plan" are an
institution's. Sources: goals are in the person's own words (CARF), and never proposed by the counselor (Miller & Moyers
2006). The patterns are for English and Spanish. They are text: `re` compiles each when it is first used, since an
interview begins without them.
"""

import re
from typing import Final

from mi_cli.interview.actions import Action, AddGoal, AddGoalPart, ReplaceStep

_OPENING: Final = r"^[\s\"'“”‘’«»(\-–—•*]*"  # quotation marks and the like that may stand before the first word


def _any_of(*patterns: str) -> str:
    return f"(?i){'|'.join(patterns)}"


_STARTS_IN_FIRST_PERSON: Final = _any_of(
    _OPENING
    + r"(?:I|I['’](?:d|m|ll|ve)|my|we|we['’](?:d|re|ll|ve)|yo|mi|mis|quiero|quisiera|necesito|debo|tengo que)\b"
)
_FIRST_PERSON: Final = _any_of(
    r"\b(?:I|me|my|mine|myself|we|us|our|yo|mi|mis|mí|me|conmigo|nos|nosotr[oa]s|nuestr[oa]s?)\b"
)
_CLIENT: Final = (
    r"(?:client|patient|pt|consumer|service[ -]user|client[ea]|paciente|usuari[oa]|beneficiari[oa]|persona usuaria)"
)
_WILL: Final = (
    r"(?:will|shall|agrees?|must|should|needs? to|has to|is to|is going to|wants? to|to"
    r"|\w+rá|acepta|debe|tiene que|va a|quiere|necesita|se compromete)\b"
)
_ABOUT_THE_CLIENT: Final = _any_of(
    rf"{_OPENING}{_CLIENT}\s+{_WILL}",
    rf"\b(?:the|this|el|la|al|del)\s+{_CLIENT}\b",
)
_OTHERS_WILL: Final = _any_of(rf"{_OPENING}(?:s?he|they|él|ella|el|la persona)\s+{_WILL}")
_JARGON: Final = _any_of(
    r"\b(?:comply|complies|compliance|compliant|adhere|adheres|adherence|verbali[sz]e|as evidenced by)\b",
    r"\b(?:treatment plan|plan de tratamiento)\b",
    r"\b(?:cumplir|cumplirá|cumpla) con\b",
    r"\b(?:dar cumplimiento|acatar|adherirse|adherencia|verbalizar|se compromete a|acepta (?:asistir|participar))\b",
)


def sounds_like_the_institution(words: str) -> bool:
    """Whether the words talk about the client instead of coming from the client, or are an institution's terms."""
    if re.search(_STARTS_IN_FIRST_PERSON, words):
        return False
    if re.search(_ABOUT_THE_CLIENT, words):
        return True
    return not re.search(_FIRST_PERSON, words) and bool(re.search(_OTHERS_WILL, words) or re.search(_JARGON, words))


def needs_voice_question(action: Action) -> bool:
    """Whether the counselor should be asked about a line. Only goals and steps: a reason may well be about others."""
    match action:
        case AddGoal(words) | AddGoalPart("steps", (str(words), *_)) | ReplaceStep(_, words):
            return sounds_like_the_institution(words)
        case _:
            return False
