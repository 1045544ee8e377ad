"""APR and EIR against published examples and loans worked by hand."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import pricing
from tests.records import opened

ONE_PERCENT = np.array([100.0, -1.0, -1.0, -101.0])      # interest each month, the principal at the end


def published(shared: Path, name: str) -> str:
    """The printed figure of a worked example."""
    with (shared / "golden" / "worked" / "small_published_examples.csv").open(encoding="utf-8", newline="") as opened:
        return {row[0]: row[3] for row in csv.reader(opened)}[name]


def test_one_percent_a_month_is_12_and_12_7_percent() -> None:
    assert pricing.apr(ONE_PERCENT, 12) == pytest.approx(0.12)
    assert pricing.eir(ONE_PERCENT, 12) == pytest.approx(1.01**12 - 1)


def test_the_published_examples_come_out_as_printed(shared: Path) -> None:
    assert f"{pricing.apr(ONE_PERCENT, 12):.0%}" == published(shared, "mft_apr")
    assert f"{pricing.eir(ONE_PERCENT, 12):.1%}" == published(shared, "mft_eir")


def test_fees_and_forced_savings_can_lift_36_percent_over_100() -> None:
    # The published case gives neither term nor method, so that only the order of size can be checked.
    weekly = pricing.apr(pricing.level_flows(0.36, True, 16, 52, 0.02, 0.15), 52)
    monthly = pricing.apr(pricing.level_flows(0.36, False, 12, 12, 0.02, 0.15), 12)
    assert weekly > 1.0 > monthly > 0.36


def test_two_instalments_by_hand() -> None:
    # 90 received, 60 and 60 paid: 90 x² - 60 x - 60 = 0 for x = 1 + rate.
    x = (60 + (60**2 + 4 * 90 * 60) ** 0.5) / 180
    assert pricing.period_rate(np.array([90.0, -60.0, -60.0])) == pytest.approx(x - 1)


def test_without_fees_a_declining_rate_is_its_own_apr_and_a_flat_one_is_not() -> None:
    assert pricing.apr(pricing.level_flows(0.24, False, 10), 12) == pytest.approx(0.24)
    assert pricing.apr(pricing.level_flows(0.24, True, 10), 12) > 0.40


def test_a_loan_without_interest_costs_nothing() -> None:
    assert pricing.apr(pricing.level_flows(0.0, False, 6), 12) == pytest.approx(0.0, abs=1e-12)


def test_what_has_no_rate_is_nan() -> None:
    flows = np.array([[100.0, 0.0, 0.0], [100.0, np.nan, -100.0], [100.0, -60.0, -60.0]])
    found = pricing.period_rate(flows)
    assert np.isnan(found[:2]).all() and found[2] > 0


def test_products_of_different_terms_are_priced_together() -> None:
    nominal, months = np.array([0.18, 0.24, np.nan, 0.2]), np.array([18.0, 10.0, 12.0, np.nan])
    flat, fee = np.array([False, True, False, False]), np.array([0.015, np.nan, 0.01, 0.01])
    apr, eir = pricing.of_terms(nominal, flat, months, fee)
    assert apr[0] == pytest.approx(pricing.apr(pricing.level_flows(0.18, False, 18, fee=0.015), 12))
    assert apr[1] == pytest.approx(pricing.apr(pricing.level_flows(0.24, True, 10), 12))
    assert eir[0] == pytest.approx((1 + apr[0] / 12) ** 12 - 1)
    assert np.isnan(apr[2:]).all() and np.isnan(eir[2:]).all()


def test_the_products_of_an_institution_are_priced_from_their_terms(tmp_path: Path) -> None:
    store = opened(tmp_path, products=[
        {"product_id": "a", "product_name": "A", "product_type": "loan", "nominal_rate_pct": 18.0, "apr_pct": 18.0,
         "interest_method": "declining", "fee_pct": 1.5, "term_months": 18},
        {"product_id": "b", "product_name": "B", "nominal_rate_pct": 24.0, "interest_method": "flat",
         "term_months": 10},
        {"product_id": "c", "product_name": "C"},
        {"product_id": "s", "product_name": "S", "product_type": "savings", "nominal_rate_pct": 3.0},
    ])  # fmt: skip
    found = pricing.products(store.cursor()).set_index("product_id")
    assert list(found.index) == ["a", "b", "c"]
    assert found.loc["a", "apr"] == pytest.approx(0.2003, abs=1e-4) and found.loc["a", "stated"] == 0.18
    assert found.loc["b", "apr"] > 0.4 and np.isnan(found.loc["b", "stated"])
    assert np.isnan(found.loc["c", "apr"])


@given(
    rate=st.floats(0.0, 2.0), months=st.integers(2, 48), flat=st.booleans(),
    fee=st.floats(0.0, 0.1), deposit=st.floats(0.0, 0.2),
)  # fmt: skip
def test_the_rate_found_brings_the_flows_to_nothing(
    rate: float, months: int, flat: bool, fee: float, deposit: float
) -> None:
    flows = pricing.level_flows(rate, flat, months, 12, fee, deposit)
    found = float(pricing.period_rate(flows))
    assert sum(flow / (1 + found) ** period for period, flow in enumerate(flows)) == pytest.approx(0.0, abs=1e-9)
    assert pricing.apr(flows, 12) >= rate - 1e-9
