"""The answers of a wide survey, one row an answer, in the canonical tables."""

from datetime import date

from metrics import schema
from metrics.ingest import headings, surveys
from metrics.ingest.assemble import SOUND
from metrics.ingest.model import Note, Reading
from metrics.store import Cursor, quote

NEVER = "2100-01-01"


def add(cursor: Cursor, reading: Reading, institution: str, as_of: date | None) -> list[Note]:
    """Add a wide survey's answers; blank cells are no answers."""
    asked: list[surveys.Asked] = reading.plan.mapping["questions"]
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_asked (place VARCHAR, key VARCHAR, kind VARCHAR, known BOOLEAN)")
    rows = [(f"in:{question.place}", question.key, question.kind, question.known) for question in asked]
    cursor.executemany("INSERT INTO in_asked VALUES (?, ?, ?, ?)", rows)
    listed = headings.synonyms()["survey"]["codes"]
    words = [(headings.normal(word), code) for code, said in listed.items() for word in [code.replace("_", " "), *said]]
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_said (word VARCHAR, code VARCHAR)")
    cursor.executemany("INSERT INTO in_said VALUES (?, ?)", list(dict(words).items()))
    _cells(cursor, reading, institution, as_of)
    cursor.execute(ANSWERS)
    target = quote("in_" + reading.plan.table)
    own = schema.tables()[reading.plan.table].columns
    told = [use.column for use in reading.plan.uses if use.column in surveys.RESPONDENT and use.column in own]
    picks = "".join(f"{quote(column)}, " for column in told)
    cursor.execute(
        f"""INSERT INTO {target} BY NAME
        SELECT institution_id, survey_id, response_id, answered_on, {picks}key AS question_key, answer_code,
            answer_num, answer_text, $file AS file_no, row_no
        FROM in_answers WHERE coalesce(answer_code, answer_num::VARCHAR, answer_text) IS NOT NULL""",
        {"file": reading.number},
    )
    n = cursor.execute(f"SELECT count(*) FROM {target} WHERE file_no = ?", [reading.number]).fetchall()[0][0]
    return _notes(cursor, n, asked)


def _cells(cursor: Cursor, reading: Reading, institution: str, as_of: date | None) -> None:
    """`in_cells`: one row a filled cell of a question, with who answered and when."""
    plan = reading.plan
    day = quote("answered_on") if plan.has("answered_on") else "$day::DATE"
    survey = quote("survey_id") if plan.has("survey_id") else "$survey"
    told = [quote(use.column) for use in plan.uses if use.column in surveys.RESPONDENT]
    cells = ", ".join(quote(use.column) for use in plan.uses if use.column.startswith("in:"))
    params: dict[str, object] = {"institution": institution}
    params |= {} if plan.has("answered_on") else {"day": str(as_of or NEVER)}
    params |= {} if plan.has("survey_id") else {"survey": _title(reading)}
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE in_cells AS
        WITH long AS (UNPIVOT (
            SELECT $institution AS institution_id, {survey} AS survey_id, response_id, {day} AS answered_on,
                {", ".join([*told, "row_no"])}, {cells}
            FROM {quote(reading.typed)} WHERE {SOUND}) ON {cells} INTO NAME place VALUE said)
        SELECT long.*, a.key, a.kind, a.known FROM long JOIN in_asked AS a USING (place)""",
        params,
    )


def _title(reading: Reading) -> str:
    """What a survey is called that says nothing itself: its sheet, unless that is only numbered; else its file."""
    sheet = reading.plan.sheet
    numbered = headings.normal(sheet.name).rstrip("0123456789 ") in ("", "sheet", "feuil", "hoja", "folha", "data")
    return sheet.file.rsplit(".", 1)[0] if numbered else sheet.name


def _notes(cursor: Cursor, n: int, asked: list[surveys.Asked]) -> list[Note]:
    known = ", ".join(f'"{question.heading[:60]}" = {question.key}' for question in asked if question.known)
    notes = [Note("import.note_survey_read", {"n": n, "questions": len(asked), "known": known or "-"})]
    strange = cursor.execute(STRANGE).fetchall()[0]
    if strange[0]:
        notes.append(Note("import.note_no_number", {"n": strange[0], "example": strange[1]}))
    return notes


ANSWERS = """
CREATE OR REPLACE TEMP TABLE in_answers AS
WITH choices AS (
    SELECT DISTINCT key, unnest(string_split_regex(trim(said), ' +')) AS choice FROM in_cells WHERE kind = 'multiple'),
several AS (
    SELECT c.* REPLACE (c.key || '__' || choice AS key,
        if(list_contains(string_split_regex(trim(said), ' +'), choice), 'yes', 'no') AS said, 'option' AS kind)
    FROM in_cells AS c JOIN choices USING (key) WHERE kind = 'multiple'),
all_cells AS (FROM in_cells WHERE kind <> 'multiple' UNION ALL BY NAME FROM several),
read AS (
    SELECT c.*, w.code, if(kind = 'number', TRY_CAST(replace(said, ',', '.') AS DOUBLE), NULL) AS figure
    FROM all_cells AS c LEFT JOIN in_said AS w
        ON w.word = trim(regexp_replace(lower(strip_accents(c.said)), '[^a-z0-9]+', ' ', 'g')))
SELECT *,
    CASE WHEN kind = 'option' THEN if(lower(said) IN ('1', 'true', 'yes'), 'yes', 'no')
        WHEN kind = 'code' AND known THEN coalesce(code, said) WHEN kind = 'code' THEN said END AS answer_code,
    if(key IN ('nps', 'enps') AND figure NOT BETWEEN 0 AND 10, NULL, figure) AS answer_num,
    CASE WHEN kind = 'text' THEN said
        WHEN kind = 'number' AND (figure IS NULL OR (key IN ('nps', 'enps') AND figure NOT BETWEEN 0 AND 10))
        THEN said END AS answer_text
FROM read
"""
STRANGE = """
SELECT count(*), any_value(said) FROM in_answers WHERE kind = 'number' AND answer_num IS NULL
"""
