"""What a plain page lists: what each loan costs, what was done because clients asked, the ways to complain."""

import datetime
from collections import Counter
from collections.abc import Callable, Mapping

import numpy as np

from metrics import actions, pricing
from metrics.disclosures.model import EMPTY, NEEDS, Value
from metrics.records import Cursor
from metrics.voices.span import year_before

MOST = 3  # things done that are told
HEARD = ("client", "community")
TABLES = {"prices": ("products",), "changes": ("issues_actions",), "channels": ("complaints",)}
TERMS = """SELECT product_id, product_name, nominal_rate_pct / 100, interest_method = 'flat', term_months, fee_pct / 100
    FROM v_products WHERE coalesce(product_type, 'loan') = 'loan' AND nominal_rate_pct IS NOT NULL AND term_months >= 1
    ORDER BY product_name, product_id"""


def prices(cursor: Cursor, item: str, _: datetime.date, __: int) -> list[Value]:
    """For each loan product what 100 cost over its term, interest and fees, repaid in equal months; and its APR."""
    found = []
    for product, name, rate, flat, months, fee in cursor.execute(TERMS).fetchall():
        flows = pricing.level_flows(float(rate), bool(flat), int(months), fee=float(fee or 0))
        words = {"product": name or product, "months": int(months), "apr": float(pricing.apr(np.asarray(flows), 12))}
        found.append(Value(f"{item}/{product}", "price", "per_100", float(-np.sum(flows) * 100), words=words,
                           place=(("product", str(product)),)))  # fmt: skip
    return found or [_none(item, "prices", "products.nominal_rate_pct")]


def changes(cursor: Cursor, item: str, day: datetime.date, _: int) -> list[Value]:
    """What was done in twelve months because clients or their community asked, most often done first."""
    since = year_before(day)
    done = [
        one for one in actions.listed(cursor)
        if one.source in HEARD and one.done_on is not None and since <= one.done_on <= day and one.action
    ]  # fmt: skip
    if not done:
        rows = cursor.execute("SELECT count(*) FROM v_issues_actions").fetchall()[0][0]
        return [_none(item, "changes", "" if rows else "issues_actions.done_on")]
    counts = Counter((one.category or "", one.action) for one in done)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    return [
        Value(f"{item}/{place}", "changes", "count", float(n), months=12, words={"subject": subject, "action": action})
        for place, ((subject, action), n) in enumerate(ranked, 1)
    ]


def channels(cursor: Cursor, item: str, day: datetime.date, threshold: int) -> list[Value]:
    """The ways by which clients complained in twelve months, those of few clients left out."""
    rows = cursor.execute(
        """SELECT channel, count(*) FROM v_complaints WHERE channel IS NOT NULL AND received_on BETWEEN ? AND ?
        GROUP BY channel HAVING count(*) >= ? ORDER BY count(*) DESC, channel""",
        [year_before(day), day, threshold],
    ).fetchall()
    if not rows:
        return [_none(item, "channels", "complaints.channel")]
    return [Value(item, "channels", "count", float(len(rows)), months=12, words={"channels": [row[0] for row in rows]})]


def _none(item: str, what: str, needs: str) -> Value:
    return Value(item, what, "count", status=NEEDS if needs else EMPTY, needs=needs)


MADE: Mapping[str, Callable[[Cursor, str, datetime.date, int], list[Value]]] = {
    "prices": prices, "changes": changes, "channels": channels,
}  # fmt: skip
