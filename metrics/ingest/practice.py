"""Social audits that stand wide: one row an institution and year, yes and no in hundreds of columns.

A heading may hold a path: `Client protection > Full disclosure > Yes` is one answer of the question before it; where
the last parts are options (`Target market > Women`), each option is a practice of its own. A question without any mark
was not asked: its zeros are no "no".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.errors import OpenQuestion
from metrics.ingest import contents, headings
from metrics.ingest.assemble import SOUND
from metrics.ingest.contents import Facts
from metrics.ingest.model import Note, Options, Plan, Reading, Sheet, Spec, TopRow, Use
from metrics.store import Cursor, quote

TABLE, SHAPE = "practice_answers", "answers"
PART = " > "
FEW_ANSWERS = 5
MOST_NAMED = 5
KEYS = {"institution_id": "text", "institution_name": "text", "audit_id": "text", "answered_on": "period"}
OTHER_TABLES = ("client_id", "loan_id")
WHOSE = ("institution_id", "institution_name", "audit_id")
TOP = 3
NEVER = "2100-01-01"
NORMAL = "trim(regexp_replace(lower(strip_accents(l.said)), '[^a-z0-9]+', ' ', 'g'))"


@dataclass(frozen=True)
class Question:
    """One question or option: the columns that answer it (each stands for an answer, or says it in words)."""

    path: str
    columns: tuple[tuple[int, str], ...]
    none: bool = False

    @property
    def dimension(self) -> str:
        """The first part of the path, where there is one."""
        return self.path.split(PART)[0] if PART in self.path else ""

    @property
    def text(self) -> str:
        """What is asked: the path without its dimension."""
        return self.path.partition(PART)[2] or self.path


def recognise(sheet: Sheet, top: list[TopRow]) -> Plan | None:
    """The plan of a sheet that holds nothing but a social audit's answers; None where it is something else."""
    for row in sorted(top, key=lambda row: -sum(bool(text) for text in row.texts))[:TOP]:
        headed = [index for index, text in enumerate(row.texts) if text]
        if len(headed) < FEW_ANSWERS or len(headed) > len(row.texts):
            continue
        facts = contents.sample(sheet, row.no)
        places = [index for index in headed if _answers(facts[index], row.texts[index])]
        said = [index for index in places if facts[index].filled]
        if len(said) < FEW_ANSWERS or len(places) * 2 <= len(headed):
            continue
        uses = _keys(row, facts, [index for index in headed if index not in places])
        columns = {use.column for use in uses}
        if columns & set(OTHER_TABLES):
            return None
        if not columns & set(WHOSE) or not _asks([row.texts[index] for index in places]):
            continue
        return _plan(sheet, row, uses, places)
    return None


def _asks(texts: list[str]) -> bool:
    """Whether most headings of answers are worded like a practice: codes and flags of a system are single words."""
    worded = [text for text in texts if PART in text or len(text.split()) > 1]
    return len(worded) * 2 > len(texts) and not any(headings.normal(text) in _words() for text in texts)


def _plan(sheet: Sheet, row: TopRow, keys: tuple[Use, ...], places: list[int]) -> Plan:
    answers = tuple(Use(f"in:{place}", place, row.texts[place], "same") for place in places)
    taken = {use.place for use in keys} | set(places)
    kinds = {column: KEYS[column] for column in KEYS} | {use.column: "text" for use in answers}
    unused = tuple(text for index, text in enumerate(row.texts) if text and index not in taken)
    needed = tuple(use.column for use in keys if use.column in ("institution_id", "answered_on"))
    key = tuple(use.column for use in keys if use.column != "institution_name")
    return Plan(sheet, SHAPE, TABLE, row.no, Spec(kinds, needed, key), (*keys, *answers), unused=unused,
                head_cells=row.cells, mapping={"answers": "1" if len(places) else ""})  # fmt: skip


def _words() -> dict[str, str]:
    """Normalised word -> yes, no, partially, not_applicable, unknown."""
    listed = headings.synonyms()["words"]
    found = {word: "yes" for word in listed["yes"]} | {word: "no" for word in listed["no"]}
    return found | headings.of_codes("answer") | {word: "unknown" for word in listed["unknown"]}


def _answers(facts: Facts, heading: str) -> bool:
    """Whether a column holds answers; an empty one does where its heading is a path."""
    words = _words()
    if not facts.filled:
        return PART in heading
    return all(headings.normal(value) in words for value in facts.values)


