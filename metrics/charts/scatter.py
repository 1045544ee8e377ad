"""Where each unit stands: financial against social health, four named quadrants, the two limits."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from metrics.charts.labels import placed
from metrics.charts.plane import Plane
from metrics.charts.tones import Tones
from metrics.findings import counted, health_text, needs_action, quadrant, status_text, units_text
from metrics.picture import Picture, Unit
from metrics.words import say

WIDTH, HEIGHT, NARROW = 682, 316, 500
SELECT = "unit"
LARGEST, SMALLEST = 25.0, 10.0
SHAPES = {"within": "circle", "below": "triangle-up", "critical": "square", "none": "circle"}
CORNERS = {"healthy": (100, 100), "money": (0, 100), "mission": (100, 0), "both": (0, 0)}


def frame(picture: Picture, language: str, tones: Tones) -> pd.DataFrame:
    """One row a unit that has both healths, worst first: place, look and tooltip.

    Returns:
        the columns of `looks`, and x, y (0..100), x0, y0 (a quarter before, where the unit needs action;
        NaN where unknown).
    """
    units = [unit for unit in counted(picture) if quadrant(unit, picture.policy)]
    rows = looks(units, language, tones)
    if len(rows):
        before = [unit.before if needs_action(unit) and unit.before else (None, None, None) for unit in units]
        rows["x"], rows["y"] = ([float(getattr(u, side) or 0.0) for u in units] for side in ("financial", "social"))
        rows["x0"], rows["y0"] = (pd.Series([b[side] for b in before], dtype="float64") for side in (0, 1))
    return rows


def looks(units: Sequence[Unit], language: str, tones: Tones) -> pd.DataFrame:
    """How each unit is drawn: shape and colour by status, size by portfolio.

    Returns:
        columns id, name, act (needs action), shape, size (square pixels), fill, stroke, opacity, and the
        tooltip's words financial, social, balance, status.
    """
    largest = max((unit.glp or 0.0 for unit in units), default=0.0) or 1.0
    return pd.DataFrame([_look(unit, largest, language, tones) for unit in units])


def _look(unit: Unit, largest: float, language: str, tones: Tones) -> dict[str, object]:
    act = needs_action(unit)
    side = max(SMALLEST, LARGEST * (max(unit.glp or 0.0, 0.0) / largest) ** 0.5)
    return {
        "id": unit.id,
        "name": unit.name,
        "act": act,
        "shape": SHAPES[unit.status],
        "size": side**2,
        "fill": {"critical": tones.red, "below": tones.amber}.get(unit.status, tones.grey),
        "stroke": tones.ground if act else tones.grey,
        "opacity": 1.0 if act else 0.16,
        "financial": health_text(language, unit.financial),
        "social": health_text(language, unit.social),
        "balance": health_text(language, unit.balance),
        "status": status_text(language, unit),
    }


def scatter(rows: pd.DataFrame, picture: Picture, language: str, tones: Tones) -> Any:
    """The chart of `frame`'s rows; a click on a mark selects its `id` (parameter 'unit')."""
    plane = Plane(language, tones)
    layers: list[Any] = []
    if picture.limits_default or picture.limits_approved:
        layers = [*_limits(picture, plane), *_corners(picture, plane)]
    layers += [*_tails(rows, plane), _marks(rows, plane), *_names(rows, plane)]
    return plane.dressed(alt.layer(*layers), HEIGHT)


def scatter_alt(picture: Picture, language: str) -> str:
    """The chart in words: which units stand in which quadrant."""
    parts = [say(language, "pages.scatter_alt")]
    for corner in ("both", "money", "mission", "healthy"):
        inside = [u.name for u in counted(picture) if quadrant(u, picture.policy) == corner]
        if inside:
            name = say(language, f"pages.corner_{corner}")
            parts.append(say(language, "pages.scatter_alt_part", corner=name, names=", ".join(inside)))
    return " ".join(parts)


def _limits(picture: Picture, plane: Plane) -> list[Any]:
    """Lines at both limits, each named once where it meets the edge."""
    policy, layers = picture.policy, []
    lines = (("limit", policy.health_limit, [1, 0]), ("critical", policy.health_critical, [2, 4]))
    for name, at, dash in lines:
        row: dict[str, Any] = {"at": at, "edge": 100, "text": plane.say(f"axis_{name}", value=round(at))}
        chart = alt.Chart(pd.DataFrame([row]))
        line = chart.mark_rule(color=plane.tones.line, strokeDash=dash, size=1)
        look: dict[str, Any] = {"color": plane.tones.grey, "fontSize": 11, "baseline": "alphabetic"}
        side: dict[str, Any] = {"align": "left", "dx": 6} if name == "limit" else {"align": "right", "dx": -6}
        text = alt.ExprRef(f"width < {NARROW} ? '' : datum.text")
        up = chart.mark_text(**look, **side, dy=20, text=text)
        across = chart.mark_text(**look, align="right", dx=-12, dy=-6, text=text)
        layers += [
            line.encode(x=plane.x("at:Q")),
            line.encode(y=plane.y("at:Q")),
            up.encode(x=plane.x("at:Q"), y=plane.y("edge:Q")),
            across.encode(x=plane.x("edge:Q"), y=plane.y("at:Q")),
        ]
    return layers


