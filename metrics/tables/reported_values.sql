/*
key     = ["institution_id", "period", "unit_type", "unit", "indicator_id"]
summary = "Ready values: an indicator's figure for a unit, as somebody else computed it."
*/
CREATE TABLE reported_values (
    institution_id VARCHAR NOT NULL,
    period         DATE NOT NULL,
    unit_type      ENUM ('institution', 'branch', 'product') NOT NULL,
    unit           VARCHAR NOT NULL,
    indicator_id   VARCHAR NOT NULL,
    value          DOUBLE,
    n              BIGINT,
    weight         DOUBLE
);
COMMENT ON COLUMN reported_values.institution_id IS 'Institution that the figure is about';
COMMENT ON COLUMN reported_values.period IS 'Day or month-end that the figure is about';
COMMENT ON COLUMN reported_values.unit_type IS 'What the unit is';
COMMENT ON COLUMN reported_values.unit IS 'Institution, branch or product that the figure is about';
COMMENT ON COLUMN reported_values.indicator_id IS 'Indicator of the catalogue (par30, nps ...)';
COMMENT ON COLUMN reported_values.value IS 'The figure in the indicator''s unit (share: 0.05 means 5 %)';
COMMENT ON COLUMN reported_values.n IS 'Clients, staff or answers behind it, if given';
COMMENT ON COLUMN reported_values.weight IS 'What it may be summed with (portfolio, clients), if given';
