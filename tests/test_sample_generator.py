"""The sample institution is what its generator says, the same every time, and agrees with itself."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from metrics import schema
from tests import sample_files

REFERENCES = (
    ("loans", "client_id", "clients", "client_id"),
    ("loans", "group_id", "groups", "group_id"),
    ("loans", "branch_id", "branches", "branch_id"),
    ("loans", "product_id", "products", "product_id"),
    ("loans", "officer_id", "staff", "staff_id"),
    ("loan_transactions", "loan_id", "loans", "loan_id"),
    ("clients", "branch_id", "branches", "branch_id"),
    ("groups", "branch_id", "branches", "branch_id"),
    ("client_surveys", "client_id", "clients", "client_id"),
    ("client_surveys", "branch_id", "branches", "branch_id"),
    ("complaints", "client_id", "clients", "client_id"),
    ("complaints", "branch_id", "branches", "branch_id"),
    ("complaints", "officer_id", "staff", "staff_id"),
    ("staff", "branch_id", "branches", "branch_id"),
)


@pytest.fixture(scope="module")
def sample() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for file in sorted(sample_files.COMMITTED.glob("*.parquet")):
            con.execute(f"CREATE TABLE \"{file.stem}\" AS SELECT * FROM '{file}'")
        yield con


def one(con: duckdb.DuckDBPyConnection, sql: str) -> object:
    return con.execute(sql).fetchall()[0][0]


def count(con: duckdb.DuckDBPyConnection, where: str) -> object:
    return one(con, f"SELECT count(*) FROM {where}")


def test_the_generator_writes_the_committed_bytes_again(tmp_path: Path) -> None:
    again = sample_files.make(tmp_path)
    files = [file for file in sample_files.COMMITTED.iterdir() if file.suffix in (".parquet", ".xlsx")]
    committed = {file.name: file.read_bytes() for file in files}
    assert {file.name: file.read_bytes() for file in again.iterdir()} == committed


def test_the_files_are_small() -> None:
    sizes = [file.stat().st_size for file in sample_files.COMMITTED.iterdir() if file.is_file()]
    assert sum(sizes) < 6_000_000


def test_there_are_12_branches_24_month_ends_12000_clients_and_4_products(sample: duckdb.DuckDBPyConnection) -> None:
    months, products = (one(sample, f"SELECT count(DISTINCT {name}) FROM loans") for name in ("as_of", "product_id"))
    assert [count(sample, "branches"), months, count(sample, "clients"), products] == [12, 24, 12_000, 4]


def test_it_says_that_it_is_synthetic_and_has_no_limits_of_a_board(sample: duckdb.DuckDBPyConnection) -> None:
    assert one(sample, "SELECT institution_name FROM institutions") == "Demo MFI (synthetic)"
    assert not (sample_files.COMMITTED / "targets_limits.parquet").exists()


@pytest.mark.parametrize("table", sorted(file.stem for file in sample_files.COMMITTED.glob("*.parquet")))
def test_no_key_of_a_table_comes_twice(table: str, sample: duckdb.DuckDBPyConnection) -> None:
    key = [column for column in schema.tables()[table].key if column in set(sample.sql(f'FROM "{table}"').columns)]
    assert count(sample, f'(SELECT 1 FROM "{table}" GROUP BY {", ".join(key)} HAVING count(*) > 1)') == 0


@pytest.mark.parametrize(("table", "column", "other", "key"), REFERENCES)
def test_whoever_is_named_in_a_row_is_known(
    table: str, column: str, other: str, key: str, sample: duckdb.DuckDBPyConnection
) -> None:
    rows = f'"{table}" AS t ANTI JOIN "{other}" AS o ON o.{key} = t.{column} WHERE t.{column} IS NOT NULL'
    assert count(sample, rows) == 0


def test_the_ledger_shows_the_portfolio_of_the_loan_book_to_the_franc(sample: duckdb.DuckDBPyConnection) -> None:
    apart = """(SELECT month, sum(amount) AS ledger FROM financials_monthly WHERE mapped_line = 'gross_loan_portfolio'
            GROUP BY month) AS f
        FULL JOIN (SELECT as_of, sum(principal_outstanding) AS book FROM loans GROUP BY as_of) AS l ON l.as_of = f.month
        WHERE ledger IS DISTINCT FROM book"""
    assert count(sample, apart) == 0


def test_the_balance_sheet_balances_every_month(sample: duckdb.DuckDBPyConnection) -> None:
    apart = """(SELECT month, sum(CASE
                WHEN mapped_line IN ('cash', 'gross_loan_portfolio', 'net_fixed_assets', 'other_assets') THEN amount
                WHEN mapped_line IN ('impairment_allowance', 'deposits', 'borrowings', 'other_liabilities', 'equity')
                    THEN -amount END) AS difference
            FROM financials_monthly GROUP BY month) WHERE difference <> 0"""
    assert count(sample, apart) == 0


def test_the_result_of_a_month_is_what_equity_grows_by(sample: duckdb.DuckDBPyConnection) -> None:
    apart = """(SELECT month,
            sum(CASE WHEN account_code LIKE '7%' THEN amount WHEN account_code LIKE '6%' THEN -amount END) AS result,
            sum(CASE WHEN mapped_line = 'equity' THEN amount END) AS equity
        FROM financials_monthly GROUP BY month QUALIFY equity - lag(equity) OVER (ORDER BY month) <> result)"""
    assert count(sample, apart) == 0


def test_write_offs_are_the_same_in_loans_transactions_and_ledger(sample: duckdb.DuckDBPyConnection) -> None:
    book = "SELECT as_of AS month, sum(written_off_amount) AS lost FROM loans GROUP BY as_of"
    flows = """SELECT last_day(txn_on) AS month, sum(amount) FILTER (txn_type = 'write_off') AS lost,
        coalesce(sum(amount) FILTER (txn_type = 'recovery'), 0) AS back FROM loan_transactions GROUP BY ALL"""
    ledger = """SELECT month, sum(amount) FILTER (mapped_line = 'net_impairment_loss') AS loss,
        sum(amount) FILTER (mapped_line = 'impairment_allowance') AS held FROM financials_monthly GROUP BY month"""
    apart = f"""(SELECT b.lost IS DISTINCT FROM f.lost AS unlike,
            g.loss - (g.held - lag(g.held) OVER (ORDER BY month)) - coalesce(f.lost, 0) + f.back AS difference
        FROM ({book}) AS b JOIN ({flows}) AS f USING (month) JOIN ({ledger}) AS g USING (month))
        WHERE unlike OR difference <> 0"""
    assert count(sample, apart) == 0


def test_the_ledger_is_the_whole_institutions_only(sample: duckdb.DuckDBPyConnection) -> None:
    assert "branch_id" not in sample.sql("FROM financials_monthly").columns


@pytest.mark.parametrize(
    "wrong",
    [
        "status = 'active' AND principal_outstanding <= 0",
        "status = 'written_off' AND (principal_outstanding <> 0 OR written_off_amount <= 0)",
        "disbursed_on > as_of OR last_day(written_off_on) <> as_of",
        "principal_outstanding > disbursed_amount OR overdue_principal > principal_outstanding",
        "(days_past_due > 0) <> (overdue_principal > 0)",
        "client_id IS NULL AND (group_id IS NULL OR members IS NULL OR women_members > members)",
        "instalment_month IS NULL OR instalment_month <= 0",
    ],
)
def test_no_loan_row_contradicts_itself(wrong: str, sample: duckdb.DuckDBPyConnection) -> None:
    assert count(sample, f"loans WHERE {wrong}") == 0


def test_from_month_to_month_a_balance_never_grows_and_a_loan_ages_by_a_month_at_most(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    steps = """(SELECT principal_outstanding - lag(principal_outstanding) OVER w AS more,
            days_past_due - lag(days_past_due) OVER w AS later, date_diff('month', lag(as_of) OVER w, as_of) AS months
        FROM loans WINDOW w AS (PARTITION BY loan_id ORDER BY as_of)) WHERE more > 0 OR later > 31 OR months <> 1"""
    assert count(sample, steps) == 0


def test_loans_and_borrowers_differ_because_some_clients_have_two(sample: duckdb.DuckDBPyConnection) -> None:
    two = """(SELECT client_id FROM loans WHERE as_of = DATE '2026-09-30' AND status = 'active'
        GROUP BY client_id HAVING count(*) > 1 AND client_id IS NOT NULL)"""
    assert 10 <= int(str(count(sample, two))) <= 400


def test_an_officer_holds_loans_only_while_employed_at_the_branch(sample: duckdb.DuckDBPyConnection) -> None:
    rows = """loans AS l JOIN staff AS s ON s.staff_id = l.officer_id WHERE s.role <> 'loan_officer'
        OR s.branch_id <> l.branch_id OR s.joined_on > l.as_of OR s.left_on <= l.as_of"""
    assert count(sample, rows) == 0


def test_nine_in_ten_borrowers_have_an_income_and_what_they_owe_elsewhere(sample: duckdb.DuckDBPyConnection) -> None:
    share = one(
        sample,
        """SELECT avg((household_income_month > 0 AND bureau_instalment_month IS NOT NULL)::INTEGER) FROM clients
        SEMI JOIN loans ON loans.client_id = clients.client_id AND loans.as_of = DATE '2026-09-30'""",
    )
    assert share == pytest.approx(0.9, abs=0.01)


def test_an_anonymous_answer_carries_its_own_branch_and_gender_and_a_named_one_leaves_them_to_the_client(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    assert count(sample, "client_surveys WHERE (client_id IS NULL) <> (branch_id IS NOT NULL)") == 0
    assert count(sample, "client_surveys WHERE (client_id IS NULL) <> (gender IS NOT NULL)") == 0
    assert one(sample, "SELECT avg((client_id IS NULL)::INTEGER) BETWEEN 0.2 AND 0.6 FROM client_surveys")


@pytest.mark.parametrize(("table", "day"), [("client_surveys", "answered_on"), ("complaints", "received_on")])
def test_only_clients_of_the_day_are_heard_by_name(table: str, day: str, sample: duckdb.DuckDBPyConnection) -> None:
    rows = f'"{table}" AS t JOIN clients AS c USING (client_id) WHERE t.{day} < c.joined_on OR t.{day} > c.exited_on'
    assert count(sample, rows) == 0


def test_the_messy_workbook_has_what_real_ones_have() -> None:
    sheet = CalamineWorkbook.from_path(str(sample_files.COMMITTED / "messy.xlsx")).get_sheet_by_name("Portefeuille")
    rows = sheet.to_python()
    heads = [number for number, row in enumerate(rows) if row[0] == "N° client"]
    assert heads[0] == 5, "title rows and a first line of headings stand above the second"
    assert len(heads) == 2, "the headings come once more in the middle"
    assert sum(str(row[0]).upper().startswith("TOTAL") for row in rows) == 4
    assert any(str(row[0]).startswith("0") for row in rows), "numbers with leading zeros"
    texts = {str(cell) for row in rows[6:] for cell in row}
    assert {"31/02/2026", "deux cent mille", "n.d."} <= texts, "rows that are wrong"
    assert any(text.endswith(",00") for text in texts), "decimal commas"
    assert {type(row[7]).__name__ for row in rows[6:12]} == {"date", "str"}, "dates as dates and as text"
