"""The INFORM Risk Index 2020 (JRC): each node from its published children, classes and ranks, by a policy file."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from metrics.composite import composite_scores
from metrics.formula import displayed
from metrics.policy import Leaf, Policy, load
from metrics.score import ranks
from metrics.tree import ROOT, parent_of

POLICY = load(Path(__file__).parent / "policies" / "inform.toml")
PUBLISHED = {
    "": "INFORM RISK", "hazard": "HAZARD & EXPOSURE", "hazard/natural": "Natural", "hazard/human": "Human",
    "vulnerability": "VULNERABILITY", "vulnerability/socio_economic": "Socio-Economic Vulnerability",
    "vulnerability/groups": "Vulnerable Groups", "vulnerability/groups/other": "Other Vulnerable Groups",
    "coping": "LACK OF COPING CAPACITY", "coping/institutional": "Institutional",
    "coping/infrastructure": "Infrastructure",
}  # fmt: skip
CLASSES, LIMITS = ("Very Low", "Low", "Medium", "High", "Very High"), (2.0, 3.5, 5.0, 6.5)


def table(golden: Path) -> pd.DataFrame:
    """The published index, a row for each country; `x` is missing."""
    file = golden / "inform" / "inform_gri_2020_v040.csv"
    found = pd.read_csv(file, encoding="cp1252", na_values=["x", "#VALUE!"])
    return found[found["INFORM RISK"].notna()].reset_index(drop=True)


def alone(path: str) -> Policy:
    """One node of the policy over its own children: a child that is a node is a column as it was published."""
    node = next(node for node in POLICY.nodes if node.path == path)
    leaves = []
    for cell in (*POLICY.nodes, *POLICY.leaves):
        if cell.path != ROOT and parent_of(cell.path) == path:
            name = cell.path.rpartition("/")[2]
            leaves.append(
                replace(cell, path=name)
                if isinstance(cell, Leaf)
                else Leaf(name, cell.weight, (10, 0), column=PUBLISHED[cell.path])
            )
    return Policy("inform", "INFORM", (replace(node, path=ROOT, weight=1.0),), tuple(leaves))


def risk(published: pd.DataFrame, path: str, folder: Path) -> np.ndarray:
    """A node of every country on INFORM's scale, rounded as it is printed; from a CSV table as a user gives it."""
    published.to_csv(folder / "inform.csv", index=False)
    units, scores = composite_scores(folder / "inform.csv", alone(path))
    assert units == published["COUNTRY"].tolist()
    return displayed(10 * (1 - scores.node()), 1)


def classes(risks: np.ndarray) -> list[str]:
    return [CLASSES[place] for place in np.searchsorted(LIMITS, risks + 1e-9, side="right")]


@pytest.mark.parametrize("path", PUBLISHED)
def test_an_inform_node_is_the_published_one_from_its_children(shared: Path, tmp_path: Path, path: str) -> None:
    published = table(shared / "golden")
    ours = risk(published, path, tmp_path)
    assert (len(ours), int((ours == published[PUBLISHED[path]]).sum())) == (191, 191)


def test_informs_classes_and_ranks_are_those_of_its_risk_as_we_score_it(shared: Path, tmp_path: Path) -> None:
    published = table(shared / "golden")
    ours = risk(published, "", tmp_path)
    assert classes(ours) == published["RISK CLASS"].tolist()
    assert (ranks(ours, 1) == published["Rank"]).all()
