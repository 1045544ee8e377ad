/*
key     = ["institution_id", "month", "account_code", "branch_id"]
summary = "Ledger: one row an account a month; balance sheet at month-end, income statement as the month's flow."
*/
CREATE TABLE financials_monthly (
    institution_id VARCHAR NOT NULL,
    month          DATE NOT NULL,
    branch_id      VARCHAR,
    account_code   VARCHAR NOT NULL,
    account_name   VARCHAR,
    mapped_line    ENUM (
        'cash', 'gross_loan_portfolio', 'impairment_allowance', 'net_fixed_assets', 'other_assets', 'assets',
        'deposits', 'borrowings', 'other_liabilities', 'liabilities', 'equity',
        'interest_income_on_loans', 'fee_income_on_loans', 'penalty_income_on_loans', 'other_financial_revenue',
        'financial_expense', 'net_impairment_loss', 'personnel_expense', 'administrative_expense', 'depreciation',
        'non_operating_income', 'non_operating_expense', 'tax', 'donations'
    ),
    amount         DECIMAL(18, 2) NOT NULL
);
COMMENT ON COLUMN financials_monthly.institution_id IS 'Institution that keeps the books';
COMMENT ON COLUMN financials_monthly.month IS 'Last day of the month';
COMMENT ON COLUMN financials_monthly.branch_id IS 'Branch; empty where the ledger is kept for the whole institution';
COMMENT ON COLUMN financials_monthly.account_code IS 'Account of the ledger, kept as text';
COMMENT ON COLUMN financials_monthly.account_name IS 'Name of the account';
COMMENT ON COLUMN financials_monthly.mapped_line IS 'Line of the standard statements that the account belongs to';
COMMENT ON COLUMN financials_monthly.amount IS 'Balance (balance sheet) or flow of the month (income statement), positive in its natural sense';
