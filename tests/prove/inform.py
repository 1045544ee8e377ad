"""The INFORM Risk Index 2020 as the JRC publishes it."""

import tempfile
from pathlib import Path

from metrics.score import ranks
from tests.prove.command import GOLDEN
from tests.test_inform import PUBLISHED, classes, risk, table

LINE = "INFORM 2020, each node from its published children: 2,101 of 2,101 nodes, 191 of 191 classes and ranks"


def run() -> dict[str, object]:
    """Scores each node of each country from its children and rounds it as it is printed."""
    published = table(GOLDEN)
    with tempfile.TemporaryDirectory() as folder:
        ours = {path: risk(published, path, Path(folder)) for path in PUBLISHED}
    nodes = sum(int((ours[path] == published[name]).sum()) for path, name in PUBLISHED.items())
    same = sum(one == other for one, other in zip(classes(ours[""]), published["RISK CLASS"], strict=True))
    ranked = int((ranks(ours[""], 1) == published["Rank"]).sum())
    assert (len(PUBLISHED) * len(published), nodes, same, ranked) == (2101, 2101, 191, 191), (nodes, same, ranked)
    return {"nodes": f"{nodes:,} of 2,101", "classes": f"{same} of 191", "ranks": f"{ranked} of 191"}
