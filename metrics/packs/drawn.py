"""A chart's drawing as it may stand in a page: only what draws is kept, so that no drawing can carry a script."""

import re
from xml.etree import ElementTree

KEPT = frozenset({
    "svg", "g", "path", "rect", "line", "text", "tspan", "circle", "ellipse", "polygon", "polyline", "defs",
    "clipPath", "linearGradient", "stop",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "id", "d", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "width", "height", "viewBox",
    "points", "transform", "offset", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity",
    "display", "clip-path", "clip-rule", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform",
    "clipPathUnits", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline",
    "letter-spacing",
})  # fmt: skip
_PLACE = re.compile(r"url\(#([\w-]+)\)")


def drawing(svg: str, alt: str, name: str) -> str:
    """An SVG for a page: named by `alt`, its own names begun with `name`; empty where it is no drawing.

    Elements, attributes and addresses that do not draw are left out: scripts, styles, links, foreign markup.
    """
    if not svg or "<!" in svg:  # a document type could define anything
        return ""
    try:
        found = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return ""
    kept = _kept(found, name)
    if kept is None or kept.tag != "svg":
        return ""
    kept.attrib |= {"role": "img", "aria-label": alt, "focusable": "false"}
    return ElementTree.tostring(kept, encoding="unicode")


def _kept(found: ElementTree.Element, name: str) -> ElementTree.Element | None:
    tag = str(found.tag).rpartition("}")[2]
    if tag not in KEPT:
        return None
    kept = ElementTree.Element(tag, _attributes(found, name))
    kept.text, kept.tail = found.text, found.tail
    kept.extend([inner for part in found if (inner := _kept(part, name)) is not None])
    return kept


def _attributes(found: ElementTree.Element, name: str) -> dict[str, str]:
    kept = {}
    for key, value in found.attrib.items():
        if key not in ATTRIBUTES:
            continue
        if key == "id":
            value = f"{name}-{value}"
        elif "url(" in value.lower():
            place = _PLACE.fullmatch(value.strip())
            if place is None:
                continue
            value = f"url(#{name}-{place[1]})"
        kept[key] = value
    return kept
