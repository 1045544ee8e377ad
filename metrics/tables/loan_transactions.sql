/*
key     = ["institution_id", "txn_id"]
summary = "Loan transactions: disbursements, repayments, write-offs, recoveries."
*/
CREATE TABLE loan_transactions (
    institution_id VARCHAR NOT NULL,
    txn_id         VARCHAR NOT NULL,
    loan_id        VARCHAR,
    branch_id      VARCHAR,
    product_id     VARCHAR,
    txn_on         DATE NOT NULL,
    txn_type       ENUM ('disbursement', 'repayment', 'waiver', 'write_off', 'recovery', 'reschedule', 'other') NOT NULL,
    amount         DECIMAL(18, 2) NOT NULL,
    principal      DECIMAL(18, 2),
    interest       DECIMAL(18, 2),
    fees           DECIMAL(18, 2),
    reversed       BOOLEAN
);
COMMENT ON COLUMN loan_transactions.institution_id IS 'Institution that lends';
COMMENT ON COLUMN loan_transactions.txn_id IS 'Identifier of the transaction, kept as text';
COMMENT ON COLUMN loan_transactions.loan_id IS 'Loan concerned';
COMMENT ON COLUMN loan_transactions.branch_id IS 'Branch of the loan';
COMMENT ON COLUMN loan_transactions.product_id IS 'Product of the loan';
COMMENT ON COLUMN loan_transactions.txn_on IS 'Day of the transaction';
COMMENT ON COLUMN loan_transactions.txn_type IS 'Kind of transaction';
COMMENT ON COLUMN loan_transactions.amount IS 'Whole amount, positive';
COMMENT ON COLUMN loan_transactions.principal IS 'Part that is principal';
COMMENT ON COLUMN loan_transactions.interest IS 'Part that is interest';
COMMENT ON COLUMN loan_transactions.fees IS 'Part that is fees and penalties';
COMMENT ON COLUMN loan_transactions.reversed IS 'Reversed transactions do not count';
