/*
summary = "Ledger: balances at month-end and flows of the month, by line of the standard statements."
table   = "financials_monthly"
dims    = ["branch_id"]
every_month = true       # whether a line is kept at all is seen from all its months

[stocks]
cash                = "financials_monthly.mapped_line: cash"
ledger_glp          = "financials_monthly.mapped_line: gross_loan_portfolio"
allowance           = "financials_monthly.mapped_line: impairment_allowance"
assets              = "financials_monthly.mapped_line: cash, gross_loan_portfolio, impairment_allowance ..."
deposits            = "financials_monthly.mapped_line: deposits"
borrowings          = "financials_monthly.mapped_line: borrowings"
liabilities         = "financials_monthly.mapped_line: deposits, borrowings ..."
equity              = "financials_monthly.mapped_line: equity"

[flows]
financial_revenue   = "financials_monthly.mapped_line: interest_income_on_loans ..."
revenue_from_loans  = "financials_monthly.mapped_line: interest_income_on_loans ..."
financial_expense   = "financials_monthly.mapped_line: financial_expense"
net_impairment_loss = "financials_monthly.mapped_line: net_impairment_loss"
operating_expense   = "financials_monthly.mapped_line: personnel_expense, administrative_expense"
personnel_expense   = "financials_monthly.mapped_line: personnel_expense"
administrative_expense = "financials_monthly.mapped_line: administrative_expense, depreciation"
non_operating_income = "financials_monthly.mapped_line: non_operating_income"
donations           = "financials_monthly.mapped_line: donations"
tax                 = "financials_monthly.mapped_line: tax"
net_operating_income = "financials_monthly.mapped_line: interest_income_on_loans, financial_expense, net_impairment_loss, personnel_expense"
*/
WITH line AS (
    SELECT
        f.institution_id,
        last_day(f.month) AS period,
        f.branch_id,
        f.mapped_line AS line,
        f.amount::DOUBLE AS amount
    FROM financials_monthly AS f
    SEMI JOIN touched AS t ON t.institution_id = f.institution_id
),
total AS (
    SELECT
        institution_id,
        period,
        branch_id,
        sum(if(line = 'cash', amount, NULL)) AS cash,
        sum(if(line = 'gross_loan_portfolio', amount, NULL)) AS ledger_glp,
        sum(if(line = 'impairment_allowance', amount, NULL)) AS allowance,
        -- A subtotal that the ledger states itself goes before the sum of its parts.
        coalesce(
            sum(if(line = 'assets', amount, NULL)),
            sum(CASE
                WHEN line IN ('cash', 'gross_loan_portfolio', 'net_fixed_assets', 'other_assets') THEN amount
                WHEN line = 'impairment_allowance' THEN -amount
            END)
        ) AS assets,
        sum(if(line = 'deposits', amount, NULL)) AS deposits,
        sum(if(line = 'borrowings', amount, NULL)) AS borrowings,
        coalesce(
            sum(if(line = 'liabilities', amount, NULL)),
            sum(if(line IN ('deposits', 'borrowings', 'other_liabilities'), amount, NULL))
        ) AS liabilities,
        sum(if(line = 'equity', amount, NULL)) AS equity,
        sum(if(line IN (
            'interest_income_on_loans', 'fee_income_on_loans', 'penalty_income_on_loans', 'other_financial_revenue'
        ), amount, NULL)) AS financial_revenue,
        sum(if(line IN ('interest_income_on_loans', 'fee_income_on_loans', 'penalty_income_on_loans'), amount, NULL))
            AS revenue_from_loans,
        sum(if(line = 'financial_expense', amount, NULL)) AS financial_expense,
        sum(if(line = 'net_impairment_loss', amount, NULL)) AS net_impairment_loss,
        sum(if(line IN ('personnel_expense', 'administrative_expense', 'depreciation'), amount, NULL))
            AS operating_expense,
        sum(if(line = 'personnel_expense', amount, NULL)) AS personnel_expense,
        -- Depreciation stands among administration: so do the ratios that MIX published.
        sum(if(line IN ('administrative_expense', 'depreciation'), amount, NULL)) AS administrative_expense,
        sum(if(line = 'non_operating_income', amount, NULL)) AS non_operating_income,
        sum(if(line = 'donations', amount, NULL)) AS donations,
        sum(if(line = 'tax', amount, NULL)) AS tax,
        financial_revenue IS NOT NULL OR operating_expense IS NOT NULL AS stated
    FROM line
    GROUP BY ALL
),
-- Tax is booked once a year, a donation when it comes: a line that the books keep is nil in a month that has an income
-- statement without it. A month without any income statement stays unknown.
filled AS (
    SELECT
        institution_id, period, branch_id,
        cash, ledger_glp, allowance, assets, deposits, borrowings, liabilities, equity,
        financial_revenue, revenue_from_loans, operating_expense, personnel_expense, administrative_expense,
        coalesce(financial_expense, if(stated AND count(financial_expense) OVER books > 0, 0, NULL))
            AS financial_expense,
        coalesce(net_impairment_loss, if(stated AND count(net_impairment_loss) OVER books > 0, 0, NULL))
            AS net_impairment_loss,
        coalesce(non_operating_income, if(stated AND count(non_operating_income) OVER books > 0, 0, NULL))
            AS non_operating_income,
        coalesce(donations, if(stated AND count(donations) OVER books > 0, 0, NULL)) AS donations,
        coalesce(tax, if(stated AND count(tax) OVER books > 0, 0, NULL)) AS tax
    FROM total
    WINDOW books AS (PARTITION BY institution_id, branch_id)
)
SELECT
    institution_id, period, 'main' AS cut, branch_id,
    cash, ledger_glp, allowance, assets, deposits, borrowings, liabilities, equity,
    financial_revenue, revenue_from_loans, financial_expense, net_impairment_loss,
    operating_expense, personnel_expense, administrative_expense, non_operating_income, donations, tax,
    financial_revenue - financial_expense - net_impairment_loss - operating_expense AS net_operating_income
FROM filled
