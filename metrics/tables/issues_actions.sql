/*
key     = ["institution_id", "issue_id"]
summary = "Issues raised by stakeholders or auditors, and what was done about them."
*/
CREATE TABLE issues_actions (
    institution_id      VARCHAR NOT NULL,
    issue_id            VARCHAR NOT NULL,
    source              ENUM ('client', 'staff', 'community', 'authority', 'partner', 'funder', 'regulator', 'audit'),
    category            VARCHAR,
    risk_id             VARCHAR,
    branch_id           VARCHAR,
    raised_on           DATE NOT NULL,
    owner               VARCHAR,
    action              VARCHAR,
    due_on              DATE,
    done_on             DATE,
    answered_on         DATE,
    effect_indicator_id VARCHAR
);
COMMENT ON COLUMN issues_actions.institution_id IS 'Institution to which the issue was put';
COMMENT ON COLUMN issues_actions.issue_id IS 'Identifier of the issue, kept as text';
COMMENT ON COLUMN issues_actions.source IS 'Who raised it';
COMMENT ON COLUMN issues_actions.category IS 'What it is about';
COMMENT ON COLUMN issues_actions.risk_id IS 'Risk of the register that it belongs to';
COMMENT ON COLUMN issues_actions.branch_id IS 'Branch concerned; empty for the institution';
COMMENT ON COLUMN issues_actions.raised_on IS 'Day raised';
COMMENT ON COLUMN issues_actions.owner IS 'Post that answers for the action';
COMMENT ON COLUMN issues_actions.action IS 'What was agreed';
COMMENT ON COLUMN issues_actions.due_on IS 'Day by which the action is due';
COMMENT ON COLUMN issues_actions.done_on IS 'Day on which the action was done; empty while open';
COMMENT ON COLUMN issues_actions.answered_on IS 'Day on which those who raised it were told; empty while they were not';
COMMENT ON COLUMN issues_actions.effect_indicator_id IS 'Indicator on which the effect should show';
