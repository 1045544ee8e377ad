"""The limits themselves as a table, and what can be taken away as a file."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import streamlit as st

from metrics.appetite import lines
from metrics.appetite.breaches import Breach
from metrics.excel import Sheet
from pages.ui import excel
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
            sheet = Sheet(said(screen, "take_limits"), list(found[0]), [list(row.values()) for row in found])
            excel.button(screen, "limits", lambda: [sheet], "take_limits")
    every = limits_reads.broken(screen)
    cells = [_cells(one) for one in every]
    excel.button(
        screen, "breaches", lambda: [Sheet(said(screen, "take_breaches"), COLUMNS, cells)], "take_breaches",
        said(screen, "take_breaches"),
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
