"""Workbooks made at random: each row of them is accounted for, and each value lands as it was meant."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.store import Store
from tests import fresh
from tests.generated import back_again, trial
from tests.generating import Made, sheets

# Each example is a file read by an import of its own; the acceptance lines try three hundred.
EXAMPLES = 10
few = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
INSTITUTION = "own"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """A database that the examples share: those that land nothing leave it as it was."""
    with tempfile.TemporaryDirectory() as folder:
        opened = fresh.opened(Path(folder) / "data")
        yield opened
        opened.close()


@pytest.mark.full
@few
@given(made=sheets())
def test_every_row_is_accounted_for_and_every_value_is_as_it_was_meant(store: Store, made: list[Made]) -> None:
    trial(store, made, INSTITUTION, whole=False)


@settings(max_examples=1, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(made=sheets(), form=st.sampled_from(("xlsx", "csv")))
def test_what_has_landed_lands_once_and_comes_back_as_it_was(made: list[Made], form: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        own = Store.open(Path(folder) / "data")
        try:
            trial(own, made, INSTITUTION)
            for one in made:
                back_again(own, one.table, INSTITUTION, form, Path(folder))
        finally:
            own.close()
