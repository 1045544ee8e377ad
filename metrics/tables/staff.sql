/*
key     = ["institution_id", "staff_id"]
summary = "Staff list: one row a person, leavers included."
*/
CREATE TABLE staff (
    institution_id VARCHAR NOT NULL,
    staff_id       VARCHAR NOT NULL,
    branch_id      VARCHAR,
    role           ENUM ('loan_officer', 'manager', 'executive', 'other'),
    gender         ENUM ('F', 'M', 'X', 'unknown'),
    birth_year     INTEGER,
    joined_on      DATE NOT NULL,
    left_on        DATE,
    leave_reason   ENUM ('resigned', 'dismissed', 'retired', 'other'),
    contract_type  VARCHAR,
    monthly_salary DECIMAL(18, 2),
    weekly_hours   DOUBLE
);
COMMENT ON COLUMN staff.institution_id IS 'Employer';
COMMENT ON COLUMN staff.staff_id IS 'Identifier of the employee, kept as text';
COMMENT ON COLUMN staff.branch_id IS 'Branch; empty for head office';
COMMENT ON COLUMN staff.role IS 'Loan officer, manager, executive or other';
COMMENT ON COLUMN staff.gender IS 'Gender as recorded';
COMMENT ON COLUMN staff.birth_year IS 'Year of birth';
COMMENT ON COLUMN staff.joined_on IS 'First day of work';
COMMENT ON COLUMN staff.left_on IS 'Last day of work; empty while employed';
COMMENT ON COLUMN staff.leave_reason IS 'Why the employee left';
COMMENT ON COLUMN staff.contract_type IS 'Permanent, fixed term ...';
COMMENT ON COLUMN staff.monthly_salary IS 'Gross salary a month, in the institution''s currency; the latest one known';
COMMENT ON COLUMN staff.weekly_hours IS 'Hours of work a week by contract; empty counts as full time of 40 hours';
