"""The price of a loan: its cash flows -> the rate of a period, the APR and the EIR, on arrays; NaN in, NaN out.

Flows are seen by the client: the first column is what is received (net of fees and deposits kept back), the others
are what is paid (negative) or given back (positive) one, two, ... periods later. Rates are fractions: 0.12 is 12 %.

Source: MFTransparency, "Methodology": the APR is the period's internal rate of return times the periods of a year,
the EIR the same compounded: 1 % a month is an APR of 12 % and an EIR of 12.7 %.
"""

import math

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LOWEST, HIGHEST = -0.9, 10.0  # rates of one period between which one is sought
HALVINGS = 80  # beyond them a float64 tells no two rates apart
NOTHING = 1e-12  # costs below this part of the flows are rounding


def period_rate(flows: Floats) -> Floats:
    """The internal rate of return of one period for each row of flows.

    Args:
        flows: shape (loans, periods + 1) or (periods + 1,); zeros after the last payment do no harm.

    Returns:
        Shape (loans,) or (); NaN where a flow is missing or no rate between -90 % and 1,000 % a period fits.
        Flows that change sign more than once (a deposit given back at the end) can have several rates: what is paid
        in excess of what was received tells on which side of zero the one given lies.
    """
    cost = -np.sum(flows, axis=-1)
    free = np.abs(cost) <= NOTHING * np.sum(np.abs(flows), axis=-1)
    low = np.where(cost > 0, 0.0, LOWEST)
    high = np.where(cost > 0, HIGHEST, 0.0)
    at_low, at_high = _present_value(flows, low), _present_value(flows, high)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        below = np.sign(_present_value(flows, middle)) == np.sign(at_low)
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    found = np.where(np.sign(at_low) * np.sign(at_high) < 0, (low + high) / 2, np.nan)
    return np.where(free, 0.0, found)


def apr(flows: Floats, periods: float) -> Floats:
    """The annual percentage rate of each row of flows: the period's rate times `periods`, the periods of a year."""
    return period_rate(flows) * periods


def eir(flows: Floats, periods: float) -> Floats:
    """The effective interest rate of each row of flows: the period's rate compounded over the `periods` of a year."""
    return (1 + period_rate(flows)) ** periods - 1


def level_flows(
    nominal: float,
    flat: bool,
    instalments: int,
    periods: int = 12,
    fee: float = 0.0,
    deposit: float = 0.0,
    insurance: float = 0.0,
) -> Floats:
    """The flows of a loan of 1 repaid in equal instalments.

    Args:
        nominal: yearly rate as quoted.
        flat: whether interest is charged on the first amount throughout, not on what is still owed.
        instalments: how many.
        periods: how many instalments a year would hold: 12 monthly, 52 weekly.
        fee: part of the amount kept back at the start.
        deposit: part kept as compulsory savings and given back, without interest, with the last instalment.
        insurance: part of the amount paid for insurance at the start.

    Returns:
        Shape (instalments + 1,).
    """
    flows = np.full(instalments + 1, -_instalment(nominal / periods, flat, instalments))
    flows[0] = 1 - fee - deposit - insurance
    flows[-1] += deposit
    return flows


def of_terms(nominal: Floats, flat: NDArray[np.bool_], months: Floats, fee: Floats) -> tuple[Floats, Floats]:
    """APR and EIR of products from their terms, for equal monthly instalments and a fee at the start.

    Args:
        nominal: yearly rates, shape (products,); `flat`, `months` and `fee` likewise.

    Returns:
        Two arrays, shape (products,); NaN where a rate or a term is missing. A missing fee counts as none.
    """
    known = np.flatnonzero(np.isfinite(nominal) & (np.nan_to_num(months) >= 1))
    flows = np.full((len(nominal), int(np.max(months[known], initial=1)) + 1), np.nan)
    for at in known:
        own = level_flows(float(nominal[at]), bool(flat[at]), int(months[at]), fee=float(np.nan_to_num(fee[at])))
        flows[at] = np.pad(own, (0, flows.shape[1] - len(own)))
    rate = period_rate(flows)
    return rate * 12, (1 + rate) ** 12 - 1


def products(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The prices of the loan products in the reader's scope, one row each.

    Returns:
        Columns product_id, product_name, quoted (nominal rate), stated (APR as the institution gives it), apr and
        eir (from rate, method, fee and term, for equal monthly instalments); fractions, NaN where not known.
    """
    frame = cursor.execute(
        """SELECT product_id, product_name, nominal_rate_pct / 100 AS quoted, apr_pct / 100 AS stated,
            coalesce(interest_method = 'flat', false) AS flat, term_months::DOUBLE AS months, fee_pct / 100 AS fee
        FROM v_products WHERE coalesce(product_type, 'loan') = 'loan' ORDER BY institution_id, product_id"""
    ).df()
    terms = {name: frame[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("quoted", "months", "fee")}
    frame["apr"], frame["eir"] = of_terms(terms["quoted"], frame["flat"].to_numpy(bool), terms["months"], terms["fee"])
    return frame[["product_id", "product_name", "quoted", "stated", "apr", "eir"]]


def _instalment(rate: float, flat: bool, instalments: int) -> float:
    if flat:
        return (1 + rate * instalments) / instalments
    discounted = -math.expm1(-instalments * math.log1p(rate))  # 1 - (1 + rate)^-n, exact near a rate of zero
    return rate / discounted if discounted else 1 / instalments


def _present_value(flows: Floats, rate: Floats) -> Floats:
    """The flows' value at the start for a rate of one period, by Horner's scheme."""
    found = np.zeros(flows.shape[:-1])
    factor = 1 / (1 + rate)
    for period in range(flows.shape[-1] - 1, -1, -1):
        found = found * factor + flows[..., period]
    return found
