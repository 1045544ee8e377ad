"""How well those who speak are answered: each measure now, with its interval, and in the twelve months before."""

import functools

import streamlit as st

from metrics import excel
from metrics.charts import voices as drawing
from metrics.charts.tones import tones
from metrics.charts.voices import Measured
from metrics.voices.loop import Figure, Loop
from metrics.voices.span import SEGMENTS
from metrics.words import number, percent
from pages.ui import take
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import heard_reads, heard_words
from pages.ui.voices.heard_words import said

SHARES = ("heard_share", "answered_complaints", "answered_statements", "closed", "again_client", "again_branch",
          "linked", "acted", "coded")  # fmt: skip


def show(screen: Screen) -> None:
    """The measures as rows, the days to close as a sentence, and the same by segment."""
    now, before = heard_reads.measures(screen)
    found = measured(screen, now, before)
    rows = drawing.frame(found, screen.language)
    told = "; ".join(f"{one.title} {drawing.words(one, screen.language)}" for one in found)
    heads = [said(screen, f"take_{name}") for name in ("measure", "now", "n", "before", "before_n")]
    share = functools.partial(excel.Figure, unit="%")
    made = [[one.title, share(one.now), one.n, share(one.before), one.before_n] for one in found]
    title, draw = said(screen, "loop"), functools.partial(drawing.loop, rows)
    sheet = excel.Sheet(title, heads, made)
    with st.container(key="head_loop", horizontal=True, horizontal_alignment="distribute"):
        st.header(title, anchor=False)
        take.chart(screen, "loop", f"{title}: {told}", draw, lambda: [sheet], "take_loop")
    st.markdown(f":gray[{said(screen, 'loop_note', since=now.since, day=now.day)}]")
    st.altair_chart(draw(tones(st.context.theme.type)), theme=None, key="loop_chart", alt=told)
    st.markdown(md(days(screen, now.figure("days_to_close"), before.figure("days_to_close"))))
    with st.expander(said(screen, "by_segment")):
        _segments(screen, now)


def measured(screen: Screen, now: Loop, before: Loop) -> list[Measured]:
    """The shares of which anything is known, now or before."""
    found = []
    for name in SHARES:
        one, then = now.figure(name), before.figure(name)
        if one.value is not None or then.value is not None:
            found.append(Measured(said(screen, f"measure_{name}"), one.value, one.n, then.value, then.n))
    return found


def days(screen: Screen, now: Figure, before: Figure) -> str:
    """How long a complaint takes to be closed, and took before."""
    if now.value is None:
        return said(screen, "days_none")
    took = screen.say("days", n=int(now.value))
    if before.value is None:
        return said(screen, "days", took=took, n=now.n)
    return said(screen, "days_before", took=took, n=now.n, before=screen.say("days", n=int(before.value)),
                count=before.n)  # fmt: skip


def _segments(screen: Screen, now: Loop) -> None:
    """Coverage and answers of each part of the clients, the least heard first."""
    by = st.selectbox(said(screen, "by"), SEGMENTS, format_func=lambda name: said(screen, f"by_{name}"),
                      key="loop_by", width=220)  # fmt: skip
    names = ("heard_share", "per_1000", "answered_complaints")
    parts = {part: [now.figure(name, by, part) for name in names] for part in now.segments(by)}
    if not parts:
        st.markdown(f":gray[{said(screen, 'no_segments')}]")
        return
    st.table(
        [
            {
                said(screen, f"by_{by}"): md(heard_words.segment(screen, by, part)),
                **{heard_words.code(screen, f"loop_{figure.name}"): cell(screen, figure) for figure in figures},
            }
            for part, figures in sorted(parts.items(), key=lambda item: item[1][0].value or 0)
        ]
    )


def cell(screen: Screen, figure: Figure) -> str:
    """A figure with its n; a dash where it is not known, words where there are too few."""
    if figure.value is None:
        return said(screen, "too_few") if figure.status == "too_few" else "–"
    per_thousand = figure.name == "per_1000"
    shown = number(screen.language, figure.value) if per_thousand else percent(screen.language, figure.value, 0)
    return said(screen, "cell", value=shown, n=figure.n)
