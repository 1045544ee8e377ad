"""What a poverty scorecard says on the page Data: the rate at each line, and how many households a survey needs."""

import datetime
from collections.abc import Sequence
from contextlib import closing

import streamlit as st

from metrics.catalogue import indicators
from metrics.excel import Figure, Sheet
from metrics.figures import figure
from metrics.policy import Fixed
from metrics.ppi.answers import InUse
from metrics.ppi.sampling import DESIGNS, Design, half_width, sample_size
from metrics.store import Scope
from metrics.values import values
from metrics.words import date, number, percent, say
from pages.ui import data, excel
from pages.ui.screen import Screen
from pages.ui.text import md

RATE, AGAINST, CHANGE = "poverty_rate_clients", "poverty_concentration", "poverty_change"
FIGURES = (RATE, AGAINST, CHANGE)
Z = {90: 1.6448536, 95: 1.959964, 99: 2.5758293}
Found = tuple[float | None, float | None, float | None]  # a value and the ends of its interval


def _word(screen: Screen, key: str, /, **params: object) -> str:
    return say(screen.language, f"ppi.{key}", **params)


@st.cache_data(show_spinner=False, max_entries=16)
def by_line(
    source: data.Source, scope: Scope, settings: Fixed[object], lines: tuple[str, ...], day: datetime.date
) -> dict[str, dict[str, Found]]:
    """Each of `FIGURES` at each poverty line; a line at which nothing is kept is left out."""
    found = {}
    with closing(source.store.cursor(scope)) as cursor:
        for line in lines:
            asked = {**dict(settings), "poverty_line": line}
            frame = values(cursor, asked, by="institution", periods=[day], indicators=FIGURES)
            rows = {row.indicator: (_known(row.value), _known(row.low), _known(row.high)) for row in frame.itertuples()}
            if rows.get(RATE, (None,))[0] is not None:
                found[line] = rows
    return found


def _known(value: float) -> float | None:
    return None if value != value else float(value)


def rates(screen: Screen, cards: Sequence[InUse]) -> None:
    """The clients' poverty rate at each line with its interval, against the region's, and its change."""
    language = screen.language
    day = screen.choices.period or next(iter(screen.options.periods), None)
    settings = Fixed(tuple(screen.policy.settings.items()))
    lines = cards[0].lines
    found = by_line(screen.source, screen.scope, settings, lines, day) if day and len(cards) == 1 else {}
    if not found or day is None:
        st.markdown(f":gray[{_word(screen, 'rates_none')}]")
        return
    said = _word(screen, "rates_title", date=date(language, day))
    heads = [_word(screen, f"col_{name}") for name in ("line", "rate", "against", "change")]
    with st.container(key="head_rates", horizontal=True, horizontal_alignment="distribute"):
        st.header(said, anchor=False)
        excel.button(screen, "poverty", lambda: [_sheet(screen, found)], "excel_poverty")
    texts = [[_marked(screen, line), *(_told(language, name, row) for name in FIGURES)] for line, row in found.items()]
    with st.container(key="poverty_lines"):
        columns = ([md(line[at]) for line in texts] for at in range(len(heads)))
        st.table(dict(zip(heads, columns, strict=True)), border="horizontal", hide_index=True, alt=said)
    left = len(lines) - len(found)
    st.caption(_word(screen, "rates_text") + (" " + _word(screen, "rates_left", n=left) if left else ""))


def _marked(screen: Screen, line: str) -> str:
    """A line's name; the one that figures and scores use says so."""
    chosen = str(screen.policy.settings["poverty_line"])
    return _word(screen, "line_used", line=line) if line == chosen else line


def _told(language: str, name: str, row: dict[str, Found]) -> str:
    """A figure with its interval: 41 % (37 % – 45 %); a dash where it is not known."""
    value, low, high = row.get(name, (None, None, None))
    indicator = indicators()[name]
    if value is None:
        return "–"
    if name == CHANGE:
        text = say(language, "ppi.change_points", n=_signed(language, value))
        ends = None if low is None or high is None else (_signed(language, low), _signed(language, high))
    else:
        text = figure(language, indicator, value)
        ends = None if low is None or high is None else (percent(language, low, 0), percent(language, high, 0))
    return text if ends is None else say(language, "ppi.with_interval", value=text, low=ends[0], high=ends[1])


def _signed(language: str, share: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    text = number(language, abs(share) * 100, 1)
    return text if round(share * 100, 1) == 0 else ("+" if share > 0 else "−") + text


def _sheet(screen: Screen, found: dict[str, dict[str, Found]]) -> Sheet:
    heads = [_word(screen, "col_line")]
    for name in FIGURES:
        title = indicators()[name].text(screen.language, "title")
        heads += [title, f"{title}, {_word(screen, 'low')}", f"{title}, {_word(screen, 'high')}"]
    rows = []
    for line, row in found.items():
        ends = [Figure(one, indicators()[name].unit) for name in FIGURES for one in row.get(name, (None, None, None))]
        rows.append([line, *ends])
    return Sheet(screen.say("part_scorecard"), heads, rows)


def planner(screen: Screen) -> None:
    """How many households to ask: the wish, and the answer in a sentence below."""
    with st.expander(_word(screen, "planner"), key="planner"):
        left, right = st.columns(2)
        points = left.number_input(_word(screen, "plan_interval"), 0.5, 30.0, 5.0, 0.5, "%.4g", key="ppi_interval")
        percent_ = right.number_input(_word(screen, "plan_rate"), 1.0, 99.0, 50.0, 1.0, "%.4g", key="ppi_rate")
        design: Design = left.selectbox(
            _word(screen, "plan_design"),
            DESIGNS,
            format_func=lambda name: _word(screen, f"design_{name}"),
            key="ppi_design",
        )
        sure = right.selectbox(_word(screen, "plan_confidence"), list(Z), 1, key="ppi_sure",
                               format_func=lambda z: percent(screen.language, z / 100, 0))  # fmt: skip
        households = left.number_input(
            _word(screen, "plan_households"), 1, 10**9, None, key="ppi_households", disabled=design != "rate",
            help=_word(screen, "plan_households_help"),
        )  # fmt: skip
        alpha = right.number_input(_word(screen, "plan_alpha"), 0.5, 2.0, 1.0, 0.05, "%.4g", key="ppi_alpha",
                                   help=_word(screen, "plan_alpha_help"))  # fmt: skip
        _planned(screen, points / 100, percent_ / 100, design, households, sure, alpha)


def _planned(
    screen: Screen, c: float, p: float, design: Design, households: int | None, sure: int, alpha: float
) -> None:
    n = sample_size(c, p, design, households, Z[sure], alpha)
    shown = number(screen.language, 100 * c, 1)
    said = _word(screen, f"planned_{design}", n=n, points=shown, confidence=sure, rate=round(100 * p))
    st.markdown(f"**{md(said)}**")
    if design == "rate" and (not households or 2 * n <= households):
        half = number(screen.language, 100 * half_width(p, 2 * n, Z[sure], alpha, households), 1)
        st.caption(md(_word(screen, "planned_twice", n=2 * n, points=half)))
