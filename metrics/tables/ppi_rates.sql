/*
key     = ["institution_id", "scorecard", "estimate", "year", "area", "line"]
summary = "Poverty rates of the country and its regions, for each poverty line."
*/
CREATE TABLE ppi_rates (
    institution_id VARCHAR NOT NULL,
    scorecard      VARCHAR NOT NULL,
    estimate       ENUM ('household', 'person'),
    year           INTEGER,
    area           VARCHAR NOT NULL,
    line           VARCHAR NOT NULL,
    rate           DOUBLE NOT NULL
);
COMMENT ON COLUMN ppi_rates.institution_id IS 'Institution that uses the scorecard';
COMMENT ON COLUMN ppi_rates.scorecard IS 'Name of the scorecard that the rates belong to';
COMMENT ON COLUMN ppi_rates.estimate IS 'What is counted: household or person';
COMMENT ON COLUMN ppi_rates.year IS 'Year of the rate, where the source tells several';
COMMENT ON COLUMN ppi_rates.area IS 'National, or the region as branches.region names it';
COMMENT ON COLUMN ppi_rates.line IS 'Poverty line, as the scorecard names it';
COMMENT ON COLUMN ppi_rates.rate IS 'Share below the line, 0 to 1';
