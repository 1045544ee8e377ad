"""Two hundred institutions in which nothing is wrong: how often a warning is red all the same."""

import statistics
import tempfile
from pathlib import Path

from tests.warned import alarms, delays

LINE = (
    "False alarms: on 200 random institutions without planted trouble, share of months with a new red warning, of an "
    "early signal or of a limit, at most 5 %; and planted trouble is found"
)
WITHOUT, WITH, MOST = range(200), range(60), 0.05


def run() -> dict[str, object]:
    """Draws institutions of 1 to 14 branches and 20 to 36 months with seasons and noise, and looks month by month."""
    with tempfile.TemporaryDirectory() as folder:
        found = alarms(Path(folder) / "without", WITHOUT)
        late = delays(Path(folder) / "with", WITH)
    share = found.red / found.months
    seen = [delay for delay in late if delay is not None]
    assert share <= MOST and found.either <= MOST * found.months, found
    assert len(seen) >= 0.9 * len(late), late
    return {
        "institutions without trouble": len(WITHOUT),
        "months in which every sign could speak": found.months,
        "with a new red early signal": f"{found.red}, {share:.2%}",
        "with a limit (defaults) that newly warns in red": f"{found.limits}, {found.limits / found.months:.2%}",
        "with a new red warning of either kind": f"{found.either}, {found.either / found.months:.2%}",
        "with any figure newly red, which the page shows but which warns only once it is sure":
            f"{found.shown}, {found.shown / found.months:.2%}",
        "with any new early signal, to be watched or red": f"{found.any}, {found.any / found.months:.2%}",
        "planted trouble found": f"{len(seen)} of {len(late)}, after {statistics.median(seen):g} months at the middle",
        "counted": "any branch or the institution, by the rule of docs/warnings.md; a figure that stands beyond red on "
            "average over all of its dates is no false alarm",
    }  # fmt: skip
