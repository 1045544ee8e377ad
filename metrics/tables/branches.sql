/*
key     = ["institution_id", "branch_id"]
summary = "One row a branch."
*/
CREATE TABLE branches (
    institution_id VARCHAR NOT NULL,
    branch_id      VARCHAR NOT NULL,
    branch_name    VARCHAR NOT NULL,
    region         VARCHAR,
    urban_rural    ENUM ('urban', 'peri_urban', 'rural'),
    manager        VARCHAR,
    opened_on      DATE,
    closed_on      DATE,
    merged_into    VARCHAR,
    merged_on      DATE
);
COMMENT ON COLUMN branches.institution_id IS 'Institution that the branch belongs to';
COMMENT ON COLUMN branches.branch_id IS 'Identifier of the branch, kept as text';
COMMENT ON COLUMN branches.branch_name IS 'Name shown to readers';
COMMENT ON COLUMN branches.region IS 'Region or district of the branch';
COMMENT ON COLUMN branches.urban_rural IS 'Setting of the branch';
COMMENT ON COLUMN branches.manager IS 'Who answers for the branch, as name and post';
COMMENT ON COLUMN branches.opened_on IS 'Day on which the branch opened';
COMMENT ON COLUMN branches.closed_on IS 'Day on which the branch closed; empty while open';
COMMENT ON COLUMN branches.merged_into IS 'Branch that took this one over; its figures are shown there, in all months';
COMMENT ON COLUMN branches.merged_on IS 'Day of the merger';
