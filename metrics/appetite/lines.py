"""Limits that the board sets: for an indicator and a part of the institution, from a day on, by whom and why.

A limit is one record for each indicator and scope. What held before stands in its field `earlier`, so that setting
a new limit ends the old one in the same step, and undo brings both back as they were. `hard_cap` has no column in
the table: it says that the board wants red never to be crossed, and lists put such a breach first.
"""

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from metrics import asking, catalogue, records
from metrics.catalogue import Indicator
from metrics.errors import EvenkeelError, nearest
from metrics.figures import figure
from metrics.records import Body, Kind
from metrics.words import date, say

Cursor = duckdb.DuckDBPyConnection
Terms = Mapping[str, Any]

SCOPES = ("institution", "branch", "product", "segment")
NUMBERS = ("target", "amber", "red", "amber_high", "red_high")
PAIRS = (("amber", "red", "amber_beyond_red_"), ("target", "amber", "target_beyond_amber_"),
         ("target", "red", "target_beyond_red_"))  # fmt: skip
TERMS = (*NUMBERS, "valid_from", "valid_to", "approved_by", "approved_on", "source", "rationale")
SEGMENTS = tuple(name for name, (kind, _) in asking.KINDS.items() if kind == "segment")
UNITS = {
    "branch": "SELECT branch_id, branch_name FROM v_branches ORDER BY 2",
    "product": "SELECT product_id, product_name FROM v_products ORDER BY 2",
}
NEVER = datetime.date.max


class Refused(EvenkeelError):
    """A limit that cannot be: `numbers` are values of its indicator, `days` dates, both written as readers do."""

    def __init__(self, key: str, indicator: Indicator, numbers: Terms, days: Terms, **params: object) -> None:
        super().__init__(key, **params)
        self.indicator, self.numbers, self.days = indicator, numbers, days

    def text(self, language: str = "en") -> str:
        """The sentence in a language."""
        values = {name: figure(language, self.indicator, value) for name, value in self.numbers.items()}
        days = {name: date(language, day) for name, day in self.days.items()}
        named = self.indicator.text(language, "short")
        return say(language, self.key, **{**self.params, **values, **days, "indicator": named})


