"""The currency that stands beside figures: dropped from them, kept with the loans, never mixed."""

from dataclasses import replace

from babel.numbers import list_currencies

from metrics.errors import InputError
from metrics.ingest.model import Note, Plan
from metrics.store import Cursor, quote

# How a currency is written where its code is not; FCFA and $ are those of several countries and stay as written.
WRITTEN = {
    "KSH": "KES", "KSHS": "KES", "USH": "UGX", "TSH": "TZS", "€": "EUR", "£": "GBP", "₦": "NGN", "₵": "GHS",
    "CFA": "FCFA", "F": "FCFA", "FCFA": "FCFA",
}  # fmt: skip
MOST_WORDS = 20


def settle(cursor: Cursor, raw: str, plan: Plan) -> tuple[Plan, list[Note]]:
    """The plan with the currency that stands beside the figures of a loan book, and what is said of it.

    Raises:
        InputError: two currencies stand beside the figures of a sheet.
    """
    if plan.shape == "fineract":
        return plan, []
    found: dict[str, tuple[str, int]] = {}
    headings = []
    for use in plan.uses:
        if plan.spec.kinds[use.column] != "amount":
            continue
        words = _words(cursor, raw, plan, use.place)
        headings += [f'"{use.heading}"'] if words else []
        for word, row in words:
            found.setdefault(_code(word), (word, row))
    if len(found) > 1:
        (first, row), (second, other) = sorted(found.values(), key=lambda one: one[1])[:2]
        raise InputError(
            "import.currencies_written", file=plan.sheet.place, columns=", ".join(headings),
            first=first, row=str(row), second=second, other=str(other),
        )  # fmt: skip
    if not found:
        return plan, []
    code = next(iter(found))
    if plan.table == "loans" and not plan.has("currency") and code in list_currencies():
        plan = replace(plan, constants={**plan.constants, "currency": code})
    return plan, [Note("import.note_currency", {"columns": ", ".join(headings), "currency": code})]


def _code(word: str) -> str:
    return WRITTEN.get(word.upper(), word.upper())


def _words(cursor: Cursor, raw: str, plan: Plan, place: int) -> list[tuple[str, int]]:
    """The words beside the figures of a column, each with its first row."""
    x = quote(f"c{place}")
    return cursor.execute(
        f"""SELECT word, min(row_no) FROM (
            SELECT row_no, regexp_extract({x}, '[A-Za-z]+|[$€£₦₵]') AS word FROM {quote(raw)}
            WHERE row_no > ? AND regexp_matches({x}, '[A-Za-z$€£₦₵]') AND regexp_matches({x}, '[0-9]')
                AND coalesce(in_point(in_digits({x})), in_comma(in_digits({x}))) IS NOT NULL)
        WHERE word <> '' GROUP BY word ORDER BY 2 LIMIT {MOST_WORDS}""",
        [plan.header_row],
    ).fetchall()
