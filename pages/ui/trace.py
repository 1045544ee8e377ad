"""How a number comes to be: one figure of the present data followed from its file to the balance, step by step."""

from dataclasses import dataclass

import streamlit as st

from metrics import rebuilding
from metrics.catalogue import Indicator, indicators
from metrics.figures import figure
from metrics.findings import shown
from metrics.picture import Driver, Picture, resolved
from metrics.words import date, number, percent, say
from pages.ui import menu, state
from pages.ui.indicator import behind, listed
from pages.ui.screen import Screen
from pages.ui.text import md

FIRST = "par30"
STEPS = ("file", "rows", "table", "measures", "indicator", "score", "weight", "balance")
LEADS = {"file": "data", "rows": "data", "table": "indicators", "measures": "indicators", "indicator": "indicators",
         "balance": "overview"}  # fmt: skip


@dataclass(frozen=True)
class Traced:
    """One scored figure of the whole institution, and what it adds to the balance (0..100 points)."""

    indicator: Indicator
    driver: Driver
    share: float
    picture: Picture


def show(screen: Screen) -> None:
    """The picture: eight steps, each with the real figures of the data at hand and the way to look at it."""
    language = screen.language
    traced = chosen(screen)
    if traced is None:
        st.markdown(say(language, "indicators.trace_none"))
        return
    name = screen.named(traced.indicator)
    st.markdown(md(say(language, "indicators.trace_text", name=name)))
    said = _said(screen, traced)
    with st.container(key="trace"):
        for number_, step in enumerate(STEPS, start=1):
            with st.container(key=f"step_{step}", gap=None):
                st.markdown(f":gray[{number_}] **{say(language, f'indicators.step_{step}')}**")
                st.markdown(f":gray[{say(language, f'indicators.step_{step}_is')}]")
                st.markdown(md(said[step]))
                _way(screen, step, traced.indicator)


def chosen(screen: Screen) -> Traced | None:
    """The figure that the address names, else the first one that is scored and has a value."""
    picture = screen.picture()
    if picture is None:
        return None
    shares = listed.scored(screen)
    drivers = {d.indicator: d for d in picture.whole.drivers if d.score is not None and d.indicator in shares}
    wanted = [name for name in (state.given("indicator"), FIRST, *drivers) if name in drivers]
    if not wanted:
        return None
    return Traced(indicators()[wanted[0]], drivers[wanted[0]], shares[wanted[0]], picture)


def _said(screen: Screen, traced: Traced) -> dict[str, str]:
    """Each step's sentence with its figures."""
    language, indicator, driver = screen.language, traced.indicator, traced.driver
    day, cash = traced.picture.as_of, traced.picture.currency
    inputs, found = behind.read(screen.source, screen.scope, indicator.id, "institution", "", day)
    value = figure(language, indicator, driver.value, cash)
    posts = [figure(language, indicator, post, cash) for post in _goalposts(screen, indicator)]
    balance, score = traced.picture.whole.balance, driver.score or 0.0
    adds = number(language, traced.share * score, 1)
    known = [(part, value) for _, part, value in inputs if value is not None]
    table = found[0] if found else None
    return {
        **_landed(screen, table.table if table else ""),
        "table": f"{table.table}: {behind.counted(screen, table).partition(';')[0]}" if table else "–",
        "measures": "; ".join(f"{part} {number(language, value)}" for part, value in known[:4]) or "–",
        "indicator": say(language, "indicators.trace_indicator", value=value, date=day),
        "score": say(language, "indicators.trace_score", score=shown(score), worst=posts[0], best=posts[1])
        if len(posts) == 2
        else say(language, "indicators.trace_score_band", score=shown(score)),
        "weight": say(language, "indicators.trace_weight", share=percent(language, traced.share, 1), points=adds),
        "balance": screen.say("trace_no_balance", points=adds) if balance is None
        else say(language, "indicators.trace_balance", balance=shown(balance), points=adds),
    }  # fmt: skip


def _goalposts(screen: Screen, indicator: Indicator) -> tuple[float, ...]:
    """Where the score is 0 and 100 under the weighting in use."""
    leaves = resolved(screen.policy).leaves
    return next((leaf.goalposts for leaf in leaves if leaf.indicator == indicator.id), indicator.goalposts)


def _landed(screen: Screen, table: str) -> dict[str, str]:
    """Which file of which batch holds the table's rows, and what became of them: the largest of the newest batch."""
    found = screen.source.store.batches()
    found = found[(found["status"] == "live") & (found["table_name"] == table)]
    # What was reconstructed is of earlier months than the one that is followed here.
    found = found[found["file"] != rebuilding.NAME]
    if found.empty:
        return {"file": "–", "rows": "–"}
    newest = found[found["batch"] == found["batch"].max()]
    last = newest.loc[newest["accepted"].idxmax()]
    landed = date(screen.language, last["landed_at"].date())
    said = {"file": str(last["file"]), "batch": str(last["batch"]), "date": landed}
    counts = {"n": int(last["accepted"]), "aside": int(last["set_aside"])}
    return {
        "file": say(screen.language, "indicators.trace_file", **said),
        "rows": say(screen.language, "indicators.trace_rows", **counts),
    }


def _way(screen: Screen, step: str, indicator: Indicator) -> None:
    """A link to where the step can be looked at."""
    label = say(screen.language, f"indicators.step_{step}_see")
    if step in LEADS:
        slug = LEADS[step]
        query = {"indicator": indicator.id} if slug == "indicators" else {}
        menu.link(slug, label=label, query_params=query)
        return
    part = "reading" if step == "score" else "weighting"
    st.button(label, key=f"see_{step}", type="tertiary", on_click=state.put, args=("part", part))
