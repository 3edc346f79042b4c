"""The shape of the texts around contacts."""

from collections.abc import Mapping

from mi_cli.records.terms import ContactKind, ContactTopic
from mi_cli.words.texts import Texts


class ContactWords(Texts):
    """Braces are placeholders. `kinds` stand in lists; `topics` stand before a line of a therapist's answer."""

    language: str
    kinds: Mapping[ContactKind, str]
    choices: Mapping[ContactKind, str]
    topics: Mapping[ContactTopic, str]
    questions: Mapping[ContactTopic, str]
    ask_kind: str
    ask_which: str
    ask_lines: str
    ask_more: str
    enter_skips: str
    noted: str
    header: tuple[str, ...]
    none: str
    last_return: str  # on the way into the next interview
    nobody_to_ask: str
    give_kind: str
    give_dash: str
