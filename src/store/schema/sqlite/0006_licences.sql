-- Licences: the document side of subscriptions to licence products, their editions, seats, and the keys
-- that seal what is rendered.

-- How many logins a licence of this product is for, the first of its account among them.
ALTER TABLE product ADD COLUMN seats INTEGER NOT NULL DEFAULT 1 CHECK (seats BETWEEN 1 AND 10000);
-- Whether what is sold renews itself, or ends with its first term.
ALTER TABLE product ADD COLUMN renewal TEXT NOT NULL DEFAULT 'automatic'
    CHECK (renewal IN ('automatic', 'none'));

-- The holder is kept as it shall stand on every page; the account's name may change beside it.
CREATE TABLE licence (
    subscription_id  INTEGER PRIMARY KEY REFERENCES subscription (id),
    holder           TEXT NOT NULL CHECK (holder <> ''),
    shows_org_number INTEGER NOT NULL DEFAULT 0 CHECK (shows_org_number IN (0, 1)),
    revoked_on       TEXT,
    revoke_reason    TEXT,
    CHECK ((revoked_on IS NULL) = (revoke_reason IS NULL))
) STRICT;

-- The organisation numbers besides the account's own that a licence covers.
CREATE TABLE licence_cover (
    subscription_id INTEGER NOT NULL REFERENCES licence (subscription_id),
    org_number      TEXT NOT NULL,
    PRIMARY KEY (subscription_id, org_number)
) STRICT, WITHOUT ROWID;

-- The keys that seal copies; the last one made seals what is new, and those before it what they sealed.
CREATE TABLE seal_key (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE CHECK (name <> ''),
    certificate TEXT NOT NULL,
    origin      TEXT NOT NULL CHECK (origin IN ('made', 'imported')),
    made_at     TEXT NOT NULL
) STRICT;
CREATE TABLE seal_secret (
    seal_key_id INTEGER PRIMARY KEY REFERENCES seal_key (id),
    pem         TEXT NOT NULL
) STRICT;

-- What stands on the copies of a licence for a period. Face and period are never altered; the product,
-- its seats and the key that sealed it first are filled in as they come to be.
CREATE TABLE licence_edition (
    id              INTEGER PRIMARY KEY,
    subscription_id INTEGER NOT NULL REFERENCES licence (subscription_id),
    number          INTEGER NOT NULL CHECK (number > 0),
    holder          TEXT NOT NULL,
    org_number      TEXT,
    start_on        TEXT NOT NULL,
    end_on          TEXT NOT NULL CHECK (end_on > start_on),
    product_id      INTEGER NOT NULL REFERENCES product (id),
    seats           INTEGER NOT NULL CHECK (seats >= 1),
    made_at         TEXT NOT NULL,
    seal_key_id     INTEGER REFERENCES seal_key (id),
    voided_on       TEXT,
    void_cause      TEXT CHECK (void_cause IN ('superseded', 'revoked')),
    UNIQUE (subscription_id, number),
    CHECK ((voided_on IS NULL) = (void_cause IS NULL))
) STRICT;
CREATE INDEX licence_edition_by_key ON licence_edition (seal_key_id) WHERE seal_key_id IS NOT NULL;
CREATE INDEX licence_edition_by_product ON licence_edition (product_id);
CREATE TRIGGER licence_edition_is_frozen
    BEFORE UPDATE OF id, subscription_id, number, holder, org_number, start_on, end_on, made_at
    ON licence_edition
    BEGIN SELECT RAISE(ABORT, 'a licence edition is never altered'); END;

-- The logins besides the first one of its account that a licence has a seat for, the first seated first.
CREATE TABLE seat (
    id              INTEGER PRIMARY KEY,
    subscription_id INTEGER NOT NULL REFERENCES licence (subscription_id),
    login_id        INTEGER NOT NULL REFERENCES login (id),
    given_up_on     TEXT
) STRICT;
CREATE UNIQUE INDEX seat_in_use ON seat (subscription_id, login_id) WHERE given_up_on IS NULL;
CREATE INDEX seat_by_login ON seat (login_id);

