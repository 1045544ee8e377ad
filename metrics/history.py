"""How figures move: changes over a month, quarter and year, loans by month of disbursement, and roll rates.

Loans are compared from month-end to month-end: of several snapshots in a month only the last counts.
"""

import datetime
from collections.abc import Iterable, Sequence

import pandas as pd

from metrics import measures
from metrics.catalogue import Indicator
from metrics.errors import UsageError, nearest
from metrics.store import Cursor
from metrics.words import say

FEWEST = 10
# Name of a change -> months back.
SPANS = {"month": 1, "quarter": 3, "year": 12}
BUCKETS = ("current", "1_30", "31_60", "61_90", "91_180", "over_180", "unknown")
ENDS = (*BUCKETS, "written_off", "paid")
COLUMNS = ("branch_id", "product_id", "officer_id")
Filter = tuple[str, Sequence[str]]

VINTAGES = """WITH book AS (
    SELECT *, last_day(as_of) AS month, date_trunc('month', disbursed_on)::DATE AS vintage,
        coalesce(status, 'active') IN ('active', 'rescheduled') AND principal_outstanding > 0 AS active
    FROM v_loans WHERE disbursed_on IS NOT NULL
        AND ($branches IS NULL OR list_contains($branches, branch_id))
        AND ($products IS NULL OR list_contains($products, product_id))
        AND ($officers IS NULL OR list_contains($officers, officer_id))
    QUALIFY as_of = max(as_of) OVER (PARTITION BY institution_id, last_day(as_of))
        AND disbursed_on >= date_trunc('month', min(as_of) OVER (PARTITION BY institution_id))),
lent AS (
    SELECT vintage, count(*) AS loans, sum(amount)::DOUBLE AS disbursed FROM (
        SELECT vintage, institution_id, loan_id, max(disbursed_amount) AS amount FROM book GROUP BY ALL)
    GROUP BY vintage),
gone AS (
    SELECT institution_id, loan_id, written_off_on AS day, written_off_amount AS amount FROM v_loans
    WHERE written_off_on IS NOT NULL
    UNION ALL
    SELECT institution_id, loan_id, txn_on, coalesce(principal, amount) FROM v_loan_transactions
    WHERE txn_type = 'write_off' AND NOT coalesce(reversed, false)),
lost AS (
    SELECT g.institution_id, g.loan_id, any_value(b.vintage) AS vintage, last_day(min(g.day)) AS month,
        max(g.amount)::DOUBLE AS amount
    FROM gone AS g JOIN (SELECT DISTINCT institution_id, loan_id, vintage FROM book) AS b
        USING (institution_id, loan_id) GROUP BY g.institution_id, g.loan_id),
seen AS (
    SELECT vintage, month, sum(if(active, principal_outstanding, 0))::DOUBLE AS outstanding,
        sum(if(active AND days_past_due > 30, principal_outstanding, 0))::DOUBLE AS late,
        count(DISTINCT if(active, coalesce(client_id, group_id, loan_id), NULL)) AS clients
    FROM book GROUP BY vintage, month)
SELECT s.vintage, date_diff('month', s.vintage, s.month) AS months_on_book, l.loans, l.disbursed, s.clients,
    s.outstanding, s.late, coalesce((SELECT sum(o.amount) FROM lost AS o
        WHERE o.vintage = s.vintage AND o.month <= s.month), 0) AS written_off,
    s.late / nullif(s.outstanding, 0) AS par
FROM seen AS s JOIN lent AS l USING (vintage)
WHERE date_diff('month', s.vintage, s.month) BETWEEN 0 AND $months ORDER BY s.vintage, months_on_book"""
ROLLS = """WITH book AS (
    SELECT *, last_day(as_of) AS month, coalesce(status, 'active') = 'written_off' AS lost,
        coalesce(status, 'active') IN ('active', 'rescheduled') AND principal_outstanding > 0 AS active,
        CASE WHEN days_past_due IS NULL THEN 'unknown' WHEN days_past_due <= 0 THEN 'current'
            WHEN days_past_due <= 30 THEN '1_30' WHEN days_past_due <= 60 THEN '31_60'
            WHEN days_past_due <= 90 THEN '61_90' WHEN days_past_due <= 180 THEN '91_180'
            ELSE 'over_180' END AS bucket
    FROM v_loans WHERE last_day(as_of) IN (last_day($period), last_day($period - INTERVAL 1 MONTH))
    QUALIFY as_of = max(as_of) OVER (PARTITION BY institution_id, last_day(as_of))),
followed AS (
    SELECT institution_id FROM book GROUP BY institution_id HAVING count(DISTINCT month) = 2),
before AS (
    SELECT * FROM book SEMI JOIN followed AS f USING (institution_id) WHERE month < last_day($period) AND active
        AND ($branches IS NULL OR list_contains($branches, branch_id))
        AND ($products IS NULL OR list_contains($products, product_id))
        AND ($officers IS NULL OR list_contains($officers, officer_id))),
after AS (
    SELECT * FROM book WHERE month = last_day($period)),
lost AS (
    SELECT DISTINCT institution_id, loan_id FROM v_loan_transactions
    WHERE txn_type = 'write_off' AND NOT coalesce(reversed, false)
        AND txn_on > last_day($period - INTERVAL 1 MONTH) AND txn_on <= last_day($period)),
moved AS (
    SELECT b.bucket AS bucket_from, b.principal_outstanding::DOUBLE AS principal,
        b.institution_id || '/' || coalesce(b.client_id, b.group_id, b.loan_id) AS client,
        CASE WHEN a.active THEN a.bucket WHEN a.lost OR l.loan_id IS NOT NULL THEN 'written_off'
            ELSE 'paid' END AS bucket_to
    FROM before AS b LEFT JOIN after AS a USING (institution_id, loan_id)
    LEFT JOIN lost AS l USING (institution_id, loan_id)),
size AS (
    SELECT bucket_from, count(DISTINCT client) AS clients, sum(principal) AS total FROM moved
    GROUP BY bucket_from)
SELECT m.bucket_from, m.bucket_to, any_value(s.clients) AS clients, sum(m.principal) AS principal,
    sum(m.principal) / any_value(s.total) AS share
FROM moved AS m JOIN size AS s USING (bucket_from) GROUP BY m.bucket_from, m.bucket_to"""


