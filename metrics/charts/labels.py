"""Names beside marks: where there is room; where two would meet, the less urgent one is left out."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

LETTER, LINE = 8.0, 17.0  # an average letter's width and a line's height at 14 px, semibold


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
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def placed(rows: pd.DataFrame, width: float, height: float, top: float = 34.0) -> pd.DataFrame:
    """Where each name goes, most urgent first.

    Args:
        rows: name, x, y (0..100), size (square pixels) and act (to be named) of every mark.
        width: pixels across the chart.
        height: pixels up the chart.
        top: pixels at the top that are kept free for words of the chart itself.

    Returns:
        name, x, y, align ('left', 'right', 'center'), dx, dy in pixels; fewer rows than names where
        there is no room.
    """
    marks = {row.Index: _around(row.x, row.y, row.size**0.5, width, height) for row in rows.itertuples()}
    tails = [box for row in rows.itertuples() for box in _along(row, width, height)]
    found: dict[object, Box] = {}
    out = []
    for row in rows[rows["act"]].itertuples() if len(rows) else ():
        covered = [box for index, box in marks.items() if index != row.Index] + tails + list(found.values())
        for align, dx, dy, box in _candidates(row, width, height):
            free = box.left > 0 and box.right < width and box.top > top and box.bottom < height
            if free and not any(box.meets(other) for other in covered):
                found[row.Index] = box
                out.append({"name": row.name, "x": row.x, "y": row.y, "align": align, "dx": dx, "dy": dy})
                break
    return pd.DataFrame(out)


def _candidates(row: object, width: float, height: float) -> Iterator[tuple[str, int, int, Box]]:
    """Beside the mark on the side away from its tail first, then the other side, then below and above."""
    x, y, side, name = (getattr(row, key) for key in ("x", "y", "size", "name"))
    reach, wide = side**0.5 / 2 + 6, LETTER * len(name)
    back = getattr(row, "x0", None)
    beside = [("right", -reach), ("left", reach)]
    if back is not None and back < x:
        beside.reverse()
    level = [(align, dx, 0.0) for align, dx in beside]
    for align, dx, dy in [*level, ("center", 0.0, reach + 5), ("center", 0.0, -reach - 5)]:
        middle = {"right": dx - wide / 2, "left": dx + wide / 2, "center": 0.0}[align]
        cx, cy = x / 100 * width + middle, (1 - y / 100) * height + dy
        box = Box(cx - wide / 2, cy - LINE / 2, cx + wide / 2, cy + LINE / 2)
        yield align, round(dx), round(dy), box


def _along(row: object, width: float, height: float) -> list[Box]:
    """Small boxes along a mark's tail, whose start is a ring."""
    x, y, x0, y0 = (getattr(row, key, None) for key in ("x", "y", "x0", "y0"))
    if x0 is None or y0 is None or x0 != x0 or y0 != y0:
        return []
    steps = [step / 10 for step in range(3, 11)]
    return [_around(x + (x0 - x) * step, y + (y0 - y) * step, 7.0, width, height) for step in steps]


def _around(x: float, y: float, side: float, width: float, height: float) -> Box:
    cx, cy = x / 100 * width, (1 - y / 100) * height
    return Box(cx - side / 2, cy - side / 2, cx + side / 2, cy + side / 2)
