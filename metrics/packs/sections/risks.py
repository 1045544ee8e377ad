"""The register's first risks with both legs: how likely, what it would cost, whom it would harm, who does what next."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from metrics import actions
from metrics.actions import Action
from metrics.charts.bars import Bar, bars, size
from metrics.charts.lines_plot import shortened
from metrics.charts.tones import LIGHT
from metrics.errors import EvenkeelError
from metrics.packs import cells
from metrics.packs.asked import Asked
from metrics.packs.description import Part
from metrics.packs.model import Block, Cell, Chart, Column, Number, Section, Series, Table, Text
from metrics.packs.refs import ref
from metrics.packs.sections import looked
from metrics.register.scales import Place
from metrics.register.standing import Register, Standing, register, shown
from metrics.words import month, say

MOST, LONGEST = 10, 90  # risks of the table, letters of an action in it
COLUMNS = (
    ("title", "text", 2.2), ("likelihood", "number", 1.0), ("loss", "number", 1.0), ("harmed", "number", 1.0),
    ("severity", "text", 1.1), ("trend", "text", 1.3), ("owner", "text", 1.4), ("next", "text", 3.0),
)  # fmt: skip
RANKING = (("title", "text", 2.4), ("expected", "number", 1.2), ("appetite", "number", 1.0), ("leg", "text", 1.4))


def section(asked: Asked, part: Part) -> Section | None:
    """The risks that need somebody first, and how many stand beyond what the board accepts."""
    language = asked.language
    title = say(language, "packs.risks_title")
    try:
        whole = asked.once("register", lambda: _register(asked))
    except EvenkeelError as fault:
        how = Text(say(language, "packs.risks_none"), "note")
        return Section(part.id, part.kind, title, fault.text(language), (how,))
    first = replace(whole, standings=whole.standings[: int(part.choices.get("most", MOST))])
    message = _message(asked, whole)
    placed = replace(first, standings=tuple(one for one in first.standings if one.now is not None))
    blocks: list[Block] = [_chart(asked, placed)] if placed.standings else []
    blocks += [_table(asked, first), *looked.unfiltered(asked)]
    return Section(part.id, part.kind, title, message, tuple(blocks))


def _register(asked: Asked) -> Register:
    known = looked.every(asked, looked.WHOLE)
    return register(asked.cursor, asked.policy, asked.language, asked.day, figures=known)


def _message(asked: Asked, found: Register) -> str:
    language, above = asked.language, found.above
    measured = [one for one in found.standings if one.now is not None]
    if not measured:
        return say(language, "packs.risks_unknown", n=len(found.standings))
    worst = above[0] if above else max(measured, key=lambda one: one.excess)
    said = {
        "risk": worst.risk.title, "total": len(found.standings), "n": len(above),
        "points": _expected(asked, worst, found).text, "appetite": _accepted(asked, worst).text,
    }  # fmt: skip
    return say(language, "packs.risks_above" if above else "packs.risks_within", **said)


def _expected(asked: Asked, one: Standing, found: Register) -> Number:
    value = None if one.now is None else shown(found.rule.expected(one.now))
    number = cells.plain(asked, value, "ratio", ref("risk_expected", asked.day, risk=one.risk.id), 2)
    if value is None:
        return number
    level = "amber" if one.above else "within"
    return replace(number, level=level, word=say(asked.language, f"packs.risks_is_{level}"))


def _accepted(asked: Asked, one: Standing) -> Number:
    return cells.plain(asked, shown(one.appetite), "ratio", ref("risk_appetite", asked.day, risk=one.risk.id), 2)


def _share(asked: Asked, what: str, one: Standing, value: float | None) -> Number:
    tenths = value is not None and round(value * 1000) % 10 != 0
    return cells.share(asked, f"risk_{what}", value, None, 1 if tenths else 0, risk=one.risk.id)


def _table(asked: Asked, found: Register) -> Table:
    language, known = asked.language, looked.acted(asked)
    title = say(language, "packs.risks_first", n=len(found.standings))
    columns = tuple(Column(say(language, f"packs.risks_col_{name}"), kind, wide) for name, kind, wide in COLUMNS)
    rows = tuple(_row(asked, one, actions.of_risk(known, one.risk.id)) for one in found.standings)
    rule = found.rule.way
    note = " ".join(say(language, key) for key in ("packs.risks_note", f"register.rule_{rule}"))
    return Table("risks", title, columns, rows, note)


def _row(asked: Asked, one: Standing, against: Sequence[Action]) -> tuple[Cell, ...]:
    language, now = asked.language, one.now
    place: Place | None = now
    parts = {name: None if place is None else getattr(place, name) for name in ("likelihood", "loss", "harmed")}
    since = month(language, one.since) if one.since else ""
    return (
        one.risk.title,
        *(_share(asked, name, one, value) for name, value in parts.items()),
        "–" if place is None else say(language, f"register.severity_{place.severity}"),
        say(language, f"register.trend_{one.trend or 'none'}", since=since),
        one.risk.owner or say(language, "register.nobody"),
        _next(asked, against),
    )


def _next(asked: Asked, against: Sequence[Action]) -> str:
    """What is done next against a risk, by when; said so where nothing is."""
    open_ = [one for one in actions.ordered(against, asked.day) if one.status(asked.day) in ("open", "overdue")]
    open_ = [one for one in open_ if one.raised_on <= asked.day]
    if not open_:
        return say(asked.language, "packs.risks_no_action")
    one = open_[0]
    text = shortened(one.action, LONGEST)
    if one.due_on is None:
        return text
    return say(asked.language, f"packs.risks_{one.status(asked.day)}", action=text, day=one.due_on)


def _chart(asked: Asked, found: Register) -> Chart:
    """Expected impact beside what is accepted, in the colour of the leg that counts more."""
    language = asked.language
    rows, drawn = [], []
    for one in found.standings:
        expected, accepted = _expected(asked, one, found), _accepted(asked, one)
        leg = "financial" if one.now is None else found.rule.leg(one.now)
        rows.append((one.risk.title, expected, accepted, say(language, f"register.leg_{leg}")))
        text = f"▲ {expected.text}" if one.above else expected.text  # the colour is the leg's
        drawn.append(Bar(one.risk.title, expected.value, text, leg, "", accepted.value))
    columns = tuple(Column(say(language, f"packs.risks_col_{name}"), kind, wide) for name, kind, wide in RANKING)
    width, height = size(drawn)
    title, marks = _legs(asked, found), say(language, "packs.risks_chart_marks")
    said = (say(language, "packs.risks_bar", risk=row[0], points=row[1].text, appetite=row[2].text) for row in rows)
    drawing = looked.drawn(asked, "risks", drawn, lambda: _explained(bars(drawn, LIGHT), marks))
    return Chart(
        id="risks", title=title, kind="bars", categories=tuple(one.name for one in drawn),
        series=(
            Series(columns[1].title, tuple(row[1].value for row in rows)),
            Series(columns[2].title, tuple(row[2].value for row in rows), "grey"),
        ),
        unit="ratio", alt=f"{title}. {marks} {' '.join(said)}",
        table=Table("risks_ranking", title, columns, tuple(rows)),
        svg=drawing, width=width, height=height,
        note=f"{say(language, 'packs.risks_chart_note')} {say(language, 'register.point')}",
    )  # fmt: skip


def _explained(drawing: Any, marks: str) -> Any:
    """A drawing with what its marks and colours mean in it: native charts have others."""
    look = {"fontSize": 12, "fontWeight": "normal", "color": LIGHT.grey, "anchor": "start", "offset": 8}
    return drawing.properties(title={"text": marks, **look})


def _legs(asked: Asked, found: Register) -> str:
    """Which leg counts more among the risks shown that stand beyond appetite."""
    above = [one.now for one in found.above if one.now is not None]
    social = sum(found.rule.leg(now) == "social" for now in above)
    if not above:
        return say(asked.language, "packs.risks_all_within", n=len(found.standings))
    if len(above) == 1:
        leg = say(asked.language, f"register.leg_{found.rule.leg(above[0])}")
        return say(asked.language, "packs.risks_leg_one", leg=leg)
    return say(asked.language, "packs.risks_legs", n=len(above), social=social, money=len(above) - social)