-- What was invoiced, beside the terms themselves, for the rest of a term in which a licence grew: the
-- difference of the two prices, by the days of the whole term.
CREATE TABLE licence_enlargement (
    invoice_id        INTEGER NOT NULL REFERENCES invoice (id),
    subscription_id   INTEGER NOT NULL REFERENCES licence (subscription_id),
    start_on          TEXT NOT NULL,
    end_on            TEXT NOT NULL CHECK (end_on > start_on),
    seats             INTEGER NOT NULL CHECK (seats >= 1),
    former_product_id INTEGER NOT NULL REFERENCES product (id),
    former_seats      INTEGER NOT NULL CHECK (former_seats >= 1),
    former_price_ore  INTEGER NOT NULL,
    price_ore         INTEGER NOT NULL,
    term_start_on     TEXT NOT NULL,
    term_end_on       TEXT NOT NULL,
    PRIMARY KEY (invoice_id, start_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX licence_enlargement_by_licence ON licence_enlargement (subscription_id);

-- Licences sold before their documents were kept: the holder is who it was sold to.
INSERT INTO licence (subscription_id, holder)
    SELECT s.id, a.name FROM subscription s
    JOIN product p ON p.id = s.product_id
    JOIN account a ON a.id = s.account_id
    WHERE p.kind = 'licence';

INSERT INTO licence_edition (id, subscription_id, number, holder, start_on, end_on, product_id, seats,
        made_at)
    SELECT (SELECT coalesce(max(e.seq), 0) FROM event e) + row_number() OVER (ORDER BY t.subscription_id, t.start_on),
        t.subscription_id,
        row_number() OVER (PARTITION BY t.subscription_id ORDER BY t.start_on),
        l.holder, t.start_on,
        CASE WHEN s.ends_on > t.start_on AND s.ends_on < t.end_on THEN s.ends_on ELSE t.end_on END,
        s.product_id, 1, i.issued_on || 'T00:00:00Z'
    FROM term t
    JOIN licence l ON l.subscription_id = t.subscription_id
    JOIN subscription s ON s.id = t.subscription_id
    JOIN invoice i ON i.id = t.invoice_id;

-- The licence's edition that a fetched copy bears.
ALTER TABLE fetch ADD COLUMN licence_edition_id INTEGER REFERENCES licence_edition (id);

-- Printed copies: where an order's are posted to, and each parcel as it was posted.

-- There where a line of the order is for printed copies, from this version on.
CREATE TABLE ship_to (
    order_id    INTEGER PRIMARY KEY REFERENCES orders (id),
    name        TEXT NOT NULL CHECK (name <> ''),
    care_of     TEXT,
    street      TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city        TEXT NOT NULL,
    country     TEXT NOT NULL
) STRICT;

CREATE TABLE shipment (
    id             INTEGER PRIMARY KEY,
    order_id       INTEGER NOT NULL REFERENCES orders (id),
    sequence       INTEGER NOT NULL CHECK (sequence > 0),
    shipped_at     TEXT NOT NULL,
    shipped_on     TEXT NOT NULL,
    shipped_by     TEXT NOT NULL,
    name           TEXT NOT NULL CHECK (name <> ''),
    care_of        TEXT,
    street         TEXT NOT NULL,
    postal_code    TEXT NOT NULL,
    city           TEXT NOT NULL,
    country        TEXT NOT NULL,
    tracking       TEXT,
    reason         TEXT,
    seller_version INTEGER NOT NULL REFERENCES seller (version),
    taken_back_at  TEXT,
    UNIQUE (order_id, sequence)
) STRICT;

CREATE TABLE shipment_line (
    shipment_id INTEGER NOT NULL REFERENCES shipment (id),
    position    INTEGER NOT NULL,
    sku         TEXT NOT NULL,
    description TEXT NOT NULL,
    quantity    INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (shipment_id, position)
) STRICT, WITHOUT ROWID;

-- One text to many, made from a template; each mail of it lies in the outbox.
CREATE TABLE announcement (
    id          INTEGER PRIMARY KEY,
    number      INTEGER NOT NULL UNIQUE,
    audience    TEXT NOT NULL,
    -- Of what is said and to whom: the same again is the same announcement.
    digest      TEXT NOT NULL UNIQUE,
    queued_at   TEXT NOT NULL
) STRICT;
INSERT INTO counters (name, value) VALUES ('announcement', 0);
ALTER TABLE outbox ADD COLUMN announcement_id INTEGER REFERENCES announcement (id);
CREATE INDEX outbox_by_announcement ON outbox (announcement_id, id) WHERE announcement_id IS NOT NULL;
