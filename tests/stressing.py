"""A small institution for stress tests, small enough that every scenario is worked out by hand beside it.

Two branches on one month-end. North: 10 loans of 100, one of them 45 days late; south: 10 loans of 50, none late. So
1,500 are lent, 100 of them late. The ledger holds one month: cash 600, allowance 50, equity 1,050, assets
600 + 1,500 - 50 = 2,050; revenue from loans 100, financial expense 10, salaries 50. Debt 1,000: the largest lender has
600, half of it due in a month, the other half and the second lender's 400 years later. Of 4 complaints 2 were closed
in time. Of 10 staff 4 are loan officers. 20 clients, one of them owes more than half of an income.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from metrics.catalogue import indicators
from metrics.policy import load
from metrics.store import Store
from metrics.stress import library
from metrics.stress.library import Scenario
from metrics.stress.reverse import LOSS, Break
from metrics.stress.run import Outcome, run
from tests import records
from tests.records import DAY, Row, loan

MONTH = 365 / 12
A_DAY = 60 / MONTH + 300 / 90  # costs of 60 a month, and 300 of debt due within 90 days

LEDGER = {
    "cash": 600, "gross_loan_portfolio": 1500, "impairment_allowance": 50, "borrowings": 1000, "equity": 1050,
    "interest_income_on_loans": 100, "financial_expense": 10, "personnel_expense": 50, "net_impairment_loss": 0,
}  # fmt: skip


def tables() -> dict[str, list[Row]]:
    """The rows of the small institution, by table."""
    north = [loan(f"n{k}", 100.0, days_past_due=45 if k == 0 else 0, officer_id="o1") for k in range(10)]
    south = [loan(f"s{k}", 50.0, branch_id="south", officer_id="o2") for k in range(10)]
    book = [{"disbursed_on": date(2026, 7, 31), "disbursed_amount": 20.0, **row, "instalment_month": 6.0} for row in
            (*north, *south)]  # fmt: skip
    clients = [
        {"client_id": row["client_id"], "branch_id": row["branch_id"], "joined_on": date(2025, 1, 1),
         "household_income_month": 10.0 if row["loan_id"] == "n0" else 100.0,
         **({"exited_on": date(2027, 1, 1)} if row["loan_id"] == "s0" else {})}
        for row in book
    ]  # fmt: skip
    staff = [
        {"staff_id": f"p{k}", "branch_id": "north" if k % 2 else "south", "joined_on": date(2020, 1, 1),
         "role": "loan_officer" if k < 4 else "other", "gender": "F"}
        for k in range(10)
    ]  # fmt: skip
    complaints = [
        {"complaint_id": f"k{k}", "branch_id": "north", "received_on": date(2026, 8, 10), "category": "fees",
         **({"closed_on": date(2026, 8, 20)} if k < 2 else {})}
        for k in range(4)
    ]  # fmt: skip
    ledger = [{"month": DAY, "mapped_line": line, "account_code": line, "account_name": line, "amount": amount}
              for line, amount in LEDGER.items()]  # fmt: skip
    debts = [
        {"as_of": DAY, "lender": lender, "facility_id": lender, "due_on": due, "amount": amount, "currency": "XOF"}
        for lender, due, amount in (
            ("A", date(2026, 10, 30), 300), ("A", date(2029, 1, 1), 300), ("B", date(2030, 1, 1), 400)
        )
    ]  # fmt: skip
    returns = [{"as_of": DAY, "item": item, "amount": amount}
               for item, amount in (("tier1", 1050), ("risk_weighted_assets", 1500))]  # fmt: skip
    branches = [{"branch_id": name, "branch_name": name.title(), "region": name.title()} for name in ("north", "south")]
    return {
        "loans": book, "clients": clients, "staff": staff, "complaints": complaints, "financials_monthly": ledger,
        "debt_schedule": debts, "prudential": returns, "branches": branches,
    }  # fmt: skip


def small(folder: Path, *without: str) -> Store:
    """The small institution, without some of its tables."""
    return records.opened(folder, **{name: rows for name, rows in tables().items() if name not in without})


def one(store: Store, sizes: Mapping[str, float], name: str = "rate_cap", **more: object) -> Outcome:
    """What shocks of some sizes do to it, and nothing else; `days` and `branches` may be given."""
    scenario = replace(library.scenario(name), sizes=dict(sizes), **more)
    return run(store.cursor(), load("equal"), [scenario])[0]


def told(outcome: Outcome, unit: str = "") -> dict[str, float]:
    """Everything that a scenario gives as a number: indicators of the institution or a branch, and consequences."""
    side = outcome.after.whole if not unit else next(part for part in outcome.after.units if part.id == unit)
    found = {driver.indicator: driver.value for driver in side.drivers if driver.value is not None}
    facts = {f"fact {fact.name}": fact.after for fact in outcome.facts if fact.after is not None}
    return {**found, **facts}


def shipped(store: Store) -> dict[str, Outcome]:
    """Each shipped scenario on an institution."""
    names: list[Scenario] = list(library.scenarios().values())
    return {outcome.scenario.name: outcome for outcome in run(store.cursor(), load("equal"), names)}


# A twelfth of a month is never lost: all numbers are written out from the numbers above.
BY_HAND: dict[str, dict[str, float]] = {
    # Three months without collections, a fifth falls 90 days behind, 15 % of it is lost, 5 % of borrowers leave.
    # Newly late: 0.2 x (1,500 - 100) = 280, so 380 late; lost 0.15 x 280 = 42. On time are 1,120, of which 5 % = 56
    # are repaid and gone: the book is 1,444. Revenue lost 3 x 100 = 300, in the window of a year a quarter of 100.
    "collection_moratorium": {
        "par30": 380 / 1444,
        "fact late": 380,
        "fact equity": 1050 - 42 - 300,
        "capital_asset_ratio": (1050 - 42 - 300) / (2050 - 42 - 300),
        "car": (1050 - 42 - 300) / (1500 - 42),
        "oss": 75 / (10 + 42 + 50),
        "fact cash": 600 - 3 * (60 + 300 / 90 * MONTH),
        "cash_runway_days": 600 / A_DAY - 3 * MONTH,
        "complaints_resolved_on_time": 2 / (1.5 * 4),
        "fact borrowers": 19,
        "fact left": 1,
        # North: 180 of 1,000 newly late, of 10 borrowers 1.8; south: 100 of 500, of 10 borrowers 2.
        "fact cannot_repay": 3.8,
    },
    # North alone, the larger branch: 0.4 x (1,000 - 100) = 360 newly late, 460 late; lost 0.3 x 360 = 108. North keeps
    # 0.9 of the 540 on time: 946, the institution 1,446. Of 10 incomes known 1 is burdened, 0.4 x 9 more: 4.6; a tenth
    # of the borrowers leaves: 9 known, 4.14 burdened. Half of the 5 staff of north are 0.5.
    "flood": {
        "par30": 460 / 1446,
        "fact late": 460,
        "fact equity": 1050 - 108,
        "capital_asset_ratio": (1050 - 108) / (2050 - 108),
        "car": (1050 - 108) / (1500 - 108),
        "oss": 100 / (10 + 108 + 50),
        "overindebted_share": 4.14 / 19,
        "fact burdened": 4.14,
        "complaints_resolved_on_time": 2 / 8,
        "fact borrowers": 19,
        "fact staff": 9.5,
        "fact cannot_repay": 3.6,
        "cash_runway_days": 600 / A_DAY,
    },
    # The largest lender calls its 600. As of all debt, 0.3 of it is due within 90 days anyway: 420 more, 720 in all.
    # Of 20 loans of 20 made in three months none is renewed: 400 of the 1,400 on time run off, then 5 % of the 1,000
    # left: the book is 1,500 - 400 - 50. Of 20 loans all would have been made anew, so that no borrower is left.
    "funder_leaves": {
        "fact due": 300 + 600 * 0.7,
        "cash_runway_days": 600 / (60 / MONTH + 720 / 90),
        "par30": 100 / 1050,
        "fact borrowers": 0,
        "fact staff": 9.5,
        "staff_turnover": 0.5 / ((9.5 + 10) / 2),
    },
    # A quarter of the revenue goes: 25 of the month, 300 of a year. 8 % of borrowers leave: of 1,400 on time 112 go.
    "rate_cap": {
        "fact revenue": 75,
        "oss": 75 / 60,
        "fact equity": 1050 - 300,
        "capital_asset_ratio": 750 / 1750,
        "car": 750 / 1500,
        "fact cash": 300,
        "cash_runway_days": 300 / A_DAY,
        "par30": 100 / 1388,
        "fact borrowers": 18.4,
    },
    # Six months without loans: 2 x 400 = 800 run off, in each branch as much as it lends: north 400 of 900, south
    # 400 of 500. Then 5 % of the 600 on time: 30. Revenue falls by 15: 180 of a year.
    "growth_stop": {
        "par30": 100 / 670,
        "fact equity": 1050 - 180,
        "oss": 85 / 60,
        "fact revenue": 85,
        "fact cash": 600 - 180,
        "cash_runway_days": 420 / A_DAY,
        "fact borrowers": 0,
        "fact staff": 9,
    },
    # Three times 4 complaints; of the 2 closed in time 0.3 come too late: 1.4 of 12. 0.03 x 1,400 = 42 newly late,
    # 6.30 of it lost; of 1,358 on time 8 % go: 108.64.
    "complaints_wave": {
        "complaints_resolved_on_time": 1.4 / 12,
        "fact complaints": 12,
        "fact answered": 1.4 / 12,
        "par30": 142 / (1500 - 108.64),
        "fact equity": 1050 - 6.3,
        "car": (1050 - 6.3) / (1500 - 6.3),
        "fact borrowers": 18.4,
        # Open were 2; of 8 more those older than 30 days: 8 x (1 - 30 / 365).
        "complaints_backlog": (2 + 8 * (1 - 30 / 365)) / 10,
    },
    # 3 of 10 staff leave; 0.05 x 1,400 = 70 newly late, 10.5 lost; of 1,330 on time 5 % = 66.5 go; 19 borrowers for
    # 2.8 officers. 1.5 x 4 complaints, 0.8 x 2 closed in time.
    "staff_exodus": {
        "fact staff": 7,
        "staff_turnover": 3 / ((7 + 10) / 2),
        "borrowers_per_loan_officer": 19 / 2.8,
        "par30": 170 / 1433.5,
        "fact equity": 1050 - 10.5,
        "complaints_resolved_on_time": 1.6 / 6,
    },
}


def differences(found: Mapping[str, Outcome]) -> dict[tuple[str, str], float]:
    """How far each number of each scenario is from the hand's; infinite where it is not there."""
    known = {f"fact {name}" for outcome in found.values() for name in [fact.name for fact in outcome.facts]}
    apart = {}
    for name, hand in BY_HAND.items():
        numbers = told(found[name])
        for figure, by_hand in hand.items():
            assert figure in known or figure in indicators(), figure
            apart[name, figure] = abs(numbers[figure] - by_hand) if figure in numbers else float("inf")
    return apart


