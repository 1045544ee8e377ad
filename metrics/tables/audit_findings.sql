/*
key     = ["institution_id", "finding_id"]
summary = "Findings of internal audit, with the day by which each is to be mended."
*/
CREATE TABLE audit_findings (
    institution_id VARCHAR NOT NULL,
    finding_id     VARCHAR NOT NULL,
    raised_on      DATE NOT NULL,
    severity       ENUM ('high', 'medium', 'low') NOT NULL,
    branch_id      VARCHAR,
    title          VARCHAR,
    due_on         DATE,
    closed_on      DATE
);
COMMENT ON COLUMN audit_findings.institution_id IS 'Institution audited';
COMMENT ON COLUMN audit_findings.finding_id IS 'Identifier of the finding, kept as text';
COMMENT ON COLUMN audit_findings.raised_on IS 'Day on which it was reported';
COMMENT ON COLUMN audit_findings.severity IS 'How grave it is';
COMMENT ON COLUMN audit_findings.branch_id IS 'Branch audited; empty at head office';
COMMENT ON COLUMN audit_findings.title IS 'What was found';
COMMENT ON COLUMN audit_findings.due_on IS 'Day by which it is to be mended';
COMMENT ON COLUMN audit_findings.closed_on IS 'Day on which audit accepted the repair; empty while it is open';
