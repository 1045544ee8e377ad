"""The rebuilt sample beside the stripped one: how far they are apart, by branch and month."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from metrics import rebuilding
from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
from tests import extract
from tests.sample_files import COMMITTED, land

KEYS = ["period", "unit"]


@dataclass(frozen=True)
class Found:
    """Months and cells compared, and the largest difference of each figure."""

    months: int
    cells: int
    rows: int
    glp: float
    excluding: float
    days: int
    including: float
    unlisted: float
    listed: int


def figures(store: Store, *, renegotiated: bool) -> pd.DataFrame:
    """PAR30 of every branch and month, with or without renegotiated loans."""
    settings = {**SETTINGS, "renegotiated_at_risk": renegotiated}
    frame = values(store.cursor(), settings, "branch", indicators=["par30"])
    return frame.set_index(KEYS)["value"]


def portfolio(store: Store) -> pd.DataFrame:
    """Portfolio of every branch and month, from the measures."""
    frame = (
        store.cursor()
        .execute("SELECT period, branch_id AS unit, sum(glp) AS glp FROM v_m_portfolio WHERE cut = 'main' GROUP BY ALL")
        .df()
    )
    frame["period"] = frame["period"].dt.date
    return frame.set_index(KEYS)["glp"]


def compared(folder: Path, *, dated: bool = False) -> Found:
    """Rebuild the extract's past and hold it against the sample's own months, the last one left out."""
    store, truth = extract.landed(folder / "extract", dated=dated), land(COMMITTED, folder / "truth")
    rebuilt = rebuilding.rebuild(store, store.cursor(), months=23)
    apart = pd.DataFrame(
        {
            "glp": (portfolio(store) - portfolio(truth)).abs(),
            "excluding": (figures(store, renegotiated=False) - figures(truth, renegotiated=False)).abs(),
            "including": figures(truth, renegotiated=True) - figures(store, renegotiated=True),
        }
    )
    past = apart[[period in rebuilt.months for period, _ in apart.index]]
    assert not past.isna().any().any()
    explained, rows, days = _by_loan(store, rebuilt.loans.get("renegotiated", ()))
    store.close()
    truth.close()
    return Found(
        months=len(rebuilt.months), cells=len(past), rows=rows, glp=float(past["glp"].max()),
        excluding=float(past["excluding"].max()), days=days, including=float(past["including"].max()),
        unlisted=float((past["including"] - explained.reindex(past.index).fillna(0.0)).abs().max()),
        listed=len(rebuilt.loans.get("renegotiated", ())),
    )  # fmt: skip


def _by_loan(store: Store, listed: tuple[str, ...]) -> tuple[pd.Series, int, int]:
    """What the listed loans add to PAR30 by branch and month, rows compared, rows whose lateness differs."""
    rows = store.cursor().execute("SELECT * FROM v_loans WHERE origin = 'reconstructed'").df()
    with duckdb.connect() as con:
        con.register("rebuilt", rows)
        con.register("listed", pd.DataFrame({"loan": list(listed)}))
        con.execute(
            "CREATE TABLE truth AS FROM read_parquet(?) WHERE principal_outstanding > 0 AND as_of < DATE '2026-09-30'",
            [str(COMMITTED / "loans.parquet")],
        )
        total, days = con.execute(
            """SELECT count(*), count_if(r.loan_id IS NULL OR t.loan_id IS NULL
                OR r.days_past_due IS DISTINCT FROM t.days_past_due OR r.overdue_principal <> t.overdue_principal
                OR r.overdue_over_30 <> t.overdue_over_30
                OR r.principal_outstanding <> t.principal_outstanding)
            FROM truth AS t FULL JOIN rebuilt AS r ON r.as_of = t.as_of AND r.loan_id = t.loan_id"""
        ).fetchall()[0]
        part = con.execute(
            """SELECT as_of AS period, branch_id AS unit, sum(if(is_renegotiated AND days_past_due <= 30
                AND institution_id || '/' || loan_id IN (SELECT loan FROM listed), principal_outstanding, 0))
                / sum(principal_outstanding) AS share FROM truth GROUP BY ALL"""
        ).df()
    part["period"] = part["period"].dt.date
    return part.set_index(KEYS)["share"], total, days