def confirmed(store: Store, found: Sequence[Break]) -> dict[str, tuple[set[str], set[str]]]:
    """What whole scenarios say of each shock of a reverse test: red limits and healths that break below, and above."""
    policy = load("equal")
    asked = []
    for each in found:
        extra = {"loss": LOSS} if each.shock == "late" else {}
        for size in (each.safe, float(each.size or 0.0)):
            asked.append(replace(library.scenario("rate_cap"), sizes={each.shock: size, **extra}))
    outcomes = run(store.cursor(), policy, asked)
    sides = [_red(outcome, policy.health_limit) for outcome in outcomes]
    return {each.shock: (sides[2 * at], sides[2 * at + 1]) for at, each in enumerate(found)}


def _red(outcome: Outcome, limit: float) -> set[str]:
    """The institution's red limits that hold without the shock, and its healths that fall below their limit."""
    before = {driver.indicator for driver in outcome.before.whole.drivers if driver.level == "red"}
    found = {driver.indicator for driver in outcome.after.whole.drivers if driver.level == "red"} - before
    for node in ("financial", "social", "balance"):
        was, now = (getattr(side.whole, node) for side in (outcome.before, outcome.after))
        if was is not None and now is not None and round(now) < limit <= round(was):
            found.add(node)
    return found
