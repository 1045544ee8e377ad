"""Who the signals are counted on: people, answers, loans, accounts and applications, as counts by traits.

Nobody is held as a row: each cell is a combination of traits with the number of people and of hits in it.
"""

import datetime
from collections.abc import Sequence

import duckdb
import pandas as pd

from metrics.tailoring.rules import DIMENSIONS, Signal

Cursor = duckdb.DuckDBPyConnection
UNKNOWN = ""

# Traits of a client: those of the list of clients, and those of the newest loan.
WHO = """
CREATE OR REPLACE TEMP TABLE need_who AS
WITH newest AS (
    SELECT
        institution_id, client_id, arg_max(cycle_no, as_of) AS cycle_no, arg_max(purpose_sector, as_of) AS livelihood,
        arg_max(product_id, as_of) AS product_id, arg_max(branch_id, as_of) AS branch_id,
        count_if(days_past_due > 30 AND as_of > $day - INTERVAL 12 MONTH) AS months_late,
        count_if(as_of > $day - INTERVAL 12 MONTH) AS months_seen,
        max(days_past_due) AS most_late, arg_max(days_past_due, as_of) AS late_now
    FROM v_loans
    WHERE as_of <= $day AND as_of > $day - INTERVAL 36 MONTH AND client_id IS NOT NULL
    GROUP BY ALL
)
SELECT
    coalesce(c.institution_id, l.institution_id) AS institution_id,
    coalesce(c.client_id, l.client_id) AS client_id,
    if(c.gender IN ('F', 'M', 'X'), c.gender::VARCHAR, NULL) AS gender,
    CASE
        WHEN c.birth_date IS NULL THEN NULL
        WHEN c.birth_date + INTERVAL 25 YEAR > $day THEN 'under_25'
        WHEN c.birth_date + INTERVAL 35 YEAR > $day THEN '25_34'
        WHEN c.birth_date + INTERVAL 50 YEAR > $day THEN '35_49'
        WHEN c.birth_date + INTERVAL 65 YEAR > $day THEN '50_64'
        ELSE '65_plus'
    END AS age,
    c.location::VARCHAR AS location,
    CASE WHEN l.cycle_no IS NULL THEN NULL WHEN l.cycle_no <= 1 THEN '1' WHEN l.cycle_no = 2 THEN '2' ELSE '3_plus'
    END AS cycle,
    l.livelihood, l.product_id AS product, b.region,
    coalesce(c.branch_id, l.branch_id) AS branch,
    c.joined_on, c.exited_on, l.months_late, l.months_seen, l.most_late, l.late_now
FROM v_clients AS c
FULL JOIN newest AS l ON l.institution_id = c.institution_id AND l.client_id = c.client_id
LEFT JOIN v_branches AS b
    ON b.institution_id = coalesce(c.institution_id, l.institution_id)
    AND b.branch_id = coalesce(c.branch_id, l.branch_id)
WHERE coalesce(c.client_type, 'person') = 'person'
"""
ANSWERS = """
SELECT
    s.question_key, s.answer_code, s.answer_num,
    coalesce(w.gender, if(s.gender IN ('F', 'M', 'X'), s.gender::VARCHAR, NULL)) AS gender,
    coalesce(w.age, s.age_band::VARCHAR) AS age,
    coalesce(w.location, s.location::VARCHAR) AS location,
    w.cycle, w.livelihood, coalesce(w.product, s.product_id) AS product, coalesce(w.region, b.region) AS region,
    coalesce(w.branch, s.branch_id) AS branch,
    count(*) AS n
FROM v_client_surveys AS s
LEFT JOIN need_who AS w ON w.institution_id = s.institution_id AND w.client_id = s.client_id
LEFT JOIN v_branches AS b ON b.institution_id = s.institution_id AND b.branch_id = s.branch_id
WHERE s.answered_on <= $day AND s.answered_on > $day - INTERVAL 12 MONTH AND list_contains($questions, s.question_key)
GROUP BY ALL
"""
CLIENTS = """
SELECT
    gender, age, location, cycle, livelihood, product, region, branch, count(*) AS n,
    count_if(exited_on <= $day) AS hits
FROM need_who
WHERE joined_on <= $day AND coalesce(exited_on > $day - INTERVAL 12 MONTH, true)
    AND EXISTS (SELECT 1 FROM v_clients AS c WHERE c.exited_on IS NOT NULL)
GROUP BY ALL
"""
LOANS = """
SELECT
    gender, age, location, cycle, livelihood, product, region, branch, count(*) AS n,
    count_if(months_late BETWEEN 1 AND 3 AND late_now <= 30) AS hits
FROM need_who
WHERE months_seen >= 6 AND late_now IS NOT NULL
GROUP BY ALL
"""
SAVINGS = """
WITH last AS (SELECT institution_id, max(as_of) AS as_of FROM v_savings WHERE as_of <= $day GROUP BY ALL)
SELECT
    w.gender, w.age, w.location, w.cycle, w.livelihood, s.product_id AS product,
    coalesce(w.region, b.region) AS region,
    coalesce(w.branch, s.branch_id) AS branch,
    count(*) AS n, count_if(s.last_txn_on < s.as_of - INTERVAL 6 MONTH) AS hits
FROM v_savings AS s
JOIN last AS d ON d.institution_id = s.institution_id AND d.as_of = s.as_of
LEFT JOIN need_who AS w ON w.institution_id = s.institution_id AND w.client_id = s.client_id
LEFT JOIN v_branches AS b ON b.institution_id = s.institution_id AND b.branch_id = s.branch_id
WHERE s.last_txn_on IS NOT NULL AND NOT coalesce(s.compulsory, false)
GROUP BY ALL
"""
# Where refusals do not say whose they are, nothing can be said: all others would seem to be approved.
APPLICATIONS = """
SELECT
    w.gender, w.age, w.location, w.cycle, w.livelihood, coalesce(a.product_id, w.product) AS product,
    w.region, w.branch,
    count(*) AS n, count_if(a.decision = 'rejected') AS hits
FROM v_applications AS a
JOIN need_who AS w ON w.institution_id = a.institution_id AND w.client_id = a.client_id
WHERE a.applied_on <= $day AND a.applied_on > $day - INTERVAL 12 MONTH AND a.decision IN ('approved', 'rejected')
    AND w.most_late <= 0
    AND (SELECT 2 * count(client_id) >= count(*) FROM v_applications WHERE decision = 'rejected'
        AND applied_on <= $day AND applied_on > $day - INTERVAL 12 MONTH)
GROUP BY ALL
"""
FACTS = {"clients": CLIENTS, "loans": LOANS, "savings": SAVINGS, "applications": APPLICATIONS}


