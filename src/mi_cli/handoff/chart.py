"""Draws the readings over time for the documents, as SVG. `sparkline` is for where nothing can be drawn.

No information depends on color alone (WCAG 1.4.1): each ruler has its own color, mark and dashes, and each answer
stands beside its mark as a number. The colors have a contrast of at least 3:1 on white and on black (WCAG 1.4.11).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from mi_cli.records.terms import Ruler

COLUMNS: Final = 2  # side by side
_WIDTH: Final = 340  # of a panel
_HEIGHT: Final = 160
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 24, 50, 24

COLORS: Final[Mapping[Ruler, str]] = {
    Ruler.IMPORTANCE: "#1f78c1",
    Ruler.CONFIDENCE: "#c45500",
    Ruler.READINESS: "#7f6bb5",
}
_DASHES: Final[Mapping[Ruler, str]] = {Ruler.IMPORTANCE: "none", Ruler.CONFIDENCE: "7 4", Ruler.READINESS: "2 4"}


@dataclass(frozen=True)
class Series:
    """The answers on one ruler, oldest first, one for each day."""

    ruler: Ruler
    label: str
    points: tuple[tuple[datetime, int], ...]


@dataclass(frozen=True)
class Panel:
    """One of the charts side by side: what the answers are about, and the answers."""

    title: str
    series: tuple[Series, ...]


def svg(panels: Sequence[Panel], title: str, written: Callable[[datetime], str]) -> str:
    """Returns the panels side by side as SVG; `written` gives a day in words.

    Its text is real text, in the color of the text around it.
    """
    width, height = COLUMNS * _WIDTH, -(-len(panels) // COLUMNS) * _HEIGHT
    drawn = "".join(
        f'<g transform="translate({place % COLUMNS * _WIDTH} {place // COLUMNS * _HEIGHT})">'
        f"{_panel(panel, written)}</g>"
        for place, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="Atkinson Hyperlegible, system-ui, sans-serif" font-size="12" fill="currentColor">'
        f"<title>{escape(title)}</title>{drawn}</svg>"
    )


def _panel(panel: Panel, written: Callable[[datetime], str]) -> str:
    times = [at for series in panel.series for at, _ in series.points]
    first, last = min(times), max(times)
    span = (last - first).total_seconds()

    def place(at: datetime, value: int) -> tuple[float, float]:
        along = (at - first).total_seconds() / span if span else 0.5
        return _LEFT + 12 + along * (_WIDTH - _LEFT - _RIGHT - 24), _level(value)

    parts = [f'<text x="{_LEFT}" y="14" font-weight="bold">{escape(panel.title)}</text>']
    parts += [_grid_line(value) for value in (0, 5, 10)]
    days = [(first, "start"), (last, "end")] if f"{first:%Y%m%d}" != f"{last:%Y%m%d}" else [(first, "middle")]
    for at, anchor in days:
        x = place(at, 0)[0] + {"start": -12, "end": 12}.get(anchor, 0)
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - 6}" text-anchor="{anchor}">{escape(written(at))}</text>')
    drawn = [[(*place(at, value), value) for at, value in series.points] for series in panel.series]
    for number, series in enumerate(panel.series):
        others = [(x, y) for other in range(len(drawn)) if other != number for x, y, _ in drawn[other]]
        parts.append(_legend(series, _LEFT + number * 98))
        parts.append(_line(series.ruler, drawn[number], others))
    return "".join(parts)


def _level(value: int) -> float:
    return _TOP + (10 - value) / 10 * (_HEIGHT - _TOP - _BOTTOM)


def _grid_line(value: int) -> str:
    y = _level(value)
    line = f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#8a8a8a" stroke-width="0.6"/>'
    return f'{line}<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value}</text>'


def _legend(series: Series, x: int) -> str:
    line = f'<path d="M{x} 31h22" {_stroke(series.ruler)}/>{_mark(series.ruler, x + 11, 31)}'
    return f'{line}<text x="{x + 27}" y="35">{escape(series.label)}</text>'


def _line(ruler: Ruler, points: Sequence[tuple[float, float, int]], others: Sequence[tuple[float, float]]) -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y, _ in points)
    parts = [f'<path d="M{path}" {_stroke(ruler)}/>']
    for x, y, value in points:
        parts.append(_mark(ruler, x, y))
        near = [level for beside, level in others if abs(beside - x) < 16 and abs(level - y) < 24]
        over, under = any(level < y for level in near), any(level >= y for level in near)
        dx, dy = (0, -8) if not over else (0, 17) if not under else (12, 4)  # where no other line has its mark
        parts.append(f'<text x="{x + dx:.1f}" y="{y + dy:.1f}" text-anchor="middle">{value}</text>')
    return "".join(parts)


def _stroke(ruler: Ruler) -> str:
    return f'fill="none" stroke="{COLORS[ruler]}" stroke-width="2" stroke-dasharray="{_DASHES[ruler]}"'


def _mark(ruler: Ruler, x: float, y: float) -> str:
    color = f'fill="{COLORS[ruler]}"'
    match ruler:
        case Ruler.IMPORTANCE:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" {color}/>'
        case Ruler.CONFIDENCE:
            return f'<path d="M{x - 4:.1f} {y - 4:.1f}h8v8h-8z" {color}/>'
        case Ruler.READINESS:
            return f'<path d="M{x:.1f} {y - 5:.1f}l5 9h-10z" {color}/>'
