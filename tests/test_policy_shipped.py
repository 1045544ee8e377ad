"""The shipped policies, and policies loaded by name or from a file."""

from dataclasses import replace
from pathlib import Path

import pytest

from metrics import policy
from metrics.errors import DefinitionError

FOLDERS = {
    "financial": {"portfolio_quality", "concentration", "profitability", "efficiency", "solvency"},
    "social": {
        "client_protection",
        "satisfaction",
        "poverty_outreach",
        "gender",
        "inclusion",
        "welfare",
        "staff",
    },
}


def test_the_shipped_policies_are_these() -> None:
    assert policy.names() == ["equal", "first_look", "lenders_view", "mfr_social_rating", "mission_first"]


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("equal", 50),
        ("lenders_view", 20),
        ("mission_first", 70),
        ("mfr_social_rating", 50),
        ("first_look", 50),
    ],
)
def test_a_shipped_policy_has_its_social_share(name: str, share: float) -> None:
    assert policy.load(name).social == share


@pytest.mark.parametrize("name", policy.names())
def test_a_shipped_policy_scores_at_most_8_facts_a_pillar_in_the_catalogues_folders(name: str) -> None:
    shipped = policy.load(name)
    for pillar, folders in FOLDERS.items():
        mine = [leaf.path.split("/") for leaf in shipped.leaves if leaf.path.startswith(pillar + "/")]
        assert 0 < len(mine) <= 8
        assert {path[1] for path in mine} <= folders
    assert len({leaf.indicator for leaf in shipped.leaves} & {"par1", "par30", "par90"}) == 1


@pytest.mark.parametrize("name", policy.names())
def test_a_shipped_policy_names_only_indicators_that_exist(name: str) -> None:
    folder = Path(policy.__file__).parent / "indicators"
    missing = [leaf.path for leaf in policy.load(name).leaves if not (folder / f"{leaf.path}.sql").is_file()]
    assert missing == []


@pytest.mark.parametrize("name", policy.names())
def test_a_shipped_title_is_known_in_every_language(name: str) -> None:
    shipped = policy.load(name)
    assert shipped.title_in("en") == shipped.title
    assert shipped.title_in("fr") != shipped.title


def test_a_title_of_ones_own_stays_as_written() -> None:
    assert replace(policy.load("equal"), title="Board 2026").title_in("fr") == "Board 2026"


def test_a_social_rating_keeps_its_published_weights() -> None:
    weights = {node.path: node.weight for node in policy.load("mfr_social_rating").nodes}
    outreach = sum(weights[f"social/{theme}"] for theme in ("poverty_outreach", "gender", "inclusion"))
    assert (weights["social/client_protection"], outreach, weights["social/satisfaction"]) == (27, 25, 20)


def test_an_unknown_policy_is_refused_with_the_nearest() -> None:
    with pytest.raises(DefinitionError, match='Did you mean "mission_first"'):
        policy.load("mision_first")


def test_a_policy_is_loaded_from_a_file_under_its_name(tmp_path: Path) -> None:
    file = tmp_path / "board.toml"
    file.write_text("\ufeff[node.'social/nps']", encoding="utf-8")
    assert policy.load(file).name == "board"


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "board.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DefinitionError, match=r"board\.toml: cannot be read"):
        policy.load(file)
