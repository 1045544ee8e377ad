"""A sheet's rows, typed in one SQL statement; what cannot be read is marked with its place and reason."""

from metrics.errors import InputError
from metrics.ingest import headings, scales
from metrics.ingest.formats import Formats
from metrics.ingest.model import Note, Plan, Use
from metrics.store import Cursor, quote

ORDERS = {"dmy": "'dmy'", "mdy": "'mdy'", "ymd": "'ymd'"}
SIGNS = {"point": "'point'", "comma": "'comma'"}
SCALES = {1: "", scales.THOUSAND: " * 1000", scales.MILLION: " * 1000000"}
UNITS = {"percent": "'percent'", "fraction": "'fraction'"}
# What no record can say, whatever its source: column -> conditions for refusal, with the reason and the other
# column that each needs. The first one's fault is 8, the others' are 1, 2 ...
REFUSED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "principal_outstanding": (
        ('"principal_outstanding" < 0', "import.reason_negative", ""),
        ('"principal_outstanding" >= 1e12', "import.reason_too_large", ""),
        ('"principal_outstanding" > 2 * "disbursed_amount"', "import.reason_above_amount", "disbursed_amount"),
    ),
    "disbursed_amount": (('"disbursed_amount" < 0', "import.reason_negative", ""),),
    "disbursed_on": (('"disbursed_on" > "as_of"', "import.reason_after_snapshot", "as_of"),),
    "birth_date": (('"birth_date" > current_date', "import.reason_future", ""),),
    "members": (('"members" < 1', "import.reason_negative", ""),),
    "answer_num": (
        ("""lower("question_key") IN ('nps', 'enps')
            AND ("answer_num" < 0 OR "answer_num" > 10 OR "answer_num" <> floor("answer_num"))""",
         "import.reason_nps", "question_key"),
    ),
}  # fmt: skip
FIRST_REFUSAL, FEW = 8, 4
MOST_CODES, MOST_WORDS = 5000, 100


