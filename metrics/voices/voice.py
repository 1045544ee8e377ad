"""One thing that somebody said: a complaint, a statement, an answer in words, a reason to leave. Read as it stands."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from metrics.voices.rules import OTHER

Cursor = duckdb.DuckDBPyConnection

COMPLAINTS, CONSULTATIONS, CLIENTS, STAFF = "complaints", "consultations", "client_surveys", "staff_surveys"


@dataclass(frozen=True)
class Heard:
    """What a table holds about one thing said, before anybody coded it; what is not known is None or empty.

    `ref` names it everywhere: table, then the row's own key. `topic`, `severity` and `sentiment` are those that the
    source gave. `client_id` serves to find the same client again and is never shown.
    """

    ref: str
    kind: str
    day: datetime.date
    source: str
    branch_id: str | None
    product_id: str | None
    client_id: str | None
    gender: str | None
    location: str | None
    age_band: str | None
    channel: str | None
    topic: str | None
    severity: int | None
    sentiment: float | None
    text: str
    may_quote: bool
    closed_on: datetime.date | None
    answered_on: datetime.date | None
    satisfied: bool | None


@dataclass(frozen=True)
class Voice(Heard):
    """What was said, with how it is coded, what it is linked to, and which actions name it.

    Attributes:
        category: of `rules.toml`; empty where nothing and nobody decided: not coded.
        severity: 1 (slight) to 4 (grave); None where it is not known.
        sentiment: -1 against us to 1 in our favour; None where nothing tells.
        coded_by: who decided the category: 'person', 'source', 'rule' or nobody.
        rule: how: 'person', 'source', 'words', 'remembered', 'same_text', 'tie', 'none'.
        words: the words of the text that decided; those of both sides where it is a tie.
        tied: the categories between which nothing was decided.
        risk_id: risk of the register that it is linked to.
        indicator: indicator on which an answer should show.
        actions: ids of the actions that name this voice.
        version: of the coding record; 0 where no person coded it.
    """

    category: str = ""
    coded_by: str = ""
    rule: str = "none"
    words: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    risk_id: str = ""
    indicator: str = ""
    actions: tuple[str, ...] = ()
    version: int = 0

    @property
    def coded(self) -> bool:
        """Whether it is known what it is about: "other" says nothing."""
        return self.category not in ("", OTHER)

    @property
    def closed(self) -> bool:
        """Whether the case is over: a complaint closed, another voice answered."""
        return self.closed_on is not None or (self.kind != "complaint" and self.answered_on is not None)


# Who was a client, as the client list knows: an answer under a name leaves its segment to that list.
PERSON = """SELECT institution_id, client_id, branch_id, gender::VARCHAR AS gender, location::VARCHAR AS location,
    birth_date FROM v_clients"""
BAND = """CASE WHEN birth_date IS NULL THEN NULL WHEN date_sub('year', birth_date, day) < 25 THEN 'under_25'
    WHEN date_sub('year', birth_date, day) < 35 THEN '25_34' WHEN date_sub('year', birth_date, day) < 50 THEN '35_49'
    WHEN date_sub('year', birth_date, day) < 65 THEN '50_64' ELSE '65_plus' END"""
ROWS = f"""
WITH said AS (
    SELECT 'complaints/' || complaint_id AS ref, 'complaint' AS kind, received_on AS day, 'client' AS source,
        institution_id, branch_id, product_id, client_id, NULL::VARCHAR AS gender, NULL::VARCHAR AS location,
        NULL::VARCHAR AS age_band, channel, category AS topic, severity, NULL::DOUBLE AS sentiment,
        description AS text, may_quote, closed_on,
        if(satisfied IS NULL, NULL, closed_on) AS answered_on, satisfied
    FROM v_complaints
    UNION ALL BY NAME
    SELECT 'consultations/' || event_id || '/' || statement_no AS ref, 'statement' AS kind,
        coalesce(held_on, planned_on) AS day, coalesce(stakeholder::VARCHAR, 'community') AS source,
        institution_id, branch_id, method AS channel, topic, sentiment, statement AS text, may_quote, answered_on
    FROM v_stakeholder_consultations
    WHERE statement IS NOT NULL AND coalesce(held_on, planned_on) IS NOT NULL
    UNION ALL BY NAME
    SELECT 'client_surveys/' || survey_id || '/' || response_id || '/' || question_key AS ref,
        if(question_key = 'exit_reason', 'exit', 'survey') AS kind, answered_on AS day, 'client' AS source,
        institution_id, branch_id, product_id, client_id, gender::VARCHAR AS gender, location::VARCHAR AS location,
        age_band::VARCHAR AS age_band, mode AS channel, if(question_key = 'exit_reason', answer_code, NULL) AS topic,
        answer_text AS text, may_quote
    FROM v_client_surveys
    -- The answers of a poverty scorecard are options that were read out, not anybody's words.
    WHERE survey_type IS DISTINCT FROM 'ppi' AND NOT starts_with(question_key, 'ppi_') AND (
        length(trim(answer_text)) > 0
        OR (question_key = 'exit_reason' AND answer_code IS NOT NULL AND lower(answer_code) <> 'refused'))
    UNION ALL BY NAME
    SELECT 'staff_surveys/' || survey_id || '/' || response_id || '/' || question_key AS ref, 'staff' AS kind,
        answered_on AS day, 'staff' AS source, institution_id, branch_id, gender::VARCHAR AS gender,
        mode AS channel, answer_text AS text, may_quote
    FROM v_staff_surveys
    WHERE length(trim(answer_text)) > 0
)
SELECT s.ref, s.kind, s.day, s.source, coalesce(s.branch_id, c.branch_id) AS branch_id, s.product_id, s.client_id,
    coalesce(nullif(s.gender, 'unknown'), nullif(c.gender, 'unknown')) AS gender,
    coalesce(s.location, c.location) AS location, coalesce(s.age_band, {BAND}) AS age_band, s.channel, s.topic,
    s.severity, s.sentiment, coalesce(trim(s.text), '') AS text, coalesce(s.may_quote, false) AS may_quote,
    s.closed_on, s.answered_on, s.satisfied
FROM said AS s LEFT JOIN ({PERSON}) AS c ON c.institution_id = s.institution_id AND c.client_id = s.client_id
ORDER BY s.day, s.ref"""


def heard(cursor: Cursor) -> list[Heard]:
    """Everything that was said, of the reader's scope, the oldest first.

    Complaints, statements at consultations, answers in words, reasons to leave. A complaint counts as answered on the
    day it was closed where the client told what he thought of the answer. Incidents are left out: their register does
    not say who reported them.
    """
    return [Heard(*row) for row in cursor.execute(ROWS).fetchall()]


def refs(voices: Iterable[Heard]) -> dict[str, Any]:
    """Voices by their ref."""
    return {voice.ref: voice for voice in voices}
