"""The limits themselves as a table, and what can be taken away as a file."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import streamlit as st

from metrics.appetite import lines
from metrics.appetite.breaches import Breach
from pages.ui import downloads
from pages.ui.screen import Screen
from pages.ui.warnings import limits_reads, limits_terms
from pages.ui.warnings.limits_terms import said

HERE = Path(__file__).parent
COLUMNS = (
    "indicator", "kind", "unit", "name", "level", "value", "limit", "since", "times", "pace", "n", "new", "owner",
    "comment", "acknowledged_by", "acknowledged_on",
)  # fmt: skip


def show(screen: Screen) -> None:
    """Every limit in force, closed until it is asked for, and the files."""
    found = rows(screen)
    with st.expander(said(screen, "limits_listed", n=len(found))):
        st.markdown(said(screen, "limits_text"))
        st.dataframe(found, hide_index=True, height=min(36 * (len(found) + 1), 420))
        if found:
            st.download_button(
                said(screen, "take_limits"), lambda: downloads.as_csv(found[0], [row.values() for row in found]),
                "limits.csv", "text/csv", key="take_limits", on_click="ignore",
            )  # fmt: skip
    every = limits_reads.broken(screen)
    st.download_button(
        said(screen, "take_breaches"), lambda: downloads.as_csv(COLUMNS, [_cells(one) for one in every]),
        "breaches.csv", "text/csv", key="take_breaches", type="tertiary", icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip


def rows(screen: Screen) -> list[dict[str, str]]:
    """Every limit in force as a row of texts."""
    with closing(screen.source.store.cursor()) as cursor:
        every = lines.listed(cursor)
        names = {scope: lines.parts(cursor, scope) for scope in lines.UNITS}
    return limits_terms.table(screen, every, names)


def _cells(one: Breach) -> Sequence[object]:
    """A breach as a row of a file: full precision, days as they sort."""
    return (
        one.indicator, one.by, one.unit, one.name, one.level, one.value, one.line, one.since, one.times, one.pace,
        one.n, one.new, one.owner, one.comment, one.acknowledged_by, one.acknowledged_on,
    )  # fmt: skip
