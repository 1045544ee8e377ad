/*
key     = ["institution_id"]
summary = "One row an institution (MFI)."
*/
CREATE TABLE institutions (
    institution_id   VARCHAR NOT NULL,
    institution_name VARCHAR NOT NULL,
    country          VARCHAR,
    region           VARCHAR,
    legal_status     VARCHAR,
    currency         VARCHAR
);
COMMENT ON COLUMN institutions.institution_id IS 'Identifier of the institution, kept as text';
COMMENT ON COLUMN institutions.institution_name IS 'Name shown to readers';
COMMENT ON COLUMN institutions.country IS 'Country of operation';
COMMENT ON COLUMN institutions.region IS 'World region, as its network names it';
COMMENT ON COLUMN institutions.legal_status IS 'Bank, NGO, cooperative, non-bank financial institution ...';
COMMENT ON COLUMN institutions.currency IS 'ISO 4217 code of the currency of all amounts (XOF, USD ...)';
