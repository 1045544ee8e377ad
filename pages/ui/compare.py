"""Save or compare: the weighting shown kept as a scenario, two of them side by side, an old one opened again."""

from collections.abc import Mapping, Sequence

import streamlit as st

from metrics import comparing
from metrics.causes import Causes, causes
from metrics.comparing import Slope
from metrics.findings import health_text
from metrics.picture import Picture
from metrics.standing import Result
from metrics.words import say
from pages.ui import alone, compare_kept, compare_save, sides, state
from pages.ui.compare_words import said
from pages.ui.rows import MARKS, TONES
from pages.ui.screen import Screen
from pages.ui.text import md

KEY, SCENARIO = "compare", "scenario"
PARTS = ("save", "compare", "kept")
MOST = 24


def button(screen: Screen, shown: Picture | None) -> None:
    """The button in the row of choices, and the dialog where it or the address asks for it."""
    if shown is None:
        return
    st.button(said(screen, "open"), key="compare_open", type="tertiary", on_click=_open)
    if state.given(KEY) in PARTS or state.given(SCENARIO):
        state.put("unit")  # one dialog at a time
        alone.dialog(said(screen, "title"), width="large", on_dismiss=close)(_body)(screen, shown)


def _open(part: str = "save") -> None:
    state.put(KEY, part)


def close() -> None:
    """Forget that the dialog was open."""
    for key in (KEY, SCENARIO, *sides.KEYS):
        state.put(key)


def _body(screen: Screen, shown: Picture) -> None:
    with st.container(key="compare_body"):
        asked = state.given(KEY)
        st.session_state["w_compare"] = asked if asked in PARTS else "kept"
        part = st.segmented_control(
            said(screen, "parts"), PARTS, format_func=lambda name: said(screen, f"part_{name}"), key="w_compare",
            required=True, label_visibility="collapsed", on_change=_part,
        )  # fmt: skip
        if part == "save":
            compare_save.show(screen, shown)
        elif part == "compare":
            _compare(screen, shown)
        else:
            compare_kept.show(screen, shown)


def _part() -> None:
    state.put(KEY, st.session_state["w_compare"])


def _compare(screen: Screen, shown: Picture) -> None:
    """Two sides chosen, then the finding, the ranks and what differs."""
    names = sides.names(screen)
    left, right = st.columns(2)
    with left:
        one = sides.choose(screen, names, "one", screen.options.default)
    with right:
        other = sides.choose(screen, names, "other", sides.NOW)
    if one == other:
        st.markdown(f":gray[{said(screen, 'same_choice')}]")
        return
    with st.spinner(screen.say("computing")):
        pair = [sides.of(screen, shown, name) for name in (one, other)]
    apart = comparing.differences(pair[0].policy, pair[1].policy, screen.language, shown.currency)
    lines = [difference.text(screen.language) for difference in apart]
    if pair[0].data != pair[1].data:
        lines.append(said(screen, "line", name=said(screen, "data"), before=pair[0].data, after=pair[1].data))
    slopes = comparing.slopes(pair[0].result, pair[1].result)
    st.markdown(f"**{md(comparing.finding(slopes, shown.by, screen.language))}**")
    _headlines(screen, [side.result for side in pair])
    st.header(said(screen, "differs", n=len(lines)) if lines else said(screen, "nothing"), anchor=False)
    if lines:
        st.markdown("\n".join(f"- {md(line)}" for line in lines[:MOST]))
    if len(lines) > MOST:
        with st.expander(say(screen.language, "settings.and_more", n=len(lines) - MOST)):
            st.markdown("\n".join(f"- {md(line)}" for line in lines[MOST:]))
    st.header(said(screen, "ranks_title"), anchor=False)
    because = causes(pair[0].policy, pair[1].policy, pair[0].figures, pair[1].figures)
    with st.container(key="compare_slopes"):
        st.table(_slopes(screen, slopes, because), border="horizontal", hide_index=True)
    st.markdown(f":gray[{said(screen, 'because')}]")


def _headlines(screen: Screen, pair: Sequence[Result]) -> None:
    """The page's headline under both; said once where it is the same."""
    texts = [result.headlines[screen.language] for result in pair]
    if texts[0] == texts[1]:
        st.markdown(md(said(screen, "headline_same", text=texts[0])))
        return
    for name, text in zip(("one", "other"), texts, strict=True):
        st.markdown(md(said(screen, "headline_of", which=said(screen, name), text=text)))


def _slopes(screen: Screen, slopes: Sequence[Slope], because: Mapping[str, Causes]) -> dict[str, list[str]]:
    """Each unit: rank A to rank B, in words, balance and by what it differs, and status likewise."""
    columns: dict[str, list[str]] = {
        said(screen, f"col_{name}"): [] for name in ("unit", "rank", "words", "balance", "because", "status")
    }
    for one in slopes:
        ranks = [str(rank) if rank is not None else "–" for rank in one.rank]
        balances = [health_text(screen.language, balance) for balance in one.balance]
        marks = list(dict.fromkeys(status(screen, name) for name in one.status if name))
        strong = "**" if one.moved else ""
        cells = [
            md(one.name), f"{strong}{ranks[0]} → {ranks[1]}{strong}", comparing.slope_text(one, screen.language),
            " → ".join(dict.fromkeys(balances)),
            because[one.id].text(screen.language) if one.id in because else "–", " → ".join(marks),
        ]  # fmt: skip
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    return columns


def status(screen: Screen, name: str) -> str:
    """Mark and word of a status."""
    return f"{MARKS[name]} :{TONES[name]}[{screen.say(f'status_{name}')}]"
