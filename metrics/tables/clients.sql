/*
key     = ["institution_id", "client_id"]
summary = "One row a client."
*/
CREATE TABLE clients (
    institution_id          VARCHAR NOT NULL,
    client_id               VARCHAR NOT NULL,
    branch_id               VARCHAR,
    client_type             ENUM ('person', 'legal_entity', 'group'),
    gender                  ENUM ('F', 'M', 'X', 'unknown'),
    birth_date              DATE,
    location                ENUM ('urban', 'peri_urban', 'rural'),
    joined_on               DATE,
    exited_on               DATE,
    household_income_month  DECIMAL(18, 2),
    bureau_instalment_month DECIMAL(18, 2),
    active_lenders          INTEGER,
    district                VARCHAR,
    prior_formal_credit     BOOLEAN,
    disability              BOOLEAN,
    is_staff                BOOLEAN,
    poverty_band            ENUM ('poorest', 'poor', 'near_poor', 'not_poor'),
    target_segment          BOOLEAN
);
COMMENT ON COLUMN clients.institution_id IS 'Institution that serves the client';
COMMENT ON COLUMN clients.client_id IS 'Identifier of the client, kept as text';
COMMENT ON COLUMN clients.branch_id IS 'Branch that serves the client';
COMMENT ON COLUMN clients.client_type IS 'Person, legal entity or group; empty counts as person';
COMMENT ON COLUMN clients.gender IS 'Gender as recorded';
COMMENT ON COLUMN clients.birth_date IS 'Date of birth';
COMMENT ON COLUMN clients.location IS 'Where the client lives';
COMMENT ON COLUMN clients.joined_on IS 'Day on which the client joined';
COMMENT ON COLUMN clients.exited_on IS 'Day on which the client left; empty while a client';
COMMENT ON COLUMN clients.household_income_month IS 'Household income a month, in the institution''s currency';
COMMENT ON COLUMN clients.bureau_instalment_month IS 'Instalments a month owed to other lenders, from the credit bureau or the client';
COMMENT ON COLUMN clients.active_lenders IS 'Number of lenders with an active loan, this one included';
COMMENT ON COLUMN clients.district IS 'District where the client lives, as the climate exposure table names it';
COMMENT ON COLUMN clients.prior_formal_credit IS 'Whether the client had a loan from a bank or a formal lender before joining';
COMMENT ON COLUMN clients.disability IS 'Whether the client lives with a disability, by the client''s own word';
COMMENT ON COLUMN clients.is_staff IS 'Whether the client is an employee, a manager or a board member of the institution, or their family';
COMMENT ON COLUMN clients.poverty_band IS 'Poverty band at the last assessment: poorest, poor, near_poor, not_poor';
COMMENT ON COLUMN clients.target_segment IS 'Whether the client belongs to a segment that the board has chosen to serve';
