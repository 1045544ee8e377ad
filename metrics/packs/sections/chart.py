"""One chart of one's choice: an indicator over time, or by unit as bars."""

from collections.abc import Sequence

from metrics.catalogue import Indicator
from metrics.charts.bars import Bar, bars, size
from metrics.charts.tones import LIGHT
from metrics.errors import EvenkeelError, nearest
from metrics.packs import cells
from metrics.packs.asked import NOTHING, Asked
from metrics.packs.description import Part
from metrics.packs.model import Chart, Column, Number, Section, Series, Table
from metrics.packs.refs import at
from metrics.packs.sections import annex, looked
from metrics.words import say

KINDS = ("time", "units")


def section(asked: Asked, part: Part) -> Section | None:
    """The indicator over time (`chart = "time"`, the usual one) or by unit (`units`); None without data.

    Raises:
        EvenkeelError: the description names no indicator, or a chart that there is not.
    """
    one, kind = named(asked, part), str(part.choices.get("chart", "")) or KINDS[0]
    if kind not in KINDS:
        raise EvenkeelError("packs.unknown_chart", name=kind, known=", ".join(KINDS), nearest=nearest(kind, KINDS))
    title = str(part.choices.get("title", "")) or looked.name(asked, one)
    if kind == "time":
        drawn = looked.over_time(asked, one, part.id, say(asked.language, "packs.over_time", name=title))
    else:
        by = asked.picture.by
        units = [unit for unit in annex.members(asked, by) if (unit[0], one.id) in asked.parts(by)]
        drawn = by_unit(asked, one, by, units, part.id) if units else None
    if drawn is None:
        return None
    return Section(part.id, part.kind, title, drawn.title, (drawn,))


def named(asked: Asked, part: Part) -> Indicator:
    """The one indicator of a part.

    Raises:
        EvenkeelError: the description names none, or one that there is not.
    """
    chosen = asked.chosen(part.choices.get("indicator"))
    if not chosen:
        raise EvenkeelError("packs.no_indicator", kind=part.kind)
    return chosen[0]


def by_unit(asked: Asked, one: Indicator, by: str, units: Sequence[tuple[str, str]], id: str) -> Chart:
    """The units by their value, the worst first; those without a figure, or whose figure is kept back, last."""
    language, name = asked.language, looked.name(asked, one)
    made = []
    for unit, title in units:
        found = asked.parts(by).get((unit, one.id), NOTHING)
        made.append((title, cells.value(asked, one, found.value, found.n, judged=True, **at(by, unit))))
    turned = -1.0 if one.better == "higher" else 1.0
    made.sort(key=lambda row: (row[1].value is None, -turned * (row[1].value or 0.0), row[0]))
    heads = ((say(language, "packs.unit"), "text"), (name, "number"), (say(language, "packs.col_n"), "number"))
    columns = tuple(Column(*head) for head in heads)
    rows = tuple((title, value, cells.plain(asked, value.n)) for title, value in made)
    drawn = [Bar(title, value.value, value.text, one.pillar, value.level) for title, value in made]
    width, height = size(drawn)
    title = say(language, "packs.by_unit", name=name)
    return Chart(
        id=id, title=_finding(asked, one, made[0], title), kind="bars",
        categories=tuple(row[0] for row in made), unit=one.unit, alt=title,
        series=(Series(name, tuple(row[1].value for row in made), one.pillar),),
        table=Table(id, title, columns, rows, say(language, "packs.by_unit_note")),
        svg=looked.drawn(asked, id, drawn, lambda: bars(drawn, LIGHT)),
        width=width, height=height,
    )  # fmt: skip


def _finding(asked: Asked, one: Indicator, worst: tuple[str, Number], title: str) -> str:
    """Where it is worst; only the name where that cannot be said."""
    if worst[1].value is None or one.better == "band":
        return title
    return say(asked.language, "packs.worst_at", name=looked.name(asked, one), unit=worst[0], value=worst[1].text)
