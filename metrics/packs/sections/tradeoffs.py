"""The balance: the weights in force, what they decide, the units in order, and what it takes to weigh them again."""

from collections.abc import Sequence

import numpy as np

from metrics import balance, findings
from metrics.charts.lines import Order, frame, lines, order
from metrics.charts.lines_plot import HEIGHT, WIDTH
from metrics.charts.tones import LIGHT
from metrics.documents import notes
from metrics.documents.board import finding
from metrics.packs import cells
from metrics.packs.asked import Asked
from metrics.packs.description import Part
from metrics.packs.model import Block, Cell, Chart, Column, Number, Section, Series, Table, Text
from metrics.packs.refs import ref
from metrics.packs.sections.live import joined, live
from metrics.packs.sections.looked import drawn
from metrics.packs.sections.weights import weights
from metrics.picture import Unit
from metrics.rank_range import rank_range
from metrics.words import percent, say

SHARES = tuple(range(0, 101, 10))


def section(asked: Asked, part: Part) -> Section:
    """The units under the weights, and what the weights decide; the weights alone where a side is not measured."""
    language, picture = asked.language, asked.picture
    state, found = findings.measured(picture), order(picture)
    title = str(part.choices.get("title", "")) or say(language, "packs.section_balance")
    if state != "both" or not found.units:
        side = {"financial": "social", "social": "financial"}.get(state, "")
        said = say(language, f"component.finding_no_{side}" if side else "component.finding_nothing")
        return Section(part.id, part.kind, title, said, tuple(weights(asked)))
    leads, watched = finding(picture, found, language)
    blocks: list[Block] = [_chart(asked, found, leads, watched), _units(asked, found), *weights(asked), live(asked)]
    told = joined(asked)
    blocks += [Text(say(language, "packs.balance_joined", n=told), "note")] if told else []
    return Section(part.id, part.kind, title, leads, tuple(blocks))


def _chart(asked: Asked, found: Order, leads: str, watched: str) -> Chart:
    """The weight lines; as data every unit's balance at each tenth of the social share."""
    language, picture = asked.language, asked.picture
    spoken = (found.first(), *found.watched())
    heads = [percent(language, share / 100, 0) for share in SHARES]
    columns = (Column(say(language, "packs.unit"), "text", 2.0), *(Column(head, "number") for head in heads))
    made = [_along(asked, found, place) for place in range(len(found.units))]
    named = zip(found.units, made, strict=True)
    rows: tuple[tuple[Cell, ...], ...] = tuple((unit.name, *numbers) for unit, numbers in named)
    series = tuple(
        Series(unit.name, tuple(one.value for one in numbers), "ink" if unit in spoken else "line")
        for unit, numbers in zip(found.units, made, strict=True)
    )
    name = say(language, "packs.balance_lines")
    return Chart(
        id="balance_lines", title=watched or leads, kind="lines", categories=tuple(heads), series=series, unit="health",
        alt=f"{leads} {watched}".strip(),
        table=Table("balance_lines", name, columns, rows, say(language, "packs.balance_lines_note")),
        svg=drawn(asked, "balance", "", lambda: lines(frame(picture, found), picture, found, language, LIGHT)),
        width=float(WIDTH), height=float(HEIGHT), limits=_limits(asked), note=say(language, "documents.read_lines"),
    )  # fmt: skip


def _limits(asked: Asked) -> tuple[tuple[str, float, str], ...]:
    """Both limits of the healths as lines: their words, place and level; none where no limit is in force."""
    policy = asked.picture.policy
    lines = (("below", policy.health_limit), ("critical", policy.health_critical))
    return tuple(
        (say(asked.language, f"documents.band_{name}", limit=findings.shown(line)), line, name)
        for name, line in (lines if notes.limited(asked.picture) else ())
    )


