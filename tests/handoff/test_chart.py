from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_cli.handoff import chart
from mi_cli.handoff.chart import Panel, Series
from mi_cli.handoff.document import Picture, Table
from mi_cli.handoff.sparkline import sparkline
from mi_cli.handoff.therapist import therapist_document
from mi_cli.records import dates
from mi_cli.records.facts import ReadingFact
from mi_cli.records.terms import Ruler
from mi_cli.words.documents import document_words
from tests.builders import BREAKFAST, NOW, cover, facts, packet, plan

SVG = "{http://www.w3.org/2000/svg}"
answers_ = st.lists(st.tuples(st.integers(0, 10**8), st.integers(0, 10)), min_size=1, max_size=12)


def drawn(panels: list[Panel], title: str = "Chart") -> ET.Element:
    return ET.fromstring(chart.svg(panels, title, dates.day))


def series(answers: list[tuple[int, int]], ruler: Ruler = Ruler.IMPORTANCE) -> Series:
    return Series(
        ruler, ruler.title(), tuple((NOW + timedelta(seconds=after), value) for after, value in sorted(answers))
    )


@pytest.mark.parametrize(
    ("values", "line"), [([0, 5, 10], "▁▅█"), ([0], "▁"), ([10], "█"), ([], ""), ([3, 4, 5, 6, 7], "▃▄▅▅▆")]
)
def test_a_line_of_bars(values: list[int], line: str) -> None:
    assert sparkline(values) == line


@settings(deadline=None)
@given(st.lists(answers_, min_size=1, max_size=3), st.integers(1, 9))
def test_every_answer_stands_in_it_as_a_number_within_its_frame(lines: list[list[tuple[int, int]]], count: int) -> None:
    panel = Panel("Goal 1", tuple(series(line, ruler) for ruler, line in zip(Ruler, lines, strict=False)))
    svg = drawn([panel] * count)
    width, height = (float(side) for side in svg.attrib["viewBox"].split()[2:])
    assert (width, height) == (680, 160 * -(-count // 2))
    for group in svg.iter(f"{SVG}g"):
        labels = [text for text in group.iter(f"{SVG}text") if text.get("text-anchor") == "middle"]
        shown = [int(text.text or "") for text in labels if "-" not in (text.text or "")]
        assert sorted(shown) == sorted(value for line in panel.series for _, value in line.points)
        for text in group.iter(f"{SVG}text"):
            assert 0 <= float(text.attrib["x"]) <= 340
            assert 0 <= float(text.attrib["y"]) <= 160


def test_a_higher_answer_is_drawn_higher_and_a_later_one_further_right() -> None:
    circles = list(drawn([Panel("", (series([(0, 2), (100, 7), (200, 4)]),))]).iter(f"{SVG}circle"))[
        1:
    ]  # after the legend
    places = [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in circles]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert places[1][1] < places[2][1] < places[0][1]


def test_it_has_a_title_and_names_what_it_shows() -> None:
    svg = drawn([Panel("<b>&", (series([(0, 2)]), series([(0, 5)], Ruler.CONFIDENCE)))], 'The "chart" & more')
    assert svg.attrib["role"] == "img"
    assert svg.findtext(f"{SVG}title") == 'The "chart" & more'
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert {"<b>&", "Importance", "Confidence"} <= set(texts)


def test_what_was_rated_on_one_day_is_not_drawn_and_of_a_day_the_last_answer_is() -> None:
    """Marks of one day would lie upon each other; the table has every answer."""
    words = document_words("en")
    for days, drawn_ in ((0, False), (1, True)):
        answers = [(0, 3), (60, 5), (days * 86_400 + 120, 8)]
        readings = tuple(
            ReadingFact(ruler=Ruler.IMPORTANCE, goal=None, value=value, at=NOW + timedelta(seconds=after))
            for after, value in answers
        )
        held = [replace(facts()[0], readings=readings)]
        blocks = therapist_document(packet(plan(BREAKFAST), held=held), cover(), words).blocks
        pictures = [block for block in blocks if isinstance(block, Picture)]
        assert bool(pictures) == drawn_
        for picture in pictures:
            marks = ET.fromstring(picture.svg).findall(f".//{SVG}circle")
            assert len(marks) == 2 + 1  # one for each day, one in the legend
        (table,) = (block for block in blocks if isinstance(block, Table) and block.caption == words.readings_caption)
        assert "3, 5" in str(table.rows)


def test_rulers_are_told_apart_by_more_than_their_colour() -> None:
    svg = drawn([Panel("", tuple(series([(0, 2), (9, 4)], ruler) for ruler in Ruler))])
    lines = [path for path in svg.iter(f"{SVG}path") if path.get("fill") == "none"]
    assert len({line.attrib["stroke-dasharray"] for line in lines}) == 3


@pytest.mark.parametrize("paper", ["#ffffff", "#161616"])
@pytest.mark.parametrize("color", chart.COLORS.values())
def test_each_colour_can_be_seen_on_white_and_on_black(color: str, paper: str) -> None:
    lighter, darker = sorted((luminance(color), luminance(paper)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("goals", "still", "pictures"),
    [
        (1, 0, 1),
        (2, 0, 1),
        (3, 0, 2),
        (6, 0, 3),
        (7, 0, 0),
        (12, 0, 0),
        (12, 12, 0),
        (12, 9, 2),
        (12, 6, 3),
        (12, 5, 0),
    ],
)
def test_charts_stand_in_rows_that_a_page_can_end_between_and_are_left_out_where_they_cannot_be_read(
    goals: int, still: int, pictures: int
) -> None:
    """`still` are the goals that were rated on one day only: of these there is no chart, so that none is left out."""
    held = [
        fact
        for number in range(1, goals + 1)
        for fact in (facts(f"goal{number:04d}")[:1] if number <= still else facts(f"goal{number:04d}"))
    ]
    whole = plan(*(BREAKFAST.replace(id=f"goal{number:04d}") for number in range(1, goals + 1)))
    blocks = therapist_document(packet(whole, held=held), cover(), document_words("en")).blocks
    drawings = [block for block in blocks if isinstance(block, Picture)]
    assert len(drawings) == pictures
    assert "".join(block.text for block in drawings).count("Importance") == (goals - still if pictures else 0)
    assert ("too many charts" in str(blocks)) == (not pictures and still < goals)
    (table,) = [block for block in blocks if isinstance(block, Table) and block.header[0] == "About"]
    assert len(table.rows) == 2 * goals
