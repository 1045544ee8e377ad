"""What is said of cells that were read as something else than they say: words for nothing, for yes, for a code."""

from metrics.ingest import headings
from metrics.ingest.model import Note, Plan, Use
from metrics.store import Cursor, quote

MOST_WORDS = 12
# The usual spellings of what `in_blank` reads as nothing.
NOTHING = (
    "('NULL', 'Null', 'null', 'NONE', 'None', 'none', 'NIL', 'Nil', 'nil', '-', '--', 'N.A.', 'n.a.', 'N/A', 'n/a', "
    "'NaN', 'NAN', 'nan')"
)
PLAIN = {"1", "0", "true", "false"}


def notes(cursor: Cursor, raw: str, plan: Plan) -> list[Note]:
    """What the words of a sheet were taken for; the table `in_codes` holds those of coded columns."""
    if plan.shape == "fineract":
        return []
    return [*_nothing(cursor, raw, plan), *_codes(cursor, plan), *_flags(cursor, raw, plan)]


def _nothing(cursor: Cursor, raw: str, plan: Plan) -> list[Note]:
    """How many cells of each column say in words that there is no value."""
    counted = ", ".join(f"count_if({quote(f'c{use.place}')} IN {NOTHING})" for use in plan.uses)
    found = cursor.execute(f"SELECT {counted} FROM {quote(raw)} WHERE row_no > ?", [plan.header_row]).fetchall()[0]
    return [
        Note("import.note_no_value", {"column": use.heading, "n": n})
        for use, n in zip(plan.uses, found, strict=True)
        if n
    ]


def _codes(cursor: Cursor, plan: Plan) -> list[Note]:
    words: dict[int, list[str]] = {}
    for place, word, code in cursor.execute("SELECT place, word, code FROM in_codes ORDER BY word").fetchall():
        bare = word.strip("\x01\x02 ")
        if bare != code:
            words.setdefault(place, []).append(f"{bare} = {code}")
    return [_note(plan.uses[place], read) for place, read in words.items()]


def _flags(cursor: Cursor, raw: str, plan: Plan) -> list[Note]:
    said = []
    for use in plan.uses:
        if plan.spec.kinds[use.column] != "flag":
            continue
        x = quote(f"c{use.place}")
        found = cursor.execute(
            f"""SELECT DISTINCT in_bare(x) AS word, in_flag(x, $yes, $no) FROM (
                SELECT DISTINCT {x} AS x FROM {quote(raw)} WHERE row_no > $row)
            WHERE NOT in_blank(x) AND in_flag(x, $yes, $no) IS NOT NULL ORDER BY word LIMIT {MOST_WORDS}""",
            {"row": plan.header_row, **flag_words()},
        ).fetchall()
        read = [f"{word} = {int(value)}" for word, value in found if word.lower() not in PLAIN]
        if read:
            said.append(_note(use, read))
    return said


def flag_words() -> dict[str, list[str]]:
    """The words for yes and no."""
    return {word: list(headings.synonyms()["words"][word]) for word in ("yes", "no")}


def _note(use: Use, read: list[str]) -> Note:
    more = " …" if len(read) > MOST_WORDS else ""
    return Note("import.note_words", {"column": use.heading, "words": ", ".join(read[:MOST_WORDS]) + more})
