"""A chart to take away: the drawing with its title above and its source below, as SVG or PNG, in the light colours."""

import re
import textwrap
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import vl_convert

from metrics.charts.tones import LIGHT
from metrics.documents.document import drawing, plain

EDGE, TITLE, SMALL = 16.0, 15.0, 11.0  # pixels around, and of both kinds of letters
PER_LETTER = 0.56  # width of a letter as a share of its height: Inter, with a little room
SCALE = 2.0  # of a PNG, for print and sharp screens
_SIZE = re.compile(r'<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"')


def svg(chart: Any, title: str, lines: Sequence[str]) -> str:
    """The chart as SVG on white, with its title and what it rests on.

    Args:
        chart: an Altair chart in `LIGHT`, or SVG that is drawn already.
        title: the chart's finding.
        lines: whose, of when, under which weights, and where the view is; each on lines of its own.
    """
    drawn = chart if isinstance(chart, str) else drawing(chart)
    found = _SIZE.search(drawn)
    assert found, "a drawing says how large it is"
    width, height = (float(side) for side in found.groups())
    above = _wrapped(title, width, TITLE)
    below = [part for line in lines for part in _wrapped(line, width, SMALL)]
    top = EDGE + len(above) * TITLE * 1.35
    whole = top + height + 8 + len(below) * SMALL * 1.4 + EDGE
    texts = [_text(part, EDGE + TITLE * (1 + 1.35 * place), TITLE, LIGHT.ink, 600) for place, part in enumerate(above)]
    foot = top + height + 8 + SMALL
    texts += [_text(part, foot + SMALL * 1.4 * place, SMALL, LIGHT.grey, 400) for place, part in enumerate(below)]
    inner = re.sub(r"<svg ", f'<svg x="{EDGE:g}" y="{top:g}" ', drawn, count=1)
    size = f'width="{width + 2 * EDGE:g}" height="{whole:g}" viewBox="0 0 {width + 2 * EDGE:g} {whole:g}"'
    ground = f'<rect width="100%" height="100%" fill="{LIGHT.ground}"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Inter, Arial, sans-serif">'
    return f"{head}{ground}{''.join(texts)}{inner}</svg>"


def png(drawn: str) -> bytes:
    """An SVG as PNG, twice as fine as it is wide."""
    return bytes(vl_convert.svg_to_png(drawn, scale=SCALE))


def _wrapped(said: str, width: float, letter: float) -> list[str]:
    return textwrap.wrap(plain(said), max(20, int(width / (letter * PER_LETTER))))


def _text(said: str, at: float, letter: float, colour: str, weight: int) -> str:
    look = f'font-size="{letter:g}" font-weight="{weight}" fill="{colour}"'
    return f'<text x="{EDGE:g}" y="{at:g}" {look}>{escape(said)}</text>'
