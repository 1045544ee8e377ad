"""Limits in words: where one holds, what it is, who approved it or that it is a default and whose."""

import datetime
from collections.abc import Mapping, Sequence

import streamlit as st

from metrics.appetite.lines import Line
from metrics.catalogue import Indicator, indicators
from metrics.limits import Limit
from metrics.limits import Line as Value
from metrics.words import catalogue, date, say
from pages.ui import data
from pages.ui.indicator import figures, reads
from pages.ui.screen import Screen
from pages.ui.text import md

NAMES = ("target", "amber", "red")


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about warnings, in the reader's language."""
    return say(screen.language, f"warnings.{name}", **params)


def scope_name(screen: Screen, scope: str) -> str:
    """A scope as the label of a choice: Branch."""
    name = said(screen, f"scope_{scope}")
    return name[:1].upper() + name[1:]


def place(screen: Screen, scope: str, part: str, names: Mapping[str, str]) -> str:
    """The name of the part that a limit is for; a segment's is written in the reader's language."""
    if not part:
        return said(screen, f"all_{scope}")
    if scope == "institution":
        return data.institution(screen.source, screen.language)
    if scope != "segment":
        return names.get(part, part)
    kind, _, value = part.partition("/")
    key = f"indicators.segment_{kind}_{value.lower()}"
    by = say(screen.language, f"indicators.by_{kind}")
    return f"{by}: {say(screen.language, key) if key in catalogue(screen.language) else value}"


def value_text(screen: Screen, indicator: Indicator, line: Value, short: bool = False) -> str:
    """A limit in the indicator's unit; a dash where there is none."""
    if line is None:
        return "–"
    return figures.line_text(screen.language, indicator, line, reads.currency(screen.source, screen.scope), short)


def ends(line: Line, name: str) -> Value:
    """Target, amber or red of a limit: one number, or two of a band."""
    low, high = line.terms.get(name), line.terms.get(f"{name}_high")
    return low if low is None or high is None else (low, high)


def in_force(screen: Screen, indicator: Indicator, scope: str) -> Limit | None:
    """The limit in force for a kind of unit, the board's or a default."""
    kind = "institution" if scope == "segment" else scope
    return reads.limits(screen.source, screen.scope, screen.choices.policy, kind).get(indicator.id)


def start(screen: Screen, indicator: Indicator, scope: str, now: Line | None) -> dict[str, Value]:
    """The numbers that a form starts with: those in force."""
    if now is not None:
        return {name: ends(now, name) for name in NAMES}
    limit = in_force(screen, indicator, scope)
    return {"target": None, "amber": limit.amber if limit else None, "red": limit.red if limit else None}


def now_text(screen: Screen, indicator: Indicator, scope: str, now: Line | None) -> str:
    """What holds there now, and who approved it; a default is called one, with its source."""
    limit = None if now else in_force(screen, indicator, scope)
    if now is None and limit is None:
        return md(said(screen, "now_none"))
    amber, red = (ends(now, "amber"), ends(now, "red")) if now else (limit.amber, limit.red) if limit else (None, None)
    pair = {"amber": value_text(screen, indicator, amber), "red": value_text(screen, indicator, red)}
    return md(said(screen, "now_is", **pair, origin=origin(screen, indicator, now, bool(limit and limit.approved))))


def origin(screen: Screen, indicator: Indicator, line: Line | None, wider: bool = False) -> str:
    """Who set a limit: approved by whom and when, or a default and its source.

    Args:
        line: the board's own limit for this place; None where there is none.
        wider: whether the board set one for all that holds here too.
    """
    if line is not None:
        day = line.terms.get("approved_on") or line.valid_from
        return said(screen, "origin_board", who=line.terms["approved_by"], day=date(screen.language, day))
    if wider:
        return said(screen, "origin_wider")
    if indicator.id in screen.policy.limits:
        return said(screen, "origin_policy", title=screen.policy_title().partition(":")[0].strip())
    source = indicator.text(screen.language, "limits_source")
    plain = indicator.text("en", "limits_source").startswith("default")
    return (
        said(screen, "origin_default_plain") if plain or not source else said(screen, "origin_default", source=source)
    )


def past(screen: Screen, indicator: Indicator, before: Sequence[Line]) -> None:
    """Every limit that the place ever had, the newest first."""
    if not before:
        return
    with st.expander(said(screen, "past", n=len(before))):
        st.table([_past(screen, indicator, line) for line in before], border="horizontal", hide_index=True)


def _past(screen: Screen, indicator: Indicator, line: Line) -> dict[str, str]:
    last = line.terms.get("valid_to")
    numbers = {said(screen, f"field_{name}"): md(value_text(screen, indicator, ends(line, name))) for name in NAMES}
    return {
        said(screen, "field_valid_from"): md(date(screen.language, line.valid_from)),
        said(screen, "field_valid_to"): md(date(screen.language, last)) if last else "–",
        **numbers,
        said(screen, "field_approved_by"): md(line.terms["approved_by"]),
        said(screen, "field_rationale"): md(line.terms.get("rationale") or line.terms.get("source") or "–"),
    }


def table(screen: Screen, every: Sequence[Line], names: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    """Every limit that is in force, the board's first, then the defaults, as rows of texts."""
    today = datetime.date.today()
    rows = [
        _row(screen, indicators()[line.indicator], line.scope, line.scope_id, line, names)
        for line in every
        if line.holds(today) and line.indicator in indicators()
    ]
    own = {line.indicator for line in every if line.scope == "institution" and line.holds(today)}
    policy = reads.limits(screen.source, screen.scope, screen.choices.policy, "institution")
    rest = [name for name in policy if name not in own]
    return rows + [_row(screen, indicators()[name], "institution", "", None, names) for name in rest]


def _row(
    screen: Screen, indicator: Indicator, scope: str, part: str, line: Line | None,
    names: Mapping[str, Mapping[str, str]],
) -> dict[str, str]:  # fmt: skip
    numbers = start(screen, indicator, scope, line)
    last = line.terms.get("valid_to") if line else None
    return {
        said(screen, "field_indicator_id"): screen.named(indicator, "title"),
        said(screen, "field_scope"): place(screen, scope, part, names.get(scope, {})),
        **{said(screen, f"field_{name}"): value_text(screen, indicator, numbers[name], True) for name in NAMES},
        said(screen, "field_hard_cap"): said(screen, "yes" if line and line.hard_cap else "no"),
        said(screen, "field_valid_from"): date(screen.language, line.valid_from) if line else "–",
        said(screen, "field_valid_to"): date(screen.language, last) if last else "–",
        said(screen, "column_origin"): origin(screen, indicator, line),
    }
