"""Days written in another calendar: Buddhist years prove themselves, Ethiopian ones are asked about."""

import datetime

from metrics.errors import InputError, OpenQuestion
from metrics.ingest import effects
from metrics.ingest.model import Aside, Note, Options, Plan
from metrics.store import Cursor, quote

ETHIOPIAN = "ethiopian"
# A loan book without a loan of the last years is old, or its years are another calendar's.
OLDEST_YEARS = 7
# Years of the Nepali calendar run 56 or 57 ahead of ours.
AHEAD = range(40, 70)
YOUNGEST_YEARS = 10


def question(
    cursor: Cursor, raw: str, typed: str, plan: Plan, options: Options, order: str = "dmy"
) -> OpenQuestion | None:
    """Ask about a loan book whose newest loan is years older than its snapshot."""
    use = plan.use("disbursed_on")
    if (
        plan.table != "loans"
        or use is None
        or not plan.has("as_of")
        or plan.answers.get("calendar")
        or options.calendar
    ):
        return None
    newest, as_of = cursor.execute(
        f"""SELECT max("disbursed_on"), max("as_of") FROM {quote(typed)} WHERE NOT ignored AND fault IS NULL"""
    ).fetchall()[0]
    if newest is None or as_of is None or newest.year + OLDEST_YEARS > as_of.year:
        return None
    if options.as_of is None and plan.use("as_of") is None:
        return None
    return OpenQuestion(
        "import.question_old_dates", option="--calendar gregorian|ethiopian", file=plan.sheet.place,
        column=use.heading, newest=newest, as_of=as_of,
        **effects.of_calendar(cursor, raw, plan, use, order),
    )  # fmt: skip


def ahead(place: str, first: Aside, as_of: datetime.date) -> InputError | None:
    """The refusal of a file whose days are some decades ahead, as in Nepal, if that is what ails its first row."""
    years = [part for part in first.value.replace("/", "-").split("-") if len(part) == 4 and part.isdigit()]
    if first.reason != "import.reason_after_snapshot" or not years or int(years[0]) - as_of.year not in AHEAD:
        return None
    return InputError(
        "import.other_calendar", file=place, row=str(first.row_no), column=first.column, value=first.value
    )


def young(cursor: Cursor, typed: str, plan: Plan) -> list[Note]:
    """Say how many are children by their dates of birth: right for savers, a slip for borrowers."""
    use = plan.use("birth_date")
    if use is None:
        return []
    n = cursor.execute(
        f"""SELECT count(*) FROM {quote(typed)} WHERE NOT ignored AND fault IS NULL
        AND "birth_date" > current_date - INTERVAL {YOUNGEST_YEARS} YEAR"""
    ).fetchall()[0][0]
    return [Note("import.note_young", {"column": use.heading, "n": n, "years": YOUNGEST_YEARS})] if n else []
