-- The control plane of one workspace. Times are microseconds since 1970, UTC.
-- Bodies are JSON text of a stated format: the store need not understand them.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE market (
    no       INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    holdout  REAL NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE slot (
    no         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    format     INTEGER NOT NULL,
    body       TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- An arm's number is given once and stays with its variant's key.
CREATE TABLE arm (
    slot_no INTEGER NOT NULL REFERENCES slot (no),
    no      INTEGER NOT NULL,
    variant TEXT NOT NULL,
    PRIMARY KEY (slot_no, no),
    UNIQUE (slot_no, variant)
) STRICT;

-- One row per revision; at most one is current.
CREATE TABLE rendering (
    no         INTEGER PRIMARY KEY AUTOINCREMENT,
    slot_no    INTEGER NOT NULL REFERENCES slot (no),
    arm_no     INTEGER NOT NULL,
    market_no  INTEGER NOT NULL REFERENCES market (no),
    digest     TEXT NOT NULL,
    content    TEXT NOT NULL,
    current    INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX rendering_current ON rendering (slot_no, arm_no, market_no) WHERE current = 1;

CREATE TABLE proposal (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL,
    subject_id  TEXT NOT NULL,
    digest      TEXT NOT NULL,
    market      TEXT NOT NULL,
    sensitivity TEXT NOT NULL,
    origin      TEXT NOT NULL,
    author      TEXT NOT NULL,
    superseded  INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    UNIQUE (kind, subject_id)
) STRICT;

CREATE TABLE verdict (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL REFERENCES proposal (id),
    person      TEXT NOT NULL,
    choice      TEXT NOT NULL,
    digest      TEXT NOT NULL,
    reason      TEXT NOT NULL,
    at          INTEGER NOT NULL,
    expires     INTEGER
) STRICT;
CREATE INDEX verdict_proposal ON verdict (proposal_id);

CREATE TABLE person (
    name         TEXT PRIMARY KEY,
    display_name TEXT NOT NULL,
    password     TEXT NOT NULL,
    active       INTEGER NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE role_grant (
    person TEXT NOT NULL REFERENCES person (name),
    role   TEXT NOT NULL,
    market TEXT
) STRICT;

-- A session is known by the hash of its secret.
CREATE TABLE session (
    hash       TEXT PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES person (name),
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_key (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    label      TEXT NOT NULL,
    hash       TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE TABLE quiet (
    scope  TEXT PRIMARY KEY,
    until  INTEGER,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE TABLE trail (
    seq      INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    actor    TEXT NOT NULL,
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    detail   TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;
