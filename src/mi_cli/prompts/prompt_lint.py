"""Checks the words of a prompt as a rater of MI would, for shipped sets and an agency's own. Pure functions.

The rules are a minimum, not a measure of good MI: a prompt that passes can still be a poor one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from mi_cli.prompts.model import LABELS, Prompt, PromptKind
from mi_cli.records.names import primary_language
from mi_cli.words.prompt_findings import prompt_finding_words
from mi_cli.words.said import said

MAX_GRADE: Final = 8.0
MAX_LEAD_WORDS: Final = 18
MAX_WORDS: Final = 30


def problems(prompt: Prompt, language: str) -> list[str]:
    """Returns what to correct in a prompt, in sentences; empty when nothing is wrong.

    `language` is that of the set: a tag such as `en` or `es-US`. For other languages than English and Spanish only the
    length is checked, and that no more than one question mark stands in it. Sources of the rules: open questions,
    Miller & Rollnick 2013, ch. 6 (and MITI 4.2.1, which counts what can be answered with yes or no as closed); one
    question at a time, so that a reflection can follow, ch. 6; no righting reflex, ch. 1; no "why not higher?", ch. 13,
    because it asks for sustain talk; short and in plain words, CDC Clear Communication Index (2014, updated 2019).
    """
    code = primary_language(language)
    return [
        *_closed_question(prompt, code),
        *_several_questions(prompt, code),
        *_righting_reflex(prompt, code),
        *_asks_for_sustain_talk(prompt, code),
        *_too_long(prompt),
        *_hard_to_read(prompt, code),
    ]


def misplaced(prompt: Prompt) -> Iterator[tuple[str, str]]:
    """Yields what keeps a prompt from coming, or from being filled in: the key that it is about, and a sentence."""
    blanks = prompt.say.count("…")
    if blanks > len(prompt.cue):
        yield "cue", said(prompt_finding_words, lambda words: words.more_blanks, blanks=blanks, cues=len(prompt.cue))
    elif blanks < len(prompt.cue):
        yield "cue", said(prompt_finding_words, lambda words: words.more_cues, blanks=blanks, cues=len(prompt.cue))
    if not (prompt.core or prompt.use_only or set(prompt.when) - LABELS):
        when = ", ".join(sorted(prompt.when))
        label = said(prompt_finding_words, lambda words: words.only_a_label, when=when)
        yield "when", label if when else said(prompt_finding_words, lambda words: words.nothing_brings_it)


def asks_more_than_once(text: str, language: str) -> bool:
    """Whether there are two questions in what is said at once. An invitation (tell me …) beside a question is none."""
    code = primary_language(language)
    questions = [question for sentence in sentences(text) for _, question in [_question(sentence)] if question]
    if len(questions) > 1 or any(question.count("?") > 1 for question in questions):
        return True
    return code in _SPEECH and any(_SPEECH[code].doubles(question) for question in questions)


def opens(say: str, language: str) -> bool:
    """Whether a prompt is open: no question in it can be answered with yes or no, and it asks or invites at once.

    Only a short lead may come before that: one sentence or clause of at most `MAX_LEAD_WORDS` words.
    """
    speech = _SPEECH[primary_language(language)]
    lead: list[str] = []
    asked = False
    for sentence in sentences(say):
        before, question = _question(sentence)
        if question:
            after = speech.lead_of(question)
            if after is None:
                return False
            if not asked:
                lead += [part for part in (before, after) if part]
            asked = True
        elif speech.invites.match(sentence):
            asked = True
        elif not asked:
            lead.append(sentence)
    return asked and len(lead) <= 1 and sum(map(word_count, lead)) <= MAX_LEAD_WORDS


def sentences(text: str) -> list[str]:
    """Returns the sentences of a prompt. `…`, the client's words, ends a sentence only before a capital letter."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def word_count(text: str) -> int:
    """Returns the number of words; `…` does not count."""
    return sum(1 for _ in _WORD.finditer(text))


