"""The command of the register: where every risk stands, and who changed what from what."""

import argparse
from collections.abc import Callable
from datetime import date

import pandas as pd

from metrics import policy as policies
from metrics.commands import _emit, _periods, _scope
from metrics.errors import UsageError
from metrics.opening import reading
from metrics.records import Cursor
from metrics.register import changes
from metrics.register.scales import WAYS, Place, Rule, level
from metrics.register.standing import Register, Standing, register
from metrics.speaking import LANGUAGE
from metrics.words import say

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def add(command: Command) -> None:
    """Put the command on the command line."""
    made = command("register", listed)
    made.add_argument("--as-of", help=say(LANGUAGE, "register.cli_as_of"))
    made.add_argument("--risk", metavar="ID", help=say(LANGUAGE, "register.cli_risk"))
    made.add_argument("--history", action="store_true", help=say(LANGUAGE, "register.cli_history"))
    made.add_argument("--impact", choices=WAYS, default=WAYS[0], help=say(LANGUAGE, "register.cli_impact"))
    made.add_argument("--social", type=float, default=50.0, help=say(LANGUAGE, "register.cli_social"))
    made.add_argument("--policy", default="equal", help=say(LANGUAGE, "cli.policy"))
    made.add_argument("--institution", help=say(LANGUAGE, "cli.institution"))


def listed(chosen: argparse.Namespace) -> int:
    """Print the register, most urgent first, or with --history every change."""
    if not 0 <= chosen.social <= 100:
        raise UsageError("errors.bad_share", value=chosen.social)
    with reading(chosen) as store:
        cursor = _scope(store, chosen)
        if chosen.history:
            return _emit(history(cursor, chosen.risk), chosen.format)
        periods = _periods(cursor, chosen)
        rule = Rule(chosen.impact, chosen.social / 100)
        found = register(cursor, policies.load(chosen.policy), LANGUAGE, periods[-1] if periods else None, rule)
    frame = table(found)
    return _emit(frame if chosen.risk is None else frame[frame["risk"] == chosen.risk], chosen.format)


def table(found: Register) -> pd.DataFrame:
    """One row a risk, the most urgent first; likelihoods and shares 0..1, impact and expected impact in points."""
    return pd.DataFrame([_row(one, found.rule, found.period) for one in found.standings])


def _row(one: Standing, rule: Rule, period: date) -> dict[str, object]:
    risk = one.risk
    return {
        "period": period, "risk": risk.id, "title": risk.title, "category": risk.category, "owner": risk.owner,
        **_place(one.now, "", rule), "level": level(rule.expected(one.now)) if one.now else "",
        "state": one.state, "suggested": one.suggested,
        "confirmed": risk.residual.likelihood if risk.residual else None,
        "appetite": one.appetite, "above": one.above, "excess": one.excess, "inherent": rule.expected(risk.inherent),
        "target": rule.expected(risk.target), "before": rule.expected(one.before) if one.before else None,
        "trend": one.trend, "velocity": risk.velocity, "reviewed_on": risk.reviewed_on, "review_due": risk.review_due,
        "red": ", ".join(push.indicator for push in one.red), "indicators": ", ".join(risk.indicators),
        "needs": ", ".join(one.needs),
    }  # fmt: skip


def _place(place: Place | None, before: str, rule: Rule) -> dict[str, object]:
    names = ("likelihood", "loss", "harm", "impact", "expected", "leg")
    if place is None:
        return dict.fromkeys(before + name for name in names)
    found = (
        place.likelihood, place.loss, place.harm, rule.impact(place), rule.expected(place), rule.leg(place)
    )  # fmt: skip
    return {before + name: value for name, value in zip(names, found, strict=True)}


def history(cursor: Cursor, risk_id: str | None) -> pd.DataFrame:
    """Who changed what, when, from what, the latest first."""
    columns = ["at", "who", "risk", "version", "field", "before", "after", "why"]
    rows = [
        (one.record.at.isoformat(timespec="seconds"), one.record.who, one.record.id, one.record.version, one.field,
         _told(one.before), _told(one.after), one.record.why)
        for one in changes(cursor, risk_id)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _told(value: object) -> str:
    return "" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