def _keys(row: TopRow, facts: Sequence[Facts], places: Iterable[int]) -> tuple[Use, ...]:
    """Institution, audit and day; the day of the audit before its year."""
    known = headings.of_table(TABLE) | {
        word: column for word, column in headings.of_table("institutions").items() if column == "institution_name"
    }
    listed = headings.synonyms()["audit"]
    known |= {headings.normal(word): column for column, words in listed.items() for word in words}
    known |= {word: column for word, column in headings.of_table("loans").items() if column in OTHER_TABLES}
    found: dict[str, Use] = {}
    for place in places:
        column = next((known[form] for form in headings.forms(row.texts[place]) if form in known), "")
        if column and column not in found and (column in KEYS or column in OTHER_TABLES):
            found[column] = Use(column, place, row.texts[place], "synonym")
    year = found.get("audit_id")
    if "answered_on" not in found and year and contents.verdict("period", "", (), facts[year.place]) == "agrees":
        found["answered_on"] = Use("answered_on", year.place, year.heading, "synonym")
    return tuple(found.values())


def catalogue(plan: Plan) -> list[Question]:
    """The questions of a plan, in the order of the sheet."""
    words = _words()
    groups: dict[str, list[Use]] = {}
    for use in plan.uses:
        if use.column.startswith("in:"):
            groups.setdefault(use.heading.rpartition(PART)[0] or use.heading, []).append(use)
    found = []
    for path, uses in groups.items():
        last = {use.place: headings.normal(use.heading.rpartition(PART)[2]) for use in uses}
        if len(uses) > 1 and all(words.get(word) for word in last.values()):
            found.append(Question(path, tuple((use.place, words[last[use.place]]) for use in uses)))
        else:
            found += [Question(use.heading, ((use.place, ""),), _none(last[use.place])) for use in uses]
    return found


def _none(word: str) -> bool:
    """An option that only says that the others do not hold."""
    return word.startswith(tuple(headings.synonyms()["words"]["none_of"]))


def questions(cursor: Cursor, raw: str, plan: Plan, options: Options) -> list[OpenQuestion]:
    """Ask about institutions and years that stand in several rows, and for the day where nothing tells it."""
    asked = []
    if not plan.has("answered_on"):
        asked.append(OpenQuestion("import.question_as_of", option="--as-of DATE", file=plan.sheet.place))
    columns = [quote(f"c{use.place}") for use in plan.uses if use.column in plan.spec.key]
    if not columns or options.repeated:
        return asked
    listed = ", ".join(columns)
    found = cursor.execute(
        f"""SELECT [{", ".join(f"in_bare({column})" for column in columns)}], count(*) FROM {quote(raw)}
        WHERE row_no > ? AND NOT in_blank({columns[0]}) GROUP BY {listed} HAVING count(*) > 1 ORDER BY 2 DESC, 1""",
        [plan.header_row],
    ).fetchall()
    if found:
        rows = sum(count for _, count in found)
        examples = "; ".join(f"{', '.join(key)} x {count}" for key, count in found[:MOST_NAMED])
        option = "--repeated first|last|aside"
        asked.append(OpenQuestion("import.question_repeated", option=option, file=plan.sheet.place, n=len(found),
                                  examples=examples, rows=rows, extra=rows - len(found)))  # fmt: skip
    return asked


def choose(cursor: Cursor, reading: Reading, options: Options) -> None:
    """Keep the first or the last row of each key that stands several times, as the user said; ignore the others."""
    plan = reading.plan
    wanted = options.repeated or plan.mapping.get("repeated")
    if plan.shape != SHAPE or wanted not in ("first", "last"):
        return
    keys = ", ".join(quote(use.column) for use in plan.uses if use.column in plan.spec.key)
    order = "" if wanted == "first" else "DESC"
    cursor.execute(
        f"""UPDATE {quote(reading.typed)} SET ignored = true WHERE row_no IN (
            SELECT row_no FROM {quote(reading.typed)} WHERE {SOUND}
            QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY row_no {order}) > 1)"""
    )


def add(cursor: Cursor, reading: Reading, institution: str, as_of: date | None) -> list[Note]:
    """Add the answers of a sheet, one row a question that was asked; and institutions that are new."""
    asked = catalogue(reading.plan)
    cursor.execute(ASKED)
    rows = [
        (number, f"in:{place}", means, question.path, question.dimension, question.text,
         question.path if means else question.path.rpartition(PART)[0] or question.path, question.none)
        for number, question in enumerate(asked)
        for place, means in question.columns
    ]  # fmt: skip
    cursor.executemany("INSERT INTO in_asked VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_said (word VARCHAR, means VARCHAR)")
    cursor.executemany("INSERT INTO in_said VALUES (?, ?)", list(_words().items()))
    _marks(cursor, reading, institution, as_of)
    cursor.execute(ANSWERS, {"file": reading.number})
    _institutions(cursor, reading)
    return _notes(cursor, sum(not question.none for question in asked))


