/*
key     = ["institution_id", "as_of", "account_id"]
replace = ["institution_id", "as_of", "branch_id"]
summary = "Savings accounts: one row an account at each snapshot date."
*/
CREATE TABLE savings (
    institution_id VARCHAR NOT NULL,
    as_of          DATE NOT NULL,
    account_id     VARCHAR NOT NULL,
    client_id      VARCHAR,
    branch_id      VARCHAR,
    product_id     VARCHAR,
    balance        DECIMAL(18, 2),
    compulsory     BOOLEAN,
    last_txn_on    DATE
);
COMMENT ON COLUMN savings.institution_id IS 'Institution that holds the savings';
COMMENT ON COLUMN savings.as_of IS 'Date of the snapshot';
COMMENT ON COLUMN savings.account_id IS 'Identifier of the account, kept as text';
COMMENT ON COLUMN savings.client_id IS 'Saver';
COMMENT ON COLUMN savings.branch_id IS 'Branch that keeps the account';
COMMENT ON COLUMN savings.product_id IS 'Savings product';
COMMENT ON COLUMN savings.balance IS 'Balance, in the institution''s currency';
COMMENT ON COLUMN savings.compulsory IS 'Whether the savings are a condition of a loan; empty counts as voluntary';
COMMENT ON COLUMN savings.last_txn_on IS 'Day of the last deposit or withdrawal by the client; interest and fees do not count';
