"""What either answer to a question would make of a column: its example, its sums, its first and last day."""

import datetime
from typing import Any

from metrics.ingest.model import Plan, Use
from metrics.store import Cursor, quote

Params = dict[str, Any]
NAMES = ("least", "usual", "most")


def of_order(cursor: Cursor, raw: str, plan: Plan, use: Use, example: str) -> Params:
    """A column of dates read day first, month first and year first: the example, first and last day, cells lost."""
    found: Params = {}
    for order in ("dmy", "mdy", "ymd"):
        day, first, last, lost = cursor.execute(
            f"""SELECT in_date($example, $order), min(d), max(d), coalesce(sum(n) FILTER (WHERE d IS NULL), 0)
            FROM (SELECT in_date(x, $order) AS d, n FROM (
                SELECT {quote(f"c{use.place}")} AS x, count(*) AS n FROM {quote(raw)} WHERE row_no > $row GROUP BY 1)
                WHERE NOT in_blank(x))""",
            {"example": example, "order": order, "row": plan.header_row},
        ).fetchall()[0]
        found |= {f"{order}_example": _day(day), f"{order}_first": _day(first), f"{order}_last": _day(last)}
        found[f"{order}_lost"] = int(lost)
    return found


def of_sign(cursor: Cursor, raw: str, plan: Plan, use: Use, example: str) -> Params:
    """A column of figures read with a decimal point and with a decimal comma: the example, the sum."""
    x = quote(f"c{use.place}")
    found: Params = {"column": use.heading}
    for sign in ("point", "comma"):
        one, total = cursor.execute(
            f"""SELECT in_amount($example, $sign)::DOUBLE, sum(in_amount({x}, $sign))::DOUBLE
            FROM {quote(raw)} WHERE row_no > $row""",
            {"example": example, "sign": sign, "row": plan.header_row},
        ).fetchall()[0]
        found |= {f"{sign}_example": _figure(one), f"{sign}_sum": _figure(total)}
    return found


def of_unit(cursor: Cursor, raw: str, plan: Plan, use: Use, sign: str) -> Params:
    """A column of shares read as percentages and as fractions: the least, the usual and the greatest, in percent."""
    x = quote(f"c{use.place}")
    least, usual, most = cursor.execute(
        f"""SELECT min(v)::DOUBLE, median(v)::DOUBLE, max(v)::DOUBLE FROM (
            SELECT in_exact({x}, $sign) AS v FROM {quote(raw)} WHERE row_no > $row AND NOT in_signed({x}))""",
        {"sign": sign, "row": plan.header_row},
    ).fetchall()[0]
    figures = dict(zip(NAMES, (least, usual, most), strict=True))
    as_they_are = {f"percent_{name}": _figure(value) for name, value in figures.items()}
    return as_they_are | {
        f"fraction_{name}": _figure(None if value is None else value * 100) for name, value in figures.items()
    }


def of_one(example: str) -> Params:
    """One figure of a table that stands across, read as a percentage and as a fraction, in percent."""
    try:
        value: float | None = float(example.strip("\x01 %").replace(",", "."))
    except ValueError:
        value = None
    return {f"percent_{name}": _figure(value) for name in NAMES} | {
        f"fraction_{name}": _figure(None if value is None else value * 100) for name in NAMES
    }


def of_calendar(cursor: Cursor, raw: str, plan: Plan, use: Use, order: str) -> Params:
    """The newest day of a column in our calendar and, taken for Ethiopian, in ours as well."""
    x = quote(f"c{use.place}")
    first, last, ethiopian, newest = cursor.execute(
        f"""SELECT min(in_date(x, $order)), max(in_date(x, $order)), min(in_ethiopian(x, $order)),
            max(in_ethiopian(x, $order))
        FROM (SELECT DISTINCT {x} AS x FROM {quote(raw)} WHERE row_no > $row)""",
        {"order": order, "row": plan.header_row},
    ).fetchall()[0]
    return {
        "gregorian_first": _day(first), "gregorian_last": _day(last),
        "ethiopian_first": _day(ethiopian), "ethiopian_last": _day(newest),
    }  # fmt: skip


def _day(day: datetime.date | None) -> datetime.date | str:
    return "–" if day is None else day


def _figure(value: float | None) -> float | str:
    return "–" if value is None else round(value, 2)