def grade(text: str) -> float:
    """Returns the reading grade of an English text, Flesch-Kincaid: 0.39 words/sentence + 11.8 syllables/word - 15.59.

    Kincaid, Fishburne, Rogers & Chissom 1975, Derivation of New Readability Formulas for Navy Enlisted Personnel
    (Research Branch Report 8-75). For a single prompt it is rough: a hint to look for a shorter word.
    """
    words = [match[0] for match in _WORD.finditer(text)]
    if not words:
        return 0.0
    with_words = [part for part in sentences(text) if word_count(part)]
    return 0.39 * len(words) / len(with_words) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Estimates the syllables of an English word: its groups of vowels, corrected for common endings."""
    whole = word.lower().replace("’", "'")
    letters = re.sub("[^a-z]", "", _CONTRACTED.sub("", whole))
    count = len(_VOWELS.findall(letters)) + len(_TWO_SYLLABLES.findall(letters)) - len(_SILENT.findall(letters))
    return max(count + bool(_SPOKEN_NOT.search(whole)), 1)


_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END: Final = re.compile(r"(?<=[.?!])[”\"]?\s+|(?<=…)\s+(?=[^\W\d_a-záéíóúñü]|¿)")
_VOWELS: Final = re.compile("[aeiouy]+")
_TWO_SYLLABLES: Final = re.compile("ia(?!l$|n$)|idea|iet|io(?!n|us)|eo(?!us|pl)|ua(?!r)|[aeiouy]ing$")  # qui-et, do-ing
_SILENT: Final = re.compile(
    "(?<![aeiouy])(?<![^aeiouy]l)e$"  # change, but not: little, be
    "|(?<![aeioutdy])(?<![^aeiouy]l)ed$"  # changed, but not: wanted, settled
    "|(?<![aeioucgsxz])(?<![^aeiouy]l)(?<!ch)(?<!sh)es$"  # makes, but not: changes, tables
    "|some(?=[a-z])"  # something
)
_CONTRACTED: Final = re.compile("'(?:d|ll|m|re|s|t|ve)$")
_SPOKEN_NOT: Final = re.compile("(?:could|did|does|had|is|should|was|would)n't$")  # did-n't, but not: don't


class _Speech:
    """How a language asks: words that open a question, words that invite, and clauses that may come before."""

    def __init__(
        self, openers: str, before_opener: str, subordinate: str, leads: str, invites: str, joins: str, subjects: str
    ) -> None:
        self.opener = re.compile(rf"(?:(?:{before_opener})\s+)*(?:{openers})\b(?!{subordinate})", re.IGNORECASE)
        self.leads = re.compile(leads, re.IGNORECASE)
        self.invites = re.compile(rf"(?:(?:and|so|y|entonces),?\s+)?(?:{invites})\b", re.IGNORECASE)
        self.word = re.compile(rf"(?<![\w'’])(?:{openers})(?![\w'’]*\w)", re.IGNORECASE)
        # A further question: a comma, a conjunction or both, and then its opening word. What begins with its subject
        # ("what you hope for", "lo que") is part of the question before.
        self.further = re.compile(
            rf"(?:[,;:–—]\s+(?:(?:{joins}),?\s+)?|\s(?:{joins}),?\s+)"
            rf"(?:(?:{before_opener})\s+)*(?P<opener>{openers})\b(?!\s+(?:{subjects})\b)",
            re.IGNORECASE,
        )
        self.listed = re.compile(
            rf"\b(?P<one>{openers})(?:\s*,\s*(?:{openers}))*,?\s+(?:{joins})\s+(?P<other>{openers})\b", re.IGNORECASE
        )

    def lead_of(self, question: str) -> str | None:
        """The clause that leads up to a question's opening word, empty for none; None where the question is closed."""
        if self.opener.match(question):
            return ""
        for comma in re.finditer(r"[,:;–—]\s+", question):
            if not self.leads.match(question):
                return None
            if self.opener.match(question[comma.end() :]):
                return question[: comma.start()]
        return None

    def doubles(self, question: str) -> bool:
        """Whether a sentence that ends in a question mark asks twice."""
        if (listed := self.listed.search(question)) and not _WHO_OR_WHAT.fullmatch(listed[0]):
            return not self._is_embedded(question[: listed.start()])
        lead = self.lead_of(question)
        asked = question[len(lead or "") :]
        if lead is None and not _ASKED_WITH_A_VERB.match(question):
            return False
        begins = first.end() if lead is not None and (first := self.word.search(asked)) else 1
        for further in self.further.finditer(asked, begins):
            between = asked[begins : further.start()]
            if not self._is_embedded(between) and not _WHO_OR_WHAT.search(
                asked[: further.end()][-len("what or who ") :]
            ):
                return True
        return False

    def _is_embedded(self, before: str) -> bool:
        """Whether what comes before has a question or relative word of its own, which a further one then joins."""
        return bool(self.word.search(before))


