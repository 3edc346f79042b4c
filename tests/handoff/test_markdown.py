import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from mi_cli.handoff.document import Document, Facts, Heading, Items, Paragraph, Table, quote, text
from mi_cli.handoff.markdown import markdown
from mi_cli.handoff.therapist import therapist_document
from mi_cli.records.terms import Kind
from mi_cli.records.text import sanitized
from mi_cli.words.documents import document_words
from mi_cli.words.notices import notice_words
from tests.builders import BREAKFAST, EMPTY, NOW, cover, packet, plan, shared

MARKUP = [
    "# no heading",
    "- no list\n1. nor this\n2) nor that",
    "*a* _b_ `c` ~~d~~ [e](http://f) ![g](h) <b>i</b> <!-- j --> &amp; &lt;",
    "a | b\n--- | ---",
    "Setext\n===",
    "> no quote",
    "    no code",
    "```\nno code",
    "\\*back\\slash\\",
    "http://example.invalid www.example.invalid a@example.invalid",
    "line\n\n\nline",
    "\u202eright to left\u202c",
    "$x$ | $y$",
]


def shown(source: str) -> list[SyntaxTreeNode]:
    tree = SyntaxTreeNode(MarkdownIt("gfm-like", {"linkify": False}).parse(source))
    return list(tree.walk())


def words_in(words: str) -> str:
    """The words as a reader sees them, blanks aside."""
    return "".join(sanitized(words).split())


@pytest.mark.parametrize("words", MARKUP)
def test_markup_in_words_comes_out_as_words(words: str) -> None:
    check(words)


@settings(deadline=None)
@given(st.text(min_size=1))
@example("0.")
@example("+")
def test_any_words_come_out_as_words(words: str) -> None:
    check(words)


def check(words: str) -> None:
    blocks = (
        Heading("Heading"),
        Items((quote(words), text(words))),
        Facts((("Label", (quote(words), text(words))),)),
        Paragraph(quote(words), lead=True),
        Paragraph(text(words)),
        Table("Caption", ("A",), ((words,),)),
    )
    source = markdown(Document("Title", "en", "en", "A. Counselor", NOW, blocks)).decode()
    nodes = shown(source)
    kinds = {node.type for node in nodes} - {"root", "text", "inline", "softbreak"}
    assert kinds <= {
        "heading", "bullet_list", "list_item", "paragraph", "strong", "blockquote", "hardbreak",
        "table", "thead", "tbody", "tr", "th", "td", "hr", "text_special",
    }  # fmt: skip
    assert len([node for node in nodes if node.type == "list_item"]) == 4
    found = "".join(node.content for node in nodes if node.type in ("text", "text_special"))
    expected = words_in(words)
    assert words_in(found).replace("/", "").count(expected.replace("/", "")) >= 6 or not expected


def test_the_notice_stands_at_the_top_and_under_every_heading() -> None:
    source = markdown(therapist_document(packet(), cover(), document_words("en"))).decode()
    notice = f"> {notice_words('en').short}"
    headings = [line for line in source.splitlines() if line.startswith("## ")]
    assert len(headings) == 9
    for heading in headings:
        assert f"{heading}\n\n{notice}\n" in source
    assert source.splitlines()[2] == notice


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_empty_plan_keeps_every_heading_and_says_that_nothing_was_passed_on(language: str) -> None:
    words = document_words(language)
    empty = markdown(therapist_document(packet(EMPTY, held=[]), cover(language), words)).decode()
    whole = markdown(therapist_document(packet(), cover(language), words)).decode()
    headings = [line for line in whole.splitlines() if line.startswith("## ")]
    assert [line for line in empty.splitlines() if line.startswith("## ")] == headings
    assert empty.count(words.nothing_passed_on) == 7


def test_the_first_half_page_tells_what_is_wanted_why_what_is_next_and_what_is_parked() -> None:
    source = markdown(therapist_document(packet(), None, document_words("en"))).decode()
    glance = source[: source.index("## Parked for CBT")]
    for words in (
        "Be at Saturday breakfast",
        "She asked why",
        "No drinks after the night shift",
        "The crash in 2019",
        "6 → 7 → 8",
    ):
        assert words in glance


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_the_counselor_noted_is_not_in_the_clients_quotation_marks(language: str) -> None:
    of = plan(BREAKFAST, focus=(shared("The driving", Kind.AGENDA),), next=(shared("He rings on Friday", Kind.NEXT),))
    words = document_words(language)
    source = markdown(therapist_document(packet(of), cover(language), words)).decode()
    noted = (
        "The house is empty",
        "I go to Ana's for coffee.",
        "Up at the second one.",
        "Made it last Saturday, half an hour late.",
        "The driving",
        "He rings on Friday",
    )
    for said in noted:
        assert said in source
        assert f"“{said}" not in source
    assert source.count(words.as_noted) >= len(noted) - 2
    assert "9-10 beers" not in source  # the client did not agree to that line


def test_words_from_right_to_left_turn_nothing_beside_them_and_bring_no_invisible_letter() -> None:
    value = shared("ابنتي 2026", Kind.VALUE)
    source = markdown(therapist_document(packet(plan().replace(values=(value,))), None, document_words("en"))).decode()
    assert not {"\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f"} & set(source)
    with_more = [line for line in source.splitlines() if "ابنتي" in line]
    assert [line.rstrip("\\").removeprefix("- ") for line in with_more] == ["“ابنتي 2026”"] * len(with_more)
    assert any(line.endswith("\\") for line in with_more)  # what is said of it stands on the next line
