"""What a scenario does: both legs before and after, what money and people lose beside each other, limits, gaps."""

import functools

import streamlit as st

from metrics.charts import stress as drawing
from metrics.charts.tones import tones
from metrics.excel import Sheet
from metrics.stress import telling
from metrics.stress.facts import Fact
from metrics.stress.run import Broken, Outcome
from metrics.units import Unit
from metrics.words import date
from pages.ui import excel, take
from pages.ui.rows import LEVELS
from pages.ui.screen import Screen
from pages.ui.stress import reads
from pages.ui.stress.reads import said
from pages.ui.text import md

MOST = 8  # limits of the institution shown; the others are in the CSV
HEADS = ("what", "by", "unit", "name", "before", "after", "line", "level", "sentence")


def headline(screen: Screen, outcome: Outcome) -> None:
    """The one finding, and what it is compared with."""
    st.markdown(f"**{md(telling.headline(screen.language, outcome, reads.named(screen)))}**")
    st.markdown(f":gray[{md(said(screen, 'as_of', date=date(screen.language, outcome.day)))}]")


def show(screen: Screen, outcome: Outcome) -> None:
    """The results, from what moves most to where the numbers come from."""
    _chart(screen, outcome)
    sides = (("financial", "money_title"), ("social", "people_title"))
    for column, (side, title) in zip(st.columns(2, gap="medium"), sides, strict=True):
        with column:
            _facts(screen, outcome, [fact for fact in outcome.facts if fact.side == side], said(screen, title))
    _limits(screen, outcome)
    for gap in outcome.gaps:
        st.markdown(f":material/help: {md(telling.gap(screen.language, gap))}")
    with st.expander(said(screen, "assumed")):
        st.markdown(md(outcome.scenario.text(screen.language, "source")))
        st.markdown(f":gray[{said(screen, 'survey_note')}]")
    made = [_sheet(screen, outcome)]
    excel.button(screen, f"stress-{outcome.scenario.name}", lambda: made, "stress_excel")


def _chart(screen: Screen, outcome: Outcome) -> None:
    was = {unit.id: unit for unit in outcome.before.units}
    pairs = [drawing.Pair(said(screen, "institution"), _healths(outcome.before.whole), _healths(outcome.after.whole))]
    pairs += [drawing.Pair(unit.name, _healths(was[unit.id]), _healths(unit)) for unit in outcome.after.units
              if unit.id in was]  # fmt: skip
    rows = drawing.frame(pairs, screen.language)
    if not len(rows):
        return
    st.markdown(f":gray[○ {said(screen, 'legend_before')} &ensp; ● {said(screen, 'legend_after')}]")
    look, made = tones(st.context.theme.type), [_sheet(screen, outcome)]
    for column, pillar in zip(st.columns(2, gap="medium"), drawing.PILLARS, strict=True):
        with column:
            draw = functools.partial(drawing.pairs, rows, pillar, screen.policy.health_limit, screen.language)
            st.altair_chart(draw(look), theme=None, height=drawing.height(pairs), key=f"stress_chart_{pillar}",
                            alt=said(screen, f"chart_{pillar}"))  # fmt: skip
            name = f"stress-{outcome.scenario.name}-{pillar}"
            take.chart(screen, name, said(screen, f"chart_{pillar}"), draw, lambda: made, f"take_stress_{pillar}")


def _healths(unit: Unit) -> tuple[float | None, float | None]:
    return unit.financial, unit.social


def _facts(screen: Screen, outcome: Outcome, facts: list[Fact], title: str) -> None:
    if not facts:
        return
    st.markdown(f"**{title}**")
    lines = [telling.fact(screen.language, fact, outcome.currency) for fact in facts]
    st.markdown("\n".join(f"- {md(text)} :gray[{md(basis)}]" for text, basis in lines))


def _limits(screen: Screen, outcome: Outcome) -> None:
    new = [one for one in outcome.new if one.by == "institution"]
    st.markdown(f"**{said(screen, 'limits_title', n=len(new))}**")
    with st.container(key="stress_limits"):
        st.markdown("\n\n".join(_limit(screen, outcome, one) for one in new[:MOST]))
    parts = [one for one in outcome.new if one.by == "branch"]
    struck = len({one.unit for one in parts})
    notes = []
    if len(new) > MOST:
        notes.append(said(screen, "more", n=len(new) - MOST))
    already = sum(one.already and one.by == "institution" for one in outcome.broken)
    if already:
        notes.append(said(screen, "already", n=already))
    if notes:
        st.markdown(f":gray[{' '.join(notes)}]")
    if parts:
        with st.expander(said(screen, "branches_title", n=struck)):
            st.markdown("  \n".join(_limit(screen, outcome, one) for one in parts[: 3 * MOST]))
            if len(parts) > 3 * MOST:
                st.markdown(f":gray[{said(screen, 'more', n=len(parts) - 3 * MOST)}]")


def _limit(screen: Screen, outcome: Outcome, one: Broken) -> str:
    text = telling.limit(screen.language, one, reads.named(screen), outcome.currency)
    return f"{LEVELS[one.level]}{md(text)}"


def _sheet(screen: Screen, outcome: Outcome) -> Sheet:
    named, language = reads.named(screen), screen.language
    rows: list[tuple[object, ...]] = []
    for before, after in ((outcome.before.whole, outcome.after.whole),
                          *zip(sorted(outcome.before.units, key=lambda unit: unit.id),
                               sorted(outcome.after.units, key=lambda unit: unit.id), strict=True)):  # fmt: skip
        by = "institution" if after is outcome.after.whole else "branch"
        rows += [("health", by, after.name, node, getattr(before, node), getattr(after, node), None, "", "")
                 for node in ("financial", "social", "balance")]  # fmt: skip
    for one in outcome.broken:
        text = telling.limit(language, one, named, outcome.currency)
        rows.append(("limit", one.by, one.name, one.indicator, one.before, one.value, one.line, one.level, text))
    for fact in outcome.facts:
        text = " ".join(telling.fact(language, fact, outcome.currency))
        rows.append((fact.side, "institution", "", fact.name, fact.before, fact.after, None, "", text))
    rows += [("gap", "", "", gap.effect, None, None, None, "", telling.gap(language, gap)) for gap in outcome.gaps]
    return Sheet(outcome.scenario.text(screen.language, "title"), HEADS, rows)
