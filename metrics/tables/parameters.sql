/*
key     = ["institution_id", "parameter", "valid_from"]
summary = "Parameters of the country and the institution (GNI per capita ...)."
*/
CREATE TABLE parameters (
    institution_id VARCHAR NOT NULL,
    parameter      VARCHAR NOT NULL,
    value          DOUBLE NOT NULL,
    valid_from     DATE NOT NULL,
    source         VARCHAR
);
COMMENT ON COLUMN parameters.institution_id IS 'Institution that the parameter serves';
COMMENT ON COLUMN parameters.parameter IS 'gni_per_capita (Atlas method, a year, in the institution''s currency) ...';
COMMENT ON COLUMN parameters.value IS 'The value';
COMMENT ON COLUMN parameters.valid_from IS 'First day on which the value holds';
COMMENT ON COLUMN parameters.source IS 'Where the value is published';
