"""Benches held to their limits, for the lines of speed."""

from tests.bench.__main__ import measure, pace


def timed(*names: str) -> dict[str, object]:
    """Runs some benches once; every figure beside its limit and what it is compared with.

    Raises:
        AssertionError: a figure is over its limit; the message holds them all.
    """
    figures = measure(list(names))
    found: dict[str, object] = {}
    for figure in figures:
        ratio = f", {figure.ratio:.1f} x {figure.against}" if figure.ratio else ""
        found[figure.what] = f"{figure.found:,.3g} {figure.unit} (limit {figure.limit:,.3g}{ratio})"
    found["pace"] = pace()
    assert all(figure.kept() for figure in figures), "; ".join(f"{what} {value}" for what, value in found.items())
    return found
