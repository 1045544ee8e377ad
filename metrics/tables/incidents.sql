/*
key     = ["institution_id", "incident_id"]
summary = "Register of incidents: fraud, loss of personal data, harassment, accidents, conduct at collection ..."
*/
CREATE TABLE incidents (
    institution_id   VARCHAR NOT NULL,
    incident_id      VARCHAR NOT NULL,
    happened_on      DATE NOT NULL,
    kind             ENUM ('fraud', 'data_privacy', 'harassment', 'safety', 'collection', 'other') NOT NULL,
    branch_id        VARCHAR,
    staff_id         VARCHAR,
    amount_lost      DECIMAL(18, 2),
    clients_affected INTEGER,
    confirmed        BOOLEAN,
    closed_on        DATE,
    description      VARCHAR
);
COMMENT ON COLUMN incidents.institution_id IS 'Institution that keeps the register';
COMMENT ON COLUMN incidents.incident_id IS 'Identifier of the incident, kept as text';
COMMENT ON COLUMN incidents.happened_on IS 'Day on which it happened or, if that is not known, came to light';
COMMENT ON COLUMN incidents.kind IS 'Kind of incident; harassment and safety concern staff';
COMMENT ON COLUMN incidents.branch_id IS 'Branch where it happened; empty at head office';
COMMENT ON COLUMN incidents.staff_id IS 'Employee whom it concerns, if any';
COMMENT ON COLUMN incidents.amount_lost IS 'Loss less recoveries, in the institution''s currency';
COMMENT ON COLUMN incidents.clients_affected IS 'Number of clients concerned';
COMMENT ON COLUMN incidents.confirmed IS 'Whether the inquiry confirmed it; empty while it is open';
COMMENT ON COLUMN incidents.closed_on IS 'Day on which the case was closed; empty while it is open';
COMMENT ON COLUMN incidents.description IS 'What happened, without names';
