"""Small published examples: prices, recommendation, retention, turnover."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from metrics import pricing
from tests import mix
from tests.prove.command import GOLDEN, ROOT, metrics, rows, table
from tests.records import DAY, Row, found, loan, opened

LINE = "Every row of `golden/worked`: APR, EIR, price transparency, NPS, retention and turnover as printed"
ONE_PERCENT = np.array([100.0, -1.0, -1.0, -101.0])  # 1 % a month on 100, repaid at the end


def run() -> dict[str, object]:
    """Works each published case; a case that nothing works fails."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        works = {
            "mft_apr": lambda: f"{pricing.apr(ONE_PERCENT, 12):.0%}",
            "mft_eir": lambda: f"{pricing.eir(ONE_PERCENT, 12):.1%}",
            "mft_index": lambda: transparency(place / "prices"),
            "mft_hidden": hidden,
            "nps_def": lambda: recommendation(place / "nps"),
        }
        years = published_years(place / "mix")
        cases = table(GOLDEN / "worked" / "small_published_examples.csv")
        printed = {row["case_id"]: row["published_result"] for row in cases}
        figures: dict[str, object] = {name: work() for name, work in works.items()}
    for name, indicator in (("retention_mix", "retention_rate"), ("staff_turnover_mix", "staff_turnover")):
        equal, differ, lacking = years[indicator]
        figures[name] = f"{equal} of {equal + differ} years with the inputs as printed; {lacking} without inputs"
    assert figures.keys() == printed.keys(), printed.keys() - figures.keys()
    assert (figures["mft_apr"], figures["mft_eir"]) == (printed["mft_apr"], printed["mft_eir"]), figures
    for name in ("retention_rate", "staff_turnover"):
        assert years[name][1] == 0 and years[name][0] > 100, years[name]
    return figures


def transparency(folder: Path) -> str:
    """The index of a price list whose quoted rates tell the whole price, and of one that tells half."""
    prices = []
    for name, quoted in (("whole", 24), ("half", 12)):
        store = opened(
            folder / name,
            loans=[loan(str(i), product_id="p") for i in range(10)],
            products=[{"product_id": "p", "product_name": "P", "apr_pct": 24, "nominal_rate_pct": quoted}],
        )
        prices.append(found(store, "transparency_index", "institution")["own"][0])
        store.close()
    assert prices == [1.0, 0.5], prices
    return f"{100 * prices[0]:.0f} = perfect; half of the price quoted gives {100 * prices[1]:.0f}"


def hidden() -> str:
    """36 % flat with a fee of 2 % and a deposit of 15 %; the published case gives no term, so a bound is all."""
    weekly = pricing.apr(pricing.level_flows(0.36, True, 16, 52, 0.02, 0.15), 52)
    assert weekly > 1
    return f"over 100 %: {weekly:.0%} flat over 16 weeks"


def recommendation(folder: Path) -> str:
    """Scores at each edge of the three groups, and the two ends of the scale."""
    cases: dict[str, tuple[list[int], float]] = {
        "all 9 and 10": ([9, 10] * 5, 1.0), "all 0 and 6": ([0, 6] * 5, -1.0), "all 7 and 8": ([7, 8] * 5, 0.0),
        "0 to 10, once each": (list(range(11)), (2 - 7) / 11),
    }  # fmt: skip
    for name, (scores, expected) in cases.items():
        answers: list[Row] = [
            {"survey_id": "s", "response_id": str(i), "answered_on": DAY, "question_key": "nps", "answer_num": score}
            for i, score in enumerate(scores)
        ]
        store = opened(folder / name, loans=[loan("1")], client_surveys=answers)
        value = found(store, "nps", "institution")["own"][0]
        store.close()
        assert abs(value - expected) < 1e-12, (name, value)
    return "100 for 9-10, -100 for 0-6, 0 for 7-8; 0..10 once each gives (2 - 7) / 11"


def published_years(folder: Path) -> dict[str, tuple[int, int, int]]:
    """How the institutions' published retention and turnover compare with ours."""
    metrics("import", GOLDEN / "mix/mfi_years.csv", "--mapping", ROOT / "tests/mappings/mix_golden.toml", data=folder)
    frame = pd.DataFrame(rows("values", "--all-periods", "--by", "institution", data=folder))
    frame["value"] = pd.to_numeric(frame["value"])
    return mix.agreement(frame, GOLDEN / "mix")
