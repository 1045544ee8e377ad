"""What a measure is: additive parts of one table at small grain, with a 12-month twin."""

from dataclasses import dataclass

DIMENSIONS = (
    "branch_id", "product_id", "gender", "location", "officer_id", "age_band", "cycle", "sector", "poverty_band",
)  # fmt: skip
# Dimensions that are counted apart: one cut of a measure keeps at most one of them (or gender and location).
CUTS = ("officer_id", "age_band", "cycle", "sector", "poverty_band")


@dataclass(frozen=True)
class Measure:
    """A measure: its dimensions, its parts (each with the column that it needs) and its SQL."""

    name: str
    summary: str
    table: str
    dims: tuple[str, ...]
    stocks: dict[str, str]
    flows: dict[str, str]
    every_month: bool
    sql: str

    @property
    def parts(self) -> dict[str, str]:
        """All parts -> the column that each needs."""
        return {**self.stocks, **self.flows}

    def twin_parts(self) -> list[str]:
        """Columns of the 12-month twin: stocks now, their average and start, flows summed, months known."""
        stocks = [name for part in self.stocks for name in (part, f"average_{part}", f"start_{part}")]
        return [*stocks, *self.flows, "months"]
