"""Indicators against segments: each cell says its value, its distance from the whole, and what it breaks.

A cell never speaks by its tone alone: the distance is written in it, and a broken limit has its mark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from metrics.catalogue import Indicator
from metrics.charts.listing import look, shape
from metrics.charts.tones import Tones
from metrics.words import say

DEEPEST = 42  # per cent of the tone in the deepest cell: text on it stays readable


@dataclass(frozen=True)
class Cell:
    """One figure: its text, its distance from the whole as text, and the tone from -1 (worse) to 1 (better).

    `level` is red, amber, "" or none. `gap` says why there is no figure. `open` is what a click on it opens; empty
    where there is nothing to open.
    """

    text: str = ""
    distance: str = ""
    tone: float = 0.0
    level: str = "none"
    gap: str = ""
    open: str = ""


@dataclass(frozen=True)
class Line:
    """One indicator's row: its group, id, title, the whole's figure, and a cell for each segment."""

    group: str
    id: str
    title: str
    whole: str
    cells: tuple[Cell, ...]


def tone(indicator: Indicator, value: float, whole: float) -> float:
    """How much better (above 0) or worse a value is than the whole's, as a part of the indicator's own scale.

    0 where the indicator has no goalposts: then neither direction is better.
    """
    posts = indicator.goalposts
    if not posts:
        return 0.0
    return max(-1.0, min(1.0, _scaled(posts, value) - _scaled(posts, whole)))


def _scaled(posts: Sequence[float], value: float) -> float:
    """Where a value stands between worst (0) and best (1); a band is best in its middle."""
    if len(posts) == 4:
        return min(_scaled(posts[:2], value), _scaled((posts[3], posts[2]), value), 1.0)
    worst, best = posts[:2]
    return max(0.0, min(1.0, (value - worst) / (best - worst)))


def heat(lines: Sequence[Line], segments: Sequence[str], language: str, tones: Tones) -> str:
    """The table as markup, in a place of its own that scrolls sideways where the window is narrow."""
    heads = [say(language, "indicators.col_indicator"), say(language, "indicators.whole"), *segments]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body, last = [], ""
    for line in lines:
        if line.group != last:
            last = line.group
            rest = f'<td colspan="{len(heads) - 1}"></td>'
            body.append(f'<tr class="group"><th scope="rowgroup">{escape(last)}</th>{rest}</tr>')
        name = f'<button type="button" data-open="{escape(line.id)}">{escape(line.title)}</button>'
        cells = "".join(_cell(cell, language) for cell in line.cells)
        body.append(f'<tr><th scope="row">{name}</th><td class="whole">{escape(line.whole)}</td>{cells}</tr>')
    table = f'<table class="heat"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table>'
    return scroll(table, say(language, "indicators.heat_alt"), tones)


def scroll(inner: str, alt: str, tones: Tones) -> str:
    """A place that scrolls sideways by itself, reached by keyboard too."""
    told = f'role="region" tabindex="0" aria-label="{escape(alt)}"'
    return f'<div class="scroll" {told} style="{look(tones)}">{inner}</div>'


def _cell(cell: Cell, language: str) -> str:
    if cell.gap:
        return f'<td class="gap">{escape(cell.gap)}</td>'
    kind = "worse" if cell.tone < -0.02 else "better" if cell.tone > 0.02 else "like"
    deep = round(min(1.0, abs(cell.tone) * 2) * DEEPEST)
    mark = ""
    if cell.level in ("red", "amber"):
        word = escape(say(language, f"indicators.level_{cell.level}"))
        mark = f'<span class="{cell.level}" title="{word}">{shape(cell.level)}<span class="said">{word}</span></span>'
    text = escape(cell.text)
    if cell.open:  # with a mouse; by keyboard the row's name and the unit's input lead to the same
        text = f'<button type="button" class="quiet" tabindex="-1" data-open="{escape(cell.open)}">{text}</button>'
    return f'<td class="{kind}" style="--by: {deep}"><b>{text}</b>{mark}<small>{escape(cell.distance)}</small></td>'


def plain(
    heads: Sequence[str], rows: Sequence[Sequence[str]], alt: str, tones: Tones, opens: Sequence[str] = ()
) -> str:
    """A table of texts, the first column naming each row, the others set right.

    Args:
        heads: the columns' names.
        rows: the texts; a row of two says in words why it has no figures.
        alt: what the table is, for who cannot see it.
        tones: the theme's colours.
        opens: what a click on each row's name opens; none where there is nothing to open.
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = ""
    for row, open_ in zip(rows, opens or [""] * len(rows), strict=True):
        name = escape(row[0])
        if open_:
            name = f'<button type="button" data-open="{escape(open_)}">{name}</button>'
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        if len(row) == 2 < len(heads):
            cells = f'<td class="why" colspan="{len(heads) - 1}">{escape(row[1])}</td>'
        body += f'<tr><th scope="row">{name}</th>{cells}</tr>'
    table = f'<table class="plain"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return scroll(table, alt, tones)


def key(language: str, words: Mapping[str, str], tones: Tones) -> str:
    """What tones and marks mean, in words."""
    parts = [f'<span class="key {kind}" style="--by: {DEEPEST}">{escape(text)}</span>' for kind, text in words.items()]
    marks = [
        f'<span class="{level}">{shape(level)}{escape(say(language, f"indicators.level_{level}"))}</span>'
        for level in ("amber", "red")
    ]
    return f'<div class="keys" style="{look(tones)}">{"".join([*parts, *marks])}</div>'
