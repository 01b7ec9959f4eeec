-- The passwords of logins, and the mails by which they are chosen.

-- What is kept of a login's password; there is no row until there is something to keep.
CREATE TABLE password (
    login_id     INTEGER PRIMARY KEY REFERENCES login (id),
    -- How often it was chosen or voided: a costlier hash of the same password leaves it as it is.
    version      INTEGER NOT NULL DEFAULT 0,
    hash         TEXT,
    -- The hash before, so that a co-worker who types that password is not taken for somebody guessing.
    former_hash  TEXT,
    chosen_at    TEXT,
    voided_at    TEXT,
    -- Attempts in a row that failed, those that were not looked at, and when the next one will be.
    failures     INTEGER NOT NULL CHECK (failures >= 0),
    refusals     INTEGER NOT NULL CHECK (refusals >= 0),
    failed_at    TEXT,
    retry_at     TEXT,
    logged_in_at TEXT,
    -- When a mail was last asked for in vain, because the login had been sent so many.
    passed_over_at TEXT,
    CHECK (hash IS NULL OR chosen_at IS NOT NULL)
) STRICT;

-- Each mail by which a password may be chosen, and why that ended.
CREATE TABLE password_request (
    id        INTEGER PRIMARY KEY,
    login_id  INTEGER NOT NULL REFERENCES login (id),
    outbox_id INTEGER NOT NULL UNIQUE REFERENCES outbox (id),
    origin    TEXT NOT NULL CHECK (origin IN ('forgotten', 'support', 'invitation')),
    asked_at  TEXT NOT NULL,
    ended_at  TEXT,
    ended_by  TEXT CHECK (ended_by IN ('used', 'newer', 'changed')),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE INDEX password_request_by_login ON password_request (login_id, asked_at);

-- The SHA-256 of each token that a message carried; the token itself is kept nowhere.
CREATE TABLE token (
    hash       BLOB PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES password_request (id),
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX token_by_request ON token (request_id);
CREATE INDEX token_by_expiry ON token (expires_at);

-- Each address typed at "forgotten password", a login or not, until the next sender answers it: asking
-- costs the same whatever the address.
CREATE TABLE forgotten (
    id        INTEGER PRIMARY KEY,
    email     TEXT NOT NULL,
    email_key TEXT NOT NULL,
    asked_at  TEXT NOT NULL
) STRICT;
CREATE INDEX forgotten_by_email ON forgotten (email_key);
