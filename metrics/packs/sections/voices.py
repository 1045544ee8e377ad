"""What was heard in twelve months by subject, whether it was answered in time, and a few voices in their own words."""

from collections import Counter
from collections.abc import Sequence

from metrics.charts.bars import Bar, bars, size
from metrics.charts.lines_plot import shortened
from metrics.charts.tones import LIGHT
from metrics.packs import cells
from metrics.packs.asked import NOTHING, Asked
from metrics.packs.description import Part
from metrics.packs.model import Block, Chart, Column, Figures, Number, Section, Series, Table, Text
from metrics.packs.sections import looked
from metrics.voices import Quote, Voice, listed, quotes
from metrics.voices.masking import masked
from metrics.voices.span import year_before
from metrics.voices.told import title
from metrics.words import date, month, say

MOST, QUOTES, ANSWERS, LONGEST = 8, 3, 2, 160  # subjects, quotes and answers that are shown, letters of an answer
ANSWERED = ("complaints_resolved_on_time", "complaint_resolution_days", "complaints_satisfied", "feedback_coverage")
COLUMNS = (("subject", "text"), ("heard", "number"), ("before", "number"), ("complaints", "number"),
           ("answered", "number"))  # fmt: skip


def section(asked: Asked, part: Part) -> Section | None:
    """What people say, on what, and what they were told."""
    language = asked.language
    heading = say(language, "packs.voices_title")
    since = year_before(asked.day)
    every = _every(asked)
    now = [one for one in every if one.day >= since]
    if not now:
        message = say(language, "packs.voices_none")
        return Section(part.id, part.kind, heading, message, (Text(say(language, "packs.voices_enable"), "note"),))
    rows = _rows(asked, now, [one for one in every if year_before(since) <= one.day < since])
    chart = _chart(asked, rows)
    blocks: tuple[Block, ...] = (*_figures(asked), *([chart] if chart else []), _table(asked, rows, len(now)))
    blocks += (*_quotes(asked, int(part.choices.get("quotes", QUOTES))), *_answers(asked), *looked.unfiltered(asked))
    return Section(part.id, part.kind, heading, _message(asked, rows), blocks)


def _every(asked: Asked) -> Sequence[Voice]:
    return asked.once("voices", lambda: listed(asked.cursor, until=asked.day))


Row = tuple[str, Number, Number, Number, Number]


def _rows(asked: Asked, now: Sequence[Voice], before: Sequence[Voice]) -> list[Row]:
    """The whole, then each subject, the most heard first; what is not coded stands last."""
    subjects = Counter(one.category for one in now)
    order = sorted(subjects, key=lambda name: (not name, -subjects[name], name))
    return [_row(asked, name, now, before) for name in (None, *order)]


def _row(asked: Asked, subject: str | None, now: Sequence[Voice], before: Sequence[Voice]) -> Row:
    mine = [one for one in now if subject is None or one.category == subject]
    then = sum(subject is None or one.category == subject for one in before)
    complaints = [one for one in mine if one.kind == "complaint"]
    answered = sum(one.answered_on is not None and one.answered_on <= asked.day for one in complaints)
    place = {} if subject is None else {"category": subject or "uncoded"}
    name = say(asked.language, "packs.voices_all") if subject is None else title(subject, asked.language)
    counts = (("voices", len(mine)), ("voices_before", then), ("complaints", len(complaints)))
    heard, earlier, made, told = (
        cells.count(asked, what, float(n), None, **place) for what, n in (*counts, ("complaints_answered", answered))
    )
    return name, heard, earlier, made, told


def _message(asked: Asked, rows: Sequence[Row]) -> str:
    """How many were heard, on what most, and how many complaints were answered in time."""
    language = asked.language
    heard = rows[0][1]
    said = say(language, "packs.voices_heard", n=int(heard.value or 0)) if heard.value is not None else ""
    most = next((row for row in rows[1 : MOST + 1] if not row[1].hidden), None)
    if most is not None and len(rows) > 2:
        said += say(language, "packs.voices_most", subject=most[0], n=most[1].text)
    one = asked.whole().get(ANSWERED[0], NOTHING)
    in_time = cells.value(asked, asked.indicator(ANSWERED[0]), one.value, one.n)
    if in_time.value is not None:
        said += say(language, "packs.voices_in_time", share=in_time.text)
    return (said or say(language, "packs.voices_kept_back")) + "."


