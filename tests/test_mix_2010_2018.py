"""World Bank MIX Market, FY2010-2018: the published ratios of 250 institution-years, to the last printed digit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.__main__ import main
from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
from tests import mix
from tests.conftest import SHARED

MAPPING = Path(__file__).parent / "mappings" / "mix_golden.toml"
GOLDEN = SHARED / "golden" / "mix"
REQUIRED = mix.required(GOLDEN) if GOLDEN.is_dir() else ["(the published tables are absent)"]
Counts = dict[str, tuple[int, int, int]]


@pytest.fixture(scope="module")
def store(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The reported figures of the 250 institution-years, imported."""
    data = tmp_path_factory.mktemp("mix")
    file = shared / "golden" / "mix" / "mfi_years.csv"
    assert main(["--data", str(data), "import", str(file), "--mapping", str(MAPPING)]) == 0
    opened = Store.open(data)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def counts(store: Store) -> Counts:
    """Indicator -> rows equal, rows that differ, rows whose inputs are missing."""
    return mix.agreement(values(store.cursor(), SETTINGS, by="institution"), GOLDEN)


@pytest.mark.parametrize("indicator", REQUIRED)
def test_every_published_ratio_is_reproduced(counts: Counts, indicator: str) -> None:
    equal, differ, _ = counts[indicator]
    assert differ == 0 and equal >= 200


def test_thirty_six_ratios_have_a_formula_that_is_mixs_own(shared: Path) -> None:
    assert len(REQUIRED) == 36


def test_two_formulas_differ_in_other_years_and_agree_in_these_rows(counts: Counts) -> None:
    others = {name: differ for name, (_, differ, _) in counts.items() if name not in REQUIRED}
    assert others == {"risk_coverage": 0, "staff_turnover": 0}


def test_every_published_column_is_compared_or_left_out_with_a_reason(shared: Path) -> None:
    columns = {name.removeprefix("pub_") for name in mix.read(GOLDEN / "mfi_years.csv")[0] if name.startswith("pub_")}
    compared = {mix.OTHER_NAMES.get(name, name) for name in mix.known(GOLDEN)}
    assert columns == compared | mix.LEFT_OUT.keys() and all(mix.LEFT_OUT.values())


def test_a_ratio_is_missing_only_where_an_input_is(counts: Counts) -> None:
    assert {name: missing for name, (_, _, missing) in counts.items() if missing} == {"loan_loss_rate": 19, "par90": 1}


def test_a_mean_of_two_points_is_another_average_than_mixs(store: Store) -> None:
    settings = {**SETTINGS, "two_point_averages": True}
    found = mix.agreement(values(store.cursor(), settings, by="institution", indicators=["roa"]), GOLDEN)
    equal, differ, missing = found["roa"]
    assert missing == 0 and differ > equal / 4