_WHO_OR_WHAT: Final = re.compile(
    r"(?:who|what) or (?:who|what)|qui[ée]n(?:es)? o qu[ée]|qu[ée] o qui[ée]n(?:es)?", re.IGNORECASE
)
_AUXILIARY: Final = (
    "am|are|can|could|did|do|does|had|has|have|is|may|might|must|ought|shall|should|was|were|will|would|"
    "(?:are|ca|could|did|do|does|had|has|have|is|should|was|were|wo|would)n['’]t"
)
_SPEECH: Final[Mapping[str, _Speech]] = {
    "en": _Speech(
        openers="what|how|which|who|whom|whose|why|where|when",
        before_opener="and|so|but|then|about|at|by|for|from|in|of|on|to|with",
        subordinate=rf"(?<=\bwhen)\s+(?!(?:{_AUXILIARY})\b)|(?<=\bwhere)\s+(?!(?:{_AUXILIARY}|in|else)\b)",
        leads=rf"(?!(?:(?:and|so|but|then|or),?\s+)?(?:{_AUXILIARY})\b)",
        invites="tell me|describe|help me (?:to )?(?:understand|see)|(?:walk|talk|take) me through|"
        "give me an example|say (?:a little |some )?more",
        joins="and|or|but|and then|then",
        subjects="you|your|yours|i|we|our|they|their|he|his|she|her|it|its|this|that|these|those|the|a|an|my|to|"
        "(?:you|we|they|i|he|she|it)['’]\\w+|people|others|someone|…",
    ),
    "es": _Speech(
        openers="qué|cómo|cuál(?:es)?|quién(?:es)?|cuándo|dónde|cuánt[oa]s?",
        before_opener="y|o|e|pero|entonces|a|acerca de|cada|con|de|desde|en|hacia|hasta|para|por|según|sobre",
        subordinate=r"(?!)",
        leads=r"(?:si|cuando|donde|como|al|ahora|antes|aparte|con|de|del|dentro|desde|después|en|entonces|entre|mientras|"
        r"para|por|según|sobre|tras|y si|y cuando)\b",
        invites="(?:cuénte|descríba|háble|platíque|explíque|díga|ayúde|dé|cuénta|descríbe|hábla|platíca|explíca|di|ayúda|"
        "da)(?:me|nos)(?: a entender)?",
        joins="y|e|o|u|pero|y luego|y después",
        subjects=r"(?!)",
    ),
}


_ASKED_WITH_A_VERB: Final = re.compile(rf"(?:(?:and|so|but|then),?\s+)?(?:{_AUXILIARY})\b", re.IGNORECASE)


def _question(sentence: str) -> tuple[str, str]:
    """What stands before the question in a sentence (Spanish marks where it begins), and the question."""
    if not sentence.rstrip('”"').endswith("?"):
        return "", ""
    before, mark, question = sentence.partition("¿")
    return (before.strip(" ,"), question) if mark else ("", sentence)


