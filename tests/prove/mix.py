"""The ratios that the World Bank's MIX Market published, from what the institutions reported."""

import tempfile
from pathlib import Path

import pandas as pd

from tests import mix
from tests.prove.command import GOLDEN, ROOT, metrics, rows

LINE = (
    "`import mfi_years.csv --mapping tests/mappings/mix_golden.toml`, `values --all-periods`: every ratio whose match "
    "rate in `formula_check.csv` is above 0.95 equals `pub_*` to the last printed digit in every row that has the "
    "inputs; what is left out is listed with its reason"
)


def run() -> dict[str, object]:
    """Imports the reported figures, computes the ratios and compares each with the published one."""
    golden = GOLDEN / "mix"
    with tempfile.TemporaryDirectory() as folder:
        reported, mapping = golden / "mfi_years.csv", ROOT / "tests/mappings/mix_golden.toml"
        metrics("import", reported, "--mapping", mapping, data=Path(folder))
        frame = pd.DataFrame(rows("values", "--all-periods", "--by", "institution", data=Path(folder)))
    frame["value"] = pd.to_numeric(frame["value"])
    found, required = mix.agreement(frame, golden), mix.required(golden)
    wrong = {name: found[name][1] for name in required if found[name][1]}
    empty = [name for name in required if not found[name][0]]
    assert not wrong and not empty, f"differ: {wrong}; nothing to compare: {empty}"
    beside = {name: "{} equal, {} differ".format(*found[name]) for name in found.keys() - set(required)}
    return {
        "institution-years": len(mix.read(golden / "mfi_years.csv")),
        "ratios": len(required),
        "equal": sum(found[name][0] for name in required),
        "published but without inputs": {name: found[name][2] for name in required if found[name][2]},
        "by ratio": {name: found[name][0] for name in required},
        "formulas that give fewer than 0.95 of all years, here": beside,
        "left out": mix.LEFT_OUT,
    }
