/*
key     = ["institution_id", "as_of", "loan_id"]
replace = ["institution_id", "as_of", "branch_id"]   # a later batch replaces the whole snapshot of a branch
summary = "Loan book: one row a loan at each snapshot date (month-end or any day)."
*/
CREATE TABLE loans (
    institution_id        VARCHAR NOT NULL,
    as_of                 DATE NOT NULL,
    loan_id               VARCHAR NOT NULL,
    client_id             VARCHAR,
    group_id              VARCHAR,
    branch_id             VARCHAR,
    product_id            VARCHAR,
    officer_id            VARCHAR,
    cycle_no              INTEGER,
    members               INTEGER,
    women_members         INTEGER,
    disbursed_on          DATE,
    disbursed_amount      DECIMAL(18, 2),
    maturity_on           DATE,
    principal_outstanding DECIMAL(18, 6) NOT NULL, -- core banking systems keep six decimals, and count by them
    overdue_principal     DECIMAL(18, 2),
    overdue_over_30       DECIMAL(18, 2),
    days_past_due         INTEGER,
    instalment_month      DECIMAL(18, 2),
    nominal_rate_pct      DOUBLE,
    purpose_sector        VARCHAR,
    status                ENUM ('active', 'closed', 'written_off', 'rescheduled', 'transferred'),
    is_renegotiated       BOOLEAN,
    written_off_on        DATE,
    written_off_amount    DECIMAL(18, 2),
    currency              VARCHAR,
    capacity_checked      BOOLEAN,
    bureau_checked        BOOLEAN,
    apr_disclosed         BOOLEAN,
    env_screened          BOOLEAN,
    is_green              BOOLEAN,
    origin                ENUM ('snapshot', 'reconstructed')
);
COMMENT ON COLUMN loans.institution_id IS 'Institution that lends';
COMMENT ON COLUMN loans.as_of IS 'Day of the snapshot';
COMMENT ON COLUMN loans.loan_id IS 'Identifier of the loan, kept as text';
COMMENT ON COLUMN loans.client_id IS 'Borrower; empty for a group loan on one row';
COMMENT ON COLUMN loans.group_id IS 'Group, if the loan was made through one';
COMMENT ON COLUMN loans.branch_id IS 'Branch that holds the loan';
COMMENT ON COLUMN loans.product_id IS 'Loan product';
COMMENT ON COLUMN loans.officer_id IS 'Loan officer in charge (staff_id)';
COMMENT ON COLUMN loans.cycle_no IS 'Number of this loan in the row of the client''s loans, first = 1';
COMMENT ON COLUMN loans.members IS 'Members who share a group loan; a group loan of 30 counts 30 borrowers';
COMMENT ON COLUMN loans.women_members IS 'Women among those members';
COMMENT ON COLUMN loans.disbursed_on IS 'Day of disbursement';
COMMENT ON COLUMN loans.disbursed_amount IS 'Amount disbursed';
COMMENT ON COLUMN loans.maturity_on IS 'Day of the last instalment due';
COMMENT ON COLUMN loans.principal_outstanding IS 'Principal still owed on the day of the snapshot';
COMMENT ON COLUMN loans.overdue_principal IS 'Principal instalments due and unpaid on that day';
COMMENT ON COLUMN loans.overdue_over_30 IS 'Principal instalments that fell due more than 30 days before that day and are unpaid';
COMMENT ON COLUMN loans.days_past_due IS 'Days since the oldest unpaid instalment fell due; 0 if none';
COMMENT ON COLUMN loans.instalment_month IS 'Instalments due a month on this loan, principal and interest';
COMMENT ON COLUMN loans.nominal_rate_pct IS 'Yearly nominal rate in percent (24 means 24 %)';
COMMENT ON COLUMN loans.purpose_sector IS 'Economic sector that the loan finances';
COMMENT ON COLUMN loans.status IS 'State of the loan; empty counts as active while a balance is owed';
COMMENT ON COLUMN loans.is_renegotiated IS 'Rescheduled or refinanced at least once';
COMMENT ON COLUMN loans.written_off_on IS 'Day on which the loan was written off';
COMMENT ON COLUMN loans.written_off_amount IS 'Principal written off';
COMMENT ON COLUMN loans.currency IS 'ISO 4217 code; empty means the institution''s currency';
COMMENT ON COLUMN loans.capacity_checked IS 'Whether the capacity to repay was worked out in writing before the loan was lent';
COMMENT ON COLUMN loans.bureau_checked IS 'Whether the credit bureau or another register was asked before the loan was lent';
COMMENT ON COLUMN loans.apr_disclosed IS 'Whether the client was given the annual percentage rate in writing before signing';
COMMENT ON COLUMN loans.env_screened IS 'Whether the activity was screened for environmental harm before the loan was lent';
COMMENT ON COLUMN loans.is_green IS 'Whether the loan finances a green purpose (clean energy, water, sustainable farming ...)';
COMMENT ON COLUMN loans.origin IS 'How the row came to be: a snapshot of that day (or empty), or reconstructed later';
