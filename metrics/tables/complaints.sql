/*
key     = ["institution_id", "complaint_id"]
summary = "Complaints register: one row a complaint."
*/
CREATE TABLE complaints (
    institution_id VARCHAR NOT NULL,
    complaint_id   VARCHAR NOT NULL,
    received_on    DATE NOT NULL,
    channel        VARCHAR,
    client_id      VARCHAR,
    branch_id      VARCHAR,
    product_id     VARCHAR,
    officer_id     VARCHAR,
    category       VARCHAR,
    severity       INTEGER,
    description    VARCHAR,
    closed_on      DATE,
    outcome        ENUM ('upheld', 'partly', 'rejected', 'withdrawn'),
    satisfied      BOOLEAN,
    may_quote      BOOLEAN
);
COMMENT ON COLUMN complaints.institution_id IS 'Institution complained about';
COMMENT ON COLUMN complaints.complaint_id IS 'Identifier of the complaint, kept as text';
COMMENT ON COLUMN complaints.received_on IS 'Day on which it was received';
COMMENT ON COLUMN complaints.channel IS 'Call centre, branch box, meeting, e-mail, regulator ...';
COMMENT ON COLUMN complaints.client_id IS 'Client who complained; may be empty';
COMMENT ON COLUMN complaints.branch_id IS 'Branch concerned';
COMMENT ON COLUMN complaints.product_id IS 'Product concerned';
COMMENT ON COLUMN complaints.officer_id IS 'Officer concerned';
COMMENT ON COLUMN complaints.category IS 'collection_conduct, pricing, service, transparency, fraud, privacy, other';
COMMENT ON COLUMN complaints.severity IS '1 (slight) to 4 (grave)';
COMMENT ON COLUMN complaints.description IS 'What happened, in the client''s words';
COMMENT ON COLUMN complaints.closed_on IS 'Day on which it was closed; empty while open';
COMMENT ON COLUMN complaints.outcome IS 'How it ended';
COMMENT ON COLUMN complaints.satisfied IS 'Whether the client was satisfied with the answer; empty where nobody asked';
COMMENT ON COLUMN complaints.may_quote IS 'Whether the client agreed to be quoted, without a name; empty counts as no';
