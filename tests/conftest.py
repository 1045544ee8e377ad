"""What every test may ask for: the published tables beside the project, and seeded, bounded properties."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

settings.register_profile("test", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("prove", max_examples=500, deadline=None, derandomize=True)
settings.load_profile(os.environ.get("EVENKEEL_PROFILE", "test"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published tables beside the project, which are their publishers' and no part of it."""
    if not (SHARED / "golden").is_dir():
        pytest.skip("../shared is absent: the published tables to compare with belong to their publishers")
    return SHARED
