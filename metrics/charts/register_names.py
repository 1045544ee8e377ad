"""Where names go beside marks that stand close: any free side, near first, then further off with a thin leader."""

import math
from collections.abc import Iterator, Sequence

import pandas as pd

from metrics.charts.labels import Box

LETTER, LINE = 7.3, 17.0  # an average letter's width and a line's height at 13 px, semibold
AIR, FAR = 6.0, (0.0, 18.0, 36.0, 54.0)
COLUMNS = ["name", "x", "y", "text_x", "text_y", "align", "led"]


def placed(marks: pd.DataFrame, width: float, height: float, side: float, kept: Sequence[Box] = ()) -> pd.DataFrame:
    """Where each name goes, in the order of the rows; left out where there is no room at all.

    Args:
        marks: name, act (to be named), x, y and x0, y0 (pixels from the bottom left; NaN where there is no tail).
        side: how wide a mark is, in pixels.
        kept: where other words stand already, in pixels from the bottom left.

    Returns:
        `COLUMNS`: the mark's place, the text's anchor, how it is aligned (left, right, center), and whether a leader
        joins the two.
    """
    taken = [*(_around(x, y, side, side) for x, y in marks[["x", "y"]].itertuples(index=False)), *_tails(marks), *kept]
    found = []
    for name, act, x, y in marks[["name", "act", "x", "y"]].itertuples(index=False):
        if not act:
            continue
        place = _free(len(name) * LETTER, x, y, side, Box(0, 0, width, height), taken)
        if place is not None:
            align, text_x, text_y, box, led = place
            taken.append(box)
            found.append((name, x, y, text_x, text_y, align, led))
    return pd.DataFrame(found, columns=COLUMNS)


def _free(
    wide: float, x: float, y: float, side: float, frame: Box, taken: Sequence[Box]
) -> tuple[str, float, float, Box, bool] | None:
    for align, text_x, text_y, led in _candidates(x, y, side):
        left = {"left": text_x, "right": text_x - wide, "center": text_x - wide / 2}[align]
        box = Box(left, text_y - LINE / 2, left + wide, text_y + LINE / 2)
        inside = box.left > frame.left and box.right < frame.right and box.top > frame.top and box.bottom < frame.bottom
        if inside and not any(box.meets(other) for other in taken):
            return align, text_x, text_y, box, led
    return None


def _candidates(x: float, y: float, side: float) -> Iterator[tuple[str, float, float, bool]]:
    """Right, left, above, below; then the same rings further out, slantwise too."""
    for far in FAR:
        reach = side / 2 + AIR + far
        for align, across, up in (
            ("left", 1, 0), ("right", -1, 0), ("center", 0, 1), ("center", 0, -1),
            ("left", 0.7, 0.9), ("right", -0.7, 0.9), ("left", 0.7, -0.9), ("right", -0.7, -0.9),
        ):  # fmt: skip
            yield align, x + across * reach, y + up * (reach + 4), far > 0 or (across != 0 and up != 0)


def _tails(marks: pd.DataFrame) -> Iterator[Box]:
    """Small boxes along each arrow, and its ring."""
    for x, y, x0, y0 in marks[["x", "y", "x0", "y0"]].itertuples(index=False):
        if not math.isnan(x0):
            yield from (_around(x + (x0 - x) * k / 10, y + (y0 - y) * k / 10, 6, 6) for k in range(1, 10))
            yield _around(x0, y0, 12, 12)


def _around(x: float, y: float, wide: float, high: float) -> Box:
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
