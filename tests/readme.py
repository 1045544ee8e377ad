"""The table of indicators and the picture of README.md: `python -m tests.readme` makes both again.

The table comes from the indicator files, the picture from the last run of the browser tests.
"""

import sys
from pathlib import Path

from PIL import Image

from metrics.catalogue import Indicator, indicators
from metrics.words import say

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TAKEN, SHOWN = ROOT / "build" / "screens" / "overview-1280-light-en.png", ROOT / "docs" / "overview.png"
BEGIN, END = "<!-- indicators: written by `python -m tests.readme` -->\n", "<!-- end of indicators -->"


def table() -> str:
    """A row for each theme: which health, how many indicators, their short names."""
    themes: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in indicators().values():
        themes.setdefault((indicator.pillar, indicator.theme), []).append(indicator)
    names = {place: "; ".join(i.text("en", "short") for i in found) for place, found in themes.items()}
    rows = [
        f"| {place[0]} | {say('en', f'themes.{place[1]}').lower()} | {len(found)} | {names[place]} |"
        for place, found in themes.items()
    ]
    return "\n".join(["| health | theme | | indicators |", "|---|---|---|---|", *rows]) + "\n"


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
