/*
key     = ["institution_id", "as_of", "item"]
replace = ["institution_id", "as_of"]
summary = "Items of the prudential return that the ledger does not tell: capital, weighted assets, maturities."
*/
CREATE TABLE prudential (
    institution_id VARCHAR NOT NULL,
    as_of          DATE NOT NULL,
    item           ENUM (
        'tier1', 'tier2', 'risk_weighted_assets', 'demand_deposits', 'due_in_12_months', 'trade_investments',
        'assets_maturing_12m', 'liabilities_maturing_12m'
    ) NOT NULL,
    amount         DECIMAL(18, 2) NOT NULL
);
COMMENT ON COLUMN prudential.institution_id IS 'Institution that reports';
COMMENT ON COLUMN prudential.as_of IS 'Date of the return';
COMMENT ON COLUMN prudential.item IS 'Item; due_in_12_months is beside demand deposits, what matures includes them';
COMMENT ON COLUMN prudential.amount IS 'Amount, in the institution''s currency';
