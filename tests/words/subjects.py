"""Every subject of `words`, and its texts one by one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from mi_cli.words.accounting import accounting_words
from mi_cli.words.answers import answer_words
from mi_cli.words.choice import choice_words
from mi_cli.words.disk import disk_words
from mi_cli.words.documents import document_words
from mi_cli.words.facts import fact_words
from mi_cli.words.form import form_words
from mi_cli.words.interview import interview_words
from mi_cli.words.labels import label_words
from mi_cli.words.notices import notice_words
from mi_cli.words.plan import plan_words
from mi_cli.words.protection import protection_words

SUBJECTS: Final[Mapping[str, Callable[[str | None], Any]]] = {
    "accounting": accounting_words,
    "answers": answer_words,
    "choice": choice_words,
    "disk": disk_words,
    "documents": document_words,
    "facts": fact_words,
    "form": form_words,
    "interview": interview_words,
    "labels": label_words,
    "notices": notice_words,
    "plan": plan_words,
    "protection": protection_words,
}


def texts(words: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yields each text with its place, such as `problems.no_such_goal`.

    Of a pair, only the second half is yielded: the first is an example of what is typed, the second explains it.
    """
    for field in fields(words):
        value, name = getattr(words, field.name), f"{place}{field.name}"
        if isinstance(value, str):
            yield name, value
        elif is_dataclass(value):
            yield from texts(value, f"{name}.")
        elif isinstance(value, Mapping):
            yield from ((f"{name}.{key}", text) for key, text in value.items())
        else:
            for number, text in enumerate(value):
                yield f"{name}.{number}", text if isinstance(text, str) else text[1]
