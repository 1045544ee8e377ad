"""Where a reader can go: every page, every view of it, and what opens over it."""

from collections.abc import Iterator, Sequence

PAGES = ("", "tradeoffs", "indicators", "warnings", "voices", "board", "data", "methods", "settings")
# What each page shows by its address; UNIT stands for a branch.
VIEWS = {
    "": ("", "unit=UNIT"),
    "tradeoffs": ("", "unit=UNIT", "shock=flood", "period=2026-08-31"),
    "indicators": (
        "", "indicator=par30", "indicator=par30&unit=UNIT", "indicator=nps&part=gender", "part=branch", "part=officer",
        "part=product",
    ),
    "warnings": ("", "part=drift", "part=register", "part=register&risk=conduct"),
    "voices": ("", "part=decisions", "part=actions", "part=tailored"),
    "board": ("", "part=pack", "part=frozen", "part=disclosures"),
    "data": ("", "part=scorecard", "part=peers", "part=past"),
    "methods": ("", "part=picture", "part=weighting", "part=reading", "part=missing", "part=robustness"),
    "settings": ("", "part=definitions", "part=limits", "part=policies", "part=people"),
}  # fmt: skip


def everywhere(unit: str, pages: Sequence[str] = PAGES) -> Iterator[tuple[str, str]]:
    """Each page with each of its addresses, for a branch."""
    for page in pages:
        for view in VIEWS[page]:
            yield page, view.replace("UNIT", unit)
