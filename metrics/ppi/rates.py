"""Published poverty rates of a country and its regions, found by headings that name the scorecard's lines."""

from collections.abc import Sequence

from metrics.ppi.grid import Grid, plain
from metrics.ppi.model import Rate
from metrics.ppi.shapes import line_name

FEWEST_LINES = 2
HOUSEHOLD = ("house", "menage", "hogar", "agregado", "domicilio")
PERSON = ("headcount", "individ", "person", "habitant", "pessoa", "population", "poblacion")
YEARS = range(1990, 2100)


def rates(grid: Grid, lines: Sequence[str]) -> list[Rate]:
    """The rates of a sheet, one for each row and line; empty where the sheet has no line as a heading."""
    known = {plain(line): line for line in lines}
    for row in range(len(grid.rows)):
        places = {at: known[key] for at in range(grid.width) if (key := _key(grid, row, at)) in known}
        if len(set(places.values())) >= min(FEWEST_LINES, len(lines)):
            return [rate for below in range(row + 1, len(grid.rows)) for rate in _row(grid, below, places)]
    return []


def _key(grid: Grid, row: int, column: int) -> str:
    return plain(line_name(grid.at(row, column).word))


def _row(grid: Grid, row: int, places: dict[int, str]) -> list[Rate]:
    cells = {at: grid.at(row, at).number for at in places}
    given = {at: value for at, value in cells.items() if value is not None}
    labels = [grid.at(row, at) for at in range(min(places))]
    names = [cell.word for cell in labels if cell.word and _estimate(cell.word) == ""]
    if not given or not names or not all(0 <= value <= 1 for value in given.values()):
        return []
    estimate = next((kind for cell in labels if (kind := _estimate(cell.word))), "")
    year = next((cell.whole for cell in labels if cell.whole in YEARS), None)
    area = " ".join(" / ".join(names).split())
    return [Rate(estimate, year, area, places[at], value, grid.name, grid.no(row)) for at, value in given.items()]


def _estimate(word: str) -> str:
    bare = plain(word)
    if bare.startswith(HOUSEHOLD):
        return "household"
    return "person" if bare.startswith(PERSON) else ""
