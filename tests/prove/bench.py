"""The limits of speed."""

from tests.bench.__main__ import measure, pace

LINE = (
    "`make bench`: a page's changed filter under 50 ms; one slice of all indicators under 100 ms, 24 dates x 12 "
    "branches of them under 1 s; 1,000,000 loans landed under 15 s and 1.5 GB; first page "
    "under 5 s; component 8 ms at the 95th percentile, no frame of a drag without a redraw"
)


def run() -> dict[str, object]:
    """Runs every bench once and holds it to its limit."""
    figures = measure()
    found = {figure.what: f"{figure.found:,.3g} {figure.unit} (limit {figure.limit:,.3g})" for figure in figures}
    found |= {"pace": pace()}
    assert all(figure.kept() for figure in figures), "; ".join(f"{what} {value}" for what, value in found.items())
    return found
