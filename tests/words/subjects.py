"""Every subject of `words`, and its texts one by one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any, Final

from mi_cli.words.accounting import accounting_words
from mi_cli.words.answers import answer_words
from mi_cli.words.aside import aside_words
from mi_cli.words.choice import choice_words
from mi_cli.words.clients import client_words
from mi_cli.words.commands import command_words
from mi_cli.words.consents import consent_words
from mi_cli.words.contacts import contact_words
from mi_cli.words.disk import disk_words
from mi_cli.words.doctor import doctor_words
from mi_cli.words.documents import document_words
from mi_cli.words.due import due_words
from mi_cli.words.facts import fact_words
from mi_cli.words.form import form_words
from mi_cli.words.goals import goal_words
from mi_cli.words.health import health_words
from mi_cli.words.interview import interview_words
from mi_cli.words.keeping import keeping_words
from mi_cli.words.kept_consents import kept_consent_words
from mi_cli.words.labels import label_words
from mi_cli.words.lists import list_words
from mi_cli.words.note import note_words
from mi_cli.words.notices import notice_words
from mi_cli.words.outside import outside_words
from mi_cli.words.passed_on import passed_on_words
from mi_cli.words.plan import plan_words
from mi_cli.words.prompt_findings import prompt_finding_words
from mi_cli.words.prompt_sets import prompt_set_words
from mi_cli.words.protection import protection_words
from mi_cli.words.sessions import session_words
from mi_cli.words.settings import setting_words
from mi_cli.words.sharing import sharing_words
from mi_cli.words.store import store_words
from mi_cli.words.texts import Texts
from mi_cli.words.trend import trend_words
from mi_cli.words.waiting import waiting_words

SUBJECTS: Final[Mapping[str, Callable[[str | None], Any]]] = {
    "accounting": accounting_words,
    "answers": answer_words,
    "aside": aside_words,
    "choice": choice_words,
    "clients": client_words,
    "commands": command_words,
    "contacts": contact_words,
    "disk": disk_words,
    "documents": document_words,
    "due": due_words,
    "facts": fact_words,
    "form": form_words,
    "interview": interview_words,
    "kept_consents": kept_consent_words,
    "labels": label_words,
    "note": note_words,
    "notices": notice_words,
    "outside": outside_words,
    "plan": plan_words,
    "protection": protection_words,
    "lists": list_words,
    "settings": setting_words,
    "sessions": session_words,
    "keeping": keeping_words,
    "goals": goal_words,
    "prompt_sets": prompt_set_words,
    "prompt_findings": prompt_finding_words,
    "passed_on": passed_on_words,
    "doctor": doctor_words,
    "health": health_words,
    "sharing": sharing_words,
    "trend": trend_words,
    "waiting": waiting_words,
    "store": store_words,
    "consents": consent_words,
}


def texts(words: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yields each text with its place, such as `problems.no_such_goal`.

    Of a pair, only the second half is yielded: the first is an example of what is typed, the second explains it.
    """
    for field in type(words).__annotations__:
        value, name = getattr(words, field), f"{place}{field}"
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, Texts) or is_dataclass(value):
            yield from texts(value, f"{name}.")
        elif isinstance(value, Mapping):
            yield from ((f"{name}.{key}", text) for key, text in value.items())
        else:
            for number, text in enumerate(value):
                yield f"{name}.{number}", text if isinstance(text, str) else text[1]
