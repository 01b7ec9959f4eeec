-- The agreements that the shop sells, their editions, and who fetched which.

CREATE TABLE agreement (
    id           INTEGER PRIMARY KEY,
    code         TEXT NOT NULL UNIQUE,
    name_sv      TEXT NOT NULL CHECK (name_sv <> ''),
    name_en      TEXT NOT NULL CHECK (name_en <> ''),
    withdrawn_on TEXT
) STRICT;

-- An edition in one language; the current one is that of the latest day that has come.
CREATE TABLE edition (
    id           INTEGER PRIMARY KEY,
    agreement_id INTEGER NOT NULL REFERENCES agreement (id),
    name         TEXT NOT NULL CHECK (name <> ''),
    language     TEXT NOT NULL CHECK (language IN ('sv', 'en')),
    from_on      TEXT NOT NULL,
    published_at TEXT NOT NULL,
    withdrawn_on TEXT,
    sha256       TEXT NOT NULL,
    size         INTEGER NOT NULL CHECK (size > 0),
    pages        INTEGER NOT NULL CHECK (pages > 0),
    UNIQUE (agreement_id, name, language)
) STRICT;
CREATE UNIQUE INDEX edition_by_day ON edition (agreement_id, language, from_on)
    WHERE withdrawn_on IS NULL;

CREATE TABLE edition_file (
    edition_id INTEGER PRIMARY KEY REFERENCES edition (id),
    bytes      BLOB NOT NULL
) STRICT;
CREATE TRIGGER edition_file_is_frozen BEFORE UPDATE ON edition_file
    BEGIN SELECT RAISE(ABORT, 'a published edition is never altered'); END;
CREATE TRIGGER edition_file_stays BEFORE DELETE ON edition_file
    BEGIN SELECT RAISE(ABORT, 'a published edition is never deleted'); END;

-- The agreements that each product gives.
CREATE TABLE product_agreement (
    product_id   INTEGER NOT NULL REFERENCES product (id),
    agreement_id INTEGER NOT NULL REFERENCES agreement (id),
    PRIMARY KEY (product_id, agreement_id)
) STRICT;
CREATE INDEX product_agreement_by_agreement ON product_agreement (agreement_id);

-- Each time an edition left the shop: to a login by its password, or to staff for a reason.
CREATE TABLE fetch (
    id              INTEGER PRIMARY KEY,
    edition_id      INTEGER NOT NULL REFERENCES edition (id),
    account_id      INTEGER NOT NULL REFERENCES account (id),
    subscription_id INTEGER REFERENCES subscription (id),
    login           TEXT,
    fetched_at      TEXT NOT NULL,
    reason          TEXT,
    CHECK (login IS NOT NULL OR reason IS NOT NULL)
) STRICT;
CREATE INDEX fetch_by_account ON fetch (account_id, id);
CREATE INDEX fetch_by_edition ON fetch (edition_id);
CREATE INDEX fetch_by_subscription ON fetch (subscription_id) WHERE subscription_id IS NOT NULL;
