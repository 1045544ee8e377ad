"""World Bank MIX Market, FY2010-2018: 22 published ratios of 250 institution-years, to the last printed digit."""

from pathlib import Path

import pytest

from metrics.__main__ import main
from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
from tests.mix import PUBLISHED, agreement

MAPPING = Path(__file__).parent / "mappings" / "mix_golden.toml"


@pytest.fixture(scope="module")
def counts(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, int, int]]:
    """Indicator -> rows equal, rows that differ, rows whose inputs are missing."""
    data = tmp_path_factory.mktemp("mix")
    file = shared / "golden" / "mix" / "mfi_years.csv"
    assert main(["--data", str(data), "import", str(file), "--mapping", str(MAPPING)]) == 0
    store = Store.open(data)
    frame = values(store.cursor(), SETTINGS, by="institution")
    store.close()
    return agreement(frame, file)


@pytest.mark.parametrize("indicator", sorted(PUBLISHED))
def test_every_published_ratio_is_reproduced(counts: dict[str, tuple[int, int, int]], indicator: str) -> None:
    equal, differ, _ = counts[indicator]
    assert differ == 0 and equal >= 200


def test_about_5400_ratios_are_compared(counts: dict[str, tuple[int, int, int]]) -> None:
    assert sum(equal for equal, _, _ in counts.values()) == 5400


def test_a_ratio_is_missing_only_where_an_input_is(counts: dict[str, tuple[int, int, int]]) -> None:
    assert {name: missing for name, (_, _, missing) in counts.items() if missing} == {"loan_loss_rate": 19, "par90": 1}