def changes(frame: pd.DataFrame, fiscal_year_start: int = 1) -> pd.DataFrame:
    """The values with four columns more: what changed over the month, quarter, year, and in the fiscal year.

    Args:
        frame: period, unit, indicator, value as `values` gives them, for all dates that may be compared.
        fiscal_year_start: the month (1 to 12) in which the fiscal year begins (setting of that name).

    Returns:
        The frame with `month`, `quarter`, `year`, `fiscal_year`: value less the value at the month-end 1, 3 and 12
        months before, and at the last month-end of the fiscal year before, in the indicator's own unit. A month
        that is missing leaves NaN; the nearest one never takes its place.
    """
    found = frame.copy()
    day = pd.to_datetime(found["period"])
    found["_at"] = day.dt.year * 12 + day.dt.month - 1
    keys = ["unit", "indicator", "_at"]
    ends = found.assign(_day=day).sort_values("_day").drop_duplicates(keys, keep="last")
    known = ends.set_index(keys)["value"]
    into = (found["_at"] % 12 - (fiscal_year_start - 1)) % 12
    backs = {name: pd.Series(span, index=found.index) for name, span in SPANS.items()} | {"fiscal_year": into + 1}
    for name, back in backs.items():
        wanted = pd.MultiIndex.from_arrays([found["unit"], found["indicator"], found["_at"] - back], names=keys)
        found[name] = found["value"].to_numpy() - known.reindex(wanted).to_numpy()
    return found.drop(columns="_at")


