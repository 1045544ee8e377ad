"""Names beside marks: where there is room; where two would meet, the less urgent one is left out."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

LETTER, LINE = 8.0, 17.0  # an average letter's width and a line's height at 14 px, semibold
RING = 12.0  # what the start of a tail takes, with air around it


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two cover a common area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class _Mark:
    """A mark in pixels: its middle, its side, the start of its tail, and whether it is to be named."""

    name: str
    x: float
    y: float
    side: float
    tail: tuple[float, float] | None
    act: bool

    def box(self) -> Box:
        return _around(self.x, self.y, self.side, self.side)

    def along(self) -> list[Box]:
        """Small boxes along the tail, whose start is a ring."""
        if self.tail is None:
            return []
        x, y = self.tail
        steps = [k / 10 for k in range(3, 10)]
        line = [_around(self.x + (x - self.x) * k, self.y + (y - self.y) * k, 5, 5) for k in steps]
        return [*line, _around(x, y, RING, RING)]


def placed(rows: pd.DataFrame, width: float, height: float, top: float = 34.0) -> pd.DataFrame:
    """Where each name goes, most urgent first.

    Args:
        rows: name, x, y, x0, y0 (0..100), size (square pixels) and act (to be named) of every mark.
        width: pixels across the chart.
        height: pixels up the chart.
        top: pixels at the top that are kept free for words of the chart itself.

    Returns:
        name, x, y, align ('left', 'right', 'center'), dx, dy in pixels; fewer rows than names where
        there is no room.
    """
    marks = [_mark(row, width, height) for row in rows.to_dict("records")]
    tails = [box for mark in marks for box in mark.along()]
    found: list[Box] = []
    out = []
    for mark in (mark for mark in marks if mark.act):
        covered = [other.box() for other in marks if other is not mark] + tails + found
        for align, dx, dy, box in _candidates(mark):
            free = box.left > 0 and box.right < width and box.top > top and box.bottom < height
            if free and not any(box.meets(other) for other in covered):
                found.append(box)
                place = {"x": 100 * mark.x / width, "y": 100 * (1 - mark.y / height)}
                out.append({"name": mark.name, **place, "align": align, "dx": dx, "dy": dy})
                break
    return pd.DataFrame(out)


def _mark(row: dict[str, object] | dict[object, object], width: float, height: float) -> _Mark:
    x, y, x0, y0, size = (float(str(row[key])) for key in ("x", "y", "x0", "y0", "size"))
    tail = None if math.isnan(x0) or math.isnan(y0) else (x0 / 100 * width, (1 - y0 / 100) * height)
    return _Mark(str(row["name"]), x / 100 * width, (1 - y / 100) * height, size**0.5, tail, bool(row["act"]))


def _candidates(mark: _Mark) -> Iterator[tuple[str, int, int, Box]]:
    """Beside the mark on the side away from its tail first, then the other side, then below and above."""
    reach, wide = mark.side / 2 + 6, LETTER * len(mark.name)
    beside = [("right", -reach, 0.0), ("left", reach, 0.0)]
    if mark.tail is not None and mark.tail[0] < mark.x:
        beside.reverse()
    for align, dx, dy in [*beside, ("center", 0.0, reach + 5), ("center", 0.0, -reach - 5)]:
        middle = {"right": dx - wide / 2, "left": dx + wide / 2, "center": 0.0}[align]
        yield align, round(dx), round(dy), _around(mark.x + middle, mark.y + dy, wide, LINE)


def _around(x: float, y: float, wide: float, high: float) -> Box:
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
