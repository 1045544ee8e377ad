"""What several sections look up: figures by unit, limits and changes as cells, an indicator over time as a chart."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from metrics import actions, decisions, definitions, limits
from metrics.actions import Action
from metrics.appetite.sentences import step
from metrics.catalogue import Indicator
from metrics.charts.history import Rule, frame, history
from metrics.charts.tones import LIGHT
from metrics.decisions import Decision
from metrics.documents.document import drawing
from metrics.figures import figure
from metrics.limits import Limit, Line
from metrics.packs import cells
from metrics.packs.asked import Asked, Found
from metrics.packs.model import Block, Cell, Chart, Column, Number, Series, Table, Text
from metrics.words import month, say

WHOLE = "institution"
NEEDS = ": needs "  # in the status of a figure that is not there
MONTHS = 13  # of a chart over time: a year, and the month that it is compared with
WIDTH, HEIGHT = 620, 150  # pixels: two such charts and a table fit a page
UNIT = re.compile(r".*\d([\s\u202f]\D+)")  # what stands behind a number
Place = tuple[str, str]  # unit, indicator


def found(asked: Asked, names: Iterable[str], by: str) -> Mapping[Place, Found]:
    """Values by unit and indicator at the pack's date; those that have no meaning there are left out."""
    if by == asked.picture.by:  # other sections ask for all of these
        wanted = set(names)
        return {place: one for place, one in asked.parts(by).items() if place[1] in wanted}
    rows = asked.values(by, None, sorted(set(names)))
    columns = rows[["unit", "indicator", "value", "n", "coverage", "status"]].itertuples(index=False, name=None)
    return {(unit, name): Found(*rest) for unit, name, *rest in columns}


def every(asked: Asked, by: str) -> pd.DataFrame | None:
    """All values of units of a kind up to the pack's date; None where filters leave out some of what is behind them."""
    return None if asked.where else asked.values(by, asked.past)


def acted(asked: Asked) -> Sequence[Action]:
    """Every action that the reader may see."""
    return asked.once("actions", lambda: actions.listed(asked.cursor))


def decided(asked: Asked) -> Sequence[Decision]:
    """Every decision that the reader may see."""
    return asked.once("decisions", lambda: decisions.listed(asked.cursor))


def name(asked: Asked, indicator: Indicator) -> str:
    """An indicator's name with the definition in force."""
    return definitions.named(indicator, asked.policy.settings, asked.language, "short")


def limit(asked: Asked, indicator: Indicator, line: Line) -> Cell:
    """A limit in its indicator's unit; a band is words."""
    if line is None:
        return cells.MISSING
    if isinstance(line, tuple):
        return band(asked.language, [figure(asked.language, indicator, end, asked.picture.currency) for end in line])
    return Number(line, figure(asked.language, indicator, line, asked.picture.currency), indicator.unit)


def band(language: str, ends: Sequence[str]) -> str:
    """Both ends of a band with their unit said once: 0–25 %; in words where one is negative."""
    low, high = ends
    before, unit = UNIT.fullmatch(low), UNIT.fullmatch(high)
    if before and unit and before[1] == unit[1]:
        low = low.removesuffix(unit[1])
    return say(language, "packs.band", low=low, high=high) if "-" in low + high else f"{low}–{high}"


def line_at(lines: Limit | None, standing: str) -> Line:
    """The line that matters at a level: red where it is broken, else amber, else red."""
    if lines is None:
        return None
    return lines.red if standing == "red" or lines.amber is None else lines.amber


def judged(asked: Asked, number: Number, standing: str) -> Number:
    """A number with a level that is known already, in words too; nothing where it is kept back."""
    if number.hidden or number.value is None:
        return number
    word = say(asked.language, f"documents.level_{standing}") if standing in ("amber", "red") else ""
    return replace(number, level=standing, word=word)


def measured(asked: Asked, indicator: Indicator, one: Found, lines: Mapping[str, Limit], **place: str) -> Number:
    """A value as a cell, judged by the limits given."""
    number = cells.value(asked, indicator, one.value, one.n, None, False, **place)
    return judged(asked, number, level(indicator, number, lines))


def level(indicator: Indicator, number: Number, lines: Mapping[str, Limit]) -> str:
    """The level of a figure by its limits: red, amber, within, or empty where it has no value or no limit."""
    if number.value is None or indicator.id not in lines:
        return ""
    return limits.level(indicator, number.value, lines)[0] or "within"


def beside(asked: Asked, line: Cell, number: Number) -> str:
    """What stands beside a large figure: its limit and how many are behind it."""
    said = line if isinstance(line, str) else line.text
    held = say(asked.language, "packs.figure_limit", value=said) if said != cells.MISSING else ""
    people = say(asked.language, "packs.figure_n", n=number.n) if number.n is not None else ""
    return " · ".join(text for text in (held, people) if text)


