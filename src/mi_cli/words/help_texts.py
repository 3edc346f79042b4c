"""What `--help` says of commands and their options, in other languages than English.

Theory of operation. Typer takes the English text from where a command is declared: its docstring, and the `help` of its
options. So the English sentence itself is the key, and a help page is translated as it is written, sentence by sentence
(`mi_cli.cli.click_help`). A test fails on a sentence of a help page that has no translation.
"""

import re
from collections.abc import Mapping
from typing import Final

from mi_cli.words.languages import language_of

_BETWEEN_SENTENCES: Final = r"(?<=\.) "
_PLACEHOLDER: Final = r"\b[A-Z_]{3,}\b|\b(?:default|required|or more)\b"


def in_language(text: str, tag: str | None) -> str:
    """Returns a text of a help page in the language of a tag; a sentence that has no translation stays English."""
    if language_of(tag or "") != "es":
        return text
    known = _spanish()
    whole = " ".join(text.split())
    return known.get(whole) or " ".join(known.get(one, one) for one in re.split(_BETWEEN_SENTENCES, whole))


def placeholders_in_language(text: str, tag: str | None) -> str:
    """Returns what stands for something to type, such as `[OPTIONS] CLIENT`, in the language of a tag."""
    if language_of(tag or "") != "es":
        return text
    from mi_cli.words.help_texts_es import PLACEHOLDERS  # here, because English needs none of it

    return re.sub(_PLACEHOLDER, lambda match: PLACEHOLDERS.get(match[0], match[0]), text)


def is_translated(text: str) -> bool:
    """Whether every sentence of the text is there in the other languages too."""
    known, whole = _spanish(), " ".join(text.split())
    return whole in known or all(one in known for one in re.split(_BETWEEN_SENTENCES, whole))


def _spanish() -> Mapping[str, str]:
    from mi_cli.words.help_texts_es import ES  # here, because English needs none of it

    return ES
