/*
key     = ["institution_id", "application_id"]
summary = "Loan applications and what was decided."
*/
CREATE TABLE applications (
    institution_id   VARCHAR NOT NULL,
    application_id   VARCHAR NOT NULL,
    applied_on       DATE NOT NULL,
    decided_on       DATE,
    decision         ENUM ('approved', 'rejected', 'withdrawn'),
    client_id        VARCHAR,
    gender           ENUM ('F', 'M', 'X', 'unknown'),
    branch_id        VARCHAR,
    product_id       VARCHAR,
    amount_asked     DECIMAL(18, 2),
    amount_approved  DECIMAL(18, 2),
    rejection_reason VARCHAR
);
COMMENT ON COLUMN applications.institution_id IS 'Institution that was asked';
COMMENT ON COLUMN applications.application_id IS 'Identifier of the application, kept as text';
COMMENT ON COLUMN applications.applied_on IS 'Day of the application';
COMMENT ON COLUMN applications.decided_on IS 'Day of the decision; empty while open';
COMMENT ON COLUMN applications.decision IS 'Decision; withdrawn where the applicant gave up';
COMMENT ON COLUMN applications.client_id IS 'Applicant, where already a client';
COMMENT ON COLUMN applications.gender IS 'Gender of the applicant; the client list''s is used where this is empty';
COMMENT ON COLUMN applications.branch_id IS 'Branch that was asked';
COMMENT ON COLUMN applications.product_id IS 'Product that was asked for';
COMMENT ON COLUMN applications.amount_asked IS 'Amount asked for';
COMMENT ON COLUMN applications.amount_approved IS 'Amount approved';
COMMENT ON COLUMN applications.rejection_reason IS 'Why it was rejected';
