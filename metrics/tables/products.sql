/*
key     = ["institution_id", "product_id"]
summary = "One row a product."
*/
CREATE TABLE products (
    institution_id   VARCHAR NOT NULL,
    product_id       VARCHAR NOT NULL,
    product_name     VARCHAR NOT NULL,
    product_type     ENUM ('loan', 'savings', 'insurance', 'payment', 'non_financial'),
    methodology      ENUM ('individual', 'solidarity', 'village_banking'),
    nominal_rate_pct DOUBLE,
    interest_method  ENUM ('declining', 'flat'),
    fee_pct          DOUBLE,
    apr_pct          DOUBLE,
    term_months      INTEGER
);
COMMENT ON COLUMN products.institution_id IS 'Institution that offers the product';
COMMENT ON COLUMN products.product_id IS 'Identifier of the product, kept as text';
COMMENT ON COLUMN products.product_name IS 'Name shown to readers';
COMMENT ON COLUMN products.product_type IS 'Kind of product';
COMMENT ON COLUMN products.methodology IS 'Lending methodology';
COMMENT ON COLUMN products.nominal_rate_pct IS 'Quoted yearly rate in percent (24 means 24 %)';
COMMENT ON COLUMN products.interest_method IS 'On the declining balance or flat';
COMMENT ON COLUMN products.fee_pct IS 'Up-front fees in percent of the loan';
COMMENT ON COLUMN products.apr_pct IS 'Annual percentage rate with all charges, in percent';
COMMENT ON COLUMN products.term_months IS 'Usual term in months';
