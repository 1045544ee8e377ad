"""The workbook under 20 weights: LibreOffice computes it again after the weight cell was changed."""

import math
import tempfile
from pathlib import Path

import numpy as np

from metrics.packs.model import Live
from metrics.packs.workbook import xlsx
from tests import packing
from tests.packs import weighed

LINE = "XLSX: LibreOffice recalculates after the weight cell changes; scores and ranks equal the engine for 20 weights"
SHARES = [float(share) for share in np.linspace(0, 100, 20)]


def run() -> dict[str, object]:
    """Compares healths, balance and rank of every branch at every weight."""
    asked, pack = packing.asked(), packing.pack()
    live = next(block for section in pack.sections for block in section.blocks if isinstance(block, Live))
    policy = asked.picture.scores.policy
    known = {unit.id: {one.indicator: one.value for one in unit.drivers} for unit in asked.picture.units}
    rows = [[known[unit["id"]][leaf.indicator] for leaf in policy.leaves] for unit in live.data["units"]]
    values = np.array([[math.nan if one is None else one for one in row] for row in rows])
    equal, orders, furthest = 0, set(), 0.0
    with tempfile.TemporaryDirectory() as folder:
        for share, path in zip(SHARES, weighed.books(xlsx(pack), SHARES, Path(folder)), strict=True):
            scores = weighed.engine(policy, values, share)
            found, wanted = np.array(weighed.read(path, len(values))), np.array(weighed.expected(scores))
            assert np.array_equal(found, wanted, equal_nan=True), share
            equal += found.size
            orders.add(tuple(found[:, 3]))
            column = [leaf["path"] for leaf in live.leaves] + [node["path"] for node in live.data["nodes"]]
            gap = np.abs(weighed.raw(path, live)[:, column.index("")] - scores.node())
            furthest = max(furthest, float(np.nanmax(gap)))
    assert len(orders) > 1, "the ranking moves with the weight"
    return {
        "weights": len(SHARES), "branches": len(values), "healths, balances and ranks equal": equal,
        "different rankings": len(orders), "furthest unrounded balance (of 1)": furthest,
    }  # fmt: skip
