"""Numbers of a pack: made here alone, so that what is kept back is kept back wherever the figure stands."""

import datetime
import math
from dataclasses import replace

from metrics import limits
from metrics.catalogue import Indicator
from metrics.figures import figure, points
from metrics.findings import health_text, status_text
from metrics.formula import displayed, normalise
from metrics.limits import Line
from metrics.packs.asked import Asked, Comment, Found
from metrics.packs.model import HIDDEN, Number
from metrics.packs.refs import at, ref
from metrics.units import Unit
from metrics.words import number, percent, say

MISSING = "–"


def value(
    asked: Asked, indicator: Indicator, found: float | None, n: float | None = None,
    day: datetime.date | None = None, judged: bool = False, **place: str,
) -> Number:  # fmt: skip
    """An indicator's value at a place (`branch="B01"`; none is the whole) with the people behind it.

    Args:
        found: shares as fractions; NaN or None is missing.
        n: the people, loans or answers behind it.
        day: the pack's date where None.
        judged: whether the status by the limit in force stands with it.
    """
    name = ref(indicator.id, day or asked.day, **place)
    people = None if n is None or math.isnan(n) else int(n)
    if name in asked.hidden:
        return kept_back(asked, name, indicator.unit)
    known = None if found is None or math.isnan(found) else float(found)
    text = figure(asked.language, indicator, known, asked.picture.currency)
    level = ""
    if judged and known is not None:
        level = limits.level(indicator, known, asked.picture.limits)[0]
    word = say(asked.language, f"documents.level_{level}") if level in ("amber", "red") else ""
    return Number(known, text, indicator.unit, name, people, level, word)


def kept_back(asked: Asked, name: str, unit: str) -> Number:
    """In the place of a figure that is kept back: the same for each, so that nobody sees which are the few."""
    return Number(None, say(asked.language, "packs.kept_back"), unit, name, None, "", "", HIDDEN)


def health(asked: Asked, which: str, unit: Unit, found: float | None, whole: bool = False) -> Number:
    """A health of a unit, 0..100: which is financial, social or balance."""
    place = {} if whole else {asked.picture.by: unit.id}
    known = None if found is None or math.isnan(found) else float(found)
    text = health_text(asked.language, known)
    return Number(known, text, "health", ref(which, asked.day, **place), None, _health_level(asked, known))


def _health_level(asked: Asked, known: float | None) -> str:
    """The status of a health as it is shown; none where no limit is in force."""
    policy, picture = asked.policy, asked.picture
    if known is None or not (picture.limits_default or picture.limits_approved):
        return ""
    shown = float(displayed(known, policy.decimals))
    return "critical" if shown < policy.health_critical else "below" if shown < policy.health_limit else "within"


def count(asked: Asked, what: str, found: float | None, day: datetime.date | None = None, **place: str) -> Number:
    """A count of people or of what concerns one each (complaints, answers): it is its own n."""
    name = ref(what, day or asked.day, **place)
    if name in asked.hidden:
        return kept_back(asked, name, "count")
    if found is None or math.isnan(found):
        return Number(None, MISSING, "count", name)
    return Number(float(found), number(asked.language, found), "count", name, int(found))


def plain(asked: Asked, found: float | None, unit: str = "count", name: str = "", decimals: int = 0) -> Number:
    """A number that counts nobody: a rank, days, an amount of things."""
    if found is None or math.isnan(found):
        return Number(None, MISSING, unit, name)
    return Number(float(found), number(asked.language, found, decimals), unit, name)


def share(
    asked: Asked, what: str, found: float | None, n: float | None = None, decimals: int = 0, **place: str
) -> Number:  # fmt: skip
    """A share (a fraction) that is no indicator, of what `count` counts; kept back with it: it would tell the count."""
    name, counted = ref(f"{what}_share", asked.day, **place), ref(what, asked.day, **place)
    if name in asked.hidden or counted in asked.hidden:
        return kept_back(asked, name, "%")
    if found is None or math.isnan(found):
        return Number(None, MISSING, "%", name)
    people = None if n is None or math.isnan(n) else int(n)
    return Number(float(found), percent(asked.language, found, decimals), "%", name, people)


def level(asked: Asked, indicator: Indicator, found: float | None) -> str:
    """A value against the limit in force: red, amber or within; empty without a value or a limit."""
    if found is None or math.isnan(found) or indicator.id not in asked.picture.limits:
        return ""
    return limits.level(indicator, float(found), asked.picture.limits)[0] or "within"