def _figures(asked: Asked) -> tuple[Block, ...]:
    """How complaints are answered: each figure with its limit."""
    lines, values = looked.held(asked), asked.whole()
    items = []
    for name in ANSWERED:
        indicator = asked.indicator(name)
        number = looked.measured(asked, indicator, values.get(name, NOTHING), lines)
        if number.value is not None:
            line = looked.limit(asked, indicator, looked.line_at(lines.get(name), number.level))
            items.append((looked.name(asked, indicator), number, looked.beside(asked, line, number)))
    return (Figures(tuple(items)),) if items else ()


def _table(asked: Asked, rows: Sequence[Row], n: int) -> Table:
    language = asked.language
    wide = {"text": 2.4, "number": 1.0}
    columns = tuple(Column(say(language, f"packs.voices_col_{name}"), kind, wide[kind]) for name, kind in COLUMNS)
    shown = rows[: MOST + 1]
    since = date(language, year_before(asked.day))
    note = say(language, "packs.voices_note", since=since, day=date(language, asked.day))
    more = say(language, "packs.voices_more", n=len(rows) - len(shown)) if len(rows) > len(shown) else ""
    return Table("voices", say(language, "packs.voices_table", n=n), columns, tuple(shown), f"{note} {more}".strip())


def _chart(asked: Asked, rows: Sequence[Row]) -> Chart | None:
    shown = [row for row in rows[1 : MOST + 1] if not row[1].hidden]
    if len(shown) < 2:
        return None
    language = asked.language
    heading = say(language, "packs.voices_chart", subject=shown[0][0])
    drawn = [Bar(row[0], row[1].value, row[1].text, "social") for row in shown]
    columns = tuple(Column(say(language, f"packs.voices_col_{name}"), kind) for name, kind in COLUMNS[:2])
    width, height = size(drawn)
    return Chart(
        id="voices", title=heading, kind="bars", categories=tuple(row[0] for row in shown),
        series=(Series(columns[1].title, tuple(row[1].value for row in shown), "social"),), unit="count",
        alt=heading + " " + ", ".join(f"{row[0]} {row[1].text}" for row in shown),
        table=Table("voices_chart", heading, columns, tuple(row[:2] for row in shown)),
        svg=looked.drawn(asked, "voices", drawn, lambda: bars(drawn, LIGHT)), width=width, height=height,
    )  # fmt: skip


def _quotes(asked: Asked, most: int) -> tuple[Block, ...]:
    """Voices in their own words, only of those who agreed, for a group that is not small."""
    since, day = year_before(asked.day), asked.day
    found = asked.once(f"quotes {most}", lambda: quotes(asked.cursor, most, since, day, among=_every(asked)))
    told = [one for one in found if one.clients >= asked.threshold]
    if not told:
        return (Text(say(asked.language, "packs.voices_no_quotes"), "note"),)
    return tuple(Text(one.text, "quote", _by(asked, one)) for one in told)


def _by(asked: Asked, one: Quote) -> str:
    """Who speaks, as a group: women, rural, clients of Kolo, on what, in which month."""
    language = asked.language
    gender = say(language, f"heard.part_{one.gender}") if one.gender in ("F", "M", "X") else ""
    place = say(language, f"heard.part_{one.location}") if one.location else ""
    branch = {unit.id: unit.name for unit in asked.picture.units}.get(one.branch_id, one.branch_id)
    group = say(language, f"packs.voices_of_{one.source}") if one.source in ("client", "staff") else ""
    said = [group, gender, place, branch, title(one.category, language), month(language, one.month)]
    return " · ".join(text for text in said if text)


def _answers(asked: Asked) -> tuple[Block, ...]:
    """What those who spoke were told, the newest first; an answer to one alone is theirs, and names are hidden."""
    since = year_before(asked.day)
    given = [one for one in looked.acted(asked) if one.answer and one.answered_on and len(one.voices) != 1]
    told = [one for one in given if one.answered_on is not None and since <= one.answered_on <= asked.day]
    told = sorted(told, key=lambda one: (str(one.answered_on), one.id), reverse=True)[:ANSWERS]
    if not told:
        return (Text(say(asked.language, "packs.voices_unanswered"), "note"),)
    names = {unit.id: unit.name for unit in asked.picture.units}
    blocks = []
    for one in told:
        text = shortened(masked(str(one.answer), frozenset()), LONGEST)
        where = names.get(one.branch_id or "", say(asked.language, "packs.whole"))
        blocks.append(Text(say(asked.language, "packs.voices_answer", answer=text, where=where, day=one.answered_on)))
    return tuple(blocks)
