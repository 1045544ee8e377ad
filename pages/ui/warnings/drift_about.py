"""Beside the picture of drift: its table, the branches that drift, what is not known, how it is measured."""

from collections.abc import Sequence

import streamlit as st

from metrics.drift import telling
from metrics.drift.gaps import Drift, Gap
from metrics.excel import Sheet
from metrics.words import date, number, percent
from pages.ui import excel, state
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.warnings import drift_reads
from pages.ui.warnings.drift_reads import said

MOST = 6


def table(screen: Screen, shown: Drift) -> None:
    """The comparisons as a table, to read and to take away."""
    names = ("trait", "against", "new", "n", "other", "others", "gap", "interval", "verdict")
    heads = [said(screen, f"col_{name}") for name in names]
    rows = [_cells(screen, gap) for gap in shown.gaps]
    with st.expander(said(screen, "table", n=len(rows))):
        columns = [[md(row[at]) for row in rows] for at in range(len(heads))]
        st.table(dict(zip(heads, columns, strict=True)), border="horizontal", hide_index=True)
        made = sheets(screen, shown)
        excel.button(screen, f"drift-{shown.unit}", lambda: made, "drift_excel")
    _mix(screen)


def sheets(screen: Screen, shown: Drift) -> list[Sheet]:
    """Every comparison in full precision."""
    given = telling.frame([shown])
    return [Sheet(said(screen, "picture"), list(given.columns), list(given.itertuples(index=False)))]


def _cells(screen: Screen, gap: Gap) -> list[str]:
    language = screen.language
    return [
        telling.trait(gap.trait, language), said(screen, f"against_{gap.against}"),
        telling.value(gap, language, gap.new), number(language, gap.n),
        telling.value(gap, language, gap.other), number(language, gap.others),
        telling.moved(gap, language, gap.gap), telling.interval(gap, language),
        said(screen, f"status_{gap.verdict}"),
    ]  # fmt: skip


def _mix(screen: Screen) -> None:
    """What new clients begin with, against the others: a fact to know, no alert."""
    until = drift_reads.day(screen)
    if until is None:
        return
    shares = drift_reads.mix(screen.source, screen.scope, until)
    if shares.empty:
        return
    heads = {"new": said(screen, "col_new")}
    heads |= {role: said(screen, f"against_{role}") for role in shares.columns if role != "new"}
    columns = {said(screen, "col_product"): [md(name) for name in shares.index]}
    columns |= {heads[role]: [percent(screen.language, x, 0) for x in shares[role]] for role in shares.columns}
    with st.expander(said(screen, "mix")):
        st.table(columns, border="horizontal", hide_index=True)
        st.caption(md(said(screen, "mix_text")))


def branches(screen: Screen, found: Sequence[Drift]) -> None:
    """The branches whose new clients drift by themselves, each with its plainest gap."""
    units = found[1:]
    if not units:
        return
    drifting = [one for one in units if one.level]
    text = said(screen, "branches", n=len(drifting), all=len(units)) if drifting else said(screen, "branches_none")
    st.header(text, anchor=False)
    for one in drifting[:MOST]:
        key = f"drift_of_{one.unit}"
        st.button(md(one.name), key=key, type="tertiary", on_click=state.put, args=("unit", one.unit))
        st.markdown(f":red[■] {md(telling.sentence(one.drifting[0], screen.language))}")
    st.markdown(f":gray[{md(said(screen, 'branches_text', n=units[0].looks))}]")
    few = sum(not one.gaps for one in units)
    if few:
        st.markdown(f":gray[{md(said(screen, 'branches_few', n=few))}]")


def missing(screen: Screen, shown: Drift) -> None:
    """Traits that could not be compared, each with what it would need."""
    st.header(said(screen, "missing"), anchor=False)
    if not shown.missing:
        st.markdown(f":gray[{said(screen, 'missing_nothing')}]")
        return
    st.markdown("\n".join(f"- {md(telling.lacking(lack, screen.language))}" for lack in shown.missing))


def how(screen: Screen, shown: Drift) -> None:
    """Who is new, what counts as drift, and whose harm it is."""
    with st.expander(said(screen, "how")):
        st.markdown(md(said(screen, "how_who", day=date(screen.language, shown.day))))
        st.markdown(md(said(screen, "how_test", n=shown.looks)))
        st.markdown(md(said(screen, "how_harm")))
