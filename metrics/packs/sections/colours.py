"""One page of colours: a few indicators of each pillar against their limits, worst first."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from metrics import peers
from metrics.catalogue import Indicator
from metrics.documents import notes
from metrics.figures import figure
from metrics.formula import normalise
from metrics.packs import cells
from metrics.packs.asked import NOTHING, Asked, Found
from metrics.packs.description import Part
from metrics.packs.model import Block, Cell, Column, Number, Section, Table
from metrics.packs.refs import ref
from metrics.peers import Peers
from metrics.words import month, say

PILLARS = ("financial", "social")
SEVERITY = ("red", "amber", "within", "")


@dataclass(frozen=True)
class Row:
    """One indicator of the page: its value, its level against the limit, the peers beside it."""

    indicator: Indicator
    found: Found
    level: str
    peers: Peers | None
    open: bool


def section(asked: Asked, part: Part) -> Section | None:
    """The indicators that the policy scores, or those that the description names; None where nothing is measured."""
    chosen = asked.chosen(part.choices.get("indicators"), (leaf.indicator for leaf in asked.policy.leaves))
    rows = sorted((_row(asked, one) for one in chosen), key=_urgency)
    if not rows or not asked.whole():
        return None
    language = asked.language
    blocks: list[Block] = []
    for pillar in PILLARS:
        own = [row for row in rows if row.indicator.pillar == pillar]
        if own:
            blocks.append(_table(asked, pillar, own))
    title = str(part.choices.get("title", "")) or say(language, "packs.section_colours")
    return Section(part.id, part.kind, title, message(language, rows), tuple(blocks))


def message(language: str, rows: Sequence[Row]) -> str:
    """How many figures are within their limits, past them, critical; and how many nothing can be said of."""
    judged = [row.level for row in rows if row.open and row.level]
    counts = {name: judged.count(name) for name in ("within", "amber", "red")}
    left = len(rows) - len(judged)
    if judged and counts["within"] == len(judged):
        parts = [say(language, "packs.colours_all", n=len(judged))]
    elif judged:
        parts = [say(language, "packs.colours_within", n=counts["within"], all=len(judged))]
        parts += [say(language, f"packs.colours_{name}", n=n) for name, n in counts.items() if name != "within" and n]
    else:
        parts = []
    parts += [say(language, "packs.colours_left", n=left)] if left else []
    return say(language, "packs.sentence", text=", ".join(parts))


def _row(asked: Asked, indicator: Indicator) -> Row:
    found = asked.whole().get(indicator.id, NOTHING)
    shown = asked.open(ref(indicator.id, asked.day))
    return Row(indicator, found, cells.level(asked, indicator, found.value), _peers(asked, indicator), shown)


def _urgency(row: Row) -> tuple[int, float, str]:
    """Critical ones first, then those past a limit; within each the lowest between its goalposts; the hidden last."""
    if not row.open:
        return len(SEVERITY), 0.0, row.indicator.id
    known = bool(row.indicator.goalposts) and not math.isnan(row.found.value)
    score = float(normalise(row.found.value, row.indicator.goalposts)) if known else 2.0
    return SEVERITY.index(row.level), score, row.indicator.id


def _peers(asked: Asked, indicator: Indicator) -> Peers | None:
    """Peers of the institution's own region where there are any, else all; amounts have none: currencies differ."""
    if indicator.unit == "money":
        return None
    homes = asked.once("homes", lambda: [one for one in peers.home(asked.cursor) if one[0] == "region"])

    def found() -> Peers | None:
        for group in (*homes, None):
            known = peers.percentiles(asked.cursor, indicator.id, group, asked.policy.settings)
            if known:
                return known[0]
        return None

    return asked.once(f"peers {indicator.id}", found)


def _table(asked: Asked, pillar: str, rows: Sequence[Row]) -> Table:
    language = asked.language
    commented = any(f"indicator:{row.indicator.id}" in asked.comments for row in rows)
    heads = [("indicator", "text", 3.0), ("value", "number", 1.2), ("limit", "text", 1.8), ("status", "text", 1.2)]
    columns = [Column(say(language, f"packs.col_{name}"), kind, wide) for name, kind, wide in heads]
    earlier = asked.compared[1:]
    for day in earlier:
        columns.append(Column(say(language, "packs.col_since", month=month(language, day)), "number", 1.6))
    columns += [Column(say(language, "packs.col_peers"), "number", 1.0), Column(say(language, "packs.col_n"), "number")]
    if commented:
        columns.append(Column(say(language, "packs.col_comment"), "text", 3.0))
    made = tuple(_cells(asked, row, commented) for row in rows)
    said = message(language, rows).rstrip(".")
    title = say(
        language, "packs.figure_is_plain", name=say(language, f"themes.{pillar}"), value=said[:1].lower() + said[1:]
    )
    return Table(f"colours_{pillar}", title, tuple(columns), made, _note(asked, rows))


def _cells(asked: Asked, row: Row, commented: bool) -> tuple[Cell, ...]:
    indicator, found = row.indicator, row.found
    made: list[Cell] = [
        notes.name(indicator, asked.picture, asked.language),
        cells.value(asked, indicator, found.value, found.n),
        cells.limit_text(asked, indicator),
        cells.status(asked, indicator, found.value),
    ]
    for day in asked.compared[1:]:
        made.append(cells.change(asked, indicator, found, asked.whole(day).get(indicator.id, NOTHING), day))
    made += [_peer(asked, row), cells.people(asked, indicator, found.n)]
    if commented:
        said = asked.comments.get(f"indicator:{indicator.id}")
        made.append(cells.said(asked, said) if said else "")
    return tuple(made)


def _peer(asked: Asked, row: Row) -> Number:
    """The median of the peers, or their published average."""
    level = None if row.peers is None else row.peers.average if row.peers.p50 is None else row.peers.p50
    text = figure(asked.language, row.indicator, level, asked.picture.currency)
    return Number(level, text, row.indicator.unit)


def _note(asked: Asked, rows: Sequence[Row]) -> str:
    """What the columns mean, and who the peers are and of which years."""
    language = asked.language
    said = [say(language, "packs.colours_note")]
    who = _who(asked, [row.peers for row in rows if row.peers])
    if who:
        said.append(say(language, "packs.colours_peers", who="; ".join(who)))
    return " ".join(said)


def _who(asked: Asked, found: Sequence[Peers]) -> list[str]:
    """The groups of peers with their years, each once, from the fewest to the most institutions of a figure."""
    counts: dict[tuple[str, str], list[int]] = {}
    for one in found:
        first, last = one.years
        years = str(first) if first == last else f"{first}–{last % 100:02d}"
        counts.setdefault((peers.group_name(asked.language, one.group), years), []).append(one.n)
    said = []
    for (group, years), all_of in counts.items():
        low, high = min(all_of), max(all_of)
        key = "packs.colours_who" if low == high else "packs.colours_who_range"
        said.append(say(asked.language, key, group=group, years=years, n=high, low=low))
    return said
