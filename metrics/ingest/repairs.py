"""What is mended on the way from a cell to a value: named, counted, shown, and left undone where the user says so.

A repair of cells that is switched off sets their rows aside; one of whole rows leaves them rows like the others.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from metrics.ingest.formats import DATES, FIGURES, Formats
from metrics.ingest.model import Plan, Reading, Use
from metrics.ingest.rows import MARKS, fixes_of
from metrics.ingest.told import Example, Repair
from metrics.schema import text
from metrics.store import Cursor, quote

# The sums of `in_mended_...` in macros.sql.
BITS = {
    "currency": 1, "percent_sign": 2, "thousands": 4, "decimal_comma": 8, "minus": 16, "day_first": 32,
    "month_first": 64, "year_first": 128, "short_years": 256, "month_names": 512, "excel_dates": 1024,
    "calendar": 2048, "date_form": 4096, "apostrophe": 8192, "point_zero": 16384, "nothing": 32768, "words": 65536,
    "invisible": 1 << 17, "other_digits": 1 << 18, "twice_encoded": 1 << 19, "merged": 1 << 20,
}  # fmt: skip
# Made of whole rows, or of amounts as they land; the cells that they change are not told by their text.
OF_VALUES = ("cents", "prepaid")
OF_SHEETS = ("total_rows", "headings_again", "repeats", "other_table", "scale")
NAMES = (*BITS, *OF_VALUES, *OF_SHEETS)
MOST_EXAMPLES, MOST_WORDS = 3, 12
PLAIN_FLAGS = ("1", "0", "true", "false")
OFF = 0  # the digit of a fault that says: the repair was switched off
LONGEST = 60


def look(cursor: Cursor, raw: str, typed: str, plan: Plan, formats: Formats, off: frozenset[str]) -> None:
    """Make the temporary table `in_mended` (row_no, use_no, mask) of the cells that are not read as they stand.

    Rows with a cell whose repair is switched off get a fault of their own.
    """
    parts = [
        f"""SELECT row_no, {index} AS use_no, mask FROM (
            SELECT row_no, {_mask(plan, use, formats)} AS mask FROM {quote(raw)} WHERE row_no > $header)
        WHERE mask > 0"""
        for index, use in enumerate(plan.uses)
    ]
    cells = " UNION ALL ".join([*parts, _of_child(raw)])
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE in_mended AS {cells}",
        {"header": plan.header_row, "places": [use.place for use in plan.uses]},
    )
    _set_aside(cursor, typed, plan, off)


def _mask(plan: Plan, use: Use, formats: Formats) -> str:
    x = quote(f"c{use.place}")
    kind = plan.spec.kinds[use.column]
    if kind in FIGURES:
        return f"in_mended_figure({x}, {text(formats.signs.get(use.column, 'point'))})"
    if kind in DATES:
        order, calendar = formats.orders.get(use.column, "dmy"), formats.calendar if kind == "date" else "gregorian"
        return f"in_mended_date({x}, {text(order)}, {text(calendar)})"
    if kind == "text":
        zero = BITS["point_zero"] if use.column in formats.floats else 0
        return f"in_mended_text({x})" + (f" + if(ends_with({x}, '.0'), {zero}, 0)" if zero else "")
    plain = PLAIN_FLAGS if kind == "flag" else plan.spec.codes[use.column]
    words = ", ".join(text(word) for word in plain)
    folded = f"lower(in_bare({x}))" if kind == "flag" else f"in_bare({x})"
    return (
        f"CASE WHEN {x} = '' OR {x} IN ({words}) THEN 0 WHEN in_blank({x}) THEN {BITS['nothing']} "
        f"WHEN {folded} IN ({words}) THEN 0 ELSE {BITS['words']} END"
    )


def _of_child(raw: str) -> str:
    """What the child process mended, of the columns that are used; -1 where the column is another or not known."""
    bits = " ".join(f"WHEN {text(name)} THEN {BITS[name]}" for name in BITS)
    return f"""SELECT row_no, coalesce(nullif(list_position($places, place), 0) - 1, -1)::INTEGER AS use_no,
            sum(CASE name {bits} END)::INTEGER AS mask
        FROM {quote(fixes_of(raw))} WHERE row_no > $header GROUP BY 1, 2"""


def _set_aside(cursor: Cursor, typed: str, plan: Plan, off: frozenset[str]) -> None:
    """Set aside the sound rows with such a cell, each for the first of them."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_off (row_no INTEGER, use_no INTEGER, name VARCHAR)")
    sound = "NOT ignored AND fault IS NULL AND row_no NOT IN (SELECT row_no FROM in_off)"
    for name in sorted(off & BITS.keys()):
        cursor.execute(
            f"""INSERT INTO in_off SELECT row_no, min(use_no), $name FROM in_mended JOIN {quote(typed)} USING (row_no)
            WHERE mask & $bit > 0 AND {sound} GROUP BY row_no""",
            {"name": name, "bit": BITS[name]},
        )
    for name, condition, index in _of_values(plan):
        if name in off:
            cursor.execute(
                f"INSERT INTO in_off SELECT row_no, ?, ? FROM {quote(typed)} WHERE {condition} AND {sound}",
                [index, name],
            )
    if off:
        cursor.execute(
            f"""UPDATE {quote(typed)} AS t SET fault = (o.use_no + 1) * 10 + {OFF}
            FROM in_off AS o WHERE o.row_no = t.row_no"""
        )


