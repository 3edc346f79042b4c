"""All commands as somebody sees them who reads Spanish: done, refused, and their help. No line of it is English.

A line is English if it has one of the small words that English cannot do without, or a word that our English sentences
have and our Spanish ones do not. What is English by nature is passed over: commands, options and their values, the
names of settings and of records, files, codes, and citations of the law.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from mi_cli.cli.examples import EXAMPLES
from mi_cli.cli.schema import SCHEMAS
from mi_cli.cli.settings import KEYS
from mi_cli.words.help_texts_es import ES
from tests.conftest import Ran
from tests.words.subjects import SUBJECTS, texts

Mi = Callable[..., Ran]
Look = Callable[..., None]

# Words that hardly a sentence in English does without, and that are no words in Spanish.
ENGLISH: Final = re.compile(
    r"\b(?:the|of|is|are|was|were|with|without|not|for|this|that|there|these|it|its|and|or|from|by|to|on|at|an|as|if|in|"
    r"be|been|has|have|had|can|cannot|which|who|what|when|where|then|than|nothing|nobody|one|all|your|you|they|them|"
    r"already|give|gives|shows|makes|made|yet|until|into|any|only|still|goes)\b",
    re.IGNORECASE,
)
BY_NATURE: Final = re.compile(
    r"`[^`]*`|\bmi(?: --store \S+)?(?: [a-z-]+)+|--[a-z-]+|<[^>]*>|/\S+|\S*[\w-]\.[\w.-]+"
    r"|\{\w+\}|\bdone \(si|partly, not;|engaging\]|[“\"«][^”\"»]*[”\"»]|CFR.*|(?<=\()[^()]*; leído el"
    r"|[a-z]+(?:-[a-z]+)+ ·"
)
# An interview in which somebody says what is a word in neither language.
LINES: Final = """zzz
+d zzz
-r zzz
! zzz
? zzz
/focus zzz
/importance 7 zzz
/safety overdose zzz
/planning
/goal zzz
/reason zzz
/step zzz @ zzz
/review 4w
/share 2
/end zzz
"""
# These show texts in the language of a prompt set, or of the invented interviews.
CONSENT: Final = """
kind = "purpose"
patient_name = "Zzz"
disclosers = ["Zzz"]
scope_text = "zzz"
scope_categories = ["goal-plan", "readings"]
purpose_text = "zzz"
revocation_method = "zzz"
signed_on = 2026-11-20
statements = ["revocation", "hipaa-redisclosure"]
recipients = [{name = "Zzz", kind = "covered-entity"}]
expiry = {on = 2036-11-20}
signer = {name = "Zzz"}
"""
# These name a value of an option, or a key of a prompt file; the notices are the law's own words.
NAMES_A_VALUE: Final = {
    "goals.give_became", "prompt_sets.draft_stage", "prompt_findings.nothing_brings_it", "prompt_findings.only_a_label",
}  # fmt: skip
OTHER_LANGUAGES: Final = {"prompts show", "prompts list", "demo interview", "schema"}
# These make what others are refused for: a store, a client.
MAKE: Final = {"start", "session start", "client add", "store init", "store restore", "store protect", "demo"}
WRONG: Final[Mapping[str, str]] = {
    "session list": "J-014 --since zzz",
    "session times": "last --end zzz",
    "goals add": "J-014 --review zzz",
    "client edit": "J-014 --born zzz",
    "consent revoke": "J-014 --on zzz",
    "consent ended": "J-014 --on zzz",
    "contact add": "J-014 --kind zzz",
    "export": "J-014 --client-copy -o plan.doc",
    "note show": "J-014 --section zzz",
    "config get": "zzz",
    "config set": "language zzz",
    "unlock": "--for zzz",
    "schema": "zzz",
    "prompts check": "zzz",
    "store trash restore": "zzz",
    "store recovery": "-o sheet.html",
    "zzz": "",
}


@pytest.fixture
def english() -> list[str]:
    """Each line with an English word that was seen, with its command before it."""
    return []


@pytest.fixture
def look(mi: Mi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, english: list[str]) -> Look:
    """Runs a command for somebody who reads Spanish, and keeps what is English in what it shows."""
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    monkeypatch.setenv("LOGNAME", "zzz")
    monkeypatch.chdir(tmp_path)

    def run(path: str, words: str = "", lines: str = "") -> None:
        ran = mi(*path.split(), *words.split(), lines=lines)
        english.extend(f"{path}: {line}" for line in english_lines(ran.out + ran.err))

    return run


def english_lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if ENGLISH.search(BY_NATURE.sub(" ", line)) or vocabulary([line]) & only_english():
            yield line


def vocabulary(sentences: Iterable[str]) -> set[str]:
    words = (re.findall(r"\b[^\W\d_]+\b", BY_NATURE.sub(" ", text).lower()) for text in sentences)
    return {word for found in words for word in found if len(word) > 1}


@cache
def only_english() -> frozenset[str]:
    """The words of our English sentences that no Spanish one has, and that are no name of anything that is typed."""
    english, spanish = (
        vocabulary(text for chosen in SUBJECTS.values() for _, text in texts(chosen(language)))
        for language in ("en", "es")
    )
    names = vocabulary(" ".join(pair) for pair in EXAMPLES.items()) | vocabulary((*KEYS, *SCHEMAS))
    names |= {word for key in KEYS for word in re.findall(r"[a-z]+", key)}
    return frozenset((english | vocabulary(ES)) - spanish - vocabulary(ES.values()) - names)


def commands(*left_out: str) -> Iterator[tuple[str, str]]:
    yield from (pair for pair in EXAMPLES.items() if pair[0] not in {*OTHER_LANGUAGES, *left_out})


def none_is_left(english: list[str]) -> None:
    assert not english, "\n".join(english)


def test_no_page_of_help_is_english(look: Look, english: list[str]) -> None:
    groups = {path.rpartition(" ")[0] for path in EXAMPLES}
    for path in (*EXAMPLES, *groups):
        look(path, "--help")
    none_is_left(english)


def test_no_refusal_where_there_is_no_store_is_english(look: Look, english: list[str]) -> None:
    for path, words in commands(*MAKE):
        look(path, words)
    none_is_left(english)


def test_no_refusal_of_what_is_unknown_or_no_date_is_english(look: Look, english: list[str]) -> None:
    look("store init", "--unprotected")
    for path, words in commands(*MAKE):
        look(path, re.sub(r"J-014|\blast\b|\bours\b|[a-z0-9]{8}$", "Z-999", words))
    look("client add", "J-014")
    for path, words in WRONG.items():
        look(path, words)
    none_is_left(english)


def test_no_result_is_english(look: Look, english: list[str]) -> None:
    look("store init", "--unprotected")
    look("session start", "J-014", LINES)
    look("session start", "J-014", "zzz\n")
    Path("zzz.toml").write_text(CONSENT, encoding="utf-8")
    look("consent add", "J-014 --from zzz.toml")
    for path, words in commands():
        look(path, words, "zzz\n")
    none_is_left(english)


def test_an_english_line_would_be_seen() -> None:
    assert len(only_english()) > 500
    seen = ["There is no such client.", "`mi client list` shows the codes.", "Saved.", "Interrupted.", "2 entries"]
    assert list(english_lines("\n".join(["No hay nada.", *seen, "Los ajustes son: language."]))) == seen


def test_no_text_of_the_spanish_words_is_english() -> None:
    spanish = ((f"{name}.{place}", text) for name, chosen in SUBJECTS.items() for place, text in texts(chosen("es")))
    english = [place for place, text in spanish if ENGLISH.search(BY_NATURE.sub(" ", text))]
    assert {place for place in english if not place.startswith("notices.")} == NAMES_A_VALUE