def cells(cursor: Cursor, day: datetime.date, signals: Sequence[Signal]) -> dict[str, pd.DataFrame]:
    """Counts by traits of each signal: the columns `DIMENSIONS`, n and hits; '' where a trait is not known.

    Args:
        cursor: of the reader.
        day: the last one that counts; answers, departures and applications are those of the 12 months to it.
        signals: what to count; one that has no data gives no rows.
    """
    questions = sorted({signal.question for signal in signals if signal.question})
    cursor.execute(WHO, {"day": day})
    answers = cursor.execute(ANSWERS, {"day": day, "questions": questions}).df()
    wanted = {signal.source for signal in signals} - {"answer"}
    facts = {
        name: cursor.execute(FACTS[name], {"day": day} if "$day" in FACTS[name] else {}).df() for name in sorted(wanted)
    }
    return {one.name: _plain(_hits(answers, one) if one.source == "answer" else facts[one.source]) for one in signals}


def _hits(answers: pd.DataFrame, signal: Signal) -> pd.DataFrame:
    """Answers to one question that are answers, and those of them that are meant."""
    asked = answers[answers["question_key"] == signal.question]
    if signal.at_most is not None:
        asked = asked[asked["answer_num"].notna()]
        return asked.assign(hits=asked["n"].where(asked["answer_num"] <= signal.at_most, 0))
    asked = asked[asked["answer_code"].isin(signal.of)]
    return asked.assign(hits=asked["n"].where(asked["answer_code"].isin(signal.codes), 0))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    named = frame[[*DIMENSIONS, "n", "hits"]].copy()
    for name in DIMENSIONS:
        named[name] = named[name].fillna(UNKNOWN).astype(str)
    return named.groupby(list(DIMENSIONS), as_index=False)[["n", "hits"]].sum()
