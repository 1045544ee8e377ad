"""Sheets that stand across: months or branches are columns, accounts or indicators are rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics import catalogue, schema
from metrics.errors import OpenQuestion
from metrics.ingest import columns, contents, effects, headings
from metrics.ingest.assemble import SOUND
from metrics.ingest.contents import Facts
from metrics.ingest.model import Note, Options, Plan, Reading, Sheet, Spec, TopRow, Use
from metrics.store import Cursor, quote

SHAPE = "cross"
LEDGER, VALUES = "financials_monthly", "reported_values"
FEW, MOST_KNOWN = 2, 0.6
FEW_ROWS, MOST_TRIED = 3, 3
LIMIT, UNBOUNDED = 1.0, 10.0
SHARES = ("%", "points")
OWN = ("account_code", "account_name", "branch_id", "mapped_line")


def recognise(sheet: Sheet, top: list[TopRow], options: Options) -> Plan | None:
    """The plan of a sheet that stands across; None where it does not."""
    tried = 0
    for row in top:
        filled = [at for at, text in enumerate(row.texts) if text]
        across = [at for at in filled if _is_period(row.texts[at])]
        # A record holds a date or two among many cells; headings that stand across hold little else.
        if len(across) >= FEW and len(across) * 3 >= len(filled) and tried < MOST_TRIED:
            tried += 1
            facts = contents.sample(sheet, row.no)
            figures = [at for at in across if facts[at].share("whole", "figure") >= contents.HALF]
            found = _ledger(sheet, row, facts, figures) or _values(sheet, row, facts, figures, "period")
            if found and options.table in (None, found.table):
                return found
    return None


def of_units(cursor: Cursor, sheet: Sheet, top: list[TopRow], options: Options) -> Plan | None:
    """The plan of a sheet with indicators down and branches across; tried only where nothing else fits.

    Headings that name no landed branch are likely only: they may be anything that has figures below it.
    """
    if options.table not in (None, VALUES):
        return None
    branches = {
        headings.normal(str(name))
        for row in cursor.execute("SELECT branch_id, branch_name FROM branches").fetchall()
        for name in row
    }
    for row in [row for row in top if sum(bool(text) for text in row.texts) > FEW][:MOST_TRIED]:
        facts = contents.sample(sheet, row.no)
        named = [at for at, text in enumerate(row.texts) if any(map(str.isalpha, text))]
        figures = [at for at in named if facts[at].share("whole", "figure") > contents.HALF]
        found = _values(sheet, row, facts, figures, "unit")
        if found and len(figures) == sum(bool(text) for text in row.texts) - 1:
            uses = tuple(
                replace(use, reason="same" if headings.normal(use.heading) in branches else "weak")
                if use.column.startswith("in:") else use
                for use in found.uses
            )  # fmt: skip
            return replace(found, uses=uses)
    return None


def _is_period(text: str) -> bool:
    return bool(contents.MONTHS.fullmatch(text.strip()) or contents.DATES.fullmatch(text.strip()))


def _ledger(sheet: Sheet, row: TopRow, facts: Sequence[Facts], figures: list[int]) -> Plan | None:
    """A ledger with a column a month: its accounts are named beside them."""
    names = ["" if at in figures else text for at, text in enumerate(row.texts)]
    own = tuple(use for use in columns.find(names, facts, LEDGER).uses if use.column in OWN)
    if len(figures) < FEW or not any(use.column == "account_code" for use in own):
        return None
    kinds = {use.column: "code" if use.column == "mapped_line" else "text" for use in own}
    return _plan(sheet, row, LEDGER, own, figures, kinds, "amount", {"across": "period"})


def _values(sheet: Sheet, row: TopRow, facts: Sequence[Facts], figures: list[int], across: str) -> Plan | None:
    """Indicators down the first column of words, months or branches across."""
    for at, text in enumerate(row.texts):
        known = {value: name for value in facts[at].values if (name := _indicator(value))}
        enough = len(known) >= FEW_ROWS and len(known) >= len(facts[at].values) * MOST_KNOWN
        if at in figures or not enough or len(figures) < FEW:
            continue
        if across == "unit" and any(headings.indicator(row.texts[place]) for place in figures):
            return None
        own = (Use("indicator", at, text or sheet.columns[at], "same"),)
        return _plan(sheet, row, VALUES, own, figures, {"indicator": "text"}, "text",
                     {"across": across, "known": known})  # fmt: skip
    return None


def _indicator(value: str) -> str:
    found = headings.indicator(value)
    return found if found and found in catalogue.indicators() else ""


def _plan(
    sheet: Sheet, row: TopRow, table: str, own: tuple[Use, ...], figures: list[int], kinds: dict[str, str],
    kind: str, told: dict[str, object],
) -> Plan:  # fmt: skip
    across = tuple(Use(f"in:{at}", at, row.texts[at], "same") for at in figures)
    taken = {use.place for use in own} | set(figures)
    unused = tuple(text for at, text in enumerate(row.texts) if text and at not in taken)
    needed = tuple(use.column for use in own if use.column in ("account_code", "indicator"))
    codes = {"mapped_line": schema.tables()[LEDGER].enums["mapped_line"]}
    spec = Spec(kinds | {use.column: kind for use in across}, needed, needed, codes)
    return Plan(sheet, SHAPE, table, row.no, spec, (*own, *across), unused=unused, head_cells=row.cells,
                notes=(Note("import.note_across", {"n": len(across)}),), mapping=told)  # fmt: skip


def questions(cursor: Cursor, raw: str, plan: Plan, options: Options) -> list[OpenQuestion]:
    """Ask for the day where branches stand across, and whether shares below 1 are percents or fractions."""
    asked = []
    if plan.mapping.get("across") == "unit" and options.as_of is None:
        asked.append(OpenQuestion("import.question_as_of", option="--as-of DATE", file=plan.sheet.place))
    if plan.table != VALUES or options.percent:
        return asked
    for limit in (LIMIT, UNBOUNDED):
        shares = [value for value, name in plan.mapping["known"].items() if _limit(name) == limit]
        small = _small(cursor, raw, plan, shares, limit)
        if small and not asked:
            asked.append(OpenQuestion("import.question_percent", option="--percent percent|fraction",
                                      file=plan.sheet.place, columns=f'"{small[0]}"', example=small[1],
                                      **effects.of_one(small[1])))  # fmt: skip
    return asked


def _limit(name: str) -> float:
    """The greatest plausible fraction of a share; 0 for figures that are none."""
    indicator = catalogue.indicators()[name]
    if indicator.unit not in SHARES:
        return 0.0
    return UNBOUNDED if max(indicator.goalposts, default=0) >= 1 else LIMIT


def _small(cursor: Cursor, raw: str, plan: Plan, shares: list[str], limit: float) -> tuple[str, str] | None:
    """A row of shares whose unsigned figures may be percents or fractions, with one of them."""
    cells = ", ".join(quote(f"c{use.place}") for use in plan.uses[1:])
    name = quote(f"c{plan.uses[0].place}")
    found = cursor.execute(
        f"""SELECT any_value(name), any_value(x) FROM (
            SELECT in_bare({name}) AS name, unnest([{cells}]) AS x FROM {quote(raw)}
            WHERE list_contains($shares::VARCHAR[], in_bare({name})))
        WHERE NOT in_blank(x) AND NOT in_signed(x) GROUP BY name
        HAVING max(abs(coalesce(in_exact(x, 'point'), in_exact(x, 'comma')))) BETWEEN 1e-12 AND $limit LIMIT 1""",
        {"shares": shares, "limit": limit},
    ).fetchall()
    return (str(found[0][0]), str(found[0][1])) if found else None


def add(cursor: Cursor, reading: Reading, institution: str, options: Options) -> list[Note]:
    """Add a sheet that stands across: one row a figure; blank cells are no figures."""
    plan = reading.plan
    rows = [(use.column, use.heading) for use in plan.uses if use.column.startswith("in:")]
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_across (place VARCHAR, heading VARCHAR)")
    cursor.executemany("INSERT INTO in_across VALUES (?, ?)", rows)
    own = ", ".join(quote(use.column) for use in plan.uses if not use.column.startswith("in:"))
    cells = ", ".join(quote(place) for place, _ in rows)
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE in_cells AS
        WITH long AS (UNPIVOT (SELECT row_no, {own}, {cells} FROM {quote(reading.typed)} WHERE {SOUND})
            ON {cells} INTO NAME place VALUE said)
        SELECT long.*, heading FROM long JOIN in_across USING (place)"""
    )
    return (_add_ledger if plan.table == LEDGER else _add_values)(cursor, reading, institution, options)


