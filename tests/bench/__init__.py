"""What must be fast. A module has `bench() -> list[Figure]`: figure, limit, and what it is compared with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure. `ratio` is the time of `against` divided by ours: above 1 means we are faster."""

    what: str
    found: float
    limit: float
    unit: str
    against: str = ""
    ratio: float | None = None

    def kept(self) -> bool:
        """Whether the figure is within its limit."""
        return self.found <= self.limit
