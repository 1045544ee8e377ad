"""What every test may ask for: the published tables beside the project, and seeded, bounded properties."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

settings.register_profile("test", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("prove", max_examples=500, deadline=None, derandomize=True)
settings.load_profile(os.environ.get("EVENKEEL_PROFILE", "test"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also the tests that `make test` leaves to `make prove`")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    seen: Counter[str] = Counter()
    for item in items:
        test = item.nodeid.partition("[")[0]
        many = item.get_closest_marker("many")
        if many and seen[test] % (many.args[0] if many.args else 5):  # of many cases the first of each five
            item.add_marker(pytest.mark.full)
        seen[test] += 1
    if config.getoption("--full"):
        return
    left = [item for item in items if item.get_closest_marker("full")]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if not item.get_closest_marker("full")]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published tables beside the project, which are their publishers' and no part of it."""
    if not (SHARED / "golden").is_dir():
        pytest.skip("../shared is absent: the published tables to compare with belong to their publishers")
    return SHARED
