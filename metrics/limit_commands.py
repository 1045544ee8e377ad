"""The command `check`: data checks, or with --limits the limits that are broken and the early signals."""

import argparse
from collections.abc import Sequence
from datetime import date

import pandas as pd

from metrics import asking, commands, speaking
from metrics.appetite import breaches, coming, life, sentences, signals
from metrics.appetite.breaches import Breach, Closed
from metrics.appetite.coming import Coming
from metrics.appetite.signals import Signal
from metrics.errors import UsageError
from metrics.opening import reading
from metrics.policy import Policy
from metrics.speaking import LANGUAGE
from metrics.store import Cursor
from metrics.words import say

COLUMNS = (
    "day", "kind", "level", "new", "warns", "by", "unit", "name", "indicator", "value", "line", "n", "since",
    "since_red", "times", "pace", "days", "low", "high", "hard",
    "approved", "owner", "acknowledged_by", "acknowledged_on", "action", "ended_by", "id", "sentence",
)  # fmt: skip
USUALLY = ("institution", "branch")
NEW_RED = 3


def add(check: argparse.ArgumentParser) -> None:
    """Put the options on the command."""
    check.add_argument("--limits", action="store_true", help=say(LANGUAGE, "signals.cli_limits"))
    check.add_argument("--as-of", help=say(LANGUAGE, "signals.cli_as_of"))
    check.add_argument("--by", action="append", default=[], metavar="KIND", help=say(LANGUAGE, "signals.cli_by"))
    check.add_argument("--policy", default=None, help=say(LANGUAGE, "signals.cli_policy"))
    check.add_argument("--since-last", action="store_true", help=say(LANGUAGE, "signals.cli_since_last"))


def check(chosen: argparse.Namespace) -> int:
    """Data checks; with --limits what is beyond its limit or on its way to it, and the early signals.

    Returns:
        3 where with --limits something newly warns in red at the date, else 0.

    Raises:
        UsageError: options that do not go together.
    """
    if not chosen.limits:
        given = (chosen.as_of, chosen.by, chosen.policy, chosen.since_last)
        if any(given):
            raise UsageError("signals.needs_limits")
        return commands.check(chosen)
    if chosen.only:
        raise UsageError("signals.not_only")
    chosen.policy = chosen.policy or "equal"
    with reading(chosen) as store:
        cursor = commands._scope(store, chosen)
        periods = commands._periods(cursor, chosen)
        assert periods, "one date is shown"
        frame = table(cursor, commands._policy(chosen), periods[0], chosen.by or USUALLY, chosen.since_last)
    return _told(frame, chosen.format)


def _told(frame: pd.DataFrame, form: str) -> int:
    """Print the table and say what it comes to."""
    if form == "table":
        for row in frame.to_dict("records"):
            fresh = say(LANGUAGE, "signals.cli_fresh") if row["new"] or row["warns"] else ""
            speaking.out(f"{row['level']:<6} {fresh:<4} {row['sentence']}")
    else:
        commands._emit(frame, form)
    red, open_ones = int(frame["warns"].sum()), int(frame["kind"].isin(["breach", "signal"]).sum())
    speaking.err(say(LANGUAGE, "signals.cli_open", n=open_ones))
    speaking.err(say(LANGUAGE, "signals.cli_new", n=red))
    return NEW_RED if red else 0


