"""Where each unit stands on the one health that is measured; the other side is not drawn as if it were there."""

from typing import Any

import altair as alt
import pandas as pd

from metrics.charts.labels import placed
from metrics.charts.plane import Plane
from metrics.charts.scatter import SELECT, looks
from metrics.charts.tones import Tones
from metrics.findings import counted
from metrics.picture import Picture

WIDTH, HEIGHT, MIDDLE = 682, 120, 50.0


def frame(picture: Picture, pillar: str, language: str, tones: Tones) -> pd.DataFrame:
    """One row a unit that has the health of the pillar, worst first: x is the health, y the middle."""
    units = [unit for unit in counted(picture) if getattr(unit, pillar) is not None]
    rows = looks(units, language, tones)
    if len(rows):
        rows["x"], rows["y"] = [float(getattr(unit, pillar)) for unit in units], MIDDLE
        rows["x0"], rows["y0"] = float("nan"), float("nan")
    return rows


def single(rows: pd.DataFrame, picture: Picture, pillar: str, language: str, tones: Tones) -> Any:
    """The chart of `frame`'s rows; a click on a mark selects its `id` (parameter 'unit')."""
    plane = Plane(language, tones)
    x = plane.x("x:Q", f"axis_x_{pillar}", pillar)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, 100]), axis=None)
    layers = _limits(picture, plane, pillar) if picture.limits_default or picture.limits_approved else []
    marks = alt.Chart(rows).mark_point(filled=True, strokeWidth=1.5, cursor="pointer", opacity=1)
    layers.append(
        marks.encode(
            x=x,
            y=y,
            shape=alt.Shape("shape:N", scale=None),
            size=alt.Size("size:Q", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
            tooltip=[
                alt.Tooltip("name:N", title=plane.say("col_unit")),
                alt.Tooltip(f"{pillar}:N", title=plane.say(f"axis_{pillar}")),
            ],
        ).add_params(alt.selection_point(name=SELECT, fields=["id"]))
    )
    names = placed(rows, WIDTH, HEIGHT, top=0)
    for (align, dx, dy), group in names.groupby(["align", "dx", "dy"]) if len(names) else ():
        place: dict[str, Any] = {"align": align, "dx": dx, "dy": dy}
        text = alt.Chart(group).mark_text(**place, fontSize=14, fontWeight=600, color=tones.ink)
        layers.append(text.encode(x=x, y=y, text="name:N"))
    return plane.dressed(alt.layer(*layers), HEIGHT)


def _limits(picture: Picture, plane: Plane, pillar: str) -> list[Any]:
    policy, layers = picture.policy, []
    for name, at, dash in (("limit", policy.health_limit, [1, 0]), ("critical", policy.health_critical, [2, 4])):
        row: dict[str, Any] = {"at": at, "top": 100, "text": plane.say(f"axis_{name}", value=round(at))}
        chart = alt.Chart(pd.DataFrame([row])).encode(x=plane.x("at:Q", f"axis_x_{pillar}", pillar))
        side: dict[str, Any] = {"align": "left", "dx": 6} if name == "limit" else {"align": "right", "dx": -6}
        look: dict[str, Any] = {"fontSize": 11, "color": plane.tones.grey, "dy": 12}
        y = alt.Y("top:Q", scale=alt.Scale(domain=[0, 100]), axis=None)
        layers += [
            chart.mark_rule(color=plane.tones.line, strokeDash=dash, size=1),
            chart.mark_text(**look, **side).encode(y=y, text="text:N"),
        ]
    return layers
