"""A sheet's rows, typed in one SQL statement; what cannot be read is marked with its place and reason."""

from metrics.errors import InputError
from metrics.ingest import headings, scales
from metrics.ingest.formats import Formats
from metrics.ingest.model import Note, Plan, Use
from metrics.store import Cursor, quote

# Reasons for which a row is set aside, by number; 7 depends on the kind of column (BY_KIND), 8 on REFUSED.
REASONS = {
    1: "import.reason_open_quote",
    2: "import.reason_short_row",
    3: "import.reason_long_row",
    4: "import.reason_error",
    5: "import.reason_too_long",
    6: "import.reason_missing",
    9: "import.reason_duplicate",
}
BY_KIND = {
    "date": "import.reason_date", "period": "import.reason_date", "amount": "import.reason_number",
    "number": "import.reason_number", "pct": "import.reason_number", "share": "import.reason_number",
    "points": "import.reason_number",
    "whole": "import.reason_whole", "flag": "import.reason_flag", "code": "import.reason_code",
    "text": "import.reason_damaged_id",
}  # fmt: skip
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
MOST_CODES = 5000


def read(cursor: Cursor, raw: str, typed: str, plan: Plan, formats: Formats) -> list[Note]:
    """Make the temporary table `typed`: row_no, the plan's columns, `ignored`, `fault` (NULL: sound).

    Raises:
        InputError: a constant of the mapping cannot be read.
    """
    notes = _codes(cursor, raw, plan)
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
            SELECT source.*{picked}, coalesce({_is_total(plan)} OR ({_is_heading(plan)}), false) AS ignored
            FROM source {_code_joins(plan)})
        SELECT row_no, {columns}, ignored, if(ignored, NULL, {_fault(plan)}) AS fault
        FROM figures, usual""",
        _params(plan),
    )
    _check_constants(cursor, typed, plan)
    return notes


def list_aside(cursor: Cursor, raw: str, typed: str, aside: str, plan: Plan) -> None:
    """Make the temporary table `aside`: row_no, column_name, value, reason of each row set aside."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_faults (fault INTEGER, column_name VARCHAR, reason VARCHAR)")
    faults = cursor.execute(f"SELECT DISTINCT fault FROM {quote(typed)} WHERE fault IS NOT NULL").fetchall()
    if faults:
        named = [(fault, *_named(plan, fault)) for (fault,) in faults]
        cursor.executemany("INSERT INTO in_faults VALUES (?, ?, ?)", named)
    values = ", ".join(f"in_bare({quote(f'c{use.place}')})" for use in plan.uses)
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE {quote(aside)} AS
        SELECT row_no, column_name, coalesce(left([{values}][fault // 10], 200), '') AS value, reason
        FROM {quote(typed)} JOIN in_faults USING (fault) JOIN {quote(raw)} USING (row_no)
        WHERE NOT ignored ORDER BY row_no"""
    )


def _named(plan: Plan, fault: int) -> tuple[str, str]:
    """The heading and the reason (a key of the catalogues) of a fault."""
    index, kind = divmod(fault, 10)
    if index == 0:
        return "", REASONS[kind]
    use = plan.uses[index - 1]
    if kind == 7:
        return use.heading, BY_KIND[plan.spec.kinds[use.column]]
    if kind == FIRST_REFUSAL or kind < FEW:
        return use.heading, REFUSED[use.column][kind % FIRST_REFUSAL][1]
    return use.heading, REASONS[kind]


def _params(plan: Plan) -> dict[str, object]:
    found: dict[str, object] = {"header": plan.header_row}
    found["total"] = "^(" + "|".join(headings.total_words()) + r")\b"
    found |= {f"constant{index}": _constant(plan, column) for index, column in enumerate(plan.constants)}
    found |= {f"heading{index}": use.heading for index, use in enumerate(plan.uses[:2])}
    if "flag" in {plan.spec.kinds.get(column, "text") for column in [*plan.constants, *(u.column for u in plan.uses)]}:
        found |= {word: headings.synonyms()["words"][word] for word in ("yes", "no")}
    return found | ({"heads": plan.head_cells} if plan.sheet.checks_cells else {})


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


def _is_total(plan: Plan) -> str:
    """A row whose first filled cell begins like a total, and which names no loan, client ... of its own."""
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


def _is_heading(plan: Plan) -> str:
    """The headings again, as on each page of a printed list."""
    return " AND ".join(f"{quote(f'c{use.place}')} = $heading{index}" for index, use in enumerate(plan.uses[:2]))


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


def _codes(cursor: Cursor, raw: str, plan: Plan) -> list[Note]:
    """Fill `in_codes` (place, word, code) with the words found in coded columns; unknown genders are noted."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_codes (place INTEGER, word VARCHAR, code VARCHAR)")
    notes = []
    for index, use in enumerate(plan.uses):
        if plan.spec.kinds[use.column] != "code":
            continue
        x = quote(f"c{use.place}")
        found = cursor.execute(
            f"""SELECT word, n FROM (
                SELECT {x} AS word, count(*) AS n FROM {quote(raw)} WHERE row_no > ? GROUP BY 1 LIMIT {MOST_CODES})
            WHERE NOT in_blank(word) AND NOT in_error(word)""",
            [plan.header_row],
        ).fetchall()
        rows, unknown = _known_codes(plan, use, index, found)
        if unknown:
            notes.append(Note("import.note_unknown_gender", {"column": use.heading, "n": unknown}))
        if rows:
            cursor.executemany("INSERT INTO in_codes VALUES (?, ?, ?)", rows)
    return notes


def _known_codes(
    plan: Plan, use: Use, index: int, found: list[tuple[str, int]]
) -> tuple[list[tuple[int, str, str]], int]:
    words, codes = headings.of_codes(use.column), plan.spec.codes[use.column]
    rows, unknown = [], 0
    for word, count in found:
        bare = word.strip("\x01\x02 ")
        code = bare if bare in codes else words.get(headings.normal(bare))
        if code is None and use.column == "gender":
            code, unknown = "unknown", unknown + count
        if code in codes:
            rows.append((index, word, str(code)))
    return rows, unknown