def read(
    cursor: Cursor, raw: str, typed: str, plan: Plan, formats: Formats, off: frozenset[str] = frozenset()
) -> list[Note]:
    """Make the temporary table `typed`: row_no, the plan's columns, `ignored`, `fault` (NULL: sound).

    Raises:
        InputError: a constant of the mapping cannot be read.
    """
    notes = _codes(cursor, raw, plan, off)
    constants = list(plan.constants)
    values = [_typed_use(plan, use, index, formats) for index, use in enumerate(plan.uses)]
    values += [_typed_constant(plan, column, index) for index, column in enumerate(constants)]
    columns = ", ".join(quote(name) for name in [*(use.column for use in plan.uses), *constants])
    picked = "".join(f", {value}" for value in values)
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE {quote(typed)} AS
        WITH source AS (SELECT row_no, cells, {", ".join(_cells(plan))} FROM {quote(raw)} WHERE row_no > $header),
        usual AS (SELECT coalesce(mode(cells), 0) AS usual_cells FROM source),
        figures AS (
            SELECT source.*{picked}, coalesce({is_total(plan, off)} OR ({is_heading(plan, off)}), false) AS ignored
            FROM source {_code_joins(plan)})
        SELECT row_no, {columns}, ignored, if(ignored, NULL, {_fault(plan)}) AS fault
        FROM figures, usual""",
        _params(plan),
    )
    _check_constants(cursor, typed, plan)
    return notes


def _params(plan: Plan) -> dict[str, object]:
    found: dict[str, object] = {"header": plan.header_row}
    found["total"] = "^(" + "|".join(headings.total_words()) + r")\b"
    found |= {f"constant{index}": _constant(plan, column) for index, column in enumerate(plan.constants)}
    found |= _heads(plan)
    if "flag" in {plan.spec.kinds.get(column, "text") for column in [*plan.constants, *(u.column for u in plan.uses)]}:
        found |= {word: headings.synonyms()["words"][word] for word in ("yes", "no")}
    return found | ({"heads": plan.head_cells} if plan.sheet.checks_cells else {})


def _heads(plan: Plan) -> dict[str, object]:
    return {f"heading{index}": use.heading for index, use in enumerate(plan.uses[:2])}


def _cells(plan: Plan) -> list[str]:
    return [quote(f"c{index}") for index in range(len(plan.sheet.columns))]


def _typed_use(plan: Plan, use: Use, index: int, formats: Formats) -> str:
    x = quote(f"c{use.place}")
    kind = plan.spec.kinds[use.column]
    if kind == "code":
        return f"{quote(f'k{index}')}.code AS {quote(use.column)}"
    order = formats.orders.get(use.column, "dmy")
    sign = formats.signs.get(use.column, "point")
    unit = formats.units.get(use.column, "percent")
    if use.column in formats.floats:
        return f"nullif(split_part(in_text({x}), '.', 1), '') AS {quote(use.column)}"
    read = _expression(kind, x, ORDERS[order], SIGNS[sign], UNITS[unit], formats.calendar)
    return f"{read}{SCALES[plan.scales.get(use.column, 1)]} AS {quote(use.column)}"


def _typed_constant(plan: Plan, column: str, index: int) -> str:
    expression = _expression(plan.spec.kinds.get(column, "text"), f"$constant{index}", "'dmy'", "'point'", "'percent'")
    return f"{expression} AS {quote(column)}"


def _expression(kind: str, x: str, order: str, sign: str, unit: str, calendar: str = "gregorian") -> str:
    """The macro of `macros.sql` that reads a kind of cell."""
    if kind == "date":
        return f"in_date({x}, {order})" if calendar == "gregorian" else f"in_ethiopian({x}, {order})"
    if kind == "period":
        return f"in_period({x}, {order})"
    if kind == "amount":
        return f"in_amount({x}, {sign})"
    if kind == "number":
        return f"in_share({x}, {sign}, 'fraction')"
    if kind == "whole":
        return f"in_whole({x}, {sign})"
    return _less_common(kind, x, sign, unit)


def _less_common(kind: str, x: str, sign: str, unit: str) -> str:
    if kind == "pct":
        return f"in_pct({x}, {sign}, {unit})"
    if kind in ("share", "points"):
        return f"in_share({x}, {sign}, {unit})"
    return f"in_flag({x}, $yes, $no)" if kind == "flag" else f"in_text({x})"


def _constant(plan: Plan, column: str) -> str:
    value = plan.constants[column]
    if plan.spec.kinds.get(column) == "code":
        return headings.of_codes(column).get(headings.normal(value), value)
    return value


def _check_constants(cursor: Cursor, typed: str, plan: Plan) -> None:
    for column in plan.constants:
        empty = cursor.execute(f"SELECT count(*) - count({quote(column)}) FROM {quote(typed)}").fetchall()[0][0]
        codes = plan.spec.codes.get(column, ())
        if empty or (codes and _constant(plan, column) not in codes):
            raise InputError(
                "import.constant_unreadable", file=plan.sheet.place, column=column, value=plan.constants[column]
            )


def is_total(plan: Plan, off: frozenset[str] = frozenset()) -> str:
    """A row whose first filled cell begins like a total, and which names no loan, client ... of its own."""
    if "total_rows" in off:
        return "($total = '')"
    filled = ", ".join(f"nullif({cell}, '')" for cell in _cells(plan))
    first = f"coalesce({filled}, '')"
    own = [use for use in plan.uses if use.column in plan.spec.key and plan.spec.kinds[use.column] == "text"]
    nameless = " AND ".join(
        f"({quote(f'c{use.place}')} = {first} OR in_blank({quote(f'c{use.place}')}))"
        for use in own
        if use.column != "institution_id"
    )
    return (
        f"(lower(left({first}, 1)) IN ('t', 's', 'g', 'e') "
        f"AND regexp_matches(lower(strip_accents(replace({first}, '-', ' '))), $total) AND ({nameless or 'true'}))"
    )


def is_heading(plan: Plan, off: frozenset[str] = frozenset()) -> str:
    """The headings again, as on each page of a printed list."""
    again = " AND ".join(f"{quote(f'c{use.place}')} = $heading{index}" for index, use in enumerate(plan.uses[:2]))
    return f"false AND {again}" if "headings_again" in off else again


def _code_joins(plan: Plan) -> str:
    return " ".join(
        f"LEFT JOIN in_codes AS {quote(f'k{index}')} ON {quote(f'k{index}')}.place = {index} "
        f"AND {quote(f'k{index}')}.word = source.{quote(f'c{use.place}')}"
        for index, use in enumerate(plan.uses)
        if plan.spec.kinds[use.column] == "code"
    )


def _fault(plan: Plan) -> str:
    """The first fault of a row: of the row itself, then by column; tens count the plan's columns from 1."""
    cases = ["WHEN cells < 0 THEN 1"]
    if plan.sheet.checks_cells:
        cases.append("WHEN cells < $heads AND cells <> usual_cells THEN 2")
        cases.append("WHEN cells > $heads AND cells <> usual_cells THEN 3")
    for index, use in enumerate(plan.uses):
        x, value, at = quote(f"c{use.place}"), quote(use.column), (index + 1) * 10
        # The first half of each condition is cheap and false for nearly every row.
        doubt = f"in_odd({x})" if plan.spec.kinds[use.column] == "text" else f"{value} IS NULL"
        cases.append(f"WHEN {doubt} AND in_error({x}) THEN {at + 4} WHEN {doubt} AND in_too_long({x}) THEN {at + 5}")
        if use.column in plan.spec.needed:
            cases.append(f"WHEN {value} IS NULL AND in_blank({x}) THEN {at + 6}")
        if plan.spec.kinds[use.column] != "text":
            cases.append(f"WHEN {value} IS NULL AND NOT in_blank({x}) THEN {at + 7}")
        elif use.column.endswith("_id"):
            cases.append(f"WHEN in_damaged_id({x}) THEN {at + 7}")
        for number, (condition, _, other) in enumerate(REFUSED.get(use.column, ())):
            if not other or plan.has(other):
                cases.append(f"WHEN {condition} THEN {at + (number or FIRST_REFUSAL)}")
    return f"CASE {' '.join(cases)} END"


