/*
key     = ["institution_id", "group_id"]
summary = "One row a borrowing group."
*/
CREATE TABLE groups (
    institution_id VARCHAR NOT NULL,
    group_id       VARCHAR NOT NULL,
    group_name     VARCHAR,
    branch_id      VARCHAR,
    location       ENUM ('urban', 'peri_urban', 'rural'),
    formed_on      DATE,
    members        INTEGER,
    women_members  INTEGER
);
COMMENT ON COLUMN groups.institution_id IS 'Institution that serves the group';
COMMENT ON COLUMN groups.group_id IS 'Identifier of the group, kept as text';
COMMENT ON COLUMN groups.group_name IS 'Name of the group';
COMMENT ON COLUMN groups.branch_id IS 'Branch that serves the group';
COMMENT ON COLUMN groups.location IS 'Where the group meets';
COMMENT ON COLUMN groups.formed_on IS 'Day on which the group formed';
COMMENT ON COLUMN groups.members IS 'Number of members; used where the loan row has none';
COMMENT ON COLUMN groups.women_members IS 'Number of women among the members; used where the loan row has none';
