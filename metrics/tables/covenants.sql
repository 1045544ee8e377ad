/*
key     = ["institution_id", "as_of", "lender", "covenant"]
replace = ["institution_id", "as_of"]
summary = "Covenants of lenders, each with its limit and the actual figure, at each date of test."
*/
CREATE TABLE covenants (
    institution_id VARCHAR NOT NULL,
    as_of          DATE NOT NULL,
    lender         VARCHAR NOT NULL,
    covenant       VARCHAR NOT NULL,
    better         ENUM ('lower', 'higher') NOT NULL,
    limit_value    DOUBLE NOT NULL,
    actual_value   DOUBLE NOT NULL
);
COMMENT ON COLUMN covenants.institution_id IS 'Institution that is bound';
COMMENT ON COLUMN covenants.as_of IS 'Date of the test';
COMMENT ON COLUMN covenants.lender IS 'Lender that set the covenant';
COMMENT ON COLUMN covenants.covenant IS 'The figure that is limited, in the lender''s words';
COMMENT ON COLUMN covenants.better IS 'lower: the limit is a maximum; higher: it is a minimum';
COMMENT ON COLUMN covenants.limit_value IS 'Limit, in the unit of the covenant (0.05 for 5 %)';
COMMENT ON COLUMN covenants.actual_value IS 'Actual figure, in the same unit';
