"""Small institutions made by chance, with a drift planted or none, as tables that the real statements read.

The views that a reader has are made here as plain tables with the columns of the real ones, so that hundreds of
institutions can be looked at; a test lands one of them in a real store and finds the same.
"""

import datetime
from collections.abc import Mapping

import duckdb
import numpy as np
import pandas as pd

from metrics import schema
from metrics.schema import quote

DAY = datetime.date(2026, 9, 30)
GNI = 1_500_000.0
BRANCHES = ("north", "south", "east", "west")
# The share or the log of the size that every client has, whenever he came.
USUAL = {"women": 0.55, "rural": 0.45, "first_access": 0.6, "young": 0.4, "target": 0.5, "in_group": 0.35, "size": -0.5}


def people(rng: np.random.Generator, n: int = 1600, planted: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Clients who joined within three years, `n` of them; `planted` moves what is usual for those of the last one."""
    ago = rng.integers(0, 3 * 365, n)
    is_new = ago < 365
    shift = {name: np.where(is_new, by, 0.0) for name, by in (planted or {}).items()}
    levels = {name: np.clip(level + shift.get(name, 0.0), -9, 1) for name, level in USUAL.items()}
    drawn = {name: rng.random(n) < level for name, level in levels.items() if name != "size"}
    joined = [DAY - datetime.timedelta(days=int(days)) for days in ago]
    ages = np.where(drawn["young"], rng.integers(19, 34, n), rng.integers(36, 60, n))
    left = (rng.random(n) < 0.15) & (ago > 200)
    return pd.DataFrame(
        {
            "institution_id": "own",
            "client_id": [f"c{k}" for k in range(n)],
            "branch_id": rng.choice(BRANCHES, n),
            "client_type": "person",
            "gender": np.where(drawn["women"], "F", "M"),
            "location": np.where(drawn["rural"], "rural", "urban"),
            "birth_date": [
                day - datetime.timedelta(days=int(age * 365.25)) for day, age in zip(joined, ages, strict=True)
            ],
            "joined_on": joined,
            "exited_on": [DAY - datetime.timedelta(days=5) if gone else None for gone in left],
            "household_income_month": np.exp(rng.normal(12, 0.6, n)).round(),
            "prior_formal_credit": ~drawn["first_access"],
            "target_segment": drawn["target"],
            "amount": (GNI * np.exp(levels["size"] + rng.normal(0, 0.7, n))).round(),
            "product_id": np.where(drawn["in_group"], "solidarity", "individual"),
        }
    )


def tables(made: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of an institution with these clients: who they are, their first loans, branches, products, GNI."""
    loans = made[["institution_id", "client_id", "branch_id", "product_id"]].assign(
        as_of=DAY, loan_id="l" + made["client_id"], disbursed_on=made["joined_on"], disbursed_amount=made["amount"],
        principal_outstanding=made["amount"], cycle_no=1, days_past_due=0,
    )  # fmt: skip
    kinds = [{"product_id": name, "product_name": name, "methodology": name} for name in ("individual", "solidarity")]
    return {
        "institutions": pd.DataFrame([{"institution_id": "own", "institution_name": "Own", "currency": "XOF"}]),
        "branches": pd.DataFrame([{"institution_id": "own", "branch_id": b, "branch_name": b} for b in BRANCHES]),
        "products": pd.DataFrame(kinds).assign(institution_id="own"),
        "parameters": pd.DataFrame(
            [{"institution_id": "own", "parameter": "gni_per_capita", "value": GNI,
              "valid_from": datetime.date(2020, 1, 1)}]
        ),
        "clients": made.drop(columns=["amount", "product_id"]),
        "loans": loans,
    }  # fmt: skip


def views() -> duckdb.DuckDBPyConnection:
    """A database in memory with the views of a reader, as empty tables."""
    cursor = duckdb.connect()
    for table in schema.tables().values():
        columns = ", ".join(f"{quote(name)} {kind}" for name, kind in table.columns.items())
        cursor.execute(f"CREATE TABLE {quote('v_' + table.name)} ({columns})")
    poverty = ["new", "poor"]
    lines = ["n", "weight", "squares", "first", "national", "extreme", "190", "320", "550", "215", "365", "685"]
    sums = ", ".join(quote(f"{who}_{line}") + " DOUBLE" for who in poverty for line in lines)
    cursor.execute(f"CREATE TABLE v_m_poverty (cut VARCHAR, period DATE, branch_id VARCHAR, {sums})")
    cursor.execute("CREATE TABLE v_m_periods (period DATE)")
    cursor.execute("INSERT INTO v_m_periods VALUES (?)", [DAY])
    return cursor


def fill(cursor: duckdb.DuckDBPyConnection, frames: Mapping[str, pd.DataFrame]) -> None:
    """Put an institution in the place of the last one."""
    for name, frame in frames.items():
        view = quote("v_" + name)
        cursor.execute(f"DELETE FROM {view}")
        cursor.register("given", frame)
        cursor.execute(f"INSERT INTO {view} BY NAME SELECT * FROM given")
        cursor.unregister("given")


def answers(
    rng: np.random.Generator,
    made: pd.DataFrame,
    share: float,
    planted: Mapping[str, str] | None = None,
    to: float = 0.0,
) -> pd.DataFrame:
    """Exit interviews of all these clients: `share` of them cite the group, and `to` of those with planted traits."""
    inside = np.full(len(made), planted is not None)
    for column, value in (planted or {}).items():
        inside &= made[column].to_numpy(dtype=str) == value
    cites = rng.random(len(made)) < np.where(inside, to, share)
    return pd.DataFrame(
        {
            "institution_id": "own", "survey_id": "exit", "response_id": made["client_id"], "survey_type": "exit",
            "client_id": made["client_id"], "branch_id": made["branch_id"], "answered_on": DAY,
            "question_key": "exit_reason",
            "answer_code": np.where(cites, "group", rng.choice(["no_need", "moved", "other", "illness"], len(made))),
        }
    )  # fmt: skip