def _of_values(plan: Plan) -> list[tuple[str, str, int]]:
    """Repairs of typed values: name, condition, number of the column."""
    found = []
    for index, use in enumerate(plan.uses):
        x = quote(use.column)
        if plan.spec.kinds[use.column] == "amount":
            found.append(("cents", f"{x} <> round({x}, 2)", index))
        if use.column in plan.scales:
            found.append(("scale", f"{x} IS NOT NULL", index))
        if use.column == "days_past_due" and plan.table == "loans":
            found.append(("prepaid", f"{x} < 0", index))
    return found


def tell(cursor: Cursor, raw: str, done: Reading, off: frozenset[str]) -> None:
    """Add to a reading what was mended in its rows, by kind and column, and what was left as it stood."""
    plan = done.plan
    counted = _counted(cursor, done)
    wanted = sorted({row for _, rows in counted.values() for row in rows})
    texts = _texts(cursor, raw, done, wanted)
    before = {
        (row, place, name): said
        for row, place, name, said in cursor.execute(
            f"SELECT row_no, place, name, before FROM {quote(fixes_of(raw))} WHERE list_contains(?, row_no)", [wanted]
        ).fetchall()
    }
    for (index, name), (n, rows) in counted.items():
        place = plan.uses[index].place if index >= 0 else -1
        examples = [
            Example(row, before.get((row, place, name), _cut(texts[row][index][0])), _after(name, texts[row][index][1]))
            for row in rows
            if index >= 0
        ]
        if name == "words":
            examples = _words(cursor, raw, done, index)
        done.repairs.append(Repair(name, plan.uses[index].heading if index >= 0 else "", n, tuple(examples)))
    done.repairs += _switched_off(cursor, plan, off)


def _counted(cursor: Cursor, done: Reading) -> dict[tuple[int, str], tuple[int, list[int]]]:
    """(number of the column, repair) -> how many cells of sound rows, and the first rows."""
    unsound = f"SELECT row_no FROM {quote(done.typed)} WHERE ignored OR fault IS NOT NULL"
    found: dict[tuple[int, str], tuple[int, list[int]]] = {}
    for index, mask, n, rows in cursor.execute(
        f"""SELECT use_no, mask, count(*), min(row_no, {MOST_EXAMPLES}) FROM in_mended
        WHERE row_no NOT IN ({unsound}) GROUP BY ALL ORDER BY use_no, mask"""
    ).fetchall():
        for name in (name for name, bit in BITS.items() if mask & bit):
            held, first = found.get((index, name), (0, []))
            found[index, name] = (held + n, sorted({*first, *rows})[:MOST_EXAMPLES])
    for name, condition, index in _of_values(done.plan):
        n, rows = cursor.execute(
            f"""SELECT count(*), min(row_no, {MOST_EXAMPLES}) FROM {quote(done.typed)}
            WHERE NOT ignored AND fault IS NULL AND {condition}"""
        ).fetchall()[0]
        if n:
            found[index, name] = (n, rows)
    return found


