"""What the comparison of new clients says: one sentence a gap, one headline a unit, rows for tables and exports."""

from collections.abc import Sequence

import pandas as pd

from metrics.drift.gaps import Drift, Gap, Lack
from metrics.words import NARROW_SPACE, number, percent, say

MINUS = "−"
COLUMNS = [
    "by", "unit", "name", "day", "trait", "against", "new", "n", "other", "others", "gap", "low", "high", "chance",
    "corrected", "looks", "verdict",
]  # fmt: skip


def what(gap: Gap, language: str) -> str:
    """What new clients are by this gap: less often women."""
    return say(language, f"drift.less_{gap.trait}" if gap.gap < 0 else f"drift.more_{gap.trait}")


def trait(name: str, language: str) -> str:
    """The name of a trait."""
    return say(language, f"drift.trait_{name}")


def value(gap: Gap, language: str, of: float) -> str:
    """A share as a percentage, a size as a number of times its yardstick."""
    return say(language, "drift.size", times=number(language, of, 2)) if gap.is_size else percent(language, of, 0)


def moved(gap: Gap, language: str, by: float) -> str:
    """A gap with its sign: points of a share, percent of a size."""
    rounded = round(by * 100) + 0
    plain = number(language, abs(rounded))
    signed = (MINUS if rounded < 0 else "+" if rounded > 0 else "") + plain
    return signed + NARROW_SPACE + "%" if gap.is_size else say(language, "drift.points", n=abs(rounded), number=signed)


def _end(gap: Gap, language: str, by: float) -> str:
    """An end of an interval, without its unit where it is points."""
    if gap.is_size:
        return moved(gap, language, by)
    rounded = round(by * 100) + 0
    return (MINUS if rounded < 0 else "+" if rounded > 0 else "") + number(language, abs(rounded))


def interval(gap: Gap, language: str) -> str:
    """The ends of the 95 % interval."""
    return say(language, "drift.interval", low=_end(gap, language, gap.low), high=_end(gap, language, gap.high))


def sentence(gap: Gap, language: str) -> str:
    """One gap in one sentence, with its figures and what it says."""
    return say(
        language, "drift.sentence", what=what(gap, language), new=value(gap, language, gap.new),
        other=value(gap, language, gap.other), whom=say(language, f"drift.against_{gap.against}"),
        gap=moved(gap, language, gap.gap), low=_end(gap, language, gap.low), high=_end(gap, language, gap.high),
        n=gap.n, others=gap.others, verdict=say(language, f"drift.verdict_{gap.verdict}"),
    )  # fmt: skip


def listed(words: Sequence[str], language: str) -> str:
    """Words in a row: a, b and c."""
    first, last = ", ".join(words[:-1]), words[-1]
    return say(language, "drift.and", first=first, last=last) if first else last


def headline(found: Sequence[Drift], language: str) -> str:
    """The one finding of some comparisons, the whole before its branches."""
    whole = found[0] if found else None
    if whole is None or not whole.traits:
        return say(language, "drift.head_unknown")
    if whole.level:
        gone = whole.drifting
        told = listed([what(gap, language) for gap in gone], language)
        return say(language, "drift.head_drift", n=len(gone), looked=len(whole.traits), what=told)
    apart = [one.name for one in found[1:] if one.level]
    if apart:
        return say(language, "drift.head_branches", n=len(apart), names=listed(apart, language))
    return say(language, "drift.head_none", n=len(whole.traits))


def lacking(lack: Lack, language: str) -> str:
    """Why a trait is not compared, and what it would need."""
    if lack.absent:
        return say(language, "drift.missing_absent", trait=trait(lack.trait, language), column=lack.column)
    return say(
        language, "drift.missing_few", trait=trait(lack.trait, language), n=lack.n, others=lack.others
    )  # fmt: skip


def frame(found: Sequence[Drift]) -> pd.DataFrame:
    """One row a comparison, in full precision; what is not compared has `verdict` not_compared: needs COLUMN."""
    rows = []
    for one in found:
        head = {"by": one.by, "unit": one.unit, "name": one.name, "day": one.day.isoformat(), "looks": one.looks}
        for gap in one.gaps:
            told = {name: getattr(gap, name) for name in COLUMNS if hasattr(gap, name)}
            rows.append({**head, **told})
        for lack in one.lacks:
            why = f"not_compared: needs {lack.column}" if lack.absent else "not_compared: too_few"
            about = {"trait": lack.trait, "against": lack.against, "n": lack.n, "others": lack.others}
            rows.append({**head, **about, "verdict": why})
    return pd.DataFrame(rows, columns=COLUMNS)
