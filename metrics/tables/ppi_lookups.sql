/*
key     = ["institution_id", "scorecard", "variant", "line", "score"]
summary = "Look-up tables (PPI): the poverty likelihood of each score, for each poverty line."
*/
CREATE TABLE ppi_lookups (
    institution_id VARCHAR NOT NULL,
    scorecard      VARCHAR NOT NULL,
    variant        VARCHAR NOT NULL,
    line           VARCHAR NOT NULL,
    line_no        INTEGER NOT NULL,
    score          INTEGER NOT NULL,
    likelihood     DOUBLE NOT NULL
);
COMMENT ON COLUMN ppi_lookups.institution_id IS 'Institution that uses the scorecard';
COMMENT ON COLUMN ppi_lookups.scorecard IS 'Name of the scorecard: country and year; the one landed last is in use';
COMMENT ON COLUMN ppi_lookups.variant IS 'Version of the scorecard by its number of questions: 10Q, 6Q ...';
COMMENT ON COLUMN ppi_lookups.line IS 'Poverty line, as the workbook names it';
COMMENT ON COLUMN ppi_lookups.line_no IS 'Place of the line in the workbook, first = 1';
COMMENT ON COLUMN ppi_lookups.score IS 'Score, 0 to 100';
COMMENT ON COLUMN ppi_lookups.likelihood IS 'Likelihood that a household with this score is below the line, 0 to 1';
