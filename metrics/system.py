"""The tables that Evenkeel keeps for itself: batches, policies, records, the account of everything."""

META = """
CREATE SCHEMA facts;
CREATE SCHEMA measures;
CREATE TABLE meta (name VARCHAR PRIMARY KEY, value BIGINT NOT NULL);
CREATE SEQUENCE batch_ids;
CREATE TABLE batches (
    batch_id  INTEGER PRIMARY KEY,
    landed_at TIMESTAMP NOT NULL,
    who       VARCHAR NOT NULL,
    status    ENUM ('live', 'rolled_back') NOT NULL,
    answers   JSON
);
CREATE TABLE batch_files (
    batch_id   INTEGER NOT NULL,
    file_no    INTEGER NOT NULL,
    name       VARCHAR NOT NULL,
    sha256     VARCHAR NOT NULL,
    sheet      VARCHAR,
    table_name VARCHAR NOT NULL,
    mapping    JSON,
    rows_read  BIGINT NOT NULL,
    accepted   BIGINT NOT NULL,
    set_aside  BIGINT NOT NULL,
    ignored    BIGINT NOT NULL,
    sums       JSON,
    notes      JSON
);
CREATE TABLE set_aside (
    batch_id    INTEGER NOT NULL,
    file_no     INTEGER NOT NULL,
    sheet       VARCHAR,
    row_no      INTEGER NOT NULL,
    column_name VARCHAR,
    value       VARCHAR,
    reason      VARCHAR NOT NULL,
    params      JSON
);
CREATE TABLE replaced (
    batch_id       INTEGER NOT NULL,
    table_name     VARCHAR NOT NULL,
    institution_id VARCHAR NOT NULL,
    as_of          DATE NOT NULL,
    branch_id      VARCHAR
);
"""
# Policies as they were saved: the row of a version is never changed, and once it is approved never deleted. What was
# saved as a scenario also has what it was seen on (dates, part, batches) and what came out.
KEPT_POLICIES = """
CREATE TABLE IF NOT EXISTS policy_versions (
    policy      VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    toml        VARCHAR NOT NULL,
    saved_at    TIMESTAMP NOT NULL,
    saved_by    VARCHAR NOT NULL,
    note        VARCHAR NOT NULL,
    approved_by VARCHAR,
    approved_on DATE,
    sha256      VARCHAR NOT NULL,
    PRIMARY KEY (policy, version)
);
CREATE TABLE IF NOT EXISTS scenarios (
    policy  VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    of_data JSON NOT NULL,
    result  JSON NOT NULL,
    sha256  VARCHAR NOT NULL,
    PRIMARY KEY (policy, version)
);
"""
# A scenario keeps the figures of the units that it was seen on: who sees some branches sees those of them alone.
SEEN_SCENARIOS = """
CREATE OR REPLACE VIEW v_scenarios AS SELECT * FROM scenarios
WHERE getvariable('institutions') IS NOT NULL AND (getvariable('branches') IS NULL
    OR (json_array_length(of_data -> 'branches') > 0
        AND list_has_all(getvariable('branches'), (of_data -> 'branches')::VARCHAR[])));
"""
# What people decided and wrote down, version by version; a row is never changed.
KEPT_RECORDS = """
CREATE TABLE IF NOT EXISTS records (
    institution_id VARCHAR NOT NULL,
    kind           VARCHAR NOT NULL,
    record_id      VARCHAR NOT NULL,
    version        INTEGER NOT NULL,
    written_at     TIMESTAMP NOT NULL,
    who            VARCHAR NOT NULL,
    why            VARCHAR NOT NULL,
    removed        BOOLEAN NOT NULL,
    body           JSON NOT NULL,
    branch_id      VARCHAR,
    batch_id       INTEGER,
    PRIMARY KEY (institution_id, kind, record_id, version)
);
CREATE VIEW IF NOT EXISTS v_records AS SELECT * FROM records
WHERE list_contains(getvariable('institutions'), institution_id)
    AND (getvariable('branches') IS NULL OR list_contains(getvariable('branches'), branch_id));
"""
# Who did what: `activity` says how an entry seals the one before it.
KEPT_ACTIVITY = """
CREATE TABLE IF NOT EXISTS activity (
    no          BIGINT PRIMARY KEY,
    done_at     TIMESTAMP NOT NULL,
    who         VARCHAR NOT NULL,
    role        VARCHAR NOT NULL,
    what        VARCHAR NOT NULL,
    subject     VARCHAR NOT NULL,
    told_before JSON,
    told_after  JSON,
    batch_id    INTEGER,
    sealed      VARCHAR NOT NULL
);
"""
# What happened to each batch, in the order of the epochs it led to, and what it can be landed again from.
KEPT_BATCHES = """
CREATE TABLE IF NOT EXISTS batch_events (
    event_no BIGINT NOT NULL,
    batch_id INTEGER NOT NULL,
    event    VARCHAR NOT NULL,
    event_at TIMESTAMP NOT NULL,
    who      VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS batch_records (
    batch_id INTEGER PRIMARY KEY,
    how      VARCHAR NOT NULL,
    sources  JSON NOT NULL,
    kept     JSON NOT NULL
);
"""
# How many rows each batch has in each table and what they add up to, as it landed. The sum is the engine's own, which
# another version of it may compute otherwise: the version stands beside it.
KEPT_LEDGER = """
CREATE TABLE IF NOT EXISTS ledger (
    batch_id   INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    n          BIGINT NOT NULL,
    total      HUGEINT NOT NULL,
    engine     VARCHAR NOT NULL,
    PRIMARY KEY (batch_id, table_name)
);
"""
MASKED = """
CREATE OR REPLACE MACRO masked(name) AS
    if(getvariable('mask') IS NULL, name, left(sha256(getvariable('mask') || ':' || name), 12));
"""
KEPT = KEPT_POLICIES + SEEN_SCENARIOS + KEPT_RECORDS + KEPT_BATCHES + KEPT_ACTIVITY + KEPT_LEDGER + MASKED
