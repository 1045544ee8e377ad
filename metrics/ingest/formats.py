"""What a whole column proves about its figures and dates: decimal sign, order of day and month, percent or fraction.

Never guessed from one cell; where nothing proves one reading, a question is put with the option that answers it.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from metrics.errors import OpenQuestion
from metrics.ingest import effects, headings
from metrics.ingest.model import Note, Options, Plan, Use
from metrics.store import Cursor, quote

FIGURES = {"amount", "number", "whole", "pct", "share", "points"}
DATES = {"date", "period"}
PERCENTS = {"pct", "share", "points"}
POINT, COMMA, EITHER_POINT, EITHER_COMMA = 1, 2, 3, 4
DAY_FIRST, MONTH_FIRST, EITHER_ORDER, SERIAL = 1, 2, 3, 5
UNIT_NOTES = {"percent": "import.note_percent", "fraction": "import.note_fraction"}

# How far from the other figures a fraction times a hundred may lie and still be one of them.
SLACK = 3
SHORT_YEAR, LAST_DAY, MONTHS = 2, 31, 12
EXAMPLES, SLASHED, NOT_DIGITS = 50, 3, re.compile(r"[^0-9]+")

Shapes = dict[int, tuple[int, str]]


@dataclass
class Formats:
    """Column -> what was decided: `signs` point/comma, `orders` dmy/mdy, `units` percent/fraction.

    `open` holds the columns in doubt, `alike` those of which the same is to be said.
    """

    signs: dict[str, str] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    open: dict[str, list[tuple[Use, str]]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    alike: dict[str, list[str]] = field(default_factory=dict)
    calendar: str = "gregorian"
    floats: set[str] = field(default_factory=set)

    def decided(self) -> dict[str, dict[str, str]]:
        """What was decided, as the batch keeps it."""
        other = {} if self.calendar == "gregorian" else {"calendar": {"dates": self.calendar}}
        return {"decimal": self.signs, "date_order": self.orders, "percent": self.units, **other}


def decide(cursor: Cursor, raw: str, plan: Plan, options: Options) -> Formats:
    """Decide each column of a plan over all its rows."""
    found = Formats(calendar=plan.answers.get("calendar") or options.calendar or "gregorian")
    for use in plan.uses:
        kind = plan.spec.kinds[use.column]
        if plan.shape == "fineract":
            found.signs[use.column], found.orders[use.column], found.units[use.column] = "point", "dmy", "percent"
            continue
        if kind in FIGURES:
            _sign(found, use, kind, _shapes(cursor, raw, plan, use), plan.answers.get("decimal", options.decimal))
        if kind in DATES:
            _dates(found, cursor, raw, plan, use, plan.answers.get("date_order", options.date_order))
        if kind == "text":
            _floats(found, cursor, raw, plan, use)
        if kind in PERCENTS:
            _unit(found, cursor, raw, plan, use, plan.answers.get("percent", options.percent))
    for key, columns in found.alike.items():
        found.notes.append(Note(key, {"columns": ", ".join(f'"{column}"' for column in columns)}))
    return found


def questions(cursor: Cursor, raw: str, plan: Plan, formats: Formats) -> list[OpenQuestion]:
    """One question for each kind of doubt, naming its columns, an example and what either answer would make of it."""
    asked: dict[str, Callable[..., OpenQuestion]] = {
        "date_order": lambda **p: OpenQuestion("import.question_date_order", option="--date-order dmy|mdy", **p),
        "year_first": lambda **p: OpenQuestion("import.question_year_first", option="--date-order dmy|mdy|ymd", **p),
        "decimal": lambda **p: OpenQuestion("import.question_decimal", option="--decimal comma|point", **p),
        "percent": lambda **p: OpenQuestion("import.question_percent", option="--percent percent|fraction", **p),
        "mixed": lambda **p: OpenQuestion("import.question_percent_mixed", option="--percent percent|fraction", **p),
    }
    return [
        asked[kind](
            file=plan.sheet.place,
            columns=", ".join(f'"{use.heading}"' for use, _ in doubts),
            example=doubts[0][1].strip("\x01\x02"),
            **_effects(cursor, raw, plan, formats, kind, *doubts[0]),
        )
        for kind, doubts in formats.open.items()
    ]


def _effects(
    cursor: Cursor, raw: str, plan: Plan, formats: Formats, kind: str, use: Use, example: str
) -> dict[str, Any]:
    if kind in ("date_order", "year_first"):
        return effects.of_order(cursor, raw, plan, use, example)
    if kind == "decimal":
        return effects.of_sign(cursor, raw, plan, use, example)
    return effects.of_unit(cursor, raw, plan, use, formats.signs.get(use.column, "point"))


def _shapes(cursor: Cursor, raw: str, plan: Plan, use: Use) -> Shapes:
    x = quote(f"c{use.place}")
    rows = cursor.execute(
        f"""SELECT shape, count(*), arg_min(x, row_no) FROM (
            SELECT row_no, {x} AS x, in_shape({x}) AS shape FROM {quote(raw)} WHERE row_no > ?)
        GROUP BY shape""",
        [plan.header_row],
    ).fetchall()
    return {shape: (count, example) for shape, count, example in rows}


def _date_shapes(cursor: Cursor, raw: str, plan: Plan, use: Use) -> Shapes:
    """What the cells of a column prove, with the first real date that does (31/02/2026 is none)."""
    x = quote(f"c{use.place}")
    rows = cursor.execute(
        f"""SELECT in_date_shape(x) AS shape, sum(n), arg_min(x, first, {EXAMPLES}) FROM (
            SELECT {x} AS x, count(*) AS n, min(row_no) AS first FROM {quote(raw)} WHERE row_no > ? GROUP BY 1)
        GROUP BY shape""",
        [plan.header_row],
    ).fetchall()
    return {shape: (int(n), next(filter(_real, examples), examples[0])) for shape, n, examples in rows}


def _real(text: str) -> bool:
    """Whether a date in numbers is one, whichever of day and month comes first."""
    parts = [int(part) for part in NOT_DIGITS.split(text)[:SLASHED] if part]
    if len(parts) < SLASHED:
        return False
    first, second, year = parts
    day, month = (first, second) if first > MONTHS else (second, first)
    return 0 < month <= MONTHS and 0 < day <= calendar.monthrange(max(year, 1) % 100 + 2000, month)[1]


def _sign(found: Formats, use: Use, kind: str, shapes: Shapes, answer: str | None) -> None:
    """The decimal sign of a column. A count has no decimals: a mark in it can only part thousands."""
    point, comma = POINT in shapes, COMMA in shapes
    either = shapes.get(EITHER_POINT) or shapes.get(EITHER_COMMA)
    if point != comma:
        found.signs[use.column] = "comma" if comma else "point"
    elif kind == "whole" and not point:
        found.signs[use.column] = "comma" if EITHER_POINT in shapes else "point"
    elif answer or not (either or point):
        found.signs[use.column] = answer or "point"
    else:
        found.signs[use.column] = "point"
        found.open.setdefault("decimal", []).append((use, (either or shapes[POINT])[1]))


def _dates(found: Formats, cursor: Cursor, raw: str, plan: Plan, use: Use, answer: str | None) -> None:
    """The order of year, month and day in a column."""
    shapes = _date_shapes(cursor, raw, plan, use)
    written = shapes.keys() & {DAY_FIRST, MONTH_FIRST, EITHER_ORDER}
    example = _year_first(cursor, raw, plan, use) if written else ""
    if not example:
        _order(found, use, shapes, answer if answer != "ymd" else None)
        return
    found.orders[use.column] = answer or "dmy"
    if not answer:
        found.open.setdefault("year_first", []).append((use, example))


def _floats(found: Formats, cursor: Cursor, raw: str, plan: Plan, use: Use) -> None:
    """Whether all numbers of a column end in .0, which a program that takes them for figures has put there."""
    if not use.column.endswith("_id"):
        return
    x = quote(f"c{use.place}")
    some = cursor.execute(
        f"SELECT count(*) FROM {quote(raw)} WHERE row_no > ? AND ends_with({x}, '.0')", [plan.header_row]
    ).fetchall()[0][0]
    if not some:
        return
    n, filled = cursor.execute(
        f"""SELECT count_if(regexp_full_match({x}, '[0-9]+[.]0')), count_if(NOT in_blank({x}))
        FROM {quote(raw)} WHERE row_no > ?""",
        [plan.header_row],
    ).fetchall()[0]
    if n and n == filled:
        found.floats.add(use.column)


def _year_first(cursor: Cursor, raw: str, plan: Plan, use: Use) -> str:
    """An example of dates such as 25/01/03 whose first part seems to be the year: it varies less than the last."""
    x = quote(f"c{use.place}")
    firsts, lasts, most, longest, example = cursor.execute(
        f"""SELECT count(DISTINCT p.a), count(DISTINCT p.y), max(TRY_CAST(p.y AS INTEGER)), max(length(p.y)),
            arg_min(x, first)
        FROM (SELECT x, first, in_slashed(x) AS p FROM (
            SELECT {x} AS x, min(row_no) AS first FROM {quote(raw)} WHERE row_no > ? GROUP BY 1))
        WHERE p.y <> ''""",
        [plan.header_row],
    ).fetchall()[0]
    return str(example) if longest == SHORT_YEAR and firsts < lasts and most <= LAST_DAY else ""


def _order(found: Formats, use: Use, shapes: Shapes, answer: str | None) -> None:
    """The order of day and month in a column: a real date with a day above 12 proves it; 31/02/2026 proves nothing."""
    day_first, month_first = (shape in shapes and _real(shapes[shape][1]) for shape in (DAY_FIRST, MONTH_FIRST))
    if day_first != month_first:
        found.orders[use.column] = "dmy" if day_first else "mdy"
        key = "import.note_day_first" if day_first else "import.note_month_first"
        example = shapes[DAY_FIRST if day_first else MONTH_FIRST][1]
        found.notes.append(Note(key, {"column": use.heading, "example": example}))
    elif answer or not (EITHER_ORDER in shapes or day_first):
        found.orders[use.column] = answer or "dmy"
    else:
        found.orders[use.column] = "dmy"
        example = shapes.get(EITHER_ORDER, shapes.get(DAY_FIRST, (0, "")))[1]
        found.open.setdefault("date_order", []).append((use, example))


def _unit(found: Formats, cursor: Cursor, raw: str, plan: Plan, use: Use, answer: str | None) -> None:
    """Whether unsigned figures of a column are percents or fractions.

    A figure above what the share can be proves percent. Below that, a heading with a percent sign is not
    enough: a workbook shows 0.052 as 5.2 % under the same heading.
    """
    x = quote(f"c{use.place}")
    limit = plan.spec.limits.get(use.column, 1.0)
    greatest, example, unsigned, *ranges = cursor.execute(
        f"""SELECT max(abs(v)) FILTER (WHERE NOT signed), arg_max(x, abs(v)) FILTER (WHERE NOT signed),
            count(v) FILTER (WHERE NOT signed),
            min(v) FILTER (WHERE NOT signed AND v > 0 AND v <= $limit),
            max(v) FILTER (WHERE NOT signed AND v > 0 AND v <= $limit),
            arg_max(x, v) FILTER (WHERE NOT signed AND v > 0 AND v <= $limit),
            min(v) FILTER (WHERE signed OR v > $limit), max(v) FILTER (WHERE signed OR v > $limit)
        FROM (SELECT {x} AS x, in_signed({x}) AS signed, in_exact({x}, $sign) AS v
            FROM {quote(raw)} WHERE row_no > $row)""",
        {"sign": found.signs[use.column], "row": plan.header_row, "limit": limit},
    ).fetchall()[0]
    proved = greatest is not None and (greatest > limit or (greatest > 1 and headings.says_percent(use.heading)))
    if _mixed(use, *ranges) and not answer:
        found.units[use.column] = "percent"
        found.open.setdefault("mixed", []).append((use, f'{ranges[2]}" … "{example}'))
        return
    if answer and _mixed(use, *ranges):
        found.units[use.column] = answer
    elif proved or not greatest:
        found.units[use.column] = "percent"
    elif answer:
        found.units[use.column] = answer
    elif plan.table == "reported_values" and plan.shape == "table":
        found.units[use.column] = "fraction"  # the canonical table says so itself
    else:
        found.units[use.column] = "percent"
        found.open.setdefault("percent", []).append((use, example))
        return
    if unsigned and greatest and plan.spec.kinds[use.column] != "points":
        found.alike.setdefault(UNIT_NOTES[found.units[use.column]], []).append(use.heading)


def _mixed(use: Use, least: float | None, most: float | None, example: str, low: float | None, high: float) -> bool:
    """Whether some figures of a column are fractions and others percents: 0.24 among figures around 24.

    A heading that says percent is believed unless the small figures fall quite among the others.
    """
    if least is None or most is None or low is None or not example:
        return False
    slack = 1 if headings.says_percent(use.heading) else SLACK
    return float(least) * 100 >= float(low) / slack and float(most) * 100 <= float(high) * slack
