"""The recovery sheet is complete in both languages, and loads nothing from elsewhere."""

from html.parser import HTMLParser

import pytest

from mi_cli.records.terms import Jurisdiction
from mi_cli.store.keys import supervisor
from mi_cli.terminal.recovery_sheet import Sheet, html
from mi_cli.words.protection import protection_words


class Reader(HTMLParser):
    """Collects the text and all attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("notes", [False, True])
def test_it_says_what_it_opens_and_holds_the_words(language: str, notes: bool) -> None:
    key, words = supervisor.generate(), protection_words(language)
    folder = "/home/a <counselor> & co/store"
    page = html(Sheet(key.words, key.jwk, folder, "2026-11-23", notes), words, language)
    reader = Reader()
    reader.feed(page)
    for text in (words.sheet_title, words.sheet_use, words.sheet_keep, folder, f" {key.jwk['kid'][:6]}."):
        assert text in reader.text
    assert key.jwk["kid"] not in reader.text  # nobody reads 43 characters; the picture has them
    assert (words.sheet_opens_all in reader.text, words.sheet_opens_records in reader.text) == (notes, not notes)
    assert all(f"{number} {word}" in reader.text for number, word in enumerate(key.words, start=1))
    assert ("lang", language) in reader.attributes
    assert not [name for name, _ in reader.attributes if name in ("src", "href")]
    assert key.jwk["d"] not in page  # the private key is in the picture, and in the words


@pytest.mark.parametrize(("where", "paper"), [(Jurisdiction.US_PART2, "letter"), (Jurisdiction.GENERAL, "A4")])
def test_it_is_printed_on_the_paper_that_is_used_there(where: Jurisdiction, paper: str) -> None:
    key = supervisor.generate()
    page = html(Sheet(key.words, key.jwk, "/store", "2026-11-23", False, where), protection_words("en"), "en")
    assert f"@page{{size:{paper};" in page
