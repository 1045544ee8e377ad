"""The table of indicators and the picture of README.md: `python -m tests.readme` makes both again.

The table comes from the indicator files, the picture from the last run of the browser tests.
"""

import sys
from pathlib import Path

from PIL import Image

from metrics.catalogue import Indicator, indicators
from metrics.words import number

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TAKEN, SHOWN = ROOT / "build" / "screens" / "overview-1280-light-en.png", ROOT / "docs" / "overview.png"
BEGIN, END = "<!-- indicators: written by `python -m tests.readme` -->\n", "<!-- end of indicators -->"


def table() -> str:
    """A row for each indicator: name, what it measures, where the default limit lies."""
    rows = [
        f"| {i.pillar} | {i.theme.replace('_', ' ')} | {i.title} (`{i.id}`) | {limits(i)} |"
        for i in indicators().values()
    ]
    return "\n".join(["| health | theme | indicator | default limit |", "|---|---|---|---|", *rows]) + "\n"


def limits(indicator: Indicator) -> str:
    """The limit below which nothing needs attention, in the indicator's own unit."""
    amber = indicator.limits.get("amber")
    if amber is None:
        return "none"
    if indicator.better == "band":
        return " to ".join(written(indicator, value) for value in amber)
    return f"{'at most' if indicator.better == 'lower' else 'at least'} {written(indicator, amber)}"


def written(indicator: Indicator, value: float) -> str:
    """A value as a reader expects it: a share in percent, a difference in points, else a plain number."""
    ending = {"%": " %", "points": " points"}.get(indicator.unit, "")
    scaled = value * 100 if ending else value
    decimals = 0 if abs(scaled - round(scaled)) < 1e-9 else 2 if abs(scaled) < 1 else 1
    return number("en", scaled, decimals) + ending


def renewed(text: str) -> str:
    """The README with the table as the indicator files have it now."""
    before, begun, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    assert begun, "README.md has lost the place of its table"
    assert ended, "README.md has lost the end of its table"
    return before + BEGIN + table() + END + after


def photograph() -> None:
    """Keeps the Overview as the browser tests saw it last, in 128 colours, small enough for a slow line."""
    with Image.open(TAKEN) as taken:
        taken.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(SHOWN, optimize=True)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
    if TAKEN.exists():
        photograph()
    sys.stdout.write("README.md is in step\n")
