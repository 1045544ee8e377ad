"""Packs for tests: the sample's, composed once a process in each language."""

import tempfile
from functools import cache
from pathlib import Path

from metrics import picture, scenarios
from metrics.packs import compose, description
from metrics.packs.asked import Asked
from metrics.packs.model import Pack
from metrics.picture import Picture
from metrics.policy import Policy
from metrics.store import Store
from tests import fresh


@cache
def store() -> Store:
    """The sample's database, opened once."""
    return fresh.open_copy(Path(tempfile.mkdtemp(prefix="evenkeel-packs-")))


@cache
def _shown() -> tuple[Policy, Picture]:
    """The weighting `equal`, and the sample under it at its newest date."""
    policy = scenarios.load(store().cursor(), "equal")
    return policy, picture.picture(store().cursor(), policy)


def asked(language: str = "en", **more: object) -> Asked:
    """What the sample's pack is composed from, at its newest date under the weighting `equal`."""
    policy, shown = _shown()
    known: dict[str, object] = {
        "weighting": policy.title_in(language), "own_share": policy.social, "institution": shown.institution_name,
        "sample": True,
    }  # fmt: skip
    return Asked(store().cursor(), shown, language, **{**known, **more})  # type: ignore[arg-type]


@cache
def pack(language: str = "en", plan: str = "board") -> Pack:
    """The sample's pack."""
    return compose.compose(asked(language), description.load(plan))