def _codes(cursor: Cursor, raw: str, plan: Plan, off: frozenset[str]) -> list[Note]:
    """Fill `in_codes` (place, word, code) with the words found in coded columns; unknown genders are noted.

    `in_words` (place, word, n) takes the words that no list knows. Headings that stand again between the rows are
    no words of their column.
    """
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_words (place INTEGER, word VARCHAR, n BIGINT)")
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_codes (place INTEGER, word VARCHAR, code VARCHAR)")
    notes = []
    for index, use in enumerate(plan.uses):
        if plan.spec.kinds[use.column] != "code":
            continue
        x = quote(f"c{use.place}")
        found = cursor.execute(
            f"""SELECT word, n FROM (
                SELECT {x} AS word, count(*) AS n FROM {quote(raw)}
                WHERE row_no > $header AND NOT coalesce({is_heading(plan, off)}, false)
                GROUP BY 1 ORDER BY n DESC, word LIMIT {MOST_CODES})
            WHERE NOT in_blank(word) AND NOT in_error(word)""",
            {"header": plan.header_row, **_heads(plan)},
        ).fetchall()
        rows, strange = _known_codes(plan, use, index, found)
        unknown = sum(n for _, n in strange)
        if strange:
            cursor.executemany("INSERT INTO in_words VALUES (?, ?, ?)", [(index, *one) for one in strange[:MOST_WORDS]])
        if unknown and use.column == "gender":
            notes.append(Note("import.note_unknown_gender", {"column": use.heading, "n": unknown}))
        if rows:
            cursor.executemany("INSERT INTO in_codes VALUES (?, ?, ?)", rows)
    return notes


def _known_codes(
    plan: Plan, use: Use, index: int, found: list[tuple[str, int]]
) -> tuple[list[tuple[int, str, str]], list[tuple[str, int]]]:
    """Number of the column, word and code of each word that means one; the other words, and how often they stand."""
    codes = plan.spec.codes[use.column]
    told = plan.mapping.get("codes", {}).get(use.column, {})
    words = {**headings.of_codes(use.column), **{headings.normal(word): code for word, code in told.items()}}
    rows, strange = [], []
    for word, count in found:
        bare = word.strip("\x01\x02 ")
        code = told.get(bare) or (bare if bare in codes else words.get(headings.normal(bare)))
        if code not in codes:
            strange.append((bare, count))
        if code is None and use.column == "gender":
            code = "unknown"
        if code in codes:
            rows.append((index, word, str(code)))
    return rows, strange
