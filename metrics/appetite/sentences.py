"""A breach, its end and an early signal in a sentence: the figure, what it is held against, since when."""

from metrics import catalogue
from metrics.appetite.breaches import Breach, Closed
from metrics.appetite.coming import Coming
from metrics.appetite.signals import Signal
from metrics.catalogue import Indicator
from metrics.definitions import Settings, named
from metrics.figures import figure
from metrics.words import date, month, number, percent, say


def of_breach(language: str, one: Breach, settings: Settings, currency: str = "") -> str:
    """Doukoro: PAR30 is 13.1 %, red limit 10 %, since 31 August 2026, 2 times in a row (407 behind it)."""
    indicator = catalogue.indicators()[one.indicator]
    parts = [
        say(
            language, f"signals.breach_{one.level}", unit=one.name, name=named(indicator, settings, language, "short"),
            value=figure(language, indicator, one.value, currency),
            line=figure(language, indicator, one.line, currency),
        ),
        say(language, "signals.lasting", n=one.times, day=date(language, one.since)),
    ]  # fmt: skip
    if one.pace is not None and _seen(language, indicator, one.pace, currency):
        way = "worse" if one.pace > 0 else "better"
        parts.append(say(language, f"signals.pace_{way}", step=step(language, indicator, abs(one.pace), currency)))
    return ", ".join(parts) + (_behind(language, one.n) if one.n else "") + "."


def step(language: str, indicator: Indicator, change: float, currency: str = "") -> str:
    """A change of an indicator: of a share in points, else in its own unit."""
    if indicator.unit == "%":
        return say(language, "signals.points", number=number(language, 100 * change, 1))
    return figure(language, indicator, change, currency)


def _seen(language: str, indicator: Indicator, pace: float, currency: str) -> bool:
    """Whether a pace is more than nothing as it would be written."""
    return step(language, indicator, abs(pace), currency) != step(language, indicator, 0.0, currency)


def of_closed(language: str, one: Closed, settings: Settings, currency: str = "") -> str:
    """Kolo: PAR1 is no longer beyond its limit since 30 June 2026: the figure came back to 7.9 %."""
    indicator = catalogue.indicators()[one.breach.indicator]
    return say(
        language, f"signals.closed_{one.reason}", unit=one.breach.name, day=date(language, one.ended),
        name=named(indicator, settings, language, "short"), value=figure(language, indicator, one.value, currency),
    )  # fmt: skip


def of_coming(language: str, one: Coming, settings: Settings, currency: str = "") -> str:
    """Kolo: PAR1 is 6.9 %, amber limit 8 % in about 80 days by its trend (50 to 130), from 12 dates."""
    indicator, ahead = catalogue.indicators()[one.indicator], one.forecast
    assert ahead is not None, "only what is on its way is said"
    params = {
        "unit": one.name, "name": named(indicator, settings, language, "short"), "n": ahead.days, "low": ahead.low,
        "value": figure(language, indicator, one.value, currency), "dates": ahead.n,
        "line": figure(language, indicator, one.line, currency), "level": say(language, f"signals.line_{one.level}"),
    }  # fmt: skip
    if ahead.high is None:
        return say(language, "signals.ahead_open", **params)
    return say(language, "signals.ahead", **params, high=ahead.high)


def of_signal(language: str, one: Signal) -> str:
    """Doukoro: complaints about collection, 8 in 3 months where 0.8 are usual, since February 2026 (471 behind it)."""
    indicator = catalogue.indicators()[one.indicator]
    if one.how == "peers":
        seen = say(
            language, "signals.seen_peers",
            value=percent(language, one.value, 0), usual=percent(language, one.usual, 0),
        )  # fmt: skip
    elif one.how == "level":
        pair = [figure(language, indicator, value) for value in (one.value, one.usual)]
        seen = say(language, "signals.seen_level", value=pair[0], usual=pair[1])
    elif one.how == "share":
        pair = [percent(language, value, 1) for value in (one.value, one.usual)]
        seen = say(language, "signals.seen_share", value=pair[0], usual=pair[1])
    else:
        usual = number(language, one.expected, 0 if one.expected >= 10 else 1)
        seen = say(language, "signals.seen_count", n=round(one.hits), usual=usual, months=one.recent)
    return say(
        language, f"signals.signal_{one.level}", unit=one.unit_name, sign=say(language, f"signals.sign_{one.name}"),
        seen=seen, month=month(language, one.since), behind=_behind(language, one.n) if one.n else "",
    )  # fmt: skip


def _behind(language: str, n: int) -> str:
    return say(language, "signals.behind", n=n, number=number(language, n))
