"""The sentences that the law, or good practice, puts on every document that is handed on."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.notices.model import NoticeWords


def notice_words(tag: str | None) -> "NoticeWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.notices.es import ES

        return ES
    from mi_cli.words.notices.en import EN

    return EN
