"""The pack's workbook: its numbers and formulas give what the engine gives, its texts are texts."""

import io
import json
import math
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from metrics.packs.model import Column, Live, Number, Pack, Section, Table, Text, numbers
from metrics.packs.workbook import SCALES, xlsx
from metrics.policy import Leaf, Node, Policy
from metrics.score import score
from tests import packing
from tests.packs import weighed
from tests.payloads import PAYLOADS


def live_of(pack: Pack) -> Live:
    return next(block for section in pack.sections for block in section.blocks if isinstance(block, Live))


def test_every_number_of_the_pack_stands_in_it_to_the_last_digit() -> None:
    pack = packing.pack()
    book = openpyxl.load_workbook(io.BytesIO(xlsx(pack)), data_only=True)
    held: dict[str, list[float]] = {}
    sections = [section for section in pack.sections if any(not isinstance(block, Live) for block in section.blocks)]
    for section, sheet in zip(sections, book.worksheets[4 : 4 + len(sections)], strict=True):
        held[section.id] = [
            float(cell.value) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, (int, float))
        ]
    count = 0
    for section, number in numbers(pack):
        if number.value is not None:
            shown = number.value * SCALES.get(number.unit, 1.0)
            held[section.id].remove(float(f"{shown:.16g}"))  # as many digits as a spreadsheet keeps
            count += 1
    assert count > 100
    assert {section: left for section, left in held.items() if left} == {}


def test_no_hidden_figure_has_a_number() -> None:
    number = Number(None, "kept back", "%", "par30|2026-09-30|branch=B01", hidden="hidden")
    pack = small([("Kolo", number)])
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(pack))).worksheets[1]
    assert "kept back" in {cell.value for row in sheet.iter_rows() for cell in row}


def small(rows: list[tuple[Any, ...]], title: str = "Section") -> Pack:
    """A pack of one table."""
    columns = tuple(Column(f"c{n}") for n in range(len(rows[0])))
    section = Section("s", "table", title, title, (Text(title), Table("t", title, columns, tuple(rows))))
    return replace(packing.pack(), sections=(section,), definitions=())


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert xlsx(packing.pack()) == xlsx(packing.pack())


@pytest.mark.full
@pytest.mark.parametrize("count", [3, pytest.param(20, marks=pytest.mark.full)])
def test_scores_and_ranks_follow_the_weight_cell(count: int, tmp_path: Path) -> None:
    asked, pack = packing.asked(), packing.pack()
    live, policy = live_of(pack), asked.picture.scores.policy
    shares = [float(share) for share in np.linspace(0, 100, count)]
    known = {unit.id: {one.indicator: one.value for one in unit.drivers} for unit in asked.picture.units}
    values = [[known[unit["id"]][leaf.indicator] for leaf in policy.leaves] for unit in live.data["units"]]
    exact = np.array([[math.nan if one is None else one for one in row] for row in values])
    for share, path in zip(shares, weighed.books(xlsx(pack), shares, tmp_path), strict=True):
        scores = weighed.engine(policy, exact, share)
        found, wanted = weighed.read(path, len(values)), weighed.expected(scores)
        assert np.array_equal(np.array(found), np.array(wanted), equal_nan=True), share
        column = [leaf["path"] for leaf in live.leaves] + [node["path"] for node in live.data["nodes"]]
        raw = weighed.raw(path, live)
        for pillar in ("financial", "social", ""):
            assert np.allclose(raw[:, column.index(pillar)], scores.node(pillar), atol=1e-11, rtol=0, equal_nan=True)


EXPONENTS = [1.0, 0.0, -1.0, 0.5, 2.0, -3.0, -math.inf, math.inf]


def some_policy(seed: int) -> Policy:
    """Two pillars with themes of mixed formulas."""
    draw = np.random.default_rng(seed)

    def node(path: str) -> Node:
        return Node(
            path, float(draw.integers(1, 4)), EXPONENTS[draw.integers(len(EXPONENTS))], float(draw.choice([0, 0.1])),
            float(draw.choice([0, 0.6])), bool(draw.random() < 0.3),
        )  # fmt: skip

    nodes = [
        replace(node(""), weight=1.0),
        replace(node("financial"), weight=40.0),
        replace(node("social"), weight=60.0),
    ]
    leaves = []
    for pillar in ("financial", "social"):
        for theme in range(2):
            nodes.append(node(f"{pillar}/t{theme}"))
            for leaf in range(draw.integers(1, 4)):
                kind = draw.integers(3)
                posts = [(0.0, 1.0), (0.9, 0.1), (0.0, 0.4, 0.6, 1.0)][kind]
                leaves.append(Leaf(f"{pillar}/t{theme}/l{leaf}", float(draw.integers(1, 4)), posts))
    return Policy("t", "t", tuple(nodes), tuple(leaves), decimals=1)