def _add_ledger(cursor: Cursor, reading: Reading, institution: str, options: Options) -> list[Note]:
    told = [quote(use.column) for use in reading.plan.uses if use.column in OWN]
    cursor.execute(
        f"""INSERT INTO in_financials_monthly BY NAME
        SELECT $institution AS institution_id, last_day(in_period(heading, $dates)) AS "month", said AS amount,
            {", ".join(told)}, $file AS file_no, row_no FROM in_cells""",
        {"institution": institution, "dates": options.date_order or "dmy", "file": reading.number},
    )
    return []


def _add_values(cursor: Cursor, reading: Reading, institution: str, options: Options) -> list[Note]:
    known = reading.plan.mapping["known"]
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_known (word VARCHAR, indicator VARCHAR, most DOUBLE)")
    told = [(word, name, _limit(name)) for word, name in known.items()]
    cursor.executemany("INSERT INTO in_known VALUES (?, ?, ?)", told)
    comma = cursor.execute(COMMA).fetchall()[0][0]
    cursor.execute(
        VALUES_ACROSS,
        {"institution": institution, "dates": options.date_order or "dmy", "file": reading.number,
         "sign": options.decimal or ("comma" if comma else "point"),
         "branches": reading.plan.mapping["across"] == "unit", "day": str(options.as_of or date(2100, 1, 1)),
         "fraction": options.percent == "fraction"},
    )  # fmt: skip
    strange = cursor.execute(STRANGE).fetchall()[0]
    return [Note("import.note_rows_unknown", {"n": strange[0], "names": strange[1]})] if strange[0] else []


