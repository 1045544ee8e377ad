"""The catalogue: how many indicators there are, what each says of itself, and whether its example holds."""

import csv

import duckdb
import pytest

from metrics import catalogue
from metrics.words import catalogue as words
from tests.prove.command import SHARED

LINE = (
    "At least 115 of the 128 indicators of the plan, each one file with example, unit, source, limits with their "
    "source, the risk it speaks to, and both languages; every example gives what it says; what is left out is on "
    "Methods with the reason"
)
UNPUBLISHED = "default, to be set by your board"


def run() -> dict[str, object]:
    """Counts the indicators of the plan, reads each file's own account, runs each example."""
    found = catalogue.indicators()
    with (SHARED / "design" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        planned = {row["id"] for row in csv.DictReader(file)}
    missing = sorted(planned - found.keys())
    explained = [name for name in missing if f"indicators.left_out_{name}" in words("en")]
    assert len(planned) - len(missing) >= 115 and missing == explained, missing
    told = {one.id: (one.unit, one.text("en", "source"), one.text("en", "summary"), one.units, one.risk)
            for one in found.values()}  # fmt: skip
    silent = [name for name, parts in told.items() if not all(parts)]
    silent += [one.id for one in found.values() if one.limits and not one.text("en", "limits_source")]
    assert not silent, silent
    unpublished = [one for one in found.values() if one.text("en", "limits_source") == UNPUBLISHED]
    units = 0
    for one in found.values():
        with duckdb.connect() as con:
            given = catalogue.run_example(one, con)
        expected = one.example["expect"]
        assert {unit: given[unit] for unit in expected} == pytest.approx(expected, abs=1e-12), one.id
        units += len(expected)
    return {
        "of the plan": f"{len(planned) - len(missing)} of {len(planned)}", "in all": len(found),
        "themes": len({(one.pillar, one.theme) for one in found.values()}),
        "examples that hold": len(found), "their units": units,
        "limits that no one has published": len(unpublished),
        "with standard ids": sum(bool(one.standard) for one in found.values()), "left out, with reason": missing,
    }  # fmt: skip
