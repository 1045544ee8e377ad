"""What segments are: the kinds that an indicator has a meaning for, their names, order and figures."""

import datetime
from collections.abc import Sequence

import streamlit as st

from metrics.catalogue import Indicator
from metrics.findings import MIN_CLIENTS
from metrics.words import catalogue, say
from pages.ui.indicator import figures, listed, reads
from pages.ui.indicator.figures import Reading
from pages.ui.screen import Screen
from pages.ui.text import md

KINDS = ("branch", "product", "gender", "location", "age_band", "cycle", "officer", "sector", "poverty_band")
IN_ORDER = ("gender", "location", "age_band", "cycle", "poverty_band")
ORDER = ("F", "M", "X", "mixed", "under_25", "poorest", "poor", "near_poor", "not_poor", "urban", "peri_urban", "rural")
MOST = 12
BAD = ("red", "amber")
WITH_SHEET = ("branch", "product")


def kinds(screen: Screen, name: str | None) -> list[str]:
    """The kinds of segment that the indicator (None: any) has a meaning for."""
    found = []
    for kind in KINDS:
        meant = reads.meant(screen.source, screen.scope, kind)
        if (name in meant) if name else meant:
            found.append(kind)
    return found


def sheets_of(screen: Screen, indicator: Indicator) -> tuple[str, ...]:
    """Kinds of unit whose own sheet of the indicator can be opened; a filter on a product leaves one figure."""
    return () if screen.choices.product else tuple(kind for kind in WITH_SHEET if kind in indicator.units)


def segment(screen: Screen, kind: str, unit: str) -> str:
    """A segment's name as readers know it; a unit's own name where it has one."""
    own = reads.names(screen.source, screen.scope, kind) if kind in ("branch", "product") else {}
    known = catalogue(screen.language).get(f"indicators.segment_{kind}_{unit}".lower())
    return str(known) if known else own.get(unit, unit)


def readings(screen: Screen, kind: str, day: datetime.date, names: tuple[str, ...], past: bool) -> list[Reading]:
    """Figures of each segment on a day, or with all dates up to it."""
    choices = screen.choices
    wanted = [day] if not past else [d for d in sorted(screen.options.periods)[-listed.MONTHS :] if d <= day]
    product = choices.product if kind != "product" else None
    frame = reads.figures(screen.source, screen.scope, choices.policy, kind, product, names, tuple(wanted))
    limits = reads.limits(screen.source, screen.scope, choices.policy, kind)
    return figures.readings(frame, wanted, day, limits)


def ordered(kind: str, found: Sequence[Reading]) -> list[str]:
    """Segments in their own order, or those with most broken limits first; unknown ones last."""
    units = list(dict.fromkeys(reading.unit for reading in found))
    if kind in IN_ORDER:
        place = {unit: number for number, unit in enumerate(ORDER)}
        return sorted(units, key=lambda u: (u == "unknown", place.get(u, len(ORDER)), u))
    broken = {u: [sum(r.unit == u and r.level == level for r in found) for level in BAD] for u in units}
    return sorted(units, key=lambda u: (u == "unknown", [-n for n in broken[u]], u))


def notes(screen: Screen, few: bool, lacking: Sequence[Indicator]) -> None:
    """What is kept back, and what is not measured by this kind of segment."""
    language = screen.language
    if few:
        st.caption(say(language, "indicators.few_note", n=MIN_CLIENTS))
    if lacking:
        names = ", ".join(indicator.text(language, "title") for indicator in lacking)
        st.caption(md(say(language, "indicators.lacking_note", n=len(lacking), names=names)))
