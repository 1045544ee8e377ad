"""Indicators as one table: sparkline, value, changes, limit, peers, coverage; on a telephone each row is a card.

It is markup, not a chart library's drawing: 130 sparklines are one answer of a few ten kilobytes, and a screen
reader finds a table. Every text that comes in is escaped here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from metrics.charts.tones import Tones
from metrics.words import say

SPARK = (120, 28)
SHAPES = {
    "red": '<path d="M1 1h9v9h-9Z"/>',
    "amber": '<path d="M5.5 0.5L11 10.5H0Z"/>',
    "": '<circle cx="5.5" cy="5.5" r="3.5"/>',
    "none": '<circle cx="5.5" cy="5.5" r="3.5" fill="none" stroke="currentColor"/>',
}


@dataclass(frozen=True)
class Row:
    """One indicator as the list shows it; all texts are written already, in the reader's language.

    `level` is red, amber, "" (within limits) or none (no limit). `series` is old to new, None where unknown;
    `lines` are the limits to draw. `missing` says what would enable a figure that is not there.
    """

    id: str
    pillar: str
    group: str
    title: str
    note: str
    series: tuple[float | None, ...] = ()
    lines: tuple[float, ...] = ()
    value: str = ""
    changes: tuple[str, str, str] = ("", "", "")
    level: str = "none"
    status: str = ""
    limit: str = ""
    peer: str = ""
    peer_note: str = ""
    coverage: str = ""
    people: str = ""
    missing: str = ""


def look(tones: Tones) -> str:
    """The theme's colours as custom properties, for the `style` of what is drawn."""
    names = ("ground", "ink", "grey", "line", "hair", "financial", "social", "amber", "red")
    return "; ".join(f"--{name}: {getattr(tones, name)}" for name in names)


def shape(level: str) -> str:
    """A status as a mark that needs no colour: square, triangle, dot, ring."""
    return f'<svg class="mark" viewBox="0 0 11 11" aria-hidden="true">{SHAPES[level]}</svg>'


def spark(series: Sequence[float | None], lines: Sequence[float] = (), size: tuple[int, int] = SPARK) -> str:
    """A line of values with its last point and its limits; a gap stays a gap. Empty for fewer than two values."""
    known = [value for value in series if value is not None]
    if len(known) < 2:
        return ""
    width, height = size
    low, high = min(known), max(known)
    room = (high - low) or abs(high) or 1.0
    # A limit that is far away would press the line flat; it is drawn only where it stands near.
    near = [line for line in lines if low - room <= line <= high + room]
    low, high = min([low, *near]), max([high, *near])
    span = (high - low) or 1.0

    def y(value: float) -> float:
        return round(3 + (height - 6) * (1 - (value - low) / span), 1)

    step = (width - 6) / (len(series) - 1)
    places = [None if value is None else (round(3 + step * k, 1), y(value)) for k, value in enumerate(series)]
    rules = "".join(f'<path class="rule" d="M0 {y(line)}H{width}"/>' for line in near)
    last = next(place for place in reversed(places) if place is not None)
    dot = f'<circle class="dot" cx="{last[0]}" cy="{last[1]}" r="2.5"/>'
    return f'<svg class="spark" viewBox="0 0 {width} {height}" aria-hidden="true">{rules}{path(places)}{dot}</svg>'


def runs(series: Sequence[object | None]) -> list[list[int]]:
    """Places whose values one line joins, a list each: a gap longer than the series' usual step parts them.

    A figure that is told once a quarter so stays a line, and a month that a monthly one lacks stays a gap.
    """
    known = [place for place, value in enumerate(series) if value is not None]
    usual = min((after - before for before, after in pairwise(known)), default=1)
    found: list[list[int]] = []
    for place in known:
        if found and place - found[-1][-1] <= usual:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def path(places: Sequence[tuple[float, float] | None], kind: str = "line") -> str:
    """A line through places, begun anew after each gap; one place between two gaps is a dot."""
    drawn = []
    for run in runs(places):
        points = [place for k in run if (place := places[k]) is not None]
        drawn.append("M" + "L".join(f"{x} {y}" for x, y in (points if len(points) > 1 else points * 2)))
    return f'<path class="{kind}" d="{"".join(drawn)}"/>'


def listing(rows: Sequence[Row], language: str, tones: Tones, months: int) -> str:
    """The whole table as markup; `months` is the number of dates that sparklines span."""
    names = ("indicator", "spark", "value", "month", "quarter", "year", "limit", "peers", "coverage")
    said = [escape(say(language, f"indicators.col_{name}", n=months)) for name in names]
    heads = "".join(f'<th scope="col" class="{name}">{text}</th>' for name, text in zip(names, said, strict=True))
    labels = {kind: escape(say(language, f"indicators.short_{kind}")) for kind in ("month", "quarter", "year")}
    body, last = [], ""
    for row in rows:
        if row.group != last:
            last = row.group
            body.append(f'<tr class="group"><th scope="rowgroup" colspan="9">{escape(last)}</th></tr>')
        body.append(_row(row, labels))
    whole = f"<thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody>"
    return f'<table class="listing" style="{look(tones)}">{whole}</table>'


def _row(row: Row, labels: dict[str, str]) -> str:
    name = (
        f'<th scope="row" class="indicator"><button type="button" data-open="{escape(row.id)}">{escape(row.title)}'
        f"</button>{f'<small>{escape(row.note)}</small>' if row.note else ''}</th>"
    )
    if row.missing:
        return f'<tr class="missing {row.pillar}">{name}<td class="lacking" colspan="8">{escape(row.missing)}</td></tr>'
    changes = "".join(
        f'<td class="{kind} change" data-label="{labels[kind]}">{escape(text)}</td>'
        for kind, text in zip(("month", "quarter", "year"), row.changes, strict=True)
    )
    status = f'<span class="{row.level or "within"}">{shape(row.level)}{escape(row.status)}</span>'
    return (
        f'<tr class="{row.pillar}">{name}<td class="spark">{spark(row.series, row.lines)}</td>'
        f'<td class="value"><b>{escape(row.value)}</b></td>{changes}'
        f'<td class="limit">{status}<small>{escape(row.limit)}</small></td>'
        f'<td class="peers">{escape(row.peer)}<small>{escape(row.peer_note)}</small></td>'
        f'<td class="coverage">{escape(row.coverage)}<small>{escape(row.people)}</small></td></tr>'
    )
