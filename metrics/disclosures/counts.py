"""What a disclosure counts beside indicators: people, loans, amounts; and the lists of its plain page."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from metrics import measures
from metrics.records import Cursor
from metrics.schema import quote


@dataclass(frozen=True)
class Count:
    """A sum of parts of one measure: `relation` ends with _12m where it looks back over a year.

    `people` says that it counts clients or staff, so that a small one is kept back.
    """

    relation: str
    parts: tuple[str, ...]
    unit: str = "count"
    people: bool = False

    @property
    def measure(self) -> str:
        """The measure's own name."""
        return self.relation.removesuffix("_12m")

    @property
    def months(self) -> int:
        """12 where it looks back over a year, else 0."""
        return 12 if self.relation.endswith("_12m") else 0

    def needs(self) -> list[str]:
        """The columns whose data enable it, as table.column."""
        return sorted({need for part in self.parts if (need := measures.needed(self.measure, part))})


COUNTS: Mapping[str, Count] = {
    "active_borrowers": Count("portfolio", ("active_borrowers",), people=True),
    "women_borrowers": Count("portfolio", ("women_borrowers",), people=True),
    "active_loans": Count("portfolio", ("active_loans",), people=True),
    "glp": Count("portfolio", ("glp",), "money"),
    "at_risk_30": Count("portfolio", ("late_over_30", "renegotiated_not_late"), "money"),
    "at_risk_90": Count("portfolio", ("late_over_90", "renegotiated_not_late_90"), "money"),
    "written_off": Count("loan_flows_12m", ("write_offs",), "money"),
    "complaints": Count("grievances_12m", ("received",), people=True),
    "personnel": Count("workforce", ("personnel",), people=True),
    "women_personnel": Count("workforce", ("personnel_women",), people=True),
    "board_members": Count("governance", ("board_members",)),
    "women_board_members": Count("governance", ("board_women",)),
}
# The lists of a plain page: prices of loan products, and what was done because clients asked for it.
LISTS = ("prices", "changes", "channels")


def counted(cursor: Cursor, count: Count, day: datetime.date) -> float | None:
    """The sum for the institution on a date; None where any of its parts is not known."""
    sums = ", ".join(f"sum(m.{quote(part)})" for part in count.parts)
    row = cursor.execute(
        f"""SELECT {sums} FROM {quote("v_m_" + count.relation)} AS m
        WHERE list_contains(['main', 'reported'], m.cut) AND last_day(m.period) = last_day(?::DATE)""",
        [day],
    ).fetchall()[0]
    return None if any(part is None for part in row) else float(sum(row))
