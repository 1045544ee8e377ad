/*
key     = ["institution_id", "as_of", "currency"]
replace = ["institution_id", "as_of"]
summary = "Assets and liabilities by foreign currency at each snapshot date."
*/
CREATE TABLE currency_positions (
    institution_id VARCHAR NOT NULL,
    as_of          DATE NOT NULL,
    currency       VARCHAR NOT NULL,
    assets         DECIMAL(18, 2) NOT NULL,
    liabilities    DECIMAL(18, 2) NOT NULL,
    hedged         DECIMAL(18, 2)
);
COMMENT ON COLUMN currency_positions.institution_id IS 'Institution that holds the position';
COMMENT ON COLUMN currency_positions.as_of IS 'Date of the snapshot';
COMMENT ON COLUMN currency_positions.currency IS 'Foreign currency (ISO 4217)';
COMMENT ON COLUMN currency_positions.assets IS 'Assets in it, in the institution''s currency';
COMMENT ON COLUMN currency_positions.liabilities IS 'Liabilities in it, in the institution''s currency';
COMMENT ON COLUMN currency_positions.hedged IS 'Hedged part of the difference, in the institution''s currency';
