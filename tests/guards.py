"""What keeps each trap away: the words of the product that guard, and the natural mistake in their place.

`tests/prove/traps.py` puts the mistake into a copy of the project and sees the trap's test fail.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Guard:
    """`text` stands exactly once in `file`, a file of `metrics`; `mistake` in its place is valid and wrong."""

    file: str
    text: str
    mistake: str

    @property
    def path(self) -> Path:
        """The file, from the project's folder."""
        return Path("metrics") / self.file

    def removed(self, source: str) -> str:
        """The file's text without the guard.

        Raises:
            AssertionError: the guard does not stand exactly once in the text.
        """
        assert source.count(self.text) == 1, f"{self.file} has {source.count(self.text)} times: {self.text}"
        return source.replace(self.text, self.mistake)


def traps() -> Iterator[tuple[str, str]]:
    """Name of each trap's test, with its file from the project's folder."""
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_trap_"):
                yield node.name, file.relative_to(ROOT).as_posix()


BOOK = "measures/portfolio.sql"
ONE_ROW_A_KEY = Guard(
    "schema.py",
    "(PARTITION BY {keys} ORDER BY f.batch_id DESC, f.row_no DESC) = 1",
    "(PARTITION BY {keys} ORDER BY f.batch_id DESC, f.row_no DESC) >= 1",
)
AT_THE_START = Guard(
    "twins.py", 'return _at("g.start", "any_value(k.has_start)", plain)', 'return _at("g.start", "true", plain)'
)
SUCCESSOR = Guard("mergers.py", "coalesce(s.successor, m.branch_id) AS branch_id", "m.branch_id AS branch_id")
ANY_WHO_CAME = Guard("measures/workforce.sql", "AND s.joined_on <= d.day", "AND s.joined_on <= d.before")