def covered(cursor: Cursor, indicator: Indicator, period: datetime.date) -> int | None:
    """Months of the trailing year that the flows behind a value cover, 1 to 12; None where it reads no flow.

    Fewer than 12 where a table begins within the year or ends before the period: the value is then annualised
    from these months, and is said so.
    """
    twins = [name.removesuffix("_12m") for name in indicator.parts if name.endswith("_12m")]
    flows = [name for name in twins if set(indicator.parts[name + "_12m"]) & measures.catalogue()[name].flows.keys()]
    rows = cursor.execute(
        "SELECT min(months) FROM v_m_months WHERE period = ? AND list_contains(?, measure)", [period, flows]
    ).fetchall()
    return None if rows[0][0] is None else int(rows[0][0])


def covered_text(language: str, months: int | None) -> str:
    """What a reader is told where flows cover less than a year; empty where they cover all of it or there are none."""
    return "" if months is None or months >= 12 else say(language, "peers.months_covered", n=months)


def vintages(cursor: Cursor, months: int = 24, where: Iterable[Filter] = ()) -> pd.DataFrame:
    """Loans by month of disbursement, followed over their first months.

    Args:
        cursor: scoped.
        months: months on book to follow; 0 is the month of disbursement.
        where: filters as (branch_id, product_id or officer_id, values).

    Returns:
        One row a vintage (first day of its month) and month on book: `loans` and `disbursed` of the whole vintage,
        `clients` who still owe, `outstanding`, `late` (principal over 30 days late), `written_off` so far, and
        `par` = late / outstanding. Loans from before the first snapshot are left out: only those that lasted are
        known. In a part of the institution, amounts of fewer than 10 clients are NaN.
    """
    branches, products, officers, part = _asked(cursor, where)
    frame = cursor.execute(
        VINTAGES,
        {"branches": branches, "products": products, "officers": officers, "months": months},
    ).df()
    few = part & (frame["clients"] < FEWEST)
    frame.loc[few, ["outstanding", "late", "written_off", "par"]] = float("nan")
    return frame


def roll_rates(cursor: Cursor, period: datetime.date, where: Iterable[Filter] = ()) -> pd.DataFrame:
    """Where the principal of one month-end stands at the next: bucket_from, bucket_to, clients, principal, share.

    Args:
        cursor: scoped.
        period: any day of the later month; the earlier is the month before it.
        where: filters as (branch_id, product_id or officer_id, values), by what the loan was in the earlier month.

    Returns:
        One row a pair of buckets by days late (`BUCKETS`; unknown where the book does not say), ending also in
        written_off and paid (repaid in full, or gone from the book). `principal` is what was owed at the earlier
        month-end, `share` its part of that bucket's total. Empty where either month is missing. In a part of the
        institution, buckets of fewer than 10 clients are NaN.
    """
    branches, products, officers, part = _asked(cursor, where)
    frame = cursor.execute(
        ROLLS,
        {"branches": branches, "products": products, "officers": officers, "period": period},
    ).df()
    frame.loc[part & (frame["clients"] < FEWEST), ["principal", "share"]] = float("nan")
    order = {name: place for place, name in enumerate(ENDS)}
    return frame.sort_values(["bucket_from", "bucket_to"], key=lambda names: names.map(order), ignore_index=True)


def _asked(
    cursor: Cursor, where: Iterable[Filter]
) -> tuple[list[str] | None, list[str] | None, list[str] | None, bool]:
    """Branches, products and officers asked (None: all), and whether that is a part of the institution."""
    wanted: dict[str, list[str]] = {}
    for column, values in where:
        name = column if column in COLUMNS else f"{column}_id"
        if name not in COLUMNS:
            known = [column.removesuffix("_id") for column in COLUMNS]
            raise UsageError(
                "errors.unknown_filter", column=column, known=", ".join(known), nearest=nearest(column, known)
            )
        wanted[name] = list(values)
    scoped = bool(cursor.execute("SELECT getvariable('branches') IS NOT NULL").fetchall()[0][0])
    branches, products, officers = (wanted.get(column) for column in COLUMNS)
    return branches, products, officers, scoped or bool(wanted)
