"""Random facts: what must hold of every figure, whatever the rows."""

import os
import re
import subprocess
import sys

from tests.prove.command import ROOT

LINE = (
    "Random facts: totals equal the sum over units by every cut; the order of rows changes nothing; shares stay in "
    "0..1; twice every row leaves each ratio"
)
HOLDS = {
    "totals by every cut": "test_each_way_to_cut_a_measure_gives_the_same_totals",
    "order of rows": "test_the_order_of_rows_changes_nothing",
    "shares in 0..1": "test_a_share_is_between_nothing_and_all",
    "twice every row": "test_twice_as_many_of_everything_leaves_every_ratio",
}


def run() -> dict[str, object]:
    """Runs each property with the counts of the profile `prove` and reads how many books were tried."""
    command = [sys.executable, "-m", "pytest", "--full", "-q", "-p", "no:cacheprovider", "--hypothesis-show-statistics"]
    environment = {**os.environ, "EVENKEEL_PROFILE": "prove"}
    done = subprocess.run(
        [*command, "tests/test_facts_properties.py"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:]
    tried = {}
    for name, test in HOLDS.items():
        said = re.search(rf"::{test}:.*?- (\d+) passing", done.stdout, re.DOTALL)
        tried[name] = int(said[1]) if said else 0
    assert all(count >= 20 for count in tried.values()), tried
    return {f"books tried, {name}": count for name, count in tried.items()}