COMMA = """
SELECT count_if(in_shape(said) = 2) > count_if(in_shape(said) = 1) FROM in_cells
"""
STRANGE = """
SELECT count(DISTINCT indicator), string_agg(DISTINCT indicator, ', ') FROM in_cells
WHERE indicator NOT IN (SELECT word FROM in_known)
"""
# A row of shares is in percent where one of its unsigned figures is above what a share can be, or the user says so.
VALUES_ACROSS = """
INSERT INTO in_reported_values BY NAME
WITH figures AS (
    SELECT row_no, heading, k.indicator, most, in_exact(said, $sign) AS figure, in_signed(said) AS signed,
        max(if(in_signed(said), 0, abs(in_exact(said, $sign)))) OVER (PARTITION BY k.indicator) AS greatest
    FROM in_cells AS c JOIN in_known AS k ON k.word = c.indicator)
SELECT $institution AS institution_id,
    if($branches, $day::DATE, in_period(heading, $dates)) AS "period",
    if($branches, 'branch', 'institution') AS unit_type, if($branches, heading, $institution) AS unit,
    indicator AS indicator_id,
    figure * if(signed OR (most > 0 AND (greatest > most OR NOT $fraction)), 0.01, 1.0) AS value,
    $file AS file_no, row_no
FROM figures WHERE figure IS NOT NULL
"""
