"""Small multiples: one indicator in each segment over time, all on one scale, the whole beside each."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from metrics.charts.history import nice
from metrics.charts.listing import look, path, shape
from metrics.charts.tones import Tones

WIDTH, HEIGHT = 100.0, 100.0


@dataclass(frozen=True)
class Multiple:
    """One segment: its name, its value in words, its status, its series old to new, and a line below.

    `gap` says why nothing is shown; then there is no series. `open` is what a click on the name opens; empty
    where there is nothing to open.
    """

    name: str
    value: str
    level: str
    series: tuple[float | None, ...]
    below: tuple[str, str] = ("", "")
    gap: str = ""
    open: str = ""


def multiples(
    parts: Sequence[Multiple], whole: Sequence[float | None], lines: Sequence[float], pillar: str, tones: Tones
) -> str:
    """All segments as markup that flows into as many columns as the window has room for.

    Args:
        parts: the segments, in the order in which they are shown.
        whole: the institution's series, drawn dashed in each.
        lines: limits; one that lies far outside of the values is not drawn.
        pillar: whose colour the lines have.
    """
    low, high, near = scale(parts, whole, lines)
    drawn = [_multiple(part, whole, near, low, high - low) for part in parts]
    return f'<div class="multiples {escape(pillar)}" style="{look(tones)}">{"".join(drawn)}</div>'


def scale(
    parts: Sequence[Multiple], whole: Sequence[float | None], lines: Sequence[float]
) -> tuple[float, float, list[float]]:
    """The ends of the one scale, round numbers, and the limits that stand within it."""
    known = [v for part in parts if not part.gap for v in part.series if v is not None]
    known += [v for v in whole if v is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    room = (high - low) * 0.5 or abs(high) * 0.5
    near = [line for line in lines if low - room <= line <= high + room]
    ticks = nice([low, high, *near])
    return ticks[0], ticks[-1], near


def _multiple(part: Multiple, whole: Sequence[float | None], near: Sequence[float], low: float, span: float) -> str:
    mark = f'<span class="{part.level}">{shape(part.level)}</span>' if part.level in ("red", "amber") else ""
    value = f"<span>{mark}<b>{escape(part.value)}</b></span>"
    name = escape(part.name)
    if part.open:
        name = f'<button type="button" data-open="{escape(part.open)}">{name}</button>'
    caption = f"<figcaption><span>{name}</span>{value if not part.gap else ''}</figcaption>"
    if part.gap:
        return f'<figure>{caption}<div class="few">{escape(part.gap)}</div></figure>'

    def y(value: float) -> float:
        return round(HEIGHT * (1 - (value - low) / span), 2)

    def places(series: Sequence[float | None]) -> list[tuple[float, float] | None]:
        step = WIDTH / max(len(series) - 1, 1)
        return [None if v is None else (round(step * k, 2), y(v)) for k, v in enumerate(series)]

    rules = "".join(f'<path class="rule" d="M0 {y(line)}H{WIDTH}"/>' for line in near)
    other = path(places(whole), "whole")
    svg = (
        f'<svg class="plotted" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
        f"{rules}{other}{path(places(part.series))}</svg>"
    )
    last = part.series[-1] if part.series else None
    end = "" if last is None else f'<span class="end" style="bottom: {round(100 - y(last), 2)}%"></span>'
    below = "".join(f"<span>{escape(text)}</span>" for text in part.below)
    return f'<figure>{caption}<div class="plot">{svg}{end}</div><div class="below">{below}</div></figure>'