@dataclass(frozen=True)
class Line:
    """One limit as it stands in the table, in force or not; `record` is the id of the record behind it, else empty."""

    indicator: str
    scope: str
    scope_id: str
    terms: Mapping[str, Any]
    record: str = ""
    version: int = 0
    hard_cap: bool = False

    @property
    def valid_from(self) -> datetime.date:
        """The first day on which it holds."""
        return _day(self.terms["valid_from"])

    @property
    def valid_to(self) -> datetime.date:
        """The last day; the end of time where none is set."""
        return _last(self.terms)

    def holds(self, day: datetime.date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day <= self.valid_to


def _day(given: object) -> datetime.date:
    return given if isinstance(given, datetime.date) else datetime.date.fromisoformat(str(given))


def _last(terms: Terms) -> datetime.date:
    return _day(terms["valid_to"]) if terms.get("valid_to") else NEVER


def listed(cursor: Cursor) -> list[Line]:
    """Every limit that was ever approved for a part of the institution, the latest of each first."""
    kept = {
        (one.body["indicator_id"], one.body["scope"], one.body.get("scope_id") or ""): one
        for one in records.newest(cursor, LIMIT.name)
    }
    found = []
    for line in _rows(cursor, None):
        own = kept.get((line.indicator, line.scope, line.scope_id))
        if own is not None:
            cap = bool(own.body.get("hard_cap")) and _day(own.body["valid_from"]) == line.valid_from
            line = Line(line.indicator, line.scope, line.scope_id, line.terms, own.id, own.version, cap)
        found.append(line)
    return found


def _rows(cursor: Cursor, without: int | None) -> list[Line]:
    columns = ", ".join(TERMS)
    rows = cursor.execute(
        f"""SELECT indicator_id, scope::VARCHAR, coalesce(scope_id, ''), {columns} FROM v_targets_limits
        WHERE approved_by IS NOT NULL AND batch_id IS DISTINCT FROM ?
        ORDER BY indicator_id, scope, scope_id, valid_from DESC""",
        [without],
    ).fetchall()
    return [Line(name, scope, part, dict(zip(TERMS, terms, strict=True))) for name, scope, part, *terms in rows]


def parts(cursor: Cursor, scope: str) -> dict[str, str]:
    """Id -> name of the parts that a limit of a scope may be for; segments are written KIND/VALUE.

    A segment is named by its id: what a reader calls it is a matter of language.
    """
    if scope in UNITS:
        return dict(cursor.execute(UNITS[scope]).fetchall())
    if scope == "segment":
        rows = cursor.execute(
            """SELECT DISTINCT kind || '/' || name FROM (
                SELECT gender, location, age_band, cycle, sector, poverty_band FROM v_m_portfolio
            ) UNPIVOT (name FOR kind IN (gender, location, age_band, cycle, sector, poverty_band)) ORDER BY 1"""
        ).fetchall()
        return {row[0]: row[0] for row in rows}
    return {}


def check(cursor: Cursor, record_id: str, body: Body) -> None:
    """Refuse a limit that cannot be.

    Raises:
        EvenkeelError: unknown indicator, scope or part of it (each with the nearest); a scope in which the indicator
            has no meaning; amber beyond red; a last day before the first; days that another limit already covers.
    """
    indicator = known_indicator(body["indicator_id"])
    _scoped(cursor, indicator, body)
    terms = [body, *body.get("earlier", ())]
    for one in terms:
        numbers_fault(indicator, one)
        _days(indicator, one)
    known = records.versions(cursor, LIMIT.name, record_id)
    others = _rows(cursor, known[-1].batch if known else None)
    where = (indicator.id, body["scope"], body.get("scope_id") or "")
    own = {_day(one["valid_from"]) for one in terms}
    same = [one.terms for one in others if (one.indicator, one.scope, one.scope_id) == where]
    _apart(indicator, [*terms, *(one for one in same if _day(one["valid_from"]) not in own)])


def known_indicator(name: object) -> Indicator:
    """The indicator of an id.

    Raises:
        EvenkeelError: there is none; names the nearest.
    """
    known = catalogue.indicators()
    if str(name) not in known:
        raise EvenkeelError("errors.unknown_indicator", name=str(name), nearest=nearest(str(name), known))
    return known[str(name)]


def _scoped(cursor: Cursor, indicator: Indicator, body: Body) -> None:
    """The scope is known, the indicator has a meaning there, and its part exists."""
    scope, part = str(body["scope"]), str(body.get("scope_id") or "")
    if scope not in SCOPES:
        raise EvenkeelError("warnings.no_scope", scope=scope, known=", ".join(SCOPES), nearest=nearest(scope, SCOPES))
    if scope not in indicator.units:
        raise Meaningless(indicator, scope)
    if not part:
        return
    if scope == "institution":
        raise EvenkeelError("warnings.no_part_of_all", part=part)
    known = parts(cursor, scope)
    if part not in known:
        named = {name: key for key, name in known.items()}
        near = nearest(part, [*known, *named])
        raise EvenkeelError("warnings.no_part", part=part, nearest=named.get(near or "", near))


class Meaningless(EvenkeelError):
    """A limit where its indicator has no meaning: PAR30 has one for a branch, capital over assets has none."""

    def __init__(self, indicator: Indicator, scope: str) -> None:
        super().__init__("warnings.no_meaning")
        self.indicator, self.scope = indicator, scope

    def text(self, language: str = "en") -> str:
        """The sentence, with the scopes that the indicator has."""
        known = [say(language, f"warnings.scope_{one}") for one in SCOPES if one in self.indicator.units]
        return say(
            language, self.key, indicator=self.indicator.text(language, "short"),
            scope=say(language, f"warnings.scope_{self.scope}"), known=", ".join(known),
        )  # fmt: skip


def numbers_fault(indicator: Indicator, terms: Terms) -> None:
    """Refuse numbers that contradict each other, by the direction in which the indicator is better.

    Raises:
        EvenkeelError: no number at all, half a band, amber beyond red, a target that already breaks amber, or a hard
            cap without red.
    """
    given = {name: float(terms[name]) for name in NUMBERS if terms.get(name) is not None}
    if not given or not all(map(math.isfinite, given.values())):
        raise Refused("warnings.no_number", indicator, {}, {})
    if terms.get("hard_cap") and "red" not in given:
        raise Refused("warnings.cap_without_red", indicator, {}, {})
    if indicator.better == "band":
        _band(indicator, given)
        return
    if "amber_high" in given or "red_high" in given:
        raise Refused("warnings.not_a_band", indicator, {}, {})
    for good, bad, fault in PAIRS:
        if good in given and bad in given and _beyond(indicator.better, given[good], given[bad]):
            raise Refused(f"warnings.{fault}{indicator.better}", indicator, given, {})


def _beyond(better: str, good: float, bad: float) -> bool:
    """Whether the better line of two is the worse one."""
    return good < bad if better == "higher" else good > bad


def _band(indicator: Indicator, given: Mapping[str, float]) -> None:
    """Both ends of each line are there, in order, and red lies around amber, amber around the target."""
    for name in ("amber", "red"):
        low, high = given.get(name), given.get(f"{name}_high")
        if (low is None) != (high is None):
            raise Refused(f"warnings.half_band_{name}", indicator, {}, {})
        if low is not None and high is not None and low > high:
            raise Refused("warnings.band_reversed", indicator, {"low": low, "high": high}, {})
    both = "amber" in given and "red" in given
    if both and (given["amber"] < given["red"] or given["amber_high"] > given["red_high"]):
        raise Refused("warnings.amber_beyond_red_band", indicator, given, {})
    for name in ("amber", "red"):
        if name in given and "target" in given and not given[name] <= given["target"] <= given[f"{name}_high"]:
            ends = {"target": given["target"], "low": given[name], "high": given[f"{name}_high"]}
            raise Refused("warnings.target_outside", indicator, ends, {})


def _days(indicator: Indicator, terms: Terms) -> None:
    try:
        first, last = _day(terms["valid_from"]), _last(terms)
        approved = _day(terms["approved_on"]) if terms.get("approved_on") else None
    except ValueError as error:
        raise Refused("warnings.no_day", indicator, {}, {}) from error
    if last < first:
        raise Refused("warnings.to_before_from", indicator, {}, {"first": first, "last": last})
    if approved is not None and approved > datetime.date.today():
        raise Refused("warnings.approved_ahead", indicator, {}, {"day": approved})


def _apart(indicator: Indicator, terms: Sequence[Terms]) -> None:
    """No two limits of the same indicator and scope hold on the same day."""
    order = sorted(terms, key=lambda one: _day(one["valid_from"]))
    for before, after in zip(order, order[1:], strict=False):
        if _last(before) >= _day(after["valid_from"]):
            days = {"first": _day(before["valid_from"]), "last": _last(before), "next": _day(after["valid_from"])}
            key = "warnings.overlap_open" if days["last"] == NEVER else "warnings.overlap"
            raise Refused(key, indicator, {}, days)


def rows(record_id: str, body: Body) -> list[dict[str, object]]:
    """The rows of the table that a limit stands for: what holds now, and what held before."""
    same = {"indicator_id": body["indicator_id"], "scope": body["scope"], "scope_id": body.get("scope_id")}
    return [{**same, **{name: one.get(name) for name in TERMS}} for one in (body, *body.get("earlier", ()))]


def succeeded(before: Sequence[Line], body: Body) -> dict[str, Any]:
    """A limit with what held before it in `earlier`, ended on the day before it begins where it had no end.

    One that begins on the same day is taken the place of: it is corrected, not followed.
    """
    first = _day(body["valid_from"])
    kept = []
    for line in sorted(before, key=lambda one: one.valid_from):
        if line.valid_from == first:
            continue
        terms = {name: _plain(value) for name, value in line.terms.items() if value is not None}
        if line.valid_from < first and line.valid_to == NEVER:
            terms["valid_to"] = (first - datetime.timedelta(days=1)).isoformat()
        kept.append(terms)
    return {**body, **({"earlier": kept} if kept else {})}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


FIELDS = {
    "indicator_id": True, "scope": True, "scope_id": False, "branch_id": False,
    **dict.fromkeys(NUMBERS, False), "hard_cap": False,
    "valid_from": True, "valid_to": False, "approved_by": True, "approved_on": False,
    "source": False, "rationale": True, "earlier": False,
}  # fmt: skip
LIMIT = Kind("limit", "warnings", FIELDS, check, "targets_limits", rows, "approve")
