"""What charts of the two healths share: axes from 0 to 100, words in one language, colours of one theme."""

from dataclasses import dataclass
from typing import Any

import altair as alt

from metrics.charts.tones import Tones
from metrics.words import say

FONT = "Inter, system-ui, sans-serif"
AS_SVG = {"embedOptions": {"renderer": "svg"}}  # text that follows a font that loads late, sharp at any zoom
TICKS = [0, 25, 50, 75, 100]
# The last figure ends at the edge of the chart instead of being cut by it.
_FLUSH = {"condition": {"test": "datum.value == 100", "value": "right"}, "value": "center"}


@dataclass(frozen=True)
class Plane:
    """Every layer of a chart takes its axes from here, so that all layers share one pair."""

    language: str
    tones: Tones

    def say(self, name: str, /, **params: object) -> str:
        """A text of the pages."""
        return say(self.language, f"pages.{name}", **params)

    def x(self, field: str = "x:Q", name: str = "axis_x", pillar: str = "financial") -> alt.X:
        """The horizontal axis; its title stands at the right, in its pillar's colour."""
        color = getattr(self.tones, pillar)
        title: dict[str, Any] = {"titleAnchor": "end", "titlePadding": 4, "labelAlign": _FLUSH}
        return alt.X(field, scale=_scale(), axis=self._axis(self.say(name), color, title))

    def y(self, field: str = "y:Q") -> alt.Y:
        """The vertical axis; its title stands level above it."""
        above: dict[str, Any] = {"titleAngle": 0, "titleAlign": "left", "titleX": -30, "titleY": -13}
        room = {"minExtent": 30, "maxExtent": 30, "titleBaseline": "alphabetic"}
        axis = self._axis(self.say("axis_y"), self.tones.social, {**above, **room})
        return alt.Y(field, scale=_scale(), axis=axis)

    def dressed(self, chart: Any, height: int) -> Any:
        """The chart as wide as its column, `height` high within its axes, on the page's own ground."""
        return (
            chart.properties(width="container", height=height, background="transparent", usermeta=AS_SVG)
            .configure_view(stroke=self.tones.hair)
            .configure(font=FONT, padding={"left": 0, "top": 0, "right": 8, "bottom": 0})
        )

    def _axis(self, title: str, color: str, more: dict[str, Any]) -> alt.Axis:
        return alt.Axis(
            values=TICKS,
            title=title,
            titleColor=color,
            titleFontSize=13,
            titleFontWeight=500,
            grid=False,
            domain=False,
            tickSize=4,
            tickColor=self.tones.line,
            labelColor=self.tones.grey,
            labelFontSize=12,
            labelPadding=4,
            **more,
        )


def _scale() -> alt.Scale:
    return alt.Scale(domain=[0, 100], nice=False, zero=True)
