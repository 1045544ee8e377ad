/*
key     = ["institution_id", "district", "sector", "hazard"]
summary = "Sectors and districts exposed to a climate hazard, by the source named."
*/
CREATE TABLE climate_exposure (
    institution_id VARCHAR NOT NULL,
    district       VARCHAR NOT NULL,
    sector         VARCHAR NOT NULL,
    hazard         VARCHAR NOT NULL,
    flagged        BOOLEAN NOT NULL,
    source         VARCHAR
);
COMMENT ON COLUMN climate_exposure.institution_id IS 'Institution that uses the list';
COMMENT ON COLUMN climate_exposure.district IS 'District, written as for clients and branches';
COMMENT ON COLUMN climate_exposure.sector IS 'Sector, written as in the loan book';
COMMENT ON COLUMN climate_exposure.hazard IS 'Flood, drought, storm, heat ...';
COMMENT ON COLUMN climate_exposure.flagged IS 'Whether loans of this sector in this district count as exposed';
COMMENT ON COLUMN climate_exposure.source IS 'Map, study or authority that says so';
