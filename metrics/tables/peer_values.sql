/*
key     = ["institution_id", "peer", "year", "indicator_id"]
summary = "Figures of peers, one row an institution, year and indicator: network, regulator, sister institutions."
*/
CREATE TABLE peer_values (
    institution_id VARCHAR NOT NULL,
    peer           VARCHAR NOT NULL,
    peer_group     VARCHAR,
    region         VARCHAR,
    size           ENUM ('small', 'medium', 'large'),
    legal_form     VARCHAR,
    year           INTEGER NOT NULL,
    indicator_id   VARCHAR NOT NULL,
    value          DOUBLE NOT NULL,
    source         VARCHAR
);
COMMENT ON COLUMN peer_values.institution_id IS 'Institution that compares itself with the peer';
COMMENT ON COLUMN peer_values.peer IS 'Name or code of the peer; it may stay anonymous';
COMMENT ON COLUMN peer_values.peer_group IS 'Network, association or list that the peer belongs to';
COMMENT ON COLUMN peer_values.region IS 'Region of the peer';
COMMENT ON COLUMN peer_values.size IS 'Size of the peer, as its network or regulator classes it';
COMMENT ON COLUMN peer_values.legal_form IS 'Legal form of the peer';
COMMENT ON COLUMN peer_values.year IS 'Year that the figure is about';
COMMENT ON COLUMN peer_values.indicator_id IS 'Indicator of the catalogue (par30, nps ...)';
COMMENT ON COLUMN peer_values.value IS 'The figure in the indicator''s unit (share: 0.05 means 5 %)';
COMMENT ON COLUMN peer_values.source IS 'Where the figure is from';
