"""The shape of the texts around the way so far."""

from collections.abc import Mapping

from mi_cli.records.terms import Ruler
from mi_cli.words.texts import Texts


class TrendWords(Texts):
    """Braces are placeholders for numbers and days. Those from `title` on stand on the page for the client."""

    language: str
    rulers: Mapping[Ruler, str]
    day: str
    marks: str
    steps_done: str
    about_goal: str
    unnamed: str  # above what names neither a target nor a goal
    asked: tuple[str, str]
    share: str
    events: str
    one_lapse: str
    lapses: str
    none: str
    one_of_them: str
    made: str

    title: str
    intro: str
    told: str
    outro: str
    page_of: str
