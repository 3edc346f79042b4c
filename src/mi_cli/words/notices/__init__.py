"""The sentences that the law, or good practice, puts on every document that is handed on."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.notices.model import NoticeWords

notice_words: "Selector[NoticeWords]" = Selector(__name__)