def distance(asked: Asked, indicator: Indicator, number: Number, target: float) -> Number:
    """From a target to a figure, in points where it is a share; kept back with the figure."""
    if number.hidden:
        return cells.kept_back(asked, "", indicator.unit)
    if number.value is None:
        return Number(None, cells.MISSING, indicator.unit)
    by = number.value - target
    text = step(asked.language, indicator, abs(by), asked.picture.currency)
    none = text == step(asked.language, indicator, 0.0, asked.picture.currency)
    unit = "points" if indicator.unit == "%" else indicator.unit
    return Number(by, text if none else ("+" if by > 0 else "−") + text, unit)


def headed(asked: Asked, indicator: Indicator, number: Number, line: Cell) -> str:
    """The finding of one figure: its value, and its limit where it is past it."""
    said = line if isinstance(line, str) else line.text
    key = number.level if number.level and said != cells.MISSING else "plain"
    return say(
        asked.language, f"packs.figure_is_{key}", name=name(asked, indicator), value=number.text, line=said
    )  # fmt: skip


def enabling(asked: Asked, names: Iterable[str]) -> str:
    """The columns that would enable figures of the whole which are not there, as table.column, the first four."""
    said = [asked.whole()[name].status for name in names if name in asked.whole()]
    found = (status.partition(NEEDS)[2].split(" ")[0] for status in said if NEEDS in status)
    return ", ".join(list(dict.fromkeys(found))[:4])


def unfiltered(asked: Asked) -> tuple[Block, ...]:
    """Says that what stands here is of all that the reader may see, where filters leave out some of it elsewhere."""
    return (Text(say(asked.language, "packs.figure_unfiltered"), "note"),) if asked.where else ()


def held(asked: Asked, by: str = WHOLE) -> Mapping[str, Limit]:
    """The limits in force for units of a kind."""
    return asked.once(f"limits {by}", lambda: limits.in_force(asked.cursor, asked.policy, by))


def drawn(asked: Asked, id: str, figures: object, make: Callable[[], Any]) -> str:
    """A chart as SVG, drawn again only where its figures are others: what is kept back is found by composing twice."""
    return asked.once(f"drawn {id} {figures!r}", lambda: drawing(make()))


def over_time(asked: Asked, indicator: Indicator, id: str, title: str) -> Chart | None:
    """An indicator of the whole over the last months with its limits; None where fewer than two dates are known."""
    language = asked.language
    days = [day for day in asked.picture.periods if day <= asked.day][-MONTHS:]
    rows = asked.values(WHOLE, days, [indicator.id])
    rows = rows[rows["unit"] == asked.picture.whole.id]
    known = {day: (value, n) for day, value, n in rows[["period", "value", "n"]].itertuples(index=False)}
    numbers = [cells.value(asked, indicator, *known.get(day, (None, None)), day=day) for day in days]
    begun = next((at for at, one in enumerate(numbers) if one.value is not None or one.hidden), len(numbers))
    days, numbers = days[begun:], numbers[begun:]
    if sum(one.value is not None for one in numbers) < 2:
        return None
    names, lines = [month(language, day) for day in days], _lines(asked, indicator)
    figures = [one.value for one in numbers]

    def draw() -> Any:
        rules = [Rule(value, text, level) for text, value, level in lines]
        rows = frame(names, figures, [one.text for one in numbers])
        return history(rows, rules, None, write, LIGHT, indicator.pillar).properties(width=WIDTH, height=HEIGHT)

    def write(tick: float) -> str:
        return figure(language, indicator, tick, asked.picture.currency)

    columns = (Column(say(asked.language, "packs.figure_month")), Column(name(asked, indicator), "number"))
    people = (say(asked.language, "packs.figure_n", n=one.n) for one in numbers[-1:] if one.n is not None)
    return Chart(
        id=id, title=title, kind="lines", categories=tuple(names), unit=indicator.unit, alt=title,
        series=(Series(columns[1].title, tuple(figures), indicator.pillar),),
        table=Table(f"{id}_months", title, columns, tuple(zip(names, numbers, strict=True))),
        svg=drawn(asked, id, (figures, lines), draw), width=float(WIDTH), height=float(HEIGHT), limits=tuple(lines),
        note=" ".join(people),
    )  # fmt: skip


def _lines(asked: Asked, indicator: Indicator) -> list[tuple[str, float, str]]:
    """The limits of the whole, both ends of a band: in words, the value, amber or red."""
    lines = held(asked).get(indicator.id)
    given = ((level, getattr(lines, level)) for level in ("amber", "red")) if lines else ()
    return [
        (say(asked.language, f"packs.figure_line_{level}", value=figure(asked.language, indicator, end)), end, level)
        for level, line in given
        if line is not None
        for end in (line if isinstance(line, tuple) else (line,))
    ]
