/*
key     = ["institution_id", "event_id", "statement_no"]
summary = "Consultations of communities and other stakeholders: one row a statement; an event without statements has one row."
*/
CREATE TABLE stakeholder_consultations (
    institution_id VARCHAR NOT NULL,
    event_id       VARCHAR NOT NULL,
    statement_no   INTEGER NOT NULL,
    planned_on     DATE,
    held_on        DATE,
    stakeholder    ENUM ('client', 'staff', 'community', 'authority', 'partner', 'funder', 'regulator'),
    branch_id      VARCHAR,
    method         VARCHAR,
    participants_f INTEGER,
    participants_m INTEGER,
    topic          VARCHAR,
    statement      VARCHAR,
    sentiment      DOUBLE,
    answered_on    DATE,
    may_quote      BOOLEAN
);
COMMENT ON COLUMN stakeholder_consultations.institution_id IS 'Institution that consulted';
COMMENT ON COLUMN stakeholder_consultations.event_id IS 'Identifier of the event, kept as text';
COMMENT ON COLUMN stakeholder_consultations.statement_no IS 'Number of the statement within the event; 0 where nothing was recorded';
COMMENT ON COLUMN stakeholder_consultations.planned_on IS 'Day planned; empty where the event was not planned';
COMMENT ON COLUMN stakeholder_consultations.held_on IS 'Day held; empty where it did not take place';
COMMENT ON COLUMN stakeholder_consultations.stakeholder IS 'Who was consulted';
COMMENT ON COLUMN stakeholder_consultations.branch_id IS 'Branch whose area it concerns; empty for the institution';
COMMENT ON COLUMN stakeholder_consultations.method IS 'Meeting, focus group, visit, letter ...';
COMMENT ON COLUMN stakeholder_consultations.participants_f IS 'Women who took part, the same on each row of the event';
COMMENT ON COLUMN stakeholder_consultations.participants_m IS 'Men who took part, the same on each row of the event';
COMMENT ON COLUMN stakeholder_consultations.topic IS 'What the statement is about';
COMMENT ON COLUMN stakeholder_consultations.statement IS 'What was said, without a name';
COMMENT ON COLUMN stakeholder_consultations.sentiment IS '-1 against us to 1 in our favour, as coded by a reader; empty where not coded';
COMMENT ON COLUMN stakeholder_consultations.answered_on IS 'Day on which the statement was answered';
COMMENT ON COLUMN stakeholder_consultations.may_quote IS 'Whether those who said it agreed to be quoted, without a name; empty counts as no';
