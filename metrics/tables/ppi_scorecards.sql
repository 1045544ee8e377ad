/*
key     = ["institution_id", "scorecard", "variant", "line", "question_no", "response"]
summary = "Poverty scorecards (PPI): the points of each response, for each poverty line."
*/
CREATE TABLE ppi_scorecards (
    institution_id VARCHAR NOT NULL,
    scorecard      VARCHAR NOT NULL,
    variant        VARCHAR NOT NULL,
    line           VARCHAR NOT NULL,
    question_no    INTEGER NOT NULL,
    question       VARCHAR,
    response       VARCHAR NOT NULL,
    points         INTEGER NOT NULL
);
COMMENT ON COLUMN ppi_scorecards.institution_id IS 'Institution that uses the scorecard';
COMMENT ON COLUMN ppi_scorecards.scorecard IS 'Name of the scorecard: country and year; the one landed last is in use';
COMMENT ON COLUMN ppi_scorecards.variant IS 'Version of the scorecard by its number of questions: 10Q, 6Q ...';
COMMENT ON COLUMN ppi_scorecards.line IS 'Poverty line, as the workbook names it';
COMMENT ON COLUMN ppi_scorecards.question_no IS 'Number of the question; a survey''s question_key is ppi_ and this number';
COMMENT ON COLUMN ppi_scorecards.question IS 'The question';
COMMENT ON COLUMN ppi_scorecards.response IS 'One of the responses that the question allows';
COMMENT ON COLUMN ppi_scorecards.points IS 'Points of the response for this line';