def made_of(policy: Policy, values: np.ndarray) -> Pack:
    """A pack that holds nothing but a balance of a policy and values."""
    scores = score(values, policy)
    held = {math.inf: "max", -math.inf: "min"}
    data = {
        "units": [
            {"id": f"u{n}", "name": f"Unit {n}", "leaves": [None if math.isnan(one) else float(one) for one in row]}
            for n, row in enumerate(scores.z)
        ],
        "leaves": [{"path": leaf.path, "weight": leaf.weight, "short": leaf.path} for leaf in policy.leaves],
        "nodes": [
            {
                "path": node.path, "weight": node.weight, "exponent": held.get(node.exponent, node.exponent),
                "epsilon": node.epsilon, "coverage": node.coverage, "dual": node.dual, "title": node.path,
            }
            for node in policy.nodes
        ],
        "social": policy.social, "decimals": policy.decimals,
    }  # fmt: skip
    leaves = tuple(
        {
            "path": leaf.path,
            "indicator": "x",
            "goalposts": list(leaf.goalposts),
            "transform": leaf.transform,
            "better": "higher",
        }
        for leaf in policy.leaves
    )
    rows = {f"u{n}": tuple(None if math.isnan(one) else float(one) for one in row) for n, row in enumerate(values)}
    live = Live(data, {}, rows, leaves, {}, {})
    words = json.loads((Path(__file__).parents[2] / "metrics/words/en/packs.json").read_text())
    return Pack("t", "i", "en", "2026-09-30", "k", "", (Section("b", "balance", "B", "m", (live,)),), (), (), words)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(2, 13))])
def test_formulas_give_what_the_engine_gives_for_any_policy(seed: int, tmp_path: Path) -> None:
    policy = some_policy(seed)
    draw = np.random.default_rng(100 + seed)
    values = np.round(draw.random((8, len(policy.leaves))) * 1.2 - 0.1, 2)
    values[draw.random(values.shape) < 0.15] = np.nan
    pack = made_of(policy, values)
    shares = [0.0, 37.5, 100.0]
    for share, path in zip(shares, weighed.books(xlsx(pack), shares, tmp_path), strict=True):
        scores = weighed.engine(policy, values, share)
        paths = [leaf.path for leaf in policy.leaves] + [node.path for node in policy.nodes]
        exact = np.column_stack([scores.node(one) for one in paths])
        found = weighed.raw(path, live_of(pack))
        assert np.allclose(found, exact, atol=1e-9, rtol=0, equal_nan=True)
        ranks = [row[3] for row in weighed.read(path, len(values))]
        assert np.array_equal(np.array(ranks), scores.rank(), equal_nan=True)


def test_nothing_has_no_logarithm_and_one_nought_makes_a_geometric_mean_nought(tmp_path: Path) -> None:
    nodes = (Node("", 1.0, 0.0, 0.0), Node("financial", 50.0), Node("social", 50.0))
    leaves = (Leaf("financial/l", 1.0, (1.0, 100.0), "log"), Leaf("social/l", 1.0, (0.0, 1.0)))
    policy = Policy("t", "t", nodes, leaves, decimals=1)
    values = np.array([[0.0, 0.5], [1.0, 0.5], [10.0, 0.5], [-3.0, 0.5]])
    (path,) = weighed.books(xlsx(made_of(policy, values)), [50.0], tmp_path)
    columns = [0, 2]  # the leaf on logarithms, and the whole
    found = weighed.raw(path, live_of(made_of(policy, values)))[:, columns]
    wanted = [[math.nan, math.nan], [0.0, 0.0], [0.5, 0.5], [math.nan, math.nan]]
    assert np.allclose(found, wanted, atol=1e-9, equal_nan=True)
    sheets = openpyxl.load_workbook(path, data_only=True).worksheets
    shown = {str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert not [text for text in shown if text.startswith("#")], "a cell that shows a fault"


def test_what_is_kept_in_the_cells_is_what_they_compute() -> None:
    """A program that does not compute shows the same."""
    policy = some_policy(5)
    values = np.round(np.random.default_rng(5).random((6, len(policy.leaves))), 2)
    made = xlsx(made_of(policy, values))
    sheet = openpyxl.load_workbook(io.BytesIO(made), data_only=True).worksheets[1]
    rows = sheet.iter_rows(min_row=weighed.FIRST, max_row=weighed.FIRST + 5, min_col=2, max_col=5, values_only=True)
    found = np.array([[one if isinstance(one, (int, float)) else math.nan for one in row] for row in rows])
    wanted = np.array(weighed.expected(score(values, policy)))
    assert np.array_equal(found, wanted, equal_nan=True)


def test_no_text_becomes_a_formula_or_a_link() -> None:
    pack = small([(payload, payload) for payload in PAYLOADS], title=PAYLOADS[0])
    made = zipfile.ZipFile(io.BytesIO(xlsx(pack)))
    sheets = [made.read(name).decode() for name in made.namelist() if "worksheets/sheet" in name]
    assert len(sheets) >= 2
    assert not [one for one in sheets if re.search(r"<f[ >]|<hyperlink", one)]
    book = openpyxl.load_workbook(io.BytesIO(xlsx(pack)))
    cells = [
        cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    ]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert len([cell for cell in cells if cell.data_type in ("s", "inlineStr")]) > 2 * len(PAYLOADS)
