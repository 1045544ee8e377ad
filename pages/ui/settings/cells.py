"""Cells of the grid: goalposts and limits as readers write them, and back to the numbers that formulas use."""

import re

from metrics.catalogue import Indicator
from metrics.policy_toml import Line
from metrics.words import NARROW_SPACE, decimal_signs, number

SCALED = ("%", "points")
_ENDS = re.compile(r"\s*[–;]\s*|\s+(?:-|to|à|a)\s+")
_SPACES = re.compile(r"[\s\u00a0\u202f]")


def shown(language: str, indicator: Indicator, line: Line) -> str:
    """A goalpost or limit in the indicator's unit: 5 %, 0.18, 150 – 350; empty where there is none."""
    if line is None:
        return ""
    if isinstance(line, tuple):
        return " – ".join(shown(language, indicator, end) for end in line)
    value = line * 100 if indicator.unit in SCALED else line
    decimals = next(places for places in range(7) if places == 6 or abs(value - round(value, places)) < 1e-9)
    return number(language, value, decimals) + (NARROW_SPACE + "%" if indicator.unit == "%" else "")


def read(language: str, indicator: Indicator, text: str, pair: bool) -> Line:
    """The number, or the two ends of a band, that a reader wrote; None for an empty cell.

    Raises:
        ValueError: no number, or not as many as the indicator takes.
    """
    if not text.strip():
        return None
    ends = [_number(language, indicator, part) for part in _ENDS.split(text.strip())]
    if len(ends) != (2 if pair else 1):
        raise ValueError(text)
    if not pair:
        return ends[0]
    if ends[0] > ends[1]:
        raise ValueError(text)
    return ends[0], ends[1]


def _number(language: str, indicator: Indicator, text: str) -> float:
    plain = _SPACES.sub("", text).removesuffix("%").replace("−", "-")
    point, group = decimal_signs(language)
    # 1.234 is a thousand and more where the point groups digits; 12.5 can only be a decimal, whatever the language.
    if re.fullmatch(rf"-?\d{{1,3}}({re.escape(group)}\d{{3}})+({re.escape(point)}\d+)?", plain):
        plain = plain.replace(group, "")
    plain = plain.replace(point, ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        raise ValueError(text)
    # Rounded, so that 7 % is 0.07 and not what a division by 100 leaves.
    return round(float(plain) / 100, 9) if indicator.unit in SCALED else float(plain)


def kept(line: Line) -> str:
    """A line as the address has it: 0.05, 150~350, or nothing."""
    if line is None:
        return ""
    return "~".join(f"{end:.12g}" for end in (line if isinstance(line, tuple) else (line,)))


def found(text: str) -> Line:
    """A line out of the address.

    Raises:
        ValueError: no such line.
    """
    if not text:
        return None
    ends = [float(part) for part in text.split("~")]
    if len(ends) > 2 or any(end != end or abs(end) == float("inf") for end in ends):
        raise ValueError(text)
    return ends[0] if len(ends) == 1 else (ends[0], ends[1])
