"""Published composites, reproduced: HDI 2022 (UNDP), ASEM (COINr)."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from metrics.composite import composite, composite_scores
from metrics.errors import InputError
from metrics.formula import displayed
from metrics.policy import Leaf, Node, Policy, load
from metrics.score import score, score_leaves

HDI = Path(__file__).parent / "policies" / "hdi.toml"


# Human Development Index


@pytest.fixture
def hdi(shared: Path, tmp_path: Path) -> pd.DataFrame:
    """The countries that UNDP ranks, and our score and rank from `composite` beside its own."""
    published = pd.read_csv(shared / "golden/hdi/hdi_2022.csv")
    countries = published[published.hdi_rank_2022.notna()]
    countries.to_csv(tmp_path / "values.csv", index=False)
    table = composite(tmp_path / "values.csv", load(HDI))
    return countries.merge(table[table.node == ""], left_on="iso3", right_on="unit", validate="1:1")


def test_hdi_2022_values_are_the_published_ones_at_3_decimals(hdi: pd.DataFrame) -> None:
    ours = displayed(hdi.score, 1) / 100
    assert (len(hdi), int(np.isclose(ours, hdi.hdi, rtol=0, atol=1e-9).sum())) == (193, 193)


def test_hdi_2022_ranks_are_the_published_ones(hdi: pd.DataFrame) -> None:
    assert (len(hdi), int((hdi["rank"] == hdi.hdi_rank_2022).sum())) == (193, 193)


# ASEM Sustainable Connectivity


def asem_policy(folder: Path, exponent: float) -> Policy:
    """The tree of COINr's ASEM example; its scale 1..100 is our shift of 0.01, not mapped back."""
    meta = pd.read_csv(folder / "ASEM_iMeta.csv").set_index("iCode")
    meta = meta[meta.Type.isin(["Indicator", "Aggregate"])]

    def path(code: str) -> str:
        above = meta.Parent[code]
        return "" if not isinstance(above, str) else f"{path(above)}/{code}".lstrip("/")

    nodes = [
        Node(path(code), 1.0 if code == "Index" else meta.Weight[code], exponent, epsilon=0.01)
        for code in meta.index[meta.Type == "Aggregate"]
    ]
    leaves = [Leaf(path(code), meta.Weight[code], goalposts=(1, 100)) for code in meta.index[meta.Type == "Indicator"]]
    return Policy("asem", "ASEM", tuple(nodes), tuple(leaves))


@pytest.mark.parametrize(("mean", "exponent"), [("amean", 1.0), ("gmean", 0.0), ("hmean", -1.0)])
def test_asem_aggregates_equal_every_cell_of_coinr(shared: Path, mean: str, exponent: float) -> None:
    folder = shared / "golden/asem"
    mine = asem_policy(folder, exponent)
    values = pd.read_csv(folder / "norm_minmax_1_100.csv", index_col="uCode")
    published = pd.read_csv(folder / f"agg_a_{mean}_1_100.csv", index_col="uCode").loc[values.index]
    result = score(values[[leaf.indicator for leaf in mine.leaves]].to_numpy(), mine)
    names = [path.rpartition("/")[2] or "Index" for path in result.paths[: result.tree.count]]
    ours = 100 * (0.01 + 0.99 * result.nodes)
    assert ours.shape == (51, 11)
    theirs = published[names].to_numpy()
    assert np.max(np.abs(ours - theirs) / theirs) <= 1e-12


# composite on anyone's table


TWO = Policy(
    "two",
    "Two",
    (Node("", coverage=0.0),),
    (Leaf("a", goalposts=(0, 10)), Leaf("b", 1, (1, 100), "log", "inc")),
)


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "values.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_a_table_may_hold_more_columns_in_any_order_and_gaps(tmp_path: Path) -> None:
    units, result = composite_scores(table(tmp_path, "unit,note,inc,a\nN,x,10,5\n\nS,y,,10\n"), TWO)
    assert (units, result.node().tolist()) == (["N", "S"], [pytest.approx(0.5), 1.0])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("unité;a;inc\nÉ;5;10\n", "cp1252"), ('"unit\tname"\ta\tinc\nÉ\t5\t10', "utf-8-sig")],
)
def test_semicolons_tabs_and_the_usual_encodings_are_read(tmp_path: Path, text: str, encoding: str) -> None:
    units, result = composite_scores(table(tmp_path, text, encoding), TWO)
    assert (units, result.node()[0]) == (["É"], pytest.approx(0.5))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "values.csv: no rows below the headings."),
        ("u,a,inc\n", "values.csv: no rows below the headings."),
        ("u,a,ink\nN,1,2\n", 'the column "inc" that the policy names is missing. Did you mean "ink"?'),
        ("u,a,a,inc\nN,1,1,2\n", 'the column "a" stands twice'),
        ("u,a,inc\nN,1,2\n ,1,2\n", "values.csv, row 3: the first column, the unit's name, is empty"),
        ("u,a,inc\nN,1,2\n\nN,1,2\n", 'values.csv, row 4: the unit "N" stands twice'),
        ("u,a,inc\nN,1,2\nS,n.a.,2\n", 'values.csv, row 3, column "a": "n.a." is not a number'),
        ("u;a;inc\nN;1,5;2\n", 'row 2, column "a": "1,5" is not a number. Write 1234.5'),
        ("u,a,inc\nN,1,5,2\n", "values.csv, row 2: 4 cells for 3 headings"),
        ("u,a,inc\nN,1_000,2\n", '"1_000" is not a number'),
        ("u,a,inc\nN,1,0\n", 'row 2, column "inc": 0 has no logarithm'),
        ('u,a,inc\n"N,1,2\n', "values.csv: cannot be read as a CSV table"),
    ],
)
def test_a_table_at_fault_is_refused_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        composite(table(tmp_path, text), TWO)
    assert sentence in str(caught.value)


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        composite(tmp_path / "none.csv", TWO)


def test_the_example_policy_of_the_index_names_the_columns_of_its_table(shared: Path) -> None:
    with (shared / "golden/hdi/hdi_2022.csv").open(encoding="utf-8") as file:
        head = next(csv.reader(file))
    assert {leaf.column for leaf in load(HDI).leaves} <= set(head)


def test_scores_of_a_table_equal_those_of_its_leaves(tmp_path: Path) -> None:
    _, result = composite_scores(table(tmp_path, "u,a,inc\nN,2,10\nS,9,1\n"), TWO)
    assert np.array_equal(result.cells, score_leaves(result.z, TWO).cells)
