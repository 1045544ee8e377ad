"""The units of the picture as a table to take away: healths, status, rank, size."""

from metrics import findings
from metrics.excel import Figure, Sheet
from metrics.picture import Picture
from pages.ui.screen import Screen


def sheets(screen: Screen, picture: Picture) -> list[Sheet]:
    """One row a unit, worst first."""
    names = ("unit", "financial", "social", "balance", "rank", "status", "portfolio", "loans", "measured")
    rows = [
        [
            unit.name, unit.financial, unit.social, unit.balance, unit.rank,
            findings.status_text(screen.language, unit), Figure(unit.glp, "money"), unit.loans,
            Figure(unit.coverage, "%"),
        ]
        for unit in picture.units
    ]  # fmt: skip
    title = screen.say("scatter_title_" + picture.by)
    return [Sheet(title, [screen.say(f"units_{name}") for name in names], rows)]
