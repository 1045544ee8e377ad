"""Figures of the sample computed a second time, from the raw rows and another way: no measure, no twin, no cells."""

import calendar
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from metrics import measures
from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
from tests import fresh
from tests.sample_files import COMMITTED

LAST, BEFORE = date(2026, 9, 30), date(2025, 9, 30)
ENDS = [date(2025 + (9 + m) // 12, (9 + m - 1) % 12 + 1, 1) for m in range(13)]
MONTH_ENDS = [day.replace(day=calendar.monthrange(day.year, day.month)[1]) for day in ENDS]
YEAR = "BETWEEN DATE '2025-10-01' AND DATE '2026-09-30'"
# Persons and groups: who borrows on a day, a group loan by its members.
BORROWERS = """(SELECT as_of, sum(n) AS n FROM (
    SELECT as_of, any_value(if(client_id IS NULL, members, 1)) AS n FROM loans WHERE status = 'active'
    AND principal_outstanding > 0 GROUP BY as_of, coalesce(client_id, group_id)) GROUP BY as_of)"""
AVERAGE = f"(SELECT avg(n) FROM {BORROWERS} WHERE as_of BETWEEN DATE '2025-09-30' AND DATE '2026-09-30')"
GLP = "(SELECT as_of, sum(principal_outstanding) AS x FROM loans WHERE status = 'active' GROUP BY as_of)"
MEAN_GLP = f"(SELECT avg(x) FROM {GLP} WHERE as_of BETWEEN DATE '2025-09-30' AND DATE '2026-09-30')"
STAFF = "(joined_on <= {d} AND (left_on IS NULL OR left_on > {d}))"
NOW, THEN = (STAFF.format(d=f"DATE '{day}'") for day in (LAST, BEFORE))
HERE = "(joined_on <= DATE '2026-09-30' AND (exited_on IS NULL OR exited_on > DATE '2026-09-30'))"


def answered(question: str, yes: str) -> str:
    """Part of the answers; a client who answers twice in a round counts once, with the last answer."""
    return f"""SELECT avg({yes}) FROM (FROM client_surveys
        WHERE question_key = '{question}' AND answered_on {YEAR} QUALIFY row_number() OVER (
            PARTITION BY survey_id, coalesce(client_id, 'r' || response_id)
            ORDER BY answered_on DESC, response_id DESC) = 1)"""


def share(question: str, yes: str) -> str:
    return answered(question, f"if({yes}, 1.0, 0)")


FIGURES = {
    "par30": """SELECT sum(if(days_past_due > 30 OR is_renegotiated, principal_outstanding, 0))
        / sum(principal_outstanding) FROM loans WHERE as_of = DATE '2026-09-30' AND status = 'active'""",
    "par90": """SELECT sum(if(days_past_due > 90 OR is_renegotiated, principal_outstanding, 0))
        / sum(principal_outstanding) FROM loans WHERE as_of = DATE '2026-09-30' AND status = 'active'""",
    "arrears_rate": """SELECT sum(overdue_principal) / sum(principal_outstanding) FROM loans
        WHERE as_of = DATE '2026-09-30' AND status = 'active'""",
    "arrears_over_30": """SELECT sum(overdue_over_30) / sum(principal_outstanding) FROM loans
        WHERE as_of = DATE '2026-09-30' AND status = 'active'""",
    "glp_growth": f"""SELECT max(if(as_of = DATE '2026-09-30', x, NULL)) / max(if(as_of = DATE '2025-09-30', x, NULL))
        - 1 FROM {GLP}""",
    "borrower_growth": f"""SELECT max(if(as_of = DATE '2026-09-30', n, NULL))
        / max(if(as_of = DATE '2025-09-30', n, NULL)) - 1 FROM {BORROWERS}""",
    "write_off_ratio": f"""SELECT sum(amount) / {MEAN_GLP} FROM loan_transactions
        WHERE txn_type = 'write_off' AND txn_on {YEAR}""",
    "complaints_rate": f"SELECT count(*) / {AVERAGE} FROM complaints WHERE received_on {YEAR}",
    "aggressive_collection_incidents": f"""SELECT 10000 * count(*) / {AVERAGE} FROM complaints
        WHERE received_on {YEAR} AND category = 'collection_conduct'""",
    "complaints_resolved_on_time": f"""SELECT avg(if(closed_on <= received_on + 30, 1.0, 0)) FROM complaints
        WHERE received_on + 30 {YEAR}""",
    "complaint_resolution_days": f"""SELECT quantile_disc(closed_on - received_on, 0.5) FROM complaints
        WHERE closed_on {YEAR}""",
    "complaints_backlog": """SELECT avg(if(DATE '2026-09-30' - received_on > 30, 1.0, 0)) FROM complaints
        WHERE received_on <= DATE '2026-09-30' AND (closed_on IS NULL OR closed_on > DATE '2026-09-30')""",
    "complaints_satisfied": f"""SELECT avg(if(satisfied, 1.0, 0)) FROM complaints
        WHERE closed_on {YEAR} AND satisfied IS NOT NULL""",
    "staff_turnover": f"""SELECT count(*) / ((SELECT count(*) FROM staff WHERE {NOW})
        + (SELECT count(*) FROM staff WHERE {THEN})) * 2 FROM staff WHERE left_on {YEAR}""",
    "pct_female_staff": f"SELECT avg(if(gender = 'F', 1.0, 0)) FROM staff WHERE {NOW}",
    # The register ends in July, so that its ten months are brought to a year.
    "training_hours": f"""SELECT sum(hours) * 12 / 10 / (SELECT avg(n) FROM (SELECT d.d, count(*) AS n FROM ends AS d
        JOIN staff AS s ON s.joined_on <= d.d AND (s.left_on IS NULL OR s.left_on > d.d) GROUP BY d.d)) FROM training
        WHERE held_on {YEAR}""",
    "nps": answered("nps", "CASE WHEN answer_num >= 9 THEN 1.0 WHEN answer_num <= 6 THEN -1 ELSE 0 END"),
    "quality_of_life_improved": share("quality_of_life", "answer_code LIKE '%improved'"),
    "csat": share("satisfaction", "answer_code IN ('very_satisfied', 'satisfied')"),
    "challenge_rate": share("challenge", "answer_code = 'yes'"),
    "terms_understood": share("terms_understood", "answer_code = 'strongly_agree'"),
    "income_increased": share("income_change", "answer_code LIKE '%improved'"),
    "exit_unhappy_share": share(
        "exit_reason", "answer_code IN ('product', 'staff', 'group', 'harassment', 'over_debt')"
    ),
    "feedback_coverage": f"""SELECT count(h.client_id) / count(*) FROM (SELECT client_id FROM clients WHERE {HERE}) AS c
        LEFT JOIN (SELECT client_id FROM client_surveys WHERE answered_on {YEAR} AND client_id IS NOT NULL
            UNION SELECT client_id FROM complaints WHERE received_on {YEAR} AND client_id IS NOT NULL) AS h
        USING (client_id)""",
    "dropout_rate": f"""SELECT count(*) / ((SELECT count(*) FROM clients WHERE joined_on <= DATE '2025-09-30'
            AND (exited_on IS NULL OR exited_on > DATE '2025-09-30'))
        + (SELECT count(*) FROM clients WHERE joined_on {YEAR})) FROM clients WHERE exited_on {YEAR}""",
    "approval_gap_gender": f"""WITH known AS (SELECT coalesce(c.gender, a.gender) AS sex, decision = 'approved' AS yes
            FROM applications AS a LEFT JOIN clients AS c USING (client_id)
            WHERE a.decided_on {YEAR} AND decision IN ('approved', 'rejected'))
        SELECT avg(if(sex = 'F', yes::INT, NULL)) - avg(if(sex = 'M', yes::INT, NULL)) FROM known""",
    "data_privacy_incidents": f"SELECT count(*) FROM incidents WHERE kind = 'data_privacy' AND happened_on {YEAR}",
}  # fmt: skip


@pytest.fixture(scope="module")
def raw() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for file in sorted(COMMITTED.glob("*.parquet")):
            con.execute(f"CREATE VIEW {file.stem} AS FROM read_parquet('{file}')")
        con.execute("CREATE TABLE ends AS SELECT unnest(?::DATE[]) AS d", [MONTH_ENDS])
        yield con


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = fresh.open_copy(Path(tmp_path_factory.mktemp("sample")))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def ours(store: Store) -> dict[str, float]:
    frame = values(store.cursor(), SETTINGS, "institution", [LAST])
    return dict(zip(frame["indicator"], frame["value"], strict=True))


@pytest.mark.parametrize("indicator", FIGURES)
def test_the_raw_rows_give_the_same_figure(
    indicator: str, raw: duckdb.DuckDBPyConnection, ours: dict[str, float]
) -> None:
    assert ours[indicator] == pytest.approx(float(raw.execute(FIGURES[indicator]).fetchall()[0][0]), rel=1e-9)


@pytest.mark.parametrize("name", [measure.name for measure in measures.catalogue().values() if measure.flows])
def test_a_year_is_the_sum_of_its_months(name: str, store: Store) -> None:
    parts = ", ".join(f'coalesce(round(sum("{part}"), 4), 0)' for part in measures.catalogue()[name].flows)
    cursor = store.cursor()
    months = cursor.execute(f"SELECT {parts} FROM v_m_{name} WHERE cut = 'main' AND period {YEAR}").fetchall()
    year = cursor.execute(f"SELECT {parts} FROM v_m_{name}_12m WHERE cut = 'main' AND period = ?", [LAST]).fetchall()
    assert months[0] == pytest.approx(year[0])


def test_every_indicator_has_a_figure_on_the_sample(ours: dict[str, float]) -> None:
    assert [name for name, value in ours.items() if value != value] == []
