"""Tells whether a goal or a step means stopping alcohol or sedatives at once. A pure function.

Theory of operation
===================

Withdrawal from alcohol and from sedatives can be severe and can kill; risk is assessed even where nothing shows yet
(ASAM Clinical Practice Guideline on Alcohol Withdrawal Management, 2020). So a plan to stop at once gets one quiet
line: medical review first. The line is a reminder: it refuses nothing, says nothing of doses or of tapering, is not
recorded, and its absence never means that stopping is safe.

The line comes where the words mean stopping (`Topic.STOPPING` of the prompt set, with its exceptions such as "not
quitting") and alcohol or sedatives are what is stopped. That is read clause by clause, so that in "quit smoking, drink
less" nothing is: the substance of the clause counts, else that of all the words, else that of the context (the focus,
the goal, the agenda). Cutting down, limits and stopping with a doctor do not bring the line. Where it is unclear, it
comes: a line too many costs a glance.

The patterns for less instead of none, and for medical help, are for English and Spanish; all are tried in any language.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final

from mi_cli.prompts.model import PromptSet, Substance, Topic
from mi_cli.prompts.topics import Text, folded, substances_in, topics_in

_RISKY: Final = frozenset({Substance.ALCOHOL, Substance.SEDATIVES})


def needs_medical_review(words: str, focus: Collection[str], prompts: PromptSet) -> bool:
    """Whether the words mean stopping alcohol or sedatives at once. `focus` has the words of the context."""
    if re.search(_HELPED, folded(words)):
        return False
    clauses = [clause for part in re.split(_BUT, folded(words)) for clause in Text.of(part).clauses()]
    stops = [clause for clause in clauses if Topic.STOPPING in topics_in(clause, prompts) and not _is_less(clause)]
    if not stops or _is_less_of_the_same(clauses, prompts):
        return False
    named = substances_in(words, prompts) or _named(focus, prompts)
    return any((substances_in(clause, prompts) or named) & _RISKY for clause in stops)


def _named(texts: Iterable[str], prompts: PromptSet) -> frozenset[Substance]:
    return frozenset().union(*(substances_in(text, prompts) for text in texts))


def _is_less(clause: Text) -> bool:
    """Whether a clause is about less, or about certain times, instead of none."""
    words = " ".join(clause.words)
    return bool(re.search(_LIMIT, words)) or bool(re.search(_LESS, words) and not re.search(_NOT, words))


def _is_less_of_the_same(clauses: Collection[Text], prompts: PromptSet) -> bool:
    """Whether a clause without a substance of its own says that it goes slowly: "quit vodka, bit by bit"."""
    return any(re.search(_SLOWLY, " ".join(clause.words)) and not substances_in(clause, prompts) for clause in clauses)


# All of these are tried on folded words: lower case, no accents. They are patterns as text: `re` compiles each when it
# is first used, since an interview begins without them.
_BUT: Final = r"\b(?:but|although|though|and (?:keep|stay|still|only|just)|pero|aunque|y (?:seguir|sigo|solo))\b"
_SLOW: Final = (
    r"taper\w*|wean\w*|gradual\w*|slow(?:ly|er)?|bit by bit|little by little|step by step|over (?:time|weeks|months)|"
    r"poco a poco|de a poco|de a poquito|despacio|despacito|paso a paso|paulatina\w*|con el tiempo"
)
_SLOWLY: Final = rf"(?<!not )(?<!no )\b(?:{_SLOW})\b"
_LESS: Final = (
    rf"\b(?:{_SLOW}|cut\w* (?:\w+ )?(?:down|back)|less|fewer|reduc\w*|lower\w*|half|moderat\w*|"
    r"menos|bajar\w*|bajando\w*|bajo a|disminu\w*|mitad|moderar\w*|moderad\w*)\b"
)
_LIMIT: Final = (
    r"\b(?:(?:no|not) more than|at most|(?:stop|quit)\w* (?:at|after) (?:\d+|an?|one|two|three|four|five|six)|"
    r"only (?:on|at|with|drink|one|two)|except|until (?:noon|five|dinner|after)|every other|during the week|"
    r"at work|(?:before|during|after) (?:noon|five|dinner|lunch|work|driving)|and driv\w+|behind the wheel|in front of|"
    r"on (?:\w+ )?(?:weekdays|weeknights|workdays|nights|mondays|sundays)|around the kids|"
    r"no mas de|mas de \w+|como (?:mucho|maximo)|maximo|entre semana|en el trabajo|delante de|y manej\w+|"
    r"antes de (?:las|trabajar|manejar|comer|cenar|mediodia)|solo (?:los|el|en|con|una|dos))\b"
)
_NOT: Final = (
    r"\b(?:not|\w+n't|dont|wont|didnt|never|done|enough|instead of|no more|no|nunca|basta|nada de|en vez de)\b"
)
_DOCTOR: Final = (
    r"(?:doctors?|doctor's|doc|doc's|physician|nurse|psychiatrist|clinic|hospital|prescriber|medical team|"
    r"doctora?|medic[oa]s?|psiquiatra|clinica|enfermer[oa])"
)
_HELPED: Final = (
    rf"\b(?:(?:with|under|at|through|from|by|con|bajo|por|en) (?:\w+ ){{0,3}}{_DOCTOR}|"
    rf"{_DOCTOR}(?: \w+)? (?:help|plan|supervision|orders|taper|advice)|"
    rf"(?:talk|talking|speak|ask|asking|call|calling|see|seeing|check) (?:\w+ ){{0,3}}{_DOCTOR}"
    r"(?: \w+){0,3} (?:first|before|about|whether|how)|"
    rf"(?:after|once|when) i (?:see|talk to|ask|call) (?:\w+ ){{0,2}}{_DOCTOR}|"
    rf"(?:hablar|hablo|hable|preguntar\w*|consultar\w*|ver|verlo) (?:\w+ ){{0,3}}{_DOCTOR}|"
    r"medical(?:ly)? (?:detox|help|advice|review|supervis\w+|care|managed)|"
    r"detox (?:center|unit|program|bed|facility|clinic)|"
    r"(?:in|into|to|to a|at a) (?:detox|rehab)(?! (?:at|on|by|alone|myself))|"
    r"(?:supervision|ayuda|revision|control|atencion) medic\w+|desintoxicacion|"
    r"centro de (?:rehabilitacion|tratamiento))\b"
)
