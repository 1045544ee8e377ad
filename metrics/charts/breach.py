"""A value against its limit over the last months, small enough for a row of a list."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from metrics.charts.listing import runs
from metrics.charts.tones import Tones

WIDTH, HEIGHT, ROOM = 132, 34, 4
DOT = 2.6


def picture(values: Sequence[float | None], line: float | None, level: str, alt: str, tones: Tones) -> str:
    """The picture of `spark` as an image in a page's markup; `alt` says the same to those who do not see it."""
    drawn = b64encode(spark(values, line, level, tones).encode()).decode()
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return f'<img {size} alt="{escape(alt, quote=True)}" src="data:image/svg+xml;base64,{drawn}">'


def spark(values: Sequence[float | None], line: float | None, level: str, tones: Tones) -> str:
    """The picture as SVG: the values as a line, the limit dashed, the newest value as a dot.

    A month without a value is a gap in the line; one that stands alone is a small dot. The scale runs over the values
    and the limit, so that the distance between both is seen.

    Args:
        values: old to new, None where unknown; the last one is the newest.
        line: the limit that is broken or comes next; None where there is none.
        level: red or amber for a broken limit, else empty: the colour of the newest value.
    """
    known = [value for value in values if value is not None]
    if not known:
        return _svg("")
    places = _Places(len(values), [*known, *([] if line is None else [line])])
    parts = [] if line is None else [_level(places.y(line), tones)]
    parts += [_run(values, run, places, tones) for run in runs(values)]
    last = values[-1]
    if last is not None:
        parts.append(
            _dot(places.x(len(values) - 1), places.y(last), DOT, getattr(tones, level) if level else tones.ink)
        )
    return _svg("".join(parts))


class _Places:
    """Where a date and a value stand in the picture, in pixels."""

    def __init__(self, count: int, reach: Sequence[float]) -> None:
        self.step = (WIDTH - 2 * ROOM) / max(count - 1, 1)
        self.low, self.high = min(reach), max(reach)

    def x(self, place: int) -> float:
        """From the left."""
        return ROOM + place * self.step

    def y(self, value: float) -> float:
        """From the top; in the middle where there is but one level."""
        if self.high == self.low:
            return HEIGHT / 2
        return ROOM + (self.high - value) / (self.high - self.low) * (HEIGHT - 2 * ROOM)


def _level(down: float, tones: Tones) -> str:
    place = f'x1="0" x2="{WIDTH}" y1="{down:.1f}" y2="{down:.1f}"'
    return f'<line {place} stroke="{tones.line}" stroke-width="1" stroke-dasharray="3 3"/>'


def _run(values: Sequence[float | None], run: Sequence[int], places: _Places, tones: Tones) -> str:
    """Dates in a row as a line; one that stands alone as a small dot."""
    points = [(places.x(place), places.y(value)) for place in run if (value := values[place]) is not None]
    if len(points) == 1:
        return _dot(*points[0], 1.2, tones.ink)
    drawn = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
    return f'<polyline points="{drawn}" fill="none" stroke="{tones.ink}" stroke-width="1.5"/>'


def _dot(across: float, down: float, radius: float, color: str) -> str:
    return f'<circle cx="{across:.1f}" cy="{down:.1f}" r="{radius}" fill="{color}"/>'


def _svg(inner: str) -> str:
    box = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{inner}</svg>'
