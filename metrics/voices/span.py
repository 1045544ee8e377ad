"""The twelve months before a day, and who the clients are on it."""

import calendar
import datetime
from collections.abc import Iterable

from metrics.voices.voice import BAND, Cursor, Heard

SEGMENTS = ("branch", "gender", "location", "age_band")
WHOLE = "institution"
FEW = 10  # clients below whom a figure of a part is not shown
Sizes = dict[tuple[str, str], int]


def year_before(day: datetime.date) -> datetime.date:
    """The first of the twelve months' days that end with `day`: after a month-end, the first of a month."""
    then = day.replace(year=day.year - 1, day=min(day.day, calendar.monthrange(day.year - 1, day.month)[1]))
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        then = then.replace(day=calendar.monthrange(then.year, then.month)[1])
    return then + datetime.timedelta(days=1)


def cells(voice: Heard) -> list[tuple[str, str]]:
    """The institution and the segments that a voice is known to belong to, as (kind of segment, segment)."""
    known = {"branch": voice.branch_id, "gender": voice.gender, "location": voice.location, "age_band": voice.age_band}
    return [(WHOLE, ""), *((by, name) for by, name in known.items() if name and name != "unknown")]


# Clients on the day, each with its segments and whether it was heard under its name in the months before.
CLIENTS = f"""
WITH here AS (
    SELECT institution_id, client_id, branch_id AS branch, gender::VARCHAR AS gender, location::VARCHAR AS location,
        birth_date, $day::DATE AS day
    FROM v_clients
    WHERE (joined_on IS NULL OR joined_on <= $day) AND (exited_on IS NULL OR exited_on > $day)
),
named AS (
    SELECT institution_id, client_id FROM v_client_surveys
    WHERE client_id IS NOT NULL AND answered_on BETWEEN $since AND $day
    UNION
    SELECT institution_id, client_id FROM v_complaints
    WHERE client_id IS NOT NULL AND received_on BETWEEN $since AND $day
),
known AS (
    SELECT here.*, {BAND} AS age_band, named.client_id IS NOT NULL AS heard
    FROM here LEFT JOIN named ON named.institution_id = here.institution_id AND named.client_id = here.client_id
),
parted AS (
    UNPIVOT (SELECT heard, '' AS institution, branch, gender, location, age_band FROM known)
    ON institution, branch, gender, location, age_band INTO NAME part VALUE segment
)
SELECT part, segment, count(*) AS clients, count_if(heard) AS heard FROM parted
WHERE segment <> 'unknown' GROUP BY part, segment ORDER BY part, segment"""


def clients(cursor: Cursor, day: datetime.date) -> tuple[Sizes, Sizes]:
    """Clients on a day by (kind of segment, segment), and those of them heard under their name in the year before.

    Heard means that they answered a survey or complained, as the indicator `feedback_coverage` counts it.
    """
    rows = cursor.execute(CLIENTS, {"day": day, "since": year_before(day)}).fetchall()
    return {(by, name): n for by, name, n, _ in rows}, {(by, name): heard for by, name, _, heard in rows}


def of_clients(voices: Iterable[Heard], day: datetime.date) -> list[Heard]:
    """The voices of clients in the twelve months that end with a day."""
    since = year_before(day)
    return [voice for voice in voices if voice.source == "client" and since <= voice.day <= day]