def table(cursor: Cursor, policy: Policy, day: date, kinds: Sequence[str], since_last: bool = False) -> pd.DataFrame:
    """What is beyond its limit or on its way to it at a date and the early signals, with `COLUMNS`.

    docs/warnings.md says what they are.

    Args:
        cursor: scoped.
        policy: whose definitions and limits count.
        day: a date with data.
        kinds: kinds of unit, as the figures have them; early signals are of branches and the institution.
        since_last: only what is new, worse or newly warns since the date before, and what ended since.
    """
    for kind in kinds:
        asking.parse(kind, (), None)
    rows = cursor.execute("SELECT DISTINCT currency FROM v_institutions").fetchall()
    currency = rows[0][0] or "" if len(rows) == 1 else ""
    early = [one for one in signals.found(cursor, policy, day) if one.by in kinds]
    found = [_signal(one) for one in early if one.new or not since_last]
    for kind in kinds:
        broken, over = breaches.both(cursor, policy, day, kind)
        found += [_breach(one, policy, currency) for one in broken if one.new or one.warns or not since_last]
        if since_last:
            found += [_closed(one, policy, currency) for one in over if one.ended == day]
        else:
            found += [_coming(one, day, policy, currency) for one in coming.found(cursor, policy, day, kind)]
    frame = pd.DataFrame(found, columns=list(COLUMNS))
    told = ["new", "warns", "hard", "approved"]
    frame[told] = frame[told].astype(bool)
    for column in ("n", "times", "days", "low", "high"):
        frame[column] = frame[column].astype("Int64")
    return frame


def _breach(one: Breach, policy: Policy, currency: str) -> dict[str, object]:
    said = sentences.of_breach(LANGUAGE, one, policy.settings, currency)
    return {**_of_breach(one), "kind": "breach", "day": one.day.isoformat(), "sentence": said}


def _closed(one: Closed, policy: Policy, currency: str) -> dict[str, object]:
    said = sentences.of_closed(LANGUAGE, one, policy.settings, currency)
    return {
        **_of_breach(one.breach), "kind": "closed", "day": one.ended.isoformat(), "value": one.value,
        "new": False, "warns": False, "n": None, "ended_by": one.reason, "sentence": said,
    }  # fmt: skip


def _of_breach(one: Breach) -> dict[str, object]:
    return {
        **_noted(one), "level": one.level, "new": one.new, "warns": one.warns, "by": one.by,
        "unit": one.unit, "name": one.name, "indicator": one.indicator, "value": one.value, "line": one.line,
        "n": one.n, "times": one.times, "pace": one.pace, "hard": one.hard, "approved": one.approved,
        "action": one.action, "ended_by": "",
    }  # fmt: skip


def _coming(one: Coming, day: date, policy: Policy, currency: str) -> dict[str, object]:
    ahead = one.forecast
    assert ahead is not None, "only what is on its way is told"
    worse = abs(ahead.slope) * life.MONTH
    return {
        "day": day.isoformat(), "kind": "forecast", "level": one.level, "new": False, "warns": False, "by": one.by,
        "unit": one.unit, "name": one.name, "indicator": one.indicator, "value": one.value, "line": one.line,
        "n": one.n, "since": day.isoformat(), "since_red": "", "times": ahead.n, "pace": worse, "days": ahead.days,
        "low": ahead.low, "high": ahead.high, "hard": False, "approved": one.approved, "owner": "",
        "acknowledged_by": "", "acknowledged_on": "", "action": "", "ended_by": "",
        "id": breaches.record_id(one.indicator, one.by, one.unit, day),
        "sentence": sentences.of_coming(LANGUAGE, one, policy.settings, currency),
    }  # fmt: skip


def _signal(one: Signal) -> dict[str, object]:
    return {
        **_noted(one), "day": one.day.isoformat(), "kind": "signal", "level": one.level, "new": one.new,
        "warns": one.new, "by": one.by, "unit": one.unit, "name": one.unit_name,
        "indicator": one.name, "value": one.value, "line": one.usual,
        "n": one.n, "times": one.months, "pace": None, "hard": False, "approved": False, "action": "", "ended_by": "",
        "sentence": sentences.of_signal(LANGUAGE, one),
    }  # fmt: skip


def _noted(one: Breach | Signal) -> dict[str, object]:
    seen = one.acknowledged_on.isoformat() if one.acknowledged_on else ""
    return {
        "since": one.since.isoformat(), "owner": one.owner, "acknowledged_by": one.acknowledged_by,
        "since_red": one.since_red.isoformat() if one.since_red else "", "acknowledged_on": seen, "id": one.id,
    }  # fmt: skip
