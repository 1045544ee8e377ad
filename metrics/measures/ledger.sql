/*
summary = "Ledger: balances at month-end and flows of the month, by line of the standard statements."
table   = "financials_monthly"
dims    = ["branch_id"]

[stocks]
allowance           = "financials_monthly.mapped_line: impairment_allowance"
assets              = "financials_monthly.mapped_line: cash, gross_loan_portfolio, impairment_allowance ..."
liabilities         = "financials_monthly.mapped_line: deposits, borrowings ..."
equity              = "financials_monthly.mapped_line: equity"

[flows]
financial_revenue   = "financials_monthly.mapped_line: interest_income_on_loans ..."
revenue_from_loans  = "financials_monthly.mapped_line: interest_income_on_loans ..."
financial_expense   = "financials_monthly.mapped_line: financial_expense"
net_impairment_loss = "financials_monthly.mapped_line: net_impairment_loss"
operating_expense   = "financials_monthly.mapped_line: personnel_expense, administrative_expense"
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
    JOIN touched AS t ON t.institution_id = f.institution_id AND t.month = last_day(f.month)
),
total AS (
    SELECT
        institution_id,
        period,
        branch_id,
        sum(if(line = 'impairment_allowance', amount, NULL)) AS allowance,
        -- A subtotal that the ledger states itself goes before the sum of its parts.
        coalesce(
            sum(if(line = 'assets', amount, NULL)),
            sum(CASE
                WHEN line IN ('cash', 'gross_loan_portfolio', 'net_fixed_assets', 'other_assets') THEN amount
                WHEN line = 'impairment_allowance' THEN -amount
            END)
        ) AS assets,
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
        sum(if(line = 'tax', amount, NULL)) AS tax
    FROM line
    GROUP BY ALL
)
SELECT
    institution_id,
    period,
    'main' AS cut,
    branch_id,
    allowance, assets, liabilities, equity,
    financial_revenue, revenue_from_loans, financial_expense, net_impairment_loss, operating_expense, tax,
    financial_revenue - financial_expense - net_impairment_loss - operating_expense AS net_operating_income
FROM total
