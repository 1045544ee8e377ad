"""What an indicator's file says, as readers need it: facts, formula, example; Methods and Indicators share it."""

import streamlit as st

from metrics import definitions
from metrics.catalogue import Indicator
from metrics.limits import Line
from metrics.words import date, number, say
from pages.ui import data, menu
from pages.ui.indicator import figures, reads
from pages.ui.screen import Screen
from pages.ui.text import md


def show(screen: Screen, indicator: Indicator) -> None:
    """The whole definition: title, summary, facts, formula, example, and the way to its figures."""
    st.header(f"{md(indicator.text(screen.language, 'title'))} :gray[{md(indicator.id)}]", anchor=False)
    st.markdown(md(indicator.text(screen.language, "summary")))
    link = say(screen.language, "indicators.to_sheet")
    menu.link("indicators", label=link, query_params={"indicator": indicator.id})
    facts(screen, indicator)
    if indicator.sql:
        formula(screen, indicator)


def facts(screen: Screen, indicator: Indicator, now: bool = True) -> None:
    """Value now, unit, scale, limits, definitions in force, columns, standards and sources as a table.

    Args:
        now: whether the value is among them; a sheet's headline says it.
    """
    known = _facts(screen, indicator) if now else _facts(screen, indicator) | {"now": ""}
    found = {screen.say(f"fact_{name}"): text for name, text in known.items() if text}
    with st.container(key="facts"):
        st.table(found, border="horizontal", alt=screen.say("facts_alt"))


def formula(screen: Screen, indicator: Indicator) -> None:
    """The SQL that is run, and the example that is its test."""
    st.header(screen.say("formula"), anchor=False)
    st.code(indicator.sql.strip(), language="sql", wrap_lines=True)
    _example(screen, indicator)


def _facts(screen: Screen, indicator: Indicator) -> dict[str, str]:
    units = [screen.say(f"kind_{kind}") for kind in indicator.units]
    return {
        "now": _now(screen, indicator),
        "pillar": f"{screen.say('side_' + indicator.pillar)}, {say(screen.language, 'themes.' + indicator.theme)}",
        "unit": screen.say(f"unit_of_{'percent' if indicator.unit == '%' else indicator.unit}"),
        "better": screen.say(f"better_{indicator.better}"),
        "goalposts": _goalposts(screen, indicator),
        "limits": _limits(screen, indicator),
        "units": ", ".join(units),
        "people": screen.say(f"counts_{indicator.people}"),
        "settings": _settings(screen, indicator),
        "needs": md(", ".join(indicator.needs())),
        "risk": md(", ".join(say(screen.language, "risks." + risk) for risk in indicator.risk)),
        "standard": md(", ".join(indicator.standard)),
        "source": md(indicator.text(screen.language, "source")),
    }


def _value(screen: Screen, indicator: Indicator, value: float | None) -> str:
    return md(figures.written(screen.language, indicator, value, reads.currency(screen.source, screen.scope)))


def _now(screen: Screen, indicator: Indicator) -> str:
    """The whole institution's value at the date shown, or what it waits for."""
    options = screen.options
    if not options.periods:
        return ""
    day = screen.choices.period or options.periods[0]
    frame = data.whole_values(screen.source, screen.scope, screen.choices.policy, day)
    rows = frame[frame["indicator"] == indicator.id]
    if len(rows) != 1:
        return ""
    value, status = rows["value"].iloc[0], str(rows["status"].iloc[0])
    if status.startswith("not_available: needs "):
        return screen.say("now_needs", field=md(status.removeprefix("not_available: needs ")))
    if status not in ("ok", "as_reported"):
        return screen.say(f"now_{status}")
    said = screen.say("now_value", value=_value(screen, indicator, value), date=md(date(screen.language, day)))
    return f"{said} {screen.say('now_as_reported')}" if status == "as_reported" else said


def _goalposts(screen: Screen, indicator: Indicator) -> str:
    posts = [_value(screen, indicator, post) for post in indicator.goalposts]
    if len(posts) == 2:
        return screen.say("goalposts_two", worst=posts[0], best=posts[1])
    if len(posts) == 4:
        return screen.say("goalposts_band", low=posts[0], from_=posts[1], to=posts[2], high=posts[3])
    return screen.say("goalposts_none")


def _limits(screen: Screen, indicator: Indicator) -> str:
    """Amber and red as they are in force, and who set them."""
    shown = screen.picture()
    limit = shown.limits.get(indicator.id) if shown else None
    if limit is None:
        return screen.say("limits_none")
    amber, red = (_line(screen, indicator, line) for line in (limit.amber, limit.red))
    said = screen.say("limits_text", amber=amber, red=red)
    if limit.approved:
        return f"{said} {screen.say('limits_approved')}"
    if indicator.text("en", "limits_source").startswith("default"):  # then there is no more to say of its source
        return f"{said} {say(screen.language, 'indicators.limits_plain')}"
    return f"{said} {screen.say('limits_default', source=md(indicator.text(screen.language, 'limits_source')))}"


def _line(screen: Screen, indicator: Indicator, line: Line) -> str:
    return md(figures.line_text(screen.language, indicator, line, reads.currency(screen.source, screen.scope)))


def _settings(screen: Screen, indicator: Indicator) -> str:
    """The policy's definitions that this formula reads, by name."""
    return md(definitions.phrase(indicator, screen.policy.settings, screen.language))


def _number(screen: Screen, value: object) -> str:
    whole = float(str(value))
    return number(screen.language, whole, 0 if whole == round(whole) else 2)


def _example(screen: Screen, indicator: Indicator) -> None:
    """The example that is also the definition's test: rows in, values out."""
    st.header(screen.say("example"), anchor=False)
    for name, rows in indicator.example.items():
        if name in ("expect", "settings"):
            continue
        st.caption(screen.say("example_rows", name=md(name)))
        alt = screen.say("example_rows", name=name)
        heads = list(dict.fromkeys(column for row in rows for column in row))
        lines = [[f":gray[{md(head)}]", *(_cell(screen, row.get(head)) for row in rows)] for head in heads]
        if len(rows) <= len(heads):  # the few go across, so that a telephone shows it all
            lines = [list(line) for line in zip(*lines, strict=True)]
        columns = {str(place): line for place, line in enumerate(lines)}
        st.table(columns, border="horizontal", hide_index=True, hide_header=True, width="content", alt=alt)
    values = {
        unit: figures.written(screen.language, indicator, v, "") for unit, v in indicator.example["expect"].items()
    }
    expected = [f"{md(unit)} **{md(value)}**" for unit, value in values.items()]
    st.markdown(screen.say("example_gives", values=", ".join(expected)))


def _cell(screen: Screen, value: object) -> str:
    """A value of an example: numbers as the language writes them."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return md(_number(screen, value))
    return "" if value is None else md(value)
