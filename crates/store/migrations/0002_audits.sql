-- Audits that were asked for over the API: the oldest go when there are too many.
-- The body is JSON of a stated format: report, files, and the claims behind findings.
CREATE TABLE audit (
    no         INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    person     TEXT NOT NULL,
    as_of      TEXT NOT NULL,
    packs      TEXT NOT NULL,
    unsure     INTEGER NOT NULL,
    skipped    INTEGER NOT NULL,
    suppressed INTEGER NOT NULL,
    -- What the sender called the request, and a digest of it: sent twice, it is done once.
    request    TEXT UNIQUE,
    digest     TEXT NOT NULL,
    format     INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    body       BLOB NOT NULL
) STRICT;

-- Findings by market, so that a market's last audit is found without reading bodies.
CREATE TABLE audit_market (
    audit_no INTEGER NOT NULL REFERENCES audit (no) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    market   TEXT NOT NULL,
    errors   INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    infos    INTEGER NOT NULL,
    PRIMARY KEY (audit_no, position)
) STRICT;
CREATE INDEX audit_market_market ON audit_market (market, audit_no);
