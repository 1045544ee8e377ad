"""How a workbook shows a number: with the digits, sign and unit that the other forms print, and still a number."""

import re

from metrics.excel import FORMATS
from metrics.packs.model import Number

SHAPES = {"amber": "▲ ", "below": "▲ ", "red": "■ ", "critical": "■ "}
UNITS = {**FORMATS, "%": '0.0"\u202f"%', "points": "0.0", "health": "0", "rank": "0", "count": "#,##0"}
SCALES = {"points": 100.0}  # a figure that readers see as points of a hundred is kept as a share
FEWEST, MOST = 4, 4  # digits from which thousands stand apart; decimals that are tried
_FIGURE = re.compile(r"\d(?:[\d.,'\u2019\u00a0\u202f ]*\d)?")


def number_format(found: Number) -> str:
    """The number format under which a figure's cell reads as its `text` does; of shortened amounts the full one."""
    shape = SHAPES.get(found.level, "")
    if not re.search(r"\d", found.text):  # a word for it, such as unchanged
        return _quoted(shape + found.text)
    before, digits, after = _parts(found)
    plus, before = "+" if before.endswith("+") else "", before.rstrip("+-−")
    core = digits + after
    sections = [plus + _quoted(shape + before) + core, _quoted(f"{shape}−{before}") + core]
    return ";".join([*sections, _quoted(shape + before) + core] if plus else sections)


def shown(found: Number) -> str:
    """What stands in its cell, to know how wide a column must be."""
    if found.value is None:
        return SHAPES.get(found.level, "") + found.text
    known = _as_printed(found)
    said = found.text if known else f"{found.value * SCALES.get(found.unit, 1.0):,.1f}{_currency(found)}"
    return SHAPES.get(found.level, "") + said


def _parts(found: Number) -> tuple[str, str, str]:
    """What stands before the digits, the format of the digits, and the format of what stands behind them."""
    known = _as_printed(found)
    if known is None:
        return "", UNITS.get(found.unit, "General"), _quoted(_currency(found))
    before, digits, decimals, after = known
    written = "#,##0" if len(digits) - decimals >= FEWEST else "0"
    written += "." + "0" * decimals if decimals else ""
    if found.unit != "%":
        return before, written, _quoted(after)
    unit, _, rest = after.partition("%")
    return before, written, f"{_quoted(unit)}%{_quoted(rest)}"


def _as_printed(found: Number) -> tuple[str, str, int, str] | None:
    """The text in parts: before, digits, how many are decimals, behind; None where it is not the whole value."""
    place = _FIGURE.search(found.text)
    if found.value is None or place is None:
        return None
    before, after = found.text[: place.start()], found.text[place.end() :]
    if _FIGURE.search(after) or (found.unit == "%") != ("%" in after):
        return None
    value = abs(found.value) * (100.0 if found.unit == "%" else SCALES.get(found.unit, 1.0))
    digits = re.sub(r"\D", "", place.group())
    for decimals in range(MOST + 1):
        if abs(int(digits) / 10**decimals - value) <= 0.5001 / 10**decimals and len(digits) > decimals:
            return before, digits, decimals, after
    return None


def _currency(found: Number) -> str:
    """The name of the currency that an amount's text ends with."""
    last = re.split(r"[\s\u202f\u00a0]+", found.text)[-1]
    return f"\u202f{last}" if found.unit == "money" and last and not re.search(r"\d", last) else ""


def _quoted(said: str) -> str:
    cleaned = said.replace('"', "")
    return f'"{cleaned}"' if cleaned else ""
