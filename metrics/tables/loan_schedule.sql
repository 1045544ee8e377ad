/*
key     = ["institution_id", "loan_id", "instalment_no"]
summary = "Repayment schedule: one row an instalment, with what was paid."
*/
CREATE TABLE loan_schedule (
    institution_id VARCHAR NOT NULL,
    loan_id        VARCHAR NOT NULL,
    instalment_no  INTEGER NOT NULL,
    due_on         DATE NOT NULL,
    due_principal  DECIMAL(18, 2),
    due_interest   DECIMAL(18, 2),
    due_fees       DECIMAL(18, 2),
    paid_principal DECIMAL(18, 2),
    paid_interest  DECIMAL(18, 2),
    paid_fees      DECIMAL(18, 2),
    paid_on        DATE,
    completed      BOOLEAN
);
COMMENT ON COLUMN loan_schedule.institution_id IS 'Institution that lends';
COMMENT ON COLUMN loan_schedule.loan_id IS 'Loan that the instalment belongs to';
COMMENT ON COLUMN loan_schedule.instalment_no IS 'Number of the instalment, first = 1';
COMMENT ON COLUMN loan_schedule.due_on IS 'Day on which the instalment falls due';
COMMENT ON COLUMN loan_schedule.due_principal IS 'Principal due';
COMMENT ON COLUMN loan_schedule.due_interest IS 'Interest due';
COMMENT ON COLUMN loan_schedule.due_fees IS 'Fees and penalties due';
COMMENT ON COLUMN loan_schedule.paid_principal IS 'Principal paid so far';
COMMENT ON COLUMN loan_schedule.paid_interest IS 'Interest paid so far';
COMMENT ON COLUMN loan_schedule.paid_fees IS 'Fees and penalties paid so far';
COMMENT ON COLUMN loan_schedule.paid_on IS 'Day on which the instalment was met in full';
COMMENT ON COLUMN loan_schedule.completed IS 'Met in full';