def _corners(picture: Picture, plane: Plane) -> list[Any]:
    """The four quadrants by name, each with the number of units in it."""
    layers = []
    for corner, (x, y) in CORNERS.items():
        look: dict[str, Any] = {"align": "right" if x else "left", "dx": -12 if x else 12, "baseline": "alphabetic"}
        down = 20 if y else -26
        row: dict[str, Any] = {"x": x, "y": y, "name": plane.say(f"corner_{corner}"), **_count(picture, corner, plane)}
        chart = alt.Chart(pd.DataFrame([row])).encode(x=plane.x(), y=plane.y())
        name = chart.mark_text(**look, dy=down, fontSize=13, fontWeight=600, color=plane.tones.ink)
        # On a telephone the long form would run across the limit line.
        text = alt.ExprRef(f"width < {NARROW} ? datum.brief : datum.count")
        count = chart.mark_text(**look, dy=down + 16, fontSize=12, color=plane.tones.grey, text=text)
        layers += [name.encode(text="name:N"), count]
    return layers


def _count(picture: Picture, corner: str, plane: Plane) -> dict[str, str]:
    inside = [unit for unit in counted(picture) if quadrant(unit, picture.policy) == corner]
    count = units_text(plane.language, picture.by, len(inside))
    if corner != "mission" or not inside or not all(unit.missed for unit in inside):
        return {"count": count, "brief": count}
    return {
        "count": plane.say("corner_missed", units=count),
        "brief": plane.say("corner_missed_brief", n=len(inside)),
    }


def _tails(rows: pd.DataFrame, plane: Plane) -> list[Any]:
    """The move since a quarter before, for units that need action."""
    moved = rows.dropna(subset=["x0", "y0"])
    if not len(moved):
        return []
    chart, tones = alt.Chart(moved), plane.tones
    line = chart.mark_rule(color=tones.line, size=1.25)
    look: dict[str, Any] = {"filled": True, "fill": tones.ground, "stroke": tones.line, "opacity": 1}
    start = chart.mark_point(**look, shape="circle", size=25)
    return [
        line.encode(x=plane.x(), y=plane.y(), x2="x0:Q", y2="y0:Q"),
        start.encode(x=plane.x("x0:Q"), y=plane.y("y0:Q"), strokeWidth=alt.value(1.25)),
    ]


def _marks(rows: pd.DataFrame, plane: Plane) -> Any:
    """Every unit: shape by status, size by portfolio; the one layer that can be clicked."""
    healths = [(name, f"axis_{name}") for name in ("financial", "social", "balance")]
    titles = [("name", "col_unit"), *healths, ("status", "col_status")]
    tooltip = [alt.Tooltip(f"{field}:N", title=plane.say(key)) for field, key in titles]
    marks = alt.Chart(rows).mark_point(filled=True, strokeWidth=1.5, cursor="pointer", opacity=1)
    return marks.encode(
        x=plane.x(),
        y=plane.y(),
        shape=alt.Shape("shape:N", scale=None),
        size=alt.Size("size:Q", scale=None),
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("stroke:N", scale=None),
        fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
        tooltip=tooltip,
    ).add_params(alt.selection_point(name=SELECT, fields=["id"]))


def _names(rows: pd.DataFrame, plane: Plane) -> list[Any]:
    """Names of units that need action, each beside its mark, on a rim of the ground's colour."""
    names = placed(rows, WIDTH, HEIGHT)
    layers = []
    for (align, dx, dy), group in names.groupby(["align", "dx", "dy"]) if len(names) else ():
        look: dict[str, Any] = {"align": align, "dx": dx, "dy": dy, "fontSize": 14, "fontWeight": 600}
        chart = alt.Chart(group).encode(x=plane.x(), y=plane.y(), text="name:N")
        layers.append(chart.mark_text(**look, stroke=plane.tones.ground, strokeWidth=4, strokeJoin="round"))
        layers.append(chart.mark_text(**look, color=plane.tones.ink))
    return layers
