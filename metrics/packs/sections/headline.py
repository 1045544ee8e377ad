"""The first page: the finding, the three healths, and the decision asked of the board."""

from dataclasses import replace

from metrics import findings
from metrics.documents import notes
from metrics.packs import cells
from metrics.packs.asked import Asked
from metrics.packs.description import Part
from metrics.packs.model import Block, Figures, Section, Text
from metrics.packs.refs import at, ref
from metrics.picture import Picture
from metrics.words import month, percent, say

HEALTHS = ("financial", "social", "balance")


def section(asked: Asked, part: Part) -> Section:
    """The headline of the picture with its three healths and what the board is asked to decide."""
    language, picture = asked.language, asked.picture
    whole = findings.subject(picture)
    now = dict(zip(HEALTHS, (whole.financial, whole.social, whole.balance), strict=True))
    alone = picture.units and whole is picture.units[0]
    items = tuple(
        (_label(asked, name), cells.health(asked, name, whole, now[name], not alone), _beside(asked, name, now[name]))
        for name in HEALTHS
    )
    second = findings.second_line(_told(asked), language)
    blocks: list[Block] = [Text(second, "lead")] if second else []
    decision = str(part.choices.get("decision", "")) or asked.decision
    blocks += [Figures(items), Text(decision, "decision"), Text(_reading(asked), "note")]
    title = str(part.choices.get("title", "")) or say(language, "packs.section_headline")
    return Section(part.id, part.kind, title, findings.headline(picture, language), tuple(blocks))


def _told(asked: Asked) -> Picture:
    """The picture without what moved the balance most, where a figure of that is kept back."""
    picture = asked.picture
    if picture.mover is None:
        return picture
    unit, indicator = picture.mover
    days = [day for day in (picture.as_of, picture.before_period) if day is not None]
    shown = all(asked.open(ref(indicator, day, **at(picture.by, unit))) for day in days)
    return picture if shown else replace(picture, mover=None)


def _label(asked: Asked, name: str) -> str:
    if name == "balance":
        return say(asked.language, "documents.balance_at", share=percent(asked.language, asked.picture.social / 100, 0))
    return say(asked.language, f"packs.health_{name}")


def _beside(asked: Asked, name: str, now: float | None) -> str:
    """What a health is compared with: its limit, itself a quarter before, and how far it moved, in words."""
    language, picture = asked.language, asked.picture
    whole, day = findings.subject(picture), picture.before_period
    then = None if whole.before is None else whole.before[HEALTHS.index(name)]
    parts = []
    if notes.limited(picture):
        parts.append(say(language, "packs.headline_limit", limit=findings.shown(picture.policy.health_limit)))
    if then is None or day is None or now is None:
        parts.append(say(language, "packs.no_before"))
    else:
        parts.append(say(language, "packs.before", value=findings.shown(then), month=month(language, day)))
        moved = findings.shown(now) - findings.shown(then)
        way = "up" if moved > 0 else "down" if moved < 0 else "same"
        parts.append(say(language, f"packs.headline_{way}", n=abs(moved)))
    return " · ".join(parts)


def _reading(asked: Asked) -> str:
    """How to read the healths, with the weights that they stand on."""
    language, picture = asked.language, asked.picture
    shares = {
        "financial": percent(language, 1 - picture.social / 100, 0),
        "social": percent(language, picture.social / 100, 0),
    }
    said = [say(language, "documents.read_scale", **shares)]
    if notes.limited(picture):
        ends = (findings.shown(picture.policy.health_limit), findings.shown(picture.policy.health_critical))
        status = say(language, "documents.read_status", limit=ends[0], critical=ends[1])
        said.append(status.replace("▲ ", "▲\xa0").replace("■ ", "■\xa0"))  # no shape stands at the end of a line
    return " ".join(said)
