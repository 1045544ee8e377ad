/*
key     = ["institution_id", "as_of", "lender", "facility_id", "due_on"]
replace = ["institution_id", "as_of"]   # a later batch replaces the whole snapshot
summary = "Borrowings still to be repaid at each snapshot date: one row an instalment of principal."
*/
CREATE TABLE debt_schedule (
    institution_id VARCHAR NOT NULL,
    as_of          DATE NOT NULL,
    lender         VARCHAR NOT NULL,
    facility_id    VARCHAR NOT NULL,
    due_on         DATE NOT NULL,
    amount         DECIMAL(18, 2) NOT NULL,
    currency       VARCHAR,
    hedged         BOOLEAN
);
COMMENT ON COLUMN debt_schedule.institution_id IS 'Institution that borrows';
COMMENT ON COLUMN debt_schedule.as_of IS 'Date of the snapshot';
COMMENT ON COLUMN debt_schedule.lender IS 'Lender, named alike on all its loans';
COMMENT ON COLUMN debt_schedule.facility_id IS 'Identifier of the loan agreement, kept as text';
COMMENT ON COLUMN debt_schedule.due_on IS 'Day on which the instalment falls due';
COMMENT ON COLUMN debt_schedule.amount IS 'Principal still to be paid, in the institution''s currency';
COMMENT ON COLUMN debt_schedule.currency IS 'Currency in which the instalment is to be paid (ISO 4217)';
COMMENT ON COLUMN debt_schedule.hedged IS 'Whether its currency risk is hedged';