def _along(asked: Asked, found: Order, place: int) -> list[Number]:
    """A unit's balance at each of the `SHARES`."""
    picture, unit = asked.picture, found.units[place]
    assert unit.financial is not None and unit.social is not None, "the order holds units with both healths"
    made = []
    for share in SHARES:
        # the weakest link jumps at the two ends; its line is that of the shares between
        inside = share if np.isfinite(picture.exponent) else min(99.999, max(0.001, share))
        sides = [unit.financial / 100], [unit.social / 100]
        value = float(100 * balance.balance(*sides, inside, picture.exponent, picture.epsilon)[0])
        name = ref("balance", asked.day, social=str(share), **{picture.by: unit.id})
        made.append(cells.plain(asked, value, "health", name))
    return made


def _units(asked: Asked, found: Order) -> Table:
    """Every unit, worst first: rank, healths, status, and what the weight decides of it."""
    language, picture = asked.language, asked.picture
    heads = ("rank", "unit", "financial", "social", "balance", "status", "ranks", "crosses")
    texts = ("unit", "status", "ranks", "crosses")
    wide = {"unit": 2.0, "status": 1.6, "crosses": 2.4, "rank": 0.7}
    columns = tuple(
        Column(say(language, f"packs.col_{name}"), "text" if name in texts else "number", wide.get(name, 1.0))
        for name in heads
    )
    places = {unit.id: place for place, unit in enumerate(found.units)}
    ranks, crosses = _ranks(asked, found), _crossings(asked, found)
    rows: list[tuple[Cell, ...]] = []
    for unit in picture.units:
        place = places.get(unit.id)
        rows.append(
            (
                cells.plain(asked, unit.rank, "rank", ref("rank", asked.day, **{picture.by: unit.id})), unit.name,
                *(cells.health(asked, name, unit, getattr(unit, name)) for name in ("financial", "social", "balance")),
                cells.standing(asked, unit),
                cells.MISSING if place is None else ranks[place], cells.MISSING if place is None else crosses[place],
            )
        )  # fmt: skip
    below = sum(isinstance(row[5], Number) and row[5].level in ("below", "critical") for row in rows)
    name = "packs.balance_units_below" if below else "packs.balance_units"
    return Table("balance_units", say(language, name, n=below, all=len(rows)), columns, tuple(rows), _note(asked))


def _note(asked: Asked) -> str:
    share = percent(asked.language, asked.picture.social / 100, 0)
    return say(asked.language, "packs.balance_units_note", share=share)


def _sides(units: Sequence[Unit]) -> tuple[list[float], list[float]]:
    return [(unit.financial or 0.0) / 100 for unit in units], [(unit.social or 0.0) / 100 for unit in units]


def _ranks(asked: Asked, found: Order) -> list[str]:
    """The ranks that each unit can have at any social share, best and worst."""
    picture = asked.picture
    f, g = _sides(found.units)
    best, worst = rank_range((f, f), (g, g), exponent=picture.exponent, epsilon=picture.epsilon)
    said = []
    for unit, low, high in zip(found.units, best, worst, strict=True):
        own = unit.rank or int(low)  # ranks as shown share places that unrounded ones do not
        ends = min(int(low), own), max(int(high), own)
        key = "packs.ranks_one" if ends[0] == ends[1] else "packs.ranks_range"
        said.append(say(asked.language, key, low=ends[0], high=ends[1]))
    return said


def _crossings(asked: Asked, found: Order) -> list[str]:
    """At which social share each unit crosses a limit of the healths, in words."""
    picture, language = asked.picture, asked.language
    if not notes.limited(picture):
        return [cells.MISSING] * len(found.units)
    f, g = _sides(found.units)
    lines = (("below", picture.policy.health_limit), ("critical", picture.policy.health_critical))
    said: list[list[str]] = [[] for _ in found.units]
    for name, line in lines:
        shares = balance.crossing(f, g, line / 100, picture.exponent, picture.epsilon)
        for place, share in enumerate(shares):
            if np.isfinite(share):
                way = "from" if f[place] > line / 100 else "until"
                said[place].append(say(language, f"component.{name}_{way}", share=percent(language, share / 100, 0)))
    return [", ".join(parts) or say(language, "component.no_limit_crossed") for parts in said]