def _texts(cursor: Cursor, raw: str, done: Reading, rows: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Row -> for each column of the plan, its text and what was read, as text."""
    uses = done.plan.uses
    if not rows:
        return {}
    pairs = ", ".join(f"r.{quote(f'c{use.place}')}, {_as_text('t.' + quote(use.column))}" for use in uses)
    found = cursor.execute(
        f"""SELECT t.row_no, {pairs} FROM {quote(done.typed)} AS t JOIN {quote(raw)} AS r USING (row_no)
        WHERE list_contains(?, t.row_no)""",
        [rows],
    ).fetchall()
    return {row[0]: list(zip(row[1::2], map(_tidy, row[2::2]), strict=True)) for row in found}


def _as_text(value: str) -> str:
    return f"coalesce({value}::VARCHAR, '')"


def _tidy(value: str) -> str:
    """A value as text without needless zeros: 1234.500000 is 1234.5; true is 1."""
    whole, point, rest = value.partition(".")
    if point and rest.isdigit() and whole.removeprefix("-").isdigit():
        value = f"{whole}.{rest.rstrip('0')}".rstrip(".")
    return {"true": "1", "false": "0"}.get(value, value)


def _cut(cell: str | None) -> str:
    return (cell or "").lstrip(MARKS)[:LONGEST]


def _after(name: str, value: str) -> str:
    """What lands; two repairs are made on the way from the typed value to the table."""
    return "0" if name == "prepaid" else str(round(Decimal(value), 2)) if name == "cents" else _cut(value)


def _words(cursor: Cursor, raw: str, done: Reading, index: int) -> list[Example]:
    """The different words of a column, the commonest first, with what each was read as."""
    use = done.plan.uses[index]
    word, value = f"in_bare(r.{quote(f'c{use.place}')})", _as_text("t." + quote(use.column))
    rows: list[tuple[Any, ...]] = cursor.execute(
        f"""SELECT min(m.row_no), {word}, {value} FROM in_mended AS m
        JOIN {quote(done.typed)} AS t USING (row_no) JOIN {quote(raw)} AS r USING (row_no)
        WHERE m.use_no = ? AND m.mask & {BITS["words"]} > 0 AND NOT t.ignored AND t.fault IS NULL
        GROUP BY 2, 3 ORDER BY count(*) DESC, 1 LIMIT {MOST_WORDS}""",
        [index],
    ).fetchall()
    return [Example(row, _cut(said), _tidy(meant)) for row, said, meant in rows]


def rows(cursor: Cursor, done: Reading, name: str, off: frozenset[str], found: list[tuple[int]]) -> None:
    """Ignore whole rows for a reason; where that is switched off they stay rows, but no row lands twice."""
    if not found or (name in off and name != "repeats"):
        return
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_rows (row_no INTEGER)")
    cursor.execute("INSERT INTO in_rows SELECT unnest(?)", [[row for (row,) in found]])
    if name in off:
        cursor.execute("INSERT INTO in_off SELECT row_no, -1, ? FROM in_rows", [name])
        cursor.execute(f"UPDATE {quote(done.typed)} SET fault = {OFF} WHERE row_no IN (FROM in_rows)")
        return
    cursor.execute(f"UPDATE {quote(done.typed)} SET ignored = true, fault = NULL WHERE row_no IN (FROM in_rows)")
    add_rows(done, name, [row for (row,) in found])


def add_rows(done: Reading, name: str, found: list[int]) -> None:
    """Tell that whole rows were ignored, together with others ignored for the same."""
    again = next((one for one in done.repairs if one.name == name), Repair(name, "", 0))
    done.repairs[:] = [one for one in done.repairs if one is not again]
    places = (*(one.row_no for one in again.examples), *found)
    examples = tuple(Example(row, "", "") for row in sorted(places)[:MOST_EXAMPLES])
    done.repairs.append(Repair(name, "", again.count + len(found), examples))


def of_reading(cursor: Cursor, raw: str, done: Reading) -> None:
    """Tell the rows that were ignored as they were read: totals, and the headings again."""
    if not done.plan.uses:
        return
    first = done.plan.uses[:2]
    heads = tuple(use.heading for use in first)
    cells = ", ".join(quote(f"c{use.place}") for use in first)
    found = cursor.execute(
        f"""SELECT row_no, {cells} FROM {quote(raw)}
        WHERE row_no IN (SELECT row_no FROM {quote(done.typed)} WHERE ignored) ORDER BY row_no"""
    ).fetchall()
    for name, again in (("total_rows", False), ("headings_again", True)):
        named = [row[0] for row in found if (tuple(row[1:]) == heads) == again]
        if named:
            add_rows(done, name, named)


def _switched_off(cursor: Cursor, plan: Plan, off: frozenset[str]) -> Iterable[Repair]:
    """What was left as it stood, since the user says so."""
    found = cursor.execute("SELECT use_no, name, count(*) FROM in_off GROUP BY ALL ORDER BY ALL").fetchall()
    for index, name, n in found:
        yield Repair(name, plan.uses[index].heading if index >= 0 else "", n, off=True)
    told = {name for _, name, _ in found}
    yield from (Repair(name, "", 0, off=True) for name in OF_SHEETS if name in off - told)
