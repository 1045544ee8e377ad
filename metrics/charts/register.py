"""The register as a picture: likelihood against impact, both by ratios, so that equal expected impact is a line."""

import math
from typing import Any

import altair as alt
import pandas as pd

from metrics.charts import register_names
from metrics.charts.labels import Box
from metrics.charts.plane import AS_SVG, FONT
from metrics.charts.tones import Tones
from metrics.register.scales import LEVELS
from metrics.register.standing import Register, Standing
from metrics.words import decimal_signs, number, percent, say

WIDTH, HEIGHT, NARROW = 660, 372, 500
SELECT = "risk"
LIKELY, IMPACT, LEAST = (0.02, 1.0), (0.5, 20.0), 0.01  # no impact at all has no place on a scale of ratios
X_TICKS, Y_TICKS = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0), (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
SHAPES = {"financial": "square", "social": "circle"}
AREA_ABOVE, AREA_WITHIN = 150.0, 80.0
SMALL = 6.2  # an average letter's width at 11 px


def frame(register: Register, language: str, tones: Tones) -> pd.DataFrame:
    """One row a risk that stands somewhere, the most urgent first: place, place at the last review, look, tooltip.

    Returns:
        id, name, act (above appetite), x and y (likelihood 0..1, impact in points), x0 and y0 (NaN where there was no
        review before, or it has not moved), shape and fill by the leg that counts, and the tooltip's words.
    """
    return pd.DataFrame([_row(one, register, language, tones) for one in register.standings if one.now is not None])


def _row(one: Standing, register: Register, language: str, tones: Tones) -> dict[str, object]:
    assert one.now is not None
    rule, now, before = register.rule, one.now, one.before
    leg = rule.leg(now)
    moved = before is not None and one.trend in ("worse", "better")
    return {
        "id": one.risk.id, "name": one.risk.title, "act": one.above,
        "x": now.likelihood, "y": max(LEAST, rule.impact(now)),
        "x0": before.likelihood if before and moved else math.nan,
        "y0": max(LEAST, rule.impact(before)) if before and moved else math.nan,
        "shape": SHAPES[leg], "fill": getattr(tones, leg), "opacity": 1.0 if one.above else 0.25,
        "size": AREA_ABOVE if one.above else AREA_WITHIN, "stroke": tones.ground if one.above else getattr(tones, leg),
        "state": say(language, f"register.state_{one.state}"), "leg": say(language, f"register.leg_{leg}"),
        "likelihood": percent(language, now.likelihood, 1 if now.likelihood < 0.1 else 0),
        "impact": number(language, rule.impact(now), 1),
        "expected": number(language, rule.expected(now), 2), "appetite": number(language, one.appetite, 2),
    }  # fmt: skip


def bounds(rows: pd.DataFrame) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ends of both axes: the usual ones, or further where a risk stands beyond them."""
    if not len(rows):
        return LIKELY, IMPACT
    found = []
    for (low, high), names in ((LIKELY, ("x", "x0")), (IMPACT, ("y", "y0"))):
        values = pd.concat([rows[name] for name in names]).dropna()
        found.append((max(1e-3, min(low, values.min() * 0.9)), max(high, min(values.max() * 1.1, 100.0))))
    (left, _), tall = found
    return (left, 1.0), tall


def scatter(rows: pd.DataFrame, language: str, tones: Tones) -> Any:
    """The chart of `frame`'s rows; a click on a mark selects its `id` (parameter 'risk')."""
    plane = _Plane(rows, language, tones)
    layers = [*_curves(plane), *_arrows(rows, plane), _marks(rows, plane), *_names(rows, plane)]
    return (
        alt.layer(*layers)
        .properties(width="container", height=HEIGHT, background="transparent", usermeta=AS_SVG)
        .configure_view(stroke=tones.hair)
        .configure(font=FONT, padding={"left": 0, "top": 0, "right": 8, "bottom": 0})
    )


class _Plane:
    """Both axes on a scale of ratios, shared by all layers."""

    def __init__(self, rows: pd.DataFrame, language: str, tones: Tones) -> None:
        self.language, self.tones = language, tones
        self.wide, self.tall = bounds(rows)
        self.point = decimal_signs(language)[0]  # what stands between whole and part: 0,5

    def x(self, field: str = "x:Q") -> alt.X:
        flush = {"condition": {"test": "datum.value == 1", "value": "right"}, "value": "center"}
        label = f"format(datum.value * 100, '~r') + '{say(self.language, 'register.axis_percent')}'"
        look: dict[str, Any] = {"titleAnchor": "end", "titlePadding": 4, "labelAlign": flush, "labelExpr": label}
        axis = self._axis("register.axis_x", X_TICKS, self.wide, look)
        return alt.X(field, scale=self._scale(self.wide), axis=axis)

    def y(self, field: str = "y:Q") -> alt.Y:
        look: dict[str, Any] = {
            "titleAngle": 0, "titleAlign": "left", "titleX": -34, "titleY": -13, "minExtent": 34, "maxExtent": 34,
            "titleBaseline": "alphabetic", "labelExpr": f"replace(format(datum.value, '~r'), '.', '{self.point}')",
        }  # fmt: skip
        return alt.Y(
            field, scale=self._scale(self.tall), axis=self._axis("register.axis_y", Y_TICKS, self.tall, look)
        )  # fmt: skip

    def share(self, x: float, y: float) -> tuple[float, float]:
        """A place as 0..100 across and up the chart."""
        across, up = (
            100 * (math.log(value) - math.log(low)) / (math.log(high) - math.log(low)) if value > 0 else math.nan
            for value, (low, high) in ((x, self.wide), (y, self.tall))
        )
        return across, up

    def _scale(self, ends: tuple[float, float]) -> alt.Scale:
        return alt.Scale(type="log", domain=list(ends), nice=False, clamp=True)

    def _axis(self, title: str, ticks: tuple[float, ...], ends: tuple[float, float], more: dict[str, Any]) -> alt.Axis:
        return alt.Axis(
            values=[tick for tick in ticks if ends[0] <= tick <= ends[1]], title=say(self.language, title),
            titleColor=self.tones.grey, titleFontSize=13, titleFontWeight=500, grid=False, domain=False, tickSize=4,
            tickColor=self.tones.line, labelColor=self.tones.grey, labelFontSize=12, labelPadding=4, **more,
        )  # fmt: skip


def _curves(plane: _Plane) -> list[Any]:
    """Lines of equal expected impact, each with what begins above it."""
    layers: list[Any] = []
    tones = plane.tones
    for name, at in LEVELS[1:]:
        ends = line(at, plane.wide, plane.tall)
        if ends is None:
            continue
        (x, y), (x2, y2) = ends
        text = _level(plane, name, at)
        chart = alt.Chart(pd.DataFrame([{"x": x, "y": y, "x2": x2, "y2": y2, "text": text}]))
        layers.append(
            chart.mark_rule(color=tones.line, strokeDash=[2, 4], size=1).encode(
                x=plane.x(), y=plane.y(), x2="x2:Q", y2="y2:Q"
            )
        )
        look: dict[str, Any] = {"fontSize": 11, "align": "right", "dx": -6, "dy": -5, "baseline": "bottom"}
        for rim in ({"stroke": tones.ground, "strokeWidth": 4}, {"color": tones.grey}):
            words = chart.mark_text(**look, **rim)
            layers.append(words.encode(x=plane.x("x2:Q"), y=plane.y("y2:Q"), text="text:N"))
    return layers


def _level(plane: _Plane, name: str, at: float) -> str:
    """What begins above a line of equal expected impact."""
    points = number(plane.language, at, 0 if at == int(at) else 1)
    return say(plane.language, "register.iso", level=say(plane.language, f"register.level_{name}"), points=points)


def _levels(plane: _Plane) -> list[Box]:
    """Where the words of these lines stand, in pixels from the bottom left."""
    found = []
    for name, at in LEVELS[1:]:
        ends = line(at, plane.wide, plane.tall)
        if ends is not None:
            across, up = plane.share(*ends[1])
            right, low = across * WIDTH / 100 - 6, up * HEIGHT / 100 + 5
            found.append(Box(right - SMALL * len(_level(plane, name, at)), low, right, low + 13))
    return found


def line(
    expected: float, wide: tuple[float, float], tall: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The two ends of the line likelihood x impact = `expected` inside the axes, left first; None where outside."""
    left, right = max(wide[0], expected / tall[1]), min(wide[1], expected / tall[0])
    return None if left >= right else ((left, expected / left), (right, expected / right))


def _arrows(rows: pd.DataFrame, plane: _Plane) -> list[Any]:
    """From where a risk stood at its last review to where it stands: a line, a ring at its start, a head at its end."""
    moved = rows.dropna(subset=["x0", "y0"]) if len(rows) else rows
    if not len(moved):
        return []
    tones = plane.tones
    chart = alt.Chart(moved)
    shaft = chart.mark_rule(color=tones.ink, size=1.25).encode(x=plane.x(), y=plane.y(), x2="x0:Q", y2="y0:Q")
    ring: dict[str, Any] = {"filled": True, "fill": tones.ground, "stroke": tones.ink, "opacity": 1, "shape": "circle"}
    start = chart.mark_point(**ring, size=22, strokeWidth=1.25)
    heads = alt.Chart(pd.DataFrame([_head(row, plane) for row in moved.to_dict("records")]))
    tip = heads.mark_point(shape="triangle-up", filled=True, size=56, color=tones.ink, opacity=1)
    return [
        shaft,
        start.encode(x=plane.x("x0:Q"), y=plane.y("y0:Q")),
        tip.encode(x=plane.x(), y=plane.y(), angle=alt.Angle("angle:Q", scale=None)),
    ]


def _head(row: dict[Any, Any], plane: _Plane) -> dict[str, float]:
    """The head of an arrow: short of the mark, and turned the way it points (degrees from up, clockwise)."""
    (x0, y0), (x, y) = plane.share(row["x0"], row["y0"]), plane.share(row["x"], row["y"])
    across, up = (x - x0) * WIDTH / 100, (y - y0) * HEIGHT / 100
    length = math.hypot(across, up) or 1.0
    back = max(0.0, 1 - (math.sqrt(row["size"]) / 2 + 5) / length)
    between = [row[f"{axis}0"] * (row[axis] / row[f"{axis}0"]) ** back for axis in ("x", "y")]
    return {"x": between[0], "y": between[1], "angle": math.degrees(math.atan2(across, up))}


def _marks(rows: pd.DataFrame, plane: _Plane) -> Any:
    """Every risk, its shape and colour by the leg that counts; the one layer that can be clicked."""
    names = ("name", "leg", "likelihood", "impact", "expected", "appetite", "state")
    tooltip = [alt.Tooltip(f"{name}:N", title=say(plane.language, f"register.tip_{name}")) for name in names]
    marks = alt.Chart(rows).mark_point(filled=True, strokeWidth=1.25, cursor="pointer", opacity=1)
    looks = {
        name: getattr(alt, name[:1].upper() + name[1:])(f"{name}:N", scale=None) for name in ("shape", "fill", "stroke")
    }
    return marks.encode(
        x=plane.x(), y=plane.y(), size=alt.Size("size:Q", scale=None),
        fillOpacity=alt.FillOpacity("opacity:Q", scale=None), tooltip=tooltip, **looks,
    ).add_params(alt.selection_point(name=SELECT, fields=["id"]))  # fmt: skip


def _names(rows: pd.DataFrame, plane: _Plane) -> list[Any]:
    """Names of the risks above their appetite, where there is room; none on a telephone."""
    names = _placed(rows, plane)
    layers: list[Any] = []
    led = names[names["led"]]
    if len(led):
        # On a telephone there is no name to lead to.
        thin = alt.Chart(led).mark_rule(
            color=plane.tones.line, size=0.75, opacity=alt.ExprRef(f"width < {NARROW} ? 0 : 1")
        )
        layers.append(thin.encode(x=plane.x(), y=plane.y(), x2="text_x:Q", y2="text_y:Q"))
    for align, group in names.groupby("align"):
        look: dict[str, Any] = {"align": align, "baseline": "middle", "fontSize": 13, "fontWeight": 600}
        look["text"] = alt.ExprRef(f"width < {NARROW} ? '' : datum.name")
        chart = alt.Chart(group).encode(x=plane.x("text_x:Q"), y=plane.y("text_y:Q"))
        layers.append(chart.mark_text(**look, stroke=plane.tones.ground, strokeWidth=4, strokeJoin="round"))
        layers.append(chart.mark_text(**look, color=plane.tones.ink))
    return layers


def _placed(rows: pd.DataFrame, plane: _Plane) -> pd.DataFrame:
    """Where the names go, on the axes' own scales."""
    if not len(rows):
        return pd.DataFrame(columns=register_names.COLUMNS).astype({"led": bool})
    marks = rows[["name", "act"]].copy()
    for x, y in (("x", "y"), ("x0", "y0")):
        places = [plane.share(*pair) for pair in rows[[x, y]].itertuples(index=False)]
        marks[x] = [place[0] * WIDTH / 100 for place in places]
        marks[y] = [place[1] * HEIGHT / 100 for place in places]
    found = register_names.placed(marks, WIDTH, HEIGHT, math.sqrt(AREA_ABOVE), _levels(plane)).astype({"led": bool})
    for names, size, (low, high) in ((("x", "text_x"), WIDTH, plane.wide), (("y", "text_y"), HEIGHT, plane.tall)):
        for name in names:
            found[name] = low * (high / low) ** (found[name].astype(float) / size)
    return found
