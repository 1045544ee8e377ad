"""One indicator of one's choice: its value with what it is compared with, over time, and by unit."""

from metrics.figures import in_words
from metrics.packs import cells
from metrics.packs.asked import NOTHING, Asked
from metrics.packs.description import Part
from metrics.packs.model import Block, Figures, Section, Text
from metrics.packs.refs import ref
from metrics.packs.sections import annex, chart, looked
from metrics.words import month, say


def section(asked: Asked, part: Part) -> Section:
    """The indicator that the description names; where it has no data, what would give it.

    Raises:
        EvenkeelError: the description names none, or one that there is not.
    """
    language = asked.language
    indicator = chart.named(asked, part)
    by = str(part.choices.get("by", "")) or asked.picture.by
    title = str(part.choices.get("title", "")) or looked.name(asked, indicator)
    found = asked.whole().get(indicator.id, NOTHING)
    value = cells.value(asked, indicator, found.value, found.n, judged=True)
    blocks: list[Block] = [Figures(((looked.name(asked, indicator), value, _beside(asked, indicator.id)),))]
    drawn = looked.over_time(asked, indicator, f"{part.id}_time", say(language, "packs.over_time", name=title))
    blocks += [drawn] if drawn else []
    units = annex.members(asked, by)
    shown = [unit for unit in units if (unit[0], indicator.id) in asked.parts(by)]
    blocks += [chart.by_unit(asked, indicator, by, shown, f"{part.id}_units")] if shown else []
    blocks.append(Text(indicator.text(language, "summary"), "note"))
    return Section(part.id, part.kind, title, _message(asked, indicator.id), tuple(blocks))


def _message(asked: Asked, name: str) -> str:
    """The value and its status; that it is kept back or missing, where it is."""
    language, indicator = asked.language, asked.indicator(name)
    shown = looked.name(asked, indicator)
    found = asked.whole().get(name, NOTHING)
    value = cells.value(asked, indicator, found.value, found.n)
    if value.hidden:
        return say(language, "packs.indicator_kept", name=shown)
    if value.value is None:
        return say(language, "packs.indicator_none", name=shown)
    level = cells.level(asked, indicator, found.value) or "no_limit"
    return say(language, f"packs.indicator_{level}", name=shown, value=value.text)


def _beside(asked: Asked, name: str) -> str:
    """Limit, the change since a quarter and a year before, and the people behind the value, in words."""
    language, indicator = asked.language, asked.indicator(name)
    found = asked.whole().get(name, NOTHING)
    limit = cells.limit_text(asked, indicator)
    parts = [] if limit == cells.MISSING else [say(language, "packs.indicator_limit", limit=limit)]
    for day in asked.compared[1:]:
        moved = cells.change(asked, indicator, found, asked.whole(day).get(name, NOTHING), day)
        if moved.value is not None:
            when = month(language, day)
            parts.append(say(language, "packs.indicator_since", month=when, change=in_words(moved.text)))
    people = cells.people(asked, indicator, found.n)
    if people.n is not None and asked.open(ref(name, asked.day)):
        parts.append(say(language, "packs.figure_n", n=people.n))
    return " · ".join(parts)
