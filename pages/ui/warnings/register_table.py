"""All risks as one table, by need to act; the picture's figures to read, to sort and to take away."""

import streamlit as st

from metrics.excel import Sheet
from metrics.register.scales import Place
from metrics.register.standing import Register, Standing
from metrics.words import date
from pages.ui import excel, state
from pages.ui.screen import Screen
from pages.ui.warnings import risk_form
from pages.ui.warnings.risk_words import expected, harm, likelihood, points, reasons, said, share, trend

COLUMNS = (
    "title", "stand", "expected", "appetite", "trend", "owner", "needs", "reviewed", "likelihood", "loss", "harm",
    "velocity",
)  # fmt: skip


def show(screen: Screen, register: Register) -> None:
    """The table, with the ways to a risk, to a new one, to the file, and to how it is reckoned."""
    rows = [cells(screen, register, one) for one in register.standings]
    heads = {name: said(screen, f"col_{name}") for name in COLUMNS}
    with st.container(key="head_register_all"):
        st.header(f"{said(screen, 'all_title', n=len(rows))} :gray[{said(screen, 'all_note')}]", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="register_ways"):
        ids = [one.risk.id for one in register.standings]
        titles = {one.risk.id: one.risk.title for one in register.standings}
        st.selectbox(said(screen, "choose"), ids, index=None, key="w_risk", format_func=lambda name: titles[name],
                     placeholder=said(screen, "choose_one"), on_change=_chosen, width=360)  # fmt: skip
        if screen.may("record"):
            st.button(said(screen, "add"), key="risk_add", on_click=risk_form.ask, args=(risk_form.ADD,))
        excel.button(screen, "register", lambda: sheets(screen, register), "register_excel")
    st.dataframe(
        [{heads[name]: row[name] for name in COLUMNS} for row in rows], hide_index=True, height=480, key="register_all",
        alt=said(screen, "all_alt", n=len(rows)),
        column_config={heads["title"]: st.column_config.Column(pinned=True, width=230)},
    )  # fmt: skip
    with st.expander(said(screen, "how")):
        st.markdown("\n".join(f"{number}. {said(screen, f'how_{number}')}" for number in range(1, 9)))
        st.markdown(f":gray[{said(screen, 'how_source')}]")


def sheets(screen: Screen, register: Register) -> list[Sheet]:
    """The table as it is taken away."""
    heads = [said(screen, f"col_{name}") for name in COLUMNS]
    rows = [[row[name] for name in COLUMNS] for row in (cells(screen, register, one) for one in register.standings)]
    return [Sheet(said(screen, "chart_title"), heads, rows)]


def _chosen() -> None:
    name = st.session_state.get("w_risk")
    if name:
        state.put("risk", str(name))


def cells(screen: Screen, register: Register, one: Standing) -> dict[str, str]:
    """A risk as a row of texts."""
    risk, now = one.risk, one.now
    return {
        "title": risk.title,
        "stand": said(screen, "above" if one.above else "unknown" if now is None else "within"),
        **_place(screen, now, register),
        "appetite": points(screen, one.appetite),
        "trend": trend(screen, one) or said(screen, "trend_none"),
        "velocity": said(screen, f"velocity_{risk.velocity}"),
        "owner": risk.owner or said(screen, "nobody"),
        "reviewed": date(screen.language, risk.reviewed_on) if risk.reviewed_on else said(screen, "never"),
        "needs": " · ".join(reasons(screen, one)),
    }


def _place(screen: Screen, now: Place | None, register: Register) -> dict[str, str]:
    if now is None:
        return dict.fromkeys(("expected", "likelihood", "loss", "harm"), "–")
    return {
        "expected": expected(screen, now, register.rule),
        "likelihood": likelihood(screen, now.likelihood),
        "loss": share(screen, now.loss),
        "harm": harm(screen, now),
    }
