/*
key     = ["institution_id", "indicator_id", "scope", "scope_id", "valid_from"]
summary = "Targets and limits that the board has approved."
*/
CREATE TABLE targets_limits (
    institution_id VARCHAR NOT NULL,
    indicator_id   VARCHAR NOT NULL,
    scope          ENUM ('institution', 'branch', 'product', 'segment') NOT NULL,
    scope_id       VARCHAR,
    target         DOUBLE,
    amber          DOUBLE,
    red            DOUBLE,
    amber_high     DOUBLE,
    red_high       DOUBLE,
    valid_from     DATE NOT NULL,
    valid_to       DATE,
    approved_by    VARCHAR,
    approved_on    DATE,
    source         VARCHAR,
    rationale      VARCHAR
);
COMMENT ON COLUMN targets_limits.institution_id IS 'Institution that set the limit';
COMMENT ON COLUMN targets_limits.indicator_id IS 'Indicator that is limited (par30 ...)';
COMMENT ON COLUMN targets_limits.scope IS 'Level at which the limit holds';
COMMENT ON COLUMN targets_limits.scope_id IS 'Branch, product or segment; empty for all';
COMMENT ON COLUMN targets_limits.target IS 'Value aimed at, in the indicator''s unit (share: 0.05 means 5 %)';
COMMENT ON COLUMN targets_limits.amber IS 'Value from which attention is due';
COMMENT ON COLUMN targets_limits.red IS 'Value from which action is due';
COMMENT ON COLUMN targets_limits.amber_high IS 'Upper end of amber where the good values are a band; amber is then the lower end';
COMMENT ON COLUMN targets_limits.red_high IS 'Upper end of red where the good values are a band; red is then the lower end';
COMMENT ON COLUMN targets_limits.valid_from IS 'First day on which the limit holds';
COMMENT ON COLUMN targets_limits.valid_to IS 'Last day; empty while in force';
COMMENT ON COLUMN targets_limits.approved_by IS 'Who approved it';
COMMENT ON COLUMN targets_limits.approved_on IS 'Day of the approval';
COMMENT ON COLUMN targets_limits.source IS 'Where the limit comes from: board minutes, regulation, contract';
COMMENT ON COLUMN targets_limits.rationale IS 'Why this value';