def status(asked: Asked, indicator: Indicator, found: float | None, **place: str) -> Number:
    """The status of a value in words, with the shape of its level; a dash without a value or a limit."""
    name = ref(indicator.id, asked.day, **place)
    if name in asked.hidden:
        return kept_back(asked, name, "status")
    known = level(asked, indicator, found)
    return Number(None, say(asked.language, f"packs.level_{known}") if known else MISSING, "status", "", None, known)


def people(asked: Asked, indicator: Indicator, n: float | None, **place: str) -> Number:
    """The people, loans or answers behind a value, as a number of its own."""
    name = ref(indicator.id, asked.day, **place)
    if name in asked.hidden:
        return kept_back(asked, name, "count")
    if n is None or math.isnan(n):
        return Number(None, MISSING, "count")
    return Number(float(int(n)), number(asked.language, int(n)), "count", "", int(n))


def change(
    asked: Asked, indicator: Indicator, now: Found, then: Found, day: datetime.date, **place: str
) -> Number:  # fmt: skip
    """How far a value moved since a day, in its own unit, and whether that is better or worse.

    Kept back where one of both values is, or where few people stood behind the earlier one.
    """
    few = indicator.people != "none" and 0 < then.n < asked.threshold
    for name in (ref(indicator.id, asked.day, **place), ref(indicator.id, day, **place)):
        if few or name in asked.hidden:
            return kept_back(asked, "", indicator.unit)
    unit = "points" if indicator.unit == "%" else indicator.unit
    if math.isnan(now.value) or math.isnan(then.value):
        return Number(None, MISSING, unit)
    moved = now.value - then.value
    size = points(asked.language, abs(moved) * 100) if unit == "points" else _figure(asked, indicator, abs(moved))
    if size == (points(asked.language, 0.0) if unit == "points" else _figure(asked, indicator, 0.0)):
        return Number(moved, say(asked.language, "packs.unchanged"), unit)
    text = ("+" if moved > 0 else "−") + size
    turn = _turn(indicator, now.value, then.value)
    return Number(moved, say(asked.language, f"packs.turn_{turn}", change=text) if turn else text, unit)


def _figure(asked: Asked, indicator: Indicator, found: float) -> str:
    return figure(asked.language, indicator, found, asked.picture.currency)


def _turn(indicator: Indicator, now: float, then: float) -> str:
    """better or worse; empty where neither can be said, as within a band."""
    if indicator.better != "band":
        return "better" if (now > then) == (indicator.better == "higher") else "worse"
    if len(indicator.goalposts) != 4:
        return ""
    scores = normalise([now, then], indicator.goalposts)
    return "" if scores[0] == scores[1] else "better" if scores[0] > scores[1] else "worse"


def limit_text(asked: Asked, indicator: Indicator) -> str:
    """The limit in force and, after a slash, where it is critical: ≤ 5 % / 10 %; a dash where there is none."""
    found = asked.picture.limits.get(indicator.id)
    lines = [line for line in (found.amber, found.red) if line is not None] if found else []
    if not lines:
        return MISSING
    sign = {"lower": "≤ ", "higher": "≥ "}.get(indicator.better, "")
    return sign + " / ".join(_line(asked, indicator, line) for line in lines)


def _line(asked: Asked, indicator: Indicator, line: Line) -> str:
    ends = line if isinstance(line, tuple) else (line,)
    return "–".join(_figure(asked, indicator, float(end)) for end in ends if end is not None).replace(" ", "\xa0")


def percentage(asked: Asked, found: float | None, name: str = "") -> Number:
    """A share (a fraction) of weights or of things, behind which there are no people."""
    if found is None or math.isnan(found):
        return Number(None, MISSING, "%", name)
    return Number(float(found), percent(asked.language, found, 0), "%", name)


def standing(asked: Asked, unit: Unit) -> Number:
    """The status of a unit in words, with the shape of its level; not by which figure, where that is kept back."""
    level = unit.status if unit.status != "none" else ""
    if unit.capped and not asked.open(ref(unit.capped, asked.day, **at(asked.picture.by, unit.id))):
        unit = replace(unit, capped="")
    return Number(None, status_text(asked.language, unit), "status", "", None, level)


def said(asked: Asked, found: Comment) -> str:
    """What somebody wrote beside a figure, in full, with who it was; of an earlier period with that."""
    earlier = found.period != asked.day
    by = say(asked.language, "packs.comment_of", who=found.who, date=found.period) if earlier else found.who
    return f"{found.text} ({by})" if by else found.text
