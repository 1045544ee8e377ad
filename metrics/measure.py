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
    averages: tuple[str, ...]
    starts: tuple[str, ...]

    @property
    def parts(self) -> dict[str, str]:
        """All parts -> the column that each needs."""
        return {**self.stocks, **self.flows}

    def twin_parts(self) -> list[str]:
        """Columns of the 12-month twin: stocks now, averages and starts that some indicator reads, flows, months."""
        averages = [f"average_{part}" for part in self.averages]
        starts = [f"start_{part}" for part in self.starts]
        return [*self.stocks, *averages, *starts, *self.flows, "months"]
