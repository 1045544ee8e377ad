/*
key     = ["institution_id", "member_id"]
summary = "Board members, past ones included."
*/
CREATE TABLE board (
    institution_id VARCHAR NOT NULL,
    member_id      VARCHAR NOT NULL,
    gender         ENUM ('F', 'M', 'X', 'unknown'),
    role           VARCHAR,
    since          DATE NOT NULL,
    until          DATE
);
COMMENT ON COLUMN board.institution_id IS 'Institution that the board governs';
COMMENT ON COLUMN board.member_id IS 'Identifier of the member, kept as text';
COMMENT ON COLUMN board.gender IS 'Gender as recorded';
COMMENT ON COLUMN board.role IS 'Chair, member, observer ...';
COMMENT ON COLUMN board.since IS 'First day of the mandate';
COMMENT ON COLUMN board.until IS 'Last day of the mandate; empty while in office';
