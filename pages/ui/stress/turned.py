"""The reverse test: what each shock alone breaks first, and at which size."""

import streamlit as st

from metrics.picture import Picture
from metrics.stress import telling
from metrics.stress.reverse import GOALS
from pages.ui.downloads import as_csv
from pages.ui.screen import Screen
from pages.ui.stress import reads
from pages.ui.stress.reads import said
from pages.ui.text import md


def show(screen: Screen, picture: Picture) -> None:
    """The finding, what must hold, and a row for each shock, the one that goes least far first."""
    top = st.container()
    goal = st.segmented_control(
        said(screen, "goal"), list(GOALS), default="any", required=True, key="stress_goal",
        format_func=lambda name: said(screen, f"goal_{name}"),
    )  # fmt: skip
    if goal == "caps" and not screen.policy.caps:
        st.markdown(said(screen, "no_caps"))
        return
    found = reads.broken(screen, goal)
    rows = [telling.breaks(screen.language, one, reads.named(screen), picture.currency) for one in found]
    with top:
        first = said(screen, "reverse_none")
        if found and found[0].size is not None:
            shock, size, what = rows[0]
            first = said(screen, "reverse_first", shock=shock, size=size, what=what)
        st.markdown(f"**{md(first)}**")
    heads = [said(screen, name) for name in ("column_shock", "column_size", "column_what")]
    st.table([dict(zip(heads, map(md, row), strict=True)) for row in rows])
    st.download_button(said(screen, "download"), as_csv(heads, rows), "stress-reverse.csv", "text/csv",
                       key="stress_reverse_csv", icon=":material/download:", on_click="ignore")  # fmt: skip
