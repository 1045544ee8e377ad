"""The pack's workbook under other weights: the weight cell is changed, LibreOffice computes, the engine compares."""

import io
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import openpyxl

from metrics.formula import displayed
from metrics.packs import formulas
from metrics.packs.model import Live
from metrics.policy import Policy
from metrics.score import Scores, score
from tests import office

FIRST = formulas.FIRST + 1  # as a spreadsheet counts


def books(made: bytes, shares: Sequence[float], folder: Path) -> list[Path]:
    """The workbook once for each social share, written into the weight cell and computed again."""
    given, out = folder / "given", folder / "out"
    given.mkdir(parents=True)
    out.mkdir()
    files = []
    for number, share in enumerate(shares):
        book = openpyxl.load_workbook(io.BytesIO(made))
        book.worksheets[1][formulas.SHARE.replace("$", "")] = share
        files.append(given / f"weight{number}.xlsx")
        book.save(files[-1])
    return office.converted(files, "xlsx", out)


def read(path: Path, count: int) -> list[tuple[float, ...]]:
    """Financial, social, balance and rank of each unit as the workbook computes them; NaN where it is empty."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[1]
    rows = sheet.iter_rows(min_row=FIRST, max_row=FIRST + count - 1, min_col=2, max_col=5, values_only=True)
    return [tuple(float(one) if isinstance(one, (int, float)) else math.nan for one in row) for row in rows]


def raw(path: Path, live: Live) -> np.ndarray:
    """Every score before it is rounded: `(units, leaves and nodes)`, 0..1."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[2]
    first, count = 2 + len(live.leaves), len(live.leaves) + len(live.data["nodes"])
    rows = sheet.iter_rows(
        min_row=FIRST, max_row=FIRST + len(live.data["units"]) - 1, min_col=first, max_col=first + count - 1,
        values_only=True,
    )  # fmt: skip
    return np.array([[one if isinstance(one, (int, float)) else math.nan for one in row] for row in rows], dtype=float)


def engine(policy: Policy, values: np.ndarray, share: float) -> Scores:
    """What the product's own scoring gives at a social share."""
    return score(values, policy.with_social(share))


def expected(scores: Scores) -> list[tuple[float, ...]]:
    """Financial, social, balance as shown, and rank."""
    decimals = scores.policy.decimals
    columns = [displayed(100 * scores.node(path), decimals) for path in ("financial", "social", "")]
    return [tuple(map(float, row)) for row in zip(*columns, scores.rank(), strict=True)]


def values_of(live: Live) -> np.ndarray:
    """The values that the workbook computes from, `(units, leaves)`."""
    rows = [live.values[unit["id"]] for unit in live.data["units"]]
    return np.array([[math.nan if one is None else one for one in row] for row in rows], dtype=float)