_RIGHTING: Final[Mapping[str, re.Pattern[str]]] = {
    "en": re.compile(
        r"\byou(?: \w+ly| just| still| also)? (?:should|must|need to|have to|ought)\b|"
        r"\b(?:should|must|ought|shouldn['’]t|mustn['’]t) you\b|"
        r"\byou['’]ve got to\b|\byou(?: had|['’]d) better\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"(?<!\bse )\bdeb(?:e|es|en|ería|erías|erían)\b|\bnecesit(?:a|as|an|aría|arías)\b|\bhay que\b|"
        r"\bt(?:iene|ienes|ienen) que\b(?! ver\b)|\btendrías? que\b(?! (?:ser|ver)\b)",
        re.IGNORECASE,
    ),
}
_WHY_NOT_HIGHER: Final[Mapping[str, re.Pattern[str]]] = {
    "en": re.compile(
        r"\bwhy\b[^?]*(?:\bnot\b|n['’]t\b)[^?]*\b(?:higher|bigger|greater|larger|10|ten)\b|"
        r"\bwhy\b[^?]*\bnot more\b|\bwhy\b[^?]*\b(?:so|only|that|this) (?:low|small)\b|\bwhy only\b|"
        r"\bwhat (?:keeps|kept|stops|stopped|prevents|holds) (?:it|you|that)\b[^?]*\b(?:higher|10|ten)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\bpor qu[ée]\b[^?]*\bno\b[^?]*\b(?:más (?:alt[oa]|grande|arriba)|mayor|10|diez)\b|"
        r"\bpor qu[ée]\b[^?]*\bno más(?= *\?)|\bpor qu[ée]\b[^?]*\b(?:tan baj[oa]|sol[oa]|sólo|solamente)\b",
        re.IGNORECASE,
    ),
}


def _closed_question(prompt: Prompt, code: str) -> Iterator[str]:
    begin = (
        said(prompt_finding_words, lambda words: words.openers_es)
        if code == "es"
        else said(prompt_finding_words, lambda words: words.openers_en)
    )
    if prompt.kind is PromptKind.OPEN_QUESTION and code in _SPEECH and not opens(prompt.say, code):
        yield said(prompt_finding_words, lambda words: words.closed, begin=begin)
    for follow_up in prompt.follow_ups if code in _SPEECH else ():
        if "?" in follow_up and not opens(follow_up, code):
            yield said(prompt_finding_words, lambda words: words.closed_follow_up, follow_up=follow_up, begin=begin)


def _several_questions(prompt: Prompt, code: str) -> Iterator[str]:
    if asks_more_than_once(prompt.say, code):
        yield said(prompt_finding_words, lambda words: words.two_in_one)
    for follow_up in prompt.follow_ups:
        if asks_more_than_once(follow_up, code):
            yield said(prompt_finding_words, lambda words: words.two_in_follow_up, follow_up=follow_up)


def _righting_reflex(prompt: Prompt, code: str) -> Iterator[str]:
    for match in _first_matches(_RIGHTING.get(code), _spoken_texts(prompt)):
        yield said(prompt_finding_words, lambda words: words.righting, match=match)


def _asks_for_sustain_talk(prompt: Prompt, code: str) -> Iterator[str]:
    for match in _first_matches(_WHY_NOT_HIGHER.get(code), _spoken_texts(prompt)):
        yield said(prompt_finding_words, lambda words: words.why_not_higher, match=match)


def _too_long(prompt: Prompt) -> Iterator[str]:
    count = word_count(prompt.say)
    if count > MAX_WORDS:
        yield said(prompt_finding_words, lambda words: words.too_long, words=count, most=MAX_WORDS)


def _hard_to_read(prompt: Prompt, code: str) -> Iterator[str]:
    if code == "en" and (level := grade(prompt.say)) > MAX_GRADE:
        yield said(
            prompt_finding_words, lambda words: words.hard_to_read, level=f"{level:.1f}", most=f"{MAX_GRADE:.0f}"
        )


def _spoken_texts(prompt: Prompt) -> tuple[str, ...]:
    """Returns everything that the prompt has to say to the client."""
    return (prompt.say, *prompt.follow_ups)


def _first_matches(pattern: re.Pattern[str] | None, texts: Iterable[str]) -> Iterator[str]:
    """Yields the first match in each of the texts."""
    for match in map(pattern.search, texts) if pattern else ():
        if match:
            yield match[0]
