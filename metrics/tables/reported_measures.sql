/*
key     = ["institution_id", "period", "measure", "part"]
summary = "An institution's own summary (one row a year, MIX style), as parts that load straight into the measures."
*/
CREATE TABLE reported_measures (
    institution_id VARCHAR NOT NULL,
    period         DATE NOT NULL,
    measure        VARCHAR NOT NULL,
    part           VARCHAR NOT NULL,
    value          DOUBLE NOT NULL
);
COMMENT ON COLUMN reported_measures.institution_id IS 'Institution that reports';
COMMENT ON COLUMN reported_measures.period IS 'Last day of the year or month reported';
COMMENT ON COLUMN reported_measures.measure IS 'Measure that the part belongs to: portfolio, portfolio_12m, ledger_12m ...';
COMMENT ON COLUMN reported_measures.part IS 'Part of the measure: glp, average_glp, write_offs ...';
COMMENT ON COLUMN reported_measures.value IS 'As reported by the institution';
