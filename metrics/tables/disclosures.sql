/*
key     = ["institution_id", "report_id"]
summary = "Reports due to the board, funders, authorities, clients and the public."
*/
CREATE TABLE disclosures (
    institution_id  VARCHAR NOT NULL,
    report_id       VARCHAR NOT NULL,
    audience        ENUM ('board', 'investor', 'donor', 'regulator', 'client', 'public'),
    title           VARCHAR,
    due_on          DATE NOT NULL,
    delivered_on    DATE,
    fields_required INTEGER,
    fields_filled   INTEGER
);
COMMENT ON COLUMN disclosures.institution_id IS 'Institution that reports';
COMMENT ON COLUMN disclosures.report_id IS 'Identifier of the report, kept as text';
COMMENT ON COLUMN disclosures.audience IS 'Who receives it';
COMMENT ON COLUMN disclosures.title IS 'Title of the report';
COMMENT ON COLUMN disclosures.due_on IS 'Day by which it is due';
COMMENT ON COLUMN disclosures.delivered_on IS 'Day of delivery; empty while not delivered';
COMMENT ON COLUMN disclosures.fields_required IS 'Fields or figures that the report asks for';
COMMENT ON COLUMN disclosures.fields_filled IS 'Of these, filled in and backed by evidence';
