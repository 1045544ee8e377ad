"""Which answers fit no response of the scorecard in use, and which scorecard that is."""

from dataclasses import dataclass

import pandas as pd

from metrics.store import Cursor


@dataclass(frozen=True)
class InUse:
    """The scorecard in use: its name, versions and lines; `batch` landed it, `others` are earlier ones."""

    scorecard: str
    variants: tuple[str, ...]
    lines: tuple[str, ...]
    batch: int
    others: tuple[str, ...]


def in_use(cursor: Cursor) -> tuple[InUse, ...]:
    """The scorecard that each institution in scope uses: the one that was landed last."""
    rows = cursor.execute(
        """SELECT institution_id, scorecard, list(DISTINCT variant ORDER BY variant DESC), max(batch_id)
        FROM v_ppi_lookups GROUP BY institution_id, scorecard ORDER BY institution_id, max(batch_id) DESC"""
    ).fetchall()
    found: dict[str, list[tuple[str, list[str], int]]] = {}
    for institution, scorecard, variants, batch in rows:
        found.setdefault(institution, []).append((scorecard, variants, batch))
    return tuple(
        InUse(cards[0][0], tuple(cards[0][1]), _lines(cursor, institution, cards[0][0]), cards[0][2],
              tuple(card[0] for card in cards[1:]))
        for institution, cards in found.items()
    )  # fmt: skip


def _lines(cursor: Cursor, institution: str, scorecard: str) -> tuple[str, ...]:
    rows = cursor.execute(
        """SELECT line FROM v_ppi_lookups WHERE institution_id = ? AND scorecard = ?
        GROUP BY line ORDER BY min(line_no)""",
        [institution, scorecard],
    ).fetchall()
    return tuple(row[0] for row in rows)


def unmatched(cursor: Cursor) -> pd.DataFrame:
    """question, answer, n: answers of PPI surveys that fit no response, or several, commonest first.

    Case, accents, punctuation and a response's letter are forgiven; a lost letter (Ou?m?) where one response fits.
    """
    return cursor.execute(
        r"""WITH card AS (
            SELECT institution_id, arg_max(scorecard, batch_id) AS scorecard FROM v_ppi_lookups GROUP BY ALL),
        choice AS (
            SELECT * FROM (
                SELECT DISTINCT s.institution_id, s.variant, s.question_no, s.response, unnest(list_transform(
                    [s.response, regexp_replace(s.response, '^[A-Z]{1,2}(\.\s*|\)\s*|\s+)', ''),
                        regexp_extract(s.response, '^([A-Z]{1,2})(\.|\)|\s)', 1)],
                    lambda x: trim(regexp_replace(lower(strip_accents(x)), '[^\p{L}\p{N}]+', ' ', 'g')))) AS word
                FROM v_ppi_scorecards AS s JOIN card USING (institution_id, scorecard))
            QUALIFY count(*) OVER (PARTITION BY institution_id, variant, question_no, word) = 1),
        given AS (
            SELECT s.institution_id, s.question_key, count(*) AS n,
                coalesce(nullif(trim(s.answer_text), ''), s.answer_code, s.answer_num::VARCHAR) AS answer,
                try_cast(regexp_extract(s.question_key, '^ppi_([0-9]+)$', 1) AS INTEGER) AS question_no,
                list_transform([coalesce(s.answer_text, ''), coalesce(s.answer_code, '')],
                    lambda x: trim(regexp_replace(lower(strip_accents(x)), '[^\p{L}\p{N}]+', ' ', 'g'))) AS words,
                if(regexp_matches(s.answer_text, '[?�]') AND regexp_matches(s.answer_text, '\p{L}.*\p{L}'),
                    trim(regexp_replace(regexp_replace(lower(strip_accents(s.answer_text)), '[^\p{L}\p{N}?�]+', ' ',
                        'g'), '[?�]+', '%', 'g')), NULL) AS pattern
            FROM v_client_surveys AS s JOIN card USING (institution_id)
            WHERE s.survey_type = 'ppi' AND regexp_matches(s.question_key, '^ppi_[0-9]+$') GROUP BY ALL),
        fit AS (
            SELECT g.institution_id, g.question_key, g.answer, c.variant
            FROM given AS g JOIN choice AS c ON c.institution_id = g.institution_id
                AND c.question_no = g.question_no AND c.word <> ''
                AND (list_contains(g.words, c.word) OR c.word LIKE g.pattern)
            GROUP BY ALL HAVING count(DISTINCT c.response) = 1)
        SELECT g.question_key AS question, g.answer, sum(g.n)::BIGINT AS n
        FROM given AS g ANTI JOIN fit AS f
            ON f.institution_id = g.institution_id AND f.question_key = g.question_key
            AND coalesce(f.answer, '') = coalesce(g.answer, '')
        GROUP BY ALL ORDER BY n DESC, question, g.answer"""
    ).df()
