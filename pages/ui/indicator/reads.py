"""What the page Indicators reads, once for each state of the data: values at every date, limits, peers, names."""

import datetime
from collections.abc import Mapping
from contextlib import closing

import pandas as pd
import streamlit as st

from metrics import asking, units, values
from metrics import limits as limits_of
from metrics import peers as peers_of
from metrics.catalogue import indicators
from metrics.limits import Limit
from metrics.peers import Peers
from metrics.store import Scope
from pages.ui.data import Source
from pages.ui.data import policy as policy_of

Days = tuple[datetime.date, ...]


@st.cache_data(show_spinner=False, max_entries=24)
def figures(
    source: Source,
    scope: Scope,
    policy: str,
    by: str = "institution",
    product: str | None = None,
    names: tuple[str, ...] | None = None,
    days: Days | None = None,
) -> pd.DataFrame:
    """Values of indicators (None: all) for one kind of unit on dates (None: all), as `values.values` gives them."""
    where = [("product", (product,))] if product else []
    with closing(source.store.cursor(scope)) as cursor:
        return values.values(
            cursor, policy_of(source, policy).settings, by=by, periods=days, where=where, indicators=names
        )


@st.cache_data(show_spinner=False, max_entries=24)
def limits(source: Source, scope: Scope, policy: str, kind: str) -> dict[str, Limit]:
    """The limits in force for a kind of unit, by indicator."""
    with closing(source.store.cursor(scope)) as cursor:
        return limits_of.in_force(cursor, policy_of(source, policy), kind)


@st.cache_data(show_spinner=False, max_entries=24)
def peers(source: Source, scope: Scope, policy: str) -> dict[str, list[Peers]]:
    """Peers of each indicator, the nearest first: the user's own, those of one's region, then all published ones.

    Figures that were computed by other definitions than those in force are left out.
    """
    settings: Mapping[str, object] = policy_of(source, policy).settings
    found: dict[str, list[Peers]] = {}
    with closing(source.store.cursor(scope)) as cursor:
        home = peers_of.home(cursor)
        for name in indicators():
            every = peers_of.percentiles(cursor, name, None, settings)
            near = [p for group in home for p in peers_of.percentiles(cursor, name, group, settings)]
            own = [p for p in every if not p.hollow]
            found[name] = own + [p for p in near if p.hollow] + [p for p in every if p.hollow]
    return found


@st.cache_data(show_spinner=False, max_entries=24)
def currency(source: Source, scope: Scope) -> str:
    """The currency of the institution in scope; empty where several institutions have several."""
    with closing(source.store.cursor(scope)) as cursor:
        rows = cursor.execute("SELECT DISTINCT currency FROM v_institutions").fetchall()
    return str(rows[0][0] or "") if len(rows) == 1 else ""


@st.cache_data(show_spinner=False, max_entries=24)
def names(source: Source, scope: Scope, by: str) -> dict[str, str]:
    """Units of a kind by id, as the tables name them; those that have no name of their own are left out."""
    with closing(source.store.cursor(scope)) as cursor:
        if by == "officer":
            rows = cursor.execute("SELECT DISTINCT staff_id, NULL FROM v_staff").fetchall()
            return {str(unit): str(unit) for unit, _ in rows}
        return {unit: name for unit, (name, _) in units.names(cursor, by).items()}


@st.cache_data(show_spinner=False, max_entries=24)
def meant(source: Source, scope: Scope, by: str) -> frozenset[str]:
    """Indicators that have a meaning for a kind of unit."""
    with closing(source.store.cursor(scope)) as cursor:
        return frozenset(i.id for i in values.meaningful(cursor, asking.parse(by, [], None)))