def _marks(cursor: Cursor, reading: Reading, institution: str, as_of: date | None) -> None:
    """`in_marks`: one row a filled cell, with the institution, the audit, the question and what the cell says."""
    plan = reading.plan
    owner = quote("institution_id") if plan.has("institution_id") else "$institution"
    day = quote("answered_on") if plan.has("answered_on") else "$day::DATE"
    audit = f"coalesce({quote('audit_id')}, {day}::VARCHAR)" if plan.has("audit_id") else f"{day}::VARCHAR"
    columns = ", ".join(quote(use.column) for use in plan.uses if use.column.startswith("in:"))
    params: dict[str, object] = {} if plan.has("institution_id") else {"institution": institution}
    params |= {} if plan.has("answered_on") else {"day": str(as_of or NEVER)}
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE in_marks AS
        WITH long AS (UNPIVOT (
            SELECT {owner} AS institution_id, {audit} AS audit_id, {day} AS answered_on, row_no, {columns}
            FROM {quote(reading.typed)} WHERE {SOUND}) ON {columns} INTO NAME place VALUE said)
        SELECT l.institution_id, l.audit_id, l.answered_on, l.row_no, a.*, l.said, w.means AS says
        FROM long AS l JOIN in_asked AS a USING (place)
        LEFT JOIN in_said AS w ON w.word = {NORMAL}""",
        params,
    )


def _institutions(cursor: Cursor, reading: Reading) -> None:
    if not (reading.plan.has("institution_id") and reading.plan.has("institution_name")):
        return
    cursor.execute(
        f"""INSERT INTO in_institutions BY NAME
        SELECT institution_id, any_value(institution_name) AS institution_name, $file AS file_no, min(row_no) AS row_no
        FROM {quote(reading.typed)} AS t WHERE {SOUND} AND institution_name IS NOT NULL
            AND NOT EXISTS (FROM institutions AS i WHERE i.institution_id = t.institution_id)
            AND NOT EXISTS (FROM in_institutions AS i WHERE i.institution_id = t.institution_id)
        GROUP BY institution_id""",
        {"file": reading.number},
    )


def _notes(cursor: Cursor, asked: int) -> list[Note]:
    n = cursor.execute("SELECT count(*) FROM in_practice_answers").fetchall()[0][0]
    unread, example = cursor.execute("SELECT count(*), any_value(said) FROM in_marks WHERE says IS NULL").fetchall()[0]
    several = cursor.execute(SEVERAL).fetchall()[0][0]
    notes = [Note("import.note_answers_read", {"n": n, "questions": asked})]
    if unread:
        notes.append(Note("import.note_answers_unread", {"n": unread, "example": example}))
    if several:
        notes.append(Note("import.note_several_marks", {"n": several}))
    return notes


ASKED = """
CREATE OR REPLACE TEMP TABLE in_asked (question INTEGER, place VARCHAR, means VARCHAR, path VARCHAR, dimension VARCHAR,
    title VARCHAR, grp VARCHAR, none BOOLEAN)
"""
# A marked answer column says yes to its own answer; a column of words says it itself. Options count only where any
# option of their question is marked.
ANSWERS = """
INSERT INTO in_practice_answers BY NAME
WITH said AS (
    SELECT institution_id, audit_id, answered_on, question, any_value(path) AS path,
        any_value(dimension) AS dimension, any_value(title) AS title, any_value(grp) AS grp, any_value(none) AS none,
        min(row_no) AS row_no, bool_or(said NOT IN ('0', '1')) AS in_words,
        bool_or(means <> '') AS one_hot, count_if(means <> '' AND says = 'yes') AS marks,
        max(CASE WHEN means = '' THEN says WHEN says = 'yes' THEN means END) AS answer
    FROM in_marks GROUP BY ALL),
judged AS (
    SELECT *, in_words OR path = grp OR bool_or(answer IS DISTINCT FROM 'no') OVER (
        PARTITION BY institution_id, audit_id, answered_on, grp) AS asked
    FROM said WHERE NOT (one_hot AND marks <> 1))
SELECT institution_id, audit_id, answered_on, dimension, path AS question_id, title AS question,
    if(answer = 'unknown', NULL, answer) AS answer, $file AS file_no, row_no
FROM judged WHERE asked AND answer IS NOT NULL AND NOT none
"""
SEVERAL = """
SELECT count(*) FROM (
    SELECT 1 FROM in_marks WHERE means <> '' AND says = 'yes'
    GROUP BY institution_id, audit_id, answered_on, question HAVING count(*) > 1)
"""