# A key with [...] stands for one case of a test.
GUARDS: dict[str, Guard] = {
    # tests/test_traps.py
    "test_trap_exactly_thirty_days_late_is_not_over_thirty": Guard(
        BOOK,
        "sum(if(active AND late > 30, principal, 0))) AS late_over_30",
        "sum(if(active AND late >= 30, principal, 0))) AS late_over_30",
    ),
    "test_trap_a_loan_renegotiated_and_late_counts_once": Guard(
        BOOK,
        "active AND renegotiated AND coalesce(late, 0) <= 30, principal, 0)",
        "active AND renegotiated, principal, 0)",
    ),
    "test_trap_written_off_loans_are_in_neither_part": Guard(
        BOOK,
        "coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0 AS active",
        "l.principal_outstanding > 0 AS active",
    ),
    "test_trap_a_client_with_loans_in_two_branches_counts_once": Guard(
        BOOK,
        "PARTITION BY institution_id, as_of, borrower ORDER BY",
        "PARTITION BY institution_id, as_of, branch_id, borrower ORDER BY",
    ),
    "test_trap_unknown_gender_is_not_a_man": Guard(BOOK, "WHEN c.gender IN ('M', 'X') THEN 0", "ELSE 0"),
    "test_trap_a_total_is_a_ratio_of_sums_not_an_average_of_ratios": Guard(
        "slices.py", 'f", sum(m.{quote(part)}) AS {quote(part)}"', 'f", avg(m.{quote(part)}) AS {quote(part)}"'
    ),
    "test_trap_fewer_than_ten_clients_are_not_shown_for_a_branch": Guard(
        "values.py", '(frame["n"] < FEWEST) &', '(frame["n"] < 1) &'
    ),
    "test_trap_a_thirteenth_month_end_that_is_missing_is_not_zero": AT_THE_START,
    "test_trap_an_average_is_over_the_month_ends_not_two_points": Guard(
        "indicators/financial/portfolio_quality/write_off_ratio.sql",
        "if(two_point_averages, (glp + start_glp) / 2, average_glp)",
        "(glp + start_glp) / 2",
    ),
    "test_trap_without_transactions_write_offs_are_missing_not_zero": Guard(
        "indicators/financial/portfolio_quality/write_off_ratio.sql",
        "write_offs * if(annualised, 12.0 / loan_flows_12m.months, 1)",
        "coalesce(write_offs, 0) * if(annualised, 12.0 / coalesce(loan_flows_12m.months, 12), 1)",
    ),
    "test_trap_a_complaint_never_closed_is_not_on_time": Guard(
        "measures/grievances.sql",
        "sum(if(days = 30, 1, 0)) AS due_30",
        "sum(if(days = 30 AND closed_on IS NOT NULL, 1, 0)) AS due_30",
    ),
    "test_trap_no_answer_is_not_a_no": Guard(
        "measures/answers.sql",
        "CASE WHEN nps IS NOT NULL THEN weight WHEN list_contains(ever, 'nps') THEN 0 END AS w_nps",
        "weight AS w_nps",
    ),
    "test_trap_a_client_list_landed_twice_does_not_multiply_borrowers": ONE_ROW_A_KEY,
    "test_trap_a_survey_landed_twice_counts_each_answer_once": ONE_ROW_A_KEY,
    "test_trap_unknown_lateness_is_missing_not_zero": Guard(
        BOOK,
        "if(count(late) = 0, NULL, sum(if(active AND late > 30, principal, 0))) AS late_over_30",
        "sum(if(active AND late > 30, principal, 0)) AS late_over_30",
    ),
    "test_trap_percents_and_fractions_are_never_guessed": Guard(
        "ingest/formats.py",
        "    elif answer:\n        found.units[use.column] = answer\n",
        '    elif answer or greatest <= 1:\n        found.units[use.column] = answer or "fraction"\n',
    ),
    "test_trap_two_currencies_in_one_portfolio_are_said": Guard(
        "checks/currency_mix.sql",
        "JOIN v_institutions AS i ON i.institution_id = l.institution_id\n",
        "JOIN v_institutions AS i ON i.institution_id = l.institution_id AND i.currency = l.currency\n",
    ),
    "test_trap_a_book_in_two_currencies_is_refused": Guard(
        "ingest/conflicts.py", "WHERE upper(l.currency) <> o.currency", "WHERE false"
    ),
    "test_trap_a_group_loan_repeated_for_each_member_is_refused": Guard(
        "ingest/checks.py", "count(DISTINCT what) OVER twins > 1 AS differ", "false AS differ"
    ),
    "test_trap_costs_of_six_months_are_brought_to_a_year": Guard(
        "indicators/financial/efficiency/operating_expense_ratio.sql",
        "operating_expense * if(annualised, 12.0 / ledger_12m.months, 1)",
        "operating_expense",
    ),
    "test_trap_a_flow_table_that_ends_a_month_before_the_book_is_brought_to_a_year": Guard(
        "periods.py", "least(s.last, p.month)) + 1 AS months", "p.month) + 1 AS months"
    ),
    "test_trap_a_ratio_to_negative_equity_is_not_shown[roe]": Guard(
        "indicators/financial/profitability/roe.sql",
        "greatest(if(two_point_averages, (equity + start_equity) / 2, average_equity), 0)",
        "if(two_point_averages, (equity + start_equity) / 2, average_equity)",
    ),
    "test_trap_a_ratio_to_negative_equity_is_not_shown[debt_to_equity]": Guard(
        "indicators/financial/solvency/debt_to_equity.sql", "nullif(greatest(equity, 0), 0)", "nullif(equity, 0)"
    ),
    "test_trap_staff_who_joined_and_left_in_the_same_month_are_leavers": ANY_WHO_CAME,
    "test_trap_a_branch_with_a_new_name_is_the_same_branch": Guard(
        BOOK,
        "l.institution_id, l.as_of, l.branch_id, l.product_id,",
        "l.institution_id, l.as_of, coalesce(b.branch_name, l.branch_id) AS branch_id, l.product_id,",
    ),
    "test_trap_a_merger_of_branches_is_no_growth": SUCCESSOR,
    "test_trap_a_fiscal_year_that_is_not_the_calendars_is_a_year_all_the_same": Guard(
        "twins.py", 'inside = "m.month > g.start"', 'inside = "year(m.month) = year(g.month)"'
    ),
    "test_trap_a_branch_without_loans_has_no_par": Guard(
        "indicators/financial/portfolio_quality/par30.sql", "/ nullif(glp, 0) AS value", "/ greatest(glp, 1) AS value"
    ),
    "test_trap_of_two_snapshots_in_a_month_the_last_is_its_end": Guard(
        "twins.py",
        '"(institution_id, period) IN (SELECT institution_id, period FROM measures.periods WHERE closes)"',
        '"true"',
    ),
    "test_trap_a_snapshot_sent_again_takes_the_place_of_the_first": Guard(
        "schema.py",
        "    if table.replace:\n        same_branch",
        '    if table.replace and "loan_id" not in table.key:\n        same_branch',
    ),
    "test_trap_a_figure_somebody_else_computed_does_not_hide_the_records": Guard(
        "values.py",
        'merged["status"].str.startswith("not_available") & merged["value_given"].notna()',
        'merged["value_given"].notna()',
    ),
    "test_trap_a_reversed_write_off_is_none": Guard(
        "measures/loan_flows.sql", "WHERE NOT coalesce(x.reversed, false)", "WHERE x.amount IS NOT NULL"
    ),
    # tests/test_traps_more.py
    "test_trap_a_place_with_two_hazards_does_not_multiply_its_loans": Guard(
        BOOK,
        "SELECT institution_id, district, sector, bool_or(flagged) AS flagged\n    FROM climate_exposure\n"
        "    GROUP BY institution_id, district, sector",
        "SELECT institution_id, district, sector, flagged FROM climate_exposure",
    ),
    "test_trap_a_client_who_answers_twice_in_a_round_counts_once_with_the_last_answer": Guard(
        "measures/answers.sql",
        "coalesce('c' || s.client_id, 'r' || s.response_id) AS respondent",
        "s.response_id AS respondent",
    ),
    "test_trap_a_total_of_ready_figures_gives_each_branch_its_weight": Guard(
        "values.py", "sum(value * weight) / nullif(sum(weight), 0)", "avg(value)"
    ),
    "test_trap_a_surplus_in_one_currency_does_not_cover_a_gap_in_another": Guard(
        "measures/currencies.sql",
        "sum(greatest(abs(assets - liabilities) - hedged, 0))",
        "abs(sum(assets - liabilities - hedged))",
    ),
    "test_trap_a_month_in_which_complaints_were_only_closed_keeps_those_received_before": Guard(
        "measures/grievances.sql", "sum(if(days = 0, 1, 0)) AS received,", "count_if(days = 0) AS received,"
    ),
    "test_trap_a_group_loan_on_the_same_row_for_each_member_lands_once": Guard(
        "ingest/checks.py", "row_no > min(row_no) OVER twins AS again", "false AS again"
    ),
    # tests/test_history.py
    "test_trap_a_missing_month_is_missing_and_never_the_nearest": Guard(
        "history.py", "known.reindex(wanted)", 'known.reindex(wanted, method="ffill")'
    ),
    "test_trap_the_fiscal_year_begins_when_the_setting_says": Guard(
        "history.py", '(found["_at"] % 12 - (fiscal_year_start - 1)) % 12', 'found["_at"] % 12'
    ),
    "test_trap_a_vintage_shows_what_was_written_off_beside_its_falling_par": Guard(
        "history.py",
        "WHERE written_off_on IS NOT NULL",
        "WHERE written_off_on IS NOT NULL AND principal_outstanding > 0",
    ),
    "test_trap_without_the_13th_month_end_a_change_over_the_year_is_not_available": AT_THE_START,
    "test_trap_a_flow_table_that_ends_a_month_before_the_stock_is_annualised_by_its_months": Guard(
        "indicators/financial/portfolio_quality/write_off_ratio.sql",
        "if(annualised, 12.0 / loan_flows_12m.months, 1)",
        "if(annualised, 12.0 / portfolio_12m.months, 1)",
    ),
    "test_trap_a_merged_branch_is_shown_under_its_successor_in_all_months_and_counted_once": SUCCESSOR,
    "test_trap_growth_does_not_jump_by_a_merger": SUCCESSOR,
    "test_trap_a_branch_that_is_renamed_keeps_its_history": ONE_ROW_A_KEY,
    # tests/test_indicators_*.py
    "test_trap_an_account_is_not_dormant_on_the_day_exactly_six_months_later": Guard(
        "measures/deposits.sql",
        "s.last_txn_on < s.as_of - INTERVAL 6 MONTH",
        "s.last_txn_on <= s.as_of - INTERVAL 6 MONTH",
    ),
    "test_trap_who_joined_and_left_in_the_same_month_left": ANY_WHO_CAME,
    "test_trap_who_came_and_went_between_two_snapshots_left": Guard(
        "measures/workforce.sql",
        "coalesce(lag(day) OVER (PARTITION BY institution_id ORDER BY day), last_day(day - INTERVAL 1 MONTH))",
        "last_day(day - INTERVAL 1 MONTH)",
    ),
    "test_trap_an_officer_whose_gender_is_unknown_is_no_man": Guard(
        "measures/workforce.sql", "s.gender IN ('F', 'M', 'X') AS gender_known", "true AS gender_known"
    ),
    "test_trap_no_answer_of_staff_is_not_a_no": Guard(
        "measures/staff_voice.sql",
        "'neutral', 'dissatisfied', 'very_dissatisfied'), false) AS counts",
        "'neutral', 'dissatisfied', 'very_dissatisfied'), true) AS counts",
    ),
    # tests/test_ppi_*.py
    "test_trap_the_example_copied_from_another_countrys_workbook_is_refused": Guard(
        "ppi/example.py",
        "if any(agrees(float(printed), likelihood, _decimals(printed)) for likelihood in own):",
        "if own:",
    ),
    "test_trap_the_likelihood_of_the_mean_score_is_no_poverty_rate": Guard(
        "ppi/sampling.py", "float((given * share).sum() / share.sum())", "float(np.median(given))"
    ),
    "test_trap_a_poverty_rate_is_the_mean_of_likelihoods_not_the_likelihood_of_the_mean_score": Guard(
        "measures/poverty.sql",
        "n.place FROM score AS s\n",
        "n.place FROM (SELECT * REPLACE (round(avg(score) OVER (PARTITION BY institution_id, variant, line))::INTEGER"
        " AS score) FROM score) AS s\n",
    ),
    # tests/test_rebuilding.py
    "test_trap_a_loan_written_off_is_owed_until_that_day_and_out_from_it": Guard(
        "movements.py",
        "SELECT b.institution_id, b.loan_id, b.written_off_on,\n",
        "SELECT b.institution_id, b.loan_id, b.disbursed_on,\n",
    ),
}
