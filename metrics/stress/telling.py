"""Scenarios, shocks and what they do, in words: every number with the one before it and with what was assumed."""

import math
from collections.abc import Callable, Sequence

from metrics.catalogue import indicators
from metrics.figures import figure, in_words, points
from metrics.stress.facts import Fact
from metrics.stress.falls import Fall
from metrics.stress.kinds import SHOCKS
from metrics.stress.reverse import Break, Hit
from metrics.stress.run import Broken, Gap, Outcome
from metrics.words import number, percent, say, short_money

Named = Callable[[str], str]


def said(language: str, name: str, /, **params: object) -> str:
    """A text about stress tests."""
    return say(language, f"stress.{name}", **params)


def shock(language: str, name: str) -> str:
    """The name of a shock."""
    return said(language, f"shock_{name}")


def size(language: str, name: str, value: float) -> str:
    """The size of a shock as its kind is measured: 40 %, 3 months, 2 times."""
    unit = SHOCKS[name].unit
    if unit == "share":
        return percent(language, value, 0 if abs(value * 100 - round(value * 100)) < 1e-9 else 1)
    rounded = round(value, 2 if unit == "times" else 1)
    shown = f"{rounded:g}".partition(".")[2]
    shown = number(language, rounded, len(shown))
    return said(language, f"size_{unit}", n=rounded, number=shown)


def amount(language: str, fact: Fact, value: float, currency: str) -> str:
    """A number of a consequence in its unit."""
    if fact.unit == "money":
        return short_money(language, value, currency or None)
    if fact.unit == "share":
        return percent(language, value)
    if fact.unit == "days":
        return say(language, "pages.days", n=round(value))
    return number(language, value, 0)


def fact(language: str, one: Fact, currency: str) -> tuple[str, str]:
    """A consequence as a sentence, and what was assumed; where it cannot be told, what would tell it."""
    if one.before is None or one.after is None:
        return said(language, f"fact_{one.name}", n=0, before="?", after="?", change="?"), said(
            language, "not_told", needs=one.needs or "–"
        )
    texts = {
        "before": amount(language, one, one.before, currency),
        "after": amount(language, one, one.after, currency),
        "change": amount(language, one, abs(one.after - one.before), currency),
    }
    n = round(abs(one.after - one.before))
    return said(language, f"fact_{one.name}", n=n, **texts), said(language, f"basis_{one.name}")


def gap(language: str, one: Gap) -> str:
    """What cannot be computed, and what would enable it."""
    effect = said(language, f"effect_{one.effect}")
    return said(language, "gap", shock=shock(language, one.shock), effect=effect, needs=one.needs)


def health(language: str, value: float | None) -> str:
    """A health as a whole number; a dash where there is none."""
    return "–" if value is None else number(language, value)


def headline(language: str, outcome: Outcome, named: Named) -> str:
    """What a scenario does, in one sentence: the balance, and the limits of the institution that break."""
    before, after = (health(language, side.whole.balance) for side in (outcome.before, outcome.after))
    title = outcome.scenario.text(language, "title")
    broken = [one for one in outcome.new if one.by == "institution"]
    if not broken:
        return said(language, "head_holds", title=title, before=before, after=after)
    first = in_words(named(broken[0].indicator))
    return said(language, "head_breaks", n=len(broken), title=title, before=before, after=after, first=first)


def limit(language: str, one: Broken, named: Named, currency: str) -> str:
    """A limit that breaks, with the value before and after and the line."""
    known = indicators()[one.indicator]
    before, value, line = (figure(language, known, cell, currency) for cell in (one.before, one.value, one.line))
    unit = said(language, "institution") if one.by == "institution" else one.name
    level = said(language, f"level_{one.level}")
    name = named(one.indicator)
    return said(
        language, "limit_row", unit=unit, name=name, before=before, value=value, level=level, line=line
    )  # fmt: skip


def hit(language: str, one: Hit, named: Named, currency: str) -> str:
    """What the smallest size of a shock breaks, from its value now to its limit."""
    if one.node:
        name = said(language, f"health_{one.node}")
        before, line = (health(language, cell) for cell in (one.before, one.line))
    else:
        known, name = indicators()[one.indicator], named(one.indicator)
        before, line = (figure(language, known, cell, currency) for cell in (one.before, one.line))
    text = said(language, "hit_indicator", name=name, before=before, line=line)
    text = said(language, "hit_cap", text=text) if one.cap else text
    return said(language, "hit_branch", unit=one.unit, text=text) if one.unit else text


def breaks(language: str, one: Break, named: Named, currency: str) -> tuple[str, str, str]:
    """A shock, the size from which it breaks something, and what."""
    name = shock(language, one.shock)
    if one.needs and one.size is None:
        return name, "–", said(language, "not_told", needs=one.needs)
    if one.size is None:
        return name, said(language, "never", size=size(language, one.shock, SHOCKS[one.shock].high)), ""
    return (
        name,
        size(language, one.shock, one.size),
        "; ".join(hit(language, each, named, currency) for each in one.hits[:2]),
    )


def fall(language: str, one: Fall, named: Named, currency: str) -> tuple[str, str, str, str]:
    """An indicator and where it stands, the value at which it breaks something, how far that is, and what breaks."""
    known = indicators()[one.indicator]
    now, edge = (figure(language, known, cell, currency) for cell in (one.now, one.edge))
    name = said(language, "fall_now", name=named(one.indicator), now=now)
    if one.unit:
        name = said(language, "fall_now_branch", name=named(one.indicator), unit=one.unit, now=now)
    if math.isinf(one.moves):
        far = said(language, "fall_unknown")
    elif one.moves < 0.05:
        far = said(language, "fall_on")
    else:
        moves = round(one.moves, 1)
        far = said(language, "fall_moves", n=moves, number=number(language, moves, 1),
                   usual=_move(language, one, currency))  # fmt: skip
    if one.node:
        health_name = said(language, f"health_{one.node}")
        what = said(language, "fall_health", name=health_name, before=health(language, one.before),
                    line=health(language, one.line))  # fmt: skip
    else:
        what = said(language, "fall_cap" if one.cap else "fall_red")
    return name, edge, far, what


def _move(language: str, one: Fall, currency: str) -> str:
    """A usual monthly move in the indicator's unit; shares in points of 100."""
    known = indicators()[one.indicator]
    if known.unit in ("%", "points"):
        return points(language, one.usual * 100)
    return figure(language, known, one.usual, currency)


def falls_first(language: str, found: Sequence[Fall], named: Named, currency: str) -> str:
    """Which indicator alone breaks something soonest, in one sentence."""
    if not found:
        return said(language, "fall_none")
    name, edge, far, what = fall(language, found[0], named, currency)
    return said(language, "fall_first", name=name, edge=edge, far=far, what=what)
